//! Files of every format with bytes changed, cut, doubled or exchanged, through the program: it says what is wrong or reads
//! what is there, and never panics, hangs or leaves half a run.
//!
//! `KYOTEN_CASES` sets how many are drawn, of each kind of file; which they are is the same every time.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::thread;

use crate::support::{Folder, sample, zipped};

/// Files by name.
type Files = Vec<(String, Vec<u8>)>;

/// So many of each kind of file, where nothing else is said.
const CASES: u64 = 12;

fn cases() -> u64 {
    std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

/// Changes a file: the more it is like what goes wrong on the way, the less is changed.
fn mutate(random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    /// What breaks readers that trust it.
    const WORDS: [&[u8]; 10] = [
        b"99999999999999999999",
        b"-1",
        b"NaN",
        b"1e400",
        b"\"",
        b"\0\0\0\0",
        b"\xff\xff\xff\x7f",
        b"\x82\xa0",
        b"\r\n\r\n",
        "〓".as_bytes(),
    ];
    for _ in 0..=random.usize(..3) {
        if bytes.is_empty() {
            return;
        }
        let (a, b) = (random.usize(..bytes.len()), random.usize(..bytes.len()));
        let (from, to) = (a.min(b), a.max(b));
        let near = from..(from + random.usize(1..64)).min(bytes.len());
        match random.u8(..8) {
            0 => bytes[a] = random.u8(..),
            1 => bytes[a] ^= 1 << random.u8(..8),
            2 => bytes.truncate(a),
            3 => drop(bytes.drain(near)),
            4 => bytes.extend_from_within(near),
            5 => drop(bytes.splice(near, random.choice(WORDS).unwrap_or_default().iter().copied())),
            6 => bytes[near].fill(0),
            _ => {
                let tail = bytes.split_off(to);
                let middle = bytes.split_off(from);
                bytes.extend(tail);
                bytes.extend(middle);
            }
        }
    }
}

/// What a kind of file is asked, and where it lies.
struct Kind {
    name: String,
    files: Files,
    arguments: Vec<&'static str>,
    /// Whether the files are the entries of an archive of the first argument's name.
    packed: bool,
}

/// Draws the cases of a kind and runs them.
fn attack(kind: &Kind) {
    for case in 0..cases() {
        let seed = case * 1_000_003 + kind.name.bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte)) % 1_000_003;
        let mut random = fastrand::Rng::with_seed(seed);
        let mut files = kind.files.clone();
        let hit = random.usize(..files.len());
        mutate(&mut random, &mut files[hit].1);
        let folder = Folder::new();
        if kind.packed {
            let entries: Vec<(&str, &[u8])> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            folder.put(&kind.name, zipped(&entries));
        } else {
            for (name, bytes) in &files {
                folder.put(name, bytes);
            }
        }
        let mut before = folder.contents();
        let run = folder.kyoten(&kind.arguments);
        let what = format!("{}, case {case} ({} changed)", kind.name, files[hit].0);
        assert!(matches!(run.status, 0 | 2), "{what}: status {}\n{}", run.status, run.stderr);
        if run.status == 0 {
            assert!(!run.stderr.contains("error: "), "{what}: {}", run.stderr);
            before.append(&mut folder.contents().into_iter().filter(|(path, _)| path.starts_with("out")).collect());
        } else {
            assert!(run.stderr.starts_with("error: "), "{what}: {}", run.stderr);
        }
        assert!(before == folder.contents(), "{what}: something was left or changed");
        assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
    }
}

fn of_folder(folder: &Path) -> Files {
    let mut files: Files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn of_archive(path: &Path) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let all = 0..archive.len();
    let entry = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (String::from_utf8(entry.name_raw().to_vec()).unwrap(), bytes)
    };
    all.map(entry).collect()
}

/// The small files from which the readers are fuzzed.
fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus-seeds")
}

/// All kinds at once: most of the time goes to starting the program.
fn attack_all(kinds: &[Kind]) {
    let (first, second) = kinds.split_at(kinds.len() / 2);
    thread::scope(|scope| {
        for half in [first, second] {
            scope.spawn(|| half.iter().for_each(attack));
        }
    });
}

#[test]
fn a_damaged_file_of_any_format_is_read_or_refused() {
    const FORMATS: [&str; 10] =
        ["archive", "arrow", "csv", "estat", "flatgeobuf", "geojson", "geopackage", "geoparquet", "moj", "plateau"];
    let kinds = FORMATS.iter().flat_map(|format| of_folder(&seeds().join(format))).map(|(name, bytes)| Kind {
        arguments: vec!["inspect", Box::leak(name.clone().into_boxed_str())],
        files: vec![(name.clone(), bytes)],
        name,
        packed: false,
    });
    let kinds: Vec<_> = kinds.collect();
    assert!(kinds.len() > 15);
    attack_all(&kinds);
}

#[test]
fn a_damaged_part_of_a_shapefile_or_a_workbook_is_read_or_refused() {
    let of_shapefile = |(name, _): &(String, Vec<u8>)| name.starts_with("市街化区域.");
    let shapefile = of_folder(&sample()).into_iter().filter(of_shapefile).collect();
    let shapefile = Kind {
        name: "市街化区域.shp".to_owned(),
        files: shapefile,
        arguments: vec!["inspect", "市街化区域.shp"],
        packed: false,
    };
    let workbook = |ending: &'static str, name: &'static str| {
        let text = fs::read_to_string(seeds().join("workbook").join(format!("list.{ending}.txt"))).unwrap();
        let part = |text: &str| {
            text.split_once('\n').map(|(name, part)| (name.to_owned(), part.trim_end().as_bytes().to_vec()))
        };
        let parts = text.strip_prefix("== ").unwrap().split("\n== ").filter_map(part);
        Kind { name: name.to_owned(), files: parts.collect(), arguments: vec!["inspect", name], packed: true }
    };
    attack_all(&[shapefile, workbook("xlsx", "list.xlsx"), workbook("ods", "list.ods")]);
}

#[test]
fn a_damaged_timetable_is_counted_or_refused() {
    let timetable = |name: &'static str, packed| Kind {
        name: name.to_owned(),
        files: of_archive(&sample().join(name)),
        arguments: vec!["peaks", if packed { name } else { "." }],
        packed,
    };
    attack_all(&[timetable("kakuu_bus_gtfs_jp.zip", true), timetable("kakuu_city_gtfs_jp.zip", false)]);
}

#[test]
fn a_run_over_a_damaged_file_is_whole_or_not_at_all() {
    let city: Files = of_folder(&sample()).into_iter().map(|(name, bytes)| (format!("city/{name}"), bytes)).collect();
    let run = |format, project| Kind {
        name: format!("{project} as {format}"),
        files: city.clone(),
        arguments: vec!["run", project, "--out", "out", "--format", format],
        packed: false,
    };
    attack_all(&[run("geojson", "city/kyoten.toml"), run("gpkg,csv", "city/housing.toml")]);
}
