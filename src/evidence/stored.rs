//! How does a study stand in a file? Sets, places and units that several measures share stand once.

use std::sync::Arc;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::{Coverage, KnownIndex, Nearest, Place, Study, UnitValues};
use crate::crs::ScaleField;
use crate::geometry::Bounds;
use crate::regions::{Holders, Labels, RegionIndex, StoredLabels};
use crate::units::Interval;

/// What is known of a region, by the numbers of its sets.
type Numbers = (u32, Option<u32>, Option<u32>);

/// Units by the number of their coverage, and their values.
type Values = (u32, Vec<Interval<f64>>);

#[derive(Serialize)]
struct Written<'a> {
    scale: &'a ScaleField,
    sets: Vec<&'a RegionIndex>,
    criteria: Vec<Numbers>,
    zones: Vec<Numbers>,
    withheld: Vec<Option<Numbers>>,
    labels: StoredLabels,
    labelled: Vec<u32>,
    places: Vec<&'a [Place]>,
    nearest: Vec<u32>,
    coverages: Vec<&'a Coverage>,
    land: Option<Values>,
    people: Option<Values>,
}

#[derive(Deserialize)]
struct Read {
    scale: ScaleField,
    sets: Vec<RegionIndex>,
    criteria: Vec<Numbers>,
    zones: Vec<Numbers>,
    withheld: Vec<Option<Numbers>>,
    labels: StoredLabels,
    labelled: Vec<u32>,
    places: Vec<Vec<Place>>,
    nearest: Vec<u32>,
    coverages: Vec<Coverage>,
    land: Option<Values>,
    people: Option<Values>,
}

/// Things of which each stands once, and is called by its number.
struct Once<T>(Vec<T>);

impl<T> Once<T> {
    fn number(&mut self, one: T, is_same: impl Fn(&T, &T) -> bool) -> u32 {
        let known = self.0.iter().position(|other| is_same(other, &one));
        known.unwrap_or_else(|| {
            self.0.push(one);
            self.0.len() - 1
        }) as u32
    }
}

impl Serialize for Study {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        let (mut sets, mut places, mut coverages) = (Once(Vec::new()), Once(Vec::new()), Once(Vec::new()));
        let mut number = |set: &Arc<RegionIndex>| sets.number(Arc::clone(set), Arc::ptr_eq);
        let mut numbers = |known: &KnownIndex| {
            let sure = number(&known.sure);
            (sure, known.possible.as_ref().map(&mut number), known.expected.as_ref().map(&mut number))
        };
        let criteria = self.criteria.iter().map(&mut numbers).collect();
        let zones = self.zones.iter().map(&mut numbers).collect();
        let withheld = self.withheld.iter().map(|known| known.as_ref().map(&mut numbers)).collect();
        let labelled = self.labels.sets().iter().map(&mut number).collect();
        let nearest = self.nearest.iter().map(|one| places.number(one, |a, b| a.is_same(b))).collect();
        let mut of_units = |units: &Option<UnitValues>| {
            let units = units.as_ref()?;
            Some((coverages.number(Arc::clone(&units.coverage), Arc::ptr_eq), units.values.clone()))
        };
        let (land, people) = (of_units(&self.land), of_units(&self.people));
        Written {
            scale: &self.scale,
            sets: sets.0.iter().map(|set| &**set).collect(),
            criteria,
            zones,
            withheld,
            labels: self.labels.stored(),
            labelled,
            places: places.0.iter().map(|one| one.places()).collect(),
            nearest,
            coverages: coverages.0.iter().map(|one| &**one).collect(),
            land,
            people,
        }
        .serialize(format)
    }
}

impl<'de> Deserialize<'de> for Study {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        Read::deserialize(format)?.study().ok_or_else(|| D::Error::custom("parts that do not belong together"))
    }
}

impl Read {
    fn study(self) -> Option<Study> {
        let sets: Vec<Arc<RegionIndex>> = self.sets.into_iter().map(Arc::new).collect();
        let set = |number: u32| sets.get(number as usize).cloned();
        let known = |(sure, possible, expected): Numbers| {
            let or_none = |number: Option<u32>| number.map_or(Some(None), |number| set(number).map(Some));
            Some(KnownIndex { sure: set(sure)?, possible: or_none(possible)?, expected: or_none(expected)? })
        };
        let labelled = self.labelled.into_iter().map(set).collect::<Option<_>>()?;
        let places: Vec<Nearest> = self.places.into_iter().map(Nearest::new).collect();
        let coverages: Vec<Arc<Coverage>> = self.coverages.into_iter().map(Arc::new).collect();
        let units = |stored: Option<Values>| {
            let Some((number, values)) = stored else { return Some(None) };
            let coverage = coverages.get(number as usize).cloned()?;
            (coverage.units.len() == values.len()).then_some(Some(UnitValues { coverage, values }))
        };
        Some(Study {
            scale: self.scale,
            criteria: self.criteria.into_iter().map(known).collect::<Option<_>>()?,
            zones: self.zones.into_iter().map(known).collect::<Option<_>>()?,
            withheld: self
                .withheld
                .into_iter()
                .map(|one| one.map_or(Some(None), |one| known(one).map(Some)))
                .collect::<Option<_>>()?,
            labels: Labels::of_stored(self.labels, labelled)?,
            nearest: self.nearest.into_iter().map(|one| places.get(one as usize).cloned()).collect::<Option<_>>()?,
            land: units(self.land)?,
            people: units(self.people)?,
        })
    }
}

/// The tree over the units is made anew: that takes less than to read it.
impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        (&self.units, &self.holders).serialize(format)
    }
}

impl<'de> Deserialize<'de> for Coverage {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        let (units, holders) = <(Vec<(RegionIndex, Bounds)>, Holders)>::deserialize(format)?;
        Ok(Self::of(units, holders))
    }
}
