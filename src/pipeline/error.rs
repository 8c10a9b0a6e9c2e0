//! Why a run was not done.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;
use crate::transit::ScenarioError;

/// Why a run was not done. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The parcels cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A layer cannot be used.
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// The timetables do not bear what the scenario supposes.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A place of the project file cannot be put on the plane.
    #[error("{}: {source}", file.display())]
    Place {
        /// The project file.
        file: PathBuf,
        /// Why not.
        source: CrsError,
    },
    /// An output cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl RunError {
    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Input(error) => error.help(),
            Self::Layer(error) => error.help(),
            Self::Scenario(error) => Some(error.help()),
            Self::Place { source, .. } => source.help(),
            Self::Output(error) => Some(error.help()),
        }
    }
}
