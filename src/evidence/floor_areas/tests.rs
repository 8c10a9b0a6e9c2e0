use geo::{Area as _, BooleanOps as _, MultiPolygon};
use proptest::prelude::*;

use super::*;
use crate::crs::Plane;
use crate::layers::{Layer, RatioArea};

const PLANE: u8 = 8;

/// A rectangle from a corner.
fn rectangle([x, y]: Point, width: f64, height: f64) -> Shapes {
    Shapes::from(Bounds { min: [x, y], max: [x + width, y + height] })
}

fn together(all: &[Shapes]) -> Shapes {
    let mut shapes = Shapes::default();
    all.iter().flat_map(Shapes::iter).for_each(|shape| shapes.push(&shape));
    shapes
}

fn of_floors(floors: f64) -> Building {
    Building { floors: Some(floors), ..Building::default() }
}

/// A town with these buildings, four of one floor far around them so that all else lies among buildings, and these ratios.
fn town(buildings: &[(Shapes, Building)], zones: &[(Shapes, Option<f64>)]) -> City {
    let corners = [[-900.0, -900.0], [900.0, -900.0], [900.0, 900.0], [-900.0, 900.0]];
    let far = corners.map(|corner| (rectangle(corner, 1.0, 1.0), of_floors(1.0)));
    let all: Vec<(Shapes, Building)> = buildings.iter().cloned().chain(far).collect();
    let shapes = |all: &[(Shapes, Building)]| together(&all.iter().map(|(shape, _)| shape.clone()).collect::<Vec<_>>());
    let mut city = City::empty(Plane::new(PLANE).unwrap(), None);
    let known = all.iter().map(|(_, building)| *building).collect();
    city.put(LayerKey::Buildings, Layer::Buildings(shapes(&all), known));
    let areas = together(&zones.iter().map(|(shape, _)| shape.clone()).collect::<Vec<_>>());
    let ratios = zones.iter().map(|&(_, ratio)| RatioArea { ratio }).collect();
    city.put(LayerKey::FloorAreaRatio, Layer::Ratios(areas, ratios));
    city
}

/// The ratio that there is, the one that is designated and the fill rate, both ends each.
fn measured(city: &City, parcel: &Shapes) -> [[Option<f64>; 2]; 3] {
    let batch = Batch::new(parcel.clone());
    let found = FloorAreas::of(city, parcel.bounds()).expect("both layers are there").measure(&batch);
    let ends = |column: &IntervalColumn| [column.lo.get(0), column.hi.get(0)];
    [ends(&found.floor_area_ratio), ends(&found.designated), ends(&found.fill_rate)]
}

fn exactly(value: f64) -> [Option<f64>; 2] {
    [Some(value); 2]
}

/// A parcel of 200 m², a zone of 200 % around it.
fn parcel() -> Shapes {
    rectangle([0.0; 2], 20.0, 10.0)
}

fn zone(ratio: f64) -> (Shapes, Option<f64>) {
    (rectangle([-1000.0; 2], 2000.0, 2000.0), Some(ratio))
}

#[test]
fn by_hand_a_house_of_two_floors_fills_two_fifths() {
    // 80 m² × 2 floors on 200 m² are 80 %, of 200 % two fifths.
    let house = (rectangle([2.0, 1.0], 10.0, 8.0), of_floors(2.0));
    assert_eq!(measured(&town(&[house], &[zone(2.0)]), &parcel()), [exactly(0.8), exactly(2.0), exactly(0.4)]);
}

#[test]
fn by_hand_a_building_astride_counts_on_each_parcel_by_the_ground_it_covers_there() {
    // 10 × 8 m of 3 floors, 4 m of it beyond the border: 6 × 8 × 3 = 144 m² on 200 m².
    let astride = (rectangle([14.0, 1.0], 10.0, 8.0), of_floors(3.0));
    assert_eq!(measured(&town(&[astride], &[zone(2.0)]), &parcel())[0], exactly(0.72));
}

#[test]
fn floor_area_is_spread_evenly_and_goes_before_floors() {
    let city = |building| town(&[(rectangle([14.0, 1.0], 10.0, 8.0), building)], &[zone(2.0)]);
    let known = Building { floors: Some(9.0), floor_area_m2: Some(100.0), is_doubtful: false };
    // Three fifths of 100 m² on 200 m² of ground; the plane is by some 10⁻⁴ smaller than the ground.
    let [[lo, hi], ..] = measured(&city(known), &parcel());
    assert!((lo.unwrap() - 0.3).abs() < 1e-4 && lo == hi, "{lo:?} {hi:?}");
}

#[test]
fn a_building_without_numbers_has_a_floor_and_no_bound() {
    let unknown = (rectangle([2.0, 1.0], 10.0, 8.0), Building::default());
    let [there, _, rate] = measured(&town(&[unknown], &[zone(1.0)]), &parcel());
    assert_eq!((there, rate), ([Some(0.4), None], [Some(0.4), None]));
    // None above ground may be a roof: nothing is known of it, and 0 is not written for that.
    let roof = (rectangle([2.0, 1.0], 10.0, 8.0), of_floors(0.0));
    assert_eq!(measured(&town(&[roof], &[zone(1.0)]), &parcel())[0], [None, None]);
}

#[test]
fn ground_that_two_buildings_claim_holds_the_fewest_floors_and_at_most_all() {
    let twice = [2.0, 5.0].map(|floors| (rectangle([2.0, 1.0], 10.0, 8.0), of_floors(floors)));
    assert_eq!(measured(&town(&twice, &[zone(2.0)]), &parcel())[0], [Some(0.8), Some(2.8)]);
}

#[test]
fn a_building_that_may_be_none_counts_at_most() {
    let doubtful = Building { floors: Some(2.0), floor_area_m2: None, is_doubtful: true };
    let city = town(&[(rectangle([2.0, 1.0], 10.0, 8.0), doubtful)], &[zone(2.0)]);
    assert_eq!(measured(&city, &parcel())[0], [Some(0.0), Some(0.8)]);
}

#[test]
fn away_from_all_buildings_nothing_is_known_and_a_city_without_any_is_empty() {
    let city = town(&[], &[(rectangle([-5000.0; 2], 10_000.0, 10_000.0), Some(2.0))]);
    assert_eq!(measured(&city, &parcel()), [exactly(0.0), exactly(2.0), exactly(0.0)]);
    let away = rectangle([1200.0, 0.0], 20.0, 10.0);
    assert_eq!(measured(&city, &away), [[None; 2], exactly(2.0), [None; 2]]);
    let mut lost = town(&[], &[zone(2.0)]);
    lost.lose(LayerKey::Buildings);
    assert_eq!(measured(&lost, &parcel())[0], [None; 2], "one may stand anywhere");
    let mut none = town(&[], &[zone(2.0)]);
    none.put(LayerKey::Buildings, Layer::Buildings(Shapes::default(), Vec::new()));
    assert_eq!(measured(&none, &away)[0], exactly(0.0));
}

#[test]
fn what_is_designated_is_the_mean_by_area_and_not_known_where_a_part_lies_outside() {
    let west = |width: f64| rectangle([-100.0, -100.0], 100.0 + width, 300.0);
    let east = |from: f64| rectangle([from, -100.0], 300.0, 300.0);
    let of = |zones: &[(Shapes, Option<f64>)]| measured(&town(&[], zones), &parcel())[1];
    // A quarter at 400 %, the rest at 200 %.
    assert_eq!(of(&[(west(5.0), Some(4.0)), (east(5.0), Some(2.0))]), exactly(2.5));
    assert_eq!(of(&[(west(19.0), Some(2.0))]), [None; 2]);
    assert_eq!(of(&[(west(5.0), None), (east(5.0), Some(2.0))]), [None; 2], "a zone that does not say its ratio");
    // A gap of a centimetre between two borders that are meant to be one may be any of them.
    assert_eq!(of(&[(west(10.0), Some(2.0)), (east(10.01), Some(2.0))]), [Some(1.999), Some(2.0)]);
    // Where two overlap, one of them holds.
    assert_eq!(of(&[(west(10.0), Some(4.0)), (east(5.0), Some(2.0))]), [Some(2.5), Some(3.0)]);
}

/// A polygon of the tests as the other library has it.
fn of_geo(shapes: &Shapes) -> MultiPolygon<f64> {
    let polygon = |shape: crate::geometry::Shape<'_>| {
        let ring: geo::LineString<f64> = shape.points().iter().map(|&[x, y]| (x, y)).collect();
        geo::Polygon::new(ring, Vec::new())
    };
    MultiPolygon(shapes.iter().map(polygon).collect())
}

/// A quadrangle that is turned.
fn turned(([x, y], [width, height], angle): ([f64; 2], [f64; 2], f64)) -> Shapes {
    let (sin, cos) = angle.sin_cos();
    let corner = |[u, v]: Point| [x + u * cos - v * sin, y + u * sin + v * cos];
    let ring = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height], [0.0, 0.0]].map(corner);
    let mut shapes = Shapes::default();
    shapes.push_ring(&ring);
    shapes.end_polygon();
    shapes.end_shape();
    shapes
}

prop_compose! {
    fn quadrangle()(at in [-30.0..30.0_f64, -30.0..30.0], size in [1.0..30.0_f64, 1.0..30.0], angle in 0.0..1.5_f64) -> Shapes {
        turned((at, size, angle))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Buildings that may overlap, against another library's clipping: the most is the sum of all, the least is taken floor by floor, of
    /// the ground that a building claims and none with fewer floors.
    #[test]
    fn both_ends_are_what_clipping_says(
        parcel in quadrangle(),
        buildings in prop::collection::vec((quadrangle(), 1_u8..5), 0..6),
    ) {
        let known: Vec<(Shapes, Building)> =
            buildings.iter().map(|(shape, floors)| (shape.clone(), of_floors(f64::from(*floors)))).collect();
        let [[lo, hi], ..] = measured(&town(&known, &[zone(2.0)]), &parcel);
        let ground = of_geo(&parcel);
        let area = ground.unsigned_area();
        let common = |shape: &MultiPolygon<f64>| shape.intersection(&ground).unsigned_area();
        let most: f64 = buildings.iter().map(|(shape, floors)| common(&of_geo(shape)) * f64::from(*floors)).sum();
        let united = |is_meant: &dyn Fn(u8) -> bool| {
            let nothing = MultiPolygon::new(Vec::new());
            let meant = buildings.iter().filter(|(_, floors)| is_meant(*floors));
            meant.fold(nothing, |all, (shape, _)| all.union(&of_geo(shape)))
        };
        let all = united(&|_| true);
        let least: f64 = (1..5).map(|floor| common(&all.difference(&united(&|floors| floors < floor)))).sum();
        prop_assert!((hi.unwrap() - most / area).abs() < 1e-4, "{hi:?} {most} {area}");
        prop_assert!((lo.unwrap() - least / area).abs() < 1e-4, "{lo:?} {least} {area}");
    }

    /// More that is known never moves an end outward.
    #[test]
    fn what_is_learnt_of_a_building_only_narrows(
        parcel in quadrangle(),
        buildings in prop::collection::vec((quadrangle(), 1_u8..5), 1..5),
        ratio in 1_u8..9,
    ) {
        let of = |unknown: usize| {
            let building = |(at, (shape, floors)): (usize, &(Shapes, u8))| {
                let known = if at < unknown { Building::default() } else { of_floors(f64::from(*floors)) };
                (shape.clone(), known)
            };
            let all: Vec<(Shapes, Building)> = buildings.iter().enumerate().map(building).collect();
            measured(&town(&all, &[zone(f64::from(ratio))]), &parcel)
        };
        for unknown in (1..=buildings.len()).rev() {
            let (before, after) = (of(unknown), of(unknown - 1));
            for ([lo, hi], [new_lo, new_hi]) in before.into_iter().zip(after) {
                prop_assert!(lo.unwrap_or(0.0) <= new_lo.unwrap_or(0.0) + 2e-6);
                prop_assert!(hi.unwrap_or(f64::INFINITY) + 2e-6 >= new_hi.unwrap_or(f64::INFINITY));
            }
        }
    }

    #[test]
    fn the_mean_of_zones_is_what_clipping_says(parcel in quadrangle(), at in -30.0..30.0_f64, ratios in [1_u8..9, 1_u8..9]) {
        let [west, east] = [rectangle([-500.0, -500.0], 500.0 + at, 1000.0), rectangle([at, -500.0], 500.0, 1000.0)];
        let [west_ratio, east_ratio] = ratios.map(f64::from);
        let zones = [(west.clone(), Some(west_ratio)), (east.clone(), Some(east_ratio))];
        let [_, [lo, hi], _] = measured(&town(&[], &zones), &parcel);
        let ground = of_geo(&parcel);
        let common = |shape: &Shapes| of_geo(shape).intersection(&ground).unsigned_area();
        let mean = (common(&west) * west_ratio + common(&east) * east_ratio) / ground.unsigned_area();
        prop_assert!((lo.unwrap() - mean).abs() < 1e-5 && (hi.unwrap() - mean).abs() < 1e-5, "{lo:?} {hi:?} {mean}");
    }
}
