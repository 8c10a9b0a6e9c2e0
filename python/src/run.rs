//! `kyoten.run`: a whole run, into memory or into a folder.

use std::path::PathBuf;

use kyoten::outputs::names;
use kyoten::pipeline::{self, MapFiles, Options, Report, RunTables};
use pyo3::prelude::*;

use crate::errors::Failed;
use crate::settings::ProjectArgument;
use crate::tables::Table;
use crate::watch::watched;

/// What a run found.
#[pyclass(frozen, module = "kyoten._kyoten")]
pub struct Run {
    record: String,
    times: String,
    files: Vec<PathBuf>,
    map: Option<Vec<u8>>,
    tables: RunTables,
}

#[pymethods]
impl Run {
    /// The text of its `run.json`.
    #[getter]
    fn record(&self) -> &str {
        &self.record
    }

    /// The text of its `times.json`.
    #[getter]
    fn times(&self) -> &str {
        &self.times
    }

    /// Its files, where it wrote any.
    #[getter]
    fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// The page with its map, where it was drawn in memory.
    #[getter]
    fn map(&self) -> Option<String> {
        self.map.as_ref().map(|page| String::from_utf8_lossy(page).into_owned())
    }

    /// The parcels.
    #[getter]
    fn parcels(&self) -> Table {
        let parcels = &self.tables.parcels;
        Table::new(parcels.schema.clone(), parcels.batches.clone())
    }

    /// What is told beside the parcels, by name.
    #[getter]
    fn products(&self) -> Vec<(&'static str, Table)> {
        let table = |(&name, batch): (&&'static str, &arrow_array::RecordBatch)| {
            (name, Table::new(batch.schema(), vec![batch.clone()]))
        };
        self.tables.products.iter().map(table).collect()
    }
}

/// Runs a project. Nothing is written where there is no `out`.
#[pyfunction]
#[pyo3(signature = (project, *, out=None, map=true, one_file=false, progress=None))]
pub fn run(
    py: Python<'_>,
    project: ProjectArgument<'_>,
    out: Option<PathBuf>,
    map: bool,
    one_file: bool,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Run> {
    let project = project.given()?;
    watched(py, progress, move |watch| {
        let project = project.open()?;
        let is_on_disk = out.is_some();
        let formats = if is_on_disk { Options::default().formats } else { Vec::new() };
        let options =
            Options { out, formats, map, map_files: MapFiles::asked(one_file), tables: true, ..Options::default() };
        let report = pipeline::run(&project, &options, watch)?;
        of_report(report)
    })
}

fn of_report(report: Report) -> Result<Run, Failed> {
    let Report { record, times, files, mut in_memory, tables, .. } = report;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    // They were asked for.
    let tables = tables.ok_or(Failed::Diagnosed(Vec::new()))?;
    let map = in_memory.remove(names::MAP);
    Ok(Run { record: text(record.json()), times: text(times.json()), files, map, tables })
}
