//! Where bytes come from: a file of the disk, an entry of an archive, or of an archive within it.
//!
//! A path leads into an archive as it does into a folder: `N02-23_GML.zip/UTF-8/N02-23_Station.geojson`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Fingerprint;
use super::archive::{Archive, is_zip};
use super::bytes::Bytes;
use super::unpack::gzip;
use crate::inputs::InputError;

/// How many archives may lie one in the other.
const DEEPEST: usize = 4;

/// Finds files one after the other; keeps the archives open that the next one may lie in as well.
#[derive(Debug, Default)]
pub(in crate::inputs) struct Store {
    /// The archive on the disk, and those within it that lead to the last file.
    archives: Vec<Arc<Archive>>,
    sha256: Option<Fingerprint>,
}

/// A file whose place is known: on the disk, or an entry of an archive that is open.
#[derive(Debug, Clone)]
pub(in crate::inputs) struct Located {
    pub(in crate::inputs) path: PathBuf,
    entry: Option<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    archive: Arc<Archive>,
    name: String,
    sha256: Fingerprint,
}

impl Located {
    /// Opens it: maps it, or unpacks it.
    pub(in crate::inputs) fn open(&self) -> Result<Opened, InputError> {
        let path = &self.path;
        let Some(Entry { archive, name, sha256 }) = &self.entry else {
            let (on_disk, stamp) = Bytes::with_stamp(path)?;
            let on_disk = Arc::new(on_disk);
            let sha256 = Fingerprint::of_file(Arc::clone(&on_disk), stamp);
            let bytes = plain(Arc::clone(&on_disk), path)?;
            let is_the_file = Arc::ptr_eq(&bytes, &on_disk);
            return Ok(Opened { bytes, sha256, folder: Folder::Disk, is_the_file });
        };
        let packed = archive.unpack(name)?.ok_or_else(|| not_in(archive, name))?;
        let bytes = plain(Arc::new(packed), path)?;
        let folder = Folder::Archive(Arc::clone(archive));
        Ok(Opened { bytes, sha256: sha256.clone(), folder, is_the_file: false })
    }
}

/// A file opened.
#[derive(Debug)]
pub(in crate::inputs) struct Opened {
    /// Its bytes, unpacked where it is packed with gzip.
    pub(in crate::inputs) bytes: Arc<Bytes>,
    /// Of the file on the disk: the archive, where it lies in one.
    pub(in crate::inputs) sha256: Fingerprint,
    /// Where its companions are.
    pub(in crate::inputs) folder: Folder,
    /// Whether the bytes are the file at the path, not unpacked ones.
    pub(in crate::inputs) is_the_file: bool,
}

/// Where a file's companions are.
#[derive(Debug, Clone)]
pub(in crate::inputs) enum Folder {
    Disk,
    Archive(Arc<Archive>),
}

/// The bytes of a file, to be had again: those of a file stay mapped, those of an archive's entry are unpacked anew, so
/// that hundreds of entries need not be in memory at once.
#[derive(Debug, Clone)]
pub(in crate::inputs) enum Content {
    Kept(Arc<Bytes>),
    Packed { archive: Arc<Archive>, path: PathBuf },
}

impl Content {
    /// The bytes, unpacked where they are packed with gzip.
    pub(in crate::inputs) fn bytes(&self) -> Result<Arc<Bytes>, InputError> {
        match self {
            Self::Kept(bytes) => Ok(Arc::clone(bytes)),
            Self::Packed { archive, path } => {
                let name = name_in(archive, path).unwrap_or_default();
                let packed = archive.unpack(&name)?.ok_or_else(|| not_in(archive, &name))?;
                plain(Arc::new(packed), path)
            }
        }
    }
}

impl Store {
    /// Finds the file at a path, which may lead into archives; nothing of it is read or unpacked yet.
    pub(in crate::inputs) fn locate(&mut self, path: &Path) -> Result<Located, InputError> {
        let path = path.to_owned();
        let Some((outer, inner)) = into_archive(&path) else { return Ok(Located { path, entry: None }) };
        let sha256 = self.outermost(&outer)?;
        let (archive, name) = self.descend(&inner)?;
        Ok(Located { path, entry: Some(Entry { archive, name, sha256 }) })
    }

    /// Every file in an archive of the disk, with those in the archives within it: paths that [`Store::locate`] takes.
    pub(super) fn files_in(&mut self, outer: &Path) -> Result<Vec<PathBuf>, InputError> {
        self.outermost(outer)?;
        let mut files = Vec::new();
        if let Some(archive) = self.archives.first().cloned() {
            list(&archive, 1, &mut 0, &mut files)?;
        }
        Ok(files)
    }

    /// Opens the archive on the disk, unless it is open.
    fn outermost(&mut self, outer: &Path) -> Result<Fingerprint, InputError> {
        if let (Some(open), Some(sha256)) = (self.archives.first(), &self.sha256)
            && open.path() == outer
        {
            return Ok(sha256.clone());
        }
        let (bytes, stamp) = Bytes::with_stamp(outer)?;
        let bytes = Arc::new(bytes);
        let sha256 = Fingerprint::of_file(Arc::clone(&bytes), stamp);
        self.archives = vec![Arc::new(Archive::open(outer, bytes)?)];
        self.sha256 = Some(sha256.clone());
        Ok(sha256)
    }

    /// The innermost archive on the way, and the name of the file in it.
    fn descend(&mut self, inner: &str) -> Result<(Arc<Archive>, String), InputError> {
        let mut depth = 0;
        let mut rest = inner;
        loop {
            let Some(archive) = self.archives.get(depth).cloned() else { break };
            let Some(entry) = archive_on_the_way(&archive, rest) else { return Ok((archive, rest.to_owned())) };
            rest = &rest[entry.len() + 1..];
            depth += 1;
            let path = archive.path().join(&entry);
            if self.archives.get(depth).is_none_or(|open| open.path() != path) {
                self.archives.truncate(depth);
                self.archives.push(Arc::new(open_inner(&archive, &entry, depth)?));
            }
        }
        Err(InputError::NotFound { path: PathBuf::from(inner), near: Vec::new() })
    }
}

impl Folder {
    /// The bytes of a file of the folder, to be had again.
    pub(in crate::inputs) fn content(&self, path: &Path, bytes: &Arc<Bytes>) -> Content {
        match self {
            Self::Archive(archive) => Content::Packed { archive: Arc::clone(archive), path: path.to_owned() },
            Self::Disk => Content::Kept(Arc::clone(bytes)),
        }
    }

    /// The companion of a file with another ending, in lower or upper case.
    pub(in crate::inputs) fn beside(
        &self,
        path: &Path,
        extension: &str,
    ) -> Result<Option<(PathBuf, Bytes)>, InputError> {
        for extension in [extension.to_owned(), extension.to_uppercase()] {
            let companion = path.with_extension(extension);
            if let Some(bytes) = self.read(&companion)? {
                return Ok(Some((companion, bytes)));
            }
        }
        Ok(None)
    }

    /// The files of the same folder whose names begin so.
    pub(in crate::inputs) fn named(&self, path: &Path, start: &str) -> Vec<PathBuf> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut found: Vec<PathBuf> = match self {
            Self::Disk => {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                let entries = std::fs::read_dir(folder).into_iter().flatten();
                entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
            }
            Self::Archive(archive) => archive.names().map(|name| archive.path().join(name)).collect(),
        };
        found.retain(|other| {
            let name = other.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(start) && (matches!(self, Self::Disk) || other.parent() == Some(folder))
        });
        found.sort();
        found
    }

    /// A file of the same folder; `None` where there is none.
    pub(in crate::inputs) fn read(&self, path: &Path) -> Result<Option<Bytes>, InputError> {
        match self {
            Self::Disk if path.is_file() => Bytes::of_file(path).map(Some),
            Self::Disk => Ok(None),
            Self::Archive(archive) => match name_in(archive, path) {
                Some(name) => archive.unpack(&name),
                None => Ok(None),
            },
        }
    }
}

/// Endings of documents that are zip archives and hold no layers.
const DOCUMENTS: [&str; 9] = ["xlsx", "xlsm", "xlsb", "ods", "docx", "odt", "pptx", "odp", "qgz"];

/// Whether a path is that of a zip archive on the disk; that of a workbook or another document is none.
pub(super) fn is_archive(path: &Path) -> bool {
    use std::io::Read;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if DOCUMENTS.contains(&ending.as_str()) {
        return false;
    }
    let mut head = [0; 4];
    // A pipe would wait for whoever writes to it.
    path.is_file() && std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && is_zip(&head)
}

/// The archive that a path leads into, and the way within it; `None` for a path of the disk.
pub(super) fn into_archive(path: &Path) -> Option<(PathBuf, String)> {
    if path.exists() {
        return None;
    }
    let outer = path.ancestors().skip(1).find(|ancestor| ancestor.is_file())?;
    let inner: Vec<_> =
        path.strip_prefix(outer).ok()?.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    is_archive(outer).then(|| (outer.to_owned(), inner.join("/")))
}

/// The bytes, unpacked where they are gzip.
fn plain(bytes: Arc<Bytes>, path: &Path) -> Result<Arc<Bytes>, InputError> {
    Ok(gzip(&bytes, path)?.map_or(bytes, Arc::new))
}

/// The entry that is an archive itself and that the rest of a way leads through.
fn archive_on_the_way(archive: &Archive, rest: &str) -> Option<String> {
    let folders = rest.match_indices('/').map(|(at, _)| &rest[..at]);
    folders.into_iter().find(|way| archive.has(way)).map(str::to_owned)
}

fn open_inner(archive: &Archive, entry: &str, depth: usize) -> Result<Archive, InputError> {
    let path = archive.path().join(entry);
    if depth >= DEEPEST {
        return Err(InputError::NestedTooDeep { path, depth: DEEPEST });
    }
    archive.open_inner(entry)?.ok_or_else(|| not_in(archive, entry))
}

/// Lists the files of an archive and of those within it, which all together may not unpack to more than the one on the disk
/// may: `unpacked` is what was found so far.
fn list(archive: &Archive, depth: usize, unpacked: &mut u64, files: &mut Vec<PathBuf>) -> Result<(), InputError> {
    let (size, limit) = archive.unpacked_and_limit();
    *unpacked = unpacked.saturating_add(size);
    if *unpacked > limit {
        return Err(InputError::UnpacksTooLarge { path: archive.path().to_owned(), limit });
    }
    for name in archive.names() {
        if name.to_ascii_lowercase().ends_with(".zip") {
            list(&open_inner(archive, name, depth)?, depth + 1, unpacked, files)?;
        } else {
            files.push(archive.path().join(name));
        }
    }
    Ok(())
}

fn name_in(archive: &Archive, path: &Path) -> Option<String> {
    let wanted = path.strip_prefix(archive.path()).ok()?.to_string_lossy();
    archive.has(&wanted).then(|| wanted.into_owned())
}

fn not_in(archive: &Archive, name: &str) -> InputError {
    let near = super::paths::near_names(name, archive.names().map(str::to_owned));
    InputError::NotFound { path: archive.path().join(name), near }
}
