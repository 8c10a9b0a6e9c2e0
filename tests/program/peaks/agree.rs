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

/// The timetable of one feed as the program has it; `None` without a day.
fn timetable(path: &Path, date: Option<NaiveDate>) -> Option<Timetable> {
    let mut notices = Notices::default();
    let feeds = read_feeds(Path::new("."), &[path.to_string_lossy().into_owned()], &mut notices).unwrap();
    let plane = feeds[0]
        .stops
        .iter()
        .find_map(|stop| stop.lon_lat)
        .map_or(Plane::nearest(137.0, 36.0), |[lon, lat]| Plane::nearest(lon, lat));
    let settings = Settings { day: date, ..Settings::default() };
    let (feeds, days) = on_their_days(feeds, &settings, &mut notices);
    (!feeds.is_empty()).then(|| Timetable::of(feeds, days, &settings, plane, &[], &mut notices))
}

fn answer(timetable: &Timetable, group: usize, peak: &Peak) -> Answer {
    let departures = peak.counted.iter().map(|&place| &timetable.departures[group][place]);
    let mut counted: Vec<(u32, String)> =
        departures.map(|departure| (departure.at.0, timetable.trip_id(departure).to_owned())).collect();
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
pub fn compare(path: &Path, date: Option<NaiveDate>) -> Result<Option<Compared>, String> {
    let (plain, program) = (Plain::of(&tables(path), date), timetable(path, date));
    let (plain, program) = match (plain, program) {
        (Some(plain), _) if plain.unsure => return Ok(None),
        (Some(plain), Some(program)) => (plain, program),
        (None, None) => return Ok(Some(Compared { stops: 0, with_departures: 0 })),
        (plain, program) => {
            return Err(format!(
                "a day: plainly {:?}, the program {:?}",
                plain.map(|it| it.day),
                program.map(|it| it.days)
            ));
        }
    };
    if plain.day != program.days[0].date {
        return Err(format!("the day: plainly {}, the program {}", plain.day, program.days[0].date));
    }
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let of_program = |group: usize| sorted(program.stop_ids(group).into_iter().map(str::to_owned).collect());
    let theirs: BTreeMap<Vec<String>, usize> =
        (0..program.poles.groups.len()).map(|group| (of_program(group), group)).collect();
    let ours: BTreeMap<Vec<String>, usize> =
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
