//! How does a study stand in a file? Sets, places and units that several measures share stand once; what is large stands aside and
//! is taken when a parcel first asks for it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::coverage::Covered;
use super::{Coverage, FloorAreas, KnownIndex, Nearest, Place, Study, UnitValues};
use crate::crs::ScaleField;
use crate::flat::{self, Aside, AsideWriter, Later};
use crate::geometry::Bounds;
use crate::regions::{Holders, Labels, RegionIndex, StoredIndex, StoredLabels};
use crate::units::Interval;

/// What is known of a region, by the numbers of its sets.
type Numbers = (u32, Option<u32>, Option<u32>);

/// Units by the number of their coverage, and their values.
type Values = (u32, Vec<Interval<f64>>);

/// A study.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredStudy {
    scale: ScaleField,
    sets: Vec<StoredIndex>,
    criteria: Vec<Numbers>,
    zones: Vec<Numbers>,
    withheld: Vec<Option<Numbers>>,
    labels: StoredLabels,
    labelled: Vec<u32>,
    places: Vec<Vec<Place>>,
    nearest: Vec<u32>,
    coverages: Vec<flat::Place>,
    land: Option<Values>,
    people: Option<Values>,
    floors: Option<flat::Place>,
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

impl Study {
    /// As it stands in a file.
    ///
    /// # Errors
    /// What cannot be written at all.
    pub fn stored(&self, aside: &mut AsideWriter) -> Result<StoredStudy, postcard::Error> {
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
        Ok(StoredStudy {
            scale: self.scale.clone(),
            sets: sets.0.iter().map(|set| set.stored(Some(aside))).collect(),
            criteria,
            zones,
            withheld,
            labels: self.labels.stored(aside),
            labelled,
            places: places.0.iter().map(|one| one.places().to_vec()).collect(),
            nearest,
            coverages: coverages.0.iter().map(|one| one.stored(aside)).collect::<Result<_, _>>()?,
            land,
            people,
            floors: self.floors.as_ref().map(|floors| floors.stored(aside)).transpose()?,
        })
    }
}

impl StoredStudy {
    /// The study; `None` where its parts do not belong together.
    #[must_use]
    pub fn study(self, aside: &Arc<Aside>) -> Option<Study> {
        let sets: Vec<Arc<RegionIndex>> = self.sets.into_iter().map(|set| Arc::new(set.index(aside))).collect();
        let set = |number: u32| sets.get(number as usize).cloned();
        let known = |(sure, possible, expected): Numbers| {
            let or_none = |number: Option<u32>| number.map_or(Some(None), |number| set(number).map(Some));
            Some(KnownIndex { sure: set(sure)?, possible: or_none(possible)?, expected: or_none(expected)? })
        };
        let labelled = self.labelled.into_iter().map(set).collect::<Option<_>>()?;
        let places: Vec<Nearest> = self.places.into_iter().map(Nearest::new).collect();
        let coverage = |place: flat::Place| Arc::new(Coverage::of_stored(place, aside));
        let coverages: Vec<Arc<Coverage>> = self.coverages.into_iter().map(coverage).collect();
        let units = |stored: Option<Values>| {
            let Some((number, values)) = stored else { return Some(None) };
            Some(Some(UnitValues { coverage: coverages.get(number as usize).cloned()?, values }))
        };
        let withheld = self.withheld.into_iter();
        Some(Study {
            scale: self.scale,
            criteria: self.criteria.into_iter().map(known).collect::<Option<_>>()?,
            zones: self.zones.into_iter().map(known).collect::<Option<_>>()?,
            withheld: withheld.map(|one| one.map_or(Some(None), |one| known(one).map(Some))).collect::<Option<_>>()?,
            labels: Labels::of_stored(self.labels, labelled, aside)?,
            nearest: self.nearest.into_iter().map(|one| places.get(one as usize).cloned()).collect::<Option<_>>()?,
            land: units(self.land)?,
            people: units(self.people)?,
            floors: self.floors.map(|place| FloorAreas::of_stored(place, aside)),
        })
    }
}

impl Coverage {
    fn stored(&self, aside: &mut AsideWriter) -> Result<flat::Place, postcard::Error> {
        let Covered { units, holders, .. } = self.covered();
        let units: Vec<(StoredIndex, Bounds)> =
            units.iter().map(|(index, bounds)| (index.stored(None), *bounds)).collect();
        aside.object(&(units, holders))
    }

    /// The tree over the units is made anew: that takes less than to read it.
    fn of_stored(place: flat::Place, aside: &Arc<Aside>) -> Self {
        let aside = Arc::clone(aside);
        Self::later(Later::new(move || {
            let found = aside.object::<(Vec<(StoredIndex, Bounds)>, Holders)>(place);
            let (units, holders) = found.unwrap_or_else(|| (Vec::new(), Holders::new(&[], Bounds::EMPTY)));
            Covered::of(units.into_iter().map(|(index, bounds)| (index.index(&aside), bounds)).collect(), holders)
        }))
    }
}
