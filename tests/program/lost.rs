//! What is lost of the sample city opens verdicts and makes none.

use serde_json::Value;

use crate::support::{Folder, Run, column, rows};

const ZONES: [&str; 4] = ["central", "local", "senior", "senior_site"];

/// The statuses of every parcel by zone.
fn statuses(folder: &Folder) -> Vec<Vec<String>> {
    let rows = rows(&folder.text("out/parcels.csv"));
    ZONES.iter().map(|zone| rows[1..].iter().map(|row| row[column(&rows, zone)].clone()).collect()).collect()
}

fn run(folder: &Folder) -> Run {
    folder.kyoten(&["run", "city", "--out", "out", "--format", "csv", "--no-map"])
}

/// Runs and makes sure that what is sure was so before; gives the notices of the run, or what it was refused for.
fn assert_only_opened(folder: &Folder, before: &[Vec<String>], what: &str) -> Result<Vec<String>, String> {
    let run = run(folder);
    if run.status == 2 {
        return Err(run.stderr);
    }
    for ((zone, was), is) in ZONES.iter().zip(before).zip(statuses(folder)) {
        for (parcel, (was, is)) in was.iter().zip(is).enumerate() {
            let is_sure = ["eligible", "ineligible"].contains(&is.as_str());
            // An expectation that is not enough for certain any more leaves the parcel to what it is without.
            let is_without = (was.as_str(), is.as_str()) == ("prospective", "ineligible");
            assert!(!is_sure || *was == is || is_without, "{what}: {zone}, parcel {parcel}: {was} → {is}");
        }
    }
    let notices = folder.json("out/run.json")["notices"].clone();
    Ok(notices.as_array().unwrap().iter().map(|notice| notice["id"].as_str().unwrap().to_owned()).collect())
}

/// Changes every `every`th feature of a layer of the city.
fn change(folder: &Folder, name: &str, every: usize, mut how: impl FnMut(&mut Value)) {
    let path = format!("city/{name}");
    let mut layer = folder.json(&path);
    layer["features"].as_array_mut().unwrap().iter_mut().step_by(every).for_each(&mut how);
    folder.put(&path, layer.to_string());
}

#[test]
fn half_of_the_geometries_lost_made_parcels_surely_ineligible() {
    let folder = Folder::with_sample();
    run(&folder);
    let before = statuses(&folder);
    for (layer, told) in [
        ("A16-20_22_DID.geojson", "area-without-place"),
        ("public_land.geojson", "area-without-place"),
        ("A50-20_22999.geojson", "area-without-place"),
        ("N02-20_Station.geojson", "no-place"),
        ("P11-22_22.geojson", "no-place"),
        ("N03-23_22.geojson", "no-polygon"),
    ] {
        let kept = folder.bytes(&format!("city/{layer}"));
        change(&folder, layer, 2, |feature| feature["geometry"] = Value::Null);
        let notices = assert_only_opened(&folder, &before, layer).unwrap();
        assert!(notices.iter().any(|id| id == told), "{layer}: {notices:?}");
        folder.put(&format!("city/{layer}"), kept);
    }
}

#[test]
fn a_class_that_is_not_said_was_taken_for_another_one() {
    let folder = Folder::with_sample();
    run(&folder);
    let before = statuses(&folder);
    for (layer, field) in
        [("public_land.geojson", "kind"), ("A16-20_22_DID.geojson", "A16_002"), ("A50-20_22999.geojson", "A50_006")]
    {
        let kept = folder.bytes(&format!("city/{layer}"));
        change(&folder, layer, 3, |feature| feature["properties"][field] = Value::Null);
        let notices = assert_only_opened(&folder, &before, layer).unwrap();
        assert!(notices.iter().any(|id| id == "class-not-said"), "{layer}: {notices:?}");
        folder.put(&format!("city/{layer}"), kept);
    }
}

#[test]
fn a_facility_at_a_latitude_of_nowhere_made_sites_eligible() {
    let folder = Folder::with_sample();
    run(&folder);
    let before = statuses(&folder);
    let table = folder.bytes("city/facilities.csv");
    let (text, ..) = encoding_rs::SHIFT_JIS.decode(&table);
    let line = text.lines().find(|line| line.contains("老人福祉センター")).unwrap().to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    let latitude = *cells.iter().find(|cell| cell.starts_with("34.")).unwrap();
    for slip in ["0", "3.490140643", "-34.90140643", "90", "349.0"] {
        let slipped = text.replace(&line, &line.replace(latitude, slip));
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&slipped);
        folder.put("city/facilities.csv", bytes);
        if let Ok(notices) = assert_only_opened(&folder, &before, slip) {
            let told = ["coordinates-out-of-reach", "facility-without-place"];
            assert!(notices.iter().any(|id| told.contains(&id.as_str())), "{slip}: {notices:?}");
        }
    }
    // Of parcels it is an error, as a wrong longitude is.
    folder.put("city/facilities.csv", &table);
    change(&folder, "parcels.geojson", 1_000, |feature| feature["geometry"]["coordinates"][0][1][1] = (-34.9).into());
    assert!(assert_only_opened(&folder, &before, "a parcel").unwrap_err().contains("outside the reach"));
}

#[test]
fn nonsense_that_passed_is_refused() {
    let folder = Folder::with_sample();
    change(&folder, "N03-23_22.geojson", 1, |feature| feature["properties"]["N03_007"] = "junk".into());
    let refused = run(&folder);
    assert_eq!(refused.status, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("“junk” is no code of a municipality"), "{}", refused.stderr);
    let folder = Folder::with_sample();
    let census = |people: &str| {
        folder.put("city/people.csv", format!("KEY_CODE,pop,old\n52383771,{people}\n"));
        folder.put(
            "city/people.toml",
            "[layers]\nparcels = \"parcels.geojson\"\ncensus = { path = \"people.csv\", code = \"KEY_CODE\", population = \"pop\", seniors = \"old\" }\n",
        );
        folder.kyoten(&["run", "city/people.toml", "--out", "out", "--no-map"])
    };
    for (people, told) in [("20,30", "more residents aged 65 or over"), ("1e20,1e20", "more than live in Japan")] {
        let refused = census(people);
        assert_eq!(refused.status, 2, "{people}");
        assert!(refused.stderr.contains(told) && refused.stderr.contains("row 1"), "{}", refused.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_a_folder_that_cannot_be_read_is_no_file_that_is_not_there() {
    let folder = Folder::with_sample();
    std::fs::remove_file(folder.path().join("city/kyoten.toml")).unwrap();
    std::os::unix::fs::symlink("nowhere.geojson", folder.path().join("city/more_parcels.geojson")).unwrap();
    for command in [&["run", "city", "--out", "out"][..], &["init", "city"]] {
        let refused = folder.kyoten_with(command, &[]);
        assert_eq!(refused.status, 2, "{}", refused.stdout);
        assert!(refused.stderr.contains("more_parcels.geojson"), "{}", refused.stderr);
    }
    assert!(!folder.path().join("out").exists() && !folder.path().join("city/kyoten.toml").exists());
}
