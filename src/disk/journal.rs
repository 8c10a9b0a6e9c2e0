//! How is a folder finished where it cannot be exchanged? Its files are renamed one by one, and before the first it is
//! written down which: whoever comes next rolls forward what was broken off.
//!
//! What the earlier run wrote is moved into the unfinished folder, not replaced: where a step fails, all of it is moved
//! back. The seal, which stands for the whole of a run, goes first and comes last.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::lock::{Lock, NoLock};
use super::{EARLIER, JOURNAL, LOCK, NewFile, OutputError, OwnNames, PARTIAL, change, leftovers};
use crate::text::Text;

/// How often and how long apart a reader looks whether a run has finished that is just being put into place.
const LOOKS: u32 = 100;
const APART: Duration = Duration::from_millis(100);

/// What is left to be done in a folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The folder in it with the files of the new run.
    stage: String,
    /// Their names, the seal last.
    place: Vec<String>,
    /// The names of files of the earlier run that the new one does not have.
    remove: Vec<String>,
}

/// Why a folder was not finished.
#[derive(Debug)]
pub(super) enum Halted {
    /// It is as it was before.
    Undone(io::Error),
    /// It could not be made as it was before: whoever comes next rolls it forward.
    BrokenOff(io::Error),
}

impl Journal {
    /// What is to be done.
    pub(super) fn new(stage: &Path, place: &[String], remove: Vec<String>) -> Self {
        let stage = stage.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { stage, place: place.to_vec(), remove }
    }

    /// Does it: from the moment that the journal stands, the folder is the new run's.
    pub(super) fn carry_out(&self, folder: &Path) -> Result<(), Halted> {
        let journal = folder.join(JOURNAL);
        self.write(folder).map_err(Halted::Undone)?;
        let mut moved = Vec::new();
        let done = change::sync_folder(folder).and_then(|()| self.roll(folder, &mut moved)).and_then(|()| {
            // Once it is gone nothing is undone any more.
            change::remove(&journal)
        });
        let Err(error) = done else {
            // The folder is right either way; at worst the next one rolls forward what is done already.
            let _ = change::sync_folder(folder);
            return Ok(());
        };
        let undone = moved.iter().rev().try_for_each(|(from, to)| change::rename(to, from));
        match undone.and_then(|()| change::remove(&journal)) {
            Ok(()) => Err(Halted::Undone(error)),
            Err(_) => Err(Halted::BrokenOff(error)),
        }
    }

    /// Puts the journal into the folder, whole.
    fn write(&self, folder: &Path) -> io::Result<()> {
        let (written, journal) = (folder.join(&self.stage).join(JOURNAL), folder.join(JOURNAL));
        let mut file = NewFile::create(&written)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.finish()?;
        change::sync_folder(&folder.join(&self.stage))?;
        change::rename_new(&written, &journal)
    }

    /// Moves what has not been moved yet; `moved` takes from where to where.
    fn roll(&self, folder: &Path, moved: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
        let stage = folder.join(&self.stage);
        let earlier = stage.join(EARLIER);
        let mut rename = |from: PathBuf, to: PathBuf| {
            change::rename(&from, &to)?;
            moved.push((from, to));
            io::Result::Ok(())
        };
        let is_there = |path: &Path| path.symlink_metadata().is_ok();
        if is_there(&stage) && !is_there(&earlier) {
            change::make_folder(&earlier)?;
        }
        let Some((seal, others)) = self.place.split_last() else { return Ok(()) };
        let is_waiting = |name: &str| is_there(&stage.join(name));
        let go = others.iter().filter(|name| is_waiting(name)).chain(&self.remove);
        for name in Some(seal).filter(|seal| is_waiting(seal)).into_iter().chain(go) {
            if is_there(&folder.join(name)) && !is_there(&earlier.join(name)) {
                rename(folder.join(name), earlier.join(name))?;
            }
        }
        for name in self.place.iter().filter(|name| is_waiting(name)) {
            rename(stage.join(name), folder.join(name))?;
        }
        change::sync_folder(folder)
    }

    /// Reads the journal of a folder. Whoever wrote it: it moves files within the folder and nowhere else.
    fn read(folder: &Path) -> io::Result<Self> {
        let journal: Self = serde_json::from_slice(&fs::read(folder.join(JOURNAL))?)?;
        let are_names = journal.place.iter().chain(&journal.remove).chain([&journal.stage]).all(|name| is_name(name));
        if are_names && journal.stage.starts_with(PARTIAL) {
            return Ok(journal);
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "it is no journal of kyoten"))
    }
}

/// Whether a text is the name of something in a folder, and no path.
pub(super) fn is_name(text: &str) -> bool {
    let mut parts = Path::new(text).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == text)
}

/// Whether a run into a folder was broken off while it was put into place.
#[must_use]
pub fn is_unsettled(folder: &Path) -> bool {
    folder.join(JOURNAL).symlink_metadata().is_ok()
}

/// Rolls forward what was broken off, for whoever holds the folder's lock.
pub(super) fn roll_forward(folder: &Path) -> io::Result<()> {
    if is_unsettled(folder) {
        Journal::read(folder)?.roll(folder, &mut Vec::new())?;
        change::remove(&folder.join(JOURNAL))?;
        change::sync_folder(folder)?;
    }
    Ok(())
}

/// Puts the rest of a run into place that was broken off while it was, so that the folder can be read.
///
/// # Errors
/// Where that cannot be done: a reader who may not write there, a disk that refuses, another run that is at it too long.
pub fn settle(folder: &Path, own: OwnNames) -> Result<(), OutputError> {
    if !is_unsettled(folder) {
        return Ok(());
    }
    let broken_off = |error: io::Error| {
        let reason = crate::diagnostics::refusal(&error);
        let why = text!(
            "フォルダーを置き換えている途中で止まった実行の続きができません: {reason}",
            "a run was broken off while its files were put into place, and the rest cannot be: {reason}",
            reason = reason
        );
        OutputError::refused(folder, error.kind(), why)
    };
    let place = folder.canonicalize().map_err(broken_off)?;
    for _ in 0..LOOKS {
        match Lock::take(place.join(LOCK)) {
            Ok(_lock) => {
                roll_forward(&place).map_err(broken_off)?;
                leftovers::clear(&place, own);
                return Ok(());
            }
            Err(NoLock::Taken) if !is_unsettled(folder) => return Ok(()),
            Err(NoLock::Taken) => thread::sleep(APART),
            Err(other) => return Err(broken_off(other.why().0)),
        }
    }
    let why = Text::new("ほかの実行が、いまここに書き込んでいます", "another run is writing there");
    Err(OutputError::refused(folder, io::ErrorKind::ResourceBusy, why))
}
