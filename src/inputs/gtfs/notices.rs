//! What can be wrong with the rows of a timetable. Kinds that more than one table has, and those of calls, stand here
//! together, since their words are to fit each other.

use crate::notices::{Kind, Severity};

pub(super) static NOT_MEANT: Kind = Kind {
    id: "matches-without-timetable",
    severity: Severity::Info,
    what: "files or folders match a pattern of `gtfs` and hold no timetable; they are not read",
    advice: "",
};

pub(super) static OTHER_ENCODING: Kind = Kind {
    id: "tables-in-other-encoding",
    severity: Severity::Info,
    what: "tables are not in UTF-8, which GTFS asks for; they were read in the encoding that fits",
    advice: "",
};

pub(super) static ROWS_WITHOUT_ID: Kind = Kind {
    id: "rows-without-id",
    severity: Severity::Skipped,
    what: "rows have no id",
    advice: "fill in the id, or take the row out",
};

pub(super) static IDS_DOUBLED: Kind = Kind {
    id: "ids-doubled",
    severity: Severity::Skipped,
    what: "rows have an id that an earlier row has; the first counts",
    advice: "give each its own id",
};

pub(super) static STOPS_WITHOUT_COORDINATES: Kind = Kind {
    id: "stops-without-coordinates",
    severity: Severity::Warning,
    what: "stops have no usable `stop_lat` and `stop_lon`, nor has their station; their trips count, their place is not known",
    advice: "fill in latitude and longitude in decimal degrees",
};

pub(super) static ROUTES_WITHOUT_TYPE: Kind = Kind {
    id: "routes-without-type",
    severity: Severity::Mended,
    what: "routes have no readable `route_type`; they are taken for bus routes (3)",
    advice: "fill in the type: 0 tram, 1 subway, 2 rail, 3 bus",
};

pub(super) static ROUTES_OF_UNKNOWN_AGENCIES: Kind = Kind {
    id: "routes-of-unknown-agencies",
    severity: Severity::Warning,
    what: "routes name an agency that agency.txt does not have; nothing is known of who runs them",
    advice: "correct `agency_id`",
};

pub(super) static DAYS_UNREADABLE: Kind = Kind {
    id: "days-unreadable",
    severity: Severity::Skipped,
    what: "rows of the calendar cannot be read",
    advice: "days are written YYYYMMDD; `exception_type` is 1 (added) or 2 (removed)",
};

pub(super) static VALIDITY_UNREADABLE: Kind = Kind {
    id: "validity-unreadable",
    severity: Severity::Warning,
    what: "feeds have a first or last day of validity that cannot be read; it is taken as not given",
    advice: "days are written YYYYMMDD",
};

pub(super) static TRIPS_OF_UNKNOWN_ROUTES: Kind = Kind {
    id: "trips-of-unknown-routes",
    severity: Severity::Skipped,
    what: "trips are of a route that routes.txt does not have",
    advice: "correct `route_id`, or add the route",
};

pub(super) static TRIPS_OF_UNKNOWN_SERVICES: Kind = Kind {
    id: "trips-of-unknown-services",
    severity: Severity::Skipped,
    what: "trips run on days that neither calendar.txt nor calendar_dates.txt has",
    advice: "correct `service_id`, or add the service",
};

pub(super) static DIRECTIONS_UNREADABLE: Kind = Kind {
    id: "directions-unreadable",
    severity: Severity::Warning,
    what: "trips have a `direction_id` other than 0 and 1; their direction is taken as not given",
    advice: "correct `direction_id`",
};

pub(super) static TRIPS_WITHOUT_CALLS: Kind = Kind {
    id: "trips-without-calls",
    severity: Severity::Warning,
    what: "trips have fewer than two calls that can be used; they are left out",
    advice: "see whether stop_times.txt is whole",
};

pub(super) static NO_TRIPS: Kind = Kind {
    id: "feeds-without-trips",
    severity: Severity::Warning,
    what: "feeds hold no trip that can be used",
    advice: "see the other notices of the feed for why",
};

pub(super) static CALLS_OF_UNKNOWN_TRIPS: Kind = Kind {
    id: "calls-of-unknown-trips",
    severity: Severity::Skipped,
    what: "rows of stop_times.txt are of a trip that trips.txt does not have",
    advice: "correct `trip_id`, or add the trip",
};

pub(super) static CALLS_AT_UNKNOWN_STOPS: Kind = Kind {
    id: "calls-at-unknown-stops",
    severity: Severity::Skipped,
    what: "rows of stop_times.txt are of a stop that stops.txt does not have, or that is none",
    advice: "correct `stop_id`, or add the stop; a station, an entrance and the like are no stops",
};

pub(super) static CALLS_WITHOUT_SEQUENCE: Kind = Kind {
    id: "calls-without-sequence",
    severity: Severity::Skipped,
    what: "rows of stop_times.txt have no number in `stop_sequence`",
    advice: "number the calls of each trip",
};

pub(super) static CALLS_DOUBLED: Kind = Kind {
    id: "calls-doubled",
    severity: Severity::Skipped,
    what: "rows of stop_times.txt have a trip and a `stop_sequence` that an earlier row has; the first counts",
    advice: "number the calls of each trip",
};

pub(super) static TIMES_UNREADABLE: Kind = Kind {
    id: "times-unreadable",
    severity: Severity::Skipped,
    what: "rows of stop_times.txt have a time that is none",
    advice: "times are written HH:MM:SS, up to 99:59:59",
};

pub(super) static ENDS_WITHOUT_TIME: Kind = Kind {
    id: "ends-without-time",
    severity: Severity::Skipped,
    what: "calls at the beginning or end of a trip have no time",
    advice: "the first and the last call of a trip need a time",
};

pub(super) static TIMES_INTERPOLATED: Kind = Kind {
    id: "times-interpolated",
    severity: Severity::Info,
    what: "calls have no time; they are spread evenly between those before and after that have one",
    advice: "",
};

pub(super) static TIMES_BACKWARDS: Kind = Kind {
    id: "times-backwards",
    severity: Severity::Warning,
    what: "trips have times that go back; they are used as they are",
    advice: "correct the times, or `stop_sequence`",
};

pub(super) static BOARDING_UNKNOWN: Kind = Kind {
    id: "boarding-unknown",
    severity: Severity::Warning,
    what: "rows of stop_times.txt have a `pickup_type` or `drop_off_type` other than 0 to 3; it is taken for 0 (as usual)",
    advice: "correct the type",
};

pub(super) static FREQUENCIES_UNUSABLE: Kind = Kind {
    id: "frequencies-unusable",
    severity: Severity::Skipped,
    what: "rows of frequencies.txt cannot be used",
    advice: "each needs a trip, a time to begin, a later one to end, and at least one second between departures",
};
