//! From the measures of a parcel to its status in every zone, and to what keeps it from being settled.

use super::{Status, reaches, status};
use crate::criteria::{self, Asks, LotFacts, Rules, Zone, criterion};
use crate::evidence::{Measured, NearSet};
use crate::units::Share;

/// The rules, and what is known of all parcels alike.
#[derive(Debug, Clone)]
pub struct Judge {
    /// Which criteria make which zone, and the numbers to compare with.
    pub rules: Rules,
    /// Whether the layer of facilities is given at all.
    pub facilities_known: bool,
    /// Whether a facility that is or may be of the planned kind has no place.
    pub unplaced_same_kind: bool,
}

impl Judge {
    /// The status in each zone, in the order of [`Zone::ALL`]. A parcel without usable geometry is undetermined.
    #[must_use]
    pub fn statuses(&self, measured: &Measured) -> [Status; 4] {
        let facts = self.lot_facts(measured);
        Zone::ALL.map(|zone| match measured.zones.get(zone as usize) {
            Some(shares) => status(shares, self.lot_answer(zone, &facts), self.membership()),
            None => Status::Undetermined,
        })
    }

    /// The criteria of a zone that keep an undetermined parcel from being settled.
    pub fn unsettled(&self, zone: Zone, measured: &Measured) -> impl Iterator<Item = &'static str> {
        let facts = self.lot_facts(measured);
        let membership = self.membership();
        self.rules.asked(zone).filter(move |id| match criterion(id).map(|one| one.asks) {
            Some(Asks::Lot(ask)) => ask(&facts, &self.rules.thresholds).is_none(),
            Some(_) => place_of(id)
                .and_then(|place| measured.criteria.get(place))
                .is_some_and(|found| !reaches(found.share.lo, membership) && reaches(found.share.hi, membership)),
            None => false,
        })
    }

    fn membership(&self) -> Share {
        Share(self.rules.thresholds.membership)
    }

    /// Whether all criteria of a zone about the lot alone hold: one that fails settles it, one that is not known
    /// leaves it open.
    fn lot_answer(&self, zone: Zone, facts: &LotFacts) -> Option<bool> {
        let mut all = Some(true);
        for criterion in self.rules.asked(zone).filter_map(criterion) {
            let Asks::Lot(ask) = criterion.asks else { continue };
            match ask(facts, &self.rules.thresholds) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    fn lot_facts(&self, measured: &Measured) -> LotFacts {
        let near = |set: NearSet| measured.near.get(set as usize).copied().flatten().map(|near| near.distance);
        LotFacts {
            area: measured.area,
            facilities_known: self.facilities_known,
            same_kind: near(NearSet::SameKind),
            maybe_same_kind: near(NearSet::MaybeSameKind),
            unplaced_same_kind: self.unplaced_same_kind,
        }
    }
}

/// The place of a criterion among those with shares.
fn place_of(id: &str) -> Option<usize> {
    criteria::places().position(|place| place.id == id)
}
