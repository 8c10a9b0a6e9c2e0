//! `zones.geojson`: the candidate zones and what they carry.

use serde_json::{Value, json};

use super::geojson::{DEGREE_STEPS, geometry};
use crate::crs::FromPlane;
use crate::geometry::{Shapes, overlay};
use crate::units::Interval;
use crate::zones::{Candidate, ZoneFacts};

/// The candidate zones as GeoJSON, each with its facts and the number of parcels in it.
#[must_use]
pub fn zones_geojson(zones: &[(Candidate, ZoneFacts, u64)], from_plane: &FromPlane) -> Vec<u8> {
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (place, (zone, facts, parcels)) in zones.iter().enumerate() {
        out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
        let [lon, lat] = from_plane.lon_lat(zone.centre);
        let properties = json!({
            "zone": zone.zone.id(),
            "status": zone.status.id(),
            "area_ha": rounded(zone.area.hectares(), 4),
            "parcels": parcels,
            "population_lo": end(facts.population, |i| i.lo, 1),
            "population_hi": end(facts.population, |i| i.hi, 1),
            "seniors_per_ha_lo": end(facts.seniors_per_ha, |i| i.lo, 4),
            "seniors_per_ha_hi": end(facts.seniors_per_ha, |i| i.hi, 4),
            "public_land_ratio_lo": end(facts.public_land_ratio, |i| i.lo, 6),
            "public_land_ratio_hi": end(facts.public_land_ratio, |i| i.hi, 6),
            "stations": facts.stations.iter().cloned().collect::<Vec<_>>().join("、"),
            "stops": facts.stops.iter().cloned().collect::<Vec<_>>().join("、"),
            "centre_lon": rounded(lon, 9),
            "centre_lat": rounded(lat, 9),
        });
        out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
        out.extend_from_slice(properties.to_string().as_bytes());
        out.extend_from_slice(b",\"geometry\":");
        geometry(&mut out, &outline(zone, from_plane).get(0), |degrees| degrees);
        out.push(b'}');
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// The outline in degrees, valid after rounding to the digits that are written; one multipolygon.
fn outline(zone: &Candidate, from_plane: &FromPlane) -> Shapes {
    let mut degrees = zone.shape.clone();
    from_plane.convert(degrees.points_mut());
    let rounded = overlay::on_grid(&degrees.get(0), DEGREE_STEPS);
    let mut one = Shapes::default();
    for shape in rounded.iter() {
        for polygon in shape.polygons() {
            polygon.rings().for_each(|ring| one.push_ring(ring));
            one.end_polygon();
        }
    }
    one.end_shape();
    one
}

/// One end of an interval; null where it is not known.
fn end(interval: Option<Interval<f64>>, which: fn(&Interval<f64>) -> f64, decimals: i32) -> Value {
    interval.as_ref().map(which).filter(|value| value.is_finite()).map_or(Value::Null, |value| rounded(value, decimals))
}

pub(super) fn rounded(value: f64, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale).into()
}
