//! Which zones meet a condition as wholes? A zone's border is the planner's to draw, so that a piece which fails as it stands
//! may still be one when it is drawn smaller: it is possible then, and not sure.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Growth;
use crate::criteria::{AsksWhole, Context, WholeAnswer};
use crate::evidence::WholeArea;
use crate::geometry::area::area;
use crate::geometry::{Shape, Shapes};
use crate::regions::{Known, Region, RegionIndex, Scratch};

/// What is left of a kind of zone once its pieces are asked as wholes.
#[derive(Debug, Clone)]
pub struct AskedAsWholes {
    /// Where zones lie.
    pub known: Known,
    /// The pieces that were sure until they were asked.
    pub withheld: Region,
}

/// Asks every connected piece of a kind of zone as a whole.
///
/// A piece that surely fails is not sure; nor is what surely fails once expectations come true expected, but for what is sure
/// without them. A piece of which no part could meet the condition is not possible either.
///
/// Where data are lost, a piece may be part of a larger one that would be asked in its place: it is sure only if the condition
/// holds however it grows.
#[must_use]
pub fn asked_as_wholes(known: Known, asks: &[&dyn AsksWhole], growth: &Growth, context: &Context<'_>) -> AskedAsWholes {
    if asks.is_empty() {
        return AskedAsWholes { known, withheld: Region::nothing() };
    }
    let fails = |answer: &WholeAnswer| answer.is_met == Some(false);
    let will_fail = |answer: &WholeAnswer| answer.is_expected == Some(false);
    let is_hopeless = |answer: &WholeAnswer| answer.is_hopeless;
    let mut of_sure = Answers::of(&known.sure, asks, context);
    if let Some(within) = growth.within(&known) {
        of_sure.grow_within(within, asks, context);
    }
    let (sure, withheld) = (of_sure.without(fails), of_sure.those(fails));
    let possible = if known.possible == known.sure {
        of_sure.without(is_hopeless)
    } else {
        Answers::of(&known.possible, asks, context).without(is_hopeless)
    };
    let expected = if known.has_expectation() {
        Answers::of(&known.expected, asks, context).without(will_fail).union(&sure)
    } else {
        sure.clone()
    };
    AskedAsWholes { known: Known { sure, possible, expected }, withheld }
}

fn alone(piece: &Shape<'_>) -> Region {
    let mut shapes = Shapes::default();
    shapes.push(piece);
    Region::from(Cow::Owned(shapes))
}

/// How every piece of a region answers.
struct Answers<'a> {
    region: &'a Region,
    /// By piece; none of a region without bound, which has no pieces.
    answers: Vec<Vec<WholeAnswer>>,
}

impl<'a> Answers<'a> {
    fn of(region: &'a Region, asks: &[&dyn AsksWhole], context: &Context<'_>) -> Self {
        let of_piece = |piece: Shape<'_>| {
            let area = WholeArea::new(piece, context.wholes);
            asks.iter().map(|asks| asks.answer(&area, context)).collect()
        };
        let answers = match region.pieces() {
            Some(pieces) => (0..pieces.len()).into_par_iter().map(|index| of_piece(pieces.get(index))).collect(),
            None => Vec::new(),
        };
        Self { region, answers }
    }

    /// Takes the answer of a piece for a failure where a larger one that it may be part of could fail.
    fn grow_within(&mut self, possible: &Region, asks: &[&dyn AsksWhole], context: &Context<'_>) {
        let pieces = possible.pieces().into_iter().flat_map(Shapes::iter);
        let larger: Vec<(Shape<'_>, RegionIndex)> =
            pieces.map(|piece| (piece.clone(), alone(&piece).index())).collect();
        let pieces = self.region.pieces().into_iter().flat_map(Shapes::iter);
        for (piece, answers) in pieces.zip(&mut self.answers) {
            let (bounds, whole) = (piece.bounds(), area(&piece));
            let mut scratch = Scratch::default();
            let mut holds = |index: &RegionIndex| index.share(&piece, &bounds, whole, &mut scratch) > 0.5;
            let grown = larger.iter().find(|(_, index)| holds(index)).map(|(grown, _)| grown.clone());
            let (piece, grown) =
                (WholeArea::new(piece, context.wholes), grown.map(|grown| WholeArea::new(grown, context.wholes)));
            for (asks, answer) in asks.iter().zip(answers) {
                if !asks.stays_met(&piece, grown.as_ref(), context) {
                    answer.is_met = Some(false);
                }
            }
        }
    }

    /// The region without the pieces of which an answer is so.
    fn without(&self, is_so: impl Fn(&WholeAnswer) -> bool) -> Region {
        let is_kept = |answers: &Vec<WholeAnswer>| !answers.iter().any(&is_so);
        if self.answers.iter().all(is_kept) { self.region.clone() } else { self.chosen(is_kept) }
    }

    /// The pieces of which an answer is so.
    fn those(&self, is_so: impl Fn(&WholeAnswer) -> bool) -> Region {
        self.chosen(|answers| answers.iter().any(&is_so))
    }

    fn chosen(&self, is_chosen: impl Fn(&Vec<WholeAnswer>) -> bool) -> Region {
        let mut chosen = Shapes::default();
        let pieces = self.region.pieces().into_iter().flat_map(Shapes::iter);
        pieces.zip(&self.answers).filter(|(_, answers)| is_chosen(answers)).for_each(|(piece, _)| chosen.push(&piece));
        Region::from(Cow::Owned(chosen))
    }
}
