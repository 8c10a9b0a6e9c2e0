//! What is printed of a parcel: zone by zone, criterion by criterion.

use super::super::sheet::{Sheet, status_style};
use crate::criteria::{Criterion, World};
use crate::evidence::SHARE_STEPS;
use crate::queries::explain::{
    Answer, CriterionExplained, Explanation, Sayings, Turn, Turned, Way, ZoneExplained, percent, rule_of,
};
use crate::text::Text;
use crate::verdicts::Shares;

/// Where what is said of a criterion stands.
const LABEL: usize = 12;

pub(super) fn write(sheet: &mut Sheet, explained: &Explanation, sayings: &Sayings<'_>) {
    let id = &explained.id;
    let set = sayings.rules.set.title.clone();
    match explained.area_m2 {
        Some(area) => sheet.heading(&text!("筆 {id}（{area} m²）", "parcel {id} ({area} m²)")),
        None => sheet.heading(&text!("筆 {id}", "parcel {id}")),
    }
    sheet.say(0, &text!("ルール: {set}", "rules: {set}", set = set));
    if explained.area_m2.is_none() {
        sheet.say(
            0,
            &Text::new(
                "使える図形がないため、何も測れず、どの区域でも判定不能です。",
                "Without usable geometry nothing can be measured: undetermined in every zone.",
            ),
        );
        return;
    }
    let needed = percent(explained.membership);
    let needed = if explained.membership > 0.0 {
        text!(
            "筆の面積の{needed}以上が区域に入れば該当です。距離などの余裕は、この割合が変わるところまでを測っています。",
            "Eligible is what lies in a zone with at least {needed} of its area; margins are measured to where that turns."
        )
    } else {
        Text::new("筆の面積の一部でも区域に入れば該当です。", "Eligible is what lies in a zone with any of its area.")
    };
    sheet.say(0, &needed);
    if let Some(land) = &explained.land {
        sheet.say(0, &land.said());
    }
    for zone in &explained.zones {
        sheet.blank();
        self::zone(sheet, zone, sayings);
    }
}

fn zone(sheet: &mut Sheet, zone: &ZoneExplained, sayings: &Sayings<'_>) {
    let style = status_style(zone.status);
    let (name, id, status) = (zone.zone.name(), zone.zone.id(), zone.status.name());
    let status = status.map(|word| format!("{style}{word}{style:#}"));
    sheet.heading(&text!("{name}（{id}）: {status}", "{name} ({id}): {status}", name = name, status = status));
    if let Some(shares) = zone.shares {
        sheet
            .say(2, &text!("区域に入る筆の割合: {share}", "share of the parcel in it: {share}", share = share(shares)));
    }
    if let Some(whole) = &zone.whole {
        sheet.say(2, &sayings.whole(whole));
    }
    if !zone.reasons.is_empty() {
        let reasons: Vec<Text> = zone.reasons.iter().map(|reason| reason.name()).collect();
        sheet.say(2, &text!("決まらない理由: {reasons}", "open because of: {reasons}", reasons = Text::list(&reasons)));
    }
    let mut said = Said::default();
    for one in &zone.criteria {
        criterion(sheet, one, zone, sayings, &mut said);
    }
    if has_unasked_whole(zone) {
        sheet.blank();
        sheet.say(2, &WHOLE_NOT_ASKED);
    }
    for (criterion, reason) in &zone.waived {
        let name = criterion.name.clone();
        sheet.say(2, &text!("− {name}: 適用除外（{reason}）", "- {name}: set aside ({reason})", name = name));
    }
    for (criterion, is_met) in &zone.told {
        let name = criterion.name.clone();
        let answer = standing(*is_met);
        sheet.say(
            2,
            &text!(
                "参考 {name}: {answer}（判定は左右しません）",
                "beside this, {name}: {answer} (decides nothing)",
                name = name,
                answer = answer
            ),
        );
    }
}

/// What is said beside changes in a zone that is asked as a whole as well.
const WHOLE_NOT_ASKED: Text = Text::new(
    "注意 この区域は全体でも確かめます。境界、停留所、公共用地、人口を変えたあとの区域全体は、ここでは確かめていません。",
    "mind: this zone is asked as a whole as well; how it stands as a whole once a border, a stop, public land or people are \
     other ones is not asked here",
);

/// Whether changes are told that were tried in the parcel, and not in the zone as a whole.
fn has_unasked_whole(zone: &ZoneExplained) -> bool {
    let changes = zone.criteria.iter().flat_map(|one| &one.turns).filter_map(|turn| match &turn.answer {
        Answer::By(changes) => Some(changes),
        Answer::NotAlone | Answer::Beside | Answer::NoNumber => None,
    });
    !zone.zone.rule().as_a_whole.is_empty() && changes.flatten().any(|change| !change.is_verified)
}

/// What is said already: of criteria that look at one and the same other zone, that whatever turns this zone turns them is said once.
#[derive(Default)]
struct Said(Vec<(Turned, Text)>);

impl Said {
    /// The sentences on what turns something, each once.
    fn of(&mut self, turns: &[Turn], one: &CriterionExplained, turned: Turned, sayings: &Sayings<'_>) -> Vec<Text> {
        let mut all: Vec<Text> = Vec::new();
        for turn in shown(turns, one.is_met) {
            let looks_on = matches!(turn.answer, Answer::NoNumber) && one.criterion.kind.zone().is_some();
            for sentence in sayings.turn(turn, (one.criterion, one.is_met), turned) {
                let is_said = looks_on && self.0.contains(&(turned, sentence.clone()));
                if is_said || all.contains(&sentence) {
                    continue;
                }
                if looks_on {
                    self.0.push((turned, sentence.clone()));
                }
                all.push(sentence);
            }
        }
        all
    }
}

fn criterion(
    sheet: &mut Sheet,
    one: &CriterionExplained,
    zone: &ZoneExplained,
    sayings: &Sayings<'_>,
    already: &mut Said,
) {
    let Criterion { id, name, source, .. } = one.criterion;
    let mark = match one.is_met {
        Some(true) => "○",
        Some(false) => "×",
        None => "？",
    };
    let answer = standing(one.is_met);
    sheet.blank();
    sheet.say(
        2,
        &text!(
            "{mark} {name}（{id}）: {answer}",
            "{mark} {name} ({id}): {answer}",
            name = name.clone(),
            answer = answer
        ),
    );
    let mut row = |label: Text, said: &Text| {
        let label = format!("    {}", label.get(sheet.lang));
        let said = said.get(sheet.lang).to_owned();
        sheet.row(&label, LABEL, &said);
    };
    let rule = rule_of(one.criterion, sayings.rules);
    let rule = match source {
        Some(source) => text!("{rule}（{source}）", "{rule} ({source})", rule = rule, source = source.clone()),
        None => rule,
    };
    row(Text::new("条件", "rule"), &rule);
    if let Some(shares) = one.shares {
        row(Text::new("割合", "share"), &share(shares));
    }
    for decider in &one.deciders {
        row(Text::new("決め手", "by"), &sayings.decider(decider));
    }
    if !same(&one.margins, &one.turns) {
        for said in already.of(&one.margins, one, Turned::Criterion, sayings) {
            row(Text::new("単独", "alone"), &said);
        }
    }
    for said in already.of(&one.turns, one, Turned::Verdict(zone.status), sayings) {
        row(Text::new("判定", "verdict"), &said);
    }
}

/// What need be said: that more of a criterion which is met does not help, and that nothing countable takes it away, goes
/// without saying.
fn shown(turns: &[Turn], is_met: Option<bool>) -> impl Iterator<Item = &Turn> {
    let is_idle = move |turn: &Turn| match turn.answer {
        Answer::NotAlone => turn.way == Way::Gain,
        Answer::NoNumber => turn.way == Way::Loss,
        Answer::By(_) | Answer::Beside => false,
    };
    turns.iter().filter(move |turn| is_met != Some(true) || !is_idle(turn))
}

/// Whether what turns the criterion is what turns the verdict, so that it need be said once.
fn same(margins: &[Turn], turns: &[Turn]) -> bool {
    let shown = |turns: &[Turn]| -> Vec<(Way, String)> {
        let of = |turn: &Turn| match &turn.answer {
            Answer::By(changes) => format!("{:?}", changes.iter().map(|change| &change.of).collect::<Vec<_>>()),
            other => format!("{other:?}"),
        };
        turns.iter().map(|turn| (turn.way, of(turn))).collect()
    };
    shown(margins) == shown(turns)
}

fn standing(is_met: Option<bool>) -> Text {
    match is_met {
        Some(true) => Text::new("満たす", "met"),
        Some(false) => Text::new("満たさない", "not met"),
        None => Text::new("分からない", "not known"),
    }
}

/// A share as it is known: what is sure, what is possible, and what is expected where that is more.
fn share(shares: Shares) -> Text {
    let percent = |world: World| {
        let steps = match world {
            World::Sure => shares.lo,
            World::Possible => shares.hi,
            World::Expected => shares.expected,
        };
        percent(f64::from(steps) / SHARE_STEPS)
    };
    let [sure, possible, expected] = World::ALL.map(percent);
    let known = if shares.lo == shares.hi {
        Text::from(&sure)
    } else {
        text!("確実なのは{sure}、最大{possible}", "{sure} for certain, {possible} at most")
    };
    if shares.expected > shares.lo {
        known.joined("", &text!("、見込みを加えると{expected}", ", {expected} with what is expected"))
    } else {
        known
    }
}
