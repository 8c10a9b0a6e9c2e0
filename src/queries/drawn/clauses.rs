//! What does its kind ask of a drawn zone, how does each of it stand, and which parts of the zone break it?

use super::Asked;
use crate::criteria::{Criterion, WHOLE, Zone};
use crate::evidence::KnownIndex;
use crate::geometry::Shapes;
use crate::geometry::area::{area, centroid};
use crate::regions::{Certainty, Known, Region};
use crate::text::Text;
use crate::units::SquareMetres;
use crate::verdicts::{Shares, Status, ZoneReason, reaches};

/// Smaller parts are what two drawings of one boundary leave.
const MIN_PART: SquareMetres = SquareMetres(1.0);

/// One thing that a kind of zone asks.
#[derive(Debug)]
pub struct Clause {
    /// The criterion, or several any of which serves; none of what it asks beside.
    pub criteria: Vec<Said>,
    /// What it asks beside its criteria: that those about another kind of zone hold for one and the same.
    pub beside: Option<ZoneReason>,
    /// The shares of the zone in which it holds, whichever criterion serves; `None` of one about the parcel alone.
    pub shares: Option<Shares>,
    /// By what it is decided.
    pub decided_by: DecidedBy,
    /// Whether it is met today; `None`: not known.
    pub is_met: Option<bool>,
    /// The same, and whether it is once expectations come true.
    pub status: Status,
    /// The parts of the zone in which it is not sure, from those where it does not hold to those where it will. Nothing of one
    /// about the parcel alone, and of one that is met by the zone as a whole.
    pub parts: Vec<Part>,
}

/// A criterion of a clause.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Which one.
    pub criterion: &'static Criterion,
    /// The shares of the zone in which it holds; `None` of one about the parcel alone.
    pub shares: Option<Shares>,
}

/// By what a clause is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedBy {
    /// By the share of the zone in which it holds.
    Share,
    /// By the number of the zone as a whole.
    Whole,
    /// By the zone as if it were a parcel.
    Parcel,
}

impl DecidedBy {
    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Whole => "whole",
            Self::Parcel => "parcel",
        }
    }
}

/// A connected part of a zone in which a clause is not sure.
#[derive(Debug)]
pub struct Part {
    /// What is known of the clause there: [`Certainty::No`], [`Certainty::Possible`] or [`Certainty::Expected`].
    pub certainty: Certainty,
    /// Where it is.
    pub shape: Shapes,
    /// Its ground area.
    pub area: SquareMetres,
}

impl Clause {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> Text {
        let mut names = self.criteria.iter().map(|said| said.criterion.name.clone());
        let first = names.next().or_else(|| self.beside.map(ZoneReason::name)).unwrap_or_else(|| Text::same(""));
        names.fold(first, |one, other| text!("{one}または{other}", "{one} or {other}", one = one, other = other))
    }

    /// The words of outputs: ids with commas between.
    #[must_use]
    pub fn ids(&self) -> String {
        let ids = self.criteria.iter().map(|said| said.criterion.id).chain(self.beside.map(ZoneReason::id));
        ids.collect::<Vec<_>>().join(",")
    }
}

impl Asked<'_> {
    /// All that a kind of zone asks of the zone of a row, whose land is given.
    pub(super) fn clauses(&self, row: usize, kind: Zone, land: &Region) -> Vec<Clause> {
        let rules = &self.chosen.judge.rules;
        let mut all: Vec<Clause> =
            rules.clauses(kind).map(|criteria| self.clause(row, kind, &criteria, land)).collect();
        if let Some(known) = self.work.where_one_zone_holds(kind, self.chosen) {
            let shares = self.shares(&known, row);
            all.push(Clause {
                criteria: Vec::new(),
                beside: Some(ZoneReason::OneZone),
                shares: Some(shares),
                decided_by: DecidedBy::Share,
                is_met: is_met(shares),
                status: of_shares(shares),
                parts: self.parts(&known, land),
            });
        }
        all
    }

    /// The criteria that outputs tell of a kind of zone although it does not ask for them.
    pub(super) fn told(&self, row: usize, kind: Zone) -> Vec<Said> {
        self.chosen.judge.rules.told(kind).map(|criterion| self.said(criterion, row)).collect()
    }

    fn said(&self, criterion: &'static Criterion, row: usize) -> Said {
        let index = self.chosen.judge.rules.set.region(criterion.id);
        Said { criterion, shares: index.map(|index| Shares::of(&self.measures.criteria[index], row)) }
    }

    fn clause(&self, row: usize, kind: Zone, criteria: &[&'static Criterion], land: &Region) -> Clause {
        let said: Vec<Said> = criteria.iter().map(|criterion| self.said(criterion, row)).collect();
        let made = |shares, decided_by, is_met, status, parts| {
            let (criteria, beside) = (said.clone(), None);
            Clause { criteria, beside, shares, decided_by, is_met, status, parts }
        };
        let Some(known) = self.work.where_any_holds(criteria, self.chosen) else {
            let is_met = self.of_parcel(row, kind, criteria);
            return made(None, DecidedBy::Parcel, is_met, of_answer(is_met, is_met), Vec::new());
        };
        let shares = match said.as_slice() {
            [Said { shares: Some(shares), .. }] => *shares,
            _ => self.shares(&known, row),
        };
        if let [criterion] = criteria
            && kind.rule().as_a_whole.contains(&criterion.id)
        {
            let answer = self.work.as_a_whole(criterion, self.batch.parcel(row).shape, self.chosen);
            let (is_met, is_expected) = answer.map_or((None, None), |answer| (answer.is_met, answer.is_expected));
            let parts = if is_met == Some(true) { Vec::new() } else { self.parts(&known, land) };
            return made(Some(shares), DecidedBy::Whole, is_met, of_answer(is_met, is_expected), parts);
        }
        made(Some(shares), DecidedBy::Share, is_met(shares), of_shares(shares), self.parts(&known, land))
    }

    /// Whether the zone of a row meets any of some criteria about the parcel alone; `None`: not known.
    pub(super) fn of_parcel(&self, row: usize, kind: Zone, criteria: &[&'static Criterion]) -> Option<bool> {
        let standings = self.chosen.judge.standings(kind, self.measures, row);
        let met: Vec<Option<bool>> = standings
            .filter(|standing| criteria.iter().any(|one| one.id == standing.criterion.id))
            .map(|standing| standing.is_met)
            .collect();
        if met.contains(&Some(true)) {
            return Some(true);
        }
        (!met.is_empty() && !met.contains(&None)).then_some(false)
    }

    fn shares(&self, known: &Known, row: usize) -> Shares {
        Shares::of(&KnownIndex::new(known).shares(self.batch), row)
    }

    /// The parts of a zone in which a condition does not hold, may hold, and will hold.
    fn parts(&self, known: &Known, land: &Region) -> Vec<Part> {
        let rest = land.minus(&known.sure);
        let expected = rest.intersection(&known.expected);
        let rest = rest.minus(&expected);
        let open = rest.intersection(&known.possible);
        let no = rest.minus(&open);
        let scale = &self.chosen.study.scale;
        let mut parts = Vec::new();
        for (certainty, region) in [(Certainty::No, no), (Certainty::Possible, open), (Certainty::Expected, expected)] {
            let pieces = region.pieces().into_iter().flat_map(Shapes::iter);
            let mut found: Vec<Part> = pieces
                .map(|piece| {
                    let mut shape = Shapes::default();
                    shape.push(&piece);
                    let area = scale.ground_area(area(&piece), centroid(&piece).unwrap_or_default());
                    Part { certainty, shape, area }
                })
                .filter(|part| part.area >= MIN_PART)
                .collect();
            found.sort_by(|a, b| b.area.0.total_cmp(&a.area.0));
            parts.extend(found);
        }
        parts
    }
}

/// How an answer of today stands, and one of when expectations have come true.
fn of_answer(is_met: Option<bool>, is_expected: Option<bool>) -> Status {
    Status::of(is_met == Some(true), is_expected == Some(true), is_met != Some(false))
}

/// Whether an area lies in the place in which it has to lie; `None`: not known.
fn is_met(shares: Shares) -> Option<bool> {
    match (reaches(shares.lo, WHOLE), reaches(shares.hi, WHOLE)) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}

/// The same with expectations.
fn of_shares(shares: Shares) -> Status {
    Status::of(reaches(shares.lo, WHOLE), reaches(shares.expected, WHOLE), reaches(shares.hi, WHOLE))
}
