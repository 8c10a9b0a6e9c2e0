//! `near-central-hub`: within reach of the centre of a central zone.

use super::{Asks, Criterion, Ground};
use crate::geometry::Point;
use crate::layers::LayerKey;
use crate::regions::{Known, Region, around, around_convex};
use crate::units::Metres;

/// The criterion.
pub static NEAR_CENTRAL_HUB: Criterion = Criterion {
    id: "near-central-hub",
    name: ("中心拠点区域の中心からの距離", "near the centre of a central zone"),
    doc: include_str!("near_central_hub.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第2項",
    thresholds: &["hub_radius_m"],
    layers: &[LayerKey::HubCentres],
    needs_centre: true,
    asks: Asks::Place(place),
};

fn place(ground: &Ground<'_>) -> Known {
    let Some(central) = ground.central else { return Known::unknown() };
    let sure = around_points(ground, &central.sure_centres);
    let possible = if central.unbounded {
        Region::everything()
    } else if central.possible_hulls.is_empty() {
        sure.clone()
    } else {
        central.possible_hulls.iter().fold(sure.clone(), |all, hull| all.union(&around_hull(ground, hull)))
    };
    let known = Known::between(sure, possible);
    if central.expected_centres == central.sure_centres {
        known
    } else {
        known.expecting(&around_points(ground, &central.expected_centres))
    }
}

fn around_points(ground: &Ground<'_>, centres: &[Point]) -> Region {
    let radius = Metres(ground.thresholds.hub_radius_m);
    let sites = centres.iter().map(|centre| (std::slice::from_ref(centre), radius));
    Region::union_of(&[&around(sites, &ground.city.scale)])
}

/// What lies within reach of some point of a convex hull, given as its closed outline.
fn around_hull(ground: &Ground<'_>, hull: &[Point]) -> Region {
    let radius = Metres(ground.thresholds.hub_radius_m);
    Region::union_of(&[&around_convex(hull, radius, &ground.city.scale)])
}
