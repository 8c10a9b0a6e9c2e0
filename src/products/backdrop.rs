//! The file `backdrop.geojson`: what lies under the maps of a run. It is no product: no format of parcels holds it, and nothing is
//! told of its rows.

use geo::{MapCoords as _, coord};
use serde_json::json;

use crate::crs::FromPlane;
use crate::layers::Backdrop;
use crate::outputs::text::rounded;

/// A centimetre: what is drawn is not measured.
const DECIMALS: usize = 7;

/// The file: one feature for each kind of ground, which the property `draw` names.
#[must_use]
pub fn backdrop(backdrop: &Backdrop, from_plane: &FromPlane) -> Vec<u8> {
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (index, (ground, geometry)) in backdrop.grounds.iter().enumerate() {
        let degrees = geometry.map_coords(|at| {
            let [x, y] = from_plane.lon_lat([at.x, at.y]).map(|degrees| rounded(degrees, DECIMALS));
            coord! { x: x, y: y }
        });
        let feature = json!({
            "type": "Feature",
            "properties": { "draw": ground.id() },
            "geometry": geojson::Geometry::from(&degrees),
        });
        out.extend_from_slice(if index > 0 { b",\n" } else { b"\n" });
        out.extend_from_slice(feature.to_string().as_bytes());
    }
    out.extend_from_slice(b"\n]}\n");
    out
}
