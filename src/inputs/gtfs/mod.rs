//! Timetables in GTFS (General Transit Feed Specification) and GTFS-JP: folders and archives of tables → [`Feed`]s.

mod feed;

pub use feed::{Boarding, Call, Feed, FeedRoute, FeedStop, FeedTrip, Frequency, Service};
