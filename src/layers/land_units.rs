//! Over which units is the public-land ratio taken, and where do these come from?

use serde::{Deserialize, Serialize};

use crate::geometry::Shapes;
use crate::text::Text;

/// The units over which the public-land ratio is taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LandUnits {
    /// Their shapes.
    pub shapes: Shapes,
    /// Where they come from.
    pub origin: UnitsOrigin,
}

/// Where the units of the public-land ratio come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitsOrigin {
    /// A layer of their own.
    Given,
    /// The units of the census.
    Census,
    /// The 250 m meshes over the public land, where there are no others.
    Mesh,
}

impl UnitsOrigin {
    /// The words for it.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Given => Text::new("レイヤー `units`", "units"),
            Self::Census => Text::new("国勢調査の地域", "census"),
            Self::Mesh => Text::new("250mメッシュ", "250 m mesh"),
        }
    }
}

impl LandUnits {
    /// Whether a layer of their own gives them.
    #[must_use]
    pub fn are_given(&self) -> bool {
        self.origin == UnitsOrigin::Given
    }
}
