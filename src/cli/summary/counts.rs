//! What is eligible: parcels and hectares by zone and status, and the candidate zones.

use super::zone;
use crate::cli::sheet::{Sheet, status_style};
use crate::criteria::Zone;
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::text::Text;
use crate::verdicts::Status;

/// The narrowest that the names of zones are given.
const LABEL: usize = 18;

/// Parcels and hectares by zone and status, and under each zone its candidate zones.
pub(super) fn table(sheet: &mut Sheet, report: &Report) {
    let (lang, record) = (sheet.lang, &report.record);
    let cell = |count: u64, hectares: f64| format!("{} ({hectares:.1})", thousands(count));
    let mut rows: Vec<(Text, Vec<String>)> = Vec::new();
    for (id, counts) in record.counts.iter() {
        let parcels = Status::ALL.map(|status| {
            let count = counts.get(&status).copied().unwrap_or_default();
            cell(count.parcels, count.hectares)
        });
        rows.push((zone(report, id), parcels.to_vec()));
        if let Some(zones) = record.zones.get(id).filter(|zones| !zones.by_status.is_empty()) {
            let zones = Status::ALL.map(|status| {
                zones.by_status.get(&status).map_or_else(String::new, |count| cell(count.zones, count.hectares))
            });
            rows.push((Text::new("  候補区域", "  candidate zones"), zones.to_vec()));
        }
    }
    let heads = Status::ALL.map(|status| {
        let style = status_style(status);
        format!("{style}{}{style:#}", status.name().get(lang))
    });
    let widths: Vec<usize> = (0..heads.len())
        .map(|at| {
            let cells = rows.iter().map(|(_, cells)| &cells[at]).chain([&heads[at]]);
            2 + cells.map(|cell| textwrap::core::display_width(cell)).max().unwrap_or_default()
        })
        .collect();
    let label = sheet.width().saturating_sub(widths.iter().sum::<usize>()).clamp(LABEL, 30);
    let corner = Text::new("筆数（ha）", "parcels (ha)");
    sheet.cells(corner.get(lang), label, &heads, &widths);
    for (name, cells) in rows {
        sheet.cells(name.get(lang), label, &cells, &widths);
    }
    sheet.blank();
}

/// What the table does not show: how the zones stand as wholes, those that could not be drawn, what no map can show, and
/// facilities that stand too close.
pub(super) fn beside(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    for zone in report.rules.zone_regions() {
        as_wholes(sheet, report, zone);
    }
    set_zones(sheet, report);
    for note in report.rules.zones().filter_map(|zone| zone.rule().note.as_ref()) {
        sheet.say(0, note);
    }
    for (id, _) in record.zones.iter().filter(|(_, zones)| zones.unbounded) {
        sheet.say(
            0,
            &text!(
                "{zone}の判定不能の候補区域は、範囲が限られないため描いていません。",
                "candidate zones of the {zone} that are undetermined are not drawn, since nothing bounds them",
                zone = zone(report, id)
            ),
        );
    }
    let metres = report.rules.spacing().0;
    if let Some(pairs) = record.facility_pairs_too_close.filter(|_| metres > 0.0) {
        sheet.say(
            0,
            &text!(
                "{metres} m未満しか離れていない同種施設の組: {pairs}",
                "pairs of facilities of one kind closer than {metres} m: {pairs}"
            ),
        );
    }
    sheet.blank();
}

/// How many of the candidates meet as wholes what is asked of them.
fn as_wholes(sheet: &mut Sheet, report: &Report, zone: Zone) {
    let rules = &report.rules;
    let Some(zones) = report.record.zones.get(zone.id()).filter(|zones| !zones.by_status.is_empty()) else { return };
    let answers = [
        ("yes", Text::new("満たす", "meet it")),
        ("no", Text::new("満たさない", "do not")),
        ("undetermined", Text::new("分からない", "not known")),
    ];
    let told = answers.into_iter().filter_map(|(id, word)| {
        let count = zones.as_a_whole.get(id)?;
        Some(text!("{word} {count}か所", "{count} {word}", word = word))
    });
    let told: Vec<Text> = told.collect();
    if !told.is_empty() {
        let asked: Vec<Text> =
            rules.criteria(zone).filter(|one| one.kind.whole().is_some()).map(|one| one.name.clone()).collect();
        let decides = if rules.wholes(zone).is_empty() { NOT_DECIDING } else { Text::same("") };
        sheet.say(
            0,
            &text!(
                "{name}の候補区域を全体で見た条件（{asked}）: {told}{decides}",
                "{name}, candidate zones as wholes ({asked}): {told}{decides}",
                name = zone.name(),
                asked = Text::list(&asked),
                told = Text::list(&told),
                decides = decides
            ),
        );
    }
}

/// The zones that a plan has set, and the kinds of zones that look at them.
fn set_zones(sheet: &mut Sheet, report: &Report) {
    for (id, set) in report.record.set_zones.iter() {
        let looks = |zone: &Zone| report.rules.criteria(*zone).any(|one| one.kind.zone() == Some(id));
        let looking: Vec<Text> = report.rules.zones().filter(looks).map(Zone::name).collect();
        let (layer, count, hectares) = (&set.layer, set.zones, format!("{:.1}", set.hectares));
        let open = if set.open { OTHERS } else { Text::same("") };
        sheet.say(
            0,
            &text!(
                "{looking}は、計画で設定した{zone}（`{layer}`、{count}か所、{hectares} ha{open}）をもとに判定しました。",
                "{looking}: judged by the {zone}s that the plan has set (`{layer}`: {count}, {hectares} ha{open})",
                looking = Text::list(&looking),
                zone = zone(report, id),
                open = open
            ),
        );
    }
}

const OTHERS: Text = Text::new("、ほかにもありうる", ", and there may be others");

const NOT_DECIDING: Text = Text::new("（判定には使いません）", "; this does not decide");
