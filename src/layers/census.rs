//! Residents by census unit, with what is not published as an interval.
//!
//! A suppressed cell (秘匿) is never zero. In a mesh table its older residents are counted in the cell that
//! `HTKSAKI` names, so over the two (or more) cells the number is known, and each holds between what the others
//! cannot and what it can. Source: e-Stat, 地域メッシュ統計 "秘匿処理".

use std::collections::BTreeMap;

use serde_json::Value;

use super::area::areas;
use super::mesh::Mesh;
use super::{LayerError, Loaded};
use crate::crs::{Crs, Plane, ToPlane};
use crate::geometry::Shapes;
use crate::inputs::{self, RawFeature};
use crate::notices::{Kind, Notices, Severity};
use crate::units::Interval;

/// Units whose number of older residents is not published.
pub static SUPPRESSED: Kind = Kind {
    id: "suppressed-census",
    severity: Severity::Info,
    what: "census unit(s) whose residents aged 65 or over are not published; they count as an interval",
    advice: "",
};

/// Residents by unit.
#[derive(Debug)]
pub struct Census {
    /// The units' shapes, plane metres.
    pub shapes: Shapes,
    /// One record a shape.
    pub units: Vec<CensusUnit>,
    /// Where a unit that is not listed has no residents (the tables list inhabited meshes only); elsewhere
    /// outside the units nothing is known.
    pub surveyed: Shapes,
}

/// The residents of one unit, persons.
#[derive(Debug, Clone, PartialEq)]
pub struct CensusUnit {
    /// Its code, where the layer has one.
    pub code: Option<String>,
    /// All residents; an infinite `hi` where nothing is known.
    pub population: Interval<f64>,
    /// Residents aged 65 or over.
    pub seniors: Interval<f64>,
}

/// Reads a census layer: polygons with their numbers, or a mesh table whose codes are the shapes.
///
/// # Errors
/// No field for the numbers or codes, a code that is none, a number that is none.
pub fn census(loaded: &Loaded, plane: Plane, notices: &mut Notices) -> Result<Census, LayerError> {
    let loaded_fields = |role| field(loaded, role);
    let (population, seniors) = (loaded_fields("population")?, loaded_fields("seniors")?);
    let is_table = loaded.raw.features.iter().all(|feature| feature.geometry.is_none());
    let (features, shapes, surveyed) = if is_table {
        let (shapes, surveyed) = mesh_shapes(loaded, plane)?;
        (loaded.raw.features.iter().collect(), shapes, surveyed)
    } else {
        let found = areas(loaded, notices)?;
        (found.features, found.shapes, Shapes::default())
    };
    let mut units = Vec::with_capacity(features.len());
    for feature in &features {
        let people = published(loaded, feature, &population)?;
        let people = people.map_or(Interval::new(0.0, f64::INFINITY), Interval::exactly);
        let old = match published(loaded, feature, &seniors)? {
            Some(old) => Interval::exactly(old),
            None => Interval::new(0.0, people.hi),
        };
        units.push(CensusUnit { code: loaded.text(feature, "code"), population: people, seniors: old });
    }
    share_out(&features, &mut units);
    for (feature, _) in features.iter().zip(&units).filter(|(_, unit)| !unit.seniors.is_exact()) {
        notices.add(loaded.key.name(), &SUPPRESSED, loaded.feature_name(feature));
    }
    Ok(Census { shapes, units, surveyed })
}

/// The labels by which the e-Stat tables name their columns, after NFKC and without spaces.
const LABELS: &[(&str, &str)] = &[("population", "人口(総数)"), ("seniors", "65歳以上人口総数")];

fn field(loaded: &Loaded, role: &'static str) -> Result<String, LayerError> {
    if let Some(field) = loaded.fields.get(role).and_then(|fields| fields.first()) {
        return Ok(field.clone());
    }
    let plain = |label: &str| label.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    let wanted = LABELS.iter().find(|(known, _)| *known == role).map(|(_, label)| *label);
    let labelled = loaded.raw.labels.iter().find(|(_, label)| Some(plain(label).as_str()) == wanted);
    match labelled {
        Some((field, _)) => Ok(field.clone()),
        None => Err(loaded.no_field(role)),
    }
}

/// A published number; `None` where it is withheld (`*`, `X`) or blank. `-` is the tables' zero.
fn published(loaded: &Loaded, feature: &RawFeature, field: &str) -> Result<Option<f64>, LayerError> {
    match feature.fields.get(field).and_then(Value::as_str).map(str::trim) {
        Some("*" | "X" | "x" | "***") => Ok(None),
        Some("-" | "－") => Ok(Some(0.0)),
        _ => Ok(inputs::number(&loaded.raw, feature, field)?),
    }
}

fn mesh_shapes(loaded: &Loaded, plane: Plane) -> Result<(Shapes, Shapes), LayerError> {
    loaded.need("code")?;
    let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
    let to_plane = ToPlane::new(&Crs::jgd2011(), plane).map_err(|source| LayerError::crs(&path, source))?;
    let (mut shapes, mut surveyed) = (Shapes::default(), Shapes::default());
    let mut primaries = std::collections::BTreeSet::new();
    let add = |mesh: Mesh, shapes: &mut Shapes| {
        shapes.push_ring(&mesh.ring());
        shapes.end_polygon();
        shapes.end_shape();
    };
    for feature in &loaded.raw.features {
        let code = loaded.text(feature, "code").unwrap_or_default();
        let mesh = Mesh::parse(&code).ok_or_else(|| LayerError::NoMeshCode {
            path: loaded.raw.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default(),
            row: feature.number,
            code,
        })?;
        add(mesh, &mut shapes);
        primaries.insert(mesh.primary());
    }
    for mesh in primaries {
        add(mesh, &mut surveyed);
    }
    for set in [&mut shapes, &mut surveyed] {
        to_plane.convert(set.points_mut()).map_err(|source| LayerError::crs(&path, source))?;
    }
    Ok((shapes, surveyed))
}

/// Shares out what a receiving cell counts for the suppressed ones (`HTKSYORI` 2 → `HTKSAKI`).
fn share_out(features: &[&RawFeature], units: &mut [CensusUnit]) {
    let text = |feature: &RawFeature, field: &str| feature.fields.get(field).and_then(super::as_text);
    let place_of: BTreeMap<String, usize> =
        units.iter().enumerate().filter_map(|(place, unit)| Some((unit.code.clone()?, place))).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, feature) in features.iter().enumerate() {
        if text(feature, "HTKSYORI").as_deref() == Some("2")
            && let Some(receiver) = text(feature, "HTKSAKI").and_then(|code| place_of.get(&code).copied())
        {
            groups.entry(receiver).or_insert_with(|| vec![receiver]).push(place);
        }
    }
    for (receiver, members) in groups {
        let total = units[receiver].seniors;
        let room: Vec<f64> = members.iter().map(|&place| units[place].population.hi).collect();
        let all_room: f64 = room.iter().sum();
        for (&place, own_room) in members.iter().zip(room) {
            let hi = own_room.min(total.hi);
            let others = all_room - own_room;
            // Without a bound on the others nothing is sure to be here.
            let lo = if others.is_finite() { (total.lo - others).clamp(0.0, hi) } else { 0.0 };
            units[place].seniors = Interval::new(lo, hi);
        }
    }
}
