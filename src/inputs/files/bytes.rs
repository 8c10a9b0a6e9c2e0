//! A file's bytes, which nobody can change while they are read; and their fingerprint.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memmap2::Mmap;
#[cfg(unix)]
use memmap2::UncheckedAdvice;
use sha2::{Digest as _, Sha256};

use super::stamp::Stamp;
use crate::diagnostics::not_regular;
use crate::inputs::InputError;
use crate::text::hex;

/// A file up to this size is read into memory; of a larger one a copy is mapped.
const IN_MEMORY: u64 = 1 << 20;

/// The bytes of a file.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// A temporary file without a name.
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl Bytes {
    /// Reads a file. A pipe or a device is no file: what it gives could not be read twice, and may never end.
    pub(in crate::inputs) fn of_file(path: &Path) -> Result<Self, InputError> {
        Self::with_stamp(path).map(|(bytes, _)| bytes)
    }

    /// The same, with what tells later whether the file is still the one that was opened.
    pub(super) fn with_stamp(path: &Path) -> Result<(Self, Stamp), InputError> {
        let failed = |source| InputError::io(path, source);
        // To open a pipe would wait for whoever writes to it.
        let about = std::fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return Err(InputError::Folder { path: path.to_owned() });
        }
        if !about.is_file() {
            return Err(failed(not_regular()));
        }
        let file = File::open(path).map_err(failed)?;
        // Of the file that is open: another one may have taken the name.
        let about = file.metadata().map_err(failed)?;
        let stamp = Stamp::new(path, &about);
        let bytes = Self::of_open_file(&file, about.len()).map_err(failed)?;
        match bytes {
            Some(bytes) => Ok((bytes, stamp)),
            None => Err(InputError::ChangedWhileRead { path: path.to_owned() }),
        }
    }

    /// So many bytes of a file; `None` where it has become shorter.
    ///
    /// The file itself is not mapped: another process that shortens it would end this one with a signal, and one that writes
    /// into it would change texts that were found to be whole. A copy that the system makes costs a third of a second a
    /// gigabyte, or nothing where its file system lets two files share their blocks.
    fn of_open_file(file: &File, length: u64) -> io::Result<Option<Self>> {
        let mut file = file.take(length);
        if length <= IN_MEMORY {
            let mut bytes = Vec::with_capacity(length as usize);
            file.read_to_end(&mut bytes)?;
            return Ok((bytes.len() as u64 == length).then_some(Self::Owned(bytes)));
        }
        let mut copy = temporary()?;
        let copied = io::copy(&mut file, &mut copy).map_err(|error| of_copy(&error))?;
        if copied < length { Ok(None) } else { Self::mapped(&copy).map(Some) }
    }

    /// Maps a temporary file.
    pub(super) fn mapped(file: &File) -> io::Result<Self> {
        // SAFETY: the map is read-only and lives as long as the bytes are lent. The file has no name by which another process
        // could change it, and this one does not write to it any more.
        Ok(Self::Mapped(unsafe { Mmap::map(file) }?))
    }

    /// Tells the system that a part of a mapped file need not stay in memory: it will hardly be asked for again. Where
    /// it is, it is read from the disk again.
    pub(in crate::inputs) fn release(&self, range: Range<usize>) {
        #[cfg(unix)]
        if let (Self::Mapped(map), false) = (self, range.is_empty()) {
            // SAFETY: the map is shared with a file and read-only, so the pages that are dropped come back from the
            // file with the same content; nothing was written that could be lost.
            let advised = unsafe { map.unchecked_advise_range(UncheckedAdvice::DontNeed, range.start, range.len()) };
            // It is advice: without it the run takes more memory and is otherwise the same.
            let _ = advised;
        }
        #[cfg(not(unix))]
        let _ = range;
    }
}

/// A file without a name, gone with the process.
pub(super) fn temporary() -> io::Result<File> {
    tempfile::tempfile().map_err(|error| of_copy(&error))
}

/// Says that it is not the file itself which is refused.
pub(super) fn of_copy(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("its copy in {}: {error}", std::env::temp_dir().display()))
}

/// So much of a file is hashed at a time. What was hashed may be dropped from memory: the file may be larger than that.
const HASHED_AT_ONCE: usize = 1 << 20;

/// The SHA-256 of a file as it lies on the disk, worked out beside the reading or when first asked for.
#[derive(Clone)]
pub struct Fingerprint(Arc<Pending>);

/// What gives the digits, once it was called often enough: a thread that has nothing else to do may leave after each call.
type Work = Box<dyn FnMut() -> Option<String> + Send>;

struct Pending {
    /// Until the digits are known: what is not needed any more makes room.
    work: Mutex<Option<Work>>,
    /// Of a file of the disk.
    stamp: Option<Stamp>,
    hex: OnceLock<String>,
}

impl Fingerprint {
    /// Begins to work it out on another thread of the pool.
    pub(in crate::inputs) fn begin(bytes: Arc<Bytes>) -> Self {
        Self::beginning(bytes, None)
    }

    /// The same for a file of the disk, with what it was when it was opened.
    pub(super) fn of_file(bytes: Arc<Bytes>, stamp: Stamp) -> Self {
        Self::beginning(bytes, Some(stamp))
    }

    /// One of what is no file; the work gives its digits once they are asked for.
    #[cfg(feature = "geoparquet")]
    pub(in crate::inputs) fn of_work(mut work: impl FnMut() -> String + Send + 'static) -> Self {
        Self::of(Box::new(move || Some(work())), None)
    }

    /// The same, worked out when somebody asks for it.
    pub(super) fn later(bytes: Arc<Bytes>) -> Self {
        Self::of(hashing(bytes), None)
    }

    fn beginning(bytes: Arc<Bytes>, stamp: Option<Stamp>) -> Self {
        let fingerprint = Self::of(hashing(bytes), stamp);
        fingerprint.work_out();
        fingerprint
    }

    fn of(work: Work, stamp: Option<Stamp>) -> Self {
        Self(Arc::new(Pending { work: Mutex::new(Some(work)), stamp, hex: OnceLock::new() }))
    }

    /// Works it out on threads of the pool that have nothing else to do.
    pub(in crate::inputs) fn work_out(&self) {
        let at_work = self.clone();
        rayon::spawn(move || {
            if !at_work.0.go_on() {
                at_work.work_out();
            }
        });
    }

    /// One that was worked out before, of a file that need not be there any more.
    #[must_use]
    pub fn known(hex: String) -> Self {
        Self(Arc::new(Pending { work: Mutex::new(None), stamp: None, hex: OnceLock::from(hex) }))
    }

    /// Makes sure that the file is still the one that was opened: what was read of it is then what the fingerprint is of.
    ///
    /// # Errors
    /// [`InputError::ChangedWhileRead`].
    pub fn check_unchanged(&self) -> Result<(), InputError> {
        match self.0.stamp.as_ref().and_then(Stamp::changed) {
            Some(path) => Err(InputError::ChangedWhileRead { path: path.to_owned() }),
            None => Ok(()),
        }
    }

    /// The 64 hex digits. Waits where they are being worked out; 0.05 to 0.2 s for 60 MB.
    #[must_use]
    pub fn hex(&self) -> &str {
        loop {
            if let Some(hex) = self.0.hex.get() {
                return hex;
            }
            self.0.go_on();
        }
    }
}

impl Pending {
    /// Does a piece of the work; whether all of it is done.
    fn go_on(&self) -> bool {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hex) = work.as_mut().and_then(|next| next()) {
            *work = None;
            // Nobody else comes here while the lock is held, and nobody after it.
            let _ = self.hex.set(hex);
        }
        self.hex.get().is_some()
    }
}

/// The SHA-256 of bytes, a piece a call.
fn hashing(bytes: Arc<Bytes>) -> Work {
    let (mut digest, mut start) = (Sha256::new(), 0);
    Box::new(move || {
        let end = bytes.len().min(start + HASHED_AT_ONCE);
        digest.update(&bytes[start..end]);
        // Whoever reads there gets the pages back from the system's cache.
        bytes.release(start..end);
        start = end;
        (end == bytes.len()).then(|| hex(&digest.finalize_reset()))
    })
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({})", self.hex())
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        self.hex() == other.hex()
    }
}

impl Eq for Fingerprint {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_standard() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc.txt");
        std::fs::write(&path, "abc").unwrap();
        let bytes = Arc::new(Bytes::of_file(&path).unwrap());
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Fingerprint::begin(bytes).hex(), expected);
    }

    #[test]
    fn a_fingerprint_of_many_pieces_is_that_of_the_whole_whoever_does_them() {
        let content: Vec<u8> = (0..3 * HASHED_AT_ONCE + 5).map(|index| (index % 251) as u8).collect();
        let expected = hex(&Sha256::digest(&content));
        let bytes = Arc::new(Bytes::Owned(content));
        for _ in 0..20 {
            let fingerprint = Fingerprint::begin(Arc::clone(&bytes));
            std::thread::scope(|scope| {
                let askers = [(); 4].map(|()| scope.spawn(|| fingerprint.hex().to_owned()));
                for asker in askers {
                    assert_eq!(asker.join().unwrap(), expected);
                }
            });
        }
    }

    #[test]
    fn an_empty_file_and_a_folder_do_not_break_the_mapping() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty");
        std::fs::write(&path, "").unwrap();
        assert!(Bytes::of_file(&path).unwrap().is_empty());
        assert!(matches!(Bytes::of_file(folder.path()), Err(InputError::Folder { .. })));
    }

    #[test]
    fn a_large_file_is_read_as_it_was_whatever_becomes_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let size = IN_MEMORY + 12_345;
        std::fs::write(&path, vec![b'x'; size as usize]).unwrap();
        let (bytes, stamp) = Bytes::with_stamp(&path).unwrap();
        assert!(matches!(bytes, Bytes::Mapped(_)));
        let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(1).unwrap();
        assert_eq!(bytes.len() as u64, size);
        assert!(bytes.iter().all(|&byte| byte == b'x'));
        assert!(stamp.changed().is_some());
    }

    #[test]
    fn a_file_that_ends_before_all_of_it_was_read_is_not_taken_for_whole() {
        for length in [100, IN_MEMORY + 100] {
            let mut file = tempfile::tempfile().unwrap();
            io::Write::write_all(&mut file, &vec![b'x'; length as usize - 1]).unwrap();
            io::Seek::rewind(&mut file).unwrap();
            assert!(Bytes::of_open_file(&file, length).unwrap().is_none());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_end_is_refused_and_not_waited_for() {
        assert!(matches!(Bytes::of_file(Path::new("/dev/zero")), Err(InputError::Io { .. })));
    }
}
