//! `trips.txt`: which trip is of which route, on which days; and the trips that are left once their calls are known.

use super::calendar::Services;
use super::calls::{RawCall, RawCalls};
use super::ids::Ids;
use super::lost::{FeedLost, TripDoubt};
use super::routes::Routes;
use super::table::{ColumnIndex, GtfsTable, Row};
use super::{Call, FeedTrip, course};
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static DIRECTIONS_UNREADABLE: NoticeKind = NoticeKind {
    id: "directions-unreadable",
    severity: Severity::Warning,
    what: Text::new(
        "`direction_id` が0でも1でもない便があります。どちらの方向か分からないため、その発車は確実には数えません。",
        "trips have a `direction_id` other than 0 and 1; which way they go is not known, and none of their departures is sure",
    ),
    advice: Some(Text::new("`direction_id` を直してください。", "correct `direction_id`")),
};

static TRIPS_OF_UNKNOWN_ROUTES: NoticeKind = NoticeKind {
    id: "trips-of-unknown-routes",
    severity: Severity::Skipped,
    what: Text::new(
        "routes.txt にない路線の便があります。どの停留所にも、それだけ多く発車があるかもしれないものとして扱います。",
        "trips are of a route that routes.txt does not have; as many more departures are possible at any stop",
    ),
    advice: Some(Text::new("`route_id` を直すか、路線を加えてください。", "correct `route_id`, or add the route")),
};

static TRIPS_OF_UNKNOWN_SERVICES: NoticeKind = NoticeKind {
    id: "trips-of-unknown-services",
    severity: Severity::Skipped,
    what: Text::new(
        "運行日が calendar.txt にも calendar_dates.txt にもない便があります。運行するかどうかは不明として扱います。",
        "trips run on days that neither calendar.txt nor calendar_dates.txt has; whether they run is not known",
    ),
    advice: Some(Text::new(
        "`service_id` を直すか、運行日を加えてください。",
        "correct `service_id`, or add the service",
    )),
};

static TRIPS_WITHOUT_CALLS: NoticeKind = NoticeKind {
    id: "trips-without-calls",
    severity: Severity::Warning,
    what: Text::new(
        "使える停車が2つに満たない便があります。ほかにどこに停車するかは不明として扱います。",
        "trips have fewer than two calls that can be used; at which stops they call besides is not known",
    ),
    advice: Some(Text::new("stop_times.txt に欠けがないかを確かめてください。", "see whether stop_times.txt is whole")),
};

/// At how many stops a trip calls at least.
const LEAST_CALLS: u64 = 2;

/// The trips of the table. One that cannot be used keeps its number, so that its calls are not told of once more.
#[derive(Debug, Default)]
pub(super) struct Trips {
    ids: Ids,
    list: Vec<Option<FeedTrip>>,
}

impl Trips {
    pub(super) fn read(
        table: &GtfsTable,
        routes: &Routes,
        services: &mut Services,
        reporter: &mut Reporter<'_>,
    ) -> Result<Self, InputError> {
        let mut rows = table.rows()?;
        let [id, route, service] = ["trip_id", "route_id", "service_id"].map(|name| rows.needed(name));
        let (id, route, service) = (id?, route?, service?);
        let direction = rows.column("direction_id");
        let mut trips = Self::default();
        while let Some(row) = rows.next_row()? {
            let known = trips.ids.meant(row.get(id));
            if trips.ids.enter(&row, id, reporter).is_none() {
                // Which of two trips a call is of nobody knows.
                if let Some(Some(trip)) = known.and_then(|known| trips.list.get_mut(known as usize)) {
                    trip.doubt = TripDoubt::Calls;
                }
                continue;
            }
            let of_route = routes.of_trip(row.get(route));
            let is_known = services.ids.meant(row.get(service)).is_some();
            let on_days = services.of_trip(row.get(service), row.shown(service));
            if !routes.has(row.get(route)) {
                reporter.add_with(&TRIPS_OF_UNKNOWN_ROUTES, || {
                    row.place().with(&text!("路線「{id}」", "route “{id}”", id = row.shown(route)))
                });
            } else if !is_known {
                reporter.add_with(&TRIPS_OF_UNKNOWN_SERVICES, || {
                    row.place().with(&text!("運行日「{id}」", "service “{id}”", id = row.shown(service)))
                });
            }
            let trip = of_route.zip(on_days).map(|(route, service)| {
                let found = direction_of(&row, direction, reporter);
                FeedTrip {
                    id: row.shown(id).into_owned(),
                    route,
                    service,
                    direction: found.unwrap_or_default(),
                    calls: 0..0,
                    doubt: if found.is_none() { TripDoubt::Calls } else { TripDoubt::None },
                }
            });
            trips.list.push(trip);
        }
        Ok(trips)
    }

    /// The number of a trip.
    pub(super) fn number(&self, id: &[u8]) -> Option<u32> {
        self.ids.meant(id)
    }

    /// Whether a trip is of a known route and service.
    pub(super) fn is_usable(&self, number: u32) -> bool {
        self.list[number as usize].is_some()
    }

    /// The trips that have calls, in the order of their table, with these, which are sorted by trip.
    pub(super) fn with(self, read: &RawCalls, table: &GtfsTable, reporter: &mut Reporter<'_>) -> Called {
        let mut calls = read.list.as_slice();
        let mut called = Called { ids: self.ids, calls: Vec::with_capacity(calls.len()), ..Called::default() };
        called.lost = FeedLost { calls: read.lost, stops: read.at_unknown_stops, days: false };
        for (number, trip) in self.list.into_iter().enumerate() {
            let (own, others) = calls.split_at(calls.iter().take_while(|call| call.trip as usize == number).count());
            calls = others;
            let index = trip.and_then(|mut trip| {
                if read.doubtful.contains(&(number as u32)) {
                    trip.doubt = trip.doubt.max(TripDoubt::Calls);
                }
                called.take(trip, own, table, reporter)
            });
            called.indices.push(index);
        }
        called
    }
}

/// The trips that have calls.
#[derive(Debug, Default)]
pub(super) struct Called {
    pub(super) trips: Vec<FeedTrip>,
    pub(super) calls: Vec<Call>,
    /// What is lost of the calls.
    pub(super) lost: FeedLost,
    ids: Ids,
    /// For each trip of the table its index among those that have calls.
    indices: Vec<Option<u32>>,
}

impl Called {
    /// The number of a trip in its table.
    pub(super) fn number(&self, id: &[u8]) -> Option<u32> {
        self.ids.meant(id)
    }

    /// The index of the trip of that number; `None` where it has no calls.
    pub(super) fn index_of(&self, number: u32) -> Option<u32> {
        self.indices[number as usize]
    }

    /// Takes over a trip with its calls, if there are any; says where it is.
    fn take(
        &mut self,
        mut trip: FeedTrip,
        own: &[RawCall],
        table: &GtfsTable,
        reporter: &mut Reporter<'_>,
    ) -> Option<u32> {
        let start = self.calls.len();
        if !course::settle(own, &trip.id, table, &mut self.calls, reporter) {
            trip.doubt = trip.doubt.max(TripDoubt::Calls);
        }
        if trip.doubt != TripDoubt::None {
            // Its calls as far as they are known; at which times is not.
            self.calls.truncate(start);
            self.calls.extend(own.iter().map(|raw| raw.call));
        }
        let found = (self.calls.len() - start) as u64;
        if found < LEAST_CALLS {
            reporter.add_with(&TRIPS_WITHOUT_CALLS, || table.at_trip(&trip.id));
            self.lost.calls += LEAST_CALLS - found;
            trip.doubt = trip.doubt.max(TripDoubt::Calls);
        }
        if found == 0 {
            return None;
        }
        self.trips.push(FeedTrip { calls: start as u32..self.calls.len() as u32, ..trip });
        Some(self.trips.len() as u32 - 1)
    }
}

/// `direction_id`: `Some(None)` where it is blank, which says nothing, `None` where it cannot be read, which is told.
#[expect(clippy::option_option, reason = "a blank cell and one that cannot be read are two things")]
fn direction_of(row: &Row<'_>, column: ColumnIndex, reporter: &mut Reporter<'_>) -> Option<Option<u8>> {
    match row.whole(column) {
        b"0" => Some(Some(0)),
        b"1" => Some(Some(1)),
        b"" => Some(None),
        _ => {
            reporter.add_with(&DIRECTIONS_UNREADABLE, || row.quoting(column));
            None
        }
    }
}
