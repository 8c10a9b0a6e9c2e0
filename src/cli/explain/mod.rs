//! `kyoten explain`: why a parcel stands as it does, and what would turn it.

mod of_run;
mod text;

use std::path::{Path, PathBuf};

use clap::Args;

use super::chosen::not_piped;
use super::progress::Bar;
use super::reader::{Globals, say};
#[cfg(feature = "maps")]
use super::run::{ONE_FILE_EN, ONE_FILE_JA};
use super::run::{format, formats, in_pool, open, threads};
use super::sheet::Sheet;
use super::writing::{GUARD_EN, GUARD_JA, HowWritten};
use super::{DONE, Failure, notices, print, summary};
use crate::collect::ExplainedParcels;
use crate::diagnostics::Diagnostic;
use crate::outputs::ParcelFormat;
use crate::outputs::names::RUN;
use crate::pipeline::{self, Options};
use crate::project::{FILE_NAME, Project};
use crate::queries::explain::{Sayings, document, is_meant, not_one};
use crate::table::ColumnChoice;
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten explain kyoten.toml 12-3            every criterion for one parcel, and what would turn it
  kyoten explain kyoten.toml 12-3 --json     for programs (docs/schemas/explain.schema.json)
  kyoten explain kyoten-out 12-3             of a run folder, what its columns say
  kyoten explain city/ --all --out explained --format csv   every parcel, with its margins as columns

Exit status: 0 done; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten explain kyoten.toml 12-3            1つの筆の、すべての条件と、判定を変えるもの
  kyoten explain kyoten.toml 12-3 --json     形式は docs/schemas/explain.schema.json
  kyoten explain kyoten-out 12-3             結果のフォルダーの列から分かること
  kyoten explain city/ --all --out explained --format csv   すべての筆の余裕を列にする

終了コード: 0 完了。2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct ExplainArguments {
    #[arg(value_name = "PROJECT-OR-RUN", help = say(
        "kyoten.toml、そのフォルダー、または結果のフォルダー",
        "A kyoten.toml, its folder, or a run folder"))]
    project: PathBuf,
    #[arg(required_unless_present = "all", conflicts_with = "all", help = say(
        "筆の番号（kyoten_id）。同じ番号の筆がいくつもあるときは「番号@順番」",
        "The parcel's id (kyoten_id); where several have it, the id with @ and the parcel's place in the input"))]
    parcel: Option<String>,
    #[command(flatten)]
    every: EveryParcel,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を、この実行に限り置き換える（例: --set station_radius_m=800）",
        "Another value in the place of one of the kyoten.toml, for this time: --set station_radius_m=800"))]
    set: Vec<String>,
    #[arg(long, value_name = "N", value_parser = threads, help = say(
        "使うスレッドの数（指定がなければすべて）。結果は変わらない",
        "Threads to use; all there are unless given. The outputs do not depend on it"))]
    threads: Option<u16>,
    #[arg(long, help = say("文の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of text"))]
    pub(super) json: bool,
}

/// In how many files the map of all parcels is.
#[cfg(feature = "maps")]
#[derive(Debug, Args)]
struct WholeMap {
    #[arg(long, requires = "map", help = say(ONE_FILE_JA, ONE_FILE_EN))]
    one_file: bool,
}

/// What every parcel is told, and into which files.
#[derive(Debug, Args)]
struct EveryParcel {
    #[arg(long, requires = "out", help = say(
        "すべての筆を、run の列に ZONE_fails、ZONE_margin、ZONE_margin_unit を加えて書く",
        "Write every parcel, with the columns of a run and ZONE_fails, ZONE_margin, ZONE_margin_unit"))]
    all: bool,
    #[arg(long, value_name = "DIR", requires = "all", help = say("--all の結果を書くフォルダー", "The folder that --all writes"))]
    out: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = format, requires = "all",
        help = format!("{}: {}", say("--all の筆のファイルの形式（指定がなければgeojson）",
            "Formats of the parcels of --all, geojson unless given"), formats()))]
    format: Vec<&'static ParcelFormat>,
    #[cfg(feature = "maps")]
    #[arg(long, requires = "all", help = say(
        "--all の結果に、筆ごとの余裕を言葉で示す地図（map.html）も書く",
        "Write map.html with --all as well, whose panel tells the margins of a parcel in words"))]
    map: bool,
    #[cfg(feature = "maps")]
    #[command(flatten)]
    files: WholeMap,
    #[arg(long, requires = "all", help = say(GUARD_JA, GUARD_EN))]
    guard: bool,
}

pub(super) fn explain(arguments: &ExplainArguments, globals: &Globals) -> Result<u8, Failure> {
    let path = &arguments.project;
    if path.is_dir() && path.join(RUN).is_file() && !path.join(FILE_NAME).is_file() {
        return match &arguments.parcel {
            Some(parcel) if arguments.set.is_empty() => of_run::explain(path, parcel, arguments.json),
            _ => Err(no_layers(path).into()),
        };
    }
    let mut project = open(path, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    match (&arguments.parcel, &arguments.every.out) {
        (Some(parcel), _) => one(&project, parcel, arguments, globals),
        (None, Some(out)) => all(&project, out, arguments, globals),
        (None, None) => Ok(DONE), // one of them is required
    }
}

/// Of a run folder nothing can be measured.
fn no_layers(folder: &Path) -> Diagnostic {
    Diagnostic::error(
        "explain-needs-project",
        Text::new(
            "結果のフォルダーにはレイヤーがないため、測り直せません。",
            "a run folder holds no layers, so nothing can be measured again",
        ),
    )
    .at(folder.display())
    .help(Text::new(
        "`--all` と `--set` には、プロジェクトファイルを指定してください。",
        "give the project file for `--all` and `--set`",
    ))
}

fn one(project: &Project, parcel: &str, arguments: &ExplainArguments, globals: &Globals) -> Result<u8, Failure> {
    let bar = Bar::new(globals);
    let is_meant = |id: &str, position: usize| is_meant(parcel, id, position);
    let explained = in_pool(arguments.threads, || pipeline::explain(project, &is_meant, &bar))?;
    bar.finish();
    let explained = explained?;
    let ExplainedParcels { parcels, ids } = &explained.found;
    let positions: Vec<usize> = parcels.iter().map(|(position, _)| *position).collect();
    let [(_, found)] = parcels.as_slice() else { return Err(not_one(parcel, &positions, ids).into()) };
    let sayings = Sayings { rules: &project.rules, from_plane: &explained.from_plane };
    if arguments.json {
        print::out(pretty(&document(found, &sayings)))?;
    } else {
        let mut sheet = Sheet::new();
        text::write(&mut sheet, found, &sayings);
        print::out(sheet.finish())?;
    }
    notices::tell(&explained.notices, globals);
    Ok(DONE)
}

fn all(project: &Project, out: &Path, arguments: &ExplainArguments, globals: &Globals) -> Result<u8, Failure> {
    not_piped(out)?;
    let formats = arguments.every.format.clone();
    let formats = if formats.is_empty() { Options::default().formats } else { formats };
    let options = Options {
        out: Some(out.to_owned()),
        writing: HowWritten::default().of(arguments.every.guard, &formats, globals)?,
        formats,
        #[cfg(feature = "maps")]
        map: arguments.every.map,
        #[cfg(feature = "maps")]
        map_files: pipeline::MapFiles::asked(arguments.every.files.one_file),
        columns: ColumnChoice::explained(),
        ..Options::default()
    };
    let bar = Bar::new(globals);
    let report = in_pool(arguments.threads, || pipeline::run(project, &options, &bar))?;
    bar.finish();
    let report = report?;
    if arguments.json {
        summary::print_json(&report).map_err(Failure::though_done)?;
    } else if !globals.quiet {
        summary::print(&report, globals.verbose).map_err(Failure::though_done)?;
    }
    Ok(DONE)
}

fn pretty(document: &serde_json::Value) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}
