//! What would the city be if something were found out that nobody knows today? Put together again, as far as it hangs on it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::regions::{Before, reaches_alone};
use super::service::{stops_of, taking_part};
use super::{Assessment, Assessor, Groundwork, Terms};
use crate::criteria::{Criterion, ReachedStop, StopReach, Zone};
use crate::evidence::{Batch, KnownShift, Measures, Nearest, NearestColumn, Nullable};
use crate::geometry::Bounds;
use crate::layers::{City, LayerKey, PeakRow};
use crate::regions::{Known, RegionIndex};
use crate::transit::{Counted, Stop};
use crate::verdicts::{Judge, Shares, Status};

/// What is known once something was found out.
#[derive(Debug, Clone, Copy)]
pub struct Found<'c> {
    /// The layers but the table of peak trips.
    pub city: &'c City,
    /// The table of peak trips.
    pub peaks: &'c [PeakRow],
    /// The layers that are other ones.
    pub layers: &'c [LayerKey],
    /// The kind of facility that is planned.
    pub planned_kind: Option<&'c str>,
    /// Where a facility would stand that has no place in the layers.
    pub somewhere: Option<Somewhere>,
}

/// Where one that had no place is supposed to stand: as near to every parcel as can be. That is no city, but it is what each
/// parcel is told where the facility stands next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Somewhere {
    /// Next to every parcel, and of the planned kind for certain.
    Same,
    /// Next to every parcel, and perhaps of the planned kind.
    MaybeSame,
}

/// The city where something was found out, as far as it is another one.
#[derive(Debug)]
pub struct Learnt {
    /// How the zones lie otherwise than in the run, in the order of the rules; `None` of one that lies as it does there.
    zones: Vec<Option<KnownShift>>,
    /// What parcels are told of facilities, where that is something else.
    sites: Option<Sites>,
}

/// What parcels are told of facilities of the planned kind.
#[derive(Debug)]
struct Sites {
    judge: Judge,
    /// Of those that are of it, and of those that may be.
    near: [Near; 2],
}

#[derive(Debug)]
enum Near {
    Places(Nearest),
    /// Each parcel has one next to it.
    NextToAll,
}

/// A parcel that would come to another status in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    /// Its row in the batch.
    pub row: usize,
    /// The zone.
    pub zone: Zone,
    /// The status.
    pub to: Status,
}

impl Groundwork<'_> {
    /// The layers.
    #[must_use]
    pub fn city(&self) -> &City {
        self.city
    }

    /// What parcels are judged by.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        self.terms
    }

    /// The city where something was found out. What does not hang on it is not worked out again; what does is worked out as in a
    /// run: zones are drawn anew and asked as wholes, and so are zones that look at them. `chosen` is what [`Groundwork::lay`]
    /// gave.
    #[must_use]
    pub fn where_found(&self, found: &Found<'_>, chosen: &Assessor) -> Learnt {
        let planned_kind = found.planned_kind.map(str::to_owned);
        let is_other_kind = planned_kind != self.terms.planned_kind;
        let terms = Terms { planned_kind, ..self.terms.clone() };
        let rules = &terms.rules;
        let work = Groundwork { city: found.city, ..self.under(&terms) };
        let is_of_stops = [LayerKey::Peaks, LayerKey::Stations, LayerKey::Stops];
        let stops: Cow<'_, [Stop]> = if found.layers.iter().any(|layer| is_of_stops.contains(layer)) {
            let counted = self.timetable.map(|timetable| Counted { timetable, peaks: &chosen.peaks });
            let all = stops_of(found.city, counted, found.peaks, &terms.transit);
            Cow::Owned(taking_part(&all, rules, self.extent))
        } else {
            Cow::Borrowed(&chosen.stops)
        };
        let others: Vec<LayerKey> = found.layers.iter().copied().filter(|layer| !is_of_stops.contains(layer)).collect();
        let fixed = match others.as_slice() {
            [] => Cow::Borrowed(&self.fixed),
            layers => Cow::Owned(self.fixed.where_found(layers, found.city, &terms, &self.memo)),
        };
        let changed = self.other_reaches(&work, &stops);
        let connects_alike = are_alike_but_for_service(&chosen.stops, &stops);
        let hangs = |one: &Criterion| {
            changed.contains_key(one.id)
                || (!connects_alike && one.kind.stop_question().is_some())
                || one.kind.layers().iter().any(|layer| others.contains(layer))
        };
        let hanging = rules.hanging_where(hangs);
        let zones = if hanging.is_empty() {
            rules.zones().map(|_| None).collect()
        } else {
            let before = Before { chosen, hanging: &hanging, land: None };
            let (lie, _) = before.retold(&work, &fixed, &stops, (self.by_stops.clone(), changed));
            self.zones.par_iter().zip(lie).map(|(old, new)| KnownShift::between(old, &new?)).collect()
        };
        let is_of_sites = is_other_kind || found.somewhere.is_some() || others.contains(&LayerKey::Facilities);
        Learnt { zones, sites: is_of_sites.then(|| work.sites(found, chosen)) }
    }

    /// Where zones are possible and not sure: what is found of a stop changes a zone only there. `None` where that is not all:
    /// where something is expected, which need not be possible as yet, and where something is lost of a stop, which may be one with
    /// others.
    #[must_use]
    pub fn open_places(&self, chosen: &Assessor) -> Option<OpenPlaces> {
        let is_lossy = |stop: &Stop| stop.lacks_a_word || stop.blank.any_word() || stop.is_anywhere;
        if !self.city.expectations.is_empty() || chosen.stops.iter().any(is_lossy) {
            return None;
        }
        let open = |known: &Known| known.possible.minus(&known.sure).index();
        Some(OpenPlaces(self.zones.par_iter().map(open).collect()))
    }

    /// The criteria about stops alone of which other stops count, or may.
    fn other_reaches(&self, work: &Groundwork<'_>, stops: &[Stop]) -> BTreeMap<&'static str, StopReach> {
        let mut reaches = reaches_alone(work, stops, |_| true);
        reaches.retain(|id, reach| self.by_stops.get(id).is_none_or(|(known, _)| !reach_alike(known, reach)));
        reaches
    }

    fn sites(&self, found: &Found<'_>, chosen: &Assessor) -> Sites {
        let [same, maybe] = self.same_kind().map(|places| Near::Places(Nearest::new(places)));
        let near = match found.somewhere {
            Some(Somewhere::Same) => [Near::NextToAll, maybe],
            Some(Somewhere::MaybeSame) => [same, Near::NextToAll],
            None => [same, maybe],
        };
        Sites { judge: chosen.judge.with_facilities(self.unplaced_same_kind()), near }
    }
}

/// Where zones are possible and not sure.
#[derive(Debug)]
pub struct OpenPlaces(Vec<RegionIndex>);

impl OpenPlaces {
    /// Whether any of some boxes has a part there.
    #[must_use]
    pub fn meet(&self, boxes: &[Bounds]) -> bool {
        let mut boxes = boxes.iter().filter(|one| !one.is_empty());
        boxes.any(|one| self.0.iter().any(|open| open.is_at(one)))
    }
}

/// Whether the same stops count, from as far: what is drawn around them is the same then.
fn reach_alike(one: &StopReach, other: &StopReach) -> bool {
    let alike = |one: &[ReachedStop], other: &[ReachedStop]| {
        let is_same = |(one, other): (&ReachedStop, &ReachedStop)| {
            one.within == other.within && one.zones == other.zones && one.stop.parts == other.stop.parts
        };
        one.len() == other.len() && one.iter().zip(other).all(is_same)
    };
    one.anywhere == other.anywhere
        && alike(&one.sure, &other.sure)
        && alike(&one.possible, &other.possible)
        && alike(&one.expected, &other.expected)
}

/// Whether stops differ in nothing but their service.
fn are_alike_but_for_service(one: &[Stop], other: &[Stop]) -> bool {
    let is_alike = |(one, other): (&Stop, &Stop)| {
        let Stop { peak, daily, .. } = one;
        Stop { peak: *peak, daily: *daily, ..other.clone() } == *one
    };
    one.len() == other.len() && one.iter().zip(other).all(is_alike)
}

impl Learnt {
    /// Whether every parcel stands as it does in the run.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.sites.is_none() && self.zones.iter().all(Option::is_none)
    }

    /// The parcels of a batch that would come to another status, by zone and row. `chosen` is the run's, `assessment` what it says
    /// of the batch.
    #[must_use]
    pub fn turned(&self, chosen: &Assessor, batch: &Batch, assessment: &Assessment) -> Vec<Turned> {
        let mut found = Vec::new();
        let judge = self.sites.as_ref().map_or(&chosen.judge, |sites| &sites.judge);
        let told = self.sites.as_ref().map(|sites| sites.measures(chosen, batch, assessment));
        let measures = told.as_ref().unwrap_or(&assessment.measures);
        for zone in judge.rules.zones() {
            let index = zone.index();
            let statuses = &assessment.statuses[index];
            let mut add = |row: usize, shares: Shares| {
                let to = judge.status(zone, shares, measures, row);
                if to != statuses[row] {
                    found.push(Turned { row, zone, to });
                }
            };
            let moved = self.zones[index]
                .as_ref()
                .map(|shift| shift.moved(&chosen.study.zones[index], batch))
                .unwrap_or_default();
            if told.is_some() && judge.asks_of_parcel(zone) {
                let mut place = 0;
                for row in (0..batch.len()).filter(|&row| batch.is_usable(row)) {
                    let is_moved = moved.rows.get(place) == Some(&row);
                    let (shares, at) =
                        if is_moved { (&moved.shares, place) } else { (&assessment.measures.zones[index], row) };
                    add(row, Shares::of(shares, at));
                    place += usize::from(is_moved);
                }
            } else {
                for (place, &row) in moved.rows.iter().enumerate() {
                    add(row, Shares::of(&moved.shares, place));
                }
            }
        }
        found
    }
}

impl Sites {
    /// What a judge asks of parcels alone.
    fn measures(&self, chosen: &Assessor, batch: &Batch, assessment: &Assessment) -> Measures {
        let of = &assessment.measures;
        let mut nearest = of.nearest.clone();
        for (near, set) in self.near.iter().zip(self.judge.same_kind()) {
            let Some(column) = set.and_then(|set| nearest.get_mut(set)) else { continue };
            *column = match near {
                Near::Places(places) => places.of_batch(batch, &chosen.study.scale),
                Near::NextToAll => next_to_all(batch.len()),
            };
        }
        Measures { area_m2: of.area_m2.clone(), nearest, ..Measures::default() }
    }
}

fn next_to_all(parcels: usize) -> NearestColumn {
    let (mut index, mut metres) = (Nullable::with_capacity(parcels), Nullable::with_capacity(parcels));
    for _ in 0..parcels {
        index.push(None);
        metres.push(Some(0.0));
    }
    NearestColumn { index, metres }
}
