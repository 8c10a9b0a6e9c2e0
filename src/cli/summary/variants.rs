//! What the summary says of other rules of counting.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::VariantRecord;

/// So many stops are named; run.json names all.
const SHOWN: usize = 8;

/// What would change under other rules of counting timetables.
pub(super) fn text(text: &mut String, report: &Report) {
    let record = &report.record;
    let Some((variants, transit)) = record.peak_variants.as_ref().zip(record.transit.as_ref()) else { return };
    line!(text, "if timetables were counted by another rule than {}:", transit.rule);
    for variant in variants {
        one(text, variant);
    }
    line!(text);
}

fn one(text: &mut String, variant: &VariantRecord) {
    let (gained, lost) = (&variant.stops_gained, &variant.stops_lost);
    line!(text, "  {}: {} stop(s) would reach the peak service, {} no more", variant.rule, gained.len(), lost.len());
    names(text, "reach it", gained);
    names(text, "no more", lost);
    if variant.changes.is_empty() {
        line!(text, "    no parcel would change");
    }
    for change in &variant.changes {
        let (from, to) = (change.from.to_string(), change.to.to_string());
        let zone = &change.zone;
        let (parcels, hectares) = (thousands(change.count.parcels), change.count.hectares);
        line!(text, "    {zone:<12} {from:>12} → {to:<12} {parcels:>10} parcels {hectares:>10.1} ha");
    }
}

fn names(text: &mut String, label: &str, names: &BTreeSet<String>) {
    if names.is_empty() {
        return;
    }
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let more = if names.len() > SHOWN { format!("; and {} more", names.len() - SHOWN) } else { String::new() };
    line!(text, "    {label}: {}{more}", shown.join("; "));
}
