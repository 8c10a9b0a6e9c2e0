//! A context layer (stations, districts, …): all its files, whole.

use std::path::PathBuf;

use geo::{CoordsIter, Geometry};

use super::format::{About, Input, Reporter};
use super::store::Store;
use super::{InputError, RawLayer, ReadOptions, axes};
use crate::notices::{Kind, Notices, Severity};

/// A file of a layer without a single feature.
static NO_FEATURES: Kind = Kind {
    id: "no-features",
    severity: Severity::Warning,
    what: "files hold no features",
    advice: "check that this is the file that was meant",
};

/// A geometry with a coordinate that is not a number.
static NOT_FINITE: Kind = Kind {
    id: "coordinate-not-finite",
    severity: Severity::Skipped,
    what: "features have a coordinate that is not a finite number; they are used without geometry",
    advice: "correct them where the file was made",
};

/// Reads every file of a layer, in any format of [`super::FORMATS`]; notices go to `place`, the layer's name.
///
/// # Errors
/// What keeps a file from being read, and positions that cannot be those of its CRS ([`super::check_degrees`]).
pub fn read_layer(
    paths: &[PathBuf],
    options: &ReadOptions,
    notices: &mut Notices,
    place: &str,
) -> Result<RawLayer, InputError> {
    let mut layer = RawLayer::default();
    let mut reporter = Reporter { notices, place };
    let mut store = Store::default();
    for path in paths {
        let input = Input::open(&mut store, path, options)?;
        let format = input.format()?;
        let mut table = (format.read)(&input, &mut reporter)?;
        if table.features.is_empty() {
            reporter.add(&NO_FEATURES, path.display());
        }
        if axes::means_degrees(options.crs.as_deref(), table.crs.as_ref()) {
            axes::check_features(path, &table.features)?;
        }
        for feature in &mut table.features {
            feature.file = layer.files.len();
            let finite =
                |geometry: &Geometry<f64>| geometry.coords_iter().all(|at| at.x.is_finite() && at.y.is_finite());
            if !feature.geometry.as_ref().is_none_or(finite) {
                feature.geometry = None;
                reporter.add(&NOT_FINITE, format_args!("{}: feature {}", path.display(), feature.number));
            }
        }
        let about = About { crs: table.crs, encoding: table.encoding, features: table.features.len() };
        layer.files.push(input.source(format, about));
        layer.features.append(&mut table.features);
        layer.labels.append(&mut table.labels);
    }
    Ok(layer)
}
