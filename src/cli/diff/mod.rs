//! `kyoten diff`: what changed between two runs, and why.

#[cfg(test)]
mod tests;
mod text;

use std::io::{self, BufWriter, Write as _, stdout};
use std::path::PathBuf;

use anstream::println;
use clap::Args;

use super::progress::Bar;
use super::{DONE, Failure};
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::outputs::OutputError;
use crate::pipeline::Progress as _;
use crate::queries::{self, Diff, diff_document, write_changes};
use crate::text::{Lang, Text};

const EXAMPLES: &str = "\
Examples:
  kyoten diff 2025 2026                    what was gained and lost, and which stop did it
  kyoten diff 2025 2026 --out changes.csv  every changed parcel too, for a spreadsheet
  kyoten diff 2025 2026 --json             for programs (docs/schemas/diff.schema.json)

Exit status: 0 done, whether anything differs or not; 2 not done, nothing written.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DiffArguments {
    /// The run folder from before: A.
    #[arg(value_name = "RUN-A")]
    before: PathBuf,
    /// The run folder from after: B.
    #[arg(value_name = "RUN-B")]
    after: PathBuf,
    /// Write every changed parcel to this CSV file as well.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// Print everything as JSON instead of the summary.
    #[arg(long)]
    json: bool,
}

pub(super) fn diff(arguments: &DiffArguments) -> Result<u8, Failure> {
    let lang = Lang::default();
    let bar = Bar::new();
    bar.stage("compare");
    let found = queries::diff(&arguments.before, &arguments.after);
    bar.finish();
    let found = found?;
    if let Some(goal) = &arguments.out {
        write_changes(&found, goal).map_err(NotWritten)?;
    }
    if arguments.json {
        print_json(&found)?;
    } else {
        println!("{}", text::text(&found, lang).trim_end());
        if let Some(goal) = &arguments.out {
            let goal = goal.display();
            println!("\n{}", text!("書き出したファイル：{goal}", "written: {goal}").get(lang));
        }
    }
    Ok(DONE)
}

/// Prints straight to the terminal or pipe: the text of a million changes need not be in memory.
fn print_json(found: &Diff) -> Result<(), Failure> {
    let mut out = BufWriter::new(stdout().lock());
    let printed = serde_json::to_writer_pretty(&mut out, &diff_document(found))
        .map_err(io::Error::from)
        .and_then(|()| writeln!(out))
        .and_then(|()| out.flush());
    match printed {
        // Who reads it has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(|error| {
            let reason = refusal(&error);
            let message =
                text!("JSONを出力できません（{reason}）。", "the JSON cannot be printed ({reason})", reason = reason);
            Diagnostic::error("json-not-printed", message).into()
        }),
    }
}

/// A table of changes that could not be written.
struct NotWritten(OutputError);

impl Diagnose for NotWritten {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        const ELSEWHERE: Text = Text::new(
            "--out で、空きのあるディスクの別のファイルを指定してください。書きかけのファイルは残っていません。",
            "give another file with --out, on a disk with room; nothing was left half-written",
        );
        self.0.diagnostics().into_iter().map(|one| one.help(ELSEWHERE)).collect()
    }
}
