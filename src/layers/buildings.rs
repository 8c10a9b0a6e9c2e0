//! Which buildings stand where, with how much floor; and which floor-area ratio is designated where?

use serde::{Deserialize, Serialize};

use super::area::areas;
use super::lost::Lost;
use super::{City, Layer, LayerError, LayerKey, Loaded};
use crate::geometry::Shapes;
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Buildings of which a number cannot be one of floors or of floor area.
pub static NO_NUMBER_OF_FLOORS: NoticeKind = NoticeKind {
    id: "floors-not-readable",
    severity: Severity::Warning,
    what: Text::new(
        "階数や延床面積が数として読めない建物があります。分からないものとして扱います。",
        "building(s) whose floors or floor area are no number: taken as not known",
    ),
    advice: Some(Text::new("値を数に直してください。", "make them numbers")),
};

/// Buildings of which neither floors nor floor area are known.
pub static NO_FLOORS: NoticeKind = NoticeKind {
    id: "floors-not-said",
    severity: Severity::Info,
    what: Text::new(
        "階数も延床面積も分からない建物があります。1階以上とし、上限は分からないものとします。",
        "building(s) of which neither floors nor floor area are known: taken to have one floor or more, without an upper bound",
    ),
    advice: None,
};

/// Areas without a ratio.
pub static NO_RATIO: NoticeKind = NoticeKind {
    id: "ratio-not-said",
    severity: Severity::Warning,
    what: Text::new(
        "指定容積率の分からない区域があります。そこにかかる筆の充足率は求めません。",
        "area(s) without a designated ratio: of parcels that lie in one, the fill rate is not known",
    ),
    advice: Some(Text::new("容積率を埋めてください。", "fill in the ratio")),
};

/// From here on a number of floors stands for one that is not known. Source: PLATEAU 3D都市モデル標準製品仕様書,
/// `bldg:storeysAboveGround`: 9999 where it is not known.
const FLOORS_NOT_KNOWN: f64 = 9999.0;

/// What is known of a building.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Building {
    /// Floors above ground 地上階数; `None` where that is not known.
    pub floors: Option<f64>,
    /// All of its floors together 延床面積, m²; `None` where that is not known.
    pub floor_area_m2: Option<f64>,
    /// Whether it may be no building of the layer: see [`super::lost`].
    pub is_doubtful: bool,
}

/// What is known of an area with a designated ratio.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct RatioArea {
    /// The ratio, 1 for 100 %; `None` where that is not known.
    pub ratio: Option<f64>,
}

impl City {
    /// Buildings and their shapes, one each. Where [`City::lacks`] says so, there are more, and nobody knows where.
    #[must_use]
    pub fn buildings(&self) -> Option<(&Shapes, &[Building])> {
        match self.layers.get(&LayerKey::Buildings) {
            Some(Layer::Buildings(shapes, all)) => Some((shapes, all)),
            _ => None,
        }
    }

    /// Areas with the floor-area ratio that is designated there, and their shapes, one each.
    #[must_use]
    pub fn designated_ratios(&self) -> Option<(&Shapes, &[RatioArea])> {
        match self.layers.get(&LayerKey::FloorAreaRatio) {
            Some(Layer::Ratios(shapes, all)) => Some((shapes, all)),
            _ => None,
        }
    }
}

/// The buildings of a layer.
///
/// # Errors
/// As [`areas`].
pub(super) fn buildings(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Layer, LayerError> {
    let found = areas(loaded, lost, notices)?;
    let layer = loaded.key.name();
    let mut one = |feature: &&RawFeature| {
        let is_doubtful = loaded.in_doubt.holds(feature);
        let mut number = |role: &str| {
            let number = loaded.number(feature, role);
            if number.is_err() {
                notices.add(layer, &NO_NUMBER_OF_FLOORS, loaded.feature_name(feature));
            }
            number.ok().flatten()
        };
        let floors = number("floors").filter(|floors| (0.0..FLOORS_NOT_KNOWN).contains(floors));
        let floor_area_m2 = number("floor_area").filter(|area| *area > 0.0 && area.is_finite());
        if floors.is_none() && floor_area_m2.is_none() {
            notices.add(layer, &NO_FLOORS, loaded.feature_name(feature));
        }
        Building { floors, floor_area_m2, is_doubtful }
    };
    let all = found.features.iter().map(&mut one).collect();
    Ok(Layer::Buildings(found.shapes, all))
}

/// The areas of a layer with the ratio of each, which its files have in per cent.
///
/// # Errors
/// A layer without that column; as [`areas`].
pub(super) fn ratio_areas(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Layer, LayerError> {
    loaded.need("ratio")?;
    let found = areas(loaded, lost, notices)?;
    let mut one = |feature: &&RawFeature| {
        let percent = loaded.number(feature, "ratio")?.filter(|percent| *percent > 0.0 && percent.is_finite());
        if percent.is_none() {
            notices.add(loaded.key.name(), &NO_RATIO, loaded.feature_name(feature));
        }
        // Whether it is an area of the layer at all, nobody can say: so neither which ratio holds there.
        let ratio = percent.filter(|_| !loaded.in_doubt.holds(feature)).map(|percent| percent / 100.0);
        Ok::<_, LayerError>(RatioArea { ratio })
    };
    let all = found.features.iter().map(&mut one).collect::<Result<_, _>>()?;
    Ok(Layer::Ratios(found.shapes, all))
}
