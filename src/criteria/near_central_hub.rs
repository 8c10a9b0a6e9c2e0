//! `near-central-hub`: within reach of the centre of a central zone.

use super::{Asks, Criterion, Ground, Measure, Needs};
use crate::geometry::{Point, Shapes};
use crate::layers::LayerKey;
use crate::regions::{Known, Region, around, around_convex};
use crate::units::Metres;

/// The criterion.
pub static NEAR_CENTRAL_HUB: Criterion = Criterion {
    id: "near-central-hub",
    name: ("中心拠点区域の中心からの距離", "near the centre of a central zone"),
    rule: ("中心拠点区域の中心から {hub_radius_m} 以内", "within {hub_radius_m} of the centre of a central zone"),
    doc: include_str!("near_central_hub.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第2項",
    thresholds: &["hub_radius_m"],
    measures: &[Measure::at_most("hub_m", "hub_radius_m")],
    layers: &[LayerKey::HubCentres],
    settled_by: (
        "中心拠点区域の確定、またはレイヤ `hub_centres`（計画で定める中心）",
        "the central zones, or the planner's own centres: the layer `hub_centres`",
    ),
    needs: Needs::CentralZones,
    asks: Asks::Place(place),
};

fn place(ground: &Ground<'_>) -> Known {
    let Some(central) = ground.central else { return Known::unknown() };
    let sure = near(ground, &central.sure_centres, &[]);
    let possible = if central.unbounded {
        Region::everything()
    } else if central.possible_hulls.is_empty() {
        sure.clone()
    } else {
        near(ground, &central.sure_centres, &central.possible_hulls)
    };
    let known = Known::between(sure, possible);
    if central.expected_centres == central.sure_centres {
        known
    } else {
        known.expecting(&near(ground, &central.expected_centres, &[]))
    }
}

/// What lies within reach of one of the centres, or of some point of one of the convex hulls.
fn near(ground: &Ground<'_>, centres: &[Point], hulls: &[Vec<Point>]) -> Region {
    let (radius, scale) = (Metres(ground.thresholds.hub_radius_m), &ground.city.scale);
    let circles = around(centres.iter().map(|centre| (std::slice::from_ref(centre), radius)), scale);
    let hulls: Vec<Shapes> = hulls.iter().map(|hull| around_convex(hull, radius, scale)).collect();
    let all: Vec<&Shapes> = std::iter::once(&circles).chain(&hulls).collect();
    Region::union_of(&all)
}
