//! What parcels come to, added up.

use std::collections::BTreeMap;

use super::clock::Work;
use super::variants::Changes;
use crate::criteria::Zone;
use crate::evidence::Measured;
use crate::notices::Notices;
use crate::outputs::ZoneCounts;
use crate::verdicts::Status;

/// What some parcels came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) parcels: u64,
    /// Those without a usable geometry.
    pub(super) unusable: u64,
    pub(super) counts: BTreeMap<Zone, ZoneCounts>,
    /// Undetermined parcels by the criteria that keep them so.
    pub(super) open: BTreeMap<(Zone, &'static str), u64>,
    /// Parcels by candidate zone.
    pub(super) by_candidate: Vec<u64>,
    /// How parcels change status under other rules of counting, by variant.
    pub(super) variants: Vec<Changes>,
    pub(super) notices: Notices,
    pub(super) work: Work,
}

impl Tally {
    /// Nothing yet, over so many candidate zones and variants.
    pub(super) fn new(candidates: usize, variants: usize) -> Self {
        Self { by_candidate: vec![0; candidates], variants: vec![Changes::new(); variants], ..Self::default() }
    }

    /// Counts one parcel by its statuses.
    pub(super) fn count(&mut self, statuses: [Status; 4], measured: &Measured) {
        self.parcels += 1;
        self.unusable += u64::from(measured.area.is_none());
        for (zone, status) in Zone::ALL.into_iter().zip(statuses) {
            let count = self.counts.entry(zone).or_default().entry(status).or_default();
            count.parcels += 1;
            count.hectares += measured.area.map_or(0.0, crate::units::SquareMetres::hectares);
        }
    }

    /// Takes over another tally. In the order of the input, sums and notices come out the same in every run.
    pub(super) fn add(&mut self, other: Self) {
        self.parcels += other.parcels;
        self.unusable += other.unusable;
        for (zone, counts) in other.counts {
            let known = self.counts.entry(zone).or_default();
            for (status, count) in counts {
                let sum = known.entry(status).or_default();
                sum.parcels += count.parcels;
                sum.hectares += count.hectares;
            }
        }
        for (reason, parcels) in other.open {
            *self.open.entry(reason).or_default() += parcels;
        }
        for (sum, more) in self.by_candidate.iter_mut().zip(other.by_candidate) {
            *sum += more;
        }
        for (known, changes) in self.variants.iter_mut().zip(other.variants) {
            for (change, count) in changes {
                let sum = known.entry(change).or_default();
                sum.parcels += count.parcels;
                sum.hectares += count.hectares;
            }
        }
        self.notices.merge(other.notices);
        self.work.add(other.work);
    }
}
