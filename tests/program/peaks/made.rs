//! Small timetables made for a test.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Folder, Run};

/// A timetable of one line of buses.
pub struct Feed {
    pub publisher: &'static str,
    pub route: &'static str,
    pub line: &'static str,
    /// First and last day.
    pub valid: [&'static str; 2],
    /// The stops in the order of the course, each `stop_id` and name, 1 km apart.
    pub course: Vec<(&'static str, &'static str)>,
    /// When trips leave the first stop; they take ten minutes to the next.
    pub starts: Vec<&'static str>,
}

impl Default for Feed {
    fn default() -> Self {
        Self {
            publisher: "架空市",
            route: "R1",
            line: "東線",
            valid: ["20260401", "20270331"],
            course: vec![("1", "駅前"), ("2", "市役所前"), ("3", "港")],
            starts: vec!["07:00", "07:20", "07:50", "08:10"],
        }
    }
}

impl Feed {
    /// Writes the tables into a folder.
    pub fn put(&self, folder: &Folder, name: &str) {
        let Self { publisher, route, line, valid: [from, to], course, starts } = self;
        let file = |table: &str, text: String| {
            folder.put(&format!("{name}/{table}.txt"), text);
        };
        let [mut stops, mut trips, mut calls] = [
            "stop_id,stop_name,stop_lat,stop_lon\n",
            "route_id,service_id,trip_id,direction_id\n",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n",
        ]
        .map(str::to_owned);
        // Writing to a String cannot fail.
        for (place, (id, stop)) in course.iter().enumerate() {
            let _ = writeln!(stops, "{id},{stop},{:.4},138.0", 35.0 + 0.009 * place as f64);
        }
        for (number, start) in starts.iter().enumerate() {
            let _ = writeln!(trips, "{route},weekday,{route}-{number},0");
            let (hour, minute) = start.split_once(':').unwrap();
            let minutes = hour.parse::<usize>().unwrap() * 60 + minute.parse::<usize>().unwrap();
            for (place, (id, _)) in course.iter().enumerate() {
                let at = minutes + 10 * place;
                let time = format!("{:02}:{:02}:00", at / 60, at % 60);
                let _ = writeln!(calls, "{route}-{number},{time},{time},{id},{}", place + 1);
            }
        }
        file("stops", stops);
        file("trips", trips);
        file("stop_times", calls);
        file("routes", format!("route_id,agency_id,route_long_name,route_type\n{route},a,{line},3\n"));
        file("agency", format!("agency_id,agency_name\na,{publisher}\n"));
        file(
            "calendar",
            format!(
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweekday,1,1,1,1,1,0,0,{from},{to}\n"
            ),
        );
        file(
            "feed_info",
            format!(
                "feed_publisher_name,feed_version,feed_start_date,feed_end_date\n{publisher},{from}版,{from},{to}\n"
            ),
        );
    }
}

/// What `kyoten peaks … --json` says, which must be done.
pub fn peaks(folder: &Folder, arguments: &[&str]) -> (Value, Run) {
    let run = folder.kyoten(&[&["peaks", "--json"], arguments].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    (serde_json::from_str(&run.stdout).unwrap(), run)
}

/// The peak service of the stops of a name, one number a stop.
pub fn of(found: &Value, stop: &str) -> Vec<u64> {
    let stops = found["stops"].as_array().unwrap().iter().filter(|seen| seen["name"] == stop);
    stops.map(|seen| seen["peak_trips"].as_u64().unwrap()).collect()
}
