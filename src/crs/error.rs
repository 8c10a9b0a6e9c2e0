//! Why a reference system could not be read or used.

use super::Plane;

/// Why a reference system could not be read or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// A text that names no reference system in any way known here.
    #[error("\"{text}\" is no coordinate reference system")]
    UnknownText {
        /// The beginning of the text.
        text: String,
    },
    /// A code or well-known text that libproj does not take for a reference system.
    #[error("{definition} is not a coordinate reference system that libproj knows ({reason})")]
    UnknownSystem {
        /// The code, or the beginning of the well-known text.
        definition: String,
        /// What libproj says.
        reason: String,
    },
    /// A system that only libproj converts, in a build without it.
    #[error("{definition} needs libproj, which this build leaves out")]
    NeedsLibproj {
        /// The code, or the beginning of the well-known text.
        definition: String,
    },
    /// Libproj knows no way from a system to the plane.
    #[error("no way from {from} to {} ({reason})", to.name())]
    NoWay {
        /// The name of the system.
        from: String,
        /// The plane that was wanted.
        to: Plane,
        /// What libproj says.
        reason: String,
    },
    /// A point that the plane does not reach, or whose coordinates are no numbers.
    #[error(
        "point {index} ({x}, {y}) of {from} is outside the reach of {}", to.name()
    )]
    OutOfReach {
        /// Where the point stands in the slice, from 0.
        index: usize,
        /// Its longitude or easting, as given.
        x: f64,
        /// Its latitude or northing, as given.
        y: f64,
        /// The name of the system that it was read in.
        from: String,
        /// The plane that was wanted.
        to: Plane,
    },
}

impl CrsError {
    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let advice = match self {
            Self::UnknownText { .. } => "write an EPSG code such as \"EPSG:6676\", or give the text of a .prj file",
            Self::UnknownSystem { .. } => {
                "check the code: JGD2011 in degrees is EPSG:6668, its plane rectangular zones 1 to 19 are EPSG:6669 to EPSG:6687"
            }
            Self::NeedsLibproj { .. } => {
                "build with the default features, or convert the data to JGD2011 (EPSG:6668) first"
            }
            Self::NoWay { .. } => "convert the data to JGD2011 (EPSG:6668) first",
            Self::OutOfReach { .. } => {
                "check that this is the right coordinate reference system and that longitude (easting) comes first"
            }
        };
        Some(advice.to_owned())
    }
}

/// The beginning of a text, for a message.
pub(super) fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
