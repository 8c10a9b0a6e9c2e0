//! Numbers that somebody gives a line as a whole: in the table of peak trips, and in a what-if.

use proptest::prelude::*;

use super::*;
use crate::layers::{LineNumber, NamedLine, PeakRow};

const UNKNOWN: f64 = f64::INFINITY;

fn said(name: Option<&str>, line: Option<&str>, trips: f64) -> PeakRow {
    let [name, line] = [name, line].map(|word| word.map(str::to_owned));
    PeakRow { name, line, peak_trips: Some(trips), daily_trips: None }
}

fn supposed(name: &str, trips: f64) -> LineNumber {
    LineNumber { line: NamedLine::of(name), peak_trips: Some(trips), daily_trips: None }
}

fn bus(name: &str, x: f64, lines: &[(&str, &str)], peak: Option<f64>) -> StopRow {
    StopRow { peak_trips: peak, ..row(StopKind::Bus, name, [x, 0.0], lines) }
}

/// The peak service of each row.
fn peaks(stops: &[StopRow], peaks: &[PeakRow], lines: &[LineNumber]) -> Vec<(f64, f64)> {
    let rows = Rows { stops, peaks, lines, ..Rows::default() };
    services(&rows, None, Metres(200.0), &scale()).iter().map(|stop| (stop.peak.lo, stop.peak.hi)).collect()
}

#[test]
fn a_row_of_a_line_counts_at_all_its_stops_and_gives_way_to_all_else() {
    let stops = [
        bus("港", 0.0, &[("", "循環線")], None),
        bus("山", 1000.0, &[("", "循環線"), ("", "東線")], None),
        bus("川", 2000.0, &[("", "循環線")], None),
        bus("森", 3000.0, &[("", "循環線")], Some(1.0)),
        bus("原", 4000.0, &[("", "循環線")], None),
        bus("谷", 5000.0, &[("", "東線")], None),
    ];
    let table = [said(None, Some("循環線"), 3.0), said(Some("川"), Some("循環線"), 2.0), said(Some("原"), None, 5.0)];
    assert_eq!(
        peaks(&stops, &table, &[]),
        [(3.0, 3.0), (3.0, UNKNOWN), (2.0, 2.0), (1.0, 1.0), (5.0, 5.0), (0.0, UNKNOWN)]
    );
    let rows = Rows { stops: &stops, peaks: &table, ..Rows::default() };
    let told = rows.told_of_table();
    assert_eq!(told[0].1.as_ref().map(|told| told.stops.clone()), Ok(vec!["港".to_owned(), "山".to_owned()]));
}

#[test]
fn a_line_of_a_what_if_stands_before_all_that_is_said_today() {
    let stops = [
        bus("港", 0.0, &[("", "循環線")], None),
        bus("川", 2000.0, &[("", "循環線")], None),
        bus("森", 3000.0, &[("", "循環線")], Some(1.0)),
        bus("原", 4000.0, &[("", "循環線")], None),
        bus("谷", 5000.0, &[("", "東線")], Some(7.0)),
    ];
    let table = [said(None, Some("循環線"), 5.0), said(Some("川"), Some("循環線"), 2.0), said(Some("原"), None, 6.0)];
    let three = (3.0, 3.0);
    assert_eq!(peaks(&stops, &table, &[supposed("循環線", 3.0)]), [three, three, three, three, (7.0, 7.0)]);
    let lines = [supposed("循環線", 3.0)];
    let told = Rows { stops: &stops, peaks: &table, lines: &lines, ..Rows::default() }.told_of_supposed();
    assert_eq!((told[0].stops.len(), told[0].peak_today), (4, Some(Interval::new(0.0, 6.0))));
}

#[test]
fn of_a_number_of_several_lines_the_others_have_at_most_all() {
    let both = [bus("港", 0.0, &[("", "循環線"), ("", "東線")], Some(2.0))];
    assert_eq!(peaks(&both, &[], &[supposed("循環線", 3.0)]), [(3.0, 5.0)]);
    let apart = [bus("港", 0.0, &[("", "循環線")], None), bus("港", 10.0, &[("", "東線")], None)];
    assert_eq!(peaks(&apart, &[said(Some("港"), None, 8.0)], &[supposed("循環線", 3.0)]), [(3.0, 11.0); 2]);
    assert_eq!(peaks(&apart, &[], &[supposed("循環線", 3.0)]), [(3.0, UNKNOWN); 2]);
}

#[test]
fn where_the_line_may_call_both_may_be() {
    let mut lost = bus("港", 0.0, &[], Some(2.0));
    lost.blank.line = true;
    let elsewhere = bus("山", 1000.0, &[("甲", "循環線")], None);
    let mut no_operator = bus("川", 2000.0, &[("", "循環線")], None);
    no_operator.blank.operator = true;
    let stops = [lost, elsewhere, no_operator];
    let table = [said(Some("川"), Some("循環線"), 1.0)];
    assert_eq!(peaks(&stops, &table, &[supposed("循環線", 3.0)]), [(2.0, 5.0), (3.0, 3.0), (1.0, 3.0)]);
    assert_eq!(peaks(&stops, &table, &[supposed("循環線", 0.0)])[0], (0.0, 2.0));
}

#[test]
fn two_operators_lines_of_one_name_are_two() {
    let stops = [bus("港", 0.0, &[("甲", "循環線")], None), bus("港", 10.0, &[("乙", "循環線")], Some(2.0))];
    let line = NamedLine { operator: Some("甲".to_owned()), ..NamedLine::of("循環線") };
    let of_one = [LineNumber { line, ..supposed("", 3.0) }];
    assert_eq!(peaks(&stops, &[], &of_one), [(3.0, 5.0); 2]);
    // Nobody says whose it is.
    assert_eq!(peaks(&stops, &[said(None, Some("循環線"), 9.0)], &[])[0], (2.0, UNKNOWN));
}

#[test]
fn a_number_of_a_stop_of_the_what_if_stands_before_that_of_a_line() {
    let added = [bus("新", 0.0, &[("", "循環線")], Some(4.0)), bus("他", 9.0, &[("", "循環線")], None)];
    let lines = [supposed("循環線", 3.0)];
    let rows = Rows { added: &added, lines: &lines, ..Rows::default() };
    let found = services(&rows, None, Metres(200.0), &scale());
    assert_eq!([found[0].peak, found[1].peak], [Interval::exactly(4.0), Interval::exactly(3.0)]);
}

#[test]
fn at_a_stop_with_a_timetable_the_lines_part_of_it_is_not_known() {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [5000.0, 0.0])]);
    let route = route(&mut feed, "甲", "東線", BUS);
    for minute in [420, 430, 440, 450, 460] {
        trip(&mut feed, route, &[(0, minute), (1, minute + 10)]);
    }
    let timetable = timetable(feed);
    let layer = [bus("港", 10.0, &[("甲", "甲の循環線")], None), bus("里", 9000.0, &[("甲", "甲の循環線")], None)];
    let of = |lines: &[LineNumber]| {
        let rows = Rows { stops: &layer, lines, ..Rows::default() };
        let stops = stops(&timetable, &rows);
        let peak = |name: &str| stops.iter().find(|stop| stop.name.as_deref() == Some(name)).expect(name).peak;
        [peak("港"), peak("里")]
    };
    assert_eq!(of(&[])[0], Interval::exactly(5.0));
    assert_eq!(of(&[supposed("甲の循環線", 3.0)]), [Interval::new(3.0, 8.0), Interval::exactly(3.0)]);
}

/// Rows of some stops, each of one line, as P11 has them; some with numbers.
fn layer() -> impl Strategy<Value = Vec<StopRow>> {
    let one = (0..5_usize, 0..4_usize, 0..3_usize, proptest::option::of(0..9_u32), proptest::option::of(0..60_u32));
    let of = |(stop, line, pole, peak, day)| {
        let (name, line) = (["港", "山", "川", "森", "原"][stop], ["循環線", "東線", "西線", "南線"][line]);
        let x = 1000.0 * stop as f64 + 20.0 * pole as f64;
        StopRow {
            daily_trips: Option::<u32>::map(day, f64::from),
            ..bus(name, x, &[("", line)], Option::<u32>::map(peak, f64::from))
        }
    };
    prop::collection::vec(one.prop_map(of), 1..14)
}

fn table() -> impl Strategy<Value = Vec<PeakRow>> {
    let names = prop::sample::select(vec![None, Some("港"), Some("山"), Some("川")]);
    let lines = prop::sample::select(vec![None, Some("循環線"), Some("東線")]);
    let one = (names, lines, 0..9_u32, proptest::option::of(0..60_u32));
    let row = |(name, line, peak, day): (Option<&str>, Option<&str>, u32, Option<u32>)| PeakRow {
        daily_trips: day.map(f64::from),
        ..said(name, line.or(name.is_none().then_some("循環線")), f64::from(peak))
    };
    prop::collection::vec(one.prop_map(row), 0..6)
}

proptest! {
    #[test]
    fn a_line_of_a_what_if_is_as_its_numbers_typed_into_the_layer(
        layer in layer(), table in table(), peak in 0..9_u32, day in 9..60_u32,
    ) {
        prop_assume!(layer.iter().any(|row| row.lines[0].name == "循環線"));
        // Of a stop with a number as a whole the line's part is not known: that cannot be typed.
        let table: Vec<PeakRow> = table.into_iter().filter(|row| row.line.is_some()).collect();
        let (peak, day) = (f64::from(peak), f64::from(day));
        let lines = [LineNumber { daily_trips: Some(day), ..supposed("循環線", peak) }];
        let typed: Vec<StopRow> = layer.iter().cloned().map(|mut row| {
            if row.lines[0].name == "循環線" {
                (row.peak_trips, row.daily_trips) = (Some(peak), Some(day));
            }
            row
        }).collect();
        let of = |stops: &[StopRow], lines: &[LineNumber]| {
            let rows = Rows { stops, peaks: &table, lines, ..Rows::default() };
            let found = services(&rows, None, Metres(200.0), &scale());
            found.iter().map(|stop| (stop.group, stop.peak, stop.daily)).collect::<Vec<_>>()
        };
        prop_assert_eq!(of(&layer, &lines), of(&typed, &[]));
    }

    #[test]
    fn a_row_of_a_line_is_as_rows_of_the_line_at_each_stop(layer in layer(), table in table(), trips in 0..9_u32) {
        prop_assume!(layer.iter().any(|row| row.lines[0].name == "循環線"));
        let (own, others): (Vec<PeakRow>, Vec<PeakRow>) = table.into_iter().partition(|row| row.name.is_none());
        let of_line = said(None, Some("循環線"), f64::from(trips));
        let at_each: Vec<PeakRow> = ["港", "山", "川", "森", "原"].into_iter().filter(|name| {
            let is_said = |row: &&PeakRow| row.name.as_deref() == Some(name) && row.line.as_deref() == Some("循環線");
            !others.iter().any(|row| is_said(&row))
        }).map(|name| said(Some(name), Some("循環線"), f64::from(trips))).collect();
        prop_assume!(own.is_empty());
        let with = |more: &[PeakRow]| peaks(&layer, &[&others[..], more].concat(), &[]);
        prop_assert_eq!(with(&[of_line]), with(&at_each));
    }

    #[test]
    fn what_a_line_may_be_in_truth_lies_in_the_range(
        layer in layer(), table in table(), trips in 0..9_u32, lost in prop::collection::vec(any::<bool>(), 14),
    ) {
        let lines = [supposed("循環線", f64::from(trips))];
        let known = peaks(&layer, &table, &lines);
        // Where a row has lost its line, or its operator, no more is sure than before.
        let mut blurred = layer.clone();
        for (row, &lost) in blurred.iter_mut().zip(&lost) {
            if lost {
                row.lines.clear();
                row.blank.line = true;
            }
        }
        prop_assume!(blurred.iter().any(|row| row.lines.first().is_some_and(|line| line.name == "循環線")));
        for ((least, most), (lo, hi)) in peaks(&blurred, &table, &lines).into_iter().zip(known) {
            prop_assert!(least <= lo && hi <= most, "{least} to {most} does not hold {lo} to {hi}");
        }
    }
}
