//! Which zones meet a condition as wholes? A zone's border is the planner's to draw, so that a piece which fails as it stands
//! may still be one when it is drawn smaller: it is possible then, and not sure.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::criteria::{AsksWhole, Context, WholeAnswer};
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
    let (sure, withheld) = divided(&known.sure, asks, context, |answers| !answers.iter().any(fails));
    let (possible, _) =
        divided(&known.possible, asks, context, |answers| !answers.iter().any(|answer| answer.is_hopeless));
    let expected = if known.has_expectation() {
        let (grown, _) = divided(&known.expected, asks, context, |answers| !answers.iter().any(will_fail));
        grown.union(&sure)
    } else {
        sure.clone()
    };
    AskedAsWholes { known: Known { sure, possible, expected }, withheld }
}

/// The pieces whose answers are as they should be, and the rest; all of a region without bound, which has no pieces.
fn divided(
    region: &Region,
    asks: &[&dyn AsksWhole],
    context: &Context<'_>,
    is_kept: impl Fn(&[WholeAnswer]) -> bool + Sync,
) -> (Region, Region) {
    let Some(pieces) = region.pieces() else { return (region.clone(), Region::nothing()) };
    let answers =
        |piece: Shape<'_>| -> Vec<WholeAnswer> { asks.iter().map(|asks| asks.answer(&piece, context)).collect() };
    let is_kept: Vec<bool> =
        (0..pieces.len()).into_par_iter().map(|index| is_kept(&answers(pieces.get(index)))).collect();
    if is_kept.iter().all(|kept| *kept) {
        return (region.clone(), Region::nothing());
    }
    let of = |wanted: bool| {
        let mut chosen = Shapes::default();
        pieces.iter().zip(&is_kept).filter(|(_, kept)| **kept == wanted).for_each(|(piece, _)| chosen.push(&piece));
        Region::from(Cow::Owned(chosen))
    };
    (of(true), of(false))
}
