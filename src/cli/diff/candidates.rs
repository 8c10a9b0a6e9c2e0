//! What became of the candidate zones, in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::words::{member, some_of, value};
use crate::criteria::Zone;
use crate::outputs::thousands;
use crate::queries::{CandidateChange, CandidateZone, CandidatesDiff, Diff};
use crate::text::{Lang, Text};
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// So many zones are named; `--json` names all.
const ZONES: usize = 20;

/// The zones that appeared, vanished and changed, those with most land that is not the same first.
pub(super) fn candidates(text: &mut String, diff: &Diff, lang: Lang) {
    zones_compared(text, diff, lang);
    let Some(CandidatesDiff { changes, unchanged }) = &diff.candidates else { return line!(text) };
    if changes.is_empty() {
        let unchanged = thousands(*unchanged as u64);
        let none = text!(
            "変わった候補区域はありません（{unchanged}か所）。",
            "no candidate zone changed ({unchanged} of them)"
        );
        line!(text, "{}\n", none.get(lang));
        return;
    }
    let mut ranked: Vec<&CandidateChange> = changes.iter().collect();
    ranked.sort_by(|one, other| other.differs().0.total_cmp(&one.differs().0));
    line!(text, "{}", Text::new("候補区域（違う面積の順）", "candidate zones, by hectares that differ").get(lang));
    counts(text, changes, lang);
    for change in ranked.iter().take(ZONES) {
        zone(text, change, lang);
    }
    if ranked.len() > ZONES {
        let more = thousands((ranked.len() - ZONES) as u64);
        let told = text!("  … ほか{more}か所（--json で全部）", "  … and {more} more (--json names all)");
        line!(text, "{}", told.get(lang));
    }
    if *unchanged > 0 {
        let unchanged = thousands(*unchanged as u64);
        let told = text!("変わらない候補区域：{unchanged}か所", "candidate zones that are the same: {unchanged}");
        line!(text, "{}", told.get(lang));
    }
    line!(text);
}

/// Whether candidate zones could be compared.
pub(super) fn zones_compared(text: &mut String, diff: &Diff, lang: Lang) {
    let without: Vec<&str> =
        ["A", "B"].into_iter().zip(&diff.runs).filter(|(_, run)| !run.has_zones).map(|(letter, _)| letter).collect();
    if !without.is_empty() {
        let (ja, en) = (without.join(" と "), without.join(" and "));
        let told = Text {
            ja: format!("候補区域は比べていません（{ja} に zones.geojson がありません）。").into(),
            en: format!("candidate zones are not compared: no zones.geojson in {en}").into(),
        };
        line!(text, "{}", told.get(lang));
    }
}

fn zone(text: &mut String, change: &CandidateChange, lang: Lang) {
    let told = match (&change.before, &change.after) {
        (Some(before), Some(after)) => return changed(text, change, [before, after], lang),
        (None, Some(after)) => came_or_went(after, change.within.as_deref(), true),
        (Some(before), None) => came_or_went(before, change.within.as_deref(), false),
        (None, None) => return,
    };
    line!(text, "{}", told.get(lang));
}

/// One that only one run has.
fn came_or_went(zone: &CandidateZone, within: Option<&str>, came: bool) -> Text {
    let (id, status) = (&zone.id, status(zone.column("status")));
    let (area, parcels) = (hectares_of(zone.column("area_ha")), value(zone.column("parcels")));
    let what =
        if came { Text::new("新たに現れた", "appeared") } else { Text::new("なくなった", "vanished") };
    let place = match within {
        Some(other) if came => text!("、Aでは{other}の一部", ", part of {other} in A"),
        Some(other) => text!("、Bでは{other}の一部", ", part of {other} in B"),
        None => Text::same(""),
    };
    let s = if zone.column("parcels").as_u64() == Some(1) { "" } else { "s" };
    let parcels = Text { ja: format!("{}筆", parcels.ja).into(), en: format!("{} parcel{s}", parcels.en).into() };
    text!(
        "  {id}：{what}（{status}、{area} ha、{parcels}{place}）",
        "  {id}: {what} ({status}, {area} ha, {parcels}{place})",
        what = what,
        status = status,
        area = area,
        parcels = parcels,
        place = place
    )
}

/// One that both have.
fn changed(text: &mut String, change: &CandidateChange, [before, after]: [&CandidateZone; 2], lang: Lang) {
    let (id, was) = (&after.id, &before.id);
    let name = if id == was { Text::from(id) } else { text!("{id}（Aでは{was}）", "{id} ({was} in A)") };
    let columns = Text::list(&columns(change));
    if change.differs().0 < 0.5 {
        let told = text!(
            "  {name}：範囲は同じ、{columns}",
            "  {name}: the same land, {columns}",
            name = name,
            columns = columns
        );
        return line!(text, "{}", told.get(lang));
    }
    let [less, more] = change.only;
    let sides = [("+", more), ("−", less)].into_iter().filter(|(_, area)| area.0 >= 0.5);
    let sides: Vec<Text> = sides.map(|(sign, area)| Text::from(format!("{sign}{}", hectares(area)))).collect();
    let (all, sides) = (hectares(change.differs()), Text::list(&sides));
    let told = text!(
        "  {name}：{all} haが違う（{sides}）",
        "  {name}: differs in {all} ha ({sides})",
        name = name,
        sides = sides
    );
    line!(text, "{}", told.get(lang));
    if !columns.en.is_empty() {
        line!(text, "    {}", columns.get(lang));
    }
}

/// Hectares to what a reader compares; less than a hundredth to the square metre.
fn hectares(area: SquareMetres) -> String {
    let hectares = area.hectares();
    if hectares > 0.0 && hectares < 0.01 { format!("{hectares:.4}") } else { format!("{hectares:.2}") }
}

/// Hectares as the file has them.
fn hectares_of(value: &Value) -> Text {
    value.as_f64().map_or_else(|| super::words::value(value), |number| Text::from(hectares(SquareMetres(number * 1e4))))
}

/// How many came, went and changed, zone by zone.
fn counts(text: &mut String, changes: &[CandidateChange], lang: Lang) {
    let mut zones: Vec<Zone> = Vec::new();
    for change in changes {
        if !zones.contains(&change.zone) {
            zones.push(change.zone);
        }
    }
    for zone in zones {
        let of_zone = || changes.iter().filter(|change| change.zone == zone);
        let came = of_zone().filter(|change| change.before.is_none()).count();
        let went = of_zone().filter(|change| change.after.is_none()).count();
        let other = of_zone().count() - came - went;
        let area = hectares(SquareMetres(of_zone().map(|change| change.differs().0).sum()));
        let told = text!(
            "  {name}：新たに現れた{came}、なくなった{went}、変わった{other}（違う面積の合計{area} ha）",
            "  {name}: {came} appeared, {went} vanished, {other} changed ({area} ha differ)",
            name = zone.name()
        );
        line!(text, "{}", told.get(lang));
    }
}

/// The columns that differ; the ends of a range as one.
fn columns(change: &CandidateChange) -> Vec<Text> {
    let find = |name: &str| change.columns.iter().find(|(column, ..)| *column == name);
    let end = |name: &str, zone: &Option<CandidateZone>| {
        zone.as_ref().map(|zone| zone.column(name).clone()).unwrap_or_default()
    };
    let mut told = Vec::new();
    for (name, was, is) in &change.columns {
        let stem = name.strip_suffix("_lo").or_else(|| name.strip_suffix("_hi"));
        told.push(match (*name, stem) {
            (name, Some(stem)) => {
                // Both ends are told at the first that differs.
                if name.ends_with("_hi") && find(&format!("{stem}_lo")).is_some() {
                    continue;
                }
                let [was, is] = [&change.before, &change.after]
                    .map(|zone| range(&end(&format!("{stem}_lo"), zone), &end(&format!("{stem}_hi"), zone), stem));
                turned(Some(member(stem)), &was, &is)
            }
            ("status", _) => turned(None, &status(was), &status(is)),
            ("meets_as_a_whole", _) => turned(Some(member(name)), &answer(was), &answer(is)),
            ("area_ha", _) => {
                let (was, is) = (hectares_of(was), hectares_of(is));
                text!("面積 {was} → {is} ha", "{was} → {is} ha", was = was, is = is)
            }
            ("stations" | "stops", _) => names(name, was, is),
            (name, _) => turned(Some(member(name)), &value(was), &value(is)),
        });
    }
    told
}

/// What was and what is, of what.
fn turned(of: Option<Text>, was: &Text, is: &Text) -> Text {
    let turned = was.joined(" → ", is);
    of.map_or_else(|| turned.clone(), |of| of.joined(" ", &turned))
}

/// The names that make a zone, which came and which went.
fn names(column: &str, was: &Value, is: &Value) -> Text {
    let of = |names: &Value| -> BTreeSet<String> {
        names.as_str().unwrap_or_default().split('、').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let (was, is) = (of(was), of(is));
    let part = |sign: &str, names: Vec<&String>| {
        Text::from(sign).joined("", &some_of(&names.into_iter().map(Text::from).collect::<Vec<_>>()))
    };
    let came: Vec<&String> = is.difference(&was).collect();
    let went: Vec<&String> = was.difference(&is).collect();
    let parts = [("+", came), ("−", went)].into_iter().filter(|(_, names)| !names.is_empty());
    let parts: Vec<Text> = parts.map(|(sign, names)| part(sign, names)).collect();
    let (column, parts) =
        (if column == "stops" { Text::new("根拠の停留所", "stops") } else { member(column) }, Text::list(&parts));
    text!("{column}（{parts}）", "{column} ({parts})", column = column, parts = parts)
}

/// A range as one number where its ends are; shares as percent.
fn range(lo: &Value, hi: &Value, stem: &str) -> Text {
    let word = |end: &Value| match end.as_f64() {
        Some(share) if stem == "public_land_ratio" => Text::from(format!("{:.2} %", share * 100.0)),
        Some(number) => Text::from((number * 100.0).round() / 100.0),
        None => Text::new("不明", "unknown"),
    };
    if lo == hi { word(lo) } else { text!("{lo}〜{hi}", "{lo}–{hi}", lo = word(lo), hi = word(hi)) }
}

fn status(word: &Value) -> Text {
    let known = Status::ALL.into_iter().find(|status| word.as_str() == Some(status.id()));
    known.map_or_else(|| value(word), Status::name)
}

fn answer(word: &Value) -> Text {
    match word.as_str() {
        Some("yes") => Text::new("満たす", "yes"),
        Some("no") => Text::new("満たさない", "no"),
        Some("undetermined") => Text::new("判定不能", "undetermined"),
        _ => value(word),
    }
}
