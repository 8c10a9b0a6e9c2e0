//! Where a layer is: the CRS of each of its files, and its features brought into the plane.

use std::cell::Cell;
use std::path::Path;

use geo::{CoordsIter, Geometry, MapCoordsInPlace, coord};

use super::lost::OUT_OF_REACH;
use super::{LayerError, LayerSpec, Publication};
use crate::crs::{Crs, CrsError, Plane, ToPlane};
use crate::geometry::Point;
use crate::inputs::{self, RawLayer, SourceFile};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A datum that is not quite JGD2011.
pub static DATUM: NoticeKind = NoticeKind {
    id: "datum-shift",
    severity: Severity::Warning,
    what: Text::new("JGD2011と異なる測地系のファイルがあります。", "file(s) on another datum than JGD2011"),
    advice: Some(Text::new(
        "センチメートルの精度が要るときは、先に国土地理院の変換パラメータで変換してください。",
        "for centimetres, convert the file with GSI's own parameters first",
    )),
};

/// The CRS that a file was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrsUsed {
    /// What it is called.
    pub name: Text,
    /// Where it was learnt from.
    pub found_in: Text,
}

/// Brings every feature into the plane; returns for each file the CRS it was read in.
pub(super) fn project(
    raw: &mut RawLayer,
    published: &[Option<&Publication>],
    spec: &LayerSpec,
    plane: Plane,
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
        if let Some(note) = crs.datum_note() {
            notices.add(place, &DATUM, note);
        }
        let to_plane = ToPlane::new(&crs, plane).map_err(|source| LayerError::crs(&file.path, source))?;
        let (mut any, mut out_of_reach) = (false, None);
        for feature in raw.features.iter_mut().filter(|feature| feature.file == number) {
            let Some(geometry) = &mut feature.geometry else { continue };
            match convert(geometry, &to_plane) {
                Ok(()) => any = true,
                // Nowhere is no place, and least of all one that is far from everything.
                Err(source @ CrsError::OutOfReach { x, y, .. }) => {
                    feature.geometry = None;
                    out_of_reach = out_of_reach.or(Some(source));
                    let (path, number) = (file.path.display(), feature.number);
                    notices.add(
                        place,
                        &OUT_OF_REACH,
                        text!("{path}: {number}番目の地物（{x}, {y}）", "{path}: feature {number} ({x}, {y})"),
                    );
                }
                Err(source) => return Err(LayerError::crs(&file.path, source)),
            }
        }
        // Where all of a file lies nowhere, its coordinates are of another system.
        if let Some(source) = out_of_reach.filter(|_| !any) {
            return Err(LayerError::crs(&file.path, source));
        }
        used.push(Some(CrsUsed { name: crs.title(), found_in }));
    }
    Ok(used)
}

/// Brings all positions of a geometry into the plane at once.
///
/// # Errors
/// A position that is out of reach; see [`ToPlane::convert`].
pub fn convert(geometry: &mut Geometry<f64>, to_plane: &ToPlane) -> Result<(), CrsError> {
    let mut points: Vec<Point> = geometry.coords_iter().map(|position| [position.x, position.y]).collect();
    to_plane.convert(&mut points)?;
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
