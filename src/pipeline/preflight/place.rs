//! Layers that do not meet the parcels: the file of another place, or coordinates that are not what they are taken for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Preflight;
use crate::crs::{Crs, FromPlane};
use crate::geometry::{Bounds, Point, Shapes};
use crate::inputs::{InputError, gtfs};
use crate::layers::{City, CrsUsed, Layer, LayerKey, LayerReport, SUPPOSED};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A layer too far from every parcel to say anything of one.
static ELSEWHERE: NoticeKind = NoticeKind {
    id: "layer-elsewhere",
    severity: Severity::Warning,
    what: Text::new(
        "筆から離れた場所にあり、筆について何も示さないレイヤーがあります。",
        "layer(s) that lie elsewhere than the parcels and say nothing of them",
    ),
    advice: Some(Text::new(
        "筆と同じ地域のファイルか（都道府県ごとに分かれています）、どちらの `crs` も正しいかを確かめてください。",
        "check that the files are of the same place (a prefecture has its own), and that `crs` is right for both",
    )),
};

/// A layer of another place, which is as good as none.
static ANOTHER_PLACE: NoticeKind = NoticeKind {
    id: "layer-of-another-place",
    severity: Severity::Warning,
    what: Text::new(
        "別の地域のレイヤーがあり、指定のないものとして扱いました（ここに何もないことにはなりません）。",
        "layer(s) of another place, taken as not given: that there is nothing of them here is not known",
    ),
    advice: Some(Text::new(
        "筆と同じ地域のファイルか（都道府県ごとに分かれています）、どちらの `crs` も正しいかを確かめてください。市にないものなら `[]` と書いてください。",
        "check that the files are of the same place (a prefecture has its own), and that `crs` is right for both; of what the \
         city has none, write `[]`",
    )),
};

/// A layer that would meet the parcels with its axes exchanged.
static AXES: NoticeKind = NoticeKind {
    id: "axes-exchanged",
    severity: Severity::Warning,
    what: Text::new(
        "xとyを入れ替えれば筆と重なるのに、そのままでは重ならないレイヤーがあります。",
        "layer(s) that would meet the parcels if x and y were exchanged, and do not as they are",
    ),
    advice: Some(Text::new(
        "レイヤーと筆のうち、1番目の座標が南北方向（測量座標系のX）になっている方を、東西方向を先にして書き出し直してください。",
        "of the layer or the parcels, export the one whose first coordinate is the northing (X of 測量座標系) with the \
             easting first",
    )),
};

/// Tells of layers that do not come within reach of the parcels.
///
/// # Errors
/// A table whose points would be near with its axes exchanged: nothing else can have been meant, and its columns can be
/// named the other way round.
pub(super) fn layers_elsewhere(flight: &Preflight<'_>, notices: &mut Notices) -> Result<(), InputError> {
    if flight.parcels.is_empty() {
        return Ok(());
    }
    let mut boxes = boxes(&flight.opened.city);
    for (&key, &bounds) in &flight.opened.elsewhere {
        boxes.insert(key.name().to_owned(), (Some(key), bounds));
    }
    let poles = flight.opened.timetable().into_iter().flat_map(|timetable| &timetable.poles.poles);
    boxes.insert(gtfs::LAYER.to_owned(), (None, around(poles.filter_map(|pole| pole.at.as_ref()))));
    let boxes = boxes.into_iter().filter(|(_, (_, bounds))| !bounds.is_empty());
    for (name, (layer, bounds)) in boxes {
        let around = flight.parcels.grown(reach(layer, flight));
        if bounds.meets(&around) {
            continue;
        }
        let exchanged = in_metres(&name, &flight.opened.layers) && exchanged(&bounds).meets(&around);
        if let Some((path, [x, y])) = table_of(&name, &flight.opened.layers).filter(|_| exchanged) {
            return Err(InputError::PlaneAxes { path, x, y });
        }
        let is_forgotten = layer.is_some_and(|layer| flight.opened.elsewhere.contains_key(&layer));
        let kind = match (exchanged, is_forgotten) {
            (true, _) => &AXES,
            (false, true) => &ANOTHER_PLACE,
            (false, false) => &ELSEWHERE,
        };
        let degrees = |bounds: &Bounds| degrees(bounds, &flight.opened.from_plane);
        let there = text!(
            "レイヤーは{layer}、筆は{parcels}",
            "at {layer}; parcels at {parcels}",
            layer = degrees(&bounds),
            parcels = degrees(&flight.parcels)
        );
        notices.add(&name, kind, there);
    }
    Ok(())
}

/// The table that a layer is, and its columns of easting and northing.
fn table_of(name: &str, layers: &[LayerReport]) -> Option<(PathBuf, [String; 2])> {
    let files = &layers.iter().find(|report| report.name == name)?.files;
    let first = files.first().filter(|_| files.iter().all(|file| file.source.axes.is_some()))?;
    Some((first.source.path.clone(), first.source.axes.clone()?))
}

/// The box around each layer by its name in messages, with the layer; also of what is expected and supposed. Timetables are
/// no layer.
fn boxes(city: &City) -> BTreeMap<String, (Option<LayerKey>, Bounds)> {
    let mut boxes = BTreeMap::new();
    let mut put = |table: &str, key: LayerKey, bounds: Bounds| {
        boxes.insert(format!("{table}{}", key.name()), (Some(key), bounds));
    };
    for (key, bounds) in boxes_of_layers(city) {
        put("", key, bounds);
    }
    for (&key, shapes) in &city.expectations {
        put("prospective.", key, shapes.bounds());
    }
    for (&key, &bounds) in &city.supposed.bounds {
        put(SUPPOSED, key, bounds);
    }
    boxes
}

/// The box around each layer.
pub(in crate::pipeline) fn boxes_of_layers(city: &City) -> impl Iterator<Item = (LayerKey, Bounds)> {
    let units = city.units().filter(|units| units.are_given());
    let units = units.map(|units| (LayerKey::Units, units.shapes.bounds()));
    city.layers().map(|(key, layer)| (key, layer_bounds(city, key, layer))).chain(units)
}

/// The box around a layer and what may belong to it.
fn layer_bounds(city: &City, key: LayerKey, layer: &Layer) -> Bounds {
    city.doubtful(key).map_or(Bounds::EMPTY, Shapes::bounds).union(layer.bounds())
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Bounds {
    points.fold(Bounds::EMPTY, |bounds, &point| bounds.including(point))
}

/// How far from a parcel the features of a layer, or timetables, can matter to it, m.
fn reach(layer: Option<LayerKey>, flight: &Preflight<'_>) -> f64 {
    layer.map_or_else(|| flight.stop_reach(), |layer| flight.rules().reach_of(layer).0)
}

/// The box with x and y exchanged.
fn exchanged(bounds: &Bounds) -> Bounds {
    let turned = |[x, y]: Point| [y, x];
    Bounds { min: turned(bounds.min), max: turned(bounds.max) }
}

/// Whether all files of a layer are in metres: degrees with their axes exchanged are an error when they are read.
fn in_metres(name: &str, layers: &[LayerReport]) -> bool {
    let report = layers.iter().find(|report| report.name == name);
    let metres = |crs: &CrsUsed| {
        let code = crs.name.en.rsplit_once("(EPSG:").and_then(|(_, code)| code.strip_suffix(')'));
        code.and_then(|code| Crs::parse(&format!("EPSG:{code}")).ok()).is_some_and(|crs| !crs.is_geographic())
    };
    report.is_some_and(|report| report.files.iter().filter_map(|file| file.crs.as_ref()).all(metres))
}

/// The box in degrees, for a reader.
fn degrees(bounds: &Bounds, from_plane: &FromPlane) -> Text {
    let corners = [bounds.min, [bounds.max[0], bounds.min[1]], bounds.max, [bounds.min[0], bounds.max[1]]];
    let [west, south] = Bounds::of(&corners.map(|corner| from_plane.lon_lat(corner))).min;
    let [east, north] = Bounds::of(&corners.map(|corner| from_plane.lon_lat(corner))).max;
    text!("東経{west:.2}〜{east:.2}°、北緯{south:.2}〜{north:.2}°", "{west:.2}–{east:.2}°E {south:.2}–{north:.2}°N")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;

    #[test]
    fn a_box_is_told_in_degrees_and_turns_round_by_exchange() {
        let bounds = Bounds { min: [-20_000.0, -125_000.0], max: [-10_000.0, -120_000.0] };
        let told = degrees(&bounds, &FromPlane::new(Plane::new(8).unwrap()));
        assert_eq!(told.en, "138.28–138.39°E 34.87–34.92°N");
        assert_eq!(told.ja, "東経138.28〜138.39°、北緯34.87〜34.92°");
        assert_eq!(exchanged(&exchanged(&bounds)), bounds);
        assert!(!exchanged(&bounds).meets(&bounds));
    }
}
