//! `facilities.geojson` and `spacing.csv`: senior facilities, and those of one kind that stand too close.

use geo::{MapCoords, coord};
use serde_json::json;

use super::csv::BOM;
use super::text::{csv_field, fixed};
use super::zones::rounded;
use crate::crs::FromPlane;
use crate::layers::Facility;
use crate::planning::Spacing;

/// Distances are written to a millimetre.
const METRES: usize = 3;

/// Every facility with its nearest neighbour of the same kind.
#[must_use]
pub fn facilities_geojson(facilities: &[Facility], spacing: &Spacing, from_plane: &FromPlane) -> Vec<u8> {
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (place, (facility, nearest)) in facilities.iter().zip(&spacing.nearest).enumerate() {
        out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
        let properties = json!({
            "number": facility.number,
            "name": facility.name,
            "kind": facility.kind,
            "site_area": facility.site_area,
            "nearest_same_kind": nearest.and_then(|found| facilities[found.place].name.clone()),
            "nearest_same_kind_number": nearest.map(|found| facilities[found.place].number),
            "nearest_same_kind_m": nearest.map(|found| rounded(found.distance.0, 3)),
        });
        out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
        out.extend_from_slice(properties.to_string().as_bytes());
        out.extend_from_slice(b",\"geometry\":");
        out.extend_from_slice(geometry(facility, from_plane).to_string().as_bytes());
        out.push(b'}');
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// The facility's own geometry in longitude and latitude; null where its place is not known.
fn geometry(facility: &Facility, from_plane: &FromPlane) -> serde_json::Value {
    let Some(geometry) = &facility.geometry else { return serde_json::Value::Null };
    let degrees = geometry.map_coords(|position| {
        let [x, y] = from_plane.lon_lat([position.x, position.y]).map(|degrees| (degrees * 1e9).round() / 1e9);
        coord! { x: x, y: y }
    });
    serde_json::to_value(geojson::Geometry::from(&degrees)).unwrap_or_default()
}

/// The pairs of one kind that are closer than the programme asks.
#[must_use]
pub fn spacing_csv(facilities: &[Facility], spacing: &Spacing) -> Vec<u8> {
    let mut out = BOM.to_vec();
    out.extend_from_slice(b"kind,number_a,name_a,number_b,name_b,distance_m\r\n");
    for &(a, b, distance) in &spacing.pairs {
        let (a, b) = (&facilities[a], &facilities[b]);
        let text = |value: &Option<String>| csv_field(value.as_deref().unwrap_or_default());
        let row = format!("{},{},{},{},{},", text(&a.kind), a.number, text(&a.name), b.number, text(&b.name));
        out.extend_from_slice(row.as_bytes());
        fixed(&mut out, distance.0, METRES);
        out.extend_from_slice(b"\r\n");
    }
    out
}
