//! The parcels on paper, each in the colour of its status, and none too small to be seen.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::drawing::Shown;
use super::ink::{Drawing, Outline, Spot, spot};
use super::look;
use super::subject::Subject;
use super::view::View;
use crate::geometry::{Bounds, Shape};
use crate::runs::RunParcelChunk;
use crate::verdicts::Status;

/// The least extent of a parcel on paper, in hundredths of a millimetre: what is smaller is drawn as a square of this size,
/// since a dot of 0.12 mm is the finest that is seen, and a pixel of 200 dots an inch.
const LEAST: i32 = 12;

/// Points of one shape, so that editors and viewers of SVG are not given one path of a million parcels.
const MOST_POINTS: usize = 20_000;

/// The mean side of a parcel from which lines are drawn between them, millimetres on paper.
const ROOM_FOR_BORDERS: f64 = 0.9;

/// The parcels of one chunk by status, on paper.
#[derive(Default)]
struct Drawn {
    by_status: BTreeMap<Status, Vec<Outline>>,
    without_shape: u64,
    enlarged: u64,
    /// How many are drawn.
    seen: u64,
    /// The sum of the areas of their boxes on paper, mm².
    boxes: f64,
}

/// Fills the parcels, those that matter most on top, and draws lines between them where there is room.
pub(super) fn draw(
    subject: &Subject<'_>,
    view: &View,
    clip: Option<[Spot; 2]>,
    drawing: &mut Drawing,
    shown: &mut Shown,
) {
    let chunks: Vec<Drawn> = subject.parcels.chunks.par_iter().map(|chunk| on_paper(chunk, view)).collect();
    shown.without_shape = chunks.iter().map(|chunk| chunk.without_shape).sum();
    shown.enlarged = chunks.iter().map(|chunk| chunk.enlarged).sum();
    let drawn = subject.parcels.len() as u64 - shown.without_shape;
    let seen = if view.is_cut() { chunks.iter().map(|chunk| chunk.seen).sum() } else { drawn };
    let side = (chunks.iter().map(|chunk| chunk.boxes).sum::<f64>() / seen.max(1) as f64).sqrt();
    let border = (side >= ROOM_FOR_BORDERS).then_some(look::PARCEL_BORDER);
    let mut by_status: BTreeMap<Status, Vec<Outline>> = BTreeMap::new();
    for chunk in chunks {
        for (status, outlines) in chunk.by_status {
            by_status.entry(status).or_default().extend(outlines);
        }
    }
    for (status, outlines) in by_status.into_iter().rev() {
        // All parcels of a city lie within the frame; of a part of it those beyond are cut.
        drawing.begin(group(status), clip.filter(|_| view.is_cut()));
        for outline in outlines {
            let fill = look::parcels(status);
            match border {
                Some(border) => drawing.shape(outline, Some(fill), Some(border)),
                // Where lines find no room, what lies between neighbours is a white hair that tells nothing.
                None => drawing.spread(outline, fill, look::SPREAD),
            }
        }
        drawing.end();
    }
}

fn group(status: Status) -> &'static str {
    match status {
        Status::Eligible => "lots-eligible",
        Status::Prospective => "lots-prospective",
        Status::Undetermined => "lots-undetermined",
        Status::Ineligible => "lots-ineligible",
    }
}

fn on_paper(chunk: &RunParcelChunk, view: &View) -> Drawn {
    let mut drawn = Drawn::default();
    let mut ring = Vec::new();
    for (shape, &status) in chunk.shapes.iter().zip(&chunk.statuses) {
        if shape.points().is_empty() {
            drawn.without_shape += 1;
            continue;
        }
        if !view.may_show(&Bounds::of(shape.points())) {
            continue;
        }
        let outlines = drawn.by_status.entry(status).or_default();
        if outlines.last().is_none_or(|outline| outline.len() > MOST_POINTS) {
            outlines.push(Outline::rings());
        }
        let last = outlines.len() - 1;
        let (size, enlarged) = parcel(&shape, view, &mut ring, &mut outlines[last]);
        drawn.boxes += size;
        drawn.seen += 1;
        drawn.enlarged += u64::from(enlarged);
    }
    drawn
}

/// Adds one parcel; the area of its box in mm², and whether it had to be enlarged.
fn parcel(shape: &Shape<'_>, view: &View, ring: &mut Vec<Spot>, outline: &mut Outline) -> (f64, bool) {
    let (mut min, mut max, mut any) = ([i32::MAX; 2], [i32::MIN; 2], false);
    for points in shape.rings() {
        ring.clear();
        ring.extend(points.iter().map(|&point| spot(view.on_paper(point))));
        for point in &*ring {
            min = [min[0].min(point[0]), min[1].min(point[1])];
            max = [max[0].max(point[0]), max[1].max(point[1])];
        }
        // What is small in both directions is replaced below.
        if max[0] - min[0] >= LEAST || max[1] - min[1] >= LEAST {
            any |= outline.add(ring.iter().copied());
        }
    }
    let size = f64::from(max[0] - min[0]) * f64::from(max[1] - min[1]) / 1e4;
    if !any {
        let [left, top] = [0, 1].map(|axis| i32::midpoint(min[axis], max[axis]) - LEAST / 2);
        outline.add([[left, top + LEAST], [left + LEAST, top + LEAST], [left + LEAST, top], [left, top]]);
    }
    (size, !any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::geometry::Shapes;

    fn view() -> View {
        let frame = super::super::paper::Frame { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        View::new(&Bounds { min: [0.0, 0.0], max: [9000.0, 9000.0] }, &frame, Plane::new(8).unwrap()).unwrap()
    }

    fn drawn(width: f64, height: f64) -> (Vec<Spot>, bool) {
        let shapes = Shapes::from(Bounds { min: [4000.0, 4000.0], max: [4000.0 + width, 4000.0 + height] });
        let mut outline = Outline::rings();
        let (_, enlarged) = parcel(&shapes.get(0), &view(), &mut Vec::new(), &mut outline);
        (outline.lines().next().unwrap().to_vec(), enlarged)
    }

    #[test]
    fn a_parcel_too_small_to_be_seen_is_drawn_as_a_dot() {
        // At 1:100,000 a metre is a hundredth of a millimetre.
        assert_eq!(view().denominator, 100_000.0);
        let (dot, enlarged) = drawn(3.0, 3.0);
        assert!(enlarged);
        assert_eq!((dot[0][0] - dot[1][0]).abs(), LEAST);
        assert_eq!((dot[1][1] - dot[2][1]).abs(), LEAST);
        let (long, enlarged) = drawn(100.0, 3.0);
        assert!(!enlarged);
        assert_eq!((long[0][0] - long[1][0]).abs(), 100);
    }
}
