//! What is wrong, as an exception that carries the library's diagnostics.

use arrow_schema::ArrowError;
use kyoten::diagnostics::{Diagnose, Diagnostic};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// Why nothing came of it.
pub enum Failed {
    /// The library says why.
    Diagnosed(Vec<Diagnostic>),
    /// A table of somebody else's broke off while it was read; what its maker says.
    Stream(ArrowError),
}

impl<E: Diagnose> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Diagnosed(error.diagnostics())
    }
}

impl Failed {
    /// One that is about one thing.
    pub fn one(diagnostic: Diagnostic) -> Self {
        Self::Diagnosed(vec![diagnostic])
    }

    /// The exception of Python.
    pub fn raised(self, py: Python<'_>) -> PyErr {
        let diagnostics = match self {
            Self::Diagnosed(diagnostics) => diagnostics,
            Self::Stream(error) => return of_stream(error),
        };
        let raise = || -> PyResult<PyErr> {
            let said =
                serde_json::to_string(&diagnostics).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
            let class = py.import("kyoten._errors")?.getattr("KyotenError")?;
            Ok(PyErr::from_value(class.call_method1("_of_json", (said,))?))
        };
        raise().unwrap_or_else(|error| error)
    }
}

/// An error of Python's stays itself on its way through Arrow.
fn of_stream(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(inner) => match inner.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(other) => PyRuntimeError::new_err(other.to_string()),
        },
        other => PyRuntimeError::new_err(other.to_string()),
    }
}
