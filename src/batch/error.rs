//! Why is a batch not begun, or broken off?

use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::disk::OutputError;
use crate::settings::SettingsError;
use crate::text::Text;

/// Why a batch is not begun, or broken off. What a single project has wrong is no such thing: that is told of it alone.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The list cannot be read, or says what it cannot.
    Settings(#[from] SettingsError),
    /// The list names no project.
    Empty {
        /// The list.
        file: PathBuf,
    },
    /// Two projects are of one municipality.
    Twice {
        /// Its code.
        municipality: String,
        /// The project that comes first.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// What became of the projects cannot be written.
    Output(#[from] OutputError),
}

impl BatchError {
    /// What is reported of a pattern of the list that names nothing.
    pub(super) fn nothing_matches(pattern: &str) -> Diagnostic {
        let message = text!("「{pattern}」に当たるものがありません。", "nothing matches “{pattern}”");
        Diagnostic::error("shards-nothing-matches", message)
            .help(Text::new("パスは一覧のあるフォルダーから書いてください。", "paths start at the folder of the list"))
    }
}

impl Diagnose for BatchError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Settings(error) => error.diagnostics(),
            Self::Output(error) => error.diagnostics(),
            Self::Empty { file } => {
                let message = Text::new("プロジェクトが1つも書かれていません。", "names no project");
                let help = Text::new(
                    "projects = [\"cities/*/kyoten.toml\"] のように書いてください。",
                    "write `projects = [\"cities/*/kyoten.toml\"]`",
                );
                vec![Diagnostic::error("shards-empty", message).at(file.display()).help(help)]
            }
            Self::Twice { municipality, first, second } => {
                let first = first.display();
                let message = text!(
                    "市区町村コード{municipality}は、{first} と同じです。",
                    "is of municipality {municipality}, as {first} is"
                );
                let help = Text::new(
                    "結果は市区町村ごとに1つのフォルダーに書きます。どちらか一方にするか、[[shards]] に municipality を書いてください。",
                    "each municipality's results are one folder: leave one of them out, or write `municipality` into [[shards]]",
                );
                vec![Diagnostic::error("shards-municipality-twice", message).at(second.display()).help(help)]
            }
        }
    }
}

display_diagnosed!(BatchError);
