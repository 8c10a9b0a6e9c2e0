//! All layers of one city, in one plane.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{
    Building, Census, Content, Facility, LandUnits, LayerKey, LineNumber, Mesh, PeakRow, RatioArea, StopRow, Supposed,
    UnitsOrigin,
};
use crate::crs::{Crs, FromPlane, Plane, ScaleField, ToPlane};
use crate::geometry::{Bounds, Point, Shapes};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Evaluation units that nobody gave.
pub static MESH_UNITS: NoticeKind = NoticeKind {
    id: "mesh-as-units",
    severity: Severity::Info,
    what: Text::new(
        "評価単位のレイヤーも国勢調査の地域もないため、公共用地率を250mメッシュごとに計算しました。",
        "layer left out, and no census units: the public-land ratio is taken by 250 m mesh",
    ),
    advice: Some(Text::new(
        "公共用地率をほかの単位で求める場合は、レイヤー `units`（街区・地区）を指定してください。",
        "give the layer `units` (blocks or districts) if the programme's area is measured by other units",
    )),
};

/// What is known of a city, in plane metres. A layer that is not there is not given, so that nothing is known; an empty
/// one says that there is none.
///
/// ```
/// use kyoten::crs::Plane;
/// use kyoten::geometry::{Bounds, Shapes};
/// use kyoten::layers::{City, Layer, LayerKey};
/// let mut city = City::empty(Plane::new(8).unwrap(), Some("22212".to_owned()));
/// assert!(city.area(LayerKey::Did).is_none());
/// city.put(LayerKey::Did, Layer::Area(Shapes::from(Bounds { min: [0.0, 0.0], max: [900.0, 700.0] })));
/// assert_eq!(city.area(LayerKey::Did).unwrap().len(), 1);
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct City {
    /// The plane rectangular system of every coordinate.
    pub plane: Plane,
    /// Its point scale factor.
    pub scale: ScaleField,
    /// The municipality's code 市区町村コード, where the project file says.
    pub municipality: Option<String>,
    /// The layers by key, each with the content that its kind has.
    pub(super) layers: BTreeMap<LayerKey, Layer>,
    /// Of layers that are one area, what may belong to them and is not sure to.
    pub(super) doubtful: BTreeMap<LayerKey, Shapes>,
    /// Layers of which features are lost: see [`super::lost`].
    pub(super) lost: BTreeSet<LayerKey>,
    /// The units over which the public-land ratio is taken, once they are given or somebody has asked for them.
    #[serde(with = "super::stored::units")]
    units: OnceLock<Option<LandUnits>>,
    /// The planner's declared expectations 見込み, by the layer that they add to: a future DID, an area certain to reach the
    /// public-land ratio (`public_land`) or the density of older residents (`census`), an induction area to be set.
    pub expectations: BTreeMap<LayerKey, Shapes>,
    /// What a what-if adds to the layers.
    pub supposed: Supposed,
    /// Single stations and stops of a what-if; each stands on its own.
    pub added_stops: Vec<StopRow>,
    /// Lines of which a what-if says how often they run.
    pub supposed_lines: Vec<LineNumber>,
}

/// A layer with its features typed: one variant a [`Content`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Layer {
    /// Stations and stops.
    Stops(Vec<StopRow>),
    /// Peak trips by name and line.
    PeakTrips(Vec<PeakRow>),
    /// One area; shells turn counterclockwise and holes clockwise.
    Area(Shapes),
    /// Units of land, one a shape.
    Units(Shapes),
    /// Units with their residents.
    Census(Census),
    /// Facilities.
    Facilities(Vec<Facility>),
    /// Municipalities with their codes.
    Municipalities(Vec<Municipality>),
    /// Points.
    Points(Vec<Point>),
    /// Buildings, one a shape.
    Buildings(Shapes, Vec<Building>),
    /// Areas with a ratio each, one a shape.
    Ratios(Shapes, Vec<RatioArea>),
}

impl Layer {
    /// A layer of which is known that the city has none.
    #[must_use]
    pub fn none(content: Content) -> Self {
        match content {
            Content::Stops => Self::Stops(Vec::new()),
            Content::PeakTrips => Self::PeakTrips(Vec::new()),
            Content::Area | Content::Parcels => Self::Area(Shapes::default()),
            Content::Units => Self::Units(Shapes::default()),
            Content::Census => Self::Census(Census::default()),
            Content::Facilities => Self::Facilities(Vec::new()),
            Content::Municipalities => Self::Municipalities(Vec::new()),
            Content::Points => Self::Points(Vec::new()),
            Content::Buildings => Self::Buildings(Shapes::default(), Vec::new()),
            Content::Ratios => Self::Ratios(Shapes::default(), Vec::new()),
        }
    }

    /// What it holds.
    #[must_use]
    pub fn content(&self) -> Content {
        match self {
            Self::Stops(_) => Content::Stops,
            Self::PeakTrips(_) => Content::PeakTrips,
            Self::Area(_) => Content::Area,
            Self::Units(_) => Content::Units,
            Self::Census(_) => Content::Census,
            Self::Facilities(_) => Content::Facilities,
            Self::Municipalities(_) => Content::Municipalities,
            Self::Points(_) => Content::Points,
            Self::Buildings(..) => Content::Buildings,
            Self::Ratios(..) => Content::Ratios,
        }
    }

    /// A box around all that it holds; empty of a table without coordinates.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Stops(rows) => around(rows.iter().flat_map(|row| &row.parts).flatten()),
            Self::PeakTrips(_) => Bounds::EMPTY,
            Self::Area(shapes) | Self::Units(shapes) | Self::Buildings(shapes, _) | Self::Ratios(shapes, _) => {
                shapes.bounds()
            }
            Self::Census(census) => census.shapes.bounds().union(census.surveyed.bounds()),
            Self::Facilities(all) => around(all.iter().flat_map(|one| &one.parts).flatten()),
            Self::Municipalities(all) => around(all.iter().flat_map(|one| one.shapes.points())),
            Self::Points(points) => Bounds::of(points),
        }
    }
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Bounds {
    points.fold(Bounds::EMPTY, |bounds, &point| bounds.including(point))
}

/// One municipality.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Municipality {
    /// Its code, five digits.
    pub code: String,
    /// Its area, one or more shapes.
    pub shapes: Shapes,
}

impl City {
    /// A city of which nothing is known.
    #[must_use]
    pub fn empty(plane: Plane, municipality: Option<String>) -> Self {
        Self {
            plane,
            scale: ScaleField::new(plane),
            municipality,
            layers: BTreeMap::new(),
            doubtful: BTreeMap::new(),
            lost: BTreeSet::new(),
            units: OnceLock::new(),
            expectations: BTreeMap::new(),
            supposed: Supposed::default(),
            added_stops: Vec::new(),
            supposed_lines: Vec::new(),
        }
    }

    /// Gives the city a layer, in the place of one that it may have.
    ///
    /// # Panics
    /// Where the layer is not of the content that its kind has: a mistake of the program, not of data.
    pub fn put(&mut self, key: LayerKey, layer: Layer) {
        let kind = key.kind();
        assert_eq!(layer.content(), kind.content, "{} holds other features", kind.name);
        match layer {
            Layer::Units(shapes) => self.units = OnceLock::from(Some(LandUnits { shapes, origin: UnitsOrigin::Given })),
            layer => {
                self.layers.insert(key, layer);
                self.forget_made_units();
            }
        }
    }

    /// Takes a layer away, as if nobody had given it.
    pub fn forget(&mut self, key: LayerKey) {
        self.layers.remove(&key);
        self.doubtful.remove(&key);
        self.lost.remove(&key);
        if key == LayerKey::Units {
            self.units = OnceLock::new();
        }
        self.forget_made_units();
    }

    /// Units that are not given are made of layers.
    pub(super) fn forget_made_units(&mut self) {
        if self.units.get().is_some_and(|units| !units.as_ref().is_some_and(LandUnits::are_given)) {
            self.units = OnceLock::new();
        }
    }

    /// Adds what the planner expects of a layer.
    ///
    /// # Panics
    /// Where that cannot be expected of it: a mistake of the program, not of data.
    pub fn expect(&mut self, key: LayerKey, layer: Layer) {
        let kind = key.kind();
        assert_eq!(Some(layer.content()), kind.expected_as, "{} cannot be expected so", kind.name);
        match layer {
            Layer::Area(shapes) => {
                self.expectations.insert(key, shapes);
            }
            other => unreachable!("{:?} are not among what kinds of layers expect", other.content()),
        }
    }

    /// Every layer that is given, also in part: the known ones in the order of [`super::LAYERS`], then those of one's own by
    /// name.
    pub fn layers(&self) -> impl Iterator<Item = (LayerKey, &Layer)> {
        self.layers.iter().map(|(&key, layer)| (key, layer))
    }

    /// A layer of stations and stops.
    #[must_use]
    pub fn stops(&self, key: LayerKey) -> Option<&[StopRow]> {
        match self.layers.get(&key) {
            Some(Layer::Stops(rows)) => Some(rows),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn stops_mut(&mut self, key: LayerKey) -> Option<&mut Vec<StopRow>> {
        match self.layers.get_mut(&key) {
            Some(Layer::Stops(rows)) => Some(rows),
            _ => None,
        }
    }

    /// A layer that is one area, of one's own too. `None` where it is not given, or not as a whole
    /// ([`City::area_in_part`]).
    #[must_use]
    pub fn area(&self, key: LayerKey) -> Option<&Shapes> {
        match self.layers.get(&key) {
            Some(Layer::Area(shapes)) if !self.lost.contains(&key) => Some(shapes),
            _ => None,
        }
    }

    /// Peak trips by name and line; none where the layer is not given.
    #[must_use]
    pub fn peak_trips(&self) -> &[PeakRow] {
        match self.layers.get(&LayerKey::Peaks) {
            Some(Layer::PeakTrips(rows)) => rows,
            _ => &[],
        }
    }

    /// Residents.
    #[must_use]
    pub fn census(&self) -> Option<&Census> {
        match self.layers.get(&LayerKey::Census) {
            Some(Layer::Census(census)) => Some(census),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn census_mut(&mut self) -> Option<&mut Census> {
        match self.layers.get_mut(&LayerKey::Census) {
            Some(Layer::Census(census)) => Some(census),
            _ => None,
        }
    }

    /// Existing senior facilities of their layer, to be changed.
    pub fn facilities_mut(&mut self) -> Option<&mut Vec<Facility>> {
        match self.layers.get_mut(&LayerKey::Facilities) {
            Some(Layer::Facilities(all)) => Some(all),
            _ => None,
        }
    }

    /// Existing senior facilities, with those of a what-if. Where [`City::facilities_in_part`], there may be others.
    #[must_use]
    pub fn facilities(&self) -> Option<&[Facility]> {
        self.facilities_of(LayerKey::Facilities)
    }

    /// The facilities of a layer, or the points of one of one's own, with those of a what-if. Where
    /// [`City::facilities_of_in_part`], there may be others.
    #[must_use]
    pub fn facilities_of(&self, key: LayerKey) -> Option<&[Facility]> {
        match self.layers.get(&key).or_else(|| self.supposed.part(key)) {
            Some(Layer::Facilities(all)) => Some(all),
            _ => None,
        }
    }

    /// Municipal areas with their codes.
    #[must_use]
    pub fn municipalities(&self) -> Option<&[Municipality]> {
        match self.layers.get(&LayerKey::Municipalities) {
            Some(Layer::Municipalities(all)) => Some(all),
            _ => None,
        }
    }

    /// The planner's own centres of central zones.
    #[must_use]
    pub fn hub_centres(&self) -> Option<&[Point]> {
        match self.layers.get(&LayerKey::HubCentres) {
            Some(Layer::Points(points)) => Some(points),
            _ => None,
        }
    }

    /// The units over which the public-land ratio is taken: the layer `units`, else the census units, else the 250 m meshes
    /// over the public land. `None` where there is none of these.
    #[must_use]
    pub fn units(&self) -> Option<&LandUnits> {
        self.units.get_or_init(|| self.other_units()).as_ref()
    }

    /// Tells of units that nobody gave.
    pub(super) fn tell_units(&self, notices: &mut Notices) {
        if self.units().is_some_and(|units| units.origin == UnitsOrigin::Mesh) {
            notices.add(LayerKey::Units.name(), &MESH_UNITS, "JIS X 0410");
        }
    }

    fn other_units(&self) -> Option<LandUnits> {
        if let Some(census) = self.census().filter(|census| !census.shapes.is_empty()) {
            return Some(LandUnits { shapes: census.shapes.clone(), origin: UnitsOrigin::Census });
        }
        let land = self.area(LayerKey::PublicLand).or_else(|| self.area_in_part(LayerKey::PublicLand));
        let bounds = land?.bounds();
        if bounds.is_empty() {
            return None;
        }
        Some(LandUnits { shapes: quarter_meshes(bounds, self.plane)?, origin: UnitsOrigin::Mesh })
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
