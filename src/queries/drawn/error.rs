//! Why can a drawn zone not be assessed?

use std::path::PathBuf;

use crate::criteria::{Rules, Zone};
use crate::crs::FromPlane;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::geometry::Bounds;
use crate::layers::DrawnZone;
use crate::settings::nearest;
use crate::text::Text;

/// Why a drawn zone cannot be assessed.
#[derive(Debug, thiserror::Error)]
pub enum DrawnError {
    /// It is of a kind that the rules do not have.
    NoZone {
        /// The file and the feature that says so; `None`: the command does.
        said_by: Option<(PathBuf, usize)>,
        /// The word for the kind.
        word: String,
        /// The zones that there are.
        zones: Vec<&'static str>,
    },
    /// It lies where no parcel is.
    Elsewhere {
        /// Its file.
        file: PathBuf,
        /// Its number in the file.
        number: usize,
        /// Where it lies, and where the parcels lie.
        places: Box<[Text; 2]>,
    },
}

impl DrawnError {
    pub(super) fn no_zone(drawn: Option<&DrawnZone>, word: &str, rules: &Rules) -> Self {
        let said_by = drawn.map(|drawn| (drawn.file.clone(), drawn.number));
        Self::NoZone { said_by, word: word.to_owned(), zones: rules.zones().map(Zone::id).collect() }
    }

    pub(super) fn elsewhere(drawn: &DrawnZone, bounds: [Bounds; 2], from_plane: &FromPlane) -> Self {
        let places = Box::new(bounds.map(|bounds| degrees(&bounds, from_plane)));
        Self::Elsewhere { file: drawn.file.clone(), number: drawn.number, places }
    }
}

/// The middle of a box in degrees.
fn degrees(bounds: &Bounds, from_plane: &FromPlane) -> Text {
    let [lon, lat] = from_plane.lon_lat(bounds.centre());
    text!("東経{lon:.4}°、北緯{lat:.4}°", "{lon:.4}°E {lat:.4}°N")
}

impl Diagnose for DrawnError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::NoZone { said_by, word, zones } => {
                let all = zones.join(", ");
                let message = if let Some((_, number)) = said_by {
                    text!(
                        "{number}番目の地物の区域「{word}」は、ルールにありません。",
                        "feature {number}: the rules have no zone “{word}”"
                    )
                } else {
                    text!("区域「{word}」は、ルールにありません。", "the rules have no zone “{word}”")
                };
                let place =
                    said_by.as_ref().map_or_else(|| "--zone".to_owned(), |(file, _)| file.display().to_string());
                let help = if let (near, true) = nearest(word, zones) {
                    text!(
                        "`{near}` のことでしょうか。使えるのは {all} です。",
                        "did you mean `{near}`? there are: {all}"
                    )
                } else {
                    text!("使えるのは {all} です。", "there are: {all}")
                };
                Diagnostic::error("drawn-zone-of-no-kind", message).at(place).help(help)
            }
            Self::Elsewhere { file, number, places } => {
                let [there, parcels] = &**places;
                let message = text!(
                    "{number}番目の地物は、筆のある範囲の外にあります（地物は{there}、筆は{parcels}）。",
                    "feature {number} lies where no parcel is: it is at {there}, the parcels at {parcels}",
                    there = there.clone(),
                    parcels = parcels.clone()
                );
                Diagnostic::error("drawn-zone-elsewhere", message).at(file.display()).help(Text::new(
                    "筆と同じ市のファイルか、座標参照系（`--crs`）が正しいかを確かめてください。",
                    "check that it is of the same city, and that its coordinate reference system (`--crs`) is right",
                ))
            }
        }]
    }
}

display_diagnosed!(DrawnError);
