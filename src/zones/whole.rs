//! Which zones meet a condition as wholes? A zone's border is the planner's to draw, so that a piece which fails as it stands
//! may still be one when it is drawn smaller: it is possible then, and not sure.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::criteria::{AsksWhole, Context, WholeAnswer};
use crate::evidence::WholeArea;
use crate::geometry::{Shape, Shapes};
use crate::regions::{Known, Region};

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
#[must_use]
pub fn asked_as_wholes(known: Known, asks: &[&dyn AsksWhole], context: &Context<'_>) -> AskedAsWholes {
    if asks.is_empty() {
        return AskedAsWholes { known, withheld: Region::nothing() };
    }
    let fails = |answer: &WholeAnswer| answer.is_met == Some(false);
    let will_fail = |answer: &WholeAnswer| answer.is_expected == Some(false);
    let is_hopeless = |answer: &WholeAnswer| answer.is_hopeless;
    let of_sure = Answers::of(&known.sure, asks, context);
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
