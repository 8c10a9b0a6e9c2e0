//! A project as QGIS keeps it in one file: an archive with the project in it.

use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// What the project is called in it.
const NAME: &str = "kyoten.qgs";

/// No project of a run is longer, bytes.
const LONGEST: u64 = 1 << 26;

/// The archive of a project. Its date is the first that archives know: nothing of it is of the moment.
pub(super) fn pack(qgs: &str) -> io::Result<Vec<u8>> {
    let how = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(NAME, how)?;
    archive.write_all(qgs.as_bytes())?;
    Ok(archive.finish()?.into_inner())
}

/// The project in an archive; `None` where there is none.
pub(super) fn unpack(qgz: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(qgz)).ok()?;
    let file = archive.by_name(NAME).ok()?;
    let mut qgs = String::new();
    file.take(LONGEST).read_to_string(&mut qgs).ok()?;
    Some(qgs)
}
