//! Several timetables at once: lines run jointly, editions, days on which one of them does not hold.

use serde_json::json;

use super::made::{Feed, of, peaks};
use crate::support::Folder;

/// The same stops under ids of its own.
fn other_ids() -> Vec<(&'static str, &'static str)> {
    vec![("x1", "駅前"), ("x2", "市役所前"), ("x3", "港")]
}

#[test]
fn a_line_that_two_operators_run_jointly_is_counted_once() {
    let folder = Folder::new();
    Feed::default().put(&folder, "one");
    let other = Feed { publisher: "架空電鉄", route: "77", course: other_ids(), ..Feed::default() };
    other.put(&folder, "other");
    let (found, run) = peaks(&folder, &["one", "other"]);
    // 07:20, 07:50 and 08:10; 07:00 is an hour and more before the last.
    assert_eq!((of(&found, "駅前"), of(&found, "市役所前"), of(&found, "港")), (vec![3], vec![3], vec![0]));
    assert_eq!(found["stops"][0]["stop_ids"], json!(["1", "x1"]));
    assert!(run.stderr.contains("8 departure(s) that two timetables have"), "{}", run.stderr);

    // Another line, another terminus, or a minute later is another bus.
    for other in [
        Feed { line: "西線", course: other_ids(), publisher: "架空電鉄", ..Feed::default() },
        Feed {
            course: vec![("x1", "駅前"), ("x2", "市役所前"), ("x3", "山")],
            publisher: "架空電鉄",
            ..Feed::default()
        },
        Feed {
            starts: vec!["07:01", "07:21", "07:51"], course: other_ids(), publisher: "架空電鉄", ..Feed::default()
        },
    ] {
        other.put(&folder, "other");
        let (found, run) = peaks(&folder, &["one", "other"]);
        assert!(of(&found, "駅前")[0] > 4, "{}: {found}", other.line);
        assert!(!run.stderr.contains("two timetables"), "{}", run.stderr);
    }
}

#[test]
fn of_two_editions_the_newer_is_counted_and_the_older_is_told_of() {
    let folder = Folder::new();
    Feed { valid: ["20250401", "20260331"], starts: vec!["07:00"], ..Feed::default() }.put(&folder, "feeds/b-2025");
    Feed::default().put(&folder, "feeds/a-2026");
    let (found, run) = peaks(&folder, &["feeds"]);
    assert_eq!((of(&found, "駅前"), &found["date"]), (vec![3], &json!("2026-04-01")));
    assert_eq!(found["feeds"].as_array().unwrap().len(), 1);
    assert!(run.stderr.contains("feeds/b-2025, for feeds/a-2026"), "{}", run.stderr);
    // A day on which the older holds asks for the older.
    let (found, _) = peaks(&folder, &["feeds", "--date", "2025-06-03"]);
    assert_eq!((of(&found, "駅前"), &found["feeds"][0]["version"]), (vec![1], &json!("20250401版")));
}

#[test]
fn a_feed_that_does_not_hold_on_the_day_is_counted_on_its_own_weekday_and_told_of() {
    let folder = Folder::new();
    Feed::default().put(&folder, "city");
    Feed {
        publisher: "架空電鉄",
        route: "77",
        line: "北線",
        valid: ["20260701", "20260930"],
        course: vec![("y1", "岬"), ("y2", "灯台")],
        ..Feed::default()
    }
    .put(&folder, "summer");
    let (found, run) = peaks(&folder, &["city", "summer", "--date", "2026-06-03"]);
    assert_eq!(found["date"], json!(null), "there is no one day");
    let days: Vec<_> = found["feeds"].as_array().unwrap().iter().map(|feed| &feed["service_day"]).collect();
    assert_eq!(days, [&json!("2026-06-03"), &json!("2026-07-01")]);
    let ways: Vec<_> = found["feeds"].as_array().unwrap().iter().map(|feed| &feed["service_day_from"]).collect();
    assert_eq!(ways, [&json!("given"), &json!("representative weekday")]);
    assert!(run.stderr.contains("do not hold on the day that is asked for"), "{}", run.stderr);
    assert!(run.stderr.contains("summer, 2026-06-03"), "{}", run.stderr);
    assert_eq!(of(&found, "岬"), [3]);
}

#[test]
fn a_day_on_which_nothing_runs_counts_nothing_and_is_told_of() {
    let folder = Folder::new();
    Feed::default().put(&folder, "city");
    let (found, run) = peaks(&folder, &["city", "--date", "2026-06-07"]);
    assert_eq!((of(&found, "駅前"), &found["stops"][0]["window"]), (vec![0], &json!(null)));
    assert!(run.stderr.contains("of which nothing runs on the day"), "{}", run.stderr);
}

#[test]
fn a_timetable_that_is_over_is_counted_and_warned_of_on_standard_error_alone() {
    let folder = Folder::new();
    Feed { valid: ["20190401", "20200331"], ..Feed::default() }.put(&folder, "old");
    Feed { valid: ["20190401", "20990331"], ..Feed::default() }.put(&folder, "long");
    let (old, run) = peaks(&folder, &["old"]);
    assert_eq!((of(&old, "駅前"), &old["date"]), (vec![3], &json!("2019-04-01")));
    assert!(run.stderr.contains("was valid to 2020-03-31; it is used as it is"), "{}", run.stderr);
    let (long, run) = peaks(&folder, &["long"]);
    assert_eq!(run.stderr, "");
    // What is printed is the same whatever day it is: the clock speaks on standard error alone.
    assert_eq!(old["stops"], long["stops"]);
    assert_eq!(old["rules"], long["rules"]);
    let table = folder.kyoten(&["peaks", "old"]);
    assert!(table.stderr.contains("2020-03-31") && !table.stdout.contains("is used as it is"), "{}", table.stdout);
}

#[test]
fn a_folder_stands_for_all_timetables_in_it_archives_too() {
    let folder = Folder::new();
    Feed::default().put(&folder, "all/city");
    let other = Feed {
        publisher: "架空電鉄",
        route: "77",
        line: "北線",
        course: vec![("y1", "岬"), ("y2", "灯台")],
        ..Feed::default()
    };
    other.put(&folder, "loose");
    let names = folder.names("loose");
    let tables: Vec<Vec<u8>> = names.iter().map(|name| folder.bytes(&format!("loose/{name}"))).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(tables.iter().map(Vec::as_slice)).collect();
    folder.put("all/north.zip", crate::support::zipped(&entries));
    let (found, run) = peaks(&folder, &["all"]);
    assert_eq!(run.stderr, "");
    assert_eq!((of(&found, "駅前"), of(&found, "岬")), (vec![3], vec![3]));
    let paths: Vec<_> = found["feeds"].as_array().unwrap().iter().map(|feed| &feed["path"]).collect();
    assert_eq!(paths, [&json!("all/city"), &json!("all/north.zip")]);
    let (patterns, _) = peaks(&folder, &["all/*"]);
    assert_eq!(found, patterns);
}

#[test]
fn min_is_what_a_stop_has_to_reach() {
    let folder = Folder::new();
    Feed::default().put(&folder, "city");
    let reached = |min: &str| {
        let (found, _) = peaks(&folder, &["city", "--min", min]);
        let rule = |id: &str| found["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == id).cloned().unwrap();
        ["standard", "mean-7-9", "both-directions"].map(|id| rule(id)["stops_that_reach"].as_u64().unwrap())
    };
    // Four buses; three in an hour; four (the first stop) and four (the second) from seven to nine, halved.
    assert_eq!(["1", "2", "3", "4"].map(reached), [[2, 2, 0], [2, 2, 0], [2, 0, 0], [0, 0, 0]]);
}

/// Without a stop's table, with a table that lacks a column, without any timetable.
#[test]
fn a_timetable_that_cannot_be_read_is_one_error_and_nothing_is_printed() {
    let folder = Folder::new();
    Feed::default().put(&folder, "lacks-stops");
    std::fs::remove_file(folder.path().join("lacks-stops/stops.txt")).unwrap();
    Feed::default().put(&folder, "lacks-a-column");
    folder.edit("lacks-a-column/stop_times.txt", "stop_sequence", "order");
    folder.put("broken.zip", "PK no archive");
    folder.put("empty/readme.md", "");
    for (name, says) in [
        ("lacks-stops", "stops.txt"),
        ("lacks-a-column", "stop_sequence"),
        ("broken.zip", "broken.zip"),
        ("empty", "empty"),
        ("nowhere", "nowhere"),
    ] {
        let run = folder.kyoten(&["peaks", name]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}");
        assert_eq!(run.stderr.matches("error:").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains(says), "{name}: {}", run.stderr);
    }
}
