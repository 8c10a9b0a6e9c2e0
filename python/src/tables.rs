//! Tables of Arrow on their way in and out, by the PyCapsule protocol.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use kyoten::inputs::ArrowTable;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;

use crate::errors::Failed;

/// Rows in memory, which anything that speaks Arrow can take without a copy.
#[pyclass(frozen, module = "kyoten._kyoten")]
pub struct Table {
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub fn new(schema: Arc<Schema>, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        stream(py, &self.schema, self.batches.clone().into_iter().map(Ok), requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The cells of the first rows, as they are shown.
    fn cells(&self, rows: usize) -> Vec<Vec<Option<String>>> {
        let all = self.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        let row =
            |(batch, row): (&RecordBatch, usize)| batch.columns().iter().map(|column| cell(column, row)).collect();
        all.take(rows).map(row).collect()
    }
}

fn cell(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).to_owned()),
        DataType::Boolean => Some(column.as_boolean().value(row).to_string()),
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().value(row).to_string()),
        _ => Some("…".to_owned()),
    }
}

/// A capsule with these batches.
pub fn stream<'py>(
    py: Python<'py>,
    schema: &Arc<Schema>,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyArrowResult<Bound<'py, PyCapsule>> {
    let field = Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone());
    let arrays = batches.map(|batch| batch.map(|batch| -> ArrayRef { Arc::new(StructArray::from(batch)) }));
    to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, Arc::new(field))), requested_schema)
}

/// A schema on its way out.
pub fn schema_capsule<'py>(py: Python<'py>, schema: &Schema) -> PyArrowResult<Bound<'py, PyCapsule>> {
    to_schema_pycapsule(py, schema)
}

/// A layer that Python gives as a table.
#[derive(FromPyObject)]
pub struct TableArgument(String, String, AnyRecordBatch, Option<String>);

/// The same, ready to be read on any thread.
pub struct GivenTable {
    /// `layers`, `prospective` or `scenario`.
    pub of: String,
    /// The layer's key.
    pub layer: String,
    reader: Box<dyn RecordBatchReader + Send>,
    geometry: Option<String>,
}

impl TableArgument {
    pub fn given(self) -> PyResult<GivenTable> {
        let Self(of, layer, table, geometry) = self;
        Ok(GivenTable { of, layer, reader: table.into_reader()?, geometry })
    }
}

impl GivenTable {
    /// Reads it.
    pub fn read(self) -> Result<ArrowTable, Failed> {
        let Self { layer, reader, geometry, .. } = self;
        let schema = reader.schema();
        let batches = reader.collect::<Result<Vec<_>, ArrowError>>().map_err(Failed::Stream)?;
        Ok(ArrowTable::new(&format!("<{layer}>"), schema, batches, geometry.as_deref())?)
    }
}
