//! Arrays and lists that stand aside in a file, each taken when it is first asked for, and found to be whole then.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Flat, bytes_of};

/// An array of so many bytes stands with what it belongs to: to go for it would take longer than to read it.
const SMALL: usize = 1 << 12;

/// Where something stands aside, and its CRC-32: what is damaged by accident is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    at: u64,
    bytes: u64,
    crc: u32,
}

/// What stands aside, while it is put together.
#[derive(Debug, Default)]
pub struct AsideWriter(Vec<u8>);

impl AsideWriter {
    /// Puts an array there.
    pub fn array<T: Flat>(&mut self, array: &[T]) -> StoredArray {
        let bytes = bytes_of(array);
        if bytes.len() <= SMALL { StoredArray::Here(bytes) } else { StoredArray::Aside(self.bytes(&bytes)) }
    }

    /// Puts anything else there.
    ///
    /// # Errors
    /// What cannot be written at all.
    pub fn object(&mut self, object: &impl Serialize) -> Result<Place, postcard::Error> {
        Ok(self.bytes(&postcard::to_stdvec(object)?))
    }

    fn bytes(&mut self, bytes: &[u8]) -> Place {
        let at = self.0.len() as u64;
        self.0.extend_from_slice(bytes);
        Place { at, bytes: bytes.len() as u64, crc: crc32fast::hash(bytes) }
    }

    /// All that was put there.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// An array as it stands in a file.
#[derive(Debug, Serialize, Deserialize)]
pub enum StoredArray {
    /// Its bytes.
    Here(#[serde(with = "crate::flat")] Vec<u8>),
    /// Where they stand.
    Aside(Place),
}

impl StoredArray {
    /// An array with what it belongs to, however long.
    #[must_use]
    pub fn here<T: Flat>(array: &[T]) -> Self {
        Self::Here(bytes_of(array))
    }

    /// How many values it has.
    #[must_use]
    pub fn values<T: Flat>(&self) -> usize {
        let bytes = match self {
            Self::Here(bytes) => bytes.len(),
            Self::Aside(place) => place.bytes as usize,
        };
        bytes / T::BYTES
    }
}

/// The file in which something stands aside, open as long as somebody may ask for it.
#[derive(Debug)]
pub struct Aside {
    file: Mutex<File>,
    /// Where it begins in the file, and how long it is.
    start: u64,
    length: u64,
    is_damaged: AtomicBool,
}

impl Aside {
    /// What stands from `start` on in an open file.
    #[must_use]
    pub fn new(file: File, start: u64, length: u64) -> Self {
        Self { file: Mutex::new(file), start, length, is_damaged: AtomicBool::new(false) }
    }

    /// Whether anything that was taken was not as it was put there. What it holds then means nothing, and nothing that was
    /// made of it may be believed.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Acquire)
    }

    /// Takes an array; where it is damaged, zeros.
    #[must_use]
    pub fn array<T: Flat>(&self, stored: &StoredArray) -> Vec<T> {
        let values = |bytes: &[u8]| bytes.chunks_exact(T::BYTES).map(T::take).collect();
        match stored {
            StoredArray::Here(bytes) => values(bytes),
            StoredArray::Aside(place) => match self.bytes(*place) {
                Some(bytes) => values(&bytes),
                None => vec![T::take(&vec![0; T::BYTES]); stored.values::<T>().min(self.length as usize)],
            },
        }
    }

    /// Takes anything else; `None` where it is damaged.
    #[must_use]
    pub fn object<T: for<'de> Deserialize<'de>>(&self, place: Place) -> Option<T> {
        let bytes = self.bytes(place)?;
        let found = postcard::take_from_bytes(&bytes).ok().filter(|(_, rest)| rest.is_empty());
        if found.is_none() {
            self.tell_damage();
        }
        found.map(|(found, _)| found)
    }

    /// Says that what was taken cannot be what was put there.
    pub fn tell_damage(&self) {
        self.is_damaged.store(true, Ordering::Release);
    }

    fn bytes(&self, place: Place) -> Option<Vec<u8>> {
        let read = self.read(place).ok().filter(|bytes| crc32fast::hash(bytes) == place.crc);
        if read.is_none() {
            self.tell_damage();
        }
        read
    }

    fn read(&self, Place { at, bytes, .. }: Place) -> io::Result<Vec<u8>> {
        if at.checked_add(bytes).is_none_or(|end| end > self.length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut read = Vec::with_capacity(bytes as usize);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.start + at))?;
        (&mut *file).take(bytes).read_to_end(&mut read)?;
        if read.len() as u64 == bytes { Ok(read) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_stands_aside_comes_back_and_what_is_damaged_is_told() {
        let mut writer = AsideWriter::default();
        let long: Vec<[f64; 2]> = (0..1000).map(|number| [f64::from(number), 0.5]).collect();
        let stored = [writer.array(&long), writer.array(&[7_u32])];
        let object = writer.object(&vec!["拠点".to_owned()]).unwrap();
        assert!(matches!(stored, [StoredArray::Aside(_), StoredArray::Here(_)]));
        let mut bytes = writer.finish();
        let aside = |bytes: &[u8]| {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            Aside::new(file, 0, bytes.len() as u64)
        };
        let whole = aside(&bytes);
        assert_eq!((whole.array::<[f64; 2]>(&stored[0]), whole.array::<u32>(&stored[1])), (long, vec![7]));
        assert_eq!(whole.object::<Vec<String>>(object), Some(vec!["拠点".to_owned()]));
        assert!(!whole.is_damaged());
        bytes[100] ^= 1;
        let damaged = aside(&bytes);
        assert_eq!(damaged.array::<[f64; 2]>(&stored[0]), vec![[0.0; 2]; 1000]);
        assert!(damaged.is_damaged());
        let short = aside(&bytes[..bytes.len() - 1]);
        assert_eq!(short.object::<Vec<String>>(object), None);
        assert!(short.is_damaged());
    }
}
