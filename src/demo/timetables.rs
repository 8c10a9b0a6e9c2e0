//! When do the buses run? Lines with their stops in order, and what leaves where at which minute of the day.
//!
//! What the counting of timetables can meet is laid out here:
//!
//! | where | what happens there |
//! |---|---|
//! | 架空駅前 and the main street to its east | two operators share poles; one of them names no direction |
//! | 新架空口 | three in an hour toward the town, not in an hour of the clock, and two the other way |
//! | 新架空駅西, 架空東口, 東浜 | two in an hour: too few |
//! | 架空市役所前 | one pole for both directions, of buses that name none |
//! | 架空病院前 | a terminus at which more arrive in an hour than leave |

use super::plan::{Plan, Stream};
use super::transit::{BUS, CITY_BUS, CITY_BUS_LINE, EAST_BUS_LINE, MAIN_BUS_LINE};

/// A minute of the day.
pub(super) type Minute = u16;

/// The hours in which something runs, and those of them in which most does.
const HOURS: std::ops::RangeInclusive<Minute> = 6..=21;
const BUSY: [Minute; 3] = [7, 8, 17];

/// A line with a timetable.
pub(super) struct TimedLine {
    pub(super) operator: &'static str,
    pub(super) name: String,
    /// Its stops from end to end, by their places in the list of stops.
    pub(super) stops: Vec<usize>,
    /// Whether it runs north and south rather than east and west.
    pub(super) upright: bool,
    /// Whether its first stop is its easternmost or northernmost.
    pub(super) backward: bool,
    /// From which of its stops on buses call at one pole both ways.
    pub(super) one_pole_from: usize,
    pub(super) patterns: Vec<Pattern>,
}

/// A part of a line that buses run: a route 系統 of the timetable.
pub(super) struct Pattern {
    /// Where they call, by places in the line's stops.
    pub(super) calls: Vec<usize>,
    /// When they leave the first for the last, and the last for the first, on weekdays.
    pub(super) leaves: [Vec<Minute>; 2],
}

impl TimedLine {
    /// A line whose buses run the whole of it, a few more when people go to work.
    pub(super) fn regular(plan: &Plan, name: &str, operator: &'static str, stops: Vec<usize>, upright: bool) -> Self {
        let first = stops.first().and_then(|&stop| i32::try_from(stop).ok()).unwrap_or_default();
        let mut random = plan.random(Stream::Timetables, [first, 0]);
        let peak = random.u16(1..=5);
        let leaves = [0; 2].map(|_| every(peak, random.u16(0..60)));
        Self { upright, ..Self::whole(name, operator, stops, leaves) }
    }

    fn whole(name: &str, operator: &'static str, stops: Vec<usize>, leaves: [Vec<Minute>; 2]) -> Self {
        let patterns = vec![Pattern { calls: (0..stops.len()).collect(), leaves }];
        let one_pole_from = usize::MAX;
        Self { operator, name: name.to_owned(), stops, upright: false, backward: false, one_pole_from, patterns }
    }
}

/// So many departures an hour when most run, and half as many in other hours, the first as many minutes after each hour.
fn every(peak: Minute, after: Minute) -> Vec<Minute> {
    let first = after % (60 / peak);
    let of_hour = |hour: Minute| {
        let departures = if BUSY.contains(&hour) { peak } else { (peak / 2).max(1) };
        let apart = 60 / departures;
        (0..departures).map(move |nth| hour * 60 + first + nth * apart)
    };
    HOURS.flat_map(of_hour).collect()
}

const fn at(hour: Minute, minute: Minute) -> Minute {
    hour * 60 + minute
}

/// The main line: through the town, whose last two stops are those of the village.
pub(super) fn main(stops: Vec<usize>) -> TimedLine {
    let [gate, village] = [stops.len() - 2, stops.len() - 1];
    // The town's own buses end at its last stop; where the village's are the only others, they go on to the gate.
    let town = if gate > 1 { gate - 1 } else { gate };
    let hourly = |minute: Minute| HOURS.map(move |hour| at(hour, minute));
    let mut out: Vec<Minute> = hourly(10).chain([at(17, 40)]).collect();
    out.sort_unstable();
    let mut back: Vec<Minute> = [at(6, 20), at(6, 55), at(7, 30), at(8, 0)].into();
    back.extend((9..=21).map(|hour| at(hour, 0)));
    let patterns = vec![
        Pattern { calls: (0..=town).collect(), leaves: [every(4, 5), every(4, 8)] },
        // With those from the village the third within an hour, in no hour of the clock.
        Pattern { calls: (0..=gate).collect(), leaves: [vec![at(18, 25)], vec![at(8, 20)]] },
        Pattern { calls: (0..=village).collect(), leaves: [out, back] },
    ];
    TimedLine { patterns, ..TimedLine::whole(MAIN_BUS_LINE, BUS, stops, [Vec::new(), Vec::new()]) }
}

/// The line in the town's east.
pub(super) fn east(stops: Vec<usize>) -> TimedLine {
    TimedLine::whole(EAST_BUS_LINE, BUS, stops, [every(2, 15), every(2, 25)])
}

/// The city's own bus: on the main street at the poles of the other operator up to `one_pole_from`, and beyond at poles that
/// stand on one side of the road.
pub(super) fn city(stops: Vec<usize>, one_pole_from: usize) -> TimedLine {
    let (station, hospital) = (one_pole_from - 1, stops.len() - 1);
    // One in the evening goes to the hospital without a stop, and not back.
    let direct = Pattern { calls: vec![station, hospital], leaves: [vec![at(17, 50)], Vec::new()] };
    let mut line = TimedLine::whole(CITY_BUS_LINE, CITY_BUS, stops, [every(2, 5), every(2, 20)]);
    line.patterns.push(direct);
    TimedLine { one_pole_from, backward: true, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_village_gate_has_three_in_an_hour_and_two_in_every_hour_of_the_clock() {
        let line = main(vec![0, 1, 2, 3]);
        // The gate is a few minutes from the village.
        let [gate, village] = [1, 2].map(|pattern: usize| &line.patterns[pattern].leaves[1]);
        for minutes in 1..=15 {
            let mut leaving: Vec<Minute> = village.iter().map(|from| from + minutes).chain(gate.clone()).collect();
            leaving.sort_unstable();
            let within = |from: Minute| leaving.iter().filter(|&&at| (from..from + 60).contains(&at)).count();
            assert_eq!(leaving.iter().map(|&from| within(from)).max(), Some(3), "{minutes}");
            assert_eq!((0..24).map(|hour| within(hour * 60)).max(), Some(2), "{minutes}");
        }
        assert!(village.windows(3).all(|three| three[2] - three[0] >= 60));
    }

    #[test]
    fn no_hour_has_more_than_the_peak() {
        for (peak, after) in [(1, 0), (2, 59), (4, 13), (5, 31)] {
            let minutes = every(peak, after);
            assert!(minutes.is_sorted());
            let busiest =
                minutes.iter().map(|&from| minutes.iter().filter(|&&at| (from..from + 60).contains(&at)).count());
            assert_eq!(busiest.max(), Some(usize::from(peak)));
        }
    }
}
