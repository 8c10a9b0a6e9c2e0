//! GeoParquet: typed columns in compressed groups of rows, the geometry as well-known binary.

mod along;
mod places;
mod products;

use std::io;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;

use super::arrow::{GEOMETRY, columns, data_type};
use super::formats::{ParcelFormat, Rows, Writer};
use super::layout::ParcelLayout;
use super::sink::{Beside, Piece, Sink};
use super::table::Table;
use super::{GeoParquetVersion, GeoParquetWriting, OutputError, OutputFile, RowOrder};
use along::Along;
use places::{BOX, Places, SIDES, Seen, fields};

/// Rows that are packed together, and held in memory until they are.
const ROWS_A_GROUP: usize = 65_536;

/// A column with more bytes of different values than this in a group is written without a dictionary, which would only
/// double it.
const DICTIONARY_BYTES: usize = 1 << 16;

pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "parquet",
    file: "parcels.parquet",
    has_shapes: true,
    is_typed: true,
    is_workbook: false,
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: Some(products::write) }),
};

/// A file while it is being written.
struct GeoParquet {
    schema: Arc<Schema>,
    writer: SerializedFileWriter<OutputFile>,
    columns: ArrowRowGroupWriterFactory,
    /// The group of rows that is being collected, batch by batch.
    waiting: Vec<Vec<ArrayRef>>,
    /// How many rows that are.
    rows: usize,
    /// A group's columns are packed by so many threads.
    threads: usize,
    seen: Seen,
    how: GeoParquetWriting,
    /// All rows, of a file whose order is known only when there are no more.
    along: Along,
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, _: &Rows<'_>) {
    piece.arrays = arrays(&piece.table, layout);
}

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_properties(&layout.properties)?;
    let own = layout.fields.iter().map(|field| Field::new(&field.name, data_type(field.value_type), true));
    let how = layout.writing.geoparquet;
    let schema = Arc::new(Schema::new(own.chain(fields(how.version)).collect::<Vec<_>>()));
    let goal = file.goal().to_owned();
    let (writer, columns) = ArrowWriter::try_new_with_options(file, Arc::clone(&schema), options(how.version))
        .and_then(ArrowWriter::into_serialized_writer)
        .map_err(|error| OutputError::at(&goal)(reason(error)))?;
    let threads = rayon::current_num_threads();
    let (waiting, rows, seen, along) = Default::default();
    Ok(Box::new(GeoParquet { schema, writer, columns, waiting, rows, threads, seen, how, along }))
}

fn options(version: GeoParquetVersion) -> ArrowWriterOptions {
    ArrowWriterOptions::new().with_properties(properties(version)).with_skip_arrow_metadata(true)
}

/// How the bytes are made. Nothing of it depends on the machine or the time.
fn properties(version: GeoParquetVersion) -> WriterProperties {
    let geometry = ColumnPath::from(GEOMETRY);
    // Numbers of which hardly any two are the same.
    let plain = SIDES.map(|side| ColumnPath::new(vec![BOX.to_owned(), side.to_owned()]));
    let builder = plain
        .into_iter()
        .chain([geometry.clone()])
        .fold(WriterProperties::builder(), |builder, column| builder.set_column_dictionary_enabled(column, false));
    // What is kept of shapes by groups of rows is their boxes, which only shapes of Parquet's own type have.
    let of_shapes = match version {
        GeoParquetVersion::V1_1 => EnabledStatistics::None,
        GeoParquetVersion::V2_0 => EnabledStatistics::Chunk,
    };
    builder
        .set_created_by(concat!("kyoten version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROWS_A_GROUP))
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_statistics_enabled(geometry, of_shapes)
        .build()
}

impl Sink for GeoParquet {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        piece.table.shapes.iter().for_each(|shape| self.seen.see_shape(&shape));
        match self.how.order {
            RowOrder::Input => self.push(&piece.arrays, piece.table.len()),
            RowOrder::Hilbert => {
                self.along.add(piece);
                Ok(())
            }
        }
        .map_err(|error| self.writer.inner().failed(reason(error)))
    }

    fn finish(mut self: Box<Self>, _: &Beside<'_>) -> Result<(), OutputError> {
        self.write_rest().map_err(|error| self.writer.inner().failed(reason(error)))?;
        self.writer.append_key_value_metadata(about(&self.seen, self.how.version));
        let goal = self.writer.inner().goal().to_owned();
        self.writer.into_inner().map_err(|error| OutputError::at(&goal)(reason(error)))?.finish()
    }
}

impl GeoParquet {
    /// Adds rows to the group that is waiting, and writes those that are full.
    fn push(&mut self, arrays: &[ArrayRef], rows: usize) -> Result<(), ParquetError> {
        let mut from = 0;
        while from < rows {
            let fit = (ROWS_A_GROUP - self.rows).min(rows - from);
            self.waiting.push(arrays.iter().map(|array| array.slice(from, fit)).collect());
            self.rows += fit;
            from += fit;
            if self.rows == ROWS_A_GROUP {
                self.write_group()?;
            }
        }
        Ok(())
    }

    /// Writes what is left when there are no more rows.
    fn write_rest(&mut self) -> Result<(), ParquetError> {
        let along = std::mem::take(&mut self.along);
        for rows in along.order(&self.seen.bounds).chunks(ROWS_A_GROUP) {
            self.push(&along.taken(rows)?, rows.len())?;
        }
        if self.rows > 0 { self.write_group() } else { Ok(()) }
    }

    /// Packs the columns of the group that is waiting, several at a time, and writes it.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let (waiting, fields) = (std::mem::take(&mut self.waiting), self.schema.fields());
        self.rows = 0;
        let writers = self.columns.create_column_writers(self.writer.flushed_row_groups().len())?;
        let mut shares: Vec<Vec<(usize, ArrowColumnWriter)>> = (0..self.threads).map(|_| Vec::new()).collect();
        for (place, writer) in writers.into_iter().enumerate() {
            shares[place % self.threads].push((place, writer));
        }
        // The last column may have parts, of which each is packed by itself.
        let last = fields.len() - 1;
        let pack = |place: usize, mut writer: ArrowColumnWriter| -> Result<ArrowColumnChunk, ParquetError> {
            let (column, part) = (place.min(last), place.saturating_sub(last));
            for batch in &waiting {
                if let Some(leaf) = compute_leaves(&fields[column], &batch[column])?.get(part) {
                    writer.write(leaf)?;
                }
            }
            writer.close()
        };
        let pack = &pack;
        let mut packed = std::thread::scope(|scope| -> Result<Vec<(usize, ArrowColumnChunk)>, ParquetError> {
            let share = |share: Vec<(usize, ArrowColumnWriter)>| {
                let packed = share.into_iter().map(|(place, writer)| Ok((place, pack(place, writer)?)));
                packed.collect::<Result<Vec<_>, ParquetError>>()
            };
            let threads: Vec<_> = shares.into_iter().map(|one| scope.spawn(move || share(one))).collect();
            let mut all = Vec::new();
            for thread in threads {
                // One that panics must not look as if it had packed.
                all.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(all)
        })?;
        packed.sort_by_key(|(place, _)| *place);
        let mut group = self.writer.next_row_group()?;
        for (_, chunk) in packed {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
        Ok(())
    }
}

/// What the standard asks to be said of the geometry.
fn about(seen: &Seen, version: GeoParquetVersion) -> KeyValue {
    KeyValue::new("geo".to_owned(), seen.told(version).to_string())
}

/// The columns of a batch, those of the shapes last.
fn arrays(table: &Table, layout: &ParcelLayout) -> Vec<ArrayRef> {
    let mut places = Places::new();
    table.shapes.iter().for_each(|shape| places.add_shape(&shape));
    let mut arrays = columns(table, layout);
    arrays.extend(places.arrays(layout.writing.geoparquet.version));
    arrays
}

/// What went wrong, as an error of reading and writing: a disk that is full stays one.
fn reason(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(source) => io::Error::other(source),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Assessor, Terms};
    use crate::crs::{FromPlane, Plane};
    use crate::evidence::{Batch, Texts};
    use crate::geometry::{Bounds, Shapes};
    use crate::inputs::Properties;
    use crate::layers::City;
    use crate::table::ColumnChoice;
    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn groups_of_rows_are_bounded_whatever_the_batches() {
        let plane = Plane::new(8).unwrap();
        let city = City::empty(plane, None);
        let assessor = Assessor::build(&city, None, &Terms::default(), Bounds::EMPTY);
        let from_plane = FromPlane::new(plane);
        let layout = ParcelLayout::new(
            &assessor,
            from_plane,
            Some(Properties::default()),
            &ColumnChoice::default(),
            crate::outputs::Writing::default(),
        );
        let (layout, rows) = (Arc::new(layout), 30_000);
        let mut shapes = Shapes::default();
        (0..rows).for_each(|_| shapes.end_shape());
        let ids: Texts = (0..rows).map(|_| "1").collect();
        let assessment = Arc::new(assessor.assess(&Batch::new(shapes.clone()), ids));
        let table = Arc::new(Table { own: Vec::new(), assessment, shapes });
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("parcels.parquet");
        let file = OutputFile::create(&path, path.clone()).unwrap();
        let mut sink = PARCELS.open(file, &layout).unwrap();
        for _ in 0..5 {
            let piece = Piece { arrays: arrays(&table, &layout), ..Piece::new(Arc::clone(&table)) };
            sink.take(&piece).unwrap();
        }
        sink.finish(&Beside::default()).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
        let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        assert_eq!(groups, [65_536, 65_536, 18_928]);
    }
}
