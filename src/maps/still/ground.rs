//! What lies under the map: borders, railways, water, as the run kept them. Nothing is judged by it.

use std::collections::BTreeSet;

use geo::{BoundingRect as _, Geometry, LineString};

use super::ink::{Drawing, Outline, spot};
use super::look;
use super::subject::Subject;
use super::view::View;
use crate::geometry::Bounds;
use crate::layers::Ground;

/// Draws it; gives what there is on the map.
pub(super) fn draw(subject: &Subject<'_>, view: &View, drawing: &mut Drawing) -> BTreeSet<Ground> {
    let mut shown = BTreeSet::new();
    for ground in Ground::ALL {
        let rows = subject.backdrop.iter().filter(|row| row.text("draw") == ground.id());
        let mut outline = if ground.is_area() { Outline::rings() } else { Outline::default() };
        for geometry in rows.filter_map(|row| row.geometry.as_ref()) {
            each_line(geometry, &mut |line| {
                let bounds = line.bounding_rect();
                let bounds = bounds.map(|rect| Bounds { min: rect.min().into(), max: rect.max().into() });
                if bounds.is_some_and(|bounds| view.is_on_sheet(&bounds)) {
                    outline.add(line.coords().map(|at| spot(view.on_paper([at.x, at.y]))));
                }
            });
        }
        if outline.is_empty() {
            continue;
        }
        shown.insert(ground);
        let (fill, lines) = look::ground(ground);
        if let Some(fill) = fill {
            drawing.shape(outline.clone(), Some(fill), None);
        }
        for stroke in lines {
            drawing.shape(outline.clone(), None, Some(stroke));
        }
    }
    shown
}

/// Every line and ring of a geometry.
fn each_line(geometry: &Geometry<f64>, take: &mut impl FnMut(&LineString<f64>)) {
    let mut polygon = |polygon: &geo::Polygon<f64>| {
        take(polygon.exterior());
        polygon.interiors().iter().for_each(&mut *take);
    };
    match geometry {
        Geometry::Polygon(one) => polygon(one),
        Geometry::MultiPolygon(all) => all.iter().for_each(polygon),
        Geometry::LineString(line) => take(line),
        Geometry::MultiLineString(lines) => lines.iter().for_each(take),
        _ => {}
    }
}
