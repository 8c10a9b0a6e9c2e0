//! `kyoten inspect`: what a file holds and how kyoten reads it.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::reader::say;
use super::sheet::Sheet;
use super::wrap::pad;
use super::{DONE, Failure, print};
use crate::diagnostics::{Diagnostic, Severity};
use crate::discovery::{Inspection, ProblemSeen, inspect as inspect_file};
use crate::inputs::{InTurn, InputError, ReadOptions, expand_all, geometry_name};
use crate::outputs::thousands;
use crate::text::{Lang, Text};

/// So many features of a problem are named on a terminal; `--json` names all.
const SHOWN: usize = 20;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten inspect N02-23_GML.zip                every layer in an archive
  kyoten inspect 'downloads/*.shp' --json      for programs (docs/schemas/inspect.schema.json)
  kyoten inspect parcels.geojson --crs EPSG:6676  as it would be read with `crs = \"EPSG:6676\"`";

const EXAMPLES_JA: &str = "\
例:
  kyoten inspect N02-23_GML.zip                書庫（ZIP）の中のレイヤーすべて
  kyoten inspect 'downloads/*.shp' --json      プログラム用（docs/schemas/inspect.schema.json）
  kyoten inspect parcels.geojson --crs EPSG:6676  この座標参照系で読んだとき";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct InspectArguments {
    #[arg(required = true, value_name = "FILE", help = say(
        "ファイル、パターン、書庫（中のレイヤーをそれぞれ見る）", "Files, patterns, and archives (each layer in them)"))]
    files: Vec<String>,
    #[arg(long, value_name = "CRS", help = say(
        "ファイルに何と書いてあっても、この座標参照系で読む", "Read them in this coordinate reference system, whatever they say"))]
    crs: Option<String>,
    #[arg(long, value_name = "ENCODING", help = say("この文字コードで読む", "Read their text in this encoding"))]
    encoding: Option<String>,
    #[arg(long, value_name = "NAME", help = say(
        "レイヤーが複数あるファイルの、どのレイヤーか", "The layer within a file that holds several"))]
    layer: Option<String>,
    #[arg(long, help = say("JSONで表示する（1ファイルが1つのオブジェクト）", "Print JSON: a list with one object a file"))]
    pub(super) json: bool,
}

pub(super) fn inspect(arguments: &InspectArguments) -> Result<u8, Failure> {
    let InspectArguments { files, crs, encoding, layer, json } = arguments;
    let options =
        ReadOptions { crs: crs.clone(), encoding: encoding.clone(), layer: layer.clone(), ..ReadOptions::default() };
    let paths = expand_all(Path::new("."), files)?;
    let mut in_turn = InTurn::default();
    let found: Result<Vec<Inspection>, InputError> =
        paths.iter().map(|path| inspect_file(&mut in_turn, path, &options)).collect();
    let found = found?;
    if *json {
        print::out(json_of(&found)?)?;
    } else {
        let texts: Vec<String> = found.iter().map(text).collect();
        print::out(texts.join("\n\n"))?;
    }
    Ok(DONE)
}

/// What a command has to say, for programs.
pub(super) fn json_of(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| {
        let message = Text {
            ja: "JSONとして書き出せません。".into(),
            en: format!("cannot be written as JSON ({error})").into(),
        };
        Diagnostic::error("not-json", message).into()
    })
}

/// The format that has sheets.
const WORKBOOK: &str = "workbook";
/// Places for the name of what is said, and of a field.
const LABEL: usize = 14;
const FIELD: usize = 28;

fn text(found: &Inspection) -> String {
    let mut sheet = Sheet::new();
    sheet.raw(&found.path);
    let mut line = |label: Text, text: Text| {
        let lang = sheet.lang;
        sheet.row(&format!("  {}", label.get(lang)), LABEL, text.get(lang));
    };
    line(Text::new("レイヤー", "taken for"), taken_for(found));
    let format = Text { ja: found.format_ja.into(), en: found.format.into() };
    line(
        Text::new("形式", "format"),
        match both((&found.encoding, &found.encoding_ja)) {
            // Of a workbook that is the sheet.
            Some(sheet) if found.format == WORKBOOK => {
                text!("{format}、{sheet}", "{format}, {sheet}", format = format, sheet = sheet)
            }
            Some(encoding) => text!(
                "{format}、文字コード {encoding}",
                "{format}, text in {encoding}",
                format = format,
                encoding = encoding
            ),
            None => format,
        },
    );
    line(Text::new("座標参照系", "CRS"), crs(found));
    let kinds: Vec<Text> = found
        .geometries
        .iter()
        .map(|(kind, count)| {
            let count = thousands(*count);
            text!("{kind} {count}件", "{count} {kind}", kind = geometry_name(kind))
        })
        .collect();
    let features = thousands(found.features as u64);
    line(
        Text::new("地物", "features"),
        if kinds.is_empty() {
            text!("{features}件", "{features}")
        } else {
            text!("{features}件（{kinds}）", "{features} ({kinds})", kinds = Text::list(&kinds))
        },
    );
    if let Some([west, south, east, north]) = found.extent_lon_lat {
        line(
            Text::new("範囲", "extent"),
            text!(
                "東経 {west:.5}〜{east:.5}°、北緯 {south:.5}〜{north:.5}°",
                "{west:.5}–{east:.5}° E, {south:.5}–{north:.5}° N"
            ),
        );
    } else if let Some([west, south, east, north]) = found.extent {
        line(
            Text::new("範囲", "extent"),
            text!("x {west}〜{east}、y {south}〜{north}", "x {west} to {east}, y {south} to {north}"),
        );
    }
    line(Text::same("SHA-256"), Text::from(&found.sha256));
    line(Text::new("属性", "fields"), Text::from(found.fields.len()));
    fields(&mut sheet, found);
    found.problems.iter().for_each(|problem| problem_of(&mut sheet, problem));
    sheet.finish()
}

fn taken_for(found: &Inspection) -> Text {
    let Some(known) = &found.taken_for else {
        return Text::new(
            "見分けられません。kyoten.toml に書いてください。",
            "nothing that is known: name it in kyoten.toml",
        );
    };
    let layer = known.layer.map_or(Text::new("使いません", "no layer"), |layer| Text::from(format!("`{layer}`")));
    let by = match known.by {
        "fields" => Text::new("属性から", "by its fields"),
        "head" => Text::new("先頭の行から", "by its first lines"),
        _ => Text::new("名前から", "by its name"),
    };
    let title = Text { ja: known.title_ja.into(), en: known.title.into() };
    let text = text!("{layer}: {title}（{by}）", "{layer}: {title} ({by})", layer = layer, title = title, by = by);
    match known.note.zip(known.note_ja) {
        Some((en, ja)) => {
            let note = Text { ja: ja.into(), en: en.into() };
            text!("{text}。{note}", "{text}; {note}", text = text, note = note)
        }
        None => text,
    }
}

fn crs(found: &Inspection) -> Text {
    let crs = &found.crs;
    let [name, place, note] =
        [(&crs.name, &crs.name_ja), (&crs.found_in, &crs.found_in_ja), (&crs.note, &crs.note_ja)].map(both);
    let text = match (name, place) {
        (Some(name), Some(place)) => text!("{name}（{place}）", "{name} ({place})", name = name, place = place),
        (None, Some(place)) => text!("解釈できません（{place}）", "not understood ({place})", place = place),
        _ if found.extent.is_some() => Text::new("不明", "not known"),
        _ => Text::new("なし（座標がない）", "none: no coordinates"),
    };
    match note {
        Some(note) => text!("{text}。{note}", "{text}; {note}", text = text, note = note),
        None => text,
    }
}

/// What stands in two fields, one a language.
fn both((en, ja): (&Option<String>, &Option<String>)) -> Option<Text> {
    let en = en.clone()?;
    Some(Text { ja: ja.clone().unwrap_or_else(|| en.clone()).into(), en: en.into() })
}

fn fields(sheet: &mut Sheet, found: &Inspection) {
    for field in &found.fields {
        let label = field.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
        let role = field.role.map(|role| format!(" → {role}")).unwrap_or_default();
        let filled = thousands(field.filled);
        let examples = field.examples.join(" | ").replace(['\n', '\r'], " ");
        let name = pad(&format!("{}{label}{role}", field.name), FIELD);
        sheet.raw(&format!("    {name}{filled:>9}  {examples}"));
    }
}

fn problem_of(sheet: &mut Sheet, problem: &ProblemSeen) {
    let severity = Severity::of_word(problem.severity).unwrap_or(Severity::Info).name();
    let (count, what, what_ja) = (thousands(problem.count), problem.what, problem.what_ja.trim_end_matches('。'));
    sheet.say(
        2,
        &Text {
            ja: format!("{}: {what_ja}（{count}件）", severity.ja).into(),
            en: format!("{}: {count} {what}", severity.en).into(),
        },
    );
    let (all, between) = match sheet.lang {
        Lang::Ja => (&problem.features_ja, "、"),
        Lang::En => (&problem.features, "; "),
    };
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(between);
    let more = all.len().saturating_sub(SHOWN);
    sheet.say(
        4,
        &if more > 0 {
            text!("{shown}、ほか{more}件（--json ですべて）", "{shown}; and {more} more (--json names all)")
        } else {
            Text::from(shown)
        },
    );
    if !problem.advice.is_empty() {
        sheet.say(4, &Text { ja: problem.advice_ja.into(), en: problem.advice.into() });
    }
}
