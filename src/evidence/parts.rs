//! In which units does a parcel lie, part by part, and how much of each part would be in a zone if the units were no
//! question? From that follows the parcel's status under any threshold of the units, without measuring again.

use std::sync::Arc;

use super::{Batch, Coverage, KnownIndex, Parcel};
use crate::geometry::area::area;
use crate::geometry::{MANY_POINTS, Shape, Shapes, overlay, tangle};
use crate::regions::Scratch;

/// Less than so much of a parcel's area is no part of it: what two overlays of one boundary leave.
const NO_PART: f64 = 1e-9;

/// A parcel of [`MANY_POINTS`] is not divided where that takes so many comparisons of edges.
const MOST_PAIRS: usize = 1 << 26;

/// Units that share more of a parcel than it has overlap each other.
const OVERLAP: f64 = 1e-6;

/// Units that lie side by side.
#[derive(Debug, Clone)]
pub struct Units<'a> {
    /// The units, ready to be asked.
    pub coverage: Arc<Coverage>,
    /// Their shapes.
    pub shapes: &'a Shapes,
    /// Where what lies outside all units is known not to reach any threshold; elsewhere outside nothing is known.
    pub settled: Option<&'a Shapes>,
}

/// In which unit a part lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InUnit {
    /// In that one.
    Of(u32),
    /// Outside all units, where it is known that no threshold is reached.
    Settled,
    /// Outside all units, where nothing is known; or there are no units.
    Unknown,
}

/// A part of a parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its evaluation unit of the public-land ratio.
    pub land: InUnit,
    /// Its census unit.
    pub people: InUnit,
    /// For each of the regions asked for: sure, possible and expected, as shares of the whole parcel.
    pub rest: Vec<[f64; 3]>,
}

/// What parcels are divided by, prepared once.
#[derive(Debug)]
pub struct Parting<'a> {
    /// Evaluation units; `None` where there are none.
    pub land: Option<Units<'a>>,
    /// Census units; `None` where there are none.
    pub people: Option<Units<'a>>,
    /// The regions of which each part is told its share.
    pub rest: Vec<KnownIndex>,
}

/// A piece of a parcel with its evaluation unit and its census unit.
type Piece = (Shapes, InUnit, InUnit);

impl Parting<'_> {
    /// The parts of every parcel of a batch, in order. None of a parcel without area; none where units overlap, so that they cannot
    /// be told apart; and none of a parcel that it is too much work to divide.
    #[must_use]
    pub fn measure(&self, batch: &Batch) -> Vec<Vec<Part>> {
        let mut scratch = Scratch::default();
        let parts = batch.parcels().map(|parcel| parcel.map(|parcel| self.parts(&parcel, &mut scratch)));
        parts.map(Option::unwrap_or_default).collect()
    }

    /// Whether it takes more than a second or so to divide the parcel: each unit is cut out of it, for which its edges are compared.
    fn is_too_much(&self, parcel: &Parcel<'_>) -> bool {
        let points = parcel.shape.points().len();
        let met = |units: &Option<Units<'_>>| {
            units.as_ref().map_or(0, |units| units.coverage.meeting(&parcel.bounds).count())
        };
        points > MANY_POINTS && {
            let units = met(&self.land) + met(&self.people);
            (points + tangle::pairs(&parcel.shape)).saturating_mul(units) > MOST_PAIRS
        }
    }

    fn parts(&self, parcel: &Parcel<'_>, scratch: &mut Scratch) -> Vec<Part> {
        if self.is_too_much(parcel) {
            return Vec::new();
        }
        let (shape, parcel_area) = (&parcel.shape, parcel.plane_area);
        let part = |(shapes, land, people): Piece, scratch: &mut Scratch| {
            let share = |region: &KnownIndex, scratch: &mut Scratch| {
                shapes.iter().map(Parcel::of).fold([0.0; 3], |sum, piece| {
                    let of_piece = region.exactly(&piece, scratch);
                    std::array::from_fn(|end| sum[end] + of_piece[end] * piece.plane_area / parcel_area)
                })
            };
            Part { land, people, rest: self.rest.iter().map(|region| share(region, scratch)).collect() }
        };
        let pieces = self.pieces(shape, parcel_area, scratch).unwrap_or_default();
        pieces.into_iter().map(|piece| part(piece, scratch)).collect()
    }

    /// The parcel by units; `None` where units overlap.
    fn pieces(&self, parcel: &Shape<'_>, parcel_area: f64, scratch: &mut Scratch) -> Option<Vec<Piece>> {
        let mut whole = Shapes::default();
        whole.push(parcel);
        let by_land = split(self.land.as_ref(), whole, parcel_area, scratch)?;
        let mut pieces = Vec::new();
        for (shapes, land) in by_land {
            // Most cities take their census units for both.
            if self.is_same() && matches!(land, InUnit::Of(_)) {
                pieces.push((shapes, land, land));
                continue;
            }
            let by_people = split(self.people.as_ref(), shapes, parcel_area, scratch)?;
            pieces.extend(by_people.into_iter().map(|(shapes, people)| (shapes, land, people)));
        }
        Some(pieces)
    }

    fn is_same(&self) -> bool {
        matches!((&self.land, &self.people), (Some(land), Some(people)) if Arc::ptr_eq(&land.coverage, &people.coverage))
    }
}

/// Shapes by units; `None` where units overlap. Parts of less than a billionth of the parcel are left out.
fn split(
    units: Option<&Units<'_>>,
    shapes: Shapes,
    parcel_area: f64,
    scratch: &mut Scratch,
) -> Option<Vec<(Shapes, InUnit)>> {
    let Some(units) = units else { return Some(vec![(shapes, InUnit::Unknown)]) };
    if let Some(unit) = alone(units, &shapes, scratch) {
        return Some(vec![(shapes, InUnit::Of(unit))]);
    }
    let is_part = |shapes: &Shapes| total(shapes) > NO_PART * parcel_area;
    let bounds = shapes.bounds();
    let mut meeting: Vec<u32> = units.coverage.meeting(&bounds).collect();
    meeting.sort_unstable();
    let (mut parts, mut all, mut shared) = (Vec::new(), Shapes::default(), 0.0);
    for unit in meeting {
        let mut outline = Shapes::default();
        outline.push(&units.shapes.get(unit as usize));
        let part = overlay::intersection(&shapes, &outline);
        if is_part(&part) {
            shared += total(&part);
            all.push(&outline.get(0));
            parts.push((part, InUnit::Of(unit)));
        }
    }
    if shared > total(&shapes) + OVERLAP * parcel_area {
        return None;
    }
    let outside = if all.is_empty() { shapes } else { overlay::difference(&shapes, &all) };
    let mut settled = Shapes::default();
    units
        .settled
        .into_iter()
        .flat_map(Shapes::iter)
        .filter(|shape| shape.bounds().meets(&bounds))
        .for_each(|shape| settled.push(&shape));
    if settled.is_empty() {
        parts.push((outside, InUnit::Unknown));
    } else {
        parts.push((overlay::intersection(&outside, &settled), InUnit::Settled));
        parts.push((overlay::difference(&outside, &settled), InUnit::Unknown));
    }
    parts.retain(|(shapes, _)| is_part(shapes));
    Some(parts)
}

/// The one unit that holds all the shapes, where no other comes near.
fn alone(units: &Units<'_>, shapes: &Shapes, scratch: &mut Scratch) -> Option<u32> {
    let mut unit = None;
    let mut weights = Vec::new();
    for shape in shapes.iter() {
        units.coverage.weigh(&Parcel::of(shape), scratch, &mut weights);
        match weights.as_slice() {
            &[(found, 1.0)] if unit.is_none_or(|unit| unit == found) => unit = Some(found),
            _ => return None,
        }
    }
    unit
}

fn total(shapes: &Shapes) -> f64 {
    shapes.iter().map(|shape| area(&shape)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::KnownIndex;
    use crate::geometry::Bounds;
    use crate::regions::{Known, Region};

    fn square(x: f64, y: f64, side: f64) -> Bounds {
        Bounds { min: [x, y], max: [x + side, y + side] }
    }

    fn all(squares: &[Bounds]) -> Shapes {
        let mut shapes = Shapes::default();
        for &square in squares {
            shapes.push(&Shapes::from(square).get(0));
        }
        shapes
    }

    fn parts(parcel: Bounds, units: &[Bounds], settled: &[Bounds], region: Bounds) -> Vec<Part> {
        let (units, settled) = (all(units), all(settled));
        let coverage = Arc::new(Coverage::new(&units, units.bounds()));
        let people = Some(Units { coverage, shapes: &units, settled: Some(&settled) });
        let region = Known::exactly(Region::union_of(&[&Shapes::from(region)]));
        let parting = Parting { land: None, people, rest: vec![KnownIndex::new(&region)] };
        parting.measure(&Batch::new(Shapes::from(parcel))).remove(0)
    }

    #[test]
    fn a_parcel_astride_two_units_has_a_part_in_each_and_one_outside() {
        let units = [square(0.0, 0.0, 100.0), square(100.0, 0.0, 100.0)];
        // A quarter in each unit, half of it north of both, all of it but the western half in the place.
        let found = parts(square(90.0, 90.0, 20.0), &units, &[], square(100.0, 0.0, 500.0));
        let shares: Vec<(InUnit, f64)> = found.iter().map(|part| (part.people, part.rest[0][0])).collect();
        assert_eq!(shares, [(InUnit::Of(0), 0.0), (InUnit::Of(1), 0.25), (InUnit::Unknown, 0.25)]);
    }

    #[test]
    fn where_a_table_lists_inhabited_meshes_only_the_others_are_settled() {
        let found = parts(
            square(90.0, 0.0, 20.0),
            &[square(0.0, 0.0, 100.0)],
            &[square(0.0, 0.0, 105.0)],
            square(0.0, 0.0, 500.0),
        );
        let shares: Vec<(InUnit, f64)> = found.iter().map(|part| (part.people, part.rest[0][1])).collect();
        assert_eq!(shares, [(InUnit::Of(0), 0.5), (InUnit::Settled, 0.25), (InUnit::Unknown, 0.25)]);
    }

    #[test]
    fn units_that_overlap_cannot_be_told_apart() {
        let units = [square(0.0, 0.0, 100.0), square(50.0, 0.0, 100.0)];
        assert!(parts(square(90.0, 0.0, 20.0), &units, &[], square(0.0, 0.0, 500.0)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_parts_together_are_the_parcel(x in 0.0..180.0, y in 0.0..180.0, side in 1.0..40.0) {
            let units = [square(0.0, 0.0, 100.0), square(100.0, 0.0, 100.0), square(0.0, 100.0, 70.0)];
            let place = square(-500.0, -500.0, 2000.0);
            let found = parts(square(x, y, side), &units, &[square(150.0, 150.0, 20.0)], place);
            let sum: f64 = found.iter().map(|part| part.rest[0][0]).sum();
            // The grid of overlays is 60 nm wide.
            prop_assert!((sum - 1.0).abs() < 1e-6 / side, "{found:?}");
        }
    }
}
