//! `kyoten map`: a still map of a finished run, for papers and print.

use std::path::PathBuf;

use clap::Args;

use super::failure::not_written;
use super::progress::Bar;
use super::reader::{Globals, lang, say};
use super::{DONE, Failure, print};
use crate::diagnostics::Diagnostic;
use crate::maps::still::{DPI, Lang, Size, StillMap, Wish};
use crate::pipeline::{Progress as _, Stage};
use crate::runs::RunFolder;
use crate::text::Text;

/// Dots an inch unless `--dpi` says otherwise: enough for a printed A3.
const DEFAULT_DPI: u16 = 200;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten map kyoten-out --png map.png                         central zone, A3 landscape, 200 dpi
  kyoten map kyoten-out --svg map.svg --zone senior --size A2  to be edited: text stays text
  kyoten map kyoten-out --png a4.png --size A4 --portrait --labels ja

Exit status: 0 done; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten map kyoten-out --png map.png                         A3横、200dpi
  kyoten map kyoten-out --svg map.svg --zone senior --size A2  文字を編集できる
  kyoten map kyoten-out --png a4.png --size A4 --portrait --labels ja

終了コード: 0 完了。2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct MapArguments {
    #[arg(help = say("結果のフォルダー（`kyoten run --out` が書いたもの）", "A run folder, which `kyoten run --out` wrote"))]
    run: PathBuf,
    #[arg(long, value_name = "FILE", required_unless_present = "svg", help = say(
        "地図をこのPNGファイルに書く", "Write the map to this PNG file"))]
    png: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = say("地図をこのSVGファイルに書く", "Write the map to this SVG file"))]
    svg: Option<PathBuf>,
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
    let (png, svg) = (arguments.png.as_deref(), arguments.svg.as_deref());
    if png.is_some() && png == svg {
        let message = Text::new("--png と --svg が同じファイルです。", "--png and --svg name the same file");
        let help = Text::new("別々のファイルにしてください。", "give each a file of its own");
        return Err(Diagnostic::error("same-file-twice", message).help(help).into());
    }
    let bar = Bar::new(globals);
    bar.stage(&Stage::Read.name());
    let map = RunFolder::open(&arguments.run).map_err(Failure::from).and_then(|run| {
        let MapArguments { size, portrait, labels, .. } = *arguments;
        let zone = arguments.zone.clone();
        Ok(StillMap::of(&run, &Wish { zone, size, portrait, lang: labels, sites: !arguments.no_sites })?)
    });
    bar.stage(&Text::new("作図", "draw"));
    let written = map.and_then(|map| {
        map.write(png, svg, arguments.dpi).map_err(|error| not_written(&error))?;
        Ok(map)
    });
    bar.finish();
    let map = written?;
    if !globals.quiet {
        tell(&map, arguments).map_err(Failure::though_done)?;
    }
    Ok(DONE)
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
        if !map.missing.is_empty() {
            let missing: Vec<String> =
                map.missing.iter().map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign))).collect();
            let missing = missing.join(", ");
            print::aside(said(&text!(
                "注意: 次の文字はフォントにないため、〓で描きました: {missing}\n    SVG（--svg）なら元の文字のまま残ります。",
                "warning: drawn as 〓, for the font has no such character: {missing}\n    an SVG holds them as they are (--svg)"
            )));
        }
    }
    if let Some(svg) = &arguments.svg {
        let file = svg.display();
        print::out(said(&text!("書き込みました: {file}（{sheet}）", "written: {file} ({sheet})")))?;
    }
    if map.left_out > 0 {
        let lines = map.left_out;
        print::aside(said(&text!(
            "注意: 資料の欄に入りきらない内容が{lines}行あります。\n    用紙を大きくする（--size）か、言語を1つにしてください（--labels ja）。",
            "warning: the panel has no room for {lines} line(s) of its sources\n    take a larger one (--size), or one language (--labels ja)"
        )));
    }
    Ok(())
}
