//! How far a run is: a line that moves on a terminal, or lines of JSON for whoever reads standard error through a pipe.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::print;
use super::reader::{Globals, lang, say};
use crate::diagnostics::Diagnostic;
use crate::pipeline::Progress;
use crate::text::{Lang, Text};

/// What is shown of a stage, and while parcels are measured.
const STAGE: &str = "{spinner} {msg} {elapsed}";
const PARCELS: Text = Text::new(
    "{msg} {bar:30} {human_pos}/{human_len}筆、残り {eta}",
    "{msg} {bar:30} {human_pos}/{human_len} parcels, {eta} to go",
);

/// So many lines at most tell of the parcels: a log of a million parcels should not be one of progress.
const MOST_LINES: u64 = 20;

/// How the progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressKind {
    #[value(help = say("画面に表示するとき、動く1行で", "a line that moves, on a terminal"))]
    Auto,
    #[value(help = say("段階ごとにJSONを1行", "a line of JSON a stage"))]
    Lines,
    #[value(name = "none", help = say("示さない", "not at all"))]
    Nothing,
}

impl ProgressKind {
    /// A bar of this length, which is hidden wherever no line is to move.
    pub(super) fn bar(self, of: Option<u64>, is_quiet: bool) -> ProgressBar {
        let is_hidden = is_quiet || self != Self::Auto;
        let target = if is_hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        ProgressBar::with_draw_target(of, target)
    }

    /// Tells by a line that so many of all are done, where lines are wanted.
    pub(super) fn line(self, stage: &Text, counted: Option<(u64, u64)>) {
        if self == Self::Lines {
            print::aside(line(stage, counted, lang()));
        }
    }
}

/// A line of progress: `progress` is the stage's English name, by which a program knows it, and `name` is for its reader.
fn line(stage: &Text, counted: Option<(u64, u64)>, lang: Lang) -> String {
    let mut line = json!({ "progress": stage.get(Lang::En), "name": stage.get(lang) });
    if let Some((done, of)) = counted {
        line["done"] = done.into();
        line["of"] = of.into();
    }
    line.to_string()
}

/// Tells the stage on standard error and, while parcels are measured, how many are done.
pub(super) struct Bar {
    kind: ProgressKind,
    drawn: ProgressBar,
    told: Mutex<Told>,
}

/// The last that was told by a line: nothing at first.
#[derive(Default)]
struct Told {
    stage: Option<Text>,
    /// Of the parcels, in parts of `MOST_LINES`.
    share: u64,
}

impl Bar {
    pub(super) fn new(globals: &Globals) -> Self {
        let kind = globals.progress;
        let drawn = kind.bar(None, globals.quiet);
        // A template that cannot be read would be a mistake of ours; the plain bar then does.
        if let Ok(style) = ProgressStyle::with_template(STAGE) {
            drawn.set_style(style);
        }
        drawn.enable_steady_tick(Duration::from_millis(200));
        Self { kind, drawn, told: Mutex::default() }
    }

    pub(super) fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Progress for Bar {
    fn stage(&self, name: &Text) {
        self.drawn.set_message(name.get(lang()).to_owned());
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.stage.as_ref() != Some(name) {
            *told = Told { stage: Some(name.clone()), share: 0 };
            self.kind.line(name, None);
        }
    }

    fn parcels(&self, done: u64, of: u64) {
        if self.drawn.length().is_none() {
            self.drawn.set_length(of);
            if let Ok(style) = ProgressStyle::with_template(PARCELS.get(lang())) {
                self.drawn.set_style(style);
            }
        }
        self.drawn.set_position(done);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let share = (done * MOST_LINES).checked_div(of).unwrap_or(MOST_LINES);
        if share > told.share {
            told.share = share;
            if let Some(stage) = &told.stage {
                self.kind.line(stage, Some((done, of)));
            }
        }
    }

    fn aside(&self, said: &Diagnostic) {
        // Also where nothing but errors is to be printed: a file that should be there and whole is not.
        self.drawn.suspend(|| print::diagnostic(said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_progress_is_json_that_a_program_knows_in_every_language() {
        let measure = Text::new("判定", "measure");
        assert_eq!(line(&measure, None, Lang::Ja), r#"{"progress":"measure","name":"判定"}"#);
        assert_eq!(
            line(&measure, Some((1200, 3000)), Lang::En),
            r#"{"progress":"measure","name":"measure","done":1200,"of":3000}"#
        );
    }
}
