//! What of a run folder may be asked for: the files that its own `run.json` lists, and no others.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::error::{ServeError, ServeFault};
use crate::outputs::names::MAP;
use crate::runs::listed_files;

/// A run that is done anew is without its `run.json` while its files are put into place: so often is it looked for
/// again, so long apart.
const LOOKS: u32 = 25;
const APART: Duration = Duration::from_millis(20);

/// A run folder.
#[derive(Debug)]
pub(super) struct ServedFolder {
    /// Without symbolic links on the way to it.
    folder: PathBuf,
}

/// A file of a run, opened.
#[derive(Debug)]
pub(super) struct RunFile {
    pub(super) file: File,
    pub(super) length: u64,
    /// When it was written, where the system says so.
    pub(super) modified: Option<SystemTime>,
}

/// Why a file is not given out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The run has no such file.
    NoSuchFile,
    /// There is no run just now.
    NoRun,
}

impl ServedFolder {
    /// Opens a run folder, which must have a map.
    ///
    /// # Errors
    /// Where it holds no finished run, or one without a map.
    pub(super) fn open(path: &Path) -> Result<Self, ServeError> {
        let wrong = |fault: fn(io::Error) -> ServeFault| {
            move |error: io::Error| ServeError { folder: path.to_owned(), fault: fault(error) }
        };
        let folder = Self { folder: path.canonicalize().map_err(wrong(ServeFault::Folder))? };
        let names = listed_files(&folder.folder).map_err(wrong(ServeFault::Record))?;
        if !names.iter().any(|name| name == MAP) {
            return Err(ServeError { folder: path.to_owned(), fault: ServeFault::NoMap });
        }
        folder.open_listed(MAP).map_err(wrong(ServeFault::Map))?;
        Ok(folder)
    }

    /// Opens a file of the run by its name, as the run stands now.
    pub(super) fn file(&self, name: &str) -> Result<RunFile, Refused> {
        let names = self.names().map_err(|_| Refused::NoRun)?;
        if !names.iter().any(|listed| listed == name) {
            return Err(Refused::NoSuchFile);
        }
        self.open_listed(name).map_err(|_| Refused::NoSuchFile)
    }

    /// The names that the run lists, waiting a moment for a run that is being put into place.
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = listed_files(&self.folder);
        for _ in 1..LOOKS {
            if names.is_ok() {
                break;
            }
            thread::sleep(APART);
            names = listed_files(&self.folder);
        }
        names
    }

    /// Opens a file whose name the run lists. The list itself may come from anywhere: a name that is a path is refused, and
    /// a symbolic link that leads out of the folder too.
    fn open_listed(&self, name: &str) -> io::Result<RunFile> {
        let mut parts = Path::new(name).components();
        let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
        let path = self.folder.join(name);
        // Asked before it is opened: to open a pipe is to wait for its other end.
        if !is_name || path.canonicalize()?.parent() != Some(&self.folder) || !fs::metadata(&path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "it is no file of this folder"));
        }
        let file = File::open(&path)?;
        let about = file.metadata()?;
        Ok(RunFile { length: about.len(), modified: about.modified().ok(), file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(files: &str) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("out")).unwrap();
        fs::write(place.path().join("secret"), "secret").unwrap();
        fs::write(place.path().join("out/map.html"), "map").unwrap();
        fs::write(place.path().join("out/other"), "not of the run").unwrap();
        fs::write(place.path().join("out/run.json"), format!("{{\"files\": [{files}]}}")).unwrap();
        place
    }

    #[test]
    fn only_listed_files_are_opened() {
        let place = run(r#""map.html", "run.json", "gone.csv""#);
        let folder = ServedFolder::open(&place.path().join("out")).unwrap();
        assert_eq!(folder.file("map.html").unwrap().length, 3);
        assert!(folder.file("run.json").is_ok());
        for name in
            ["other", "gone.csv", "", ".", "..", "../secret", "MAP.HTML", "map.html/", "./map.html", "map.html\0"]
        {
            assert_eq!(folder.file(name).err(), Some(Refused::NoSuchFile), "{name}");
        }
    }

    #[test]
    fn a_list_that_names_a_path_opens_nothing() {
        let place = run(r#""map.html", "../secret", "/etc/passwd", "..", "", "./other""#);
        let folder = ServedFolder::open(&place.path().join("out")).unwrap();
        for name in ["../secret", "/etc/passwd", "..", "", "./other"] {
            assert_eq!(folder.file(name).err(), Some(Refused::NoSuchFile), "{name}");
        }
    }

    #[test]
    fn a_folder_without_a_run_or_without_a_map_is_refused() {
        let place = run(r#""run.json""#);
        assert!(ServedFolder::open(&place.path().join("out")).is_err());
        assert!(ServedFolder::open(place.path()).is_err());
        assert!(ServedFolder::open(&place.path().join("nowhere")).is_err());
    }
}
