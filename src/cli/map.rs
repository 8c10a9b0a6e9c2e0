//! `kyoten map`: a still map of a finished run, for papers and print.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::not_written;
use super::progress::Bar;
use super::reader::{Globals, lang, say};
use super::{DONE, Failure, print};
use crate::diagnostics::Diagnostic;
use crate::maps::still::{Atlas, AtlasOf, DPI, Lang, Size, StillFiles, StillMap, Wish};
use crate::pipeline::{Progress as _, Stage};
use crate::runs::{RunFolder, SheetWords};
use crate::text::Text;

/// Dots an inch unless `--dpi` says otherwise: enough for a printed A3.
const DEFAULT_DPI: u16 = 200;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten map kyoten-out --png map.png                         central zone, A3 landscape, 200 dpi
  kyoten map kyoten-out --svg map.svg --zone senior --size A2  to be edited: text stays text
  kyoten map kyoten-out --pdf map.pdf --size A4 --portrait    a page to be handed on: vector, text can be searched
  kyoten map kyoten-out --pdf atlas.pdf --atlas zones         a sheet for each candidate zone
  kyoten map kyoten-out --pdf two.pdf --atlas parcels 12-3 12-4
  kyoten map kyoten-out --png a4.png --size A4 --portrait --labels ja
  kyoten map kyoten-out --pdf map.pdf --title 'Hub zones 2027' --author 'City Planning Division' --date 2027-04-01

Exit status: 0 done; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten map kyoten-out --png map.png                         A3横、200dpi
  kyoten map kyoten-out --svg map.svg --zone senior --size A2  文字を編集できる
  kyoten map kyoten-out --pdf map.pdf --size A4 --portrait    配布用のPDF（文字を検索できる）
  kyoten map kyoten-out --pdf atlas.pdf --atlas zones         候補区域ごとに1枚の地図帳
  kyoten map kyoten-out --pdf two.pdf --atlas parcels 12-3 12-4
  kyoten map kyoten-out --png a4.png --size A4 --portrait --labels ja
  kyoten map kyoten-out --pdf map.pdf --title 中心拠点区域の候補 --author 都市計画課 --date 令和9年4月1日

終了コード: 0 完了。2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct MapArguments {
    #[arg(help = say("結果のフォルダー（`kyoten run --out` が書いたもの）", "A run folder, which `kyoten run --out` wrote"))]
    run: PathBuf,
    #[arg(long, value_name = "FILE", required_unless_present_any = ["svg", "pdf"], help = say(
        "地図をこのPNGファイルに書く", "Write the map to this PNG file"))]
    png: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = say("地図をこのSVGファイルに書く", "Write the map to this SVG file"))]
    svg: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = say(
        "地図をこのPDFファイルに書く（文字を検索・コピーできる）",
        "Write the map to this PDF file, whose text can be searched and copied"))]
    pdf: Option<PathBuf>,
    #[arg(long, value_name = "WHAT", num_args = 1.., requires = "pdf", conflicts_with_all = ["png", "svg"], help = say(
        "1か所1枚の地図帳にする: zones（すべての候補区域）、zones ID…、parcels ID…",
        "An atlas of a sheet each: zones (every candidate zone), zones ID…, parcels ID…"))]
    atlas: Vec<String>,
    #[arg(long, value_name = "ZONE", help = say(
        "どの区域の判定を描くか（ルールの区域のID。指定がなければ最初の区域）",
        "Whose statuses the parcels show: the id of a zone of the rules, the first of them unless said"))]
    zone: Option<String>,
    #[arg(long, value_name = "SIZE", default_value = Size::A3.name(), value_parser = size,
        help = format!("{}: {}", say("用紙", "The sheet"), sizes()))]
    size: Size,
    #[arg(long, help = say("縦長にする（凡例は地図の下）", "Upright, with the panel below the map"))]
    portrait: bool,
    #[arg(long, value_name = "N", default_value_t = DEFAULT_DPI, value_parser = dpi,
        help = format!("{} {}〜{}", say("PNGの解像度（dpi）", "Dots an inch of the PNG,"), DPI.start(), DPI.end()))]
    dpi: u16,
    #[arg(long, value_name = "LABELS", default_value = "both", value_parser = labels,
        help = format!("{}: {}{}", say("描く文字の言語", "Languages of what is drawn"), all_labels(),
            say("（both は日本語に小さな英語を添える）", "; both is Japanese with smaller English")))]
    labels: Lang,
    #[arg(long, help = say(
        "`kyoten site --out` で加えた敷地を描かない", "Leave out the sites that `kyoten site --out` has added"))]
    no_sites: bool,
    #[arg(long, value_name = "TEXT", help = say(
        "題名（指定がなければ、kyoten.toml の [map]、それもなければ事業名と区域）",
        "The title; else that of [map] in kyoten.toml, else the project's name and the zone"))]
    title: Option<String>,
    #[arg(long, value_name = "TEXT", help = say("副題", "A line below the title"))]
    subtitle: Option<String>,
    #[arg(long, value_name = "TEXT", help = say("作成者", "Who made the map"))]
    author: Option<String>,
    #[arg(long, value_name = "TEXT", help = say(
        "日付（書いたとおりに入る。時計は読まない）", "The date, as it is to stand there; no clock is read"))]
    date: Option<String>,
    #[arg(long, value_name = "TEXT", help = say("注記", "A note for readers of the map"))]
    note: Option<String>,
}

/// A word for a reader of the arguments.
fn said(text: &Text) -> String {
    text.get(lang()).to_owned()
}

fn sizes() -> String {
    Size::ALL.map(Size::name).join(", ")
}

fn size(name: &str) -> Result<Size, String> {
    let all = sizes();
    Size::named(name).ok_or_else(|| said(&text!("使えるのは {all} です。", "no such size; there are: {all}")))
}

fn dpi(given: &str) -> Result<u16, String> {
    let (least, most) = (DPI.start(), DPI.end());
    let number = given.parse().ok().filter(|number| DPI.contains(number));
    number.ok_or_else(|| said(&text!("{least}〜{most}の数を書いてください。", "write a number from {least} to {most}")))
}

fn all_labels() -> String {
    Lang::ALL.map(|(name, _)| name).join(", ")
}

fn labels(name: &str) -> Result<Lang, String> {
    let found = Lang::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, lang)| lang);
    let all = all_labels();
    found.ok_or_else(|| said(&text!("使えるのは {all} です。", "no such choice; there are: {all}")))
}

pub(super) fn map(arguments: &MapArguments, globals: &Globals) -> Result<u8, Failure> {
    let files = StillFiles {
        png: arguments.png.as_deref(),
        svg: arguments.svg.as_deref(),
        pdf: arguments.pdf.as_deref(),
        dpi: arguments.dpi,
    };
    let goals: Vec<&Path> = [files.png, files.svg, files.pdf].into_iter().flatten().collect();
    if goals.iter().enumerate().any(|(index, goal)| goals[..index].contains(goal)) {
        let message = Text::new(
            "--png、--svg、--pdf の2つが同じファイルです。",
            "two of --png, --svg and --pdf name the same file",
        );
        let help = Text::new("別々のファイルにしてください。", "give each a file of its own");
        return Err(Diagnostic::error("same-file-twice", message).help(help).into());
    }
    let atlas = atlas_of(&arguments.atlas)?;
    let bar = Bar::new(globals);
    bar.stage(&Stage::Read.name());
    if let (Some(of), Some(goal)) = (atlas, files.pdf) {
        return draw_atlas(arguments, &of, goal, &bar, globals);
    }
    let map = RunFolder::open(&arguments.run)
        .map_err(Failure::from)
        .and_then(|run| Ok(StillMap::of(&run, &wish(arguments))?));
    bar.stage(&Text::new("作図", "draw"));
    let written = map.and_then(|map| {
        map.write(&files).map_err(|error| not_written(&error))?;
        Ok(map)
    });
    bar.finish();
    let map = written?;
    if !globals.quiet {
        tell(&map, arguments).map_err(Failure::though_done)?;
    }
    Ok(DONE)
}

/// What an atlas is asked for.
fn atlas_of(words: &[String]) -> Result<Option<AtlasOf>, Failure> {
    let Some((what, ids)) = words.split_first() else { return Ok(None) };
    match (what.as_str(), ids) {
        ("zones", ids) => Ok(Some(AtlasOf::Zones(ids.to_vec()))),
        ("parcels", [_, ..]) => Ok(Some(AtlasOf::Parcels(ids.to_vec()))),
        _ => {
            let message = Text::new("--atlas の指定を読めません。", "--atlas is not understood");
            let help = Text::new(
                "`zones`、`zones ID…`、`parcels ID…` のどれかにしてください。",
                "write `zones`, `zones ID…` or `parcels ID…`",
            );
            Err(Diagnostic::error("no-such-atlas", message).help(help).into())
        }
    }
}

/// Draws and writes an atlas.
fn draw_atlas(
    arguments: &MapArguments,
    of: &AtlasOf,
    goal: &Path,
    bar: &Bar,
    globals: &Globals,
) -> Result<u8, Failure> {
    let drawn = RunFolder::open(&arguments.run).map_err(Failure::from).and_then(|run| {
        bar.stage(&Text::new("作図", "draw"));
        Ok(Atlas::of(&run, &wish(arguments), of)?)
    });
    let written = drawn.and_then(|atlas| {
        atlas.write(goal).map_err(|error| not_written(&error))?;
        Ok(atlas)
    });
    bar.finish();
    let atlas = written?;
    if !globals.quiet {
        let (file, sheets, size) = (goal.display(), atlas.sheets(), arguments.size.name());
        let told = print::out(said(&text!(
            "書き込みました: {file}（{size}、{sheets}枚）",
            "written: {file} ({size}, {sheets} sheet(s))"
        )));
        told.map_err(Failure::though_done)?;
        tell_lacks(&atlas.missing, atlas.left_out);
    }
    Ok(DONE)
}

fn wish(arguments: &MapArguments) -> Wish {
    let MapArguments { size, portrait, labels, no_sites, .. } = *arguments;
    // What is empty says that there is none, whatever the project file says.
    let words = SheetWords {
        title: arguments.title.clone(),
        subtitle: arguments.subtitle.clone(),
        author: arguments.author.clone(),
        date: arguments.date.clone(),
        note: arguments.note.clone(),
    };
    Wish { zone: arguments.zone.clone(), size, portrait, lang: labels, sites: !no_sites, words }
}

/// Says what was written, and on standard error what is not as it should be.
fn tell(map: &StillMap, arguments: &MapArguments) -> Result<(), Failure> {
    let sheet = format!("{}, 1:{}", arguments.size.name(), map.scale);
    if let Some(png) = &arguments.png {
        let ([width, height], file) = (map.pixels(arguments.dpi), png.display());
        print::out(said(&text!(
            "書き込みました: {file}（{sheet}、{width} × {height} ピクセル）",
            "written: {file} ({sheet}, {width} × {height} pixels)"
        )))?;
    }
    for file in [&arguments.svg, &arguments.pdf].into_iter().flatten() {
        let file = file.display();
        print::out(said(&text!("書き込みました: {file}（{sheet}）", "written: {file} ({sheet})")))?;
    }
    let none = BTreeSet::new();
    let is_drawn = arguments.png.is_some() || arguments.pdf.is_some();
    tell_lacks(if is_drawn { &map.missing } else { &none }, map.left_out);
    Ok(())
}

/// Says on standard error which characters the font lacks, and how much found no room.
fn tell_lacks(missing: &BTreeSet<char>, left_out: usize) {
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign))).collect();
        let missing = missing.join(", ");
        print::aside(said(&text!(
            "注意: 次の文字はフォントにないため、〓で描きました: {missing}\n    SVG（--svg）なら元の文字のまま残ります。",
            "warning: drawn as 〓, for the font has no such character: {missing}\n    an SVG holds them as they are (--svg)"
        )));
    }
    if left_out > 0 {
        print::aside(said(&text!(
            "注意: 資料の欄に入りきらない内容が{left_out}行あります。\n    用紙を大きくする（--size）か、言語を1つにしてください（--labels ja）。",
            "warning: the panel has no room for {left_out} line(s) of its sources\n    take a larger one (--size), or one language (--labels ja)"
        )));
    }
}
