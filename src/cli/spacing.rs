//! `kyoten spacing`: which facilities of one kind stand too close to one another?

use clap::Args;

use super::reader::{Globals, say};
use super::sheet::Sheet;
use super::usage::number;
use super::{ATTENTION, DONE, Failure, notices, print};
use crate::criteria::Rules;
use crate::diagnostics::Diagnostic;
use crate::inputs::ReadOptions;
use crate::layers::LayerSpec;
use crate::outputs::thousands;
use crate::pipeline::{self, SpacingOptions, SpacingReport};
use crate::queries::spacing_document;
use crate::text::Text;
use crate::units::Metres;

/// So many pairs are named; `--json` and `--verbose` name all.
const SHOWN: usize = 40;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten spacing facilities.csv                       pairs of one kind closer than 700 m
  kyoten spacing P14-21_22.geojson --kind 老人福祉センター  of one kind
  kyoten spacing list.xlsx --kind-column 区分 --min 500  the column of the kinds, another distance
  kyoten spacing centres.shp --one-kind               all of the file are of one kind
  kyoten spacing facilities.csv --json                for programs (docs/schemas/spacing.schema.json)

Exit status: 0 no two are too close; 1 two are, or nobody knows (a kind or a place is missing);
2 not done.";

const EXAMPLES_JA: &str = "\
例:
  kyoten spacing facilities.csv                       700 mより近い同種の施設の組
  kyoten spacing P14-21_22.geojson --kind 老人福祉センター  1つの種類だけ
  kyoten spacing list.xlsx --kind-column 区分 --min 500  種類の列と距離を指定する
  kyoten spacing centres.shp --one-kind               ファイルの施設がすべて同じ種類のとき
  kyoten spacing facilities.csv --json                形式は docs/schemas/spacing.schema.json

終了コード: 0 近すぎる組はない。1 近すぎる組があるか、分からない（種類や位置の不明な施設がある）。
2 実行していない。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct SpacingArguments {
    #[arg(required = true, value_name = "FACILITIES", help = say(
        "施設のファイル、パターン、書庫（点やポリゴン、または座標の列のある表）",
        "Files of facilities, patterns, archives: points, polygons, or tables with coordinates"))]
    files: Vec<String>,
    #[arg(long, value_name = "METRES", value_parser = number::<f64>, help = say(
        "この距離（m）より近ければ近すぎるとする（指定がなければ事業の要件の700 m）",
        "Closer than so many metres is too close; 700 unless said, as the programme asks"))]
    min: Option<f64>,
    #[arg(long, value_name = "KIND", help = say("この種類の施設だけを見る", "Look at facilities of this kind alone"))]
    kind: Option<String>,
    #[arg(long, conflicts_with_all = ["kind", "kind_column"], help = say(
        "ファイルの施設をすべて同じ種類とみなす", "Take all facilities of the files for one kind"))]
    one_kind: bool,
    #[arg(long, value_name = "COLUMN", help = say("施設の名称の列", "The column of their names"))]
    name: Option<String>,
    #[arg(long, value_name = "COLUMN", help = say("施設の種類の列", "The column of their kinds"))]
    kind_column: Option<String>,
    #[arg(long = "where", value_name = "COLUMN=VALUE", help = say(
        "この列がこの値の行だけを読む（何度でも指定できる）", "Only features whose column has this value; may be given several times"))]
    filter: Vec<String>,
    #[arg(long, value_name = "CRS", help = say(
        "ファイルの座標参照系（例: EPSG:6676）", "Their coordinate reference system, such as EPSG:6676"))]
    crs: Option<String>,
    #[arg(long, value_name = "NAME", help = say("ファイルの文字コード（例: cp932）", "Their encoding, such as cp932"))]
    encoding: Option<String>,
    #[arg(long, value_name = "NAME", help = say(
        "ファイルの中のレイヤー名", "The layer inside a file that holds several"))]
    layer: Option<String>,
    #[arg(long, help = say("要約の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of the summary"))]
    pub(super) json: bool,
}

pub(super) fn spacing(arguments: &SpacingArguments, globals: &Globals) -> Result<u8, Failure> {
    let closest = arguments.min.map_or_else(|| Rules::default().spacing(), Metres);
    if !(closest.0 > 0.0 && closest.0.is_finite()) {
        let message = Text::new("0より大きい距離（m）が必要です。", "it needs a distance of more than 0 m");
        return Err(Diagnostic::error("spacing-min", message).at("--min").into());
    }
    let options = SpacingOptions {
        spec: spec(arguments)?,
        closest,
        kind: arguments.kind.clone(),
        is_one_kind: arguments.one_kind,
    };
    let report = pipeline::spacing(&options)?;
    if arguments.json {
        print::out(format_args!("{:#}", spacing_document(&report.facts, &report.from_plane)))?;
    } else if !globals.quiet {
        print::out(text(&report, arguments, globals.verbose))?;
    }
    notices::tell(&report.notices, globals);
    Ok(if report.facts.is_clear() { DONE } else { ATTENTION })
}

fn spec(arguments: &SpacingArguments) -> Result<LayerSpec, Failure> {
    let SpacingArguments { crs, encoding, layer, .. } = arguments;
    let read =
        ReadOptions { crs: crs.clone(), encoding: encoding.clone(), layer: layer.clone(), ..ReadOptions::default() };
    let named = [("name", &arguments.name), ("kind", &arguments.kind_column)];
    let fields = named.into_iter().filter_map(|(role, column)| Some((role, column.clone()?))).collect();
    let mut filter: Vec<(String, Vec<String>)> = Vec::new();
    for one in &arguments.filter {
        let Some((column, value)) = one.split_once('=') else {
            let message = text!("「{one}」に「=」がありません。", "“{one}” has no “=”");
            let help = Text::new("`列=値` と書いてください。", "write `COLUMN=VALUE`");
            return Err(Diagnostic::error("spacing-where", message).at("--where").help(help).into());
        };
        match filter.iter_mut().find(|(known, _)| known == column) {
            Some((_, values)) => values.push(value.to_owned()),
            None => filter.push((column.to_owned(), vec![value.to_owned()])),
        }
    }
    Ok(LayerSpec { paths: arguments.files.clone(), read, fields, filter, ..LayerSpec::default() })
}

fn text(report: &SpacingReport, arguments: &SpacingArguments, everything: bool) -> String {
    let mut sheet = Sheet::new();
    let facts = &report.facts;
    let (files, count) = (arguments.files.join(", "), thousands(facts.facilities.len() as u64));
    let plane = report.plane.title();
    sheet.say(0, &text!("{files}: 施設{count}件、{plane}", "{files}: {count} facilities, {plane}", plane = plane));
    if !arguments.one_kind {
        let kinds: Vec<Text> =
            facts.kinds().into_iter().map(|(kind, count)| Text::from(format!("{kind} {count}"))).collect();
        sheet.say(0, &text!("種類: {kinds}", "kinds: {kinds}", kinds = Text::list(&kinds)));
    }
    let min = facts.closest.0;
    pairs(
        &mut sheet,
        report,
        &facts.pairs,
        everything,
        &match facts.pairs.len() {
            0 => text!(
                "{min} mより近い同種の施設はありません。",
                "no two of one kind are known to stand closer than {min} m"
            ),
            found => text!("{min} mより近い同種の施設: {found}組", "pairs of one kind closer than {min} m: {found}"),
        },
    );
    if !facts.open.is_empty() {
        let found = facts.open.len();
        let title = text!(
            "種類の分からない施設を含み、同種かもしれない組: {found}組",
            "pairs as close that may be of one kind, since a kind is not known: {found}"
        );
        pairs(&mut sheet, report, &facts.open, everything, &title);
    }
    if facts.without_place > 0 {
        let lost = facts.without_place;
        sheet.blank();
        sheet.say(
            0,
            &text!(
                "位置の分からない施設が{lost}件あります。どの施設の近くにあってもおかしくありません。",
                "{lost} facility(ies) have no place that is known, and may stand near any"
            ),
        );
    }
    sheet.finish()
}

fn pairs(sheet: &mut Sheet, report: &SpacingReport, found: &[(usize, usize, Metres)], everything: bool, title: &Text) {
    sheet.blank();
    sheet.heading(title);
    let mut nearest = found.to_vec();
    nearest.sort_by(|one, other| one.2.0.total_cmp(&other.2.0));
    let shown = if everything { nearest.len() } else { SHOWN };
    for &(a, b, Metres(metres)) in nearest.iter().take(shown) {
        let [one, other] = [a, b].map(|at| {
            let facility = &report.facts.facilities[at];
            let number = facility.number;
            if let Some(name) = &facility.name {
                Text::from(name.replace('\n', " "))
            } else {
                text!("{number}番目の施設", "facility {number}")
            }
        });
        let kinds = report.facts.shared(a, b).join("、");
        let kinds =
            if kinds.is_empty() || kinds == "*" { Text::same("") } else { text!("（{kinds}）", " ({kinds})") };
        let told = one.joined(" — ", &other).joined("", &kinds);
        let lang = sheet.lang;
        sheet.row(&format!("  {metres:>8.3} m"), 14, told.get(lang));
    }
    let more = found.len().saturating_sub(shown);
    if more > 0 {
        sheet.say(
            2,
            &text!("ほか{more}組（--verbose か --json ですべて）", "and {more} more (--verbose or --json names all)"),
        );
    }
}
