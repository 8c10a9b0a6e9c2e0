//! What feeds write otherwise than one expects, through the real program: several operators, poles that they share, bays, times, types.

use serde_json::{Value, json};

use super::made::{Feed, of, peaks};
use crate::support::{Folder, unwrapped};

/// Takes something out of a table, everywhere.
fn replaced(folder: &Folder, table: &str, from: &str, to: &str) {
    let text = folder.text(table);
    assert!(text.contains(from), "{text}");
    folder.put(table, text.replace(from, to));
}

/// A feed of a line that names no direction.
fn without_directions(folder: &Folder, name: &str, feed: &Feed) {
    feed.put(folder, name);
    replaced(folder, &format!("{name}/trips.txt"), ",0\n", ",\n");
}

fn range(found: &Value, stop: &str) -> Value {
    found["stops"].as_array().unwrap().iter().find(|seen| seen["name"] == stop).unwrap()["peak_trips_range"].clone()
}

#[test]
fn operators_that_share_a_pole_are_counted_together_and_so_perhaps_are_bays() {
    let folder = Folder::new();
    let one = Feed { starts: vec!["07:00", "07:20"], ..Feed::default() };
    let other =
        Feed {
            publisher: "架空電鉄", route: "77", line: "西線", starts: vec!["07:05", "07:25"], ..Feed::default()
        };
    without_directions(&folder, "one", &one);
    without_directions(&folder, "other", &other);
    let (found, _) = peaks(&folder, &["one", "other"]);
    assert_eq!((of(&found, "市役所前"), range(&found, "市役所前")), (vec![4], json!([4, 4])));
    // Another bay: nobody knows.
    replaced(&folder, "other/stops.txt", ",138.0", ",138.0001");
    let (found, _) = peaks(&folder, &["one", "other"]);
    assert_eq!((of(&found, "市役所前"), range(&found, "市役所前")), (vec![2], json!([2, 4])));
    let run = folder.kyoten(&["peaks", "one", "other"]);
    assert!(unwrapped(&run.stdout).contains("several poles or bays of a stop may go one way"), "{}", run.stdout);
    let run = folder.kyoten_in_japanese(&["peaks", "one", "other"]);
    assert!(unwrapped(&run.stdout).contains("いくつもの標柱や乗り場からの発車が"), "{}", run.stdout);
}

#[test]
fn times_without_seconds_and_decimals_in_whole_numbers_change_nothing() {
    let folder = Folder::new();
    Feed::default().put(&folder, "feed");
    let (before, _) = peaks(&folder, &["feed"]);
    replaced(&folder, "feed/stop_times.txt", ":00,", ",");
    replaced(&folder, "feed/trips.txt", ",0\n", ",0.0\n");
    replaced(&folder, "feed/routes.txt", ",3\n", ",3.0\n");
    let (after, run) = peaks(&folder, &["feed"]);
    assert_eq!((&after["stops"], run.stderr.as_str()), (&before["stops"], ""));
}

#[test]
fn routes_on_demand_count_and_others_of_a_strange_type_do_not_and_both_are_told_of() {
    let folder = Folder::new();
    Feed::default().put(&folder, "feed");
    replaced(&folder, "feed/routes.txt", ",3\n", ",1501\n");
    let (found, run) = peaks(&folder, &["feed"]);
    assert_eq!(of(&found, "駅前"), [3]);
    assert!(
        unwrapped(&run.stderr).contains("on demand") && unwrapped(&run.stderr).contains("東線 (route_type 1501)"),
        "{}",
        run.stderr
    );
    replaced(&folder, "feed/routes.txt", ",1501\n", ",1507\n");
    let (found, run) = peaks(&folder, &["feed"]);
    assert_eq!(of(&found, "駅前"), [0]);
    assert!(
        unwrapped(&run.stderr).contains("not counted") && unwrapped(&run.stderr).contains("東線 (route_type 1507)"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_parent_that_is_not_there_loses_nothing_and_is_told_of() {
    let folder = Folder::new();
    Feed::default().put(&folder, "feed");
    let (before, _) = peaks(&folder, &["feed"]);
    replaced(&folder, "feed/stops.txt", "stop_lon\n", "stop_lon,parent_station\n");
    replaced(&folder, "feed/stops.txt", ",138.0\n", ",138.0,0\n");
    let (after, run) = peaks(&folder, &["feed"]);
    assert_eq!(after["stops"], before["stops"]);
    assert!(unwrapped(&run.stderr).contains("parent_station"), "{}", run.stderr);
}

#[test]
fn a_weekday_that_is_what_is_left_of_old_services_is_warned_of_with_another() {
    let folder = Folder::new();
    Feed::default().put(&folder, "feed");
    folder.edit("feed/feed_info.txt", "20260401,20270331\n", ",\n");
    let calendar = folder.text("feed/calendar.txt");
    folder.put("feed/calendar.txt", calendar + "left,1,1,1,1,1,0,0,20260401,20991231\n");
    replaced(&folder, "feed/trips.txt", "weekday,R1-3", "left,R1-3");
    let (found, run) = peaks(&folder, &["feed"]);
    assert_eq!(of(&found, "駅前"), [1]);
    assert!(
        unwrapped(&run.stderr).contains("1 on 2027-04-01; more on 261 weekdays, such as 4 on 2026-04-01"),
        "{}",
        run.stderr
    );
    let (found, run) = peaks(&folder, &["feed", "--date", "2026-04-01"]);
    assert_eq!((of(&found, "駅前"), unwrapped(&run.stderr).contains("fewer than half")), (vec![3], false));
}
