//! How large the city is, and where its parts lie: the few lengths that all layers are drawn from.

use std::f64::consts::PI;

use fastrand::Rng;

use super::ground::{CENTRE, Ground, Uv, distance};
use super::people::CELL_LON_DEGREES;
use super::{DemoError, DemoOptions};

/// Square metres of city for each parcel, streets and fields included, before rounding to whole blocks.
const AREA_PER_PARCEL: f64 = 1_050.0;

/// The share of the parcels that stand in the village, and the most that it has: a larger city has no larger village.
const VILLAGE_SHARE: f64 = 0.3;
const LARGEST_VILLAGE: f64 = 2_000.0;

/// How wide the rivers are, metres.
pub(super) const RIVER_WIDTH: f64 = 44.0;

/// A round settlement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settlement {
    /// Its middle, where the station is.
    pub(super) centre: Uv,
    /// Where its last parcels stand, about, in metres from the middle.
    pub(super) radius: f64,
}

impl Settlement {
    /// A point so far from the middle, in parts of the radius along u and v.
    pub(super) fn at(&self, [u, v]: [f64; 2]) -> Uv {
        [self.centre[0] + u * self.radius, self.centre[1] + v * self.radius]
    }

    /// How far out a point is, in parts of the radius.
    pub(super) fn reach(&self, point: Uv) -> f64 {
        distance(self.centre, point) / self.radius
    }
}

/// The parts of the city.
pub(super) struct Plan {
    pub(super) ground: Ground,
    /// How many parcels there are, odd ones included.
    pub(super) parcels: usize,
    /// The town, in whose middle everything is known.
    pub(super) town: Settlement,
    /// The village east of it, where much is not.
    pub(super) village: Settlement,
    seed: u64,
}

/// What a stream of random numbers is for: each part of the city has its own, so that one can change without another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Columns,
    Rows,
    Block,
    Parcels,
    Areas,
    Residents,
    Transit,
    Facilities,
    Timetables,
    Hazards,
    Clinics,
}

impl Plan {
    pub(super) fn new(options: &DemoOptions) -> Result<Self, DemoError> {
        let ground = Ground::new()?;
        let parcels = options.parcels as f64;
        let in_village = (parcels * VILLAGE_SHARE).min(LARGEST_VILLAGE);
        let town_radius = radius(parcels - in_village);
        let village_radius = radius(in_village);
        // Far enough for the village to be out of the walkshed of the town's station (1,000 m) and of its houses; a
        // whole number of mesh cells, so that it fills the middle of a cell too.
        let away = 1_500.0 + 1.25 * (town_radius + village_radius);
        let cells = (away / 570.0).ceil();
        let village_centre = ground.uv([CENTRE[0] + cells * CELL_LON_DEGREES, CENTRE[1]])?;
        Ok(Self {
            ground,
            parcels: options.parcels,
            town: Settlement { centre: [0.0, 0.0], radius: town_radius },
            village: Settlement { centre: village_centre, radius: village_radius },
            seed: options.seed,
        })
    }

    /// The town and the village.
    pub(super) fn settlements(&self) -> [&Settlement; 2] {
        [&self.town, &self.village]
    }

    /// How far the urban-function induction area (都市機能誘導区域) of the town reaches, metres: not quite as far as there are
    /// older residents enough, so that the wider one that is planned brings some.
    pub(super) fn core_radius(&self) -> f64 {
        let radius = self.town.radius;
        (0.75 * radius).min((0.27 * radius).max(220.0)).min(900.0)
    }

    /// Where the densely inhabited district (人口集中地区) ends in the east of the town, metres; beyond is the expected one. In
    /// a small town only the mesh cell in the middle has public land enough, so the border runs through that.
    pub(super) fn district_east(&self) -> f64 {
        let radius = self.town.radius;
        (0.35 * radius).min((radius - 1_500.0).max(150.0))
    }

    /// The stop where the expected district begins.
    pub(super) fn east_gate(&self) -> Uv {
        let radius = self.town.radius;
        [(0.55 * radius).min(self.district_east() + 80.0), 0.04 * radius]
    }

    /// The hospital of the town, and its stop.
    pub(super) fn hospital(&self) -> Uv {
        self.town.at([-0.45, -0.55])
    }

    /// Where the rivers run: u at the mean, and from which to which v.
    pub(super) fn rivers(&self) -> [(f64, [f64; 2]); 2] {
        let (town, village) = (&self.town, &self.village);
        let span = |place: &Settlement| {
            let half = 1.3 * place.radius + 120.0;
            [place.centre[1] - half, place.centre[1] + half]
        };
        [(-0.55 * town.radius, span(town)), (village.centre[0] + village.radius + 40.0, span(village))]
    }

    /// The random numbers for one purpose and index in it.
    pub(super) fn random(&self, stream: Stream, [i, j]: [i32; 2]) -> Rng {
        let index = (u64::from(i as u32) << 32) | u64::from(j as u32);
        Rng::with_seed(scatter(scatter(scatter(self.seed) ^ stream as u64) ^ index))
    }
}

fn radius(parcels: f64) -> f64 {
    (parcels * AREA_PER_PARCEL / PI).sqrt()
}

/// Spreads neighbouring numbers over all 64 bits, so that streams of neighbouring blocks have nothing in common.
///
/// Source: the finaliser of `SplitMix64` (Steele, Lea, Flood 2014).
fn scatter(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
