//! Why a run was not done.

use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;

/// Why a run was not done. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The parcels cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A layer cannot be used.
    #[error(transparent)]
    Layer(#[from] LayerError),
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
            Self::Output(error) => Some(error.help()),
        }
    }
}
