//! A file's bytes: mapped into memory or, where packed, unpacked into it; and their fingerprint.

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use memmap2::Mmap;
#[cfg(unix)]
use memmap2::UncheckedAdvice;
use sha2::{Digest as _, Sha256};

use super::stamp::Stamp;
use crate::diagnostics::not_regular;
use crate::inputs::InputError;
use crate::text::hex;

/// The bytes of a file.
#[derive(Debug)]
pub(crate) enum Bytes {
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
    /// Maps a file. A pipe or a device is no file: what it gives could not be read twice, and may never end.
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
        if about.len() == 0 {
            return Ok((Self::Owned(Vec::new()), stamp));
        }
        Ok((Self::mapped(&file).map_err(failed)?, stamp))
    }

    /// Maps a file: one of the user's, or a temporary one without a name.
    pub(super) fn mapped(file: &File) -> io::Result<Self> {
        // SAFETY: the map is read-only and lives as long as the bytes are lent. Another process that
        // shortens the file meanwhile would end this one with a signal (it cannot corrupt it); inputs are
        // not written to while they are read, and copying every input first would double the time to read.
        // A temporary file has no name by which another process could change it.
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

/// So much of a file is hashed before the system may drop it from memory: the file may be larger than that.
const HASHED_AT_ONCE: usize = 8 << 20;

/// The SHA-256 of a file as it lies on the disk, worked out beside the reading or when first asked for.
#[derive(Clone)]
pub struct Fingerprint(Arc<Pending>);

struct Pending {
    bytes: Arc<Bytes>,
    /// Of a file of the disk.
    stamp: Option<Stamp>,
    hex: OnceLock<String>,
}

impl Fingerprint {
    /// Begins to work it out on another thread of the pool.
    pub(in crate::inputs) fn begin(bytes: Arc<Bytes>) -> Self {
        Self::beginning(Pending { bytes, stamp: None, hex: OnceLock::new() })
    }

    /// The same for a file of the disk, with what it was when it was opened.
    pub(super) fn of_file(bytes: Arc<Bytes>, stamp: Stamp) -> Self {
        Self::beginning(Pending { bytes, stamp: Some(stamp), hex: OnceLock::new() })
    }

    fn beginning(pending: Pending) -> Self {
        let fingerprint = Self(Arc::new(pending));
        let at_work = fingerprint.clone();
        rayon::spawn(move || {
            let _ = at_work.hex();
        });
        fingerprint
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
        self.0.hex.get_or_init(|| {
            let bytes = &self.0.bytes;
            let mut digest = Sha256::new();
            for start in (0..bytes.len()).step_by(HASHED_AT_ONCE) {
                let end = bytes.len().min(start + HASHED_AT_ONCE);
                digest.update(&bytes[start..end]);
                // Whoever reads there gets the pages back from the system's cache.
                bytes.release(start..end);
            }
            hex(&digest.finalize())
        })
    }
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
    fn an_empty_file_and_a_folder_do_not_break_the_mapping() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty");
        std::fs::write(&path, "").unwrap();
        assert!(Bytes::of_file(&path).unwrap().is_empty());
        assert!(matches!(Bytes::of_file(folder.path()), Err(InputError::Folder { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_end_is_refused_and_not_waited_for() {
        assert!(matches!(Bytes::of_file(Path::new("/dev/zero")), Err(InputError::Io { .. })));
    }
}
