//! Small timetables, written as folders and archives and read.

mod odd;
mod problems;
mod tables;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use super::{Feed, read_feeds};
use crate::inputs::InputError;
use crate::notices::Notices;

/// The tables of a timetable by name.
#[derive(Clone)]
struct Tables(BTreeMap<&'static str, Vec<u8>>);

/// What was told, and how often.
type Told = Vec<(&'static str, u64)>;

impl Tables {
    /// A timetable of one trip from 焼津駅前 over 市役所 to 港.
    fn small() -> Self {
        Self(BTreeMap::new())
            .with("agency.txt", "agency_id,agency_name\n1,焼津バス\n")
            .with("routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,1,1,港線,3\n")
            .with("calendar.txt", &format!("{CALENDAR}平日,1,1,1,1,1,0,0,20260401,20270331\n"))
            .with("stops.txt", &format!("{STOPS}a,焼津駅前,34.87,138.32\nb,市役所,34.868,138.323\nc,港,34.86,138.33\n"))
            .with("trips.txt", "trip_id,route_id,service_id,direction_id\nt1,r1,平日,0\n")
            .with(
                "stop_times.txt",
                &format!("{CALLS}t1,a,1,7:00:00,7:00:00\nt1,b,2,7:04:00,7:05:00\nt1,c,5,7:10:00,7:10:00\n"),
            )
    }

    fn with(mut self, name: &'static str, text: &str) -> Self {
        self.0.insert(name, text.as_bytes().to_vec());
        self
    }

    fn with_rows(mut self, name: &'static str, rows: &str) -> Self {
        self.0.entry(name).or_default().extend_from_slice(rows.as_bytes());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder).unwrap();
        for (name, bytes) in &self.0 {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }

    fn zip(&self, path: &Path, folder: &str) {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
        for (name, bytes) in &self.0 {
            zip.start_file(format!("{folder}{name}"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
    }

    fn try_read(&self) -> (Result<Feed, InputError>, Notices) {
        let base = tempfile::tempdir().unwrap();
        self.write(&base.path().join("feed"));
        let mut notices = Notices::default();
        let feeds = read_feeds(base.path(), &["feed".to_owned()], &mut notices);
        (feeds.map(|mut feeds| feeds.pop().unwrap()), notices)
    }

    fn read(&self) -> (Feed, Told) {
        let (feed, notices) = self.try_read();
        (feed.unwrap(), notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect())
    }

    /// The only notice of a kind: its example without the path.
    fn example(&self, id: &str) -> String {
        let (_, notices) = self.try_read();
        let found: Vec<String> = notices
            .iter()
            .filter(|(_, kind, _)| kind.id == id)
            .flat_map(|(.., tally)| tally.examples.iter().map(|example| example.en.to_string()).collect::<Vec<_>>())
            .collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].rsplit_once('/').unwrap().1.to_owned()
    }
}

const CALENDAR: &str = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n";
const STOPS: &str = "stop_id,stop_name,stop_lat,stop_lon\n";
const CALLS: &str = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n";

/// Ids of stops and the clock, of all calls: `a 07:00 07:00`.
fn calls(feed: &Feed) -> Vec<String> {
    let line =
        |call: &super::Call| format!("{} {} {}", feed.stops[call.stop as usize].id, call.arrival, call.departure);
    feed.calls.iter().map(line).collect()
}

#[test]
fn a_folder_an_archive_and_a_folder_in_it_give_equal_feeds() {
    let base = tempfile::tempdir().unwrap();
    let tables =
        Tables::small().with("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,7:00:00,9:00:00,600\n");
    tables.write(&base.path().join("feed"));
    tables.zip(&base.path().join("feed.zip"), "");
    tables.zip(&base.path().join("deep.zip"), "gtfs/2026/");
    let mut notices = Notices::default();
    let feeds = read_feeds(base.path(), &["feed*", "deep.zip/gtfs"].map(str::to_owned), &mut notices).unwrap();
    assert_eq!(notices.iter().count(), 0);
    let [folder, archive, deep] = &feeds[..] else { panic!("{}", feeds.len()) };
    let plain = |feed: &Feed| format!("{:?}", Feed { path: "x".into(), files: Vec::new(), ..feed.clone() });
    assert_eq!(plain(folder), plain(archive));
    assert_eq!(plain(folder), plain(deep));
    assert_eq!(
        [&folder.path, &archive.path, &deep.path].map(|path| path.strip_prefix(base.path()).unwrap()),
        ["feed", "feed.zip", "deep.zip/gtfs"].map(Path::new)
    );
    let names: Vec<_> =
        folder.files.iter().map(|file| (file.path.file_name().unwrap().to_str().unwrap(), file.features)).collect();
    assert_eq!(
        names,
        [
            ("agency.txt", 1),
            ("routes.txt", 1),
            ("calendar.txt", 1),
            ("stops.txt", 3),
            ("trips.txt", 1),
            ("stop_times.txt", 3),
            ("frequencies.txt", 1)
        ]
    );
    let [file] = &archive.files[..] else { panic!() };
    assert_eq!((file.format.en.as_ref(), file.features, &file.path), ("GTFS", 1, &archive.path));
}

#[test]
fn feeds_that_lack_something_say_what() {
    let lacks = |tables: &Tables| tables.try_read().0.unwrap_err().to_string();
    for name in ["stops.txt", "trips.txt", "stop_times.txt", "routes.txt"] {
        let message = lacks(&Tables::small().without(name));
        assert!(message.ends_with(&format!("is no timetable in GTFS: {name} is missing")), "{message}");
    }
    assert!(lacks(&Tables::small().without("calendar.txt")).contains("calendar.txt (or calendar_dates.txt)"));
    let no_order = Tables::small().with("stop_times.txt", "trip_id,stop_id,stop_seq,arrival_time\n");
    let Err(InputError::MissingField { field, nearest, .. }) = no_order.try_read().0 else { panic!() };
    assert_eq!((field.as_str(), nearest.as_deref()), ("stop_sequence", Some("stop_seq")));
}

#[test]
fn real_timetables_are_read_without_a_row_left_out() {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let mut real = places.map(|place| place.join("shared/real/gtfs"));
    let Some(real) = real.find(|place| place.is_dir()) else { return };
    let mut notices = Notices::default();
    let feeds = read_feeds(&real, &["*.zip", "shizuoka_city_2026/*"].map(str::to_owned), &mut notices).unwrap();
    assert_eq!(notices.iter().count(), 0);
    let counts: Vec<_> = feeds.iter().map(|feed| (feed.stops.len(), feed.trips.len(), feed.calls.len())).collect();
    let [feeder, maidohaya, shizuoka @ ..] = &counts[..] else { panic!() };
    assert_eq!((feeder, maidohaya), (&(27, 203, 2630), &(56, 62, 1798)));
    assert_eq!(shizuoka.iter().map(|(_, _, calls)| calls).sum::<usize>(), 355 + 108 + 1941 + 381 + 606);
}
