//! A file of its own, outside a run folder: it appears whole or not at all.
//!
//! It is written beside the place where it will stand, locked, and renamed into it when all is on the disk. What a process
//! that was killed has left there, hidden by a dot before its name and locked by nobody, the next one to the same place
//! takes away.

use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::lock::is_at;
use super::protected::{PROTECTED, is_protected};
use super::unfinished::{self, Leftover, Unfinished};
use super::{NewFile, OutputError, change, leftovers, random_name};
use crate::diagnostics::refusal;
use crate::text::Text;

/// How often a file is made again that another process took for a leftover before it was locked.
const TRIES: u32 = 100;

/// A file while it is being written. Dropped before [`SingleFile::finish`], it leaves nothing.
#[derive(Debug)]
pub struct SingleFile {
    /// `None` once it is finished.
    file: Option<BufWriter<NewFile>>,
    /// Keeps it locked until it is in its place.
    #[expect(dead_code, reason = "it is held, not used")]
    held: File,
    partial: PathBuf,
    /// As it was given, for messages.
    goal: PathBuf,
    /// The file itself, where the goal is a link to it.
    place: PathBuf,
    is_new: bool,
    _unfinished: Unfinished,
}

impl SingleFile {
    /// Begins a file that will stand at `goal` and take the place of a file there, unless that is one of `inputs`. Through
    /// a symbolic link the file is written to which it leads. A device, a pipe, and a file that nobody may write to are refused.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn begin<'a>(goal: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<Self, OutputError> {
        let place = place(goal)?;
        if inputs.into_iter().any(|input| input.canonicalize().is_ok_and(|it| it == place)) {
            return Err(already(goal, Text::new("入力のファイルです", "it is an input")));
        }
        Self::at(goal, place, false)
    }

    /// Begins a file that will stand at `goal`, where nothing may be.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn begin_new(goal: &Path) -> Result<Self, OutputError> {
        Self::at(goal, goal.to_owned(), true)
    }

    fn at(goal: &Path, place: PathBuf, is_new: bool) -> Result<Self, OutputError> {
        leftovers::clear_beside(&place);
        let (file, held) = partial(&place).map_err(OutputError::at(goal))?;
        let partial = file.path().to_owned();
        let unfinished = Unfinished::new(vec![Leftover::File(partial.clone())]);
        Ok(Self {
            _unfinished: unfinished,
            file: Some(BufWriter::new(file)),
            held,
            partial,
            goal: goal.to_owned(),
            place,
            is_new,
        })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes));
        written.map_err(OutputError::at(&self.goal))
    }

    /// Puts the file into its place.
    ///
    /// # Errors
    /// Where the rest cannot be written or the file not be renamed; and, of [`SingleFile::begin_new`], where there is something.
    pub fn finish(self) -> Result<(), OutputError> {
        Self::finish_all(vec![self])
    }

    /// Puts all files into their places. Where one cannot be, the others are as they were.
    ///
    /// # Errors
    /// As [`SingleFile::finish`].
    pub fn finish_all(mut files: Vec<Self>) -> Result<(), OutputError> {
        for file in &mut files {
            file.complete()?;
        }
        let _step = unfinished::step();
        let mut placed: Vec<Earlier> = Vec::new();
        for (index, file) in files.iter().enumerate() {
            // The last one is put into place or is not: nothing after it can fail.
            let earlier = if index + 1 < files.len() { Earlier::keep(file) } else { Ok(Earlier::default()) };
            let done = earlier.and_then(|earlier| {
                placed.push(earlier);
                let put = if file.is_new { change::rename_new } else { change::rename };
                put(&file.partial, &file.place)
            });
            if let Err(error) = done {
                let before = files.iter().zip(&placed).take(index);
                let stay: Vec<&Self> =
                    before.filter(|(file, earlier)| earlier.put_back(file).is_err()).map(|(one, _)| one).collect();
                return Err(match stay.first() {
                    None => OutputError::at(&file.goal)(error),
                    Some(other) => not_put_back(file, &error, other),
                });
            }
        }
        for file in &files {
            // It stands there; at worst a loss of power takes it back.
            let _ = file.place.parent().map(change::sync_folder);
        }
        Ok(())
    }

    /// Brings all of it onto the disk.
    fn complete(&mut self) -> Result<(), OutputError> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let whole = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(NewFile::finish);
        whole.map(|_| ()).map_err(OutputError::at(&self.goal))
    }
}

impl Drop for SingleFile {
    fn drop(&mut self) {
        // Nothing more can be done where this fails; the next one to the same place does. Once it is in its place, there is
        // no such file.
        if self.partial.exists() {
            let _ = change::remove(&self.partial);
        }
    }
}

/// The file that stood in a place before, kept under another name until all are placed.
#[derive(Debug, Default)]
struct Earlier {
    kept: Option<(PathBuf, File)>,
}

impl Earlier {
    fn keep(file: &SingleFile) -> io::Result<Self> {
        let kept = beside(&file.place);
        match change::link(&file.place, &kept) {
            Ok(()) => {}
            Err(_) if !file.place.exists() => return Ok(Self::default()),
            Err(error) => return Err(error),
        }
        let held = File::open(&kept)?;
        // Only so that nobody takes it for a leftover.
        let _ = held.try_lock();
        Ok(Self { kept: Some((kept, held)) })
    }

    fn put_back(&self, file: &SingleFile) -> io::Result<()> {
        match &self.kept {
            Some((kept, _)) => change::rename(kept, &file.place),
            None => change::remove(&file.place),
        }
    }
}

impl Drop for Earlier {
    fn drop(&mut self) {
        if let Some((kept, _)) = &self.kept
            && kept.exists()
        {
            let _ = change::remove(kept);
        }
    }
}

/// The error of a file where one that was placed before it could not be taken back.
fn not_put_back(file: &SingleFile, error: &io::Error, other: &SingleFile) -> OutputError {
    let (reason, other) = (refusal(error), other.goal.display());
    let why = text!(
        "{reason}。{other} はすでに新しいファイルになっていて、元に戻せませんでした",
        "{reason}; {other} is the new file already and could not be put back",
        reason = reason
    );
    OutputError::refused(&file.goal, error.kind(), why)
}

fn already(goal: &Path, why: Text) -> OutputError {
    OutputError::refused(goal, io::ErrorKind::AlreadyExists, why)
}

/// The file that is written where a goal is named, which may be a link to it.
fn place(goal: &Path) -> Result<PathBuf, OutputError> {
    let Ok(about) = goal.metadata() else {
        if goal.symlink_metadata().is_ok() {
            return Err(already(goal, Text::new("リンクの先がありません", "it is a link to nothing")));
        }
        return Ok(goal.to_owned());
    };
    if about.is_dir() {
        return Err(already(goal, Text::new("ファイルではなくフォルダーです", "it is a folder, not a file")));
    }
    if !about.is_file() {
        let why = Text::new(
            "普通のファイルではありません（装置やパイプなど）",
            "it is no ordinary file but a device or a pipe",
        );
        return Err(already(goal, why));
    }
    let place = goal.canonicalize().map_err(OutputError::at(goal))?;
    if is_protected(&place, &about) {
        return Err(OutputError::refused(goal, io::ErrorKind::PermissionDenied, PROTECTED));
    }
    Ok(place)
}

fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default();
    place.with_file_name(format!("{}{}", leftovers::stem_beside(name), random_name()))
}

/// Makes the unfinished file, locked.
fn partial(place: &Path) -> io::Result<(NewFile, File)> {
    let mut tries = 0;
    loop {
        let partial = beside(place);
        let file = NewFile::create(&partial)?;
        let locked = file.file().try_clone().and_then(|held| match held.try_lock() {
            Ok(()) => Ok(is_at(&held, &partial).then_some(held)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        });
        tries += 1;
        match locked {
            Ok(Some(held)) => return Ok((file, held)),
            // Another process took it for a leftover just now.
            Ok(None) if tries < TRIES => {}
            Ok(None) => return Err(io::ErrorKind::ResourceBusy.into()),
            Err(error) => {
                let _ = change::remove(&partial);
                return Err(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn it_appears_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("a.csv");
        let mut file = SingleFile::begin(&goal, []).unwrap();
        file.write(b"1").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
        let mut file = SingleFile::begin(&goal, []).unwrap();
        file.write(b"1").unwrap();
        file.write(b"2").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&goal).unwrap(), b"12");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_input_a_folder_and_what_is_no_file_are_refused() {
        let place = tempfile::tempdir().unwrap();
        let input = place.path().join("input.csv");
        fs::write(&input, "mine").unwrap();
        let other_way = place.path().join(".").join("input.csv");
        let refused = |goal: &Path| SingleFile::begin(goal, [input.as_path()]).unwrap_err().to_string();
        assert!(refused(&other_way).contains("it is an input"));
        assert!(refused(place.path()).contains("it is a folder"));
        #[cfg(unix)]
        assert!(refused(Path::new("/dev/null")).contains("a device"));
        assert_eq!(fs::read(&input).unwrap(), b"mine");
    }

    #[test]
    fn a_file_that_may_not_be_written_to_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("a.csv");
        fs::write(&goal, "mine").unwrap();
        let mut permissions = fs::metadata(&goal).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&goal, permissions).unwrap();
        assert!(SingleFile::begin(&goal, []).unwrap_err().to_string().contains("may not be written to"));
    }

    #[test]
    #[cfg(unix)]
    fn through_a_link_the_file_is_written_to_which_it_leads() {
        let place = tempfile::tempdir().unwrap();
        let [file, link, nowhere] = ["file", "link", "nowhere"].map(|name| place.path().join(name));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut written = SingleFile::begin(&link, []).unwrap();
        written.write(b"new").unwrap();
        written.finish().unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        std::os::unix::fs::symlink(place.path().join("gone"), &nowhere).unwrap();
        assert!(SingleFile::begin(&nowhere, []).unwrap_err().to_string().contains("a link to nothing"));
    }

    #[test]
    fn of_several_all_are_replaced_or_none() {
        let place = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| place.path().join(name));
        fs::write(&one, "old").unwrap();
        let begin = |goal: &Path| {
            let mut file = SingleFile::begin(goal, []).unwrap();
            file.write(b"new").unwrap();
            file
        };
        let files = vec![begin(&one), begin(&two)];
        // What is put there meanwhile keeps the second from its place.
        fs::create_dir(&two).unwrap();
        assert!(SingleFile::finish_all(files).is_err());
        assert_eq!(fs::read(&one).unwrap(), b"old");
        fs::remove_dir(&two).unwrap();
        SingleFile::finish_all(vec![begin(&one), begin(&two)]).unwrap();
        assert_eq!((fs::read(&one).unwrap(), fs::read(&two).unwrap()), (b"new".to_vec(), b"new".to_vec()));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_must_be_new_replaces_nothing() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("kyoten.toml");
        let mut file = SingleFile::begin_new(&goal).unwrap();
        file.write(b"ours").unwrap();
        fs::write(&goal, "mine").unwrap();
        assert!(file.finish().is_err());
        assert_eq!(fs::read(&goal).unwrap(), b"mine");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_process_left_goes_and_what_a_living_one_writes_stays() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("a.csv");
        let [dead, other] = [".a.csv.partial-1", ".b.csv.partial-1"].map(|name| place.path().join(name));
        fs::write(&dead, "").unwrap();
        fs::write(&other, "").unwrap();
        let alive = SingleFile::begin(&goal, []).unwrap();
        let second = SingleFile::begin(&goal, []).unwrap();
        assert!(alive.partial.exists() && second.partial.exists() && other.exists() && !dead.exists());
    }
}
