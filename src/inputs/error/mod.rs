//! What stops a file from being read: what is wrong, where, and what to do about it.

mod help;
mod make;

use std::path::PathBuf;

use crate::notices::NoticeKind;

/// Why an input cannot be used. Every message names the file; [`InputError::help`] says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// No file of that name, or no file that a pattern matches.
    #[error("{}: no such file", path.display())]
    NotFound {
        /// The path or pattern, made absolute against the project file's folder.
        path: PathBuf,
        /// Names in that folder that look like it, the nearest first.
        near: Vec<String>,
    },
    /// A folder where a file is wanted.
    #[error("{}: is a folder, not a file", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A file where a folder is wanted.
    #[error("{}: is a file, not a folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// A folder with more files than a study has.
    #[error("{}: holds more than {limit} files", folder.display())]
    TooManyFiles {
        /// The folder.
        folder: PathBuf,
        /// The most that are looked at.
        limit: usize,
    },
    /// A path pattern that cannot be understood.
    #[error("{pattern}: is not a path pattern ({problem})")]
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The operating system refused.
    #[error("{}: cannot be read ({source})", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// An archive that cannot be read.
    #[error("{}: is cut off or damaged as an archive: {problem}", path.display())]
    Archive {
        /// The archive, or the entry of it.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// An archive with a password.
    #[error("{}: is locked with a password", path.display())]
    Locked {
        /// The entry.
        path: PathBuf,
    },
    /// An archive with an entry whose name leads out of its folder.
    #[error("{}: holds the entry “{entry}”, whose name leads out of the archive", path.display())]
    ClimbsOut {
        /// The archive.
        path: PathBuf,
        /// The entry's name.
        entry: String,
    },
    /// Something packed that unpacks to more than can be meant.
    #[error("{}: unpacks to more than {limit} bytes, far more than its size allows for", path.display())]
    UnpacksTooLarge {
        /// The archive or packed file.
        path: PathBuf,
        /// The most that it may unpack to.
        limit: u64,
    },
    /// Archives in archives in archives.
    #[error("{}: lies in more than {depth} archives, one in the other", path.display())]
    NestedTooDeep {
        /// The innermost archive that was reached.
        path: PathBuf,
        /// How many there may be.
        depth: usize,
    },
    /// An archive without a layer.
    #[error("{}: holds no file of a format that is read", path.display())]
    NoLayerInside {
        /// The archive.
        path: PathBuf,
        /// Some of the files that it does hold.
        names: Vec<String>,
    },
    /// A file with several layers, none of which was asked for.
    #[error("{}: holds several layers: {}", path.display(), layers.join(", "))]
    SeveralLayers {
        /// The file.
        path: PathBuf,
        /// Their names, in alphabetical order.
        layers: Vec<String>,
    },
    /// A folder, or a folder of an archive, that lacks tables of a timetable.
    #[error("{}: is no timetable in GTFS: {} missing", path.display(), make::are(missing))]
    NotATimetable {
        /// The folder or archive.
        path: PathBuf,
        /// The tables that it lacks.
        missing: Vec<&'static str>,
    },
    /// An archive with several timetables, none of which was asked for.
    #[error("{}: holds several timetables: {}", path.display(), folders.join(", "))]
    SeveralTimetables {
        /// The archive, or the folder of it that was named.
        path: PathBuf,
        /// Where in it they are, sorted.
        folders: Vec<String>,
    },
    /// One feature, row or value larger than anything that can be meant.
    #[error("{}: {place} takes more than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is too large, for instance `feature 3`.
        place: String,
        /// The most that it may take.
        limit: usize,
    },
    /// An encoding label that names none.
    #[error("{}: the encoding “{label}” is not known", path.display())]
    UnknownEncoding {
        /// The file.
        path: PathBuf,
        /// The label as given.
        label: String,
    },
    /// Text that the encoding cannot hold.
    #[error("{}: the text is not {tried}", path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The encodings that were tried, for instance `UTF-8 or Shift_JIS`.
        tried: String,
    },
    /// Nothing in the list of formats fits.
    #[error("{}: is in no format that is read (its first bytes are {head})", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The first bytes, printably.
        head: String,
    },
    /// JSON that is not GeoJSON.
    #[error("{}: is JSON but not GeoJSON{}", path.display(), make::type_of(found.as_deref()))]
    NotGeoJson {
        /// The file.
        path: PathBuf,
        /// Its `type` member, where it has one.
        found: Option<String>,
    },
    /// A feature that is not well-formed.
    #[error("{}: feature {feature} (line {line}): {problem}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature; the one after the last good one where it has no end.
        feature: usize,
        /// 1-based line of the problem.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A text file that ends too early.
    #[error("{}: ends inside feature {feature}, which begins on line {line}", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// 1-based position of the feature that has no end.
        feature: usize,
        /// 1-based line where that feature begins.
        line: usize,
    },
    /// A binary file that ends too early, or whose lengths do not add up.
    #[error("{}: {}is cut off or damaged: {problem}", path.display(), make::record_place(*record))]
    DamagedRecord {
        /// The file.
        path: PathBuf,
        /// 1-based position of the record; 0 for the header.
        record: usize,
        /// What does not add up.
        problem: &'static str,
    },
    /// A binary file that a library reads and that contradicts itself.
    #[error("{}: is cut off or damaged: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not add up.
        problem: String,
    },
    /// Columns that are packed in a way that is not read.
    #[error("{}: is packed with {packing}, which is not read", path.display())]
    Packing {
        /// The file.
        path: PathBuf,
        /// The name of the way.
        packing: &'static str,
    },
    /// Geometries in an encoding that is not read.
    #[error("{}: the geometries in “{column}” are encoded as {encoding}, which is not read", path.display())]
    GeometryEncoding {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// What the file calls the encoding.
        encoding: String,
    },
    /// A file in a format that was left out when the program was built.
    #[error("{}: is {format}, which this build of kyoten does not read", path.display())]
    LeftOut {
        /// The file.
        path: PathBuf,
        /// The format's name.
        format: &'static str,
        /// The cargo feature that brings it in.
        feature: &'static str,
    },
    /// An SQLite database without the tables of a GeoPackage.
    #[error("{}: is an SQLite database but not a GeoPackage", path.display())]
    NotGeoPackage {
        /// The file.
        path: PathBuf,
    },
    /// A layer that the file does not have.
    #[error("{}: has no layer “{layer}”", path.display())]
    NoSuchLayer {
        /// The file.
        path: PathBuf,
        /// The name as given.
        layer: String,
        /// The layers that there are, in alphabetical order.
        layers: Vec<String>,
    },
    /// A kind of shape that is not read.
    #[error("{}: record {record} holds a shape of type {shape_type}, which is not read", path.display())]
    UnsupportedShape {
        /// The file.
        path: PathBuf,
        /// 1-based position of the record.
        record: usize,
        /// The type's number in the description of the format.
        shape_type: i32,
    },
    /// A table that the CSV rules do not allow.
    #[error("{}: row {row}: {problem}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// 1-based position among the rows, headers not counted.
        row: usize,
        /// What is wrong.
        problem: String,
    },
    /// XML that is not well-formed, or not what its format asks for.
    #[error("{}: line {line}: {problem}", path.display())]
    Xml {
        /// The file.
        path: PathBuf,
        /// 1-based line of the problem.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A file that needs another beside it.
    #[error("{}: the file {} beside it is missing", path.display(), missing.display())]
    MissingSidecar {
        /// The file that is there.
        path: PathBuf,
        /// The one that is not.
        missing: PathBuf,
    },
    /// No feature has the field.
    #[error("{}: no feature has the field “{field}”", path.display())]
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
    #[error("{}: feature {feature}: the field “{field}” is “{value}”, not a number", path.display())]
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
    #[error("{}: feature {feature} has the position [{x}, {y}], which is no longitude and latitude", path.display())]
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
    #[error("{}: feature {feature} has the position [{x}, {y}], which is hardly in metres of {crs}", path.display())]
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
    /// A number below zero where a count or a measure is wanted.
    #[error("{}: feature {feature}: the field “{field}” is {value}, below zero", path.display())]
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
    #[error("{}: feature {feature} has the position [{x}, {y}]: latitude stands before longitude", path.display())]
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
    #[error("{}: nothing is left of it: {left_out} {}", path.display(), kind.what.en)]
    NothingLeft {
        /// The first of its files.
        path: PathBuf,
        /// How many features were left out.
        left_out: u64,
        /// Why.
        kind: &'static NoticeKind,
    },
    /// A layer without which there is nothing to do holds nothing.
    #[error("{}: holds no features", path.display())]
    EmptyLayer {
        /// The first of its files.
        path: PathBuf,
    },
}

impl crate::diagnostics::Diagnose for InputError {
    fn diagnostics(&self) -> Vec<crate::diagnostics::Diagnostic> {
        let said = self.to_string();
        let help: Option<String> = self.help();
        vec![
            crate::diagnostics::Diagnostic::error("bridge", text!("〓{said}", "{said}"))
                .help(help.map(|help| text!("〓{help}", "{help}"))),
        ]
    }
}
