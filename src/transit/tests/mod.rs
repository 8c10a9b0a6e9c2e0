//! Small cities of timetables and layers.

mod abandoned;
mod connecting;
mod daily;
mod lines;
mod merging;
mod riding;

use chrono::NaiveDate;

use super::*;
use crate::crs::{FromPlane, Plane, ScaleField};
use crate::geometry::Point;
use crate::inputs::gtfs::{Boarding, Call, Feed, FeedRoute, FeedStop, FeedTrip, Frequency, Service};
use crate::layers::{Blank, Line, StopKind, StopRow};
use crate::notices::Notices;
use crate::regions::{Certainty, Region};
use crate::units::{Interval, Metres, ServiceTime};

/// The day that is counted; services 0 runs on it, service 1 does not.
const DAY: ServiceDay = ServiceDay { date: NaiveDate::from_ymd_opt(2026, 6, 3).expect("a date"), given: true };

const BUS: u16 = 3;
const RAIL: u16 = 2;
const TRAM: u16 = 0;

/// For each stop, how certain it is that it connects to one zone that lies somewhere between `sure` and `possible`.
fn connected(stops: &[Stop], links: &Links<'_>, sure: &Region, possible: &Region) -> Vec<Certainty> {
    let connections = Connections::of(stops, links);
    let to = |zone: &Region, how| connections.to_each(&[zone], how);
    let certainty = |(sure, possible): (&Vec<usize>, &Vec<usize>)| match (sure.is_empty(), possible.is_empty()) {
        (false, _) => Certainty::Sure,
        (true, false) => Certainty::Possible,
        (true, true) => Certainty::No,
    };
    to(sure, Certainty::Sure).iter().zip(&to(possible, Certainty::Possible)).map(certainty).collect()
}

fn plane() -> Plane {
    Plane::new(8).unwrap()
}

fn scale() -> ScaleField {
    ScaleField::new(plane())
}

/// A feed with these poles, each a name and a place in plane metres; `p0`, `p1`, …
fn feed(poles: &[(&str, Point)]) -> Feed {
    let from_plane = FromPlane::new(plane());
    let pole = |(index, (name, at)): (usize, &(&str, Point))| FeedStop {
        id: format!("p{index}"),
        name: Some((*name).to_owned()),
        lon_lat: Some(from_plane.lon_lat(*at)),
        parent: None,
    };
    let service = |added| Service { added, ..Service::default() };
    Feed {
        stops: poles.iter().enumerate().map(pole).collect(),
        services: vec![service(vec![DAY.date]), service(vec![DAY.date.succ_opt().unwrap()])],
        ..Feed::default()
    }
}

/// Adds a route of an operator and returns its index.
fn route(feed: &mut Feed, operator: &str, name: &str, kind: u16) -> u32 {
    feed.routes.push(FeedRoute {
        id: format!("r{}", feed.routes.len()),
        names: vec![name.to_owned()],
        operator: Some(operator.to_owned()),
        kind,
    });
    feed.routes.len() as u32 - 1
}

/// Adds a trip over poles at minutes of the day, in direction 0, and returns its index.
fn trip(feed: &mut Feed, route: u32, calls: &[(u32, u32)]) -> usize {
    let start = feed.calls.len() as u32;
    for &(stop, minute) in calls {
        let time = ServiceTime(minute * 60);
        let (pickup, drop_off) = (Boarding::Regular, Boarding::Regular);
        feed.calls.push(Call { stop, arrival: time, departure: time, pickup, drop_off });
    }
    feed.trips.push(FeedTrip {
        id: format!("t{}", feed.trips.len()),
        route,
        service: 0,
        direction: Some(0),
        calls: start..feed.calls.len() as u32,
        ..FeedTrip::default()
    });
    feed.trips.len() - 1
}

fn timetable(feed: Feed) -> Timetable {
    Timetable::of(vec![feed], vec![DAY], &Settings::default(), plane(), &[], &mut Notices::default())
}

/// The stops of a timetable and of layers.
fn stops(timetable: &Timetable, rows: &Rows<'_>) -> Vec<Stop> {
    let peaks = timetable.peaks(CountingRule::STANDARD);
    services(rows, Some(Counted { timetable, peaks: &peaks }), Metres(200.0), &scale())
}

/// A row of a layer with lines as operator and name; an empty operator is not known.
fn row(kind: StopKind, name: &str, at: Point, lines: &[(&str, &str)]) -> StopRow {
    let line = |(operator, name): &(&str, &str)| Line {
        operator: Some((*operator).to_owned()).filter(|operator| !operator.is_empty()),
        name: (*name).to_owned(),
    };
    StopRow {
        name: Some(name.to_owned()),
        kind,
        lines: lines.iter().map(line).collect(),
        group: None,
        operator: None,
        blank: Blank::default(),
        may_be: None,
        parts: at.into(),
        peak_trips: None,
        daily_trips: None,
    }
}
