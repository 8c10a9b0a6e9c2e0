//! The last parcels of the file, each wrong or rare in a way that real files are.

use super::DemoError;
use super::geojson::{GeoJson, Shape, closed};
use super::ground::Uv;
use super::layout::{TownLayout, corners};
use super::parcels::properties;

/// How many there are.
pub(super) const COUNT: usize = 7;

/// Writes them side by side, north of all others.
pub(super) fn write(file: &mut GeoJson<'_>, layout: &TownLayout, oaza: &str) -> Result<(), DemoError> {
    let [west, south] = layout.beyond();
    // Each has a place of 20 by 15 m, and 10 m to the next.
    let square = |index: usize, [u0, v0, u1, v1]: [f64; 4]| {
        let u = west + 30.0 * index as f64;
        corners([u + u0, south + v0, u + u1, south + v1])
    };
    let whole = |index: usize| square(index, [0.0, 0.0, 20.0, 15.0]);
    let number = layout.blocks.iter().map(|block| block.number).max().unwrap_or(0) + 1;
    let mut count = 0;
    let mut parcel = |chiban: Option<&str>, shape: &Shape<'_>| {
        count += 1;
        let own = format!("{number}-{count}");
        file.feature_with(&properties(chiban.unwrap_or(&own), oaza, "宅地"), shape)
    };

    let [a, b, c, d] = whole(0);
    let bow_tie = closed(&[a, c, b, d]);
    parcel(None, &Shape::Polygon(&[bow_tie]))?;

    let unclosed = whole(1).to_vec();
    parcel(None, &Shape::Polygon(&[unclosed]))?;

    let clockwise: Vec<Uv> = closed(&whole(2)).into_iter().rev().collect();
    parcel(None, &Shape::Polygon(&[clockwise]))?;

    parcel(None, &Shape::Null)?;

    let parts = [[0.0, 0.0, 8.0, 15.0], [12.0, 0.0, 20.0, 15.0]].map(|part| vec![closed(&square(4, part))]);
    parcel(None, &Shape::MultiPolygon(&parts))?;

    let hole = closed(&square(5, [6.0, 5.0, 12.0, 10.0])).into_iter().rev().collect();
    parcel(None, &Shape::Polygon(&[closed(&whole(5)), hole]))?;

    // The number of the first parcel once more.
    parcel(Some("1-1"), &Shape::Polygon(&[closed(&whole(6))]))
}
