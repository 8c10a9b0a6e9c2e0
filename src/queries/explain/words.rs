//! How is a change said to a planner, in a sentence?

use super::told::{Answer, Change, ChangeOf, Turn, Way};
use crate::criteria::{Criterion, Rules, page};
use crate::crs::FromPlane;
use crate::layers::{LAYERS, LayerKey};
use crate::text::{Lang, Text};
use crate::transit::ServiceQuestion;
use crate::verdicts::Status;

/// The words of explanations by one run's rules.
#[derive(Debug, Clone, Copy)]
pub struct Sayings<'r> {
    /// The rules.
    pub rules: &'r Rules,
    /// Back to longitude and latitude.
    pub from_plane: &'r FromPlane,
}

/// What a change turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// The criterion by itself.
    Criterion,
    /// The verdict in a zone, which is this one now.
    Verdict(Status),
}

/// A direction of the compass, of eight: `bearing` from north, clockwise, degrees.
#[must_use]
pub fn direction(bearing: f64) -> Text {
    const WINDS: [Text; 8] = [
        Text::new("北", "north"),
        Text::new("北東", "north-east"),
        Text::new("東", "east"),
        Text::new("南東", "south-east"),
        Text::new("南", "south"),
        Text::new("南西", "south-west"),
        Text::new("西", "west"),
        Text::new("北西", "north-west"),
    ];
    let wind = (bearing.rem_euclid(360.0) / 45.0).round() as usize % WINDS.len();
    WINDS[wind].clone()
}

impl Sayings<'_> {
    /// Whether something is so far away that it is not named.
    pub(super) fn is_far(&self, metres: f64) -> bool {
        metres > self.rules.named_within()
    }

    /// That there is none of something, but for what is so far away that it is not named.
    pub(super) fn none_of(&self, what: Text) -> Text {
        let km = (self.rules.named_within() / 100.0).round() / 10.0;
        text!("{km} km以内に{what}はありません", "there is no {what} within {km} km", what = what)
    }

    /// A number of a threshold with its unit.
    #[must_use]
    pub fn number(&self, key: &str, number: f64) -> Text {
        let number = (number * 1e6).round() / 1e6;
        match self.rules.set.threshold(key) {
            Some(threshold) => {
                Text { ja: threshold.written_in_japanese(number).into(), en: threshold.written(number).into() }
            }
            None => Text::from(number),
        }
    }

    /// What a threshold is called.
    #[must_use]
    pub fn threshold(&self, key: &str) -> Text {
        self.rules.set.threshold(key).map_or_else(|| Text::from(key), |threshold| threshold.name.clone())
    }

    /// What layers are called, any of them.
    #[must_use]
    pub fn layers(&self, layers: &[LayerKey]) -> Text {
        let title = |layer: &LayerKey| {
            if LAYERS.iter().any(|kind| kind.key == *layer) {
                layer.kind().title.clone()
            } else {
                let name = layer.name();
                text!("レイヤー `{name}`", "the layer `{name}`")
            }
        };
        Text::list(&layers.iter().map(title).collect::<Vec<_>>())
    }

    /// What is said of a way to turn something: a sentence a change.
    #[must_use]
    pub fn turn(&self, turn: &Turn, (criterion, is_met): (&Criterion, Option<bool>), turned: Turned) -> Vec<Text> {
        match &turn.answer {
            Answer::By(changes) => changes.iter().map(|change| self.change(change, turn.way, turned)).collect(),
            Answer::NotAlone => vec![match turn.way {
                Way::Gain => Text::new(
                    "この条件だけを変えても、判定は変わりません（ほかにも満たさない条件や、決まらない条件があります）",
                    "not by this alone: other criteria fail as well, or are open",
                ),
                Way::Loss => Text::new(
                    "この条件だけが変わっても、判定は変わりません（代わりになる条件があるか、ほかの条件が決まっていません）",
                    "not by this alone: another criterion serves in its place, or is open",
                ),
            }],
            Answer::Beside => vec![Text::new(
                "判定を左右するのはこの条件ではなく、区域全体での条件です",
                "not this criterion decides, but what the zone must meet as a whole",
            )],
            Answer::NoNumber => vec![self.settled(criterion, turn.way, is_met)],
        }
    }

    /// What would settle a criterion that no number turns.
    fn settled(&self, criterion: &Criterion, way: Way, is_met: Option<bool>) -> Text {
        if let Some(zone) = criterion.kind.zone().and_then(|zone| self.rules.set.zone(zone)) {
            return text!(
                "{zone}の判定を変えるものが、ここでも変えます",
                "whatever turns the {zone} turns this",
                zone = zone.name()
            );
        }
        let none = Text::new("1つの数の変更では変わりません", "no change of one number turns it");
        match (criterion.kind.remedy(), way, is_met) {
            (_, _, None) => {
                let settled_by = criterion.settled_by.clone();
                none.joined(
                    "",
                    &text!(
                        "。決め手になるのは、{settled_by}です",
                        "; it would be settled by: {settled_by}",
                        settled_by = settled_by
                    ),
                )
            }
            (Some(remedy), Way::Gain, Some(false)) => remedy,
            _ => none,
        }
    }

    /// A change, and what it turns.
    #[must_use]
    pub fn change(&self, change: &Change, way: Way, turned: Turned) -> Text {
        let said = self.needed(&change.of, way);
        let result = match turned {
            Turned::Criterion => match way {
                Way::Gain => Text::new("この条件を満たします", "this criterion is met"),
                Way::Loss => Text::new("この条件を満たさなくなります", "this criterion is no longer met"),
            },
            Turned::Verdict(now) if now == change.to => {
                return text!(
                    "{said}この条件を満たしますが、そうした区域は全体での条件を満たさず、判定は変わりません",
                    "{said} this criterion would turn, but a zone drawn so does not hold as a whole: the verdict stays",
                    said = said
                );
            }
            Turned::Verdict(_) => text!("判定は「{to}」になります", "the verdict is “{to}”", to = change.to.name()),
        };
        said.with(&result.ja, &format!(" {}", result.en))
    }

    /// What would have to be other: a clause to which the outcome is joined.
    fn needed(&self, of: &ChangeOf, way: Way) -> Text {
        let is_gain = way == Way::Gain;
        match of {
            ChangeOf::Reach { key, metres, to, place } => {
                let (name, to) = (self.threshold(key), self.number(key, *to));
                let limit = text!("{name}が{to}なら、", "with {name} of {to}", name = name, to = to);
                // What is near to nobody is not named.
                let place = place.as_ref().filter(|(_, far)| !self.is_far(*far));
                match (place, is_gain) {
                    (Some((place, far)), true) => {
                        let place = named(place.as_deref());
                        text!(
                            "{place}（{far} m）から{metres} m遠すぎます。{limit}",
                            "{metres} m too far from {place} ({far} m): {limit}",
                            place = place,
                            limit = limit
                        )
                    }
                    (None, true) => {
                        text!("{metres} m遠すぎます。{limit}", "{metres} m too far: {limit}", limit = limit)
                    }
                    (_, false) => {
                        text!("余裕は{metres} mです。{limit}", "{metres} m to spare: {limit}", limit = limit)
                    }
                }
            }
            ChangeOf::Border { layers, is_inside, metres, bearing } => {
                let (layers, wind) = (self.layers(layers), direction(*bearing));
                if is_gain == *is_inside {
                    text!(
                        "{layers}の境界が{wind}へ{metres} m広がれば、",
                        "with the border of {layers} {metres} m further out, to the {wind},",
                        layers = layers,
                        wind = wind
                    )
                } else {
                    text!(
                        "{layers}の境界が{wind}へ{metres} m退けば、",
                        "with the border of {layers} {metres} m further in, to the {wind},",
                        layers = layers,
                        wind = wind
                    )
                }
            }
            ChangeOf::Service { .. } => service(of, is_gain),
            ChangeOf::Land { layer, square_metres, .. } => {
                let (layer, hectares) = (self.layers(&[*layer]), square_metres / 1e4);
                if is_gain {
                    text!(
                        "この単位の{layer}があと{hectares} ha増えれば、",
                        "with {hectares} ha more of {layer} in this unit",
                        layer = layer
                    )
                } else {
                    text!(
                        "この単位の{layer}が{hectares} ha減れば、",
                        "with {hectares} ha less of {layer} in this unit",
                        layer = layer
                    )
                }
            }
            ChangeOf::People { code, seniors, persons, .. } => {
                let who = if *seniors {
                    Text::new("65歳以上の住民", "residents aged 65 or over")
                } else {
                    Text::new("住民", "residents")
                };
                let code = code.as_deref().map_or_else(
                    || Text::new("この統計区域", "this census unit"),
                    |code| text!("統計区域{code}", "census unit {code}"),
                );
                if is_gain {
                    text!(
                        "{code}の{who}があと{persons}人多ければ、",
                        "with {persons} more {who} in {code}",
                        code = code,
                        who = who
                    )
                } else {
                    text!(
                        "{code}の{who}が{persons}人減れば、",
                        "with {persons} {who} fewer in {code}",
                        code = code,
                        who = who
                    )
                }
            }
            ChangeOf::Threshold { key, by, to } => {
                let (name, by, to) = (self.threshold(key), self.number(key, *by), self.number(key, *to));
                let limit = text!("{name}が{to}なら、", "with {name} of {to}", name = name, to = to);
                if is_gain {
                    text!("{by}足りません。{limit}", "{by} short: {limit}", by = by, limit = limit)
                } else {
                    text!("余裕は{by}です。{limit}", "{by} to spare: {limit}", by = by, limit = limit)
                }
            }
        }
    }
}

/// The departures that would have to be other.
fn service(of: &ChangeOf, is_gain: bool) -> Text {
    let ChangeOf::Service { counted, trips, enough, stop, window, .. } = of else { return Text::from("") };
    let (stop, hour) = (named(stop.as_deref()), hour(*counted, window.as_ref()));
    let departures = |trips: f64| if trips == 1.0 { "departure" } else { "departures" };
    match (trips, is_gain) {
        (Some(trips), true) => {
            let word = Text { ja: "発車".into(), en: departures(*trips).into() };
            text!(
                "{stop}の{hour}の{word}があと{trips}本増えれば、",
                "with {trips} more {word} {hour} at {stop}",
                stop = stop,
                hour = hour,
                word = word
            )
        }
        (Some(trips), false) => {
            let word = Text { ja: "発車".into(), en: departures(*trips).into() };
            text!(
                "{stop}の{hour}の{word}が{trips}本減れば、",
                "with {trips} {word} fewer {hour} at {stop}",
                stop = stop,
                hour = hour,
                word = word
            )
        }
        (None, true) => text!(
            "{stop}の{hour}の発車が{enough}本以上と分かれば、",
            "once {stop} is known to have at least {enough} departures {hour}",
            stop = stop,
            hour = hour
        ),
        (None, false) => text!(
            "{stop}の{hour}の発車が{enough}本に満たないと分かれば、",
            "once {stop} is known to have fewer than {enough} departures {hour}",
            stop = stop,
            hour = hour
        ),
    }
}

/// The rule of a criterion with its numbers.
#[must_use]
pub fn rule_of(criterion: &Criterion, rules: &Rules) -> Text {
    let filled = |lang: Lang| page::filled(criterion.rule.get(lang), &rules.thresholds, lang);
    Text { ja: filled(Lang::Ja).into(), en: filled(Lang::En).into() }
}

/// The name of a place, or that it has none.
#[must_use]
pub fn named(name: Option<&str>) -> Text {
    name.map_or_else(|| Text::new("名称のない場所", "a place without a name"), Text::from)
}

/// When departures are counted.
fn hour(counted: ServiceQuestion, window: Option<&[String; 2]>) -> Text {
    match (counted, window) {
        (ServiceQuestion::PeakInOneDirection, Some([from, to])) => text!("{from}〜{to}", "in {from}–{to}"),
        (ServiceQuestion::PeakInOneDirection, None) => Text::new("ピーク1時間（片道）", "in the peak hour, one way"),
        (ServiceQuestion::DailyInOneDirection, _) => Text::new("1日（片道）", "a day, one way"),
        (ServiceQuestion::DailyInBothDirections, _) => Text::new("1日（往復）", "a day, both ways"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::text::{english_in, is_japanese};

    #[test]
    fn every_change_is_said_in_one_language_at_a_time() {
        let rules = Rules::default();
        let from_plane = FromPlane::new(Plane::nearest(138.0, 35.0));
        let sayings = Sayings { rules: &rules, from_plane: &from_plane };
        let key = rules.thresholds.all()[0].key;
        let counted = ServiceQuestion::DailyInBothDirections;
        let service = |trips| {
            let (stop, window) = (None, None);
            ChangeOf::Service { key, counted, trips, enough: 3.0, stop, window }
        };
        let people = |seniors| ChangeOf::People { unit: 0, code: None, seniors, persons: 12.0 };
        let (layers, layer) = (vec![LayerKey::Did], LayerKey::PublicLand);
        let changes = [
            ChangeOf::Reach { key, metres: 12.35, to: 1012.35, place: None },
            ChangeOf::Reach { key, metres: 12.35, to: 1012.35, place: Some((Some("西町".to_owned()), 1003.2)) },
            ChangeOf::Border { layers: layers.clone(), is_inside: true, metres: 35.0, bearing: 92.0 },
            ChangeOf::Border { layers, is_inside: false, metres: 35.0, bearing: 359.0 },
            service(Some(1.0)),
            service(None),
            ChangeOf::Land { layer, unit: 3, square_metres: 4012.0 },
            people(true),
            people(false),
            ChangeOf::Threshold { key, by: 3.0, to: 997.0 },
        ];
        for of in changes {
            for way in [Way::Gain, Way::Loss] {
                for turned in
                    [Turned::Criterion, Turned::Verdict(Status::Ineligible), Turned::Verdict(Status::Eligible)]
                {
                    let change = Change { of: of.clone(), to: Status::Eligible, is_verified: true };
                    let Text { ja, en } = sayings.change(&change, way, turned);
                    assert!(is_japanese(&ja) && english_in(&ja).is_none(), "{ja}");
                    assert!(!is_japanese(&en.replace("西町", "")), "{en}");
                }
            }
        }
    }

    #[test]
    fn a_direction_is_one_of_eight() {
        let winds = [0.0, 22.0, 23.0, 90.0, 359.0].map(|bearing| direction(bearing).en.into_owned());
        assert_eq!(winds, ["north", "north", "north-east", "east", "north"]);
    }
}
