//! What every command says of a real city, in both languages.
//!
//! The pages name its stops, facilities and parcels: 国土数値情報 (国土交通省), オープンデータ of 焼津市 (CC BY 4.0) and the census of the
//! statistics bureau, edited by counting. The parcels are synthetic, and so are the departures.

#![cfg(unix)]

use crate::support::{Folder, Run, english_prose};
use crate::yaizu::{PEAKS, PROJECT, real};

/// The files, as the project names them.
const REAL: &str = "real";

/// The city with made-up departures of five stops; and beside it what the other commands need: without any, with the stops of a single line,
/// and with half the older residents that the programme asks for, without whom no lot could be a site.
fn city() -> Option<Folder> {
    let real = real()?;
    let folder = Folder::new();
    // Named from the folder: where the files lie shows in no page, not even in how its lines are broken.
    std::os::unix::fs::symlink(real, folder.path().join(REAL)).unwrap();
    let unknown = PROJECT.replace("REAL", REAL);
    let project = unknown.replace("[layers]", "[layers]\npeaks = \"peaks.csv\"");
    let with = |from: &str, to: &str| {
        assert!(project.contains(from), "{from}");
        project.replacen(from, to, 1)
    };
    folder.put("unknown.toml", &unknown).put("kyoten.toml", &project).put("peaks.csv", PEAKS);
    let line = "line = \"路線名\"";
    folder.put("one-line.toml", with(line, &format!("{line}, where = {{ \"路線名\" = \"五十海大住線\" }}")));
    let fewer = with("\n[layers]", "planned_kind = \"通所介護\"\n\n[thresholds]\nmin_seniors_per_ha = 20\n\n[layers]");
    folder.put("sites.toml", fewer);
    Some(folder)
}

/// Compares what is printed in both languages with what it was.
fn held(name: &str, folder: &Folder, status: i32, arguments: &[&str]) {
    for lang in ["ja", "en"] {
        let run: Run = folder.kyoten_with(arguments, &[("KYOTEN_LANG", lang), ("COLUMNS", "100")]);
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        if lang == "ja" {
            assert_eq!(english_prose(&run.stdout), None, "{}", run.stdout);
        }
        insta::assert_snapshot!(format!("{name}_{lang}"), run.stdout);
    }
}

macro_rules! city_or_return {
    () => {
        match city() {
            Some(folder) => folder,
            None => {
                println!("skipped: no real data (KYOTEN_REAL, or ../shared/real)");
                return;
            }
        }
    };
}

#[test]
fn why_a_lot_stands_as_it_does() {
    let folder = city_or_return!();
    held("explain", &folder, 0, &["explain", "kyoten.toml", "234-5"]);
}

#[test]
fn what_to_find_out_first() {
    let folder = city_or_return!();
    held("survey", &folder, 0, &["survey", "one-line.toml"]);
}

/// The plan's own 都市機能誘導区域, published as closed lines, asked as if each were a central zone.
#[test]
fn whether_the_plans_own_areas_hold_as_central_zones() {
    let folder = city_or_return!();
    let plan = "real/yaizu/住まいるシティ拠点エリア_都市機能誘導区域";
    let is_shape = |name: &String| std::path::Path::new(name).extension().is_some_and(|end| end == "shp");
    let shape = folder.names(plan).into_iter().find(is_shape).unwrap();
    held("assess", &folder, 1, &["assess", "kyoten.toml", &format!("{plan}/{shape}")]);
}

#[test]
fn where_a_facility_could_be_built() {
    let folder = city_or_return!();
    held("site", &folder, 0, &["site", "sites.toml"]);
    held("site_most_seniors", &folder, 0, &["site", "sites.toml", "--most", "seniors", "--max", "3"]);
}

#[test]
fn which_facilities_of_a_kind_are_too_close() {
    let folder = city_or_return!();
    held("spacing", &folder, 1, &["spacing", "real/yaizu/要配慮者利用施設/yohairyosya.csv"]);
}

#[test]
fn what_the_municipality_may_use() {
    let folder = city_or_return!();
    held("municipality", &folder, 0, &["municipality", "焼津市", "--all"]);
}

/// A clinic beside 焼津駅, its costs made up for this test.
#[test]
fn what_a_clinic_there_would_be_supported_with() {
    let folder = city_or_return!();
    folder.put("clinic.toml", CLINIC);
    held("support", &folder, 0, &["support", "clinic.toml"]);
}

#[test]
fn what_five_timetables_changed() {
    let folder = city_or_return!();
    for (project, out) in [("unknown.toml", "before"), ("kyoten.toml", "after")] {
        folder.run(&[project, "--out", out, "--no-map", "--format", "csv"]);
    }
    held("diff", &folder, 0, &["diff", "before", "after"]);
}

/// The summary of the run itself.
#[test]
fn what_a_run_says() {
    let folder = city_or_return!();
    held("run", &folder, 0, &["run", "kyoten.toml", "--out", "out", "--no-map", "--format", "csv"]);
}

const CLINIC: &str = "\
name = \"焼津駅前診療所\"
kind = \"direct\"
facility = \"central\"
municipality = \"22212\"
[cost]
design = 20_000_000
rent = 0
common = 300_000_000
exclusive = 100_000_000
land_public = 30_000_000
land_other = 0
[municipality_part]
cash = 90_000_000
rent_reduction = 12_000_000
sale_reduction = 0
[boost]
floor_area_m2 = 180.5
site_area_m2 = 800
designated_floor_area_ratio = 200
joined_sites = false
existing_building = false
mixed_use = false
[conditions]
location_plan = true
one_of_a_kind = true
health_plans = true
";
