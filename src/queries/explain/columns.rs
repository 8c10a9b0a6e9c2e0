//! What every parcel is told beside the columns of a run: what fails, and by how much.

use super::Explainer;
use super::at::{At, Target};
use super::ground::Ground;
use super::parcel_changes::Row;
use super::told::{Answer, Change, ChangeOf, Turn, Way};
use crate::assess::{Assessment, Margins};
use crate::criteria::{Criterion, Lever, Zone};
use crate::evidence::Batch;
use crate::verdicts::{Standing, Status, ZoneReason};

/// What is told of one parcel in one zone.
#[derive(Default)]
struct Told {
    fails: Vec<&'static str>,
    margin: Option<(f64, &'static str)>,
}

impl Explainer<'_> {
    /// By zone, what fails or is open for every parcel of a batch, and the smallest change that turns its verdict.
    #[must_use]
    pub fn columns(&self, batch: &Batch, assessment: &Assessment) -> Vec<Margins> {
        let zones = self.assessor.judge.rules.zones();
        zones.map(|zone| self.of_zone(zone, batch, assessment)).collect()
    }

    fn of_zone(&self, zone: Zone, batch: &Batch, assessment: &Assessment) -> Margins {
        let mut found = Margins::default();
        let judge = &self.assessor.judge;
        let statuses = &assessment.statuses[zone.index()];
        let open = judge.open(zone, &assessment.measures, statuses);
        for (row, &status) in statuses.iter().enumerate() {
            let told = if batch.is_usable(row) {
                let parcel = batch.parcel(row);
                let ground = Ground::of(&parcel);
                let reasons = open.iter().filter(|column| column.is_open[row]).map(|column| column.reason.id());
                self.told((zone, status), reasons.collect(), &ground, Row { measures: &assessment.measures, row })
            } else {
                Told::default()
            };
            found.fails.push((!told.fails.is_empty()).then(|| told.fails.join(" ")).as_deref());
            found.margin.push(told.margin.map(|(margin, _)| margin));
            found.unit.push(told.margin.map(|(_, unit)| unit));
        }
        found
    }

    fn told(
        &self,
        (zone, status): (Zone, Status),
        reasons: Vec<&'static str>,
        ground: &Ground<'_>,
        of: Row<'_>,
    ) -> Told {
        let Row { measures, row } = of;
        let judge = &self.assessor.judge;
        let standings: Vec<Standing> = judge.standings(zone, measures, row).collect();
        let Some(target) = Target::of_status(status).into_iter().next() else { return Told::default() };
        let turn = |one: &Standing| self.turn_alone(target, (zone, one.criterion), ground, of);
        if target.way == Way::Loss {
            let changes = standings.iter().filter_map(|one| first(turn(one)));
            let least = changes.min_by(|one, other| order(one).total_cmp(&order(other)));
            return Told { fails: Vec::new(), margin: least.and_then(|change| self.amount(&change)) };
        }
        let unmet = |wanted: Option<bool>| standings.iter().filter(move |one| one.is_met == wanted);
        let mut fails: Vec<&'static str> = unmet(Some(false)).chain(unmet(None)).map(|one| one.criterion.id).collect();
        // Where two clauses surely fail, no single criterion turns the verdict.
        let is_met = |id: &str| standings.iter().find(|one| one.criterion.id == id).and_then(|one| one.is_met);
        let is_failing = |clause: &Vec<&'static Criterion>| clause.iter().all(|one| is_met(one.id) == Some(false));
        let failing = judge.rules.clauses(zone).filter(is_failing).count();
        let mut margin = None;
        if failing <= 1 {
            // Those that hold are asked last: they may hold elsewhere in the parcel.
            let all = unmet(Some(false)).chain(unmet(None)).chain(unmet(Some(true)));
            let mut found = all.filter_map(|one| Some((one.criterion.id, first(turn(one))?)));
            let own = fails.len();
            let turning = if own > 0 {
                found
                    .by_ref()
                    .take_while(|(id, _)| fails.contains(id))
                    .min_by(|one, other| order(&one.1).total_cmp(&order(&other.1)))
            } else {
                found.next()
            };
            if let Some((id, change)) = turning {
                fails.retain(|one| *one != id);
                fails.insert(0, id);
                margin = self.amount(&change).map(|(amount, unit)| (-amount, unit));
            }
        }
        // Of a zone that fails beside its criteria.
        let known = fails.clone();
        fails.extend(reasons.into_iter().filter(|id| !known.contains(id)));
        if fails.is_empty() {
            let is_whole = !judge.rules.wholes(zone).is_empty();
            fails.push(if is_whole { ZoneReason::AsAWhole.id() } else { ZoneReason::Together.id() });
        }
        Told { fails, margin }
    }

    /// What of one criterion would turn the verdict in a zone, without the city being put together again.
    fn turn_alone(
        &self,
        target: Target,
        (zone, criterion): (Zone, &'static Criterion),
        ground: &Ground<'_>,
        of: Row<'_>,
    ) -> Turn {
        let no = Turn { way: target.way, answer: Answer::NotAlone };
        let Some(prepared) = self.prepared(criterion) else { return no };
        match prepared.lever {
            Lever::Parcel(_) if !self.could_turn(target, zone, criterion, of) => no,
            Lever::Parcel(asks) => self.turn_of_parcel(target, Some(zone), (criterion, asks), of),
            _ => {
                let site = self.assessor.judge.of_parcel(zone, of.measures, of.row);
                At { wants_one: true, ..At::of_zone(self, prepared, zone, (ground, site)) }.turn(target)
            }
        }
    }

    /// How much a change is, and in which unit.
    fn amount(&self, change: &Change) -> Option<(f64, &'static str)> {
        Some(match change.of {
            ChangeOf::Reach { metres, .. } | ChangeOf::Border { metres, .. } => (metres, "m"),
            ChangeOf::Service { trips, .. } => (trips?, "departures"),
            ChangeOf::Land { square_metres, .. } => (square_metres, "m²"),
            ChangeOf::People { persons, .. } => (persons, "persons"),
            ChangeOf::Threshold { key, by, .. } => (by, self.assessor.judge.rules.set.threshold(key)?.unit),
        })
    }
}

/// The first of the changes that would do.
fn first(turn: Turn) -> Option<Change> {
    match turn.answer {
        Answer::By(changes) => changes.into_iter().next(),
        Answer::NotAlone | Answer::Beside | Answer::NoNumber => None,
    }
}

/// Metres come first, from few to many; what is measured otherwise comes after.
fn order(change: &Change) -> f64 {
    match change.of {
        ChangeOf::Reach { metres, .. } | ChangeOf::Border { metres, .. } => metres,
        _ => f64::INFINITY,
    }
}
