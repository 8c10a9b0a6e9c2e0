//! `kyoten survey`: what should be found out first?

mod text;

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::not_written;
use super::product_file::{ProductFile, Wished};
use super::progress::Bar;
use super::reader::{Globals, lang, say};
use super::run::{in_pool, open, threads};
use super::table_file::{TableFormat, no_workbook, table_file};
use super::writing::{GUARD_EN, GUARD_JA};
use super::{DONE, Failure, notices, print};
use crate::outputs::workbook::{newest, workbook};
use crate::outputs::{CsvCells, OutputError, SingleFile};
use crate::pipeline::{self, SurveyReport};
use crate::queries::{survey_csv, survey_sheets};

/// So many items are told to people unless they say otherwise, and taken together.
const FEW: usize = 10;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten survey kyoten.toml                what would settle most, were it found out
  kyoten survey kyoten.toml -n 30          the first thirty
  kyoten survey kyoten.toml -o survey.csv  the stops as a table `peaks`: fill in `peak_trips`, then name it in
                                           the kyoten.toml: [layers] peaks = \"survey.csv\"
  kyoten survey kyoten.toml -o survey.xlsx the same for a spreadsheet, with a sheet of everything else
  kyoten survey kyoten.toml --out kyoten-out  the list on the map of a run
  kyoten survey kyoten.toml --json         for programs (docs/schemas/survey.schema.json)

Exit status: 0 done; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten survey kyoten.toml                調べれば判定が最も多く決まるもの
  kyoten survey kyoten.toml -n 30          上位30件
  kyoten survey kyoten.toml -o survey.csv  停留所を表 `peaks` の形で書く。`peak_trips` を記入し、
                                           kyoten.toml に [layers] peaks = \"survey.csv\" と書いて使う
  kyoten survey kyoten.toml -o survey.xlsx 表計算ソフト向け（ほかの項目のシートも付く）
  kyoten survey kyoten.toml --out kyoten-out  実行結果の地図に示す
  kyoten survey kyoten.toml --json         形式は docs/schemas/survey.schema.json

終了コード: 0 完了。2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct SurveyArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー", "A kyoten.toml, or a folder"))]
    project: PathBuf,
    #[arg(long, short, value_name = "FILE", value_parser = table_file, help = say(
        "停留所を、本数を記入する表 `peaks` として、このファイル（.csv か .xlsx）に書く",
        "Write the stops to this file, .csv or .xlsx, as a table `peaks` to be filled in"))]
    output: Option<PathBuf>,
    #[arg(long, value_name = "DIR", conflicts_with = "output", help = say(
        "このフォルダーに survey.geojson を書く。`run` の結果のフォルダーなら、その地図にも示す",
        "Write survey.geojson into this folder; into a run folder, so that its map shows the list"))]
    out: Option<PathBuf>,
    #[arg(short = 'n', long = "most", value_name = "N", value_parser = most, help = say(
        "示す項目の数（指定がなければ画面では10件、ファイルとJSONではすべて）",
        "So many items; unless said, ten on the screen, and all in files and JSON"))]
    most: Option<usize>,
    #[arg(long, help = say(GUARD_JA, GUARD_EN))]
    guard: bool,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を、この実行に限り置き換える（例: --set station_radius_m=800）",
        "Another value in the place of one of the kyoten.toml, for this time: --set station_radius_m=800"))]
    set: Vec<String>,
    #[arg(long, value_name = "N", value_parser = threads, help = say(
        "使うスレッドの数（指定がなければすべて）。結果は変わらない",
        "Threads to use; all there are unless given. The outputs do not depend on it"))]
    threads: Option<u16>,
    #[arg(long, help = say("要約の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of the summary"))]
    pub(super) json: bool,
}

/// How many.
fn most(given: &str) -> Result<usize, String> {
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| say("1以上の数を書いてください。", "write a number from 1 on").to_owned())
}

pub(super) fn survey(arguments: &SurveyArguments, globals: &Globals) -> Result<u8, Failure> {
    let mut project = open(&arguments.project, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    let steps = arguments.most.unwrap_or(FEW).min(FEW);
    let bar = Bar::new(globals);
    let done = in_pool(arguments.threads, || pipeline::survey(&project, steps, &bar));
    bar.finish();
    let report = done??;
    // Written, but not yet in its place: where nothing can be printed, nothing is left.
    let file = arguments.output.as_deref().map(|goal| written(&report, goal, arguments, &project.file)).transpose()?;
    let (inputs, found) =
        ([report.paths.as_slice(), &[project.file.clone()]].concat(), report.findings(arguments.most));
    let wished = Wished { folder: arguments.out.as_deref(), file: None };
    let product = ProductFile::write(&wished, &inputs, &found)?;
    if arguments.json {
        print::out(format_args!("{:#}", found.document))?;
    } else if !globals.quiet {
        let most = arguments.most.unwrap_or(FEW);
        print::out(text::text(&report, &project.full_name(), most, arguments.output.as_deref()))?;
    }
    if let (Some(file), Some(goal)) = (file, &arguments.output) {
        file.finish().map_err(|error| not_written(&error))?;
        if !arguments.json && !globals.quiet {
            let goal = goal.display();
            let written = text!("書き出したファイル：{goal}", "written: {goal}");
            print::out(format_args!("\n{}", written.get(lang()))).map_err(Failure::though_done)?;
        }
    }
    if let Some(product) = product {
        product.finish(!arguments.json && !globals.quiet)?;
    }
    notices::tell(&report.notices, globals);
    Ok(DONE)
}

/// The table in a file that is not yet in its place.
fn written(
    report: &SurveyReport,
    goal: &Path,
    arguments: &SurveyArguments,
    project: &Path,
) -> Result<SingleFile, Failure> {
    let SurveyReport { survey, from_plane, paths, .. } = report;
    let inputs = || paths.iter().map(PathBuf::as_path).chain([project]);
    let bytes = match TableFormat::of(goal) {
        Some(TableFormat::Workbook) => {
            let sheets = survey_sheets(survey, from_plane, arguments.most, lang());
            workbook(&sheets, newest(inputs())).map_err(|reason| no_workbook(reason, goal))?
        }
        _ => survey_csv(survey, from_plane, arguments.most, CsvCells { guard: arguments.guard }),
    };
    let begun = SingleFile::begin(goal, inputs());
    let written: Result<SingleFile, OutputError> = begun.and_then(|mut file| {
        file.write(&bytes)?;
        Ok(file)
    });
    written.map_err(|error| not_written(&error))
}
