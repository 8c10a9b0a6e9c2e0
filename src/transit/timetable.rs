//! The timetables of a study on their service days: what leaves each stop.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::counting::CountingRule;
use super::departures::{Departure, Direction, Events, LastCall, Running, list};
use super::doubt::{self, MayLeave, widened};
use super::groups::{Pole, Poles};
use super::kinds::{is_of_water_or_air, is_on_demand, mode};
use super::peak::{Peak, peak};
use super::service_day::ServiceDay;
use super::settings::Settings;
use super::years_apart::tell_of_years_apart;
use crate::crs::Plane;
use crate::inputs::gtfs::{Feed, LAYER};
use crate::layers::{StopKind, StopRow};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;
use crate::units::ServiceTime;

/// Departures for which one has to call.
pub static BY_ARRANGEMENT: NoticeKind = NoticeKind {
    id: "departures-by-arrangement",
    severity: Severity::Warning,
    what: Text::new(
        "予約や連絡が要る発車（pickup_type 2・3）も、ほかの発車と同じに数えました。",
        "departure(s) of the day only by arrangement (pickup_type 2 or 3), counted like any other",
    ),
    advice: Some(Text::new(
        "デマンド交通を数えないときは、その時刻表を外してください。",
        "if service on demand デマンド交通 should not count, leave its timetable out",
    )),
};

/// Routes that count, though they run only where somebody has booked.
pub static ON_DEMAND: NoticeKind = NoticeKind {
    id: "routes-on-demand",
    severity: Severity::Warning,
    what: Text::new(
        "予約制のデマンド交通・乗合タクシー（route_type 715・1501）の路線も、バスと同じに数えました。",
        "route(s) on demand, of booked buses or communal taxis 乗合タクシー (route_type 715 or 1501), counted like any other bus",
    ),
    advice: Some(Text::new(
        "デマンド交通を数えないときは、その路線か時刻表を外してください。",
        "if service on demand デマンド交通 should not count, leave the routes or their timetable out",
    )),
};

/// Trips of vehicles of a type that nobody counts, and that is neither a ship nor a ropeway nor a plane.
pub static NOT_COUNTED: NoticeKind = NoticeKind {
    id: "routes-not-counted",
    severity: Severity::Warning,
    what: Text::new(
        "鉄道・軌道・バスのどれでもない種類（route_type）の路線があります。数えていません。",
        "route(s) whose route_type is neither a railway's, a tramway's nor a bus's; they are not counted",
    ),
    advice: Some(Text::new(
        "バスとして数えるときは、routes.txt の `route_type` を3（バス）にしてください。",
        "where they are buses, make their `route_type` in routes.txt 3",
    )),
};

/// Trips of vehicles that make no stop of the programme.
pub static NO_STOP_OF_THE_PROGRAMME: NoticeKind = NoticeKind {
    id: "ferries-and-ropeways",
    severity: Severity::Info,
    what: Text::new(
        "船、ロープウェイ、航空の乗り場は、駅・停留所として数えません。",
        "route(s) of ferries, ropeways or planes, whose calls make no stop or station",
    ),
    advice: None,
};

/// One vehicle in two feeds.
pub static TWICE: NoticeKind = NoticeKind {
    id: "departure-in-two-feeds",
    severity: Severity::Mended,
    what: Text::new(
        "2つの時刻表に載っている発車（共同運行）は、1回だけ数えました。",
        "departure(s) that two timetables have (a line run jointly 共同運行), counted once",
    ),
    advice: None,
};

/// Stops of which no timetable says under which law they are.
pub static LAW_OPEN: NoticeKind = NoticeKind {
    id: "railway-or-tramway",
    severity: Severity::Warning,
    what: Text::new(
        "鉄道か軌道かを時刻表から決められない、モノレールなどの駅があります。軌道の停留場としては確実、鉄道駅としては可能性ありとし、両方を出力に載せます。",
        "stop(s) of monorails or the like of which the timetable does not tell if they are a railway's or a tramway's 軌道: tram stops for certain, railway stations perhaps, and listed as both",
    ),
    advice: Some(Text::new(
        "レイヤー `stations` に国土数値情報の鉄道データ（N02）を指定すると、同じ名称の駅の鉄道区分で決まります。",
        "give the layer `stations` (N02): the class of the station of that name decides",
    )),
};

/// What stands for the name of a stop that has none.
pub const NAMELESS: Text = Text::new("名称なし", "without a name");

fn named(name: Option<&str>) -> Text {
    name.map_or(NAMELESS, Text::from)
}

/// The timetables of a study on their service days.
#[derive(Debug, Default)]
pub struct Timetable {
    /// The feeds, one edition of each.
    pub feeds: Vec<Feed>,
    /// The day on which each is counted.
    pub days: Vec<ServiceDay>,
    /// Where their vehicles call.
    pub poles: Poles,
    /// The departures of each group of [`Poles::groups`], in the order of time.
    pub departures: Vec<Vec<Departure>>,
    /// The trips that end at each group, in the order of time.
    pub last_calls: Vec<Vec<LastCall>>,
    /// By group, what may leave besides, because something of the feeds is lost.
    pub may_leave: Vec<MayLeave>,
    /// The kinds of vehicles whose timetables these are, those of which a what-if took everything away among them.
    pub kinds: BTreeSet<StopKind>,
}

impl Timetable {
    /// Puts feeds together, each counted on its day: groups poles, lists departures. About a second for five million calls.
    /// `stations` of a layer say which stops are a railway's and which a tramway's, where the timetables do not.
    #[must_use]
    pub fn of(
        feeds: Vec<Feed>,
        days: Vec<ServiceDay>,
        settings: &Settings,
        plane: Plane,
        stations: &[StopRow],
        notices: &mut Notices,
    ) -> Self {
        let poles = Poles::of(&feeds, plane, settings.stop_group, stations);
        tell_of_years_apart(&feeds, &days, &poles, notices);
        let called = || poles.poles.iter().filter(|pole| pole.is_called_at);
        // A monorail's timetable stands for stations, under whatever law it is.
        let open = called().filter(|pole| pole.may_be_rail).map(|_| StopKind::Rail);
        let kinds = called().filter_map(|pole| pole.kind).chain(open).collect();
        let (departures, last_calls, may_leave) = (Vec::new(), Vec::new(), Vec::new());
        let mut timetable = Self { feeds, days, poles, departures, last_calls, may_leave, kinds };
        timetable.list_departures(notices);
        timetable
    }

    /// Each feed with what runs of it on its day.
    pub fn running(&self) -> impl Iterator<Item = Running<'_>> {
        let mut first_route = 0;
        self.feeds.iter().zip(&self.days).enumerate().map(move |(number, (feed, day))| {
            let services = doubt::running(feed, *day);
            let running = Running { feed, number: number as u32, first_route, services };
            first_route += feed.routes.len() as u32;
            running
        })
    }

    /// The routes that call at each pole, on whatever day: indices in the pole's feed, none twice.
    #[must_use]
    pub fn routes(&self) -> Vec<Vec<u32>> {
        let mut by_pole: Vec<Vec<u32>> = vec![Vec::new(); self.poles.poles.len()];
        for (number, feed) in self.feeds.iter().enumerate() {
            for trip in &feed.trips {
                let Some(mode) = mode(feed.routes[trip.route as usize].kind) else { continue };
                for call in &feed.calls[trip.calls.start as usize..trip.calls.end as usize] {
                    let routes = &mut by_pole[self.poles.pole(number, call.stop, mode) as usize];
                    // A pole has few routes, and the one that called last calls again.
                    if !routes.iter().rev().any(|&route| route == trip.route) {
                        routes.push(trip.route);
                    }
                }
            }
        }
        by_pole
    }

    /// Whether these are timetables of vehicles of this kind.
    #[must_use]
    pub fn serves(&self, kind: StopKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether something of its feeds is lost.
    #[must_use]
    pub fn lacks_something(&self) -> bool {
        self.may_leave.iter().any(|more| !more.is_nothing()) || self.lost_calls() > 0.0 || self.poles.any_lost()
    }

    /// Whether calls are lost at stops of which nobody knows where they are.
    #[must_use]
    pub fn has_unknown_stops(&self) -> bool {
        self.feeds.iter().any(|feed| feed.lost.stops)
    }

    /// How many calls there are of which nobody knows at which stop they are.
    #[must_use]
    pub fn lost_calls(&self) -> f64 {
        self.feeds.iter().map(|feed| feed.lost.calls as f64).sum()
    }

    /// The peak service of every group under a counting rule.
    #[must_use]
    pub fn peaks(&self, rule: CountingRule) -> Vec<Peak> {
        let at_stops = self.departures.par_iter().zip(&self.last_calls).zip(&self.may_leave);
        let of_stop = |((departures, last_calls), more): ((&Vec<Departure>, &Vec<LastCall>), &MayLeave)| {
            widened(peak(departures, last_calls, rule), departures, last_calls, more, rule)
        };
        at_stops.map(of_stop).collect()
    }

    /// Tells of stops that may be a railway's or a tramway's, as far as is known.
    pub fn tell_of_open_law(&self, notices: &mut Notices) {
        for (group, poles) in self.poles.groups.iter().enumerate() {
            let is_open = |pole: &Pole| pole.may_be_rail && pole.is_called_at;
            if poles.iter().any(|&pole| is_open(&self.poles.poles[pole as usize])) {
                notices.add(LAYER, &LAW_OPEN, named(self.name(group)));
            }
        }
    }

    /// The name of a group: that of its first pole that has one.
    #[must_use]
    pub fn name(&self, group: usize) -> Option<&str> {
        self.poles.groups[group].iter().find_map(|&pole| {
            let pole = &self.poles.poles[pole as usize];
            self.feeds[pole.feed as usize].stops[pole.stop as usize].name.as_deref()
        })
    }

    /// The `stop_id` of each pole of a group.
    #[must_use]
    pub fn stop_ids(&self, group: usize) -> Vec<&str> {
        self.poles.groups[group].iter().map(|&pole| self.stop_id(pole)).collect()
    }

    /// A direction as outputs name it: the `direction_id`, or the pole's `stop_id`, or the name of the next stop.
    ///
    /// # Errors
    /// A direction without an id, by its name.
    pub fn direction(&self, direction: Direction) -> Result<u8, &str> {
        match direction {
            Direction::Id(id) => Ok(id),
            Direction::Pole(pole) => Err(self.stop_id(pole)),
            Direction::Toward(group) => Err(self.name(group as usize).unwrap_or_default()),
        }
    }

    /// The `stop_id` of a pole.
    #[must_use]
    pub fn stop_id(&self, pole: u32) -> &str {
        let pole = &self.poles.poles[pole as usize];
        &self.feeds[pole.feed as usize].stops[pole.stop as usize].id
    }

    /// The `trip_id` of a departure.
    #[must_use]
    pub fn trip_id(&self, departure: &Departure) -> &str {
        &self.feeds[departure.feed as usize].trips[departure.trip as usize].id
    }

    fn list_departures(&mut self, notices: &mut Notices) {
        let groups = self.poles.groups.len();
        let mut events = Events { departures: vec![Vec::new(); groups], last_calls: vec![Vec::new(); groups] };
        let mut may_leave = vec![MayLeave::default(); groups];
        for running in self.running() {
            list(&running, &self.poles, &mut events);
            doubt::list(&running, &self.poles, &mut may_leave);
            tell_of_routes(running.feed, notices);
        }
        for departures in &mut events.departures {
            departures.sort_unstable_by_key(|departure| (departure.at, departure.feed, departure.trip, departure.pole));
            let twice =
                self.take_joint_lines_once(departures, |departure| (departure.at, departure.feed, departure.trip));
            for departure in twice {
                let name = self.name(self.poles.group[departure.pole as usize] as usize);
                notices.add(LAYER, &TWICE, named(name).map(|name| format!("{name} {}", departure.at)));
            }
            self.tell_of_arrangements(departures, notices);
        }
        for last_calls in &mut events.last_calls {
            last_calls.sort_unstable_by_key(|last| (last.at, last.feed, last.trip, last.pole));
            self.take_joint_lines_once(last_calls, |last| (last.at, last.feed, last.trip));
        }
        (self.departures, self.last_calls, self.may_leave) = (events.departures, events.last_calls, may_leave);
    }

    /// Takes out, of what comes in the order of time, what another feed has as well: the same line to the same terminus at the
    /// same time. `of` gives the time, the feed and the trip.
    fn take_joint_lines_once<T: Copy>(&self, all: &mut Vec<T>, of: impl Fn(&T) -> (ServiceTime, u32, u32)) -> Vec<T> {
        let mut twice = Vec::new();
        if self.feeds.len() < 2 {
            return twice;
        }
        let mut kept: Vec<T> = Vec::with_capacity(all.len());
        for one in all.drain(..) {
            let (at, feed, trip) = of(&one);
            let at_once = kept.iter().rev().map(&of).take_while(|earlier| earlier.0 == at);
            let mut elsewhere = at_once.filter(|earlier| earlier.1 != feed);
            if elsewhere.any(|earlier| self.is_same_vehicle((earlier.1, earlier.2), (feed, trip))) {
                twice.push(one);
            } else {
                kept.push(one);
            }
        }
        *all = kept;
        twice
    }

    /// Whether two trips, each of a feed, are of one line to one terminus.
    fn is_same_vehicle(&self, one: (u32, u32), other: (u32, u32)) -> bool {
        let about = |(feed, trip): (u32, u32)| {
            let feed = &self.feeds[feed as usize];
            let trip = &feed.trips[trip as usize];
            let terminus = feed.calls.get(trip.calls.end.saturating_sub(1) as usize)?;
            let terminus = feed.stops[terminus.stop as usize].name.as_ref()?;
            Some((feed.routes[trip.route as usize].names.first()?, terminus))
        };
        about(one).is_some_and(|about_one| about(other) == Some(about_one))
    }

    fn tell_of_arrangements(&self, departures: &[Departure], notices: &mut Notices) {
        let arranged: Vec<&Departure> = departures.iter().filter(|departure| departure.by_arrangement).collect();
        if let Some(first) = arranged.first() {
            let name = self.name(self.poles.group[first.pole as usize] as usize);
            notices.add_many(LAYER, &BY_ARRANGEMENT, arranged.len() as u64, named(name));
        }
    }
}

fn tell_of_routes(feed: &Feed, notices: &mut Notices) {
    for route in &feed.routes {
        let told = match mode(route.kind) {
            Some(_) if is_on_demand(route.kind) => &ON_DEMAND,
            Some(_) => continue,
            None if is_of_water_or_air(route.kind) => &NO_STOP_OF_THE_PROGRAMME,
            None => &NOT_COUNTED,
        };
        let (name, kind) = (route.names.first().unwrap_or(&route.id), route.kind);
        notices.add(LAYER, told, text!("{name}（route_type {kind}）", "{name} (route_type {kind})"));
    }
}
