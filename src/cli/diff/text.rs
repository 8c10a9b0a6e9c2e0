//! What `kyoten diff` prints: counts and hectares by zone, what changed with them, the stops, what else differs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::cli::wrap::pad;
use crate::criteria::Zone;
use crate::outputs::thousands;
use crate::queries::{Amount, BlamedBy, Diff, DiffRun, Difference, StopAmounts, StopDiff, ZoneDiff};
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// The widths of the columns of labels and of numbers, in places of the terminal.
const LABEL: usize = 42;
const CELL: usize = 22;

/// So many stops and so many ids are named; `--json` names all.
const STOPS: usize = 20;
const IDS: usize = 5;

/// The summary.
pub(super) fn text(diff: &Diff) -> String {
    let mut text = String::new();
    runs(&mut text, diff);
    if diff.is_empty() {
        line!(text, "nothing differs: the same parcels, statuses, shares, rules and inputs");
        stops_compared(&mut text, diff);
        return text;
    }
    table(&mut text, diff);
    changes(&mut text, diff);
    stops(&mut text, diff);
    differences(&mut text, &diff.differences);
    text
}

fn runs(text: &mut String, diff: &Diff) {
    for (letter, run) in ["A", "B"].into_iter().zip(&diff.runs) {
        let DiffRun { folder, name, version, parcels, .. } = run;
        line!(text, "{letter}: {} — {name}, {} (筆), kyoten {version}", folder.display(), count(*parcels));
    }
    line!(text, "in both, by kyoten_id: {}", count(diff.matched));
    for (letter, run) in ["A", "B"].into_iter().zip(&diff.runs) {
        if !run.alone.is_empty() {
            line!(text, "only in {letter}: {}", alone(run));
        }
        if run.repeated_ids > 0 {
            line!(
                text,
                "in {letter}, with the kyoten_id of an earlier one, and matched in their order: {}",
                count(run.repeated_ids)
            );
        }
    }
    if diff.other_area > 0 {
        line!(text, "of these with another area, by more than 1 %: {}", count(diff.other_area));
    }
    if diff.other_area * 2 > diff.matched {
        line!(text, "    are they the same parcels? Ids that are positions match whatever stands there");
    }
    if diff.shares_only > 0 {
        line!(text, "of these with the same statuses and other shares: {}", count(diff.shares_only));
    }
    line!(text);
}

fn alone(run: &DiffRun) -> String {
    let area = SquareMetres(run.alone.iter().filter_map(|parcel| parcel.area_m2).sum());
    let ids: Vec<&str> = run.alone.iter().take(IDS).map(|parcel| parcel.id.as_str()).collect();
    let more = run.alone.len() - ids.len();
    let more =
        if more > 0 { format!(" and {} more (--json names all)", thousands(more as u64)) } else { String::new() };
    let amount = amount(Amount { parcels: run.alone.len() as u64, area });
    format!("{amount}: {}{more}", ids.join(", "))
}

/// `12 parcels`.
fn count(parcels: u64) -> String {
    format!("{} parcel{}", thousands(parcels), if parcels == 1 { "" } else { "s" })
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
    let hectares = ((gained.area - lost.area).hectares() * 100.0).round() / 100.0;
    format!(
        "{}{} ({}{:.2} ha)",
        sign(gained.parcels < lost.parcels, parcels > 0),
        thousands(parcels),
        sign(hectares < 0.0, hectares > 0.0),
        hectares.abs()
    )
}

fn table(text: &mut String, diff: &Diff) {
    let heading = ["gained", "lost", "net", "between others"].map(|word| format!("{word:>CELL$}")).concat();
    line!(text, "{}{heading}", pad("parcels and hectares", LABEL));
    let eligible = Status::Eligible.name().ja;
    let words = [format!("→ {eligible}"), format!("{eligible} →")].map(|word| format!("{word:>0$}", CELL - 2)).concat();
    line!(text, "{}{words}", pad("", LABEL));
    for (zone, diff) in Zone::ALL.into_iter().zip(&diff.zones) {
        let cells = [amount(diff.gained()), amount(diff.lost()), net(diff), amount(diff.other())];
        let cells = cells.map(|cell| format!("{cell:>CELL$}")).concat();
        line!(text, "{}{cells}", pad(&format!("{} {}", zone.id(), zone.name().ja), LABEL));
    }
    line!(text);
}

/// From which status to which, and the criteria that changed with it.
fn changes(text: &mut String, diff: &Diff) {
    for (zone, diff) in Zone::ALL.into_iter().zip(&diff.zones).filter(|(_, diff)| !diff.changes.is_empty()) {
        line!(text, "{} {}", zone.id(), zone.name().ja);
        for ((from, to), of) in &diff.changes {
            let way = format!("  {} {from} → {} {to}", from.name().ja, to.name().ja);
            line!(text, "{}{:>CELL$}", pad(&way, LABEL + CELL), amount(*of));
        }
        for (criterion, of) in &diff.criteria {
            line!(text, "{}{:>CELL$}", pad(&format!("    with {criterion}"), LABEL + CELL), amount(*of));
        }
        if diff.without_criterion.parcels > 0 {
            let way = "    with no criterion: an expectation, or what else differs";
            line!(text, "{}{:>CELL$}", pad(way, LABEL + CELL), amount(diff.without_criterion));
        }
    }
    if diff.changes.is_empty() {
        line!(text, "no parcel has another status");
    }
    line!(text);
}

fn stops(text: &mut String, diff: &Diff) {
    stops_compared(text, diff);
    let Some(stops) = &diff.stops else { return line!(text) };
    let did = stops.stops.iter().take_while(|stop| stop.parcels() > 0).count();
    if did > 0 {
        line!(text, "stops that did it, by hectares gained and lost");
        stops.stops[..did.min(STOPS)].iter().for_each(|one| stop(text, one));
        if did > STOPS {
            line!(text, "  … and {} more stops (--json names all)", thousands((did - STOPS) as u64));
        }
    }
    let idle = (stops.stops.len() - did) as u64;
    if idle > 0 {
        line!(text, "stops that changed and changed no status: {}", thousands(idle));
    } else if did == 0 {
        line!(text, "no stop changed");
    }
    line!(text);
}

/// Whether stops could be compared, and how parcels were put down to them where that is not as usual.
fn stops_compared(text: &mut String, diff: &Diff) {
    let without: Vec<&str> =
        ["A", "B"].into_iter().zip(&diff.runs).filter(|(_, run)| !run.has_stops).map(|(letter, _)| letter).collect();
    if !without.is_empty() {
        line!(text, "stops are not compared: no stops.geojson in {}", without.join(" and "));
    }
    if diff.stops.as_ref().is_some_and(|stops| stops.by == BlamedBy::Columns && !diff.changes.is_empty()) {
        line!(text, "parcels are put down to stops by the names in their columns: neither run has their shapes");
    }
}

fn stop(text: &mut String, stop: &StopDiff) {
    let name = stop.change.stop().name.as_deref().unwrap_or("(no name)");
    line!(text, "  {} {name}: {}", stop.change.stop().kind.id(), stop.change.what().join(", "));
    for (zone, StopAmounts { gained, lost, other }) in Zone::ALL.into_iter().zip(&stop.zones) {
        let parts = [("gained", gained), ("lost", lost), ("between others", other)].into_iter();
        let parts = parts.filter(|(_, of)| of.parcels > 0).map(|(word, of)| format!("{word} {}", amount(*of)));
        let parts: Vec<String> = parts.collect();
        if !parts.is_empty() {
            line!(text, "    {:<12}{}", zone.id(), parts.join(", "));
        }
    }
}

fn differences(text: &mut String, differences: &[Difference]) {
    if differences.is_empty() {
        line!(text, "nothing else differs: the same rules, settings and inputs");
        return;
    }
    line!(text, "what else differs");
    for difference in differences {
        let Difference { group, key, from, to } = difference;
        let is_files = *group == "inputs" && (from.is_array() || to.is_array());
        let about = if is_files { files(from, to) } else { format!("{} → {}", value(from), value(to)) };
        let key = if key.is_empty() { String::new() } else { format!(" {key}") };
        line!(text, "  {group}{key}: {about}");
    }
}

/// What became of the files of an input.
fn files(from: &Value, to: &Value) -> String {
    match (names(from), names(to)) {
        (None, Some(to)) => format!("the layer was added ({})", to.join(", ")),
        (Some(from), None) => format!("the layer was removed ({})", from.join(", ")),
        (from, to) => {
            let [from, to] = [from, to].map(Option::unwrap_or_default);
            let word = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            if from == to {
                format!("other contents ({})", word(&from))
            } else {
                format!("other files ({} → {})", word(&from), word(&to))
            }
        }
    }
}

/// The names of files without the way to them; `None` where there is no such layer.
fn names(files: &Value) -> Option<Vec<String>> {
    let path = |file: &Value| file["path"].as_str().unwrap_or_default().to_owned();
    let name = |path: String| Path::new(&path).file_name().map(|name| name.to_string_lossy().into_owned());
    Some(files.as_array()?.iter().map(path).filter_map(name).collect())
}

/// A value in words.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        // 3.0 is 3 to people.
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}
