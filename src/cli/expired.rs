//! Timetables that no longer hold. The clock is asked here and nowhere else: what a run writes depends on its input alone.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};

use super::print;
use super::reader::lang;
use crate::transit::FeedReport;

/// Warns on standard error of every timetable whose validity is over. They are used all the same.
pub(super) fn tell(feeds: &[FeedReport]) {
    let Some(today) = today() else { return };
    for feed in feeds.iter().filter(|feed| is_over(feed, today)) {
        let (path, last) = (&feed.path, feed.valid_to.as_deref().unwrap_or_default());
        let warning = text!(
            "注意 [gtfs] {path}: この時刻表の有効期間は{last}で終わっています。そのまま使います。\n    今の版があれば、ダウンロードしてください。",
            "warning [gtfs] {path}: this timetable was valid to {last}; it is used as it is\n    download the edition that holds today, if there is one"
        );
        print::aside(warning.get(lang()));
    }
}

fn is_over(feed: &FeedReport, today: NaiveDate) -> bool {
    feed.valid_to.as_ref().and_then(|last| last.parse::<NaiveDate>().ok()).is_some_and(|last| last < today)
}

/// The date in Japan.
fn today() -> Option<NaiveDate> {
    const AHEAD_OF_UTC: u64 = 9 * 3600;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() + AHEAD_OF_UTC;
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_days(Days::new(seconds / 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timetable_is_over_the_day_after_its_last() {
        let feed = |last: Option<&str>| FeedReport {
            path: String::new(),
            publisher: None,
            version: None,
            valid_from: None,
            valid_to: last.map(str::to_owned),
            service_day: String::new(),
            service_day_from: "given".to_owned(),
            service_day_from_ja: String::new(),
            routes: 0,
            stops: 0,
            trips: 0,
            departures: 0,
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_over(&feed(Some("2026-03-31")), day("2026-04-01")));
        assert!(!is_over(&feed(Some("2026-03-31")), day("2026-03-31")));
        assert!(!is_over(&feed(None), day("2026-03-31")));
        assert!(today().is_some_and(|today| today > day("2026-01-01")));
    }
}
