//! Why a reference system could not be read or used.

use super::Plane;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::text::Text;

/// Why a reference system could not be read or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// A text that names no reference system in any way known here.
    UnknownText {
        /// The beginning of the text.
        text: String,
    },
    /// A code or well-known text that libproj does not take for a reference system.
    UnknownSystem {
        /// The code, or the beginning of the well-known text.
        definition: String,
        /// What libproj says.
        reason: String,
    },
    /// A system that only libproj converts, in a build without it.
    NeedsLibproj {
        /// The code, or the beginning of the well-known text.
        definition: String,
    },
    /// Libproj knows no way from a system to the plane.
    NoWay {
        /// The name of the system.
        from: Text,
        /// The plane that was wanted.
        to: Plane,
        /// What libproj says.
        reason: String,
    },
    /// A point that the plane does not reach, or whose coordinates are no numbers.
    OutOfReach {
        /// Where the point stands in the slice, from 0.
        index: usize,
        /// Its longitude or easting, as given.
        x: f64,
        /// Its latitude or northing, as given.
        y: f64,
        /// The name of the system that it was read in.
        from: Text,
        /// The plane that was wanted.
        to: Plane,
    },
}

impl Diagnose for CrsError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::UnknownText { text } => Diagnostic::error(
                "crs-not-understood",
                text!("「{text}」は座標参照系ではありません。", "\"{text}\" is no coordinate reference system"),
            )
            .help(Text::new(
                "EPSGコード（例: \"EPSG:6676\"）か、.prj ファイルの中身を書いてください。",
                "write an EPSG code such as \"EPSG:6676\", or give the text of a .prj file",
            )),
            Self::UnknownSystem { definition, reason } => Diagnostic::error(
                "crs-unknown",
                Text {
                    ja: format!("{definition} という座標参照系はPROJにありません。").into(),
                    en: format!("{definition} is not a coordinate reference system that libproj knows ({reason})").into(),
                },
            )
            .help(Text::new(
                "コードを確かめてください。JGD2011の緯度経度は EPSG:6668、平面直角座標系の1〜19系は EPSG:6669〜EPSG:6687 です。",
                "check the code: JGD2011 in degrees is EPSG:6668, its plane rectangular zones 1 to 19 are EPSG:6669 to EPSG:6687",
            )),
            Self::NeedsLibproj { definition } => Diagnostic::error(
                "crs-needs-libproj",
                text!(
                    "{definition} の変換にはPROJが要りますが、このkyotenには組み込まれていません。",
                    "{definition} needs libproj, which this build leaves out"
                ),
            )
            .help(Text::new(
                "標準の機能を付けてビルドするか、先にデータをJGD2011（EPSG:6668）に変換してください。",
                "build with the default features, or convert the data to JGD2011 (EPSG:6668) first",
            )),
            Self::NoWay { from, to, reason } => Diagnostic::error(
                "crs-no-way",
                Text {
                    ja: format!("{}から{}への変換方法がありません。", from.ja, to.title().ja).into(),
                    en: format!("no way from {} to {} ({reason})", from.en, to.name()).into(),
                },
            )
            .help(Text::new(
                "先にデータをJGD2011（EPSG:6668）に変換してください。",
                "convert the data to JGD2011 (EPSG:6668) first",
            )),
            Self::OutOfReach { index, x, y, from, to } => Diagnostic::error(
                "crs-out-of-reach",
                text!(
                    "{from}の点{index}（{x}, {y}）は、{plane}の範囲の外です。",
                    "point {index} ({x}, {y}) of {from} is outside the reach of {plane}",
                    from = from.clone(),
                    plane = to.title()
                ),
            )
            .help(Text::new(
                "座標参照系が正しいか、経度（東西方向の座標）が先に書かれているかを確かめてください。",
                "check that this is the right coordinate reference system and that longitude (easting) comes first",
            )),
        }]
    }
}

display_diagnosed!(CrsError);

/// The beginning of a text, for a message.
pub(super) fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    fn number(error: &CrsError) -> usize {
        match error {
            CrsError::UnknownText { .. } => 0,
            CrsError::UnknownSystem { .. } => 1,
            CrsError::NeedsLibproj { .. } => 2,
            CrsError::NoWay { .. } => 3,
            CrsError::OutOfReach { .. } => 4,
        }
    }

    #[test]
    fn every_error_speaks_both_languages() {
        let (from, to) = (crate::crs::Crs::wgs84().title(), Plane::nearest(138.0, 35.0));
        let (definition, reason) = ("EPSG:999999".to_owned(), "crs not found in the database".to_owned());
        let errors = [
            CrsError::UnknownText { text: "somewhere over there".to_owned() },
            CrsError::UnknownSystem { definition: definition.clone(), reason: reason.clone() },
            CrsError::NeedsLibproj { definition },
            CrsError::NoWay { from: from.clone(), to, reason },
            CrsError::OutOfReach { index: 3, x: 0.5, y: 1.5, from, to },
        ];
        let said: Vec<_> =
            errors.iter().flat_map(|error| error.diagnostics().into_iter().map(|one| (number(error), one))).collect();
        checks::of_every_variant(5, &said);
        assert_eq!(
            errors[4].to_string(),
            "point 3 (0.5, 1.5) of WGS 84 (EPSG:4326) is outside the reach of 平面直角座標系 VIII (EPSG:6676)"
        );
        assert_eq!(
            said[4].1.message.ja,
            "WGS 84 緯度経度（EPSG:4326）の点3（0.5, 1.5）は、平面直角座標系第VIII系（EPSG:6676）の範囲の外です。"
        );
    }
}
