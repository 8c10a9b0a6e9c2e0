//! What would change if timetables were counted by another rule?

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Basis, Fixed, Places, Prepared, Service};
use crate::criteria::Zone;
use crate::evidence::{Measured, PreparedKnown, Study};
use crate::geometry::Bounds;
use crate::geometry::repair::Mended;
use crate::outputs::{Count, Judged, StatusChange, VariantReport};
use crate::transit::{CountingRule, Settings, Stop};
use crate::units::SquareMetres;
use crate::verdicts::{Judge, Status};

/// Another rule, and the city as it counts.
#[derive(Debug)]
pub(super) struct Variant {
    rule: CountingRule,
    /// Stops that reach the peak service for certain by this rule and not by the chosen one.
    gained: Vec<String>,
    /// Stops that reach it by the chosen one only.
    lost: Vec<String>,
    /// The zones by this rule; `None` where no stop counts otherwise, so that all stays as it is.
    zones: Option<Study>,
}

/// How the parcels change status under one variant.
pub(super) type Changes = BTreeMap<(Zone, Status, Status), Count>;

/// The city under every rule that differs from the chosen one by one switch.
pub(super) fn variants(basis: Basis<'_>, fixed: &Fixed, prepared: &Prepared, extent: Bounds) -> Vec<Variant> {
    let others = basis.settings.rule.switches().into_iter().filter(|rule| *rule != basis.settings.rule);
    others.map(|rule| variant(rule, basis, fixed, prepared, extent)).collect()
}

fn variant(rule: CountingRule, basis: Basis<'_>, fixed: &Fixed, prepared: &Prepared, extent: Bounds) -> Variant {
    let settings = Settings { rule, ..*basis.settings };
    let basis = Basis { settings: &settings, ..basis };
    let thresholds = &basis.project.rules.thresholds;
    let service = Service::of(basis.city, basis.timetable, &settings, thresholds, extent);
    let sure = |stop: &Stop| stop.peak.lo >= thresholds.min_peak_trips;
    let possible = |stop: &Stop| stop.peak.hi >= thresholds.min_peak_trips;
    // The rule changes what is counted, not which stops there are, so they stand in the same order.
    let both = || prepared.stops.iter().zip(&service.near);
    let names = |is_meant: &dyn Fn(&Stop, &Stop) -> bool| -> Vec<String> {
        let meant = both().filter(|(chosen, other)| is_meant(chosen, other));
        let groups: BTreeMap<usize, &Stop> = meant.map(|(_, stop)| (stop.group, stop)).collect();
        groups.values().map(|stop| stop.name.clone().unwrap_or_default()).collect()
    };
    let counts_alike =
        |(chosen, other): (&Stop, &Stop)| sure(chosen) == sure(other) && possible(chosen) == possible(other);
    let zones = (!both().all(counts_alike)).then(|| {
        let places = Places::of(basis, fixed, &service, basis.by_stops(&service));
        Study {
            scale: basis.city.scale.clone(),
            criteria: Vec::new(),
            zones: places.zones.iter().map(PreparedKnown::new).collect(),
            nearest: Vec::new(),
            land: None,
            people: None,
        }
    });
    Variant {
        rule,
        gained: names(&|chosen, other| sure(other) && !sure(chosen)),
        lost: names(&|chosen, other| sure(chosen) && !sure(other)),
        zones,
    }
}

impl Variant {
    /// How a batch of parcels changes status.
    pub(super) fn changes(&self, lots: &Mended, judged: &[Judged], judge: &Judge) -> Changes {
        let mut changes = Changes::new();
        let Some(study) = &self.zones else { return changes };
        for (measured, chosen) in study.measure(lots).into_iter().zip(judged) {
            let measured = Measured { zones: measured.zones, ..chosen.measured.clone() };
            let area = measured.area.map_or(0.0, SquareMetres::hectares);
            for ((zone, from), to) in Zone::ALL.into_iter().zip(chosen.statuses).zip(judge.statuses(&measured)) {
                if from != to {
                    let count = changes.entry((zone, from, to)).or_default();
                    count.parcels += 1;
                    count.hectares += area;
                }
            }
        }
        changes
    }

    /// What a run says of it.
    pub(super) fn report(&self, changes: Changes) -> VariantReport {
        let change = |((zone, from, to), count)| StatusChange { zone, from, to, count };
        let unique = |names: &[String]| names.iter().cloned().collect::<BTreeSet<String>>();
        VariantReport {
            rule: self.rule,
            stops_gained: unique(&self.gained),
            stops_lost: unique(&self.lost),
            changes: changes.into_iter().map(change).collect(),
        }
    }
}
