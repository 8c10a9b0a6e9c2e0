//! Layers that are areas: polygons, repaired and brought into the plane.

use geo::{Geometry, LineString};
use rayon::prelude::*;

use super::lost::Lost;
use super::rings::{CLOSED_LINES, OPEN_LINES, closed_lines, has_no_polygon};
use super::{Content, LayerError, Loaded};
use crate::geometry::{Footprint, Point, Shapes, area::area, overlay, repair, tangle};
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

/// A feature of an area of which nobody knows where it is.
pub static ANYWHERE: NoticeKind = NoticeKind {
    id: "area-without-place",
    severity: Severity::Warning,
    what: Text::new(
        "面の形のない地物があります。どこを占めていてもおかしくないため、このレイヤーの外にあると言い切れる筆はありません。",
        "feature(s) without a geometry that is an area, which may lie anywhere: no parcel is outside of the layer for certain",
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

/// A feature of an area that takes too much work to know what area it is.
pub static BEYOND: NoticeKind = NoticeKind {
    id: "beyond-mending",
    severity: Severity::Warning,
    what: Text::new(
        "輪郭の交わりや並びが多すぎ、面を求められない地物があります。位置の分からない地物として扱います。",
        "feature(s) of which no area can be made, so often do their rings cross or so many edges lie side by side; taken as features without a place",
    ),
    advice: Some(Text::new(
        "GISで形を直すか、分割するか、使わない地物なら `where` で外してください。",
        "mend or divide them in a GIS, or leave them out by `where`",
    )),
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
pub fn areas<'a>(loaded: &'a Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Areas<'a>, LayerError> {
    // Of units nobody knows the numbers where they are not; of an area or a building nobody knows where it is.
    let is_anywhere = matches!(loaded.key.kind().content, Content::Area | Content::Buildings);
    let nowhere = if is_anywhere { &ANYWHERE } else { &NO_POLYGON };
    Ok(areas_or(nowhere, loaded, lost, notices))
}

/// The same; features without a place are told so.
pub(super) fn areas_or<'a>(
    nowhere: &'static NoticeKind,
    loaded: &'a Loaded,
    lost: &mut Lost,
    notices: &mut Notices,
) -> Areas<'a> {
    let alone: Vec<[&RawFeature; 1]> = loaded.raw.features.iter().map(|feature| [feature]).collect();
    let (kept, shapes) = united(loaded, &alone, nowhere, lost, notices);
    Areas { features: kept.into_iter().map(|index| alone[index][0]).collect(), shapes }
}

/// The polygons of features, group by group: one shape a group, repaired. With the indices of the groups that have an
/// area.
pub(super) fn united<'a>(
    loaded: &Loaded,
    groups: &[impl AsRef<[&'a RawFeature]>],
    nowhere: &'static NoticeKind,
    lost: &mut Lost,
    notices: &mut Notices,
) -> (Vec<usize>, Shapes) {
    let layer = loaded.key.name();
    let mut shapes = Shapes::default();
    let mut indices = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let mut any = false;
        for feature in group.as_ref() {
            let parts = push_polygons(feature.geometry.as_ref(), &mut shapes);
            any |= parts != Parts::None;
            if parts != Parts::All {
                lost.one();
                notices.add(layer, nowhere, loaded.feature_name(feature));
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
    // What is an area is united and intersected with others.
    let is_beyond = |at: usize| match mended.flaws.get(&at) {
        Some(flaws) if flaws.beyond.is_some() => true,
        _ => tangle::is_beyond_though_valid(&mended.get(at)),
    };
    let beyond: Vec<bool> = (0..indices.len()).into_par_iter().map(is_beyond).collect();
    let (mut kept, mut shapes) = (Vec::new(), Shapes::default());
    for ((at, index), is_beyond) in indices.into_iter().enumerate().zip(beyond) {
        let shape = mended.get(at);
        if is_beyond {
            lost.one();
            notices.add(layer, &BEYOND, beyond_named(name(index), tangle::corners(&shape)));
        } else if area(&shape) > 0.0 {
            kept.push(index);
            shapes.push(&shape);
        } else {
            lost.one();
            notices.add(layer, &NO_AREA, name(index));
        }
    }
    (kept, shapes)
}

/// A feature that is beyond mending, with what makes it so and how much would be mended.
#[must_use]
pub fn beyond_named(name: Text, corners: usize) -> Text {
    let tangle::Allowed { cuts, pairs } = tangle::Allowed::of(corners);
    text!(
        "{name}（頂点{corners}個、輪郭の交わりによる分割の上限{cuts}、接し得る辺の組の上限{pairs}）",
        "{name}: {corners} corners, of which at most {cuts} cuts by crossing edges and {pairs} pairs of edges with meeting boxes are worked out",
        name = name
    )
}

/// The polygons of a layer of which only the place matters. Where the layer holds closed lines and no polygon, the
/// lines are its rings.
///
/// # Errors
/// A layer with neither.
pub fn place(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Shapes, LayerError> {
    let (rings, others) = closed_lines(loaded);
    if has_no_polygon(&loaded.raw.features) && !rings.is_empty() {
        for (feature, _) in &rings {
            notices.add(loaded.key.name(), &CLOSED_LINES, loaded.feature_name(feature));
        }
        for feature in &others {
            lost.one();
            notices.add(loaded.key.name(), &OPEN_LINES, loaded.feature_name(feature));
        }
        if !others.is_empty() {
            // One more ring turns inside and outside round.
            return Ok(Shapes::default());
        }
        return Ok(overlay::even_odd(rings.iter().map(|(_, ring)| ring.as_slice())));
    }
    let found = areas(loaded, lost, notices)?;
    // A layer of polygons that nobody can work out is lost, and not empty.
    let is_beyond =
        |feature: &RawFeature| feature.geometry.as_ref().is_some_and(|one| Footprint::of(one).beyond().is_some());
    if found.shapes.is_empty() && !loaded.raw.features.iter().any(is_beyond) {
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

/// How many of a feature's polygons can be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    All,
    Some,
    None,
}

/// Adds a feature's polygons to the shape under construction, but for those without an outline.
fn push_polygons(geometry: Option<&Geometry<f64>>, shapes: &mut Shapes) -> Parts {
    let (mut used, mut outlined) = (0_usize, 0_usize);
    let mut add = |polygon: &geo::Polygon<f64>| {
        used += 1;
        outlined += usize::from(polygon.exterior().0.len() > 2);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            shapes.push_ring(&points(ring));
        }
        shapes.end_polygon();
    };
    if let Some(geometry) = geometry {
        walk(geometry, &mut add);
    }
    match (used, outlined) {
        (0, _) => Parts::None,
        (used, outlined) if used == outlined => Parts::All,
        _ => Parts::Some,
    }
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

/// The points of a line.
pub(super) fn points(line: &LineString<f64>) -> Vec<Point> {
    line.coords().map(|position| [position.x, position.y]).collect()
}
