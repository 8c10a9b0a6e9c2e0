//! A plane that is not meant for where the parcels lie: the one of another prefecture, by `plane` or by the
//! municipality's code.

use super::Preflight;
use crate::crs::{FromPlane, Plane, ScaleField};
use crate::geometry::{Bounds, Point};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::regions::MAX_ERROR;
use crate::text::Text;
use crate::units::Metres;

/// Further than this from the central meridian, m, no plane is used for: its area is some 130 km wide on either side.
const WIDEST: f64 = 200_000.0;

/// Further north or south of its origin than this, degrees, no plane is used for.
const LONGEST: f64 = 7.0;

/// Distances up to this length, m, are what the bound of circles is asked for.
const RADIUS: f64 = 5000.0;

/// Into so many parts a side of the parcels' box is divided to see how true lengths are there.
const PARTS: i32 = 2;

static ELSEWHERE: NoticeKind = NoticeKind {
    id: "plane-elsewhere",
    severity: Severity::Warning,
    what: Text::new(
        "筆が、選んだ平面直角座標系の適用区域から離れています。距離の誤差が大きくなります。",
        "plane rectangular system(s) whose area of use the parcels lie outside; distances are less true there",
    ),
    advice: Some(Text::new(
        "プロジェクトの `plane` を省くか、筆のある地域の系にしてください。`municipality` も確かめてください。",
        "leave `plane` out of the project, or give the one of the parcels' place; check `municipality` as well",
    )),
};

/// Tells of parcels outside the area of use of the plane.
pub(super) fn elsewhere(flight: &Preflight<'_>, notices: &mut Notices) {
    let plane = flight.opened.city.plane;
    let Some(nearest) = place_outside(&flight.parcels, plane) else { return };
    let bound = (circle_bound(&flight.parcels, plane) * 1000.0).round();
    let away = (farthest(&flight.parcels) / 1000.0).round();
    let text = text!(
        "{plane}。筆は中央子午線から最大{away} km離れ、円の誤差は最大{bound} mmです。近いのは{nearest}です",
        "{plane}: parcels lie up to {away} km from its meridian, where circles are true to {bound} mm; the nearest is {nearest}",
        plane = plane.title(),
        nearest = nearest.title()
    );
    notices.add("parcels", &ELSEWHERE, text);
}

/// By how much a circle around a parcel may be off, m: the bound of circles, and outside the area of use of the plane by
/// how much its lengths are off there, up to a whole millimetre.
pub(in crate::pipeline) fn circle_bound(parcels: &Bounds, plane: Plane) -> f64 {
    if place_outside(parcels, plane).is_none() {
        return MAX_ERROR.0;
    }
    let (scale, back) = (ScaleField::new(plane), FromPlane::new(plane));
    let worst = grid(parcels).map(|centre| error_at(centre, &scale, &back)).fold(0.0, f64::max);
    ((MAX_ERROR.0 + worst) * 1000.0).ceil() / 1000.0
}

/// By how much the lengths of lines around a point differ from those of the geodesics.
fn error_at(centre: Point, scale: &ScaleField, back: &FromPlane) -> f64 {
    use geo::{Distance, Geodesic};
    let place = |at: Point| geo::Point::from(back.lon_lat(at));
    let directions = (0..8).map(|eighth| (f64::from(eighth) * std::f64::consts::FRAC_PI_4).sin_cos());
    let errors = directions.map(|(sin, cos)| {
        let there = scale.reach(centre, Metres(RADIUS), [sin, cos]);
        (Geodesic.distance(place(centre), place(there)) - RADIUS).abs()
    });
    errors.fold(0.0, f64::max)
}

/// The system in whose area the parcels lie, where that is not the area of `plane`.
fn place_outside(parcels: &Bounds, plane: Plane) -> Option<Plane> {
    if parcels.is_empty() {
        return None;
    }
    let middle = [0, 1].map(|axis| f64::midpoint(parcels.min[axis], parcels.max[axis]));
    let [lon, lat] = FromPlane::new(plane).lon_lat(middle);
    let (_, origin) = plane.origin();
    let outside = farthest(parcels) > WIDEST || (lat - origin).abs() > LONGEST;
    // Some islands are further than that, and still have no other system.
    Some(Plane::nearest(lon, lat)).filter(|nearest| outside && *nearest != plane)
}

/// How far from the central meridian the parcels reach, m.
fn farthest(parcels: &Bounds) -> f64 {
    parcels.min[0].abs().max(parcels.max[0].abs())
}

/// Points all over the box.
fn grid(bounds: &Bounds) -> impl Iterator<Item = Point> {
    let ([x, y], [width, height]) = (bounds.min, bounds.size());
    let along = |part: i32, length: f64| f64::from(part) / f64::from(PARTS) * length;
    (0..=PARTS).flat_map(move |i| (0..=PARTS).map(move |j| [x + along(i, width), y + along(j, height)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{Crs, ToPlane};

    fn around(lon: f64, lat: f64, plane: Plane) -> Bounds {
        let mut points = [[lon, lat], [lon + 0.01, lat + 0.01]];
        ToPlane::new(&Crs::jgd2011(), plane).unwrap().convert(&mut points).unwrap();
        Bounds::of(&points)
    }

    #[test]
    fn the_bound_grows_only_outside_the_area_of_use() {
        let plane = |zone| Plane::new(zone).unwrap();
        for (lon, lat, zone) in
            [(138.3, 34.9, 8), (138.3, 34.9, 9), (138.3, 34.9, 7), (148.7, 45.3, 13), (142.2, 27.1, 14)]
        {
            let parcels = around(lon, lat, plane(zone));
            assert_eq!(place_outside(&parcels, plane(zone)), None, "{lon} {lat} {zone}");
            assert_eq!(circle_bound(&parcels, plane(zone)), MAX_ERROR.0);
        }
        for (lon, lat, zone, nearest) in
            [(127.7, 26.2, 19, 15), (138.3, 34.9, 12, 8), (127.7, 26.2, 9, 15), (141.3, 43.0, 14, 12)]
        {
            let parcels = around(lon, lat, plane(zone));
            assert_eq!(place_outside(&parcels, plane(zone)), Some(plane(nearest)), "{lon} {lat} {zone}");
            assert!(circle_bound(&parcels, plane(zone)) > MAX_ERROR.0);
        }
        let far = circle_bound(&around(127.7, 26.2, plane(19)), plane(19));
        assert!((0.01..1.0).contains(&far), "{far}");
    }
}
