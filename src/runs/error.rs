//! Why a finished run cannot be read.

use std::path::{Path, PathBuf};

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;
use crate::settings::SettingsError;
use crate::text::Text;

/// Why a finished run cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RunFolderError {
    /// There is no such folder.
    NoFolder {
        /// The path as given.
        folder: PathBuf,
    },
    /// A path that is no folder with a finished run in it.
    NotARun {
        /// The path as given.
        folder: PathBuf,
    },
    /// A `run.json` that kyoten did not write, or not whole.
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A run folder whose parcels are gone.
    NoParcels {
        /// The folder.
        folder: PathBuf,
        /// The files of the run that could serve, which are not there.
        gone: Vec<&'static str>,
    },
    /// A run folder whose parcels have no shapes, where shapes are wanted.
    NoShapes {
        /// The folder.
        folder: PathBuf,
    },
    /// A run folder whose parcels stand in a workbook alone, which is for people.
    OnlyWorkbook {
        /// The folder.
        folder: PathBuf,
    },
    /// A parcel that no run wrote so.
    Parcel {
        /// The file.
        path: PathBuf,
        /// Its 1-based position in the file.
        parcel: usize,
        /// The column, and what is wrong with it.
        problem: String,
    },
    /// A stop that no run wrote so.
    Stop {
        /// The file.
        path: PathBuf,
        /// Its 1-based position in the file.
        feature: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A file of a run that is not as the run wrote it.
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// A run that was replaced by another while it was read.
    Replaced {
        /// The folder.
        folder: PathBuf,
    },
    /// A run that was broken off while it was put into place, and cannot be.
    Unsettled(#[from] OutputError),
    /// A file of a run that cannot be read.
    Input(#[from] InputError),
    /// The rules of a run that cannot be read.
    Rules(#[from] SettingsError),
    /// A file of a run whose coordinates cannot be used.
    Layer(#[from] LayerError),
}

impl RunFolderError {
    /// Coordinates of a file that cannot be brought into the plane.
    pub(crate) fn crs(path: &Path, source: CrsError) -> Self {
        Self::Layer(LayerError::Crs { path: path.to_owned(), source })
    }
}

impl Diagnose for RunFolderError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::Rules(error) => return error.diagnostics(),
            Self::NoFolder { folder } => {
                Diagnostic::error("no-such-folder", Text::new("フォルダーがありません。", "no such folder"))
                    .at(folder.display())
                    .help(Text::new(
                        "パスを確かめ、`kyoten run --out` が書いたフォルダーを指定してください。",
                        "check the path: give the folder that `kyoten run --out` wrote",
                    ))
            }
            Self::NotARun { folder } => Diagnostic::error(
                "not-a-run",
                Text::new(
                    "実行結果のフォルダーではありません（run.json がありません）。",
                    "is no run folder: there is no run.json in it",
                ),
            )
            .at(folder.display())
            .help(if folder.is_file() {
                Text::new(
                    "ファイルではなく、`kyoten run --out` が書いたフォルダーそのものを指定してください。",
                    "give the run folder itself, the one that `kyoten run --out` wrote",
                )
            } else {
                Text::new(
                    "`kyoten run --out` が書いたフォルダーを指定してください。途中で止めた実行には run.json がありません。",
                    "give a folder that `kyoten run --out` wrote; a run that was broken off has no run.json",
                )
            }),
            Self::Record { path, problem } => Diagnostic::error(
                "run-record-unreadable",
                Text {
                    ja: "kyotenの実行結果として読めません。".into(),
                    en: format!("is not what a run of kyoten writes ({problem})").into(),
                },
            )
            .at(path.display())
            .help(RUN_AGAIN),
            Self::NoParcels { folder, gone } => {
                Diagnostic::error("run-without-parcels", Text::new("筆のファイルがありません。", "holds no file of parcels (筆・敷地)"))
                    .at(folder.display())
                    .help(if gone.is_empty() {
                        Text::new(
                            "`--format geojson` などを付けて、もう一度実行してください。",
                            "run again, with `--format geojson` or another format",
                        )
                    } else {
                        Text {
                            ja: format!("{} を元に戻すか、もう一度実行してください。", gone.join(" か ")).into(),
                            en: format!("put {} back, or run again", gone.join(" or ")).into(),
                        }
                    })
            }
            Self::NoShapes { folder } => Diagnostic::error(
                "run-without-shapes",
                Text::new("筆の形がありません（表だけです）。", "has no shapes of the parcels (筆・敷地), only a table"),
            )
            .at(folder.display())
            .help(Text::new(
                "`--format geojson` など、形を持つ形式で、もう一度実行してください。",
                "run again, with `--format geojson` or another format with shapes",
            )),
            Self::OnlyWorkbook { folder } => Diagnostic::error(
                "run-with-workbook-only",
                Text::new(
                    "筆はExcelのファイルにしかなく、読み直せません。",
                    "has its parcels (筆・敷地) in a workbook alone, which is for people and not read again",
                ),
            )
            .at(folder.display())
            .help(Text::new(
                "`--format xlsx,geojson` のように、もう1つの形式を付けて、もう一度実行してください。",
                "run again with another format beside it: `--format xlsx,geojson`",
            )),
            Self::Parcel { path, parcel, problem } => Diagnostic::error(
                "run-parcel-unreadable",
                Text {
                    ja: format!("{parcel}番目の筆が、kyotenの書いたとおりではありません。").into(),
                    en: format!("parcel {parcel}: {problem}").into(),
                },
            )
            .at(path.display())
            .help(RUN_AGAIN),
            Self::Stop { path, feature, problem } => Diagnostic::error(
                "run-stop-unreadable",
                Text {
                    ja: format!("{feature}番目の停留所が、kyotenの書いたとおりではありません。").into(),
                    en: format!("feature {feature}: {problem}").into(),
                },
            )
            .at(path.display())
            .help(RUN_AGAIN),
            Self::Altered { path } => altered(path),
            Self::Replaced { folder } => replaced(folder),
            Self::Unsettled(error) => return unsettled(error),
            Self::Input(error) => return error.diagnostics(),
            Self::Layer(error) => return error.diagnostics(),
        }]
    }
}

display_diagnosed!(RunFolderError);

fn altered(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "run-file-altered",
        Text::new(
            "実行が書いたファイルではありません（長さかSHA-256が run.json の記録と違います）。",
            "is not the file that the run wrote: its length or SHA-256 is another than run.json says",
        ),
    )
    .at(path.display())
    .help(Text::new(
        "もう一度実行してください。結果を編集するときは、コピーを別の場所に置いてください。",
        "run again; to edit what a run wrote, take a copy elsewhere",
    ))
}

fn replaced(folder: &Path) -> Diagnostic {
    Diagnostic::error(
        "run-replaced",
        Text::new(
            "読んでいる間に、別の実行の結果に置き換わりました。",
            "was replaced by another run while it was read",
        ),
    )
    .at(folder.display())
    .help(Text::new("もう一度試してください。", "try again"))
}

fn unsettled(error: &OutputError) -> Vec<Diagnostic> {
    let help = Text::new(
        "このフォルダーに書き込める人が、同じコマンドか `kyoten run` をもう一度実行してください。",
        "have somebody who may write to the folder give this command or `kyoten run` again",
    );
    let unsettled = |one: Diagnostic| {
        let said = Diagnostic::error("run-unsettled", one.message).help(help.clone());
        one.place.iter().fold(said, Diagnostic::at)
    };
    error.diagnostics().into_iter().map(unsettled).collect()
}

const RUN_AGAIN: Text = Text::new(
    "このバージョンのkyotenでもう一度実行し、書かれたフォルダーをそのまま使ってください。",
    "run again with this version of kyoten, and take the folder as the run leaves it",
);
