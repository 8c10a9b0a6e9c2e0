//! Why a run was not done.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;
use crate::queries::DrawnError;
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
    /// A drawn zone cannot be assessed.
    Drawn(#[from] DrawnError),
    /// Several things at once, in the order in which they are read.
    Several(Vec<RunError>),
    /// An output cannot be written.
    Output(#[from] OutputError),
}

impl RunError {
    /// One error of all that there are.
    pub(super) fn of(mut errors: Vec<Self>) -> Self {
        match errors.pop() {
            Some(only) if errors.is_empty() => only,
            Some(last) => {
                errors.push(last);
                Self::Several(errors)
            }
            None => Self::Several(errors),
        }
    }
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
            Self::Drawn(error) => error.diagnostics(),
            Self::Several(errors) => errors.iter().flat_map(Self::diagnostics).collect(),
            Self::Output(error) => error.diagnostics(),
        }
    }
}

display_diagnosed!(RunError);
