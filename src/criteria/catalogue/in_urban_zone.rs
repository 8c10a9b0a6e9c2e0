//! `in-urban-zone`: inside 市街化区域, or a use zone 用途地域 where there is no area division 非線引き.

use crate::criteria::Criterion;
use crate::criteria::kinds::Inside;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static IN_URBAN_ZONE: Criterion = Criterion {
    id: "in-urban-zone",
    name: Text::new("市街化区域・用途地域内", "inside the urbanisation area or a use zone"),
    rule: Text::new(
        "市街化区域、または非線引き都市計画区域の用途地域の中にある",
        "inside the urbanisation promotion area, or a use zone of a city planning area without area division",
    ),
    doc: include_str!("in_urban_zone.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第3項",
    layers: &[LayerKey::UrbanZone],
    settled_by: Text::new("レイヤー `urban_zone`", "the layer `urban_zone`"),
    kind: &Inside(&[LayerKey::UrbanZone]),
};
