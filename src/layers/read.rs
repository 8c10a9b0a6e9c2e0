//! Every layer of a study but the parcels, from its files: read in parallel, each with what a run says of it.

use std::collections::BTreeMap;

use geo::{Centroid, Geometry};
use rayon::prelude::*;

use super::area::{areas, place};
use super::law::RailwayLaw;
use super::stops::{NO_PLACE, peak_rows, stop_rows};
use super::{
    City, Content, Layer, LayerError, LayerKey, LayerReport, LayerSpec, Loaded, Municipality, PeakSource, census,
    facilities, load,
};
use crate::crs::Plane;
use crate::geometry::{Point, Shapes};
use crate::notices::Notices;
use crate::text::Text;

/// Where the layers come from and how they are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The layers of `[layers]`; parcels are not read here.
    pub layers: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The layers of `[prospective]`.
    pub expectations: &'a BTreeMap<LayerKey, LayerSpec>,
    /// The municipality's code.
    pub municipality: Option<&'a str>,
    /// Which stations are of railways, which of tramways 軌道.
    pub law: &'a RailwayLaw,
}

/// Reads every layer but the parcels, in parallel, into `plane`; with what a run says of each.
///
/// # Errors
/// Every layer that cannot be used, in the order of [`super::LAYERS`].
pub fn read_city(
    sources: &Sources<'_>,
    plane: Plane,
    notices: &mut Notices,
) -> Result<(City, Vec<LayerReport>), Vec<LayerError>> {
    let given = sources.layers.iter().map(|(&key, spec)| Wish {
        key,
        spec,
        content: key.kind().content,
        name: key.name().to_owned(),
    });
    let given = given.filter(|wish| wish.content != Content::Parcels);
    let expected = sources.expectations.iter().filter_map(|(&key, spec)| {
        let content = key.kind().expected_as?;
        Some(Wish { key, spec, content, name: format!("prospective.{}", key.name()) })
    });
    let (given, expected): (Vec<Wish<'_>>, Vec<Wish<'_>>) = (given.collect(), expected.collect());
    let wanted: Vec<&Wish<'_>> = given.iter().chain(&expected).collect();
    let mut read: Vec<Read> = wanted.par_iter().map(|wish| wish.read(plane, sources.law)).collect();
    let expected = read.split_off(given.len());
    let mut city = City::empty(plane, sources.municipality.map(str::to_owned));
    let (mut reports, mut errors) = (Vec::new(), Vec::new());
    let mut take = |Read { key, found, notices: of_layer }: Read| {
        notices.merge(of_layer);
        let (layer, report) = found.map_err(|error| errors.push(error)).ok()?;
        reports.extend(report);
        Some((key, layer))
    };
    for (key, layer) in read.into_iter().filter_map(&mut take) {
        city.put(key, layer);
    }
    for (key, layer) in expected.into_iter().filter_map(&mut take) {
        city.expect(key, layer);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    city.tell_units(notices);
    Ok((city, reports))
}

/// A layer that is to be read.
struct Wish<'a> {
    key: LayerKey,
    spec: &'a LayerSpec,
    content: Content,
    /// What a run calls it.
    name: String,
}

/// What came of reading a layer.
struct Read {
    key: LayerKey,
    found: Result<(Layer, Option<LayerReport>), LayerError>,
    notices: Notices,
}

impl Wish<'_> {
    fn read(&self, plane: Plane, law: &RailwayLaw) -> Read {
        let mut notices = Notices::default();
        let found = self.layer(plane, law, &mut notices);
        Read { key: self.key, found, notices }
    }

    fn layer(
        &self,
        plane: Plane,
        law: &RailwayLaw,
        notices: &mut Notices,
    ) -> Result<(Layer, Option<LayerReport>), LayerError> {
        let spec = self.spec;
        if spec.paths.is_empty() {
            return Ok((Layer::none(self.content), None));
        }
        let mut loaded = load(self.key, spec, plane, notices)?;
        if let Some(PeakSource::Field(field)) = &spec.peak_trips {
            crate::inputs::require_field(&loaded.raw, field)?;
            loaded.fields.insert("peak_trips", vec![field.clone()]);
            loaded.report.fields.insert("peak_trips", field.clone());
        }
        loaded.report.name.clone_from(&self.name);
        let mut layer = typed(self.content, &loaded, plane, law, notices)?;
        if let Layer::Census(_) = &layer {
            loaded.report.fields.extend(census::column_names(&loaded)?);
        }
        if let (Layer::Stops(rows), Some(PeakSource::Constant(trips))) = (&mut layer, &spec.peak_trips) {
            for row in rows {
                row.peak_trips = Some(*trips);
            }
        }
        Ok((layer, Some(loaded.report)))
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

fn municipalities(loaded: &Loaded, notices: &mut Notices) -> Result<Vec<Municipality>, LayerError> {
    loaded.need("code")?;
    let found = areas(loaded, notices)?;
    let mut by_code: BTreeMap<String, Shapes> = BTreeMap::new();
    for (index, feature) in found.features.iter().enumerate() {
        if let Some(code) = loaded.text(feature, "code") {
            by_code.entry(code).or_default().push(&found.shapes.get(index));
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
        return Err(LayerError::NoGeometry { layer: loaded.key.name(), path, needs: Text::new("点", "points") });
    }
    Ok(points)
}
