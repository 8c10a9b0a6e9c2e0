//! How is it said what decides a criterion, and how a zone stands as a whole?

use super::told::{Decider, StopSeen, UnitSeen, WholeExplained};
use super::words::{Sayings, direction, named};
use crate::criteria::Zone;
use crate::layers::StopKind;
use crate::text::Text;
use crate::transit::ServiceQuestion;
use crate::units::Interval;

/// So many trips are named; the rest are counted.
const MOST_TRIPS: usize = 6;

impl Sayings<'_> {
    /// What decides a criterion, in a sentence without its full stop.
    #[must_use]
    pub fn decider(&self, decider: &Decider) -> Text {
        match decider {
            Decider::Stop(stop) => self.stop(stop),
            Decider::Facility { metres, is_sure, .. } if self.is_far(*metres) => self.none_of(if *is_sure {
                Text::new("対象の施設", "facility that counts")
            } else {
                Text::new("対象かもしれない施設", "facility that may count")
            }),
            Decider::Facility { name, metres, is_sure } => {
                let name = named(name.as_deref());
                if *is_sure {
                    text!("{name}まで{metres} m", "{name}, {metres} m away", name = name)
                } else {
                    text!(
                        "{name}まで{metres} m（対象の施設かどうか分かりません）",
                        "{name}, {metres} m away: whether it counts is not known",
                        name = name
                    )
                }
            }
            Decider::Border { layers, metres, bearing, share } => {
                let (layers, wind) = (self.layers(layers), direction(*bearing));
                let share = percent(*share);
                if *metres > 0.0 {
                    text!(
                        "{layers}の境界は{wind}へ{metres} m、その中にあるのは筆の{share}",
                        "the border of {layers} is {metres} m to the {wind}; {share} of the parcel lies inside",
                        layers = layers,
                        wind = wind
                    )
                } else {
                    text!(
                        "{layers}の境界が筆を通り、その中にあるのは筆の{share}",
                        "the border of {layers} runs through the parcel; {share} of it lies inside",
                        layers = layers
                    )
                }
            }
            Decider::Missing { layer, in_part } => {
                let (key, title) = (layer.name(), layer.kind().title.clone());
                if *in_part {
                    text!(
                        "レイヤー `{key}`（{title}）の一部が欠けています",
                        "something of the layer `{key}` ({title}) is lost",
                        title = title
                    )
                } else {
                    text!(
                        "レイヤー `{key}`（{title}）がありません",
                        "the layer `{key}` ({title}) is not given",
                        title = title
                    )
                }
            }
            Decider::Unit(unit) => self.unit(unit),
            Decider::Centre { zone, at, metres } => {
                let zone = self.rules.set.zone(zone).map_or_else(|| Text::from(*zone), Zone::name);
                if self.is_far(*metres) {
                    return self.none_of(zone.with("の中心", " whose centre is"));
                }
                let [lon, lat] = self.from_plane.lon_lat(*at).map(|degrees| (degrees * 1e6).round() / 1e6);
                text!(
                    "最寄りの{zone}の中心（経度{lon}、緯度{lat}）まで{metres} m",
                    "the nearest centre of a {zone} ({lon}, {lat}) is {metres} m away",
                    zone = zone
                )
            }
            Decider::Zone { zone, share } => {
                let zone = self.rules.set.zone(zone).map_or_else(|| Text::from(*zone), Zone::name);
                let share = range(*share, |share| Text::from(percent(share)));
                text!(
                    "{zone}の中にあるのは筆の{share}",
                    "{share} of the parcel lies in the {zone}",
                    zone = zone,
                    share = share
                )
            }
            Decider::Municipality { codes } => match codes.as_slice() {
                [] => Text::new("市区町村が分かりません", "the municipality is not known"),
                codes => {
                    let codes = codes.join(", ");
                    text!("市区町村 {codes}", "municipality {codes}")
                }
            },
            Decider::Number { value, key, place, .. } => self.measured(*value, key, place.as_deref()),
        }
    }

    fn measured(&self, value: Option<f64>, key: &str, place: Option<&str>) -> Text {
        let needed = self.rules.thresholds.get(key).map_or_else(|| Text::from("?"), |number| self.number(key, number));
        match (value, place) {
            (Some(value), Some(_)) if self.is_far(value) => {
                let none = self.none_of(Text::new("該当するもの", "such place"));
                text!("{none}（基準値 {needed}）", "{none} ({needed} are asked for)", none = none, needed = needed)
            }
            (Some(value), Some(place)) => {
                let value = self.number(key, value);
                text!(
                    "{place}まで{value}（基準値 {needed}）",
                    "{place} is {value} away ({needed} are asked for)",
                    value = value,
                    needed = needed
                )
            }
            (Some(value), None) => {
                let value = self.number(key, value);
                text!("{value}（基準値 {needed}）", "{value} ({needed} are asked for)", value = value, needed = needed)
            }
            (None, _) => text!(
                "測るものがありません（基準値 {needed}）",
                "there is nothing to measure ({needed} are asked for)",
                needed = needed
            ),
        }
    }

    fn stop(&self, stop: &StopSeen) -> Text {
        let name = named(stop.name.as_deref());
        let kind = match stop.kind {
            StopKind::Rail => Text::new("鉄道駅", "station"),
            StopKind::Tram => Text::new("電停", "tram stop"),
            StopKind::Bus => Text::new("バス停", "bus stop"),
        };
        if self.is_far(stop.metres) {
            return self.none_of(if stop.counts[0] {
                text!("数える{kind}", "{kind} that counts", kind = kind)
            } else {
                text!("数えるかもしれない{kind}", "{kind} that may count", kind = kind)
            });
        }
        let (metres, limit) = (stop.metres, self.number(stop.within.0, stop.within.1));
        let place = text!(
            "{kind}{name}まで{metres} m（{limit}以内）",
            "{kind} {name}, {metres} m away (within {limit})",
            kind = kind,
            name = name,
            limit = limit
        );
        let place = match &stop.service {
            None => place,
            Some((counted, there, key, needed)) => {
                let needed = self.number(key, *needed);
                let there = match there.hi.is_finite() {
                    true => range(*there, Text::from),
                    false if there.lo > 0.0 => {
                        let lo = there.lo;
                        text!("{lo}以上", "{lo} or more")
                    }
                    false => Text::new("不明", "not known"),
                };
                let what = match counted {
                    ServiceQuestion::PeakInOneDirection => {
                        Text::new("ピーク時の片道の発車", "departures in the peak hour, one way")
                    }
                    ServiceQuestion::DailyInOneDirection => Text::new("1日の片道の発車", "departures a day, one way"),
                    ServiceQuestion::DailyInBothDirections => {
                        Text::new("1日の往復の発車", "departures a day, both ways")
                    }
                };
                place.joined(
                    "",
                    &text!(
                        "、{what} {there}（基準値 {needed}）",
                        "; {what}: {there} ({needed} needed)",
                        what = what,
                        there = there,
                        needed = needed
                    ),
                )
            }
        };
        let place = match (&stop.window, stop.trips.as_slice()) {
            (Some([from, to]), trips) if !trips.is_empty() => {
                let listed = trips.iter().take(MOST_TRIPS).map(String::as_str).collect::<Vec<_>>().join(", ");
                let rest = trips.len().saturating_sub(MOST_TRIPS);
                let more = match rest {
                    0 => Text::from(""),
                    rest => text!(" ほか{rest}本", " and {rest} more"),
                };
                place.joined(
                    "",
                    &text!(
                        "、{from}〜{to} の便 {listed}{more}",
                        "; in {from}–{to} the trips {listed}{more}",
                        more = more
                    ),
                )
            }
            _ => place,
        };
        match stop.counts {
            [true, _] => place,
            [false, true] => place.with("。数えられるかどうかは分かりません", "; whether it counts is not known"),
            [false, false] => place.with("。数えません", "; it does not count"),
        }
    }

    fn unit(&self, unit: &UnitSeen) -> Text {
        let number = unit.index + 1;
        let name = match (&unit.code, unit.layer) {
            (Some(code), _) => text!("統計区域{code}", "census unit {code}"),
            (None, Some(_)) => text!("評価単位{number}", "evaluation unit {number}"),
            (None, None) => text!("統計区域（{number}番目）", "census unit number {number}"),
        };
        let (key, needed) = unit.at_least;
        let (share, needed) = (percent(unit.share), self.number(key, needed));
        let value = if unit.value.hi.is_finite() {
            range(unit.value, |value| self.number(key, value))
        } else {
            Text::new("不明", "not known")
        };
        let hectares = (unit.hectares * 100.0).round() / 100.0;
        let amount = match (unit.layer, unit.amount.hi.is_finite()) {
            (_, false) => Text::from(""),
            (Some(layer), true) => {
                let title = self.layers(&[layer]);
                let amount = range(unit.amount, |held| Text::from((held * 1e4).round() / 1e4));
                text!(
                    "、{hectares} haのうち{title} {amount} ha",
                    ": {amount} of {hectares} ha are {title}",
                    title = title,
                    amount = amount
                )
            }
            (None, true) => {
                let amount = range(unit.amount, Text::from);
                text!("、{hectares} haに{amount}人", ": {amount} on {hectares} ha", amount = amount)
            }
        };
        let whole = text!(
            "{name}（筆の{share}）: {value}（基準値 {needed}）{amount}",
            "{name} ({share} of the parcel): {value} ({needed} needed){amount}",
            name = name,
            value = value,
            needed = needed,
            amount = amount
        );
        match (unit.is_withheld, unit.layer) {
            (true, None) => {
                whole.with("。秘匿または不明のため幅があります", "; withheld 秘匿 or not known, so an interval")
            }
            (true, Some(_)) => {
                whole.with("。資料が欠けているため幅があります", "; an interval, since data are missing")
            }
            (false, _) => whole,
        }
    }

    /// How the candidate zone of a parcel stands as a whole.
    #[must_use]
    pub fn whole(&self, whole: &WholeExplained) -> Text {
        let WholeExplained { id, hectares, centre, .. } = whole;
        let hectares = (hectares * 100.0).round() / 100.0;
        let [lon, lat] = self.from_plane.lon_lat(*centre).map(|degrees| (degrees * 1e6).round() / 1e6);
        let mut said = text!(
            "候補区域 {id}: {hectares} ha、中心は経度{lon}、緯度{lat}",
            "candidate zone {id}: {hectares} ha, its centre at {lon}, {lat}"
        );
        if let Some(ratio) = whole.public_land_ratio {
            let ratio = range(ratio, |share| Text::from(percent(share)));
            said = said.joined("", &text!("、公共用地率 {ratio}", ", public-land ratio {ratio}", ratio = ratio));
        }
        if let Some(density) = whole.seniors_per_ha.filter(|density| density.hi.is_finite()) {
            let density = range(density, |number| Text::from((number * 100.0).round() / 100.0));
            said =
                said.joined("", &text!("、高齢者 {density}人/ha", ", {density} seniors a hectare", density = density));
        }
        let fails = whole.fails.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        match whole.meets {
            None => said,
            Some("yes") => said.with("。全体での条件を満たします", "; it meets what is asked of it as a whole"),
            Some("no") => said.joined(
                "",
                &text!(
                    "。全体での条件を満たしません（{fails}）",
                    "; it fails as a whole ({fails})",
                    fails = Text::list(&fails)
                ),
            ),
            Some(_) => said.with(
                "。全体での条件を満たすかは分かりません",
                "; whether it meets what is asked of it as a whole is not known",
            ),
        }
    }
}

/// A share as people write it.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 1e5).round() / 1e3)
}

/// Both ends of an interval, or the one number that it is.
pub(super) fn range(interval: Interval<f64>, write: impl Fn(f64) -> Text) -> Text {
    if interval.is_exact() {
        write(interval.lo)
    } else {
        text!("{lo}〜{hi}", "{lo} to {hi}", lo = write(interval.lo), hi = write(interval.hi))
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::{Change, ChangeOf, Way};
    use super::super::words::Turned;
    use super::*;
    use crate::criteria::Rules;
    use crate::crs::{FromPlane, Plane};
    use crate::verdicts::Status;

    #[test]
    fn what_is_far_beyond_all_that_is_asked_is_not_named() {
        let rules = Rules::default();
        let from_plane = FromPlane::new(Plane::nearest(138.0, 35.0));
        let sayings = Sayings { rules: &rules, from_plane: &from_plane };
        assert_eq!(rules.named_within(), 30_000.0);
        let key = "station_radius_m";
        let facility = |metres| Decider::Facility { name: Some("西町".to_owned()), metres, is_sure: true };
        let number =
            |metres| Decider::Number {
                column: "station_m", value: Some(metres), key, place: Some("西町".to_owned())
            };
        let centre = |metres| Decider::Centre { zone: "central", at: [0.0, 0.0], metres };
        for (near, far) in
            [(facility(30_000.0), facility(80_000.5)), (number(30_000.0), number(80_000.5)), (centre(9.0), centre(8e4))]
        {
            let [near, far] = [near, far].map(|decider| sayings.decider(&decider));
            assert!(!near.ja.contains("30 km以内") && !near.en.contains("within 30 km"), "{near:?}");
            assert!(
                far.ja.contains("30 km以内に") && far.ja.contains("ありません") && !far.ja.contains("西町"),
                "{far:?}"
            );
            assert!(far.en.contains("within 30 km") && !far.en.contains("西町"), "{far:?}");
        }
        let place = |far| Some((Some("西町".to_owned()), far));
        for (far, named) in [(30_000.0, true), (80_000.5, false)] {
            let of = ChangeOf::Reach { key, metres: far - 1000.0, to: far, place: place(far) };
            let change = Change { of, to: Status::Eligible, is_verified: true };
            assert_eq!(sayings.change(&change, Way::Gain, Turned::Criterion).ja.contains("西町"), named);
        }
    }
}
