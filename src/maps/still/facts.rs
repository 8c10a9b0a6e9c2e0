//! What the map rests on: criteria with their numbers, what was waived, expected and supposed.

use super::Subject;
use super::look::INK;
use super::rows::{BODY, Setting};
use super::words::Lang;
use crate::criteria::{Criterion, MEMBERSHIP, page};
use crate::layers::title_of;

/// Room between parts of the panel, millimetres on A3.
pub(super) const GAP: f64 = 3.0;

/// The criteria of the zone with their numbers, those that were waived with the reason.
pub(super) fn rules(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    setting.gap(GAP);
    setting.heading("条件", "criteria", &[]);
    let rules = &subject.run.record.rules;
    for id in rules.required.get(subject.zone.id()).into_iter().flatten() {
        let criterion = subject.run.rules.set.criterion(id);
        let (mut ja, mut en) = criterion.map_or((id.clone(), id.clone()), |one| rule(subject, one, setting.lang));
        if let Some(reason) = rules.waived.get(id) {
            let reason = setting.setter.clean(reason);
            ja = format!("【適用除外：{reason}】{ja}");
            en = if setting.lang == Lang::English {
                format!("[waived: {reason}] {en}")
            } else {
                format!("[waived] {en}")
            };
        }
        setting.pair(&ja, &en, 0.0);
        setting.gap(0.5);
    }
    let membership = subject.run.rules.set.threshold(MEMBERSHIP);
    if let Some((threshold, value)) = membership.zip(subject.run.rules.thresholds.get(MEMBERSHIP)) {
        let ja = format!("{}：{}", threshold.name.ja, threshold.written_in_japanese(value));
        let en = format!("{}: {}", threshold.name.en, threshold.written(value));
        setting.pair(&ja, &en, 0.0);
    }
}

/// The rule of a criterion with the run's numbers; beside Japanese its name is English enough.
fn rule(subject: &Subject<'_>, criterion: &Criterion, lang: Lang) -> (String, String) {
    let thresholds = &subject.run.rules.thresholds;
    let filled = |text: &str, lang: crate::text::Lang| page::filled(text, thresholds, lang);
    let ja = filled(&criterion.rule.ja, crate::text::Lang::Ja);
    let en = filled(&criterion.rule.en, crate::text::Lang::En);
    if lang == Lang::Both { (ja, criterion.name.en.to_string()) } else { (ja, en) }
}

/// What the planner expects, and what was supposed of the network.
pub(super) fn expectations(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    let expected = &subject.run.record.expectations;
    if !expected.is_empty() {
        setting.gap(GAP);
        setting.heading("見込み", "expectations", &[]);
    }
    for one in expected {
        let note = setting.setter.clean(&one.note);
        let words = format!("{}{}{note}", layer(&one.layer, setting), setting.lang.main("：", ": "));
        setting.paragraph(&words, BODY, INK, 0.0);
    }
    if let Some(scenario) = &subject.run.record.scenario {
        setting.gap(GAP);
        setting.heading("想定", "what-if", &[]);
        let note = setting.setter.clean(&scenario.note);
        setting.paragraph(&note, BODY, INK, 0.0);
    }
}

/// What a layer is called.
pub(super) fn layer(key: &str, setting: &mut Setting<'_, '_>) -> String {
    let title = title_of(key);
    let words = setting.lang.main(&title.ja, &title.en);
    setting.setter.clean(&words)
}
