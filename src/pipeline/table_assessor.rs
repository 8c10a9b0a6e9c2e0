//! Tables in memory, assessed as they come: what a run does with its parcels, without a run.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Schema};
use rayon::prelude::*;

use super::RunError;
use super::batches::assessed;
use crate::assess::Assessor;
use crate::collect::{Collector as _, ParcelNotices};
use crate::crs::{DatumGrids, FromPlane, Plane};
use crate::inputs::{ArrowTable, Properties, ReadOptions};
use crate::layers::{IntoPlane, LayerSpec, ParcelReader};
use crate::notices::Notices;
use crate::outputs::{ParcelLayout, arrow};
use crate::table::ColumnChoice;

/// What assesses tables by a study.
#[derive(Debug)]
pub struct TableAssessor {
    plane: Plane,
    grids: DatumGrids,
    layout: ParcelLayout,
    schema: Arc<Schema>,
}

/// A table that was assessed.
#[derive(Debug)]
pub struct AssessedTable {
    /// The columns: those of the table but for such as bear the name of one of kyoten's, then kyoten's.
    pub schema: Arc<Schema>,
    /// The rows in their order, some in each.
    pub batches: Vec<RecordBatch>,
    /// What was wrong with parcels.
    pub notices: Notices,
}

impl TableAssessor {
    /// For an assessor of this plane. What is on older datums goes through `grids`.
    #[must_use]
    pub fn new(assessor: &Assessor, plane: Plane, grids: DatumGrids) -> Self {
        let (properties, choice) = (Some(Properties::default()), ColumnChoice::default());
        let layout = ParcelLayout::new(assessor, FromPlane::new(plane), properties, &choice, Default::default());
        let schema = Arc::new(arrow::found_schema(&layout));
        Self { plane, grids, layout, schema }
    }

    /// The columns that it adds.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// The columns that a table of this schema has afterwards.
    #[must_use]
    pub fn schema_with(&self, table: &Schema) -> Schema {
        let kept = table.fields().iter().filter(|field| self.keeps(field.name()));
        let fields: Vec<_> = kept.chain(self.schema.fields()).cloned().collect();
        Schema::new_with_metadata(fields, table.metadata().clone())
    }

    fn keeps(&self, name: &str) -> bool {
        self.schema.column_with_name(name).is_none()
    }

    /// Assesses the rows of a table, `before` others of the same input having been assessed before; `crs` overrides what the
    /// table says, `id` is the column with the ids. Rows are read, measured and judged as those of a run are, on all threads.
    ///
    /// # Errors
    /// A geometry that cannot be read, a CRS that is not known, a column that is not there.
    pub fn assess(
        &self,
        assessor: &Assessor,
        table: &ArrowTable,
        (crs, id): (Option<&str>, Option<&str>),
        before: usize,
    ) -> Result<AssessedTable, RunError> {
        let schema = Arc::new(self.schema_with(table.schema()));
        if table.is_empty() {
            return Ok(AssessedTable { schema, batches: Vec::new(), notices: Notices::default() });
        }
        let read = ReadOptions { crs: crs.map(str::to_owned), table: Some(table.clone()), ..ReadOptions::default() };
        let fields = id.map(|id| ("id", id.to_owned())).into_iter().collect();
        let mut notices = Notices::default();
        let reader =
            ParcelReader::open(&LayerSpec { read, fields, ..LayerSpec::default() }, &self.grids, &mut notices)?;
        let into_plane = reader.into_plane(self.plane)?;
        let mut flaws = ParcelNotices::default();
        let piece = |piece: usize| self.piece(assessor, (&reader, &into_plane), (piece, before), &flaws);
        let pieces: Vec<_> = (0..reader.batches()).into_par_iter().map(piece).collect();
        let mut batches = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let (columns, of_piece) = piece?;
            batches.push(self.beside(&schema, &table.piece(batches.len()), columns).map_err(RunError::Table)?);
            // Notices always want more.
            let _ = flaws.merge(of_piece);
        }
        notices.merge(flaws.finish());
        Ok(AssessedTable { schema, batches, notices })
    }

    fn piece(
        &self,
        assessor: &Assessor,
        (reader, into_plane): (&ParcelReader, &IntoPlane),
        (piece, before): (usize, usize),
        flaws: &ParcelNotices,
    ) -> Result<(Vec<ArrayRef>, Notices), RunError> {
        let mut read = reader.read(piece, into_plane, false)?;
        read.first += before;
        let result = assessed(read, Some(assessor), None);
        Ok((arrow::found_arrays(&self.layout, &result.assessment), flaws.piece(&result)))
    }

    /// The rows of a table with what was found of them.
    fn beside(
        &self,
        schema: &Arc<Schema>,
        rows: &RecordBatch,
        found: Vec<ArrayRef>,
    ) -> Result<RecordBatch, ArrowError> {
        let fields = rows.schema_ref().fields().iter().zip(rows.columns());
        let kept = fields.filter(|(field, _)| self.keeps(field.name())).map(|(_, column)| Arc::clone(column));
        RecordBatch::try_new(Arc::clone(schema), kept.chain(found).collect())
    }
}
