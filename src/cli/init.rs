//! `kyoten init`: from a folder of downloads to a `kyoten.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::reader::{Globals, lang, say};
use super::sheet::Sheet;
use super::{ATTENTION, DONE, Failure, failure, print};
use crate::diagnostics::Diagnostic;
use crate::discovery::{Decision, Discovery, Finding, discover};
use crate::layers::{BACKDROP, BACKDROP_TITLE, LAYERS, LayerKey, LayerKind};
use crate::outputs::{SingleFile, thousands};
use crate::project::FILE_NAME;
use crate::text::{Lang, Text};

/// Places for the name of a layer.
const LABEL: usize = 28;

/// A layer of more files than this is shown by the first few.
const MOST_ROWS: usize = 20;
const FEW_ROWS: usize = 3;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten init downloads/                    look through downloads/ and write downloads/kyoten.toml
  kyoten init downloads/ --out yaizu.toml   write it elsewhere
  kyoten run downloads/                     then run it

Exit status: 0 done; 1 done, and the parcels (筆・敷地) have still to be named; 2 not done: a kyoten.toml that is there is
never written over, unless --force is said.";

const EXAMPLES_JA: &str = "\
例:
  kyoten init downloads/                    downloads/kyoten.toml を書く
  kyoten init downloads/ --out yaizu.toml   別の場所に書く
  kyoten run downloads/                     判定する

終了コード: 0 完了。1 完了したが、筆（敷地）のファイルを書き足す必要がある。
2 実行していない（すでにある kyoten.toml は、--force がなければ上書きしない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct InitArguments {
    #[arg(help = say("ダウンロードしたファイルのフォルダー（書庫の中も見る）",
        "The folder with the downloaded files; archives in it are looked into"))]
    folder: PathBuf,
    #[arg(long, value_name = "FILE", help = say(
        "書くファイル。指定がなければ、フォルダーの中の kyoten.toml", "The file to write; a kyoten.toml in the folder unless given"))]
    out: Option<PathBuf>,
    #[arg(long, help = say("ファイルがすでにあれば上書きする", "Write over a file that is there"))]
    force: bool,
}

pub(super) fn init(arguments: &InitArguments, globals: &Globals) -> Result<u8, Failure> {
    let InitArguments { folder, out, force } = arguments;
    let file = out.clone().unwrap_or_else(|| folder.join(FILE_NAME));
    if file.exists() && !force {
        return Err(already_there(&file).into());
    }
    let mut found = discover(folder)?;
    found.stand_in(file.parent().unwrap_or(Path::new("")));
    let text = found.project_file(lang());
    let single = begin(&file, &text, *force)?;
    if !globals.quiet {
        print::out(table(&found))?;
    }
    finish(single, &file, *force)?;
    let without_parcels = found.taken(LayerKey::Parcels).next().is_none();
    if !globals.quiet {
        let next = next(&file, out.as_deref().unwrap_or(folder), without_parcels);
        print::out(format_args!("\n{}", next.get(lang()))).map_err(Failure::though_done)?;
    }
    Ok(if without_parcels { ATTENTION } else { DONE })
}

/// Begins the file, which appears whole or not at all: one that is there is written over only where it is to be, whoever
/// put it there and when.
fn begin(file: &Path, text: &str, force: bool) -> Result<SingleFile, Failure> {
    let begun = if force { SingleFile::begin(file, []) } else { SingleFile::begin_new(file) };
    let written = begun.and_then(|mut single| {
        single.write(text.as_bytes())?;
        Ok(single)
    });
    written.map_err(|error| failure::not_written(&error))
}

/// Puts it into its place.
fn finish(single: SingleFile, file: &Path, force: bool) -> Result<(), Failure> {
    single.finish().map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists if !force => already_there(file).into(),
        _ => failure::not_written(&error),
    })
}

/// What was written, and what to do with it.
fn next(file: &Path, run: &Path, without_parcels: bool) -> Text {
    let (file, run) = (file.display(), run.display());
    if without_parcels {
        text!(
            "書き込みました: {file}\n筆（敷地）のファイルを書き足してから実行してください: kyoten run {run}",
            "written: {file}\nname the file of the parcels (筆・敷地) in it, then: kyoten run {run}"
        )
    } else {
        text!(
            "書き込みました: {file}\n中身を確かめてから実行してください: kyoten run {run}",
            "written: {file}\nnext: look through it, then: kyoten run {run}"
        )
    }
}

/// Tells on standard error what a run takes a folder for that has no project file.
pub(super) fn tell(found: &Discovery) {
    print::aside(format_args!("{}\n", table(found)));
}

fn already_there(file: &Path) -> Diagnostic {
    Diagnostic::error(
        "project-file-there",
        Text::new("すでにあるので、そのままにしました。", "is there already and is left as it is"),
    )
    .at(file.display())
    .help(Text::new(
        "上書きするなら --force を付け、しないなら --out で別のファイルを指定してください。ファイルの中身は `kyoten inspect` で分かります。",
        "say --force to write over it, or another file with --out; `kyoten inspect` says what files are",
    ))
}

/// What each file was taken for and why, what was left, what is missing.
fn table(found: &Discovery) -> String {
    let mut sheet = Sheet::new();
    sheet.raw(&found.folder.display().to_string());
    if let Some((code, place)) = &found.municipality {
        sheet.say(0, &text!("市区町村 {code}（{place}）", "municipality {code} (by {place})", place = place.clone()));
    }
    if found.findings.iter().any(|finding| matches!(finding.decision, Decision::Taken(_) | Decision::Drawn)) {
        sheet.blank();
        sheet.heading(&Text::new("使うファイル", "taken"));
    }
    for kind in LAYERS {
        taken(&mut sheet, label_of(kind), found, &found.taken(kind.key).collect::<Vec<_>>());
    }
    let by_files = Text::new("GTFSの時刻表（中のファイルから）", "timetables in GTFS (by the files in it)");
    for path in &found.timetables {
        row(&mut sheet, "  gtfs 時刻表", &found.name_of(path), &by_files);
    }
    for grid in found.grids.iter().filter(|grid| grid.waits.is_none()) {
        row(&mut sheet, &label_of_grids(), &found.name_of(&grid.path), &Text::from(&grid.title));
    }
    taken(&mut sheet, label_of_backdrop(), found, &found.drawn().collect::<Vec<_>>());
    waiting(&mut sheet, found);
    left(&mut sheet, found);
    missing(&mut sheet, found);
    sheet.finish()
}

/// The files that are one layer.
fn taken(sheet: &mut Sheet, mut label: String, found: &Discovery, taken: &[&Finding]) {
    let shown = if taken.len() > MOST_ROWS { FEW_ROWS } else { taken.len() };
    for finding in &taken[..shown] {
        row(sheet, &std::mem::take(&mut label), &found.name_of(&finding.path), &why(finding));
    }
    if shown < taken.len() {
        let more = taken.len() - shown;
        let more = text!("… ほか同じ種類のファイル{more}件", "… and {more} more files of the kind");
        sheet.row("", LABEL, more.get(lang()));
    }
}

fn label_of_backdrop() -> String {
    format!("  {BACKDROP} {}", BACKDROP_TITLE.get(lang()))
}

fn label_of(kind: &LayerKind) -> String {
    format!("  {} {}", kind.name, kind.title.get(lang()))
}

fn label_of_grids() -> String {
    format!("  datum_grids {}", Text::new("測地系の格子", "datum shifts").get(lang()))
}

/// A label, a file, and what there is to say of it.
fn row(sheet: &mut Sheet, label: &str, file: &str, about: &Text) {
    sheet.row(label, LABEL, file);
    sheet.row("", LABEL + 2, about.get(lang()));
}

fn why(finding: &Finding) -> Text {
    let features = finding.features();
    let (count, plural) = (thousands(features as u64), if features == 1 { "" } else { "s" });
    let features = Text { ja: format!("地物{count}件").into(), en: format!("{count} feature{plural}").into() };
    let Some(recognised) = finding.recognised else { return features };
    let by = if recognised.by_fields {
        Text::new("属性から", "by its fields")
    } else {
        Text::new("名前から", "by its name")
    };
    text!(
        "{title}（{by}）、{features}",
        "{title} ({by}), {features}",
        title = recognised.publication.title.clone(),
        by = by,
        features = features
    )
}

/// The files that wait for a person's word.
fn waiting(sheet: &mut Sheet, found: &Discovery) {
    let layers = LAYERS.iter().flat_map(|kind| found.possible(kind.key).map(move |one| (label_of(kind), one)));
    let layers = layers.map(|(label, (finding, reason))| (label, &finding.path, reason));
    let drawn = found.may_be_drawn().map(|(finding, reason)| (label_of_backdrop(), &finding.path, reason));
    let grids = found.grids.iter().filter_map(|grid| Some((label_of_grids(), &grid.path, grid.waits.as_ref()?)));
    let mut any = false;
    for (label, path, reason) in layers.chain(drawn).chain(grids) {
        if !any {
            sheet.blank();
            sheet.heading(&Text::new(
                "確認が要るので、まだ使わないファイル（`kyoten init` が作る kyoten.toml に、注記として書かれます）",
                "not taken without your word: remarks in the kyoten.toml that `kyoten init` writes",
            ));
            any = true;
        }
        row(sheet, &label, &found.name_of(path), reason);
    }
}

/// The files that were left, by reason.
fn left(sheet: &mut Sheet, found: &Discovery) {
    let mut left: BTreeMap<Text, Vec<String>> = BTreeMap::new();
    for finding in &found.findings {
        if let Decision::Left(reason) = &finding.decision {
            left.entry(reason.clone()).or_default().push(found.name_of(&finding.path));
        }
    }
    for (path, reason) in &found.left {
        left.entry(reason.clone()).or_default().push(found.name_of(path));
    }
    if !left.is_empty() {
        sheet.blank();
        sheet.heading(&Text::new("使わないファイル", "left"));
    }
    for (reason, files) in left {
        sheet.say(2, &reason.map(|reason| format!("{}:", reason.trim_end_matches('。'))));
        for line in grouped(&files, sheet.lang) {
            sheet.raw(&format!("    {line}"));
        }
    }
}

/// Files on a line each; those of one name in several folders on one.
fn grouped(files: &[String], lang: Lang) -> Vec<String> {
    /// So many of one name are worth a line each.
    const FEW: usize = 2;
    let name = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        *by_name.entry(name(file)).or_default() += 1;
    }
    let mut told = BTreeSet::new();
    let line = |file: &String| {
        let name = name(file);
        let count = by_name[&name];
        if count <= FEW {
            return Some(file.clone());
        }
        let more = count - 1;
        let line = text!("{file}（同じ名前のファイルがほかに{more}件）", "{file}, and {more} more of that name");
        told.insert(name).then(|| line.get(lang).to_owned())
    };
    files.iter().filter_map(line).collect()
}

fn missing(sheet: &mut Sheet, found: &Discovery) {
    let missing = found.missing();
    if !missing.is_empty() {
        sheet.blank();
        sheet.heading(&Text::new(
            "足りないもの（これで決まることは、判定不能のまま残ります）",
            "missing: what they would settle stays undetermined",
        ));
    }
    for key in missing {
        let kind = key.kind();
        sheet.row(&label_of(kind), LABEL, kind.published_by.get(lang()));
    }
}
