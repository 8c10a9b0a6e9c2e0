//! What is told of numbers that somebody gives a line as a whole: where they count, and where they cannot.

use crate::layers::stops::PEAK_OF_NOTHING;
use crate::layers::{City, LayerKey, LineNumber, NamedLine};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::project::Project;
use crate::regions::Certainty;
use crate::text::Text;
use crate::transit::{Counted, KnownLines, LineTold, NAMELESS, NoOneLine, Origin, Rows, Timetable, services};

/// A row of the peak table about all stops of a line.
static OF_A_LINE: NoticeKind = NoticeKind {
    id: "peaks-of-a-line",
    severity: Severity::Info,
    what: Text::new(
        "名称のない行があります。ほかに本数の分からない、その路線のすべての停留所に使いました。",
        "row(s) without a name, which count at every stop of their line of which nothing else is said",
    ),
    advice: None,
};

/// A row of the peak table about a name that is that of several lines.
static OF_SEVERAL_LINES: NoticeKind = NoticeKind {
    id: "peaks-of-several-lines",
    severity: Severity::Skipped,
    what: Text::new(
        "名称がなく、同じ名前の路線がいくつもあるため、どの路線の本数か分からない行があります。",
        "row(s) without a name whose line is the name of several; whose number it is nobody can say",
    ),
    advice: Some(Text::new(
        "停留所ごとに1行を書いてください（name,line,peak_trips）。",
        "write one row for each stop (name,line,peak_trips)",
    )),
};

/// A row of the peak table about a line of whose stops others say all.
static OF_NO_STOP: NoticeKind = NoticeKind {
    id: "peaks-of-a-line-unused",
    severity: Severity::Skipped,
    what: Text::new(
        "名称のない行のうち、路線のどの停留所にもほかに本数があるため、使わなかったものがあります。",
        "row(s) without a name that count nowhere: of each stop of their line something else is said",
    ),
    advice: Some(Text::new(
        "レイヤーの本数と、停留所ごとの行が先に使われます。",
        "what layers say, and rows with a stop's name, stand before a row of a line",
    )),
};

/// A stop with a timetable at which a line of a what-if calls.
static BESIDE_TIMETABLE: NoticeKind = NoticeKind {
    id: "scenario-line-beside-timetable",
    severity: Severity::Warning,
    what: Text::new(
        "[[scenario.lines]] の路線の停留所に、時刻表のあるものがあります。時刻表の本数にその路線がどれだけ含まれるか分からないため、本数は幅になります。",
        "stop(s) of a line of [[scenario.lines]] for which a timetable speaks: how much of it is the line's nobody knows, so that the service is a range",
    ),
    advice: Some(Text::new(
        "時刻表にある路線なら [[scenario.headway]] で変えてください。",
        "where the timetable has the line, change it with [[scenario.headway]]",
    )),
};

/// Tells of rows of the peak table about lines, and gives those that count.
pub(super) fn tell_of_table(city: &City, notices: &mut Notices) -> Vec<LineTold> {
    let place = LayerKey::Peaks.name();
    let mut counting = Vec::new();
    for (row, told) in Rows::of(city).told_of_table() {
        let line = row.line.as_deref().unwrap_or_default();
        match told {
            Ok(told) if told.stops.is_empty() => notices.add(place, &OF_NO_STOP, line),
            Ok(told) => {
                notices.add(place, &OF_A_LINE, counted(&told));
                counting.push(told);
            }
            Err(NoOneLine::Unknown(nearest)) => {
                let told = nearest.first().map_or_else(
                    || Text::from(line),
                    |near| text!("{line}（最も近いのは{near}）", "{line}; the nearest is {near}"),
                );
                notices.add(place, &PEAK_OF_NOTHING, told);
            }
            Err(NoOneLine::Several(all)) => {
                let mut whose: Vec<Text> = Vec::new();
                for (kind, operator) in all {
                    let line = NamedLine { operator, ..NamedLine::of(line) }.title();
                    let one = text!("{line}（{kind}）", "{line} ({kind})", line = line, kind = kind.id());
                    if !whose.contains(&one) {
                        whose.push(one);
                    }
                }
                notices.add(place, &OF_SEVERAL_LINES, Text::list(&whose));
            }
        }
    }
    counting
}

/// A line, its number, and at how many stops it counts.
fn counted(told: &LineTold) -> Text {
    let LineNumber { line, peak_trips, daily_trips } = &told.said;
    let mut numbers = Vec::new();
    if let Some(trips) = peak_trips {
        numbers.push(text!("{trips}本/時", "{trips} in the peak hour"));
    }
    if let Some(trips) = daily_trips {
        numbers.push(text!("{trips}本/日", "{trips} a day"));
    }
    let stops = told.stops.len();
    text!(
        "{line}、{numbers}、停留所{stops}か所",
        "{line}, {numbers}, at {stops} stop(s)",
        line = line.title(),
        numbers = Text::list(&numbers)
    )
}

/// Tells of stops with a timetable at which lines of a what-if call.
pub(super) fn tell_of_supposed(project: &Project, city: &City, timetable: Option<&Timetable>, notices: &mut Notices) {
    let Some(timetable) = timetable.filter(|_| !city.supposed_lines.is_empty()) else { return };
    let rows = Rows::of(city);
    let known = KnownLines::of(rows.all());
    let peaks = timetable.peaks(project.transit.rule);
    let stops = services(&rows, Some(Counted { timetable, peaks: &peaks }), project.transit.stop_group, &city.scale);
    for line in city.supposed_lines.iter().filter_map(|said| known.find(&said.line).ok()) {
        let mut told = None;
        for stop in stops.iter().filter(|stop| stop.origin == Origin::Layer && stop.timetable.is_some()) {
            let calls = !stop.is_beside_timetable && !stop.lines.is_empty() && line.calls_at(stop) != Certainty::No;
            if calls && told != Some(stop.group) {
                told = Some(stop.group);
                let name = stop.name.as_deref().map_or(NAMELESS, Text::from);
                let line = line.name();
                notices.add(
                    LayerKey::Stops.name(),
                    &BESIDE_TIMETABLE,
                    text!("{name}、{line}", "{name}, {line}", name = name),
                );
            }
        }
    }
}
