//! The program and the plain counting, side by side over every stop and every rule.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use kyoten::crs::Plane;
use kyoten::inputs::gtfs::read_feeds;
use kyoten::notices::Notices;
use kyoten::transit::{CountingRule, Peak, Settings, Timetable, on_their_days};

use super::plainly::{Answer, Plain, tables};

/// What was compared.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Compared {
    pub stops: usize,
    pub with_departures: usize,
}

/// The timetable of feeds as the program has it; `None` without a day.
pub fn timetable(paths: &[&Path], date: Option<NaiveDate>) -> Option<Timetable> {
    let mut notices = Notices::default();
    let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let feeds = read_feeds(Path::new("."), &paths, &mut notices).unwrap();
    let plane = feeds
        .iter()
        .flat_map(|feed| &feed.stops)
        .find_map(|stop| stop.lon_lat)
        .map_or(Plane::nearest(137.0, 36.0), |[lon, lat]| Plane::nearest(lon, lat));
    let settings = Settings { day: date, ..Settings::default() };
    let (feeds, days) = on_their_days(feeds, &settings, &mut notices);
    (!feeds.is_empty()).then(|| Timetable::of(feeds, days, &settings, plane, &[], &mut notices))
}

fn answer(timetable: &Timetable, group: usize, peak: &Peak) -> Answer {
    let departures = peak.counted.iter().map(|&place| &timetable.departures[group][place]);
    let mut counted: Vec<(u32, String)> =
        departures.map(|one| (one.at.0, format!("{}/{}", one.feed, timetable.trip_id(one)))).collect();
    counted.sort();
    Answer {
        trips: peak.trips,
        range: [peak.range.lo, peak.range.hi],
        window: peak.window.map(|window| window.map(|time| time.0)),
        direction: peak.direction.map(|way| timetable.direction(way).map_err(str::to_owned)),
        counted,
    }
}

/// Compares everything there is to compare of a timetable; says where the two differ. `None` where the plain counting
/// cannot say which poles are one stop.
pub fn compare(paths: &[&Path], date: Option<NaiveDate>) -> Result<Option<Compared>, String> {
    let all: Vec<_> = paths.iter().map(|path| tables(path)).collect();
    let (plain, program) = (Plain::of(&all, date), timetable(paths, date));
    let (plain, program) = match (plain, program) {
        (Some(plain), _) if plain.unsure => return Ok(None),
        (Some(plain), Some(program)) => (plain, program),
        (None, None) => return Ok(Some(Compared { stops: 0, with_departures: 0 })),
        (plain, program) => {
            return Err(format!(
                "a day: plainly {:?}, the program {:?}",
                plain.map(|it| it.days),
                program.map(|it| it.days)
            ));
        }
    };
    let days: Vec<NaiveDate> = program.days.iter().map(|day| day.date).collect();
    if plain.days != days {
        return Err(format!("the days: plainly {:?}, the program {days:?}", plain.days));
    }
    let sorted = |mut ids: Vec<(usize, String)>| {
        ids.sort();
        ids
    };
    let of_program = |group: usize| {
        let poles = program.poles.groups[group].iter();
        let of_feed = |pole: u32| (program.poles.poles[pole as usize].feed as usize, program.stop_id(pole).to_owned());
        sorted(poles.map(|&pole| of_feed(pole)).collect())
    };
    let theirs: BTreeMap<Vec<(usize, String)>, usize> =
        (0..program.poles.groups.len()).map(|group| (of_program(group), group)).collect();
    let ours: BTreeMap<Vec<(usize, String)>, usize> =
        plain.groups.iter().enumerate().map(|(number, group)| (sorted(group.clone()), number)).collect();
    if !theirs.keys().eq(ours.keys()) {
        return Err(format!("the stops: plainly {:?}, the program {:?}", ours.keys(), theirs.keys()));
    }
    let mut with_departures = 0;
    for rule in CountingRule::ALL {
        let peaks = program.peaks(rule);
        for (ids, &ours) in &ours {
            let theirs = theirs[ids];
            let (plainly, program) = (plain.peak(ours, rule), answer(&program, theirs, &peaks[theirs]));
            with_departures += usize::from(rule == CountingRule::STANDARD && plainly.trips > 0.0);
            if plainly != program {
                return Err(format!("{ids:?} by {}:\nplainly     {plainly:?}\nthe program {program:?}", rule.id()));
            }
        }
    }
    Ok(Some(Compared { stops: ours.len(), with_departures }))
}
