//! Every change to the disk, one function each, and a place where a test can stand in its way.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
#[cfg(target_os = "linux")]
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// A kind of change to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A folder is made.
    MakeFolder,
    /// A file is made, or opened to be locked.
    Create,
    /// Bytes are written.
    Write,
    /// A file or a folder is brought onto the disk.
    Sync,
    /// A file or a folder gets another name.
    Rename,
    /// Two folders exchange their names.
    Exchange,
    /// A file gets a second name.
    Link,
    /// The permissions of a folder are set.
    Permit,
    /// A file is removed.
    Remove,
    /// An empty folder is removed.
    RemoveFolder,
}

type Watch = Box<dyn Fn(Change, &Path) -> io::Result<()> + Send + Sync>;

static WATCH: OnceLock<Watch> = OnceLock::new();

/// Has every change of this process asked for before it is made, for tests: an error is taken for what the system says,
/// and the change is not made. What was set first stays. The program never sets it, and nothing from outside can.
pub fn watch(asked: impl Fn(Change, &Path) -> io::Result<()> + Send + Sync + 'static) {
    let _ = WATCH.set(Box::new(asked));
}

fn ask(change: Change, path: &Path) -> io::Result<()> {
    WATCH.get().map_or(Ok(()), |asked| asked(change, path))
}

/// Makes one folder, which must not be there.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    ask(Change::MakeFolder, path)?;
    fs::create_dir(path)
}

/// Makes a folder and those that lead to it, where they are not there.
pub(crate) fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    ask(Change::MakeFolder, path)?;
    fs::create_dir_all(path)
}

/// Makes a file, which must not be there.
pub(super) fn create(path: &Path) -> io::Result<File> {
    ask(Change::Create, path)?;
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Opens a file to lock it, and makes it where it is not there. A link in its place is refused: it may lead anywhere.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    ask(Change::Create, path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

/// Writes some of the bytes, and says how many.
pub(super) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<usize> {
    ask(Change::Write, path)?;
    file.write(bytes)
}

/// Writes over the first bytes of a file.
pub(super) fn write_first(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    ask(Change::Write, path)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)
}

/// Has the system begin to bring a part of a file onto the disk, where it can be told to. Nobody waits for it.
pub(super) fn begin_sync(file: &File, part: Range<u64>) {
    #[cfg(target_os = "linux")]
    {
        // What is said to be of no use in memory Linux begins to write, and what is being written stays there.
        let length = NonZeroU64::new(part.end - part.start);
        let advised = rustix::fs::fadvise(file, part.start, length, rustix::fs::Advice::DontNeed);
        // It is advice: without it the end of the file has more to wait for.
        let _ = advised;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (file, part);
}

/// Brings a file onto the disk.
pub(super) fn sync(file: &File, path: &Path) -> io::Result<()> {
    ask(Change::Sync, path)?;
    file.sync_all()
}

/// Brings the names in a folder onto the disk, where the system knows how to.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    ask(Change::Sync, path)?;
    #[cfg(unix)]
    {
        // Not every folder may be read, and not every disk knows the like: then a name is as safe as the system makes it.
        let Ok(folder) = File::open(path) else { return Ok(()) };
        match folder.sync_all() {
            Err(error) if !matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Gives a file or a folder another name; a file there is replaced.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    ask(Change::Rename, to)?;
    fs::rename(from, to)
}

/// Gives a file or a folder a name that must not be taken.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    ask(Change::Rename, to)?;
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every disk knows how.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            other => return Ok(other?),
        }
    }
    // A second name is refused where the name is taken, in one step as well.
    if fs::hard_link(from, to).is_ok() {
        return fs::remove_file(from);
    }
    if to.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Exchanges two folders in one step.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    ask(Change::Exchange, other)?;
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    {
        let _ = one;
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Gives a file a second name; where the disk knows no such thing, a copy the name.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    ask(Change::Link, to)?;
    fs::hard_link(from, to).or_else(|_| {
        fs::copy(from, to)?;
        // Windows brings a file onto the disk for those alone who may write to it.
        OpenOptions::new().write(true).open(to)?.sync_all()
    })
}

/// Gives a folder the permissions of another, where folders are exchanged.
#[cfg(unix)]
pub(super) fn permit_as(path: &Path, like: &fs::Metadata) -> io::Result<()> {
    ask(Change::Permit, path)?;
    fs::set_permissions(path, like.permissions())
}

/// Removes a file, or a link.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    ask(Change::Remove, path)?;
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    ask(Change::RemoveFolder, path)?;
    fs::remove_dir(path)
}
