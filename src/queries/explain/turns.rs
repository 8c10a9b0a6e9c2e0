//! What would turn a criterion, and what the verdict in a zone?

use super::Explainer;
use super::at::{At, Target, smallest};
use super::distances::STEPS;
use super::ground::Ground;
use super::parcel_changes::Row;
use super::parts::Asked;
use super::told::{Answer, Change, ChangeOf, CriterionExplained, Turn, Way};
use crate::assess::LastNumber;
use crate::criteria::{AsksParcel, Criterion, Lever, ReachedStop, World, Zone, around_stops};
use crate::evidence::Batch;
use crate::regions::Region;
use crate::verdicts::{self, Shares, Standing, Status};

impl Explainer<'_> {
    /// How a criterion stands for a parcel in a zone of such a status.
    pub(super) fn criterion(
        &self,
        (zone, status): (Zone, Status),
        Standing { criterion, is_met }: Standing,
        (ground, batch): (&Ground<'_>, &Batch),
        of: Row<'_>,
    ) -> CriterionExplained {
        let Row { measures, row } = of;
        let rules = &self.assessor.judge.rules;
        let number = |key: &'static str| Some((key, rules.thresholds.get(key)?));
        let index = rules.set.region(criterion.id);
        let mut found = CriterionExplained {
            criterion,
            thresholds: criterion.kind.thresholds().into_iter().filter_map(number).collect(),
            is_met,
            shares: index.map(|index| Shares::of(&measures.criteria[index], row)),
            deciders: self.deciders(criterion, ground, of),
            margins: Vec::new(),
            turns: Vec::new(),
        };
        // What of a criterion is expected makes it prospective by itself.
        let standing = found.shares.map(|shares| verdicts::status(shares, Some(true), rules.thresholds.membership()));
        let alone = standing.map_or_else(|| Target::of_standing(is_met), Target::of_status);
        let verdict = Target::of_status(status);
        if let Some(Lever::Parcel(asks)) = self.prepared(criterion).map(|one| &one.lever) {
            found.margins =
                alone.iter().map(|&target| self.turn_of_parcel(target, None, (criterion, *asks), of)).collect();
            let turn = |&target: &Target| {
                if self.could_turn(target, zone, criterion, of) {
                    self.turn_of_parcel(target, Some(zone), (criterion, *asks), of)
                } else {
                    Turn { way: target.way, answer: Answer::NotAlone }
                }
            };
            found.turns = verdict.iter().map(turn).collect();
        } else if let Some(prepared) = self.prepared(criterion) {
            let site = self.assessor.judge.of_parcel(zone, measures, row);
            let at = At::of_zone(self, prepared, zone, (ground, site));
            let by_itself = At::alone(self, prepared, ground);
            found.margins = alone.iter().map(|&target| by_itself.turn(target)).collect();
            let is_same = at.is_alone() && zone.rule().as_a_whole.is_empty();
            let is_same = is_same && alone == verdict;
            found.turns =
                if is_same { found.margins.clone() } else { verdict.iter().map(|&target| at.turn(target)).collect() };
        }
        for (turn, target) in found.turns.iter_mut().zip(&verdict) {
            if let Answer::By(changes) = &mut turn.answer {
                for change in changes {
                    self.verify(change, (zone, *target), batch, of);
                }
            }
        }
        found
    }

    /// What turns a criterion about the parcel alone, or the verdict in a zone.
    pub(super) fn turn_of_parcel(
        &self,
        target: Target,
        zone: Option<Zone>,
        (criterion, asks): (&'static Criterion, &dyn AsksParcel),
        of: Row<'_>,
    ) -> Turn {
        let facts = self.assessor.judge.facts(of.measures, of.row);
        let change = |key: &'static str| match zone {
            Some(zone) => self.number_in(target, zone, key, of),
            None => self.number_alone(target, asks, (key, &facts)),
        };
        let changes: Vec<Change> = criterion.kind.thresholds().into_iter().filter_map(change).collect();
        Turn { way: target.way, answer: if changes.is_empty() { Answer::NoNumber } else { Answer::By(changes) } }
    }

    /// Puts the city together with the number of a change, where more than this criterion hangs on it.
    fn verify(&self, change: &mut Change, (zone, target): (Zone, Target), batch: &Batch, of: Row<'_>) {
        let (&ChangeOf::Reach { key, to, .. } | &ChangeOf::Threshold { key, to, .. }) = &change.of else { return };
        if !self.hangs_on_more(zone, key) {
            change.is_verified = zone.rule().as_a_whole.is_empty();
            return;
        }
        let Some(base) = self.context.thresholds.get(key) else { return };
        let status = |number: f64| self.status_with(key, number, zone, batch, of);
        let is_turned = |status: Status| target.is_met(status);
        change.to = status(to);
        change.is_verified = true;
        if !is_turned(change.to) {
            return;
        }
        // A zone that is asked as a whole may turn before its criterion does.
        let steps = ((to - base).abs() * STEPS).round() as i64;
        let ChangeOf::Reach { metres, to, .. } = &mut change.of else { return };
        let sign = if *to > base { 1.0 } else { -1.0 };
        let at = |steps: i64| ((base + sign * steps as f64 / STEPS) * 1e6).round() / 1e6;
        if steps > 1 && is_turned(status(at(steps - 1))) {
            let least = smallest(|steps| is_turned(status(at(steps))), steps / 2, steps - 1).unwrap_or(steps);
            (*metres, *to) = (least as f64 / STEPS, at(least));
            change.to = status(*to);
        }
    }

    /// Whether anything else of a zone hangs on a threshold than one criterion of it.
    fn hangs_on_more(&self, zone: Zone, key: &str) -> bool {
        let rules = &self.assessor.judge.rules;
        let of = |zone: Zone| rules.criteria(zone).filter(|one| one.kind.thresholds().contains(&key)).count();
        let mut others: Vec<Zone> = vec![zone];
        let mut at = 0;
        while let Some(&zone) = others.get(at) {
            let looked_at = rules.criteria(zone).filter_map(|one| rules.set.zone(one.kind.zone()?));
            let looked_at =
                looked_at.chain(rules.belongs_to(zone)).filter(|zone| !others.contains(zone)).collect::<Vec<_>>();
            others.extend(looked_at);
            at += 1;
        }
        let own_whole = !rules.wholes(zone).is_empty();
        own_whole || of(zone) > 1 || others[1..].iter().any(|&zone| of(zone) > 0)
    }

    /// The verdict in a zone where a threshold is another number.
    fn status_with(
        &self,
        key: &'static str,
        number: f64,
        zone: Zone,
        batch: &Batch,
        Row { measures, row }: Row<'_>,
    ) -> Status {
        let retold = self.groundwork.with_threshold(key, number, self.assessor, &mut LastNumber::default());
        let judge = self.assessor.judge.under(retold.rules);
        let index = zone.index();
        let shift = retold.zones[index].as_ref();
        let moved = shift.map(|shift| shift.moved(&self.assessor.study.zones[index], batch)).unwrap_or_default();
        let shares = match moved.rows.binary_search(&row) {
            Ok(at) => Shares::of(&moved.shares, at),
            Err(_) => Shares::of(&measures.zones[index], row),
        };
        judge.status(zone, shares, measures, row)
    }
}

impl At<'_> {
    /// What meets a target.
    pub(super) fn turn(&self, target: Target) -> Turn {
        let way = target.way;
        let most = |_: World, _: usize| if way == Way::Gain { Region::everything() } else { Region::nothing() };
        if !self.is_turned(target, &most) {
            return Turn { way, answer: Answer::NotAlone };
        }
        if self.is_turned(target, &|world: World, part: usize| self.now(world, part)) {
            return Turn { way, answer: Answer::Beside };
        }
        let changes = self.changes(target);
        Turn { way, answer: if changes.is_empty() { Answer::NoNumber } else { Answer::By(changes) } }
    }

    fn changes(&self, target: Target) -> Vec<Change> {
        let kind = &self.prepared.criterion.kind;
        let by_distance = || {
            let mut all: Vec<Change> = kind.reach().into_iter().filter_map(|key| self.reach(target, key)).collect();
            all.sort_by(|one, other| metres(one).total_cmp(&metres(other)));
            all
        };
        match &self.prepared.lever {
            Lever::Stops(_) => {
                let mut all = by_distance();
                if self.asks_for_any_stop() && (all.is_empty() || !self.wants_one) {
                    all.extend(self.service_change(target));
                }
                all
            }
            Lever::OfZone(_) | Lever::Places(_) => by_distance(),
            Lever::Border { layers, is_inside } => self.border(target, layers, *is_inside).into_iter().collect(),
            Lever::Units(lever) => self.unit_changes(target, lever),
            Lever::Parcel(_) | Lever::Zone(_) | Lever::Nothing => Vec::new(),
        }
    }

    /// Where the criterion holds as it is.
    fn now(&self, world: World, part: usize) -> Region {
        match self.asked(world, part) {
            Asked::Nothing => Region::everything(),
            Asked::All => self.prepared.place(world).map_or_else(Region::everything, |place| self.ground.cut(place)),
            Asked::Piece(index) => {
                let place = self.prepared.piece(*index, &self.explainer.context);
                place.map_or_else(Region::everything, |place| self.ground.cut(place))
            }
            Asked::Stops(chosen) => {
                let Some(reach) = &self.prepared.reach else { return Region::everything() };
                let all = reach.in_world(world);
                let stops = chosen.iter().map(|&index| &all[index]);
                let near: Vec<&ReachedStop> = stops.filter(|one| self.ground.may_reach(one)).collect();
                around_stops(near, &self.explainer.context)
            }
        }
    }
}

fn metres(change: &Change) -> f64 {
    match change.of {
        ChangeOf::Reach { metres, .. } => metres,
        _ => f64::INFINITY,
    }
}
