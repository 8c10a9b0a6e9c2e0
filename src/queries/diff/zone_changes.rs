//! What became of the candidate zones between two runs: which came, which went, which are others?
//!
//! Ids count pieces, and shift where one comes or goes. So a zone of B is that of A, of the same kind, with which it has most land
//! in common; those that have more of it find each other first, of equals the first in B and then in A. What is left over came or
//! went, though it may lie on land that another zone of the other run holds.

use std::collections::BTreeMap;

use geo::Geometry;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde_json::Value;

use crate::criteria::Zone;
use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Shapes, overlay};
use crate::inputs::Fields;
use crate::runs::{ProductFeature, RunFolder, RunFolderError};
use crate::units::SquareMetres;

/// The columns that are compared, in the order of the file; where a centre lies follows from the land.
const COMPARED: [&str; 13] = [
    "status",
    "meets_as_a_whole",
    "whole_fails",
    "area_ha",
    "parcels",
    "population_lo",
    "population_hi",
    "seniors_per_ha_lo",
    "seniors_per_ha_hi",
    "public_land_ratio_lo",
    "public_land_ratio_hi",
    "stations",
    "stops",
];

/// Less land than this is what coordinates are rounded by.
const NO_LAND: f64 = 1.0;

/// A candidate zone of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateZone {
    /// Its id.
    pub id: String,
    /// Its columns.
    pub fields: Fields,
}

impl CandidateZone {
    /// A column; null where the file has none of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> &Value {
        self.fields.get(name).unwrap_or(&Value::Null)
    }
}

/// A candidate zone that is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateChange {
    /// The zone that it is a candidate of.
    pub zone: Zone,
    /// As A has it; `None`: it appeared.
    pub before: Option<CandidateZone>,
    /// As B has it; `None`: it vanished.
    pub after: Option<CandidateZone>,
    /// Its land that only A has, and that only B has, on the ground; of one that appeared or vanished all of it.
    pub only: [SquareMetres; 2],
    /// Of one that appeared or vanished, the id of the candidate of the other run that holds the most of its land.
    pub within: Option<String>,
    /// The columns that differ: name, what A has, what B has.
    pub columns: Vec<(&'static str, Value, Value)>,
}

impl CandidateChange {
    /// Its land that is not the same in both runs.
    #[must_use]
    pub fn differs(&self) -> SquareMetres {
        self.only[0] + self.only[1]
    }
}

/// The candidate zones that changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CandidatesDiff {
    /// By zone in the order of B's rules; in each those of B in their order, then those that vanished.
    pub changes: Vec<CandidateChange>,
    /// How many are the same in both runs.
    pub unchanged: usize,
}

/// The candidates of one zone in one run.
#[derive(Default)]
struct Candidates {
    zones: Vec<CandidateZone>,
    shapes: Shapes,
}

/// Compares the candidate zones of two runs; `None` where a run has no file of them.
pub(super) fn candidates(runs: &[RunFolder; 2], zones: &[Zone]) -> Result<Option<CandidatesDiff>, RunFolderError> {
    // One plane for both, that of B.
    let plane = runs[1].plane;
    let [Some(a), Some(b)] = [runs[0].product_on("zones", plane)?, runs[1].product_on("zones", plane)?] else {
        return Ok(None);
    };
    let (mut a, mut b) = (by_zone(a), by_zone(b));
    let scale = ScaleField::new(plane);
    let mut found = CandidatesDiff::default();
    for &zone in zones {
        let [before, after] = [&mut a, &mut b].map(|all| all.remove(zone.id()).unwrap_or_default());
        compare(zone, &before, &after, &scale, &mut found);
    }
    Ok(Some(found))
}

fn by_zone(rows: Vec<ProductFeature>) -> BTreeMap<String, Candidates> {
    let mut found: BTreeMap<String, Candidates> = BTreeMap::new();
    for row in rows {
        let of = found.entry(row.text("zone").to_owned()).or_default();
        let polygons = match row.geometry.as_ref() {
            Some(Geometry::Polygon(polygon)) => geo::MultiPolygon(vec![polygon.clone()]),
            Some(Geometry::MultiPolygon(polygons)) => polygons.clone(),
            _ => geo::MultiPolygon(Vec::new()),
        };
        let shape = Shapes::from_polygons([&polygons]);
        if shape.is_empty() {
            of.shapes.end_shape();
        } else {
            of.shapes.push(&shape.get(0));
        }
        of.zones.push(CandidateZone { id: row.text("id").to_owned(), fields: row.fields });
    }
    for of in found.values_mut() {
        of.shapes.orient(|_| {});
    }
    found
}

/// Land that a zone of A and a zone of B have in common.
struct Shared {
    after: usize,
    before: usize,
    area: f64,
}

fn compare(zone: Zone, a: &Candidates, b: &Candidates, scale: &ScaleField, found: &mut CandidatesDiff) {
    let shared = shared(a, b);
    let mut partners: Vec<Option<&Shared>> = b.zones.iter().map(|_| None).collect();
    let mut taken = vec![false; a.zones.len()];
    for one in &shared {
        if partners[one.after].is_none() && !taken[one.before] {
            partners[one.after] = Some(one);
            taken[one.before] = true;
        }
    }
    // What holds the most comes first.
    let holder = |of: &dyn Fn(&Shared) -> bool| shared.iter().find(|one| of(one));
    for (index, after) in b.zones.iter().enumerate() {
        let ground = Ground { shapes: &b.shapes, index, scale };
        if let Some(one) = partners[index] {
            let whole = area(&a.shapes.get(one.before));
            let only = [whole - one.area, ground.plane_area() - one.area].map(|area| ground.area_of(area.max(0.0)));
            match changed(zone, &a.zones[one.before], after, only) {
                Some(change) => found.changes.push(change),
                None => found.unchanged += 1,
            }
            continue;
        }
        let within = holder(&|one| one.after == index).map(|one| a.zones[one.before].id.clone());
        let only = [SquareMetres(0.0), ground.area_of(ground.plane_area())];
        found.changes.push(alone(zone, None, Some(after), only, within));
    }
    for (index, before) in a.zones.iter().enumerate().filter(|(index, _)| !taken[*index]) {
        let ground = Ground { shapes: &a.shapes, index, scale };
        let within = holder(&|one| one.before == index).map(|one| b.zones[one.after].id.clone());
        let only = [ground.area_of(ground.plane_area()), SquareMetres(0.0)];
        found.changes.push(alone(zone, Some(before), None, only, within));
    }
}

/// A zone that both runs have, if it is another.
fn changed(zone: Zone, a: &CandidateZone, b: &CandidateZone, only: [SquareMetres; 2]) -> Option<CandidateChange> {
    let columns: Vec<(&'static str, Value, Value)> = COMPARED
        .into_iter()
        .map(|name| (name, a.column(name).clone(), b.column(name).clone()))
        .filter(|(_, was, is)| was != is)
        .collect();
    let change = CandidateChange { zone, before: Some(a.clone()), after: Some(b.clone()), only, within: None, columns };
    (!change.columns.is_empty() || change.differs().0 >= NO_LAND).then_some(change)
}

fn alone(
    zone: Zone,
    before: Option<&CandidateZone>,
    after: Option<&CandidateZone>,
    only: [SquareMetres; 2],
    within: Option<String>,
) -> CandidateChange {
    CandidateChange { zone, before: before.cloned(), after: after.cloned(), only, within, columns: Vec::new() }
}

/// A zone's land.
struct Ground<'a> {
    shapes: &'a Shapes,
    index: usize,
    scale: &'a ScaleField,
}

impl Ground<'_> {
    fn plane_area(&self) -> f64 {
        area(&self.shapes.get(self.index))
    }

    /// An area of the plane about there, on the ground.
    fn area_of(&self, plane: f64) -> SquareMetres {
        let around = centroid(&self.shapes.get(self.index)).unwrap_or_default();
        self.scale.ground_area(plane, around)
    }
}

/// The pairs with land in common, those with more of it first, then in the order of B and A. Of zones that are the same in both runs
/// nothing is overlaid: most of them are, and the candidates of one run lie apart.
fn shared(a: &Candidates, b: &Candidates) -> Vec<Shared> {
    let corners = |shapes: &Shapes, index: usize| -> Vec<[u64; 2]> {
        shapes.get(index).points().iter().map(|point| point.map(f64::to_bits)).collect()
    };
    let mut equal: BTreeMap<Vec<[u64; 2]>, usize> = BTreeMap::new();
    for index in 0..a.zones.len() {
        equal.entry(corners(&a.shapes, index)).or_insert(index);
    }
    let mut same: Vec<Shared> = Vec::new();
    let (mut left_a, mut left_b) = (vec![true; a.zones.len()], Vec::new());
    for after in 0..b.zones.len() {
        match equal.remove(&corners(&b.shapes, after)) {
            Some(before) if !b.shapes.get(after).is_empty() => {
                left_a[before] = false;
                same.push(Shared { after, before, area: area(&b.shapes.get(after)) });
            }
            _ => left_b.push(after),
        }
    }
    let boxes = (0..a.zones.len()).filter(|&before| left_a[before] && !a.shapes.get(before).is_empty());
    let boxes = boxes.map(|before| {
        let bounds = a.shapes.get(before).bounds();
        GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), before)
    });
    let tree = RTree::bulk_load(boxes.collect());
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for after in left_b.into_iter().filter(|&after| !b.shapes.get(after).is_empty()) {
        let bounds = b.shapes.get(after).bounds();
        let near = tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max));
        pairs.extend(near.map(|near| (after, near.data)));
    }
    pairs.sort_unstable();
    let in_common = |&(after, before): &(usize, usize)| {
        let one = |shapes: &Shapes, index: usize| {
            let mut one = Shapes::default();
            one.push(&shapes.get(index));
            one
        };
        let both = overlay::intersection(&one(&a.shapes, before), &one(&b.shapes, after));
        Shared { after, before, area: both.iter().map(|piece| area(&piece)).sum() }
    };
    same.par_extend(pairs.par_iter().map(in_common).filter(|one| one.area >= NO_LAND));
    same.sort_by(|one, other| {
        other.area.total_cmp(&one.area).then((one.after, one.before).cmp(&(other.after, other.before)))
    });
    same
}
