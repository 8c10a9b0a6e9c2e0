//! A town whose directions are known: what its timetables leave open, the range of each stop must hold.
//!
//! Roads lead east and west from a terminal. Several operators run lines on them there and back; some name directions, some do not;
//! they share poles under one `stop_id` or two, some draw each pole of a stop and some one for both, and at the terminal there are bays.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;

use kyoten::transit::{CountingRule, DirectionRule, Unit, Window};

use super::agree::{compare, timetable};
use crate::support::Folder;

/// Stops along each road beside the terminal; two roads lead each way.
const STOPS: usize = 3;
const ROADS: usize = 4;
/// Poles of a stop for buses to the east and to the west are so far apart, metres; a bay from the next one too.
const ACROSS: f64 = 14.0;

/// A stop: the terminal, or a place of a road, counted from the terminal.
type Place = Option<(usize, usize)>;

fn is_east(road: usize) -> bool {
    road < ROADS / 2
}

#[derive(Debug, Clone)]
struct Line {
    /// Its roads, each with how many stops it goes out; the second may be missing, where it ends at the terminal.
    ends: [(usize, usize); 2],
    is_through: bool,
    /// Stops that it does not call at.
    express: bool,
    /// Its bay at the terminal for each way.
    bays: [usize; 2],
    /// Starts to the east, and to the west: minutes.
    starts: [Vec<u32>; 2],
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
struct Operator {
    lines: Vec<Line>,
    names_directions: bool,
    /// One row for both poles of a stop on a road.
    draws_one_pole: bool,
    /// Both poles, at one place.
    draws_one_place: bool,
    has_ids_of_its_own: bool,
    /// How far east of the others it draws everything, metres.
    off: f64,
}

#[derive(Debug, Clone)]
struct Town {
    /// Whether each stop of the roads has one pole for both ways.
    one_pole: Vec<bool>,
    operators: Vec<Operator>,
}

fn line() -> impl Strategy<Value = Line> {
    let end = || (0..ROADS / 2, 1..=STOPS);
    let starts = || vec(400..520_u32, 1..6);
    (end(), end(), any::<bool>(), any::<bool>(), any::<bool>(), [0..2_usize, 0..2_usize], [starts(), starts()])
        .prop_map(|(east, west, is_through, from_east, express, bays, starts)| {
            let (east, west) = (east, (west.0 + ROADS / 2, west.1));
            let ends = if is_through || from_east { [east, west] } else { [west, east] };
            Line { ends, is_through, express, bays, starts }
        })
}

fn operator() -> impl Strategy<Value = Operator> {
    let off = prop_oneof![2 => Just(0.0), 1 => Just(1.5), 1 => Just(6.0)];
    (vec(line(), 1..4), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), off).prop_map(
        |(lines, names_directions, draws_one_pole, draws_one_place, has_ids_of_its_own, off)| Operator {
            lines,
            names_directions,
            draws_one_pole,
            draws_one_place,
            has_ids_of_its_own,
            off,
        },
    )
}

fn town() -> impl Strategy<Value = Town> {
    (vec(any::<bool>(), ROADS * STOPS), vec(operator(), 1..4))
        .prop_map(|(one_pole, operators)| Town { one_pole, operators })
}

/// A call as it is in truth.
#[derive(Debug, Clone)]
struct Call {
    at: u32,
    is_last: bool,
    is_east: bool,
    pole: String,
    route: String,
}

impl Line {
    /// Its stops from west to east.
    fn course(&self) -> Vec<Place> {
        let out = |(road, far): (usize, usize)| {
            (0..far).filter(move |place| !self.express || place + 1 == far).map(move |place| Some((road, place)))
        };
        let [one, other] = self.ends;
        let mut course: Vec<Place> = out(one).collect();
        if is_east(one.0) {
            // From the terminal outwards, and what lies west before it.
            course.insert(0, None);
            if self.is_through {
                let mut west: Vec<Place> = out(other).collect();
                west.reverse();
                course.splice(0..0, west);
            }
        } else {
            course.reverse();
            course.push(None);
        }
        course
    }
}

impl Town {
    /// The pole in the street where a line calls: the stop, and which of its poles.
    fn pole(&self, line: &Line, place: Place, east: bool) -> (String, usize) {
        match place {
            // Bays of the one way and bays of the other.
            None => ("T".to_owned(), line.bays[usize::from(east)] + 2 * usize::from(east)),
            Some((road, at)) => {
                let one = self.one_pole[road * STOPS + at];
                (format!("{road}-{at}"), if one { 0 } else { usize::from(east) })
            }
        }
    }

    fn write(&self, folder: &Folder) -> BTreeMap<String, Vec<Call>> {
        let mut truth: BTreeMap<String, Vec<Call>> = BTreeMap::new();
        for (number, operator) in self.operators.iter().enumerate() {
            let [mut routes, mut trips, mut calls] = [
                "route_id,route_long_name,route_type\n",
                "route_id,service_id,trip_id,direction_id\n",
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n",
            ]
            .map(str::to_owned);
            // Writing to a String cannot fail.
            let mut rows: BTreeMap<String, (String, f64, f64)> = BTreeMap::new();
            for (line_number, line) in operator.lines.iter().enumerate() {
                let route = format!("O{number}R{line_number}");
                let _ = writeln!(routes, "{route},線{number}-{line_number},3");
                for east in [true, false] {
                    let mut course = line.course();
                    if !east {
                        course.reverse();
                    }
                    for (count, start) in line.starts[usize::from(east)].iter().enumerate() {
                        let trip = format!("{route}-{east}-{count}");
                        let named = if operator.names_directions { u8::from(east).to_string() } else { String::new() };
                        let _ = writeln!(trips, "{route},all,{trip},{named}");
                        for (place, stop) in course.iter().enumerate() {
                            let (name, pole) = self.pole(line, *stop, east);
                            let row = operator.row(number, *stop, pole);
                            let at = start + 5 * place as u32;
                            let _ = writeln!(
                                calls,
                                "{trip},{0}:{1:02}:00,{0}:{1:02}:00,{2},{place}",
                                at / 60,
                                at % 60,
                                row.0
                            );
                            truth.entry(name.clone()).or_default().push(Call {
                                at: at * 60,
                                is_last: place + 1 == course.len(),
                                is_east: east,
                                pole: format!("{name}/{pole}"),
                                route: route.clone(),
                            });
                            rows.insert(row.0, (name, row.1, row.2));
                        }
                    }
                }
            }
            let mut stops = "stop_id,stop_name,stop_lat,stop_lon\n".to_owned();
            for (id, (name, east, north)) in rows {
                let _ = writeln!(stops, "{id},{name},{:.9},{:.9}", 35.0 + north / 110_941.0, 138.0 + east / 91_288.0);
            }
            let put = |table: &str, text: String| folder.put(&format!("feed{number}/{table}.txt"), text);
            put("stops", stops);
            put("routes", routes);
            put("trips", trips);
            put("stop_times", calls);
            put("calendar_dates", "service_id,date,exception_type\nall,20260601,1\n".to_owned());
        }
        truth
    }
}

impl Operator {
    /// The `stop_id` of a pole, and where the feed has it, metres.
    fn row(&self, number: usize, place: Place, pole: usize) -> (String, f64, f64) {
        let (name, x, y, pole) = match place {
            None => ("T".to_owned(), 0.0, 0.0, pole),
            Some((road, at)) => {
                let x = 900.0 * (at + 1) as f64;
                let y = if road % 2 == 0 { 600.0 } else { -600.0 };
                let pole = if self.draws_one_pole { 0 } else { pole };
                (format!("{road}-{at}"), if is_east(road) { x } else { -x }, y, pole)
            }
        };
        let own = if self.has_ids_of_its_own { format!("O{number}:") } else { String::new() };
        let across = if self.draws_one_place && place.is_some() { 0.0 } else { ACROSS * pole as f64 };
        (format!("{own}{name}/{pole}"), x + self.off, y + across)
    }
}

/// The service by a rule, where each call's direction is known: of what departs, or of all that runs.
fn service(calls: &[Call], rule: CountingRule, with_last: bool) -> f64 {
    let counted = || calls.iter().filter(|call| with_last || !call.is_last);
    let unit = |call: &Call| match rule.unit {
        Unit::StopGroup => String::new(),
        Unit::Pole => call.pole.clone(),
        Unit::GroupAndRoute => call.route.clone(),
    };
    let of_way = |east: bool| {
        let mut units: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for call in counted().filter(|call| call.is_east == east) {
            units.entry(unit(call)).or_default().push(call.at);
        }
        units.values().map(|times| busiest(times, rule.window)).fold(0.0, f64::max)
    };
    match rule.direction {
        DirectionRule::Best => of_way(true).max(of_way(false)),
        DirectionRule::Both => of_way(true).min(of_way(false)),
    }
}

fn busiest(times: &[u32], window: Window) -> f64 {
    let within =
        |begin: u32, length: u32| times.iter().filter(|time| (begin..begin + length).contains(time)).count() as f64;
    match window {
        Window::AnyHour => times.iter().map(|&begin| within(begin, 3600)).fold(0.0, f64::max),
        Window::ClockHour => (0..30).map(|hour| within(hour * 3600, 3600)).fold(0.0, f64::max),
        Window::MorningMean => within(7 * 3600, 7200) / 2.0,
    }
}

proptest! {
    #![proptest_config(super::generated::cases())]

    #[test]
    fn the_range_of_each_stop_holds_what_is_true_of_it(town in town()) {
        let folder = Folder::new();
        let truth = town.write(&folder);
        let paths: Vec<_> = (0..town.operators.len()).map(|feed| folder.path().join(format!("feed{feed}"))).collect();
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        if let Err(difference) = compare(&paths, None) {
            prop_assert!(false, "{}", difference);
        }
        let timetable = timetable(&paths, None).unwrap();
        for rule in CountingRule::ALL {
            // A feed that draws one pole for two, or a pole where another is, does not tell the two apart.
            let is_astray = |one: &Operator| one.draws_one_pole || one.draws_one_place || one.off > 3.0;
            if rule.unit == Unit::Pole && town.operators.iter().any(is_astray) {
                continue;
            }
            for (group, peak) in timetable.peaks(rule).iter().enumerate() {
                let name = timetable.name(group).unwrap();
                let calls = &truth[name];
                let [departs, runs] = [false, true].map(|with_last| service(calls, rule, with_last));
                let range = peak.range;
                prop_assert!(
                    range.lo <= departs && departs <= range.hi && runs <= range.hi,
                    "{name} by {}: {range:?}, in truth {departs} departures, {runs} runs", rule.id()
                );
            }
        }
    }
}
