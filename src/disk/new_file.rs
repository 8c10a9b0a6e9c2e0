//! A file that is being written: how long it is, and its fingerprint, come of the writing.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::change;
use crate::text::hex;

/// Of a file that has to be read again, so much at a time.
const READ_AT_ONCE: usize = 1 << 20;

/// So much at a time is on its way to the disk while more is made, so that the end of the file has less to wait for.
const ON_ITS_WAY: u64 = 16 << 20;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256, 64 hex digits.
    pub sha256: String,
}

impl Written {
    /// What such a file would be.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// A file while it is being written. Whoever drops it unfinished has to remove it.
#[derive(Debug)]
pub struct NewFile {
    file: File,
    path: PathBuf,
    digest: Sha256,
    length: u64,
    /// How many of them are on their way to the disk.
    begun: u64,
    /// Whether the bytes came one after the other, and through here.
    is_in_order: bool,
}

impl NewFile {
    /// Makes a file, which must not be there.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = change::create(path)?;
        Ok(Self { file, path: path.to_owned(), digest: Sha256::new(), length: 0, begun: 0, is_in_order: true })
    }

    /// Where it stands while it is being written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same, for a library that writes the file itself.
    pub fn lend(&mut self) -> &Path {
        self.is_in_order = false;
        &self.path
    }

    /// The folder in which it stands.
    #[cfg(feature = "xlsx")]
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Writes the first bytes anew, as many as were written there before; no more can be added then.
    ///
    /// # Errors
    /// What the system says.
    pub fn write_first(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.is_in_order = false;
        change::write_first(&mut self.file, &self.path, bytes)
    }

    /// Makes sure that the file is on the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<Written> {
        change::sync(&self.file, &self.path)?;
        if !self.is_in_order {
            self.read_again()?;
        }
        Ok(Written { bytes: self.length, sha256: hex(&self.digest.finalize()) })
    }

    /// Works out length and fingerprint of what is there: it still lies in the system's memory.
    fn read_again(&mut self) -> io::Result<()> {
        (self.digest, self.length) = (Sha256::new(), 0);
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = vec![0; READ_AT_ONCE];
        loop {
            let read = self.file.read(&mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            self.digest.update(&bytes[..read]);
            self.length += read as u64;
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = change::write(&mut self.file, &self.path, bytes)?;
        self.digest.update(&bytes[..written]);
        self.length += written as u64;
        if self.length - self.begun >= ON_ITS_WAY {
            change::begin_sync(&self.file, self.begun..self.length);
            self.begun = self.length;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_fingerprint_are_those_of_the_bytes_however_they_came() {
        let place = tempfile::tempdir().unwrap();
        let mut one = NewFile::create(&place.path().join("one")).unwrap();
        one.write_all(b"a").unwrap();
        one.write_all(b"bc").unwrap();
        let mut other = NewFile::create(&place.path().join("other")).unwrap();
        other.write_all(b"xbc").unwrap();
        other.write_first(b"a").unwrap();
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let expected = Written { bytes: 3, sha256: abc.to_owned() };
        assert_eq!(one.finish().unwrap(), expected);
        assert_eq!(other.finish().unwrap(), expected);
    }
}
