//! What does a sheet rest on? By what it was judged, with which numbers, and on whose data of which year; never when it was made.

use std::collections::BTreeSet;

use super::super::sources::{Sources, name};
use super::ProjectContext;
use crate::criteria::{Zone, page};
use crate::layers::title_of;
use crate::runs::{InputRecord, RunRecord};
use crate::text::{Lang, Text};

/// The lines below the legend.
pub(super) fn notes(context: &ProjectContext<'_>, zone: Zone) -> Vec<String> {
    let mut lines = rules(context, zone);
    lines.push(Text::same(""));
    lines.extend(set_aside(context, zone));
    lines.extend(sources(context));
    lines.push(text!(
        "座標系：{plane}",
        "plane: {plane}",
        plane = Text { en: context.plane.english_name().into(), ..context.plane.title() }
    ));
    lines.push(Text::new(
        "上が座標北、矢印は真北。判定は筆ごとの目安で、区域の設定は都市計画の手続きによる。",
        "up is grid north, the arrow points to true north; a status says what may be, a plan sets the zones",
    ));
    let made_by = &context.record.tool;
    let tool = format!("{} {}", made_by.name, made_by.version);
    lines.push(text!("作成：{tool}", "made by {tool}"));
    lines.into_iter().map(|line| line.get(context.lang).to_owned()).collect()
}

/// The rule set, and what it asks of the zone with the run's numbers.
fn rules(context: &ProjectContext<'_>, zone: Zone) -> Vec<Text> {
    let rules = context.rules;
    let set =
        text!("判定の基準：{set}（{id}）", "rules: {set} ({id})", set = rules.set.title.clone(), id = rules.set.id);
    let mut lines = vec![set];
    let asked = zone.criteria().filter_map(|id| rules.set.criterion(id));
    lines.extend(asked.map(|criterion| {
        let filled = |text: &str, lang: Lang| page::filled(text, &rules.thresholds, lang);
        let rule =
            Text { ja: filled(&criterion.rule.ja, Lang::Ja).into(), en: filled(&criterion.rule.en, Lang::En).into() };
        match rules.waived.get(criterion.id) {
            None => text!("・{rule}", "- {rule}", rule = rule),
            Some(reason) => {
                text!("・【適用除外：{reason}】{rule}", "- [waived: {reason}] {rule}", reason = reason, rule = rule)
            }
        }
    }));
    lines
}

/// What the planner expects and supposes, and what of the rules nobody has read where they stand.
fn set_aside(context: &ProjectContext<'_>, zone: Zone) -> Vec<Text> {
    let record = context.record;
    let mut lines = Vec::new();
    for expected in &record.expectations {
        let what = title_of(&expected.layer);
        lines.push(text!("見込み：{what}（{note}）", "expected: {what} ({note})", what = what, note = &expected.note));
    }
    if let Some(scenario) = &record.scenario {
        lines.push(text!("想定：{note}", "what-if: {note}", note = &scenario.note));
    }
    let asked: BTreeSet<&str> = zone.criteria().collect();
    let is_asked = |criterion: &Option<String>| criterion.as_deref().is_none_or(|id| asked.contains(id));
    for unread in record.rules.unread.iter().filter(|unread| is_asked(&unread.criterion)) {
        let what = Text { ja: unread.what_ja.clone().into(), en: unread.what.clone().into() };
        lines.push(text!("一次資料で未確認：{what}", "not read in a primary source: {what}", what = what));
    }
    lines.extend(zone.rule().note.clone());
    lines
}

/// The data, layer by layer: whose they are and of which year, as far as anybody knows; the days that were counted of timetables.
fn sources(context: &ProjectContext<'_>) -> Vec<Text> {
    let record = context.record;
    // What timetables are is told with their days.
    let layers = record.inputs.iter().filter(|input| input.layer != TIMETABLES);
    let mut told: Vec<Text> = layers.map(|input| of_layer(input, record)).collect();
    for feed in record.transit.iter().flat_map(|transit| &transit.feeds) {
        let from = feed.publisher.as_deref().unwrap_or_else(|| name(&feed.path));
        told.push(text!(
            "時刻表：{from}（{day}を集計）",
            "timetable: {from} ({day} counted)",
            from = from,
            day = &feed.service_day
        ));
    }
    let row = |lang: Lang| told.iter().map(|one| one.get(lang)).collect::<Vec<_>>();
    let mut lines = vec![Text {
        ja: format!("資料　{}", row(Lang::Ja).join("　／　")).into(),
        en: format!("data: {}", row(Lang::En).join("; ")).into(),
    }];
    if !record.missing_layers.is_empty() {
        let missing: Vec<Text> = record.missing_layers.iter().map(|key| title_of(key)).collect();
        lines.push(text!("資料なし：{missing}", "not given: {missing}", missing = Text::list(&missing)));
    }
    lines
}

/// The key of timetables among the inputs.
const TIMETABLES: &str = "gtfs";

/// Whose data a layer is, and what its files are called of which nobody says.
fn of_layer(input: &InputRecord, record: &RunRecord) -> Text {
    let Sources { known, names } = Sources::of(input, record);
    let files: Vec<Text> = known.into_iter().chain(names).collect();
    text!("{what}：{files}", "{what}: {files}", what = title_of(&input.layer), files = Text::list(&files))
}
