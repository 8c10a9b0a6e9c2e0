//! Why a reference system could not be read or used.

use super::Plane;

/// Why a reference system could not be read or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// A text that names no reference system in any way known here.
    #[error(
        "\"{text}\" is no coordinate reference system: write an EPSG code such as \"EPSG:6676\", or give the text of a .prj file"
    )]
    UnknownText {
        /// The beginning of the text.
        text: String,
    },
    /// A code or well-known text that libproj does not take for a reference system.
    #[error(
        "{definition} is not a coordinate reference system that libproj knows ({reason}): check the code, or name another system"
    )]
    UnknownSystem {
        /// The code, or the beginning of the well-known text.
        definition: String,
        /// What libproj says.
        reason: String,
    },
    /// A system that only libproj converts, in a build without it.
    #[error(
        "{definition} needs libproj, which this build leaves out: build with the default features, or convert the data to JGD2011 (EPSG:6668) first"
    )]
    NeedsLibproj {
        /// The code, or the beginning of the well-known text.
        definition: String,
    },
    /// Libproj knows no way from a system to the plane.
    #[error("no way from {from} to {} ({reason}): convert the data to JGD2011 (EPSG:6668) first", to.name())]
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
        "point {index} ({x}, {y}) of {from} is outside the reach of {}: check that this is the right coordinate reference system and that longitude (easting) comes first", to.name()
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

/// The beginning of a text, for a message.
pub(super) fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
