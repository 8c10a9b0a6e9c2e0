//! By how much must a number of the parcel's own be another, or what is asked of it?

use super::Explainer;
use super::at::{Target, smallest};
use super::told::{Change, ChangeOf, Way};
use crate::criteria::{AsksParcel, Criterion, ParcelFacts, Rules, Zone};
use crate::evidence::Measures;
use crate::units::Metres;
use crate::verdicts::{Shares, Status, status};

/// Steps a metre, or a square metre: as finely as such numbers are told.
const STEPS: f64 = Metres::STEPS;

/// No number is looked for that differs by more.
const MOST: i64 = 1_000_000_000_000;

/// A parcel of a batch.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) measures: &'r Measures,
    pub(super) row: usize,
}

impl Explainer<'_> {
    /// The rules with another number.
    pub(super) fn rules_with(&self, key: &str, number: f64) -> Rules {
        let mut rules = self.assessor.judge.rules.clone();
        if let Some(place) = rules.thresholds.get_mut(key) {
            *place = number;
        }
        rules
    }

    /// The change of one threshold of a criterion about the parcel alone that turns the criterion.
    pub(super) fn number_alone(
        &self,
        target: Target,
        asks: &dyn AsksParcel,
        (key, facts): (&'static str, &ParcelFacts),
    ) -> Option<Change> {
        let verdict = |number: f64| match asks.answer(facts, &self.rules_with(key, number).thresholds) {
            Some(true) => Status::Eligible,
            Some(false) => Status::Ineligible,
            None => Status::Undetermined,
        };
        self.number(key, &|number| target.is_met(verdict(number)), &verdict)
    }

    /// The same for the verdict in a zone.
    pub(super) fn number_in(
        &self,
        target: Target,
        zone: Zone,
        key: &'static str,
        Row { measures, row }: Row<'_>,
    ) -> Option<Change> {
        let shares = Shares::of(&measures.zones[zone.index()], row);
        let membership = self.context.thresholds.membership();
        let verdict = |number: f64| {
            let judge = self.assessor.judge.under(self.rules_with(key, number));
            status(shares, judge.of_parcel(zone, measures, row), membership)
        };
        self.number(key, &|number| target.is_met(verdict(number)), &verdict)
    }

    /// The number nearest to the threshold with which something is met.
    fn number(&self, key: &'static str, is_met: &dyn Fn(f64) -> bool, to: &dyn Fn(f64) -> Status) -> Option<Change> {
        let base = self.context.thresholds.get(key)?;
        let at = |steps: i64, sign: f64| ((base * STEPS).round() + sign * steps as f64) / STEPS;
        let lowest = (base * STEPS).round() as i64;
        let below = smallest(|steps| is_met(at(steps, -1.0)), 1, lowest).map(|steps| (steps, -1.0));
        let above = || smallest(|steps| is_met(at(steps, 1.0)), 1, MOST).map(|steps| (steps, 1.0));
        let (steps, sign) = below.or_else(above)?;
        let number = at(steps, sign);
        let of = ChangeOf::Threshold { key, by: steps as f64 / STEPS, to: number };
        Some(Change { of, to: to(number), is_verified: false })
    }

    /// Whether any answer of a criterion about the parcel alone would meet a target, all else as it is.
    pub(super) fn could_turn(
        &self,
        target: Target,
        zone: Zone,
        criterion: &Criterion,
        Row { measures, row }: Row<'_>,
    ) -> bool {
        let judge = &self.assessor.judge;
        let shares = Shares::of(&measures.zones[zone.index()], row);
        let others = judge.of_parcel_with(zone, measures, row, (criterion.id, Some(target.way == Way::Gain)));
        target.is_met(status(shares, others, self.context.thresholds.membership()))
    }
}
