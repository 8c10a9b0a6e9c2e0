//! What cannot be printed, and to what no file may be written.

use std::fs::File;
use std::process::{Command, Output, Stdio};

use super::town;
use crate::support::Folder;

fn kyoten(folder: &Folder, arguments: &[&str], out: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
    command.args(arguments).current_dir(folder.path()).env("KYOTEN_LANG", "en").stdout(out).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_an_error_and_no_panic() {
    let folder = town();
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for (city, out) in [("city", "a"), ("other", "b")] {
        // The run is done; only the summary is lost.
        let run = kyoten(&folder, &["run", city, "--out", out, "--no-map"], full());
        assert_eq!(run.status.code(), Some(1), "{}", said(&run));
        assert!(said(&run).contains("every file is written, and whole"), "{}", said(&run));
        assert!(folder.path().join(out).join("run.json").exists());
    }
    folder.put("downloads/parcels.geojson", folder.bytes("city/parcels.geojson"));
    let commands: &[&[&str]] = &[
        &["diff", "a", "b", "--json", "--out", "changes.csv"],
        &["diff", "a", "b", "--out", "changes.csv"],
        &["init", "downloads"],
        &["check", "city", "--json"],
        &["inspect", "city/parcels.geojson"],
        &["rules"],
        &["rules", "saikochiku"],
        &["criteria"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
    ];
    for arguments in commands {
        let run = kyoten(&folder, arguments, full());
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {}", said(&run));
        assert!(said(&run).contains("nothing can be printed on standard output"), "{arguments:?}: {}", said(&run));
    }
    assert!(!folder.path().join("changes.csv").exists());
    assert_eq!(folder.names("downloads"), ["parcels.geojson"]);
}

#[test]
#[cfg(unix)]
fn who_has_read_enough_is_no_error() {
    let folder = town();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let run = kyoten(&folder, &["criteria"], Stdio::from(writer));
    assert_eq!((run.status.code(), said(&run)), (Some(0), String::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_error_does_not_end_a_run() {
    let folder = town();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
    command.args(["run", "nowhere", "--out", "out"]).current_dir(folder.path());
    command.stderr(Stdio::from(File::options().write(true).open("/dev/full").unwrap()));
    assert_eq!(command.status().unwrap().code(), Some(2));
}
