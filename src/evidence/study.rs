//! Everything that a measurement needs, prepared once, and the measurement itself: arrays in, arrays out.

use std::sync::Arc;

use super::arrays::steps;
use super::coverage::weighted;
use super::{
    Batch, Coverage, FillColumns, FloorAreas, IntervalColumn, Nearest, NearestColumn, Nullable, Parcel, SHARE_STEPS,
    ShareColumns,
};
use crate::crs::ScaleField;
use crate::geometry::area::centroid;
use crate::regions::{Known, Label, Labels, Region, RegionIndex, Scratch};
use crate::units::Interval;

/// A region known between two sets, ready to be asked for shares. Sets that are equal stand once.
#[derive(Debug, Clone)]
pub struct KnownIndex {
    pub(super) sure: Arc<RegionIndex>,
    /// `None` where nothing is in doubt.
    pub(super) possible: Option<Arc<RegionIndex>>,
    /// `None` where nothing is expected.
    pub(super) expected: Option<Arc<RegionIndex>>,
}

impl KnownIndex {
    /// Makes ready what is known of a region.
    #[must_use]
    pub fn new(known: &Known) -> Self {
        let other = |region: &Region| (*region != known.sure).then(|| Arc::new(region.index()));
        Self { sure: Arc::new(known.sure.index()), possible: other(&known.possible), expected: other(&known.expected) }
    }

    /// What is sure of it.
    #[must_use]
    pub fn sure(&self) -> &Arc<RegionIndex> {
        &self.sure
    }

    /// Whether it is the same region, made ready once.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.sure, &other.sure)
    }

    /// The shares of a parcel in what is sure, possible and expected, not rounded.
    pub(super) fn exactly(&self, parcel: &Parcel<'_>, scratch: &mut Scratch) -> [f64; 3] {
        let mut share = |region: &RegionIndex| region.share(&parcel.shape, &parcel.bounds, parcel.plane_area, scratch);
        let lo = share(&self.sure);
        let mut or_lo = |region: &Option<Arc<RegionIndex>>| region.as_ref().map_or(lo, |region| share(region));
        [lo, or_lo(&self.possible), or_lo(&self.expected)]
    }

    /// The shares of every parcel of a batch.
    #[must_use]
    pub fn shares(&self, batch: &Batch) -> ShareColumns {
        self.labelled_shares(batch, &Places::unknown(batch.len()))
    }

    /// The same, where labels may settle some of them.
    fn labelled_shares(&self, batch: &Batch, places: &Places<'_>) -> ShareColumns {
        let mut scratch = Scratch::default();
        let mut column = |region: &Arc<RegionIndex>| {
            let bit = places.labels.and_then(|labels| labels.bit(region));
            let share = |(index, label): (usize, &Label)| {
                if !batch.is_usable(index) {
                    return 0;
                }
                if let Some(holds) = bit.and_then(|bit| label.holds(bit)) {
                    return u32::from(holds) * SHARE_STEPS as u32;
                }
                let Parcel { shape, bounds, plane_area } = &batch.parcel(index);
                steps(region.share(shape, bounds, *plane_area, &mut scratch))
            };
            places.by_parcel.iter().enumerate().map(share).collect::<Vec<u32>>()
        };
        let lo = column(&self.sure);
        let hi = self.possible.as_ref().map(&mut column);
        let expected = self.expected.as_ref().map(&mut column);
        ShareColumns::new(lo, hi, expected)
    }

    /// The sets of what is sure, possible and expected.
    #[must_use]
    pub fn by_world(&self) -> [&Arc<RegionIndex>; 3] {
        [&self.sure, self.possible.as_ref().unwrap_or(&self.sure), self.expected.as_ref().unwrap_or(&self.sure)]
    }

    /// The sets that it is between, each once.
    pub(crate) fn sets(&self) -> impl Iterator<Item = &Arc<RegionIndex>> {
        std::iter::once(&self.sure).chain(&self.possible).chain(&self.expected)
    }
}

/// What labels say of the parcels of a batch.
struct Places<'a> {
    labels: Option<&'a Labels>,
    by_parcel: Vec<Label>,
}

impl<'a> Places<'a> {
    fn unknown(parcels: usize) -> Self {
        Self { labels: None, by_parcel: vec![Label::OPEN; parcels] }
    }

    fn of(labels: &'a Labels, batch: &Batch) -> Self {
        Self { labels: Some(labels), by_parcel: batch.bounds().iter().map(|bounds| labels.of(bounds)).collect() }
    }
}

/// What is measured of a batch: one array a measure. A measure that cannot be had is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Ground area, m²; not known of a parcel without usable geometry, of which nothing else is known either.
    pub area_m2: Nullable<f64>,
    /// By criterion, in the study's order.
    pub criteria: Vec<ShareColumns>,
    /// By zone, in the study's order.
    pub zones: Vec<ShareColumns>,
    /// By zone, the shares in what would be sure if its pieces were not asked as wholes, whole millionths; empty where that
    /// is nothing.
    pub withheld: Vec<Vec<u32>>,
    /// By set of places, in the study's order.
    pub nearest: Vec<NearestColumn>,
    /// The public-land ratio of the evaluation units that a parcel lies in, weighted by area.
    pub public_land_ratio: IntervalColumn,
    /// Residents aged 65 or over a hectare, of the census units that it lies in, weighted by area.
    pub seniors_per_ha: IntervalColumn,
    /// How much floor stands on a parcel, and how much is designated; nothing where the study has no [`Study::floors`].
    pub fill: FillColumns,
}

/// Units that cover the city, each with the value of a measure.
#[derive(Debug)]
pub struct UnitValues {
    /// The units, ready to be asked.
    pub coverage: Arc<Coverage>,
    /// One value a unit.
    pub values: Vec<Interval<f64>>,
}

/// What parcels are measured against. Can be shared between threads; holds no file and prints nothing.
#[derive(Debug)]
pub struct Study {
    /// The plane's point scale factor.
    pub scale: ScaleField,
    /// The criteria's regions.
    pub criteria: Vec<KnownIndex>,
    /// The zones' regions.
    pub zones: Vec<KnownIndex>,
    /// By zone, what would be sure if its pieces were not asked as wholes; `None` where that is nothing.
    pub withheld: Vec<Option<KnownIndex>>,
    /// What can be said at once of all of these sets.
    pub labels: Labels,
    /// Sets of places of which the nearest is asked.
    pub nearest: Vec<Nearest>,
    /// Evaluation units and their public-land ratios.
    pub land: Option<UnitValues>,
    /// Census units and their densities.
    pub people: Option<UnitValues>,
    /// Buildings and designated floor-area ratios; `None` where one of these layers is missing or the rules do not ask for them.
    pub floors: Option<FloorAreas>,
}

impl Study {
    /// Measures every parcel of a batch, in order.
    ///
    /// Costs some microseconds a parcel, and no allocation a parcel; parcels far from every boundary cost least.
    #[must_use]
    pub fn measure(&self, batch: &Batch) -> Measures {
        let (public_land_ratio, seniors_per_ha) = self.means(batch);
        let places = Places::of(&self.labels, batch);
        let mut zones: Vec<ShareColumns> = Vec::with_capacity(self.zones.len());
        for region in &self.zones {
            zones.push(self.shares_in(region, &zones, batch, &places));
        }
        Measures {
            area_m2: batch.parcels().map(|parcel| Some(self.ground_area(&parcel?))).collect(),
            criteria: self.criteria.iter().map(|region| self.shares_in(region, &zones, batch, &places)).collect(),
            zones,
            withheld: self.withheld.iter().map(|region| withheld(region.as_ref(), batch, &places)).collect(),
            nearest: self.nearest(batch),
            public_land_ratio,
            seniors_per_ha,
            fill: self.floors.as_ref().map(|floors| floors.measure(batch)).unwrap_or_default(),
        }
    }

    /// The nearest of every set; those of one that is asked for already are the same.
    fn nearest(&self, batch: &Batch) -> Vec<NearestColumn> {
        let mut found: Vec<NearestColumn> = Vec::with_capacity(self.nearest.len());
        for (index, places) in self.nearest.iter().enumerate() {
            let same = self.nearest[..index].iter().position(|other| other.is_same(places));
            found.push(same.map_or_else(|| places.of_batch(batch, &self.scale), |same| found[same].clone()));
        }
        found
    }

    /// The shares in a region; those of a zone that is measured where it is the same one.
    fn shares_in(
        &self,
        region: &KnownIndex,
        zones: &[ShareColumns],
        batch: &Batch,
        places: &Places<'_>,
    ) -> ShareColumns {
        let same = self.zones[..zones.len()].iter().position(|zone| zone.is_same(region));
        same.map_or_else(|| region.labelled_shares(batch, places), |zone| zones[zone].clone())
    }

    fn ground_area(&self, parcel: &Parcel<'_>) -> f64 {
        let centre = centroid(&parcel.shape).unwrap_or_default();
        self.scale.ground_area(parcel.plane_area, centre).told().0
    }

    /// The means of the units' values, of land and of people.
    fn means(&self, batch: &Batch) -> (IntervalColumn, IntervalColumn) {
        let (mut scratch, mut weights) = (Scratch::default(), Vec::new());
        let [mut land, mut people] = [batch.len(); 2].map(IntervalColumn::with_capacity);
        for parcel in batch.parcels() {
            let mut mean = |units: &Option<UnitValues>, same_as_before: bool| {
                let (units, parcel) = (units.as_ref()?, parcel.as_ref()?);
                if !same_as_before {
                    units.coverage.weigh(parcel, &mut scratch, &mut weights);
                }
                weighted(&weights, &units.values)
            };
            land.push(mean(&self.land, false));
            people.push(mean(&self.people, self.same_units()));
        }
        (land, people)
    }

    /// Whether the evaluation units are the census units.
    fn same_units(&self) -> bool {
        matches!((&self.land, &self.people), (Some(land), Some(people)) if Arc::ptr_eq(&land.coverage, &people.coverage))
    }
}

fn withheld(region: Option<&KnownIndex>, batch: &Batch, places: &Places<'_>) -> Vec<u32> {
    region.map(|region| region.labelled_shares(batch, places).lo).unwrap_or_default()
}
