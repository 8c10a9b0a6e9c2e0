//! Whatever is written is written whole or not at all: every change to the disk of every command that writes is made to fail
//! and is where the process is killed, and runs race for one folder.
//!
//! The program has no switch for that. So this binary stands for it: started again for one test that nobody asks for
//! otherwise, it sets a watch on its own changes and then is the program.

mod faults;
mod places;
mod races;
mod signals;
mod words;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use kyoten::disk::{Change, watch};

use crate::support::Folder;

const ARGUMENTS: &str = "KYOTEN_TEST_ARGUMENTS";
const FAULT: &str = "KYOTEN_TEST_FAULT";
const COUNT: &str = "KYOTEN_TEST_COUNT";
const BETWEEN: char = '\u{1f}';

/// What befalls a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// It is killed before its n-th change.
    Kill(usize),
    /// Its n-th change fails with this number of the system's.
    Fails(usize, i32),
    /// Every change from the n-th on does.
    FailsOn(usize, i32),
    /// Renaming takes so many milliseconds.
    Slow(u64),
}

impl Fault {
    fn text(self) -> String {
        match self {
            Self::None => "none:0:0".to_owned(),
            Self::Kill(n) => format!("kill:{n}:0"),
            Self::Fails(n, code) => format!("fails:{n}:{code}"),
            Self::FailsOn(n, code) => format!("fails-on:{n}:{code}"),
            Self::Slow(time) => format!("slow:{time}:0"),
        }
    }

    fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.split(':').collect();
        let (n, code) = (parts[1].parse().unwrap(), parts[2].parse().unwrap());
        match parts[0] {
            "kill" => Self::Kill(n),
            "fails" => Self::Fails(n, code),
            "fails-on" => Self::FailsOn(n, code),
            "slow" => Self::Slow(n as u64),
            _ => Self::None,
        }
    }
}

/// The program, with a watch on its changes. Only ever started by [`start`].
#[test]
#[ignore = "it is the program, and started by the tests beside it"]
fn as_the_program() {
    static CHANGES: Mutex<Vec<Change>> = Mutex::new(Vec::new());
    let Some(arguments) = std::env::var_os(ARGUMENTS) else { return };
    let fault = Fault::parse(&std::env::var(FAULT).unwrap());
    watch(move |change, _| {
        let n = {
            let mut changes = CHANGES.lock().unwrap();
            changes.push(change);
            changes.len()
        };
        let error = |code: i32| Err(io::Error::from_raw_os_error(code));
        match fault {
            // Nothing is unwound, and nothing tidied up.
            Fault::Kill(at) if n == at => std::process::abort(),
            Fault::Fails(at, code) if n == at => error(code),
            Fault::FailsOn(at, code) if n >= at => error(code),
            Fault::Slow(time) if matches!(change, Change::Rename | Change::Exchange) => {
                thread::sleep(Duration::from_millis(time));
                Ok(())
            }
            _ => Ok(()),
        }
    });
    let arguments = arguments.into_string().unwrap();
    let status = kyoten::cli::status(arguments.split(BETWEEN).map(OsString::from));
    if let Some(count) = std::env::var_os(COUNT) {
        let kinds: Vec<String> = CHANGES.lock().unwrap().iter().map(|change| format!("{change:?}")).collect();
        fs::write(count, kinds.join("\n")).unwrap();
    }
    std::process::exit(status.into());
}

/// The program in a folder, under a fault.
fn start(folder: &Path, arguments: &[&str], fault: Fault) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let all: Vec<&str> = ["kyoten"].iter().chain(arguments).copied().collect();
    command.args(["--exact", "whole_or_nothing::as_the_program", "--ignored", "--nocapture"]);
    command.env(ARGUMENTS, all.join(&BETWEEN.to_string())).env(FAULT, fault.text());
    command.env("KYOTEN_LANG", "en").env("NO_COLOR", "1").current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The status that it ends with, `None` where it was killed, and what it said.
fn ended(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

type Contents = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// What a reader sees of a folder: no hidden files, and of what differs between equal runs only that it is there.
fn seen(folder: &Folder) -> Contents {
    let is_hidden = |path: &Path| path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    let mut seen: Contents = folder.contents().into_iter().filter(|(path, _)| !is_hidden(path)).collect();
    for (path, bytes) in &mut seen {
        if path.ends_with("times.json") {
            *bytes = None;
        }
    }
    seen
}

/// The hidden files below a folder.
fn hidden(folder: &Folder) -> Vec<PathBuf> {
    let is_hidden = |path: &PathBuf| path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    folder.contents().into_keys().filter(is_hidden).collect()
}

/// A folder with the same in it.
fn copy(contents: &Contents) -> Folder {
    let folder = Folder::new();
    for (path, bytes) in contents {
        let path = folder.path().join(path);
        match bytes {
            None => fs::create_dir_all(path).unwrap(),
            Some(bytes) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }
    folder
}

/// A town of few parcels in `city/`, and the same in `other/` by another rule.
fn town() -> Folder {
    let folder = Folder::new();
    let parcel = |index: usize| {
        let [west, east] = [0, 1].map(|side| 138.30 + (4 * index + side) as f64 * 0.001);
        serde_json::json!({
            "type": "Feature",
            "properties": { "chiban": index.to_string() },
            "geometry": { "type": "Polygon", "coordinates": [[[west, 34.86], [east, 34.86], [east, 34.861], [west, 34.861], [west, 34.86]]] }
        })
    };
    let parcels: Vec<_> = (0..6).map(parcel).collect();
    let parcels = serde_json::json!({ "type": "FeatureCollection", "features": parcels }).to_string();
    let station = serde_json::json!({ "type": "FeatureCollection", "features": [{
        "type": "Feature",
        "properties": { "N02_005": "駅", "name": "駅" },
        "geometry": { "type": "LineString", "coordinates": [[138.30, 34.8605], [138.3005, 34.8605]] }
    }] });
    for (city, radius) in [("city", 1000), ("other", 400)] {
        let project = format!(
            "name = '町'\nplane = 8\n[layers]\nparcels = {{ path = 'parcels.geojson', id = 'chiban' }}\n\
             stations = {{ path = 'stations.geojson', name = 'name', peak_trips = 6 }}\n\
             [thresholds]\nstation_radius_m = {radius}\n"
        );
        folder.put(&format!("{city}/parcels.geojson"), &parcels);
        folder.put(&format!("{city}/stations.geojson"), station.to_string());
        folder.put(&format!("{city}/kyoten.toml"), project);
    }
    folder
}
