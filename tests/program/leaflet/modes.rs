//! Which lines are railways 鉄道, which are tramways 軌道, and what a departure is.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Drawn, Town, area, assert_column, point};

/// Degrees of longitude to a metre eastward at the origin of system VIII, 36° north.
const EAST: f64 = 1.0 / 90_161.8;

/// A town wholly inside a DID and with enough public land, 60 km wide, without stops or stations as yet.
fn town() -> Town {
    let whole = [area(-2_000.0, -2_000.0, 60_000.0, 4_000.0)];
    let public = [area(-2_000.0, -2_000.0, 60_000.0, 4_000.0)];
    Town::new().layer("did", "", &whole).layer("units", "", &whole).layer("public_land", "", &public)
}

/// A station of N02 at a place along the x axis.
fn station(at: f64, class: &str, operator: &str, name: &str) -> Drawn {
    let properties = json!({
        "N02_001": class, "N02_002": "4", "N02_003": "本線", "N02_004": operator, "N02_005": name,
        "N02_005c": name, "N02_005g": name,
    });
    (point(at, 0.0), properties)
}

/// The kinds of N02, one every 4 km: class, operator, and whether it reaches 1 km.
const STATIONS: [(&str, &str, &str, bool); 10] = [
    ("在来線", "11", "東海旅客鉄道", true),
    ("跨座鉄", "15", "東京モノレール", true),
    ("無軌条", "17", "立山黒部貫光", false),
    ("路面", "21", "広島電鉄", false),
    ("地下鉄", "21", "大阪市高速電気軌道", true),
    ("地下鉄旧", "21", "大阪市", true),
    ("懸垂", "22", "千葉都市モノレール", false),
    ("跨座", "23", "大阪モノレール", false),
    ("案内", "24", "東京都", false),
    ("ニュートラム", "24", "大阪市", false),
];

/// The town of all kinds of stations, with a parcel 690 m and one 300 m from each.
fn of_all_kinds(transit: &str) -> Town {
    let place = |index: usize| 4_000.0 * index as f64;
    let drawn: Vec<Drawn> = STATIONS
        .iter()
        .enumerate()
        .map(|(index, (name, class, operator, _))| station(place(index), class, operator, name))
        .collect();
    let near: Vec<String> = STATIONS.iter().map(|(name, ..)| format!("{name}近")).collect();
    let parcels: Vec<(&str, [f64; 2])> = STATIONS
        .iter()
        .zip(&near)
        .enumerate()
        .flat_map(|(index, ((name, ..), near))| {
            [(*name, [place(index) + 670.0, 0.0]), (near.as_str(), [place(index) + 280.0, 0.0])]
        })
        .collect();
    let file = "N02-20_Station.geojson";
    town().layer_in("stations", file, ", peak_trips = 6", &drawn).none("stops").parcels(&parcels).with(transit)
}

fn statuses(town: &Town) -> Vec<(&'static str, bool)> {
    let judged = town.judged();
    let is_eligible = |id: &str| match judged[id]["central"].as_str() {
        Some("eligible") => true,
        Some("ineligible") => false,
        other => panic!("{id}: {other:?}"),
    };
    for (name, ..) in STATIONS {
        assert!(is_eligible(&format!("{name}近")), "every stop reaches 300 m: {name}");
    }
    STATIONS.iter().map(|(name, ..)| (*name, is_eligible(name))).collect()
}

/// How often a notice was given; nothing where it was not.
fn noticed(town: &Town, id: &str) -> Option<Value> {
    let run = town.folder.json("kyoten-out/run.json");
    let notices = run["notices"].as_array().unwrap();
    notices.iter().find(|notice| notice["id"] == id).map(|notice| notice["count"].clone())
}

#[test]
fn railways_reach_1_km_and_tramways_500_m_by_class_and_subways_by_operator() {
    let town = of_all_kinds("");
    let wanted: Vec<(&str, bool)> = STATIONS.iter().map(|(name, .., far)| (*name, *far)).collect();
    assert_eq!(statuses(&town), wanted);
    // Monorails and guided transit built as 軌道: the run says which reading it took.
    assert_eq!(noticed(&town, "monorails-as-tramways"), Some(json!(4)));
    assert_eq!(noticed(&town, "monorails-as-railways"), None);
}

#[test]
fn classes_and_operators_are_the_planners_to_change() {
    let town = of_all_kinds("[transit]\ntram_classes = [\"21\", 23]\nsubway_operators = \"広島電鉄\"");
    let far = |name: &str| !["地下鉄", "地下鉄旧", "跨座", "無軌条"].contains(&name);
    let wanted: Vec<(&str, bool)> = STATIONS.iter().map(|(name, ..)| (*name, far(name))).collect();
    assert_eq!(statuses(&town), wanted);
    assert_eq!(noticed(&town, "monorails-as-tramways"), Some(json!(1)));
    assert_eq!(noticed(&town, "monorails-as-railways"), Some(json!(3)));
}

#[test]
fn the_subways_operator_is_found_with_blanks_around_its_name() {
    let drawn = [(point(0.0, 0.0), json!({ "name": "駅", "class": "21", "op": " 大阪市高速電気軌道 " }))];
    let keys = ", peak_trips = 6, name = \"name\", class = \"class\", operator = \"op\"";
    let town = town().layer("stations", keys, &drawn).none("stops").parcels(&[("A", [670.0, 0.0])]);
    assert_column(&town.judged(), "central", &[("A", "eligible")]);
}

#[test]
fn a_tram_stop_does_not_lend_its_service_to_a_railway_station_of_its_name() {
    let named = |at: f64, class: &str, peak: f64| {
        (point(at, 0.0), json!({ "name": "中央", "class": class, "peak": peak, "op": "市" }))
    };
    let keys = ", peak_trips = \"peak\", name = \"name\", class = \"class\", operator = \"op\"";
    let town = town().layer("stations", keys, &[named(0.0, "12", 1.0), named(50.0, "21", 9.0)]).none("stops");
    let judged = town.parcels(&[("far", [800.0, 0.0]), ("near", [400.0, 0.0])]).judged();
    assert_column(&judged, "central", &[("far", "ineligible"), ("near", "eligible")]);
}

#[test]
fn a_peak_of_three_counts_one_below_does_not_and_an_unknown_one_stays_open() {
    let stop = |at: f64, name: &str, peak: Option<f64>| (point(at, 0.0), json!({ "name": name, "peak": peak }));
    let keys = ", peak_trips = \"peak\", name = \"name\"";
    let stations = [stop(0.0, "A", Some(3.0)), stop(4_000.0, "B", Some(2.99)), stop(8_000.0, "C", None)];
    let stops = [stop(12_000.0, "D", Some(3.0)), stop(16_000.0, "E", Some(0.0)), stop(20_000.0, "F", None)];
    let near = ["A", "B", "C", "D", "E", "F"]
        .iter()
        .zip(0..)
        .map(|(id, place)| (*id, [4_000.0 * f64::from(place) + 100.0, 0.0]));
    let parcels: Vec<(&str, [f64; 2])> = near.chain([("F900", [20_900.0, 0.0])]).collect();
    let judged = town().layer("stations", keys, &stations).layer("stops", keys, &stops).parcels(&parcels).judged();
    let wanted = ["eligible", "ineligible", "undetermined", "eligible", "ineligible", "undetermined", "ineligible"];
    let wanted: Vec<(&str, &str)> = ["A", "B", "C", "D", "E", "F", "F900"].into_iter().zip(wanted).collect();
    assert_column(&judged, "central", &wanted);
}

/// A trip: its `direction_id`, and its calls, each a stop, a minute of the day, and the `pickup_type`.
type Trip<'a> = (&'a str, Vec<(usize, u32, &'a str)>);

/// Writes a timetable: stops by name and place along the x axis, s0, s1, …
fn put_feed(town: &Town, route_type: u16, stops: &[(&str, f64)], trips: &[Trip<'_>]) {
    let [mut stop_rows, mut trip_rows, mut calls] = [
        "stop_id,stop_name,stop_lat,stop_lon\n",
        "route_id,service_id,trip_id,direction_id\n",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n",
    ]
    .map(str::to_owned);
    // Writing to a String cannot fail.
    for (index, (name, at)) in stops.iter().enumerate() {
        let _ = writeln!(stop_rows, "s{index},{name},36.0,{:.8}", 138.5 + at * EAST);
    }
    for (index, (direction, of_trip)) in trips.iter().enumerate() {
        let _ = writeln!(trip_rows, "r,w,t{index},{direction}");
        for (place, (stop, minute, pickup)) in of_trip.iter().enumerate() {
            let time = format!("{:02}:{:02}:00", minute / 60, minute % 60);
            let _ = writeln!(calls, "t{index},{time},{time},s{stop},{place},{pickup}");
        }
    }
    let routes = format!("route_id,agency_id,route_long_name,route_type\nr,a,港線,{route_type}\n");
    let calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
                    w,1,1,1,1,1,0,0,20260401,20990331\n";
    for (name, text) in [
        ("stops", stop_rows.as_str()),
        ("trips", &trip_rows),
        ("stop_times", &calls),
        ("routes", &routes),
        ("agency", "agency_id,agency_name\na,港交通株式会社\n"),
        ("calendar", calendar),
    ] {
        town.folder.put(&format!("feed/{name}.txt"), text);
    }
}

fn with_feed(town: Town) -> Town {
    town.line("gtfs = [\"feed\"]")
}

/// Four departures an hour from each of three stops 10 km apart, and back, of a `route_type`.
fn line_of(town: &Town, route_type: u16) {
    let stops = [("北", 0.0), ("中", 10_000.0), ("南", 20_000.0)];
    let there = |minute: u32| ("0", vec![(0, minute, ""), (1, minute + 10, ""), (2, minute + 20, "")]);
    let back = |minute: u32| ("1", vec![(2, minute, ""), (1, minute + 10, ""), (0, minute + 20, "")]);
    let minutes = [420, 435, 450, 465];
    let trips: Vec<Trip<'_>> = minutes.into_iter().flat_map(|minute| [there(minute), back(minute)]).collect();
    put_feed(town, route_type, &stops, &trips);
}

/// Parcels 300 m and 690 m from each of the three stops, and one out of reach.
const ALONG: [(&str, [f64; 2]); 7] = [
    ("北近", [280.0, 0.0]),
    ("北", [670.0, 0.0]),
    ("中近", [10_280.0, 0.0]),
    ("中", [10_670.0, 0.0]),
    ("南近", [20_280.0, 0.0]),
    ("南", [20_670.0, 0.0]),
    ("遠", [21_100.0, 0.0]),
];

#[test]
fn a_monorail_of_a_timetable_takes_the_reading_of_the_station_of_its_name_or_stays_open() {
    let stations = [station(0.0, "23", "港交通", "北"), station(10_000.0, "15", "港交通", "中")];
    let town = with_feed(town().layer_in("stations", "N02-20_Station.geojson", "", &stations).none("stops"));
    let town = town.parcels(&ALONG);
    line_of(&town, 12);
    let judged = town.judged();
    let near = [("北近", "eligible"), ("中近", "eligible"), ("南近", "eligible")];
    assert_column(&judged, "central", &near);
    // 南 has no station in the layer: within 1,000 m it may count.
    let far = [("北", "ineligible"), ("中", "eligible"), ("南", "undetermined"), ("遠", "ineligible")];
    assert_column(&judged, "central", &far);
    assert_eq!(noticed(&town, "railway-or-tramway"), Some(json!(1)));
    let stops = town.folder.json("kyoten-out/stops.geojson");
    let south: Vec<[&Value; 4]> = stops["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stop| &stop["properties"])
        .filter(|stop| stop["name"] == "南")
        .map(|stop| [&stop["kind"], &stop["peak_trips_lo"], &stop["peak_trips_hi"], &stop["frequent"]])
        .collect();
    assert_eq!(json!(south), json!([["tram", 4.0, 4.0, "sure"], ["rail", 0.0, 4.0, "possible"]]));
}

#[test]
fn a_monorail_beside_a_railway_of_its_name_is_its_own_operators() {
    let stations = |monorail: &str| [station(0.0, "11", "九州旅客鉄道", "北"), station(60.0, "23", monorail, "北")];
    for (operator, far) in [("港交通", "ineligible"), ("港高速鉄道", "undetermined")] {
        let mut drawn = stations(operator).to_vec();
        // The railway itself has no service here, so that the monorail decides.
        drawn[0].1["peak"] = json!(0);
        let keys = ", peak_trips = \"peak\"";
        let town = with_feed(town().layer_in("stations", "N02-20_Station.geojson", keys, &drawn).none("stops"));
        let town = town.parcels(&ALONG);
        line_of(&town, 12);
        assert_column(&town.judged(), "central", &[("北近", "eligible"), ("北", far)]);
    }
}

#[test]
fn what_calls_itself_a_railway_where_the_layer_has_a_tramway_alone_stays_open() {
    let stations = [station(0.0, "24", "港交通", "北"), station(10_000.0, "16", "港交通", "中")];
    let town = with_feed(town().layer_in("stations", "N02-20_Station.geojson", "", &stations).none("stops"));
    let town = town.parcels(&ALONG);
    line_of(&town, 1);
    let wanted = [("北近", "eligible"), ("北", "undetermined"), ("中", "eligible"), ("南", "eligible")];
    assert_column(&town.judged(), "central", &wanted);
}

#[test]
fn trolleybuses_stop_as_buses_do() {
    let town = with_feed(town().none("stations")).parcels(&ALONG);
    line_of(&town, 11);
    assert_column(&town.judged(), "central", &[("北近", "eligible"), ("北", "ineligible")]);
}

/// Three buses from 始点 by 中間 to 終点 within an hour, and one back at nine; at 終点 nobody may get on what ends there.
fn terminus() -> Town {
    let town = with_feed(town().none("stations")).parcels(&[
        ("term", [100.0, 0.0]),
        ("mid", [3_100.0, 0.0]),
        ("start", [6_100.0, 0.0]),
    ]);
    let inward = |minute: u32| ("0", vec![(2, minute, ""), (1, minute + 5, ""), (0, minute + 10, "1")]);
    let outward = ("1", vec![(0, 540, ""), (1, 545, ""), (2, 550, "1")]);
    let trips = [inward(425), inward(445), inward(465), outward];
    put_feed(&town, 3, &[("終点", 0.0), ("中間", 3_000.0), ("始点", 6_000.0)], &trips);
    town
}

#[test]
fn at_a_terminus_what_only_arrives_may_count_or_not() {
    let town = terminus();
    let judged = town.judged();
    assert_column(&judged, "central", &[("term", "undetermined"), ("mid", "eligible"), ("start", "eligible")]);
    let run = town.folder.kyoten(&["peaks", "feed", "--json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |name: &str| {
        let stop = found["stops"].as_array().unwrap().iter().find(|stop| stop["name"] == name).unwrap();
        json!([stop["peak_trips"], stop["peak_trips_range"], stop["trips"]])
    };
    assert_eq!(of("終点"), json!([1, [1, 3], ["t3"]]));
    assert_eq!(of("中間"), json!([3, [3, 3], ["t0", "t1", "t2"]]));
    assert_eq!(of("始点"), json!([3, [3, 3], ["t0", "t1", "t2"]]));
    let table = town.folder.kyoten(&["peaks", "feed"]).stdout;
    assert!(table.contains("~1–3") && table.contains("trips that end at a stop are no departures"), "{table}");
    let table = town.folder.kyoten_in_japanese(&["peaks", "feed"]).stdout;
    assert!(table.contains("~1–3") && table.contains("終点に着くだけの便"), "{table}");
}

#[test]
fn a_row_of_the_table_of_peak_trips_settles_a_terminus_within_its_range_and_no_further() {
    for (trips, status, against) in
        [("3", "eligible", None), ("2", "ineligible", None), ("4", "undetermined", Some(json!(1)))]
    {
        let town = terminus().line("peaks = \"peaks.csv\"");
        town.folder.put("peaks.csv", format!("name,peak_trips\n終点,{trips}\n"));
        assert_column(&town.judged(), "central", &[("term", status), ("mid", "eligible")]);
        assert_eq!(noticed(&town, "peak-against-timetable"), against, "{trips}");
        assert_eq!(noticed(&town, "peak-of-nothing"), None);
    }
}
