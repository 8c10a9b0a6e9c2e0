//! Layers that do not meet the parcels: the file of another place, or coordinates that are not what they are taken for.

use std::collections::BTreeMap;

use super::Preflight;
use crate::crs::{Crs, FromPlane};
use crate::geometry::{Bounds, Point};
use crate::inputs::gtfs;
use crate::layers::{City, LayerKey, LayerReport, StopRow};
use crate::notices::{Kind, Notices, Severity};

/// A layer too far from every parcel to say anything of one.
static ELSEWHERE: Kind = Kind {
    id: "layer-elsewhere",
    severity: Severity::Warning,
    what: "layer(s) that lie elsewhere than the parcels and say nothing of them",
    advice: "check that the files are of the same place (a prefecture has its own), and that `crs` is right for both",
};

/// A layer that would meet the parcels with its axes exchanged.
static AXES: Kind = Kind {
    id: "axes-exchanged",
    severity: Severity::Warning,
    what: "layer(s) that would meet the parcels if x and y were exchanged, and do not as they are",
    advice: "of the layer or the parcels, export the one whose first coordinate is the northing (X of 測量座標系) with the \
             easting first",
};

/// Tells of layers that do not come within reach of the parcels.
pub(super) fn layers_elsewhere(flight: &Preflight<'_>, notices: &mut Notices) {
    if flight.parcels.is_empty() {
        return;
    }
    let mut boxes = boxes(flight.city);
    let poles = flight.timetable.iter().flat_map(|timetable| &timetable.poles.poles);
    boxes.insert(gtfs::LAYER.to_owned(), around(poles.filter_map(|pole| pole.at.as_ref())));
    let boxes = boxes.into_iter().filter(|(_, bounds)| !bounds.is_empty());
    for (name, bounds) in boxes {
        let around = flight.parcels.grown(reach(&name, flight));
        if bounds.meets(&around) {
            continue;
        }
        let exchanged = in_metres(&name, flight.layers) && exchanged(&bounds).meets(&around);
        let kind = if exchanged { &AXES } else { &ELSEWHERE };
        let degrees = |bounds: &Bounds| degrees(bounds, flight.from_plane);
        let there = format_args!("at {}; parcels at {}", degrees(&bounds), degrees(&flight.parcels)).to_string();
        notices.add(&name, kind, there);
    }
}

/// The box around each layer by its name in messages; of stops and centres, too, that are expected.
fn boxes(city: &City) -> BTreeMap<String, Bounds> {
    let rows = |rows: &[StopRow]| around(rows.iter().flat_map(|row| &row.parts).flatten());
    let mut boxes: BTreeMap<String, Bounds> = BTreeMap::new();
    let mut put = |key: LayerKey, bounds: Option<Bounds>| {
        boxes.extend(bounds.map(|bounds| (key.name().to_owned(), bounds)));
    };
    put(LayerKey::Stations, city.stations.as_deref().map(rows));
    put(LayerKey::Stops, city.stops.as_deref().map(rows));
    let areas = [
        (LayerKey::Did, &city.did),
        (LayerKey::PublicLand, &city.public_land),
        (LayerKey::UrbanZone, &city.urban_zone),
        (LayerKey::InductionArea, &city.induction_area),
    ];
    for (key, shapes) in areas {
        put(key, shapes.as_ref().map(crate::geometry::Shapes::bounds));
    }
    let given = city.units.as_ref().filter(|units| units.origin == LayerKey::Units.name());
    put(LayerKey::Units, given.map(|units| units.shapes.bounds()));
    let census = city.census.as_ref().map(|census| census.shapes.bounds().union(census.surveyed.bounds()));
    put(LayerKey::Census, census);
    let facilities = city.facilities.as_ref();
    put(LayerKey::Facilities, facilities.map(|all| around(all.iter().flat_map(|one| &one.parts).flatten())));
    let municipalities = city.municipalities.as_ref();
    put(LayerKey::Municipalities, municipalities.map(|all| around(all.iter().flat_map(|one| one.shapes.points()))));
    put(LayerKey::HubCentres, city.hub_centres.as_ref().map(|points| Bounds::of(points)));
    let expected = |key: LayerKey| format!("prospective.{}", key.name());
    boxes.extend(city.expectations.areas.iter().map(|(&key, shapes)| (expected(key), shapes.bounds())));
    boxes.insert(expected(LayerKey::Stops), rows(&city.expectations.stops));
    boxes
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Bounds {
    points.fold(Bounds::EMPTY, |bounds, &point| bounds.including(point))
}

/// How far from a parcel a layer's features can matter to it, m.
fn reach(name: &str, flight: &Preflight<'_>) -> f64 {
    let thresholds = &flight.project.rules.thresholds;
    let of = |key: LayerKey| name.ends_with(key.name());
    if name == gtfs::LAYER || of(LayerKey::HubCentres) || of(LayerKey::Stations) || of(LayerKey::Stops) {
        flight.stop_reach()
    } else if of(LayerKey::Facilities) {
        thresholds.facility_spacing_m
    } else if of(LayerKey::Did) || of(LayerKey::PublicLand) {
        // They, too, make central zones.
        thresholds.hub_radius_m
    } else {
        0.0
    }
}

/// The box with x and y exchanged.
fn exchanged(bounds: &Bounds) -> Bounds {
    let turned = |[x, y]: Point| [y, x];
    Bounds { min: turned(bounds.min), max: turned(bounds.max) }
}

/// Whether all files of a layer are in metres: degrees with their axes exchanged are an error when they are read.
fn in_metres(name: &str, layers: &[LayerReport]) -> bool {
    let report = layers.iter().find(|report| report.name == name);
    let metres = |crs: &(String, &str)| {
        let code = crs.0.rsplit_once("(EPSG:").and_then(|(_, code)| code.strip_suffix(')'));
        code.and_then(|code| Crs::parse(&format!("EPSG:{code}")).ok()).is_some_and(|crs| !crs.is_geographic())
    };
    report.is_some_and(|report| report.files.iter().filter_map(|file| file.crs.as_ref()).all(metres))
}

/// The box in degrees, for a reader.
fn degrees(bounds: &Bounds, from_plane: &FromPlane) -> String {
    let corners = [bounds.min, [bounds.max[0], bounds.min[1]], bounds.max, [bounds.min[0], bounds.max[1]]];
    let [west, south] = Bounds::of(&corners.map(|corner| from_plane.lon_lat(corner))).min;
    let [east, north] = Bounds::of(&corners.map(|corner| from_plane.lon_lat(corner))).max;
    format!("{west:.2}–{east:.2}°E {south:.2}–{north:.2}°N")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;

    #[test]
    fn a_box_is_told_in_degrees_and_turns_round_by_exchange() {
        let bounds = Bounds { min: [-20_000.0, -125_000.0], max: [-10_000.0, -120_000.0] };
        assert_eq!(degrees(&bounds, &FromPlane::new(Plane::new(8).unwrap())), "138.28–138.39°E 34.87–34.92°N");
        assert_eq!(exchanged(&exchanged(&bounds)), bounds);
        assert!(!exchanged(&bounds).meets(&bounds));
    }
}
