//! Which zones meet a condition as wholes? A zone's border is the planner's to draw, so that a piece which fails as it stands
//! may still be one when it is drawn smaller: it is possible then, and not sure.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Growth;
use crate::criteria::{AsksWhole, Context, WholeAnswer};
use crate::evidence::{KnownLand, WholeArea, known_land};
use crate::geometry::area::area;
use crate::geometry::{Shape, Shapes};
use crate::regions::{Known, Region, RegionIndex, Scratch};

/// What is left of a kind of zone once its pieces are asked as wholes.
#[derive(Debug)]
pub struct AskedAsWholes {
    /// Where zones lie.
    pub known: Known,
    /// The pieces that were sure until they were asked.
    pub withheld: Region,
    /// What the pieces carry, where somebody asks for the sake of the next number.
    pub land: Option<LandOfWholes>,
}

/// The public land of the pieces of a kind of zone, before they were asked.
#[derive(Debug)]
pub struct LandOfWholes {
    sure: Option<KnownLand>,
    possible: Option<KnownLand>,
}

impl LandOfWholes {
    /// Of no piece.
    pub const NONE: Self = Self { sure: None, possible: None };
}

/// Asks every connected piece of a kind of zone as a whole.
///
/// A piece that surely fails is not sure; nor is what surely fails once expectations come true expected, but for what is sure
/// without them. A piece of which no part could meet the condition is not possible either.
///
/// Where data are lost, a piece may be part of a larger one that would be asked in its place: it is sure only if the condition
/// holds however it grows.
///
/// `before` is what pieces carried under another number: of those that differ little from them it is not added up again.
#[must_use]
pub fn asked_as_wholes(
    known: Known,
    asks: &[&dyn AsksWhole],
    growth: &Growth,
    context: &Context<'_>,
    before: Option<&LandOfWholes>,
) -> AskedAsWholes {
    if asks.is_empty() {
        return AskedAsWholes { known, withheld: Region::nothing(), land: None };
    }
    let fails = |answer: &WholeAnswer| answer.is_met == Some(false);
    let will_fail = |answer: &WholeAnswer| answer.is_expected == Some(false);
    let is_hopeless = |answer: &WholeAnswer| answer.is_hopeless;
    let mut of_sure = Answers::of(&known.sure, asks, context, Carried::of(before, |before| before.sure.as_ref()));
    if let Some(within) = growth.within(&known) {
        of_sure.grow_within(within, asks, context);
    }
    let (sure, withheld) = (of_sure.without(fails), of_sure.those(fails));
    let mut land_of_possible = None;
    let possible = if known.possible == known.sure {
        of_sure.without(is_hopeless)
    } else {
        // Where more is possible than sure, it is so under the numbers beside as well.
        let carried = Carried::of(before, |before| before.possible.as_ref().or(before.sure.as_ref()));
        let of_possible = Answers::of(&known.possible, asks, context, carried);
        let possible = of_possible.without(is_hopeless);
        land_of_possible = of_possible.land;
        possible
    };
    let expected = if known.has_expectation() {
        Answers::of(&known.expected, asks, context, Carried::NotAsked).without(will_fail).union(&sure)
    } else {
        sure.clone()
    };
    let land = before.map(|_| LandOfWholes { sure: of_sure.land, possible: land_of_possible });
    AskedAsWholes { known: Known { sure, possible, expected }, withheld, land }
}

fn alone(piece: &Shape<'_>) -> Region {
    let mut shapes = Shapes::default();
    shapes.push(piece);
    Region::from(Cow::Owned(shapes))
}

/// Whether it is asked what pieces carry, and what is known of pieces that may differ little from them.
#[derive(Clone, Copy)]
enum Carried<'a> {
    NotAsked,
    Anew,
    Beside(&'a KnownLand),
}

impl<'a> Carried<'a> {
    fn of(before: Option<&'a LandOfWholes>, which: impl Fn(&'a LandOfWholes) -> Option<&'a KnownLand>) -> Self {
        before.map_or(Self::NotAsked, |before| which(before).map_or(Self::Anew, Self::Beside))
    }

    fn is_asked(self) -> bool {
        !matches!(self, Self::NotAsked)
    }
}

/// How every piece of a region answers.
struct Answers<'a> {
    region: &'a Region,
    /// By piece; none of a region without bound, which has no pieces.
    by_piece: Vec<Vec<WholeAnswer>>,
    land: Option<KnownLand>,
}

impl<'a> Answers<'a> {
    fn of(region: &'a Region, asks: &[&dyn AsksWhole], context: &Context<'_>, carried: Carried<'_>) -> Self {
        let pieces = region.pieces();
        let area = |index: usize| {
            let piece = pieces.map(|pieces| pieces.get(index))?;
            let area = match carried {
                Carried::Beside(known) => WholeArea::beside(piece, context.wholes, known),
                Carried::NotAsked | Carried::Anew => WholeArea::new(piece, context.wholes),
            };
            let answers: Vec<WholeAnswer> = asks.iter().map(|asks| asks.answer(&area, context)).collect();
            Some((area, answers))
        };
        let asked: Vec<(WholeArea<'_>, Vec<WholeAnswer>)> =
            (0..pieces.map_or(0, Shapes::len)).into_par_iter().filter_map(area).collect();
        let (areas, by_piece): (Vec<WholeArea<'_>>, _) = asked.into_iter().unzip();
        Self { region, by_piece, land: carried.is_asked().then(|| known_land(region, &areas)) }
    }

    /// Takes the answer of a piece for a failure where a larger one that it may be part of could fail.
    fn grow_within(&mut self, possible: &Region, asks: &[&dyn AsksWhole], context: &Context<'_>) {
        let pieces = possible.pieces().into_iter().flat_map(Shapes::iter);
        let larger: Vec<(Shape<'_>, RegionIndex)> =
            pieces.map(|piece| (piece.clone(), alone(&piece).index())).collect();
        let pieces = self.region.pieces().into_iter().flat_map(Shapes::iter);
        for (piece, answers) in pieces.zip(&mut self.by_piece) {
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
        if self.by_piece.iter().all(is_kept) { self.region.clone() } else { self.chosen(is_kept) }
    }

    /// The pieces of which an answer is so.
    fn those(&self, is_so: impl Fn(&WholeAnswer) -> bool) -> Region {
        self.chosen(|answers| answers.iter().any(&is_so))
    }

    fn chosen(&self, is_chosen: impl Fn(&Vec<WholeAnswer>) -> bool) -> Region {
        let mut chosen = Shapes::default();
        let pieces = self.region.pieces().into_iter().flat_map(Shapes::iter);
        pieces.zip(&self.by_piece).filter(|(_, answers)| is_chosen(answers)).for_each(|(piece, _)| chosen.push(&piece));
        Region::from(Cow::Owned(chosen))
    }
}
