//! The stops and the lines that did it, in words.

use std::fmt::Write as _;

use super::text::{GAINED, LOST, OTHER, amount};
use super::words::some_of;
use crate::cli::wrap::pad;
use crate::criteria::Zone;
use crate::layers::StopKind;
use crate::outputs::thousands;
use crate::queries::{BlamedBy, Diff, LineDiff, StopAmounts, StopDiff, StopsDiff};
use crate::text::{Lang, Text};

/// So many stops are named; `--json` names all.
const STOPS: usize = 20;

pub(super) fn stops(text: &mut String, diff: &Diff, lang: Lang) {
    stops_compared(text, diff, lang);
    let Some(stops) = &diff.stops else { return line!(text) };
    lines(text, stops, lang);
    let did = stops.stops.iter().take_while(|stop| stop.parcels() > 0).count();
    if did > 0 {
        let heading = Text::new("原因となった停留所・駅（面積の順）", "stops that did it, by hectares gained and lost");
        line!(text, "{}", heading.get(lang));
        stops.stops[..did.min(STOPS)].iter().for_each(|one| stop(text, one, lang));
        if did > STOPS {
            let more = thousands((did - STOPS) as u64);
            let told = text!("  … ほか{more}か所（--json で全部）", "  … and {more} more stops (--json names all)");
            line!(text, "{}", told.get(lang));
        }
    }
    let idle = (stops.stops.len() - did) as u64;
    if idle > 0 {
        let idle = thousands(idle);
        let told = text!(
            "変わったが、判定には影響しなかった停留所・駅：{idle}か所",
            "stops that changed and changed no status: {idle}"
        );
        line!(text, "{}", told.get(lang));
    } else if did == 0 {
        line!(text, "{}", Text::new("変わった停留所・駅はありません。", "no stop changed").get(lang));
    }
    line!(text);
}

/// Whether stops could be compared, and how parcels were put down to them where that is not as usual.
pub(super) fn stops_compared(text: &mut String, diff: &Diff, lang: Lang) {
    let without: Vec<&str> =
        ["A", "B"].into_iter().zip(&diff.runs).filter(|(_, run)| !run.has_stops).map(|(letter, _)| letter).collect();
    if !without.is_empty() {
        let (ja, en) = (without.join(" と "), without.join(" and "));
        let told = Text {
            ja: format!("停留所・駅は比べていません（{ja} に stops.geojson がありません）。").into(),
            en: format!("stops are not compared: no stops.geojson in {en}").into(),
        };
        line!(text, "{}", told.get(lang));
    }
    if diff.stops.as_ref().is_some_and(|stops| stops.by == BlamedBy::Columns && !diff.changes.is_empty()) {
        const BY_NAMES: Text = Text::new(
            "どちらの実行結果にも筆の形がないため、筆の列にある名称から停留所・駅を求めました。",
            "parcels are put down to stops by the names in their columns: neither run has their shapes",
        );
        line!(text, "{}", BY_NAMES.get(lang));
    }
}

fn stop(text: &mut String, stop: &StopDiff, lang: Lang) {
    let of = stop.change.stop();
    let (kind, name) = (kind(of.kind), of.name.as_ref().map_or(Text::new("（名称なし）", "(no name)"), Text::from));
    let what = Text::list(&stop.change.what());
    let told = text!("  {kind} {name}：{what}", "  {kind} {name}: {what}", kind = kind, name = name, what = what);
    line!(text, "{}", told.get(lang));
    amounts(text, &stop.zones, lang);
}

/// What was gained and lost by zone.
fn amounts(text: &mut String, zones: &[(Zone, StopAmounts)], lang: Lang) {
    for (zone, StopAmounts { gained, lost, other }) in zones {
        let parts = [(GAINED, *gained), (LOST, *lost), (OTHER, *other)].into_iter();
        let parts = parts.filter(|(_, of)| of.parcels > 0).map(|(word, of)| {
            let amount = format!(" {}", amount(of));
            word.with(&amount, &amount)
        });
        let parts: Vec<Text> = parts.collect();
        if !parts.is_empty() {
            line!(text, "    {}{}", pad(zone.name().get(lang), 26), Text::list(&parts).get(lang));
        }
    }
}

fn kind(kind: StopKind) -> Text {
    match kind {
        StopKind::Rail => Text::new("駅", "rail"),
        StopKind::Tram => Text::new("電停", "tram"),
        StopKind::Bus => Text::new("バス停", "bus"),
    }
}

/// The lines that run more or less often than before, each with the stops whose service it changed.
fn lines(text: &mut String, stops: &StopsDiff, lang: Lang) {
    if stops.lines.is_empty() {
        return;
    }
    let heading = Text::new("本数の変わった路線", "lines that run more or less often");
    line!(text, "{}", heading.get(lang));
    for LineDiff { change, stops: of_line, zones } in &stops.lines {
        let number = of_line.len();
        let names = of_line.iter().filter_map(|&stop| stops.stops[stop].change.stop().name.as_deref());
        let names = some_of(&names.map(Text::from).collect::<Vec<_>>());
        let s = if number == 1 { "" } else { "s" };
        let at = if number == 0 {
            Text::new("どの停留所の本数も変わりませんでした", "which changed the service of no stop")
        } else {
            text!("本数の変わった停留所{number}か所（{names}）", "at {number} stop{s}: {names}", names = names)
        };
        let (title, what) = (change.title(), change.what());
        line!(text, "{}", text!("  {title}：{what}、{at}", "  {title}: {what}, {at}", what = what, at = at).get(lang));
        amounts(text, zones, lang);
    }
    line!(text);
}
