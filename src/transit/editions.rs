//! Two editions of one timetable in one folder would count every bus twice: the newest is used.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::inputs::gtfs::{Feed, LAYER};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// An edition that gives way.
pub static OTHER_EDITION: NoticeKind = NoticeKind {
    id: "other-edition",
    severity: Severity::Skipped,
    what: Text::new(
        "使う時刻表の別の版なので、外した時刻表があります。",
        "timetable(s) left out, being another edition of one that is used",
    ),
    advice: Some(Text::new(
        "外した版を使うときは、`gtfs` にその版だけを指定してください。",
        "to use that edition, name it alone in `gtfs`",
    )),
};

/// Keeps one edition of every timetable: with a day the one that holds on it, else the one that begins last; of two that
/// begin on one day the one given later.
///
/// Two feeds are editions of one where at least half of the routes, by operator and id, and half of the stops of the
/// smaller one, by id and name, are those of the other. Ids alone say little: two networks of one city may both number
/// theirs from 1.
#[must_use]
pub fn newest_editions(feeds: Vec<Feed>, day: Option<NaiveDate>, notices: &mut Notices) -> Vec<Feed> {
    let marks: Vec<Marks<'_>> = feeds.iter().map(Marks::of).collect();
    let mut kept: Vec<usize> = Vec::new();
    let mut by_rank: Vec<usize> = (0..feeds.len()).collect();
    by_rank.sort_by_key(|&index| std::cmp::Reverse((rank(&feeds[index], day), index)));
    for index in by_rank {
        match kept.iter().find(|&&newer| marks[newer].is_edition_of(&marks[index])) {
            None => kept.push(index),
            Some(&newer) => {
                let [left, used] = [index, newer].map(|feed| feeds[feed].path.display());
                notices.add(LAYER, &OTHER_EDITION, text!("{left}（{used} を使用）", "{left}, for {used}"));
            }
        }
    }
    kept.sort_unstable();
    let is_kept = |index: &usize| kept.binary_search(index).is_ok();
    feeds.into_iter().enumerate().filter(|(index, _)| is_kept(index)).map(|(_, feed)| feed).collect()
}

/// Whether it holds on the day that is asked for, and when it begins.
fn rank(feed: &Feed, day: Option<NaiveDate>) -> (bool, Option<NaiveDate>) {
    let spans = feed.services.iter().filter_map(|service| service.span.map(|(from, _)| from));
    let dates = feed.services.iter().filter_map(|service| service.added.first().copied());
    let holds = day.is_some_and(|day| feed.services.iter().any(|service| service.runs_on(day)));
    (holds, feed.from.or_else(|| spans.chain(dates).min()))
}

/// What two editions have in common.
struct Marks<'a> {
    routes: BTreeSet<(Option<&'a str>, &'a str)>,
    stops: BTreeSet<(&'a str, Option<&'a str>)>,
}

impl<'a> Marks<'a> {
    fn of(feed: &'a Feed) -> Self {
        Self {
            routes: feed.routes.iter().map(|route| (route.operator.as_deref(), route.id.as_str())).collect(),
            stops: feed.stops.iter().map(|stop| (stop.id.as_str(), stop.name.as_deref())).collect(),
        }
    }

    fn is_edition_of(&self, other: &Self) -> bool {
        fn half<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> bool {
            let common = one.intersection(other).count();
            common > 0 && 2 * common >= one.len().min(other.len())
        }
        half(&self.routes, &other.routes) && half(&self.stops, &other.stops)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::gtfs::{FeedRoute, FeedStop};

    fn feed(path: &str, operator: &str, from: &str) -> Feed {
        let route = FeedRoute { id: "1".to_owned(), operator: Some(operator.to_owned()), ..FeedRoute::default() };
        let stop = FeedStop { id: "1_1".to_owned(), ..FeedStop::default() };
        let from = Some(from.parse().unwrap());
        Feed { path: path.into(), from, routes: vec![route], stops: vec![stop], ..Feed::default() }
    }

    #[test]
    fn the_edition_that_begins_last_is_used_and_the_other_is_named() {
        let mut notices = Notices::default();
        let feeds =
            vec![feed("2026", "市", "2026-04-01"), feed("2025", "市", "2025-04-01"), feed("x", "社", "2020-01-01")];
        let kept: Vec<_> = newest_editions(feeds, None, &mut notices).into_iter().map(|feed| feed.path).collect();
        assert_eq!(kept, ["2026", "x"].map(std::path::PathBuf::from));
        let (_, kind, tally) = notices.iter().next().unwrap();
        assert_eq!((kind.id, &*tally.examples[0].en), ("other-edition", "2025, for 2026"));
    }

    #[test]
    fn two_networks_of_one_city_that_number_their_routes_and_stops_from_one_are_no_editions() {
        let mut notices = Notices::default();
        let [mut loop_line, mut feeder] = ["loop", "feeder"].map(|path| feed(path, "市", "2026-04-01"));
        loop_line.stops[0].name = Some("駅前".to_owned());
        feeder.stops[0].name = Some("漁港前".to_owned());
        assert_eq!(newest_editions(vec![loop_line, feeder], None, &mut notices).len(), 2);
        assert_eq!(notices.iter().count(), 0);
    }
}
