//! Every layer of a study but the parcels, from its files: read in parallel, each with what a run says of it.

use std::collections::BTreeMap;

use geo::{Centroid, Geometry};
use rayon::prelude::*;

use super::area::{areas, is_anywhere, place};
use super::code::{CodeFault, five_digits_of_layer};
use super::division::divide;
use super::law::RailwayLaw;
use super::load::load_filling;
use super::place::Onto;
use super::stops::{NO_PLACE, peak_rows, stop_rows, tell_of_days};
use super::{
    City, Content, LAYERS, Layer, LayerError, LayerKey, LayerReport, LayerSpec, Loaded, Municipality, PeakSource,
    census, facilities,
};
use crate::crs::{DatumGrids, Plane};
use crate::geometry::{Point, Shapes};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// What stands before the key of a layer of `[scenario]`, where a run names what it read.
pub const SUPPOSED: &str = "scenario.";

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
        Some(Wish { key, spec, content, name: format!("prospective.{}", key.name()), fills: &[] })
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
        let Found { layer, doubtful, in_part, report, filled } = found.map_err(|error| errors.push(error)).ok()?;
        reports.extend(report);
        let filled = filled.into_iter().map(|(key, layer, report)| {
            reports.push(report);
            (key, layer)
        });
        Some((key, layer, (doubtful, in_part), filled.collect::<Vec<_>>()))
    };
    for (key, layer, unsure, filled) in read.into_iter().filter_map(&mut take) {
        city.put(key, layer);
        leave_unsure(&mut city, key, unsure);
        for (key, layer) in filled {
            city.put(key, layer);
        }
    }
    for (key, layer, ..) in expected.into_iter().filter_map(&mut take) {
        city.expect(key, layer);
    }
    for (key, layer, unsure, _) in supposed.into_iter().filter_map(&mut take) {
        city.suppose(key, layer);
        leave_unsure(&mut city, key, unsure);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    city.tell_units(notices);
    Ok((city, reports))
}

/// What may belong to a layer of one area beside what does, and whether there is more of it that may be anywhere.
fn leave_unsure(city: &mut City, key: LayerKey, (doubtful, in_part): (Option<Shapes>, bool)) {
    if let Some(doubtful) = doubtful {
        city.doubt(key, &doubtful);
    }
    if in_part {
        city.leave_open(key);
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
    layer: Layer,
    /// What may belong to it and is not sure to, of a layer that is one area.
    doubtful: Option<Shapes>,
    /// Whether there is more of an area than its layer holds, and nobody knows where.
    in_part: bool,
    report: Option<LayerReport>,
    /// The layers that its files fill as well.
    filled: Vec<(LayerKey, Layer, LayerReport)>,
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
            let layer = Layer::none(self.content);
            return Ok(Found { layer, doubtful: None, in_part: false, report: None, filled: Vec::new() });
        }
        let (mut loaded, filled) =
            load_filling(self.key, spec, self.fills, Onto { plane, grids: sources.grids }, notices)?;
        let doubtful = divide(&mut loaded, sources.area_division, notices);
        for (role, source) in [("peak_trips", &spec.peak_trips), ("daily_trips", &spec.daily_trips)] {
            if let Some(PeakSource::Field(field)) = source {
                crate::inputs::require_field(&loaded.raw, field)?;
                loaded.fields.insert(role, vec![field.clone()]);
                loaded.report.fields.insert(role, field.clone());
            }
        }
        loaded.report.name.clone_from(&self.name);
        let mut layer = if loaded.raw.features.is_empty() {
            // Nothing is sure to be in it, or nothing is in it at all.
            Layer::none(self.content)
        } else {
            typed(self.content, &loaded, plane, sources.law, notices)?
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
        let of_area = matches!(layer, Layer::Area(_)).then_some(&loaded.raw.features);
        let in_part = of_area.into_iter().flatten().any(|feature| is_anywhere(&loaded, feature));
        let doubtful = (!doubtful.is_empty()).then(|| {
            loaded.raw.features = doubtful;
            place(&loaded, notices)
        });
        let doubtful = doubtful.transpose()?;
        // What cannot be used of it has been told, and the layer was not asked for.
        let filled = filled.into_iter().filter_map(|loaded| {
            let layer = typed(loaded.key.kind().content, &loaded, plane, sources.law, notices).ok()?;
            Some((loaded.key, layer, loaded.report))
        });
        Ok(Found { layer, doubtful, in_part, report, filled: filled.collect() })
    }
}

/// Gives the features of a layer their type.
fn typed(
    content: Content,
    loaded: &Loaded,
    plane: Plane,
    law: &RailwayLaw,
    notices: &mut Notices,
) -> Result<Layer, LayerError> {
    Ok(match content {
        Content::Stops => Layer::Stops(stop_rows(loaded, law, notices)?),
        Content::PeakTrips => Layer::PeakTrips(peak_rows(loaded, notices)?),
        Content::Census => Layer::Census(census(loaded, plane, notices)?),
        Content::Facilities => Layer::Facilities(facilities(loaded, notices)?),
        Content::Municipalities => Layer::Municipalities(municipalities(loaded, notices)?),
        Content::Points => Layer::Points(centres(loaded, notices)?),
        Content::Units => Layer::Units(areas(loaded, notices)?.shapes),
        Content::Area | Content::Parcels => Layer::Area(place(loaded, notices)?),
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

fn municipalities(loaded: &Loaded, notices: &mut Notices) -> Result<Vec<Municipality>, LayerError> {
    loaded.need("code")?;
    let found = areas(loaded, notices)?;
    let mut by_code: BTreeMap<String, Shapes> = BTreeMap::new();
    for (index, feature) in found.features.iter().enumerate() {
        let text = loaded.text(feature, "code").unwrap_or_default();
        match five_digits_of_layer(&text) {
            Ok(code) => by_code.entry(code).or_default().push(&found.shapes.get(index)),
            Err(CodeFault::CheckDigit { right }) => {
                let path = loaded.raw.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default();
                return Err(LayerError::CheckDigit { path, feature: feature.number, code: text, right });
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
        let why = loaded.raw.unplaced.clone().map(Box::new);
        return Err(LayerError::NoGeometry { layer: loaded.key.name(), path, needs: Text::new("点", "points"), why });
    }
    Ok(points)
}
