//! Which day is each timetable counted on, and what is told of it?

use chrono::NaiveDate;

use super::doubt;
use super::editions::newest_editions;
use super::service_day::{ServiceDay, holds_on, representative_weekday, tell_of_few_trips};
use super::settings::Settings;
use crate::inputs::gtfs::{Feed, FeedTrip, LAYER};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A feed without a day to count.
pub static NO_WEEKDAY: NoticeKind = NoticeKind {
    id: "no-weekday",
    severity: Severity::Skipped,
    what: Text::new(
        "有効期間に月曜日から金曜日の日がない時刻表があります。",
        "timetable(s) without a Monday to Friday on which they hold",
    ),
    advice: Some(Text::new(
        "[transit] の `day` に、数える日を指定してください。",
        "give the day to count as `day` in [transit]",
    )),
};

/// A feed of which nobody can say what runs on a weekday.
pub static DAY_IN_DOUBT: NoticeKind = NoticeKind {
    id: "service-day-in-doubt",
    severity: Severity::Warning,
    what: Text::new(
        "運行日カレンダーに読めないところがあり、代表的な平日を言い切れない時刻表があります。その日に運行すると言い切れない便は、発車するかもしれないものとして数えます。",
        "timetable(s) whose calendar cannot be read in full, so that their representative weekday is not sure; trips that are not sure to run on it may depart",
    ),
    advice: Some(Text::new(
        "運行日カレンダーを直すか、[transit] の `day` に数える日を指定してください。",
        "correct the calendar, or give the day to count as `day` in [transit]",
    )),
};

/// A feed of which nothing runs on its day.
pub static NOTHING_RUNS: NoticeKind = NoticeKind {
    id: "nothing-runs",
    severity: Severity::Warning,
    what: Text::new(
        "数える日に1便も運行しない時刻表があります。",
        "timetable(s) of which nothing runs on the day that is counted",
    ),
    advice: Some(Text::new(
        "その日が休日なら、[transit] の `day` に別の日を指定してください。",
        "if that day is a holiday, give another `day` in [transit]",
    )),
};

/// A feed that says nothing of the day that is asked for.
pub static ANOTHER_DAY: NoticeKind = NoticeKind {
    id: "day-outside-validity",
    severity: Severity::Warning,
    what: Text::new(
        "指定された日に有効でない時刻表があり、その代表的な平日で数えました。",
        "timetable(s) that do not hold on the day that is asked for, and are counted on their representative weekday",
    ),
    advice: Some(Text::new(
        "[transit] の `day` に、すべての時刻表が有効な日を指定するか、その日に有効な版を指定してください。",
        "give a `day` in [transit] on which all timetables hold, or the editions that do",
    )),
};

/// One edition of each timetable, and the day on which it is counted. A feed without a day is left out.
#[must_use]
pub fn on_their_days(feeds: Vec<Feed>, settings: &Settings, notices: &mut Notices) -> (Vec<Feed>, Vec<ServiceDay>) {
    let feeds = newest_editions(feeds, settings.day, notices);
    feeds.into_iter().filter_map(|feed| service_day(&feed, settings.day, notices).map(|day| (feed, day))).unzip()
}

/// The day on which a feed is counted: the one that is given, if the feed holds on it.
fn service_day(feed: &Feed, given: Option<NaiveDate>, notices: &mut Notices) -> Option<ServiceDay> {
    let path = feed.path.display();
    if let Some(date) = given {
        if holds_on(feed, date) || doubt::span_is_lost(feed) {
            let runs = |trip: &FeedTrip| feed.services[trip.service as usize].may_run_on(date);
            if !feed.trips.iter().any(runs) {
                notices.add(LAYER, &NOTHING_RUNS, text!("{path}、{date}", "{path}, {date}"));
            }
            return Some(ServiceDay { date, given: true });
        }
        notices.add(LAYER, &ANOTHER_DAY, text!("{path}、{date}", "{path}, {date}"));
    }
    let date = representative_weekday(feed);
    let is_lost = doubt::days_are_lost(feed);
    // Where no trip is left of those that there are, others may call in their place.
    let is_kept = is_lost || feed.lost.calls > 0;
    if is_lost {
        notices.add(LAYER, &DAY_IN_DOUBT, path);
    } else {
        match date {
            None if is_kept => {}
            None => notices.add(LAYER, &NO_WEEKDAY, path),
            Some(date) => tell_of_few_trips(feed, date, notices),
        }
    }
    // Where no weekday can be read, none is sure, and whichever it is called makes no difference.
    let date = date.or_else(|| is_kept.then(|| doubt::some_day(feed)));
    date.map(|date| ServiceDay { date, given: false })
}
