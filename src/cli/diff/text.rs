//! What `kyoten diff` prints: counts and hectares by zone, what changed with them, the stops, what else differs.

use std::fmt::Write as _;

use super::candidates::{candidates, zones_compared};
use super::causes::{stops, stops_compared};
use super::differences::differences;
use crate::cli::wrap::{labelled, pad, pad_left};
use crate::outputs::thousands;
use crate::queries::{Amount, Diff, DiffRun, ZoneDiff};
use crate::text::{Lang, Text};
use crate::units::SquareMetres;

/// The widths of the columns of labels and of numbers, in places of the terminal.
const LABEL: usize = 18;
const CELLS: [usize; 4] = [15, 15, 16, 16];

/// The places before the numbers of a change.
const CHANGE: usize = 58;

/// So many ids are named; `--json` names all.
const IDS: usize = 5;

/// What became of parcels, as headings and before amounts.
pub(super) const GAINED: Text = Text::new("増えた該当", "gained");
pub(super) const LOST: Text = Text::new("減った該当", "lost");
const NET: Text = Text::new("差引", "net");
pub(super) const OTHER: Text = Text::new("該当以外の変化", "between others");

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
        zones_compared(&mut text, diff, lang);
        return text;
    }
    table(&mut text, diff, lang);
    changes(&mut text, diff, lang);
    candidates(&mut text, diff, lang);
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
pub(super) fn amount(amount: Amount) -> String {
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
