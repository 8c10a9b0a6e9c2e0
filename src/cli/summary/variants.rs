//! What the summary says of other rules of counting.

use std::collections::BTreeSet;

use super::zone;
use crate::cli::sheet::Sheet;
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::VariantRecord;
use crate::text::{Lang, Text};
use crate::transit::rule_name;

/// So many stops are named; run.json names all.
const SHOWN: usize = 8;

/// What would change under other rules of counting timetables.
pub(super) fn write(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let Some((variants, transit)) = record.peak_variants.as_ref().zip(record.transit.as_ref()) else { return };
    let rule = rule_name(&transit.rule);
    sheet.heading(&text!(
        "時刻表を「{rule}」以外の数え方で数えると",
        "If timetables were counted by another rule than {rule}",
        rule = rule
    ));
    for variant in variants {
        one(sheet, report, variant);
    }
    sheet.blank();
}

fn one(sheet: &mut Sheet, report: &Report, variant: &VariantRecord) {
    let (gained, lost) = (variant.stops_gained.len(), variant.stops_lost.len());
    sheet.say(
        2,
        &text!(
            "{rule}: 本数に達するようになる停留所{gained}か所、達しなくなる停留所{lost}か所",
            "{rule}: {gained} stop(s) would reach the peak service, {lost} no more",
            rule = rule_name(&variant.rule)
        ),
    );
    names(sheet, &Text::new("達するようになる", "reach it"), &variant.stops_gained);
    names(sheet, &Text::new("達しなくなる", "no more"), &variant.stops_lost);
    if variant.changes.is_empty() {
        sheet.say(4, &Text::new("判定の変わる筆はありません。", "no parcel would change"));
    }
    for change in &variant.changes {
        let (parcels, hectares) = (thousands(change.count.parcels), format!("{:.1}", change.count.hectares));
        sheet.say(
            4,
            &text!(
                "{zone}: {from} → {to} {parcels}筆（{hectares} ha）",
                "{zone}: {from} → {to}, {parcels} parcels ({hectares} ha)",
                zone = zone(report, &change.zone),
                from = change.from.name(),
                to = change.to.name()
            ),
        );
    }
}

fn names(sheet: &mut Sheet, label: &Text, names: &BTreeSet<String>) {
    if names.is_empty() {
        return;
    }
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let rest = names.len().saturating_sub(SHOWN);
    let shown = shown.join(if sheet.lang == Lang::Ja { "、" } else { "; " });
    sheet.say(
        4,
        &if rest > 0 {
            text!("{label}: {shown}、ほか{rest}", "{label}: {shown}; and {rest} more", label = label.clone())
        } else {
            label.map(|label| format!("{label}: {shown}"))
        },
    );
}
