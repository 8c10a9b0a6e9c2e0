//! What is left of a layer's stops where a what-if takes their service away.

use super::*;

/// 港バス runs 東線 from 港 to 山, 市営 runs 北線 from 山 to 川.
fn city(lines: &[&str]) -> Timetable {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0]), ("川", [4000.0, 0.0])]);
    let east = route(&mut feed, "港バス", "東線", BUS);
    let north = route(&mut feed, "市営", "北線", BUS);
    for (name, line, calls) in [("東線", east, [(0, 420), (1, 430)]), ("北線", north, [(1, 440), (2, 450)])] {
        if lines.contains(&name) {
            trip(&mut feed, line, &calls);
        }
    }
    timetable(feed)
}

fn left(rows: Vec<StopRow>, lines: &[&str]) -> Vec<String> {
    let (before, after) = (city(&["東線", "北線"]), city(lines));
    let (mut stations, mut stops) = (Vec::new(), rows);
    let change = Change { before: &before, after: &after };
    keep_served(&mut stations, &mut stops, change, Metres(200.0), &scale());
    stops.into_iter().map(|row| format!("{} {}", row.name.unwrap(), row.lines[0])).collect()
}

fn bus(name: &str, x: f64, operator: &str, line: &str) -> StopRow {
    row(StopKind::Bus, name, [x, 10.0], &[(operator, line)])
}

#[test]
fn a_stop_that_loses_its_last_route_is_gone_and_the_others_stay() {
    let rows = || {
        vec![
            bus("港", 0.0, "港バス", "東線"),
            bus("山", 2000.0, "港バス", "東線"),
            bus("山", 2000.0, "市営", "北線"),
            bus("川", 4000.0, "市営", "北線"),
            bus("谷", 6000.0, "港バス", "東線"),
        ]
    };
    assert_eq!(left(rows(), &["東線", "北線"]).len(), 5);
    assert_eq!(left(rows(), &["北線"]), ["山 市営 北線", "川 市営 北線", "谷 港バス 東線"]);
    assert_eq!(left(rows(), &[]), ["谷 港バス 東線"]);
}

#[test]
fn an_operator_without_a_timetable_stays_at_a_stop_that_loses_all_others() {
    let rows = vec![bus("港", 0.0, "港バス", "東線"), bus("港", 0.0, "村営", "西線")];
    assert_eq!(left(rows, &[]), ["港 村営 西線"]);
}
