//! What the summary says of timetables and of a what-if.

use std::collections::BTreeSet;

use crate::cli::sheet::Sheet;
use crate::pipeline::Report;
use crate::runs::LineRecord;
use crate::text::Text;
use crate::transit::rule_name;

/// A line of the timetables that were counted, and one of what was supposed.
pub(super) fn write(sheet: &mut Sheet, report: &Report) {
    timetables(sheet, report);
    what_if(sheet, report);
}

/// On which timetables and days transit was counted, and by which rule.
fn timetables(sheet: &mut Sheet, report: &Report) {
    let Some(transit) = report.record.transit.as_ref().filter(|transit| !transit.feeds.is_empty()) else { return };
    let (feeds, rule) = (transit.feeds.len(), rule_name(&transit.rule));
    let days: BTreeSet<&str> = transit.feeds.iter().map(|feed| feed.service_day.as_str()).collect();
    let days: Vec<&str> = days.into_iter().collect();
    let text = Text {
        ja: format!("時刻表: {feeds}件、{}の便を数えました（数え方: {}）", days.join("と"), rule.ja).into(),
        en: format!("timetables (時刻表): {feeds}, counted on {}, rule {}", days.join(" and "), rule.en).into(),
    };
    sheet.say(0, &text);
}

/// How often a line would run, and where.
fn line(line: &LineRecord) -> Text {
    let (title, stops, perhaps) = (line.title(), line.stops.len(), line.perhaps.len());
    let mut numbers = Vec::new();
    if let Some(trips) = line.peak_trips {
        numbers.push(text!("ピーク時{trips}本/時", "{trips} in the peak hour"));
    }
    if let Some(trips) = line.daily_trips {
        numbers.push(text!("1日{trips}本", "{trips} a day"));
    }
    let s = if stops == 1 { "" } else { "s" };
    let at = Text { ja: format!("停留所{stops}か所").into(), en: format!("at {stops} stop{s}").into() };
    let at = if perhaps > 0 {
        text!("{at}、可能性ありの{perhaps}か所", "{at} and perhaps {perhaps} more", at = at)
    } else {
        at
    };
    text!("{title}を{numbers}に（{at}）", "{title}: {numbers}, {at}", numbers = Text::list(&numbers), at = at)
}

/// What was supposed, and what that changed.
fn what_if(sheet: &mut Sheet, report: &Report) {
    let Some(scenario) = &report.record.scenario else { return };
    let routes = |routes: &BTreeSet<String>| routes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let plural = |number: usize| if number == 1 { "" } else { "s" };
    let mut changes = Vec::new();
    for added in &scenario.layers {
        let (layer, features) = (&added.layer, added.features);
        changes.push(Text {
            ja: format!("`{layer}`に{features}件を追加").into(),
            en: format!("{features} feature{} added to {layer}", plural(features as usize)).into(),
        });
    }
    if !scenario.stops.is_empty() {
        let stops = scenario.stops.len();
        let text = Text {
            ja: format!("停留所{stops}か所を追加").into(),
            en: format!("{stops} stop{} added", plural(stops)).into(),
        };
        changes.push(text);
    }
    for removed in &scenario.removals {
        let (trips, routes) = (removed.trips, routes(&removed.routes));
        let text = Text {
            ja: format!("{trips}便を廃止（{routes}）").into(),
            en: format!("{trips} trip{} removed ({routes})", plural(trips)).into(),
        };
        changes.push(text);
    }
    for headway in &scenario.headways {
        let (routes, minutes, from, to) = (routes(&headway.routes), headway.minutes, &headway.from, &headway.to);
        changes.push(text!(
            "{routes} を{from}〜{to}に{minutes}分間隔",
            "{routes} every {minutes} min from {from} to {to}"
        ));
    }
    changes.extend(scenario.lines.iter().map(line));
    let note = &scenario.note;
    sheet.say(
        0,
        &text!("想定: {note} — {changes}", "what if (仮定): {note} — {changes}", changes = Text::list(&changes)),
    );
}
