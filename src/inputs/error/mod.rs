//! What stops a file from being read: what is wrong, where, and what to do about it.

mod contents;
mod files;
mod formats;
mod make;
#[cfg(test)]
mod tests;
mod told;

pub(in crate::inputs) use files::advice_by_ending;
#[cfg(any(feature = "geoparquet", feature = "geopackage", feature = "workbooks"))]
pub(in crate::inputs) use make::foreign;

use std::path::PathBuf;

use crate::notices::NoticeKind;
use crate::text::Text;

/// Why an input cannot be used. Every message names the file and says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// No file of that name, or no file that a pattern matches.
    NotFound {
        /// The path or pattern, made absolute against the project file's folder.
        path: PathBuf,
        /// Names in that folder that look like it, the nearest first.
        near: Vec<String>,
    },
    /// A folder where a file is wanted.
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A file that was written to, replaced or taken away since it was opened.
    ChangedWhileRead {
        /// The file.
        path: PathBuf,
    },
    /// A file where a folder is wanted.
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// A folder with more files than a study has.
    TooManyFiles {
        /// The folder.
        folder: PathBuf,
        /// The most that are looked at.
        limit: usize,
    },
    /// A path pattern that cannot be understood.
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        problem: Text,
    },
    /// The operating system refused.
    Io {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// An archive that cannot be read.
    Archive {
        /// The archive, or the entry of it.
        path: PathBuf,
        /// What is wrong with it.
        problem: Text,
    },
    /// An archive with a password.
    Locked {
        /// The entry.
        path: PathBuf,
    },
    /// An archive with an entry whose name leads out of its folder.
    ClimbsOut {
        /// The archive.
        path: PathBuf,
        /// The entry's name.
        entry: String,
    },
    /// Something packed that unpacks to more than can be meant.
    UnpacksTooLarge {
        /// The archive or packed file.
        path: PathBuf,
        /// The most that it may unpack to.
        limit: u64,
    },
    /// Archives in archives in archives.
    NestedTooDeep {
        /// The innermost archive that was reached.
        path: PathBuf,
        /// How many there may be.
        depth: usize,
    },
    /// An archive without a layer.
    NoLayerInside {
        /// The archive.
        path: PathBuf,
        /// Some of the files that it does hold.
        names: Vec<String>,
    },
    /// A file with several layers, none of which was asked for.
    SeveralLayers {
        /// The file.
        path: PathBuf,
        /// Their names, in alphabetical order.
        layers: Vec<String>,
    },
    /// A folder, or a folder of an archive, that lacks tables of a timetable.
    NotATimetable {
        /// The folder or archive.
        path: PathBuf,
        /// The tables that it lacks.
        missing: Vec<Text>,
    },
    /// An archive with several timetables, none of which was asked for.
    SeveralTimetables {
        /// The archive, or the folder of it that was named.
        path: PathBuf,
        /// Where in it they are, sorted.
        folders: Vec<String>,
    },
    /// One feature, row or value larger than anything that can be meant.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is too large, for instance `feature 3`.
        place: Text,
        /// The most that it may take.
        limit: usize,
    },
    /// An encoding label that names none.
    UnknownEncoding {
        /// The file.
        path: PathBuf,
        /// The label as given.
        label: String,
    },
    /// Text that the encoding cannot hold.
    Encoding {
        /// The file.
        path: PathBuf,
        /// The encodings that were tried, for instance `UTF-8 or Shift_JIS`.
        tried: Text,
    },
    /// A file without a single byte.
    EmptyFile {
        /// The file.
        path: PathBuf,
    },
    /// Nothing in the list of formats fits.
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The first bytes, printably.
        head: String,
    },
    /// JSON that is not GeoJSON.
    NotGeoJson {
        /// The file.
        path: PathBuf,
        /// Its `type` member, where it has one.
        found: Option<String>,
    },
    /// JSON as ArcGIS writes it.
    EsriJson {
        /// The file.
        path: PathBuf,
    },
    /// A feature that is not well-formed.
    Json {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature; the one after the last good one where it has no end.
        feature: usize,
        /// 1-based line of the problem.
        line: usize,
        /// What is wrong.
        problem: Text,
    },
    /// A text file that ends too early.
    Truncated {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature that has no end.
        feature: usize,
        /// 1-based line where that feature begins.
        line: usize,
    },
    /// A binary file that ends too early, or whose lengths do not add up.
    DamagedRecord {
        /// The file.
        path: PathBuf,
        /// 1-based position of the record; 0 for the header.
        record: usize,
        /// What does not add up.
        problem: &'static Text,
    },
    /// A binary file that a library reads and that contradicts itself.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not add up.
        problem: Text,
    },
    /// Columns that are packed in a way that is not read.
    Packing {
        /// The file.
        path: PathBuf,
        /// The name of the way.
        packing: &'static Text,
    },
    /// Geometries in an encoding that is not read.
    GeometryEncoding {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// What the file calls the encoding.
        encoding: String,
    },
    /// A file in a format that was left out when the program was built.
    LeftOut {
        /// The file.
        path: PathBuf,
        /// The format's name.
        format: &'static str,
        /// The cargo feature that brings it in.
        feature: &'static str,
    },
    /// An SQLite database without the tables of a GeoPackage.
    NotGeoPackage {
        /// The file.
        path: PathBuf,
    },
    /// A layer that the file does not have.
    NoSuchLayer {
        /// The file.
        path: PathBuf,
        /// The name as given.
        layer: String,
        /// The layers that there are, in alphabetical order.
        layers: Vec<String>,
    },
    /// A kind of shape that is not read.
    UnsupportedShape {
        /// The file.
        path: PathBuf,
        /// 1-based position of the record.
        record: usize,
        /// The type's number in the description of the format.
        shape_type: i32,
    },
    /// A table that the CSV rules do not allow.
    Table {
        /// The file.
        path: PathBuf,
        /// 1-based position among the rows, headers not counted.
        row: usize,
        /// What is wrong.
        problem: Text,
    },
    /// XML that is not well-formed, or not what its format asks for.
    Xml {
        /// The file.
        path: PathBuf,
        /// 1-based line of the problem.
        line: usize,
        /// What is wrong.
        problem: Text,
    },
    /// A grid of datum shifts that breaks the rules of its format.
    DatumGrid {
        /// The file.
        path: PathBuf,
        /// 1-based line of the problem; 0 of the whole file.
        line: usize,
        /// What is wrong.
        problem: Text,
    },
    /// A file where a grid of datum shifts is wanted, and that is none.
    NotADatumGrid {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: Text,
    },
    /// A grid of datum shifts that is given twice.
    GridTwice {
        /// The second file.
        path: PathBuf,
        /// The first.
        other: PathBuf,
    },
    /// A file that needs another beside it.
    MissingSidecar {
        /// The file that is there.
        path: PathBuf,
        /// The one that is not.
        missing: PathBuf,
    },
    /// No feature has the field.
    MissingField {
        /// The file.
        path: PathBuf,
        /// The field that is wanted.
        field: String,
        /// The fields that there are, in the order of the file.
        known: Vec<String>,
        /// The known field that looks most like it.
        nearest: Option<String>,
    },
    /// A value that is no number.
    NotANumber {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature.
        feature: usize,
        /// The field.
        field: String,
        /// Its value.
        value: String,
    },
    /// Coordinates far outside longitude and latitude in a file that should have them.
    PlaneMetresAsDegrees {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature.
        feature: usize,
        /// The first coordinate.
        x: f64,
        /// The second coordinate.
        y: f64,
    },
    /// Longitude and latitude in a file that should have metres.
    DegreesAsPlaneMetres {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature.
        feature: usize,
        /// The first coordinate.
        x: f64,
        /// The second coordinate.
        y: f64,
        /// The plane that was named.
        crs: String,
    },
    /// Columns whose coordinates lie on the plane only if their axes are exchanged.
    PlaneAxes {
        /// The file.
        path: PathBuf,
        /// The column that was taken for the easting.
        x: String,
        /// The one that was taken for the northing.
        y: String,
    },
    /// A number below zero where a count or a measure is wanted.
    Negative {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature.
        feature: usize,
        /// The field.
        field: String,
        /// Its value.
        value: f64,
    },
    /// Latitude before longitude.
    SwappedAxes {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature.
        feature: usize,
        /// The first coordinate, a latitude of Japan.
        x: f64,
        /// The second coordinate, a longitude of Japan.
        y: f64,
    },
    /// All that a layer holds was left out.
    NothingLeft {
        /// The first of its files.
        path: PathBuf,
        /// How many features were left out.
        left_out: u64,
        /// Why.
        kind: &'static NoticeKind,
    },
    /// A layer without which there is nothing to do holds nothing.
    EmptyLayer {
        /// The first of its files.
        path: PathBuf,
    },
}
