//! Why two runs cannot be compared.

use std::path::PathBuf;

use crate::runs::RunFolderError;

/// Why two runs cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// Two runs without a parcel in common.
    #[error(
        "{} and {}: no parcel of the one is in the other: a kyoten_id of the first is “{}”, of the second “{}”",
        folders[0].display(), folders[1].display(), ids[0], ids[1]
    )]
    NothingInCommon {
        /// The run folders.
        folders: [PathBuf; 2],
        /// The first id of each.
        ids: [String; 2],
    },
    /// A run that cannot be read.
    #[error(transparent)]
    Run(#[from] RunFolderError),
}

impl DiffError {
    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NothingInCommon { .. } => Some(
                "compare two runs of one city; parcels are matched by kyoten_id, so the `id` \
                 of the layer `parcels` must be the same in both projects"
                    .to_owned(),
            ),
            Self::Run(error) => error.help(),
        }
    }
}
