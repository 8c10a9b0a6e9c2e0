//! `--set` and `--sweep`: what other numbers would give, without another project file.

use serde_json::{Value, json};

use crate::support::{Folder, column, rows};

fn counts(folder: &Folder, out: &str) -> Value {
    folder.json(&format!("{out}/run.json"))["counts"].clone()
}

#[test]
fn a_setting_does_what_the_project_file_would() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--no-map", "--set", "station_radius_m=700", "--set", "min_public_land=0.1", "--out", "set"]);
    folder.edit("city/kyoten.toml", "station_radius_m = 1000", "station_radius_m = 700\nmin_public_land = 0.1");
    folder.run(&["city", "--no-map", "--out", "written"]);
    for file in ["parcels.geojson", "zones.geojson"] {
        assert_eq!(folder.text(&format!("set/{file}")), folder.text(&format!("written/{file}")), "{file}");
    }
    let [mut set, written] = ["set", "written"].map(|out| folder.json(&format!("{out}/run.json")));
    let settings = set["project"].as_object_mut().unwrap().remove("set");
    assert_eq!(settings, Some(json!(["station_radius_m=700", "min_public_land=0.1"])));
    assert_eq!(set, written);
}

#[test]
fn a_setting_that_there_is_not_ends_the_run_before_it_begins() {
    let folder = Folder::with_sample();
    let run = folder.kyoten(&["run", "city", "--set", "station_radis_m=700", "--out", "out"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(
        run.stderr.contains("--set station_radis_m=700") && run.stderr.contains("`station_radius_m`"),
        "{}",
        run.stderr
    );
    assert!(!folder.path().join("out").exists());
    let run = folder.kyoten_in_japanese(&["run", "city", "--set", "membership=2"]);
    assert_eq!(crate::support::english_prose(&run.stderr), None);
}

/// What a sweep writes for each of its numbers is what a run with that number counts.
fn agrees(key: &str, range: &str, numbers: &[&str]) {
    let folder = Folder::with_sample();
    folder.run(&["city", "--sweep", &format!("{key}={range}"), "--out", "swept"]);
    assert_eq!(folder.names("swept"), ["run.json", "sweep.csv"]);
    let record = folder.json("swept/run.json");
    let steps = record["sweep"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), numbers.len());
    for (step, number) in steps.iter().zip(numbers) {
        assert_eq!(step["number"].to_string().trim_end_matches(".0"), *number);
        folder.run(&["city", "--no-map", "--set", &format!("{key}={number}"), "--out", "one"]);
        let one = counts(&folder, "one");
        for (zone, by_status) in step["counts"].as_object().unwrap() {
            for (status, count) in by_status.as_object().unwrap() {
                let zero = json!({ "parcels": 0, "hectares": 0.0 });
                assert_eq!(count, one[zone].get(status).unwrap_or(&zero), "{key}={number} {zone} {status}");
            }
        }
    }
    let table = rows(&folder.text("swept/sweep.csv"));
    assert_eq!(table[0], [key, "zone", "status", "parcels", "hectares"]);
    assert_eq!(table.len(), 1 + numbers.len() * 4 * 4);
    let parcels: u64 = table[1..].iter().map(|row| row[column(&table, "parcels")].parse::<u64>().unwrap()).sum();
    assert_eq!(parcels, record["parcels"]["count"].as_u64().unwrap() * 4 * numbers.len() as u64);
}

#[test]
fn every_number_of_a_radius_gives_what_a_run_with_it_gives() {
    agrees("station_radius_m", "600..1000:200", &["600", "800", "1000"]);
    agrees("near_stop_radius_m", "100..200:100", &["100", "200"]);
    agrees("hub_radius_m", "1000..1500:500", &["1000", "1500"]);
}

#[test]
fn every_number_of_units_stops_and_sites_gives_what_a_run_with_it_gives() {
    agrees("min_public_land", "0.1..0.3:0.1", &["0.1", "0.2", "0.3"]);
    agrees("min_seniors_per_ha", "20..40:20", &["20", "40"]);
    agrees("min_peak_trips", "2..4:1", &["2", "3", "4"]);
    agrees("min_site_m2", "200..400:200", &["200", "400"]);
    agrees("facility_spacing_m", "500..700:200", &["500", "700"]);
    agrees("membership", "0..1:0.5", &["0", "0.5", "1"]);
}

#[test]
fn a_sweep_says_what_it_found_in_both_languages() {
    let folder = Folder::with_sample();
    let english = folder.run(&["city", "--sweep", "near_stop_radius_m=50..100:50"]).stdout;
    assert!(english.contains("Parcels while the distance to a stop or station"), "{english}");
    assert!(english.contains("  50 m ") && english.contains("unchanged: central hub zone"), "{english}");
    let japanese = folder.kyoten_in_japanese(&["run", "city", "--sweep", "near_stop_radius_m=50..100:50"]);
    assert_eq!(crate::support::english_prose(&japanese.stdout), None, "{}", japanese.stdout);
}

#[test]
fn a_sweep_that_cannot_be_says_how_one_is_written() {
    let folder = Folder::with_sample();
    for (given, said) in [
        ("station_radius_m", "such as station_radius_m=500..1000:100"),
        ("station_radius=1..2:1", "no such threshold; there are: station_radius_m"),
        ("station_radius_m=1000..500:100", "an end that is not below the beginning"),
        ("station_radius_m=500..1000:0", "a step above 0"),
        ("membership=0..2:1", "its numbers go from 0 to 1"),
        ("station_radius_m=0..100000:1", "for 1000 numbers at most"),
    ] {
        let run = folder.kyoten(&["run", "city", "--sweep", given]);
        assert_eq!(run.status, 2, "{given}");
        assert!(crate::support::unwrapped(&run.stderr).contains(said), "{given}: {}", run.stderr);
    }
    assert!(!folder.path().join("kyoten-out").exists());
}
