//! Timetables in GTFS (General Transit Feed Specification) and GTFS-JP: folders and archives of tables → [`Feed`]s.
//!
//! Each table has its file here. They are read in the order of their references: what a row refers to has a number by
//! then. A row that cannot be used is skipped and told of; only a table that is missing or cannot be read at all is an
//! error.

mod calendar;
mod calls;
mod course;
mod feed;
mod feed_info;
mod frequencies;
mod ids;
mod lost;
mod quotes;
mod routes;
mod stops;
mod table;
mod times;
mod trips;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::{Store, Timetable, timetables};
use super::format::Reporter;
use super::{InputError, SourceFile};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

pub use lost::{FeedLost, ServiceLost, TripDoubt};

pub use feed::{Boarding, Call, Feed, FeedRoute, FeedStop, FeedTrip, Frequency, Service};

use self::calendar::Services;
use self::routes::Agencies;
use self::stops::Stops;
use self::table::GtfsTable;
use self::trips::Trips;

static NOT_MEANT: NoticeKind = NoticeKind {
    id: "matches-without-timetable",
    severity: Severity::Info,
    what: Text::new(
        "`gtfs` のパターンに合うファイルやフォルダーに、時刻表でないものがあります。読んでいません。",
        "files or folders match a pattern of `gtfs` and hold no timetable; they are not read",
    ),
    advice: None,
};

static NO_TRIPS: NoticeKind = NoticeKind {
    id: "feeds-without-trips",
    severity: Severity::Warning,
    what: Text::new("使える便が1つもないGTFSフィードがあります。", "feeds hold no trip that can be used"),
    advice: Some(Text::new(
        "理由は、このフィードについてのほかの注意を見てください。",
        "see the other notices of the feed for why",
    )),
};

/// Where notices of timetables go.
pub const LAYER: &str = "gtfs";

/// Reads the timetables that `patterns` name: folders and zip archives, relative to `base`. They come in the order of the
/// patterns, sorted within each, none twice. A path may lead into an archive; one that ends at an archive stands for the
/// only timetable in it. Notices go to the layer `gtfs`.
///
/// Takes about 0.3 s for a million calls.
///
/// # Errors
/// [`InputError::NotFound`] for a path, or a pattern without a match; [`InputError::NotATimetable`] where a folder lacks
/// `stops.txt`, `trips.txt`, `stop_times.txt`, `routes.txt`, or both tables of the calendar;
/// [`InputError::SeveralTimetables`] where an archive holds more than one; [`InputError::MissingField`] where a table
/// lacks a column; whatever keeps an archive or a table from being read.
pub fn read_feeds(base: &Path, patterns: &[String], notices: &mut Notices) -> Result<Vec<Feed>, InputError> {
    let (timetables, left) = timetables(base, patterns)?;
    for path in left {
        notices.add(LAYER, &NOT_MEANT, path.display());
    }
    let read = |timetable: &Timetable| {
        let mut own = notices.of_a_piece();
        let feed = Reading::of(timetable, &mut own).feed();
        (feed, own)
    };
    let feeds: Vec<_> = timetables.par_iter().map(read).collect();
    let merged = feeds.into_iter().map(|(feed, own)| {
        notices.merge(own);
        feed
    });
    merged.collect()
}

/// The tables and archives of the timetables that [`read_feeds`] would read, and what it would say that it does not.
///
/// # Errors
/// As [`read_feeds`], as far as nothing has to be read.
pub fn feed_files(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let (timetables, left) = timetables(base, patterns)?;
    Ok(timetables.iter().flat_map(Timetable::tables).cloned().chain(left).collect())
}

/// A timetable on its way to a feed.
struct Reading<'a> {
    timetable: &'a Timetable,
    store: Store,
    reporter: Reporter<'a>,
    sources: Vec<SourceFile>,
}

impl<'a> Reading<'a> {
    fn of(timetable: &'a Timetable, notices: &'a mut Notices) -> Self {
        let reporter = Reporter { notices, place: LAYER };
        Self { timetable, store: Store::default(), reporter, sources: Vec::new() }
    }

    fn feed(mut self) -> Result<Feed, InputError> {
        let mut feed = Feed { path: self.timetable.path.clone(), ..Feed::default() };
        if let Some(table) = self.table("feed_info.txt")? {
            let rows = feed_info::read(&table, &mut feed, &mut self.reporter)?;
            self.used(&table, rows);
        }
        let mut agencies = Agencies::default();
        if let Some(table) = self.table("agency.txt")? {
            agencies = Agencies::read(&table, &mut self.reporter)?;
            self.used(&table, agencies.len());
        }
        let table = self.needed("routes.txt")?;
        let routes = routes::read(&table, &agencies, &mut self.reporter)?;
        self.used(&table, routes.list.len());
        let mut services = self.services()?;
        let table = self.needed("stops.txt")?;
        let stops = Stops::read(&table, &mut self.reporter)?;
        self.used(&table, stops.rows());
        let trip_table = self.needed("trips.txt")?;
        let trips = Trips::read(&trip_table, &routes, &mut services, &mut self.reporter)?;
        let table = self.needed("stop_times.txt")?;
        let calls = calls::read(&table, &trips, &stops, &mut self.reporter)?;
        let mut called = trips.with(&calls, &table, &mut self.reporter);
        drop(calls);
        feed.lost = FeedLost { days: feed.lost.days, ..called.lost };
        self.used(&trip_table, called.trips.len());
        self.used(&table, called.calls.len());
        if let Some(table) = self.table("frequencies.txt")? {
            feed.frequencies = frequencies::read(&table, &mut called, &mut self.reporter)?;
            self.used(&table, feed.frequencies.len());
        }
        if called.trips.is_empty() {
            self.reporter.add(&NO_TRIPS, feed.path.display());
        }
        feed.files = self.files(called.trips.len());
        Ok(Feed {
            routes: routes.list,
            stops: stops.list,
            services: services.list,
            trips: called.trips,
            calls: called.calls,
            ..feed
        })
    }

    fn services(&mut self) -> Result<Services, InputError> {
        let mut services = Services::default();
        if let Some(table) = self.table("calendar.txt")? {
            let rows = services.weeks(&table, &mut self.reporter)?;
            self.used(&table, rows);
        }
        if let Some(table) = self.table("calendar_dates.txt")? {
            let rows = services.days(&table, &mut self.reporter)?;
            self.used(&table, rows);
        }
        services.settle();
        Ok(services)
    }

    fn table(&mut self, name: &str) -> Result<Option<GtfsTable>, InputError> {
        let located = self.timetable.table(name, &mut self.store)?;
        located.map(|located| GtfsTable::open(located, &mut self.reporter)).transpose()
    }

    fn needed(&mut self, name: &'static str) -> Result<GtfsTable, InputError> {
        let path = &self.timetable.path;
        let missing = || InputError::NotATimetable { path: path.clone(), missing: vec![Text::same(name)] };
        self.table(name)?.ok_or_else(missing)
    }

    fn used(&mut self, table: &GtfsTable, rows: usize) {
        self.sources.push(table.source(rows));
    }

    /// What is known of the files that were read: of a folder each, of an archive the archive.
    fn files(self, trips: usize) -> Vec<SourceFile> {
        if !self.timetable.packed {
            return self.sources;
        }
        let first = self.sources.into_iter().next();
        let archive =
            |source| SourceFile { path: self.timetable.path.clone(), features: trips, encoding: None, ..source };
        first.map(archive).into_iter().collect()
    }
}
