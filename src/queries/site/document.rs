//! Chosen sites as a document for programs: `docs/schemas/site.schema.json`.

use serde_json::{Value, json};

use super::{ChosenSite, NearFacility, Served, SiteAnswer, SiteQuestion, SiteRules};
use crate::crs::FromPlane;
use crate::geometry::area::centroid;
use crate::units::Metres;
use crate::verdicts::LandUse;

/// The document. `merged` is how many candidates are parcels put together, and how many more of these there are.
#[must_use]
pub fn site_document(
    answer: &SiteAnswer,
    rules: &SiteRules,
    question: &SiteQuestion,
    (fixed, merged): (&[String], Option<[usize; 2]>),
    from_plane: &FromPlane,
) -> Value {
    let sites: Vec<Value> = answer.sites.iter().map(|site| of_site(site, from_plane)).collect();
    json!({
        "zone": rules.zone.id(),
        "most": question.most.id(),
        "spacing_m": question.spacing.0,
        "within_m": question.within.0,
        "max": question.max,
        "fixed": fixed,
        "candidates_merged": merged.map(|[taken, _]| taken),
        "candidates_left_out": merged.map(|[_, beyond]| beyond),
        "candidates": answer.candidates,
        "candidates_beside_fixed": answer.beside_fixed,
        "sites_found": answer.sites.len(),
        "sites_at_most": answer.at_most,
        "seniors_served": answer.served.map(served),
        "seniors_served_by_fixed": answer.served_before.map(served),
        "seniors_served_at_most": answer.served_at_most.map(tenths),
        "is_proven": is_proven(answer),
        "least_apart_m": answer.least_apart.map(|Metres(metres)| metres),
        "sites": sites,
    })
}

/// Whether no other set has more, for certain.
#[must_use]
pub fn is_proven(answer: &SiteAnswer) -> bool {
    let of_seniors = answer.served_at_most.zip(answer.served).map(|(most, served)| most <= served.lo + 1e-6);
    answer.at_most.map_or(of_seniors.unwrap_or(false), |most| most <= answer.sites.len())
}

fn of_site(site: &ChosenSite, from_plane: &FromPlane) -> Value {
    let one = &site.candidate;
    let [lon, lat] = from_plane.lon_lat(centroid(&one.shape.get(0)).unwrap_or_default());
    json!({
        "parcels": one.ids,
        "status": one.status().id(),
        "positions": one.positions,
        "area_m2": one.area.0,
        "lon": rounded(lon, 9),
        "lat": rounded(lat, 9),
        "seniors": site.alone.map(served),
        "seniors_only_here": site.only_here.map(served),
        "next_site_m": site.next.map(|Metres(metres)| metres),
        "facility": facility(one.facility.as_ref()),
        "same_kind_facility": facility(one.same_kind.as_ref()),
        "rules_out": site.rules_out,
        "unused_land": one.land.map(LandUse::id),
    })
}

fn facility(near: Option<&NearFacility>) -> Value {
    near.map_or(Value::Null, |near| json!({ "name": near.name, "distance_m": near.distance.0 }))
}

fn served(served: Served) -> Value {
    json!({ "lo": tenths(served.lo), "hi": served.hi.map(tenths) })
}

fn tenths(persons: f64) -> f64 {
    rounded(persons, 1)
}

fn rounded(value: f64, digits: i32) -> f64 {
    let steps = 10_f64.powi(digits);
    (value * steps).round() / steps
}
