//! Tables in memory, assessed as they come: what a run does with its parcels, without a run.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use rayon::prelude::*;

use super::RunError;
use super::batches::assessed;
use crate::assess::{Assessor, BatchResult};
use crate::collect::{Collector as _, ParcelNotices, notices_by_row};
use crate::crs::{DatumGrids, FromPlane, Plane};
use crate::evidence::Texts;
use crate::inputs::{ArrowTable, Properties, ReadOptions};
use crate::layers::{IntoPlane, LayerSpec, ParcelReader};
use crate::notices::Notices;
use crate::outputs::{ParcelLayout, Writing, arrow};
use crate::table::ColumnChoice;

/// What assesses tables by a study.
#[derive(Debug)]
pub struct TableAssessor {
    plane: Plane,
    grids: DatumGrids,
    layout: ParcelLayout,
    schema: Arc<Schema>,
}

/// How tables are read, and what is told of their parcels.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// The CRS, whatever the table says.
    pub crs: Option<String>,
    /// The column with the ids.
    pub id: Option<String>,
    /// Whether a parcel without an id has none; else it is called by its position, which is for whoever hands over the whole input.
    pub leaves_ids_open: bool,
    /// A column of this name, the last, tells what is wrong with each parcel: a list of ids of notices, null where nothing is.
    pub notices: Option<String>,
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
        let layout = ParcelLayout::new(assessor, FromPlane::new(plane), properties, &choice, Writing::default());
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
    pub fn schema_with(&self, table: &Schema, options: &TableOptions) -> Schema {
        let kept = table.fields().iter().filter(|field| self.keeps(field.name(), options)).cloned();
        let told = options.notices.iter().map(|name| Arc::new(Field::new(name, list_of_ids(), true)));
        let fields: Vec<_> = kept.chain(self.schema.fields().iter().cloned()).chain(told).collect();
        Schema::new_with_metadata(fields, table.metadata().clone())
    }

    fn keeps(&self, name: &str, options: &TableOptions) -> bool {
        self.schema.column_with_name(name).is_none() && options.notices.as_deref() != Some(name)
    }

    /// Assesses the rows of a table, `before` others of the same input having been assessed before. Rows are read, measured
    /// and judged as those of a run are, on all threads.
    ///
    /// # Errors
    /// A geometry that cannot be read, a CRS that is not known, a column that is not there.
    pub fn assess(
        &self,
        assessor: &Assessor,
        table: &ArrowTable,
        options: &TableOptions,
        before: usize,
    ) -> Result<AssessedTable, RunError> {
        let schema = Arc::new(self.schema_with(table.schema(), options));
        if table.is_empty() {
            return Ok(AssessedTable { schema, batches: Vec::new(), notices: Notices::default() });
        }
        let TableOptions { crs, id, .. } = options;
        // Columns go past as they are. Where there is none of that name, the names of all are told.
        let is_there = id.as_deref().is_none_or(|id| table.schema().column_with_name(id).is_some());
        let bare = if is_there { table.with_no_attribute_but(id.as_deref()) } else { table.clone() };
        let read = ReadOptions { crs: crs.clone(), table: Some(bare), ..ReadOptions::default() };
        let fields = id.iter().map(|id| ("id", id.clone())).collect();
        let mut notices = Notices::default();
        let reader =
            ParcelReader::open(&LayerSpec { read, fields, ..LayerSpec::default() }, &self.grids, &mut notices)?;
        let into_plane = reader.into_plane(self.plane)?;
        let mut flaws = ParcelNotices::default();
        let piece = |piece: usize| self.piece(assessor, (&reader, &into_plane), (piece, before), (&flaws, options));
        let pieces: Vec<_> = (0..reader.batches()).into_par_iter().map(piece).collect();
        let mut batches = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let (columns, of_piece) = piece?;
            let mut all = self.kept(&table.piece(batches.len()), options);
            all.extend(columns);
            batches.push(RecordBatch::try_new(Arc::clone(&schema), all).map_err(RunError::Table)?);
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
        (flaws, options): (&ParcelNotices, &TableOptions),
    ) -> Result<(Vec<ArrayRef>, Notices), RunError> {
        let mut read = reader.read(piece, into_plane, false)?;
        read.first += before;
        let mut result = assessed(read, Some(assessor), None);
        let notices = flaws.piece(&result);
        if options.leaves_ids_open {
            let mut ids = Texts::default();
            result.records.iter().for_each(|record| ids.push(record.id.as_deref()));
            Arc::make_mut(&mut result.assessment).ids = ids;
        }
        let mut columns = arrow::found_arrays(&self.layout, &result.assessment);
        columns.extend(options.notices.is_some().then(|| told(&result)));
        Ok((columns, notices))
    }

    /// The columns of a table that stay.
    fn kept(&self, rows: &RecordBatch, options: &TableOptions) -> Vec<ArrayRef> {
        let fields = rows.schema_ref().fields().iter().zip(rows.columns());
        let kept = fields.filter(|(field, _)| self.keeps(field.name(), options));
        kept.map(|(_, column)| Arc::clone(column)).collect()
    }
}

/// What is wrong with each parcel of a batch, as a column.
fn told(result: &BatchResult<'_>) -> ArrayRef {
    let by_row = notices_by_row(result);
    let mut column = ListBuilder::new(StringBuilder::new());
    for row in 0..result.len() {
        let ids = by_row.get(&row);
        ids.into_iter().flatten().for_each(|id| column.values().append_value(id));
        column.append(ids.is_some());
    }
    Arc::new(column.finish())
}

/// The type of that column.
fn list_of_ids() -> DataType {
    DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)))
}
