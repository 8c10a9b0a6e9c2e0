//! What is printed, while it is written: paragraphs and rows as wide as the terminal, in one language.

use anstyle::{AnsiColor, Effects, Style};

use super::reader::lang;
use super::wrap::{labelled, pad, pad_left, width, wrapped};
use crate::diagnostics::Severity;
use crate::text::{Lang, Text};
use crate::verdicts::Status;

/// A text for the terminal. Where no terminal reads it, the colours are taken out when it is printed.
pub(super) struct Sheet {
    text: String,
    width: usize,
    pub(super) lang: Lang,
}

/// A heading.
const BOLD: Style = Style::new().effects(Effects::BOLD);

impl Sheet {
    /// An empty one, for the reader of this process.
    pub(super) fn new() -> Self {
        Self { text: String::new(), width: width(), lang: lang() }
    }

    /// The whole, without what is empty at its end.
    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }

    /// A line as it is.
    pub(super) fn raw(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An empty line; never two.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// What the next lines are about.
    pub(super) fn heading(&mut self, text: &Text) {
        let line = format!("{BOLD}{}{BOLD:#}", text.get(self.lang));
        self.put(&line, "", "  ");
    }

    /// A paragraph, so far from the left; what does not fit stands two places further in.
    pub(super) fn say(&mut self, indent: usize, text: &Text) {
        let line = text.get(self.lang).to_owned();
        self.put(&line, &" ".repeat(indent), &" ".repeat(indent + 2));
    }

    /// A label of so many places, and beside it a text that keeps to its right. A label that is too long has a line of its own.
    pub(super) fn row(&mut self, label: &str, places: usize, text: &str) {
        let beside = " ".repeat(places);
        let first = pad(label, places);
        if textwrap::core::display_width(&first) > places {
            self.raw(label);
            self.put(text, &beside, &beside);
        } else {
            self.put(text, &first, &beside);
        }
    }

    /// A label, which may take several lines, and numbers in columns under their headings.
    pub(super) fn cells(&mut self, label: &str, places: usize, cells: &[String], widths: &[usize]) {
        let cells: String = cells.iter().zip(widths).map(|(cell, width)| pad_left(cell, *width)).collect();
        for line in labelled(label, places, &cells).lines() {
            self.raw(line);
        }
    }

    /// How wide it is.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    fn put(&mut self, line: &str, first: &str, rest: &str) {
        self.text.push_str(wrapped(line, self.width, first, rest).trim_end());
        self.text.push('\n');
    }
}

/// The colour of a status.
pub(super) fn status_style(status: Status) -> Style {
    match status {
        Status::Eligible => AnsiColor::Green.on_default().bold(),
        Status::Prospective => AnsiColor::Blue.on_default(),
        Status::Undetermined => AnsiColor::Yellow.on_default(),
        Status::Ineligible => Style::new().dimmed(),
    }
}

/// The colour of a severity.
pub(super) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error | Severity::Skipped => AnsiColor::Red.on_default().bold(),
        Severity::Mended | Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => Style::new().dimmed(),
    }
}
