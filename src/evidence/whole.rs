//! What does an area carry as a whole? Its public land, and its people.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::known_land::{Land, LandBeside};
use super::{Coverage, KnownLand};
use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Shape, Shapes};
use crate::layers::Census;
use crate::regions::{Region, RegionIndex, Scratch, rounded};
use crate::units::{Interval, PerHectare, Share, SquareMetres};

/// Where an area is not covered by census units by more than this share, its people are not known.
const COVER_TOLERANCE: f64 = 1e-3;

/// In no town is there so much land without a road: an area that is further from all public land of the layer, plane metres, lies
/// where the layer tells of nothing.
const SAYS_NOTHING_M: f64 = 5_000.0;

/// The ends of [`Land`].
const SURE: usize = 0;
const POSSIBLE: usize = 1;

/// What areas are measured against as wholes.
#[derive(Debug, Clone, Copy)]
pub struct Wholes<'a> {
    /// The plane's scale.
    pub scale: &'a ScaleField,
    /// Public land; `None` where the layer is missing.
    pub public_land: Option<PublicLand<'a>>,
    /// Residents, and their units ready to be asked; `None` where the layer is missing.
    pub census: Option<(&'a Census, &'a Coverage)>,
    /// Where the census lists no unit because nobody lives there; see [`uninhabited`].
    pub uninhabited: Option<&'a RegionIndex>,
}

/// Public land, overlaps counted once.
#[derive(Debug, Clone, Copy)]
pub struct PublicLand<'a> {
    /// What is public for sure.
    pub sure: &'a RegionIndex,
    /// With what may be public; `None` where nothing is in doubt.
    pub possible: Option<&'a RegionIndex>,
    /// Whether there is more of it, and nobody knows where.
    pub in_part: bool,
}

/// The people of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct People {
    /// Residents, area-weighted over the census units.
    pub population: Interval<f64>,
    /// Those aged 65 or over.
    pub seniors: Interval<f64>,
}

/// One area, measured as a whole: each number once, when it is asked for.
#[derive(Debug)]
pub struct WholeArea<'a> {
    /// The area, one connected polygon.
    pub shape: Shape<'a>,
    wholes: Wholes<'a>,
    /// What is known of its public land from pieces that it is made of; `None` where it is of none.
    beside: Option<LandBeside>,
    land: [OnceCell<f64>; 2],
    ratio: OnceCell<Option<Interval<f64>>>,
    people: OnceCell<Option<People>>,
}

impl<'a> WholeArea<'a> {
    /// An area that nothing is asked of yet.
    #[must_use]
    pub fn new(shape: Shape<'a>, wholes: Wholes<'a>) -> Self {
        Self {
            shape,
            wholes,
            beside: None,
            land: [OnceCell::new(), OnceCell::new()],
            ratio: OnceCell::new(),
            people: OnceCell::new(),
        }
    }

    /// The same of an area that may differ little from such as are known.
    #[must_use]
    pub fn beside(shape: Shape<'a>, wholes: Wholes<'a>, known: &KnownLand) -> Self {
        Self { beside: known.compare(&shape), ..Self::new(shape, wholes) }
    }

    /// The public land that was asked for.
    fn land(&self) -> Land {
        [0, 1].map(|end| self.land[end].get().copied())
    }

    /// Its ground area.
    #[must_use]
    pub fn ground_area(&self) -> SquareMetres {
        self.wholes.scale.ground_area(area(&self.shape), centroid(&self.shape).unwrap_or_default())
    }

    /// The share of it that is public land, to a millionth; `None` where the layer is missing, or has nothing for kilometres
    /// around.
    #[must_use]
    pub fn public_land_ratio(&self) -> Option<Interval<f64>> {
        *self.ratio.get_or_init(|| self.ratio_of_public_land())
    }

    /// Its residents; `None` where the layer is missing or does not cover it.
    #[must_use]
    pub fn people(&self) -> Option<People> {
        *self.people.get_or_init(|| self.wholes.people(&self.shape))
    }

    fn ratio_of_public_land(&self) -> Option<Interval<f64>> {
        let PublicLand { sure, possible, in_part } = self.wholes.public_land?;
        let told = |end: usize, land: &RegionIndex| {
            let ratio = self.share(end, land);
            (ratio > 0.0 || comes_near(&self.shape, land)).then(|| Share(ratio).told().0)
        };
        let sure_share = || Share(self.share(SURE, sure)).told().0;
        if in_part {
            return Some(Interval::new(sure_share(), 1.0));
        }
        match possible {
            None => told(SURE, sure).map(Interval::exactly),
            Some(possible) => told(POSSIBLE, possible).map(|hi| Interval::new(sure_share().min(hi), hi)),
        }
    }

    /// The share of it that is public land.
    fn share(&self, end: usize, public_land: &RegionIndex) -> f64 {
        let whole = area(&self.shape);
        let in_land = || {
            let mut scratch = Scratch::default();
            let known = self.beside.as_ref().and_then(|beside| beside.area(end, public_land, &mut scratch));
            known.unwrap_or_else(|| public_land.area_of(&self.shape, &mut scratch))
        };
        if whole > 0.0 { rounded(self.land[end].get_or_init(in_land) / whole) } else { 0.0 }
    }

    /// Residents aged 65 or over a hectare, as it is printed.
    #[must_use]
    pub fn seniors_per_ha(&self) -> Option<Interval<f64>> {
        let hectares = self.ground_area().hectares();
        let density = |people: People| people.seniors.map(|persons| PerHectare(persons / hectares).told().0);
        self.people().map(density)
    }
}

impl Wholes<'_> {
    fn people(&self, shape: &Shape<'_>) -> Option<People> {
        let (census, units) = self.census?;
        let mut alone = Shapes::default();
        alone.push(shape);
        let region = Region::from(Cow::Owned(alone)).index();
        let mut scratch = Scratch::default();
        let (mut covered, mut sums) = (0.0, [0.0; 4]);
        for index in sorted(units.meeting(&shape.bounds())) {
            let unit_shape = census.shapes.get(index);
            let unit_area = area(&unit_shape);
            let share = region.share(&unit_shape, &unit_shape.bounds(), unit_area, &mut scratch);
            let unit = &census.units[index];
            if share > 0.0 {
                covered += share * unit_area;
                let ends = [unit.population.lo, unit.population.hi, unit.seniors.lo, unit.seniors.hi];
                sums.iter_mut().zip(ends).for_each(|(sum, end)| *sum += share * end);
            }
        }
        let whole = area(shape);
        if let Some(empty) = self.uninhabited.filter(|_| covered < whole * (1.0 - COVER_TOLERANCE)) {
            covered += whole * empty.share(shape, &shape.bounds(), whole, &mut scratch);
        }
        let [population_lo, population_hi, seniors_lo, seniors_hi] = sums;
        (covered >= whole * (1.0 - COVER_TOLERANCE)).then(|| People {
            population: Interval::new(population_lo, population_hi),
            seniors: Interval::new(seniors_lo, seniors_hi),
        })
    }
}

/// Lets the public land of the pieces of a region be known, one area a piece.
#[must_use]
pub fn known_land(region: &Region, areas: &[WholeArea<'_>]) -> KnownLand {
    KnownLand::new(region, areas.iter().map(WholeArea::land).collect())
}

/// Whether any public land is near enough to an area that the layer tells of it. Far is asked only where near has nothing:
/// within kilometres lie the edges of a whole town.
fn comes_near(shape: &Shape<'_>, public_land: &RegionIndex) -> bool {
    let within = |metres: f64| shape.rings().any(|ring| public_land.comes_within(ring, metres));
    [SAYS_NOTHING_M / 100.0, SAYS_NOTHING_M / 10.0, SAYS_NOTHING_M].into_iter().any(within)
}

/// Where a census lists no unit because nobody lives there; nothing for a census of areas, which says nothing of what
/// lies between them.
#[must_use]
pub fn uninhabited(census: &Census) -> Option<Region> {
    (!census.surveyed.is_empty())
        .then(|| Region::union_of(&[&census.surveyed]).minus(&Region::union_of(&[&census.shapes])))
}

fn sorted(indices: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut indices: Vec<usize> = indices.map(|index| index as usize).collect();
    indices.sort_unstable();
    indices
}
