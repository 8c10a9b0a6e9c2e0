//! What `kyoten diff` prints: counts and hectares by zone, what changed with them, the stops, what else differs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::cli::wrap::{labelled, pad, pad_left};
use crate::layers::StopKind;
use crate::outputs::thousands;
use crate::queries::{Amount, BlamedBy, Diff, DiffRun, Difference, StopAmounts, StopDiff, ZoneDiff};
use crate::text::{Lang, Text};
use crate::units::SquareMetres;

/// The widths of the columns of labels and of numbers, in places of the terminal.
const LABEL: usize = 18;
const CELLS: [usize; 4] = [15, 15, 16, 16];

/// The places before the numbers of a change.
const CHANGE: usize = 58;

/// So many stops and so many ids are named; `--json` names all.
const STOPS: usize = 20;
const IDS: usize = 5;

/// What became of parcels, as headings and before amounts.
const GAINED: Text = Text::new("増えた該当", "gained");
const LOST: Text = Text::new("減った該当", "lost");
const NET: Text = Text::new("差引", "net");
const OTHER: Text = Text::new("該当以外の変化", "between others");

/// The summary.
pub(super) fn text(diff: &Diff, lang: Lang) -> String {
    let mut text = String::new();
    runs(&mut text, diff, lang);
    if diff.is_empty() {
        const SAME: Text = Text::new(
            "違いはありません。筆、判定、面積の割合、ルール、入力がすべて同じです。",
            "nothing differs: the same parcels, statuses, shares, rules and inputs",
        );
        line!(text, "{}", SAME.get(lang));
        stops_compared(&mut text, diff, lang);
        return text;
    }
    table(&mut text, diff, lang);
    changes(&mut text, diff, lang);
    stops(&mut text, diff, lang);
    differences(&mut text, &diff.differences, lang);
    text
}

fn runs(text: &mut String, diff: &Diff, lang: Lang) {
    for (letter, run) in ["A", "B"].into_iter().zip(&diff.runs) {
        let DiffRun { folder, name, version, parcels, .. } = run;
        let (folder, parcels) = (folder.display(), count(*parcels));
        let about = text!(
            "{letter}: {folder} — {name}、{parcels}、kyoten {version}",
            "{letter}: {folder} — {name}, {parcels} (筆), kyoten {version}",
            parcels = parcels
        );
        line!(text, "{}", about.get(lang));
    }
    counted(text, &Text::new("両方にある筆（kyoten_id で突き合わせ）", "in both, by kyoten_id"), diff.matched, lang);
    for (letter, run) in ["A", "B"].into_iter().zip(&diff.runs) {
        if !run.alone.is_empty() {
            let alone = alone(run);
            line!(
                text,
                "{}",
                text!("{letter} だけにある筆：{alone}", "only in {letter}: {alone}", alone = alone).get(lang)
            );
        }
        if run.repeated_ids > 0 {
            let what = text!(
                "{letter} で kyoten_id が前の筆と同じため、並び順に突き合わせた筆",
                "in {letter}, with the kyoten_id of an earlier one, and matched in their order"
            );
            counted(text, &what, run.repeated_ids, lang);
        }
    }
    if diff.other_area > 0 {
        let what = Text::new("うち、面積の差が1%を超える筆", "of these with another area, by more than 1 %");
        counted(text, &what, diff.other_area, lang);
    }
    if diff.other_area * 2 > diff.matched {
        const DOUBT: Text = Text::new(
            "    同じ筆どうしか確かめてください。kyoten_id が並び順の番号だと、別の筆でも突き合わされます。",
            "    are they the same parcels? Ids that are positions match whatever stands there",
        );
        line!(text, "{}", DOUBT.get(lang));
    }
    if diff.shares_only > 0 {
        let what =
            Text::new("うち、判定は同じで面積の割合が違う筆", "of these with the same statuses and other shares");
        counted(text, &what, diff.shares_only, lang);
    }
    line!(text);
}

/// A line of so many parcels.
fn counted(text: &mut String, what: &Text, parcels: u64, lang: Lang) {
    let told = text!("{what}：{count}", "{what}: {count}", what = what.clone(), count = count(parcels));
    line!(text, "{}", told.get(lang));
}

fn alone(run: &DiffRun) -> Text {
    let area = SquareMetres(run.alone.iter().filter_map(|parcel| parcel.area_m2).sum());
    let ids: Vec<Text> = run.alone.iter().take(IDS).map(|parcel| Text::from(&parcel.id)).collect();
    let more = thousands((run.alone.len() - ids.len()) as u64);
    let mut told = Text::list(&ids);
    if ids.len() < run.alone.len() {
        told = told.with(&format!("、ほか{more}筆（--json で全部）"), &format!(" and {more} more (--json names all)"));
    }
    let amount = amount(Amount { parcels: run.alone.len() as u64, area });
    text!("{amount}：{told}", "{amount}: {told}", told = told)
}

/// `12 parcels`.
fn count(parcels: u64) -> Text {
    let (parcels, s) = (thousands(parcels), if parcels == 1 { "" } else { "s" });
    Text { ja: format!("{parcels}筆").into(), en: format!("{parcels} parcel{s}").into() }
}

/// `12 (0.40 ha)`.
fn amount(amount: Amount) -> String {
    format!("{} ({:.2} ha)", thousands(amount.parcels), amount.area.hectares())
}

/// What was gained less what was lost, with its sign.
fn net(zone: &ZoneDiff) -> String {
    let (gained, lost) = (zone.gained(), zone.lost());
    let sign = |less: bool, any: bool| match (less, any) {
        (true, _) => "−",
        (false, true) => "+",
        (false, false) => "",
    };
    let parcels = gained.parcels.abs_diff(lost.parcels);
    // To the digits that are printed, so that nothing is never written as less than nothing.
    let hectares = ((gained.area - lost.area).hectares() * 10.0).round() / 10.0;
    format!(
        "{}{} ({}{:.1})",
        sign(gained.parcels < lost.parcels, parcels > 0),
        thousands(parcels),
        sign(hectares < 0.0, hectares > 0.0),
        hectares.abs()
    )
}

fn table(text: &mut String, diff: &Diff, lang: Lang) {
    let row = |label: &str, cells: [String; 4]| {
        let cells: String = cells.iter().zip(CELLS).map(|(cell, width)| pad_left(cell, width)).collect();
        labelled(label, LABEL, &cells)
    };
    let label = Text::new("筆数（ha）", "parcels (ha)");
    let cell = |amount: Amount| format!("{} ({:.1})", thousands(amount.parcels), amount.area.hectares());
    line!(text, "{}", row(label.get(lang), [GAINED, LOST, NET, OTHER].map(|word| word.get(lang).to_owned())));
    for (zone, diff) in &diff.zones {
        let cells = [cell(diff.gained()), cell(diff.lost()), net(diff), cell(diff.other())];
        line!(text, "{}", row(zone.name().get(lang), cells));
    }
    line!(text);
}

/// From which status to which, and the criteria that changed with it.
fn changes(text: &mut String, diff: &Diff, lang: Lang) {
    let named = |id: &str| diff.set.criterion(id).map_or_else(|| Text::from(id), |criterion| criterion.name.clone());
    for (zone, diff) in diff.zones.iter().filter(|(_, diff)| !diff.changes.is_empty()) {
        line!(text, "{}", zone.name().get(lang));
        let mut row = |label: &str, of| line!(text, "{}{}", pad(label, CHANGE), pad_left(&amount(of), 80 - CHANGE));
        for ((from, to), of) in &diff.changes {
            let (old, new) = (from.name(), to.name());
            row(&format!("  {} → {}", old.get(lang), new.get(lang)), *of);
        }
        for (id, of) in &diff.criteria {
            let name = named(id).ja;
            match lang {
                Lang::Ja => row(&format!("    条件 {name}"), *of),
                Lang::En => row(&format!("    with {id}"), *of),
            }
        }
        if diff.without_criterion.parcels > 0 {
            let way = Text::new(
                "    どの条件も変わらず（見込みなど、ほかの違いによる）",
                "    with no criterion: an expectation, or what else differs",
            );
            row(way.get(lang), diff.without_criterion);
        }
    }
    if diff.changes.is_empty() {
        let none = Text::new("判定の変わった筆はありません。", "no parcel has another status");
        line!(text, "{}", none.get(lang));
    }
    line!(text);
}

fn stops(text: &mut String, diff: &Diff, lang: Lang) {
    stops_compared(text, diff, lang);
    let Some(stops) = &diff.stops else { return line!(text) };
    let did = stops.stops.iter().take_while(|stop| stop.parcels() > 0).count();
    if did > 0 {
        let heading = Text::new("原因となった停留所・駅（面積の順）", "stops that did it, by hectares gained and lost");
        line!(text, "{}", heading.get(lang));
        stops.stops[..did.min(STOPS)].iter().for_each(|one| stop(text, one, lang));
        if did > STOPS {
            let more = thousands((did - STOPS) as u64);
            let told = text!("  … ほか{more}か所（--json で全部）", "  … and {more} more stops (--json names all)");
            line!(text, "{}", told.get(lang));
        }
    }
    let idle = (stops.stops.len() - did) as u64;
    if idle > 0 {
        let idle = thousands(idle);
        let told = text!(
            "変わったが、判定には影響しなかった停留所・駅：{idle}か所",
            "stops that changed and changed no status: {idle}"
        );
        line!(text, "{}", told.get(lang));
    } else if did == 0 {
        line!(text, "{}", Text::new("変わった停留所・駅はありません。", "no stop changed").get(lang));
    }
    line!(text);
}

/// Whether stops could be compared, and how parcels were put down to them where that is not as usual.
fn stops_compared(text: &mut String, diff: &Diff, lang: Lang) {
    let without: Vec<&str> =
        ["A", "B"].into_iter().zip(&diff.runs).filter(|(_, run)| !run.has_stops).map(|(letter, _)| letter).collect();
    if !without.is_empty() {
        let (ja, en) = (without.join(" と "), without.join(" and "));
        let told = Text {
            ja: format!("停留所・駅は比べていません（{ja} に stops.geojson がありません）。").into(),
            en: format!("stops are not compared: no stops.geojson in {en}").into(),
        };
        line!(text, "{}", told.get(lang));
    }
    if diff.stops.as_ref().is_some_and(|stops| stops.by == BlamedBy::Columns && !diff.changes.is_empty()) {
        const BY_NAMES: Text = Text::new(
            "どちらの実行結果にも筆の形がないため、筆の列にある名称から停留所・駅を求めました。",
            "parcels are put down to stops by the names in their columns: neither run has their shapes",
        );
        line!(text, "{}", BY_NAMES.get(lang));
    }
}

fn stop(text: &mut String, stop: &StopDiff, lang: Lang) {
    let of = stop.change.stop();
    let (kind, name) = (kind(of.kind), of.name.as_ref().map_or(Text::new("（名称なし）", "(no name)"), Text::from));
    let what = Text::list(&stop.change.what());
    let told = text!("  {kind} {name}：{what}", "  {kind} {name}: {what}", kind = kind, name = name, what = what);
    line!(text, "{}", told.get(lang));
    for (zone, StopAmounts { gained, lost, other }) in &stop.zones {
        let parts = [(GAINED, *gained), (LOST, *lost), (OTHER, *other)].into_iter();
        let parts = parts.filter(|(_, of)| of.parcels > 0).map(|(word, of)| {
            let amount = format!(" {}", amount(of));
            word.with(&amount, &amount)
        });
        let parts: Vec<Text> = parts.collect();
        if !parts.is_empty() {
            line!(text, "    {}{}", pad(zone.name().get(lang), 26), Text::list(&parts).get(lang));
        }
    }
}

fn kind(kind: StopKind) -> Text {
    match kind {
        StopKind::Rail => Text::new("駅", "rail"),
        StopKind::Tram => Text::new("電停", "tram"),
        StopKind::Bus => Text::new("バス停", "bus"),
    }
}

fn differences(text: &mut String, differences: &[Difference], lang: Lang) {
    if differences.is_empty() {
        const NONE: Text = Text::new(
            "ほかに違いはありません。ルール、設定、入力は同じです。",
            "nothing else differs: the same rules, settings and inputs",
        );
        line!(text, "{}", NONE.get(lang));
        return;
    }
    line!(text, "{}", Text::new("ほかの違い", "what else differs").get(lang));
    for difference in differences {
        let Difference { group, from, to, .. } = difference;
        let is_files = *group == "inputs" && (from.is_array() || to.is_array());
        let values = if is_files { files(from, to) } else { values(from, to) };
        let told = text!("  {about}：{values}", "  {about}: {values}", about = difference.about(), values = values);
        line!(text, "{}", told.get(lang));
    }
}

/// What became of the files of an input.
fn files(from: &Value, to: &Value) -> Text {
    match (names(from), names(to)) {
        (None, Some(to)) => {
            text!("レイヤーを追加（{to}）", "the layer was added ({to})", to = Text::list(&to))
        }
        (Some(from), None) => {
            text!("レイヤーを削除（{from}）", "the layer was removed ({from})", from = Text::list(&from))
        }
        (from, to) => {
            let [from, to] = [from, to].map(Option::unwrap_or_default);
            let word = |names: &[Text]| if names.is_empty() { NOTHING } else { Text::list(names) };
            if from == to {
                text!("中身が違う（{files}）", "other contents ({files})", files = word(&from))
            } else {
                let (from, to) = (word(&from), word(&to));
                text!("別のファイル（{from} → {to}）", "other files ({from} → {to})", from = from, to = to)
            }
        }
    }
}

const NOTHING: Text = Text::new("なし", "none");

/// The names of files without the way to them; `None` where there is no such layer.
fn names(files: &Value) -> Option<Vec<Text>> {
    let path = |file: &Value| file["path"].as_str().unwrap_or_default().to_owned();
    let name = |path: String| Path::new(&path).file_name().map(|name| Text::from(name.display()));
    Some(files.as_array()?.iter().map(path).filter_map(name).collect())
}

/// What was and what is.
fn values(from: &Value, to: &Value) -> Text {
    let (mut from_words, mut to_words) = (value(from), value(to));
    if from_words.ja == to_words.ja {
        // What differs stands in none of the words.
        (from_words, to_words) = (Text::from(from), Text::from(to));
    }
    let written = |from: &str, to: &str| format!("{from} → {to}").into();
    Text { ja: written(&from_words.ja, &to_words.ja), en: written(&value(from).en, &value(to).en) }
}

/// A value in words.
fn value(value: &Value) -> Text {
    match value {
        Value::Null => NOTHING,
        Value::String(text) => Text::from(text),
        // 3.0 is 3 to people.
        Value::Number(number) => number.as_f64().map_or_else(|| Text::from(number), Text::from),
        Value::Array(list) if list.is_empty() => Text { ja: NOTHING.ja, en: value.to_string().into() },
        Value::Array(list) => {
            let words: Vec<String> = list.iter().map(in_a_word).collect();
            Text { ja: words.join("、").into(), en: value.to_string().into() }
        }
        other => Text::from(other),
    }
}

/// A member of a list: of a timetable its file and the day that was counted.
fn in_a_word(member: &Value) -> String {
    match (member["path"].as_str(), member["service_day"].as_str()) {
        (Some(path), Some(day)) => format!("{path}（{day}）"),
        _ => value(member).ja.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::english_in;

    #[test]
    fn files_are_told_in_both_languages() {
        let file = |name: &str| json!([{ "path": format!("city/{name}"), "sha256": "" }]);
        let told = |from: &Value, to: &Value| {
            let Text { ja, en } = files(from, to);
            format!("{ja} / {en}")
        };
        let (none, empty) = (Value::Null, json!([]));
        assert_eq!(told(&none, &file("a.csv")), "レイヤーを追加（a.csv） / the layer was added (a.csv)");
        assert_eq!(told(&file("a.csv"), &none), "レイヤーを削除（a.csv） / the layer was removed (a.csv)");
        assert_eq!(told(&file("a.csv"), &file("a.csv")), "中身が違う（a.csv） / other contents (a.csv)");
        assert_eq!(told(&empty, &file("b.csv")), "別のファイル（なし → b.csv） / other files (none → b.csv)");
    }

    #[test]
    fn values_are_told_in_both_languages() {
        let feed =
            |day: &str| json!([{ "path": "a.zip", "service_day": day, "service_day_from": "representative weekday" }]);
        let told = values(&feed("2026-04-08"), &feed("2026-06-03"));
        assert_eq!(told.ja, "a.zip（2026-04-08） → a.zip（2026-06-03）");
        assert!(told.en.starts_with("[{\"path\":\"a.zip\""), "{}", told.en);
        let told = values(&json!(3.0), &Value::Null);
        assert_eq!((told.ja.as_ref(), told.en.as_ref()), ("3 → なし", "3 → none"));
        let told = values(&json!(["in-did", "near-stop"]), &json!([]));
        assert_eq!(
            (told.ja.as_ref(), told.en.as_ref()),
            ("in-did、near-stop → なし", r#"["in-did","near-stop"] → []"#)
        );
        assert!(english_in(&told.ja).is_none());
    }
}
