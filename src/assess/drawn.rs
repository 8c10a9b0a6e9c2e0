//! What does a city say of a zone that a planner has drawn? What the parcels are asked, asked of one area.

use super::one_zone::of_one_zone;
use super::regions::{clauses, own_centres};
use super::{Assessor, Groundwork};
use crate::criteria::{Criterion, WholeAnswer, Zone};
use crate::evidence::WholeArea;
use crate::geometry::{Point, Shape};
use crate::regions::Known;
use crate::zones::{AsWhole, Candidate, ZoneFacts, facts};

impl Groundwork<'_> {
    /// Where all criteria hold that a kind of zone asks of a place and that are meant, those that belong to one and the same zone
    /// of another kind for one and the same. `chosen` is what [`Groundwork::lay`] gave.
    #[must_use]
    pub fn where_all_hold(&self, zone: Zone, chosen: &Assessor, is_meant: impl Fn(&Criterion) -> bool) -> Known {
        let rules = &self.terms.rules;
        let (bound, free) = clauses(zone, rules);
        let free: Vec<Known> = free.iter().filter_map(|clause| of_clause(clause, chosen, &is_meant)).collect();
        let free = Known::all(&free);
        let Some(other) = rules.belongs_to(zone).and_then(|other| chosen.pieces.get(other.id())) else { return free };
        let bound: Vec<_> = bound.into_iter().filter(|criterion| is_meant(criterion)).collect();
        let context = self.context_of(chosen);
        let stops = bound.iter().find_map(|criterion| criterion.stops(&context));
        of_one_zone(other, stops.as_ref(), &bound, &free, &context)
    }

    /// Where those of its criteria hold for one and the same zone of another kind that ask about one; `None` of a kind of zone that
    /// belongs to no other, or that asks one question about it alone.
    #[must_use]
    pub fn where_one_zone_holds(&self, zone: Zone, chosen: &Assessor) -> Option<Known> {
        let rules = &self.terms.rules;
        rules.belongs_to(zone)?;
        let (bound, _) = clauses(zone, rules);
        let is_bound = |one: &Criterion| bound.iter().any(|bound| bound.id == one.id);
        (bound.len() != 1).then(|| self.where_all_hold(zone, chosen, is_bound))
    }

    /// Where any criterion of a clause holds; `None` of one about the parcel alone.
    #[must_use]
    pub fn where_any_holds(&self, clause: &[&'static Criterion], chosen: &Assessor) -> Option<Known> {
        of_clause(clause, chosen, &|_| true)
    }

    /// The numbers of a drawn zone as a whole, by the arithmetic of candidate zones.
    #[must_use]
    pub fn carried_by(&self, drawn: &Candidate, chosen: &Assessor) -> ZoneFacts {
        let asked: Vec<_> = self.terms.rules.criteria(drawn.zone).collect();
        facts(drawn, &AsWhole::default(), &asked, &self.context_of(chosen))
    }

    /// How an area answers a criterion as a whole; `None` of one that cannot be asked so.
    #[must_use]
    pub fn as_a_whole(&self, criterion: &Criterion, area: Shape<'_>, chosen: &Assessor) -> Option<WholeAnswer> {
        let context = self.context_of(chosen);
        Some(criterion.kind.whole()?.answer(&WholeArea::new(area, context.wholes), &context))
    }

    /// The planner's own centres of a kind of zone.
    #[must_use]
    pub fn own_centres(&self, zone: Zone) -> &[Point] {
        own_centres(zone, self.city).own
    }
}

/// Where any criterion of a clause holds of which all are meant.
fn of_clause(
    clause: &[&'static Criterion],
    chosen: &Assessor,
    is_meant: &impl Fn(&Criterion) -> bool,
) -> Option<Known> {
    if clause.is_empty() || !clause.iter().all(|one| one.is_region() && is_meant(one)) {
        return None;
    }
    let known: Vec<&Known> = clause.iter().filter_map(|one| chosen.known.get(one.id)).collect();
    Some(match known.as_slice() {
        [] => Known::unknown(),
        [one] => (*one).clone(),
        several => Known::any(several),
    })
}
