//! Why a map cannot be drawn.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::runs::RunFolderError;
use crate::text::Text;

/// Why a map cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum StillError {
    /// The run cannot be read.
    Run(#[from] RunFolderError),
    /// Its rules have no such zone.
    NoZone {
        /// The run folder.
        folder: PathBuf,
        /// What was asked for.
        zone: String,
        /// The zones that there are.
        zones: Vec<&'static str>,
    },
    /// Nothing of it is anywhere.
    NothingToDraw {
        /// The run folder.
        folder: PathBuf,
    },
    /// It has no such candidate zone or parcel.
    NotInRun {
        /// The run folder.
        folder: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// An atlas without a sheet, or with more than anybody leafs through.
    NoAtlas {
        /// The run folder.
        folder: PathBuf,
        /// How many sheets it would have.
        sheets: usize,
    },
    /// Its middle is nowhere on the earth.
    NoMiddle {
        /// The run folder.
        folder: PathBuf,
        /// Why.
        source: CrsError,
    },
}

impl Diagnose for StillError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Run(error) => error.diagnostics(),
            Self::NoZone { folder, zone, zones } => {
                let all = zones.join(", ");
                let message = text!(
                    "区域「{zone}」は、この結果のルールにありません。使えるのは {all} です。",
                    "no such zone “{zone}” in the rules of this run; there are: {all}"
                );
                vec![Diagnostic::error("no-such-zone", message).at(folder.display())]
            }
            Self::NothingToDraw { folder } => vec![
                Diagnostic::error(
                    "nothing-to-draw",
                    Text::new(
                        "形の使える筆が1つもないため、地図を作れません。",
                        "no parcel (筆・敷地) of the run has a usable geometry, so there is no map",
                    ),
                )
                .at(folder.display())
                .help(Text::new(
                    "筆のファイルのどこが悪いかは、`kyoten inspect` で分かります。",
                    "`kyoten inspect` says what is wrong with the file of parcels",
                )),
            ],
            Self::NotInRun { folder, what } => vec![
                Diagnostic::error(
                    "not-in-the-run",
                    text!("「{what}」は、この結果にありません。", "the run has no “{what}”"),
                )
                .at(folder.display())
                .help(Text::new(
                    "候補区域は zones.geojson の `id`、筆は `kyoten_id` で指定してください。区域の種類は `--zone` で選びます。",
                    "name candidate zones by the `id` of zones.geojson and parcels by their `kyoten_id`; `--zone` says of which kind the zones are",
                )),
            ],
            Self::NoAtlas { folder, sheets: 0 } => vec![
                Diagnostic::error(
                    "nothing-for-an-atlas",
                    Text::new("地図帳にするものがありません。", "there is nothing to make an atlas of"),
                )
                .at(folder.display())
                .help(Text::new(
                    "`--zone` で候補区域のある区域を選ぶか、形のある筆を指定してください。",
                    "choose by `--zone` a kind that has candidate zones, or name parcels that have a shape",
                )),
            ],
            Self::NoAtlas { folder, sheets } => {
                let most = super::atlas::MOST_SHEETS;
                vec![
                    Diagnostic::error(
                        "atlas-too-long",
                        text!(
                            "地図帳が{sheets}枚になります（{most}枚まで）。",
                            "the atlas would have {sheets} sheets, and {most} are the most"
                        ),
                    )
                    .at(folder.display())
                    .help(Text::new("いくつかに分けて指定してください。", "name a part of them at a time")),
                ]
            }
            Self::NoMiddle { folder, source } => {
                let about = |one: Diagnostic| {
                    let reason = one.message.clone();
                    let message = text!(
                        "地図の中心を求められません。{reason}",
                        "the map has no middle ({reason})",
                        reason = reason
                    );
                    Diagnostic { message, ..one }.at(folder.display()).help(Text::new(
                        "筆の座標参照系を確かめて、もう一度実行してください。",
                        "check the CRS of the parcels, and run again",
                    ))
                };
                source.diagnostics().into_iter().map(about).collect()
            }
        }
    }
}

display_diagnosed!(StillError);
