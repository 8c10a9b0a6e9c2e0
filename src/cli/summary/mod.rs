//! What a run prints: first what a planner must know (what is eligible, what is open and what would settle it, why the rest
//! is not, what to do next), then what was noticed of the input and where the files are.

mod counts;
mod files;
mod next;
mod reasons;
mod sweep;
mod transit;
mod variants;

use super::sheet::Sheet;
use super::{Failure, notices, print};
use crate::criteria::{Threshold, Zone};
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::text::Text;

/// Prints the report as `run.json` has it.
pub(super) fn print_json(report: &Report) -> Result<(), Failure> {
    print::out(String::from_utf8_lossy(&report.record.json()).trim_end())
}

/// Prints the summary.
pub(super) fn print(report: &Report, everything: bool) -> Result<(), Failure> {
    print::out(summary(report, everything))
}

/// Prints the summary on standard error, for a command whose result is something else.
pub(super) fn print_aside(report: &Report, everything: bool) {
    print::aside(format_args!("{}\n", summary(report, everything)));
}

fn summary(report: &Report, everything: bool) -> String {
    let mut sheet = Sheet::new();
    heading(&mut sheet, report);
    set_aside(&mut sheet, report);
    if let Some(sweep) = &report.record.sweep {
        sweep::write(&mut sheet, report, sweep);
        notices::write(&mut sheet, &report.record.notices, everything);
        files::write(&mut sheet, report, everything);
        return sheet.finish();
    }
    counts::table(&mut sheet, report);
    counts::beside(&mut sheet, report);
    reasons::open(&mut sheet, report);
    reasons::lacking(&mut sheet, report);
    next::steps(&mut sheet, report);
    variants::write(&mut sheet, report);
    sheet.blank();
    notices::write(&mut sheet, &report.record.notices, everything);
    files::write(&mut sheet, report, everything);
    sheet.finish()
}

/// Whose run it is, by which rules, and of which timetables.
fn heading(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let (name, parcels) = (&record.project.name, thousands(record.parcels.count));
    sheet.say(
        0,
        &text!("{name}: {parcels}筆、{plane}", "{name}: {parcels} parcels (筆), {plane}", plane = record.plane.title()),
    );
    if let Some(selection) = &record.selection {
        let (asked, of) = (selection.asked(), thousands(selection.of));
        sheet.say(
            0,
            &text!(
                "入力の{of}筆から選んだ{parcels}筆だけの結果です（{asked}）。候補区域は変わりませんが、その中の筆の数は選んだ筆のものです。",
                "only {parcels} of the {of} parcels of the input: {asked}; candidate zones are those of the whole input, and the parcels counted in them are the selected ones"
            ),
        );
    }
    let (set, title) = (&record.rules.set, report.rules.set.title.clone());
    sheet.say(0, &text!("ルール: {set} — {title}", "rules: {set} — {title}", title = title));
    for unread in &record.rules.unread {
        let (what, what_ja) = (&unread.what, &unread.what_ja);
        let of = unread.criterion.as_deref().map(|id| format!("{id}: ")).unwrap_or_default();
        sheet.say(
            2,
            &Text {
                ja: format!("一次資料で確認できていないこと: {of}{what_ja}").into(),
                en: format!("not read in a primary source: {of}{what}").into(),
            },
        );
    }
    transit::write(sheet, report);
    if record.facility_pairs_too_close.is_some() {
        sheet.say(
            0,
            &match &record.project.planned_kind {
                Some(kind) => text!("計画する施設の種別: {kind}", "planned kind of facility: {kind}"),
                None => Text::new(
                    "計画する施設の種別: 未指定（`planned_kind`）",
                    "planned kind of facility: not said (`planned_kind`)",
                ),
            },
        );
    }
    if record.parcels.without_usable_geometry > 0 {
        let unusable = thousands(record.parcels.without_usable_geometry);
        sheet.say(
            0,
            &text!(
                "このうち形が使えず、判定不能とした筆: {unusable}",
                "of these without usable geometry, and undetermined: {unusable}"
            ),
        );
    }
    sheet.blank();
}

/// Numbers that are not the programme's, waivers and expectations.
fn set_aside(sheet: &mut Sheet, report: &Report) {
    let (rules, expectations) = (&report.record.rules, &report.record.expectations);
    for threshold in report.rules.thresholds.all() {
        let Threshold { key, default, .. } = threshold;
        let Some(&value) = rules.thresholds.get(key).filter(|value| *value != default) else { continue };
        let value = written(threshold, value);
        sheet.say(
            0,
            &text!(
                "変更した基準値: {key} = {value}（既定値 {default}）",
                "changed: {key} = {value} (default {default})",
                value = value,
                default = written(threshold, *default)
            ),
        );
    }
    for (id, reason) in &rules.waived {
        sheet.say(0, &text!("適用除外: {id} — {reason}", "waived: {id} — {reason}"));
    }
    for expected in expectations {
        let (layer, note) = (&expected.layer, &expected.note);
        sheet.say(0, &text!("見込み: {layer} — {note}", "expected (見込み): {layer} — {note}"));
    }
    sheet.blank();
}

/// A number of a threshold with its unit.
fn written(threshold: &Threshold, number: f64) -> Text {
    Text { ja: threshold.written_in_japanese(number).into(), en: threshold.written(number).into() }
}

/// The zone of an id.
fn zone(report: &Report, id: &str) -> Text {
    report.rules.set.zone(id).map_or_else(|| Text::from(id), Zone::name)
}
