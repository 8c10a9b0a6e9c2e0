//! `kyoten run`: the main job.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::progress::Bar;
use super::reader::{Globals, LangName, lang, say};
use super::{ATTENTION, DONE, Failure, expired, init, print, summary};
use crate::collect::Sweep;
use crate::criteria::Rules;
use crate::diagnostics::{Diagnostic, Severity};
use crate::discovery::{self, Discovery};
use crate::outputs::{CsvCells, PARCEL_FORMATS, ParcelFormat, TableWords};
use crate::pipeline::{self, Options, Report};
use crate::project::Project;
use crate::table::ColumnChoice;
use crate::text::{Lang, Text};

/// Where a run goes unless `--out` says otherwise.
pub(super) const DEFAULT_OUT: &str = "kyoten-out";

/// What `--guard` does, wherever CSV is written.
pub(super) const GUARD_JA: &str =
    "CSVの、式のように始まるセル（= + - @）と、日付や数に変わるセル（1-2、007）の先頭に「'」を付け、文字のままにする";
pub(super) const GUARD_EN: &str = "Put an apostrophe before cells of CSV that a spreadsheet would run (= + - @) or change (1-2, 007), so that they stay texts";

const EXAMPLES_EN: &str = "\
Examples:
  kyoten run downloads/                        a folder of downloads, as it is
  kyoten run kyoten.toml --out 2026-11         a project, into a folder of its own
  kyoten run city/ --peak-variants             and what other ways of counting timetables would change
  kyoten run city/ --format gpkg,csv --strict  for QGIS and a spreadsheet; status 1 where input was skipped or mended";

const EXAMPLES_JA: &str = "\
例:
  kyoten run downloads/                        フォルダーをそのまま
  kyoten run kyoten.toml --out 2026-11         結果を専用のフォルダーへ
  kyoten run city/ --peak-variants             数え方を変えたときの違いも見る
  kyoten run city/ --format gpkg,csv --strict  QGIS・表計算用。補修で終了コード1";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct RunArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー（中の kyoten.toml か、`init` で見つかるファイルを使う）",
        "A kyoten.toml, or a folder: its kyoten.toml, or what `init` would find in it"))]
    project: PathBuf,
    #[arg(long, help = say("時刻表を別の数え方で数えたら、判定の変わる筆がいくつあるかも示す",
        "Also say how many parcels would change status if timetables were counted by other rules"))]
    peak_variants: bool,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を、この実行に限り置き換える（例: --set station_radius_m=800）",
        "Another value in the place of one of the kyoten.toml, for this run: --set station_radius_m=800"))]
    set: Vec<String>,
    #[arg(long, value_name = "K=A..B:STEP", value_parser = sweep, conflicts_with_all = ["peak_variants", "format", "json", "columns", "drop_own", "study"], help = say(
        "基準値を変えながら筆を数え、sweep.csv と run.json だけを書く（例: --sweep station_radius_m=500..1000:100）",
        "Count the parcels while a threshold goes from A to B, and write sweep.csv and run.json only: --sweep station_radius_m=500..1000:100"))]
    sweep: Option<Range>,
    #[arg(long, value_name = "FILE.kyoten", conflicts_with = "peak_variants", help = say(
        "`prepare` で残したファイルを使い、レイヤーを読まずに始める。結果は変わらない。環境変数 KYOTEN_CACHE=DIR があれば、付けなくても残して使う",
        "What `prepare` has kept: begin without reading the layers, with the same outputs. With KYOTEN_CACHE=DIR it is kept and found without being asked for"))]
    study: Option<PathBuf>,
    #[command(flatten)]
    pub(super) how: How,
}

/// The folder in which runs keep what they have prepared.
const CACHE: &str = "KYOTEN_CACHE";

/// What `run` and `demo` have in common.
#[derive(Debug, Args)]
pub(super) struct How {
    #[arg(long, value_name = "DIR", default_value = DEFAULT_OUT, help = say(
        "結果を書くフォルダー。中のファイルはまとめて置き換える", "The run folder; its files are replaced as a whole"))]
    pub(super) out: PathBuf,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "geojson", value_parser = format,
        help = format!("{}: {}", say("筆のファイルの形式（コンマで区切る）", "Formats of the parcels, separated by commas"), formats()))]
    pub(super) format: Vec<&'static ParcelFormat>,
    #[command(flatten)]
    pub(super) which: WhichColumns,
    #[arg(long, help = say(GUARD_JA, GUARD_EN))]
    pub(super) guard: bool,
    #[command(flatten)]
    pub(super) words: WhichWords,
    #[arg(long, help = say("地図を書かない", "Do not write the map"))]
    pub(super) no_map: bool,
    #[arg(long, value_name = "N", value_parser = threads, help = say(
        "使うスレッドの数（指定がなければすべて）。結果は変わらない",
        "Threads to use; all there are unless given. The outputs do not depend on it"))]
    pub(super) threads: Option<u16>,
    #[arg(long, value_name = "LEVEL", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "mended",
        help = say("入力に読み飛ばし・補修（warning と書けば注意も）があれば、終了コードを1にする",
            "Exit with status 1 where any of the input was skipped or mended; with `warning`, where there is any warning"))]
    pub(super) strict: Option<Strict>,
    #[arg(long, help = say("要約の代わりに、報告をJSONで表示する", "Print the report as JSON instead of the summary"))]
    pub(super) json: bool,
}

/// What is written of each parcel.
#[derive(Debug, Default, Args)]
pub(super) struct WhichColumns {
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', help = say(
        "筆のファイルに書く列: all、core（番号・面積・判定）、または列名（central_* などの形も可。コンマで区切る）",
        "Columns of the parcels to write: all, core (id, area, statuses), or names and patterns such as central_*, separated by commas"))]
    pub(super) columns: Vec<String>,
    #[arg(long, help = say("筆のファイルに、元の属性を書かない", "Leave the input's own properties out of the files of parcels"))]
    pub(super) drop_own: bool,
}

/// In which language tables speak to people.
#[derive(Debug, Default, Args)]
pub(super) struct WhichWords {
    #[arg(long, value_name = "LANG", value_enum, help = say(
        "parcels.csv の見出しの言語。指定がなければ列名（central など）",
        "The language of the headers of parcels.csv; unless said, they are the names of the columns"))]
    headers: Option<LangName>,
    #[arg(long, value_name = "LANG", value_enum, help = say(
        "Excel（parcels.xlsx）とQGISのプロジェクト（kyoten.qgz）の言語。指定がなければ --lang の言語、それもなければ日本語",
        "The language of the workbook parcels.xlsx and of the project kyoten.qgz; unless said that of --lang, else Japanese"))]
    labels: Option<LangName>,
}

impl WhichWords {
    /// What was said.
    pub(super) fn of(&self, globals: &Globals) -> TableWords {
        let usual = TableWords::default();
        let book = self.labels.map(Lang::from).or(globals.said()).unwrap_or(usual.book);
        TableWords { headers: self.headers.map(Lang::from), book }
    }
}

/// What turns the exit status into 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Strict {
    /// Whatever was skipped or mended.
    #[value(help = say("読み飛ばし・補修", "what was skipped or mended"))]
    Mended,
    /// And whatever is worth a warning.
    #[value(help = say("注意も含む", "and warnings"))]
    Warning,
}

impl Strict {
    /// The least of the severities that it asks to have looked at.
    pub(super) fn least(self) -> Severity {
        match self {
            Self::Mended => Severity::Mended,
            Self::Warning => Severity::Warning,
        }
    }
}

/// The most numbers that a sweep may take.
const MOST_STEPS: usize = 1000;

/// A threshold and the numbers that it is to take, as it was typed: `K=A..B:STEP`.
#[derive(Debug, Clone)]
struct Range {
    key: String,
    from: f64,
    to: f64,
    step: f64,
}

fn sweep(given: &str) -> Result<Range, String> {
    let parts = given.split_once('=').and_then(|(key, range)| {
        let (ends, step) = range.split_once(':')?;
        let (from, to) = ends.split_once("..")?;
        let [from, to, step] = [from, to, step].map(|number| number.trim().parse::<f64>().ok());
        let key = key.trim();
        let key = key.strip_prefix("thresholds.").unwrap_or(key).to_owned();
        Some(Range { key, from: from?, to: to?, step: step? })
    });
    parts.ok_or_else(|| {
        say(
            "station_radius_m=500..1000:100 のように、基準値のキー、初めと終わりの数、刻みを書いてください。",
            "write a threshold, two ends and a step, such as station_radius_m=500..1000:100",
        )
        .to_owned()
    })
}

/// What is said of a sweep that cannot be.
fn not_swept(reason: Text) -> Failure {
    Diagnostic::error("sweep-not-possible", reason).at("--sweep").into()
}

impl Range {
    /// The sweep that is meant, among the thresholds of the rules.
    fn of(&self, rules: &Rules) -> Result<Sweep, Text> {
        let &Self { ref key, from, to, step } = self;
        let Some(threshold) = rules.set.threshold(key) else {
            let all = rules.thresholds.all().iter().map(|threshold| threshold.key).collect::<Vec<_>>().join(", ");
            return Err(text!("使える基準値は {all} です。", "no such threshold; there are: {all}"));
        };
        let (least, most) = threshold.range;
        if !(least..=most).contains(&from) || !(least..=most).contains(&to) {
            return Err(text!("{least}〜{most}の数を書いてください。", "its numbers go from {least} to {most}"));
        }
        // A number so near to the end is meant to be it.
        let steps = ((to - from) / step + 1e-9).floor();
        if !(step > 0.0 && (0.0..MOST_STEPS as f64).contains(&steps)) {
            return Err(text!(
                "初めより大きい終わりと、0より大きい刻みを書いてください（数は{MOST_STEPS}個まで）。",
                "write an end that is not below the beginning and a step above 0, for {MOST_STEPS} numbers at most"
            ));
        }
        // Told with few digits: 0.3 and not 0.30000000000000004.
        let number = |index: usize| format!("{:.9}", from + index as f64 * step).parse().unwrap_or(from);
        Ok(Sweep { key: threshold.key, numbers: (0..=steps as usize).map(number).collect() })
    }
}

/// A number of threads.
pub(super) fn threads(given: &str) -> Result<u16, String> {
    let number = given.parse().ok().filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| say("1〜1024の数を書いてください。", "write a number from 1 to 1024").to_owned())
}

/// The formats' names, for messages.
pub(super) fn formats() -> String {
    ParcelFormat::writable().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// The format of a name.
pub(super) fn format(name: &str) -> Result<&'static ParcelFormat, String> {
    let found = PARCEL_FORMATS.iter().find(|format| format.name == name.trim());
    match found.map(|format| (format, format.lacks())) {
        Some((format, None)) => Ok(format),
        Some((_, Some(feature))) => Err(text!(
            "このkyotenでは書けません。`--features {feature}` を付けてビルドしてください。",
            "this build cannot write it: build with `--features {feature}`"
        )),
        None => {
            let all = formats();
            Err(text!("使えるのは {all} です。", "no such format; there are: {all}"))
        }
    }
    .map_err(|reason| reason.get(lang()).to_owned())
}

pub(super) fn run(arguments: &RunArguments, globals: &Globals) -> Result<u8, Failure> {
    let mut project = open(&arguments.project, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    let options = match &arguments.sweep {
        Some(sweep) => Options {
            cells: cells(&arguments.how),
            ..Options::of_sweep(Some(arguments.how.out.clone()), sweep.of(&project.rules).map_err(not_swept)?)
        },
        None => Options {
            study: arguments.study.clone(),
            ..options(&arguments.how, arguments.peak_variants, &project.rules, globals)?
        },
    };
    conclude(&work(&project, &options, &arguments.how, globals)?, &arguments.how, globals).map_err(Failure::though_done)
}

/// Runs a project and prints what came of it, between what else is to be said.
pub(super) fn run_project(project: &Path, how: &How, said: [&str; 2], globals: &Globals) -> Result<u8, Failure> {
    let report = measure(project, how, false, globals)?;
    let [before, after] = said;
    let say = |text: &str| if how.json || globals.quiet { Ok(()) } else { print::out(text) };
    let told = say(before).and_then(|()| conclude(&report, how, globals));
    told.and_then(|status| say(after).map(|()| status)).map_err(Failure::though_done)
}

/// Prints what came of a run.
fn conclude(report: &Report, how: &How, globals: &Globals) -> Result<u8, Failure> {
    if how.json {
        summary::print_json(report)?;
    } else if !globals.quiet {
        summary::print(report, globals.verbose)?;
    }
    if !globals.quiet {
        expired::tell(report.feeds());
    }
    let attention = how.strict.is_some_and(|strict| report.any_as_severe_as(strict.least()));
    Ok(if attention { ATTENTION } else { DONE })
}

/// Runs a project.
pub(super) fn measure(project: &Path, how: &How, peak_variants: bool, globals: &Globals) -> Result<Report, Failure> {
    let project = open(project, globals)?;
    work(&project, &options(how, peak_variants, &project.rules, globals)?, how, globals)
}

/// What `run`, `demo` and `batch` have in common, as the pipeline wants it.
pub(super) fn options(how: &How, peak_variants: bool, rules: &Rules, globals: &Globals) -> Result<Options, Failure> {
    let mut formats: Vec<&ParcelFormat> = Vec::new();
    for format in &how.format {
        if !formats.iter().any(|known| known.name == format.name) {
            formats.push(format);
        }
    }
    let columns = ColumnChoice::new(&how.which.columns, how.which.drop_own, rules.set);
    let columns = columns.map_err(|reason| Diagnostic::error("no-such-column", reason).at("--columns"))?;
    Ok(Options {
        out: Some(how.out.clone()),
        formats,
        #[cfg(feature = "maps")]
        map: !how.no_map,
        peak_variants,
        sweep: None,
        columns,
        cells: cells(how),
        words: how.words.of(globals),
        study: None,
        cache: std::env::var_os(CACHE).filter(|folder| !folder.is_empty()).map(PathBuf::from),
        ..Options::default()
    })
}

fn cells(how: &How) -> CsvCells {
    CsvCells { guard: how.guard }
}

fn work(project: &Project, options: &Options, how: &How, globals: &Globals) -> Result<Report, Failure> {
    let bar = Bar::new(globals);
    let report = in_pool(how.threads, || pipeline::run(project, options, &bar))?;
    bar.finish();
    Ok(report?)
}

/// Opens a project file; of a folder without one, what is found in the folder.
pub(super) fn open(path: &Path, globals: &Globals) -> Result<Project, Failure> {
    let tell = |found: &Discovery| {
        if !globals.quiet {
            init::tell(found);
        }
    };
    Ok(discovery::open(path, tell)?.project)
}

/// Does the work in a pool of so many threads.
pub(super) fn in_pool<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = pool(threads.map_or(0, usize::from))?;
    let done = pool.install(work);
    // A pool that is dropped does not wait for its threads: they would end while the process does, and take their libproj
    // objects down beside what libproj keeps for all of them. Threads that wait are simply gone with the process.
    std::mem::forget(pool);
    Ok(done)
}

/// A pool of so many threads; of as many as there are processors where it is 0.
pub(super) fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
        let message = Text {
            ja: "スレッドを始められません。".into(),
            en: format!("the threads cannot be started ({error})").into(),
        };
        let help = Text::new("--threads で数を減らしてください。", "give fewer with --threads");
        Diagnostic::error("threads", message).help(help).into()
    })
}
