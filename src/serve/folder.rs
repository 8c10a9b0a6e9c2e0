//! What of a run folder may be asked for: the files that its own `run.json` lists, and no others.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use super::error::{ServeError, ServeFault};
use crate::disk::{is_unsettled, open_regular};
use crate::outputs::names::MAP;
use crate::runs::{HashedReader, ListedFiles, OutputRecord, listed_files, settle};

/// A run that is done anew is without its `run.json` while its files are put into place: so often is it looked for
/// again, so long apart.
const LOOKS: u32 = 25;
const APART: Duration = Duration::from_millis(20);

/// A run folder.
#[derive(Debug)]
pub(super) struct ServedFolder {
    /// Without symbolic links on the way to it.
    folder: PathBuf,
    /// Files whose fingerprint was found to be that of the record: name, fingerprint, and when it was written.
    known: Mutex<BTreeSet<(String, String, Option<SystemTime>)>>,
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
    /// It is not as the run wrote it.
    Altered,
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
        settle(path).map_err(|error| ServeError {
            folder: path.to_owned(),
            fault: ServeFault::Unsettled(Box::new(error.into())),
        })?;
        let folder = path.canonicalize().map_err(wrong(ServeFault::Folder))?;
        let folder = Self { folder, known: Mutex::default() };
        let listed = listed_files(&folder.folder).map_err(wrong(ServeFault::Record))?;
        if !listed.files.iter().any(|name| name == MAP) {
            return Err(ServeError { folder: path.to_owned(), fault: ServeFault::NoMap });
        }
        folder.open_listed(MAP).map_err(wrong(ServeFault::Map))?;
        Ok(folder)
    }

    /// Opens a file of the run by its name, as the run stands now.
    pub(super) fn file(&self, name: &str) -> Result<RunFile, Refused> {
        // Asked once more where a file is not the one that is listed: the run may have been done anew in between.
        let mut found = self.listed(name);
        if matches!(found, Err(Refused::Altered)) {
            found = self.listed(name);
        }
        found
    }

    fn listed(&self, name: &str) -> Result<RunFile, Refused> {
        let listed = self.list().ok_or(Refused::NoRun)?;
        if !listed.files.iter().any(|listed| listed == name) {
            return Err(Refused::NoSuchFile);
        }
        let mut file = self.open_listed(name).map_err(|_| Refused::NoSuchFile)?;
        let told = listed.outputs.iter().find(|output| output.file == name);
        let is_told = told.is_none_or(|told| self.is_told(&mut file, told).unwrap_or(false));
        if is_told { Ok(file) } else { Err(Refused::Altered) }
    }

    /// Whether a file is the one that the record tells of. Its fingerprint is taken when it is asked for first.
    fn is_told(&self, file: &mut RunFile, told: &OutputRecord) -> io::Result<bool> {
        if file.length != told.bytes {
            return Ok(false);
        }
        let version = (told.file.clone(), told.sha256.clone(), file.modified);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if file.modified.is_none() || !known().contains(&version) {
            let mut reader = HashedReader::new(&mut file.file);
            io::copy(&mut reader, &mut io::sink())?;
            if reader.sha256() != told.sha256 {
                return Ok(false);
            }
            file.file.seek(SeekFrom::Start(0))?;
            known().insert(version);
        }
        Ok(true)
    }

    /// What the run lists, waiting a moment for a run that is being put into place.
    fn list(&self) -> Option<ListedFiles> {
        for look in 0..LOOKS {
            if look > 0 {
                thread::sleep(APART);
            }
            if !is_unsettled(&self.folder)
                && let Ok(listed) = listed_files(&self.folder)
            {
                return Some(listed);
            }
        }
        // Nobody is at it any more.
        settle(&self.folder).ok()?;
        listed_files(&self.folder).ok()
    }

    /// Opens a file whose name the run lists. The list itself may come from anywhere, and the folder may be one that others
    /// write in: a name that is a path is refused, and a symbolic link too.
    fn open_listed(&self, name: &str) -> io::Result<RunFile> {
        let mut parts = Path::new(name).components();
        let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
        if !is_name {
            return Err(io::Error::new(io::ErrorKind::NotFound, "it is no file of this folder"));
        }
        let file = open_regular(&self.folder.join(name))?;
        let about = file.metadata()?;
        Ok(RunFile { length: about.len(), modified: about.modified().ok(), file })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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

    #[cfg(unix)]
    #[test]
    fn a_link_that_takes_the_place_of_a_file_shows_nothing_and_a_pipe_is_not_waited_for() {
        let place = run(r#""map.html", "run.json""#);
        let out = place.path().join("out");
        let folder = ServedFolder::open(&out).unwrap();
        fs::remove_file(out.join("map.html")).unwrap();
        std::os::unix::fs::symlink(place.path().join("secret"), out.join("map.html")).unwrap();
        assert_eq!(folder.file("map.html").err(), Some(Refused::NoSuchFile));
        fs::remove_file(out.join("run.json")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(out.join("run.json")).status().unwrap().success());
        assert_eq!(folder.file("map.html").err(), Some(Refused::NoRun));
    }

    #[test]
    fn a_folder_without_a_run_or_without_a_map_is_refused() {
        let place = run(r#""run.json""#);
        assert!(ServedFolder::open(&place.path().join("out")).is_err());
        assert!(ServedFolder::open(place.path()).is_err());
        assert!(ServedFolder::open(&place.path().join("nowhere")).is_err());
    }
}
