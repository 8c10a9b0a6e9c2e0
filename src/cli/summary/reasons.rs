//! What is open and what would settle it; why the rest is not.

use super::{written, zone};
use crate::cli::sheet::Sheet;
use crate::criteria::{self, Criterion, Measure, Threshold, Thresholds};
use crate::outputs::thousands;
use crate::pipeline::Report;
use crate::runs::ShortfallRecord;
use crate::text::Text;

/// Places for the name of a criterion.
const LABEL: usize = 30;

/// What keeps parcels undetermined, and what would settle it: each criterion once, with the zones that ask for it.
pub(super) fn open(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let criteria =
        criteria::CATALOGUE.iter().filter(|one| record.open.iter().any(|(_, open)| open.contains_key(one.id)));
    let mut any = false;
    for criterion in criteria {
        if !any {
            sheet.heading(&Text::new(
                "判定不能の理由と、決めるために要るもの",
                "What keeps parcels undetermined, and what would settle it",
            ));
            any = true;
        }
        let zones: Vec<Text> = record
            .open
            .iter()
            .filter_map(|(id, open)| {
                let parcels = thousands(*open.get(criterion.id)?);
                Some(text!("{zone} {parcels}筆", "{parcels} parcels ({zone})", zone = zone(id)))
            })
            .collect();
        let text = text!(
            "{zones}。要るもの: {settled_by}",
            "{zones}; would be settled by {settled_by}",
            zones = Text::list(&zones),
            settled_by = settled_by(criterion, report)
        );
        sheet.row(&format!("  {}", criterion.name.get(sheet.lang)), LABEL, text.get(sheet.lang));
    }
    sheet.blank();
}

/// Which layer, or what else, would settle a criterion that is open.
pub(super) fn settled_by(criterion: &Criterion, report: &Report) -> Text {
    let missing: Vec<Text> = criterion
        .layers
        .iter()
        .map(|layer| layer.kind())
        .filter(|layer| report.record.missing_layers.iter().any(|missing| missing == layer.name))
        .map(|layer| {
            let (name, japanese, by) = (layer.name, layer.japanese, layer.published_by);
            text!("レイヤー `{name}` {japanese}（{by}）", "the layer `{name}` {japanese} ({by})")
        })
        .collect();
    if missing.is_empty() { criterion.settled_by.clone() } else { Text::list(&missing) }
}

/// What the ineligible parcels lack, and what the eligible ones lack without asking for it.
pub(super) fn lacking(sheet: &mut Sheet, report: &Report) {
    let record = &report.record;
    let mut any = false;
    for (id, lacking) in record.lacking.iter() {
        if lacking.criteria.is_empty() && lacking.together == 0 {
            continue;
        }
        if !any {
            sheet.heading(&Text::new(
                "非該当の理由（満たさない筆の数）",
                "Why the rest is not: parcels that fail each criterion",
            ));
            any = true;
        }
        sheet.say(2, &zone(id));
        let in_order = criteria::CATALOGUE.iter().filter_map(|one| Some((one, lacking.criteria.get(one.id)?)));
        for (criterion, shortfall) in in_order {
            let text = shortfall_text(criterion, shortfall, report);
            sheet.row(&format!("    {}", criterion.name.get(sheet.lang)), LABEL, text.get(sheet.lang));
        }
        if lacking.together > 0 {
            let parcels = thousands(lacking.together);
            sheet.say(
                4,
                &text!(
                    "条件ごとには満たしうるが、同じ場所では満たさない: {parcels}筆",
                    "may meet each, but not in one place: {parcels}"
                ),
            );
        }
    }
    beside(sheet, report);
    sheet.blank();
}

/// How many fail, how many of them nothing else, and how near the nearest came.
fn shortfall_text(criterion: &Criterion, shortfall: &ShortfallRecord, report: &Report) -> Text {
    let (parcels, alone) = (thousands(shortfall.parcels), thousands(shortfall.alone));
    let mut parts = vec![if shortfall.alone > 0 {
        text!("{parcels}筆（うち{alone}筆はこれだけ）", "{parcels}, of these {alone} nothing else")
    } else {
        text!("{parcels}筆", "{parcels}")
    }];
    for measure in criterion.kind.measures() {
        let threshold = Thresholds::ALL.iter().find(|threshold| threshold.key == measure.threshold);
        let needed = report.record.rules.thresholds.get(measure.threshold);
        let found = shortfall.nearest.get(measure.column);
        if let (Some(threshold), Some(&needed), Some(&found)) = (threshold, needed, found) {
            parts.push(nearest(measure, threshold, found, needed));
        }
    }
    Text::list(&parts)
}

/// How near the nearest came, beside what is needed.
fn nearest(measure: Measure, threshold: &Threshold, found: f64, needed: f64) -> Text {
    let (found, needed) = (written(threshold, rounded(measure, threshold, found, needed)), written(threshold, needed));
    if measure.at_least {
        text!("最高 {found}（必要 {needed}）", "at best {found} (needed {needed})", found = found, needed = needed)
    } else {
        text!(
            "最短 {found}（必要 {needed}以内）",
            "at best {found} (needed {needed} at most)",
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
            let Some(criterion) = criteria::criterion(criterion) else { continue };
            if beside.outside == 0 && beside.not_known == 0 {
                continue;
            }
            let (outside, not_known) = (thousands(beside.outside), thousands(beside.not_known));
            sheet.say(0, &if beside.not_known == 0 {
                text!(
                    "{zone}に該当する筆のうち、「{criterion}」でないもの: {outside}筆（判定には使いません）",
                    "{zone}: {outside} eligible parcels are not {criterion}; this does not decide",
                    zone = zone(id),
                    criterion = criterion.name.clone()
                )
            } else {
                text!(
                    "{zone}に該当する筆のうち、「{criterion}」でないもの: {outside}筆、分からないもの: {not_known}筆（判定には使いません）",
                    "{zone}: {outside} eligible parcels are not {criterion}, of {not_known} it is not known; this does not decide",
                    zone = zone(id),
                    criterion = criterion.name.clone()
                )
            });
        }
    }
}
