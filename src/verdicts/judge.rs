//! From the measures of parcels to their statuses in every zone, and to what decides them.

use super::{Shares, Status, reaches, status};
use crate::criteria::{Asks, AsksParcel, Criterion, NearPlaces, ParcelFacts, Rules, Zone};
use crate::evidence::{Measures, ShareColumns};
use crate::units::{Metres, SquareMetres};

/// The rules, and what is known of all parcels alike.
#[derive(Clone)]
pub struct Judge {
    /// Which criteria make which zone, and the numbers to compare with.
    pub rules: Rules,
    /// Whether the layer of facilities is given at all.
    pub facilities_known: bool,
    /// Whether a facility that is or may be of the planned kind has no place.
    pub unplaced_same_kind: bool,
    /// By zone, the criteria that the rules ask for.
    asked: Vec<Vec<Asked>>,
    /// By zone, what it asks about the parcel alone: all of these, of each any.
    of_parcel: Vec<Vec<Vec<&'static dyn AsksParcel>>>,
    /// Where facilities that are, and that may be, of the planned kind stand among the sets of places.
    same_kind: [Option<usize>; 2],
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
        let asked = |criterion: &'static Criterion| Asked { criterion, region: rules.set.region(criterion.id) };
        let told = rules.zones().map(|zone| rules.told(zone).map(asked).collect()).collect();
        let of_parcel = rules.zones().map(|zone| rules.clauses(zone).filter_map(about_the_parcel).collect()).collect();
        let asked = rules.zones().map(|zone| rules.criteria(zone).map(asked).collect()).collect();
        let set = |places: NearPlaces| rules.set.near_sets.iter().position(|set| set.places == places);
        let same_kind = [NearPlaces::SameKind, NearPlaces::MaybeSameKind].map(set);
        Self { rules, facilities_known, unplaced_same_kind, asked, of_parcel, same_kind, told }
    }

    /// The same city under other rules.
    #[must_use]
    pub fn under(&self, rules: Rules) -> Self {
        Self::new(rules, self.facilities_known, self.unplaced_same_kind)
    }

    /// The same city where more is known of its facilities; `unplaced_same_kind` as in the field.
    #[must_use]
    pub fn with_facilities(&self, unplaced_same_kind: bool) -> Self {
        Self::new(self.rules.clone(), self.facilities_known, unplaced_same_kind)
    }

    /// Whether a zone asks anything about the parcel alone.
    #[must_use]
    pub fn asks_of_parcel(&self, zone: Zone) -> bool {
        !self.of_parcel[zone.index()].is_empty()
    }

    /// Where facilities that are, and that may be, of the planned kind stand among the sets of places.
    #[must_use]
    pub fn same_kind(&self) -> [Option<usize>; 2] {
        self.same_kind
    }

    /// The statuses of every parcel, by zone in the order of the rules. A parcel without usable geometry is
    /// undetermined.
    #[must_use]
    pub fn statuses(&self, measures: &Measures) -> Vec<Vec<Status>> {
        self.statuses_in(&measures.zones, measures)
    }

    /// The same where the zones lie elsewhere: `zones` holds the shares in them.
    #[must_use]
    pub fn statuses_in(&self, zones: &[ShareColumns], measures: &Measures) -> Vec<Vec<Status>> {
        self.rules.zones().zip(zones).map(|(zone, shares)| self.statuses_of(zone, shares, measures)).collect()
    }

    /// The same in one zone.
    #[must_use]
    pub fn statuses_of(&self, zone: Zone, shares: &ShareColumns, measures: &Measures) -> Vec<Status> {
        let of_parcel = |row: usize| self.status(zone, Shares::of(shares, row), measures, row);
        (0..measures.area_m2.len()).map(of_parcel).collect()
    }

    /// The status of one parcel in a zone.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn status(&self, zone: Zone, shares: Shares, measures: &Measures, row: usize) -> Status {
        if !measures.area_m2.known()[row] {
            return Status::Undetermined;
        }
        let asked = &self.of_parcel[zone.index()];
        let answer = if asked.is_empty() { Some(true) } else { self.all(asked, &self.facts(measures, row)) };
        status(shares, answer, self.rules.thresholds.membership())
    }

    /// How every criterion that a zone asks for stands for a parcel, in the order of the rules; none of a parcel without
    /// usable geometry.
    pub fn standings(&self, zone: Zone, measures: &Measures, row: usize) -> impl Iterator<Item = Standing> {
        let asked = if measures.area_m2.known()[row] { self.asked[zone.index()].as_slice() } else { &[] };
        asked
            .iter()
            .map(move |&asked| Standing { criterion: asked.criterion, is_met: self.is_met(asked, measures, row) })
    }

    /// How every criterion that a zone asks for stands for all parcels; `None` as well of a parcel without usable geometry.
    #[must_use]
    pub fn standing_columns(&self, zone: Zone, measures: &Measures) -> Vec<StandingColumn> {
        self.columns(&self.asked[zone.index()], measures)
    }

    /// The same of criteria that outputs tell of a zone although it does not ask for them.
    #[must_use]
    pub fn told_columns(&self, zone: Zone, measures: &Measures) -> Vec<StandingColumn> {
        self.columns(&self.told[zone.index()], measures)
    }

    fn columns(&self, asked: &[Asked], measures: &Measures) -> Vec<StandingColumn> {
        let usable = measures.area_m2.known();
        let column = |&asked: &Asked| {
            let is_met = |(row, &usable): (usize, &bool)| if usable { self.is_met(asked, measures, row) } else { None };
            StandingColumn { criterion: asked.criterion, is_met: usable.iter().enumerate().map(is_met).collect() }
        };
        asked.iter().map(column).collect()
    }

    /// Whether what a zone asks about a parcel alone is met; `None`: not known.
    #[must_use]
    pub fn of_parcel(&self, zone: Zone, measures: &Measures, row: usize) -> Option<bool> {
        self.all(&self.of_parcel[zone.index()], &self.facts(measures, row))
    }

    /// The same where one of these criteria is answered so.
    #[must_use]
    pub fn of_parcel_with(
        &self,
        zone: Zone,
        measures: &Measures,
        row: usize,
        (criterion, answer): (&str, Option<bool>),
    ) -> Option<bool> {
        let facts = self.facts(measures, row);
        let of_one = |one: &Criterion| match one.kind.asks() {
            Asks::Parcel(_) if one.id == criterion => Some(answer),
            Asks::Parcel(asks) => Some(asks.answer(&facts, &self.rules.thresholds)),
            _ => None,
        };
        let any = |clause: Vec<&'static Criterion>| {
            let answers: Vec<Option<bool>> = clause.into_iter().filter_map(of_one).collect();
            (!answers.is_empty()).then(|| match answers.contains(&Some(true)) {
                true => Some(true),
                false if answers.contains(&None) => None,
                false => Some(false),
            })
        };
        let all: Vec<Option<bool>> = self.rules.clauses(zone).filter_map(any).collect();
        match all.contains(&Some(false)) {
            true => Some(false),
            false if all.contains(&None) => None,
            false => Some(true),
        }
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
        let membership = self.rules.thresholds.membership();
        match (reaches(shares.lo, membership), reaches(shares.hi, membership)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    /// Whether all questions about a parcel are answered with yes: one that fails settles it, one that is not known leaves
    /// it open.
    fn all(&self, asked: &[Vec<&dyn AsksParcel>], facts: &ParcelFacts) -> Option<bool> {
        let mut all = Some(true);
        for clause in asked {
            match self.any(clause, facts) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    /// Whether any of some questions is answered with yes.
    fn any(&self, asked: &[&dyn AsksParcel], facts: &ParcelFacts) -> Option<bool> {
        let mut any = Some(false);
        for asks in asked {
            match asks.answer(facts, &self.rules.thresholds) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => any = None,
            }
        }
        any
    }

    /// What the criteria that ask about the parcel alone are told of one.
    #[must_use]
    pub fn facts(&self, measures: &Measures, row: usize) -> ParcelFacts {
        let near = |set: Option<usize>| Some(Metres(measures.nearest.get(set?)?.metres.get(row)?));
        let [same_kind, maybe_same_kind] = self.same_kind.map(near);
        ParcelFacts {
            area: measures.area_m2.get(row).map(SquareMetres),
            facilities_known: self.facilities_known,
            same_kind,
            maybe_same_kind,
            unplaced_same_kind: self.unplaced_same_kind,
        }
    }
}

/// What a clause asks about the parcel alone; the criteria of one clause are all about the parcel, or none is.
fn about_the_parcel(clause: Vec<&'static Criterion>) -> Option<Vec<&'static dyn AsksParcel>> {
    let question = |criterion: &'static Criterion| match criterion.kind.asks() {
        Asks::Parcel(asks) => Some(asks),
        Asks::Region(_) | Asks::Stops(_) | Asks::OfZone(_) => None,
    };
    clause.into_iter().map(question).collect()
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judge").field("rules", &self.rules).finish_non_exhaustive()
    }
}
