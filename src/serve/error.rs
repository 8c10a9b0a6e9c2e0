//! Why a run cannot be shown.

use std::io;
use std::path::PathBuf;

use crate::outputs::names::{MAP, RUN};

/// Why a run cannot be shown.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", folder.display())]
pub struct ServeError {
    /// The run folder.
    pub(super) folder: PathBuf,
    pub(super) fault: ServeFault,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum ServeFault {
    #[error("cannot be opened ({0})")]
    Folder(io::Error),
    #[error("its {RUN} cannot be read ({0})")]
    Record(io::Error),
    #[error("this run has no map")]
    NoMap,
    #[error("its {MAP} cannot be read ({0})")]
    Map(io::Error),
}

impl ServeError {
    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.fault {
            ServeFault::Folder(_) => "check the path",
            ServeFault::Record(_) => "give the folder that `kyoten run` wrote, or do the run anew",
            ServeFault::NoMap => "run again without --no-map",
            ServeFault::Map(_) => "run again to have it back",
        }
    }
}
