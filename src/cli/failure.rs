//! Why a command was not done: what is printed, in the reader's language, for people or for programs.

use std::io::IsTerminal as _;

use anstream::eprintln;
use anstyle::{AnsiColor, Style};
use serde_json::json;

use super::reader::lang;
use super::wrap::{width, wrapped};
use crate::diagnostics::{Diagnose, Diagnostic, advice};
use crate::outputs::OutputError;
use crate::text::Text;

/// Why a command was not done.
#[derive(Debug)]
pub(super) struct Failure(Vec<Diagnostic>);

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();
const HELP_WORD: Text = Text::new("対処", "help");

impl Failure {
    /// Prints it on standard error.
    pub(super) fn print(&self, as_json: bool) {
        if as_json {
            eprintln!("{}", json!({ "errors": self.0 }));
            return;
        }
        let lang = lang();
        for one in &self.0 {
            let line = format!("{ERROR}{}{ERROR:#}: {}", one.severity.name().get(lang), one.line(lang));
            eprintln!("{}", fitted(&line, "  "));
        }
        for help in advice(&self.0) {
            let line = format!("  {HELP}{}{HELP:#}: {}", HELP_WORD.get(lang), help.get(lang));
            eprintln!("{}", fitted(&line, "    "));
        }
    }
}

/// A line as the terminal has room for it; whole where no person looks at it, so that it can be searched.
fn fitted(line: &str, rest: &str) -> String {
    if std::io::stderr().is_terminal() { wrapped(line, width(), "", rest) } else { line.to_owned() }
}

/// A file that a command was told to write, and that cannot be.
pub(super) fn not_written(error: &OutputError) -> Failure {
    let help = Text::new(
        "ほかのファイルを、空きのあるディスクに指定してください。書きかけのファイルは残っていません。",
        "give another file, on a disk with room; nothing was left half-written",
    );
    Failure(error.diagnostics().into_iter().map(|one| one.help(help.clone())).collect())
}

impl From<Diagnostic> for Failure {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(all: Vec<Diagnostic>) -> Self {
        Self(all)
    }
}

impl<E: Diagnose> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.diagnostics())
    }
}
