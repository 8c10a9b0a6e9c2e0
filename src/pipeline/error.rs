//! Why a run was not done.

use std::io;
use std::path::PathBuf;

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::inputs::InputError;
use crate::layers::LayerError;
use crate::outputs::OutputError;
use crate::prepared::StudyError;
use crate::queries::{DrawnError, SiteError, SpacingError};
use crate::text::Text;
use crate::transit::ScenarioError;

/// Why a run was not done. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The parcels cannot be read.
    Input(#[from] InputError),
    /// A layer cannot be used.
    Layer(#[from] LayerError),
    /// The timetables do not bear what the scenario supposes.
    Scenario(#[from] ScenarioError),
    /// A place of the project file cannot be put on the plane.
    Place {
        /// The project file.
        file: PathBuf,
        /// Why not.
        source: CrsError,
    },
    /// A drawn zone cannot be assessed.
    Drawn(#[from] DrawnError),
    /// No sites can be looked for.
    Site(#[from] SiteError),
    /// Facilities cannot be compared.
    Spacing(#[from] SpacingError),
    /// Several things at once, in the order in which they are read.
    Several(Vec<RunError>),
    /// A prepared study cannot be used.
    Study(#[from] StudyError),
    /// An output cannot be written.
    Output(#[from] OutputError),
    /// What would be too much for the memory cannot be put on the disk meanwhile.
    Temporary(io::Error),
    /// A table cannot be put together.
    #[cfg(feature = "geoparquet")]
    Table(arrow_schema::ArrowError),
    /// Nobody wanted it any more ([`super::Progress::is_cancelled`]).
    Cancelled,
}

impl RunError {
    /// One error of all that there are.
    pub(super) fn of(mut errors: Vec<Self>) -> Self {
        match errors.pop() {
            Some(only) if errors.is_empty() => only,
            Some(last) => {
                errors.push(last);
                Self::Several(errors)
            }
            None => Self::Several(errors),
        }
    }
}

impl Diagnose for RunError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Input(error) => error.diagnostics(),
            Self::Layer(error) => error.diagnostics(),
            Self::Scenario(error) => error.diagnostics(),
            Self::Place { file, source } => {
                source.diagnostics().into_iter().map(|one| one.at(file.display())).collect()
            }
            Self::Drawn(error) => error.diagnostics(),
            Self::Site(error) => error.diagnostics(),
            Self::Spacing(error) => error.diagnostics(),
            Self::Several(errors) => errors.iter().flat_map(Self::diagnostics).collect(),
            Self::Study(error) => error.diagnostics(),
            Self::Output(error) => error.diagnostics(),
            Self::Temporary(error) => vec![temporary(error)],
            #[cfg(feature = "geoparquet")]
            Self::Table(error) => vec![table(error)],
            Self::Cancelled => {
                vec![Diagnostic::error("cancelled", Text::new("実行を取りやめました。", "the run was broken off"))]
            }
        }
    }
}

#[cfg(feature = "geoparquet")]
fn table(error: &arrow_schema::ArrowError) -> Diagnostic {
    let message = Text {
        ja: "表（Arrow）を作れません。".into(),
        en: format!("the table cannot be put together ({error})").into(),
    };
    Diagnostic::error("table", message)
}

fn temporary(error: &io::Error) -> Diagnostic {
    let why = refusal(error);
    let message = Text {
        ja: format!("一時ファイルを読み書きできません（{}）。", why.ja).into(),
        en: format!("a temporary file cannot be written or read ({})", why.en).into(),
    };
    let help = Text::new(
        "環境変数`TMPDIR`で、空きのあるフォルダーを指定してください。",
        "name a folder with room in the environment variable `TMPDIR`",
    );
    Diagnostic::error("temporary-file", message).at(std::env::temp_dir().display()).help(help)
}

display_diagnosed!(RunError);
