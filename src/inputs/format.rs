//! What a format is, the list of them, and how a file's format is found.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::{Bytes, Content, Fingerprint, Folder, Located, Opened, Spooled, gzip};
use super::parcels::ParcelFile;
use super::{
    DeclaredCrs, InputError, RawFeature, ReadOptions, SourceFile, csv, estat, flatgeobuf, geojson, moj, plateau,
    shapefile,
};
use crate::notices::{NoticeKind, Notices};
use crate::text::Text;

/// No feature, row or value may take more bytes than this: one that does is damage or does harm, and would fill the
/// memory.
pub(super) const LARGEST_FEATURE: usize = 256 << 20;

/// Columns of tables that are no attributes.
#[cfg(any(feature = "geopackage", feature = "geoparquet"))]
pub(super) static COLUMNS_LEFT_OUT: NoticeKind = NoticeKind {
    id: "columns-left-out",
    severity: crate::notices::Severity::Skipped,
    what: Text::new(
        "バイト列の列があります。属性としては使えません。",
        "columns hold bytes, which cannot be attributes",
    ),
    advice: Some(Text::new(
        "属性は数・文字・日時にしてください。図形の列は1つだけ読みます。",
        "only one column of geometries is read; attributes must be numbers, texts or times",
    )),
};

/// A file format: how it is told from others and how it is read.
pub struct Format {
    /// Its name in messages and in `run.json`.
    pub name: &'static Text,
    /// The usual endings of its file names, lower case, without `.gz`.
    pub extensions: &'static [&'static str],
    /// Whether a file is in it; asked in the order of [`FORMATS`].
    pub(super) recognise: fn(&Input<'_>) -> bool,
    /// Reads a file whole.
    pub(super) read: fn(&Input<'_>, &mut Reporter<'_>) -> Result<FeatureTable, InputError>,
    /// Opens a file of parcels to be read in pieces; `None`: it is read whole.
    pub(super) open_parcels: Option<OpenParcels>,
}

/// Opens a file of parcels, the second argument being the field with their ids.
pub(super) type OpenParcels =
    fn(&Input<'_>, Option<&str>, &mut Reporter<'_>) -> Result<Box<dyn ParcelFile>, InputError>;

/// Every format, the more particular before the more general. A new one is its file and its line here.
pub const FORMATS: &[Format] = &[
    shapefile::FORMAT,
    flatgeobuf::FORMAT,
    moj::FORMAT,
    plateau::FORMAT,
    #[cfg(feature = "geoparquet")]
    super::geoparquet::FORMAT,
    #[cfg(not(feature = "geoparquet"))]
    super::left_out::GEOPARQUET,
    #[cfg(feature = "geoparquet")]
    super::arrow::FORMAT,
    #[cfg(not(feature = "geoparquet"))]
    super::left_out::ARROW,
    #[cfg(feature = "geopackage")]
    super::geopackage::FORMAT,
    #[cfg(not(feature = "geopackage"))]
    super::left_out::GEOPACKAGE,
    #[cfg(feature = "workbooks")]
    super::workbook::FORMAT,
    #[cfg(not(feature = "workbooks"))]
    super::left_out::WORKBOOK,
    geojson::FORMAT,
    estat::FORMAT,
    csv::FORMAT,
];

/// A file about to be read.
pub(super) struct Input<'o> {
    pub(super) path: PathBuf,
    /// The bytes, unpacked where the file is packed.
    pub(super) bytes: Arc<Bytes>,
    pub(super) options: &'o ReadOptions,
    sha256: Fingerprint,
    folder: Folder,
    /// Whether the bytes are the file at the path, neither unpacked nor from memory.
    #[cfg_attr(not(feature = "geopackage"), expect(dead_code, reason = "only SQLite opens files by itself"))]
    is_the_file: bool,
}

impl<'o> Input<'o> {
    pub(super) fn open(located: Located, options: &'o ReadOptions) -> Result<Self, InputError> {
        let Opened { bytes, sha256, folder, is_the_file } = located.open()?;
        Ok(Self { path: located.path, bytes, options, sha256, folder, is_the_file })
    }

    /// A file that is in memory already.
    pub(super) fn of(path: PathBuf, bytes: Bytes, options: &'o ReadOptions) -> Result<Self, InputError> {
        let packed = Arc::new(bytes);
        let sha256 = Fingerprint::begin(Arc::clone(&packed));
        Self::unpacked(path, packed, sha256, options)
    }

    /// What came down a pipe.
    pub(super) fn piped(spooled: &Spooled, options: &'o ReadOptions) -> Result<Self, InputError> {
        let (packed, sha256) = spooled.bytes();
        Self::unpacked(spooled.path().to_owned(), packed, sha256, options)
    }

    fn unpacked(
        path: PathBuf,
        packed: Arc<Bytes>,
        sha256: Fingerprint,
        options: &'o ReadOptions,
    ) -> Result<Self, InputError> {
        let bytes = gzip(&packed, &path)?.map_or(packed, Arc::new);
        Ok(Self { path, bytes, options, sha256, folder: Folder::Disk, is_the_file: false })
    }

    /// Whether the bytes are the file at the path, which a library can then open by itself.
    #[cfg(feature = "geopackage")]
    pub(super) fn is_the_file(&self) -> bool {
        self.is_the_file
    }

    /// Whether it came down a pipe, so that no ending says what it is.
    pub(super) fn is_piped(&self) -> bool {
        self.options.spooled.is_some()
    }

    /// The bytes, to be had again later.
    pub(super) fn content(&self) -> Content {
        self.folder.content(&self.path, &self.bytes)
    }

    /// The companion with that ending, in lower or upper case.
    pub(super) fn beside(&self, extension: &str) -> Result<Option<(PathBuf, Bytes)>, InputError> {
        self.folder.beside(&self.path, extension)
    }

    /// The companions whose names begin so, sorted.
    pub(super) fn named(&self, start: &str) -> Result<Vec<Bytes>, InputError> {
        let found = self.folder.named(&self.path, start);
        found.iter().filter_map(|path| self.folder.read(path).transpose()).collect()
    }

    /// The ending of the name in lower case, without `.gz`; empty where there is none.
    pub(super) fn extension(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
    }

    /// The format that the file is in.
    pub(super) fn format(&self) -> Result<&'static Format, InputError> {
        let none = || match self.bytes.get(..8.min(self.bytes.len())) {
            None | Some([]) => InputError::EmptyFile { path: self.path.clone() },
            Some(head) => InputError::UnknownFormat { path: self.path.clone(), head: head.escape_ascii().to_string() },
        };
        FORMATS.iter().find(|format| (format.recognise)(self)).ok_or_else(none)
    }

    /// What is known of the file once it is read.
    pub(super) fn source(&self, format: &Format, about: About) -> SourceFile {
        SourceFile {
            path: self.path.clone(),
            format: format.name,
            sha256: self.sha256.clone(),
            crs: about.crs,
            encoding: about.encoding,
            features: about.features,
            axes: None,
        }
    }
}

/// What reading tells about a file.
pub(super) struct About {
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) encoding: Option<Text>,
    pub(super) features: usize,
}

/// A file read whole; the features' `file` is 0 and set by the caller.
#[derive(Default)]
pub(super) struct FeatureTable {
    pub(super) features: Vec<RawFeature>,
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) encoding: Option<Text>,
    pub(super) labels: BTreeMap<String, String>,
    /// How many features it holds besides, of which notices tell why they take no part.
    pub(super) left_out: usize,
    /// How many of these are features of a layer of which nobody knows where they are.
    pub(super) lost: usize,
    /// Why none of its features has a place, where it could have one, and what to do about it.
    pub(super) unplaced: Option<Text>,
    /// The columns of easting and northing that a table in plane coordinates has.
    pub(super) axes: Option<[String; 2]>,
}

/// Where a reader leaves its notices.
pub(super) struct Reporter<'a> {
    pub(super) notices: &'a mut Notices,
    pub(super) place: &'a str,
}

impl Reporter<'_> {
    pub(super) fn add(&mut self, kind: &'static NoticeKind, example: impl Into<Text>) {
        self.notices.add(self.place, kind, example);
    }

    /// The same where the example has words: they are written only where it is kept, since a table may have a million
    /// bad rows.
    pub(super) fn add_with(&mut self, kind: &'static NoticeKind, example: impl FnOnce() -> Text) {
        self.notices.add(self.place, kind, Later(example));
    }

    /// Adds so many at once, with one example for all.
    pub(super) fn add_many(&mut self, kind: &'static NoticeKind, count: u64, example: impl FnOnce() -> Text) {
        self.notices.add_many(self.place, kind, count, Later(example));
    }
}

/// A text that is written when it is asked for.
struct Later<F>(F);

impl<F: FnOnce() -> Text> From<Later<F>> for Text {
    fn from(Later(write): Later<F>) -> Self {
        write()
    }
}

/// The formats with their endings, for messages.
pub(super) fn names() -> Text {
    let each = |format: &Format| Text {
        ja: format!("{}（.{}）", format.name.ja, format.extensions.join("、.")).into(),
        en: format!("{} (.{})", format.name.en, format.extensions.join(", .")).into(),
    };
    Text::list(&FORMATS.iter().map(each).collect::<Vec<_>>())
}
