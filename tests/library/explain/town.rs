//! A city drawn at random, as values that can be changed and put together again.

use fastrand::Rng;
use kyoten::crs::Plane;
use kyoten::geometry::{Bounds, Point, Shapes};
use kyoten::layers::{Blank, Census, CensusUnit, City, Content, Facility, Layer, LayerKey, StopKind, StopRow};
use kyoten::units::Interval;

/// The side of the city, m, and of a census unit.
const SIDE: f64 = 4000.0;
const UNIT: f64 = 500.0;

#[derive(Debug, Clone)]
pub(super) struct TownStop {
    pub(super) name: String,
    pub(super) kind: StopKind,
    pub(super) at: Vec<Point>,
    pub(super) peak: Option<f64>,
    pub(super) day: Option<f64>,
}

#[derive(Debug, Clone)]
pub(super) struct Town {
    /// Areas by the names of their layers.
    pub(super) areas: Vec<(LayerKey, Shapes)>,
    pub(super) expected: Vec<(LayerKey, Shapes)>,
    pub(super) stops: Vec<TownStop>,
    pub(super) has_stations: bool,
    /// Older residents by unit, row by row; `None`: withheld.
    pub(super) seniors: Vec<Option<f64>>,
    pub(super) facilities: Vec<(Option<&'static str>, Point)>,
    pub(super) clinics: Vec<Point>,
    pub(super) parcels: Shapes,
    pub(super) municipality: &'static str,
}

fn rectangle(random: &mut Rng, largest: f64) -> Bounds {
    let size = [0, 1].map(|_| (0.3 + 0.7 * random.f64()) * largest);
    let min = size.map(|size| random.f64() * (SIDE - size));
    Bounds { min, max: [min[0] + size[0], min[1] + size[1]] }
}

fn area(random: &mut Rng, pieces: u8, largest: f64) -> Shapes {
    let mut shapes = Shapes::default();
    for _ in 0..random.u8(1..=pieces) {
        shapes.push(&Shapes::from(rectangle(random, largest)).get(0));
    }
    shapes
}

/// A parcel: a rectangle somewhat turned.
fn parcel(random: &mut Rng) -> Vec<Point> {
    let centre = [0, 1].map(|_| 200.0 + random.f64() * (SIDE - 400.0));
    let (half, turn) = ([0, 1].map(|_| 4.0 + random.f64() * 26.0), random.f64());
    let corner = |x: f64, y: f64| {
        let (sin, cos) = turn.sin_cos();
        [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]
    };
    let [x, y] = half;
    vec![corner(-x, -y), corner(x, -y), corner(x, y), corner(-x, y), corner(-x, -y)]
}

impl Town {
    pub(super) fn draw(random: &mut Rng, parcels: usize) -> Self {
        let own = |name: &str| LayerKey::own(name, Content::Area);
        let mut areas = vec![(LayerKey::PublicLand, area(random, 24, 900.0))];
        for key in [LayerKey::Did, LayerKey::UrbanZone, LayerKey::InductionArea, LayerKey::ResidenceArea, own("flood")]
        {
            if random.u8(0..10) > 0 {
                areas.push((key, area(random, 4, 3000.0)));
            }
        }
        let expected = if random.bool() { vec![(LayerKey::Did, area(random, 1, 2000.0))] } else { Vec::new() };
        let count = |random: &mut Rng, most: u8| (random.u8(0..5) > 0).then(|| f64::from(random.u8(0..most)));
        let stops = (0..random.u8(3..14)).map(|index| {
            let at = [0, 1].map(|_| random.f64() * SIDE);
            let kind = [StopKind::Rail, StopKind::Tram, StopKind::Bus, StopKind::Bus][usize::from(random.u8(0..4))];
            let line = if kind == StopKind::Rail { vec![at, [at[0] + 80.0, at[1] + 30.0]] } else { vec![at] };
            TownStop { name: format!("駅{index}"), kind, at: line, peak: count(random, 6), day: count(random, 60) }
        });
        let stops = stops.collect();
        let units = (SIDE / UNIT) as usize;
        let people = |random: &mut Rng| (random.u8(0..8) > 0).then(|| f64::from(random.u32(300..1800)));
        let kinds = [None, Some("通所介護"), Some("老人福祉センター")];
        let place = |random: &mut Rng| [0, 1].map(|_| random.f64() * SIDE);
        let mut all = Shapes::default();
        for _ in 0..parcels {
            all.push_ring(&parcel(random));
            all.end_polygon();
            all.end_shape();
        }
        Self {
            areas,
            expected,
            stops,
            has_stations: random.u8(0..6) > 0,
            seniors: (0..units * units).map(|_| people(random)).collect(),
            facilities: (0..random.u8(0..6)).map(|_| (kinds[usize::from(random.u8(0..3))], place(random))).collect(),
            clinics: (0..random.u8(1..6)).map(|_| place(random)).collect(),
            parcels: all,
            municipality: if random.u8(0..8) > 0 { "22212" } else { "14100" },
        }
    }

    /// The unit of an index.
    pub(super) fn unit(index: usize) -> Bounds {
        let units = (SIDE / UNIT) as usize;
        let min = [(index % units) as f64 * UNIT, (index / units) as f64 * UNIT];
        Bounds { min, max: [min[0] + UNIT, min[1] + UNIT] }
    }

    pub(super) fn area_mut(&mut self, key: LayerKey) -> Option<&mut Shapes> {
        self.areas.iter_mut().find(|(one, _)| *one == key).map(|(_, shapes)| shapes)
    }

    pub(super) fn city(&self) -> City {
        let mut city = City::empty(Plane::new(8).unwrap(), Some(self.municipality.to_owned()));
        for (key, shapes) in &self.areas {
            city.put(*key, Layer::Area(shapes.clone()));
        }
        let rows = |is_rail: bool| -> Vec<StopRow> {
            let meant = self.stops.iter().filter(|stop| (stop.kind != StopKind::Bus) == is_rail);
            let row = |stop: &TownStop| StopRow {
                name: Some(stop.name.clone()),
                kind: stop.kind,
                lines: Vec::new(),
                group: None,
                operator: None,
                blank: Blank::default(),
                may_be: None,
                parts: vec![stop.at.clone()].into(),
                peak_trips: stop.peak,
                daily_trips: stop.day,
            };
            meant.map(row).collect()
        };
        if self.has_stations {
            city.put(LayerKey::Stations, Layer::Stops(rows(true)));
        }
        city.put(LayerKey::Stops, Layer::Stops(rows(false)));
        let mut census = Census::default();
        for (index, seniors) in self.seniors.iter().enumerate() {
            census.shapes.push(&Shapes::from(Self::unit(index)).get(0));
            let seniors = seniors.map_or(Interval::new(0.0, 2000.0), Interval::exactly);
            let population = Interval::new(seniors.lo, 5000.0);
            census.units.push(CensusUnit { code: Some(format!("{index:03}")), population, seniors });
        }
        city.put(LayerKey::Census, Layer::Census(census));
        let facility = |(kind, at): &(Option<&'static str>, Point)| Facility {
            number: 1,
            name: Some("施設".to_owned()),
            kind: kind.map(str::to_owned),
            site_area: None,
            geometry: Some(geo::Point::from(*at).into()),
            parts: (*at).into(),
        };
        city.put(LayerKey::Facilities, Layer::Facilities(self.facilities.iter().map(facility).collect()));
        let clinics = self.clinics.iter().map(|at| facility(&(None, *at))).collect();
        city.put(LayerKey::own("clinics", Content::Facilities), Layer::Facilities(clinics));
        for (key, shapes) in &self.expected {
            city.expect(*key, Layer::Area(shapes.clone()));
        }
        city
    }
}
