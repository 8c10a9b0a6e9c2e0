//! Candidate zones with what they carry, for the outputs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Prepared;
use crate::criteria::Zone;
use crate::layers::City;
use crate::outputs::ZoneTotals;
use crate::zones::{Candidate, ZoneFacts, ZoneGround, facts, uninhabited};

/// Every candidate zone with its facts and the number of parcels in it.
pub(super) fn with_facts(city: &City, prepared: &Prepared, parcels: &[u64]) -> Vec<(Candidate, ZoneFacts, u64)> {
    let empty = city.census.as_ref().and_then(uninhabited).map(|region| region.prepare());
    let grounds: BTreeMap<Zone, ZoneGround<'_>> = Zone::PLACES
        .into_iter()
        .map(|zone| {
            let units = prepared.study.people.as_ref().map(|(units, _)| units.as_ref());
            let ground = ZoneGround {
                scale: &city.scale,
                census: city.census.as_ref().zip(units),
                uninhabited: empty.as_ref(),
                public_land: prepared.public_land.as_deref(),
                stops: prepared.makers.get(&zone).cloned(),
            };
            (zone, ground)
        })
        .collect();
    prepared
        .candidates
        .par_iter()
        .zip(parcels)
        .map(|(zone, &parcels)| (zone.clone(), facts(zone, &grounds[&zone.zone]), parcels))
        .collect()
}

/// How many candidate zones of each status there are, and how large they are together.
pub(super) fn totals(prepared: &Prepared) -> BTreeMap<Zone, ZoneTotals> {
    let total = |found: &crate::zones::Candidates| {
        let mut totals = ZoneTotals { slivers: found.slivers, unbounded: found.unbounded, ..ZoneTotals::default() };
        for zone in &found.zones {
            let (number, hectares) = totals.by_status.entry(zone.status).or_default();
            *number += 1;
            *hectares += zone.area.hectares();
        }
        totals
    };
    prepared.by_zone.iter().map(|(&zone, found)| (zone, total(found))).collect()
}
