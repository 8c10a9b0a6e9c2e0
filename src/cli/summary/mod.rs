//! What a run prints: counts and hectares by zone and status, what is not known and what would settle it, what was
//! skipped, where the files are.

mod transit;
mod variants;

use std::fmt::Write as _;
use std::path::Path;

use anstream::{eprintln, println};

use crate::criteria::{Threshold, Thresholds, Zone, criterion};
use crate::layers::LayerKind;
use crate::notices::{EXAMPLES, Notices, Severity};
use crate::outputs::names::{MAP, MAP_TILES};
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::NoticeRecord;
use crate::verdicts::Status;

/// Prints the report as `run.json` has it.
pub(super) fn print_json(report: &Report) {
    println!("{}", String::from_utf8_lossy(&report.record.json()).trim_end());
}

/// Prints the summary.
pub(super) fn print(report: &Report) {
    println!("{}", summary(report).trim_end());
}

/// Prints the summary on standard error, for a command whose result is something else.
#[cfg(feature = "serve")]
pub(super) fn print_aside(report: &Report) {
    eprintln!("{}\n", summary(report).trim_end());
}

fn summary(report: &Report) -> String {
    let mut text = String::new();
    heading(&mut text, report);
    table(&mut text, report);
    unknown(&mut text, report);
    set_aside(&mut text, report);
    candidate_zones(&mut text, report);
    variants::text(&mut text, report);
    notices(&mut text, &report.record.notices);
    files(&mut text, report);
    text
}

fn heading(text: &mut String, report: &Report) {
    let record = &report.record;
    let unusable = record.parcels.without_usable_geometry;
    line!(text, "{}: {} parcels (筆), {}", record.project.name, thousands(record.parcels.count), record.plane.name);
    line!(text, "rules: {} — {}", record.rules.set, record.rules.title);
    if unusable > 0 {
        line!(text, "of these without usable geometry, and undetermined: {}", thousands(unusable));
    }
    transit::text(text, report);
    line!(text);
}

fn table(text: &mut String, report: &Report) {
    line!(
        text,
        "{:<36}{:>22}{:>22}{:>22}{:>22}",
        "parcels and hectares",
        "eligible",
        "prospective",
        "undetermined",
        "ineligible"
    );
    line!(text, "{:<36}{:>20}{:>19}{:>18}{:>19}", "", "該当", "見込み", "判定不能", "非該当");
    for (id, counts) in report.record.counts.iter() {
        let label = format!("{id} {}", japanese(id));
        let mut row = pad(&label, 36);
        for status in Status::ALL {
            let count = counts.get(&status).copied().unwrap_or_default();
            let cell = format!("{} ({:.1} ha)", thousands(count.parcels), count.hectares);
            let _ = write!(row, "{cell:>22}");
        }
        line!(text, "{row}");
    }
    line!(text);
}

/// What keeps parcels undetermined, and what would settle it.
fn unknown(text: &mut String, report: &Report) {
    for zone in Zone::ALL {
        let Some(open) = report.record.open.get(zone.id()).filter(|open| !open.is_empty()) else { continue };
        line!(text, "{} undetermined because of", zone.id());
        for (id, &parcels) in open {
            let settled_by = settled_by(id, report);
            line!(text, "  {id:<24} {:>10} parcels   {settled_by}", thousands(parcels));
        }
    }
    if !report.record.open.is_empty() {
        line!(text);
    }
}

/// Which layer would settle a criterion that is open.
fn settled_by(id: &str, report: &Report) -> String {
    let Some(criterion) = criterion(id) else { return String::new() };
    let missing: Vec<String> = criterion
        .layers
        .iter()
        .map(|layer| layer.kind())
        .filter(|layer| report.record.missing_layers.iter().any(|missing| missing == layer.name))
        .map(|LayerKind { name, title, published_by, .. }| {
            format!("the layer `{name}` {} ({})", title.ja, published_by.en)
        })
        .collect();
    let settled_by = if missing.is_empty() { criterion.settled_by.en.to_string() } else { missing.join(" and ") };
    format!("would be settled by {settled_by}")
}

/// Numbers that are not the programme's, waivers and expectations.
fn set_aside(text: &mut String, report: &Report) {
    let (rules, expectations) = (&report.record.rules, &report.record.expectations);
    let changed: Vec<_> = Thresholds::ALL
        .iter()
        .filter_map(|threshold| Some((threshold, *rules.thresholds.get(threshold.key)?)))
        .filter(|(threshold, value)| *value != threshold.default)
        .collect();
    for (Threshold { key, default, unit, .. }, value) in &changed {
        line!(text, "changed: {key} = {value} {unit} (default {default})");
    }
    for (id, reason) in &rules.waived {
        line!(text, "waived: {id} — {reason}");
    }
    for expected in expectations {
        line!(text, "expected (見込み): {} — {}", expected.layer, expected.note);
    }
    if !(changed.is_empty() && rules.waived.is_empty() && expectations.is_empty()) {
        line!(text);
    }
}

fn candidate_zones(text: &mut String, report: &Report) {
    for (zone, totals) in report.record.zones.iter() {
        let parts: Vec<String> = totals
            .by_status
            .iter()
            .map(|(status, count)| format!("{} {status} ({:.1} ha)", count.zones, count.hectares))
            .collect();
        let mut about = if parts.is_empty() { "none".to_owned() } else { parts.join(", ") };
        if totals.slivers_dropped > 0 {
            let _ = write!(about, "; {} slivers under 100 m² dropped", totals.slivers_dropped);
        }
        if totals.unbounded {
            about.push_str("; undetermined ones not drawn, since nothing bounds them");
        }
        line!(text, "candidate zones {zone:<8} {about}");
    }
    let record = &report.record;
    let spacing = record.rules.thresholds.get("facility_spacing_m");
    if let Some((pairs, metres)) = record.facility_pairs_too_close.zip(spacing) {
        line!(text, "pairs of facilities of one kind closer than {metres} m: {pairs}");
    }
    line!(text);
}

/// Prints what was skipped, mended or is worth a warning on standard error.
pub(super) fn tell(found: &Notices) {
    let mut text = String::new();
    let records: Vec<_> = found.iter().map(|(layer, kind, tally)| NoticeRecord::new(layer, kind, tally)).collect();
    notices(&mut text, &records);
    if !text.is_empty() {
        eprintln!("{}", text.trim_end());
    }
}

fn notices(text: &mut String, found: &[NoticeRecord]) {
    let mut any = false;
    for NoticeRecord { layer, severity, what, advice, count, examples, .. } in found {
        if severity == Severity::Info.word() {
            continue;
        }
        any = true;
        let more = if examples.len() == EXAMPLES && *count > EXAMPLES as u64 { "; …" } else { "" };
        line!(text, "{severity} [{layer}] {} {what}", thousands(*count));
        line!(text, "    {}{more}", examples.join("; "));
        if !advice.is_empty() {
            line!(text, "    {advice}");
        }
    }
    if any {
        line!(text);
    }
}

/// The Japanese name of a zone.
fn japanese(id: &str) -> String {
    let zone = Zone::ALL.into_iter().find(|zone| zone.id() == id);
    zone.map(|zone| zone.name().ja.into_owned()).unwrap_or_default()
}

/// A page that has files beside it is shown by a server only.
fn how_to_see_the_map(text: &mut String, report: &Report) {
    let named = |name: &str| report.files.iter().find(|path| path.file_name().is_some_and(|file| file == name));
    let Some(page) = named(MAP) else { return };
    let folder = page.parent().unwrap_or(Path::new("."));
    if named(MAP_TILES).is_some() {
        line!(text, "the map: kyoten serve {}", folder.display());
    } else {
        line!(text, "the map: open {} in a browser", page.display());
    }
}

fn files(text: &mut String, report: &Report) {
    if let Some(bounds) = &report.record.error_bounds {
        let circle_mm = bounds.circle_m * 1000.0;
        line!(text, "circles are true to {circle_mm} mm, shares to a millionth; every input and number is in run.json");
    }
    for path in &report.files {
        line!(text, "  {}", path.display());
    }
    how_to_see_the_map(text, report);
    let seconds = report.times.seconds;
    line!(
        text,
        "read {:.2} s, prepare {:.2} s, measure {:.2} s, zones {:.2} s, write {:.2} s",
        seconds.read,
        seconds.prepare,
        seconds.measure,
        seconds.zones,
        seconds.write
    );
}

/// Pads to a width on the terminal, where a Japanese character takes two places.
pub(super) fn pad(label: &str, width: usize) -> String {
    let taken: usize = label.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum();
    format!("{label}{}", " ".repeat(width.saturating_sub(taken)))
}
