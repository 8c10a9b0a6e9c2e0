//! What does a layer lack of what its files say that they hold?
//!
//! A feature that cannot be read, whose place is not known, or that may or may not be of the layer, may be anywhere and
//! anything: never is it taken not to be there. So whatever gives features their type is handed a [`Lost`] to write into, and
//! the city is told ([`super::City::lose`]) of every layer that lacks something. What follows is for those who ask:
//!
//! | layer | what is lost | what follows |
//! |---|---|---|
//! | areas (`did`, `public_land`, one's own …) | a polygon | it may be anywhere: possible everywhere, sure where polygons were read |
//! | | whether a polygon is of the layer (the field of `where` or `classes` is blank) | its land is possible |
//! | `stations`, `stops` | a place | a stop may stand anywhere; of other stops of its name nobody knows how many trips are theirs |
//! | `hub_centres` | a place | any central zone may have another centre |
//! | `facilities`, points of one's own | a place | one may stand anywhere |
//! | `units`, `census` | a polygon | its land is without numbers, as land is that no unit covers |
//! | `municipalities` | a polygon | land that no other boundary covers may be its |

use std::collections::BTreeSet;

use super::{City, Layer, LayerKey};
use crate::geometry::Shapes;
use crate::inputs::{RawFeature, RawLayer};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

/// Features of which nobody can say whether they are of the layer.
pub static UNSAID: NoticeKind = NoticeKind {
    id: "class-not-said",
    severity: Severity::Warning,
    what: Text::new(
        "`where` や `classes` で選ぶ属性が空欄の地物があります。このレイヤーのものかもしれないため、確実には数えず、可能性ありとしました。",
        "feature(s) whose field that `where` or `classes` asks for is blank; they may be of the layer, and nothing that hangs on them is sure",
    ),
    advice: Some(Text::new(
        "属性を埋めるか、使わない地物をファイルから除いてください。",
        "fill in the field, or take the features that are not meant out of the file",
    )),
};

/// Features of which no place is known that can be one of the plane.
pub static OUT_OF_REACH: NoticeKind = NoticeKind {
    id: "coordinates-out-of-reach",
    severity: Severity::Skipped,
    what: Text::new(
        "座標が日本のどこでもない地物があります。形のないものとして扱います。",
        "feature(s) with coordinates that are nowhere in Japan; they are used without geometry",
    ),
    advice: Some(Text::new(
        "緯度・経度の桁や符号、座標参照系を確かめてください。",
        "check the digits and signs of latitude and longitude, and the coordinate reference system",
    )),
};

/// How many features of a layer are lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lost(usize);

impl Lost {
    /// What readers could not read of the layer's files.
    #[must_use]
    pub fn in_reading(raw: &RawLayer) -> Self {
        Self(raw.lost)
    }

    /// One more.
    pub fn one(&mut self) {
        self.0 += 1;
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.0
    }

    /// Whether there is any.
    #[must_use]
    pub fn any(self) -> bool {
        self.0 > 0
    }
}

/// Features of which nobody can say whether they are of their layer, by file and number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InDoubt(BTreeSet<(usize, usize)>);

impl InDoubt {
    /// Adds one.
    pub(super) fn add(&mut self, feature: &RawFeature) {
        self.0.insert((feature.file, feature.number));
    }

    /// Whether a feature is one.
    #[must_use]
    pub fn holds(&self, feature: &RawFeature) -> bool {
        self.0.contains(&(feature.file, feature.number))
    }

    /// The same of the files that are left, by their new numbers.
    pub(super) fn of_files(&self, files: &[usize]) -> Self {
        let moved = |&(file, number): &(usize, usize)| Some((files.iter().position(|&one| one == file)?, number));
        Self(self.0.iter().filter_map(moved).collect())
    }
}

impl City {
    /// Adds an area that may belong to a layer of one area and is not sure to; the layer is there beside it.
    pub fn doubt(&mut self, key: LayerKey, shapes: &Shapes) {
        let all = self.doubtful.entry(key).or_default();
        shapes.iter().for_each(|shape| all.push(&shape));
    }

    /// What may belong to a layer of one area and is not sure to.
    #[must_use]
    pub fn doubtful(&self, key: LayerKey) -> Option<&Shapes> {
        self.doubtful.get(&key)
    }

    /// Adds to a layer of one area what is found to belong to it, and leaves in doubt what still may and may not.
    pub fn settle(&mut self, key: LayerKey, more: &Shapes, doubtful: Shapes) {
        if let Some(Layer::Area(given)) = self.layers.get_mut(&key) {
            more.iter().for_each(|shape| given.push(&shape));
        }
        if doubtful.is_empty() {
            self.doubtful.remove(&key);
        } else {
            self.doubtful.insert(key, doubtful);
        }
    }

    /// Says that there is more of a layer than it holds, and nobody knows where (this module). One that is an area is no
    /// longer given as a whole ([`City::area`]) but in part ([`City::area_in_part`]).
    pub fn lose(&mut self, key: LayerKey) {
        self.lost.insert(key);
    }

    /// Whether there is more of a layer than it holds, and nobody knows where.
    #[must_use]
    pub fn lacks(&self, key: LayerKey) -> bool {
        self.lost.contains(&key)
    }

    /// Whether something of a layer is lost, or may be of it and may be not.
    #[must_use]
    pub fn is_unsure_of(&self, key: LayerKey) -> bool {
        self.lacks(key) || self.doubtful.contains_key(&key)
    }
}
