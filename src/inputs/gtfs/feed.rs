//! A timetable as its files have it, with references between files resolved: a trip knows its route by number.

use std::ops::Range;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::lost::{FeedLost, ServiceLost, TripDoubt};
use crate::inputs::SourceFile;
use crate::units::ServiceTime;

/// One feed of GTFS or GTFS-JP (標準的なバス情報フォーマット).
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// The folder or archive.
    pub path: PathBuf,
    /// What is known of its files: the archive, or each file of the folder that was read.
    pub files: Vec<SourceFile>,
    /// Who publishes it (`feed_publisher_name`).
    pub publisher: Option<String>,
    /// Its edition (`feed_version`).
    pub version: Option<String>,
    /// The first day for which the publisher says that it holds (`feed_start_date`).
    pub from: Option<NaiveDate>,
    /// The last such day (`feed_end_date`).
    pub to: Option<NaiveDate>,
    /// Routes 系統.
    pub routes: Vec<FeedRoute>,
    /// Stops and poles 標柱 where a vehicle calls; stations, entrances and the like are left out.
    pub stops: Vec<FeedStop>,
    /// Which days what runs.
    pub services: Vec<Service>,
    /// Trips 便, each with its calls.
    pub trips: Vec<FeedTrip>,
    /// The calls of all trips, trip after trip, each trip's in the order of `stop_sequence`.
    pub calls: Vec<Call>,
    /// Trips that run every so often.
    pub frequencies: Vec<Frequency>,
    /// What is lost of it.
    pub lost: FeedLost,
}

/// A route 系統.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedRoute {
    /// `route_id`.
    pub id: String,
    /// What it is called, trimmed, NFKC, none twice: `route_long_name`, `route_short_name`, `jp_parent_route_id`.
    pub names: Vec<String>,
    /// The name of the agency that runs it, trimmed, NFKC.
    pub operator: Option<String>,
    /// `route_type`, basic or extended.
    pub kind: u16,
}

/// A stop or pole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedStop {
    /// `stop_id`.
    pub id: String,
    /// `stop_name`, trimmed, NFKC; that of its parent where it has none.
    pub name: Option<String>,
    /// Longitude and latitude, degrees (WGS 84, taken as JGD2011); that of its parent where it has none.
    pub lon_lat: Option<[f64; 2]>,
    /// `parent_station`.
    pub parent: Option<String>,
}

/// A set of days on which trips run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// `service_id`.
    pub id: String,
    /// Monday to Sunday; none for a service that has no line in `calendar.txt`.
    pub weekdays: [bool; 7],
    /// The first and the last day of `calendar.txt`.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Days added by `calendar_dates.txt`, sorted.
    pub added: Vec<NaiveDate>,
    /// Days taken out by it, sorted.
    pub removed: Vec<NaiveDate>,
    /// What is lost of them.
    pub lost: ServiceLost,
}

/// A trip 便.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedTrip {
    /// `trip_id`.
    pub id: String,
    /// Index in [`Feed::routes`].
    pub route: u32,
    /// Index in [`Feed::services`].
    pub service: u32,
    /// `direction_id`, 0 or 1.
    pub direction: Option<u8>,
    /// Its calls in [`Feed::calls`].
    pub calls: Range<u32>,
    /// What is lost of it.
    pub doubt: TripDoubt,
}

/// A call of a trip at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Index in [`Feed::stops`].
    pub stop: u32,
    /// When it arrives.
    pub arrival: ServiceTime,
    /// When it leaves.
    pub departure: ServiceTime,
    /// `pickup_type`.
    pub pickup: Boarding,
    /// `drop_off_type`.
    pub drop_off: Boarding,
}

/// Whether one may get on, or off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Boarding {
    /// As usual (0 or empty).
    #[default]
    Regular,
    /// Not at all (1).
    Forbidden,
    /// By arrangement with the agency or the driver (2, 3).
    Arranged,
}

/// A trip that runs every so often (`frequencies.txt`): its own times say only how long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// Index in [`Feed::trips`].
    pub trip: u32,
    /// The first departure from its first stop.
    pub from: ServiceTime,
    /// No departure at or after this time.
    pub to: ServiceTime,
    /// Seconds between departures, at least 1.
    pub headway: u32,
}

impl Service {
    /// Whether it runs on a day.
    #[must_use]
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        use chrono::Datelike as _;
        if self.removed.binary_search(&day).is_ok() {
            return false;
        }
        let usual = self.span.is_some_and(|(from, to)| from <= day && day <= to)
            && self.weekdays[day.weekday().num_days_from_monday() as usize];
        usual || self.added.binary_search(&day).is_ok()
    }
}

impl Service {
    /// Whether it may run on a day, for all that is lost of its days.
    #[must_use]
    pub fn may_run_on(&self, day: NaiveDate) -> bool {
        use chrono::Datelike as _;
        let weekday = day.weekday().num_days_from_monday() as usize;
        let in_span = self.lost.span || self.span.is_some_and(|(from, to)| from <= day && day <= to);
        let in_week = in_span && (self.weekdays[weekday] || self.lost.weekdays[weekday]);
        let is_removed = self.removed.binary_search(&day).is_ok();
        !is_removed && (in_week || self.lost.dates > 0 || self.runs_on(day))
    }

    /// Whether it runs on a day for certain.
    #[must_use]
    pub fn surely_runs_on(&self, day: NaiveDate) -> bool {
        let is_added = self.added.binary_search(&day).is_ok();
        self.runs_on(day) && (is_added || (self.lost.dates == 0 && !self.lost.span))
    }
}

impl Feed {
    /// The same feed with what says on which days it runs, and nothing else.
    #[must_use]
    pub fn clone_calendar(&self) -> Self {
        let Self { from, to, ref services, lost, .. } = *self;
        Self { from, to, services: services.clone(), lost, ..Self::default() }
    }
}

impl Frequency {
    /// How many departures from its first stop there are.
    #[must_use]
    pub fn runs(&self) -> u32 {
        self.to.0.saturating_sub(self.from.0).div_ceil(self.headway.max(1))
    }
}
