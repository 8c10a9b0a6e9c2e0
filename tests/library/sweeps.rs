//! A sweep counts only what its numbers change: in cities drawn at random it must count what a run with each number counts.

use std::sync::Arc;

use fastrand::Rng;
use kyoten::assess::{Assessor, BatchResult, Groundwork, Terms};
use kyoten::collect::{Collector, StepCounts, Sweep, SweepCounts};
use kyoten::criteria::Rules;
use kyoten::crs::Plane;
use kyoten::evidence::{Batch, Texts};
use kyoten::geometry::{Bounds, Shapes};
use kyoten::layers::{Blank, Census, CensusUnit, City, Facility, Layer, LayerKey, Line, StopKind, StopRow};
use kyoten::runs::CountRecord;
use kyoten::units::{Interval, SquareMetres};
use proptest::prelude::*;

/// The side of a city, metres.
const SIDE: f64 = 3000.0;

/// By threshold of the default rules, the numbers that it takes: some of them far from the default, some near each other.
const NUMBERS: [(&str, &[f64]); 10] = [
    ("station_radius_m", &[300.0, 500.0, 510.0, 1000.0, 2000.0]),
    ("stop_radius_m", &[100.0, 300.0, 301.0, 800.0]),
    ("near_stop_radius_m", &[50.0, 100.0, 110.0, 400.0]),
    ("hub_radius_m", &[200.0, 700.0, 710.0, 1500.0]),
    ("facility_spacing_m", &[100.0, 700.0]),
    ("min_peak_trips", &[1.0, 2.0, 3.0, 5.0]),
    ("min_public_land", &[0.05, 0.15, 0.3]),
    ("min_seniors_per_ha", &[5.0, 20.0, 40.0]),
    ("min_site_m2", &[300.0, 2000.0]),
    ("membership", &[0.0, 0.5, 0.9, 1.0]),
];

/// Draws a city: on a grid, where borders meet, or wherever it falls.
struct Drawing {
    random: Rng,
    is_on_grid: bool,
}

impl Drawing {
    fn at(&mut self, least: f64, most: f64) -> f64 {
        let at = least + self.random.f64() * (most - least);
        if self.is_on_grid { (at / 50.0).round() * 50.0 } else { at }
    }

    fn square(&mut self, least: f64, most: f64) -> Shapes {
        let min = [self.at(-200.0, SIDE), self.at(-200.0, SIDE)];
        let size = [self.at(least, most).max(10.0), self.at(least, most).max(10.0)];
        Shapes::from(Bounds { min, max: [min[0] + size[0], min[1] + size[1]] })
    }

    fn squares(&mut self, count: std::ops::Range<usize>, least: f64, most: f64) -> Shapes {
        let mut all = Shapes::default();
        for _ in 0..self.random.usize(count) {
            all.push(&self.square(least, most).get(0));
        }
        all
    }

    fn stops(&mut self, kind: StopKind, count: std::ops::Range<usize>) -> Vec<StopRow> {
        let count = self.random.usize(count);
        let mut stop = |index: usize| {
            let line = |name: &str| Line { operator: None, name: name.to_owned() };
            let lines = ["甲", "乙", "丙"].into_iter().filter(|_| self.random.bool()).map(line).collect();
            let (x, y) = (self.at(0.0, SIDE), self.at(0.0, SIDE));
            let points = if self.random.bool() { vec![[x, y]] } else { vec![[x, y], [x + 80.0, y + 30.0]] };
            StopRow {
                name: Some(format!("{kind:?}{index}")),
                kind,
                lines,
                group: None,
                operator: None,
                blank: Blank::default(),
                may_be: None,
                parts: vec![points].into(),
                peak_trips: (self.random.u8(0..6) > 0).then(|| f64::from(self.random.u8(0..6))),
                daily_trips: None,
            }
        };
        (0..count).map(&mut stop).collect()
    }

    fn city(&mut self) -> City {
        let mut city = City::empty(Plane::new(8).unwrap(), None);
        let is_given = |random: &mut Rng| random.u8(0..8) > 0;
        for (key, count, least, most) in [
            (LayerKey::Did, 1..3, 1000.0, 3000.0),
            (LayerKey::UrbanZone, 1..5, 500.0, 3000.0),
            (LayerKey::InductionArea, 1..3, 500.0, 2000.0),
            (LayerKey::PublicLand, 20..60, 50.0, 400.0),
        ] {
            if is_given(&mut self.random) {
                city.put(key, Layer::Area(self.squares(count, least, most)));
            }
        }
        if is_given(&mut self.random) {
            city.put(LayerKey::Stations, Layer::Stops(self.stops(StopKind::Rail, 1..5)));
        }
        if is_given(&mut self.random) {
            city.put(LayerKey::Stops, Layer::Stops(self.stops(StopKind::Bus, 2..25)));
        }
        if self.random.bool() {
            city.put(LayerKey::Units, Layer::Units(grid(600.0, |_| true)));
        }
        if is_given(&mut self.random) {
            let shapes = grid(750.0, |_| true);
            let mut unit = |_: usize| {
                let population = f64::from(self.random.u16(0..5000));
                let seniors = (population * self.random.f64()).round();
                let [population, seniors] = [population, seniors].map(Interval::exactly);
                CensusUnit { code: None, population, seniors }
            };
            let units = (0..shapes.len()).map(&mut unit).collect();
            city.put(LayerKey::Census, Layer::Census(Census { shapes, units, ..Census::default() }));
        }
        if is_given(&mut self.random) {
            let facility = |number: usize| {
                let place = [self.at(0.0, SIDE), self.at(0.0, SIDE)];
                let geometry = Some(geo::Point::from(place).into());
                let kind = Some("通所介護".to_owned());
                Facility { number, name: None, kind, site_area: None, geometry, parts: place.into() }
            };
            city.put(LayerKey::Facilities, Layer::Facilities((1..4).map(facility).collect()));
        }
        city
    }
}

/// Squares side by side over the city.
fn grid(side: f64, mut is_there: impl FnMut(usize) -> bool) -> Shapes {
    let count = (SIDE / side) as usize;
    let mut all = Shapes::default();
    for index in (0..count * count).filter(|&index| is_there(index)) {
        let min = [(index % count) as f64 * side, (index / count) as f64 * side];
        all.push(&Shapes::from(Bounds { min, max: min.map(|at| at + side) }).get(0));
    }
    all
}

fn assessed(assessor: &Assessor, parcels: &Shapes) -> BatchResult<'static> {
    let batch = Batch::new(parcels.clone());
    let assessment = Arc::new(assessor.assess(&batch, Texts::default()));
    let (records, off_grid, file) = (Vec::new(), Vec::new(), "parcels.geojson".as_ref());
    BatchResult {
        first: 0,
        rows: None,
        records,
        batch,
        assessment,
        is_degrees: false,
        as_they_came: None,
        file,
        is_in_memory: false,
        off_grid,
    }
}

/// What a run counts.
fn counted(assessor: &Assessor, result: &BatchResult<'_>) -> StepCounts {
    let mut counts = StepCounts::new();
    for (zone, statuses) in assessor.judge.rules.zones().zip(&result.assessment.statuses) {
        for (&status, area) in statuses.iter().zip(result.assessment.measures.area_m2.iter()) {
            let hectares = SquareMetres(area.unwrap()).hectares();
            *counts.entry((zone, status)).or_default() += CountRecord { parcels: 1, hectares };
        }
    }
    counts
}

fn with(key: &str, number: f64) -> Terms {
    let mut rules = Rules::default();
    *rules.thresholds.get_mut(key).unwrap() = number;
    Terms { rules, planned_kind: Some("通所介護".to_owned()), ..Terms::default() }
}

#[test]
fn every_threshold_of_the_default_rules_is_swept_here() {
    let rules = Rules::default();
    let mut all: Vec<&str> = rules.thresholds.all().iter().map(|threshold| threshold.key).collect();
    let mut swept: Vec<&str> = NUMBERS.iter().map(|(key, _)| *key).collect();
    all.sort_unstable();
    swept.sort_unstable();
    assert_eq!(swept, all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sweep_counts_what_runs_with_its_numbers_count(seed in any::<u64>(), is_on_grid in any::<bool>()) {
        let mut drawing = Drawing { random: Rng::with_seed(seed), is_on_grid };
        let city = drawing.city();
        let parcels = grid(if is_on_grid { 60.0 } else { 47.0 }, |_| drawing.random.u8(0..4) > 0);
        let extent = parcels.bounds();
        // The run may have another number than the default.
        let (own_key, own_numbers) = NUMBERS[drawing.random.usize(0..NUMBERS.len())];
        let own_number = own_numbers[drawing.random.usize(0..own_numbers.len())];
        let terms = with(own_key, own_number);
        let (assessor, groundwork) = Groundwork::lay(&city, None, &terms, extent);
        let of_run = assessed(&assessor, &parcels);
        for (key, numbers) in NUMBERS {
            let key = terms.rules.thresholds.all().iter().find(|threshold| threshold.key == key).unwrap().key;
            let mut sweep = SweepCounts::new(&groundwork, &assessor, &Sweep { key, numbers: numbers.to_vec() });
            let piece = sweep.piece(&of_run);
            prop_assert!(sweep.merge(piece).is_ok());
            for (counts, &number) in sweep.finish().into_iter().zip(numbers) {
                let mut terms = terms.clone();
                *terms.rules.thresholds.get_mut(key).unwrap() = number;
                let single = Assessor::build(&city, None, &terms, extent);
                let single = counted(&single, &assessed(&single, &parcels));
                prop_assert_eq!(counts, single, "{}={} where {}={}", key, number, own_key, own_number);
            }
        }
    }
}
