//! Which closed lines stand for areas?

use geo::{Area as _, BoundingRect as _, Contains as _, Geometry, InteriorPoint as _, LineString, Polygon, Rect};

use super::area::points;
use super::{LayerKey, Loaded};
use crate::geometry::Point;
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Closed lines that stand for areas.
pub static CLOSED_LINES: NoticeKind = NoticeKind {
    id: "closed-lines-as-area",
    severity: Severity::Mended,
    what: Text::new(
        "閉じた線を面の輪郭として読みました。ほかの輪郭の内側にあるものは穴です。",
        "closed line(s) read as the rings of an area, those inside another as its holes",
    ),
    advice: None,
};

/// A line that is no ring, among those that are.
pub static OPEN_LINES: NoticeKind = NoticeKind {
    id: "lines-that-do-not-close",
    severity: Severity::Warning,
    what: Text::new(
        "輪郭として読む線の中に、閉じていない線があります。どこが面か言い切れないため、このレイヤーの中とも外とも確実には言えません。",
        "line(s) that do not close among those that are read as rings: of no place is it certain whether it is in the layer",
    ),
    advice: Some(Text::new("線を閉じるか、ポリゴンにしてください。", "close them, or make them polygons")),
};

/// Whether a geometry holds a polygon.
pub(super) fn has_polygon(geometry: Option<&Geometry<f64>>) -> bool {
    match geometry {
        Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => true,
        Some(Geometry::GeometryCollection(all)) => all.iter().any(|one| has_polygon(Some(one))),
        _ => false,
    }
}

/// Whether a layer says with lines alone where its areas are.
pub(super) fn has_no_polygon(features: &[RawFeature]) -> bool {
    !features.iter().any(|feature| has_polygon(feature.geometry.as_ref()))
}

/// The rings that the lines of a layer are, and the features with a line that is none, or with none at all.
pub(super) fn closed_lines(loaded: &Loaded) -> (Vec<(&RawFeature, Vec<Point>)>, Vec<&RawFeature>) {
    let (mut rings, mut others) = (Vec::new(), Vec::new());
    for feature in &loaded.raw.features {
        let (closed, open): (Vec<_>, Vec<_>) = lines(feature).into_iter().partition(|line| is_ring(line));
        if closed.is_empty() || !open.is_empty() {
            others.push(feature);
        }
        rings.extend(closed.into_iter().map(|line| (feature, points(line))));
    }
    (rings, others)
}

/// Makes an area of each outline, where every feature of a layer is made of closed lines; those inside another are its holes, and
/// features that hold nothing but holes are no areas of their own. What is made so is told. Otherwise nothing is done: an outline that is
/// not closed could be a hole of any other.
pub(super) fn lines_to_areas(layer: LayerKey, loaded: &mut Loaded, notices: &mut Notices) {
    if !has_no_polygon(&loaded.raw.features) || !loaded.raw.features.iter().all(is_closed_lines) {
        return;
    }
    let rings: Vec<Ring> = loaded.raw.features.iter().enumerate().flat_map(outlines).collect();
    let around: Vec<Vec<usize>> = rings.iter().map(|ring| those_around(&rings, ring)).collect();
    let is_hole = |ring: usize| around[ring].len() % 2 == 1;
    for (at, feature) in loaded.raw.features.iter_mut().enumerate() {
        let own = (0..rings.len()).filter(|&ring| rings[ring].feature == at && !is_hole(ring));
        let areas = own.map(|shell| {
            // A hole of this outline lies in it and in what this one lies in.
            let holes = (0..rings.len())
                .filter(|&ring| around[ring].contains(&shell) && around[ring].len() == around[shell].len() + 1);
            Polygon::new(rings[shell].line().clone(), holes.map(|hole| rings[hole].line().clone()).collect())
        });
        feature.geometry = Some(Geometry::MultiPolygon(areas.collect()));
    }
    for feature in &loaded.raw.features {
        notices.add(layer.name(), &CLOSED_LINES, loaded.feature_name(feature));
    }
    let has_area = |feature: &RawFeature| match &feature.geometry {
        Some(Geometry::MultiPolygon(areas)) => !areas.0.is_empty(),
        _ => true,
    };
    loaded.raw.features.retain(has_area);
}

fn is_closed_lines(feature: &RawFeature) -> bool {
    let lines = lines(feature);
    !lines.is_empty() && lines.iter().all(|line| is_ring(line))
}

/// A closed line that may be an outline or a hole.
struct Ring {
    /// The feature that it is of.
    feature: usize,
    area: Polygon<f64>,
    size: f64,
    bounds: Option<Rect<f64>>,
    /// A point within, and not on it: outlines may touch one another.
    within: Option<geo::Point<f64>>,
}

impl Ring {
    fn line(&self) -> &LineString<f64> {
        self.area.exterior()
    }
}

fn outlines((feature, raw): (usize, &RawFeature)) -> impl Iterator<Item = Ring> {
    lines(raw).into_iter().map(move |line| {
        let area = Polygon::new(line.clone(), Vec::new());
        let (size, bounds, within) = (area.unsigned_area(), area.bounding_rect(), area.interior_point());
        Ring { feature, area, size, bounds, within }
    })
}

/// The outlines that another lies in: the larger ones around a point within it.
fn those_around(rings: &[Ring], ring: &Ring) -> Vec<usize> {
    let Some(within) = ring.within else { return Vec::new() };
    let is_around = |other: &Ring| {
        other.size > ring.size
            && other.bounds.is_some_and(|bounds| bounds.contains(&within))
            && other.area.contains(&within)
    };
    (0..rings.len()).filter(|&other| is_around(&rings[other])).collect()
}

fn is_ring(line: &LineString<f64>) -> bool {
    line.is_closed() && line.0.len() > 3
}

fn lines(feature: &RawFeature) -> Vec<&LineString<f64>> {
    match &feature.geometry {
        Some(Geometry::LineString(line)) => vec![line],
        Some(Geometry::MultiLineString(lines)) => lines.iter().collect(),
        _ => Vec::new(),
    }
}
