//! Public land (公共用地): streets, parks and rivers; schools are in the file too, and do not count.

use serde_json::json;

use super::DemoError;
use super::geojson::{GeoJson, Shape, closed};
use super::ground::Uv;
use super::layout::{Block, Rect, TownLayout, Use, corners};
use super::plan::{Plan, RIVER_WIDTH};
use super::write::Folder;

/// The name of the file, without `.geojson`.
pub(super) const FILE: &str = "public_land";

/// How far a park's polygon reaches over the street beside it, metres: the two were surveyed by different offices.
const OVERLAP: f64 = 1.5;

/// How long a piece of river is, metres, and how far apart its bends are drawn.
const PIECE: f64 = 400.0;
const BENDS: usize = 8;

/// Writes the land use.
pub(super) fn write(folder: &mut Folder, plan: &Plan, layout: &TownLayout) -> Result<(), DemoError> {
    let mut file = GeoJson::create(folder, FILE, &plan.ground)?;
    for strip in layout.strips() {
        file.feature(&json!({ "kind": "道路" }), &Shape::Polygon(&streets(layout, strip)))?;
    }
    for block in &layout.blocks {
        let (kind, overlap) = match block.land_use {
            Use::Park => ("公園", OVERLAP),
            Use::School => ("学校", 0.0),
            _ => continue,
        };
        let ring = closed(&corners(widened(layout.rect(block), overlap)));
        file.feature(&json!({ "kind": kind }), &Shape::Polygon(&[ring]))?;
    }
    for (u, span) in plan.rivers() {
        river(&mut file, u, span)?;
    }
    file.finish(folder)
}

/// The streets around a strip of blocks, up to their middles: one ring, and a hole for each block but a square.
fn streets(layout: &TownLayout, strip: &[Block]) -> Vec<Vec<Uv>> {
    let (Some(first), Some(last)) = (strip.first(), strip.last()) else { return Vec::new() };
    let [u0, v0, ..] = layout.with_streets(first.place);
    let [.., u1, v1] = layout.with_streets(last.place);
    let blocks = strip.iter().filter(|block| block.land_use != Use::Square);
    let holes = blocks.map(|block| closed(&corners(layout.rect(block))).into_iter().rev().collect());
    std::iter::once(closed(&corners([u0, v0, u1, v1]))).chain(holes).collect()
}

fn widened([u0, v0, u1, v1]: Rect, by: f64) -> Rect {
    [u0 - by, v0 - by, u1 + by, v1 + by]
}

/// A river from south to north, in pieces.
fn river(file: &mut GeoJson<'_>, u: f64, [from, to]: [f64; 2]) -> Result<(), DemoError> {
    let bank = |v: f64, side: f64| [u + 6.0 * (v / 90.0).sin() + side * RIVER_WIDTH / 2.0, v];
    let pieces = ((to - from) / PIECE).ceil();
    for piece in 0..pieces as usize {
        let length = (to - from) / pieces;
        let at = |bend: usize| from + length * (piece as f64 + bend as f64 / BENDS as f64);
        let right = (0..=BENDS).map(|bend| bank(at(bend), 1.0));
        let left = (0..=BENDS).rev().map(|bend| bank(at(bend), -1.0));
        let ring: Vec<Uv> = right.chain(left).collect();
        file.feature(&json!({ "kind": "河川" }), &Shape::Polygon(&[closed(&ring)]))?;
    }
    Ok(())
}
