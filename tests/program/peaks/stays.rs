//! A vehicle that calls at several poles of one stop in a row is there once.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::made::{Feed, of, peaks};
use crate::support::Folder;

/// Buses from the east and from the west set down at one pole of the station and take up at the other; no trip names its
/// direction.
fn terminal() -> Folder {
    let folder = Folder::new();
    Feed::default().put(&folder, "feed");
    folder.put(
        "feed/stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\neast,東,35.0,138.1\nwest,西,35.0,137.9\ndown,駅,35.0,138.0\nup,駅,35.0003,138.0\n",
    );
    folder.put("feed/trips.txt", "route_id,service_id,trip_id\nR1,weekday,e\nR1,weekday,w\nR1,weekday,e2\n");
    let mut calls = "trip_id,departure_time,arrival_time,stop_id,stop_sequence,pickup_type\n".to_owned();
    for (trip, from, to, hour) in
        [("e", "east", "west", "07:0"), ("w", "west", "east", "07:1"), ("e2", "east", "west", "07:2")]
    {
        for (place, stop) in [from, "down", "up", to].into_iter().enumerate() {
            let pickup = u8::from(stop == "down");
            let _ = writeln!(calls, "{trip},{hour}{place}:00,{hour}{place}:00,{stop},{place},{pickup}"); // writing to a String cannot fail
        }
    }
    folder.put("feed/stop_times.txt", calls);
    folder
}

fn station(found: &Value) -> &Value {
    found["stops"].as_array().unwrap().iter().find(|stop| stop["name"] == "駅").unwrap()
}

#[test]
fn where_buses_set_down_before_they_take_up_both_directions_are_seen_through_the_stay() {
    let (found, _) = peaks(&terminal(), &["feed"]);
    assert_eq!(of(&found, "駅"), [3]);
    // Two to the west for certain; the pole is the direction by the rule.
    assert_eq!((&station(&found)["peak_trips_range"], &station(&found)["direction"]), (&json!([2, 3]), &json!("up")));
}

#[test]
fn setting_down_after_taking_up_hides_no_direction() {
    let folder = terminal();
    // The other way round: up first, then down, and on.
    let text = folder.text("feed/stop_times.txt").replace(",down,1,1", ",up,1,0").replace(",up,2,0", ",down,2,1");
    folder.put("feed/stop_times.txt", text);
    let (found, _) = peaks(&folder, &["feed"]);
    assert_eq!((of(&found, "駅"), &station(&found)["peak_trips_range"]), (vec![3], &json!([2, 3])));
}

#[test]
fn two_poles_of_a_stop_where_one_may_board_are_one_departure_of_the_stop_and_one_of_each_pole() {
    let folder = terminal();
    folder.put("feed/stop_times.txt", folder.text("feed/stop_times.txt").replace(",down,1,1", ",down,1,0"));
    let (found, _) = peaks(&folder, &["feed"]);
    let station = station(&found);
    assert_eq!((&station["peak_trips"], &station["variants"]["pole"]), (&json!(3), &json!(3)));
    // By poles the one that has fewer, or as many, has as many: all three call at both.
    assert_eq!(
        (&station["variants"]["both-directions"], &station["variants"]["pole+both-directions"]),
        (&json!(0), &json!(3))
    );
}
