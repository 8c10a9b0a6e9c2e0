//! `docs/transit.md`, and the same page in Japanese, against the program: its rules, its example, its measurements.

use serde_json::Value;

use super::made::peaks;
use super::real;
use crate::support::Folder;

/// The page in one language.
struct Page {
    name: &'static str,
    text: &'static str,
    /// How it calls the first and the last row of what was measured.
    stops: &'static str,
    sure: &'static str,
}

const PAGES: [Page; 2] = [
    Page { name: "docs/transit.md", text: include_str!("../../../docs/transit.md"), stops: "stops", sure: "sure" },
    Page {
        name: "docs/ja/transit.md",
        text: include_str!("../../../docs/ja/transit.md"),
        stops: "停留所数",
        sure: "確実",
    },
];

fn rules(found: &Value) -> &[Value] {
    found["rules"].as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

impl Page {
    fn has(&self, lines: &[String]) {
        for line in lines {
            assert!(self.text.lines().any(|there| there == line), "{} has no line\n{line}", self.name);
        }
    }
}

#[test]
fn every_rule_of_counting_is_on_the_page() {
    let folder = Folder::new();
    super::made::Feed::default().put(&folder, "city");
    let (found, _) = peaks(&folder, &["city"]);
    let line = |rule: &Value| {
        let [id, window, unit, direction] = ["id", "window", "unit", "direction"].map(|key| text(&rule[key]));
        format!("| `{id}` | `{window}` | `{unit}` | `{direction}` |")
    };
    let lines: Vec<String> = rules(&found).iter().map(line).collect();
    assert_eq!(lines.len(), 18);
    for page in PAGES {
        page.has(&lines);
    }
}

#[test]
fn the_measured_numbers_of_the_page_are_those_of_the_real_timetables() {
    let Some(gtfs) = real::gtfs() else { return };
    let shizuoka = gtfs.join("shizuoka_city_2026");
    let feed = |part: &str| {
        let feeds = real::feeds(&gtfs);
        let path = feeds.iter().find(|path| path.file_name().unwrap().to_string_lossy().contains(part));
        path.unwrap_or_else(|| panic!("no {part}")).clone()
    };
    let columns = ["ikawa", "iryo-fukushi", "ryougouchi", "city_yui_", "yui-kanbara"].map(feed);
    let columns = columns.into_iter().chain([shizuoka]).chain(["maidohaya", "feeder"].map(feed));
    let folder = Folder::new();
    let found: Vec<Value> = columns.map(|path| peaks(&folder, &[&path.to_string_lossy()]).0).collect();

    let row = |name: &str, count: &dyn Fn(&Value) -> u64| {
        let cells: Vec<String> = found.iter().map(|found| count(found).to_string()).collect();
        format!("| {name} | {} |", cells.join(" | "))
    };
    let stops = |found: &Value| found["stops"].as_array().unwrap().clone();
    let mut lines = Vec::new();
    for (place, rule) in rules(&found[0]).iter().enumerate() {
        let reaching = |found: &Value| rules(found)[place]["stops_that_reach"].as_u64().unwrap();
        lines.push(row(&format!("`{}`", text(&rule["id"])), &reaching));
    }
    let is_sure = |stop: &&Value| stop["peak_trips_range"][0].as_u64() >= Some(3);
    for page in PAGES {
        page.has(&lines);
        page.has(&[
            row(page.stops, &|found| stops(found).len() as u64),
            row(page.sure, &|found| stops(found).iter().filter(is_sure).count() as u64),
        ]);
    }
}
