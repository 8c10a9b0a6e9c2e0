//! How far a run is, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print;
use super::reader::{Globals, lang};
use crate::diagnostics::Diagnostic;
use crate::pipeline::Progress;
use crate::text::Text;

/// What is shown of a stage, and while parcels are measured.
const STAGE: &str = "{spinner} {msg} {elapsed}";
const PARCELS: Text = Text::new(
    "{msg} {bar:30} {human_pos}/{human_len}筆、残り {eta}",
    "{msg} {bar:30} {human_pos}/{human_len} parcels, {eta} to go",
);

/// A line on standard error that tells the stage and, while parcels are measured, how many are done. Nothing is shown
/// where standard error is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub(super) fn new(globals: &Globals) -> Self {
        let target = if globals.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let bar = ProgressBar::with_draw_target(None, target);
        // A template that cannot be read would be a mistake of ours; the plain bar then does.
        if let Ok(style) = ProgressStyle::with_template(STAGE) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn stage(&self, name: &Text) {
        self.bar.set_message(name.get(lang()).to_owned());
    }

    fn parcels(&self, done: u64, of: u64) {
        if self.bar.length().is_none() {
            self.bar.set_length(of);
            if let Ok(style) = ProgressStyle::with_template(PARCELS.get(lang())) {
                self.bar.set_style(style);
            }
        }
        self.bar.set_position(done);
    }

    fn aside(&self, said: &Diagnostic) {
        // Also where nothing but errors is to be printed: a file that should be there and whole is not.
        self.bar.suspend(|| print::diagnostic(said));
    }
}
