//! Land use (土地利用) and buildings (建築物) of PLATEAU's city models: CityGML 2.0 with the i-UR extension, `udx/luse/*.gml` and
//! `udx/bldg/*.gml`.

use geo::{Coord, Geometry, LineString, MultiPolygon, Polygon};

use super::format::{FeatureTable, Format, Input, Reporter};
use super::text::{self, Said};
use super::xml::{self, Element, Tag, Xml, XmlFault};
use super::{DeclaredCrs, Fields, InputError, RawFeature};
use crate::text::Text;

pub(super) const FORMAT: Format = Format { name: &NAME, extensions: &["gml"], recognise, read, open_parcels: None };

static NAME: Text = Text::new("PLATEAUの土地利用・建築物", "PLATEAU land use or buildings");

/// What of a model is read, and the level of detail that its ground is taken from: of a building what it covers, since the faces of its
/// solids stand upright or lie over one another.
const READ: [(&str, &[&str]); 2] = [("LandUse", &["lod"]), ("Building", &["lod0FootPrint", "lod0RoofEdge"])];

/// A city model that holds an area of land use or a building; its namespaces alone do not tell, since every model lists them all.
fn recognise(input: &Input<'_>) -> bool {
    let root = xml::root(&input.bytes).unwrap_or_default();
    let name = root.split(|byte| byte.is_ascii_whitespace() || *byte == b'>').next().unwrap_or_default();
    name.ends_with(b"CityModel")
        && [&b":LandUse"[..], b":Building "].iter().any(|one| memchr::memmem::find(&input.bytes, one).is_some())
}

fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    let parser = Parser { xml: Xml::new(&text.text), model: Model::default() };
    let model = parser.model().map_err(|fault| InputError::xml(&input.path, &text.text, fault))?;
    let crs = model.crs.map(|text| DeclaredCrs { text, found_in: words!("srsName") });
    Ok(FeatureTable { features: model.features, crs, encoding: Some(text.encoding), ..FeatureTable::default() })
}

struct Parser<'t> {
    xml: Xml<'t>,
    model: Model,
}

/// What was read of a model.
#[derive(Default)]
struct Model {
    features: Vec<RawFeature>,
    crs: Option<String>,
    /// How many numbers a position has; 3 where nothing says so.
    dimension: Option<usize>,
    thing: Option<Thing>,
}

/// The area or building that is being read.
#[derive(Default)]
struct Thing {
    /// What it is called in the model, and where it stands there.
    name: &'static str,
    depth: usize,
    /// Beginnings of the names of the levels of detail that its ground may be taken from.
    details: &'static [&'static str],
    fields: Fields,
    /// The name that a generic attribute gives itself.
    generic: Option<String>,
    polygons: Vec<Polygon<f64>>,
    /// The depth of the level of detail that polygons are taken from: the first that there is.
    detail: Option<usize>,
    positions: Vec<f64>,
    rings: Vec<LineString<f64>>,
    shell: Option<LineString<f64>>,
    holes: Vec<LineString<f64>>,
}

impl Parser<'_> {
    fn model(mut self) -> Result<Model, XmlFault> {
        loop {
            match self.xml.next()? {
                Tag::Open(element) => self.open(&element)?,
                Tag::Close(end) => {
                    let (prefix, name) = end.qualified();
                    self.close(prefix, name)?;
                }
                Tag::End => return Ok(self.model),
            }
        }
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), XmlFault> {
        let (model, depth) = (&mut self.model, self.xml.depth());
        if let Some(dimension) = element.attribute("srsDimension") {
            let number = dimension.parse().ok().filter(|number| matches!(number, 2 | 3));
            let neither =
                Text::new("1つの座標の数が2つでも3つでもありません", "its positions have neither 2 nor 3 numbers");
            model.dimension = Some(number.ok_or_else(|| self.xml.fault(neither))?);
        }
        if let (None, Some(system)) = (&model.crs, element.attribute("srsName")) {
            if !["6697", "6668", "4326", "4979"].iter().any(|code| system.ends_with(code)) {
                return Err(self.xml.fault(text!(
                    "座標が緯度・経度ではなく {system} で書かれています",
                    "positions are in {system}, not in latitude and longitude"
                )));
            }
            model.crs = Some(system);
        }
        match &mut model.thing {
            None => {
                if let Some((name, details)) = READ.into_iter().find(|(name, _)| element.name() == *name) {
                    let mut thing = Thing { name, depth, details, ..Thing::default() };
                    thing.set("gml_id", &element.attribute("id").unwrap_or_default());
                    model.thing = Some(thing);
                }
            }
            Some(thing) if thing.is_ground(element.name()) => thing.detail = Some(depth),
            Some(thing) if element.name().ends_with("Attribute") => thing.generic = element.attribute("name"),
            Some(_) => {}
        }
        Ok(())
    }

    fn close(&mut self, prefix: &str, name: &str) -> Result<(), XmlFault> {
        let (model, text, depth) = (&mut self.model, self.xml.text(), self.xml.depth());
        let Some(thing) = &mut model.thing else { return Ok(()) };
        match name {
            "posList" | "pos" => {
                let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
                let numbers = text.split_ascii_whitespace().map(number).collect::<Option<Vec<f64>>>();
                let no_number = || self.xml.fault(Text::new("数でない座標があります", "a coordinate is not a number"));
                thing.positions.extend(numbers.ok_or_else(no_number)?);
            }
            "LinearRing" => {
                // Latitude, longitude, height: the order of axes of EPSG:6697.
                let positions = std::mem::take(&mut thing.positions);
                let points = positions.chunks_exact(model.dimension.unwrap_or(3));
                if !points.remainder().is_empty() {
                    let problem = Text::new("座標の並びが途中で終わっています", "a list of positions ends within one");
                    return Err(self.xml.fault(problem));
                }
                thing.rings.push(points.map(|at| Coord { x: at[1], y: at[0] }).collect());
            }
            "exterior" => thing.shell = thing.rings.pop(),
            "interior" => thing.holes.append(&mut thing.rings),
            "Polygon" => {
                let holes = std::mem::take(&mut thing.holes);
                if let (Some(shell), Some(_)) = (thing.shell.take(), thing.detail) {
                    thing.polygons.push(Polygon::new(shell, holes));
                }
            }
            _ if thing.detail == Some(depth) => thing.detail = None,
            _ if name == thing.name && thing.depth == depth => {
                if let Some(thing) = model.thing.take() {
                    model.features.push(thing.feature(model.features.len() + 1));
                }
            }
            "value" if thing.generic.is_some() => {
                let name = thing.generic.take().unwrap_or_default();
                thing.set(&name, text);
            }
            _ => thing.set(&format!("{prefix}_{name}"), text),
        }
        Ok(())
    }
}

impl Thing {
    /// Whether an element holds its ground: the first that does.
    fn is_ground(&self, name: &str) -> bool {
        self.polygons.is_empty() && self.detail.is_none() && self.details.iter().any(|detail| name.starts_with(detail))
    }

    /// Keeps an attribute; several of one name are listed.
    fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let listed = match self.fields.get(name).and_then(serde_json::Value::as_str) {
            Some(before) => format!("{before}、{value}"),
            None => value.to_owned(),
        };
        self.fields.insert(name.to_owned(), listed.into());
    }

    fn feature(mut self, number: usize) -> RawFeature {
        let geometry: Option<Geometry<f64>> = match self.polygons.len() {
            0 => None,
            1 => self.polygons.pop().map(Geometry::from),
            _ => Some(MultiPolygon(self.polygons).into()),
        };
        RawFeature { number, file: 0, geometry, fields: self.fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{RawLayer, ReadOptions, read_layer};
    use crate::notices::Notices;

    const MODEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:luse="http://www.opengis.net/citygml/landuse/2.0">
<gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><luse:LandUse gml:id="luse_1">
<gen:stringAttribute name="図面"><gen:value>7</gen:value></gen:stringAttribute>
<luse:class codeSpace="../../codelists/Common_landUseType.xml">211</luse:class>
<luse:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon>
<gml:exterior><gml:LinearRing><gml:posList>34 138 0 34 138.4 0 34.4 138.4 0 34 138 0</gml:posList></gml:LinearRing></gml:exterior>
<gml:interior><gml:LinearRing><gml:posList>34.1 138.2 0 34.1 138.3 0 34.2 138.3 0 34.1 138.2 0</gml:posList></gml:LinearRing></gml:interior>
</gml:Polygon></gml:surfaceMember></gml:MultiSurface></luse:lod1MultiSurface>
<uro:landUseDetailAttribute><uro:LandUseDetailAttribute><uro:orgLandUse>住宅用地</uro:orgLandUse></uro:LandUseDetailAttribute></uro:landUseDetailAttribute>
</luse:LandUse></core:cityObjectMember></core:CityModel>"#;

    fn layer(text: &str) -> Result<RawLayer, InputError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("533834_luse_6697_op.gml");
        std::fs::write(&path, text).unwrap();
        read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "public_land")
    }

    #[test]
    fn areas_have_their_attributes_and_longitude_first() {
        let layer = layer(MODEL).unwrap();
        assert_eq!(layer.files[0].crs.as_ref().unwrap().text, "http://www.opengis.net/def/crs/EPSG/0/6697");
        let fields = serde_json::to_string(&layer.features[0].fields).unwrap();
        let expected = r#"{"gml_id":"luse_1","図面":"7","luse_class":"211","uro_orgLandUse":"住宅用地"}"#;
        assert_eq!(fields, expected);
        let Some(Geometry::Polygon(polygon)) = &layer.features[0].geometry else { panic!() };
        assert_eq!(polygon.exterior().0[1], Coord { x: 138.4, y: 34.0 });
        assert_eq!((polygon.exterior().0.len(), polygon.interiors().len()), (4, 1));
    }

    #[test]
    fn a_building_has_the_ground_of_its_footprint_and_its_floors() {
        let city = r#"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
<gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="bldg_1"><bldg:measuredHeight uom="m">9.1</bldg:measuredHeight>
<bldg:storeysAboveGround>3</bldg:storeysAboveGround>
<bldg:lod0RoofEdge><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList>34 138 9 34 138.4 9 34.4 138.4 9 34 138 9</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod0RoofEdge>
<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList>34 138 0 34 138 9 34.4 138.4 9 34 138 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid>
<uro:buildingDetailAttribute><uro:BuildingDetailAttribute><uro:totalFloorArea uom="m2">240.5</uro:totalFloorArea></uro:BuildingDetailAttribute></uro:buildingDetailAttribute>
</bldg:Building></core:cityObjectMember></core:CityModel>"#;
        let layer = layer(city).unwrap();
        let fields = serde_json::to_string(&layer.features[0].fields).unwrap();
        let expected = r#"{"gml_id":"bldg_1","bldg_measuredHeight":"9.1","bldg_storeysAboveGround":"3","uro_totalFloorArea":"240.5"}"#;
        assert_eq!((fields.as_str(), layer.features.len()), (expected, 1));
        let Some(Geometry::Polygon(polygon)) = &layer.features[0].geometry else { panic!() };
        assert_eq!(polygon.exterior().0[1], Coord { x: 138.4, y: 34.0 });
    }

    #[test]
    fn other_models_and_other_systems_are_refused() {
        assert!(matches!(layer(&MODEL.replace("LandUse", "Road")), Err(InputError::UnknownFormat { .. })));
        assert!(matches!(layer(&MODEL.replace("6697\"", "6676\"")), Err(InputError::Xml { .. })));
        assert!(matches!(layer(&MODEL.replace("34 138 0 34", "34 138 34")), Err(InputError::Xml { .. })));
        assert!(matches!(layer(&MODEL.replace("138.4 0", "x 0")), Err(InputError::Xml { line: 8, .. })));
    }
}
