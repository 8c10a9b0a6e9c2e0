//! `kyoten diff`: what changed between two runs, and why.

mod candidates;
mod causes;
mod differences;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::not_written;
use super::progress::Bar;
use super::reader::{Globals, lang, say};
use super::table_file::{TableFormat, no_workbook, table_file};
use super::writing::{GUARD_EN, GUARD_JA};
use super::{DONE, Failure, notices, print};
use crate::notices::Notices;
use crate::outputs::workbook::{newest, workbook};
use crate::outputs::{CsvCells, OutputError, SingleFile};
use crate::pipeline::Progress as _;
use crate::queries::{self, Diff, diff_document, diff_sheets, write_changes};
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten diff 2025 2026                    what was gained and lost, and which stop did it
  kyoten diff 2025 2026 --out changes.csv  every changed parcel too, for a spreadsheet
  kyoten diff 2025 2026 -o changes.xlsx    the same as a workbook, with the stops and what else differs
  kyoten diff 2025 2026 --json             for programs (docs/schemas/diff.schema.json)

Exit status: 0 done, whether anything differs or not; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten diff 2025 2026                    増減と、その原因の停留所
  kyoten diff 2025 2026 --out changes.csv  変わった筆の一覧も書く（表計算用）
  kyoten diff 2025 2026 -o changes.xlsx    同じものをExcelに（停留所などの表も付く）
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
    #[arg(long, short, value_name = "FILE", value_parser = table_file, help = say(
        "変わった筆をすべてこのファイル（.csv か .xlsx）にも書く。Excelには停留所などの表も付く",
        "Write every changed parcel to this file, .csv or .xlsx, as well; a workbook has the stops and other differences too"))]
    out: Option<PathBuf>,
    #[arg(long, requires = "out", help = say(GUARD_JA, GUARD_EN))]
    guard: bool,
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
    // Written, but not yet in its place: where nothing can be printed, nothing is left.
    let (cells, mut notices) = (CsvCells { guard: arguments.guard }, Notices::default());
    let table = arguments.out.as_ref().map(|goal| written(&found, goal, cells, &mut notices)).transpose()?;
    if arguments.json {
        print_json(&found)?;
    } else {
        print::out(text::text(&found, lang).trim_end())?;
    }
    if let (Some(table), Some(goal)) = (table, &arguments.out) {
        table.finish().map_err(|error| not_written(&error))?;
        if !arguments.json {
            let goal = goal.display();
            let written = text!("書き出したファイル：{goal}", "written: {goal}");
            print::out(format_args!("\n{}", written.get(lang))).map_err(Failure::though_done)?;
        }
        notices::tell(&notices, globals);
    }
    Ok(DONE)
}

/// The table in a file that is not yet in its place.
fn written(found: &Diff, goal: &Path, cells: CsvCells, notices: &mut Notices) -> Result<SingleFile, Failure> {
    if TableFormat::of(goal) != Some(TableFormat::Workbook) {
        return write_changes(found, goal, cells, notices).map_err(|error| not_written(&error));
    }
    let files = || found.runs.iter().flat_map(|run| &run.files).map(PathBuf::as_path);
    let book = workbook(&diff_sheets(found, lang()), newest(files())).map_err(|reason| no_workbook(reason, goal))?;
    let begun = SingleFile::begin(goal, files());
    let written: Result<SingleFile, OutputError> = begun.and_then(|mut file| {
        file.write(&book)?;
        Ok(file)
    });
    written.map_err(|error| not_written(&error))
}

/// Prints straight to the terminal or pipe: the text of a million changes need not be in memory.
fn print_json(found: &Diff) -> Result<(), Failure> {
    print::pieces(|out| {
        serde_json::to_writer_pretty(&mut *out, &diff_document(found))?;
        writeln!(out)
    })
}
