//! Why a run was not done.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;
use crate::transit::ScenarioError;

/// Why a run was not done. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The parcels cannot be read.
    Input(#[from] InputError),
    /// A layer cannot be used.
    Layer(#[from] LayerError),
    /// The timetables do not bear what the scenario supposes.
    Scenario(#[from] ScenarioError),
    /// A place of the project file cannot be put on the plane.
    Place {
        /// The project file.
        file: PathBuf,
        /// Why not.
        source: CrsError,
    },
    /// An output cannot be written.
    Output(#[from] OutputError),
}

impl Diagnose for RunError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Input(error) => error.diagnostics(),
            Self::Layer(error) => error.diagnostics(),
            Self::Scenario(error) => error.diagnostics(),
            Self::Place { file, source } => {
                source.diagnostics().into_iter().map(|one| one.at(file.display())).collect()
            }
            Self::Output(error) => error.diagnostics(),
        }
    }
}

display_diagnosed!(RunError);
