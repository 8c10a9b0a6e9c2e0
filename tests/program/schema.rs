//! `run.json`, `times.json` and what `inspect --json`, `diff --json`, `peaks --json` and `assess --json` say against their schemas in `docs/schemas`, with as
//! much of JSON Schema as they use.

use std::path::Path;

use kyoten::discovery::inspect;
use kyoten::inputs::gtfs::read_feeds;
use kyoten::inputs::{InTurn, ReadOptions};
use kyoten::layers::LayerSpec;
use kyoten::notices::Notices;
use kyoten::outputs::{PARCEL_FORMATS, Writing};
use kyoten::pipeline::{self, Options, SiteOptions, SpacingOptions};
use kyoten::project::Project;
use kyoten::queries::Most;
use kyoten::table::ColumnChoice;
use kyoten::transit::Settings;
use kyoten::units::Metres;
use serde_json::{Value, json};

/// Every way in which `value` departs from `schema`; `at` is the place in the document.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    let keywords = schema.as_object().unwrap_or_else(|| panic!("{at}: the schema is no object"));
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            // Remarks, and what is asked of members, below.
            "$schema" | "title" | "description" | "$defs" | "properties" | "additionalProperties" => {}
            "$ref" => {
                let pointer =
                    rule.as_str().and_then(|text| text.strip_prefix('#')).expect("a reference within the file");
                let target = root.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
                faults(value, target, root, at, found);
            }
            "type" => {
                let wanted: Vec<&str> = rule.as_str().into_iter().chain(names(rule)).collect();
                if !wanted.iter().any(|kind| is(value, kind)) {
                    found.push(format!("{at}: {value} is not {}", wanted.join(" or ")));
                }
            }
            "enum" => {
                if !rule.as_array().is_some_and(|values| values.contains(value)) {
                    found.push(format!("{at}: {value} is not one of {rule}"));
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|number| number < rule.as_f64().unwrap()) {
                    found.push(format!("{at}: {value} is below {rule}"));
                }
            }
            "minLength" => {
                if value.as_str().is_some_and(|text| text.chars().count() < rule.as_u64().unwrap() as usize) {
                    found.push(format!("{at}: {value} is shorter than {rule}"));
                }
            }
            "required" => {
                let missing = names(rule).filter(|_| value.is_object()).filter(|name| value.get(name).is_none());
                found.extend(missing.map(|name| format!("{at}: {name} is missing")));
            }
            "items" => {
                for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(item, rule, root, &format!("{at}/{place}"), found);
                }
            }
            other => panic!("{at}: the keyword {other} is not checked here"),
        }
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        match (schema.get("properties").and_then(|known| known.get(name)), schema.get("additionalProperties")) {
            (Some(known), _) => faults(member, known, root, &at, found),
            (None, Some(Value::Bool(false))) => found.push(format!("{at}: not in the schema")),
            (None, Some(other)) if other.is_object() => faults(member, other, root, &at, found),
            _ => {}
        }
    }
}

fn names(rule: &Value) -> impl Iterator<Item = &str> {
    rule.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

/// Every way in which a document departs from the schema of a name.
pub fn faults_of(name: &str, document: &Value) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schemas/{name}.schema.json"));
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut found = Vec::new();
    faults(document, &schema, &schema, "", &mut found);
    found
}

fn faults_of_run(document: &Value) -> Vec<String> {
    faults_of("run", document)
}

fn faults_of_inspections(document: &Value) -> Vec<String> {
    faults_of("inspect", document)
}

fn faults_of_diff(document: &Value) -> Vec<String> {
    faults_of("diff", document)
}

fn faults_of_peaks(document: &Value) -> Vec<String> {
    faults_of("peaks", document)
}

fn run_of(project: &Project, peak_variants: bool) -> Value {
    let place = tempfile::tempdir().unwrap();
    let options = Options {
        out: Some(place.path().join("out")),
        formats: PARCEL_FORMATS.iter().collect(),
        map: true,
        peak_variants,
        sweep: None,
        columns: ColumnChoice::default(),
        writing: Writing::default(),
        study: None,
        cache: None,
        ..Options::default()
    };
    pipeline::run(project, &options, &()).unwrap();
    let read =
        |name: &str| serde_json::from_slice(&std::fs::read(place.path().join("out").join(name)).unwrap()).unwrap();
    assert_eq!(faults_of("times", &read("times.json")), Vec::<String>::new());
    read("run.json")
}

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")
}

#[test]
fn the_run_of_a_city_with_all_layers_conforms() {
    let document = run_of(&Project::open(&sample()).unwrap(), false);
    assert_eq!(faults_of_run(&document), [""; 0]);
    assert!(!document["notices"].as_array().unwrap().is_empty() && !document["open"].as_object().unwrap().is_empty());
}

#[test]
fn the_run_of_parcels_alone_conforms() {
    let text = "layers.parcels = 'parcels.geojson'\nwaive.in-did = '試算'";
    let document = run_of(&Project::parse(text, &sample().join("kyoten.toml")).unwrap(), false);
    assert_eq!(faults_of_run(&document), [""; 0]);
    assert!(document["facility_pairs_too_close"].is_null() && document["public_land_units"].is_null());
}

/// A timetable of two departures, by which `scenario` can change something.
const TIMETABLE: [(&str, &str); 5] = [
    ("routes", "route_id,route_long_name,route_type\nr,港線,3\ns,山線,3\n"),
    ("stops", "stop_id,stop_name,stop_lat,stop_lon\na,港,34.9,138.43\nb,山,34.91,138.43\n"),
    ("calendar_dates", "service_id,date,exception_type\nweekday,20260603,1\n"),
    ("trips", "trip_id,route_id,service_id\nt,r,weekday\nu,s,weekday\n"),
    (
        "stop_times",
        "trip_id,stop_id,stop_sequence,departure_time\nt,a,1,7:00:00\nt,b,2,7:05:00\nu,a,1,7:00:00\nu,b,2,7:05:00\n",
    ),
];

#[test]
fn the_run_of_a_what_if_on_timetables_conforms() {
    let place = tempfile::tempdir().unwrap();
    for (name, table) in TIMETABLE {
        std::fs::write(place.path().join(format!("{name}.txt")), table).unwrap();
    }
    let text = format!(
        "layers.parcels = 'parcels.geojson'\nlayers.gtfs = '{}'\n[scenario]\nnote = '試算'\n\
         layers = {{ urban_zone = 'future_urban_zone.geojson' }}\n\
         stops = [{{ name = '新町', kind = 'bus', at = [138.43, 34.9], lines = ['港線'] }}]\n\
         remove = [{{ route = '山線' }}]\n\
         headway = [{{ route = '港線', minutes = 7.5, from = '07:00', to = '09:00' }}]\n",
        place.path().display()
    );
    let project = Project::parse(&text, &sample().join("kyoten.toml")).unwrap();
    let document = run_of(&project, true);
    assert_eq!(faults_of_run(&document), [""; 0]);
    for has in [
        "/scenario/layers/0",
        "/scenario/stops/0",
        "/scenario/removals/0",
        "/scenario/headways/0",
        "/transit/feeds/0",
        "/peak_variants/0",
    ] {
        assert!(document.pointer(has).is_some(), "{has}: {document}");
    }
}

#[test]
fn what_inspect_says_of_every_file_of_the_sample_conforms() {
    let files = kyoten::inputs::files_of_folder(&sample()).unwrap().layers;
    let mut in_turn = InTurn::default();
    let look = |file: &std::path::PathBuf| json!(inspect(&mut in_turn, file, &ReadOptions::default()).unwrap());
    let seen: Vec<Value> = files.iter().map(look).collect();
    assert!(seen.len() > 10);
    assert_eq!(faults_of_inspections(&Value::from(seen.clone())), [""; 0]);
    for has in ["/taken_for/note", "/problems/0/features/0", "/fields/4/label", "/fields/0/role", "/encoding"] {
        let any = seen.iter().any(|one| one.pointer(has).is_some_and(|value| !value.is_null()));
        assert!(any, "no file of the sample shows {has}");
    }
}

/// Runs on the sample with other numbers, and gives the run a stop of its own.
fn run_with(out: &Path, changed: &[(&str, &str)], stop: &Value) {
    let mut text = std::fs::read_to_string(sample().join("kyoten.toml")).unwrap();
    for (from, to) in changed {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let project = Project::parse(&text, &sample().join("kyoten.toml")).unwrap();
    let options = Options {
        out: Some(out.to_owned()),
        formats: vec![&PARCEL_FORMATS[0]],
        map: false,
        peak_variants: false,
        sweep: None,
        columns: ColumnChoice::default(),
        writing: Writing::default(),
        study: None,
        cache: None,
        ..Options::default()
    };
    pipeline::run(&project, &options, &()).unwrap();
    let geometry = json!({ "type": "Point", "coordinates": [138.403, 34.902] });
    let feature = json!({ "type": "Feature", "properties": stop, "geometry": geometry });
    let stops = json!({ "type": "FeatureCollection", "features": [feature] });
    std::fs::write(out.join("stops.geojson"), stops.to_string()).unwrap();
    let mut run: Value = serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).unwrap();
    run["files"].as_array_mut().unwrap().push(json!("stops.geojson"));
    // As older runs have it: what the files are is not told.
    run.as_object_mut().unwrap().remove("outputs");
    std::fs::write(out.join("run.json"), run.to_string()).unwrap();
}

#[test]
fn what_diff_says_of_two_runs_conforms() {
    let place = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| place.path().join(name));
    let stop = |peak: u32, frequent: &str| {
        json!({ "name": "駅前", "kind": "rail", "source": "layer", "lines": [], "stop_ids": [], "peak_trips_lo": peak,
            "peak_trips_hi": null, "direction": null, "window": null, "frequent": frequent, "connects": "sure" })
    };
    run_with(&a, &[], &stop(12, "sure"));
    let fewer = [("min_peak_trips = 3", "min_peak_trips = 13"), ("planned_kind = ", "# planned_kind = ")];
    run_with(&b, &fewer, &stop(12, "no"));
    let diff = kyoten::queries::diff(&a, &b).unwrap();
    let document = serde_json::to_value(kyoten::queries::diff_document(&diff)).unwrap();
    assert_eq!(faults_of_diff(&document), [""; 0]);
    for has in [
        "/stops/0/zones/central/lost/parcels",
        "/changes/0/criteria/0",
        "/differences/1/key",
        "/stops/0/before/connects",
    ] {
        assert!(document.pointer(has).is_some_and(|value| !value.is_null()), "{has} is not in {document:#}");
    }
    let same = serde_json::to_value(kyoten::queries::diff_document(&kyoten::queries::diff(&a, &a).unwrap())).unwrap();
    assert_eq!(faults_of_diff(&same), [""; 0]);
    assert_eq!(same["nothing_differs"], true);
}

#[test]
fn the_peaks_of_timetables_with_and_without_all_that_may_be_missing_conform() {
    let place = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
    put("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n1,駅前,35,138\n2,港,35.1,138\n3,,,\n");
    put("routes.txt", "route_id,route_type\nR,3\n");
    put("trips.txt", "route_id,service_id,trip_id,direction_id\nR,V,a,1\nR,V,b,\n");
    put(
        "stop_times.txt",
        "trip_id,departure_time,stop_id,stop_sequence\na,7:30:00,1,1\na,7:40:00,2,2\nb,24:30:00,2,1\nb,24:40:00,1,2\n",
    );
    put("calendar_dates.txt", "service_id,date,exception_type\nV,20260401,1\n");
    let peaks = || {
        let mut notices = Notices::default();
        let feeds = read_feeds(Path::new(""), &[place.path().to_string_lossy().into_owned()], &mut notices).unwrap();
        json!(kyoten::queries::peaks(feeds, &Settings::default(), 3.0, &mut notices))
    };
    let bare = peaks();
    assert_eq!(faults_of_peaks(&bare), [""; 0]);
    for empty in
        ["/feeds/0/publisher", "/feeds/0/valid_to", "/stops/2/name", "/stops/2/window", "/stops/2/lon", "/stops/2/kind"]
    {
        assert_eq!(bare.pointer(empty), Some(&Value::Null), "{empty}");
    }
    assert_eq!((&bare["stops"][0]["direction"], &bare["stops"][1]["direction"]), (&json!(1), &json!("2")));
    assert_eq!(
        (&bare["stops"][1]["window"], &bare["stops"][0]["variants"]["mean-7-9"]),
        (&json!(["24:30", "25:30"]), &json!(0.5))
    );

    put("feed_info.txt", "feed_publisher_name,feed_version,feed_start_date,feed_end_date\n市,1,20260401,20270331\n");
    let mut full = peaks();
    assert_eq!(faults_of_peaks(&full), [""; 0]);
    full["stops"][0]["variants"].as_object_mut().unwrap().remove("pole");
    full["stops"][0]["peak_trips"] = json!(0.5);
    full["feeds"][0]["service_day_from"] = json!("a dream");
    let found = faults_of_peaks(&full).join("\n");
    for part in ["pole is missing", "/stops/0/peak_trips", "/feeds/0/service_day_from"] {
        assert!(found.contains(part), "{part} is not in\n{found}");
    }
}

#[test]
fn what_is_said_of_sites_and_of_facilities_too_close_conforms() {
    let project = Project::open(&sample()).unwrap();
    for (most, merge) in [(Most::Sites, false), (Most::Seniors, true)] {
        let options = SiteOptions { most, merge, within: Metres(500.0), ..SiteOptions::default() };
        let report = pipeline::site(&project, &options, &()).unwrap();
        let beside = (report.fixed.as_slice(), report.merged);
        let document = kyoten::queries::site_document(
            &report.answer,
            &report.site_rules,
            &report.question,
            beside,
            &report.from_plane,
        );
        assert_eq!(faults_of("site", &document), [""; 0]);
        assert!(!document["sites"].as_array().unwrap().is_empty());
    }
    let file = sample().join("facilities.csv");
    let spec = LayerSpec { paths: vec![file.to_string_lossy().into_owned()], ..LayerSpec::default() };
    let options = SpacingOptions { spec, closest: Metres(700.0), ..SpacingOptions::default() };
    let report = pipeline::spacing(&options).unwrap();
    let document = kyoten::queries::spacing_document(&report.facts, &report.from_plane);
    assert_eq!(faults_of("spacing", &document), [""; 0]);
    assert_eq!(document["pairs"].as_array().unwrap().len(), 1);
}

#[test]
fn what_assess_says_of_drawn_zones_of_every_kind_conforms() {
    let place = tempfile::tempdir().unwrap();
    let ring = json!([[[138.402, 34.9], [138.406, 34.9], [138.406, 34.903], [138.402, 34.903], [138.402, 34.9]]]);
    let drawn = |zone: &str, geometry: Value| json!({ "type": "Feature", "properties": { "zone": zone, "name": null }, "geometry": geometry });
    let polygon = json!({ "type": "Polygon", "coordinates": ring });
    let features: Vec<Value> =
        ["central", "local", "senior", "senior_site"].map(|zone| drawn(zone, polygon.clone())).into();
    let features: Vec<Value> = features.into_iter().chain([drawn("local", Value::Null)]).collect();
    let path = place.path().join("plan.geojson");
    std::fs::write(&path, json!({ "type": "FeatureCollection", "features": features }).to_string()).unwrap();
    let project = Project::open(&sample()).unwrap();
    let spec = LayerSpec { paths: vec![path.to_string_lossy().into_owned()], ..LayerSpec::default() };
    let report = pipeline::assess(&project, &spec, None, &()).unwrap();
    let document = report.findings().document;
    assert_eq!(faults_of("assess", &document), [""; 0]);
    assert_eq!((&document["features_lost"], document["zones"].as_array().unwrap().len()), (&json!(1), 4));
    for has in ["/zones/0/name", "/zones/3/criteria/2/share"] {
        assert!(document.pointer(has).is_some_and(Value::is_null), "{has}: {document:#}");
    }
    assert!(document.pointer("/zones/1/criteria").unwrap().to_string().contains("one-zone"));
}

#[test]
fn what_departs_from_the_schema_is_seen() {
    let mut document = run_of(&Project::open(&sample()).unwrap(), false);
    document["plane"]["chosen_by"] = json!("a coin");
    document["parcels"]["count"] = json!(-1);
    document["tool"].as_object_mut().unwrap().remove("version");
    document["surprise"] = json!(1);
    document["inputs"][0]["files"][0]["sha256"] = json!("abc");
    let found = faults_of_run(&document).join("\n");
    for part in ["/plane/chosen_by", "/parcels/count: -1", "/tool: version is missing", "/surprise", "/sha256"] {
        assert!(found.contains(part), "{part} is not in\n{found}");
    }
}
