//! How does a file come onto the disk whole, or not at all? The only place that makes, writes, renames and removes files.
//!
//! Whatever is written is written beside its place under a name that nobody else can have, brought onto the disk, and put
//! into place in one step: a file by renaming it ([`SingleFile`]), a folder by exchanging it for the earlier one, or, where
//! the system or what else lies in the folder does not allow that, by a journal that whoever comes next rolls forward
//! ([`NewFolder`], [`settle`]). Who writes holds a lock; who cannot have it does not write. What a killed process left is
//! cleared by the next that has the lock.

use std::ffi::OsStr;

mod change;
mod error;
mod folder;
mod journal;
mod leftovers;
mod lock;
mod made;
mod new_file;
mod protected;
mod regular;
mod single_file;
mod unfinished;

pub(crate) use change::make_folders;
pub use change::{Change, watch};
pub use error::OutputError;
pub(crate) use folder::NOT_OF_A_RUN;
pub use folder::{NewFolder, OwnNames};
pub use journal::{is_unsettled, settle};
pub(crate) use leftovers::remove_all;
pub use made::MadeFolders;
pub use new_file::{NewFile, Written};
pub(crate) use protected::{PROTECTED, is_protected};
pub use regular::open_regular;
pub use single_file::SingleFile;
pub use unfinished::abandon;

/// What begins the names of what is not finished, after a dot and the name of the goal where it stands beside it.
const PARTIAL: &str = ".partial-";

/// The file that whoever writes into a folder holds locked there.
const LOCK: &str = ".lock";

/// The journal of a folder that is being finished.
const JOURNAL: &str = ".finish";

/// Where what an earlier run wrote is kept in an unfinished folder until the new run stands.
const EARLIER: &str = ".earlier";

/// Whether a name in a folder is one of those, and no file of a run or of anybody else.
fn is_ours(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    [LOCK, JOURNAL, EARLIER].contains(&&*name) || name.starts_with(PARTIAL)
}

/// A name that nobody else has: the numbers of processes repeat, on two machines and in two containers of one.
fn random_name() -> String {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    // Seeded by the system for each process, and counted on from there for each of these states.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
