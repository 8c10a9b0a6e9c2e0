//! On which day is a timetable counted? The representative weekday 代表的な平日, or a day that the planner names.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::inputs::gtfs::{Feed, LAYER, Service};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// The day on which a feed is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceDay {
    /// The day.
    pub date: NaiveDate,
    /// Whether somebody named it; else it is the representative weekday.
    pub given: bool,
}

/// Validities that are longer, such as those that end in the year 9999, are looked at for so many days.
const MOST_DAYS: u64 = 3_660;

/// A representative weekday that is not like the others.
pub static FEW_TRIPS: NoticeKind = NoticeKind {
    id: "few-trips-on-the-day",
    severity: Severity::Warning,
    what: Text::new(
        "代表的な平日の便数が、ほかの多くの平日の半分に満たない時刻表があります。古い運行日が残っている運行日カレンダーかもしれません。",
        "timetable(s) whose representative weekday has fewer than half of the trips that many other weekdays have; their calendar may keep what is left of old services",
    ),
    advice: Some(Text::new(
        "ふだんの平日を、[transit] の `day`（`peaks` では `--date`）に指定してください。",
        "give a usual weekday as `day` in [transit], or as --date of `peaks`",
    )),
};

/// So many weekdays with more trips are no week of a festival.
const MANY_DAYS: usize = 10;

/// Tells of a feed whose representative weekday `date` has far fewer trips than others.
pub fn tell_of_few_trips(feed: &Feed, date: NaiveDate, notices: &mut Notices) {
    let trips = trips_by_service(feed);
    let running = |day: NaiveDate| -> u64 {
        let runs = feed.services.iter().zip(&trips).filter(|(service, _)| service.runs_on(day));
        runs.map(|(_, trips)| trips).sum()
    };
    let counted = running(date);
    let others = weekday_sets(feed, &trips).into_values().map(|(days, first)| (days, first, running(first)));
    let busier: Vec<(usize, NaiveDate, u64)> = others.filter(|(.., trips)| 2 * counted < *trips).collect();
    let days: usize = busier.iter().map(|(days, ..)| days).sum();
    // The most common of them, then the earliest.
    let Some(&(_, usual, most)) = busier.iter().max_by_key(|(days, first, _)| (*days, std::cmp::Reverse(*first)))
    else {
        return;
    };
    if days >= MANY_DAYS {
        let path = feed.path.display();
        let about = text!(
            "{path}: {date} は{counted}便、{usual} などの{days}日は多く、{usual} は{most}便",
            "{path}: {counted} on {date}; more on {days} weekdays, such as {most} on {usual}"
        );
        notices.add(LAYER, &FEW_TRIPS, about);
    }
}

/// The Monday to Friday of a feed's validity whose set of services is the most common; of several sets as common the one
/// with more trips, then the earlier day. Days on which nothing runs count only where there is no other; a service
/// without trips counts for nothing. `None` for a feed without a weekday.
#[must_use]
pub fn representative_weekday(feed: &Feed) -> Option<NaiveDate> {
    let trips = trips_by_service(feed);
    let sets = weekday_sets(feed, &trips);
    let trips_of = |set: &[usize]| -> u64 { set.iter().map(|&index| trips[index]).sum() };
    sets.iter()
        .max_by(|(set, (days, first)), (other, (other_days, other_first))| {
            let runs = (!set.is_empty()).cmp(&!other.is_empty());
            let common = runs.then(days.cmp(other_days)).then(trips_of(set).cmp(&trips_of(other)));
            common.then(other_first.cmp(first))
        })
        .map(|(_, (_, first))| *first)
}

/// The sets of services that run on a Monday to Friday of the feed's validity, each with how many such days there are and the first.
pub(super) fn weekday_sets(feed: &Feed, trips: &[u64]) -> BTreeMap<Vec<usize>, (usize, NaiveDate)> {
    let mut sets: BTreeMap<Vec<usize>, (usize, NaiveDate)> = BTreeMap::new();
    let Some((from, to)) = validity(feed, trips) else { return sets };
    let weekdays = days(from, to).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    for day in weekdays {
        let running = |&index: &usize| trips[index] > 0 && feed.services[index].runs_on(day);
        let set: Vec<usize> = (0..feed.services.len()).filter(running).collect();
        sets.entry(set).or_insert((0, day)).0 += 1;
    }
    sets
}

/// Whether a feed says what runs on a day.
#[must_use]
pub fn holds_on(feed: &Feed, day: NaiveDate) -> bool {
    validity(feed, &trips_by_service(feed)).is_some_and(|(from, to)| from <= day && day <= to)
}

/// How often the trips of each service run in a day.
pub(super) fn trips_by_service(feed: &Feed) -> Vec<u64> {
    let mut runs = vec![1_u64; feed.trips.len()];
    for frequency in &feed.frequencies {
        runs[frequency.trip as usize] = 0;
    }
    for frequency in &feed.frequencies {
        runs[frequency.trip as usize] += u64::from(frequency.runs());
    }
    let mut trips = vec![0; feed.services.len()];
    for (trip, runs) in feed.trips.iter().zip(runs) {
        trips[trip.service as usize] += runs;
    }
    trips
}

/// The days for which the publisher says that the feed holds, as far as something may run on them.
fn validity(feed: &Feed, trips: &[u64]) -> Option<(NaiveDate, NaiveDate)> {
    let used = feed.services.iter().zip(trips).filter(|(_, trips)| **trips > 0);
    let (first, last) = used
        .filter_map(|(service, _)| first_and_last(service))
        .reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))?;
    let (from, to) = (feed.from.map_or(first, |day| day.max(first)), feed.to.map_or(last, |day| day.min(last)));
    // Where what the publisher says leaves no day at all, the calendar itself is believed.
    Some(if from <= to { (from, to) } else { (first, last) })
}

fn first_and_last(service: &Service) -> Option<(NaiveDate, NaiveDate)> {
    let added = service.added.first().copied().zip(service.added.last().copied());
    match (service.span.filter(|(from, to)| from <= to), added) {
        (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
        (one, other) => one.or(other),
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (0..MOST_DAYS).map_while(move |ahead| from.checked_add_days(Days::new(ahead)).filter(|day| *day <= to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::gtfs::FeedTrip;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A feed of services, each with so many trips.
    fn feed(services: Vec<(Service, usize)>) -> Feed {
        let mut feed = Feed::default();
        for (index, (service, trips)) in services.into_iter().enumerate() {
            feed.services.push(service);
            let trip = FeedTrip { id: String::new(), route: 0, service: index as u32, ..FeedTrip::default() };
            feed.trips.extend(std::iter::repeat_n(trip, trips));
        }
        feed
    }

    fn on(weekdays: &str, from: &str, to: &str) -> Service {
        let mut service = Service { span: Some((day(from), day(to))), ..Service::default() };
        weekdays.chars().enumerate().for_each(|(index, sign)| service.weekdays[index] = sign == '1');
        service
    }

    #[test]
    fn the_set_of_services_of_most_days_is_taken_at_its_first_day() {
        // Three days a week against two; the first Monday is a holiday.
        let mut three = on("1010100", "2026-06-01", "2026-06-30");
        three.removed = vec![day("2026-06-01")];
        let two = on("0101000", "2026-06-01", "2026-06-30");
        assert_eq!(representative_weekday(&feed(vec![(two, 9), (three, 1)])), Some(day("2026-06-03")));
    }

    #[test]
    fn of_sets_as_common_the_one_with_more_trips_is_taken() {
        let first = on("1100000", "2026-06-01", "2026-06-28");
        let second = on("0011000", "2026-06-01", "2026-06-28");
        let with = |trips| feed(vec![(first.clone(), 3), (second.clone(), trips)]);
        assert_eq!(representative_weekday(&with(4)), Some(day("2026-06-03")));
        assert_eq!(representative_weekday(&with(3)), Some(day("2026-06-01")));
    }

    #[test]
    fn days_without_service_and_services_without_trips_do_not_make_a_weekday_representative() {
        let monday = on("1000000", "2026-06-01", "2026-06-28");
        let idle = on("0111100", "2026-06-01", "2026-06-28");
        assert_eq!(representative_weekday(&feed(vec![(monday, 1), (idle, 0)])), Some(day("2026-06-01")));
        let weekend = on("0000011", "2026-06-01", "2026-06-28");
        assert_eq!(representative_weekday(&feed(vec![(weekend, 1)])), Some(day("2026-06-01")));
        assert_eq!(representative_weekday(&feed(vec![])), None);
    }

    #[test]
    fn only_the_days_for_which_the_publisher_speaks_count() {
        let before = on("1111100", "2026-01-01", "2026-06-30");
        let after = on("1111100", "2026-07-01", "2026-07-31");
        let mut feed = feed(vec![(before, 1), (after, 1)]);
        assert_eq!(representative_weekday(&feed), Some(day("2026-01-01")));
        (feed.from, feed.to) = (Some(day("2026-07-01")), Some(day("2026-07-31")));
        assert_eq!(representative_weekday(&feed), Some(day("2026-07-01")));
        (feed.from, feed.to) = (Some(day("2027-07-01")), None);
        assert_eq!(representative_weekday(&feed), Some(day("2026-01-01")));
    }

    #[test]
    fn what_is_left_of_old_services_is_told_of_and_the_weeks_of_a_festival_are_not() {
        let told = |until: &str, trips: usize| {
            let usual = on("1111100", "2026-04-01", until);
            let left = on("1111100", "2026-04-01", "2099-12-31");
            let feed = feed(vec![(usual, trips), (left, 2)]);
            let mut notices = Notices::default();
            tell_of_few_trips(&feed, representative_weekday(&feed).unwrap(), &mut notices);
            notices.iter().map(|(.., tally)| tally.examples[0].en.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told("2026-04-30", 3), [": 2 on 2026-05-01; more on 22 weekdays, such as 5 on 2026-04-01"]);
        assert!(told("2026-04-30", 2).is_empty() && told("2026-04-10", 9).is_empty());
    }

    #[test]
    fn calendar_dates_alone_are_a_calendar() {
        let dates = ["2026-06-05", "2026-06-06", "2026-06-08"];
        let service = Service { added: dates.map(day).to_vec(), ..Service::default() };
        assert_eq!(representative_weekday(&feed(vec![(service, 1)])), Some(day("2026-06-05")));
    }
}
