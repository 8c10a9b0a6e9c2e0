//! Cells of CSV that a spreadsheet would run or change: told of, and guarded where that is asked for.

use crate::support::{Folder, rows, unwrapped};

/// The sample, one parcel and two facilities of which are named like formulas.
fn city() -> Folder {
    let folder = Folder::with_sample();
    folder.edit("city/parcels.geojson", "\"chiban\": \"1-1\"", "\"chiban\": \"=cmd|'/C calc'!A0\"");
    folder
}

/// What a guard changes gets an apostrophe and nothing else.
fn assert_guarded(plain: &[Vec<String>], guarded: &[Vec<String>]) {
    assert_eq!(plain.len(), guarded.len());
    for (one, other) in plain.iter().flatten().zip(guarded.iter().flatten()) {
        assert!(one == other || *other == format!("'{one}"), "{one} and {other}");
    }
}

fn ids(folder: &Folder, file: &str) -> Vec<String> {
    folder.text(file).lines().skip(1).filter_map(|line| line.split(',').next().map(str::to_owned)).collect()
}

#[test]
fn ids_that_begin_like_formulas_go_out_as_they_are_and_are_told_of() {
    let folder = city();
    let run = folder.run(&["city", "--out", "out", "--no-map", "--format", "csv"]);
    assert_eq!(ids(&folder, "out/parcels.csv")[0], "=cmd|'/C calc'!A0");
    for said in
        ["[parcels.csv] 2 cell(s) that begin like a formula", "`kyoten_id` of parcel 1 (=cmd|'/C calc'!A0)", "--guard"]
    {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
    let ja = folder.kyoten_in_japanese(&["run", "city", "--out", "out", "--no-map", "--format", "csv"]).stdout;
    assert!(ja.contains("表計算ソフトは、これを式として計算します（2件）") && ja.contains("--guard"), "{ja}");
    let notice = |folder: &Folder| {
        let record = folder.json("out/run.json");
        let notices = record["notices"].as_array().unwrap().clone();
        notices.into_iter().filter(|notice| notice["id"].as_str().unwrap().starts_with("cell-")).collect::<Vec<_>>()
    };
    let found = notice(&folder);
    let ids: Vec<&str> = found.iter().map(|notice| notice["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["cell-like-a-date", "cell-like-a-formula"]);
    assert!(found.iter().all(|notice| notice["layer"] == "parcels.csv"));
    // Of other formats no spreadsheet makes formulas.
    folder.run(&["city", "--out", "out", "--no-map"]);
    assert_eq!(notice(&folder), Vec::<serde_json::Value>::new());
}

#[test]
fn a_guard_makes_texts_of_them_and_leaves_numbers_alone() {
    let folder = city();
    folder.run(&["city", "--out", "plain", "--no-map", "--format", "csv"]);
    let run = folder.run(&["city", "--out", "out", "--no-map", "--format", "csv", "--guard"]);
    let [plain, guarded] = ["plain", "out"].map(|run| rows(&folder.text(&format!("{run}/parcels.csv"))));
    assert_guarded(&plain, &guarded);
    assert_eq!([&guarded[1][0], &guarded[2][0]], ["'=cmd|'/C calc'!A0", "'1-2"]);
    // Areas, shares and distances are numbers, and names of stations none that changes.
    let id = |name: &String| ["kyoten_id", "chiban"].contains(&name.as_str());
    for (at, name) in plain[0].iter().enumerate() {
        assert!(id(name) || plain.iter().zip(&guarded).all(|(one, other)| one[at] == other[at]), "{name}");
    }
    assert_eq!(folder.text("out/spacing.csv"), folder.text("plain/spacing.csv"));
    assert!(!run.stdout.contains("which a spreadsheet works out"), "{}", run.stdout);
}

#[test]
fn names_of_facilities_that_stand_too_close_are_guarded_too() {
    let folder = Folder::with_project("", "facilities = { path = \"f.csv\", name = \"name\", kind = \"kind\" }");
    folder.put("f.csv", "name,kind,lat,lon\n@SUM(A1),-1+2,34.9,138.4\n-5,-1+2,34.9001,138.4\n");
    let run = folder.run(&[".", "--out", "out", "--no-map"]);
    assert!(run.stdout.contains("[spacing.csv] 2 cell(s)"), "{}", run.stdout);
    assert!(run.stdout.contains("facilities 1 and 2"), "{}", run.stdout);
    assert!(folder.text("out/spacing.csv").contains("\r\n-1+2,1,@SUM(A1),2,-5,"));
    folder.run(&[".", "--out", "out", "--no-map", "--guard"]);
    assert!(folder.text("out/spacing.csv").contains("\r\n'-1+2,1,'@SUM(A1),2,-5,"));
}

#[test]
fn a_table_of_changes_is_written_by_the_same_door() {
    let folder = Folder::with_sample();
    let run_both = || {
        folder.run(&["city", "--out", "before", "--no-map"]);
        folder.run(&["city", "--out", "after", "--no-map", "--set", "station_radius_m=1", "--set", "stop_radius_m=1"]);
    };
    run_both();
    assert_eq!(folder.kyoten(&["diff", "before", "after", "--out", "plain.csv"]).status, 0);
    let changed = ids(&folder, "plain.csv").remove(0);
    folder.edit("city/parcels.geojson", &format!("\"chiban\": \"{changed}\""), "\"chiban\": \"=cmd|'/C calc'!A0\"");
    run_both();
    let told = folder.kyoten(&["diff", "before", "after", "--out", "changes.csv"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    assert!(ids(&folder, "changes.csv").iter().any(|id| id.starts_with("=cmd")));
    assert!(told.stderr.contains("parcel =cmd|"), "{}", told.stderr);
    let guarded = folder.kyoten(&["diff", "before", "after", "--out", "guarded.csv", "--guard"]);
    assert_eq!((guarded.status, guarded.stderr.as_str()), (0, ""));
    let [plain, guarded] = ["changes.csv", "guarded.csv"].map(|file| rows(&folder.text(file)));
    assert_guarded(&plain, &guarded);
    assert!(guarded.iter().any(|row| row[0].starts_with("'=cmd|")));
    // Without a table there is nothing to guard.
    assert_eq!(folder.kyoten(&["diff", "before", "after", "--guard"]).status, 2);
}

#[test]
fn ids_that_a_spreadsheet_takes_for_days_are_told_of_once() {
    let folder = Folder::with_sample();
    let run = folder.run(&["city", "--out", "out", "--no-map", "--format", "csv"]);
    for said in ["cell(s) that a spreadsheet turns into a date", "`kyoten_id` of parcel 1 (1-1)", "--format xlsx"] {
        assert!(unwrapped(&run.stdout).contains(said), "{said}: {}", run.stdout);
    }
    assert_eq!(ids(&folder, "out/parcels.csv")[0], "1-1");
    let guarded = folder.run(&["city", "--out", "out", "--no-map", "--format", "csv", "--guard"]);
    assert!(!guarded.stdout.contains("turns into a date"), "{}", guarded.stdout);
}
