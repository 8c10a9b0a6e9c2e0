//! `kyoten diff`: what changed between two runs, and why.

#[cfg(test)]
mod tests;
mod text;

use std::io::{self, BufWriter, Write as _, stdout};
use std::path::PathBuf;

use anstream::println;
use clap::Args;

use super::failure::not_written;
use super::progress::Bar;
use super::reader::{Globals, lang, say};
use super::{DONE, Failure};
use crate::diagnostics::{Diagnostic, refusal};
use crate::pipeline::Progress as _;
use crate::queries::{self, Diff, diff_document, write_changes};
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten diff 2025 2026                    what was gained and lost, and which stop did it
  kyoten diff 2025 2026 --out changes.csv  every changed parcel too, for a spreadsheet
  kyoten diff 2025 2026 --json             for programs (docs/schemas/diff.schema.json)

Exit status: 0 done, whether anything differs or not; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten diff 2025 2026                    増減と、その原因の停留所
  kyoten diff 2025 2026 --out changes.csv  変わった筆の一覧も書く（表計算用）
  kyoten diff 2025 2026 --json             形式は docs/schemas/diff.schema.json

終了コード: 0 完了（違いの有無によらない）。
2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct DiffArguments {
    #[arg(value_name = "RUN-A", help = say("前の結果のフォルダー（A）", "The run folder from before: A"))]
    before: PathBuf,
    #[arg(value_name = "RUN-B", help = say("後の結果のフォルダー（B）", "The run folder from after: B"))]
    after: PathBuf,
    #[arg(long, value_name = "FILE.csv", help = say(
        "変わった筆をすべてこのCSVファイルにも書く", "Write every changed parcel to this CSV file as well"))]
    out: Option<PathBuf>,
    #[arg(long, help = say("要約の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of the summary"))]
    pub(super) json: bool,
}

pub(super) fn diff(arguments: &DiffArguments, globals: &Globals) -> Result<u8, Failure> {
    let lang = lang();
    let bar = Bar::new(globals);
    bar.stage(&Text::new("比較", "compare"));
    let found = queries::diff(&arguments.before, &arguments.after);
    bar.finish();
    let found = found?;
    if let Some(goal) = &arguments.out {
        write_changes(&found, goal).map_err(|error| not_written(&error))?;
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
                text!("JSONを表示できません（{reason}）。", "the JSON cannot be printed ({reason})", reason = reason);
            Diagnostic::error("not-printed", message).into()
        }),
    }
}
