//! How is a prepared study laid out as a file? A beginning that never changes, a header, and sections that are taken whole.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `kyoten\r\n` |
//! | 4 | the format of what follows, [`FORMAT`] |
//! | 4 | the length of the header |
//! | 8 | the length of what stands aside |
//! | 8 | nothing as yet |
//! | 32 | SHA-256 of the bytes before it and of the header |
//! | … | the header: the program, of what the study was made, and all that a run begins with |
//! | … | what stands aside: the large arrays, and what is only told at the end |
//!
//! Numbers stand least byte first. The header is `postcard`; arrays are runs of bytes ([`crate::flat`]). So nothing is parsed but
//! names and small lists, and nothing is read before it is asked for: each array is found to be whole, by a CRC-32 of its own, when
//! it is. The file is read and not mapped: whoever wrote into a mapped file would change what was found to be whole, and who
//! shortened it would end this process.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{MadeOf, StudyError, Told};
use crate::assess::StoredAssessor;
use crate::diagnostics::not_regular;
use crate::disk::SingleFile;
use crate::flat::{Aside, Place};

/// The format of header and arrays. Whatever changes these bytes makes another one; a test holds them.
pub const FORMAT: u32 = 4;

const MAGIC: &[u8; 8] = b"kyoten\r\n";

/// The bytes before the header.
const BEGINNING: usize = 64;

/// The bytes before the fingerprint among them.
const COUNTED: usize = 32;

/// All that a run begins with.
#[derive(Serialize, Deserialize)]
pub(super) struct Begin {
    pub(super) made_of: MadeOf,
    pub(super) assessor: StoredAssessor,
    pub(super) city: Place,
    pub(super) told: Told,
}

/// The program, as far as it decides what a study comes to.
fn program() -> String {
    let libproj = if cfg!(feature = "proj") { " +proj" } else { "" };
    format!("{}{libproj}", env!("CARGO_PKG_VERSION"))
}

/// The bytes that a file of this header and of so many bytes aside has before what stands aside.
pub(super) fn begin(begin: &impl Serialize, aside: usize) -> Result<Vec<u8>, postcard::Error> {
    let header = postcard::to_stdvec(&(program(), begin))?;
    let mut beginning = MAGIC.to_vec();
    beginning.extend(FORMAT.to_le_bytes());
    beginning.extend((header.len() as u32).to_le_bytes());
    beginning.extend((aside as u64).to_le_bytes());
    beginning.resize(COUNTED, 0);
    beginning.extend(seal(&beginning, &header));
    beginning.extend(header);
    Ok(beginning)
}

/// The fingerprint of the first bytes and the header.
#[must_use]
pub fn seal(beginning: &[u8], header: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(beginning).chain_update(header).finalize().into()
}

/// Writes a study, whole or not at all; says how many bytes that were.
pub(super) fn write<'a>(
    path: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
    [beginning, aside]: [&[u8]; 2],
) -> Result<u64, StudyError> {
    let mut file = SingleFile::begin(path, inputs)?;
    file.write(beginning)?;
    file.write(aside)?;
    file.finish()?;
    Ok((beginning.len() + aside.len()) as u64)
}

/// Opens a study and makes sure that it is one, of this program, and as long as it was; what it begins with is whole.
pub(super) fn open(path: &Path) -> Result<(Begin, Arc<Aside>), StudyError> {
    let failed = |source| StudyError::Io { path: path.to_owned(), source };
    let damaged = || StudyError::damaged(path);
    // To open a pipe would wait for whoever writes to it.
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(failed(if about.is_dir() { io::ErrorKind::IsADirectory.into() } else { not_regular() }));
    }
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let beginning = some(&mut file, BEGINNING as u64).map_err(failed)?;
    if !beginning.starts_with(MAGIC) {
        return Err(StudyError::Unknown { path: path.to_owned() });
    }
    if beginning.len() < BEGINNING {
        return Err(damaged());
    }
    let number = |from: usize, to: usize| {
        let mut number = [0; 8];
        number[..to - from].copy_from_slice(&beginning[from..to]);
        u64::from_le_bytes(number)
    };
    let (format, of_header, of_aside) = (number(8, 12), number(12, 16), number(16, 24));
    let start = BEGINNING as u64 + of_header;
    if start.checked_add(of_aside) != Some(length) {
        return Err(damaged());
    }
    let header = some(&mut file, of_header).map_err(failed)?;
    let (counted, told) = beginning.split_at(COUNTED);
    if seal(counted, &header) != told {
        return Err(damaged());
    }
    if format != u64::from(FORMAT) {
        return Err(StudyError::Format { path: path.to_owned(), found: format });
    }
    // The program stands first, and so can be told whatever comes after it.
    let (found, rest) = postcard::take_from_bytes::<String>(&header).map_err(|_| damaged())?;
    if found != program() {
        return Err(StudyError::Program { path: path.to_owned(), found, known: program() });
    }
    let begin = postcard::from_bytes(rest).map_err(|_| damaged())?;
    Ok((begin, Arc::new(Aside::new(file, start, of_aside))))
}

/// The next bytes of a file, so many or as many as there are.
fn some(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
