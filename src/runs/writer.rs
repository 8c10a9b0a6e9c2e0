//! The run folder: its files appear whole or not at all.
//!
//! Everything is written into a folder of its own, which takes the place of the earlier run in one step when all is written and
//! on the disk ([`NewFolder`]). So a folder with a `run.json` holds the whole of one run. What is not of a run is never
//! replaced or removed: a folder with other things in it and no run is refused, and so is a file of another's in the place
//! of one that this run writes.
//!
//! A run that nobody asks files of goes the same way, into memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::goal;
use super::listed::{OutputRecord, own_files};
use crate::disk::{NOT_OF_A_RUN, NewFolder};
use crate::outputs::names::{RUN, TIMES};
use crate::outputs::{Kept, Ledger, Nameless, OutputError, OutputFile};
use crate::text::Text;

/// A run folder while it is being written. Dropped before [`RunWriter::finish`], it leaves nothing.
#[derive(Debug)]
pub struct RunWriter {
    place: Place,
    files: Vec<String>,
    ledger: Ledger,
    /// Whether what the earlier run wrote stays where nothing else takes its place.
    keeps: bool,
}

/// Where the files go.
#[derive(Debug)]
enum Place {
    Disk {
        goal: PathBuf,
        folder: Box<NewFolder>,
        /// What the earlier run wrote; empty where there is none.
        earlier: BTreeSet<String>,
        /// Inputs of the run, which no output may replace.
        inputs: Vec<PathBuf>,
    },
    Memory(Kept),
    /// One file, which never has a name.
    Nameless(Nameless),
}

/// A run folder that is finished.
#[derive(Debug)]
pub enum Finished {
    /// Its files, as they were placed.
    OnDisk(Vec<PathBuf>),
    /// Its files by their names.
    InMemory(BTreeMap<String, Vec<u8>>),
    /// Its one file, from its beginning on; `None` where none was written.
    Nameless(Option<File>),
}

impl RunWriter {
    /// Begins a run folder at `goal`, which need not exist; none of the `inputs` is replaced.
    ///
    /// # Errors
    /// Where nothing can be made there, where another run writes there, and where something lies there that is no run: but
    /// for hidden files, and a folder in which inputs lie.
    pub fn begin(goal: &Path, inputs: impl IntoIterator<Item = PathBuf>) -> Result<Self, OutputError> {
        let folder = NewFolder::begin(goal, own_files)?;
        let inputs: Vec<PathBuf> = inputs.into_iter().filter_map(|path| path.canonicalize().ok()).collect();
        let earlier = goal::earlier(goal, &folder, &inputs)?;
        let place = Place::Disk { goal: goal.to_owned(), folder: Box::new(folder), earlier, inputs };
        Ok(Self { place, files: Vec::new(), ledger: Ledger::default(), keeps: false })
    }

    /// Begins to add files to the run that lies there: the others of it stay.
    ///
    /// # Errors
    /// As [`RunWriter::begin`].
    pub(super) fn adding(goal: &Path, inputs: impl IntoIterator<Item = PathBuf>) -> Result<Self, OutputError> {
        Ok(Self { keeps: true, ..Self::begin(goal, inputs)? })
    }

    /// Begins a run whose files are kept in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        let place = Place::Memory(Kept::default());
        Self { place, files: Vec::new(), ledger: Ledger::default(), keeps: false }
    }

    /// Begins a run of one file, which is nowhere to be found and goes to whoever finishes it.
    #[must_use]
    pub fn nameless() -> Self {
        let place = Place::Nameless(Nameless::default());
        Self { place, files: Vec::new(), ledger: Ledger::default(), keeps: false }
    }

    /// Whether the files are kept in memory, where no file can be looked for beside another.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        matches!(self.place, Place::Memory(_))
    }

    /// Begins a file of the run. Write through the handle, then go on.
    ///
    /// # Errors
    /// Where it cannot be made, or would replace an input or a file that no run wrote.
    pub fn create(&mut self, name: &str) -> Result<OutputFile, OutputError> {
        let ledger = Ledger::clone(&self.ledger);
        let file = match &self.place {
            Place::Memory(kept) => OutputFile::in_memory(name, Kept::clone(kept), ledger),
            Place::Nameless(file) => OutputFile::nameless(name, Nameless::clone(file), ledger)?,
            Place::Disk { goal, folder, earlier, inputs } => {
                let (path, there) = (goal.join(name), folder.place().join(name));
                let refuse = |why| Err(OutputError::refused(&path, io::ErrorKind::AlreadyExists, why));
                if there.canonicalize().is_ok_and(|path| inputs.contains(&path)) {
                    return refuse(Text::new("この実行の入力のファイルです", "it is an input of this run"));
                }
                if there.symlink_metadata().is_ok() && !earlier.contains(name) {
                    return refuse(NOT_OF_A_RUN);
                }
                OutputFile::of_run(&folder.stage().join(name), path, ledger)?
            }
        };
        self.files.push(name.to_owned());
        Ok(file)
    }

    /// Writes a whole file of the run.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let mut file = self.create(name)?;
        file.write(bytes)?;
        file.finish()
    }

    /// The error of a file that could not be put together.
    pub fn failed(&self, name: &str, source: impl std::error::Error + Send + Sync + 'static) -> OutputError {
        let path = match &self.place {
            Place::Disk { goal, .. } => goal.join(name),
            Place::Memory(_) | Place::Nameless(_) => PathBuf::from(name),
        };
        OutputError::at(&path)(io::Error::other(source))
    }

    /// The names of the files so far.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Length and fingerprint of the files that are finished, in the order in which they were begun; but for that which
    /// differs between equal runs.
    #[must_use]
    pub fn outputs(&self) -> Vec<OutputRecord> {
        let written = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let files = self.files.iter().filter(|name| *name != TIMES);
        files.filter_map(|name| Some(OutputRecord::new(name, written.get(name)?))).collect()
    }

    /// Puts everything into place and returns the paths. What an earlier run wrote there, and this one does not, goes.
    ///
    /// # Errors
    /// Where it cannot be; then the earlier run is as it was.
    pub fn finish(self) -> Result<Finished, OutputError> {
        let Self { place, mut files, keeps, .. } = self;
        files.sort_by_key(|name| name == RUN);
        match place {
            Place::Memory(kept) => {
                Ok(Finished::InMemory(std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner))))
            }
            Place::Nameless(file) => Ok(Finished::Nameless(file.lock().unwrap_or_else(PoisonError::into_inner).take())),
            Place::Disk { goal, folder, inputs, .. } => {
                folder.finish(&files, &|path| keeps || path.canonicalize().is_ok_and(|path| inputs.contains(&path)))?;
                Ok(Finished::OnDisk(files.iter().map(|name| goal.join(name)).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn record(names: &[&str]) -> Vec<u8> {
        serde_json::json!({ "tool": { "name": "kyoten", "version": "0" }, "files": names }).to_string().into_bytes()
    }

    fn begin(goal: &Path) -> Result<RunWriter, OutputError> {
        RunWriter::begin(goal, [])
    }

    /// Writes a run of these files, each of which says `text`.
    fn run(goal: &Path, names: &[&str], text: &str, inputs: &[&Path]) {
        let mut folder = RunWriter::begin(goal, inputs.iter().map(|path| path.to_path_buf())).unwrap();
        for name in names {
            folder.write(name, text.as_bytes()).unwrap();
        }
        let all: Vec<&str> = names.iter().copied().chain([RUN]).collect();
        folder.write(RUN, &record(&all)).unwrap();
        folder.finish().unwrap();
    }

    #[test]
    fn a_run_that_fails_leaves_nothing_and_the_last_one_untouched() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        run(&goal, &["a"], "1", &[]);
        let mut second = begin(&goal).unwrap();
        second.write("a", b"2").unwrap();
        drop(second);
        assert_eq!(fs::read(goal.join("a")).unwrap(), b"1");
        assert_eq!((names(place.path()), names(&goal)), (vec!["out".to_owned()], vec!["a".to_owned(), RUN.to_owned()]));
    }

    #[test]
    fn folders_made_on_the_way_go_with_a_run_that_fails() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("runs/2026/first");
        drop(begin(&goal).unwrap());
        assert_eq!(names(place.path()), [""; 0]);
        run(&goal, &[], "", &[]);
        assert_eq!(names(&place.path().join("runs/2026")), ["first"]);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_is_not_of_this_place_is_not() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        fs::create_dir(&goal).unwrap();
        let dead = [".out.partial-1", "out/.partial-2"];
        for folder in dead.iter().chain(&[".out2.partial-1", ".out.partial-4"]) {
            fs::create_dir_all(place.path().join(folder).join("deep")).unwrap();
            fs::write(place.path().join(folder).join("deep/file"), "").unwrap();
        }
        for folder in dead.iter().chain(&[".out2.partial-1"]) {
            fs::write(place.path().join(folder).join(".lock"), "").unwrap();
        }
        fs::create_dir(place.path().join(".out.partial-3")).unwrap();
        drop(begin(&goal).unwrap());
        assert_eq!(names(place.path()), [".out.partial-4", ".out2.partial-1", "out"]);
        assert_eq!(names(&goal), [""; 0]);
    }

    #[test]
    fn two_runs_do_not_write_into_one_folder() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        let first = begin(&goal).unwrap();
        assert!(begin(&goal).unwrap_err().to_string().contains("another run is writing there"));
        drop(first);
        run(&goal, &["a"], "1", &[]);
        let second = begin(&goal).unwrap();
        let file = File::open(goal.join(".lock")).unwrap();
        assert!(file.try_lock().is_err());
        drop(second);
        assert_eq!(names(&goal), ["a", RUN]);
    }

    #[test]
    fn files_of_an_earlier_run_go_and_those_of_others_stay() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        run(&goal, &["a", "b", "c"], "1", &[]);
        fs::write(goal.join("mine"), "mine").unwrap();
        run(&goal, &["c", "d"], "2", &[&goal.join("b")]);
        assert_eq!(names(&goal), ["b", "c", "d", "mine", RUN]);
        assert_eq!(fs::read(goal.join("mine")).unwrap(), b"mine");
        fs::remove_file(goal.join("mine")).unwrap();
        fs::remove_file(goal.join("b")).unwrap();
        run(&goal, &["d", "e"], "3", &[]);
        assert_eq!(names(&goal), ["d", "e", RUN]);
        assert_eq!(names(place.path()), ["out"]);
        assert_eq!(fs::read(goal.join("d")).unwrap(), b"3");
    }

    #[test]
    fn an_input_and_a_file_that_no_run_wrote_are_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        run(&goal, &["a", "b"], "1", &[]);
        fs::write(goal.join("mine"), "mine").unwrap();
        let mut folder = RunWriter::begin(&goal, [goal.join("a")]).unwrap();
        assert!(folder.create("a").unwrap_err().to_string().contains("an input"));
        assert!(folder.create("mine").unwrap_err().to_string().contains("no run wrote the file"));
        assert!(folder.create("b").is_ok());
        drop(folder);
        // Nor is one that comes while the run is at work.
        let mut folder = begin(&goal).unwrap();
        folder.write("later", b"2").unwrap();
        folder.write(RUN, &record(&["later", RUN])).unwrap();
        fs::write(goal.join("later"), "mine").unwrap();
        assert!(folder.finish().unwrap_err().to_string().contains("no run wrote the file"));
        assert_eq!(names(&goal), ["a", "b", "later", "mine", RUN]);
        assert_eq!(fs::read(goal.join("later")).unwrap(), b"mine");
    }

    #[test]
    fn a_folder_of_other_things_is_refused_and_one_that_holds_the_inputs_is_not() {
        let place = tempfile::tempdir().unwrap();
        let [goal, city] = ["out", "out/city"].map(|name| place.path().join(name));
        fs::create_dir_all(&city).unwrap();
        let input = city.join("parcels.geojson");
        fs::write(&input, "").unwrap();
        fs::write(goal.join(".hidden"), "").unwrap();
        assert!(begin(&goal).unwrap_err().to_string().contains("other things such as “city”"));
        run(&goal, &["a"], "1", &[&input]);
        assert_eq!(names(&goal), [".hidden", "a", "city", RUN]);
        assert!(begin(place.path()).is_err());
        assert_eq!(names(place.path()), ["out"]);
    }

    #[test]
    fn a_file_of_a_run_that_is_now_something_else_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        run(&goal, &["a"], "1", &[]);
        let file = goal.join("a");
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        assert!(begin(&goal).unwrap_err().to_string().contains("a: cannot be written (it is a file that may not"));
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(begin(&goal).unwrap_err().to_string().contains("not the file that a run wrote"));
        assert_eq!(names(&goal), ["a", RUN]);
    }

    #[test]
    fn what_was_written_is_told_but_for_what_differs_between_equal_runs() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = begin(&place.path().join("out")).unwrap();
        folder.write("a", b"abc").unwrap();
        folder.write(TIMES, b"1").unwrap();
        let outputs = folder.outputs();
        assert_eq!(outputs.len(), 1);
        assert_eq!((outputs[0].file.as_str(), outputs[0].bytes), ("a", 3));
        assert_eq!(outputs[0].sha256[..8], *"ba7816bf");
    }

    #[test]
    fn a_file_where_the_folder_should_be_is_said() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        fs::write(&goal, "x").unwrap();
        for goal in [goal.join("first"), goal] {
            assert!(begin(&goal).unwrap_err().to_string().contains("out: cannot be written (it is a file"));
        }
    }
}
