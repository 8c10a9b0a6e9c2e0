//! What the program says of the programme itself: what a municipality may use, and what a project comes to.

use serde_json::Value;

use crate::schema::faults_of;
use crate::support::{Folder, Run, english_prose};

/// The same in both languages.
fn both(folder: &Folder, arguments: &[&str]) -> [Run; 2] {
    ["en", "ja"].map(|lang| folder.kyoten_with(arguments, &[("KYOTEN_LANG", lang)]))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

/// A project of which everything is said: a direct subsidy to a clinic.
const PROJECT: &str = "\
name = \"駅前診療所\"
kind = \"direct\"
facility = \"central\"
municipality = \"静岡県焼津市\"
[cost]
design = 20_000_001
rent = 0
common = 300_000_000
exclusive = 100_000_000
land_public = 30_000_000
land_other = 0
[municipality_part]
cash = 60_000_000
rent_reduction = 70_000_000
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
one_of_a_kind = false
health_plans = true
";

#[test]
fn a_municipality_is_told_in_both_languages() {
    let folder = Folder::new();
    for (name, asked) in
        [("of_a_town", "焼津"), ("of_a_core_city_by_its_ward", "22101"), ("of_a_city_left_out", "横浜市")]
    {
        for (lang, run) in ["en", "ja"].iter().zip(both(&folder, &["municipality", asked])) {
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{asked}");
            insta::assert_snapshot!(format!("municipality_{name}_in_short_{lang}"), run.stdout);
            assert!(run.stdout.lines().count() <= 30, "{}", run.stdout);
        }
        for (lang, run) in ["en", "ja"].iter().zip(both(&folder, &["municipality", asked, "--all"])) {
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{asked}");
            insta::assert_snapshot!(format!("municipality_{name}_{lang}"), run.stdout);
        }
    }
}

#[test]
fn no_sentence_for_japanese_readers_is_english() {
    let folder = Folder::new();
    folder.put("s.toml", PROJECT);
    for arguments in [&["municipality", "横浜市"][..], &["municipality", "新宿区", "--all"], &["support", "s.toml"]]
    {
        let [_, ja] = both(&folder, arguments);
        assert_eq!(english_prose(&ja.stdout), None, "{arguments:?}");
    }
}

#[test]
fn what_is_meant_by_no_or_several_municipalities_is_refused_and_listed() {
    let folder = Folder::new();
    for (asked, words) in [
        ("府中市", ["東京都府中市 13206", "広島県府中市 34208"]),
        ("北区", ["東京都北区 13117", "大阪府大阪市北区 27127"]),
        ("横浜市北区", ["横浜市北区", "no municipality"]),
        ("222121", ["222121", "7"]),
        ("22299", ["静岡県", "22299"]),
        ("静岡県", ["prefecture", "焼津"]),
        ("ヤイヅ町", ["ヤイヅ町", "no municipality"]),
    ] {
        let run = folder.kyoten(&["municipality", asked]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{asked}");
        assert!(words.iter().all(|word| run.stderr.contains(word)), "{asked}: {}", run.stderr);
    }
}

#[test]
fn the_list_of_a_project_or_of_rules_decides_who_is_left_out() {
    let folder = Folder::with_project("municipality = \"22212\"\nexcluded_municipalities = [\"22212\"]", "");
    let of = |arguments: &[&str]| {
        let run = folder.kyoten(&[&["municipality", "22212", "--json"], arguments].concat());
        json(&run)["density_type"]["is_excluded"].clone()
    };
    assert_eq!((of(&[]), of(&["--project", "."])), (Value::Bool(false), Value::Bool(true)));
    assert_eq!(of(&["--rules", "handbook"]), Value::Null, "those rules leave nobody out");
}

#[test]
fn facilities_that_are_there_are_counted_and_none_is_lost() {
    let folder = Folder::new();
    folder.put(
        "f.csv",
        "name,kind,lon,lat\n市立病院,病院,138.3,34.9\nさくら医院,クリニック,138.31,34.9\n集会所,集会所,138.3,34.9\n不明,,138.3,34.9\n",
    );
    let told = json(&folder.kyoten(&["municipality", "22212", "--facilities", "f.csv", "--json"]));
    assert_eq!(faults_of("municipality", &told), [""; 0]);
    let kinds = told["facilities"][0]["groups"][0]["kinds"].as_array().unwrap();
    let there: Vec<&Value> = kinds.iter().map(|kind| &kind["existing"]).collect();
    assert_eq!(serde_json::to_string(&there).unwrap(), r#"[[],[],["市立病院"],["さくら医院"],[]]"#);
    assert_eq!((&told["existing"]["facilities"], &told["existing"]["without_kind"]), (&4.into(), &1.into()));
    assert_eq!(told["existing"]["other_words"]["集会所"], 1);
    let [en, ja] = both(&folder, &["municipality", "22212", "--facilities", "f.csv", "--all"]);
    assert!(
        en.stdout.contains("1 in the layer (市立病院)") && ja.stdout.contains("レイヤーに1件（市立病院）"),
        "{}",
        ja.stdout
    );
    // The same file as a layer of a project.
    let project = Folder::with_project("", "facilities = \"f.csv\"");
    project.put("f.csv", folder.bytes("f.csv"));
    let of_project = json(&project.kyoten(&["municipality", "22212", "--project", ".", "--json"]));
    assert_eq!(of_project["existing"], told["existing"]);
}

#[test]
fn what_is_told_of_every_sort_of_municipality_conforms() {
    let folder = Folder::new();
    for asked in ["22212", "22101", "横浜市", "特別区部", "東京都千代田区", "那覇"] {
        let run = folder.kyoten(&["municipality", asked, "--json"]);
        assert_eq!(faults_of("municipality", &json(&run)), [""; 0], "{asked}");
    }
}

#[test]
fn a_project_is_reckoned_in_both_languages() {
    let folder = Folder::new();
    folder.put("s.toml", PROJECT);
    for (lang, run) in ["en", "ja"].iter().zip(both(&folder, &["support", "s.toml"])) {
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "one condition is not met");
        insta::assert_snapshot!(format!("support_direct_{lang}"), run.stdout);
    }
    folder.put(
        "open.toml",
        "kind = \"indirect\"\nfacility = \"senior\"\n[cost]\ndesign = 0\ncommon = 1000\nexclusive = 100\nland_public = 0\nland_other = 500\n\
         land_increase = 300\n[municipality_part]\ncash = 700\n",
    );
    for (lang, run) in ["en", "ja"].iter().zip(both(&folder, &["support", "open.toml"])) {
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("support_with_what_is_not_said_{lang}"), run.stdout);
    }
}

#[test]
fn the_example_is_printed_as_it_is_and_can_be_reckoned() {
    let folder = Folder::new();
    let [en, ja] = both(&folder, &["support", "--example"]);
    assert_eq!((en.status, &en.stdout), (0, &ja.stdout));
    folder.put("s.toml", &en.stdout);
    assert_eq!(folder.kyoten(&["support", "s.toml"]).status, 0);
}

#[test]
fn what_every_kind_of_project_comes_to_conforms() {
    let folder = Folder::new();
    folder.put("s.toml", PROJECT);
    folder
        .put("grant.toml", "kind = \"grant\"\nfacility = \"senior\"\nmunicipality = \"横浜市\"\n[cost]\ndesign = 1\n");
    folder.put("indirect.toml", "kind = \"indirect\"\nfacility = \"local\"\nimplementer = \"npo\"\n");
    for file in ["s.toml", "grant.toml", "indirect.toml"] {
        let run = folder.kyoten(&["support", file, "--json"]);
        assert_eq!(faults_of("support", &json(&run)), [""; 0], "{file}");
    }
    let told = json(&folder.kyoten(&["support", "s.toml", "--json"]));
    assert_eq!(told["national"]["lo"], 130_000_000);
}

#[test]
fn a_wrong_file_is_refused_with_line_and_nearest_key() {
    let folder = Folder::new();
    folder.put("s.toml", PROJECT.replace("common", "comon").replace("= 20_000_001", "= \"2000万円\""));
    let [en, ja] = both(&folder, &["support", "s.toml"]);
    assert_eq!((en.status, en.stdout.as_str()), (2, ""));
    assert!(en.stderr.contains("s.toml:6") && en.stderr.contains("20000000"), "{}", en.stderr);
    assert!(en.stderr.contains("s.toml:8") && en.stderr.contains("`common`"), "{}", en.stderr);
    assert_eq!(english_prose(&ja.stderr), None);
    let absent = folder.kyoten(&["support", "absent.toml"]);
    assert!(absent.status == 2 && absent.stderr.contains("--example"), "{}", absent.stderr);
}
