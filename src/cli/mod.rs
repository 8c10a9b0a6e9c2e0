//! What does a user type? One file a command; the only place that prints.

/// A line at the end of a text. Writing to a String cannot fail, so its result says nothing.
macro_rules! line {
    ($text:expr $(, $($part:tt)*)?) => {{ let _ = writeln!($text $(, $($part)*)?); }};
}

mod assess;
mod batch;
mod check;
mod chosen;
mod completions;
mod criteria;
mod demo;
mod diff;
mod expired;
mod explain;
mod failure;
mod init;
mod inspect;
#[cfg(feature = "maps")]
mod map;
mod memory;
mod municipality;
mod notices;
mod peaks;
mod prepare;
mod print;
mod product_file;
mod progress;
mod reader;
mod rules;
mod run;
#[cfg(feature = "serve")]
mod serve;
mod sheet;
mod signals;
mod site;
mod spacing;
mod summary;
mod support;
mod survey;
mod table_file;
mod usage;
mod wrap;
mod writing;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;
pub use memory::Memory;
use reader::{Globals, say};

/// Done.
const DONE: u8 = 0;
/// Done, and the answer asks for attention.
const ATTENTION: u8 = 1;
/// Not run: bad usage or bad input, with nothing written.
const NOT_RUN: u8 = 2;

#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = examples(), about = say(
    "市の筆（敷地）ごとに、中心拠点区域・生活拠点区域・高齢者交流拠点区域に\n\
     入りうるか、それがどこまで確かか、なぜそう言えるかを判定します。",
    "Says for every parcel of a Japanese city whether it can lie in a central, local or senior hub zone \
     (中心拠点区域・生活拠点区域・高齢者交流拠点区域), how sure that is, and why."))]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    globals: Globals,
}

const EXAMPLES_EN: &str = "\
Examples:
  kyoten demo                        make up a city in the publishers' formats and run on it
  kyoten init downloads/             look through downloaded files and write a kyoten.toml
  kyoten check kyoten.toml           read everything, say every problem, measure nothing
  kyoten run kyoten.toml --out out   the main job
  kyoten run downloads/ --format csv the same for a folder, with or without a kyoten.toml
  kyoten prepare city/ -o c.kyoten   what is the same in every run of it, kept for `run --study`
  kyoten assess kyoten.toml plan.shp zones drawn by a planner, criterion by criterion
  kyoten site kyoten.toml            sites of new facilities, all 700 m apart
  kyoten spacing facilities.csv      facilities of one kind closer than 700 m
  kyoten batch shards.toml           many municipalities, a run folder each
  kyoten serve kyoten-out            its map in the browser
  kyoten map kyoten-out --png a.png  a still map of it, for a paper
  kyoten inspect N02-23_GML.zip      what a file holds and how it is read
  kyoten peaks feed.zip              how many departures each stop has in its peak hour
  kyoten diff 2025 2026              what changed between two runs, and which stop did it
  kyoten explain kyoten.toml 12-3    why a parcel stands as it does, and what would turn it
  kyoten survey kyoten.toml          what to find out first, ranked by what it would settle
  kyoten rules                       the rule sets that ship; rules can be written of one's own
  kyoten criteria                    what the programme asks and how it is measured
  kyoten municipality 焼津市         what a municipality may use, and whom it asks
  kyoten support support.toml        what State and municipality give, step by step

Exit status: 0 done; 1 done, and the answer asks for attention; 2 not run, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten demo                        架空の市を作って判定してみる
  kyoten init downloads/             フォルダーを調べ、kyoten.toml を書く
  kyoten check kyoten.toml           問題をすべて挙げる（測定はしない）
  kyoten run kyoten.toml --out out   判定する
  kyoten run downloads/ --format csv kyoten.toml のないフォルダーでも判定できる
  kyoten prepare city/ -o c.kyoten   毎回同じ準備を残す（`run --study` で使う）
  kyoten assess kyoten.toml plan.shp 計画で描いた区域を、条件ごとに確かめる
  kyoten site kyoten.toml            新しい施設の敷地を、互いに700 m以上離して選ぶ
  kyoten spacing facilities.csv      700 mより近い同種の施設を挙げる
  kyoten batch shards.toml           多くの市区町村を続けて判定する
  kyoten serve kyoten-out            結果の地図をブラウザーで見る
  kyoten map kyoten-out --png a.png  資料に使う地図の画像を作る
  kyoten inspect N02-23_GML.zip      ファイルの中身と、その読み方を見る
  kyoten peaks feed.zip              停留所ごとのピーク時運行本数を数える
  kyoten diff 2025 2026              2つの結果の違いと、その原因の停留所を見る
  kyoten explain kyoten.toml 12-3    筆がなぜそう判定されたか、何が変わればよいかを見る
  kyoten survey kyoten.toml          先に調べるとよいものを、決まる判定の多い順に見る
  kyoten rules                       付属のルールの一覧（自分のルールも書ける）
  kyoten criteria                    条件とその測り方を見る
  kyoten municipality 焼津市         市区町村が使えるものと、問い合わせ窓口を見る
  kyoten support support.toml        国と市町村の支援額を手順を追って計算する

終了コード: 0 完了。1 完了したが、確認を要することがある。
2 実行していない（何も書いていない）。";

/// The examples of the commands that this build has.
fn examples() -> String {
    let has = |command: &str| match command {
        "serve" => cfg!(feature = "serve"),
        "map" => cfg!(feature = "maps"),
        _ => true,
    };
    let is_there =
        |line: &&str| line.trim_start().strip_prefix("kyoten ").and_then(|rest| rest.split(' ').next()).is_none_or(has);
    say(EXAMPLES_JA, EXAMPLES_EN).split_inclusive('\n').filter(is_there).collect()
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = say("プロジェクトのすべての筆を測って判定し、結果のフォルダーを書く",
        "Measure every parcel of a project and write the run folder"))]
    Run(run::RunArguments),
    #[command(about = say("架空の市を公開データと同じ形式で作り、判定する",
        "Write a made-up city in the publishers' formats and run on it"))]
    Demo(demo::DemoArguments),
    #[command(about = say("ダウンロードしたフォルダーを調べ、kyoten.toml を書く",
        "Look through a folder of downloads and write a kyoten.toml for it"))]
    Init(init::InitArguments),
    #[command(about = say("すべてのファイルを読み、問題をすべて挙げる（測定はしない）",
        "Read everything and say every problem, measuring nothing"))]
    Check(check::CheckArguments),
    #[command(about = say("レイヤーの読み込みと区域の計算までを済ませ、ファイルに残す",
        "Keep as a file what a run works out before it measures the first parcel"))]
    Prepare(prepare::PrepareArguments),
    #[command(about = say("描いた区域が条件を満たすかを、区域全体で確かめる",
        "Whether zones that a planner has drawn meet what is asked, and where they do not"))]
    Assess(assess::AssessArguments),
    #[command(about = say("互いに十分離れた敷地を、できるだけ多く選ぶ",
        "Choose sites of new facilities, as many as can be, all far enough from one another"))]
    Site(site::SiteArguments),
    #[command(about = say("近すぎる同種の施設の組を挙げる", "Pairs of facilities of one kind that stand too close to one another"))]
    Spacing(spacing::SpacingArguments),
    #[command(about = say("多くの市区町村を続けて判定する（途中から再開できる）",
        "Run many municipalities, each into a folder of its own; goes on where it was broken off"))]
    Batch(batch::BatchArguments),
    #[command(about = say("ファイルの中身と読み方（形式、座標参照系、属性、問題など）を見る",
        "What files hold and how they are read: layer, format, CRS, encoding, fields, problems"))]
    Inspect(inspect::InspectArguments),
    #[command(about = say("時刻表から、停留所ごとのピーク時運行本数をすべての数え方で数える",
        "Peak service of the stops of timetables, under every rule of counting"))]
    Peaks(peaks::PeaksArguments),
    #[cfg(feature = "serve")]
    #[command(about = say("結果の地図をブラウザーで見る（このパソコンの中だけ）",
        "The map of a run in the browser, to this machine only"))]
    Serve(serve::ServeArguments),
    #[cfg(feature = "maps")]
    #[command(about = say("結果の地図をPNG・SVG・PDFにする", "A still map of a run as PNG, SVG or PDF"))]
    Map(map::MapArguments),
    #[command(about = say("2つの結果の違いと、その原因の停留所を見る",
        "What changed between two runs, and why: which stop did it"))]
    Diff(diff::DiffArguments),
    #[command(about = say("1つの筆がなぜそう判定されたか、何が変われば判定が変わるかを見る",
        "Why a parcel stands as it does, and the smallest change that would turn it"))]
    Explain(explain::ExplainArguments),
    #[command(about = say("データの穴のうち先に調べるとよいものを、決まる判定の多い順に見る",
        "What to find out first: the holes of the data, ranked by what each would settle"))]
    Survey(survey::SurveyArguments),
    #[command(about = say("付属のルールの一覧を見る、その1つをTOMLで表示する",
        "The rule sets that ship, or one of them as TOML"))]
    Rules(rules::RulesArguments),
    #[command(about = say("条件とその測り方を見る", "What the programme asks, from the code that decides it"))]
    Criteria(criteria::CriteriaArguments),
    #[command(about = say("市区町村が使えるもの（タイプ、交付上限額、施設の種類、窓口）を見る",
        "What a municipality may use: types, ceilings, kinds of facilities, and the office to ask"))]
    Municipality(municipality::MunicipalityArguments),
    #[command(about = say("国と市町村の支援額を、根拠とともに手順を追って計算する",
        "What State and municipality give to a project, step by step, each with its clause"))]
    Support(support::SupportArguments),
    #[command(about = say("シェルの補完スクリプトを表示する", "Print a script of completions for a shell"))]
    Completions(completions::CompletionsArguments),
    #[command(about = say("マニュアルページ（man）を表示する", "Print the manual page"),
        after_help = say(completions::MAN_JA, completions::MAN_EN))]
    Man,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(main_with(std::env::args_os()))
}

/// Runs the program with these arguments, in a process that is its own until it ends; gives the status to end it with.
#[must_use]
pub fn main_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    signals::heed();
    let status = status(arguments);
    // The process may be another's, which does not know of what waits to be printed here.
    let _ = std::io::Write::flush(&mut std::io::stdout());
    status
}

/// Runs the program with these arguments, the first of which is its name, and gives the status that it ends with.
#[must_use]
pub fn status(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    reader::choose_lang();
    let mut command = usage::command::<Arguments>();
    let parsed = command.try_get_matches_from_mut(arguments).and_then(|found| Arguments::from_arg_matches(&found));
    let Arguments { command, globals } = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return not_parsed(&error),
    };
    globals.apply();
    done(&command, &globals).unwrap_or_else(|failure| {
        failure.print(command.wants_json());
        failure.status
    })
}

/// Help and version are asked for and printed; all else is an error.
fn not_parsed(error: &clap::Error) -> u8 {
    let asked_for =
        [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if asked_for.contains(&error.kind()) {
        return match print::help(error) {
            Ok(()) => u8::try_from(error.exit_code()).unwrap_or(NOT_RUN),
            Err(failure) => {
                failure.print(false);
                failure.status
            }
        };
    }
    let failure = usage::failure(error, &Arguments::command());
    failure.print(false);
    failure.status
}

fn done(command: &Command, globals: &Globals) -> Result<u8, Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments, globals),
        Command::Demo(arguments) => demo::demo(arguments, globals),
        Command::Init(arguments) => init::init(arguments, globals),
        Command::Check(arguments) => check::check(arguments, globals),
        Command::Prepare(arguments) => prepare::prepare(arguments, globals),
        Command::Assess(arguments) => assess::assess(arguments, globals),
        Command::Site(arguments) => site::site(arguments, globals),
        Command::Spacing(arguments) => spacing::spacing(arguments, globals),
        Command::Batch(arguments) => batch::batch(arguments, globals),
        Command::Inspect(arguments) => inspect::inspect(arguments),
        Command::Peaks(arguments) => peaks::peaks(arguments, globals),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::serve(arguments, globals),
        #[cfg(feature = "maps")]
        Command::Map(arguments) => map::map(arguments, globals),
        Command::Diff(arguments) => diff::diff(arguments, globals),
        Command::Explain(arguments) => explain::explain(arguments, globals),
        Command::Survey(arguments) => survey::survey(arguments, globals),
        Command::Rules(arguments) => rules::rules(arguments),
        Command::Criteria(arguments) => criteria::criteria(arguments),
        Command::Municipality(arguments) => municipality::municipality(arguments, globals),
        Command::Support(arguments) => support::support(arguments, globals),
        Command::Completions(arguments) => completions::completions(arguments, &mut usage::command::<Arguments>()),
        Command::Man => completions::man(usage::command::<Arguments>()),
    }
}

impl Command {
    /// Whether a program reads what is printed.
    fn wants_json(&self) -> bool {
        match self {
            Self::Run(arguments) => arguments.how.json,
            Self::Demo(arguments) => arguments.how.json,
            Self::Check(arguments) => arguments.json,
            Self::Prepare(arguments) => arguments.json,
            Self::Assess(arguments) => arguments.json,
            Self::Site(arguments) => arguments.json,
            Self::Spacing(arguments) => arguments.json,
            Self::Batch(arguments) => arguments.how.json,
            Self::Inspect(arguments) => arguments.json,
            Self::Peaks(arguments) => arguments.json,
            Self::Diff(arguments) => arguments.json,
            Self::Explain(arguments) => arguments.json,
            Self::Survey(arguments) => arguments.json,
            Self::Municipality(arguments) => arguments.json,
            Self::Support(arguments) => arguments.json,
            _ => false,
        }
    }
}
