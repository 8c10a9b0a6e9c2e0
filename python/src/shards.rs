//! Many municipalities, each run apart from the others: what `kyoten batch` does, in pieces that somebody else shares out.

use std::path::PathBuf;

use kyoten::batch::{Batch, Shard, ShardRecord};
use kyoten::diagnostics::Diagnostic;
use kyoten::outputs::ParcelFormat;
use kyoten::pipeline::Options;
use kyoten::project::Project;
use kyoten::table::ColumnChoice;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::json;

use crate::errors::Failed;
use crate::watch::watched;

/// The projects of a list, as JSON: where each is, and its municipality where it is known.
#[pyfunction]
pub fn shards(py: Python<'_>, list: PathBuf) -> PyResult<String> {
    watched(py, None, move |_| {
        let batch = Batch::open(&list)?;
        let one = |shard: &Shard| json!({ "project": shard.given, "municipality": shard.municipality });
        Ok(json!(batch.shards.iter().map(one).collect::<Vec<_>>()).to_string())
    })
}

/// How every project of a list is run.
#[derive(FromPyObject)]
pub struct HowArgument(Vec<String>, Vec<String>, bool, bool);

/// Runs a project of a list, unless its run stands; what became of it is left in the folder of results, and comes back as JSON.
#[pyfunction]
pub fn run_shard(
    py: Python<'_>,
    project: PathBuf,
    municipality: Option<String>,
    out: PathBuf,
    how: HowArgument,
) -> PyResult<String> {
    let HowArgument(formats, columns, drop_own, map) = how;
    watched(py, None, move |_| {
        let formats = known(formats)?;
        let asked = |project: &Project| {
            let columns = ColumnChoice::new(&columns, drop_own, project.rules.set);
            let columns = columns.map_err(|reason| vec![Diagnostic::error("no-such-column", reason).at("columns")])?;
            Ok(Options { formats: formats.clone(), columns, map, ..Options::default() })
        };
        let record = Shard::open(project, municipality).run_apart(&out, &asked)?;
        Ok(json!(record).to_string())
    })
}

/// What is said of a project whose processes were all lost, as JSON.
#[pyfunction]
pub fn lost_shard(py: Python<'_>, project: PathBuf, municipality: Option<String>, attempts: usize) -> PyResult<String> {
    watched(py, None, move |_| Ok(json!(Shard::open(project, municipality).lost(attempts)).to_string()))
}

/// Writes `batch.json` of what became of the projects of a list, in its order.
#[pyfunction]
pub fn gather_shards(py: Python<'_>, out: PathBuf, records: Vec<String>) -> PyResult<()> {
    let records = records.into_iter().map(|record| serde_json::from_str::<ShardRecord>(&record));
    let records = records.collect::<Result<Vec<_>, _>>().map_err(|error| PyValueError::new_err(error.to_string()))?;
    watched(py, None, move |_| {
        Batch::gather(records, &out)?;
        Ok(())
    })
}

/// Makes sure that there are such formats of parcels.
#[pyfunction]
pub fn check_formats(py: Python<'_>, formats: Vec<String>) -> PyResult<()> {
    known(formats).map(|_| ()).map_err(|failed| failed.raised(py))
}

fn known(formats: Vec<String>) -> Result<Vec<&'static ParcelFormat>, Failed> {
    formats.into_iter().map(|name| ParcelFormat::named(&name).map_err(|refused| Failed::one(*refused))).collect()
}
