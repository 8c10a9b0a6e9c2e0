//! `near-central-hub`: within reach of the centre of a central zone.

use crate::criteria::Criterion;
use crate::criteria::kinds::NearCentre;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static NEAR_CENTRAL_HUB: Criterion = Criterion {
    id: "near-central-hub",
    name: Text::new("中心拠点区域の中心からの距離", "near the centre of a central zone"),
    rule: Text::new(
        "中心拠点区域の中心から{hub_radius_m}以内",
        "within {hub_radius_m} of the centre of a central zone",
    ),
    doc: include_str!("near_central_hub.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第2項",
    layers: &[LayerKey::HubCentres],
    settled_by: Text::new(
        "中心拠点区域の確定、またはレイヤー `hub_centres`（計画で定める中心）",
        "the central zones, or the planner's own centres: the layer `hub_centres`",
    ),
    kind: &NearCentre { within: "hub_radius_m" },
};
