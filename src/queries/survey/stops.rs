//! Which stations and stops have departures that nobody knows well enough?

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{classes, end};
use super::fill::Fill;
use super::items::AskedStop;
use super::{Answer, Item, ItemKind, words};
use crate::assess::Assessor;
use crate::criteria::{Rules, StopQuestion};
use crate::geometry::Bounds;
use crate::transit::{ServiceQuestion, Stop};
use crate::units::Interval;

/// Plane metres to a metre on the ground at most, and what rounds.
const FURTHEST: f64 = 1.01;

/// One item a name of stops that may or may not have the service which is asked of them: the table of peak trips speaks by names.
/// And how many of them have none.
pub(super) fn items(assessor: &Assessor) -> (Vec<Item>, usize) {
    let rules = &assessor.judge.rules;
    let questions: Vec<StopQuestion> = rules
        .set
        .criteria
        .iter()
        .filter(|one| rules.asks_for(one))
        .filter_map(|one| one.kind.stop_question())
        .filter(|question| !question.services().is_empty())
        .collect();
    let mut nameless = BTreeSet::new();
    let mut by_name: BTreeMap<&str, Vec<&Stop>> = BTreeMap::new();
    for stop in assessor.stops.iter().filter(|stop| is_open(stop, &questions, rules)) {
        match stop.name.as_deref() {
            Some(name) => by_name.entry(name).or_default().push(stop),
            None => {
                nameless.insert(stop.group);
            }
        }
    }
    (by_name.into_iter().map(|(name, stops)| item(name, &stops, &questions, rules)).collect(), nameless.len())
}

/// Whether its service may be enough for a question and may be not.
fn is_open(stop: &Stop, questions: &[StopQuestion], rules: &Rules) -> bool {
    let is_open = |question: &StopQuestion| {
        question.asks_for_service(stop.kind) && question.is_met(stop, &rules.thresholds) == [false, true]
    };
    questions.iter().any(is_open)
}

fn item(name: &str, stops: &[&Stop], questions: &[StopQuestion], rules: &Rules) -> Item {
    let asked: Vec<(ServiceQuestion, f64)> = stops
        .iter()
        .flat_map(|stop| questions.iter().filter_map(|question| question.of(stop.kind)?.counts.service()))
        .filter_map(|(counted, key)| Some((counted, rules.thresholds.get(key)?)))
        .collect();
    let is_peak = |counted: ServiceQuestion| counted == ServiceQuestion::PeakInOneDirection;
    let thresholds =
        |peak: bool| -> Vec<f64> { asked.iter().filter(|one| is_peak(one.0) == peak).map(|one| one.1).collect() };
    let asks = [true, false].map(|peak| asked.iter().any(|one| is_peak(one.0) == peak));
    let known = |of: fn(&Stop) -> Interval<f64>| {
        stops.iter().map(|stop| of(stop)).fold([0.0_f64, 0.0_f64], |[lo, hi], one| [lo.max(one.lo), hi.max(one.hi)])
    };
    let peaks = numbers(asks[0], thresholds(true), known(|stop| stop.peak));
    let days = numbers(asks[1], thresholds(false), known(|stop| stop.daily.one_direction));
    let mut answers = Vec::new();
    let is_plain = stops.iter().all(|stop| is_without_a_word(stop));
    for peak in &peaks {
        for day in &days {
            let fill = |way: usize| {
                let number = |of: &Option<NumberClass>| of.as_ref().map(|one| one.ways[way]);
                Fill::peak(name, number(peak), number(day))
            };
            let is_one = is_plain || [peak, day].into_iter().flatten().all(NumberClass::is_one);
            let [peak, day] = [peak, day].map(|of| of.as_ref().map(|one| one.class));
            answers.push(Answer {
                id: words::departures_id(peak, day),
                said: words::departures(peak, day),
                end: end(answers.len(), peaks.len() * days.len()),
                numbers: peak.xor(day),
                fills: if is_one { vec![fill(0)] } else { vec![fill(0), fill(1)] },
            });
        }
    }
    let reach = |stop: &Stop| {
        let within = questions.iter().filter_map(|question| rules.thresholds.get(question.of(stop.kind)?.within));
        within.fold(0.0, f64::max) * FURTHEST + 1.0
    };
    let boxes =
        |stop: &&Stop| -> Vec<Bounds> { stop.parts.iter().map(|part| Bounds::of(part).grown(reach(stop))).collect() };
    let around: Vec<Bounds> =
        if stops.iter().any(|stop| stop.is_anywhere) { Vec::new() } else { stops.iter().flat_map(boxes).collect() };
    let at = stops.iter().find_map(|stop| stop.parts.iter().next()).and_then(|part| part.first().copied());
    let lines: BTreeSet<&str> = stops.iter().flat_map(|stop| &stop.lines).map(|line| line.name.as_str()).collect();
    let groups: BTreeSet<usize> = stops.iter().map(|stop| stop.group).collect();
    Item {
        kind: ItemKind::Stop,
        id: format!("stop:{name}"),
        name: Some(name.to_owned()),
        title: words::stop(name, groups.len()),
        at,
        answers,
        around,
        stop: Some(AskedStop { lines: lines.into_iter().map(str::to_owned).collect(), places: groups.len(), asks }),
    }
}

/// Whether nothing at all is said of its service, so that a number for it is all that there is: then numbers of one class come to
/// the same.
fn is_without_a_word(stop: &Stop) -> bool {
    stop.timetable.is_none() && !stop.lacks_a_word && stop.peak.lo == 0.0 && stop.peak.hi.is_infinite()
}

/// A class of numbers, and two of them that stand for it: the first and the last.
struct NumberClass {
    class: [Option<f64>; 2],
    ways: [f64; 2],
}

impl NumberClass {
    fn is_one(&self) -> bool {
        self.ways[0] == self.ways[1]
    }
}

/// The classes of a number of departures; one without a number where none is asked for.
fn numbers(is_asked: bool, thresholds: Vec<f64>, [least, most]: [f64; 2]) -> Vec<Option<NumberClass>> {
    if !is_asked {
        return vec![None];
    }
    let of = |class: [Option<f64>; 2]| {
        let from = class[0].unwrap_or(least).max(least);
        let to = class[1].map_or(if most.is_finite() { most } else { from }, |below| below.next_down().max(from));
        Some(NumberClass { class, ways: [from, to] })
    };
    classes(thresholds, least, most).into_iter().map(of).collect()
}
