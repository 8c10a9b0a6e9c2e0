//! The map itself: parcels, places, zones, facilities and stops, where they are.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Geometry};

use super::ink::{Drawing, Mark, Outline, spot};
use super::labels::{self, Label};
use super::look::FacilityRole;
use super::look::{self, Service};
use super::paper::Sheet;
use super::view::View;
use super::words::Setter;
use super::{Subject, facilities, ground, parcels, sites};
use crate::geometry::{Bounds, Point};
use crate::layers::{Ground, StopKind};
use crate::products::MARGIN_M;
use crate::regions::Certainty;
use crate::runs::ProductFeature;
use crate::verdicts::Status;

/// The signs of stops: their size where there are few, and the least, millimetres on A3.
const STOP_SIZE: f64 = 1.9;
const LEAST_STOP_SIZE: f64 = 0.55;

/// What is to be seen on a map, for its legend.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Parcels that have no usable geometry.
    pub(super) without_shape: u64,
    /// Parcels that are drawn larger than they are.
    pub(super) enlarged: u64,
    /// Statuses of the candidate zones.
    pub(super) zones: BTreeSet<Status>,
    /// Ids of the zones of which a plan has set some.
    pub(super) set_zones: BTreeSet<String>,
    /// By criterion, the turn of its colour and what is known.
    pub(super) places: BTreeMap<String, (usize, BTreeSet<Certainty>)>,
    pub(super) stops: BTreeSet<(StopKind, Service)>,
    /// Whether outlines end at the line where what has no bounds was cut.
    pub(super) limit: bool,
    /// What lies under it.
    pub(super) grounds: BTreeSet<Ground>,
    /// How many facilities there are that are of the planned kind, may be, and are not.
    pub(super) facilities: BTreeMap<FacilityRole, usize>,
    /// About which of them the ground is drawn on which no other may stand; they may themselves lie beyond the frame.
    pub(super) apart: BTreeSet<FacilityRole>,
    /// Whether two facilities of the planned kind stand too close.
    pub(super) conflicts: bool,
    /// How many chosen sites there are.
    pub(super) sites: usize,
}

/// Draws the map.
pub(super) fn draw(subject: &Subject<'_>, sheet: &Sheet, view: &View, setter: &mut Setter<'_>) -> (Drawing, Shown) {
    let frame = sheet.map();
    let clip = Some([spot([frame.left, frame.top]), spot([frame.right(), frame.bottom()])]);
    let (mut drawing, mut shown) = (Drawing::default(), Shown::default());
    if !subject.backdrop.is_empty() {
        drawing.begin("backdrop", clip);
        shown.grounds = ground::draw(subject, view, &mut drawing);
        drawing.end();
    }
    parcels::draw(subject, view, clip, &mut drawing, &mut shown);
    drawing.begin("places", clip);
    places(subject, view, &mut drawing, &mut shown);
    drawing.end();
    drawing.begin("zones", clip);
    zones(subject, view, &mut drawing, &mut shown);
    drawing.end();
    if !subject.set.is_empty() {
        drawing.begin("set-zones", clip);
        set_zones(subject, view, &mut drawing, &mut shown);
        drawing.end();
    }
    drawing.begin("facilities", clip);
    let mut signs = facilities::draw(subject, sheet, view, &mut drawing, &mut shown);
    drawing.end();
    drawing.begin("stops", clip);
    let named = stops(subject, sheet, view, &mut drawing, &mut shown);
    drawing.end();
    if !subject.sites.is_empty() {
        drawing.begin("sites", clip);
        signs.extend(sites::draw(subject, sheet, view, &mut drawing, &mut shown));
        drawing.end();
    }
    drawing.begin("names", clip);
    labels::draw(&named, &signs, sheet, setter, &mut drawing);
    drawing.end();
    (drawing, shown)
}

/// The outlines of where the criteria of the zone hold.
fn places(subject: &Subject<'_>, view: &View, drawing: &mut Drawing, shown: &mut Shown) {
    let asked: Vec<&str> = subject.criteria().collect();
    let cut = cut(subject);
    let first = drawing.marks.len();
    for certainty in [Certainty::Possible, Certainty::Expected, Certainty::Sure] {
        for row in &subject.places {
            let Some(turn) = asked.iter().position(|id| *id == row.text("criterion")) else { continue };
            let (Some(geometry), Some(found)) = (&row.geometry, row.certainty()) else {
                continue;
            };
            if found != certainty {
                continue;
            }
            let (lines, is_cut) = without_sides(&rings(geometry), &cut);
            shown.limit |= is_cut;
            let mut outline = Outline::default();
            for line in lines.into_iter().filter(|line| view.may_show(&Bounds::of(line))) {
                outline.add(line.into_iter().map(|point| spot(view.on_paper(point))));
            }
            if !outline.is_empty() {
                let of = shown.places.entry(asked[turn].to_owned()).or_insert((turn, BTreeSet::new()));
                of.1.insert(certainty);
            }
            drawing.shape(outline, None, Some(look::place(turn, certainty)));
        }
    }
    let around = subject.parcels.bounds().grown(MARGIN_M);
    let end = |cut: f64, else_at: f64| if cut.is_finite() { cut } else { else_at };
    let ends = |cut: Point, else_at: Point| [0, 1].map(|axis| end(cut[axis], else_at[axis]));
    let limit = Bounds { min: ends(cut.min, around.min), max: ends(cut.max, around.max) };
    shown.limit &= !view.is_within(&limit);
    if shown.limit {
        // A line that ends at nothing tells nothing: what has no bounds ends here.
        let Bounds { min, max } = limit;
        let corners = [min, [max[0], min[1]], max, [min[0], max[1]]];
        let limit = Mark::Shape {
            outline: Outline::ring(corners.map(|corner| view.on_paper(corner))),
            fill: None,
            stroke: Some(look::LIMIT),
        };
        drawing.marks.insert(first, limit);
    }
}

/// The box at which sets without bounds were cut, whose sides are no border of a place: a margin around the parcels. The run
/// drew it around boxes of parcels, so that it is a little larger than it would be drawn here.
fn cut(subject: &Subject<'_>) -> Bounds {
    let parcels = subject.parcels.bounds();
    let least = parcels.grown(MARGIN_M - 1.0);
    let boxes = subject.places.iter().filter_map(|row| row.geometry.as_ref()?.bounding_rect());
    let all = boxes.fold(Bounds::EMPTY, |all, one| all.including(one.min().into()).including(one.max().into()));
    // What ends before that was not cut.
    let outer = |end: f64, is_out: bool| if is_out { end } else { f64::INFINITY };
    Bounds {
        min: [0, 1].map(|axis| outer(all.min[axis], all.min[axis] < least.min[axis])),
        max: [0, 1].map(|axis| outer(all.max[axis], all.max[axis] > least.max[axis])),
    }
}

/// The rings of an area.
pub(super) fn rings(geometry: &Geometry<f64>) -> Vec<Vec<Point>> {
    let points = |ring: &geo::LineString<f64>| ring.coords().map(|at| [at.x, at.y]).collect();
    let of = |polygon: &geo::Polygon<f64>| -> Vec<Vec<Point>> {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(points).collect()
    };
    match geometry {
        Geometry::Polygon(polygon) => of(polygon),
        Geometry::MultiPolygon(all) => all.iter().flat_map(of).collect(),
        Geometry::GeometryCollection(all) => all.iter().flat_map(rings).collect(),
        _ => Vec::new(),
    }
}

/// Rings without the edges along the sides of a box, up to half a metre, and whether there were any.
fn without_sides(rings: &[Vec<Point>], sides: &Bounds) -> (Vec<Vec<Point>>, bool) {
    const NEAR: f64 = 0.5;
    let on_side = |a: Point, b: Point| {
        let both = |axis: usize, side: f64| (a[axis] - side).abs() < NEAR && (b[axis] - side).abs() < NEAR;
        [0, 1].into_iter().any(|axis| both(axis, sides.min[axis]) || both(axis, sides.max[axis]))
    };
    let (mut lines, mut any) = (Vec::new(), false);
    for ring in rings {
        let mut line: Vec<Point> = Vec::new();
        for pair in ring.windows(2) {
            if on_side(pair[0], pair[1]) {
                lines.push(std::mem::take(&mut line));
                any = true;
                continue;
            }
            if line.is_empty() {
                line.push(pair[0]);
            }
            line.push(pair[1]);
        }
        lines.push(line);
    }
    lines.retain(|line| line.len() > 1);
    (lines, any)
}

/// The borders of the candidate zones.
fn zones(subject: &Subject<'_>, view: &View, drawing: &mut Drawing, shown: &mut Shown) {
    let candidates = subject.candidates();
    for status in [Status::Undetermined, Status::Prospective, Status::Eligible] {
        for row in &subject.zones {
            let is_drawn = row.text("zone") == candidates.id() && row.text("status") == status.id();
            if !is_drawn || !is_seen(row, view) {
                continue;
            }
            shown.zones.insert(status);
            border(row, view, drawing, look::zone(status));
        }
    }
}

/// The borders of the zones that a plan has set, of every kind: other zones look at them.
fn set_zones(subject: &Subject<'_>, view: &View, drawing: &mut Drawing, shown: &mut Shown) {
    for row in subject.set.iter().filter(|row| is_seen(row, view)) {
        shown.set_zones.insert(row.text("zone").to_owned());
        border(row, view, drawing, look::SET_ZONE);
    }
}

/// Whether a part of it may be seen.
fn is_seen(row: &ProductFeature, view: &View) -> bool {
    let bounds = row.geometry.as_ref().and_then(BoundingRect::bounding_rect);
    bounds.is_some_and(|bounds| view.may_show(&Bounds { min: bounds.min().into(), max: bounds.max().into() }))
}

/// A line around an area, with paper beside it.
fn border(row: &ProductFeature, view: &View, drawing: &mut Drawing, stroke: super::ink::Stroke) {
    let mut outline = Outline::rings();
    for ring in row.geometry.as_ref().map(rings).unwrap_or_default() {
        outline.add(ring.into_iter().map(|point| spot(view.on_paper(point))));
    }
    let casing = super::ink::Stroke { colour: look::PAPER, width: stroke.width + 0.36, dashes: &[] };
    drawing.shape(outline.clone(), None, Some(casing));
    drawing.shape(outline, None, Some(stroke));
}

/// The middle of the box around points and lines.
pub(super) fn middle(parts: &[Vec<Point>]) -> Option<Point> {
    let bounds = parts.iter().map(|part| Bounds::of(part)).reduce(Bounds::union)?;
    Some(bounds.centre())
}

/// Stations and stops, those that count most on top; gives what may be named.
fn stops<'s>(
    subject: &'s Subject<'_>,
    sheet: &Sheet,
    view: &View,
    drawing: &mut Drawing,
    shown: &mut Shown,
) -> Vec<Label<'s>> {
    let frame = sheet.map();
    let mut seen = Vec::new();
    for stop in &subject.stops {
        let Some(at) = middle(&stop.place.parts).map(|at| view.on_paper(at)) else { continue };
        // A sign that the frame cuts is half a sign.
        if frame.holds(at, STOP_SIZE * sheet.scale) {
            seen.push((Service::of(stop, &subject.run.rules), stop, at));
        }
    }
    let size = stop_size(seen.len(), frame.width * frame.height) * sheet.scale;
    // Rail over tram over bus, and of these what is served best on top.
    let rank = |kind: StopKind| match kind {
        StopKind::Bus => 0,
        StopKind::Tram => 1,
        StopKind::Rail => 2,
    };
    seen.sort_by_key(|(service, stop, _)| (rank(stop.kind), std::cmp::Reverse(*service)));
    let mut named = Vec::new();
    for &(service, stop, at) in &seen {
        look::stop(drawing, at, stop.kind, service, size);
        shown.stops.insert((stop.kind, service));
        let Some(name) = stop.name.as_deref() else { continue };
        named.push(Label { name, at, kind: stop.kind, service, clear: size * 0.75 });
    }
    named.reverse();
    named
}

/// How large the signs of so many stops are on so many mm² of A3: together they cover a fiftieth of the map at most.
fn stop_size(stops: usize, area: f64) -> f64 {
    (area / 50.0 / stops.max(1) as f64).sqrt().clamp(LEAST_STOP_SIZE, STOP_SIZE)
}

/// A box of the map as a path of the drawing.
pub(super) fn frame(sheet: &Sheet, drawing: &mut Drawing) {
    let frame = sheet.map();
    let stroke = super::ink::Stroke { colour: look::INK, width: 0.25, dashes: &[] };
    let outline = Outline::rect(frame.left, frame.top, frame.width, frame.height);
    drawing.marks.push(Mark::Shape { outline, fill: None, stroke: Some(stroke) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_of_a_cut_are_no_border() {
        let sides = Bounds { min: [0.0, 0.0], max: [10.0, 10.0] };
        let ring = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 5.0], [4.0, 6.0], [0.0, 5.0], [0.0, 0.0]];
        let line = vec![[10.0, 5.0], [4.0, 6.0], [0.0, 5.0]];
        assert_eq!(without_sides(&[ring], &sides), (vec![line.clone()], true));
        assert_eq!(without_sides(std::slice::from_ref(&line), &sides), (vec![line], false));
    }

    #[test]
    fn many_stops_are_small_and_few_are_not_large() {
        assert_eq!(stop_size(3, 70_000.0), STOP_SIZE);
        assert_eq!(stop_size(1_000_000, 70_000.0), LEAST_STOP_SIZE);
    }
}
