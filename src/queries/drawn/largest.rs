//! What is the largest part of a drawn zone that meets all for certain?

use super::Asked;
use crate::criteria::{Asks, Criterion, Zone};
use crate::evidence::Batch;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Shape, Shapes};
use crate::regions::{Known, Region};
use crate::units::SquareMetres;
use crate::zones::MIN_ZONE;

/// A connected part of a zone that meets all that is asked.
#[derive(Debug)]
pub struct Largest {
    /// Where it is.
    pub shape: Shapes,
    /// Its ground area.
    pub area: SquareMetres,
}

impl Asked<'_> {
    /// The largest of the connected parts of a zone's land that meet all for certain. `place` is where all holds that is asked of
    /// places, but for what is asked of the zone as a whole.
    ///
    /// A part that fails as a whole gives way to what of it lies in units that do not; a border that goes through a unit is the
    /// planner's to find.
    pub(super) fn largest(&self, kind: Zone, place: &Known, land: &Region) -> Option<Largest> {
        let wholes = |one: &Criterion| kind.rule().as_a_whole.contains(&one.id);
        let units = self.work.where_all_hold(kind, self.chosen, wholes).sure;
        let mut best: Option<Largest> = None;
        let mut take = |piece: &Shape<'_>| {
            let ground = self.ground_area(piece);
            if ground >= MIN_ZONE && best.as_ref().is_none_or(|best| ground > best.area) && self.is_met_by(kind, piece)
            {
                let mut shape = Shapes::default();
                shape.push(piece);
                best = Some(Largest { shape, area: ground });
                return true;
            }
            false
        };
        let parts = land.intersection(&place.sure);
        for piece in parts.pieces().into_iter().flat_map(Shapes::iter) {
            if take(&piece) || kind.rule().as_a_whole.is_empty() {
                continue;
            }
            let mut alone = Shapes::default();
            alone.push(&piece);
            let smaller = Region::from(std::borrow::Cow::Owned(alone)).intersection(&units);
            smaller.pieces().into_iter().flat_map(Shapes::iter).for_each(|piece| {
                take(&piece);
            });
        }
        best
    }

    fn ground_area(&self, piece: &Shape<'_>) -> SquareMetres {
        self.chosen.study.scale.ground_area(area(piece), centroid(piece).unwrap_or_default())
    }

    /// Whether an area meets for certain what is asked of wholes, and of parcels.
    fn is_met_by(&self, kind: Zone, piece: &Shape<'_>) -> bool {
        let is_of_whole = |one: &&Criterion| kind.rule().as_a_whole.contains(&one.id);
        let rules = &self.chosen.judge.rules;
        let whole = |one: &Criterion| {
            self.work.as_a_whole(one, piece.clone(), self.chosen).is_some_and(|answer| answer.is_met == Some(true))
        };
        rules.criteria(kind).filter(is_of_whole).all(whole) && self.is_fit_for_a_site(kind, piece)
    }

    /// Whether an area meets for certain what a kind of zone asks of the parcel alone.
    fn is_fit_for_a_site(&self, kind: Zone, piece: &Shape<'_>) -> bool {
        let of_parcel = |clause: &Vec<&'static Criterion>| {
            clause.iter().all(|one| matches!(one.kind.asks(), Asks::Parcel(_))) && !clause.is_empty()
        };
        let clauses: Vec<_> = self.chosen.judge.rules.clauses(kind).filter(of_parcel).collect();
        if clauses.is_empty() {
            return true;
        }
        let mut alone = Shapes::default();
        alone.push(piece);
        let batch = Batch::new(alone);
        let measures = self.chosen.study.measure(&batch);
        let asked = Asked { batch: &batch, measures: &measures, ..*self };
        clauses.iter().all(|clause| asked.of_parcel(0, kind, clause) == Some(true))
    }
}
