//! From the measures of parcels to their statuses in every zone, and to what decides them.

use super::{Shares, Status, reaches, status};
use crate::criteria::{self, Asks, AsksParcel, Criterion, ParcelFacts, Rules, Zone};
use crate::evidence::{Measures, NearSet, ShareColumns};
use crate::units::{Metres, SquareMetres};

/// The rules, and what is known of all parcels alike.
#[derive(Debug, Clone)]
pub struct Judge {
    /// Which criteria make which zone, and the numbers to compare with.
    pub rules: Rules,
    /// Whether the layer of facilities is given at all.
    pub facilities_known: bool,
    /// Whether a facility that is or may be of the planned kind has no place.
    pub unplaced_same_kind: bool,
    /// By zone, the criteria that the rules ask for.
    asked: Vec<Vec<Asked>>,
    /// By zone, the criteria that outputs tell of it although it does not ask for them.
    told: Vec<Vec<Asked>>,
}

/// A criterion that a zone asks for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    criterion: &'static Criterion,
    /// Its index among the criteria with shares; `None` of one about the parcel alone.
    region: Option<usize>,
}

/// How a criterion stands for a parcel.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// Whether it is met: for a criterion about a region, by as much of the parcel as the membership asks for. `None`: that
    /// is not known.
    pub is_met: Option<bool>,
}

/// How a criterion stands for all parcels of a batch.
#[derive(Debug, Clone)]
pub struct StandingColumn {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// By row, as [`Standing::is_met`].
    pub is_met: Vec<Option<bool>>,
}

impl Judge {
    /// By these rules; `facilities_known` and `unplaced_same_kind` as in the fields.
    #[must_use]
    pub fn new(rules: Rules, facilities_known: bool, unplaced_same_kind: bool) -> Self {
        let asked = |criterion: &'static Criterion| Asked { criterion, region: region(criterion) };
        let told = Zone::ALL.into_iter().map(|zone| rules.told(zone).map(asked).collect()).collect();
        let asked = Zone::ALL.into_iter().map(|zone| rules.criteria(zone).map(asked).collect()).collect();
        Self { rules, facilities_known, unplaced_same_kind, asked, told }
    }

    /// The same city under other rules.
    #[must_use]
    pub fn under(&self, rules: Rules) -> Self {
        Self::new(rules, self.facilities_known, self.unplaced_same_kind)
    }

    /// The statuses of every parcel, by zone in the order of [`Zone::ALL`]. A parcel without usable geometry is
    /// undetermined.
    #[must_use]
    pub fn statuses(&self, measures: &Measures) -> Vec<Vec<Status>> {
        self.statuses_in(&measures.zones, measures)
    }

    /// The same where the zones lie elsewhere: `zones` holds the shares in them.
    #[must_use]
    pub fn statuses_in(&self, zones: &[ShareColumns], measures: &Measures) -> Vec<Vec<Status>> {
        Zone::ALL.into_iter().zip(zones).map(|(zone, shares)| self.statuses_of(zone, shares, measures)).collect()
    }

    fn statuses_of(&self, zone: Zone, shares: &ShareColumns, measures: &Measures) -> Vec<Status> {
        let asked: Vec<&dyn AsksParcel> = self.asked[zone as usize].iter().filter_map(about_the_parcel).collect();
        let membership = self.rules.thresholds.membership;
        let usable = measures.area_m2.known();
        let of_parcel = |row: usize| {
            if !usable[row] {
                return Status::Undetermined;
            }
            let answer = if asked.is_empty() { Some(true) } else { self.all(&asked, &self.facts(measures, row)) };
            status(Shares::of(shares, row), answer, membership)
        };
        (0..usable.len()).map(of_parcel).collect()
    }

    /// How every criterion that a zone asks for stands for a parcel, in the order of the rules; none of a parcel without
    /// usable geometry.
    pub fn standings(&self, zone: Zone, measures: &Measures, row: usize) -> impl Iterator<Item = Standing> {
        let asked = if measures.area_m2.known()[row] { self.asked[zone as usize].as_slice() } else { &[] };
        asked
            .iter()
            .map(move |&asked| Standing { criterion: asked.criterion, is_met: self.is_met(asked, measures, row) })
    }

    /// How every criterion that a zone asks for stands for all parcels; `None` as well of a parcel without usable geometry.
    #[must_use]
    pub fn standing_columns(&self, zone: Zone, measures: &Measures) -> Vec<StandingColumn> {
        self.columns(&self.asked[zone as usize], measures)
    }

    /// The same of criteria that outputs tell of a zone although it does not ask for them.
    #[must_use]
    pub fn told_columns(&self, zone: Zone, measures: &Measures) -> Vec<StandingColumn> {
        self.columns(&self.told[zone as usize], measures)
    }

    fn columns(&self, asked: &[Asked], measures: &Measures) -> Vec<StandingColumn> {
        let usable = measures.area_m2.known();
        let column = |&asked: &Asked| {
            let is_met = |(row, &usable): (usize, &bool)| if usable { self.is_met(asked, measures, row) } else { None };
            StandingColumn { criterion: asked.criterion, is_met: usable.iter().enumerate().map(is_met).collect() }
        };
        asked.iter().map(column).collect()
    }

    /// The index of a criterion that a zone asks for, among those with shares.
    pub(super) fn region(&self, criterion: &Criterion) -> Option<usize> {
        self.asked.iter().flatten().find(|one| one.criterion.id == criterion.id)?.region
    }

    /// Whether a criterion is met by a parcel of usable geometry.
    fn is_met(&self, Asked { criterion, region }: Asked, measures: &Measures, row: usize) -> Option<bool> {
        match (criterion.kind.asks(), region) {
            (Asks::Parcel(asks), _) => asks.answer(&self.facts(measures, row), &self.rules.thresholds),
            (_, Some(region)) => self.membership_in(Shares::of(&measures.criteria[region], row)),
            (_, None) => None,
        }
    }

    /// Whether as much of a parcel lies in a region as the membership asks for.
    fn membership_in(&self, shares: Shares) -> Option<bool> {
        let membership = self.rules.thresholds.membership;
        match (reaches(shares.lo, membership), reaches(shares.hi, membership)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    /// Whether all questions about a parcel are answered with yes: one that fails settles it, one that is not known leaves
    /// it open.
    fn all(&self, asked: &[&dyn AsksParcel], facts: &ParcelFacts) -> Option<bool> {
        let mut all = Some(true);
        for asks in asked {
            match asks.answer(facts, &self.rules.thresholds) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    fn facts(&self, measures: &Measures, row: usize) -> ParcelFacts {
        let near = |set: NearSet| Some(Metres(measures.nearest.get(set as usize)?.metres.get(row)?));
        ParcelFacts {
            area: measures.area_m2.get(row).map(SquareMetres),
            facilities_known: self.facilities_known,
            same_kind: near(NearSet::SameKind),
            maybe_same_kind: near(NearSet::MaybeSameKind),
            unplaced_same_kind: self.unplaced_same_kind,
        }
    }
}

/// The index of a criterion among those with shares.
fn region(criterion: &Criterion) -> Option<usize> {
    criteria::regions().position(|one| one.id == criterion.id)
}

fn about_the_parcel(asked: &Asked) -> Option<&'static dyn AsksParcel> {
    match asked.criterion.kind.asks() {
        Asks::Parcel(asks) => Some(asks),
        Asks::Region(_) | Asks::Stops(_) | Asks::OfZone(_) => None,
    }
}
