//! What lies under a map? Borders, railways, rivers, the coast: files of any geometry, of which only what is near the city is
//! kept, as few lines as the map needs. Nothing is judged by it.

mod areas;
mod kinds;
mod lines;

use std::collections::BTreeMap;

use geo::{Geometry, LineString, MultiLineString, MultiPolygon};
use rayon::prelude::*;

use areas::Areas;
use kinds::drawn;
pub use kinds::{Ground, ground_of_file};
use lines::Edges;

use super::load::load_filling;
use super::{Content, LayerError, LayerKey, LayerReport, LayerSpec, Loaded, Onto};
use crate::geometry::{Bounds, Point};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// The key in `[layers]`, and what messages call it.
pub const BACKDROP: &str = "backdrop";

/// What readers call it.
pub const BACKDROP_TITLE: Text = Text::new("背景", "backdrop");

/// How a project file asks for a part of the backdrop.
#[derive(Debug, Clone, PartialEq)]
pub struct BackdropSpec {
    /// Its files, and how they are read.
    pub spec: LayerSpec,
    /// `draw`: what its features are drawn as; `None`: what their attributes say.
    pub draw: Option<Ground>,
}

/// What is drawn under the maps of a city.
#[derive(Debug)]
pub struct Backdrop {
    /// What there is of each kind, plane metres, in the order in which it is drawn: lines, of kinds that are areas polygons.
    pub grounds: Vec<(Ground, Geometry<f64>)>,
    /// What a run says of it.
    pub report: LayerReport,
    /// For each of its files, where the project file says that it is from.
    pub sources: Vec<Option<String>>,
}

/// Files of which nothing lies near.
pub static ELSEWHERE: NoticeKind = NoticeKind {
    id: "backdrop-elsewhere",
    severity: Severity::Warning,
    what: Text::new(
        "背景のファイルに、筆の近くのものがありません。",
        "file(s) of the backdrop with nothing near the parcels",
    ),
    advice: Some(Text::new("都道府県と `crs` を確かめてください。", "check the prefecture of the file, and `crs`")),
};

/// How far around the city it is kept, in sizes of the city: a sheet is up to one and a half times as wide as it is high, its
/// scale is rounded by up to a third, and a long city may lie across it.
const REACH: f64 = 1.25;

/// The same at least, metres.
const LEAST_REACH: f64 = 500.0;

/// No line departs from what it was by more than this part of the city's size, and by no more than a hand's breadth of a small one.
const FINENESS: f64 = 20_000.0;
const FINEST: f64 = 0.2;

/// More points than this make a page slow; lines are then drawn with fewer.
const MOST_POINTS: usize = 120_000;

/// The box of the plane within which the backdrop of a city is kept.
fn around(city: Bounds) -> Bounds {
    let [width, height] = city.size();
    let reach = (width.max(height) * REACH).max(LEAST_REACH);
    let [x, y] = city.centre();
    Bounds { min: [x - reach, y - reach], max: [x + reach, y + reach] }
}

/// Reads the backdrop of a city whose parcels lie in a box of the plane.
///
/// # Errors
/// Every part that cannot be used, in the order of the project file.
pub fn read_backdrop(
    specs: &[BackdropSpec],
    onto: Onto<'_>,
    city: Bounds,
    notices: &mut Notices,
) -> Result<Backdrop, Vec<LayerError>> {
    let around = around(city);
    let read: Vec<_> = specs
        .par_iter()
        .map(|part| {
            let mut notices = Notices::default();
            (Part::read(part, onto, &around, &mut notices), notices)
        })
        .collect();
    let (mut parts, mut errors) = (Vec::new(), Vec::new());
    for (part, of_part) in read {
        notices.merge(of_part);
        match part {
            Ok(part) => parts.push(part),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(together(parts, city)) } else { Err(errors) }
}

/// One part, near the city.
struct Part {
    edges: BTreeMap<Ground, Edges>,
    areas: BTreeMap<Ground, Areas>,
    report: LayerReport,
    source: Option<String>,
}

impl Part {
    fn read(part: &BackdropSpec, onto: Onto<'_>, around: &Bounds, notices: &mut Notices) -> Result<Self, LayerError> {
        let key = LayerKey::own(BACKDROP, Content::Area);
        let (loaded, _) = load_filling(key, &part.spec, &[], onto, notices)?;
        let Loaded { raw, published, mut report, .. } = loaded;
        let (mut edges, mut areas) = (BTreeMap::<Ground, Edges>::new(), BTreeMap::<Ground, Areas>::new());
        report.used = 0;
        let mut near = vec![false; raw.files.len()];
        for feature in &raw.features {
            let Some(geometry) = &feature.geometry else { continue };
            let file = &raw.files[feature.file].path;
            let Some(ground) = part.draw.or_else(|| drawn(feature, published[feature.file], file)) else { continue };
            let mut any = false;
            each_part(geometry, &mut |piece| {
                any |= match (piece, ground.is_area()) {
                    (Piece::Area(polygon), true) => areas.entry(ground).or_default().add(polygon, around),
                    // Water that is given as a line is a stream, and of a wall nobody knows which side is the house.
                    (Piece::Line(line), is_area) => {
                        let ground = if is_area { ground.of_lines() } else { ground };
                        edges.entry(ground).or_default().add(line, around)
                    }
                    (Piece::Area(polygon), false) if ground == Ground::River => {
                        areas.entry(Ground::Water).or_default().add(polygon, around)
                    }
                    (Piece::Area(polygon), false) => {
                        let edges = edges.entry(ground).or_default();
                        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                        // All of them, whatever becomes of the first.
                        rings.filter(|ring| edges.add(ring, around)).count() > 0
                    }
                };
            });
            report.used += usize::from(any);
            near[feature.file] |= any;
        }
        for (file, _) in raw.files.iter().zip(near).filter(|(_, near)| !near) {
            notices.add(BACKDROP, &ELSEWHERE, file.path.display());
        }
        Ok(Self { edges, areas, report, source: part.spec.source.clone() })
    }
}

/// A piece of a geometry that can be drawn.
enum Piece<'g> {
    Line(&'g LineString<f64>),
    Area(&'g geo::Polygon<f64>),
}

fn each_part<'g>(geometry: &'g Geometry<f64>, take: &mut impl FnMut(Piece<'g>)) {
    match geometry {
        Geometry::LineString(line) => take(Piece::Line(line)),
        Geometry::MultiLineString(lines) => lines.iter().for_each(|line| take(Piece::Line(line))),
        Geometry::Polygon(polygon) => take(Piece::Area(polygon)),
        Geometry::MultiPolygon(all) => all.iter().for_each(|polygon| take(Piece::Area(polygon))),
        Geometry::GeometryCollection(all) => all.iter().for_each(|one| each_part(one, take)),
        // Points are no ground.
        _ => {}
    }
}

/// All parts as one, with as few points as the map needs.
fn together(parts: Vec<Part>, city: Bounds) -> Backdrop {
    let (mut edges, mut areas) = (BTreeMap::<Ground, Edges>::new(), BTreeMap::<Ground, Areas>::new());
    let (mut sources, mut notes) = (Vec::new(), Vec::new());
    let mut report =
        LayerReport { name: BACKDROP.to_owned(), files: Vec::new(), fields: BTreeMap::new(), used: 0, note: None };
    for part in parts {
        part.edges.into_iter().for_each(|(ground, more)| edges.entry(ground).or_default().merge(more));
        part.areas.into_iter().for_each(|(ground, more)| areas.entry(ground).or_default().merge(more));
        sources.extend(part.report.files.iter().map(|_| part.source.clone()));
        report.files.extend(part.report.files);
        report.used += part.report.used;
        notes.extend(part.report.note);
    }
    report.note = (!notes.is_empty()).then(|| notes.join(" / "));
    let lines: BTreeMap<Ground, Vec<Vec<Point>>> =
        edges.into_iter().map(|(ground, edges)| (ground, edges.joined())).collect();
    let [width, height] = city.size();
    let mut error = (width.max(height) / FINENESS).max(FINEST);
    loop {
        let grounds = simplified(&lines, &areas, error);
        if grounds.iter().map(|(_, geometry)| points(geometry)).sum::<usize>() <= MOST_POINTS {
            return Backdrop { grounds, report, sources };
        }
        error *= 1.5;
    }
}

fn points(geometry: &Geometry<f64>) -> usize {
    geo::CoordsIter::coords_count(geometry)
}

/// What is left of each kind where no line departs by more than `error`, metres.
fn simplified(
    lines: &BTreeMap<Ground, Vec<Vec<Point>>>,
    areas: &BTreeMap<Ground, Areas>,
    error: f64,
) -> Vec<(Ground, Geometry<f64>)> {
    let simple = |ground: &Ground| -> Option<Geometry<f64>> {
        if let Some(areas) = areas.get(ground) {
            let polygons = areas.simplified(error);
            return (!polygons.is_empty()).then(|| MultiPolygon(polygons).into());
        }
        let lines = lines::simplified(lines.get(ground)?, error);
        (!lines.is_empty()).then(|| MultiLineString(lines).into())
    };
    Ground::ALL.iter().filter_map(|ground| Some((*ground, simple(ground)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_of_any_shape_is_covered_at_any_round_scale() {
        let city = Bounds { min: [0.0, 0.0], max: [1000.0, 8000.0] };
        let Bounds { min, max } = around(city);
        assert_eq!((min, max), ([-9500.0, -6000.0], [10_500.0, 14_000.0]));
    }

    #[test]
    fn far_more_points_than_a_page_bears_are_fewer() {
        let line: Vec<Point> = (0..130_000_i32).map(|step| [f64::from(step), f64::from(step % 2) * 9.0]).collect();
        let mut edges = Edges::default();
        let city = Bounds { min: [0.0, 0.0], max: [130_000.0, 1000.0] };
        assert!(edges.add(&line.iter().map(|&[x, y]| geo::coord! { x: x, y: y }).collect(), &around(city)));
        let report = LayerReport { name: String::new(), files: vec![], fields: BTreeMap::new(), used: 1, note: None };
        let part =
            Part { edges: BTreeMap::from([(Ground::Road, edges)]), areas: BTreeMap::new(), report, source: None };
        let backdrop = together(vec![part], city);
        let [(Ground::Road, geometry)] = &backdrop.grounds[..] else { panic!("{:?}", backdrop.grounds.len()) };
        assert!(points(geometry) <= MOST_POINTS && points(geometry) >= 2);
    }
}
