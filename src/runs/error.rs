//! Why a finished run cannot be read.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::inputs::InputError;
use crate::layers::LayerError;

/// Why a finished run cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RunFolderError {
    /// There is no such folder.
    #[error("{}: no such folder", folder.display())]
    NoFolder {
        /// The path as given.
        folder: PathBuf,
    },
    /// A path that is no folder with a finished run in it.
    #[error("{}: is no run folder: there is no run.json in it", folder.display())]
    NotARun {
        /// The path as given.
        folder: PathBuf,
    },
    /// A `run.json` that kyoten did not write, or not whole.
    #[error("{}: is not what a run of kyoten writes ({problem})", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A run folder whose parcels are gone.
    #[error("{}: holds no file of parcels (筆・敷地)", folder.display())]
    NoParcels {
        /// The folder.
        folder: PathBuf,
        /// The files of the run that could serve, which are not there.
        gone: Vec<&'static str>,
    },
    /// A run folder whose parcels have no shapes, where shapes are wanted.
    #[error("{}: has no shapes of the parcels (筆・敷地), only a table", folder.display())]
    NoShapes {
        /// The folder.
        folder: PathBuf,
    },
    /// A parcel that no run wrote so.
    #[error("{}: parcel {parcel}: {problem}", path.display())]
    Parcel {
        /// The file.
        path: PathBuf,
        /// Its 1-based position in the file.
        parcel: usize,
        /// The column, and what is wrong with it.
        problem: String,
    },
    /// A stop that no run wrote so.
    #[error("{}: feature {feature}: {problem}", path.display())]
    Stop {
        /// The file.
        path: PathBuf,
        /// Its 1-based position in the file.
        feature: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A file of a run that cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A file of a run whose coordinates cannot be used.
    #[error(transparent)]
    Layer(#[from] LayerError),
}

impl RunFolderError {
    /// Coordinates of a file that cannot be brought into the plane.
    pub(crate) fn crs(path: &std::path::Path, source: CrsError) -> Self {
        Self::Layer(LayerError::Crs { path: path.to_owned(), source })
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoFolder { .. } => "check the path: give the folder that `kyoten run --out` wrote".to_owned(),
            Self::NotARun { folder } if folder.is_file() => {
                "give the run folder itself, the one that `kyoten run --out` wrote".to_owned()
            }
            Self::NotARun { .. } => {
                "give a folder that `kyoten run --out` wrote; a run that was broken off has no run.json".to_owned()
            }
            Self::Record { .. } | Self::Parcel { .. } | Self::Stop { .. } => {
                "run again with this version of kyoten, and take the folder as the run leaves it".to_owned()
            }
            Self::NoShapes { .. } => "run again, with `--format geojson` or another format with shapes".to_owned(),
            Self::NoParcels { gone, .. } if gone.is_empty() => {
                "run again, with `--format geojson` or another format".to_owned()
            }
            Self::NoParcels { gone, .. } => format!("put {} back, or run again", gone.join(" or ")),
            Self::Input(error) => return error.help(),
            Self::Layer(error) => return error.help(),
        })
    }
}
