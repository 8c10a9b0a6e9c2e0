//! Goals on other disks, behind links, of other people, and while somebody works in them.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{hidden, seen, town};
use crate::support::Folder;

const NOTHING: [&str; 0] = [];

fn run(folder: &Folder, city: &str, out: &str) -> i32 {
    let run = folder.kyoten(&["run", city, "--out", out, "--no-map", "--quiet"]);
    assert!(run.status == 0 || !run.stderr.is_empty());
    run.status
}

fn parcels_are_of(folder: &Folder, out: &str, city: &str) {
    let other = town();
    assert_eq!(run(&other, city, "out"), 0);
    for name in other.names("out").iter().filter(|name| *name != "times.json") {
        assert_eq!(folder.bytes(&format!("{out}/{name}")), other.bytes(&format!("out/{name}")), "{name}");
    }
    assert_eq!(hidden(folder), NOTHING.map(std::path::PathBuf::from));
}

#[test]
#[cfg(unix)]
fn a_folder_on_another_disk_behind_a_link() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = town();
    let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else {
        eprintln!("skipped: there is no other disk at /dev/shm");
        return;
    };
    if elsewhere.path().metadata().unwrap().dev() == folder.path().metadata().unwrap().dev() {
        eprintln!("skipped: /dev/shm is the disk of all");
        return;
    }
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("out")).unwrap();
    for city in ["city", "other"] {
        assert_eq!(run(&folder, city, "out"), 0);
        parcels_are_of(&folder, "out", city);
    }
    assert!(folder.path().join("out").symlink_metadata().unwrap().is_symlink());
}

#[test]
#[cfg(unix)]
fn a_mount_point() {
    let folder = town();
    fs::create_dir(folder.path().join("out")).unwrap();
    let kyoten = env!("CARGO_BIN_EXE_kyoten");
    let script = format!(
        "set -e; mount -t tmpfs tmpfs out || exit 77; mkdir out/lost+found
         {kyoten} run city --out out --no-map --quiet; {kyoten} run other --out out --no-map --quiet
         rmdir out/lost+found; cp -a out kept; umount out"
    );
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(folder.path())
        .output();
    match run {
        Ok(run) if run.status.success() => parcels_are_of(&folder, "kept", "other"),
        Ok(run) if run.status.code() == Some(2) => panic!("{}", String::from_utf8_lossy(&run.stderr)),
        _ => eprintln!("skipped: nothing may be mounted here"),
    }
}

#[test]
fn a_folder_that_somebody_works_in_stays_the_same_folder() {
    let folder = town();
    assert_eq!(run(&folder, "city", "out"), 0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
    command.args(["run", "../other", "--out", ".", "--no-map", "--quiet"]).current_dir(folder.path().join("out"));
    assert!(command.status().unwrap().success());
    assert!(command.status().unwrap().success());
    assert!(folder.names("out").contains(&"run.json".to_owned()));
    assert_eq!(hidden(&folder), NOTHING.map(std::path::PathBuf::from));
}

#[test]
#[cfg(unix)]
fn the_permissions_of_the_folder_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = town();
    assert_eq!(run(&folder, "city", "out"), 0);
    let out = folder.path().join("out");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o2770)).unwrap();
    assert_eq!(run(&folder, "other", "out"), 0);
    assert_eq!(out.metadata().unwrap().permissions().mode() & 0o7777, 0o2770);
    parcels_are_of(&folder, "out", "other");
}

#[test]
fn a_folder_of_somebodys_own_is_not_written_into() {
    let folder = town();
    folder.put("mine/stops.geojson", "mine");
    let before = seen(&folder);
    let refused = folder.kyoten(&["run", "city", "--out", "mine"]);
    assert_eq!((refused.status, seen(&folder) == before), (2, true));
    assert!(refused.stderr.contains("it is no run folder, and holds other things such as “stops.geojson”"));
    // Beside a run things may lie, but none in the place of a file of the run.
    assert_eq!(run(&folder, "city", "out"), 0);
    folder.put("out/parcels.csv", "mine");
    let before = seen(&folder);
    let refused = folder.kyoten(&["run", "city", "--out", "out", "--format", "csv"]);
    assert_eq!((refused.status, seen(&folder) == before), (2, true));
    assert!(refused.stderr.contains("no run wrote the file that is there"), "{}", refused.stderr);
}

#[test]
fn a_file_of_a_run_that_was_altered_is_not_read() {
    let folder = town();
    for (city, out) in [("city", "a"), ("other", "b")] {
        folder.run(&[city, "--out", out]);
    }
    let record = folder.json("a/run.json");
    let told: Vec<&str> =
        record["outputs"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    let all = record["files"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let all: Vec<&str> = all.filter(|name| !["run.json", "times.json"].contains(name)).collect();
    assert_eq!(told, all);
    // One sign for another: as long as it was.
    folder.edit("a/parcels.geojson", "\"chiban\":\"1\"", "\"chiban\":\"9\"");
    folder.edit("b/parcels.geojson", "\"chiban\":\"1\"", "\"chiban\":\"1 \"");
    for arguments in [&["diff", "a", "a"] as &[_], &["map", "a", "--svg", "a.svg"], &["map", "b", "--svg", "b.svg"]] {
        let refused = folder.kyoten(arguments);
        assert_eq!(refused.status, 2, "{arguments:?}");
        assert!(refused.stderr.contains("is not the file that the run wrote"), "{}", refused.stderr);
    }
    assert!(!Path::new(&folder.path().join("a.svg")).exists());
}

#[test]
#[cfg(unix)]
fn a_reader_that_may_not_write_says_so_of_a_run_that_was_broken_off() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = town();
    assert_eq!(run(&folder, "city", "out"), 0);
    folder.put("out/.finish", "{\"stage\": \".partial-1\", \"place\": [\"run.json\"], \"remove\": []}");
    let out = folder.path().join("out");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(out.join(".probe"), "").is_ok();
    if is_root {
        eprintln!("skipped: nothing is forbidden here");
        let _ = fs::remove_file(out.join(".probe"));
    } else {
        let refused = folder.kyoten(&["diff", "out", "out"]);
        assert!(refused.stderr.contains("a run was broken off"), "{}", refused.stderr);
    }
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(folder.kyoten(&["diff", "out", "out"]).status, 0);
    assert!(!out.join(".finish").exists());
    // A journal moves files of its folder, and nothing else.
    folder.put("out/.finish", "{\"stage\": \".partial-1\", \"place\": [\"../city/parcels.geojson\"], \"remove\": []}");
    assert_eq!(folder.kyoten(&["diff", "out", "out"]).status, 2);
    assert!(folder.path().join("city/parcels.geojson").exists());
}
