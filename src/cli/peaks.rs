//! `kyoten peaks`: peak service by stop under every rule of counting.

use std::fmt::Write as _;
use std::path::Path;

use anstream::println;
use chrono::NaiveDate;
use clap::Args;

use super::inspect::json_of;
use super::reader::{Globals, say};
use super::wrap::pad;
use super::{DONE, Failure, expired, notices};
use crate::criteria::Thresholds;
use crate::inputs::files_of_folder;
use crate::inputs::gtfs::read_feeds;
use crate::notices::Notices;
use crate::outputs::thousands;
use crate::queries::{Peaks, StopPeaks, peaks as count};
use crate::transit::{CountingRule, Settings};
use crate::units::Metres;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten peaks feed.zip                           a table by stop, the busiest first
  kyoten peaks gtfs/ --date 2026-06-03            every timetable in a folder, on one day
  kyoten peaks a.zip b.zip --json > peaks.json    for programs (docs/schemas/peaks.schema.json)";

const EXAMPLES_JA: &str = "\
例:
  kyoten peaks feed.zip                           停留所の表（本数の多い順）
  kyoten peaks gtfs/ --date 2026-06-03            フォルダーの中の時刻表すべてを、ある1日について
  kyoten peaks a.zip b.zip --json > peaks.json    プログラム用（docs/schemas/peaks.schema.json）";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct PeaksArguments {
    #[arg(required = true, value_name = "GTFS", help = say(
        "GTFSの時刻表。フォルダー、ZIP、パターン、時刻表の入ったフォルダー",
        "Timetables in GTFS: folders, zip archives, patterns, or a folder with timetables in it"))]
    feeds: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = day, help = say(
        "数える日（例: 2026-06-03）。指定がなければ、時刻表ごとの代表的な平日",
        "The day to count; each feed's representative weekday unless given"))]
    date: Option<NaiveDate>,
    #[arg(long, value_name = "METRES", default_value_t = Settings::default().stop_group.0, help = say(
        "同じ名前の標柱がこの距離（m）の中にあれば、1つの停留所とみなす",
        "Poles of one name within so many metres are one stop"))]
    stop_group: f64,
    #[arg(long, value_name = "TRIPS", default_value_t = Thresholds::default().min_peak_trips, help = say(
        "必要な本数（事業の要件は3本）", "The departures to reach; the programme asks for 3"))]
    min: f64,
    #[arg(long, help = say("JSONで表示する", "Print JSON"))]
    pub(super) json: bool,
}

/// A day as it is typed.
fn day(given: &str) -> Result<NaiveDate, String> {
    given.parse().map_err(|_| {
        say("2026-06-03 のように、年-月-日で書いてください。", "write year, month and day, such as 2026-06-03")
            .to_owned()
    })
}

pub(super) fn peaks(arguments: &PeaksArguments, globals: &Globals) -> Result<u8, Failure> {
    let PeaksArguments { feeds, date, stop_group, min, json } = arguments;
    let mut notices = Notices::default();
    let feeds = read_feeds(Path::new("."), &named(feeds)?, &mut notices)?;
    let settings = Settings { day: *date, stop_group: Metres(*stop_group), ..Settings::default() };
    let found = count(feeds, &settings, *min, &mut notices);
    if *json {
        println!("{}", json_of(&found)?);
        notices::tell(&notices, globals);
    } else {
        println!("{}", table(&found, *min).trim_end());
        notices::tell(&notices, globals);
    }
    expired::tell(&found.feeds);
    Ok(DONE)
}

/// The timetables that the arguments name: of a folder all that are in it.
fn named(arguments: &[String]) -> Result<Vec<String>, Failure> {
    let mut named = Vec::new();
    for argument in arguments {
        let folder = Path::new(argument);
        let inside = if folder.is_dir() { files_of_folder(folder)?.timetables } else { Vec::new() };
        if inside.is_empty() {
            named.push(argument.clone());
        } else {
            named.extend(inside.iter().map(|path| path.to_string_lossy().into_owned()));
        }
    }
    Ok(named)
}

fn table(found: &Peaks, reach: f64) -> String {
    let mut text = String::new();
    for feed in &found.feeds {
        line!(text, "{}", feed.path);
        let valid = [&feed.valid_from, &feed.valid_to].map(|day| day.as_deref().unwrap_or("?").to_owned()).join(" to ");
        let publisher = feed.publisher.as_deref().unwrap_or("publisher not named");
        line!(text, "  {publisher}, edition {}, valid {valid}", feed.version.as_deref().unwrap_or("not named"));
        line!(
            text,
            "  counted on {} ({}): {} departures at {} stops and poles",
            feed.service_day,
            feed.service_day_from,
            thousands(feed.departures as u64),
            thousands(feed.stops as u64)
        );
    }
    let rules: Vec<String> = CountingRule::STANDARD.switches().into_iter().map(CountingRule::id).collect();
    line!(text);
    line!(text, "departures in the peak hour in one direction ピーク時運行本数(片道), * where they reach {reach}");
    let mut heading = pad("stop 停留所", 30);
    heading.push_str("window      ");
    for rule in &rules {
        let _ = write!(heading, "{rule:>17}");
    }
    line!(text, "{heading}");
    let mut stops: Vec<&StopPeaks> = found.stops.iter().collect();
    stops.sort_by(|one, other| trips(other, "standard").total_cmp(&trips(one, "standard")));
    for stop in stops {
        let mut row = pad(stop.name.as_deref().unwrap_or("without a name"), 30);
        let window = stop.window.as_ref().map(|[from, to]| format!("{from}–{to}")).unwrap_or_default();
        let _ = write!(row, "{window:<12}");
        for rule in &rules {
            let trips = trips(stop, rule);
            let reached = if trips >= reach { "*" } else { " " };
            let open = if *rule == "standard" && is_open(stop) { "~" } else { "" };
            let _ = write!(row, "{:>17}", format!("{open}{trips}{reached}"));
        }
        line!(text, "{row}");
    }
    let mut last = pad("stops that reach it", 42);
    for rule in &rules {
        let reaching = found.rules.iter().find(|seen| seen.id == *rule).map_or(0, |seen| seen.stops_that_reach);
        let _ = write!(last, "{:>17}", format!("{reaching} "));
    }
    line!(text, "{last}");
    if found.stops.iter().any(is_open) {
        line!(text);
        line!(
            text,
            "~ trips name no direction (direction_id), and leave a pole both ways: by the rule a pole is a direction,"
        );
        line!(text, "  in truth it may be less (peak_trips_range with --json); a run takes it as an interval");
    }
    text
}

/// Whether the count may be another in truth.
fn is_open(stop: &StopPeaks) -> bool {
    stop.peak_trips_range[0] != stop.peak_trips_range[1]
}

fn trips(stop: &StopPeaks, rule: &str) -> f64 {
    stop.variants.get(rule).and_then(serde_json::Number::as_f64).unwrap_or_default()
}
