//! What does Python see of kyoten? The library's answers as tables of Arrow and documents, under names of Python.
//!
//! Nothing is worked out here: [`run`] and [`study`] ask the library's pipeline, [`queries`] its queries. [`settings`] makes a project of
//! what Python says, [`tables`] lets tables in and out without a copy, [`watch`] does the work on a thread of its own, so that
//! the interpreter goes on, hears Ctrl-C and is told of progress. What users see is in `python/kyoten`.

mod errors;
mod queries;
mod run;
mod settings;
mod shards;
mod study;
mod tables;
mod watch;

use pyo3::prelude::*;

/// The compiled part of the package `kyoten`.
#[pymodule]
mod _kyoten {
    #[pymodule_export]
    use crate::queries::{criteria, diff, inspect, peaks, rule_sets};
    #[pymodule_export]
    use crate::run::{Run, run};
    #[pymodule_export]
    use crate::shards::{check_formats, gather_shards, lost_shard, run_shard, shards};
    #[pymodule_export]
    use crate::study::{Batches, Study, load, prepare};
    #[pymodule_export]
    use crate::tables::Table;
    #[pymodule_export]
    use crate::watch::{abandon, limit_threads};

    use std::ffi::OsString;

    use pyo3::prelude::*;

    /// Runs the program with these arguments, the first of which is its name; gives the status to end the process with.
    #[pyfunction]
    fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| kyoten::cli::main_with(arguments))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
