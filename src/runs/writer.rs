//! The run folder: its files appear whole or not at all.
//!
//! Everything is written into a folder beside it. When all is written and on the disk, the files are renamed into
//! place, `run.json` last: a folder with a `run.json` holds the whole of one run. A process that is killed leaves the
//! folder beside it, which the next run to the same place takes away.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::listed_files;
use crate::outputs::names::RUN;
use crate::outputs::{OutputError, OutputFile};
use crate::text::Text;

/// The file that a process holds locked in its partial folder for as long as it lives.
const LOCK: &str = ".lock";

/// How often a partial folder is made again that another run took away.
const TRIES: u32 = 5;

/// A run folder while it is being written. Dropped before [`RunWriter::finish`], it leaves nothing.
#[derive(Debug)]
pub struct RunWriter {
    goal: PathBuf,
    partial: PathBuf,
    files: Vec<String>,
    /// Inputs of the run, which no output may replace.
    inputs: Vec<PathBuf>,
    /// The folders that were made on the way to the goal, the innermost first; gone again where the run fails.
    made: Vec<PathBuf>,
    /// Tells other runs that this one lives. The system unlocks it when the process ends, however it ends.
    _lock: File,
}

impl RunWriter {
    /// Begins a run folder at `goal`, which need not exist.
    ///
    /// # Errors
    /// Where a folder cannot be made beside it.
    pub fn begin(goal: &Path) -> Result<Self, OutputError> {
        let name = goal.file_name().unwrap_or_default().to_string_lossy();
        let parent = goal.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Some(file) = goal.ancestors().find(|path| path.is_file()) {
            let why = Text::new("フォルダーではなくファイルです", "it is a file, not a folder");
            return Err(OutputError::refused(file, io::ErrorKind::NotADirectory, why));
        }
        let stem = format!(".{name}.partial-");
        remove_leftovers(parent, &stem);
        let made = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        let partial = parent.join(format!("{stem}{}", std::process::id()));
        // Messages name the folder that was asked for, not the one that stands in for it.
        let lock = claim(&partial).map_err(OutputError::at(goal))?;
        Ok(Self { goal: goal.to_owned(), partial, files: Vec::new(), inputs: Vec::new(), made, _lock: lock })
    }

    /// Sees to it that no output takes the place of one of these files.
    pub fn protect(&mut self, inputs: impl IntoIterator<Item = PathBuf>) {
        self.inputs.extend(inputs.into_iter().filter_map(|path| path.canonicalize().ok()));
    }

    fn is_input(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| self.inputs.contains(&path))
    }

    /// Begins a file of the run. Write through the handle, then go on.
    ///
    /// # Errors
    /// Where it cannot be made, or would replace an input.
    pub fn create(&mut self, name: &str) -> Result<OutputFile, OutputError> {
        let path = self.goal.join(name);
        if self.is_input(&path) {
            let why = Text::new("この実行の入力のファイルです", "it is an input of this run");
            return Err(OutputError::refused(&path, io::ErrorKind::AlreadyExists, why));
        }
        let file = OutputFile::create(self.partial.join(name), path)?;
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
        OutputError::at(&self.goal.join(name))(io::Error::other(source))
    }

    /// The names of the files so far.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Puts everything into place and returns the paths. What an earlier run wrote there, and this one does not, goes.
    ///
    /// # Errors
    /// Where the folder cannot be made or a file cannot be renamed.
    pub fn finish(mut self) -> Result<Vec<PathBuf>, OutputError> {
        fs::create_dir_all(&self.goal).map_err(OutputError::at(&self.goal))?;
        let seal = self.goal.join(RUN);
        let earlier = files_of_run(&self.goal);
        match fs::remove_file(&seal) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(OutputError::at(&seal)(error)),
            _ => {}
        }
        self.made.clear();
        let mut files = std::mem::take(&mut self.files);
        files.sort_by_key(|name| name == RUN);
        for stale in earlier.iter().filter(|name| !files.contains(name)).map(|name| self.goal.join(name)) {
            if !self.is_input(&stale) {
                // One that cannot be removed is not in the new run.json either.
                let _ = fs::remove_file(stale);
            }
        }
        let mut placed = Vec::new();
        for name in files {
            let to = self.goal.join(&name);
            fs::rename(self.partial.join(&name), &to).map_err(OutputError::at(&to))?;
            placed.push(to);
        }
        // A rename is on the disk when its folder is; not every system lets a folder be opened for that.
        if let Ok(folder) = File::open(&self.goal) {
            let _ = folder.sync_all();
        }
        Ok(placed)
    }
}

impl Drop for RunWriter {
    fn drop(&mut self) {
        // Nothing more can be done where this fails; the name says what the folder is.
        let _ = fs::remove_dir_all(&self.partial);
        for folder in &self.made {
            // Refused where somebody else has put something into it.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The names of the files that an earlier run wrote; none where there is no such run.
fn files_of_run(folder: &Path) -> Vec<String> {
    let mut files = listed_files(folder).unwrap_or_default();
    files.retain(|name| Path::new(name).file_name().is_some_and(|last| last == name.as_str()));
    files
}

/// Makes a partial folder and locks it. Another run that is tidying up may take it for a leftover until it is locked;
/// then it is made again. Some network disks know no locks: there, what killed runs leave stays, and nothing worse.
fn claim(partial: &Path) -> io::Result<File> {
    let mut tries = 0;
    loop {
        let claimed = fs::create_dir_all(partial).and_then(|()| File::create(partial.join(LOCK)));
        let is_lost = match &claimed {
            Ok(lock) => matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) || !partial.join(LOCK).exists(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        tries += 1;
        if !is_lost || tries == TRIES {
            return claimed;
        }
    }
}

/// Removes what runs to the same place have left that were killed: partial folders whose lock nobody holds.
fn remove_leftovers(parent: &Path, stem: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(stem)) {
        let path = entry.path();
        // One that cannot be removed is in nobody's way.
        let _ = match File::open(path.join(LOCK)) {
            Ok(lock) if lock.try_lock().is_ok() => fs::remove_dir_all(&path),
            Ok(_) => Ok(()),
            // Killed before it was locked; only an empty folder is removed so.
            Err(_) => fs::remove_dir(&path),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_run_that_fails_leaves_nothing_and_the_last_one_untouched() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        let mut first = RunWriter::begin(&goal).unwrap();
        first.write("run.json", b"1").unwrap();
        first.finish().unwrap();
        let mut second = RunWriter::begin(&goal).unwrap();
        second.write("run.json", b"2").unwrap();
        drop(second);
        assert_eq!(fs::read(goal.join("run.json")).unwrap(), b"1");
        assert_eq!(names(place.path()), ["out"]);
    }

    #[test]
    fn folders_made_on_the_way_go_with_a_run_that_fails() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("runs/2026/first");
        drop(RunWriter::begin(&goal).unwrap());
        assert_eq!(names(place.path()), [""; 0]);
        let mut second = RunWriter::begin(&goal).unwrap();
        second.write("run.json", b"1").unwrap();
        second.finish().unwrap();
        assert_eq!(names(&place.path().join("runs/2026")), ["first"]);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_a_living_one_writes_is_not() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        let [dead, alive, other] =
            [".out.partial-1", ".out.partial-2", ".out2.partial-1"].map(|name| place.path().join(name));
        for folder in [&dead, &alive, &other] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join(LOCK), "").unwrap();
        }
        let held = File::open(alive.join(LOCK)).unwrap();
        held.lock().unwrap();
        fs::create_dir(place.path().join(".out.partial-3")).unwrap();
        drop(RunWriter::begin(&goal).unwrap());
        assert_eq!(names(place.path()), [".out.partial-2", ".out2.partial-1"]);
    }

    #[test]
    fn files_of_an_earlier_run_go_and_those_of_others_stay() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        let run = |names: &[&str], inputs: &[&Path]| {
            let mut folder = RunWriter::begin(&goal).unwrap();
            folder.protect(inputs.iter().map(|path| path.to_path_buf()));
            for name in names {
                folder.write(name, b"1").unwrap();
            }
            folder.write("run.json", serde_json::json!({ "files": names }).to_string().as_bytes()).unwrap();
            folder.finish().unwrap();
        };
        run(&["a", "b", "c"], &[]);
        fs::write(goal.join("mine"), "").unwrap();
        run(&["c", "d"], &[&goal.join("b")]);
        assert_eq!(names(&goal), ["b", "c", "d", "mine", "run.json"]);
    }

    #[test]
    fn an_input_is_not_overwritten() {
        let place = tempfile::tempdir().unwrap();
        let input = place.path().join("parcels.geojson");
        fs::write(&input, "mine").unwrap();
        let mut folder = RunWriter::begin(place.path()).unwrap();
        folder.protect([input.clone()]);
        assert!(folder.create("parcels.geojson").unwrap_err().to_string().contains("an input"));
        drop(folder);
        assert_eq!(fs::read(input).unwrap(), b"mine");
    }

    #[test]
    fn a_file_where_the_folder_should_be_is_said() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        fs::write(&goal, "x").unwrap();
        for goal in [goal.join("first"), goal] {
            assert!(RunWriter::begin(&goal).unwrap_err().to_string().contains("out: cannot be written (it is a file"));
        }
    }
}
