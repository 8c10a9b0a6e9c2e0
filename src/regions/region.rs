//! Sets of the plane: an area made of polygons, or all that lies outside one.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::RegionIndex;
use crate::geometry::{Shape, Shapes, overlay};

/// A set of the plane. Everything and nothing are sets like any other, so that a missing layer needs no
/// special case. A copy shares the polygons: most of what is known of a place is known three times over, and is the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Region {
    /// Polygons without overlap, one connected polygon a shape, in plane metres.
    pub(super) area: Arc<Shapes>,
    /// Whether the set is all that lies outside `area`.
    pub(super) complement: bool,
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.complement == other.complement && (Arc::ptr_eq(&self.area, &other.area) || self.area == other.area)
    }
}

impl Region {
    /// The polygons, of which none overlaps another, with what they bound.
    fn bounded(area: Shapes) -> Self {
        Self { area: Arc::new(area), complement: false }
    }

    /// The empty set.
    #[must_use]
    pub fn nothing() -> Self {
        Self::bounded(Shapes::default())
    }

    /// The whole plane.
    #[must_use]
    pub fn everything() -> Self {
        Self::nothing().complement()
    }

    /// The points in at least one shape of `sets`, which may overlap. Shells turn counterclockwise and holes
    /// clockwise, as [`crate::geometry::repair`] leaves them.
    #[must_use]
    pub fn union_of(sets: &[&Shapes]) -> Self {
        Self::bounded(overlay::union(sets))
    }

    /// Whether no point of the plane is in the set.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.area.is_empty() && !self.complement
    }

    /// Whether every point of the plane is in the set.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.area.is_empty() && self.complement
    }

    /// The points that are not in the set.
    #[must_use]
    pub fn complement(self) -> Self {
        Self { complement: !self.complement, ..self }
    }

    /// The points in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        if self.is_nothing() || other.is_nothing() {
            return Self::nothing();
        }
        if self.is_everything() || self == other {
            return other.clone();
        }
        if other.is_everything() {
            return self.clone();
        }
        match (self.complement, other.complement) {
            (false, false) if self.area.len() < other.area.len() => other.within(self),
            (false, _) => self.within(other),
            (true, false) => other.within(self),
            (true, true) => Self::union_of(&[&self.area, &other.area]).complement(),
        }
    }

    /// The part of this bounded set that lies in `other`. Pieces that no edge of `other` comes near are kept or left
    /// as they are; only the rest is overlaid, with the pieces of `other` that come near them.
    fn within(&self, other: &Self) -> Self {
        self.within_where(other, |_| None)
    }

    /// The same where it is known of some pieces, by their places, whether `other` holds all or nothing of them.
    pub(super) fn within_where(&self, other: &Self, is_held: impl Fn(usize) -> Option<bool>) -> Self {
        let (index, all) = (OnceCell::new(), other.area.bounds());
        let (mut area, mut cut, mut around) = (Shapes::default(), Shapes::default(), Vec::new());
        for (place, piece) in self.area.iter().enumerate() {
            let bounds = piece.bounds();
            // Within a box around all of it lie edges for certain, and no index is needed to know it.
            let holds = || index.get_or_init(|| other.index()).holds(&bounds);
            let holds = || is_held(place).or_else(|| if bounds.holds(&all) { None } else { holds() });
            match holds() {
                Some(true) => area.push(&piece),
                Some(false) => {}
                None => {
                    cut.push(&piece);
                    around.push(bounds);
                }
            }
        }
        if cut.is_empty() {
            return Self::bounded(area);
        }
        let mut near = Shapes::default();
        for piece in other.area.iter() {
            let bounds = piece.bounds();
            if around.iter().any(|cut| cut.meets(&bounds)) {
                near.push(&piece);
            }
        }
        let part = if other.complement { overlay::difference(&cut, &near) } else { overlay::intersection(&cut, &near) };
        part.iter().for_each(|piece| area.push(&piece));
        Self::bounded(area)
    }

    /// The points in at least one of the sets.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        // De Morgan: outside the union is outside both.
        self.clone().complement().intersection(&other.clone().complement()).complement()
    }

    /// The points in this set and not in the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        if self.complement || other.complement {
            return self.intersection(&other.clone().complement());
        }
        // Pieces of one set have no point in common, so one that both sets have takes no other's place.
        let (own, others) = (pieces_by_outline(&self.area), pieces_by_outline(&other.area));
        let without = |area: &Shapes, common: &BTreeSet<Vec<u64>>| {
            let mut rest = Shapes::default();
            area.iter().filter(|piece| !common.contains(&outline(piece))).for_each(|piece| rest.push(&piece));
            Self::bounded(rest)
        };
        without(&self.area, &others).intersection(&without(&other.area, &own).complement())
    }

    /// The points in at least one of several sets.
    #[must_use]
    pub fn union_of_regions(sets: &[&Self]) -> Self {
        let bounded: Vec<&Self> = sets.iter().copied().filter(|set| !set.complement).collect();
        let unbounded = sets.iter().filter(|set| set.complement);
        let united = match bounded.as_slice() {
            [one] => (*one).clone(),
            several => Self::union_of(&several.iter().map(|set| set.area.as_ref()).collect::<Vec<_>>()),
        };
        unbounded.fold(united, |united, set| united.union(set))
    }

    /// How many points draw it.
    pub(super) fn points(&self) -> usize {
        self.area.points().len()
    }

    /// The connected pieces, one a shape; `None` where the set has no bound.
    #[must_use]
    pub fn pieces(&self) -> Option<&Shapes> {
        (!self.complement).then_some(&self.area)
    }

    /// The polygons that bound it, and whether it is all that lies outside them.
    #[must_use]
    pub fn drawn(&self) -> (&Shapes, bool) {
        (&self.area, self.complement)
    }

    /// Makes the set ready to be asked for shares, in time in step with its edges.
    #[must_use]
    pub fn index(&self) -> RegionIndex {
        RegionIndex::new(&self.area, self.complement)
    }
}

/// The pieces of a set by their outlines.
fn pieces_by_outline(area: &Shapes) -> BTreeSet<Vec<u64>> {
    area.iter().map(|piece| outline(&piece)).collect()
}

/// The points of a piece, bit by bit.
fn outline(piece: &Shape<'_>) -> Vec<u64> {
    piece.points().iter().flatten().map(|part| part.to_bits()).collect()
}

impl From<Cow<'_, Shapes>> for Region {
    /// An area whose polygons are known not to overlap.
    fn from(area: Cow<'_, Shapes>) -> Self {
        Self::bounded(area.into_owned())
    }
}

/// What is known of the place where a condition holds: `sure ⊆ possible`, and `expected`, which is `sure`
/// with the planner's declared expectations (見込み) added.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Where the condition is known to hold.
    pub sure: Region,
    /// Where it is known to hold or could still hold.
    pub possible: Region,
    /// Where it holds for sure once the declared expectations come true.
    pub expected: Region,
}

impl Known {
    /// A place without doubt and without expectations.
    #[must_use]
    pub fn exactly(region: Region) -> Self {
        Self { sure: region.clone(), possible: region.clone(), expected: region }
    }

    /// A place known between two sets, without expectations.
    #[must_use]
    pub fn between(sure: Region, possible: Region) -> Self {
        Self { expected: sure.clone(), sure, possible }
    }

    /// A condition of which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self::between(Region::nothing(), Region::everything())
    }

    /// A condition that holds everywhere, as one that is waived does.
    #[must_use]
    pub fn everywhere() -> Self {
        Self::exactly(Region::everything())
    }

    /// The same with `expectation` added to what is expected.
    #[must_use]
    pub fn expecting(self, expectation: &Region) -> Self {
        Self { expected: self.expected.union(expectation), ..self }
    }

    /// Where all of several conditions hold: sure with sure, possible with possible, expected with expected.
    #[must_use]
    pub fn all<'a>(conditions: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut conditions: Vec<&Self> = conditions.into_iter().collect();
        // Small sets first: what they leave is small.
        conditions.sort_by_key(|known| known.sure.area.points().len() + known.possible.area.points().len());
        conditions.into_iter().fold(Self::everywhere(), |zone, condition| {
            let sure = zone.sure.intersection(&condition.sure);
            // Most conditions hold no doubt; the same work is then not done again.
            let no_doubt = zone.possible == zone.sure && condition.possible == condition.sure;
            let no_hope = zone.expected == zone.sure && condition.expected == condition.sure;
            let again = |a: &Region, b: &Region, same: bool| if same { sure.clone() } else { a.intersection(b) };
            let possible = again(&zone.possible, &condition.possible, no_doubt);
            let expected = again(&zone.expected, &condition.expected, no_hope);
            Self { sure, possible, expected }
        })
    }

    /// Where any of several conditions holds.
    #[must_use]
    pub fn any(conditions: &[&Self]) -> Self {
        let united = |of: fn(&Self) -> &Region| {
            Region::union_of_regions(&conditions.iter().map(|known| of(known)).collect::<Vec<_>>())
        };
        Self {
            sure: united(|known| &known.sure),
            possible: united(|known| &known.possible),
            expected: united(|known| &known.expected),
        }
    }

    /// Whether any expectation adds to what is sure.
    #[must_use]
    pub fn has_expectation(&self) -> bool {
        self.expected != self.sure
    }
}
