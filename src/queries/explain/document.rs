//! An explanation as JSON: `docs/schemas/explain.schema.json`.

use serde_json::{Map, Value, json};

use super::LandExplained;
use super::told::{
    Answer, Change, ChangeOf, CriterionExplained, Decider, Explanation, Turn, Way, WholeExplained, ZoneExplained,
};
use super::words::{Sayings, Turned, rule_of};
use crate::evidence::SHARE_STEPS;
use crate::layers::LayerKey;
use crate::text::Text;
use crate::units::Interval;
use crate::verdicts::Shares;

/// The document of a parcel; sentences in both languages.
#[must_use]
pub fn document(explained: &Explanation, sayings: &Sayings<'_>) -> Value {
    json!({
        "parcel": explained.id,
        "area_m2": explained.area_m2,
        "rules": sayings.rules.set.id,
        "membership": explained.membership,
        "unused_land": explained.land.as_ref().map(LandExplained::document),
        "zones": explained.zones.iter().map(|zone| of_zone(zone, sayings)).collect::<Vec<_>>(),
    })
}

fn of_zone(zone: &ZoneExplained, sayings: &Sayings<'_>) -> Value {
    let waived = zone.waived.iter().map(|(criterion, reason)| json!({ "id": criterion.id, "reason": reason }));
    let told = zone.told.iter().map(|(criterion, is_met)| json!({ "id": criterion.id, "met": is_met }));
    json!({
        "id": zone.zone.id(),
        "name": both(&zone.zone.name()),
        "status": zone.status.id(),
        "share": zone.shares.map(shares),
        "criteria": zone.criteria.iter().map(|one| of_criterion(one, zone, sayings)).collect::<Vec<_>>(),
        "waived": waived.collect::<Vec<_>>(),
        "told": told.collect::<Vec<_>>(),
        "open_by": zone.reasons.iter().map(|reason| reason.id()).collect::<Vec<_>>(),
        "as_a_whole": zone.whole.as_ref().map(|whole| of_whole(whole, sayings)),
    })
}

fn of_whole(whole: &WholeExplained, sayings: &Sayings<'_>) -> Value {
    json!({
        "id": whole.id,
        "hectares": whole.hectares,
        "centre": sayings.from_plane.lon_lat(whole.centre),
        "meets": whole.meets,
        "fails": whole.fails.iter().map(|one| one.id).collect::<Vec<_>>(),
        "public_land_ratio": whole.public_land_ratio.map(interval),
        "seniors_per_ha": whole.seniors_per_ha.map(interval),
        "said": both(&sayings.whole(whole)),
    })
}

fn of_criterion(one: &CriterionExplained, zone: &ZoneExplained, sayings: &Sayings<'_>) -> Value {
    let criterion = one.criterion;
    let turns = |turns: &[Turn], turned: Turned| -> Vec<Value> {
        let of = |turn: &Turn| of_turn(turn, &sayings.turn(turn, (criterion, one.is_met), turned));
        turns.iter().map(of).collect()
    };
    json!({
        "id": criterion.id,
        "name": both(&criterion.name),
        "rule": both(&rule_of(criterion, sayings.rules)),
        "source": criterion.source.as_ref().map(both),
        "thresholds": one.thresholds.iter().map(|(key, number)| ((*key).to_owned(), json!(number))).collect::<Map<_, _>>(),
        "met": one.is_met,
        "share": one.shares.map(shares),
        "decided_by": one.deciders.iter().map(|decider| of_decider(decider, sayings)).collect::<Vec<_>>(),
        "margin": turns(&one.margins, Turned::Criterion),
        "verdict": turns(&one.turns, Turned::Verdict(zone.status)),
    })
}

fn of_turn(turn: &Turn, said: &[Text]) -> Value {
    let (answer, changes): (&str, &[Change]) = match &turn.answer {
        Answer::By(changes) => ("by", changes),
        Answer::NotAlone => ("not-alone", &[]),
        Answer::Beside => ("beside", &[]),
        Answer::NoNumber => ("no-number", &[]),
    };
    json!({
        "way": if turn.way == Way::Gain { "gain" } else { "loss" },
        "answer": answer,
        "changes": changes.iter().map(of_change).collect::<Vec<_>>(),
        "said": said.iter().map(both).collect::<Vec<_>>(),
    })
}

fn of_change(change: &Change) -> Value {
    let mut told = match &change.of {
        ChangeOf::Reach { key, metres, to, place } => json!({
            "kind": "distance", "threshold": key, "by": metres, "unit": "m", "threshold_to": to,
            "place": place.as_ref().map(|(name, metres)| json!({ "name": name, "metres": metres })),
        }),
        ChangeOf::Border { layers, is_inside, metres, bearing } => json!({
            "kind": "border", "layers": layers.iter().map(|layer| layer.name()).collect::<Vec<_>>(),
            "inside": is_inside, "by": metres, "unit": "m", "bearing": (bearing * 10.0).round() / 10.0,
        }),
        ChangeOf::Service { key, counted, trips, enough, stop, window } => json!({
            "kind": "departures", "threshold": key, "counted": counted.id(), "by": trips, "unit": "departures",
            "enough": enough, "stop": stop, "window": window,
        }),
        ChangeOf::Land { layer, unit, square_metres } => json!({
            "kind": "land", "layer": layer.name(), "unit_number": unit + 1, "by": square_metres, "unit": "m²",
        }),
        ChangeOf::People { unit, code, seniors, persons } => json!({
            "kind": "people", "people": if *seniors { "seniors" } else { "population" }, "unit_number": unit + 1,
            "code": code, "by": persons, "unit": "persons",
        }),
        ChangeOf::Threshold { key, by, to } => {
            json!({ "kind": "threshold", "threshold": key, "by": by, "threshold_to": to })
        }
    };
    if let Value::Object(told) = &mut told {
        told.insert("to".to_owned(), change.to.id().into());
        told.insert("verified".to_owned(), change.is_verified.into());
    }
    told
}

fn of_decider(decider: &Decider, sayings: &Sayings<'_>) -> Value {
    let mut told = match decider {
        Decider::Stop(stop) => json!({
            "kind": "stop", "name": stop.name, "mode": stop.kind.id(), "metres": stop.metres,
            "within": { "threshold": stop.within.0, "metres": stop.within.1 },
            "counts": stop.counts[0], "may_count": stop.counts[1], "origin": stop.origin,
            "service": stop.service.map(|(counted, there, key, enough)| json!({
                "counted": counted.id(), "departures": interval(there), "threshold": key, "enough": enough,
            })),
            "window": stop.window, "trips": stop.trips,
        }),
        Decider::Facility { name, metres, is_sure } => {
            json!({ "kind": "facility", "name": name, "metres": metres, "counts": is_sure })
        }
        Decider::Border { layers, metres, bearing, share } => json!({
            "kind": "border", "layers": layers.iter().map(|layer| layer.name()).collect::<Vec<_>>(),
            "metres": metres, "bearing": (bearing * 10.0).round() / 10.0, "share": share,
        }),
        Decider::Missing { layer, in_part } => {
            json!({ "kind": "missing-layer", "layer": layer.name(), "in_part": in_part })
        }
        Decider::Unit(unit) => json!({
            "kind": "unit", "unit_number": unit.index + 1, "code": unit.code, "share": unit.share,
            "value": interval(unit.value), "threshold": unit.at_least.0, "at_least": unit.at_least.1,
            "hectares": unit.hectares, "amount": interval(unit.amount),
            "layer": unit.layer.map(LayerKey::name), "withheld": unit.is_withheld,
        }),
        Decider::Centre { zone, at, metres } => {
            json!({ "kind": "centre", "zone": zone, "centre": sayings.from_plane.lon_lat(*at), "metres": metres })
        }
        Decider::Zone { zone, share } => json!({ "kind": "zone", "zone": zone, "share": interval(*share) }),
        Decider::Municipality { codes } => json!({ "kind": "municipality", "codes": codes }),
        Decider::Number { column, value, key, place } => {
            json!({ "kind": "number", "column": column, "value": value, "threshold": key, "place": place })
        }
    };
    if let Value::Object(told) = &mut told {
        told.insert("said".to_owned(), both(&sayings.decider(decider)));
    }
    told
}

fn both(text: &Text) -> Value {
    json!({ "ja": text.ja, "en": text.en })
}

fn shares(shares: Shares) -> Value {
    let share = |steps: u32| f64::from(steps) / SHARE_STEPS;
    json!({ "lo": share(shares.lo), "hi": share(shares.hi), "expected": share(shares.expected) })
}

/// Both ends; of what is not known the upper one is null.
fn interval(interval: Interval<f64>) -> Value {
    json!([interval.lo, interval.hi.is_finite().then_some(interval.hi)])
}
