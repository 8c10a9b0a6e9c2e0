//! Layers that are areas: polygons, repaired and brought into the plane.

use geo::{Geometry, LineString};

use super::{LayerError, Loaded};
use crate::geometry::{Point, Shapes, area::area, overlay, repair};
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A feature without a polygon.
pub static NO_POLYGON: NoticeKind = NoticeKind {
    id: "no-polygon",
    severity: Severity::Skipped,
    what: Text::new("ポリゴンのない地物があります。", "feature(s) without a polygon"),
    advice: Some(Text::new(
        "集計に入れるべきものなら、ファイルに面の形を入れてください。",
        "if they should count, give them an area in the file",
    )),
};

/// A feature of an area of one's own of which nobody knows where it is.
pub static ANYWHERE: NoticeKind = NoticeKind {
    id: "area-without-place",
    severity: Severity::Warning,
    what: Text::new(
        "形のない地物があります。どこを占めていてもおかしくないため、このレイヤーの外にあると言い切れる筆はありません。",
        "feature(s) without a geometry, which may lie anywhere: no parcel is outside of the layer for certain",
    ),
    advice: Some(Text::new(
        "ファイルに面の形を入れるか、使わない地物なら `where` で外してください。",
        "give them an area in the file, or leave them out by `where`",
    )),
};

/// A polygon without an area.
pub static NO_AREA: NoticeKind = NoticeKind {
    id: "no-area",
    severity: Severity::Skipped,
    what: Text::new("面積のないポリゴンがあります。", "polygon(s) without an area"),
    advice: None,
};

/// A polygon whose rings cross.
pub static CROSSING: NoticeKind = NoticeKind {
    id: "mended-crossing",
    severity: Severity::Mended,
    what: Text::new(
        "輪郭が自分自身かほかの輪郭と交わるポリゴンを、描き直しました。",
        "polygon(s) whose rings cross themselves or each other, drawn anew",
    ),
    advice: Some(Text::new(
        "地図で形を確かめてください。輪郭に奇数回囲まれる部分を面としました。",
        "look at them on a map: the mended area is what an odd number of rings go round",
    )),
};

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

/// The features of a layer that have an area, and their shapes.
#[derive(Debug)]
pub struct Areas<'a> {
    /// The features, in the order of the layer.
    pub features: Vec<&'a RawFeature>,
    /// Their shapes, one each, repaired: shells counterclockwise, holes clockwise, no ring crossing another.
    pub shapes: Shapes,
}

/// The polygons of a layer, feature by feature.
///
/// # Errors
/// A layer without a polygon.
pub fn areas<'a>(loaded: &'a Loaded, notices: &mut Notices) -> Result<Areas<'a>, LayerError> {
    let alone: Vec<[&RawFeature; 1]> = loaded.raw.features.iter().map(|feature| [feature]).collect();
    let (kept, shapes) = united(loaded, &alone, notices);
    Ok(Areas { features: kept.into_iter().map(|index| alone[index][0]).collect(), shapes })
}

/// The polygons of features, group by group: one shape a group, repaired. With the indices of the groups that have an
/// area.
pub(super) fn united<'a>(
    loaded: &Loaded,
    groups: &[impl AsRef<[&'a RawFeature]>],
    notices: &mut Notices,
) -> (Vec<usize>, Shapes) {
    let layer = loaded.key.name();
    let mut shapes = Shapes::default();
    let mut indices = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let mut any = false;
        for feature in group.as_ref() {
            if push_polygons(feature.geometry.as_ref(), &mut shapes) {
                any = true;
            } else {
                let kind = if is_anywhere(loaded, feature) { &ANYWHERE } else { &NO_POLYGON };
                notices.add(layer, kind, loaded.feature_name(feature));
            }
        }
        if any {
            shapes.end_shape();
            indices.push(index);
        }
    }
    let name = |index: usize| {
        let first = groups[index].as_ref().first();
        first.map_or_else(|| Text::same(""), |feature| loaded.feature_name(feature))
    };
    let mended = repair::repaired(shapes);
    for &at in mended.flaws.iter().filter(|(_, flaws)| flaws.crossing).map(|(at, _)| at) {
        notices.add(layer, &CROSSING, name(indices[at]));
    }
    let (mut kept, mut shapes) = (Vec::new(), Shapes::default());
    for (at, index) in indices.into_iter().enumerate() {
        let shape = mended.get(at);
        if area(&shape) > 0.0 {
            kept.push(index);
            shapes.push(&shape);
        } else {
            notices.add(layer, &NO_AREA, name(index));
        }
    }
    (kept, shapes)
}

/// Whether a feature may lie anywhere. Of what a known layer lacks, no criterion says that parcels must keep clear; of an
/// area of one's own one may.
pub(super) fn is_anywhere(loaded: &Loaded, feature: &RawFeature) -> bool {
    loaded.key.is_own() && feature.geometry.is_none()
}

/// The polygons of a layer of which only the place matters. Where the layer holds closed lines and no polygon, the
/// lines are its rings.
///
/// # Errors
/// A layer with neither.
pub fn place(loaded: &Loaded, notices: &mut Notices) -> Result<Shapes, LayerError> {
    let rings = closed_lines(loaded);
    let no_polygon = !loaded.raw.features.iter().any(|feature| has_polygon(feature.geometry.as_ref()));
    if no_polygon && !rings.is_empty() {
        for (feature, _) in &rings {
            notices.add(loaded.key.name(), &CLOSED_LINES, loaded.feature_name(feature));
        }
        return Ok(overlay::even_odd(rings.iter().map(|(_, ring)| ring.as_slice())));
    }
    let found = areas(loaded, notices)?;
    if found.shapes.is_empty() {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoGeometry {
            layer: loaded.key.name(),
            path,
            needs: Text::new("ポリゴン", "polygons"),
            why: loaded.raw.unplaced.clone().map(Box::new),
        });
    }
    Ok(found.shapes)
}

fn has_polygon(geometry: Option<&Geometry<f64>>) -> bool {
    match geometry {
        Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => true,
        Some(Geometry::GeometryCollection(all)) => all.iter().any(|one| has_polygon(Some(one))),
        _ => false,
    }
}

/// Adds a feature's polygons to the shape under construction; `false`, and nothing added, where it has none.
fn push_polygons(geometry: Option<&Geometry<f64>>, shapes: &mut Shapes) -> bool {
    if !has_polygon(geometry) {
        return false;
    }
    let mut add = |polygon: &geo::Polygon<f64>| {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            shapes.push_ring(&points(ring));
        }
        shapes.end_polygon();
    };
    if let Some(geometry) = geometry {
        walk(geometry, &mut add);
    }
    true
}

/// Gives every polygon of a geometry to `take`.
fn walk(geometry: &Geometry<f64>, take: &mut impl FnMut(&geo::Polygon<f64>)) {
    match geometry {
        Geometry::Polygon(polygon) => take(polygon),
        Geometry::MultiPolygon(all) => all.iter().for_each(take),
        Geometry::GeometryCollection(all) => all.iter().for_each(|one| walk(one, take)),
        _ => {}
    }
}

fn closed_lines(loaded: &Loaded) -> Vec<(&RawFeature, Vec<Point>)> {
    let mut rings = Vec::new();
    for feature in &loaded.raw.features {
        let lines: Vec<&LineString<f64>> = match &feature.geometry {
            Some(Geometry::LineString(line)) => vec![line],
            Some(Geometry::MultiLineString(lines)) => lines.iter().collect(),
            _ => Vec::new(),
        };
        rings.extend(lines.into_iter().filter(|l| l.is_closed() && l.0.len() > 3).map(|l| (feature, points(l))));
    }
    rings
}

/// The points of a line.
pub(super) fn points(line: &LineString<f64>) -> Vec<Point> {
    line.coords().map(|position| [position.x, position.y]).collect()
}
