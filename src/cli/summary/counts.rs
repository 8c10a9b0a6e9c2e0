//! What is eligible: parcels and hectares by zone and status, and the candidate zones.

use super::zone;
use crate::cli::sheet::{Sheet, status_style};
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::text::Text;
use crate::verdicts::Status;

/// The narrowest that the names of zones are given.
const LABEL: usize = 18;

/// Parcels and hectares by zone and status.
pub(super) fn table(sheet: &mut Sheet, report: &Report) {
    let lang = sheet.lang;
    let cell = |row: &crate::runs::CountRecord| format!("{} ({:.1})", thousands(row.parcels), row.hectares);
    let rows: Vec<(Text, Vec<String>)> = report
        .record
        .counts
        .iter()
        .map(|(id, counts)| {
            let cells = Status::ALL.map(|status| cell(&counts.get(&status).copied().unwrap_or_default()));
            (zone(id), cells.to_vec())
        })
        .collect();
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

/// The candidate zones, the parcels outside of what outputs are told of, and facilities that stand too close.
pub(super) fn candidates(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    for (id, totals) in record.zones.iter() {
        let mut parts: Vec<Text> = Vec::new();
        for (status, count) in &totals.by_status {
            let (zones, hectares) = (count.zones, format!("{:.1}", count.hectares));
            parts.push(text!(
                "{status} {zones}か所（{hectares} ha）",
                "{zones} {status} ({hectares} ha)",
                status = status.name()
            ));
        }
        if totals.slivers_dropped > 0 {
            let slivers = totals.slivers_dropped;
            parts.push(text!("100 m²未満の{slivers}か所は除外", "{slivers} slivers under 100 m² dropped"));
        }
        if totals.unbounded {
            parts.push(Text::new(
                "判定不能の区域は範囲が限られないため、描いていません",
                "undetermined ones not drawn, since nothing bounds them",
            ));
        }
        if parts.is_empty() {
            parts.push(Text::new("なし", "none"));
        }
        sheet.say(
            0,
            &text!(
                "候補区域 {zone}: {about}",
                "candidate zones, {zone}: {about}",
                zone = zone(id),
                about = Text::list(&parts)
            ),
        );
    }
    if let Some((pairs, metres)) =
        record.facility_pairs_too_close.zip(record.rules.thresholds.get("facility_spacing_m"))
    {
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
