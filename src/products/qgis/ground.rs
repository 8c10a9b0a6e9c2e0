//! What lies under the maps of the project: a layer for each kind of ground, lowest of all, read from the file that the run keeps of it.

use geo::{BoundingRect as _, Coord, Geometry, Intersects as _, Rect};

use super::super::sources::Sources;
use super::ProjectContext;
use crate::geometry::Bounds;
use crate::inputs::ValueType;
use crate::layers::{BACKDROP, BACKDROP_TITLE, Ground};
use crate::outputs::qgis::project::{Group, Node, ProjectLayer, Sheet, Shown, Source, id_of};
use crate::outputs::qgis::{Category, Style, Symbol};
use crate::outputs::{GroundLook, names};
use crate::table::Field;
use crate::text::Text;

/// The property of the file that tells kinds apart.
const KIND: &str = "draw";

/// The group of it, and what the sheets show of it; nothing where the run has none.
pub(super) fn ground(context: &ProjectContext<'_>) -> (Option<Node>, Vec<Shown>) {
    let grounds = context.backdrop.map_or(&[][..], |backdrop| &backdrop.grounds);
    let is_mixed = [true, false].into_iter().all(|area| grounds.iter().any(|(ground, _)| ground.is_area() == area));
    let rights = rights(context);
    let layers: Vec<ProjectLayer> =
        grounds.iter().rev().map(|(ground, _)| layer(*ground, is_mixed, rights.clone())).collect();
    let frame = Sheet::extent(&context.extent);
    let shown = |(layer, (_, geometry)): (&ProjectLayer, &(Ground, Geometry<f64>))| Shown {
        in_legend: is_within(geometry, &frame),
        ..Shown::whole(layer.id.clone())
    };
    let shown = layers.iter().zip(grounds.iter().rev()).map(shown).collect();
    let nodes: Vec<Node> = layers.into_iter().map(Node::from).collect();
    let group = Group { name: BACKDROP_TITLE, is_shown: true, is_heading: true, nodes };
    ((!group.nodes.is_empty()).then_some(Node::Group(group)), shown)
}

fn layer(ground: Ground, is_mixed: bool, rights: Option<Text>) -> ProjectLayer {
    // Without words of its own it stands in legends in one row, under the name of its layer.
    let category = Category {
        value: ground.id().to_owned(),
        label: Text::same(""),
        symbol: Symbol::Ground(GroundLook::of(ground)),
        is_drawn: true,
    };
    let filter = Some(format!("\"{KIND}\" = '{}'", ground.id()));
    let words = Ground::ALL.iter().map(|ground| (ground.id(), ground.name())).collect();
    let title = Some(Text::new("種類", "kind"));
    ProjectLayer {
        id: id_of(&format!("{BACKDROP}_{}", ground.id())),
        name: ground.name(),
        source: Source { is_mixed, filter, ..Source::file(names::product(BACKDROP)) },
        form: category.symbol.form(),
        style: Style { by: format!("\"{KIND}\""), categories: vec![category], label: None },
        styles: Vec::new(),
        fields: vec![Field { name: KIND.to_owned(), title, value_type: ValueType::Text, words }],
        is_shown: true,
        rights,
    }
}

/// Whose data it is; files of which nobody says are called by their names.
fn rights(context: &ProjectContext<'_>) -> Option<Text> {
    let input = context.record.inputs.iter().find(|input| input.layer == BACKDROP)?;
    let Sources { known, names } = Sources::of(input, context.record);
    let all: Vec<Text> = known.into_iter().chain(names).collect();
    (!all.is_empty()).then(|| Text::list(&all))
}

/// Whether any of it lies in a box.
fn is_within(geometry: &Geometry<f64>, bounds: &Bounds) -> bool {
    let frame = Rect::new(Coord::from(bounds.min), Coord::from(bounds.max));
    let is_near = |rect: Option<Rect>| rect.is_some_and(|rect| rect.intersects(&frame));
    match geometry {
        Geometry::MultiLineString(lines) => {
            lines.iter().any(|line| is_near(line.bounding_rect()) && line.intersects(&frame))
        }
        Geometry::MultiPolygon(all) => {
            all.iter().any(|polygon| is_near(polygon.bounding_rect()) && polygon.intersects(&frame))
        }
        other => other.intersects(&frame),
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiLineString, line_string};

    use super::*;

    #[test]
    fn what_lies_beyond_the_frame_is_not_within_it() {
        let frame = Bounds { min: [0.0, 0.0], max: [10.0, 10.0] };
        let around = line_string![(x: -1.0, y: -1.0), (x: 11.0, y: -1.0), (x: 11.0, y: 11.0)];
        let through = line_string![(x: -1.0, y: 5.0), (x: 11.0, y: 5.0)];
        assert!(!is_within(&MultiLineString(vec![around.clone()]).into(), &frame));
        assert!(is_within(&MultiLineString(vec![around, through]).into(), &frame));
    }
}
