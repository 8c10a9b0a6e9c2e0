//! `kyoten.prepare`: a study that is put together once and asked as often as somebody likes.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};
use kyoten::assess::Assessor;
use kyoten::collect::{ExplainedParcels, Sweep};
use kyoten::crs::DatumGrids;
use kyoten::diagnostics::Diagnostic;
use kyoten::inputs::ArrowTable;
use kyoten::notices::Notices;
use kyoten::pipeline::{self, FreshStudy, Options, Progress as _, RunError, TableAssessor, TableOptions};
use kyoten::prepared::PreparedStudy;
use kyoten::project::Project;
use kyoten::queries::explain::{Sayings, document, is_meant, not_one};
use kyoten::runs::NoticeRecord;
use kyoten::text::Text;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::input::AnyRecordBatch;

use crate::errors::Failed;
use crate::settings::ProjectArgument;
use crate::tables::{Table, schema_capsule, stream};
use crate::watch::watched;

/// So many rows are gathered for each thread before they are assessed: small batches would leave threads without work.
const ROWS_A_THREAD: usize = 4096;

/// Rows in batches are numbered by the whole input, where no column has their ids.
const TABLE: &str = "<parcels>";

/// A study.
#[pyclass(frozen, module = "kyoten._kyoten")]
pub struct Study(Arc<Inner>);

struct Inner {
    made: Made,
    tables: TableAssessor,
    /// What it was prepared from; of one from a file nobody knows.
    project: Option<Project>,
}

enum Made {
    Fresh(Box<FreshStudy>),
    Loaded(Box<PreparedStudy>),
}

impl Inner {
    fn assessor(&self) -> &Assessor {
        match &self.made {
            Made::Fresh(study) => &study.assessor,
            Made::Loaded(study) => &study.assessor,
        }
    }

    fn project(&self) -> Result<&Project, Failed> {
        self.project.as_ref().ok_or_else(|| Failed::one(pipeline::without_layers()))
    }
}

/// Reads a project's layers, and works out all that no parcel is needed for.
#[pyfunction]
#[pyo3(signature = (project, *, progress=None))]
pub fn prepare(py: Python<'_>, project: ProjectArgument<'_>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<Study> {
    let project = project.given()?;
    watched(py, progress, move |watch| {
        let project = project.open()?;
        let study = FreshStudy::of(&project, watch)?;
        let tables = TableAssessor::new(&study.assessor, study.made_of.plane, study.grids.clone());
        Ok(Study(Arc::new(Inner { made: Made::Fresh(Box::new(study)), tables, project: Some(project) })))
    })
}

/// Takes a study back from a file.
#[pyfunction]
pub fn load(py: Python<'_>, path: PathBuf) -> PyResult<Study> {
    watched(py, None, move |_| {
        let study = PreparedStudy::open(&path)?;
        let tables = TableAssessor::new(&study.assessor, study.made_of.plane, DatumGrids::NONE);
        Ok(Study(Arc::new(Inner { made: Made::Loaded(Box::new(study)), tables, project: None })))
    })
}

#[pymethods]
impl Study {
    /// Writes it to a file, whole or not at all.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let inner = Arc::clone(&self.0);
        watched(py, None, move |_| {
            match &inner.made {
                Made::Fresh(study) => {
                    study.save(&path)?;
                }
                Made::Loaded(study) => study.save(&path)?,
            }
            Ok(())
        })
    }

    /// What was noticed of its layers, as JSON.
    #[getter]
    fn notices(&self) -> String {
        match &self.0.made {
            Made::Fresh(study) => notices_json(&study.notices),
            Made::Loaded(study) => notices_json(&study.told.notices),
        }
    }

    /// The columns that it adds.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, self.0.tables.schema())
    }

    /// The names of the columns that it adds.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.tables.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Assesses whatever comes, batch by batch, as it is asked for.
    #[pyo3(signature = (table, geometry=None, crs=None, id=None, notices=None, is_whole=true))]
    fn assess(
        &self,
        table: AnyRecordBatch,
        geometry: Option<String>,
        crs: Option<String>,
        id: Option<String>,
        notices: Option<String>,
        is_whole: bool,
    ) -> PyResult<Batches> {
        let reader = table.into_reader()?;
        let options = TableOptions { crs, id, leaves_ids_open: !is_whole, notices };
        let schema = Arc::new(self.0.tables.schema_with(&reader.schema(), &options));
        let notices = Arc::new(Mutex::new(Notices::default()));
        let assessing = Assessing {
            study: Arc::clone(&self.0),
            reader,
            geometry,
            options,
            is_read: false,
            before: 0,
            ready: VecDeque::new(),
            notices: Arc::clone(&notices),
        };
        Ok(Batches { schema, notices, left: Mutex::new(Some(assessing)) })
    }

    /// Why a parcel of the project stands as it does, as JSON.
    #[pyo3(signature = (parcel, *, progress=None))]
    fn explain(&self, py: Python<'_>, parcel: String, progress: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        let inner = Arc::clone(&self.0);
        watched(py, progress, move |watch| {
            let project = inner.project()?;
            let meant = |id: &str, position: usize| is_meant(&parcel, id, position);
            let explained = pipeline::explain(project, &meant, watch)?;
            let ExplainedParcels { parcels, ids } = &explained.found;
            let positions: Vec<usize> = parcels.iter().map(|(position, _)| *position).collect();
            let [(_, found)] = parcels.as_slice() else {
                return Err(Failed::one(not_one(&parcel, &positions, ids)));
            };
            let sayings = Sayings { rules: &project.rules, from_plane: &explained.from_plane };
            Ok(document(found, &sayings).to_string())
        })
    }

    /// The counts of the project's parcels under several numbers of a threshold, as JSON.
    #[pyo3(signature = (threshold, numbers, *, progress=None))]
    fn sweep(
        &self,
        py: Python<'_>,
        threshold: String,
        numbers: Vec<f64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let inner = Arc::clone(&self.0);
        watched(py, progress, move |watch| {
            let project = inner.project()?;
            let sweep = swept(project, &threshold, numbers)?;
            let report = pipeline::run(project, &Options::of_sweep(None, sweep), watch)?;
            Ok(serde_json::to_string(&report.record.sweep).unwrap_or_default())
        })
    }
}

/// A sweep that is asked for, where there can be such a one.
fn swept(project: &Project, threshold: &str, numbers: Vec<f64>) -> Result<Sweep, Failed> {
    let refused = |why: Text| Failed::one(Diagnostic::error("sweep-not-possible", why).at(threshold));
    let Some(known) = project.rules.set.threshold(threshold) else {
        let all: Vec<&str> = project.rules.thresholds.all().iter().map(|threshold| threshold.key).collect();
        let all = all.join(", ");
        return Err(refused(Text {
            ja: format!("使える基準値は {all} です。").into(),
            en: format!("no such threshold; there are: {all}").into(),
        }));
    };
    let (least, most) = known.range;
    if numbers.is_empty() || numbers.iter().any(|number| !(least..=most).contains(number)) {
        return Err(refused(Text {
            ja: format!("{least}〜{most}の数を書いてください。").into(),
            en: format!("its numbers go from {least} to {most}").into(),
        }));
    }
    let mut numbers = numbers;
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    Ok(Sweep { key: known.key, numbers })
}

/// What comes of assessing a stream; it goes by once.
#[pyclass(frozen, module = "kyoten._kyoten")]
pub struct Batches {
    schema: Arc<Schema>,
    notices: Arc<Mutex<Notices>>,
    left: Mutex<Option<Assessing>>,
}

#[pymethods]
impl Batches {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let left = self.take()?;
        let batches = left.map(|batch| batch.map_err(|failed| ArrowError::ExternalError(Box::new(raised(failed)))));
        stream(py, &self.schema, batches, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    /// The next rows.
    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let mut left = self.take()?;
        let (left, next) = watched(py, None, move |_| {
            let next = left.next().transpose()?;
            Ok((left, next))
        })?;
        // What has gone by is gone, also where nothing is left.
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = next.is_some().then_some(left);
        Ok(next.map(|batch| Table::new(Arc::clone(&self.schema), vec![batch])))
    }

    /// All that is left.
    fn read(&self, py: Python<'_>) -> PyResult<Table> {
        let left = self.take()?;
        let batches = watched(py, None, move |watch| {
            let mut batches = Vec::new();
            for batch in left {
                if watch.is_cancelled() {
                    return Err(RunError::Cancelled.into());
                }
                batches.push(batch?);
            }
            Ok(batches)
        })?;
        Ok(Table::new(Arc::clone(&self.schema), batches))
    }

    /// What was wrong with the parcels that have gone by, as JSON.
    #[getter]
    fn notices(&self) -> String {
        notices_json(&self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Batches {
    fn take(&self) -> PyResult<Assessing> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner).take();
        left.ok_or_else(|| PyValueError::new_err("these rows have gone by: assess the table again"))
    }
}

/// An error on its way through a stream, for a reader that knows nothing of ours.
fn raised(failed: Failed) -> PyErr {
    Python::attach(|py| failed.raised(py))
}

fn notices_json(notices: &Notices) -> String {
    let records: Vec<NoticeRecord> =
        notices.iter().map(|(place, kind, found)| NoticeRecord::new(place, kind, found)).collect();
    serde_json::to_string(&records).unwrap_or_default()
}

/// A stream that is being assessed.
struct Assessing {
    study: Arc<Inner>,
    reader: Box<dyn RecordBatchReader + Send>,
    geometry: Option<String>,
    options: TableOptions,
    /// Whether it has given all it has: a stream need not bear to be asked again.
    is_read: bool,
    /// So many rows have gone by.
    before: usize,
    ready: VecDeque<RecordBatch>,
    notices: Arc<Mutex<Notices>>,
}

impl Iterator for Assessing {
    type Item = Result<RecordBatch, Failed>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Some(Ok(batch));
            }
            match self.more() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(failed) => return Some(Err(failed)),
            }
        }
    }
}

impl Assessing {
    /// Assesses the next rows; `false` where there are none.
    fn more(&mut self) -> Result<bool, Failed> {
        let wanted = ROWS_A_THREAD * rayon::current_num_threads();
        let (mut batches, mut rows) = (Vec::new(), 0);
        while rows < wanted && !self.is_read {
            let Some(batch) = self.reader.next() else {
                self.is_read = true;
                break;
            };
            let batch = batch.map_err(Failed::Stream)?;
            rows += batch.num_rows();
            batches.push(batch);
        }
        if batches.is_empty() {
            return Ok(false);
        }
        let table = ArrowTable::new(TABLE, self.reader.schema(), batches, self.geometry.as_deref())?;
        let found = self.study.tables.assess(self.study.assessor(), &table, &self.options, self.before)?;
        self.before += rows;
        self.ready.extend(found.batches);
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).merge(found.notices);
        Ok(true)
    }
}
