//! What is open and what would settle it; why the rest is not.

use super::{written, zone};
use crate::cli::sheet::Sheet;
use crate::cli::wrap::pad_left;
use crate::criteria::{Criterion, Measure, RuleSet, Threshold};
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::ShortfallRecord;
use crate::text::Text;
use crate::verdicts::{Reason, ZoneReason};

/// Places of the two columns of numbers.
const NUMBERS: usize = 10;

/// What keeps parcels undetermined, and what would settle it: each criterion once, with the zones that ask for it.
pub(super) fn open(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let is_open = |one: &Reason| record.open.iter().any(|(_, open)| open.contains_key(one.id()));
    for (at, reason) in reasons(report.rules.set).filter(is_open).enumerate() {
        if at == 0 {
            sheet.heading(&Text::new(
                "判定不能の理由と、決めるために要るもの",
                "What keeps parcels undetermined, and what would settle it",
            ));
        }
        let zones: Vec<Text> = record
            .open
            .iter()
            .filter_map(|(id, open)| {
                let parcels = thousands(*open.get(reason.id())?);
                Some(text!("{zone} {parcels}筆", "{zone} {parcels}", zone = zone(report, id)))
            })
            .collect();
        sheet.say(2, &reason.name().joined(": ", &Text::list(&zones)));
        sheet.say(4, &settled_by(reason, report).map(|settled_by| format!("→ {settled_by}")));
    }
    sheet.blank();
}

/// All that can keep a parcel open: criteria, and what zones ask beside them.
pub(super) fn reasons(set: &'static RuleSet) -> impl Iterator<Item = Reason> {
    let beside = ZoneReason::ALL.into_iter().map(Reason::Zone);
    set.criteria.iter().map(Reason::Criterion).chain(beside)
}

/// Which layer, or what else, would settle a reason.
pub(super) fn settled_by(reason: Reason, report: &Report) -> Text {
    let criterion = match reason {
        Reason::Criterion(criterion) => criterion,
        Reason::Zone(reason) => return reason.settled_by(),
    };
    let missing: Vec<Text> = criterion
        .layers()
        .iter()
        .map(|layer| layer.kind())
        .filter(|layer| report.record.missing_layers.iter().any(|missing| missing == layer.name))
        .map(|layer| {
            let name = layer.name;
            text!(
                "レイヤー `{name}` {title}（{by}）",
                "the layer `{name}` {title} ({by})",
                title = layer.title.clone(),
                by = layer.published_by.clone()
            )
        })
        .collect();
    if missing.is_empty() { criterion.settled_by.clone() } else { Text::list(&missing) }
}

/// What the ineligible parcels lack, and what the eligible ones lack without being asked for it.
pub(super) fn lacking(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let lacking = record.lacking.iter().filter(|(_, lacking)| !lacking.criteria.is_empty() || lacking.together > 0);
    for (at, (id, lacking)) in lacking.enumerate() {
        if at == 0 {
            heads(sheet);
        }
        sheet.say(0, &zone(report, id));
        let in_order = report.rules.set.criteria.iter().filter_map(|one| Some((one, lacking.criteria.get(one.id)?)));
        for (criterion, shortfall) in in_order {
            let [parcels, alone] = [shortfall.parcels, shortfall.alone].map(thousands);
            let name = match best(criterion, shortfall, report) {
                Some(best) => text!("{name}（{best}）", "{name} ({best})", name = criterion.name.clone(), best = best),
                None => criterion.name.clone(),
            };
            numbers(sheet, [&parcels, &alone], &name);
            if let Some(remedy) = criterion.kind.remedy() {
                numbers(sheet, ["", ""], &remedy.map(|remedy| format!("→ {remedy}")));
            }
        }
        if lacking.as_a_whole > 0 {
            let name = Text::new(
                "条件は満たすが、区域全体では、どう描いても条件を満たさない",
                "all hold, but the zone as a whole cannot, however it is drawn",
            );
            numbers(sheet, [&thousands(lacking.as_a_whole), ""], &name);
        }
        if lacking.together > 0 {
            numbers(sheet, [&thousands(lacking.together), ""], &apart(report, id));
        }
    }
    beside(sheet, report);
    sheet.blank();
}

/// What is said of parcels that may meet every criterion of a zone and still cannot lie in it.
fn apart(report: &Report, zone: &str) -> Text {
    if report.rules.set.zone(zone).is_some_and(|zone| report.rules.belongs_to(zone).is_some()) {
        Text::new(
            "個々には満たしうるが、同じ場所・同じ1つの区域についてではない",
            "each may hold, but not in one place or not for one and the same zone",
        )
    } else {
        Text::new("個々には満たしうるが、同時に満たす場所がない", "each may hold, but not in one place")
    }
}

/// The heading of the table, and what its numbers are.
fn heads(sheet: &mut Sheet) {
    sheet.heading(&Text::new("非該当の理由", "Why the rest is not"));
    let heads = [Text::new("満たさない", "fail it"), Text::new("これだけ", "only it")];
    let [fail, only] = heads.map(|head| head.get(sheet.lang).to_owned());
    numbers(sheet, [&fail, &only], &Text::new("（筆数）", "(parcels)"));
}

fn numbers(sheet: &mut Sheet, [first, second]: [&str; 2], text: &Text) {
    let label = format!("{}{}  ", pad_left(first, NUMBERS), pad_left(second, NUMBERS));
    sheet.row(&label, 2 * NUMBERS + 2, text.get(sheet.lang));
}

/// How near the nearest came, where no parcel meets the criterion at all.
fn best(criterion: &Criterion, shortfall: &ShortfallRecord, report: &Report) -> Option<Text> {
    let parcels = &report.record.parcels;
    if shortfall.parcels < parcels.count - parcels.without_usable_geometry {
        return None;
    }
    let of = |measure: Measure| {
        let threshold = report.rules.set.threshold(measure.threshold)?;
        let needed = *report.record.rules.thresholds.get(measure.threshold)?;
        Some(nearest(measure, threshold, *shortfall.nearest.get(measure.column)?, needed))
    };
    let all: Vec<Text> = criterion.measures().into_iter().filter_map(of).collect();
    (!all.is_empty()).then(|| Text::list(&all))
}

/// How near the nearest came, beside what is needed.
fn nearest(measure: Measure, threshold: &Threshold, found: f64, needed: f64) -> Text {
    let (found, needed) = (written(threshold, rounded(measure, threshold, found, needed)), written(threshold, needed));
    if measure.at_least {
        text!("最高 {found}、必要 {needed}", "at best {found}, needed {needed}", found = found, needed = needed)
    } else {
        text!(
            "最短 {found}、必要 {needed}以内",
            "at best {found}, needed {needed} at most",
            found = found,
            needed = needed
        )
    }
}

/// A value to one digit after the point, or to as many as it takes to see that it falls short.
fn rounded(measure: Measure, threshold: &Threshold, found: f64, needed: f64) -> f64 {
    let unit = if threshold.unit == "share" { 1e-2 } else { 1.0 };
    (1..8)
        .map(|digits| {
            let step = unit / 10_f64.powi(digits);
            // Written with few digits again: 0.142 and not 0.14200000000000002.
            let text = format!("{:.9}", (found / step).round() * step);
            text.parse().unwrap_or(found)
        })
        .find(|rounded| if measure.at_least { *rounded < needed } else { *rounded > needed })
        .unwrap_or(found)
}

/// Eligible parcels that do not meet what outputs are told of.
fn beside(sheet: &mut Sheet, report: &Report) {
    for (id, criteria) in report.record.beside.iter() {
        for (criterion, beside) in criteria {
            let Some(criterion) = report.rules.set.criterion(criterion) else { continue };
            if beside.outside == 0 && beside.not_known == 0 {
                continue;
            }
            let (outside, not_known) = (thousands(beside.outside), thousands(beside.not_known));
            sheet.say(0, &if beside.not_known == 0 {
                text!(
                    "{zone}に該当する筆のうち、「{criterion}」でないもの: {outside}筆（判定には使いません）",
                    "{zone}: {outside} eligible parcels are not {criterion}; this does not decide",
                    zone = zone(report, id),
                    criterion = criterion.name.clone()
                )
            } else {
                text!(
                    "{zone}に該当する筆のうち、「{criterion}」でないもの: {outside}筆、分からないもの: {not_known}筆（判定には使いません）",
                    "{zone}: {outside} eligible parcels are not {criterion}, of {not_known} it is not known; this does not decide",
                    zone = zone(report, id),
                    criterion = criterion.name.clone()
                )
            });
        }
    }
}
