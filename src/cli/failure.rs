//! Why a command was not done: what is printed, in the reader's language, for people or for programs.

use std::io::IsTerminal as _;

use anstyle::{AnsiColor, Style};
use serde_json::json;

use super::reader::lang;
use super::wrap::{width, wrapped};
use super::{ATTENTION, NOT_RUN, print};
use crate::diagnostics::{Diagnose, Diagnostic, advice};
use crate::outputs::OutputError;
use crate::text::Text;

/// Why a command was not done.
#[derive(Debug)]
pub(super) struct Failure {
    said: Vec<Diagnostic>,
    /// What the program ends with.
    pub(super) status: u8,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();
const HELP_WORD: Text = Text::new("対処", "help");

impl Failure {
    /// The same where everything is done but what could not be said of it.
    pub(super) fn though_done(mut self) -> Self {
        let done = Text::new("ファイルはすべて書き込みました。", "every file is written, and whole");
        self.said = self.said.into_iter().map(|one| one.help(done.clone())).collect();
        self.status = ATTENTION;
        self
    }

    /// What is wrong.
    pub(super) fn diagnostics(self) -> Vec<Diagnostic> {
        self.said
    }

    /// Prints it on standard error.
    pub(super) fn print(&self, as_json: bool) {
        if as_json {
            print::aside(json!({ "errors": self.said }));
            return;
        }
        let lang = lang();
        for one in &self.said {
            let line = format!("{ERROR}{}{ERROR:#}: {}", one.severity.name().get(lang), one.line(lang));
            print::aside(fitted(&line, "  "));
        }
        for help in advice(&self.said) {
            let line = format!("  {HELP}{}{HELP:#}: {}", HELP_WORD.get(lang), help.get(lang));
            print::aside(fitted(&line, "    "));
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
    error.diagnostics().into_iter().map(|one| one.help(help.clone())).collect::<Vec<_>>().into()
}

impl From<Diagnostic> for Failure {
    fn from(one: Diagnostic) -> Self {
        vec![one].into()
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(all: Vec<Diagnostic>) -> Self {
        Self { said: all, status: NOT_RUN }
    }
}

impl<E: Diagnose> From<E> for Failure {
    fn from(error: E) -> Self {
        error.diagnostics().into()
    }
}
