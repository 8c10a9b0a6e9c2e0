//! What a reader hands on: features as the file has them, before anything is known of their meaning.

use std::collections::BTreeMap;
use std::path::PathBuf;

use geo::Geometry;
use serde_json::{Map, Value};

use super::Fingerprint;
use crate::geometry::Shapes;
use crate::text::Text;

/// The attributes of one feature, in the order of the file.
pub type Fields = Map<String, Value>;

/// One feature as its file has it. Coordinates are the file's own, x before y.
#[derive(Debug, Clone)]
pub struct RawFeature {
    /// 1-based position in its file.
    pub number: usize,
    /// Which of [`RawLayer::files`] it comes from.
    pub file: usize,
    /// `None` where the file says null, and for every row of a table without coordinates.
    pub geometry: Option<Geometry<f64>>,
    /// Attribute names and values.
    pub fields: Fields,
}

/// A layer read whole. Its files share one kind of feature; each keeps its own CRS.
#[derive(Debug, Default)]
pub struct RawLayer {
    /// The files it came from, in the order in which they were read.
    pub files: Vec<SourceFile>,
    /// The features of all files, file after file.
    pub features: Vec<RawFeature>,
    /// What the columns are called in plain words, where the files say (column → label, after Unicode NFKC).
    pub labels: BTreeMap<String, String>,
    /// How many features the files hold beside of which nobody knows where they are; notices tell why.
    pub lost: usize,
    /// Why none of the features of a file has a place, where it could have one, and what to do about it.
    pub unplaced: Option<Text>,
}

/// What is known of a file that was read: everything that `run.json` says of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it was given or found.
    pub path: PathBuf,
    /// The name of the format, for instance `GeoJSON`.
    pub format: &'static Text,
    /// SHA-256 of the file as it lies on the disk (of the `.shp` for a shapefile).
    pub sha256: Fingerprint,
    /// The CRS that the file itself names; `None` where it does not.
    pub crs: Option<DeclaredCrs>,
    /// The text encoding and where it was learnt from, for instance `Shift_JIS (.cpg)`.
    pub encoding: Option<Text>,
    /// How many features it holds.
    pub features: usize,
    /// Of a table in plane coordinates, the columns that were taken for easting and northing.
    pub axes: Option<[String; 2]>,
}

impl SourceFile {
    /// Whether it is a table in memory.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        #[cfg(feature = "geoparquet")]
        let is_table = self.format == super::arrow::NAME;
        #[cfg(not(feature = "geoparquet"))]
        let is_table = false;
        is_table
    }

    /// Whether it is one of the many sheets of a cadastral map (登記所備付地図).
    #[must_use]
    pub fn is_map_sheet(&self) -> bool {
        self.format == super::moj::FORMAT.name
    }
}

/// A CRS as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredCrs {
    /// An `EPSG:…` code, a URN, or a WKT text; [`crate::crs::Crs::parse`] reads all of them.
    pub text: String,
    /// Where it stands: `crs member`, `.prj`, `RFC 7946`.
    pub found_in: &'static Text,
}

/// How one layer's files are to be read, as the project file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadOptions {
    /// `crs =`: overrides what the file says. `None`: the file decides.
    pub crs: Option<String>,
    /// `encoding =`: a WHATWG label such as `cp932`, `utf-8`. `None`: the file, its `.cpg`, or its bytes decide.
    pub encoding: Option<String>,
    /// `layer =`: the name inside the file, for formats that hold several.
    pub layer: Option<String>,
    /// Which columns of a wide table are needed; `None`: all.
    pub columns: Option<WantedColumns>,
    /// `x =` and `y =`: the columns of a table that hold the coordinates; `None`: the usual names.
    pub xy: Option<(String, String)>,
    /// What came down a pipe, read in the place of files, whose paths then say nothing.
    pub spooled: Option<super::Spooled>,
    /// A table in memory that is read in the place of files, whose paths then say nothing.
    #[cfg(feature = "geoparquet")]
    pub table: Option<super::ArrowTable>,
}

/// Which columns of a wide table with labels are needed. Columns without a label, which identify the row, always are.
#[derive(Debug, Clone)]
pub struct WantedColumns {
    /// Names that somebody asks for.
    pub named: Vec<String>,
    /// Whether a label, in Unicode NFKC, is one that a reader may look for.
    pub labelled: fn(&str) -> bool,
}

impl PartialEq for WantedColumns {
    fn eq(&self, other: &Self) -> bool {
        self.named == other.named && std::ptr::fn_addr_eq(self.labelled, other.labelled)
    }
}

/// A run of consecutive parcels of one file, coordinates in the file's CRS. Borrows from the file.
#[derive(Debug, Default)]
pub struct RawParcels<'a> {
    /// Which of the files of the source it comes from.
    pub file: usize,
    /// 0-based position of the first one in its file.
    pub first: usize,
    /// One shape a parcel; an empty shape where there is no polygon.
    pub shapes: Shapes,
    /// One record a parcel.
    pub records: Vec<ParcelRecord<'a>>,
}

/// A parcel's attributes and what must be written back of it.
#[derive(Debug)]
pub struct ParcelRecord<'a> {
    /// The mapped id, else the feature's own `id`; `None` where it has neither.
    pub id: Option<std::borrow::Cow<'a, str>>,
    /// The attributes as the text of a JSON object, braces included.
    pub properties: std::borrow::Cow<'a, str>,
    /// The geometry as the text of GeoJSON; `None` where the file is not GeoJSON, and it must be made anew.
    pub geometry: Option<&'a str>,
    /// Why the shape is empty or was altered while reading.
    pub problem: Option<GeometryProblem>,
}

/// What a reader found wrong with a parcel's geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryProblem {
    /// There is none.
    Null,
    /// It has no positions.
    Empty,
    /// It is a point, a line or a collection without polygons.
    NotAPolygon,
    /// A ring did not end where it began and was closed.
    Unclosed,
    /// A coordinate is not a finite number.
    NotFinite,
}
