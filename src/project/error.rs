//! What can be wrong with a project file beyond what can be wrong with any file of settings, as types. `words` says each in
//! both languages.

use std::path::{Path, PathBuf};

use super::given::DataFile;
use crate::layers::CodeFault;
use crate::settings::{Problem, SettingsError};

/// Why a project could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A folder was given, and it has no `kyoten.toml`.
    NoProjectFile {
        /// The folder as it was given.
        folder: PathBuf,
    },
    /// A file of data was given.
    Data {
        /// The file as it was given.
        file: PathBuf,
        /// What it is.
        data: DataFile,
    },
    /// A setting of the command line is none that there is.
    Setting {
        /// As it was typed, `K=V`.
        setting: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// The file cannot be read, is not TOML, or does not say what a project file says.
    Settings(#[from] SettingsError),
}

impl ProjectError {
    /// The file or folder that it is about.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::NoProjectFile { folder: file } | Self::Data { file, .. } => file,
            Self::Settings(error) => &error.file,
            Self::Setting { setting, .. } => Path::new(setting),
        }
    }
}

/// What only a project file can have wrong with a key or its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ProjectFault {
    /// The code is not that of a municipality.
    NotAMunicipality {
        /// The code.
        value: String,
        /// What is wrong with it.
        why: CodeFault,
    },
    /// A place that is not in Japan.
    OutsideJapan {
        /// The place as it was read.
        at: [f64; 2],
        /// The least and the greatest longitude, and latitude, of Japan, degrees.
        ranges: [(f64, f64); 2],
    },
    /// A layer of one's own whose name cannot be one.
    NotALayerName,
    /// A role of a known layer.
    RoleOfKnownLayer {
        /// The layer.
        layer: &'static str,
    },
    /// Another role than the one that the layer has.
    OtherRole {
        /// This one.
        role: &'static str,
        /// The one that was said first.
        first: &'static str,
    },
    /// A layer of which there can be no expectation.
    NotAnExpectation {
        /// How a what-if takes it; `None`: it cannot.
        what_if: Option<WhatIf>,
        /// The layers of which there can.
        possible: Vec<&'static str>,
    },
    /// A layer to which a what-if adds nothing.
    NotSupposed {
        /// The layers to which it can.
        possible: Vec<&'static str>,
    },
}

/// How a what-if, `[scenario]`, takes what is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhatIf {
    /// As a layer.
    Layer,
    /// As a layer, or stop by stop.
    LayerOrStops,
}

impl ProjectFault {
    /// Whether it is a place of Japan with its latitude first.
    pub(super) fn is_exchanged(&self) -> bool {
        let Self::OutsideJapan { at: [lat, lon], ranges: [lons, lats] } = self else { return false };
        (lons.0..=lons.1).contains(lon) && (lats.0..=lats.1).contains(lat)
    }
}
