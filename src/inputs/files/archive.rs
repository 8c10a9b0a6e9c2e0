//! Zip archives: a folder of entries in a file, as downloads come.
//!
//! Names are in UTF-8 where the archive says so or the bytes are, else in CP932, as Japanese systems write them. Nothing
//! is written to the disk by an entry's name; one that would climb out of its folder marks an archive that was made to
//! do harm, and the archive is refused.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use zip::ZipArchive;
use zip::result::ZipError;

use super::bytes::Bytes;
use super::unpack::{largest, unpack};
use crate::diagnostics::refusal;
use crate::inputs::InputError;
use crate::text::Text;

/// More entries than this are no download of layers. The largest that are published hold some thousands of map sheets.
const MOST_ENTRIES: usize = 200_000;

/// What a zip archive begins with; the second is that of an empty one.
const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// An archive, opened: its entries are known by name, none is unpacked yet.
pub(in crate::inputs) struct Archive {
    path: PathBuf,
    zip: ZipArchive<Cursor<Shared>>,
    /// The names of the files among the entries, with `/` between folders, in the order of the archive.
    names: Vec<String>,
    /// Where in the archive each of them stands.
    entries: BTreeMap<String, usize>,
    /// What all entries unpack to, by what they say, and the most that they and archives among them may: what may come out of
    /// the file on the disk.
    unpacked: u64,
    limit: u64,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("path", &self.path).field("entries", &self.names.len()).finish_non_exhaustive()
    }
}

/// Bytes that several readers of one archive look at.
#[derive(Clone)]
struct Shared(Arc<Bytes>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Whether bytes are those of a zip archive.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

impl Archive {
    /// Reads the list of entries.
    pub(in crate::inputs) fn open(path: &Path, bytes: Arc<Bytes>) -> Result<Self, InputError> {
        let limit = largest(bytes.len() as u64);
        Self::within(path, bytes, limit)
    }

    /// An archive that is an entry of this one.
    pub(super) fn open_inner(&self, entry: &str) -> Result<Option<Self>, InputError> {
        let Some(bytes) = self.unpack(entry)? else { return Ok(None) };
        Self::within(&self.path.join(entry), Arc::new(bytes), self.limit).map(Some)
    }

    fn within(path: &Path, bytes: Arc<Bytes>, limit: u64) -> Result<Self, InputError> {
        let mut zip = ZipArchive::new(Cursor::new(Shared(bytes))).map_err(|error| damaged(path, &error))?;
        let refused = |problem: Text| InputError::Archive { path: path.to_owned(), problem };
        if zip.len() > MOST_ENTRIES {
            let entries = zip.len();
            return Err(refused(text!(
                "ファイルが{entries}個あり、{MOST_ENTRIES}個を超えています",
                "it has {entries} entries, more than {MOST_ENTRIES}"
            )));
        }
        if zip.has_duplicate_names() {
            return Err(refused(Text::new(
                "同じ名前のファイルが2つ入っています",
                "two of its entries have the same name",
            )));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut entries = BTreeMap::new();
        let mut unpacked: u64 = 0;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| damaged(path, &error))?;
            let name = decoded(entry.name_raw());
            if climbs_out(&name) {
                return Err(InputError::ClimbsOut { path: path.to_owned(), entry: name });
            }
            unpacked = unpacked.saturating_add(entry.size());
            if !name.ends_with('/') && !is_of_macos(&name) {
                // Of two names that are the same once they are decoded, the first.
                entries.entry(name.clone()).or_insert(index);
                names.push(name);
            }
        }
        if unpacked > limit {
            return Err(InputError::UnpacksTooLarge { path: path.to_owned(), limit });
        }
        Ok(Self { path: path.to_owned(), zip, names, entries, unpacked, limit })
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The names of its files, in the order of the archive.
    pub(in crate::inputs) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether it has a file of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// What its files unpack to, and what may come out of the file on the disk in all.
    pub(super) fn unpacked_and_limit(&self) -> (u64, u64) {
        (self.unpacked, self.limit)
    }

    /// Unpacks the file of that name; `None` where there is none.
    pub(in crate::inputs) fn unpack(&self, name: &str) -> Result<Option<Bytes>, InputError> {
        let Some(&index) = self.entries.get(name) else { return Ok(None) };
        let path = self.path.join(name);
        // A copy shares the bytes and the list of entries.
        let mut zip = self.zip.clone();
        let entry = zip.by_index(index).map_err(|error| damaged(&path, &error))?;
        let limit = entry.size().min(largest(entry.compressed_size()));
        // One byte more than it says is a lie, which `unpack` finds.
        unpack(entry.take(limit + 1), limit, &path).map(Some)
    }
}

fn damaged(path: &Path, error: &ZipError) -> InputError {
    let ja = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            return InputError::Locked { path: path.to_owned() };
        }
        ZipError::Io(source) => refusal(source).ja,
        ZipError::UnsupportedArchive(_) => "読めない書き方のZIPです".into(),
        ZipError::CompressionMethodNotSupported(_) => "読めない方法で圧縮されています".into(),
        _ => "ZIPの構造が壊れています".into(),
    };
    InputError::Archive { path: path.to_owned(), problem: Text { ja, en: error.to_string().into() } }
}

/// An entry's name; systems that write `\` between folders mean `/`.
fn decoded(raw: &[u8]) -> String {
    let name = std::str::from_utf8(raw).map_or_else(
        |_| {
            let (name, _) = SHIFT_JIS.decode_without_bom_handling(raw);
            name.into_owned()
        },
        str::to_owned,
    );
    name.replace('\\', "/")
}

/// Whether an entry is what macOS adds of a file beside its content: it has the file's name and nothing of the file.
fn is_of_macos(name: &str) -> bool {
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        if part == "__MACOSX" || (parts.peek().is_none() && (part.starts_with("._") || part == ".DS_Store")) {
            return true;
        }
    }
    false
}

fn climbs_out(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    drive || name.contains('\0') || !Path::new(name).components().all(stays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn archive(entries: &[(&str, &[u8])]) -> Result<Archive, InputError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        Archive::open(Path::new("a.zip"), Arc::new(Bytes::Owned(zip.finish().unwrap().into_inner())))
    }

    #[test]
    fn entries_are_found_by_name_and_unpacked() {
        let archive = archive(&[("P11/UTF-8/停留所.csv", b"a,b"), ("P11/", b"")]).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["P11/UTF-8/停留所.csv"]);
        assert_eq!(&archive.unpack("P11/UTF-8/停留所.csv").unwrap().unwrap()[..], b"a,b");
        assert!(archive.unpack("P11/other").unwrap().is_none());
    }

    #[test]
    fn what_macos_adds_is_no_file() {
        let entries: [(&str, &[u8]); 5] = [
            ("did.geojson", b"{}"),
            ("__MACOSX/._did.geojson", b"x"),
            ("__MACOSX/a/b.geojson", b"x"),
            ("a/._b.shp", b"x"),
            ("a/.DS_Store", b"x"),
        ];
        assert_eq!(archive(&entries).unwrap().names().collect::<Vec<_>>(), ["did.geojson"]);
        assert!(!is_of_macos("a/MACOSX.geojson") && !is_of_macos("._a/b.geojson") && !is_of_macos("a._b.shp"));
    }

    #[test]
    fn names_in_cp932_are_read_and_backslashes_part_folders() {
        let (name, ..) = SHIFT_JIS.encode("表示\\駅.shp");
        assert_eq!(decoded(&name), "表示/駅.shp");
    }

    #[test]
    fn a_name_that_climbs_out_is_refused() {
        for name in ["../a.csv", "a/../../b.csv", "/etc/passwd", "C:/a.csv", "a\0b"] {
            assert!(climbs_out(name), "{name}");
        }
        assert!(!climbs_out("./a..b/c.csv"));
        assert!(matches!(archive(&[("../a.csv", b"x")]), Err(InputError::ClimbsOut { .. })));
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let zeros = vec![0; 300 << 20];
        let refused = archive(&[("zeros", &zeros)]);
        assert!(matches!(refused, Err(InputError::UnpacksTooLarge { .. })), "{refused:?}");
    }

    #[test]
    fn every_cut_is_an_error() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.csv", SimpleFileOptions::default()).unwrap();
        zip.write_all(b"name,lon,lat\n").unwrap();
        let whole = zip.finish().unwrap().into_inner();
        for end in 0..whole.len() {
            let cut = Arc::new(Bytes::Owned(whole[..end].to_vec()));
            let error = Archive::open(Path::new("a.zip"), cut).err();
            assert!(matches!(error, Some(InputError::Archive { .. })), "{end}: {error:?}");
        }
    }
}
