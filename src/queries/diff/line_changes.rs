//! Which lines 路線 run more or less often than before, by what the runs' records say of lines as a whole?

use crate::runs::{LineRecord, RunRecord, RunStop, TripsRange};
use crate::text::Text;

/// A line of which the two runs say other numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChange {
    /// Its name.
    pub name: String,
    /// Who runs it, where that is said.
    pub operator: Option<String>,
    /// `rail`, `tram` or `bus`, where that is said.
    pub kind: Option<String>,
    /// Departures in the peak hour in one direction in A and in B, where they differ; `None` where a run does not tell.
    pub peak_trips: Option<[Option<TripsRange>; 2]>,
    /// The same of the day.
    pub daily_trips: Option<[Option<TripsRange>; 2]>,
    /// The stops at which the numbers count, or may, by name.
    pub stops: Vec<String>,
}

impl LineChange {
    /// Its operator, where that is said, and its name.
    #[must_use]
    pub fn title(&self) -> String {
        self.operator.iter().map(|operator| format!("{operator} ")).chain([self.name.clone()]).collect()
    }

    /// What became of its number: `2 → 3 in the peak hour`.
    #[must_use]
    pub fn what(&self) -> Text {
        let mut what = Vec::new();
        if let Some(ends) = self.peak_trips {
            let [from, to] = ends.map(|range| trips(range, "本/時"));
            what.push(text!("ピーク {from} → {to}", "{from} → {to} in the peak hour", from = from, to = to));
        }
        if let Some(ends) = self.daily_trips {
            let [from, to] = ends.map(|range| trips(range, "本"));
            what.push(text!("1日 {from} → {to}", "{from} → {to} a day", from = from, to = to));
        }
        Text::list(&what)
    }

    /// Whether it calls at a stop of a run.
    pub(super) fn calls_at(&self, stop: &RunStop) -> bool {
        let is_it = |line: &String| match &self.operator {
            Some(_) => *line == self.title(),
            None => *line == self.name || line.ends_with(&format!(" {}", self.name)),
        };
        let is_named = stop.name.as_ref().is_none_or(|name| self.stops.contains(name));
        is_named && self.kind.as_deref().is_none_or(|kind| kind == stop.kind.id()) && stop.lines.iter().any(is_it)
    }
}

/// A number of departures in words, where it is known; its unit is written in Japanese alone.
fn trips(range: Option<TripsRange>, unit: &str) -> Text {
    let said = |ja: String, en: String| Text { ja: ja.into(), en: en.into() };
    match range {
        None | Some(TripsRange { lo: 0.0, hi: None }) => Text::new("不明", "unknown"),
        Some(TripsRange { lo, hi: None }) => said(format!("{lo}{unit}以上"), format!("{lo} or more")),
        Some(TripsRange { lo, hi: Some(hi) }) if lo == hi => said(format!("{lo}{unit}"), lo.to_string()),
        Some(TripsRange { lo, hi: Some(hi) }) => said(format!("{lo}〜{hi}{unit}"), format!("{lo}–{hi}")),
    }
}

/// The lines with another number in B than in A, those of B in their order, then those of A.
pub(super) fn line_changes(a: &RunRecord, b: &RunRecord) -> Vec<LineChange> {
    let mut changes: Vec<LineChange> = Vec::new();
    for (record, [own, other]) in lines(b).map(|line| (line, [b, a])).chain(lines(a).map(|line| (line, [a, b]))) {
        let is_told = |change: &LineChange| {
            change.name == record.name && change.operator == record.operator && change.kind == record.kind
        };
        if changes.iter().any(is_told) {
            continue;
        }
        let in_order = |[of_own, of_other]: [Option<TripsRange>; 2]| {
            let pair = if std::ptr::eq(own, b) { [of_other, of_own] } else { [of_own, of_other] };
            (pair[0] != pair[1]).then_some(pair)
        };
        let peak = [Number::Peak, Number::Daily].map(|number| {
            let (mine, theirs) = (said(own, record, number), said(other, record, number));
            // A what-if that says nothing of a number leaves it as it is.
            let mine = mine.or_else(|| number.today(record));
            in_order([mine, theirs.or_else(|| number.today(record))])
        });
        let mut stops = record.stops.clone();
        for more in lines(other).filter(|one| is_one(one, record)).chain([record]) {
            let new = more.stops.iter().chain(&more.perhaps).filter(|name| !stops.contains(name)).cloned();
            stops.extend(new.collect::<Vec<_>>());
        }
        if peak.iter().any(Option::is_some) {
            let LineRecord { name, operator, kind, .. } = record.clone();
            changes.push(LineChange { name, operator, kind, peak_trips: peak[0], daily_trips: peak[1], stops });
        }
    }
    changes
}

/// What a run says of lines as a whole; a what-if first.
fn lines(run: &RunRecord) -> impl Iterator<Item = &LineRecord> {
    let supposed = run.scenario.iter().flat_map(|scenario| &scenario.lines);
    supposed.chain(run.transit.iter().flat_map(|transit| &transit.lines))
}

/// Whether two records are of one line; one that names no operator or kind may mean the other's.
fn is_one(one: &LineRecord, other: &LineRecord) -> bool {
    let agree = |one: &Option<String>, other: &Option<String>| one == other || one.is_none() || other.is_none();
    one.name == other.name && agree(&one.operator, &other.operator) && agree(&one.kind, &other.kind)
}

#[derive(Debug, Clone, Copy)]
enum Number {
    Peak,
    Daily,
}

impl Number {
    fn of(self, line: &LineRecord) -> Option<TripsRange> {
        let trips = match self {
            Self::Peak => line.peak_trips,
            Self::Daily => line.daily_trips,
        }?;
        Some(TripsRange { lo: trips, hi: Some(trips) })
    }

    /// What a what-if has found to be said of it today.
    fn today(self, line: &LineRecord) -> Option<TripsRange> {
        let today = line.today.as_ref()?;
        match self {
            Self::Peak => today.peak_trips,
            Self::Daily => today.daily_trips,
        }
    }
}

/// What a run says of a line.
fn said(run: &RunRecord, line: &LineRecord, number: Number) -> Option<TripsRange> {
    lines(run).filter(|one| is_one(one, line)).find_map(|one| number.of(one))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(supposed: &serde_json::Value, table: &serde_json::Value) -> RunRecord {
        let mut record = json!({ "tool": { "name": "kyoten", "version": "0" }, "project": { "name": "", "municipality": null,
            "planned_kind": null }, "plane": { "name": "" }, "rules": { "set": "", "required": {}, "thresholds": {}, "waived": {} },
            "expectations": [], "inputs": [], "files": [] });
        record["scenario"] = json!({ "note": "", "stops": [], "removals": [], "headways": [], "lines": supposed });
        record["transit"] = json!({ "rule": "", "window": "", "unit": "", "direction": "", "day": null, "stop_group_m": 200.0,
            "transfers": 0, "feeds": [], "lines": table });
        serde_json::from_value(record).expect("a record")
    }

    fn line(trips: f64, today: Option<f64>) -> serde_json::Value {
        let today = today.map(|trips| json!({ "peak_trips": { "lo": trips, "hi": trips }, "daily_trips": null }));
        json!([{ "name": "循環線", "operator": null, "kind": null, "peak_trips": trips, "daily_trips": null, "today": today,
            "stops": ["港"] }])
    }

    fn told(a: &RunRecord, b: &RunRecord) -> Vec<String> {
        line_changes(a, b).iter().map(|change| format!("{} {}", change.title(), change.what().en)).collect()
    }

    #[test]
    fn a_line_goes_from_what_it_is_today_to_what_is_supposed() {
        let none = json!([]);
        let today = run(&none, &none);
        let what_if = run(&line(3.0, Some(2.0)), &none);
        assert_eq!(told(&today, &what_if), ["循環線 2 → 3 in the peak hour"]);
        assert_eq!(told(&what_if, &today), ["循環線 3 → 2 in the peak hour"]);
        assert_eq!(told(&what_if, &run(&line(5.0, Some(2.0)), &none)), ["循環線 3 → 5 in the peak hour"]);
        assert_eq!(told(&today, &run(&line(3.0, None), &none)), ["循環線 unknown → 3 in the peak hour"]);
        assert_eq!(told(&what_if, &what_if), Vec::<String>::new());
    }

    #[test]
    fn rows_of_the_table_of_peak_trips_are_compared_too() {
        let none = json!([]);
        let [two, four] = [2.0, 4.0].map(|trips| run(&none, &line(trips, None)));
        assert_eq!(told(&two, &four), ["循環線 2 → 4 in the peak hour"]);
        assert_eq!(told(&two, &run(&line(3.0, Some(2.0)), &line(2.0, None))), ["循環線 2 → 3 in the peak hour"]);
        let change = &line_changes(&two, &run(&none, &none))[0];
        assert_eq!(change.what().ja, "ピーク 2本/時 → 不明");
    }
}
