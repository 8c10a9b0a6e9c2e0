//! Every layer of a study but the parcels, from its files: read in parallel, each with what a run says of it.

use std::collections::BTreeMap;

use geo::{Centroid, Geometry};
use rayon::prelude::*;

use super::area::{areas, place};
use super::buildings::{buildings, ratio_areas};
use super::code::{CodeFault, five_digits_of_layer};
use super::division::divide;
use super::law::RailwayLaw;
use super::load::load_filling;
use super::lost::Lost;
use super::place::Onto;
use super::stops::{NO_PLACE, peak_rows, stop_rows, tell_of_days};
use super::{
    City, Content, LAYERS, Layer, LayerError, LayerKey, LayerReport, LayerSpec, Loaded, Municipality, Nonsense,
    PeakSource, census, facilities,
};
use crate::crs::{DatumGrids, Plane};
use crate::geometry::{Point, Shapes};
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// What stands before the key of a layer of `[scenario]`, where a run names what it read.
pub const SUPPOSED: &str = "scenario.";

/// What stands before the key of a layer of `[prospective]`.
pub const EXPECTED: &str = "prospective.";

/// Where the layers come from and how they are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The layers of `[layers]`; parcels are not read here.
    pub layers: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The layers of `[prospective]`.
    pub expectations: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The layers of `[scenario]`.
    pub supposed: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The municipality's code.
    pub municipality: Option<&'a str>,
    /// Whether an area division 区域区分 is drawn; `None` where nobody says.
    pub area_division: Option<bool>,
    /// Which stations are of railways, which of tramways 軌道.
    pub law: &'a RailwayLaw,
    /// The grids of shifts from older datums.
    pub grids: &'a DatumGrids,
}

/// Reads every layer but the parcels, in parallel, into `plane`; with what a run says of each.
///
/// # Errors
/// Every layer that cannot be used, in the order of [`LayerKey`].
pub fn read_city(
    sources: &Sources<'_>,
    plane: Plane,
    notices: &mut Notices,
) -> Result<(City, Vec<LayerReport>), Vec<LayerError>> {
    let not_given: Vec<LayerKey> =
        LAYERS.iter().map(|kind| kind.key).filter(|key| !sources.layers.contains_key(key)).collect();
    let given = sources.layers.iter().map(|(&key, spec)| Wish {
        key,
        spec,
        content: key.kind().content,
        name: key.name().to_owned(),
        fills: &not_given,
    });
    let given = given.filter(|wish| wish.content != Content::Parcels);
    let expected = sources.expectations.iter().filter_map(|(&key, spec)| {
        let content = key.kind().expected_as?;
        Some(Wish { key, spec, content, name: format!("{EXPECTED}{}", key.name()), fills: &[] })
    });
    let supposed = sources.supposed.iter().map(|(&key, spec)| Wish {
        key,
        spec,
        content: key.kind().content,
        name: format!("{SUPPOSED}{}", key.name()),
        fills: &[],
    });
    let (given, expected): (Vec<Wish<'_>>, Vec<Wish<'_>>) = (given.collect(), expected.collect());
    let (of_today, of_both) = (given.len(), given.len() + expected.len());
    let wanted: Vec<Wish<'_>> = given.into_iter().chain(expected).chain(supposed).collect();
    let mut read: Vec<Read> = wanted.par_iter().map(|wish| wish.read(plane, sources)).collect();
    let supposed = read.split_off(of_both);
    let expected = read.split_off(of_today);
    let mut city = City::empty(plane, sources.municipality.map(str::to_owned));
    let (mut reports, mut errors) = (Vec::new(), Vec::new());
    let mut take = |Read { key, found, notices: of_layer }: Read| {
        notices.merge(of_layer);
        let Found { typed, report, filled } = found.map_err(|error| errors.push(error)).ok()?;
        reports.extend(report);
        let filled = filled.into_iter().map(|(key, typed, report)| {
            reports.push(report);
            (key, typed)
        });
        Some(std::iter::once((key, typed)).chain(filled).collect::<Vec<_>>())
    };
    for (key, Typed { layer, unsure }) in read.into_iter().filter_map(&mut take).flatten() {
        city.put(key, layer);
        leave_unsure(&mut city, key, unsure);
    }
    for (key, Typed { layer, .. }) in expected.into_iter().filter_map(&mut take).flatten() {
        city.expect(key, layer);
    }
    for (key, Typed { layer, unsure }) in supposed.into_iter().filter_map(&mut take).flatten() {
        city.suppose(key, layer);
        leave_unsure(&mut city, key, unsure);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    city.tell_units(notices);
    Ok((city, reports))
}

/// Tells the city what may belong to a layer beside what does, and whether it lacks something that may be anywhere.
fn leave_unsure(city: &mut City, key: LayerKey, Unsure { doubtful, lost }: Unsure) {
    if !doubtful.is_empty() {
        city.doubt(key, &doubtful);
    }
    if lost.any() {
        city.lose(key);
    }
}

/// A layer that is to be read.
struct Wish<'a> {
    key: LayerKey,
    spec: &'a LayerSpec,
    content: Content,
    /// What a run calls it.
    name: String,
    /// The layers that its files may fill as well.
    fills: &'a [LayerKey],
}

/// What came of reading a layer.
struct Read {
    key: LayerKey,
    found: Result<Found, LayerError>,
    notices: Notices,
}

/// A layer that was read.
struct Found {
    typed: Typed,
    report: Option<LayerReport>,
    /// The layers that its files fill as well.
    filled: Vec<(LayerKey, Typed, LayerReport)>,
}

/// A layer of its type, and what is not sure of it.
struct Typed {
    layer: Layer,
    unsure: Unsure,
}

/// What is not sure of a layer.
#[derive(Default)]
struct Unsure {
    /// What may belong to it and is not sure to; of municipalities, land of which nobody knows whose it is.
    doubtful: Shapes,
    /// What its files have beside, and nobody knows where.
    lost: Lost,
}

impl Wish<'_> {
    fn read(&self, plane: Plane, sources: &Sources<'_>) -> Read {
        let mut notices = Notices::default();
        let found = self.layer(plane, sources, &mut notices);
        Read { key: self.key, found, notices }
    }

    fn layer(&self, plane: Plane, sources: &Sources<'_>, notices: &mut Notices) -> Result<Found, LayerError> {
        let spec = self.spec;
        if spec.paths.is_empty() {
            let typed = Typed { layer: Layer::none(self.content), unsure: Unsure::default() };
            return Ok(Found { typed, report: None, filled: Vec::new() });
        }
        let (mut loaded, filled) =
            load_filling(self.key, spec, self.fills, Onto { plane, grids: sources.grids }, notices)?;
        let mut doubtful = divide(&mut loaded, sources.area_division, notices);
        for (role, source) in [("peak_trips", &spec.peak_trips), ("daily_trips", &spec.daily_trips)] {
            if let Some(PeakSource::Field(field)) = source {
                crate::inputs::require_field(&loaded.raw, field)?;
                loaded.fields.insert(role, vec![field.clone()]);
                loaded.report.fields.insert(role, field.clone());
            }
        }
        loaded.report.name.clone_from(&self.name);
        doubtful.append(&mut take_doubtful(self.content, &mut loaded));
        let mut unsure = Unsure { lost: Lost::in_reading(&loaded.raw), ..Unsure::default() };
        let mut layer = if loaded.raw.features.is_empty() {
            // Nothing is sure to be in it, or nothing is in it at all.
            Layer::none(self.content)
        } else {
            typed(self.content, &loaded, plane, sources.law, &mut unsure, notices)?
        };
        if let Layer::Census(_) = &layer {
            loaded.report.fields.extend(census::column_names(&loaded)?);
        }
        if let Layer::Stops(rows) = &mut layer {
            let constant = |source: &Option<PeakSource>| match source {
                Some(PeakSource::Constant(trips)) => Some(*trips),
                _ => None,
            };
            let (peak, daily) = (constant(&spec.peak_trips), constant(&spec.daily_trips));
            for row in &mut *rows {
                row.peak_trips = peak.or(row.peak_trips);
                row.daily_trips = daily.or(row.daily_trips);
            }
            tell_of_days(rows, self.key, notices);
        }
        let report = Some(loaded.report.clone());
        unsure.add(&mut loaded, doubtful, notices)?;
        if self.name.starts_with(EXPECTED) && unsure.any() {
            let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
            let what = Box::new(Nonsense::UnsureExpectation { layer: self.name.clone() });
            return Err(LayerError::Nonsense { path, what });
        }
        let filled = filled.into_iter().filter_map(|mut loaded| {
            let content = loaded.key.kind().content;
            let doubtful = take_doubtful(content, &mut loaded);
            let mut unsure = Unsure { lost: Lost::in_reading(&loaded.raw), ..Unsure::default() };
            // What cannot be used of it has been told, and the layer was not asked for.
            let layer = typed(content, &loaded, plane, sources.law, &mut unsure, notices).ok()?;
            unsure.add(&mut loaded, doubtful, notices).ok()?;
            Some((loaded.key, Typed { layer, unsure }, loaded.report))
        });
        let filled = filled.collect();
        Ok(Found { typed: Typed { layer, unsure }, report, filled })
    }
}

/// Takes the features out of an area of which nobody can say whether they are of it. Other layers keep them: of units and
/// municipalities each says by itself where it is, and what has a place of its own is asked for it ([`Loaded::in_doubt`]).
fn take_doubtful(content: Content, loaded: &mut Loaded) -> Vec<RawFeature> {
    if content != Content::Area {
        return Vec::new();
    }
    let (doubtful, sure) =
        std::mem::take(&mut loaded.raw.features).into_iter().partition(|feature| loaded.in_doubt.holds(feature));
    loaded.raw.features = sure;
    doubtful
}

impl Unsure {
    /// Adds the land of features of which nobody can say whether they are of the layer.
    fn add(&mut self, loaded: &mut Loaded, features: Vec<RawFeature>, notices: &mut Notices) -> Result<(), LayerError> {
        loaded.raw.features = features;
        let found = areas(loaded, &mut self.lost, notices)?;
        found.shapes.iter().for_each(|shape| self.doubtful.push(&shape));
        Ok(())
    }

    fn any(&self) -> bool {
        self.lost.any() || !self.doubtful.is_empty()
    }
}

/// Gives the features of a layer their type; what is not sure of it goes into `unsure`.
fn typed(
    content: Content,
    loaded: &Loaded,
    plane: Plane,
    law: &RailwayLaw,
    unsure: &mut Unsure,
    notices: &mut Notices,
) -> Result<Layer, LayerError> {
    let lost = &mut unsure.lost;
    Ok(match content {
        Content::Stops => Layer::Stops(stop_rows(loaded, law, lost, notices)?),
        Content::PeakTrips => Layer::PeakTrips(peak_rows(loaded, lost, notices)?),
        Content::Census => Layer::Census(census(loaded, plane, lost, notices)?),
        Content::Facilities => Layer::Facilities(facilities(loaded, lost, notices)?),
        Content::Municipalities => Layer::Municipalities(municipalities(loaded, unsure, notices)?),
        Content::Points => Layer::Points(centres(loaded, lost, notices)?),
        Content::Buildings => buildings(loaded, lost, notices)?,
        Content::Ratios => ratio_areas(loaded, lost, notices)?,
        Content::Units => Layer::Units(areas(loaded, lost, notices)?.shapes),
        Content::Area | Content::Parcels => Layer::Area(place(loaded, lost, notices)?),
    })
}

/// Land of no municipality, or of one whose code is not known.
pub static NO_CODE: NoticeKind = NoticeKind {
    id: "no-municipality-code",
    severity: Severity::Info,
    what: Text::new(
        "市区町村コードのない地物があります（所属未定地など）。その土地はプロジェクトの `municipality` で判定します。",
        "feature(s) without the code of a municipality, such as 所属未定地: the project's `municipality` decides for their land",
    ),
    advice: None,
};

/// Land whose municipality is not said.
pub static CODE_LOST: NoticeKind = NoticeKind {
    id: "municipality-not-said",
    severity: Severity::Warning,
    what: Text::new(
        "市区町村コードが空欄の地物があります。どの市区町村の土地か分からないため、その土地では対象の市区町村かどうかが判定不能になります。",
        "feature(s) whose code of a municipality is blank: of their land nobody knows whose it is, and nothing is sure there",
    ),
    advice: Some(Text::new("コードを埋めてください。", "fill in the code")),
};

/// What a publisher writes where land belongs to no municipality. Source: 国土数値情報 行政区域データ (N03), N03_004.
const OF_NOBODY: &str = "所属未定地";

/// Whether a feature says that it is land of no municipality.
fn is_of_nobody(feature: &RawFeature) -> bool {
    feature.fields.values().any(|value| value.as_str().is_some_and(|text| text.trim() == OF_NOBODY))
}

fn municipalities(
    loaded: &Loaded,
    unsure: &mut Unsure,
    notices: &mut Notices,
) -> Result<Vec<Municipality>, LayerError> {
    loaded.need("code")?;
    let found = areas(loaded, &mut unsure.lost, notices)?;
    let mut by_code: BTreeMap<String, Shapes> = BTreeMap::new();
    for (index, feature) in found.features.iter().enumerate() {
        let text = loaded.text(feature, "code").unwrap_or_default();
        match five_digits_of_layer(&text) {
            Ok(code) => by_code.entry(code).or_default().push(&found.shapes.get(index)),
            Err(fault) if !text.is_empty() && fault != CodeFault::Prefecture => {
                let path = loaded.raw.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default();
                let (feature, code) = (feature.number, text);
                let what = match fault {
                    CodeFault::CheckDigit { right } => Nonsense::CheckDigit { feature, code, right },
                    _ => Nonsense::NoCode { feature, code },
                };
                return Err(LayerError::Nonsense { path, what: Box::new(what) });
            }
            Err(_) if text.is_empty() && !is_of_nobody(feature) => {
                unsure.doubtful.push(&found.shapes.get(index));
                notices.add(loaded.key.name(), &CODE_LOST, loaded.feature_name(feature));
            }
            Err(_) => {
                let name = loaded.feature_name(feature);
                let code = text!("{name}、コード「{text}」", "{name}, code “{text}”", name = name, text = text);
                notices.add(loaded.key.name(), &NO_CODE, code);
            }
        }
    }
    Ok(by_code.into_iter().map(|(code, shapes)| Municipality { code, shapes }).collect())
}

/// The points of a layer; an area counts by its centre of gravity.
fn centres(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Vec<Point>, LayerError> {
    let centre = |geometry: &Geometry<f64>| geometry.centroid().map(|point| [point.x(), point.y()]);
    let mut points = Vec::new();
    for feature in &loaded.raw.features {
        match feature.geometry.as_ref().and_then(centre) {
            Some(_) if loaded.in_doubt.holds(feature) => lost.one(),
            Some(point) => points.push(point),
            None => {
                lost.one();
                notices.add(loaded.key.name(), &NO_PLACE, loaded.feature_name(feature));
            }
        }
    }
    if points.is_empty() {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        let why = loaded.raw.unplaced.clone().map(Box::new);
        return Err(LayerError::NoGeometry { layer: loaded.key.name(), path, needs: Text::new("点", "points"), why });
    }
    Ok(points)
}
