//! Runs that race for one folder, and readers of a folder that is being replaced.

use std::process::Child;
use std::thread;
use std::time::Duration;

use super::{Fault, ended, hidden, seen, start, town};
use crate::support::Folder;

fn run(city: &str, out: &str) -> Vec<String> {
    ["run", city, "--out", out, "--no-map", "--quiet", "--threads", "1"].map(str::to_owned).to_vec()
}

fn started(folder: &Folder, arguments: &[String], fault: Fault) -> Child {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    start(folder.path(), &arguments, fault).spawn().unwrap()
}

fn status(child: Child) -> Option<i32> {
    child.wait_with_output().unwrap().status.code()
}

/// The folders of a run of each project.
fn alone() -> [super::Contents; 2] {
    ["city", "other"].map(|city| {
        let place = town();
        place.run(&[city, "--out", "out", "--no-map"]);
        seen(&place)
    })
}

#[test]
fn of_two_runs_one_has_the_folder_whole_and_the_other_is_refused() {
    for beside in [false, true] {
        let folder = town();
        let [one, other] = alone();
        if beside {
            // So that a journal has to do it, with a rename a file.
            folder.run(&["city", "--out", "out", "--no-map"]);
            folder.put("out/mine", "mine");
        }
        for round in 0..12_u64 {
            let first = started(&folder, &run("city", "out"), Fault::Slow(10));
            thread::sleep(Duration::from_millis(4 * round));
            let second = started(&folder, &run("other", "out"), Fault::Slow(3));
            let (first, second) = (status(first), status(second));
            assert!(
                matches!((first, second), (Some(0), Some(0 | 2)) | (Some(2), Some(0))),
                "they ended with {first:?} and {second:?}"
            );
            let mut found = seen(&folder);
            found.remove(std::path::Path::new("out/mine"));
            let winner = if found == one { "city" } else { "other" };
            assert!(found == one || found == other, "the folder is of neither run");
            // The loser did not leave its own: of two that are done the later one has it.
            assert!(winner == "city" || second == Some(0), "{first:?} {second:?}");
            assert!(winner == "other" || first == Some(0), "{first:?} {second:?}");
            assert_eq!(hidden(&folder), Vec::<std::path::PathBuf>::new());
        }
    }
}

#[test]
fn what_is_read_while_it_is_replaced_is_one_run_or_an_error() {
    let folder = town();
    for (city, out) in [("city", "a"), ("other", "b"), ("city", "out")] {
        folder.run(&[city, "--out", out, "--no-map"]);
    }
    folder.put("out/mine", "a journal has to do it");
    // All but where the runs lie.
    let told = |before: &str, after: &str| {
        let run = folder.kyoten(&["diff", before, after, "--json"]);
        let mut told: Option<serde_json::Value> = serde_json::from_str(&run.stdout).ok();
        for key in ["before", "after"] {
            if let Some(told) = &mut told {
                told.as_object_mut().unwrap().remove(key);
            }
        }
        (run.status, told, run.stderr)
    };
    let known = [told("a", "a").1, told("a", "b").1];
    assert_ne!(known[0], known[1]);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..10 {
                let city = ["other", "city"][round % 2];
                let arguments = run(city, "out");
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                // A reader that rolls forward may have the lock for a moment.
                assert!(matches!(ended(&mut start(folder.path(), &arguments, Fault::Slow(3))).0, Some(0 | 2)));
            }
        });
        let mut answers = 0;
        while !writer.is_finished() {
            let (status, found, said) = told("a", "out");
            if status == 0 {
                answers += 1;
                assert!(known.contains(&found), "an answer of neither run: {found:?}");
            } else {
                assert_eq!(status, 2, "{said}");
            }
        }
        writer.join().unwrap();
        assert!(answers > 0, "no answer was ever had");
    });
}

#[test]
fn two_processes_of_one_number_do_not_meet() {
    let folder = town();
    let [one, other] = alone();
    let in_namespace = |city: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--user", "--map-root-user", "--pid", "--fork", "--", env!("CARGO_BIN_EXE_kyoten")]);
        command.args(run(city, "out")).current_dir(folder.path());
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command
    };
    let may =
        std::process::Command::new("unshare").args(["--user", "--map-root-user", "--pid", "--fork", "true"]).status();
    if !may.is_ok_and(|status| status.success()) {
        eprintln!("skipped: namespaces of processes may not be made here");
        return;
    }
    for _ in 0..6 {
        let (first, second) = (in_namespace("city").spawn().unwrap(), in_namespace("other").spawn().unwrap());
        let both = (status(first), status(second));
        assert!(matches!(both, (Some(0), Some(0 | 2)) | (Some(2), Some(0))), "{both:?}");
        let found = seen(&folder);
        assert!(found == one || found == other, "the folder is of neither run");
        assert_eq!(hidden(&folder), Vec::<std::path::PathBuf>::new());
    }
}
