//! What a run says of its timetables: which editions, which days, how much of them.

use serde::{Deserialize, Serialize};

use super::service_day::ServiceDay;
use super::timetable::Timetable;
use crate::text::Text;

/// One timetable as it was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedReport {
    /// The folder or archive.
    pub path: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its edition.
    pub version: Option<String>,
    /// The first day for which the publisher says that it holds, `2026-04-01`.
    pub valid_from: Option<String>,
    /// The last such day.
    pub valid_to: Option<String>,
    /// The day that was counted.
    pub service_day: String,
    /// How that was chosen: `representative weekday` or `given`.
    pub service_day_from: String,
    /// The same in Japanese.
    #[serde(default)]
    pub service_day_from_ja: String,
    /// Routes.
    pub routes: usize,
    /// Stops and poles.
    pub stops: usize,
    /// Trips of all days.
    pub trips: usize,
    /// Departures of the day that was counted, after joint lines are counted once.
    pub departures: usize,
}

/// How a day was chosen.
fn chosen(day: ServiceDay) -> Text {
    if day.given {
        Text::new("指定された日", "given")
    } else {
        Text::new("代表的な平日", "representative weekday")
    }
}

impl Timetable {
    /// What is to be said of each feed.
    #[must_use]
    pub fn reports(&self) -> Vec<FeedReport> {
        let mut departures = vec![0; self.feeds.len()];
        for departure in self.departures.iter().flatten() {
            departures[departure.feed as usize] += 1;
        }
        self.feeds
            .iter()
            .zip(&self.days)
            .zip(departures)
            .map(|((feed, day), departures)| (feed, day, chosen(*day), departures))
            .map(|(feed, day, chosen, departures)| FeedReport {
                path: feed.path.display().to_string(),
                publisher: feed.publisher.clone(),
                version: feed.version.clone(),
                valid_from: feed.from.map(|day| day.to_string()),
                valid_to: feed.to.map(|day| day.to_string()),
                service_day: day.date.to_string(),
                service_day_from: chosen.en.into_owned(),
                service_day_from_ja: chosen.ja.into_owned(),
                routes: feed.routes.len(),
                stops: feed.stops.len(),
                trips: feed.trips.len(),
                departures,
            })
            .collect()
    }
}
