//! What a sweep counted: of each zone that changes, a row a number.

use std::collections::BTreeMap;

use super::{written, zone};
use crate::cli::sheet::{Sheet, status_style};
use crate::criteria::Threshold;
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::{CountRecord, Ordered, SweepRecord};
use crate::text::Text;
use crate::verdicts::Status;

/// Places of the number, and of a count.
const NUMBER: usize = 24;
const COUNT: usize = 14;

/// The table.
pub(super) fn write(sheet: &mut Sheet, report: &Report, sweep: &SweepRecord) {
    let Some(threshold) = report.rules.set.threshold(&sweep.threshold) else { return };
    let Threshold { key, name, .. } = threshold;
    sheet.heading(&text!(
        "{name}（`{key}`）を変えたときの筆数",
        "Parcels while the {name} changes: `{key}`",
        name = name.clone()
    ));
    let mut same: Vec<Text> = Vec::new();
    for id in sweep.steps.first().into_iter().flat_map(|step| step.counts.iter()).map(|(id, _)| id) {
        let rows: Vec<[u64; 4]> = sweep.steps.iter().map(|step| parcels(&step.counts, id)).collect();
        if rows.windows(2).all(|two| two[0] == two[1]) {
            same.push(zone(report, id));
            continue;
        }
        let heads = Status::ALL.map(|status| {
            let style = status_style(status);
            format!("{style}{}{style:#}", status.name().get(sheet.lang))
        });
        sheet.cells(zone(report, id).get(sheet.lang), NUMBER, &heads, &[COUNT; 4]);
        for (step, row) in sweep.steps.iter().zip(rows) {
            let number = written(threshold, step.number);
            sheet.cells(&format!("  {}", number.get(sheet.lang)), NUMBER, &row.map(thousands), &[COUNT; 4]);
        }
    }
    if !same.is_empty() {
        sheet.say(0, &text!("変わらない区域: {same}", "unchanged: {same}", same = Text::list(&same)));
    }
    sheet.blank();
}

/// The parcels of a zone by status.
fn parcels(counts: &Ordered<BTreeMap<Status, CountRecord>>, zone: &str) -> [u64; 4] {
    let of = |status: Status| counts.get(zone).and_then(|counts| counts.get(&status)).map_or(0, |count| count.parcels);
    Status::ALL.map(of)
}
