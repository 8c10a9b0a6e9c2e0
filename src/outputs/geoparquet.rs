//! GeoParquet 1.1: typed columns in compressed groups of rows, the geometry as well-known binary.

use std::io;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{DataType, Field, Schema};
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
use serde_json::json;

use super::arrow::{GEOMETRY, arrays, data_type};
use super::formats::{ParcelFormat, Rows, Writer};
use super::jgd2011::projjson;
use super::layout::ParcelLayout;
use super::sink::{Piece, Sink};
use super::{OutputError, OutputFile, Product};
use crate::geometry::Bounds;

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
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open }),
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
    bounds: Bounds,
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, _: &Rows<'_>) {
    piece.arrays = arrays(&piece.table, layout);
}

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_properties(&layout.properties)?;
    let mut fields: Vec<Field> =
        layout.fields.iter().map(|field| Field::new(&field.name, data_type(field.value_type), true)).collect();
    fields.push(Field::new(GEOMETRY, DataType::Binary, true));
    let schema = Arc::new(Schema::new(fields));
    let options = ArrowWriterOptions::new().with_properties(properties()).with_skip_arrow_metadata(true);
    let goal = file.goal().to_owned();
    let (writer, columns) = ArrowWriter::try_new_with_options(file, Arc::clone(&schema), options)
        .and_then(ArrowWriter::into_serialized_writer)
        .map_err(|error| OutputError::at(&goal)(reason(error)))?;
    let threads = rayon::current_num_threads();
    Ok(Box::new(GeoParquet { schema, writer, columns, waiting: Vec::new(), rows: 0, threads, bounds: Bounds::EMPTY }))
}

/// How the bytes are made. Nothing of it depends on the machine or the time.
fn properties() -> WriterProperties {
    let geometry = ColumnPath::from(GEOMETRY);
    WriterProperties::builder()
        .set_created_by(concat!("kyoten version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROWS_A_GROUP))
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_dictionary_enabled(geometry.clone(), false)
        .set_column_statistics_enabled(geometry, EnabledStatistics::None)
        .build()
}

impl Sink for GeoParquet {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        self.bounds = self.bounds.union(piece.table.shapes.bounds());
        let (mut from, rows) = (0, piece.table.len());
        while from < rows {
            let fit = (ROWS_A_GROUP - self.rows).min(rows - from);
            self.waiting.push(piece.arrays.iter().map(|array| array.slice(from, fit)).collect());
            self.rows += fit;
            from += fit;
            if self.rows == ROWS_A_GROUP {
                self.write_group().map_err(|error| self.writer.inner().failed(reason(error)))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &[Product]) -> Result<(), OutputError> {
        if self.rows > 0 {
            self.write_group().map_err(|error| self.writer.inner().failed(reason(error)))?;
        }
        self.writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), about(&self.bounds).to_string()));
        let goal = self.writer.inner().goal().to_owned();
        self.writer.into_inner().map_err(|error| OutputError::at(&goal)(reason(error)))?.finish()
    }
}

impl GeoParquet {
    /// Packs the columns of the group that is waiting, several at a time, and writes it.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let (waiting, fields) = (std::mem::take(&mut self.waiting), self.schema.fields());
        self.rows = 0;
        let writers = self.columns.create_column_writers(self.writer.flushed_row_groups().len())?;
        let mut shares: Vec<Vec<(usize, ArrowColumnWriter)>> = (0..self.threads).map(|_| Vec::new()).collect();
        for (column, writer) in writers.into_iter().enumerate() {
            shares[column % self.threads].push((column, writer));
        }
        let pack = |column: usize, mut writer: ArrowColumnWriter| -> Result<ArrowColumnChunk, ParquetError> {
            for batch in &waiting {
                for leaf in compute_leaves(&fields[column], &batch[column])? {
                    writer.write(&leaf)?;
                }
            }
            writer.close()
        };
        let pack = &pack;
        let mut packed = std::thread::scope(|scope| -> Result<Vec<(usize, ArrowColumnChunk)>, ParquetError> {
            let share = |share: Vec<(usize, ArrowColumnWriter)>| {
                let packed = share.into_iter().map(|(column, writer)| Ok((column, pack(column, writer)?)));
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
        packed.sort_by_key(|(column, _)| *column);
        let mut group = self.writer.next_row_group()?;
        for (_, chunk) in packed {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
        Ok(())
    }
}

/// What the standard asks to be said of the geometry.
fn about(bounds: &Bounds) -> serde_json::Value {
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": ["MultiPolygon"],
        "crs": projjson(),
        "edges": "planar",
    });
    if !bounds.is_empty() {
        column["bbox"] = json!([bounds.min[0], bounds.min[1], bounds.max[0], bounds.max[1]]);
    }
    json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
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
    use crate::geometry::Shapes;
    use crate::inputs::Properties;
    use crate::layers::City;
    use crate::outputs::CsvCells;
    use crate::outputs::table::Table;
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
            crate::criteria::default_rules(),
            &assessor.study.nearest,
            from_plane,
            Some(Properties::default()),
            &ColumnChoice::default(),
            CsvCells::default(),
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
            sink.take(&Piece { bytes: Vec::new(), table: Arc::clone(&table), arrays: arrays(&table, &layout) })
                .unwrap();
        }
        sink.finish(&[]).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
        let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        assert_eq!(groups, [65_536, 65_536, 18_928]);
    }
}
