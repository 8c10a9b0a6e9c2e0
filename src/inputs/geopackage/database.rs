//! The database: opened so that nothing is written beside it, once for each thread that reads.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use super::damaged;
use crate::inputs::InputError;
use crate::inputs::format::Input;
use crate::text::Text;

/// The longest value that is read, in bytes.
const MOST_VALUE_BYTES: i32 = 256 << 20;

/// A view may be a query without end. To read a table takes some dozens of steps a row; so many may be taken a byte of the
/// file, and in any case, before that is what it is taken for.
const STEPS_PER_BYTE: u64 = 100;
const STEPS_IN_ANY_CASE: u64 = 50_000_000;

/// Steps are counted in so many.
const STEPS_AT_ONCE: i32 = 100_000;

/// A database and the connections to it that nobody uses at the moment.
pub(super) struct Database {
    /// The file as the user named it.
    path: PathBuf,
    /// What SQLite opens.
    address: String,
    /// So many steps a connection may take before it is stopped.
    steps: u64,
    idle: Mutex<Vec<Connection>>,
    /// Where the bytes were put that came packed; removed when the database is dropped.
    _unpacked: Option<NamedTempFile>,
}

impl Database {
    pub(super) fn open(input: &Input<'_>) -> Result<Self, InputError> {
        if is_cut_off(&input.bytes) {
            let problem =
                Text::new("ヘッダーに書かれた大きさより短くなっています", "it is shorter than its header says");
            return Err(InputError::Damaged { path: input.path.clone(), problem });
        }
        let unpacked = if input.is_the_file() {
            None
        } else {
            Some(on_disk(&input.bytes).map_err(|error| InputError::io(&input.path, error))?)
        };
        let address = address(unpacked.as_ref().map_or(&input.path, |file| file.path()));
        let steps = STEPS_IN_ANY_CASE.saturating_add(STEPS_PER_BYTE.saturating_mul(input.bytes.len() as u64));
        Ok(Self { path: input.path.clone(), address, steps, idle: Mutex::default(), _unpacked: unpacked })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Calls `work` with a connection that no other thread uses.
    pub(super) fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, InputError>) -> Result<T, InputError> {
        let idle = self.idle().pop();
        let connection = idle.map_or_else(|| self.connect().map_err(|error| damaged(&self.path, &error)), Ok)?;
        let result = work(&connection);
        self.idle().push(connection);
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.address, flags)?;
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MOST_VALUE_BYTES)?;
        // What stands in the file is not trusted: views call no functions with effects, cells are checked when read.
        connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
        let mut left = self.steps / u64::from(STEPS_AT_ONCE.unsigned_abs());
        connection.progress_handler(
            STEPS_AT_ONCE,
            Some(move || {
                left = left.saturating_sub(1);
                left == 0
            }),
        );
        Ok(connection)
    }
}

/// Whether the file has fewer pages than its header says, where the header is up to date: its counter of changes (at
/// byte 24) is that for which the number of pages (at 28) was written (at 92). SQLite fills up a last page cut in two.
fn is_cut_off(file: &[u8]) -> bool {
    let number = |at: usize| Some(u32::from_be_bytes(*file.get(at..)?.first_chunk()?));
    let page = match file.get(16..18) {
        Some([0, 1]) => 65_536,
        Some(&[high, low]) => usize::from(high) << 8 | usize::from(low),
        _ => return true,
    };
    match (number(24), number(28), number(92)) {
        (Some(changes), Some(pages), Some(counted)) => changes == counted && pages as usize * page > file.len(),
        _ => true,
    }
}

fn on_disk(bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

/// The file as an address that tells SQLite that nobody changes it: it then takes no locks and leaves no journal.
fn address(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = "file:".to_owned();
    if cfg!(windows) {
        address.push('/');
    }
    for &byte in slashes(absolute.as_os_str()).iter() {
        match byte {
            b'/' | b':' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => {
                let _ = write!(address, "%{byte:02X}"); // writing to a String cannot fail
            }
        }
    }
    address + "?immutable=1"
}

/// The bytes of a path with slashes between its parts.
fn slashes(path: &OsStr) -> Cow<'_, [u8]> {
    if cfg!(windows) {
        Cow::Owned(path.to_string_lossy().replace('\\', "/").into_bytes())
    } else {
        Cow::Borrowed(path.as_encoded_bytes())
    }
}

/// Whether changes wait in a journal beside the file, as they do while another program has it open.
pub(super) fn has_pending_changes(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    std::fs::metadata(journal).is_ok_and(|about| about.len() > 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn no_sign_in_a_path_is_taken_for_a_part_of_the_address() {
        assert_eq!(
            address(Path::new("/a b/焼?津#1%.gpkg")),
            "file:/a%20b/%E7%84%BC%3F%E6%B4%A5%231%25.gpkg?immutable=1"
        );
    }
}
