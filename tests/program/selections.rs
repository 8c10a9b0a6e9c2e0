//! A run of some of the parcels: each has the answers that it has among all, and nobody takes it for a run of all.

use geo::{Coord, Intersects, LineString, Polygon, Rect};
use serde_json::{Value, json};

use crate::schema::faults_of;
use crate::support::Folder;

/// The features of a run's GeoJSON, each as its line has it.
fn lines(folder: &Folder, run: &str) -> Vec<String> {
    let text = folder.text(&format!("{run}/parcels.geojson"));
    let lines = text.lines().filter(|line| line.starts_with("{\"type\":\"Feature\",\"properties\""));
    lines.map(|line| line.trim_end_matches(',').to_owned()).collect()
}

/// The lines of the run of all that a selection made by hand means.
fn chosen(folder: &Folder, is_meant: impl Fn(&Value) -> bool) -> Vec<String> {
    let all = lines(folder, "all");
    assert_eq!(all.len(), 300);
    all.into_iter().filter(|line| is_meant(&serde_json::from_str(line).unwrap())).collect()
}

fn with_all() -> Folder {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "all", "--no-map"]);
    folder
}

fn meets(feature: &Value, [west, south, east, north]: [f64; 4]) -> bool {
    let rectangle = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    let ring = |ring: &Value| -> LineString {
        let point = |at: &Value| Coord { x: at[0].as_f64().unwrap(), y: at[1].as_f64().unwrap() };
        LineString::new(ring.as_array().unwrap().iter().map(point).collect())
    };
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().unwrap().iter().map(ring);
        let shell = rings.next().unwrap();
        Polygon::new(shell, rings.collect())
    };
    let geometry = &feature["geometry"];
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Polygon") => rectangle.intersects(&polygon(coordinates)),
        Some("MultiPolygon") => coordinates.as_array().unwrap().iter().any(|one| rectangle.intersects(&polygon(one))),
        _ => false,
    }
}

#[test]
fn a_box_selects_what_reaches_into_it_with_the_answers_that_it_has_among_all() {
    let folder = with_all();
    let bbox = [138.4265, 34.9, 138.4283, 34.9031];
    let wanted = chosen(&folder, |feature| meets(feature, bbox));
    assert!(wanted.len() > 10 && wanted.len() < 290, "{}", wanted.len());
    let given = "138.4265,34.9,138.4283,34.9031";
    for threads in ["1", "2", "5"] {
        folder.run(&["city", "--out", "some", "--no-map", "--bbox", given, "--threads", threads]);
        assert_eq!(lines(&folder, "some"), wanted, "{threads} threads");
    }
    // The plane is another system, and the same ground: what is given in degrees is looked for in degrees.
    let plane = folder.kyoten(&[
        "run",
        "city",
        "--out",
        "some",
        "--no-map",
        "--bbox",
        given,
        "--format",
        "csv,gpkg,arrow,parquet,ndjson",
    ]);
    assert_eq!(plane.status, 0, "{}", plane.stderr);
    assert_eq!(folder.text("some/parcels.csv").lines().count(), wanted.len() + 1);
    assert_eq!(folder.text("some/parcels.ndjson"), wanted.join("\n") + "\n");
}

/// Options, and by which parcels the same is meant.
type Case<'a> = (&'a [&'a str], &'a dyn Fn(&Value) -> bool);

#[test]
fn conditions_select_by_the_inputs_own_properties() {
    let folder = with_all();
    let own = |feature: &Value, name: &str| feature["properties"][name].as_str().unwrap_or_default().to_owned();
    let cases: [Case<'_>; 5] = [
        (&["--where", "chimoku = 田"], &|parcel| own(parcel, "chimoku") == "田"),
        (&["--where", "chimoku IN ('田', '畑') AND oaza != '東町'"], &|parcel| {
            ["田", "畑"].contains(&own(parcel, "chimoku").as_str())
                && !["東町", ""].contains(&own(parcel, "oaza").as_str())
        }),
        (&["--where", "chimoku=田", "--where", "oaza=西町"], &|parcel| {
            own(parcel, "chimoku") == "田" && own(parcel, "oaza") == "西町"
        }),
        (&["--where", "chimoku is null"], &|parcel| own(parcel, "chimoku").is_empty()),
        (&["--where", "chiban >= '3-'", "--where", "\"chiban\" < '4'"], &|parcel| {
            (own(parcel, "chiban").as_str() >= "3-") && (own(parcel, "chiban").as_str() < "4")
        }),
    ];
    for (arguments, is_meant) in cases {
        let wanted = chosen(&folder, is_meant);
        let run = folder.kyoten(&[&["run", "city", "--out", "some", "--no-map"], arguments].concat());
        if wanted.is_empty() {
            assert!(run.status == 2 && run.stderr.contains("no parcel fits"), "{arguments:?}: {}", run.stderr);
        } else {
            assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
            assert_eq!(lines(&folder, "some"), wanted, "{arguments:?}");
        }
    }
}

#[test]
fn numbers_are_compared_as_numbers_in_every_format_that_holds_them() {
    let folder = Folder::with_sample();
    let mut parcels = folder.json("city/parcels.geojson");
    for (index, feature) in parcels["features"].as_array_mut().unwrap().iter_mut().enumerate() {
        feature["properties"]["n"] = json!(index);
    }
    folder.put("city/parcels.geojson", parcels.to_string());
    folder.run(&["city", "--out", "all", "--no-map", "--format", "geojson,fgb,parquet,gpkg,arrow,ndjson"]);
    for file in [
        "city/parcels.geojson",
        "all/parcels.fgb",
        "all/parcels.parquet",
        "all/parcels.gpkg",
        "all/parcels.arrows",
        "all/parcels.ndjson",
    ] {
        folder.run(&["city", "--parcels", file, "--out", "some", "--no-map", "--where", "n < 10 AND n != 3.0"]);
        let numbers: Vec<u64> = lines(&folder, "some")
            .iter()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["properties"]["n"].as_u64().unwrap())
            .collect();
        assert_eq!(numbers, [0, 1, 2, 4, 5, 6, 7, 8, 9], "{file}");
    }
}

#[test]
fn a_limit_takes_the_first_of_those_that_fit() {
    let folder = with_all();
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "7"]);
    assert_eq!(lines(&folder, "some"), lines(&folder, "all")[..7]);
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "5", "--where", "chimoku = 畑"]);
    assert_eq!(lines(&folder, "some"), chosen(&folder, |feature| feature["properties"]["chimoku"] == "畑")[..5]);
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "100000"]);
    assert_eq!(lines(&folder, "some"), lines(&folder, "all"));
}

#[test]
fn a_parcel_without_an_id_keeps_the_number_that_it_has_among_all() {
    let folder = Folder::with_sample();
    folder.edit("city/kyoten.toml", r#"{ path = "parcels.geojson", id = "chiban" }"#, "\"parcels.geojson\"");
    folder.run(&["city", "--out", "all", "--no-map"]);
    folder.run(&["city", "--out", "some", "--no-map", "--where", "chimoku = 畑", "--limit", "9"]);
    assert_eq!(lines(&folder, "some"), chosen(&folder, |feature| feature["properties"]["chimoku"] == "畑")[..9]);
}

/// A zone's land does not hang on which parcels are asked about; how many of these lie in it does.
#[test]
fn candidate_zones_are_those_of_all_parcels_and_count_the_selected_ones() {
    let folder = with_all();
    folder.run(&["city", "--out", "some", "--no-map", "--where", "chimoku = 田"]);
    let zones = |run: &str| folder.json(&format!("{run}/zones.geojson"))["features"].as_array().unwrap().clone();
    let (all, some) = (zones("all"), zones("some"));
    assert!(!all.is_empty());
    let total = |zones: &[Value]| zones.iter().map(|zone| zone["properties"]["parcels"].as_u64().unwrap()).sum::<u64>();
    assert!(total(&some) < total(&all) && total(&some) > 0);
    let without = |zones: &[Value]| -> Vec<Value> {
        let mut zones = zones.to_vec();
        for zone in &mut zones {
            zone["properties"]["parcels"] = Value::Null;
        }
        zones
    };
    assert_eq!(without(&some), without(&all));
    for file in ["places.geojson", "stops.geojson", "facilities.geojson", "spacing.csv"] {
        assert!(folder.bytes(&format!("some/{file}")) == folder.bytes(&format!("all/{file}")), "{file}");
    }
}

#[test]
fn what_was_selected_is_said_and_recorded() {
    let folder = with_all();
    let arguments = ["city", "--out", "some", "--bbox", "138,34,139,35", "--where", "chimoku = 田", "--limit", "12"];
    let run = folder.run(&arguments);
    let said = "only 12 of the 300 parcels of the input";
    assert!(run.stdout.contains(said) && run.stdout.contains("selection: 12 of 300 parcels"), "{}", run.stdout);
    let japanese = folder.kyoten_in_japanese(&[&["run"], &arguments[..]].concat());
    assert!(japanese.stdout.contains("入力の300筆から選んだ12筆だけの結果です"), "{}", japanese.stdout);
    let record = folder.json("some/run.json");
    let wanted = json!({ "bbox": [138.0, 34.0, 139.0, 35.0], "where": ["chimoku = 田"], "limit": 12, "of": 300 });
    assert_eq!((&record["selection"], &record["parcels"]["count"]), (&wanted, &json!(12)));
    assert_eq!(faults_of("run", &record), [""; 0]);
    assert!(record["project"]["name"].as_str().unwrap().contains("(selection: 12 of 300 parcels)"));
    assert_eq!(folder.kyoten(&["map", "some", "--svg", "some.svg"]).status, 0);
    assert!(folder.text("some.svg").contains("架空市 (selection: 12 of 300 parcels)"));
    assert!(folder.json("all/run.json").get("selection").is_none());
}

#[test]
fn a_diff_with_the_run_of_all_tells_of_the_selection() {
    let folder = with_all();
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "12"]);
    let diff = folder.kyoten(&["diff", "all", "some", "--json"]);
    assert_eq!(diff.status, 0, "{}", diff.stderr);
    let document: Value = serde_json::from_str(&diff.stdout).unwrap();
    assert_eq!(faults_of("diff", &document), [""; 0]);
    let found = document["differences"].as_array().unwrap().iter().filter(|one| one["group"] == "selection");
    assert_eq!(found.map(|one| one["key"].as_str().unwrap()).collect::<Vec<_>>(), ["limit", "of"]);
    let printed = folder.kyoten_in_japanese(&["diff", "all", "some"]);
    assert!(printed.stdout.contains("筆の選択"), "{}", printed.stdout);
}

#[test]
fn a_parcel_that_was_not_selected_is_looked_for_among_all() {
    let folder = with_all();
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "2"]);
    assert_eq!(folder.kyoten(&["explain", "some", "1-2"]).status, 0);
    let refused = folder.kyoten(&["explain", "some", "75-4"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("a selection of the 300 parcels of its input: --limit 2"), "{}", refused.stderr);
}

/// A survey, and sites, are of all parcels.
#[test]
fn nothing_is_added_to_a_run_of_a_selection() {
    let folder = with_all();
    folder.run(&["city", "--out", "some", "--no-map", "--limit", "250"]);
    let before = folder.contents();
    for command in [&["survey", "city"][..], &["site", "city", "--max", "2"]] {
        let refused = folder.kyoten(&[command, &["--out", "some"]].concat());
        assert_eq!(refused.status, 2, "{command:?}");
        assert!(refused.stderr.contains("the run is of a selection (--limit 250)"), "{}", refused.stderr);
    }
    assert_eq!(folder.contents(), before);
}

#[test]
fn a_selection_fits_a_prepared_study_and_the_cache() {
    let folder = with_all();
    folder.kyoten(&["prepare", "city", "--out", "city.kyoten"]);
    let wanted = chosen(&folder, |feature| feature["properties"]["chimoku"] == "田");
    let arguments = ["run", "city", "--out", "some", "--no-map", "--where", "chimoku = 田"];
    let kept = folder.kyoten(&[&arguments[..], &["--study", "city.kyoten"]].concat());
    assert_eq!((kept.status, lines(&folder, "some")), (0, wanted.clone()), "{}", kept.stderr);
    for _ in 0..2 {
        let cached = folder.kyoten_with(&arguments, &[("KYOTEN_CACHE", "cache")]);
        assert_eq!((cached.status, lines(&folder, "some")), (0, wanted.clone()), "{}", cached.stderr);
    }
    assert_eq!(folder.names("cache").len(), 1);
}

#[test]
fn a_sweep_counts_the_selected_parcels() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "swept", "--sweep", "station_radius_m=500..1000:500", "--limit", "30"]);
    let record = folder.json("swept/run.json");
    assert_eq!((&record["parcels"]["count"], &record["selection"]["of"]), (&json!(30), &json!(300)));
    for step in record["sweep"]["steps"].as_array().unwrap() {
        let counts = step["counts"]["central"].as_object().unwrap().values();
        assert_eq!(counts.map(|count| count["parcels"].as_u64().unwrap()).sum::<u64>(), 30);
    }
}

#[test]
fn what_cannot_be_selected_says_why_and_writes_nothing() {
    let folder = Folder::with_sample();
    for (arguments, said) in [
        (["--bbox", "34.8,138.3,34.9,138.5"], "latitude stands before longitude"),
        (["--bbox", "138.5,34.8,138.3,34.9"], "the west is not less than the east"),
        (["--bbox", "138.3,34.9,138.5,34.8"], "the south is not less than the north"),
        (["--bbox", "-41000,-130000,-40000,-129000"], "no longitude or latitude in degrees"),
        (["--bbox", "138.3,34.8,138.5"], "write four numbers W,S,E,N"),
        (["--bbox", "135,35,135.1,35.1"], "the parcels lie within W,S,E,N = 138.399481,"),
        (["--where", "chimok = 田"], "chimoku"),
        (["--where", "chimoku = 海"], "no parcel fits --where \"chimoku = 海\""),
        (["--where", "chimoku = 田 or oaza = 東町"], "there is no OR"),
        (["--where", "chimoku 田"], "write `column sign value`"),
        (["--limit", "0"], "write a number of 1 or more"),
    ] {
        let refused = folder.kyoten(&[&["run", "city", "--out", "out"], &arguments[..]].concat());
        assert_eq!(refused.status, 2, "{arguments:?}");
        assert!(refused.stderr.contains(said), "{arguments:?}: {}", refused.stderr);
        assert_eq!(folder.names(""), ["city"], "{arguments:?}");
        let japanese = folder.kyoten_in_japanese(&[&["run", "city", "--out", "out"], &arguments[..]].concat());
        assert!(crate::support::english_prose(&japanese.stderr).is_none(), "{}", japanese.stderr);
    }
}
