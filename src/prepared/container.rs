//! How is a prepared study laid out as a file? A beginning that never changes, a header, and sections that are taken whole.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `kyoten\r\n` |
//! | 4 | the format of what follows, [`FORMAT`] |
//! | 4 | the length of the header |
//! | 8 | the length of all sections |
//! | 8 | nothing as yet |
//! | 32 | SHA-256 of the bytes before it and of the header |
//! | … | the header: of what the study was made, and the lengths and the fingerprint of the sections |
//! | … | the sections, one after the other |
//!
//! Numbers stand least byte first. Header and sections are `postcard`; arrays in them are runs of bytes ([`crate::flat`]). So
//! the file is read in one go and nothing in it is parsed but names and small lists. It is read and not mapped: whoever
//! wrote into a mapped file would change what was found to be whole, and who shortened it would end this process.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{MadeOf, StudyError};
use crate::diagnostics::not_regular;
use crate::disk::SingleFile;

/// The format of header and sections. Whatever changes these bytes makes another one; a test holds them.
pub const FORMAT: u32 = 1;

const MAGIC: &[u8; 8] = b"kyoten\r\n";

/// The bytes before the header.
const BEGINNING: usize = 64;

/// The bytes before the fingerprint among them.
const COUNTED: usize = 32;

/// How many sections there are.
pub(super) const SECTIONS: usize = 3;

/// So much of the sections is hashed by one thread at a time.
const HASHED_AT_ONCE: usize = 1 << 18;

type Fingerprint = [u8; 32];

#[derive(Serialize, Deserialize)]
struct Header {
    program: String,
    made_of: MadeOf,
    lengths: [u64; SECTIONS],
    fingerprint: Fingerprint,
}

/// A file that was read and found to be whole.
pub(super) struct Container {
    pub(super) made_of: MadeOf,
    bytes: Vec<u8>,
    starts: [usize; SECTIONS + 1],
}

impl Container {
    /// A section.
    pub(super) fn section(&self, index: usize) -> &[u8] {
        &self.bytes[self.starts[index]..self.starts[index + 1]]
    }
}

/// The program, as far as it decides what a study comes to.
fn program() -> String {
    let libproj = if cfg!(feature = "proj") { " +proj" } else { "" };
    format!("{}{libproj}", env!("CARGO_PKG_VERSION"))
}

/// Writes a study, whole or not at all.
pub(super) fn write<'a>(
    path: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
    made_of: &MadeOf,
    sections: &[Vec<u8>; SECTIONS],
) -> Result<u64, StudyError> {
    let [beginning, header] = begin(made_of, sections).map_err(|_| StudyError::damaged(path))?;
    let mut file = SingleFile::begin(path, inputs)?;
    file.write(&beginning)?;
    file.write(&header)?;
    sections.iter().try_for_each(|section| file.write(section))?;
    file.finish()?;
    let parts = [&beginning, &header].into_iter().chain(sections);
    Ok(parts.map(|part| part.len() as u64).sum())
}

/// The beginning and the header.
fn begin(made_of: &MadeOf, sections: &[Vec<u8>; SECTIONS]) -> Result<[Vec<u8>; 2], postcard::Error> {
    let header = postcard::to_stdvec(&Header {
        program: program(),
        made_of: made_of.clone(),
        lengths: sections.each_ref().map(|section| section.len() as u64),
        fingerprint: fingerprint(sections.iter().map(Vec::as_slice)),
    })?;
    let mut beginning = MAGIC.to_vec();
    beginning.extend(FORMAT.to_le_bytes());
    beginning.extend((header.len() as u32).to_le_bytes());
    beginning.extend(sections.iter().map(|section| section.len() as u64).sum::<u64>().to_le_bytes());
    beginning.resize(COUNTED, 0);
    let seal = Sha256::new().chain_update(&beginning).chain_update(&header).finalize();
    beginning.extend_from_slice(&seal);
    Ok([beginning, header])
}

/// The fingerprint of sections: of the fingerprints of their parts, so that several threads can work it out.
fn fingerprint<'a>(sections: impl Iterator<Item = &'a [u8]>) -> Fingerprint {
    let parts: Vec<&[u8]> = sections.flat_map(|section| section.chunks(HASHED_AT_ONCE)).collect();
    let hashed: Vec<Fingerprint> = parts.par_iter().map(|part| Sha256::digest(part).into()).collect();
    Sha256::digest(hashed.concat()).into()
}

/// Reads a study and makes sure that it is one, whole, and of this program.
pub(super) fn read(path: &Path) -> Result<Container, StudyError> {
    let bytes = bytes(path).map_err(|source| StudyError::Io { path: path.to_owned(), source })?;
    let damaged = || StudyError::damaged(path);
    if !bytes.starts_with(MAGIC) {
        return Err(StudyError::Unknown { path: path.to_owned() });
    }
    let number = |from: usize, to: usize| -> Option<u64> {
        let mut number = [0; 8];
        number[..to - from].copy_from_slice(bytes.get(from..to)?);
        Some(u64::from_le_bytes(number))
    };
    let format = number(8, 12).ok_or_else(damaged)?;
    let length = number(12, 16).ok_or_else(damaged)? as usize;
    let sections = number(16, 24).ok_or_else(damaged)?;
    let end = BEGINNING + length;
    let (counted, seal) = bytes.get(..BEGINNING).ok_or_else(damaged)?.split_at(COUNTED);
    let header = bytes.get(BEGINNING..end).ok_or_else(damaged)?;
    if Sha256::new().chain_update(counted).chain_update(header).finalize().as_slice() != seal {
        return Err(damaged());
    }
    if format != u64::from(FORMAT) {
        return Err(StudyError::Format { path: path.to_owned(), found: format });
    }
    // The program stands first, and so can be told whatever comes after it.
    let (found, _) = postcard::take_from_bytes::<String>(header).map_err(|_| damaged())?;
    if found != program() {
        return Err(StudyError::Program { path: path.to_owned(), found, known: program() });
    }
    let Header { made_of, lengths, fingerprint: told, .. } = postcard::from_bytes(header).map_err(|_| damaged())?;
    let mut starts = [end; SECTIONS + 1];
    for (index, length) in lengths.into_iter().enumerate() {
        let length = usize::try_from(length).ok().and_then(|length| starts[index].checked_add(length));
        starts[index + 1] = length.filter(|&end| end <= bytes.len()).ok_or_else(damaged)?;
    }
    if starts[SECTIONS] != bytes.len() || (bytes.len() - end) as u64 != sections {
        return Err(damaged());
    }
    let found = Container { made_of, bytes, starts };
    if fingerprint((0..SECTIONS).map(|index| found.section(index))) == told { Ok(found) } else { Err(damaged()) }
}

/// The bytes of a file; a pipe or a device is none.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    // To open a pipe would wait for whoever writes to it.
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(not_regular());
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    File::open(path)?.take(about.len()).read_to_end(&mut bytes)?;
    Ok(bytes)
}
