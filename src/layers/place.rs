//! Where a layer is: the CRS of each of its files, and its features brought into the plane.

use std::cell::Cell;
use std::path::Path;

use geo::{CoordsIter, Geometry, MapCoordsInPlace, coord};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::datums::{off_grid_notice, reasons, tell_datum};
use super::lost::OUT_OF_REACH;
use super::{LayerError, LayerSpec, Publication};
use crate::crs::{Crs, CrsError, DatumGrids, OffGrid, Plane, ToPlane};
use crate::geometry::Point;
use crate::inputs::{self, RawFeature, RawLayer, SourceFile};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A datum that is not quite JGD2011.
pub static DATUM: NoticeKind = NoticeKind {
    id: "datum-shift",
    severity: Severity::Warning,
    what: Text::new("JGD2011と異なる測地系のファイルがあります。", "file(s) on another datum than JGD2011"),
    advice: Some(Text::new(
        "センチメートルの精度が要るときは、国土地理院の格子（.par）を`datum_grids`に指定してください。",
        "for centimetres, name GSI's grids (.par) in `datum_grids`",
    )),
};

/// Where coordinates are to be brought.
#[derive(Debug, Clone, Copy)]
pub struct Onto<'a> {
    /// The plane.
    pub plane: Plane,
    /// The grids of shifts from older datums that lie on the way.
    pub grids: &'a DatumGrids,
}

/// The CRS that a file was read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrsUsed {
    /// What it is called.
    pub name: Text,
    /// Where it was learnt from.
    pub found_in: Text,
    /// The names of the grids that its coordinates went through, where these cover them.
    pub grids: Vec<String>,
}

/// Brings every feature into the plane; returns for each file the CRS it was read in.
pub(super) fn project(
    raw: &mut RawLayer,
    published: &[Option<&Publication>],
    spec: &LayerSpec,
    onto: Onto<'_>,
    place: &'static str,
    notices: &mut Notices,
) -> Result<Vec<Option<CrsUsed>>, LayerError> {
    let mut used = Vec::new();
    for (number, file) in raw.files.iter().enumerate() {
        let features = || raw.features.iter().filter(move |feature| feature.file == number);
        if features().all(|feature| feature.geometry.is_none()) {
            used.push(None);
            continue;
        }
        let published = published[number].and_then(|found| found.crs).filter(|_| file.crs.is_none());
        let (crs, found_in) = match (&spec.read.crs, published) {
            (None, Some(published)) => (parse(published, &file.path)?, PUBLICATION),
            (demanded, _) => crs_of(file, demanded.as_deref(), place)?,
        };
        if crs.is_geographic() {
            for feature in features() {
                for position in feature.geometry.iter().flat_map(CoordsIter::coords_iter) {
                    inputs::check_degrees(&file.path, feature.number, [position.x, position.y])?;
                }
            }
        }
        if !crs.is_geographic() {
            let positions: Vec<(usize, Point)> = features()
                .flat_map(|feature| feature.geometry.iter().map(move |geometry| (feature.number, geometry)))
                .flat_map(|(number, geometry)| geometry.coords_iter().map(move |at| (number, [at.x, at.y])))
                .collect();
            inputs::check_metres(&file.path, &crs.name(), positions.iter().map(|(number, at)| (*number, at)))?;
        }
        tell_datum(&crs, onto.grids, place, notices);
        let to_plane =
            ToPlane::over(&crs, onto.plane, onto.grids).map_err(|source| LayerError::crs(&file.path, source))?;
        let mut located: Vec<&mut RawFeature> =
            raw.features.iter_mut().filter(|feature| feature.file == number).collect();
        let converted: Vec<_> = located.par_iter_mut().map(|feature| bring(feature, &to_plane)).collect();
        let (mut any, mut out_of_reach) = (false, None);
        for (feature, (done, off)) in located.into_iter().zip(converted) {
            let (path, number) = (file.path.display(), feature.number);
            match done {
                Ok(was_there) => any |= was_there,
                // Nowhere is no place, and least of all one that is far from everything.
                Err(source @ CrsError::OutOfReach { x, y, .. }) => {
                    feature.geometry = None;
                    out_of_reach = out_of_reach.or(Some(source));
                    let which = text!("{path}: {number}番目の地物（{x}, {y}）", "{path}: feature {number} ({x}, {y})");
                    notices.add(place, &OUT_OF_REACH, which);
                    continue;
                }
                Err(source) => return Err(LayerError::crs(&file.path, source)),
            }
            for why in reasons(&off) {
                let which = text!("{path}: {number}番目の地物", "{path}: feature {number}");
                notices.add(place, off_grid_notice(why), which);
            }
        }
        // Where all of a file lies nowhere, its coordinates are of another system.
        if let Some(source) = out_of_reach.filter(|_| !any) {
            return Err(LayerError::crs(&file.path, source));
        }
        used.push(Some(CrsUsed { name: crs.title(), found_in, grids: crs.grid_names(onto.grids) }));
    }
    Ok(used)
}

/// Brings all positions of a geometry into the plane at once.
///
/// # Errors
/// A position that is out of reach; see [`ToPlane::convert`].
pub fn convert(geometry: &mut Geometry<f64>, to_plane: &ToPlane) -> Result<(), CrsError> {
    convert_telling(geometry, to_plane, &mut Vec::new())
}

/// Brings a feature into the plane: whether it has a geometry, and which of its positions grids do not simply shift.
fn bring(feature: &mut RawFeature, to_plane: &ToPlane) -> (Result<bool, CrsError>, Vec<(usize, OffGrid)>) {
    let mut off = Vec::new();
    let done = feature.geometry.as_mut().map(|geometry| convert_telling(geometry, to_plane, &mut off));
    (done.map_or(Ok(false), |done| done.map(|()| true)), off)
}

/// The same, and adds to `off` which positions grids do not simply shift.
fn convert_telling(
    geometry: &mut Geometry<f64>,
    to_plane: &ToPlane,
    off: &mut Vec<(usize, OffGrid)>,
) -> Result<(), CrsError> {
    let mut points: Vec<Point> = geometry.coords_iter().map(|position| [position.x, position.y]).collect();
    to_plane.convert_telling(&mut points, off)?;
    let next = Cell::new(0);
    geometry.map_coords_in_place(|_| {
        let [x, y] = points[next.replace(next.get() + 1)];
        coord! { x: x, y: y }
    });
    Ok(())
}

/// The CRS of a file: what the project file demands, else what the file says.
///
/// # Errors
/// A text that names no CRS, or a file that names none where the project file does not either.
pub fn crs_of(file: &SourceFile, demanded: Option<&str>, layer: &'static str) -> Result<(Crs, Text), LayerError> {
    let (text, found_in) = match (demanded, &file.crs) {
        (Some(demanded), _) => (demanded, PROJECT_FILE),
        (None, Some(declared)) => (declared.text.as_str(), declared.found_in.clone()),
        // Nothing in it has to be anywhere.
        (None, None) if file.features == 0 => return Ok((Crs::jgd2011(), NO_FEATURES)),
        (None, None) => return Err(LayerError::NoCrs { layer, path: file.path.clone() }),
    };
    Ok((parse(text, &file.path)?, found_in))
}

/// A CRS that the project file names.
pub const PROJECT_FILE: Text = Text::new("プロジェクトファイル", "project file");
/// A CRS that all files of a publication have.
pub const PUBLICATION: Text = Text::new("公開元の仕様", "publication");
const NO_FEATURES: Text = Text::new("地物なし", "no features");

fn parse(text: &str, path: &Path) -> Result<Crs, LayerError> {
    Crs::parse(text).map_err(|source| LayerError::crs(path, source))
}
