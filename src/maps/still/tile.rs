//! The tiles of which hatching and dots are made, the same for all kinds of file.

use super::ink::{Drawing, Fill, Mark, Outline, Stroke, hundredths, spot};

/// The side of a tile, millimetres: lines stand about 1 mm from each other.
pub(super) const SIDE: f64 = 1.4;

/// How wide the lines are, and the radius of the dots, millimetres.
const LINE: f64 = 0.36;
const DOT: f64 = 0.22;

/// Draws one tile from the upper left corner of the sheet; nothing for a plain colour.
pub(super) fn draw(fill: Fill, drawing: &mut Drawing) {
    let (Fill::Hatched { tint, .. } | Fill::Dotted { tint, .. }) = fill else { return };
    drawing.shape(Outline::rect(0.0, 0.0, SIDE, SIDE), Some(Fill::Plain(tint)), None);
    signs(fill, drawing);
}

/// The lines or dots alone, without what is behind them.
pub(super) fn signs(fill: Fill, drawing: &mut Drawing) {
    match fill {
        Fill::Plain(_) => {}
        Fill::Hatched { line, .. } => {
            // The line through the tile, and the corners of its neighbours'.
            for shift in [-SIDE, 0.0, SIDE] {
                let ends = [[shift - SIDE / 2.0, SIDE * 1.5], [shift + SIDE * 1.5, -SIDE / 2.0]];
                drawing.shape(Outline::line(ends), None, Some(Stroke { colour: line, width: LINE, dashes: &[] }));
            }
        }
        Fill::Dotted { dot, .. } => {
            for place in [0.25, 0.75] {
                let centre = spot([place * SIDE, place * SIDE]);
                let fill = Some(Fill::Plain(dot));
                drawing.marks.push(Mark::Circle { centre, radius: hundredths(DOT), fill, stroke: None });
            }
        }
    }
}
