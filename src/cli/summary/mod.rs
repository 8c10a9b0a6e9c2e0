//! What a run prints: counts and hectares by zone and status, what is not known and what would settle it, what was
//! skipped, where the files are.

mod transit;
mod variants;

use std::fmt::Write as _;
use std::path::Path;

use anstream::{eprintln, println};

use crate::criteria::{Threshold, Thresholds, Zone, criterion};
use crate::notices::{EXAMPLES, Notices, Severity};
use crate::outputs::{Report, run_json, thousands};
use crate::verdicts::Status;

/// Prints the report as `run.json` has it.
pub(super) fn print_json(report: &Report) {
    let names: Vec<String> = report
        .files
        .iter()
        .filter_map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
        .collect();
    println!("{}", String::from_utf8_lossy(&run_json(report, &names)).trim_end());
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
    notices(&mut text, &report.notices);
    files(&mut text, report);
    text
}

fn heading(text: &mut String, report: &Report) {
    let (parcels, unusable) = report.parcels;
    line!(text, "{}: {} parcels (筆), {}", report.name, thousands(parcels), report.plane.0);
    line!(text, "rules: {} — {}", report.rules.set.id, report.rules.set.title);
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
    for (zone, counts) in &report.counts {
        let label = format!("{} {}", zone.id(), zone.japanese());
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
        let Some(open) = report.open.get(&zone).filter(|open| !open.is_empty()) else { continue };
        line!(text, "{} undetermined because of", zone.id());
        for reason in open {
            let settled_by = settled_by(reason.criterion, report);
            line!(text, "  {:<24} {:>10} parcels   {settled_by}", reason.criterion, thousands(reason.parcels));
        }
    }
    if !report.open.is_empty() {
        line!(text);
    }
}

/// Which layer would settle a criterion that is open.
fn settled_by(id: &str, report: &Report) -> String {
    let Some(criterion) = criterion(id) else { return String::new() };
    let missing: Vec<String> = criterion
        .layers
        .iter()
        .filter(|layer| report.missing.contains(layer))
        .map(|layer| format!("the layer `{}` {} ({})", layer.name(), layer.kind().japanese, layer.kind().published_by))
        .collect();
    let settled_by = if missing.is_empty() { criterion.settled_by.1.to_owned() } else { missing.join(" and ") };
    format!("would be settled by {settled_by}")
}

/// Numbers that are not the programme's, waivers and expectations.
fn set_aside(text: &mut String, report: &Report) {
    let changed: Vec<_> = Thresholds::ALL
        .iter()
        .filter_map(|threshold| Some((threshold, report.rules.thresholds.get(threshold.key)?)))
        .filter(|(threshold, value)| *value != threshold.default)
        .collect();
    for (Threshold { key, default, unit, .. }, value) in &changed {
        line!(text, "changed: {key} = {value} {unit} (default {default})");
    }
    for (id, reason) in &report.rules.waived {
        line!(text, "waived: {id} — {reason}");
    }
    for expected in &report.expectations {
        line!(text, "expected (見込み): {} — {}", expected.layer, expected.note);
    }
    if !(changed.is_empty() && report.rules.waived.is_empty() && report.expectations.is_empty()) {
        line!(text);
    }
}

fn candidate_zones(text: &mut String, report: &Report) {
    for (zone, totals) in &report.zones {
        let parts: Vec<String> = totals
            .by_status
            .iter()
            .map(|(status, (number, hectares))| format!("{number} {status} ({hectares:.1} ha)"))
            .collect();
        let mut about = if parts.is_empty() { "none".to_owned() } else { parts.join(", ") };
        if totals.slivers > 0 {
            let _ = write!(about, "; {} slivers under 100 m² dropped", totals.slivers);
        }
        if totals.unbounded {
            about.push_str("; undetermined ones not drawn, since nothing bounds them");
        }
        line!(text, "candidate zones {:<8} {about}", zone.id());
    }
    if let Some(pairs) = report.close_pairs {
        let metres = report.rules.thresholds.facility_spacing_m;
        line!(text, "pairs of facilities of one kind closer than {metres} m: {pairs}");
    }
    line!(text);
}

/// Prints what was skipped, mended or is worth a warning on standard error.
pub(super) fn tell(found: &Notices) {
    let mut text = String::new();
    notices(&mut text, found);
    if !text.is_empty() {
        eprintln!("{}", text.trim_end());
    }
}

fn notices(text: &mut String, found: &Notices) {
    let mut any = false;
    for (place, kind, tally) in found.iter().filter(|(_, kind, _)| kind.severity != Severity::Info) {
        any = true;
        line!(text, "{} [{place}] {} {}", kind.severity.word(), thousands(tally.count), kind.what);
        line!(
            text,
            "    {}{}",
            tally.examples.join("; "),
            if tally.examples.len() == EXAMPLES && tally.count > EXAMPLES as u64 { "; …" } else { "" }
        );
        if !kind.advice.is_empty() {
            line!(text, "    {}", kind.advice);
        }
    }
    if any {
        line!(text);
    }
}

/// A page that has files beside it is shown by a server only.
fn how_to_see_the_map(text: &mut String, report: &Report) {
    let named = |name: &str| report.files.iter().find(|path| path.file_name().is_some_and(|file| file == name));
    let Some(page) = named("map.html") else { return };
    let folder = page.parent().unwrap_or(Path::new("."));
    if named("map.pmtiles").is_some() {
        line!(text, "the map: kyoten serve {}", folder.display());
    } else {
        line!(text, "the map: open {} in a browser", page.display());
    }
}

fn files(text: &mut String, report: &Report) {
    line!(
        text,
        "circles are true to {} mm, shares to a millionth; every input and number is in run.json",
        report.circle_error_m * 1000.0
    );
    for path in &report.files {
        line!(text, "  {}", path.display());
    }
    how_to_see_the_map(text, report);
    let seconds = report.seconds;
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
