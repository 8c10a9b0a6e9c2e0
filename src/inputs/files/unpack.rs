//! Packed bytes → bytes, within limits: what unpacks to far more than can be meant is refused while it unpacks.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::bytes::{Bytes, of_copy, temporary};
use crate::inputs::InputError;
use flate2::read::MultiGzDecoder;

/// What unpacks to no more than this is kept in memory; more goes to a temporary file, which is mapped.
const IN_MEMORY: u64 = 64 << 20;

/// No file is refused for unpacking to less than this, bytes.
const SMALL: u64 = 256 << 20;

/// How many times its packed size a file may unpack to, beyond [`SMALL`]. GML and the XML of the registry's maps come
/// to 20 to 50; what Deflate can do at most is 1032.
const LARGEST_RATIO: u64 = 200;

/// How much is read at a time.
const PIECE: usize = 1 << 16;

/// The most that so many packed bytes may unpack to.
pub(in crate::inputs) fn largest(packed: u64) -> u64 {
    packed.saturating_mul(LARGEST_RATIO).max(SMALL)
}

/// Unpacks gzip, several members in a row included; anything else is `None`.
pub(in crate::inputs) fn gzip(bytes: &[u8], path: &Path) -> Result<Option<Bytes>, InputError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(None);
    }
    let limit = largest(bytes.len() as u64);
    unpack(MultiGzDecoder::new(bytes), limit, path).map(Some)
}

/// Reads to the end, but no more than `limit` bytes.
pub(super) fn unpack(mut packed: impl Read, limit: u64, path: &Path) -> Result<Bytes, InputError> {
    let failed = |source| InputError::io(path, source);
    let no_room = |error| failed(of_copy(&error));
    let mut piece = vec![0; PIECE];
    let mut memory = Vec::new();
    let mut spilled = None;
    let mut taken = 0;
    loop {
        let read = packed.read(&mut piece).map_err(failed)?;
        if read == 0 {
            break;
        }
        taken += read as u64;
        if taken > limit {
            return Err(InputError::UnpacksTooLarge { path: path.to_owned(), limit });
        }
        if spilled.is_none() && taken > IN_MEMORY {
            let mut file = temporary().map_err(failed)?;
            file.write_all(&memory).map_err(no_room)?;
            memory = Vec::new();
            spilled = Some(file);
        }
        match &mut spilled {
            Some(file) => file.write_all(&piece[..read]).map_err(no_room)?,
            None => memory.extend_from_slice(&piece[..read]),
        }
    }
    let Some(mut file) = spilled else { return Ok(Bytes::Owned(memory)) };
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Bytes::mapped(&file).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_gzip_cut_short_is_an_error() {
        let whole = packed(&[7; 5000]);
        assert_eq!(gzip(&whole, Path::new("a.gz")).unwrap().unwrap().len(), 5000);
        assert!(matches!(gzip(&whole[..whole.len() - 9], Path::new("a.gz")), Err(InputError::Io { .. })));
        assert!(gzip(b"plain", Path::new("a")).unwrap().is_none());
    }

    #[test]
    fn what_unpacks_without_end_is_refused_when_it_passes_the_limit() {
        let refused = unpack(std::io::repeat(0), 1 << 20, Path::new("bomb"));
        assert!(matches!(refused, Err(InputError::UnpacksTooLarge { limit: 1_048_576, .. })));
    }

    #[test]
    fn a_large_file_goes_over_the_disk_and_comes_back_whole() {
        let size = IN_MEMORY + 3;
        let bytes = unpack(std::io::repeat(b'x').take(size), size, Path::new("large")).unwrap();
        assert!(matches!(bytes, Bytes::Mapped(_)));
        assert_eq!(bytes.len() as u64, size);
        assert!(bytes.iter().all(|&byte| byte == b'x'));
    }
}
