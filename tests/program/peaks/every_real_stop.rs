//! Every stop of every real timetable under every rule, counted twice.

use super::agree::compare;
use super::real;

#[test]
fn the_plain_counting_and_the_program_agree_on_every_stop_of_every_real_timetable() {
    let Some(gtfs) = real::gtfs() else { return };
    let feeds = real::feeds(&gtfs);
    assert!(feeds.len() >= 7, "{feeds:?}");
    let mut stops = Vec::new();
    for feed in feeds {
        for date in [None, Some("2026-07-20"), Some("2026-06-04"), Some("2019-04-29")] {
            let date = date.map(|date| date.parse().unwrap());
            let compared = compare(&[&feed], date)
                .unwrap_or_else(|difference| panic!("{}, {date:?}: {difference}", feed.display()));
            let compared = compared.expect("no poles of one name are 200 m apart to the metre");
            stops.extend(date.is_none().then_some((compared.stops, compared.with_departures)));
        }
    }
    let all: (usize, usize) = stops.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!(all, (233, 217), "stops, and those with departures: {stops:?}");
}
