//! The parcels' files: opened once, then read in pieces by many threads.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use geo::{CoordsIter, Geometry, Polygon};
use rayon::prelude::*;

use super::files::Bytes;
use super::files::{Located, Store};
use super::format::{About, Format, Input, Reporter};
use super::{
    Fields, GeometryProblem, InputError, ParcelRecord, RawFeature, RawParcels, ReadOptions, SourceFile, axes, fields,
};
use crate::geometry::{Bounds, Shapes};
use crate::notices::Notices;

/// How many parcels a chunk holds at most.
pub(super) const CHUNK_FEATURES: usize = 2048;

/// About how many bytes of a file a chunk holds: enough to make its overhead small, little enough for a cache.
pub(super) const CHUNK_BYTES: usize = 1 << 20;

/// A run of features that lie one after the other in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) bytes: Range<usize>,
    /// 0-based position of the first one.
    pub(super) first: usize,
    pub(super) features: usize,
}

impl Chunk {
    /// Whether another feature may join it.
    pub(super) fn has_room(&self) -> bool {
        self.features < CHUNK_FEATURES && self.bytes.len() < CHUNK_BYTES
    }

    /// Takes in the feature that follows and reaches to `end`.
    pub(super) fn extend_to(&mut self, end: usize) {
        self.bytes.end = end;
        self.features += 1;
    }
}

/// Parcels that lie in one or several files, to be read chunk by chunk, in any order, from any thread.
pub trait ParcelSource: Send + Sync {
    /// The files, in the order in which they were given.
    fn files(&self) -> &[SourceFile];

    /// How many parcels there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many chunks there are. Chunks hold about the same number of bytes, and never parcels of two files.
    fn chunks(&self) -> usize;

    /// Reads one chunk.
    ///
    /// # Errors
    /// Whatever is wrong with its features.
    ///
    /// # Panics
    /// Where `chunk` is not below [`ParcelSource::chunks`].
    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError>;

    /// The file of a chunk and a box around its shapes, in that file's coordinates; empty where it has no shape.
    ///
    /// # Errors
    /// As [`ParcelSource::read_chunk`].
    ///
    /// # Panics
    /// Where `chunk` is not below [`ParcelSource::chunks`].
    fn bounds(&self, chunk: usize) -> Result<(usize, Bounds), InputError>;

    /// What was found while the files were opened, under the place `parcels`.
    fn notices(&self) -> &Notices;
}

/// Opens the parcels in `paths`; several files follow each other.
///
/// # Errors
/// What keeps a file from being opened; [`InputError::MissingField`] where the first features of a file
/// lack `id_field`; [`InputError::EmptyLayer`] where there is no parcel at all, [`InputError::NothingLeft`] where all
/// were left out.
pub fn open_parcels(
    paths: &[PathBuf],
    options: &ReadOptions,
    id_field: Option<&str>,
) -> Result<Box<dyn ParcelSource>, InputError> {
    #[cfg(feature = "geoparquet")]
    if let Some(table) = &options.table {
        let mut notices = Notices::default();
        let file = super::arrow::open(table, id_field, &mut Reporter { notices: &mut notices, place: "parcels" })?;
        return join(vec![Ok((file, notices))], options);
    }
    if let Some(spooled) = &options.spooled {
        return join(vec![open_one(&Input::piped(spooled, options)?, id_field)], options);
    }
    let mut store = Store::default();
    let located = paths.iter().map(|path| store.locate(path)).collect::<Result<Vec<_>, InputError>>()?;
    open_located(located, options, id_field)
}

/// [`open_parcels`] of files whose places are known.
pub(super) fn open_located(
    located: Vec<Located>,
    options: &ReadOptions,
    id_field: Option<&str>,
) -> Result<Box<dyn ParcelSource>, InputError> {
    // Some files are read whole to be opened, such as the hundreds of sheets that are a city's cadastral map.
    let files = located.into_par_iter().map(|located| open_one(&Input::open(located, options)?, id_field));
    join(files.collect(), options)
}

/// [`open_parcels`] for one file that is in memory; `name` stands for its path, as for
/// [`super::read_layer_from_memory`].
///
/// # Errors
/// As [`open_parcels`].
pub fn open_parcels_in_memory(
    name: impl Into<PathBuf>,
    bytes: Vec<u8>,
    options: &ReadOptions,
    id_field: Option<&str>,
) -> Result<Box<dyn ParcelSource>, InputError> {
    join(vec![open_one(&Input::of(name.into(), Bytes::Owned(bytes), options)?, id_field)], options)
}

/// A file, and what was noticed while it was opened.
type OpenedFile = Result<(Box<dyn ParcelFile>, Notices), InputError>;

fn open_one(input: &Input<'_>, id_field: Option<&str>) -> OpenedFile {
    let mut notices = Notices::default();
    let format = input.format()?;
    let file: Box<dyn ParcelFile> = match format.open_parcels {
        Some(open) => open(input, id_field, &mut Reporter { notices: &mut notices, place: "parcels" })?,
        None => Box::new(WholeFile::read(input, format, id_field, &mut notices)?),
    };
    Ok((file, notices))
}

/// Puts files one after the other; of several that cannot be opened, the first is told of.
fn join(files: Vec<OpenedFile>, options: &ReadOptions) -> Result<Box<dyn ParcelSource>, InputError> {
    let mut joined = Joined::default();
    for file in files {
        let (file, notices) = file?;
        joined.notices.merge(notices);
        joined.push(file, options);
    }
    if joined.len() == 0 {
        let first = joined.sources.first().map(|source| source.path.clone()).unwrap_or_default();
        return Err(InputError::empty(first, &joined.notices, "parcels"));
    }
    Ok(Box::new(joined))
}

/// One file of parcels.
pub(super) trait ParcelFile: Send + Sync {
    fn source(&self) -> SourceFile;
    fn chunks(&self) -> usize;
    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError>;

    /// A box around the shapes of a chunk; a format for which that costs less than the whole chunk says how.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        Ok(self.read_chunk(chunk)?.shapes.bounds())
    }
}

/// Several files, one after the other.
#[derive(Default)]
struct Joined {
    files: Vec<Box<dyn ParcelFile>>,
    sources: Vec<SourceFile>,
    /// For every file, the number of chunks up to its end.
    chunk_ends: Vec<usize>,
    /// For every file, whether its positions must be longitude and latitude.
    degrees: Vec<bool>,
    notices: Notices,
}

impl Joined {
    fn push(&mut self, file: Box<dyn ParcelFile>, options: &ReadOptions) {
        let source = file.source();
        self.chunk_ends.push(self.chunks() + file.chunks());
        self.degrees.push(axes::means_degrees(options.crs.as_deref(), source.crs.as_ref()));
        self.sources.push(source);
        self.files.push(file);
    }

    /// The file that a chunk of all files is in, and its number there.
    fn locate(&self, chunk: usize) -> (usize, usize) {
        let file = self.chunk_ends.partition_point(|&end| end <= chunk);
        (file, chunk - if file == 0 { 0 } else { self.chunk_ends[file - 1] })
    }

    /// Makes sure that shapes which must be in degrees are.
    fn check(&self, file: usize, parcels: &RawParcels<'_>) -> Result<(), InputError> {
        if !self.degrees[file] {
            return Ok(());
        }
        axes::check_shapes(&self.sources[file].path, parcels.first, &parcels.shapes)
    }
}

impl ParcelSource for Joined {
    fn files(&self) -> &[SourceFile] {
        &self.sources
    }

    fn len(&self) -> usize {
        self.sources.iter().map(|source| source.features).sum()
    }

    fn chunks(&self) -> usize {
        self.chunk_ends.last().copied().unwrap_or(0)
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let (file, chunk) = self.locate(chunk);
        let parcels = self.files[file].read_chunk(chunk)?;
        self.check(file, &parcels)?;
        Ok(RawParcels { file, ..parcels })
    }

    fn bounds(&self, chunk: usize) -> Result<(usize, Bounds), InputError> {
        let (file, chunk) = self.locate(chunk);
        let bounds = self.files[file].bounds(chunk)?;
        // Which position it is that cannot be degrees, the whole chunk tells.
        if self.degrees[file] && !bounds.is_empty() && !axes::can_be_degrees(&bounds.min, &bounds.max) {
            self.check(file, &self.files[file].read_chunk(chunk)?)?;
        }
        Ok((file, bounds))
    }

    fn notices(&self) -> &Notices {
        &self.notices
    }
}

/// A file that was read whole, for formats that cannot be read in pieces.
struct WholeFile {
    source: SourceFile,
    features: Vec<RawFeature>,
    /// Each feature's fields as the text of a JSON object.
    properties: Vec<String>,
    id_field: Option<String>,
}

impl WholeFile {
    fn read(
        input: &Input<'_>,
        format: &Format,
        id_field: Option<&str>,
        notices: &mut Notices,
    ) -> Result<Self, InputError> {
        let table = (format.read)(input, &mut Reporter { notices, place: "parcels" })?;
        if axes::means_degrees(input.options.crs.as_deref(), table.crs.as_ref()) {
            axes::check_features(&input.path, &table.features)?;
        }
        let first = &table.features[..table.features.len().min(CHUNK_FEATURES)];
        if let (Some(field), Some(any)) = (id_field, first.first())
            && !first.iter().any(|feature| feature.fields.contains_key(field))
        {
            return Err(fields::missing_field(
                input.path.clone(),
                field,
                any.fields.keys().map(String::as_str).collect(),
            ));
        }
        let about = About { crs: table.crs, encoding: table.encoding, features: table.features.len() };
        let properties = table.features.iter().map(|feature| object_text(&feature.fields)).collect();
        let id_field = id_field.map(str::to_owned);
        Ok(Self { source: input.source(format, about), features: table.features, properties, id_field })
    }

    fn id(&self, feature: &RawFeature) -> Option<Cow<'_, str>> {
        id_of(feature, self.id_field.as_deref()?).map(Cow::Owned)
    }
}

impl ParcelFile for WholeFile {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.features.len().div_ceil(CHUNK_FEATURES)
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let first = chunk * CHUNK_FEATURES;
        let end = (first + CHUNK_FEATURES).min(self.features.len());
        let mut parcels = RawParcels { first, ..RawParcels::default() };
        for index in first..end {
            let feature = &self.features[index];
            let problem = push_shape(feature.geometry.as_ref(), &mut parcels.shapes);
            let properties = Cow::Borrowed(self.properties[index].as_str());
            parcels.records.push(ParcelRecord { id: self.id(feature), properties, geometry: None, problem });
        }
        Ok(parcels)
    }
}

fn object_text(fields: &Fields) -> String {
    // `Display` of a JSON value is its text.
    serde_json::Value::Object(fields.clone()).to_string()
}

/// Features as parcels; `first` is the 0-based position of the first one.
pub(super) fn from_features(features: &[RawFeature], first: usize, id_field: Option<&str>) -> RawParcels<'static> {
    let mut parcels = RawParcels { first, ..RawParcels::default() };
    for feature in features {
        let problem = push_shape(feature.geometry.as_ref(), &mut parcels.shapes);
        let id = id_field.and_then(|field| id_of(feature, field)).map(Cow::Owned);
        let properties = Cow::Owned(object_text(&feature.fields));
        parcels.records.push(ParcelRecord { id, properties, geometry: None, problem });
    }
    parcels
}

/// The text of the field with the ids.
fn id_of(feature: &RawFeature, field: &str) -> Option<String> {
    match feature.fields.get(field)? {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Adds the polygons of a geometry as one shape and says what is wrong with it.
fn push_shape(geometry: Option<&Geometry<f64>>, shapes: &mut Shapes) -> Option<GeometryProblem> {
    let problem = match geometry {
        None => Some(GeometryProblem::Null),
        Some(geometry) if geometry.coords_count() == 0 => Some(GeometryProblem::Empty),
        Some(geometry) if !geometry.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite()) => {
            Some(GeometryProblem::NotFinite)
        }
        Some(geometry) => (!push_polygons(geometry, shapes)).then_some(GeometryProblem::NotAPolygon),
    };
    shapes.end_shape();
    problem
}

/// Adds the polygons and says whether there was one.
fn push_polygons(geometry: &Geometry<f64>, shapes: &mut Shapes) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => push_polygon(polygon, shapes),
        Geometry::MultiPolygon(polygons) => polygons.iter().filter(|part| push_polygon(part, shapes)).count() > 0,
        Geometry::GeometryCollection(parts) => parts.iter().filter(|part| push_polygons(part, shapes)).count() > 0,
        _ => false,
    }
}

fn push_polygon(polygon: &Polygon<f64>, shapes: &mut Shapes) -> bool {
    if polygon.exterior().0.is_empty() {
        return false;
    }
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        ring.coords().for_each(|at| shapes.push_point([at.x, at.y]));
        shapes.end_ring();
    }
    shapes.end_polygon();
    true
}
