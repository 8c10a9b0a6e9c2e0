//! Opening a file of a folder in which others may write: what stands under its name is looked at once it is open, so that it
//! cannot be exchanged in between.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::diagnostics::not_regular;

/// Opens a regular file to read it. A symbolic link in its place is refused and a pipe is not waited for; the way to it may
/// lead through links.
///
/// # Errors
/// Where there is none, where the system refuses, and where it is something else.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let file = opened(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

#[cfg(unix)]
fn opened(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    let how = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(open(path, how, Mode::empty())?))
}

#[cfg(not(unix))]
fn opened(path: &Path) -> io::Result<File> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(not_regular());
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_link_a_pipe_and_a_folder_are_no_files() {
        use super::open_regular;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "x").unwrap();
        std::fs::create_dir(path("folder")).unwrap();
        std::os::unix::fs::symlink("file", path("link")).unwrap();
        std::os::unix::fs::symlink("folder", path("way")).unwrap();
        std::fs::write(path("folder/inner"), "x").unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap();
        assert!(pipe.success());
        assert!(open_regular(&path("file")).is_ok() && open_regular(&path("way/inner")).is_ok());
        for name in ["link", "pipe", "folder", "gone"] {
            assert!(open_regular(&path(name)).is_err(), "{name}");
        }
    }
}
