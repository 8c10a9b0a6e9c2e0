//! What the benches share: a town in memory, drawn from a seed, and the way in which answers are compared.
//!
//! No file is read. The same seed and number of parcels give the same town to the last bit, so that the answers that the
//! benches hold against stand in their sources.

use std::f64::consts::TAU;

use fastrand::Rng;
use kyoten::crs::Plane;
use kyoten::evidence::Batch;
use kyoten::geometry::{Bounds, Point, Shapes};
use kyoten::layers::{Blank, Census, CensusUnit, City, Facility, Layer, LayerKey, Line, StopKind, StopRow};
use kyoten::units::Interval;

/// The middle of every town, plane metres: off the origin and off the meridian, as towns are.
pub const MIDDLE: Point = [-12_345.678, -123_456.789];

/// Parcels of a block, along and across, and their sides in metres.
const BLOCK: [usize; 2] = [10, 2];
const PARCEL: Point = [14.0, 18.0];
/// The streets between blocks are so wide.
const STREET: f64 = 6.0;
/// The side of a census cell.
const CELL: f64 = 250.0;

/// A town with its parcels.
pub struct Town {
    /// Its layers.
    pub city: City,
    /// Its parcels.
    pub parcels: Batch,
}

impl Town {
    /// A town of so many parcels: blocks of twenty in a square, one block in eight a park.
    pub fn new(parcels: usize, seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let plan = Plan::of(parcels);
        let mut city = City::empty(plane(), Some("22212".to_owned()));
        let (shapes, parks) = plan.parcels(parcels, &mut random);
        let mut area = |middle: Point, reach: f64, points: usize| {
            Layer::Area(polygon(&ring(middle, reach * plan.side, points, &mut random)))
        };
        city.put(LayerKey::PublicLand, Layer::Area(plan.public_land(&parks)));
        city.put(LayerKey::Did, area(MIDDLE, 0.38, 2000));
        city.put(LayerKey::UrbanZone, area(MIDDLE, 0.45, 1000));
        city.put(LayerKey::InductionArea, area(MIDDLE, 0.25, 300));
        let east = [MIDDLE[0] + 0.35 * plan.side, MIDDLE[1]];
        city.expect(LayerKey::Did, area(east, 0.2, 200));
        let stations = stations(plan.count(1.5e6).max(2), plan.side, &mut random);
        city.put(LayerKey::Stations, Layer::Stops(stations));
        city.put(LayerKey::Stops, Layer::Stops(stops(plan.count(6e4), plan.side, &mut random)));
        let facilities = facilities(plan.count(3e5).max(3), plan.side, &mut random);
        city.put(LayerKey::Facilities, Layer::Facilities(facilities));
        city.put(LayerKey::Census, Layer::Census(plan.census(&mut random)));
        // The evaluation units are the census cells.
        Self { city, parcels: Batch::new(shapes) }
    }
}

/// The plane of every town.
pub fn plane() -> Plane {
    Plane::new(8).expect("there is a plane VIII")
}

/// How large a town is.
struct Plan {
    /// Blocks along and across.
    blocks: [usize; 2],
    /// The side of its square, metres.
    side: f64,
}

/// From one block to the next, metres.
fn pitch(axis: usize) -> f64 {
    BLOCK[axis] as f64 * PARCEL[axis] + STREET
}

impl Plan {
    fn of(parcels: usize) -> Self {
        // One block in eight is a park.
        let blocks = parcels as f64 / (BLOCK[0] * BLOCK[1]) as f64 / 0.85;
        let side = (blocks * pitch(0) * pitch(1)).sqrt();
        Self { blocks: [0, 1].map(|axis| (side / pitch(axis)).ceil() as usize + 1), side }
    }

    /// How many there are of something that has so many square metres each.
    fn count(&self, area: f64) -> usize {
        (self.side * self.side / area).ceil() as usize
    }

    fn corner(&self, [column, row]: [usize; 2]) -> Point {
        [MIDDLE[0] - self.side / 2.0 + column as f64 * pitch(0), MIDDLE[1] - self.side / 2.0 + row as f64 * pitch(1)]
    }

    /// The parcels, and the corners of the blocks that are parks.
    fn parcels(&self, wanted: usize, random: &mut Rng) -> (Shapes, Vec<Point>) {
        let (mut parcels, mut parks) = (Shapes::default(), Vec::new());
        for block in 0..self.blocks[0] * self.blocks[1] {
            let [x, y] = self.corner([block % self.blocks[0], block / self.blocks[0]]);
            if random.u8(0..8) == 0 {
                parks.push([x, y]);
                continue;
            }
            for place in 0..(BLOCK[0] * BLOCK[1]).min(wanted - parcels.len()) {
                let (column, row) = ((place % BLOCK[0]) as f64, (place / BLOCK[0]) as f64);
                let corner = [x + column * PARCEL[0], y + row * PARCEL[1]];
                push(&mut parcels, &parcel(corner, random));
            }
        }
        assert_eq!(parcels.len(), wanted, "the plan has room for every parcel");
        (parcels, parks)
    }

    /// Every street as one long strip, crossing the others, and the parks.
    fn public_land(&self, parks: &[Point]) -> Shapes {
        let mut land = Shapes::default();
        let [columns, rows] = self.blocks;
        let (low, high) = (self.corner([0, 0]), self.corner(self.blocks));
        for column in 0..columns {
            let [x, _] = self.corner([column, 0]);
            push(&mut land, &rectangle([x - STREET, low[1]], [x, high[1]]));
        }
        for row in 0..rows {
            let [_, y] = self.corner([0, row]);
            push(&mut land, &rectangle([low[0], y - STREET], [high[0], y]));
        }
        for &[x, y] in parks {
            push(&mut land, &rectangle([x, y], [x + pitch(0) - STREET, y + pitch(1) - STREET]));
        }
        land
    }

    /// Cells side by side, the middle of the town more densely peopled; one in twenty is not published.
    fn census(&self, random: &mut Rng) -> Census {
        let (mut shapes, mut units) = (Shapes::default(), Vec::new());
        let cells = (self.side / CELL).ceil() as usize + 2;
        let low = MIDDLE.map(|v| v - cells as f64 * CELL / 2.0);
        for place in 0..cells * cells {
            let [x, y] = [low[0] + (place % cells) as f64 * CELL, low[1] + (place / cells) as f64 * CELL];
            push(&mut shapes, &rectangle([x, y], [x + CELL, y + CELL]));
            let away = (x - MIDDLE[0]).hypot(y - MIDDLE[1]) / self.side;
            let population = (900.0 * (1.0 - away) * random.f64()).round();
            let seniors = (population * 0.5).round();
            let hidden = random.u8(0..20) == 0;
            units.push(CensusUnit {
                code: None,
                population: Interval::exactly(population),
                seniors: if hidden { Interval::new(0.0, population) } else { Interval::exactly(seniors) },
            });
        }
        Census { shapes, units, surveyed: Shapes::default() }
    }
}

/// A parcel of four corners a little askew; one in twenty has ten.
fn parcel([x, y]: Point, random: &mut Rng) -> Vec<Point> {
    let mut askew = |x: f64, y: f64| [x + random.f64(), y + random.f64()];
    let (right, top) = (x + PARCEL[0] - 1.0, y + PARCEL[1] - 1.0);
    let corners = [askew(x, y), askew(right, y), askew(right, top), askew(x, top)];
    let mut ring = corners.to_vec();
    if random.u8(0..20) == 0 {
        // A bite out of the upper side, and points along it.
        let bite = [0.8, 0.6, 0.6, 0.4, 0.4, 0.2].map(|part| x + part * PARCEL[0]);
        let depth = [top, top, y + 9.0, y + 8.0, top, top].map(|level| level - 0.5);
        ring.splice(3..3, bite.into_iter().zip(depth).map(|(x, y)| [x, y]));
    }
    ring.push(ring[0]);
    ring
}

/// A closed ring of so many points about so far from a middle, its radius going up and down by a tenth.
pub fn ring(middle: Point, radius: f64, points: usize, random: &mut Rng) -> Vec<Point> {
    let waves: Vec<(f64, f64)> = (0..6).map(|_| (f64::from(random.u8(2..40)), random.f64() * TAU)).collect();
    let at = |place: usize| {
        let angle = (place % points) as f64 * TAU / points as f64;
        let wave: f64 = waves.iter().map(|(times, phase)| (times * angle + phase).sin()).sum();
        let reach = radius * (1.0 + wave / 60.0);
        [middle[0] + reach * angle.cos(), middle[1] + reach * angle.sin()]
    };
    (0..=points).map(at).collect()
}

/// A point of the square of so many metres around the middle.
pub fn anywhere(side: f64, random: &mut Rng) -> Point {
    MIDDLE.map(|v| v + (random.f64() - 0.5) * side)
}

/// Platform lines of five points, 200 m long.
pub fn platforms(count: usize, side: f64, random: &mut Rng) -> Vec<Vec<Point>> {
    let mut platform = || {
        let ([x, y], angle) = (anywhere(side, random), random.f64() * TAU);
        (0..5).map(|place| f64::from(place) * 50.0).map(move |along| [x + along * angle.cos(), y + along * angle.sin()])
    };
    (0..count).map(|_| platform().collect()).collect()
}

/// Stations, every fifth without a timetable.
fn stations(count: usize, side: f64, random: &mut Rng) -> Vec<StopRow> {
    let row = |(place, line): (usize, Vec<Point>)| StopRow {
        name: Some(format!("駅{place}")),
        kind: StopKind::Rail,
        lines: vec![Line { operator: Some("鉄道".to_owned()), name: format!("{}号線", place % 3) }],
        group: None,
        operator: None,
        blank: Blank::default(),
        may_be: None,
        parts: vec![line].into(),
        peak_trips: (place % 5 != 4).then_some(6.0),
        daily_trips: None,
    };
    platforms(count, side, random).into_iter().enumerate().map(row).collect()
}

/// Bus stops, some with a timetable, some without, some without a known line.
fn stops(count: usize, side: f64, random: &mut Rng) -> Vec<StopRow> {
    let mut row = |place: usize| StopRow {
        name: Some(format!("停留所{place}")),
        kind: StopKind::Bus,
        lines: match place % 10 {
            0 => Vec::new(),
            line => vec![Line { operator: Some("バス".to_owned()), name: format!("{line}番") }],
        },
        group: None,
        operator: None,
        blank: Blank::default(),
        may_be: None,
        parts: anywhere(side, random).into(),
        peak_trips: (place % 8 != 7).then(|| f64::from(random.u8(0..5))),
        daily_trips: None,
    };
    (0..count).map(&mut row).collect()
}

/// Facilities of three kinds.
pub fn facilities(count: usize, side: f64, random: &mut Rng) -> Vec<Facility> {
    let mut facility = |number: usize| {
        let at = anywhere(side, random);
        Facility {
            number,
            name: Some(format!("施設{number}")),
            kind: Some(["特養", "老健", "通所"][number % 3].to_owned()),
            site_area: None,
            geometry: Some(geo::Point::from(at).into()),
            parts: at.into(),
        }
    };
    (1..=count).map(&mut facility).collect()
}

fn rectangle(min: Point, max: Point) -> Vec<Point> {
    Shapes::from(Bounds { min, max }).points().to_vec()
}

fn polygon(ring: &[Point]) -> Shapes {
    let mut shapes = Shapes::default();
    push(&mut shapes, ring);
    shapes
}

fn push(shapes: &mut Shapes, ring: &[Point]) {
    shapes.push_ring(ring);
    shapes.end_polygon();
    shapes.end_shape();
}

/// Parcels of `side` metres a side at the given places, lower left corner.
pub fn squares(places: impl IntoIterator<Item = Point>, side: f64) -> Shapes {
    let mut shapes = Shapes::default();
    for [x, y] in places {
        push(&mut shapes, &rectangle([x, y], [x + side, y + side]));
    }
    shapes
}

/// Stops a bench whose answer is not the one that it should be, so that a wrong answer cannot be fast.
pub fn must_be(what: &str, found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance, "{what}: {found:?} instead of {expected:?}, {off:e} off");
}
