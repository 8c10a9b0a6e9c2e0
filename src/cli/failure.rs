//! Why a command was not done: what is printed, in the reader's language, for people or for programs.

use anstream::eprintln;
use anstyle::{AnsiColor, Style};

use crate::diagnostics::{Diagnose, Diagnostic, advice};
use crate::text::{Lang, Text};

/// Why a command was not done.
#[derive(Debug)]
pub(super) struct Failure(Vec<Diagnostic>);

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

impl Failure {
    pub(super) fn new(message: impl std::fmt::Display, help: Option<String>) -> Self {
        Self(vec![Diagnostic::error("bridge", Text::from(message)).help(help.map(Text::from))])
    }

    /// Prints it on standard error.
    pub(super) fn print(&self, lang: Lang) {
        for one in &self.0 {
            eprintln!("{ERROR}{}{ERROR:#}: {}", one.severity.name().get(lang), one.line(lang));
        }
        for help in advice(&self.0) {
            eprintln!("  {HELP}{}{HELP:#}: {}", Text::new("対処", "help").get(lang), help.get(lang));
        }
    }
}

impl From<Diagnostic> for Failure {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

impl<E: Diagnose> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.diagnostics())
    }
}
