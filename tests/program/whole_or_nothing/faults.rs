//! Every change fails in turn, and is where the process is killed.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{COUNT, Contents, Fault, copy, ended, hidden, seen, start, town};
use crate::support::Folder;

const EIO: i32 = 5;
const EACCES: i32 = 13;
const EXDEV: i32 = 18;
const ENOSPC: i32 = 28;
const EDQUOT: i32 = 122;

/// So many processes at a time.
const AT_A_TIME: usize = 4;

/// A command whose changes are tried.
struct Case<'a> {
    /// What lies there before.
    before: Contents,
    arguments: &'a [&'a str],
    /// Whether what is killed is whole without anybody's doing: so it is where one step does it.
    is_one_step: bool,
    /// Whether a kill may leave some files new and others old, each of them whole.
    is_each_alone: bool,
}

impl Case<'_> {
    /// Tries it, and says how many changes there are.
    fn check(&self) -> usize {
        let after = copy(&self.before);
        let old = seen(&after);
        let count = Folder::new();
        let counted = count.path().join("count");
        let (status, said) = ended(start(after.path(), self.arguments, Fault::None).env(COUNT, &counted));
        assert!(matches!(status, Some(0 | 1)), "{status:?}: {said}");
        let new = seen(&after);
        assert_ne!(old, new, "nothing can be seen of it");
        assert_eq!(hidden(&after), [""; 0].map(std::path::PathBuf::from));
        let kinds: Vec<String> = std::fs::read_to_string(&counted).unwrap().lines().map(str::to_owned).collect();
        let changes = kinds.len();
        let faults: Vec<Fault> = (1..=changes)
            .flat_map(|n| {
                let codes = [EIO, EACCES, EXDEV, ENOSPC, EDQUOT];
                // While files are written every number has one way out, so that two of them will do.
                let is_writing = ["Create", "Write", "Sync"].contains(&kinds[n - 1].as_str());
                let of_them = if is_writing { vec![codes[n % 5], codes[(n + 2) % 5]] } else { codes.to_vec() };
                let once = of_them.into_iter().map(move |code| Fault::Fails(n, code));
                [Fault::Kill(n), Fault::FailsOn(n, ENOSPC)].into_iter().chain(once)
            })
            .collect();
        let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..AT_A_TIME {
                scope.spawn(|| {
                    while let Some(&fault) = faults.get(next.fetch_add(1, Ordering::SeqCst)) {
                        if let Err(what) = self.under(fault, &old, &new) {
                            wrong.lock().unwrap().push(format!("{fault:?}: {what}"));
                        }
                    }
                });
            }
        });
        let wrong = wrong.into_inner().unwrap();
        let shown = wrong.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(wrong.is_empty(), "{} of {}:\n{shown}", wrong.len(), faults.len());
        changes
    }

    fn under(&self, fault: Fault, old: &Contents, new: &Contents) -> Result<(), String> {
        let folder = copy(&self.before);
        let (status, said) = ended(&mut start(folder.path(), self.arguments, fault));
        if said.contains("panicked") {
            return Err(format!("it panics: {said}"));
        }
        let found = seen(&folder);
        let is_each_whole = || found.iter().all(|(path, bytes)| [old.get(path), new.get(path)].contains(&Some(bytes)));
        let is_as_said = match (fault, status) {
            (Fault::Kill(_), None) if self.is_each_alone => is_each_whole(),
            (Fault::Kill(_), None) if self.is_one_step => found == *old || found == *new,
            // What is broken off is completed by whoever reads it, below.
            (Fault::Kill(_), None) => true,
            (Fault::Fails(..) | Fault::FailsOn(..), Some(0 | 1)) => found == *new,
            (Fault::Fails(..), Some(2)) => found == *old,
            (Fault::FailsOn(..), Some(2)) => {
                // Where nothing can be removed any more, the folder stays that was made first.
                found == *old || is_empty_goal(&folder, old) || said.contains("could not be put back")
            }
            _ => false,
        };
        if !is_as_said {
            return Err(format!("ended with {status:?}, and is {}: {said}", difference(&found, old, new)));
        }
        let out = folder.path().join("out");
        if out.is_dir() && !self.is_each_alone {
            kyoten::runs::settle(&out).map_err(|error| error.to_string())?;
            let found = seen(&folder);
            if found != *old && found != *new && !is_empty_goal(&folder, old) {
                return Err(format!("settled, it is {}", difference(&found, old, new)));
            }
        }
        if status == Some(2) && found == *old && hidden(&folder).is_empty() {
            return Ok(()); // nothing is there that was not before
        }
        let (status, said) = ended(&mut start(folder.path(), self.arguments, Fault::None));
        let is_there_already = said.contains("is there already");
        if !matches!(status, Some(0 | 1)) && !is_there_already {
            return Err(format!("the next one ends with {status:?}: {said}"));
        }
        let (found, left) = (seen(&folder), hidden(&folder));
        if found != *new || !left.is_empty() {
            return Err(format!("after the next one it is {}, with {left:?}", difference(&found, old, new)));
        }
        Ok(())
    }
}

/// Whether nothing is there but the folder that was to hold the run.
fn is_empty_goal(folder: &Folder, old: &Contents) -> bool {
    let mut expected = old.clone();
    expected.insert("out".into(), None);
    seen(folder) == expected
}

fn difference(found: &Contents, old: &Contents, new: &Contents) -> String {
    let from = |other: &Contents| -> Vec<String> {
        let differs = |path: &&std::path::PathBuf| found.get(*path) != other.get(*path);
        found.keys().chain(other.keys()).filter(differs).map(|path| path.display().to_string()).collect()
    };
    format!("not the old one in {:?}, not the new one in {:?}", from(old), from(new))
}

const FORMATS: &str = "geojson,parquet";
const OTHER: &[&str] = &["run", "other", "--out", "out", "--format", FORMATS, "--no-map", "--quiet", "--threads", "1"];

/// A town with a run of its first project in `out`.
fn with_run() -> Folder {
    let folder = town();
    folder.run(&["city", "--out", "out", "--format", "geojson,csv,gpkg", "--no-map"]);
    folder
}

#[test]
fn a_run_over_an_earlier_one() {
    let before = with_run().contents();
    let changes = Case { before, arguments: OTHER, is_one_step: true, is_each_alone: false }.check();
    assert!(changes > 30, "{changes}");
}

#[test]
fn a_run_over_an_earlier_one_beside_which_other_things_lie() {
    let folder = with_run();
    folder.put("out/map.qgz", "somebody's").put("out/notes/a.txt", "somebody's");
    let before = folder.contents();
    let changes = Case { before, arguments: OTHER, is_one_step: false, is_each_alone: false }.check();
    assert!(changes > 50, "{changes}");
}

#[test]
fn a_run_into_a_new_folder() {
    let folder = town();
    let (before, arguments) = (folder.contents(), OTHER);
    let case = Case { before, arguments, is_one_step: false, is_each_alone: false };
    case.check();
}

#[test]
fn a_table_of_changes() {
    let folder = with_run();
    folder.run(&["other", "--out", "after", "--no-map"]);
    folder.put("changes.csv", "old");
    let arguments = &["diff", "out", "after", "--out", "changes.csv"];
    Case { before: folder.contents(), arguments, is_one_step: true, is_each_alone: false }.check();
}

#[test]
fn two_still_maps() {
    let folder = with_run();
    folder.put("a.png", "old").put("a.svg", "old");
    let arguments = &["map", "out", "--png", "a.png", "--svg", "a.svg", "--dpi", "72", "--size", "A4", "--quiet"];
    Case { before: folder.contents(), arguments, is_one_step: true, is_each_alone: true }.check();
}

#[test]
fn a_project_file() {
    let folder = Folder::new();
    folder.put("city/parcels.geojson", town().bytes("city/parcels.geojson"));
    let before = folder.contents();
    Case { before, arguments: &["init", "city"], is_one_step: true, is_each_alone: false }.check();
    folder.put("city/kyoten.toml", "old");
    let (before, arguments) = (folder.contents(), &["init", "city", "--force"]);
    Case { before, arguments, is_one_step: true, is_each_alone: false }.check();
    assert!(Path::new(&folder.path().join("city/kyoten.toml")).exists());
}

#[test]
fn a_prepared_study() {
    let folder = town();
    let prepared = folder.kyoten(&["prepare", "other", "-o", "town.kyoten", "--quiet"]);
    assert_eq!(prepared.status, 0, "{}", prepared.stderr);
    let arguments = &["prepare", "city", "-o", "town.kyoten", "--quiet", "--threads", "1"];
    Case { before: folder.contents(), arguments, is_one_step: true, is_each_alone: false }.check();
}
