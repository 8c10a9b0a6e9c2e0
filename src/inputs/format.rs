//! What a format is, the list of them, and how a file's format is found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bytes::{Bytes, Fingerprint};
use super::parcels::ParcelFile;
use super::{
    DeclaredCrs, InputError, RawFeature, ReadOptions, SourceFile, csv, estat, flatgeobuf, geojson, moj, plateau,
    shapefile,
};
use crate::notices::{Kind, Notices};

/// A file format: how it is told from others and how it is read.
pub struct Format {
    /// Its name in messages and in `run.json`.
    pub name: &'static str,
    /// The usual endings of its file names, lower case, without `.gz`.
    pub extensions: &'static [&'static str],
    /// Whether a file is in it; asked in the order of [`FORMATS`].
    pub(super) recognise: fn(&Input<'_>) -> bool,
    /// Reads a file whole.
    pub(super) read: fn(&Input<'_>, &mut Reporter<'_>) -> Result<Table, InputError>,
    /// Opens a file of parcels to be read in pieces; `None`: it is read whole.
    pub(super) open_parcels: Option<OpenParcels>,
}

/// Opens a file of parcels, the second argument being the field with their ids.
pub(super) type OpenParcels =
    fn(&Input<'_>, Option<&str>, &mut Reporter<'_>) -> Result<Box<dyn ParcelFile>, InputError>;

/// Every format, the more particular before the more general. A new one is its file and its line here.
pub const FORMATS: &[Format] =
    &[shapefile::FORMAT, flatgeobuf::FORMAT, moj::FORMAT, plateau::FORMAT, geojson::FORMAT, estat::FORMAT, csv::FORMAT];

/// A file about to be read.
pub(super) struct Input<'o> {
    pub(super) path: PathBuf,
    /// The bytes, unpacked where the file is packed.
    pub(super) bytes: Arc<Bytes>,
    pub(super) options: &'o ReadOptions,
    sha256: Fingerprint,
}

impl<'o> Input<'o> {
    pub(super) fn open(path: &Path, options: &'o ReadOptions) -> Result<Self, InputError> {
        Self::of(path.to_owned(), Bytes::of_file(path)?, options)
    }

    /// A file that is in memory already.
    pub(super) fn of(path: PathBuf, bytes: Bytes, options: &'o ReadOptions) -> Result<Self, InputError> {
        let packed = Arc::new(bytes);
        let sha256 = Fingerprint::begin(Arc::clone(&packed));
        let bytes = packed.unpacked(&path)?.map_or(packed, Arc::new);
        Ok(Self { path, bytes, options, sha256 })
    }

    /// The ending of the name in lower case, without `.gz`; empty where there is none.
    pub(super) fn extension(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
    }

    /// The format that the file is in.
    pub(super) fn format(&self) -> Result<&'static Format, InputError> {
        FORMATS.iter().find(|format| (format.recognise)(self)).ok_or_else(|| InputError::UnknownFormat {
            path: self.path.clone(),
            head: self.bytes.iter().take(8).map(|byte| byte.escape_ascii().to_string()).collect(),
        })
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
        }
    }
}

/// What reading tells about a file.
pub(super) struct About {
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) encoding: Option<String>,
    pub(super) features: usize,
}

/// A file read whole; the features' `file` is 0 and set by the caller.
#[derive(Default)]
pub(super) struct Table {
    pub(super) features: Vec<RawFeature>,
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) encoding: Option<String>,
    pub(super) labels: BTreeMap<String, String>,
    /// How many features it holds besides, of which notices tell why they take no part.
    pub(super) left_out: usize,
}

/// Where a reader leaves its notices.
pub(super) struct Reporter<'a> {
    pub(super) notices: &'a mut Notices,
    pub(super) place: &'a str,
}

impl Reporter<'_> {
    pub(super) fn add(&mut self, kind: &'static Kind, example: impl std::fmt::Display) {
        self.notices.add(self.place, kind, example);
    }
}

/// The formats with their endings, for messages.
pub(super) fn names() -> String {
    let each = FORMATS.iter().map(|format| format!("{} (.{})", format.name, format.extensions.join(", .")));
    each.collect::<Vec<_>>().join(", ")
}
