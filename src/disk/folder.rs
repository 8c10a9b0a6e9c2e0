//! A folder of files that takes the place of an earlier one in one step.
//!
//! It is written into a hidden folder within its goal, which is on the same disk whatever is mounted or linked where. When
//! all is there and on the disk, that folder is moved out beside the goal and the two exchange their names: at every moment
//! the goal is the old run or the new one. Where something else lies in the goal, where it is a mount point or the folder
//! that somebody works in, and where the system cannot exchange, a journal does it ([`super::journal`]).

#[cfg(unix)]
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{Halted, Journal, roll_forward};
use super::lock::{Lock, NoLock};
use super::unfinished::{self, Leftover, Unfinished};
use super::{LOCK, OutputError, PARTIAL, change, is_ours, leftovers, random_name};
use crate::diagnostics::refusal;
use crate::text::Text;

/// Tells which files of a folder the run in it wrote; `None` where it holds no run.
pub type OwnNames = fn(&Path) -> Option<Vec<String>>;

/// What is said of a file in the place of one that is to be written.
pub(crate) const NOT_OF_A_RUN: Text =
    Text::new("前の実行が書いたファイルではありません", "no run wrote the file that is there");

/// How often a goal is made again that another run, which failed, took away with itself.
const TRIES: u32 = 100;

/// A folder while it is being written. Dropped before [`NewFolder::finish`], it leaves nothing.
#[derive(Debug)]
pub struct NewFolder {
    /// The goal as it was given, for messages.
    goal: PathBuf,
    /// The same without links on the way.
    place: PathBuf,
    /// Where it is being written; it goes with this.
    stage: PathBuf,
    /// Whether it is the goal's own name that it stands under now.
    is_exchanged: bool,
    /// The folders that were made for it, the innermost first; gone again where it is not finished.
    made: Vec<PathBuf>,
    own: OwnNames,
    /// Fields are dropped in their order: whoever has the goal's lock may clear the rest.
    stage_lock: Lock,
    lock: Lock,
    _unfinished: Unfinished,
}

impl NewFolder {
    /// Begins a folder at `goal`, which need not exist, takes its lock, rolls forward what was broken off there, and clears
    /// what killed runs have left.
    ///
    /// # Errors
    /// Where a file is in the way, nothing can be made there, or another process writes there or cannot be kept from it.
    pub fn begin(goal: &Path, own: OwnNames) -> Result<Self, OutputError> {
        if let Some(file) = goal.ancestors().find(|path| path.is_file()) {
            let why = Text::new("フォルダーではなくファイルです", "it is a file, not a folder");
            return Err(OutputError::refused(file, io::ErrorKind::NotADirectory, why));
        }
        let is_named = |folder: &&Path| !folder.as_os_str().is_empty();
        let mut made: Vec<PathBuf> =
            goal.ancestors().filter(is_named).take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        let locked = lock(goal);
        let begun = locked.and_then(|(place, lock)| {
            roll_forward(&place).map_err(OutputError::at(goal))?;
            leftovers::clear(&place, own);
            let stage = place.join(format!("{PARTIAL}{}", random_name()));
            let begun =
                change::make_folder(&stage).map_err(NoLock::Refused).and_then(|()| Lock::mark(stage.join(LOCK)));
            match begun {
                Ok(stage_lock) => Ok((place, stage, stage_lock, lock)),
                Err(no_lock) => {
                    leftovers::remove_all(&stage);
                    Err(refused(goal, no_lock))
                }
            }
        });
        match begun {
            Ok((place, stage, stage_lock, lock)) => {
                let left = vec![Leftover::Folder(stage.clone()), Leftover::Goal(place.clone(), made.clone())];
                let unfinished = Unfinished::new(left);
                Ok(Self {
                    goal: goal.to_owned(),
                    place,
                    stage,
                    is_exchanged: false,
                    made,
                    own,
                    stage_lock,
                    lock,
                    _unfinished: unfinished,
                })
            }
            Err(error) => {
                remove_made(&mut made);
                Err(error)
            }
        }
    }

    /// Where its files are written.
    #[must_use]
    pub fn stage(&self) -> &Path {
        &self.stage
    }

    /// The goal without links on the way to it.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Everything that lies in the goal, but for what is not finished.
    pub fn there(&self) -> impl Iterator<Item = PathBuf> {
        let mut paths = leftovers::entries(&self.place);
        paths.retain(|path| path.file_name().is_some_and(|name| !is_ours(name)));
        paths.into_iter()
    }

    /// Puts these files into place, the last of which is the seal, and takes those of the earlier run away that are not
    /// among them, but for what is to be kept.
    ///
    /// # Errors
    /// Where that cannot be done; then the earlier run is whole, or the error says that the next one completes this.
    pub fn finish(mut self, names: &[String], is_kept: &dyn Fn(&Path) -> bool) -> Result<(), OutputError> {
        let earlier = (self.own)(&self.place).unwrap_or_default();
        // Asked again: a long run gives time to put something there.
        let is_foreign = |name: &&String| !earlier.contains(name) && self.place.join(name).symlink_metadata().is_ok();
        if let Some(name) = names.iter().find(is_foreign) {
            let path = self.goal.join(name);
            return Err(OutputError::refused(&path, io::ErrorKind::AlreadyExists, NOT_OF_A_RUN));
        }
        let stale = earlier.iter().filter(|name| !names.contains(name));
        let (kept, stale): (Vec<String>, Vec<String>) =
            stale.cloned().partition(|name| is_kept(&self.place.join(name)));
        change::sync_folder(&self.stage).map_err(OutputError::at(&self.goal))?;
        let _step = unfinished::step();
        if !(kept.is_empty() && self.stands_alone(&earlier) && self.exchange()?) {
            let done = Journal::new(&self.stage, names, stale).carry_out(&self.place);
            done.map_err(|halted| self.halted(halted))?;
        }
        self.made.clear();
        Ok(())
    }

    /// Whether nothing is lost when another folder takes the place of this one.
    fn stands_alone(&self, earlier: &[String]) -> bool {
        let is_earlier = |path: PathBuf| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| earlier.iter().any(|known| known == name))
        };
        // Whoever works in the folder would find himself in one that is no more.
        let is_worked_in = std::env::current_dir()
            .and_then(|folder| folder.canonicalize())
            .is_ok_and(|folder| folder.starts_with(&self.place));
        !is_worked_in && self.there().all(is_earlier) && self.is_owned_alike()
    }

    /// Whether the goal belongs to those to whom a new folder belongs.
    fn is_owned_alike(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let (Ok(old), Ok(new)) = (self.place.metadata(), self.stage.metadata()) else { return false };
            (old.uid(), old.gid()) == (new.uid(), new.gid())
                && change::permit_as(&self.stage, &old).is_ok()
                && attributes(&self.place).is_some_and(|old| attributes(&self.stage) == Some(old))
        }
        #[cfg(not(unix))]
        false
    }

    /// Exchanges the two folders; false where that cannot be, and nothing has happened.
    fn exchange(&mut self) -> Result<bool, OutputError> {
        let (Some(parent), Some(name)) = (self.place.parent(), self.place.file_name()) else { return Ok(false) };
        let (parent, within) = (parent.to_owned(), self.stage.clone());
        let beside = parent.join(format!("{}{}", leftovers::stem_beside(name), random_name()));
        if change::rename_new(&within, &beside).is_err() {
            // Another disk, or a folder in which nothing may be made.
            return Ok(false);
        }
        self.stand(&beside);
        if change::exchange(&beside, &self.place).is_err() {
            change::rename_new(&beside, &within).map_err(OutputError::at(&self.goal))?;
            self.stand(&within);
            return Ok(false);
        }
        let synced = change::sync_folder(&parent);
        // Whether it would outlast a loss of power nobody knows: as it was before, that is known.
        if let Err(error) = synced.as_ref()
            && change::exchange(&beside, &self.place).is_ok()
        {
            return Err(OutputError::at(&self.goal)(io::Error::new(error.kind(), error.to_string())));
        }
        self.is_exchanged = true;
        self.made.clear();
        Lock::exchange(&mut self.lock, &mut self.stage_lock);
        leftovers::discard(&beside, &self.place, self.own);
        synced.map(|()| true).map_err(|error| stands_all_the_same(&self.goal, &error))
    }

    /// The unfinished folder has another name.
    fn stand(&mut self, stage: &Path) {
        stage.clone_into(&mut self.stage);
        self.stage_lock.moved(stage.join(LOCK));
    }

    fn halted(&self, halted: Halted) -> OutputError {
        match halted {
            Halted::Undone(error) => OutputError::at(&self.goal)(error),
            Halted::BrokenOff(error) => OutputError::broken_off(&self.goal, error),
        }
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // Nothing more can be done where this fails; whoever comes next does. After a journal it holds what the earlier run
        // wrote; where that was broken off it is needed yet.
        if !self.is_exchanged && !super::is_unsettled(&self.place) {
            // Windows takes a file away once nobody has it open, and its folder not before. Who would clear the folder
            // meanwhile needs the lock of the goal.
            if cfg!(not(unix)) {
                self.stage_lock.let_go();
            }
            leftovers::remove_all(&self.stage);
        }
        if !self.made.is_empty() {
            if cfg!(not(unix)) {
                self.lock.let_go();
            }
            let _ = change::remove(&self.place.join(LOCK));
        }
        remove_made(&mut self.made);
    }
}

/// The extended attributes of a folder, lists of who may do what among them; `None` where they cannot be had.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn attributes(folder: &Path) -> Option<BTreeMap<Vec<u8>, Vec<u8>>> {
    use rustix::fs::{getxattr, listxattr};
    use rustix::io::Errno;
    /// As much as Linux lets be of names, and of a value.
    const MOST: usize = 1 << 16;
    let mut names = vec![0_u8; MOST];
    let length = match listxattr(folder, &mut names[..]) {
        // A disk without any.
        Err(Errno::OPNOTSUPP) => return Some(BTreeMap::new()),
        length => length.ok()?,
    };
    let value = |name: &[u8]| {
        let mut value = vec![0_u8; MOST];
        let length = getxattr(folder, name, &mut value[..]).ok()?;
        value.truncate(length);
        Some((name.to_vec(), value))
    };
    names[..length].split(|&byte| byte == 0).filter(|name| !name.is_empty()).map(value).collect()
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
fn attributes(_: &Path) -> Option<BTreeMap<Vec<u8>, Vec<u8>>> {
    None
}

/// Removes folders that were made in vain; one in which somebody else has put something stays.
fn remove_made(made: &mut Vec<PathBuf>) {
    for folder in made.drain(..) {
        let _ = change::remove_folder(&folder);
    }
}

/// Makes the goal where it is not there, and takes its lock; gives it without links on the way.
fn lock(goal: &Path) -> Result<(PathBuf, Lock), OutputError> {
    let mut tries = 0;
    loop {
        change::make_folders(goal).map_err(OutputError::at(goal))?;
        let place = goal.canonicalize().map_err(OutputError::at(goal));
        tries += 1;
        match place.map(|place| (Lock::take(place.join(LOCK)), place)) {
            Ok((Ok(lock), place)) => return Ok((place, lock)),
            Ok((Err(NoLock::Refused(error)), _)) if error.kind() == io::ErrorKind::NotFound && tries < TRIES => {}
            Ok((Err(no_lock), _)) => return Err(refused(goal, no_lock)),
            Err(error) if tries == TRIES => return Err(error),
            Err(_) => {}
        }
    }
}

/// The error of a disk that neither keeps what stands there now nor gives back what stood there before.
fn stands_all_the_same(goal: &Path, error: &io::Error) -> OutputError {
    let reason = refusal(error);
    let why = text!(
        "{reason}。新しい実行結果はすべてフォルダーにあり、元には戻せませんでした",
        "{reason}; the new run stands there, whole, and could not be put back",
        reason = reason
    );
    OutputError::refused(goal, error.kind(), why)
}

fn refused(goal: &Path, no_lock: NoLock) -> OutputError {
    let (error, why) = no_lock.why();
    match why {
        Some(why) => OutputError::refused(goal, error.kind(), why),
        None => OutputError::at(goal)(error),
    }
}
