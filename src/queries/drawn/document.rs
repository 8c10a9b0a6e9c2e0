//! Drawn zones as a document for programs: `docs/schemas/assess.schema.json`.

use serde_json::{Map, Value, json};

use super::{AssessedZone, Clause, LookedAt, Part, Said};
use crate::crs::FromPlane;
use crate::evidence::SHARE_STEPS;
use crate::regions::Certainty;
use crate::units::{Interval, SquareMetres};
use crate::verdicts::{Shares, Status};
use crate::zones::{Makers, WholeStanding};

/// The document. `lost` is how many features could not be read as zones.
#[must_use]
pub fn drawn_document(zones: &[AssessedZone], lost: usize, looked_at: &[LookedAt], from_plane: &FromPlane) -> Value {
    let zones: Vec<Value> = zones.iter().map(|zone| of_zone(zone, from_plane)).collect();
    let looked_at = looked_at.iter().map(|one| {
        let LookedAt { zone, drawn, beside_given } = one;
        json!({ "zone": zone.id(), "drawn": drawn, "beside_given": beside_given })
    });
    json!({ "zones": zones, "features_lost": lost, "looked_at": looked_at.collect::<Vec<_>>() })
}

fn of_zone(zone: &AssessedZone, from_plane: &FromPlane) -> Value {
    let (centre, own) = zone.centre;
    let [lon, lat] = from_plane.lon_lat(centre).map(|degrees| rounded(degrees, 9));
    let [sure, open] = &zone.makers;
    let name = zone.drawn.zone.name();
    let mut members = Map::new();
    let mut put = |key: &str, value: Value| {
        members.insert(key.to_owned(), value);
    };
    put("file", json!(zone.file.display().to_string()));
    put("feature", json!(zone.number));
    put("name", json!(zone.name));
    put("zone", json!(zone.drawn.zone.id()));
    put("zone_name", json!(name.en));
    put("zone_name_ja", json!(name.ja));
    put("status", json!(zone.status.id()));
    put("area_ha", json!(hectares(zone.drawn.area)));
    put("polygons", json!(zone.polygons));
    put("parcels", json!(zone.parcels));
    put("population", interval(zone.facts.population, 1));
    put("seniors_per_ha", interval(zone.facts.seniors_per_ha, 4));
    put("public_land_ratio", interval(zone.facts.public_land_ratio, 6));
    put("as_a_whole", zone.facts.standings.iter().map(as_a_whole).collect());
    put("stations", names(sure).0);
    put("stops", names(sure).1);
    put("stations_open", names(open).0);
    put("stops_open", names(open).1);
    put("centre", json!({ "lon": lon, "lat": lat, "given": own }));
    put("together", shares(zone.together));
    put("criteria", zone.clauses.iter().map(of_clause).collect());
    put("told", zone.told.iter().map(of_criterion).collect());
    put("largest", zone.largest.as_ref().map_or(Value::Null, |part| json!({ "area_ha": hectares(part.area) })));
    Value::Object(members)
}

fn of_clause(clause: &Clause) -> Value {
    let name = clause.name();
    let parts = |certainty: Certainty| {
        let of_it = || clause.parts.iter().filter(move |part| part.certainty == certainty);
        json!({ "parts": of_it().count(), "area_ha": hectares(together(of_it())) })
    };
    json!({
        "id": clause.ids(),
        "name": name.en,
        "name_ja": name.ja,
        "any_of": clause.criteria.iter().map(of_criterion).collect::<Vec<_>>(),
        "decided_by": clause.decided_by.id(),
        "share": clause.shares.map_or(Value::Null, shares),
        "is_met": clause.is_met,
        "is_met_once_expected": matches!(clause.status, Status::Eligible | Status::Prospective),
        "breaking": { "no": parts(Certainty::No), "open": parts(Certainty::Possible), "expected": parts(Certainty::Expected) },
    })
}

fn of_criterion(said: &Said) -> Value {
    json!({
        "id": said.criterion.id,
        "name": said.criterion.name.en,
        "name_ja": said.criterion.name.ja,
        "share": said.shares.map_or(Value::Null, shares),
    })
}

fn as_a_whole(standing: &WholeStanding) -> Value {
    json!({ "criterion": standing.criterion.id, "is_met": standing.is_met })
}

/// The areas of some parts, together.
fn together<'a>(parts: impl Iterator<Item = &'a Part>) -> SquareMetres {
    parts.fold(SquareMetres(0.0), |sum, part| sum + part.area)
}

fn shares(shares: Shares) -> Value {
    let [lo, hi, expected] = [shares.lo, shares.hi, shares.expected].map(|steps| f64::from(steps) / SHARE_STEPS);
    json!({ "lo": lo, "hi": hi, "expected": expected })
}

fn interval(interval: Option<Interval<f64>>, decimals: i32) -> Value {
    interval
        .filter(|one| one.lo.is_finite() && one.hi.is_finite())
        .map_or(Value::Null, |one| json!({ "lo": rounded(one.lo, decimals), "hi": rounded(one.hi, decimals) }))
}

fn names(makers: &Makers) -> (Value, Value) {
    (json!(makers.stations), json!(makers.stops))
}

fn hectares(area: SquareMetres) -> f64 {
    rounded(area.hectares(), 4)
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}
