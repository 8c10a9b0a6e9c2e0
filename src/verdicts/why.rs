//! Why does a parcel stand as it does? For every parcel that is not eligible, what it lacks or what is open.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judge, OpenColumn, Reason, Status, ZoneReason};
use crate::criteria::{Criterion, Zone};
use crate::evidence::Measures;

/// What keeps the parcels of a batch from being eligible in a zone. Few sets of reasons serve many parcels, so each stands once.
#[derive(Debug, Clone)]
pub struct WhyColumn {
    /// The sets; the first is empty.
    pub sets: Vec<Vec<Reason>>,
    /// By row, the index of its set. That of an eligible parcel, and of one without usable geometry, is the empty one.
    pub by_row: Vec<u32>,
}

impl Judge {
    /// Why the parcels of a batch stand as they do in a zone: of an ineligible one what it does not meet, or what its criteria
    /// do not meet together; of an undetermined one what keeps it open ([`Judge::open`]); of a prospective one what it meets
    /// by expectation alone.
    #[must_use]
    pub fn why(&self, zone: Zone, measures: &Measures, statuses: &[Status]) -> WhyColumn {
        let usable = measures.area_m2.known();
        let standings = self.standing_columns(zone, measures);
        let place = |criterion: &Criterion| standings.iter().position(|one| one.criterion.id == criterion.id);
        let clauses: Vec<Vec<usize>> =
            self.rules.clauses(zone).map(|clause| clause.into_iter().filter_map(place).collect()).collect();
        let beside =
            |reason| standings.len() + ZoneReason::ALL.iter().position(|one| *one == reason).unwrap_or_default();
        let mut reasons: Vec<Reason> = standings.iter().map(|one| Reason::Criterion(one.criterion)).collect();
        reasons.extend(ZoneReason::ALL.map(Reason::Zone));
        let open: Vec<(usize, OpenColumn)> = self
            .open(zone, measures, statuses)
            .into_iter()
            .filter_map(|open| Some((reasons.iter().position(|one| one.id() == open.reason.id())?, open)))
            .collect();
        let last = if self.rules.belongs_to(zone).is_some() { ZoneReason::OneZone } else { ZoneReason::Together };
        let mut found = Sets::default();
        let mut of_row: Vec<usize> = Vec::new();
        for (row, status) in statuses.iter().enumerate() {
            of_row.clear();
            // Where any of several criteria serves, one of them that holds is enough.
            let lacking = |lacks: fn(Option<bool>) -> bool| {
                let all = clauses.iter().filter(|clause| clause.iter().all(|&one| lacks(standings[one].is_met[row])));
                let found: BTreeSet<usize> = all.flatten().copied().collect();
                found
            };
            // Without usable geometry nothing is known of it.
            match (usable[row], status) {
                (false, _) | (true, Status::Eligible) => {}
                (true, Status::Prospective) => of_row.extend(lacking(|is_met| is_met != Some(true))),
                (true, Status::Undetermined) => {
                    of_row.extend(open.iter().filter(|(_, open)| open.is_open[row]).map(|(index, _)| *index));
                    of_row.sort_unstable();
                }
                (true, Status::Ineligible) => {
                    of_row.extend(lacking(|is_met| is_met == Some(false)));
                    if of_row.is_empty() {
                        let whole = self.is_withheld(zone, measures, row);
                        of_row.push(beside(if whole { ZoneReason::AsAWhole } else { last }));
                    }
                }
            }
            found.push(&of_row);
        }
        let sets = found.all.iter().map(|set| set.iter().map(|&index| reasons[index]).collect()).collect();
        WhyColumn { sets, by_row: found.by_row }
    }
}

/// Sets that stand once.
struct Sets {
    all: Vec<Vec<usize>>,
    known: BTreeMap<Vec<usize>, u32>,
    by_row: Vec<u32>,
}

impl Default for Sets {
    fn default() -> Self {
        Self { all: vec![Vec::new()], known: BTreeMap::from([(Vec::new(), 0)]), by_row: Vec::new() }
    }
}

impl Sets {
    fn push(&mut self, set: &[usize]) {
        let index = self.known.get(set).copied().unwrap_or_else(|| {
            let index = self.all.len() as u32;
            self.all.push(set.to_vec());
            self.known.insert(set.to_vec(), index);
            index
        });
        self.by_row.push(index);
    }
}
