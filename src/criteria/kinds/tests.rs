//! Kinds that no criterion of today's catalogue is of, and the parameters of all.

use std::collections::{BTreeMap, BTreeSet};

use super::{InMunicipality, Inside, InsideZone, NearFacilities, Outside};
use crate::criteria::{AsksRegion, Context, Thresholds, ZonePieces, shipped};
use crate::crs::Plane;
use crate::evidence::Wholes;
use crate::geometry::{Bounds, Footprint, Shapes};
use crate::layers::{City, Facility, Layer, LayerKey, Municipality};
use crate::regions::{Known, Memo, Region};
use crate::transit::{Links, Settings};

fn square(x: f64, side: f64) -> Shapes {
    Shapes::from(Bounds { min: [x, 0.0], max: [x + side, side] })
}

fn empty_city() -> City {
    City::empty(Plane::new(8).unwrap(), None)
}

/// What a question says of a city where the zones are these.
fn asked(question: &dyn AsksRegion, city: &City, zones: &BTreeMap<&'static str, ZonePieces>) -> Known {
    let settings = Settings::default();
    question.region(&Context {
        city,
        thresholds: &Thresholds::default(),
        stops: &[],
        links: Links { timetable: None, settings: &settings, scale: &city.scale },
        ratios: &[],
        densities: &[],
        excluded_municipalities: None,
        wholes: Wholes { scale: &city.scale, public_land: None, census: None, uninhabited: None },
        zones,
        memo: &Memo::default(),
    })
}

/// Whether a point is surely in, possibly in, or in once what is expected comes true.
fn at(known: &Known, point: [f64; 2]) -> [bool; 3] {
    [&known.sure, &known.possible, &known.expected].map(|region| region.index().contains(point))
}

fn clinic(x: f64, kind: Option<&str>) -> Facility {
    Facility {
        number: 1,
        name: None,
        kind: kind.map(str::to_owned),
        site_area: None,
        geometry: None,
        parts: [x, 0.0].into(),
    }
}

#[test]
fn outside_is_sure_where_the_layer_is_given_and_open_where_one_is_missing() {
    let question = Outside(vec![LayerKey::Did]);
    let nothing_known = asked(&question, &empty_city(), &BTreeMap::new());
    assert_eq!(at(&nothing_known, [50.0, 50.0]), [false, true, false]);
    let mut city = empty_city();
    city.put(LayerKey::Did, Layer::Area(square(0.0, 100.0)));
    let known = asked(&question, &city, &BTreeMap::new());
    assert_eq!(at(&known, [50.0, 50.0]), [false; 3]);
    assert_eq!(at(&known, [150.0, 50.0]), [true; 3]);
}

#[test]
fn what_is_in_doubt_is_neither_surely_inside_nor_surely_outside() {
    let mut city = empty_city();
    city.put(LayerKey::UrbanZone, Layer::Area(square(0.0, 100.0)));
    city.doubt(LayerKey::UrbanZone, &square(200.0, 100.0));
    let inside = asked(&Inside(vec![LayerKey::UrbanZone]), &city, &BTreeMap::new());
    let outside = asked(&Outside(vec![LayerKey::UrbanZone]), &city, &BTreeMap::new());
    assert_eq!(at(&inside, [50.0, 50.0]), [true; 3]);
    assert_eq!(at(&inside, [250.0, 50.0]), [false, true, false]);
    assert_eq!(at(&outside, [250.0, 50.0]), [false, true, false]);
    assert_eq!(at(&inside, [150.0, 50.0]), [false; 3]);
}

#[test]
fn where_boundaries_overlap_neither_municipality_is_sure() {
    let question = InMunicipality { list: vec!["14100".to_owned()], is_in: false };
    let boundary = |code: &str, x: f64| Municipality { code: code.to_owned(), shapes: square(x, 100.0) };
    for (code, beyond) in [(Some("22212"), true), (Some("14100"), false)] {
        let mut city = City::empty(Plane::new(8).unwrap(), code.map(str::to_owned));
        let both = vec![boundary("14100", 0.0), boundary("22212", 90.0)];
        city.put(LayerKey::Municipalities, Layer::Municipalities(both));
        let known = asked(&question, &city, &BTreeMap::new());
        assert_eq!(at(&known, [50.0, 50.0]), [false; 3]);
        assert_eq!(at(&known, [95.0, 50.0]), [false, true, false]);
        assert_eq!(at(&known, [150.0, 50.0]), [true; 3]);
        assert_eq!(at(&known, [500.0, 50.0]), [beyond; 3]);
    }
}

#[test]
fn an_area_that_is_only_expected_leaves_outside_as_it_is() {
    let mut city = empty_city();
    city.put(LayerKey::Did, Layer::Area(square(0.0, 100.0)));
    city.expect(LayerKey::Did, Layer::Area(square(200.0, 100.0)));
    let known = asked(&Outside(vec![LayerKey::Did]), &city, &BTreeMap::new());
    assert_eq!(at(&known, [250.0, 50.0]), [true, true, true]);
}

#[test]
fn what_is_supposed_of_an_area_is_part_of_it_and_leaves_open_where_else_one_may_be() {
    let (inside, outside) = (Inside(vec![LayerKey::UrbanZone]), Outside(vec![LayerKey::UrbanZone]));
    let mut city = empty_city();
    city.suppose(LayerKey::UrbanZone, Layer::Area(square(200.0, 100.0)));
    let known = asked(&inside, &city, &BTreeMap::new());
    assert_eq!([250.0, 50.0].map(|x| at(&known, [x, 50.0])), [[true; 3], [false, true, false]]);
    let known = asked(&outside, &city, &BTreeMap::new());
    assert_eq!([250.0, 50.0].map(|x| at(&known, [x, 50.0])), [[false; 3], [false, true, false]]);
    let mut city = empty_city();
    city.put(LayerKey::UrbanZone, Layer::Area(square(0.0, 100.0)));
    city.suppose(LayerKey::UrbanZone, Layer::Area(square(50.0, 100.0)));
    let known = asked(&inside, &city, &BTreeMap::new());
    assert_eq!([50.0, 120.0, 170.0].map(|x| at(&known, [x, 50.0])), [[true; 3], [true; 3], [false; 3]]);
}

#[test]
fn facilities_that_are_supposed_alone_are_not_all_that_there_are() {
    let question = NearFacilities { layer: LayerKey::Facilities, within: "near_stop_radius_m", kind: None };
    let mut city = empty_city();
    city.suppose(LayerKey::Facilities, Layer::Facilities(vec![clinic(0.0, None)]));
    let known = asked(&question, &city, &BTreeMap::new());
    assert_eq!([50.0, 500.0].map(|x| at(&known, [x, 0.0])), [[true; 3], [false, true, false]]);
    let mut city = empty_city();
    city.put(LayerKey::Facilities, Layer::Facilities(vec![clinic(1000.0, None)]));
    city.suppose(LayerKey::Facilities, Layer::Facilities(vec![clinic(0.0, None)]));
    let known = asked(&question, &city, &BTreeMap::new());
    assert_eq!([50.0, 500.0, 1050.0].map(|x| at(&known, [x, 0.0])), [[true; 3], [false; 3], [true; 3]]);
}

#[test]
fn near_facilities_counts_those_of_the_kind_and_leaves_open_those_without_one() {
    let question =
        NearFacilities { layer: LayerKey::Facilities, within: "near_stop_radius_m", kind: Some("診療所") };
    assert_eq!(at(&asked(&question, &empty_city(), &BTreeMap::new()), [0.0, 0.0]), [false, true, false]);
    let mut city = empty_city();
    let all = vec![clinic(0.0, Some("診療所")), clinic(1000.0, None), clinic(2000.0, Some("保育所"))];
    city.put(LayerKey::Facilities, Layer::Facilities(all));
    let known = asked(&question, &city, &BTreeMap::new());
    assert_eq!(at(&known, [99.0, 0.0]), [true; 3]);
    assert_eq!(at(&known, [101.0, 0.0]), [false; 3]);
    assert_eq!(at(&known, [1000.0, 50.0]), [false, true, false]);
    assert_eq!(at(&known, [2000.0, 50.0]), [false; 3]);
}

#[test]
fn a_facility_without_a_place_may_stand_anywhere() {
    let mut city = empty_city();
    let lost = Facility { parts: Footprint::default(), ..clinic(0.0, None) };
    city.put(LayerKey::Facilities, Layer::Facilities(vec![lost]));
    let known = asked(
        &NearFacilities { layer: LayerKey::Facilities, within: "near_stop_radius_m", kind: None },
        &city,
        &BTreeMap::new(),
    );
    assert_eq!(at(&known, [9e4, 9e4]), [false, true, false]);
}

#[test]
fn inside_zone_is_what_is_known_of_the_zone() {
    let zone = Known::between(Region::union_of(&[&square(0.0, 10.0)]), Region::union_of(&[&square(0.0, 20.0)]));
    let zones = BTreeMap::from([("central", ZonePieces { known: zone, each: Vec::new() })]);
    let known = asked(&InsideZone("central"), &empty_city(), &zones);
    assert_eq!(at(&known, [5.0, 5.0]), [true; 3]);
    assert_eq!(at(&known, [15.0, 15.0]), [false, true, false]);
    assert_eq!(at(&asked(&InsideZone("local"), &empty_city(), &zones), [5.0, 5.0]), [false, true, false]);
}

#[test]
fn what_a_criterion_compares_with_is_among_its_thresholds_and_its_parameters() {
    for (set, criterion) in shipped().into_iter().flat_map(|set| set.criteria.iter().map(move |one| (set, one))) {
        let kind = &criterion.kind;
        let keys: BTreeSet<&str> = kind.thresholds().into_iter().collect();
        let compared = criterion.measures().into_iter().map(|measure| measure.threshold);
        let around = kind.stop_question().map(|question| question.distances()).unwrap_or_default();
        for key in compared.chain(kind.reach()).chain(around) {
            assert!(keys.contains(key), "{}: {key}", criterion.id);
            assert!(Thresholds::of(set).get(key).is_some(), "{}: {key}", criterion.id);
        }
        let parameters = kind.parameters().to_string();
        for key in keys {
            assert!(parameters.contains(key), "{}: a reader of a run is not told of {key}", criterion.id);
        }
    }
}

#[test]
fn a_list_says_which_municipalities_are_meant_or_which_are_not() {
    let at_home = |is_in: bool, code: &str| {
        let city = City::empty(Plane::new(8).unwrap(), Some(code.to_owned()));
        let question = InMunicipality { list: vec!["22212".to_owned(), "22130".to_owned()], is_in };
        at(&asked(&question, &city, &BTreeMap::new()), [0.0, 0.0])[0]
    };
    assert_eq!(["22212", "22131", "14100"].map(|code| at_home(true, code)), [true, true, false]);
    assert_eq!(["22212", "22131", "14100"].map(|code| at_home(false, code)), [false, false, true]);
}
