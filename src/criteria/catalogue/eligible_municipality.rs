//! `eligible-municipality`: not a designated city 政令市 of the three metropolitan areas, nor a special ward.

use crate::criteria::Criterion;
use crate::criteria::kinds::InMunicipality;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static ELIGIBLE_MUNICIPALITY: Criterion = Criterion {
    id: "eligible-municipality",
    name: Text::new("対象市町村", "in a municipality that may apply"),
    rule: Text::new(
        "三大都市圏の政令市・特別区でない市町村にある",
        "in a municipality that is neither a designated city of the three metropolitan areas nor a special ward",
    ),
    doc: include_str!("eligible_municipality.md"),
    source: "交付対象事業一覧「三大都市圏の政令市及び特別区では実施できません」",
    layers: &[LayerKey::Municipalities],
    settled_by: Text::new("市区町村コード `municipality`", "`municipality`, the code of the municipality"),
    kind: &InMunicipality,
};
