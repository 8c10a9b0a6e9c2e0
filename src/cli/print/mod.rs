//! What is printed on standard output and standard error, and what becomes of it where nobody can take it.
//!
//! Who reads standard output may have read enough and closed it: that is no error. One that is full is. What is
//! said on standard error is lost where it cannot be said; there is nowhere else to say it.

mod visible;

use std::fmt::{Arguments, Display};
use std::io::{self, Write as _};

use self::visible::visible;
use super::Failure;
use super::reader::lang;
use crate::diagnostics::{Diagnostic, refusal};

/// Prints lines on standard output, in colours where the terminal has them.
pub(super) fn out(text: impl Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    printed(writeln!(out, "{}", visible(&text.to_string())).and_then(|()| out.flush()))
}

/// Prints bytes as they are.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    printed(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Lets `write` print as much as it likes, piece by piece.
pub(super) fn pieces(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    printed(write(&mut out).and_then(|()| out.flush()))
}

/// Prints a line for whoever waits for it: here one that is closed is an error too.
pub(super) fn for_a_reader(line: Arguments<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush())
}

/// Prints the help that was asked for.
pub(super) fn help(asked: &clap::Error) -> Result<(), Failure> {
    printed(asked.print().and_then(|()| io::stdout().flush()))
}

/// Prints lines on standard error.
pub(super) fn aside(text: impl Display) {
    let _ = writeln!(anstream::stderr().lock(), "{}", visible(&text.to_string()));
}

/// Prints something that is wrong and stops nothing, on one line of standard error.
pub(super) fn diagnostic(said: &Diagnostic) {
    aside(format!("{}: {}", said.severity.name().get(lang()), said.line(lang())));
}

fn printed(printed: io::Result<()>) -> Result<(), Failure> {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Diagnostic::error(
            "not-printed",
            text!(
                "標準出力に表示できません（{reason}）。",
                "nothing can be printed on standard output ({reason})",
                reason = refusal(&error)
            ),
        )
        .into()),
        _ => Ok(()),
    }
}
