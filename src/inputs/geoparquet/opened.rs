//! A file opened: its columns, its chunks, and how a geometry and the attributes of a row are had.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{BinaryViewArray, RecordBatch};

use super::footer;
use super::layout::{ChunkLocation, FileLayout};
use super::runs::Runs;
use super::schema::{Columns, SchemaFault};
use crate::inputs::arrow::{Encoding, Object, well_known_binary};
use crate::inputs::format::{COLUMNS_LEFT_OUT, Input, Reporter};
use crate::inputs::{DeclaredCrs, InputError};
use crate::text::Text;

/// The most bytes that the values of a chunk may unpack to. A dictionary can say a long text of every row.
const MOST_CHUNK_BYTES: usize = 512 << 20;

/// A file whose rows are located, not yet read.
pub(super) struct Opened {
    path: PathBuf,
    layout: FileLayout,
    pub(super) crs: Option<DeclaredCrs>,
    encoding: Option<Encoding>,
    geometries: Runs,
    attributes: Runs,
    /// The names of the attributes, in the order of the file.
    pub(super) names: Vec<String>,
    pub(super) rows: usize,
}

impl Opened {
    pub(super) fn new(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<Self, InputError> {
        let damaged = |problem: Text| InputError::Damaged { path: input.path.clone(), problem };
        let metadata = footer::read(&input.bytes).map_err(damaged)?;
        if let Some(packing) = footer::strange_packing(&metadata) {
            return Err(InputError::Packing { path: input.path.clone(), packing });
        }
        let columns = Columns::of(Arc::clone(&metadata)).map_err(|fault| match fault {
            SchemaFault::Damaged(problem) => damaged(problem),
            SchemaFault::Encoding(column, encoding) => {
                InputError::GeometryEncoding { path: input.path.clone(), column, encoding }
            }
        })?;
        for column in &columns.left_out {
            reporter.add(&COLUMNS_LEFT_OUT, format_args!("{}: {column}", input.path.display()));
        }
        let geometry = columns.geometry.map(|(index, _)| index);
        let wanted = |index| geometry == Some(index) || columns.attributes.iter().any(|(known, _)| *known == index);
        footer::check_pages(&input.bytes, &metadata, wanted).map_err(damaged)?;
        let layout = FileLayout::of(&metadata);
        let indices = columns.attributes.iter().map(|(index, _)| *index);
        Ok(Self {
            path: input.path.clone(),
            layout,
            crs: columns.crs,
            encoding: columns.geometry.map(|(_, encoding)| encoding),
            geometries: Runs::new(&input.bytes, &columns.reader, geometry),
            attributes: Runs::new(&input.bytes, &columns.reader, indices),
            names: columns.attributes.into_iter().map(|(_, name)| name).collect(),
            rows: usize::try_from(metadata.file_metadata().num_rows()).unwrap_or(0),
        })
    }

    pub(super) fn path(&self) -> &PathBuf {
        &self.path
    }

    pub(super) fn chunks(&self) -> usize {
        self.layout.chunks()
    }

    pub(super) fn locate(&self, chunk: usize) -> ChunkLocation {
        self.layout.locate(chunk)
    }

    /// The geometries of a chunk; `None` where the file has none.
    pub(super) fn geometries(&self, location: &ChunkLocation) -> Result<Option<Geometries>, InputError> {
        let Some(encoding) = self.encoding else { return Ok(None) };
        let batch = self.geometries.read(location).map_err(|problem| self.damaged(problem))?;
        let geometries = Geometries { batch, encoding };
        if geometries.wkb().is_some_and(|array| bytes_in(array.lengths()) > MOST_CHUNK_BYTES) {
            return Err(self.damaged(Text::new(
                "2048個の図形が512 MiBを超えると書かれています",
                "2048 geometries claim to take more than 512 MiB",
            )));
        }
        Ok(Some(geometries))
    }

    /// The attributes of a chunk, to be made into objects.
    pub(super) fn attributes(&self, location: &ChunkLocation) -> Result<Attributes, InputError> {
        if self.names.is_empty() {
            return Ok(Attributes(None));
        }
        let batch = self.attributes.read(location).map_err(|problem| self.damaged(problem))?;
        let texts = batch.columns().iter().filter_map(|column| column.as_string_view_opt());
        if texts.map(|texts| bytes_in(texts.lengths())).fold(0, usize::saturating_add) > MOST_CHUNK_BYTES {
            return Err(self.damaged(Text::new(
                "2048行の属性が512 MiBを超えると書かれています",
                "2048 rows claim to take more than 512 MiB",
            )));
        }
        Ok(Attributes(Some(batch)))
    }

    /// The error about a row whose attributes cannot be JSON.
    pub(super) fn not_utf8(&self) -> InputError {
        InputError::Encoding { path: self.path.clone(), tried: Text::same("UTF-8") }
    }

    fn damaged(&self, problem: Text) -> InputError {
        InputError::Damaged { path: self.path.clone(), problem }
    }
}

fn bytes_in(lengths: impl Iterator<Item = u32>) -> usize {
    lengths.map(|length| length as usize).sum()
}

/// The geometries of a chunk.
pub(super) struct Geometries {
    batch: RecordBatch,
    encoding: Encoding,
}

impl Geometries {
    fn wkb(&self) -> Option<&BinaryViewArray> {
        match self.encoding {
            Encoding::Wkb => self.batch.column(0).as_binary_view_opt(),
            Encoding::Native(_) => None,
        }
    }

    /// Calls `each` with the well-known binary of every row; `None` where there is no geometry.
    pub(super) fn each<E>(&self, each: impl FnMut(Option<&[u8]>) -> Result<(), E>) -> Result<(), E> {
        well_known_binary(self.batch.column(0), self.encoding, each)
    }
}

/// The attributes of a chunk; `None` where the file has none.
pub(super) struct Attributes(Option<RecordBatch>);

impl Attributes {
    /// The attributes as an object a row.
    pub(super) fn objects<'a>(&'a self, names: &'a [String]) -> Object<'a> {
        let columns = self.0.as_ref().map(RecordBatch::columns).unwrap_or_default();
        // Columns that cannot be written were left out when the file was opened.
        Object::new(names.iter().map(String::as_str).zip(columns)).unwrap_or_default()
    }
}
