//! What a what-if changes, as worked out by hand, and that it says that it is one.

use serde_json::{Value, json};

use super::city::{STOPS, THREE, TWO, city, run, statuses};
use super::layers;
use crate::support::Folder;

pub const EVERY_FIVE_MINUTES: &str = "[scenario]\nnote = \"2027 再編案\"\n\n[[scenario.headway]]\nroute = \"東線\"\nminutes = 5\n\
    from = \"07:00\"\nto = \"09:00\"\n";

/// What the run says of its scenario, after the checks that hold for every one.
fn supposed(folder: &Folder, told: &str) -> Value {
    let report = folder.json("out/run.json");
    assert_eq!(report["scenario"]["note"], "2027 再編案");
    assert_eq!(report["project"]["name"], "港市 (what-if: 2027 再編案)");
    assert!(told.contains("what if (仮定): 2027 再編案"), "{told}");
    report["scenario"].clone()
}

fn scenario(edit: &str) -> String {
    format!("[scenario]\nnote = \"2027 再編案\"\n\n{edit}\n")
}

#[test]
fn a_stop_that_is_added_makes_its_surroundings_eligible() {
    let stop = |peak: &str| {
        scenario(&format!(
            "[[scenario.stops]]\nname = \"新町\"\nkind = \"bus\"\nat = [138.4035, 34.9]\n{peak}\n\
             lines = [{{ operator = \"港バス\", name = \"東線\" }}]"
        ))
    };
    let folder = city(&TWO, &layers(), &stop("peak_trips = 4"));
    let told = run(&folder).stdout;
    // 新町 stands 320 m east of the middle: parcel A is 80 m from it, parcel B 380 m.
    assert_eq!(statuses(&folder, "central", "ABC"), ["eligible", "eligible", "ineligible"]);
    let said = supposed(&folder, &told);
    assert_eq!((&said["stops"][0]["name"], &said["stops"][0]["peak_trips"]), (&json!("新町"), &json!(4.0)));
    assert!(told.contains("1 stop added"), "{told}");
    let stops = folder.json("out/stops.geojson");
    let sources: Vec<&Value> =
        stops["features"].as_array().unwrap().iter().map(|stop| &stop["properties"]["source"]).collect();
    assert_eq!(sources.iter().filter(|source| ***source == json!("scenario")).count(), 1);
    // One of which nobody knows the service settles nothing.
    let folder = city(&TWO, &layers(), &stop(""));
    run(&folder);
    assert_eq!(statuses(&folder, "central", "A"), ["undetermined"]);
}

#[test]
fn a_route_that_is_taken_away_takes_the_zones_with_it_and_leaves_nothing_unknown() {
    for layers in [layers(), "stations = []\ngtfs = [\"bus\"]\n".to_owned()] {
        let folder = city(&THREE, &layers, &scenario("[[scenario.remove]]\nroute = \"b1\""));
        let told = run(&folder).stdout;
        assert_eq!(statuses(&folder, "central", "ABCD"), ["ineligible"; 4]);
        assert_eq!(statuses(&folder, "local", "CD"), ["ineligible"; 2]);
        let said = supposed(&folder, &told);
        assert_eq!(said["removals"], json!([{ "routes": ["b1"], "trips": 5 }]));
        assert!(told.contains("5 trips removed"), "{told}");
    }
    // Without any bus there is no stop left, and that is known.
    let both = scenario("[[scenario.remove]]\nroute = \"b1\"\n\n[[scenario.remove]]\nroute = \"b2\"");
    for layers in [layers(), "stations = []\ngtfs = [\"bus\"]\n".to_owned()] {
        let folder = city(&THREE, &layers, &both);
        run(&folder);
        assert_eq!(statuses(&folder, "central", "ABCD"), ["ineligible"; 4]);
    }
}

#[test]
fn single_trips_that_are_taken_away_lower_the_peak() {
    let folder = city(&THREE, &layers(), &scenario("[[scenario.remove]]\ntrips = [\"b1-0-480\"]"));
    run(&folder);
    assert_eq!(statuses(&folder, "central", "A"), ["ineligible"]);
}

#[test]
fn a_headway_raises_the_peak_or_lowers_it() {
    let every = |minutes: u32| {
        scenario(&format!(
            "[[scenario.headway]]\nroute = \"b1\"\nminutes = {minutes}\nfrom = \"07:00\"\nto = \"09:00\"\ndirection = 0"
        ))
    };
    for (bus, minutes, status) in [(&TWO, 20, "eligible"), (&THREE, 30, "ineligible")] {
        let folder = city(bus, &layers(), &every(minutes));
        let told = run(&folder).stdout;
        assert_eq!(statuses(&folder, "central", "A"), [status], "every {minutes} minutes");
        let said = supposed(&folder, &told);
        assert_eq!(said["headways"][0]["minutes"], f64::from(minutes));
        assert!(told.contains(&format!("b1 every {minutes} min from 07:00 to 09:00")), "{told}");
    }
}

#[test]
fn a_route_that_no_timetable_has_is_refused_and_nothing_written() {
    let folder = city(&THREE, &layers(), &scenario("[[scenario.remove]]\nroute = \"b9\""));
    let before = folder.contents();
    let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("b9") && run.stderr.contains("kyoten.toml"), "{}", run.stderr);
    assert_eq!(folder.contents(), before);
    // Nor can timetables be changed that are not there.
    let folder = city(&THREE, STOPS, &scenario("[[scenario.remove]]\nroute = \"b1\""));
    assert_eq!(folder.kyoten(&["run", "kyoten.toml", "--out", "out"]).status, 2);
}
