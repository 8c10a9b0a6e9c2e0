//! `kyoten peaks`: peak service by stop under every rule of counting.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use clap::Args;

use super::inspect::json_of;
use super::reader::{Globals, lang, say};
use super::usage::number;
use super::wrap::{pad, width, wrapped};
use super::{DONE, Failure, expired, notices, print};
use crate::inputs::files_of_folder;
use crate::inputs::gtfs::read_feeds;
use crate::notices::Notices;
use crate::outputs::thousands;
use crate::queries::{Peaks, StopPeaks, peaks as count};
use crate::text::{Lang, Text};
use crate::transit::{CountingRule, FeedReport, Settings};
use crate::units::Metres;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten peaks feed.zip                           a table by stop, the busiest first
  kyoten peaks gtfs/ --date 2026-06-03            every timetable in a folder, on one day
  kyoten peaks a.zip b.zip --json > peaks.json    for programs (docs/schemas/peaks.schema.json)";

const EXAMPLES_JA: &str = "\
例:
  kyoten peaks feed.zip                           停留所の表（本数の多い順）
  kyoten peaks gtfs/ --date 2026-06-03            すべての時刻表を、ある1日で
  kyoten peaks a.zip b.zip --json > peaks.json    プログラム用（docs/schemas/peaks.schema.json）";
/// The widths of the columns, in places of the terminal.
const NAME: usize = 26;
const WINDOW: usize = 12;
const COUNT: usize = 7;

/// What a count with `~` before it is, where it may be less than what departs by the rule.
const OPEN_BELOW: Text = Text::new(
    "~ 便に方向（direction_id）がなく、同じ標柱から両方向に発車しています。数え方の決まりにより標柱1つを1方向と数えますが、実際はこれより少ないことがあります（--json の peak_trips_range）。run では幅のある値として扱います。",
    "~ trips name no direction (direction_id), and leave a pole both ways: by the rule a pole is a direction, in truth it may be less (peak_trips_range with --json); a run takes it as an interval",
);

/// The same where it may be more.
const OPEN_ABOVE: Text = Text::new(
    "~ 終点に着くだけの便は発車ではありませんが、運行本数に数える読み方もあるため、幅の上限には入れています。run でも幅のある値として扱い、CSV `peaks` で停留所の本数を指定すると1つに決まります。",
    "~ trips that end at a stop are no departures, but may count as service 運行本数: the most has them, the least has not; a run takes it as an interval, which a row of the CSV `peaks` settles",
);

/// The same where departures may go one way that the rule takes for several.
const OPEN_WAYS: Text = Text::new(
    "~ 便に方向（direction_id）がない停留所では、いくつもの標柱や乗り場からの発車が同じ方向かもしれないため、その合計を幅の上限に入れています。run でも幅のある値として扱います。",
    "~ trips name no direction (direction_id): what leaves from several poles or bays of a stop may go one way, and the most has it together; a run takes it as an interval",
);

/// The departures that the programme of the leaflet asks for.
const PROGRAMME: f64 = 3.0;

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct PeaksArguments {
    #[arg(required = true, value_name = "GTFS", help = say(
        "GTFSの時刻表（フォルダーかZIP）、パターン、時刻表をまとめたフォルダー",
        "Timetables in GTFS: folders, zip archives, patterns, or a folder with timetables in it"))]
    feeds: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = day, help = say(
        "数える日（例: 2026-06-03）。指定がなければ、時刻表ごとの代表的な平日",
        "The day to count; each feed's representative weekday unless given"))]
    date: Option<NaiveDate>,
    #[arg(long, value_name = "METRES", default_value_t = Settings::default().stop_group.0, value_parser = number::<f64>, help = say(
        "同じ名前の標柱がこの距離（m）の中にあれば、1つの停留所とみなす",
        "Poles of one name within so many metres are one stop"))]
    stop_group: f64,
    #[arg(long, value_name = "TRIPS", default_value_t = PROGRAMME, value_parser = number::<f64>, help = say(
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
    let lang = lang();
    let mut notices = Notices::default();
    let feeds = read_feeds(Path::new("."), &named(feeds)?, &mut notices)?;
    let settings = Settings { day: *date, stop_group: Metres(*stop_group), ..Settings::default() };
    let found = count(feeds, &settings, *min, &mut notices);
    if *json {
        print::out(json_of(&found)?)?;
        notices::tell(&notices, globals);
    } else {
        print::out(table(&found, *min, lang).trim_end())?;
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

fn table(found: &Peaks, reach: f64, lang: Lang) -> String {
    let mut text = String::new();
    for feed in &found.feeds {
        about(&mut text, feed, lang);
    }
    let rules = CountingRule::STANDARD.switches();
    let title = text!(
        "ピーク時運行本数（片道、本/時）。{reach}以上に * を付けています。",
        "departures in the peak hour in one direction ピーク時運行本数(片道), * where they reach {reach}"
    );
    line!(text);
    line!(text, "{}", wrapped(title.get(lang), width(), "", ""));
    // A letter for each rule: their names have no room above the columns.
    let letters = ('A'..).zip(&rules).map(|(letter, rule)| rule.name().map(|name| format!("{letter} {name}")));
    let letters = Text::list(&letters.collect::<Vec<_>>());
    line!(text, "{}", wrapped(letters.get(lang), width(), "", ""));
    line!(text);
    let mut heading = pad(Text::new("停留所・駅", "stop 停留所").get(lang), NAME);
    heading.push_str(&pad(Text::new("時間帯", "window").get(lang), WINDOW));
    for (letter, _) in ('A'..).zip(&rules) {
        let _ = write!(heading, "{:>COUNT$}", format!("{letter} "));
    }
    line!(text, "{}", heading.trim_end());
    let ids: Vec<String> = rules.into_iter().map(CountingRule::id).collect();
    let mut stops: Vec<&StopPeaks> = found.stops.iter().collect();
    stops.sort_by(|one, other| trips(other, "standard").total_cmp(&trips(one, "standard")));
    for stop in stops {
        line!(text, "{}", row(stop, &ids, reach, lang));
    }
    let mut last = pad(Text::new("達した停留所・駅の数", "stops that reach it").get(lang), NAME + WINDOW);
    for id in &ids {
        let reaching = found.rules.iter().find(|seen| seen.id == *id).map_or(0, |seen| seen.stops_that_reach);
        let _ = write!(last, "{:>COUNT$}", format!("{reaching} "));
    }
    line!(text, "{}", last.trim_end());
    let differs = |end: usize| found.stops.iter().any(|stop| stop.peak_trips_range[end] != stop.peak_trips);
    let ways_are_open = found.stops.iter().any(|stop| stop.ways_are_open);
    let ends_may_count = found.stops.iter().any(|stop| stop.ends_may_count);
    for (is_open, open) in [(differs(0), &OPEN_BELOW), (ways_are_open, &OPEN_WAYS), (ends_may_count, &OPEN_ABOVE)] {
        if is_open {
            line!(text);
            line!(text, "{}", wrapped(open.get(lang), width(), "", "  "));
        }
    }
    text
}

/// A timetable: whose it is, and how it was counted.
fn about(text: &mut String, feed: &FeedReport, lang: Lang) {
    line!(text, "{}", feed.path);
    let [from, to] = [&feed.valid_from, &feed.valid_to].map(|day| day.as_deref().unwrap_or("?"));
    let or = |named: &Option<String>, none: Text| named.as_ref().map_or(none, Text::from);
    let edition = text!(
        "  {publisher}、版：{version}、有効期間：{from}〜{to}",
        "  {publisher}, edition {version}, valid {from} to {to}",
        publisher = or(&feed.publisher, Text::new("発行者の記載なし", "publisher not named")),
        version = or(&feed.version, Text::new("記載なし", "not named"))
    );
    line!(text, "{}", wrapped(edition.get(lang), width(), "", "    "));
    let how = if feed.service_day_from == "given" {
        Text::new("指定した日", "given")
    } else {
        Text { ja: "代表的な平日".into(), en: feed.service_day_from.clone().into() }
    };
    let (day, departures) = (&feed.service_day, thousands(feed.departures as u64));
    let stops = thousands(feed.stops as u64);
    let counted = text!(
        "  運行日：{day}（{how}）、停留所・標柱{stops}か所、発車{departures}本",
        "  counted on {day} ({how}): {departures} departures at {stops} stops and poles",
        how = how
    );
    line!(text, "{}", wrapped(counted.get(lang), width(), "", "    "));
}

/// A stop with its counts by rule.
fn row(stop: &StopPeaks, rules: &[String], reach: f64, lang: Lang) -> String {
    let nameless = Text::new("（名称なし）", "without a name");
    let name = stop.name.as_deref().unwrap_or(nameless.get(lang));
    // A name that has no room stands on a line of its own.
    let mut row = pad(name, NAME);
    if !row.ends_with(' ') {
        row = format!("{name}\n{}", pad("", NAME));
    }
    let window = stop.window.as_ref().map(|[from, to]| format!("{from}–{to}")).unwrap_or_default();
    let _ = write!(row, "{window:<WINDOW$}");
    for rule in rules {
        let trips = trips(stop, rule);
        let reached = if trips >= reach { "*" } else { " " };
        let count = if *rule == "standard" && is_open(stop) {
            let [least, most] = &stop.peak_trips_range;
            format!("~{least}–{most}")
        } else {
            trips.to_string()
        };
        let _ = write!(row, "{:>COUNT$}", format!("{count}{reached}"));
    }
    row.trim_end().to_owned()
}

/// Whether the count may be another in truth.
fn is_open(stop: &StopPeaks) -> bool {
    stop.peak_trips_range[0] != stop.peak_trips_range[1]
}

fn trips(stop: &StopPeaks, rule: &str) -> f64 {
    stop.variants.get(rule).and_then(serde_json::Number::as_f64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::{english_in, is_japanese};

    #[test]
    fn the_table_is_of_one_language() {
        let feed: FeedReport = serde_json::from_value(json!({
            "path": "a.zip", "publisher": null, "version": null, "valid_from": "2026-04-01", "valid_to": null,
            "service_day": "2026-04-08", "service_day_from": "representative weekday", "service_day_from_ja": "代表的な平日",
            "routes": 1, "stops": 1200, "trips": 1, "departures": 3400,
        }))
        .unwrap();
        let stop = StopPeaks {
            name: None,
            kind: Some("bus"),
            stop_ids: Vec::new(),
            lon: None,
            lat: None,
            peak_trips: 3.into(),
            peak_trips_range: [2.into(), 3.into()],
            ways_are_open: false,
            ends_may_count: false,
            direction: serde_json::Value::Null,
            window: Some(["7:10".to_owned(), "8:10".to_owned()]),
            trips: Vec::new(),
            variants: [("standard".to_owned(), 3.into())].into(),
        };
        let found = Peaks { date: None, feeds: vec![feed], rules: Vec::new(), stops: vec![stop] };
        let japanese = table(&found, 3.0, Lang::Ja);
        assert!(english_in(&japanese).is_none() && is_japanese(&japanese), "{japanese}");
        assert!(
            japanese.contains("  運行日：2026-04-08（代表的な平日）、停留所・標柱1,200か所、発車3,400本\n"),
            "{japanese}"
        );
        let english = table(&found, 3.0, Lang::En);
        let counted =
            "  counted on 2026-04-08 (representative weekday): 3,400 departures at 1,200\n    stops and poles\n";
        assert!(english.contains(counted), "{english}");
        for table in [japanese, english] {
            for line in table.lines() {
                assert!(textwrap::core::display_width(line) <= 80, "{line}");
            }
        }
    }
}
