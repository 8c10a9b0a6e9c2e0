//! What keeps a parcel open? Every undetermined parcel has a reason, also where no criterion is open by itself.

use super::{Judge, Shares, Status, reaches};
use crate::criteria::{Criterion, Zone};
use crate::evidence::Measures;
use crate::text::Text;

/// What keeps a parcel open, or out.
#[derive(Debug, Clone, Copy)]
pub enum Reason {
    /// A criterion.
    Criterion(&'static Criterion),
    /// What the zone asks beside its criteria.
    Zone(ZoneReason),
}

/// What a zone asks beside its criteria, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneReason {
    /// That it meets a condition as a whole.
    AsAWhole,
    /// That the criteria which look at another kind of zone hold for one and the same zone.
    OneZone,
    /// That its criteria hold in one and the same part of the parcel.
    Together,
}

impl ZoneReason {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::AsAWhole, Self::OneZone, Self::Together];

    /// The word of outputs, beside the ids of criteria.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AsAWhole => "zone-as-a-whole",
            Self::OneZone => "one-zone",
            Self::Together => "together",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::AsAWhole => Text::new("区域全体での条件", "what the zone must meet as a whole"),
            Self::OneZone => Text::new("同じ1つの区域について満たすこと", "holding for one and the same zone"),
            Self::Together => Text::new("条件を同時に満たす場所", "holding in one place of the parcel"),
        }
    }

    /// What would settle it.
    #[must_use]
    pub const fn settled_by(self) -> Text {
        match self {
            Self::AsAWhole => Text::new(
                "区域を、全体で条件を満たすように小さく描くこと（zones.geojson の `meets_as_a_whole`）",
                "a zone drawn so small that it meets it as a whole: `meets_as_a_whole` of zones.geojson",
            ),
            Self::OneZone => Text::new("その区域の条件がすべて決まること", "all that these zones ask for"),
            Self::Together => Text::new("条件がすべて決まること", "all that the zone asks for"),
        }
    }
}

impl Reason {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Criterion(criterion) => criterion.name.clone(),
            Self::Zone(reason) => reason.name(),
        }
    }

    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Criterion(criterion) => criterion.id,
            Self::Zone(reason) => reason.id(),
        }
    }
}

/// The parcels of a batch that a reason keeps open.
#[derive(Debug, Clone)]
pub struct OpenColumn {
    /// The reason.
    pub reason: Reason,
    /// By row.
    pub is_open: Vec<bool>,
}

impl Judge {
    /// What keeps the undetermined parcels of a zone open: the criteria of which is not known whether they are met; where
    /// all are, that the zone is not sure as a whole; else the criteria whose shares are not settled; else what the zone asks
    /// beside them. Nothing is said of a parcel without usable geometry.
    #[must_use]
    pub fn open(&self, zone: Zone, measures: &Measures, statuses: &[Status]) -> Vec<OpenColumn> {
        let usable = measures.area_m2.known();
        let mut left: Vec<bool> =
            statuses.iter().zip(usable).map(|(&status, &usable)| status == Status::Undetermined && usable).collect();
        let mut found: Vec<OpenColumn> = Vec::new();
        if !left.contains(&true) {
            return found;
        }
        let standings = self.standing_columns(zone, measures);
        let mut add = |reason: Reason, is_open: Vec<bool>| {
            if is_open.contains(&true) {
                found.push(OpenColumn { reason, is_open });
            }
        };
        let open: Vec<Vec<bool>> = standings
            .iter()
            .map(|one| one.is_met.iter().zip(&left).map(|(met, left)| *left && met.is_none()).collect())
            .collect();
        for (standing, is_open) in standings.iter().zip(&open) {
            add(Reason::Criterion(standing.criterion), is_open.clone());
        }
        for open in &open {
            without(&mut left, open);
        }
        let withheld: Vec<bool> =
            (0..left.len()).map(|row| left[row] && self.is_withheld(zone, measures, row)).collect();
        without(&mut left, &withheld);
        add(Reason::Zone(ZoneReason::AsAWhole), withheld);
        let unsettled: Vec<Vec<bool>> =
            standings.iter().map(|one| self.unsettled(one.criterion, measures, &left)).collect();
        for (standing, is_open) in standings.iter().zip(&unsettled) {
            add(Reason::Criterion(standing.criterion), is_open.clone());
        }
        for open in &unsettled {
            without(&mut left, open);
        }
        let last = if self.rules.belongs_to(zone).is_some() { ZoneReason::OneZone } else { ZoneReason::Together };
        add(Reason::Zone(last), left);
        merged(found)
    }

    /// Whether a parcel would lie in a zone for certain if it were not asked as a whole.
    #[must_use]
    pub fn is_withheld(&self, zone: Zone, measures: &Measures, row: usize) -> bool {
        let Some(withheld) = measures.withheld[zone.index()].get(row) else { return false };
        let membership = self.rules.thresholds.membership();
        *withheld > 0 && reaches(Shares::of(&measures.zones[zone.index()], row).lo + withheld, membership)
    }

    /// Of some rows, those where the shares of a criterion about a region are not settled.
    fn unsettled(&self, criterion: &Criterion, measures: &Measures, rows: &[bool]) -> Vec<bool> {
        let Some(shares) = self.region(criterion).map(|region| &measures.criteria[region]) else {
            return vec![false; rows.len()];
        };
        rows.iter().enumerate().map(|(row, is_meant)| *is_meant && shares.lo[row] != shares.hi[row]).collect()
    }
}

/// Takes rows away.
fn without(left: &mut [bool], rows: &[bool]) {
    left.iter_mut().zip(rows).for_each(|(left, row)| *left &= !row);
}

/// A reason once, with all of its rows.
fn merged(found: Vec<OpenColumn>) -> Vec<OpenColumn> {
    let mut once: Vec<OpenColumn> = Vec::new();
    for column in found {
        match once.iter_mut().find(|one| one.reason.id() == column.reason.id()) {
            Some(one) => one.is_open.iter_mut().zip(&column.is_open).for_each(|(open, more)| *open |= more),
            None => once.push(column),
        }
    }
    once
}
