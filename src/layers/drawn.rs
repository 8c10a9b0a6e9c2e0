//! Which zones has a planner drawn? A file of polygons that belongs to no project: every feature is a zone.

use std::path::PathBuf;

use super::area::{NO_POLYGON, areas_or};
use super::load::{LayerReport, as_text, load_filling};
use super::lost::Lost;
use super::rings::lines_to_areas;
use super::{Content, LayerError, LayerKey, LayerSpec, Loaded, Onto};
use crate::geometry::Shapes;
use crate::inputs::RawFeature;
use crate::notices::Notices;
use crate::text::Text;

/// What the file is called in messages.
pub const DRAWN: &str = "zones";

/// The fields that say what a zone is called, the first that has a text.
const NAMES: &[&str] = &["name", "名称", "区域名", "id"];

/// The fields that say which kind of zone it is.
const ZONES: &[&str] = &["zone", "区域"];

/// Zones as they were drawn.
#[derive(Debug)]
pub struct DrawnZones {
    /// The zones in the order of their files.
    pub zones: Vec<DrawnZone>,
    /// Their shapes on the plane, one each, repaired.
    pub shapes: Shapes,
    /// How many features have no shape that can be used.
    pub lost: usize,
    /// What was read.
    pub report: LayerReport,
}

/// What a feature says of the zone that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnZone {
    /// Its file.
    pub file: PathBuf,
    /// Its number in the file, from 1.
    pub number: usize,
    /// What messages call the feature.
    pub feature: Text,
    /// What it is called; `None` where it does not say.
    pub name: Option<String>,
    /// Which kind of zone it says that it is.
    pub zone: Option<String>,
}

/// Reads them onto a plane. Whatever is wrong with a feature is told.
///
/// # Errors
/// A file that cannot be read, whose place on the earth is not known, or without a polygon.
pub fn read_drawn(spec: &LayerSpec, onto: Onto<'_>, notices: &mut Notices) -> Result<DrawnZones, LayerError> {
    let key = LayerKey::own(DRAWN, Content::Area);
    let (mut loaded, _) = load_filling(key, spec, &[], onto, notices)?;
    lines_to_areas(key, &mut loaded, notices);
    let mut lost = Lost::in_reading(&loaded.raw);
    let found = areas_or(&NO_POLYGON, &loaded, &mut lost, notices);
    if found.features.is_empty() {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoGeometry {
            layer: DRAWN,
            path,
            needs: Text::new("ポリゴン", "polygons"),
            why: loaded.raw.unplaced.clone().map(Box::new),
        });
    }
    let zones = found.features.iter().map(|feature| said(&loaded, feature)).collect();
    Ok(DrawnZones { zones, shapes: found.shapes, lost: lost.count(), report: loaded.report })
}

fn said(loaded: &Loaded, feature: &RawFeature) -> DrawnZone {
    let text = |fields: &[&str]| fields.iter().find_map(|field| field_of(feature, field));
    DrawnZone {
        file: loaded.raw.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default(),
        number: feature.number,
        feature: loaded.feature_name(feature),
        name: text(NAMES),
        zone: text(ZONES),
    }
}

/// The text of a field, whose name a table may have in capitals.
fn field_of(feature: &RawFeature, name: &str) -> Option<String> {
    let values = feature.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
    values.map(|(_, value)| as_text(value)).find(Option::is_some).flatten()
}
