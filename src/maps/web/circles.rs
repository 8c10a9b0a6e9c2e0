//! The circles around facilities within which no other of their kind may stand.

use serde_json::json;

use super::MapContext;
use crate::outputs::{geojson, outline};
use crate::regions::near;

/// How far a line may depart from the circle: a pixel on a close map.
const ERROR_M: f64 = 0.2;

/// One circle a facility that has a place, as GeoJSON; `conflict` tells that another of its kind stands within.
/// `None` without the layer, and where the rules do not ask how far facilities stand apart.
pub(super) fn circles(context: &MapContext<'_>) -> Option<Vec<u8>> {
    let (facilities, spacing) = context.city.facilities().zip(context.spacing)?;
    let rules = &context.assessor.judge.rules;
    if !rules.set.criteria.iter().any(|criterion| criterion.kind.spacing().is_some()) {
        return None;
    }
    let closest = rules.spacing();
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    let placed = facilities.iter().zip(&spacing.nearest).filter(|(facility, _)| !facility.parts.is_empty());
    for (index, (facility, nearest)) in placed.enumerate() {
        let circle = near([(&facility.parts, closest)], &context.city.scale);
        let Some(pieces) = circle.pieces() else { continue };
        let degrees = outline::degrees(&outline::simplified(pieces, ERROR_M), context.from_plane);
        let properties = json!({
            "facility": facility.name,
            "kind": facility.kind,
            "conflict": nearest.is_some_and(|found| found.distance.0 < closest.0),
        });
        out.extend_from_slice(if index > 0 { b",\n" } else { b"\n" });
        out.extend_from_slice(format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":").as_bytes());
        geojson::geometry(&mut out, &degrees.get(0), |degrees| degrees);
        out.push(b'}');
    }
    out.extend_from_slice(b"\n]}\n");
    Some(out)
}
