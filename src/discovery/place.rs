//! Where does a file lie? As far as its coordinates and its CRS tell.

use super::finding::{Decision, Finding};
use crate::crs::{Crs, FromPlane, Plane, ToPlane};
use crate::geometry::Bounds;
use crate::layers::{LayerKey, OF_ANOTHER_PLACE};

/// So many metres are a degree of latitude, about.
const DEGREE: f64 = 111_000.0;

/// Leaves files that lie elsewhere than the parcels that were taken.
pub(super) fn leave_elsewhere(findings: &mut [Finding]) {
    let parcels = findings.iter().filter(|finding| finding.decision == Decision::Taken(LayerKey::Parcels));
    let home = parcels.filter_map(degrees).fold(Bounds::EMPTY, Bounds::union);
    if home.is_empty() {
        return;
    }
    let lat = OF_ANOTHER_PLACE / DEGREE;
    let lon = lat / f64::midpoint(home.min[1], home.max[1]).to_radians().cos();
    let around = Bounds { min: [home.min[0] - lon, home.min[1] - lat], max: [home.max[0] + lon, home.max[1] + lat] };
    for finding in findings {
        let is_meant = !matches!(finding.decision, Decision::Left(_));
        let Some(there) = degrees(finding).filter(|there| is_meant && !there.meets(&around)) else { continue };
        let [west, south, east, north] = sides(there).map(|degrees| format!("{degrees:.2}"));
        finding.decision = Decision::Left(text!(
            "筆とは別の地域のファイルです（経度{west}〜{east}、緯度{south}〜{north}）。",
            "it lies elsewhere than the parcels (longitude {west} to {east}, latitude {south} to {north})"
        ));
    }
}

/// The box around a file's features in degrees; `None` where it has no place, or nobody says in which CRS it is.
fn degrees(finding: &Finding) -> Option<Bounds> {
    let found = finding.contents()?;
    let declared = found.source.crs.as_ref().map(|crs| crs.text.as_str());
    let published = finding.recognised.and_then(|recognised| recognised.publication.crs);
    let crs = Crs::parse(declared.or(published)?).ok()?;
    lon_lat(Some(found.extent).filter(|extent| !extent.is_empty())?, &crs)
}

/// A box in degrees.
pub(super) fn lon_lat(extent: Bounds, crs: &Crs) -> Option<Bounds> {
    if crs.is_geographic() {
        return Some(extent);
    }
    // Any plane reaches all of Japan well enough to tell where a box lies.
    let plane = Plane::nearest(137.0, 36.0);
    let mut corners = [extent.min, [extent.min[0], extent.max[1]], extent.max, [extent.max[0], extent.min[1]]];
    ToPlane::new(crs, plane).ok()?.convert(&mut corners).ok()?;
    let back = FromPlane::new(plane);
    Some(Bounds::of(&corners.map(|corner| back.lon_lat(corner))))
}

/// West, south, east and north of a box.
pub(super) fn sides(extent: Bounds) -> [f64; 4] {
    [extent.min[0], extent.min[1], extent.max[0], extent.max[1]]
}
