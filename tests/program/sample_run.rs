//! `kyoten run` on the sample city: every output as it stands, and what must be true of it whatever it says.

use std::collections::HashSet;

use crate::support::{Folder, column, rows};
use serde_json::Value;
use serde_json::value::RawValue;

/// The columns of the interface, in its order.
const COLUMNS: &str = "kyoten_id area_m2 central local senior senior_site central_lo central_hi local_lo local_hi \
    senior_lo senior_hi in_did_lo in_did_hi near_frequent_transit_lo near_frequent_transit_hi enough_public_land_lo \
    enough_public_land_hi eligible_municipality_lo eligible_municipality_hi near_connected_stop_lo \
    near_connected_stop_hi near_central_hub_lo near_central_hub_hi in_urban_zone_lo in_urban_zone_hi \
    in_induction_area_lo in_induction_area_hi enough_seniors_lo enough_seniors_hi near_stop_lo near_stop_hi \
    in_senior_zone_lo in_senior_zone_hi station station_m stop stop_m any_stop any_stop_m hub_m public_land_ratio_lo \
    public_land_ratio_hi seniors_per_ha_lo seniors_per_ha_hi facility facility_m same_kind_facility \
    same_kind_facility_m maybe_same_kind_facility_m central_zone_id central_zone_as_a_whole";

const ZONES: [&str; 4] = ["central", "local", "senior", "senior_site"];

/// A feature of a GeoJSON file, as text.
#[derive(serde::Deserialize)]
struct Feature<'a> {
    #[serde(borrow)]
    properties: &'a RawValue,
    #[serde(borrow)]
    geometry: &'a RawValue,
}

#[derive(serde::Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
}

fn features(text: &str) -> Vec<Feature<'_>> {
    serde_json::from_str::<Collection<'_>>(text).unwrap().features
}

/// The keys of an object in the order of the text, those that come twice too.
fn keys(object: &RawValue) -> Vec<String> {
    struct Keys;
    impl<'de> serde::de::Visitor<'de> for Keys {
        type Value = Vec<String>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Vec<String>, A::Error> {
            let mut keys = Vec::new();
            while let Some((key, serde::de::IgnoredAny)) = map.next_entry()? {
                keys.push(key);
            }
            Ok(keys)
        }
    }
    serde::Deserializer::deserialize_map(&mut serde_json::Deserializer::from_str(object.get()), Keys).unwrap()
}

macro_rules! golden {
    ($name:literal, $text:expr) => {{
        let text = $text;
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, text) });
    }};
}

#[test]
fn the_outputs_of_the_sample_city() {
    let folder = Folder::with_sample();
    let run = folder.run(&["city", "--out", "out", "--format", "geojson,csv"]);
    assert_eq!(run.stderr, "");

    golden!("summary", run.stdout.trim_end());
    let for_japanese = folder.kyoten_in_japanese(&["run", "city", "--out", "out-ja"]);
    golden!("summary_in_japanese", for_japanese.stdout.trim_end());

    let mut report = folder.json("out/run.json");
    for file in report["inputs"].as_array_mut().unwrap().iter_mut().flat_map(|it| it["files"].as_array_mut().unwrap()) {
        let bytes = folder.bytes(file["path"].as_str().unwrap());
        let hash: Vec<u8> = <sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec();
        let hex: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hex.concat());
        file["sha256"] = Value::from("[that of the file]");
    }
    assert_eq!(report["project"]["settings_sha256"].as_str().unwrap().len(), 64);
    report["project"]["settings_sha256"] = "[that of all that decides]".into();
    for output in report["outputs"].as_array_mut().unwrap() {
        let bytes = folder.bytes(&format!("out/{}", output["file"].as_str().unwrap()));
        assert_eq!(output["bytes"], bytes.len());
        let hash: Vec<u8> = <sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec();
        let hex: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(output["sha256"], hex.concat());
        (output["bytes"], output["sha256"]) = ("[as it is long]".into(), "[that of the file]".into());
    }
    golden!("run_json", serde_json::to_string_pretty(&report).unwrap());

    let zones = folder.text("out/zones.geojson");
    golden!("zones", features(&zones).iter().map(|zone| zone.properties.get()).collect::<Vec<_>>().join("\n"));
    golden!("facilities", folder.text("out/facilities.geojson"));
    golden!("stops", folder.text("out/stops.geojson"));
    golden!("spacing", folder.text("out/spacing.csv").replace("\r\n", "\n").replace('\u{feff}', ""));
    golden!("parcels", some_parcels(&folder.text("out/parcels.csv")));
    assert_eq!(
        folder.names("out"),
        [
            "facilities.geojson",
            "facilities.qml",
            "kyoten.qgz",
            "map.html",
            "parcels.csv",
            "parcels.geojson",
            "parcels.qml",
            "places.geojson",
            "places.qml",
            "run.json",
            "spacing.csv",
            "stops.geojson",
            "stops.qml",
            "times.json",
            "zones.geojson",
            "zones.qml"
        ]
    );
}

/// A few parcels column by column, and the statuses of all: E, P, U and I in the order of the zones.
fn some_parcels(csv: &str) -> String {
    let rows = rows(csv);
    let (header, parcels) = rows.split_first().unwrap();
    let mut text = String::new();
    let chosen = [0, 100, 293, 296].map(|place| &parcels[place]);
    for (place, name) in header.iter().enumerate() {
        let cells: Vec<String> = chosen.iter().map(|parcel| format!("{:<14}", parcel[place])).collect();
        text.push_str(format!("{name:<26} {}", cells.join(" ")).trim_end());
        text.push('\n');
    }
    for parcels in parcels.chunks(10) {
        let letters = |parcel: &Vec<String>| parcel[2..6].iter().map(|status| &status[..1]).collect::<String>();
        let cells: Vec<String> =
            parcels.iter().map(|parcel| format!("{} {}", parcel[0], letters(parcel).to_uppercase())).collect();
        text.push('\n');
        text.push_str(&cells.join(", "));
    }
    text
}

#[test]
fn every_parcel_is_there_in_order_with_its_own_properties_first_and_its_coordinates_as_they_came() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let (input, output) = (folder.text("city/parcels.geojson"), folder.text("out/parcels.geojson"));
    let (input, output) = (features(&input), features(&output));
    assert_eq!((input.len(), output.len()), (300, 300));
    let mut drawn_anew = Vec::new();
    for (place, (before, after)) in input.iter().zip(&output).enumerate() {
        let own = before.properties.get().trim_matches(['{', '}', ' ']);
        assert!(after.properties.get().starts_with(&format!("{{{own},\"kyoten_id\":")), "{}", after.properties);
        let columns = COLUMNS.split_whitespace();
        assert_eq!(
            keys(after.properties),
            ["chiban", "oaza", "chimoku"].into_iter().chain(columns).collect::<Vec<_>>()
        );
        if before.geometry.get() != after.geometry.get() {
            drawn_anew.push(place + 1);
        }
    }
    // Only the parcel whose ring was not closed has other coordinates: GeoJSON has no such ring.
    assert_eq!(drawn_anew, [295]);
    let mended: Value = serde_json::from_str(output[294].geometry.get()).unwrap();
    let ring = mended["coordinates"][0].as_array().unwrap();
    assert_eq!((ring.len(), ring.first()), (5, ring.last()));
}

#[test]
fn a_parcel_without_geometry_keeps_its_place_with_nulls() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let parcel = &folder.json("out/parcels.geojson")["features"][296];
    assert_eq!(parcel["geometry"], Value::Null);
    for name in COLUMNS.split_whitespace() {
        match name {
            "kyoten_id" => assert_eq!(parcel["properties"][name], "75-4"),
            zone if ZONES.contains(&zone) => assert_eq!(parcel["properties"][name], "undetermined"),
            measure => assert_eq!(parcel["properties"][measure], Value::Null, "{measure}"),
        }
    }
}

#[test]
fn strict_asks_for_attention_where_anything_was_skipped_or_mended() {
    let folder = Folder::with_sample();
    let run = folder.kyoten(&["run", "city", "--strict"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(folder.names("kyoten-out").contains(&"run.json".to_owned()));

    // Without the seven odd parcels and the facility that stands nowhere.
    let text = folder.text("city/parcels.geojson");
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().position(|line| line.contains("\"75-1\"")).unwrap();
    lines.truncate(last);
    folder.put("city/parcels.geojson", format!("{}\n]\n}}\n", lines.join("\n").trim_end_matches(',')));
    folder.edit("city/kyoten.toml", "facilities = ", "# facilities = ");
    let run = folder.kyoten(&["run", "city", "--strict"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn csv_is_for_spreadsheets_and_comes_instead_of_geojson() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "csv"]);
    assert!(!folder.names("out").contains(&"parcels.geojson".to_owned()));
    let text = folder.text("out/parcels.csv");
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.matches("\r\n").count(), 301);
    assert_eq!(text.matches('\n').count(), 301);
    let rows = rows(&text);
    // Then what the input knew of them.
    let columns: Vec<&str> = COLUMNS.split_whitespace().collect();
    assert_eq!(rows[0][..columns.len()], columns);
    assert_eq!(rows[0][columns.len()], "chiban");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
}

#[test]
fn json_is_the_report_alone() {
    let folder = Folder::with_sample();
    let run = folder.run(&["city", "--out", "out", "--json"]);
    let printed: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(printed, folder.json("out/run.json"));
}

#[test]
fn its_own_output_is_an_input_like_any_other() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "first", "--format", "geojson,csv"]);
    for (from, to) in [("first", "second"), ("second", "third")] {
        folder.put("city/parcels.geojson", folder.bytes(&format!("{from}/parcels.geojson")));
        folder.run(&["city", "--out", to, "--format", "geojson,csv"]);
        // What the input knew stands behind kyoten's columns, and is more each time.
        let found = |out: &str| -> Vec<Vec<String>> {
            let of_kyoten = COLUMNS.split_whitespace().count();
            let rows = rows(&folder.text(&format!("{out}/parcels.csv")));
            rows.into_iter().map(|row| row[..of_kyoten].to_vec()).collect()
        };
        assert_eq!(found(to), found("first"));
    }
    let third = folder.text("third/parcels.geojson");
    for feature in features(&third) {
        let keys = keys(feature.properties);
        let different: HashSet<&String> = keys.iter().collect();
        assert_eq!(different.len(), keys.len(), "a name comes twice: {keys:?}");
        assert_eq!(keys.len(), 3 + 3 * COLUMNS.split_whitespace().count());
    }
    let parcel = &folder.json("second/parcels.geojson")["features"][0]["properties"];
    assert_eq!(parcel["input_central"], parcel["central"]);
    assert_eq!(parcel["input_area_m2"], parcel["area_m2"]);
}

#[test]
fn statuses_follow_from_the_columns() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "csv"]);
    let rows = rows(&folder.text("out/parcels.csv"));
    let number = |row: &[String], name: &str| row[column(&rows, name)].parse::<f64>().ok();
    let mut seen = HashSet::new();
    for row in rows[1..].iter().filter(|row| !row[1].is_empty()) {
        for zone in ["central", "local", "senior"] {
            let [lo, hi] = ["lo", "hi"].map(|end| number(row, &format!("{zone}_{end}")).unwrap());
            let status = row[column(&rows, zone)].as_str();
            let fits = match status {
                "eligible" => lo >= 0.5,
                "prospective" => lo < 0.5,
                "undetermined" => lo < 0.5 && hi >= 0.5,
                "ineligible" => hi < 0.5,
                _ => false,
            };
            assert!(fits && 0.0 <= lo && lo <= hi && hi <= 1.0, "{}: {zone} is {status} with [{lo}, {hi}]", row[0]);
            seen.insert((zone, status));
        }
        let (area, site) = (number(row, "area_m2").unwrap(), row[column(&rows, "senior_site")].as_str());
        assert!(area >= 300.0 || site == "ineligible", "{}: {area} m² and {site}", row[0]);
        for (zone, criteria) in [
            ("central", ["in_did", "near_frequent_transit", "enough_public_land", "eligible_municipality"]),
            ("local", ["near_connected_stop", "near_central_hub", "in_urban_zone", "eligible_municipality"]),
            ("senior", ["in_induction_area", "enough_seniors", "near_stop", "enough_public_land"]),
        ] {
            for end in ["lo", "hi"] {
                let whole = number(row, &format!("{zone}_{end}")).unwrap();
                for criterion in criteria {
                    let part = number(row, &format!("{criterion}_{end}")).unwrap();
                    assert!(whole <= part + 2e-6, "{}: {zone}_{end} {whole} is more than {criterion} {part}", row[0]);
                }
            }
        }
    }
    assert_eq!(seen.len(), 12, "the sample shows every status of every zone: {seen:?}");
}

#[test]
fn a_waiver_and_thresholds_change_what_they_say_and_are_told() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "before", "--format", "csv"]);
    folder.edit("city/kyoten.toml", "min_peak_trips = 3", "min_peak_trips = 100\nmin_site_m2 = 1000");
    folder.put(
        "city/kyoten.toml",
        format!("{}\n[waive]\nin-induction-area = \"立地適正化計画は策定中\"\n", folder.text("city/kyoten.toml")),
    );
    let run = folder.run(&["city", "--out", "after", "--format", "csv"]);
    for told in [
        "waived: in-induction-area — 立地適正化計画は策定中",
        "changed: min_peak_trips = 100 departures an hour (default 3 departures an hour)",
        "changed: min_site_m2 = 1000 m² (default 300 m²)",
    ] {
        assert!(run.stdout.contains(told), "{told}: {}", run.stdout);
    }
    let report = folder.json("after/run.json");
    assert_eq!(report["rules"]["waived"]["in-induction-area"], "立地適正化計画は策定中");
    assert_eq!(report["rules"]["thresholds"]["min_peak_trips"], 100.0);
    assert_eq!(report["rules"]["thresholds"]["min_site_m2"], 1000.0);

    let [before, after] = ["before", "after"].map(|run| rows(&folder.text(&format!("{run}/parcels.csv"))));
    let count = |rows: &[Vec<String>], zone: &str, status: &str| {
        rows.iter().filter(|row| row[column(rows, zone)] == status).count()
    };
    assert_eq!(count(&after, "central", "eligible"), 0, "no known peak reaches 100");
    assert!(count(&after, "senior", "eligible") > count(&before, "senior", "eligible"));
    let large = |row: &&Vec<String>| row[1].parse::<f64>().is_ok_and(|area| area >= 1000.0);
    assert!(after[1..].iter().filter(|row| row[column(&after, "senior_site")] == "eligible").all(|row| large(&row)));
    // The criterion itself is still measured.
    let at = column(&before, "in_induction_area_lo");
    assert!(before.iter().zip(&after).all(|(before, after)| before[at] == after[at]));
}

#[test]
fn the_newer_rules_ask_for_the_two_induction_areas_alone() {
    let folder = Folder::with_sample();
    let run = folder.run(&["city", "--out", "out", "--format", "csv", "--set", "rules=saihenshu"]);
    assert!(run.stdout.contains("rules: saihenshu — 都市構造再編集中支援事業"), "{}", run.stdout);
    let record = folder.json("out/run.json");
    assert_eq!(record["rules"]["set"], "saihenshu");
    assert_eq!(record["counts"].as_object().unwrap().keys().collect::<Vec<_>>(), ["urban_function", "residence"]);
    let rows = rows(&folder.text("out/parcels.csv"));
    for (zone, share) in [("urban_function", "in_induction_area_lo"), ("residence", "in_residence_area_lo")] {
        let share = column(&rows, share);
        for row in rows[1..].iter().filter(|row| !row[1].is_empty()) {
            let is_inside = row[share].parse::<f64>().unwrap() >= 0.5;
            // The area is expected to be widened.
            let may_be: &[&str] = if is_inside { &["eligible"] } else { &["ineligible", "prospective"] };
            assert!(may_be.contains(&row[column(&rows, zone)].as_str()), "{} {zone}", row[0]);
        }
    }
    // The column of before holds the same as that of the zone which it was.
    let same = |row: &Vec<String>| row[column(&rows, "central")] == row[column(&rows, "urban_function")];
    assert!(rows[1..].iter().all(same));
}

#[test]
fn an_id_that_comes_twice_is_told() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let report = folder.json("out/run.json");
    let notices = report["notices"].as_array().unwrap();
    let notice = notices.iter().find(|notice| notice["id"] == "duplicate-id").unwrap();
    assert_eq!((&notice["count"], &notice["examples"][0]), (&Value::from(1), &Value::from("parcel 300 (1-1)")));
}

#[test]
fn a_run_folder_holds_one_run() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    folder.put("out/notes.txt", "mine");
    folder.run(&["city", "--out", "out", "--format", "csv"]);
    assert_eq!(
        folder.names("out"),
        [
            "facilities.geojson",
            "facilities.qml",
            "map.html",
            "notes.txt",
            "parcels.csv",
            "places.geojson",
            "places.qml",
            "run.json",
            "spacing.csv",
            "stops.geojson",
            "stops.qml",
            "times.json",
            "zones.geojson",
            "zones.qml"
        ]
    );
}
