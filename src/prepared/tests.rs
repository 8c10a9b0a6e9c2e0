//! The layout of the file, held by its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::assess::Terms;
use crate::criteria::{Centre, ReachedStop, RuleSet, Rules, StopReach, ZonePiece, ZonePieces};
use crate::crs::Plane;
use crate::evidence::{Batch, Texts};
use crate::geometry::{Bounds, Shapes};
use crate::inputs::{Fingerprint, SourceFile};
use crate::layers::{
    Blank, Building, Census, CensusUnit, CrsUsed, Facility, FileReport, Layer, LayerKey, LayerReport, Line, LineNumber,
    Municipality, NamedLine, PeakRow, RatioArea, StopKind, StopRow,
};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::regions::{Certainty, Known, Region};
use crate::text::{Text, hex};
use crate::transit::{
    Daily, Direction, Edits, FeedReport, LineTold, Origin, Peak, Removed, Replaced, Stop, ToldGroup, ToldTimetables,
};
use crate::units::{Interval, Metres, ServiceTime};

/// A line of which somebody says how often it runs.
fn line_told() -> LineTold {
    let line = NamedLine { kind: Some(StopKind::Bus), operator: Some("a".to_owned()), name: "b".to_owned() };
    LineTold {
        said: LineNumber { line, peak_trips: Some(3.0), daily_trips: None },
        peak_today: Some(Interval::new(0.0, 2.0)),
        daily_today: None,
        stops: vec!["c".to_owned()],
        perhaps: vec!["d".to_owned()],
    }
}

const RULES: &str = r#"
id = "tiny"
title = { ja = "小さなルール", en = "tiny rules" }
[thresholds.membership]
default = 0.5
range = [0.0, 1.0]
unit = "share"
name = { ja = "割合", en = "share" }
[unused_land]
max_fill_rate = [1, 3]
[zones.core]
name = { ja = "区域", en = "zone" }
all_of = ["in-did"]
[criteria.in-did]
kind = "inside"
layers = ["did"]
name = { ja = "人口集中地区の中", en = "in a DID" }
rule = { ja = "人口集中地区の中であること。", en = "inside a DID" }
settled_by = { ja = "`did`", en = "`did`" }
"#;

fn square() -> Shapes {
    Shapes::from(Bounds { min: [0.0, 1.0], max: [2.0, 3.0] })
}

fn line() -> Line {
    Line { operator: Some("市".to_owned()), name: "1".to_owned() }
}

/// A city with a layer of every content.
fn city() -> City {
    let mut city = City::empty(Plane::new(8).unwrap(), Some("22212".to_owned()));
    let range = Interval::new(1.0, f64::INFINITY);
    city.put(
        LayerKey::Stations,
        Layer::Stops(vec![StopRow {
            name: Some("駅".to_owned()),
            kind: StopKind::Rail,
            may_be: Some(StopKind::Tram),
            lines: vec![line()],
            operator: None,
            blank: Blank { line: true, ..Blank::default() },
            group: Some("003".to_owned()),
            parts: [1.0, 2.0].into(),
            peak_trips: Some(3.0),
            daily_trips: None,
        }]),
    );
    let peak = PeakRow { name: Some("駅".to_owned()), line: None, peak_trips: Some(4.0), daily_trips: None };
    city.put(LayerKey::Peaks, Layer::PeakTrips(vec![peak]));
    city.put(LayerKey::PublicLand, Layer::Area(square()));
    city.put(LayerKey::Units, Layer::Units(square()));
    let unit = CensusUnit { code: Some("5238".to_owned()), population: range, seniors: range };
    city.put(LayerKey::Census, Layer::Census(Census { shapes: square(), units: vec![unit], surveyed: square() }));
    city.put(
        LayerKey::Facilities,
        Layer::Facilities(vec![Facility {
            number: 1,
            name: None,
            kind: Some("特養".to_owned()),
            site_area: Some(300.0),
            geometry: Some(geo::Point::new(1.0, 2.0).into()),
            parts: [1.0, 2.0].into(),
        }]),
    );
    let municipality = Municipality { code: "22212".to_owned(), shapes: square() };
    city.put(LayerKey::Municipalities, Layer::Municipalities(vec![municipality]));
    city.put(LayerKey::HubCentres, Layer::Points(vec![[1.0, 2.0]]));
    let building = Building { floors: Some(2.0), floor_area_m2: None, is_doubtful: false };
    city.put(LayerKey::Buildings, Layer::Buildings(square(), vec![building]));
    city.put(LayerKey::FloorAreaRatio, Layer::Ratios(square(), vec![RatioArea { ratio: Some(2.0) }]));
    city
}

static ODD: NoticeKind = NoticeKind {
    id: "odd",
    severity: Severity::Warning,
    what: Text::new("おかしな地物があります。", "odd feature(s)"),
    advice: None,
};

fn told() -> Told {
    let source = SourceFile {
        path: PathBuf::from("city/did.geojson"),
        format: Text::same("GeoJSON").kept(),
        sha256: Fingerprint::known("ab".repeat(32)),
        crs: None,
        encoding: Some(Text::same("UTF-8")),
        features: 7,
        axes: None,
    };
    let crs = CrsUsed { name: Text::same("JGD2011"), found_in: Text::same(".prj"), grids: vec!["a.par".to_owned()] };
    let mut notices = Notices::default();
    notices.add("did", &ODD, "city/did.geojson");
    let feed = FeedReport {
        path: "city/feed.zip".to_owned(),
        publisher: None,
        version: Some("1".to_owned()),
        valid_from: None,
        valid_to: None,
        service_day: "2026-04-01".to_owned(),
        service_day_from: "given".to_owned(),
        service_day_from_ja: "指定された日".to_owned(),
        routes: 1,
        stops: 2,
        trips: 3,
        departures: 4,
    };
    Told {
        base: "city".to_owned(),
        layers: vec![LayerReport {
            name: "did".to_owned(),
            files: vec![FileReport { source, crs: Some(crs), published: Some("A16".to_owned()) }],
            fields: BTreeMap::from([("name", "A16_001".to_owned())]),
            used: 7,
            note: None,
        }],
        elsewhere: BTreeMap::from([(LayerKey::own("flood", crate::layers::Content::Area), square().bounds())]),
        timetables: ToldTimetables {
            feeds: vec![feed],
            kinds: BTreeSet::from([StopKind::Bus]),
            edits: Edits {
                removals: vec![Removed::default()],
                headways: vec![Replaced::default()],
                lines: vec![line_told()],
            },
            lines: vec![line_told()],
            groups: vec![ToldGroup { stop_ids: vec!["a".to_owned()], direction: Some(Err("b".to_owned())) }],
        },
        notices,
    }
}

/// Nothing is known of the only layer, so that no number comes from a library of the platform.
fn assessor() -> Assessor {
    let set = RuleSet::parse(RULES, Path::new("tiny.toml")).unwrap();
    let terms = Terms { rules: Rules::of(set), ..Terms::default() };
    Assessor::build(&City::empty(Plane::new(8).unwrap(), None), None, &terms, square().bounds())
}

fn made_of() -> MadeOf {
    MadeOf {
        settings: BTreeMap::from([("plane".to_owned(), "x".to_owned())]),
        files: vec![MadeOfFile { path: PathBuf::from("did.geojson"), sha256: "y".to_owned() }],
        plane: Plane::new(8).unwrap(),
        extent: square().bounds(),
    }
}

/// What stands aside and is not in a city of which nothing is known.
fn others() -> impl Serialize {
    let range = Interval::exactly(3.0);
    let daily = Daily { one_direction: range, both_directions: range };
    let stop = Stop {
        name: None,
        kind: StopKind::Bus,
        lines: vec![line()],
        parts: [1.0, 2.0].into(),
        group: 5,
        peak: range,
        daily,
        origin: Origin::Timetable,
        timetable: Some(1),
        is_beside_timetable: true,
        lacks_a_word: true,
        is_doubtful: false,
        blank: crate::layers::Blank::default(),
        is_anywhere: false,
        may_be: None,
    };
    let known = Known::between(Region::union_of(&[&square()]), Region::everything());
    let piece = |centre| ZonePiece { certainty: Certainty::Expected, region: known.sure.clone(), centre };
    let each = vec![piece(Centre::At(vec![[1.0, 2.0]])), piece(Centre::Within(Vec::new())), piece(Centre::Anywhere)];
    let mut aside = AsideWriter::default();
    let index = known.sure.index().stored(Some(&mut aside));
    let reach = StopReach {
        sure: vec![ReachedStop { stop, within: Metres(500.0), zones: vec![1] }],
        possible: Vec::new(),
        expected: Vec::new(),
        anywhere: true,
    };
    let peak = Peak {
        trips: 3.0,
        range,
        direction: Some(Direction::Toward(2)),
        window: Some([ServiceTime(1), ServiceTime(2)]),
        counted: vec![4],
        daily,
    };
    (ZonePieces { known, each }, index, reach, peak)
}

/// Whoever changes what stands in the file makes another format of it: [`FORMAT`] goes up by one, and this hash changes.
#[test]
fn the_layout_is_that_of_its_format() {
    let (city, told, assessor, made_of) = (city(), told(), assessor(), made_of());
    let study = StudyRef { made_of: &made_of, city: &city, assessor: &assessor, told: &told };
    let [beginning, aside] = study.parts().unwrap();
    // Without the version of the program, and what is hashed with it.
    let header =
        postcard::to_stdvec(&(&made_of, assessor.stored(&mut AsideWriter::default()).unwrap(), &told)).unwrap();
    assert!(beginning.starts_with(b"kyoten\r\n"));
    let all = [header, aside, postcard::to_stdvec(&others()).unwrap()].concat();
    assert_eq!(
        (FORMAT, hex(&Sha256::digest(all)).as_str()),
        (4, "f12bd10f51f0533826bacb422b2715c07327c88a8174dc30e20dce62b6824f90")
    );
}

#[test]
fn what_is_saved_is_opened_as_it_was_and_saved_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let [first, second] = ["a.kyoten", "b.kyoten"].map(|name| place.path().join(name));
    let (city, told, assessor, made_of) = (city(), told(), assessor(), made_of());
    StudyRef { made_of: &made_of, city: &city, assessor: &assessor, told: &told }.save(&first, []).unwrap();
    let study = PreparedStudy::open(&first).unwrap();
    study.save(&second).unwrap();
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap());
    let batch = Batch::new(square());
    assert_eq!(study.assess(&batch, Texts::default()), assessor.assess(&batch, Texts::default()));
    assert_eq!(study.city.facilities(), city.facilities());
    let moved = study.told.from_folder(Path::new("/elsewhere"));
    assert_eq!(moved.layers[0].files[0].source.path, Path::new("/elsewhere/did.geojson"));
    assert_eq!(moved.timetables.feeds[0].path, "/elsewhere/feed.zip");
}

#[test]
fn a_study_that_is_opened_whole_is_whole() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.kyoten");
    let (city, told, assessor, made_of) = (city(), told(), assessor(), made_of());
    StudyRef { made_of: &made_of, city: &city, assessor: &assessor, told: &told }.save(&path, []).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&path, bytes).unwrap();
        assert!(PreparedStudy::open(&path).is_err(), "byte {at}");
    }
}
