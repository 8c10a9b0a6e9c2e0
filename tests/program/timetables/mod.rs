//! Runs on timetables of a small made city, through the program: what they settle, what switches and a what-if change.

mod city;
mod scenario;

use self::city::{STOPS, THREE, TWO, city, put_trains, run, statuses};
use serde_json::json;

const GTFS: &str = "gtfs = [\"bus\"]\n";

fn layers() -> String {
    format!("{STOPS}{GTFS}")
}

#[test]
fn three_departures_an_hour_make_a_central_zone_and_two_do_not() {
    let folder = city(&THREE, &layers(), "");
    run(&folder);
    assert_eq!(statuses(&folder, "central", "ABCD"), ["eligible", "ineligible", "ineligible", "ineligible"]);
    let folder = city(&TWO, &layers(), "");
    run(&folder);
    assert_eq!(statuses(&folder, "central", "ABCD"), ["ineligible"; 4]);
}

#[test]
fn an_hour_of_the_clock_may_hold_fewer() {
    let folder = city(&THREE, &layers(), "[transit]\nwindow = \"clock-hour\"");
    run(&folder);
    assert_eq!(statuses(&folder, "central", "A"), ["ineligible"]);
    assert_eq!(folder.json("out/run.json")["transit"]["rule"], "clock-hour");
}

#[test]
fn a_one_seat_ride_connects_and_the_name_of_a_line_does_not_unless_one_may_change() {
    let folder = city(&THREE, &layers(), "");
    run(&folder);
    assert_eq!(statuses(&folder, "local", "CD"), ["eligible", "ineligible"]);
    let folder = city(&THREE, &layers(), "[transit]\ntransfers = 1");
    run(&folder);
    assert_eq!(statuses(&folder, "local", "CD"), ["eligible", "eligible"]);
    // At 7:10 in 東, and on from there at 7:15; not at 7:05.
    folder.edit("bus/stop_times.txt", "07:15:00,07:15:00,p1", "07:05:00,07:05:00,p1");
    run(&folder);
    assert_eq!(statuses(&folder, "local", "CD"), ["eligible", "ineligible"]);
    // Without a central zone there is nothing to connect to.
    let folder = city(&TWO, &layers(), "");
    run(&folder);
    assert_eq!(statuses(&folder, "local", "CD"), ["ineligible", "ineligible"]);
}

#[test]
fn the_report_names_rule_edition_and_day_and_the_summary_tells_them() {
    let folder = city(&THREE, &layers(), "");
    let told = run(&folder).stdout;
    let report = folder.json("out/run.json");
    let transit = &report["transit"];
    assert_eq!(
        (&transit["rule"], &transit["transfers"], &transit["day"]),
        (&json!("standard"), &json!(0), &json!(null))
    );
    let feed = &transit["feeds"][0];
    assert_eq!((&feed["publisher"], &feed["version"]), (&json!("港市"), &json!("v7")));
    assert_eq!(feed["service_day"], "2026-04-01");
    assert_eq!(feed["service_day_from"], "representative weekday");
    assert_eq!((&feed["trips"], &feed["departures"]), (&json!(6), &json!(6)));
    assert!(report["scenario"].is_null());
    assert!(told.contains("timetables (時刻表): 1, counted on 2026-04-01, rule standard"), "{told}");
    let input = report["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "gtfs").unwrap();
    assert_eq!(input["files"].as_array().unwrap().len(), 7);

    let folder = city(&THREE, &layers(), "[transit]\nday = 2026-06-05\nunit = \"pole\"");
    run(&folder);
    let transit = folder.json("out/run.json")["transit"].clone();
    assert_eq!((&transit["rule"], &transit["day"]), (&json!("pole"), &json!("2026-06-05")));
    assert_eq!(transit["feeds"][0]["service_day_from"], "given");
}

#[test]
fn stops_are_written_with_what_is_known_of_each() {
    let folder = city(&THREE, &layers(), "");
    run(&folder);
    insta::assert_snapshot!("stops", folder.text("out/stops.geojson"));
}

#[test]
fn trains_of_a_timetable_give_a_station_of_the_layer_its_service() {
    let layers = "stations = \"N02-20_Station.geojson\"\nstops = \"P11-22_22.geojson\"\n";
    for (feeds, status, peak) in [
        ("gtfs = [\"bus\"]\n", "undetermined", json!([0.0, null])),
        ("gtfs = [\"bus\", \"rail\"]\n", "eligible", json!([3.0, 3.0])),
    ] {
        let folder = city(&TWO, &format!("{layers}{feeds}"), "");
        put_trains(&folder);
        run(&folder);
        // 900 m from the platform's end.
        assert_eq!(statuses(&folder, "central", "A"), [status]);
        let stops = folder.json("out/stops.geojson");
        let named = |feature: &&serde_json::Value| feature["properties"]["kind"] == "rail";
        let station = stops["features"].as_array().unwrap().iter().find(named).unwrap();
        let about = &station["properties"];
        assert_eq!((&about["name"], &station["geometry"]["type"]), (&json!("港"), &json!("LineString")));
        assert_eq!(json!([about["peak_trips_lo"], about["peak_trips_hi"]]), peak);
    }
}

#[test]
fn timetables_stand_for_the_layer_of_stops_where_it_is_not_given() {
    let folder = city(&THREE, &format!("stations = []\n{GTFS}"), "");
    let told = run(&folder).stdout;
    assert_eq!(statuses(&folder, "central", "AB"), ["eligible", "ineligible"]);
    assert_eq!(statuses(&folder, "local", "CD"), ["eligible", "ineligible"]);
    let report = folder.json("out/run.json");
    let notices = report["notices"].as_array().unwrap();
    let notice = notices.iter().find(|notice| notice["id"] == "of-timetables-alone").unwrap();
    assert_eq!((&notice["layer"], &notice["severity"]), (&json!("stops"), &json!("warning")));
    assert!(told.contains(notice["what"].as_str().unwrap()), "{told}");
    let missing = report["missing_layers"].as_array().unwrap();
    assert!(!missing.contains(&json!("stops")), "{missing:?}");
    // Of stations nobody has said anything.
    let folder = city(&TWO, GTFS, "");
    run(&folder);
    assert_eq!(statuses(&folder, "central", "A"), ["undetermined"]);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let folder = city(&THREE, &layers(), scenario::EVERY_FIVE_MINUTES);
    for threads in ["1", "2"] {
        folder.run(&["kyoten.toml", "--out", threads, "--threads", threads, "--format", "csv,geojson"]);
    }
    for name in ["parcels.csv", "parcels.geojson", "zones.geojson", "stops.geojson"] {
        assert_eq!(folder.bytes(&format!("1/{name}")), folder.bytes(&format!("2/{name}")), "{name}");
    }
}

#[test]
fn what_other_rules_of_counting_would_change_is_what_a_run_under_them_gives() {
    let folder = city(&THREE, &layers(), "");
    let told = folder.run(&["kyoten.toml", "--out", "out", "--format", "csv", "--peak-variants"]).stdout;
    let report = folder.json("out/run.json");
    let variants = report["peak_variants"].as_array().unwrap();
    let rules: Vec<&str> = variants.iter().filter_map(|variant| variant["rule"].as_str()).collect();
    assert_eq!(rules, ["clock-hour", "mean-7-9", "pole", "group-and-route", "both-directions"]);
    let (standard, ha) = (statuses(&folder, "central", "ABCD"), 0.04);
    for (rule, switch) in [("clock-hour", "window = \"clock-hour\""), ("pole", "unit = \"pole\"")] {
        let variant = variants.iter().find(|variant| variant["rule"] == rule).unwrap();
        let other = city(&THREE, &layers(), &format!("[transit]\n{switch}"));
        run(&other);
        let under_it = statuses(&other, "central", "ABCD");
        let changed = standard.iter().zip(&under_it).filter(|(one, other)| one != other).count();
        let central: Vec<_> =
            variant["changes"].as_array().unwrap().iter().filter(|change| change["zone"] == "central").collect();
        let parcels: u64 = central.iter().filter_map(|change| change["parcels"].as_u64()).sum();
        assert_eq!(parcels as usize, changed, "{rule}");
        assert!(central.iter().all(|change| (change["hectares"].as_f64().unwrap() - ha).abs() < 1e-3), "{central:?}");
    }
    let clock = variants[0].clone();
    assert_eq!((&clock["stops_lost"], &clock["stops_gained"]), (&json!(["中央"]), &json!([])));
    assert!(told.contains("clock-hour: 0 stop(s) would reach the peak service, 1 no more"), "{told}");
    assert!(told.contains("eligible → ineligible"), "{told}");
    // Who does not ask is not told.
    run(&folder);
    assert_eq!(folder.json("out/run.json")["peak_variants"], json!(null));
}

#[test]
fn a_timetable_that_no_longer_holds_is_used_and_warned_of_and_the_files_do_not_say_when() {
    let folder = city(&THREE, &layers(), "");
    run(&folder);
    let holding = folder.text("out/parcels.csv");
    let feed_info = "feed_publisher_name,feed_version,feed_start_date,feed_end_date\n港市,v6,20200401,20210331\n";
    let calendar = folder.text("bus/calendar.txt").replace("20260401,20270331", "20200401,20210331");
    folder.put("bus/feed_info.txt", feed_info).put("bus/calendar.txt", calendar);
    let told = run(&folder);
    assert!(told.stderr.contains("was valid to 2021-03-31; it is used as it is"), "{}", told.stderr);
    assert!(!told.stdout.contains("used as it is"), "{}", told.stdout);
    assert_eq!(folder.text("out/parcels.csv"), holding);
    assert_eq!(folder.json("out/run.json")["transit"]["feeds"][0]["service_day"], "2020-04-01");
}
