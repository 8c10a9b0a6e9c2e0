//! A context layer (stations, districts, …): all its files, whole.

use std::path::PathBuf;

use geo::{CoordsIter, Geometry};

use super::files::Bytes;
use super::files::{Located, Store};
use super::format::{About, FeatureTable, Input, Reporter};
use super::{InputError, RawLayer, ReadOptions, SourceFile, axes};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A file of a layer without a single feature.
static NO_FEATURES: NoticeKind = NoticeKind {
    id: "no-features",
    severity: Severity::Warning,
    what: Text::new("地物が1つもないファイルがあります。", "files hold no features"),
    advice: Some(Text::new(
        "使うつもりのファイルかどうかを確かめてください。",
        "check that this is the file that was meant",
    )),
};

/// A geometry with a coordinate that is not a number.
static NOT_FINITE: NoticeKind = NoticeKind {
    id: "coordinate-not-finite",
    severity: Severity::Skipped,
    what: Text::new(
        "座標に数でない値や無限大を含む地物があります。形のないものとして扱います。",
        "features have a coordinate that is not a finite number; they are used without geometry",
    ),
    advice: Some(Text::new("データの作成元で直してください。", "correct them where the file was made")),
};

/// Reads every file of a layer, in any format of [`super::FORMATS`]; notices go to `place`, the layer's name.
///
/// # Errors
/// What keeps a file from being read, [`InputError::NothingLeft`] where all that there was had to be left out, and positions that cannot be those of its CRS ([`super::check_degrees`]).
pub fn read_layer(
    paths: &[PathBuf],
    options: &ReadOptions,
    notices: &mut Notices,
    place: &str,
) -> Result<RawLayer, InputError> {
    #[cfg(feature = "geoparquet")]
    if let Some(table) = &options.table {
        let mut reporter = Reporter { notices, place };
        let (mut layer, found) = (RawLayer::default(), super::arrow::read(table, &mut reporter)?);
        add(&mut layer, found, table.source(), options, &mut reporter)?;
        return Ok(layer);
    }
    let mut store = Store::default();
    read_all(paths.iter().map(|path| Input::open(store.locate(path)?, options)), notices, place)
}

/// [`read_layer`] of files whose places are known.
pub(super) fn read_located(
    files: Vec<Located>,
    options: &ReadOptions,
    notices: &mut Notices,
    place: &str,
) -> Result<RawLayer, InputError> {
    read_all(files.into_iter().map(|file| Input::open(file, options)), notices, place)
}

/// [`read_layer`] for one file that is in memory, for instance because it was downloaded. `name` stands for its path: in
/// messages, and because the ending tells the format where the bytes do not. Companions, such as the `.dbf` of a
/// shapefile, are looked for beside that path.
///
/// # Errors
/// As [`read_layer`].
///
/// ```
/// use kyoten::inputs::{ReadOptions, read_layer_from_memory};
/// use kyoten::notices::Notices;
/// let table = "name,lon,lat\n焼津駅,138.32,34.87\n";
/// let options = ReadOptions::default();
/// let layer = read_layer_from_memory("stops.csv", table.into(), &options, &mut Notices::default(), "stops")?;
/// assert_eq!(layer.features[0].fields["name"], "焼津駅");
/// # Ok::<(), kyoten::inputs::InputError>(())
/// ```
pub fn read_layer_from_memory(
    name: impl Into<PathBuf>,
    bytes: Vec<u8>,
    options: &ReadOptions,
    notices: &mut Notices,
    place: &str,
) -> Result<RawLayer, InputError> {
    read_all(std::iter::once(Input::of(name.into(), Bytes::Owned(bytes), options)), notices, place)
}

fn read_all<'o>(
    inputs: impl Iterator<Item = Result<Input<'o>, InputError>>,
    notices: &mut Notices,
    place: &str,
) -> Result<RawLayer, InputError> {
    let mut layer = RawLayer::default();
    let mut left_out = 0;
    let mut reporter = Reporter { notices, place };
    for input in inputs {
        let input = input?;
        let format = input.format()?;
        let table = (format.read)(&input, &mut reporter)?;
        left_out += table.left_out;
        let about = About { crs: table.crs.clone(), encoding: table.encoding.clone(), features: table.features.len() };
        let source = SourceFile { axes: table.axes.clone(), ..input.source(format, about) };
        add(&mut layer, table, source, input.options, &mut reporter)?;
    }
    if layer.features.is_empty() && left_out > 0 {
        let first = layer.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(InputError::empty(first, reporter.notices, place));
    }
    Ok(layer)
}

/// Adds what a file holds to a layer.
fn add(
    layer: &mut RawLayer,
    mut table: FeatureTable,
    source: SourceFile,
    options: &ReadOptions,
    reporter: &mut Reporter<'_>,
) -> Result<(), InputError> {
    let path = &source.path;
    layer.lost += table.lost;
    if table.features.is_empty() && table.left_out == 0 {
        reporter.add(&NO_FEATURES, path.display());
    }
    if axes::means_degrees(options.crs.as_deref(), table.crs.as_ref()) {
        axes::check_features(path, &table.features)?;
    }
    for feature in &mut table.features {
        feature.file = layer.files.len();
        let finite = |geometry: &Geometry<f64>| geometry.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
        if !feature.geometry.as_ref().is_none_or(finite) {
            feature.geometry = None;
            let number = feature.number;
            reporter.add_with(&NOT_FINITE, || {
                text!("{path}: {number}番目の地物", "{path}: feature {number}", path = path.display())
            });
        }
    }
    layer.files.push(source);
    layer.features.append(&mut table.features);
    layer.labels.append(&mut table.labels);
    layer.unplaced = layer.unplaced.take().or(table.unplaced);
    Ok(())
}
