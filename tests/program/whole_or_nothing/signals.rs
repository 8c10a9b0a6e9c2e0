//! A process that is told to end leaves nothing, and a file that grows too large is an error.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use kyoten::demo::{DemoOptions, write_city};

use super::{hidden, town};
use crate::support::{Folder, is_ignored, until};

#[test]
fn a_run_that_is_told_to_end_leaves_nothing() {
    let folder = Folder::new();
    write_city(&folder.path().join("city"), &DemoOptions { parcels: 20_000, seed: 7 }).unwrap();
    let signals = [("TERM", 15), ("HUP", 1), ("INT", 2)].into_iter().filter(|(_, number)| !is_ignored(*number));
    for (signal, number) in signals {
        let mut run = Command::new(env!("CARGO_BIN_EXE_kyoten"))
            .current_dir(folder.path())
            .args(["run", "city", "--out", "runs/out", "--format", "geojson,gpkg", "--quiet"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        until("the run begins to write", || {
            assert!(run.try_wait().unwrap().is_none(), "the run was over before it could be told");
            folder.path().join("runs/out").is_dir()
                && folder.names("runs/out").iter().any(|name| name.starts_with(".partial-"))
        });
        let kill = Command::new("kill").args(["-s", signal, &run.id().to_string()]).status();
        assert!(kill.unwrap().success());
        assert_eq!(run.wait().unwrap().signal(), Some(number.cast_signed()));
        assert_eq!(folder.names(""), ["city"], "after {signal}");
    }
}

#[test]
fn a_limit_of_file_size_is_an_error_and_nothing_is_left() {
    let folder = town();
    // In blocks of 512 bytes or of 1024, as the shell has it: all but the smallest files are longer.
    let script = format!("ulimit -f 1 && exec {} run city --out out", env!("CARGO_BIN_EXE_kyoten"));
    let run =
        Command::new("sh").args(["-c", &script]).env("KYOTEN_LANG", "en").current_dir(folder.path()).output().unwrap();
    assert_eq!(run.status.code(), Some(2), "{:?}", run.status);
    assert!(String::from_utf8_lossy(&run.stderr).contains("cannot be written (File too large"));
    assert!(!folder.path().join("out").exists() && hidden(&folder).is_empty());
    assert!(fs::read_dir(folder.path()).unwrap().count() == 2);
}
