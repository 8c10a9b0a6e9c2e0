//! The polygons of a GeoJSON geometry, read straight into [`Shapes`]: no tree of values, no nested lists.
//!
//! Written by hand and not with serde, because positions are nine tenths of a file of parcels: one pass
//! checks the JSON, reads the numbers and finds where the geometry ends.

use super::cursor::{Cursor, Fault};
use crate::geometry::Shapes;
use crate::inputs::GeometryProblem;

/// Geometry collections within each other, at most. RFC 7946 advises against any.
pub(super) const MAX_DEPTH: u8 = 16;

/// Takes a geometry, adds its polygons to `shapes` as one shape, and says what is wrong with it.
pub(super) fn take_shape(cursor: &mut Cursor<'_>, shapes: &mut Shapes) -> Result<Option<GeometryProblem>, Fault> {
    let mut sink = Sink { shapes, polygons: 0, others: false, unclosed: false };
    sink.geometry(cursor, 0)?;
    let problem = if sink.unclosed {
        Some(GeometryProblem::Unclosed)
    } else if sink.polygons > 0 {
        None
    } else if sink.others {
        Some(GeometryProblem::NotAPolygon)
    } else {
        Some(GeometryProblem::Empty)
    };
    shapes.end_shape();
    Ok(problem)
}

#[derive(Clone, Copy)]
enum GeometryType {
    Polygon,
    MultiPolygon,
    Collection,
    Other,
}

/// Where polygons go, and what was met on the way.
struct Sink<'s> {
    shapes: &'s mut Shapes,
    polygons: usize,
    others: bool,
    unclosed: bool,
}

impl Sink<'_> {
    fn geometry(&mut self, cursor: &mut Cursor<'_>, depth: u8) -> Result<(), Fault> {
        cursor.expect(b'{', words!("「{」で始まる図形", "a geometry in braces"))?;
        let mut kind = None;
        let mut content = None; // where the coordinates stand, if they come before the type
        let mut taken = false;
        let mut first = true;
        while let Some(name) = cursor.member(first)? {
            first = false;
            match (cursor.text(name), kind) {
                (b"type", None) => kind = Some(take_type(cursor)?),
                (b"coordinates" | b"geometries", _) if taken => {
                    return Err(cursor.wanted(words!("座標の配列を1つだけにすること", "one list of coordinates only")));
                }
                (b"coordinates" | b"geometries", Some(kind)) => {
                    self.content(cursor, kind, depth)?;
                    taken = true;
                }
                (b"coordinates" | b"geometries", None) => {
                    content = Some(cursor.clone());
                    cursor.value()?;
                    taken = true;
                }
                (b"type", Some(_)) => return Err(cursor.wanted(words!("`type` を1つだけにすること", "one type only"))),
                _ => {
                    cursor.checked_value()?;
                }
            }
            if !cursor.more_members()? {
                break;
            }
        }
        match (kind, content) {
            (None, _) => Err(cursor.wanted(words!("この手前に図形の `type`", "a geometry with a type before this"))),
            (Some(_), _) if !taken => {
                Err(cursor.wanted(words!("この手前に図形の座標", "a geometry with coordinates before this")))
            }
            (Some(kind), Some(mut content)) => self.content(&mut content, kind, depth),
            (Some(_), None) => Ok(()),
        }
    }

    /// The `coordinates` or `geometries` of a geometry.
    fn content(&mut self, cursor: &mut Cursor<'_>, kind: GeometryType, depth: u8) -> Result<(), Fault> {
        match kind {
            GeometryType::Polygon => self.polygon(cursor),
            GeometryType::MultiPolygon => {
                cursor.list(words!("ポリゴンの配列", "a list of polygons"), |cursor| self.polygon(cursor))
            }
            GeometryType::Collection if depth >= MAX_DEPTH => {
                Err(cursor.wanted(words!("これより浅い入れ子", "no more collections within collections")))
            }
            GeometryType::Collection => cursor
                .list(words!("図形の配列", "a list of geometries"), |cursor| self.geometry(cursor, depth + 1)),
            GeometryType::Other => {
                self.others = true;
                cursor.checked_value().map(|_| ())
            }
        }
    }

    fn polygon(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
        let mut shell = None;
        cursor.list(words!("ポリゴン（輪郭の配列）", "a polygon: a list of rings"), |cursor| {
            if shell == Some(0) {
                return cursor.checked_value().map(|_| ()); // holes in nothing
            }
            let points = self.ring(cursor)?;
            shell.get_or_insert(points);
            Ok(())
        })?;
        if shell.is_some_and(|points| points > 0) {
            self.shapes.end_polygon();
            self.polygons += 1;
        }
        Ok(())
    }

    /// Takes a ring, closes it where it is not, and returns the number of its points.
    fn ring(&mut self, cursor: &mut Cursor<'_>) -> Result<usize, Fault> {
        let start = self.shapes.points().len();
        cursor.list(words!("輪郭（座標の配列）", "a ring: a list of positions"), |cursor| {
            self.shapes.push_point(cursor.position()?);
            Ok(())
        })?;
        let ring = &self.shapes.points()[start..];
        let points = ring.len();
        if let (Some(&first), Some(&last)) = (ring.first(), ring.last()) {
            if first != last {
                self.shapes.push_point(first);
                self.unclosed = true;
            }
            self.shapes.end_ring();
        }
        Ok(points)
    }
}

fn take_type(cursor: &mut Cursor<'_>) -> Result<GeometryType, Fault> {
    let unknown = cursor.wanted(words!("「Polygon」のような図形の種類", "a type of geometry, as “Polygon”"));
    let kind = cursor.value()?;
    Ok(match cursor.text(kind) {
        b"\"Polygon\"" => GeometryType::Polygon,
        b"\"MultiPolygon\"" => GeometryType::MultiPolygon,
        b"\"GeometryCollection\"" => GeometryType::Collection,
        b"\"Point\"" | b"\"MultiPoint\"" | b"\"LineString\"" | b"\"MultiLineString\"" => GeometryType::Other,
        _ => return Err(unknown),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";
    const HOLE: &str = "[[1,1],[1,2],[2,2],[1,1]]";

    fn push(geometry: &str) -> (Shapes, Option<GeometryProblem>) {
        let mut shapes = Shapes::default();
        let mut cursor = Cursor::new(geometry.as_bytes());
        let problem = take_shape(&mut cursor, &mut shapes).unwrap();
        assert_eq!((shapes.len(), cursor.at), (1, geometry.len()));
        (shapes, problem)
    }

    fn rings_by_polygon(shapes: &Shapes) -> Vec<usize> {
        shapes.get(0).polygons().map(|polygon| polygon.rings().len()).collect()
    }

    #[test]
    fn polygons_keep_their_rings_in_either_order_of_members() {
        for geometry in [
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE},{HOLE}],[{SQUARE}]]}}"#),
            format!(r#"{{"bbox":[0],"coordinates":[[{SQUARE} , {HOLE}],[{SQUARE}]], "type":"MultiPolygon"}}"#),
        ] {
            let (shapes, problem) = push(&geometry);
            assert_eq!((rings_by_polygon(&shapes), problem), (vec![2, 1], None));
        }
    }

    #[test]
    fn heights_are_passed_over_and_open_rings_closed() {
        let (shapes, problem) = push(r#"{"type":"Polygon","coordinates":[[[0,0,9],[4,0,9,null],[4,4]]]}"#);
        assert_eq!(shapes.points(), [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]);
        assert_eq!(problem, Some(GeometryProblem::Unclosed));
    }

    #[test]
    fn a_collection_gives_its_polygons() {
        let polygon = format!(r#"{{"type":"Polygon","coordinates":[{SQUARE}]}}"#);
        let point = r#"{"type":"Point","coordinates":[1,2]}"#;
        let (shapes, problem) =
            push(&format!(r#"{{"type":"GeometryCollection","geometries":[{point},{polygon},{polygon}]}}"#));
        assert_eq!((rings_by_polygon(&shapes), problem), (vec![1, 1], None));
        let (shapes, problem) = push(&format!(r#"{{"geometries":[{point}],"type":"GeometryCollection"}}"#));
        assert!(shapes.get(0).is_empty());
        assert_eq!(problem, Some(GeometryProblem::NotAPolygon));
    }

    #[test]
    fn what_holds_nothing_is_empty() {
        for coordinates in ["[]", "[[]]", &format!("[[],{HOLE}]")] {
            let (shapes, problem) = push(&format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#));
            assert!(shapes.get(0).is_empty());
            assert_eq!(problem, Some(GeometryProblem::Empty), "{coordinates}");
        }
    }

    #[test]
    fn wrong_nesting_is_an_error_and_deep_nesting_no_crash() {
        for geometry in [
            format!(r#"{{"type":"Polygon","coordinates":{SQUARE}}}"#),
            format!(r#"{{"type":"Polygon","coordinates":[[{SQUARE}]]}}"#),
            format!(r#"{{"type":"MultiPolygon","coordinates":[{SQUARE}]}}"#),
            r#"{"type":"Polygon","coordinates":[[[1]]]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[[[1,null]]]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[[[1,1e999]]]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":null}"#.to_owned(),
            r#"{"type":"Polygon"}"#.to_owned(),
            r#"{"type":"Circle","coordinates":[]}"#.to_owned(),
            r#"{"coordinates":[]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[],"coordinates":[]}"#.to_owned(),
            r#"{"geometries":["#.repeat(5000) + &r#"],"type":"GeometryCollection"}"#.repeat(5000),
            r#"{"type":"GeometryCollection","geometries":["#.repeat(5000) + &"]}".repeat(5000),
        ] {
            assert!(
                take_shape(&mut Cursor::new(geometry.as_bytes()), &mut Shapes::default()).is_err(),
                "{geometry:.80}"
            );
        }
    }
}
