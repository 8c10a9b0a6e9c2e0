//! What of a scenario the timetables do not bear, and what to do about it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Headway, of_lines};
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::layers::NamedLine;
use crate::text::Text;

/// How many near names a fault gives.
const NEAR: usize = 3;

/// Why timetables could not be edited as a scenario says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ScenarioError {
    /// The project file.
    pub file: PathBuf,
    /// Every fault, in the order of the edits; at least one.
    pub faults: Vec<ScenarioFault>,
}

/// One edit that has nothing to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioFault {
    /// There are edits, and no timetable.
    NoTimetables,
    /// No timetable has a route of this id or name.
    UnknownRoute {
        /// The table of the project file, in its brackets.
        table: &'static str,
        /// The route as it was written.
        route: String,
        /// The ids and names that are most like it, the best first.
        nearest: Vec<String>,
    },
    /// No timetable has a trip of this id.
    UnknownTrip {
        /// The trip as it was written.
        trip: String,
        /// The ids that are most like it, the best first.
        nearest: Vec<String>,
    },
    /// The route is there, but no trip of it, or none any more.
    NothingToRemove {
        /// The route as it was written.
        route: String,
    },
    /// The route has no departure in the window.
    NothingToReplace {
        /// The edit.
        headway: Headway,
        /// Whether trips of the route do without `direction_id`, so that none has the direction that is asked for.
        without_direction: bool,
    },
    /// No layer has a line of this name, operator and kind.
    UnknownLine {
        /// The line as it was written.
        line: NamedLine,
        /// The lines that are most like it, the best first.
        nearest: Vec<String>,
    },
    /// The name is that of several lines.
    SeveralLines {
        /// The line as it was written.
        line: NamedLine,
        /// Of which kinds there are such lines.
        kinds: Vec<&'static str>,
        /// Whose lines they are.
        operators: Vec<String>,
    },
    /// An earlier edit is of the same line.
    LineTwice {
        /// The line as it was written.
        line: NamedLine,
    },
    /// A timetable says how often it runs.
    LineOfTimetable {
        /// The line as it was written.
        line: NamedLine,
    },
}

impl Diagnose for ScenarioError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.faults.iter().map(|fault| fault.diagnostic().at(self.file.display())).collect()
    }
}

display_diagnosed!(ScenarioError);

impl ScenarioFault {
    /// What it says, of no file yet.
    fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::NoTimetables => Diagnostic::error(
                "scenario-without-timetables",
                Text::new(
                    "[scenario] で時刻表を変えようとしていますが、時刻表がありません。",
                    "[scenario] changes timetables, and there are none",
                ),
            )
            .help(Text::new(
                "[layers] の `gtfs` で時刻表を指定するか、時刻表の変更を消してください。",
                "name them with `gtfs` in [layers], or take the edits out",
            )),
            Self::UnknownRoute { table, route, nearest } => Diagnostic::error(
                "scenario-route-unknown",
                text!(
                    "{table} の路線{route}は、どの時刻表にもありません。{nearest}",
                    "{table} names the route {route}, which no timetable has{nearest}",
                    route = quoted(route),
                    nearest = nearest_of(nearest)
                ),
            )
            .help(text!(
                "routes.txt の route_id か路線名を書いてください。{near}",
                "write a route_id or a name of routes.txt{near}",
                near = near_ones(nearest)
            )),
            Self::UnknownTrip { trip, nearest } => Diagnostic::error(
                "scenario-trip-unknown",
                text!(
                    "[[scenario.remove]] の便{trip}は、どの時刻表にもありません。{nearest}",
                    "[[scenario.remove]] names the trip {trip}, which no timetable has{nearest}",
                    trip = quoted(trip),
                    nearest = nearest_of(nearest)
                ),
            )
            .help(text!(
                "trips.txt にあるとおりの trip_id を書いてください。{near}",
                "write the trip_id as trips.txt has it{near}",
                near = near_ones(nearest)
            )),
            Self::NothingToRemove { route } => Diagnostic::error(
                "scenario-nothing-to-remove",
                text!(
                    "[[scenario.remove]] の路線{route}には、取り除く便が残っていません。",
                    "[[scenario.remove]] takes out the route {route}, of which no trip is left",
                    route = quoted(route)
                ),
            )
            .help(Text::new(
                "この [[scenario.remove]] を消してください。前の変更ですでに取り除かれたか、もともと便がありません。",
                "take this [[scenario.remove]] out: an earlier one has done it, or the timetable never had a trip",
            )),
            Self::NothingToReplace { headway, without_direction } => nothing_to_replace(headway, *without_direction),
            Self::UnknownLine { line, nearest } => of_lines::unknown(line, nearest),
            Self::SeveralLines { line, kinds, operators } => of_lines::several(line, kinds, operators),
            Self::LineTwice { line } => of_lines::twice(line),
            Self::LineOfTimetable { line } => of_lines::of_timetable(line),
        }
    }
}

fn nothing_to_replace(headway: &Headway, without_direction: bool) -> Diagnostic {
    let Headway { route, from, to, direction, .. } = headway;
    let direction = direction
        .map_or_else(|| Text::same(""), |direction| text!("（direction {direction}）", ", direction {direction},"));
    Diagnostic::error(
        "scenario-nothing-to-replace",
        text!(
            "[[scenario.headway]] の路線{route}{direction}には、{from}から{to}までに発車する便がありません。",
            "[[scenario.headway]] of the route {route}{direction} finds no trip that departs from {from} to {to}",
            route = quoted(route),
            direction = direction
        ),
    )
    .help(if without_direction {
        Text::new(
            "`direction` を消してください。この路線の便には direction_id がありません。書かなければ、どの方向もその間隔で走ります。",
            "leave `direction` out: the trips of this route have no direction_id; without it each direction runs so often",
        )
    } else {
        Text::new(
            "運行間隔を変えた便の経路は、その時間帯に走る便に合わせます。ほかの時間帯を書くか、[[scenario.stops]] で停留所を加えてください。",
            "a headway changes trips that run in these hours, which show where the route goes; give other hours, or \
             add the stops with [[scenario.stops]]",
        )
    })
}

/// A name as it was written, told from the words around it.
pub(super) fn quoted(name: &str) -> Text {
    Text { ja: format!("「{}」", name.escape_debug()).into(), en: format!("{name:?}").into() }
}

/// The best of the near names.
pub(super) fn nearest_of(nearest: &[String]) -> Text {
    nearest.first().map_or_else(
        || Text::same(""),
        |name| text!("最も近いのは{name}です。", "; the nearest is {name}", name = quoted(name)),
    )
}

/// The near names, where there are several.
pub(super) fn near_ones(nearest: &[String]) -> Text {
    if nearest.len() < 2 {
        return Text::same("");
    }
    let near = Text::list(&nearest.iter().map(|name| Text::from(name.escape_debug())).collect::<Vec<_>>());
    text!("近いものは、{near}です。", "; near ones: {near}", near = near)
}

/// The known names that are most like one, the best first; of equals in the order of the alphabet.
pub(super) fn nearest(name: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let likeness = |other: &str| strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let mut ranked: Vec<(f64, &str)> = known.iter().map(|&other| (likeness(other), other)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(NEAR).map(|(_, other)| other.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;
    use crate::layers::StopKind;
    use crate::units::ServiceTime;

    fn number(fault: &ScenarioFault) -> usize {
        match fault {
            ScenarioFault::NoTimetables => 0,
            ScenarioFault::UnknownRoute { .. } => 1,
            ScenarioFault::UnknownTrip { .. } => 2,
            ScenarioFault::NothingToRemove { .. } => 3,
            ScenarioFault::NothingToReplace { .. } => 4,
            ScenarioFault::UnknownLine { .. } => 5,
            ScenarioFault::SeveralLines { .. } => 6,
            ScenarioFault::LineTwice { .. } => 7,
            ScenarioFault::LineOfTimetable { .. } => 8,
        }
    }

    #[test]
    fn every_fault_speaks_both_languages() {
        let near = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let headway = |direction| Headway {
            route: "the harbour line".to_owned(),
            seconds: 600,
            from: ServiceTime(7 * ServiceTime::HOUR),
            to: ServiceTime(9 * ServiceTime::HOUR),
            direction,
        };
        let route = "the harbour line".to_owned();
        let line =
            NamedLine { kind: Some(StopKind::Bus), operator: Some("甲".to_owned()), name: "循環線".to_owned() };
        let several = |kinds: &[&'static str], operators: &[&str]| ScenarioFault::SeveralLines {
            line: NamedLine::of("循環線"),
            kinds: kinds.to_vec(),
            operators: near(operators),
        };
        let faults = vec![
            ScenarioFault::NoTimetables,
            ScenarioFault::UnknownRoute { table: "[[scenario.headway]]", route: route.clone(), nearest: near(&[]) },
            ScenarioFault::UnknownRoute {
                table: "[[scenario.remove]]",
                route: route.clone(),
                nearest: near(&["r0", "r1"]),
            },
            ScenarioFault::UnknownTrip { trip: "t 1".to_owned(), nearest: near(&["t1"]) },
            ScenarioFault::NothingToRemove { route },
            ScenarioFault::NothingToReplace { headway: headway(None), without_direction: false },
            ScenarioFault::NothingToReplace { headway: headway(Some(1)), without_direction: true },
            ScenarioFault::UnknownLine { line: line.clone(), nearest: near(&["循環", "環線"]) },
            ScenarioFault::UnknownLine { line: NamedLine::of("循環線"), nearest: near(&[]) },
            several(&["bus"], &["甲", "乙"]),
            several(&["bus", "rail"], &["甲"]),
            ScenarioFault::LineTwice { line: line.clone() },
            ScenarioFault::LineOfTimetable { line },
        ];
        let numbers: Vec<usize> = faults.iter().map(number).collect();
        let error = ScenarioError { file: "kyoten.toml".into(), faults };
        let said: Vec<_> = numbers.into_iter().zip(error.diagnostics()).collect();
        checks::of_every_variant(9, &said);
        assert_eq!(
            said[2].1.message.ja,
            "[[scenario.remove]] の路線「the harbour line」は、どの時刻表にもありません。最も近いのは「r0」です。"
        );
    }
}
