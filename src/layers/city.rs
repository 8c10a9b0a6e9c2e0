//! All layers of one city, in one plane.

use std::collections::BTreeMap;

use geo::{Centroid, Geometry};
use rayon::prelude::*;

use super::area::{areas, place};
use super::stops::{NO_PLACE, peak_rows, stop_rows, tell_peaks_of_nothing};
use super::{
    Census, Facility, LayerError, LayerKey, LayerReport, LayerSpec, Loaded, Mesh, PeakRow, PeakSource, StopRow, census,
    facilities, load,
};
use crate::crs::{Crs, FromPlane, Plane, ScaleField, ToPlane};
use crate::geometry::{Bounds, Point, Shapes};
use crate::notices::{Kind, Notices, Severity};

/// Evaluation units that nobody gave.
pub static MESH_UNITS: Kind = Kind {
    id: "mesh-as-units",
    severity: Severity::Info,
    what: "layer left out, and no census units: the public-land ratio is taken by 250 m mesh",
    advice: "give the layer `units` (blocks or districts) if the programme's area is measured by other units",
};

/// What is known of a city, in plane metres. `None`: the layer is not given, so nothing is known; an empty list: the
/// project file says that there is none.
#[derive(Debug)]
pub struct City {
    /// The plane rectangular system of every coordinate.
    pub plane: Plane,
    /// Its point scale factor.
    pub scale: ScaleField,
    /// The municipality's code 市区町村コード, where the project file says.
    pub municipality: Option<String>,
    /// Rail and subway stations.
    pub stations: Option<Vec<StopRow>>,
    /// Bus and tram stops.
    pub stops: Option<Vec<StopRow>>,
    /// Peak trips by name and line.
    pub peaks: Vec<PeakRow>,
    /// Densely inhabited districts.
    pub did: Option<Shapes>,
    /// Land that counts as public.
    pub public_land: Option<Shapes>,
    /// The units over which the public-land ratio is taken.
    pub units: Option<LandUnits>,
    /// Residents.
    pub census: Option<Census>,
    /// 市街化区域 or use zones.
    pub urban_zone: Option<Shapes>,
    /// Urban-function induction area.
    pub induction_area: Option<Shapes>,
    /// Existing senior facilities.
    pub facilities: Option<Vec<Facility>>,
    /// Municipal areas with their codes.
    pub municipalities: Option<Vec<Municipality>>,
    /// The planner's centres of central zones.
    pub hub_centres: Option<Vec<Point>>,
    /// What the planner expects.
    pub expectations: Expectations,
    /// Stations and stops of a what-if.
    pub added_stops: Vec<StopRow>,
}

/// The planner's declared expectations 見込み: places by the layer that they add to, and stops to come.
#[derive(Debug, Default)]
pub struct Expectations {
    /// Areas: a future DID, an area certain to reach the public-land ratio (`public_land`) or the density of older
    /// residents (`census`), a zone or induction area to be designated.
    pub areas: BTreeMap<LayerKey, Shapes>,
    /// Planned stations and stops.
    pub stops: Vec<StopRow>,
}

/// The units over which the public-land ratio is taken.
#[derive(Debug)]
pub struct LandUnits {
    /// Their shapes.
    pub shapes: Shapes,
    /// Where they come from: `units`, `census` or `250 m mesh`.
    pub origin: &'static str,
}

/// One municipality.
#[derive(Debug)]
pub struct Municipality {
    /// Its code, five digits.
    pub code: String,
    /// Its area, one or more shapes.
    pub shapes: Shapes,
}

/// Where the layers come from and how they are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The layers of `[layers]`; parcels are not read here.
    pub layers: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The layers of `[prospective]`.
    pub expectations: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The municipality's code.
    pub municipality: Option<&'a str>,
    /// Operators whose 軌道 are subways.
    pub subways: &'a [String],
}

/// What one layer turns into.
enum Typed {
    Stops(Vec<StopRow>),
    Peaks(Vec<PeakRow>),
    Area(Shapes),
    Census(Census),
    Facilities(Vec<Facility>),
    Municipalities(Vec<Municipality>),
    Points(Vec<Point>),
}

/// Reads every layer but the parcels, in parallel, into `plane`; with what a run says of each.
///
/// # Errors
/// The first layer in the order of [`super::LAYERS`] that cannot be used.
pub fn read_city(
    sources: &Sources<'_>,
    plane: Plane,
    notices: &mut Notices,
) -> Result<(City, Vec<LayerReport>), LayerError> {
    let given =
        sources.layers.iter().filter(|(key, _)| **key != LayerKey::Parcels).map(|(key, spec)| (false, *key, spec));
    let expected = sources.expectations.iter().map(|(key, spec)| (true, *key, spec));
    let wanted: Vec<(bool, LayerKey, &LayerSpec)> = given.chain(expected).collect();
    let read: Vec<_> = wanted
        .par_iter()
        .map(|&(expected, key, spec)| {
            let mut notices = Notices::default();
            let found = read_layer(key, spec, expected, plane, sources.subways, &mut notices);
            (expected, key, found, notices)
        })
        .collect();
    let mut city = City::empty(plane, sources.municipality.map(str::to_owned));
    let mut reports = Vec::new();
    for (expected, key, found, layer_notices) in read {
        notices.merge(layer_notices);
        let (typed, report) = found?;
        reports.extend(report);
        if expected { city.expect(key, typed) } else { city.put(key, typed) }
    }
    let stops = city.stations.iter().chain(&city.stops).flatten().chain(&city.expectations.stops);
    tell_peaks_of_nothing(&city.peaks, stops, notices);
    city.units = city.units.take().or_else(|| city.other_units(notices));
    Ok((city, reports))
}

fn read_layer(
    key: LayerKey,
    spec: &LayerSpec,
    expected: bool,
    plane: Plane,
    subways: &[String],
    notices: &mut Notices,
) -> Result<(Typed, Option<LayerReport>), LayerError> {
    if spec.paths.is_empty() {
        return Ok((Typed::none(key), None));
    }
    let mut loaded = load(key, spec, plane, notices)?;
    if let Some(PeakSource::Field(field)) = &spec.peak_trips {
        crate::inputs::require_field(&loaded.raw, field)?;
        loaded.fields.insert("peak_trips", vec![field.clone()]);
        loaded.report.fields.insert("peak_trips", field.clone());
    }
    if expected {
        loaded.report.name = format!("prospective.{}", key.name());
    }
    let mut typed = if expected && key == LayerKey::Census {
        Typed::Area(place(&loaded, notices)?)
    } else {
        Typed::of(key, &loaded, plane, subways, notices)?
    };
    if let Typed::Census(_) = &typed {
        loaded.report.fields.extend(census::column_names(&loaded)?);
    }
    if let (Typed::Stops(rows), Some(PeakSource::Constant(trips))) = (&mut typed, &spec.peak_trips) {
        for row in rows {
            row.peak_trips = Some(*trips);
        }
    }
    Ok((typed, Some(loaded.report)))
}

impl Typed {
    fn of(
        key: LayerKey,
        loaded: &Loaded,
        plane: Plane,
        subways: &[String],
        notices: &mut Notices,
    ) -> Result<Self, LayerError> {
        Ok(match key {
            LayerKey::Stations | LayerKey::Stops => Self::Stops(stop_rows(loaded, subways, notices)?),
            LayerKey::Peaks => Self::Peaks(peak_rows(loaded, notices)?),
            LayerKey::Census => Self::Census(census(loaded, plane, notices)?),
            LayerKey::Facilities => Self::Facilities(facilities(loaded, notices)?),
            LayerKey::Municipalities => Self::Municipalities(municipalities(loaded, notices)?),
            LayerKey::HubCentres => Self::Points(centres(loaded, notices)?),
            LayerKey::Units => Self::Area(areas(loaded, notices)?.shapes),
            LayerKey::Parcels
            | LayerKey::Did
            | LayerKey::PublicLand
            | LayerKey::UrbanZone
            | LayerKey::InductionArea => Self::Area(place(loaded, notices)?),
        })
    }

    /// A layer of which the project file says that the city has none.
    fn none(key: LayerKey) -> Self {
        match key {
            LayerKey::Stations | LayerKey::Stops => Self::Stops(Vec::new()),
            LayerKey::Peaks => Self::Peaks(Vec::new()),
            LayerKey::Census => {
                let (shapes, surveyed) = Default::default();
                Self::Census(Census { shapes, units: Vec::new(), surveyed })
            }
            LayerKey::Facilities => Self::Facilities(Vec::new()),
            LayerKey::Municipalities => Self::Municipalities(Vec::new()),
            LayerKey::HubCentres => Self::Points(Vec::new()),
            _ => Self::Area(Shapes::default()),
        }
    }
}

impl City {
    /// A city of which nothing is known.
    #[must_use]
    pub fn empty(plane: Plane, municipality: Option<String>) -> Self {
        Self {
            plane,
            scale: ScaleField::new(plane),
            municipality,
            stations: None,
            stops: None,
            peaks: Vec::new(),
            did: None,
            public_land: None,
            units: None,
            census: None,
            urban_zone: None,
            induction_area: None,
            facilities: None,
            municipalities: None,
            hub_centres: None,
            expectations: Expectations::default(),
            added_stops: Vec::new(),
        }
    }

    fn put(&mut self, key: LayerKey, typed: Typed) {
        match (key, typed) {
            (LayerKey::Stations, Typed::Stops(rows)) => self.stations = Some(rows),
            (_, Typed::Stops(rows)) => self.stops = Some(rows),
            (_, Typed::Peaks(rows)) => self.peaks = rows,
            (_, Typed::Census(census)) => self.census = Some(census),
            (_, Typed::Facilities(found)) => self.facilities = Some(found),
            (_, Typed::Municipalities(found)) => self.municipalities = Some(found),
            (_, Typed::Points(points)) => self.hub_centres = Some(points),
            (LayerKey::Units, Typed::Area(shapes)) => self.units = Some(LandUnits { shapes, origin: "units" }),
            (LayerKey::Did, Typed::Area(shapes)) => self.did = Some(shapes),
            (LayerKey::PublicLand, Typed::Area(shapes)) => self.public_land = Some(shapes),
            (LayerKey::UrbanZone, Typed::Area(shapes)) => self.urban_zone = Some(shapes),
            (_, Typed::Area(shapes)) => self.induction_area = Some(shapes),
        }
    }

    fn expect(&mut self, key: LayerKey, typed: Typed) {
        match typed {
            Typed::Stops(rows) => self.expectations.stops.extend(rows),
            Typed::Area(shapes) => {
                self.expectations.areas.insert(key, shapes);
            }
            // Only layers that can be expected come here (`LayerKind::can_be_expected`): stops and areas.
            _ => {}
        }
    }

    /// The evaluation units where no layer gives them: the census units, else the 250 m meshes over the public land.
    /// `None` where there is neither.
    #[must_use]
    pub fn other_units(&self, notices: &mut Notices) -> Option<LandUnits> {
        if let Some(census) = self.census.as_ref().filter(|census| !census.shapes.is_empty()) {
            return Some(LandUnits { shapes: census.shapes.clone(), origin: "census" });
        }
        let bounds = self.public_land.as_ref()?.bounds();
        if bounds.is_empty() {
            return None;
        }
        notices.add(LayerKey::Units.name(), &MESH_UNITS, "JIS X 0410");
        Some(LandUnits { shapes: quarter_meshes(bounds, self.plane)?, origin: "250 m mesh" })
    }
}

/// The 250 m meshes that meet a box of the plane.
fn quarter_meshes(bounds: Bounds, plane: Plane) -> Option<Shapes> {
    let from_plane = FromPlane::new(plane);
    let corners = [bounds.min, [bounds.max[0], bounds.min[1]], bounds.max, [bounds.min[0], bounds.max[1]]];
    let around = Bounds::of(&corners.map(|corner| from_plane.lon_lat(corner)));
    let (first, last) = (Mesh::quarter_at(around.min), Mesh::quarter_at(around.max));
    let mut shapes = Shapes::default();
    for south in (first.south..=last.south).step_by(2) {
        for west in (first.west..=last.west).step_by(2) {
            shapes.push_ring(&Mesh { south, west, side: 2 }.ring());
            shapes.end_polygon();
            shapes.end_shape();
        }
    }
    ToPlane::new(&Crs::jgd2011(), plane).ok()?.convert(shapes.points_mut()).ok()?;
    Some(shapes)
}

fn municipalities(loaded: &Loaded, notices: &mut Notices) -> Result<Vec<Municipality>, LayerError> {
    loaded.need("code")?;
    let found = areas(loaded, notices)?;
    let mut by_code: BTreeMap<String, Shapes> = BTreeMap::new();
    for (place, feature) in found.features.iter().enumerate() {
        if let Some(code) = loaded.text(feature, "code") {
            by_code.entry(code).or_default().push(&found.shapes.get(place));
        }
    }
    Ok(by_code.into_iter().map(|(code, shapes)| Municipality { code, shapes }).collect())
}

/// The points of a layer; an area counts by its centre of gravity.
fn centres(loaded: &Loaded, notices: &mut Notices) -> Result<Vec<Point>, LayerError> {
    let centre = |geometry: &Geometry<f64>| geometry.centroid().map(|point| [point.x(), point.y()]);
    let mut points = Vec::new();
    for feature in &loaded.raw.features {
        match feature.geometry.as_ref().and_then(centre) {
            Some(point) => points.push(point),
            None => notices.add(loaded.key.name(), &NO_PLACE, loaded.feature_name(feature)),
        }
    }
    if points.is_empty() {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoGeometry { layer: loaded.key.name(), path, needs: "points" });
    }
    Ok(points)
}
