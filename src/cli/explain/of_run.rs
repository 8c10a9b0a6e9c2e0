//! Of a run folder: what the columns of one parcel say, and that no layer is there to say more.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::super::sheet::{Sheet, status_style};
use super::super::{DONE, Failure, print};
use super::{is_meant, not_one, pretty};
use crate::criteria::Measure;
use crate::queries::explain::{Ends, LandExplained, percent, rule_of};
use crate::runs::{RunFolder, RunParcel};
use crate::text::Text;
use crate::verdicts::Status;

/// What a run cannot say.
const NO_LAYERS: Text = Text::new(
    "結果のフォルダーにはレイヤーがないため、判定を変える最小の変更や、決め手になった地物の詳しいことは分かりません。プロジェクトファイルに対して `kyoten explain` を実行してください。",
    "A run folder holds no layers: the smallest change that would turn a verdict, and more of what decides it, are told of the project file (`kyoten explain PROJECT PARCEL`).",
);

pub(super) fn explain(folder: &Path, parcel: &str, as_json: bool) -> Result<u8, Failure> {
    let run = RunFolder::open(folder)?;
    let found = run.parcels_where(&|id, position| is_meant(parcel, id, position))?;
    let positions: Vec<usize> = found.parcels.iter().map(|one| one.position).collect();
    let [one] = found.parcels.as_slice() else {
        let mut none = not_one(parcel, &positions, &found.ids);
        if let Some(selection) = run.record.selection.as_ref().filter(|_| positions.is_empty()) {
            let (of, asked) = (selection.of, selection.asked());
            let said = text!(
                "この結果は、入力の{of}筆から選んだ筆だけのものです（{asked}）。",
                "the run is of a selection of the {of} parcels of its input: {asked}"
            );
            none.message = none.message.with(&said.ja, &format!("; {}", said.en));
        }
        return Err(none.into());
    };
    if as_json {
        print::out(pretty(&document(&run, one)))?;
    } else {
        print::out(text(&run, one))?;
    }
    Ok(DONE)
}

fn document(run: &RunFolder, one: &RunParcel) -> Value {
    let own: Map<String, Value> =
        run.columns().filter_map(|name| Some((name.clone(), one.cells.get(&name)?.clone()))).collect();
    json!({
        "parcel": one.id,
        "rules": run.rules.set.id,
        "membership": run.rules.thresholds.membership(),
        "columns": own,
        "cannot_say": { "ja": NO_LAYERS.ja, "en": NO_LAYERS.en },
    })
}

fn text(run: &RunFolder, one: &RunParcel) -> String {
    let mut sheet = Sheet::new();
    let (rules, id) = (&run.rules, &one.id);
    let area = one.number("area_m2").map(|area| text!("（{area} m²）", " ({area} m²)"));
    let area = area.unwrap_or_else(|| Text::from(""));
    sheet.heading(&text!("筆 {id}{area}", "parcel {id}{area}", area = area));
    let title = rules.set.title.clone();
    sheet.say(0, &text!("ルール: {title}", "rules: {title}", title = title));
    if let Some(land) = land(run, one) {
        sheet.say(0, &land.said());
    }
    for zone in rules.zones() {
        let Some(status) = Status::ALL.into_iter().find(|status| one.text(zone.id()) == Some(status.id())) else {
            continue;
        };
        sheet.blank();
        let style = status_style(status);
        let said = status.name().map(|word| format!("{style}{word}{style:#}"));
        let name = zone.name();
        let zone_id = zone.id();
        sheet.heading(&text!("{name}（{zone_id}）: {said}", "{name} ({zone_id}): {said}", name = name, said = said));
        if let Some(share) = share(one, zone.id()) {
            sheet.say(2, &text!("区域に入る筆の割合: {share}", "share of the parcel in it: {share}", share = share));
        }
        for criterion in rules.criteria(zone) {
            let (name, criterion_id) = (criterion.name.clone(), criterion.id);
            sheet.blank();
            sheet.say(2, &text!("{name}（{criterion_id}）", "{name} ({criterion_id})", name = name));
            sheet.say(4, &rule_of(criterion, rules));
            if let Some(share) = share(one, criterion.column) {
                sheet.say(4, &text!("割合: {share}", "share: {share}", share = share));
            }
            for Measure { column, threshold, .. } in criterion.measures() {
                let number = measured(one, column);
                let needed = rules.thresholds.get(threshold).unwrap_or_default();
                if let Some(number) = number {
                    let place = column.strip_suffix("_m").and_then(|stem| one.text(stem));
                    let is_far = one.number(column).is_some_and(|metres| metres > rules.named_within());
                    let place = match place {
                        Some(_) if is_far => {
                            let km = (rules.named_within() / 100.0).round() / 10.0;
                            text!("、{km} km以内になし", ", none within {km} km")
                        }
                        Some(place) => text!("、{place}", ", {place}"),
                        None => Text::from(""),
                    };
                    sheet.say(
                        4,
                        &text!(
                            "列 {column}: {number}{place}（基準値 {needed}）",
                            "column {column}: {number}{place} ({needed} are asked for)",
                            number = number,
                            place = place
                        ),
                    );
                }
            }
        }
    }
    sheet.blank();
    sheet.say(0, &NO_LAYERS);
    sheet.finish()
}

/// How the land is used, where the run has columns of that.
fn land(run: &RunFolder, one: &RunParcel) -> Option<LandExplained> {
    one.cells.get("unused_land")?;
    let ends = |stem: &str| {
        let [lo, hi] = ["lo", "hi"].map(|end| one.number(&format!("{stem}_{end}")));
        Ends { lo, hi }
    };
    let columns = ["floor_area_ratio", "designated_floor_area_ratio", "fill_rate"];
    Some(LandExplained::by(columns.map(ends), run.rules.set.unused_land?))
}

/// A share as its columns have it.
fn share(one: &RunParcel, stem: &str) -> Option<Text> {
    let [lo, hi] = ["lo", "hi"].map(|end| one.number(&format!("{stem}_{end}")));
    let (lo, hi) = (percent(lo?), percent(hi?));
    Some(if lo == hi {
        Text::from(lo)
    } else {
        text!("確実なのは{lo}、最大{hi}", "{lo} for certain, {hi} at most")
    })
}

/// A measure, or both ends of one.
fn measured(one: &RunParcel, column: &str) -> Option<Text> {
    if let Some(number) = one.number(column) {
        return Some(Text::from(number));
    }
    let [lo, hi] = ["lo", "hi"].map(|end| one.number(&format!("{column}_{end}")));
    let (lo, hi) = (lo?, hi?);
    Some(if lo == hi { Text::from(lo) } else { text!("{lo}〜{hi}", "{lo} to {hi}") })
}
