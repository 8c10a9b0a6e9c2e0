//! The polygons of a GeoJSON geometry, pushed straight into [`Shapes`]: no tree of values, no nested lists.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::geometry::Shapes;
use crate::inputs::GeometryProblem;

/// Geometry collections within each other, at most. RFC 7946 advises against any.
const MAX_DEPTH: u8 = 16;

/// Adds the polygons of a geometry to `shapes` as one shape, and says what is wrong with it.
pub(super) fn push_shape(geometry: &str, shapes: &mut Shapes) -> Result<Option<GeometryProblem>, serde_json::Error> {
    let mut found = Found::default();
    let mut json = serde_json::Deserializer::from_str(geometry);
    GeometrySeed { sink: Sink { shapes, found: &mut found }, depth: 0 }.deserialize(&mut json)?;
    json.end()?;
    shapes.end_shape();
    Ok(if found.unclosed {
        Some(GeometryProblem::Unclosed)
    } else if found.polygons > 0 {
        None
    } else if found.others {
        Some(GeometryProblem::NotAPolygon)
    } else {
        Some(GeometryProblem::Empty)
    })
}

#[derive(Default)]
struct Found {
    polygons: usize,
    others: bool,
    unclosed: bool,
}

/// Where polygons go.
struct Sink<'s> {
    shapes: &'s mut Shapes,
    found: &'s mut Found,
}

impl Sink<'_> {
    fn lend(&mut self) -> Sink<'_> {
        Sink { shapes: self.shapes, found: self.found }
    }
}

struct GeometrySeed<'s> {
    sink: Sink<'s>,
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry in braces")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut kind: Option<Kind> = None;
        let mut parsed = false;
        let mut waiting: Option<&RawValue> = None;
        while let Some(Text(name)) = members.next_key()? {
            match (&*name, kind) {
                ("type", None) => kind = Some(Kind::of(&members.next_value::<Text<'_>>()?.0)?),
                ("type", Some(_)) => return Err(A::Error::duplicate_field("type")),
                ("coordinates" | "geometries", _) if parsed || waiting.is_some() => {
                    return Err(A::Error::custom("it has two lists of coordinates"));
                }
                ("coordinates" | "geometries", Some(kind)) => {
                    parsed = true;
                    members.next_value_seed(ContentSeed { sink: self.sink.lend(), kind, depth: self.depth })?;
                }
                // The type comes after the coordinates: they must wait, and are walked twice.
                ("coordinates" | "geometries", None) => waiting = Some(members.next_value()?),
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let kind = kind.ok_or_else(|| A::Error::missing_field("type"))?;
        if let Some(content) = waiting {
            let seed = ContentSeed { sink: self.sink.lend(), kind, depth: self.depth };
            return seed.deserialize(content).map_err(A::Error::custom);
        }
        if parsed { Ok(()) } else { Err(A::Error::missing_field("coordinates")) }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Polygon,
    MultiPolygon,
    Collection,
    Other,
}

impl Kind {
    fn of<E: Error>(name: &str) -> Result<Self, E> {
        Ok(match name {
            "Polygon" => Self::Polygon,
            "MultiPolygon" => Self::MultiPolygon,
            "GeometryCollection" => Self::Collection,
            "Point" | "MultiPoint" | "LineString" | "MultiLineString" => Self::Other,
            _ => return Err(E::custom(format_args!("“{name}” is no type of geometry"))),
        })
    }
}

/// The `coordinates` or `geometries` of a geometry of known type.
struct ContentSeed<'s> {
    sink: Sink<'s>,
    kind: Kind,
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for ContentSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.kind {
            Kind::Polygon => PolygonSeed(self.sink).deserialize(json),
            Kind::MultiPolygon | Kind::Collection => json.deserialize_seq(self),
            Kind::Other => {
                self.sink.found.others = true;
                IgnoredAny::deserialize(json).map(|_| ())
            }
        }
    }
}

impl<'de> Visitor<'de> for ContentSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self.kind, Kind::Collection) { "a list of geometries" } else { "a list of polygons" })
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut parts: A) -> Result<(), A::Error> {
        if matches!(self.kind, Kind::MultiPolygon) {
            while parts.next_element_seed(PolygonSeed(self.sink.lend()))?.is_some() {}
            return Ok(());
        }
        if self.depth >= MAX_DEPTH {
            return Err(A::Error::custom("geometry collections are nested too deep"));
        }
        let depth = self.depth + 1;
        while parts.next_element_seed(GeometrySeed { sink: self.sink.lend(), depth })?.is_some() {}
        Ok(())
    }
}

struct PolygonSeed<'s>(Sink<'s>);

impl<'de> DeserializeSeed<'de> for PolygonSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PolygonSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a polygon: a list of rings")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut rings: A) -> Result<(), A::Error> {
        let has_shell = matches!(rings.next_element_seed(RingSeed(self.0.lend()))?, Some(points) if points > 0);
        if !has_shell {
            while rings.next_element::<IgnoredAny>()?.is_some() {} // holes in nothing
            return Ok(());
        }
        while rings.next_element_seed(RingSeed(self.0.lend()))?.is_some() {}
        self.0.shapes.end_polygon();
        self.0.found.polygons += 1;
        Ok(())
    }
}

/// A ring; gives the number of its points, and closes it where it is not.
struct RingSeed<'s>(Sink<'s>);

impl<'de> DeserializeSeed<'de> for RingSeed<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<usize, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RingSeed<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a ring: a list of positions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut positions: A) -> Result<usize, A::Error> {
        let Sink { shapes, found } = self.0;
        let start = shapes.points().len();
        while let Some(Position(point)) = positions.next_element()? {
            shapes.push_point(point);
        }
        let ring = &shapes.points()[start..];
        let points = ring.len();
        if let (Some(&first), Some(&last)) = (ring.first(), ring.last()) {
            if first != last {
                shapes.push_point(first);
                found.unclosed = true;
            }
            shapes.end_ring();
        }
        Ok(points)
    }
}

/// A position: two numbers; what follows them (a height) is passed over.
pub(super) struct Position(pub(super) [f64; 2]);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct PositionVisitor;
        impl<'de> Visitor<'de> for PositionVisitor {
            type Value = Position;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position: a list of two numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Position, A::Error> {
                let x = numbers.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
                let y = numbers.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
                while numbers.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Position([x, y]))
            }
        }
        json.deserialize_seq(PositionVisitor)
    }
}

/// A string that borrows where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";
    const HOLE: &str = "[[1,1],[1,2],[2,2],[1,1]]";

    fn push(geometry: &str) -> (Shapes, Option<GeometryProblem>) {
        let mut shapes = Shapes::default();
        let problem = push_shape(geometry, &mut shapes).unwrap();
        assert_eq!(shapes.len(), 1);
        (shapes, problem)
    }

    fn rings_by_polygon(shapes: &Shapes) -> Vec<usize> {
        shapes.get(0).polygons().map(|polygon| polygon.rings().len()).collect()
    }

    #[test]
    fn polygons_keep_their_rings_in_either_order_of_members() {
        for geometry in [
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE},{HOLE}],[{SQUARE}]]}}"#),
            format!(r#"{{"bbox":[0],"coordinates":[[{SQUARE},{HOLE}],[{SQUARE}]],"type":"MultiPolygon"}}"#),
        ] {
            let (shapes, problem) = push(&geometry);
            assert_eq!((rings_by_polygon(&shapes), problem), (vec![2, 1], None));
        }
    }

    #[test]
    fn heights_are_passed_over_and_open_rings_closed() {
        let (shapes, problem) = push(r#"{"type":"Polygon","coordinates":[[[0,0,9],[4,0,9,1],[4,4]]]}"#);
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
            r#"{"type":"Polygon","coordinates":null}"#.to_owned(),
            r#"{"type":"Polygon"}"#.to_owned(),
            r#"{"type":"Circle","coordinates":[]}"#.to_owned(),
            r#"{"coordinates":[]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[],"coordinates":[]}"#.to_owned(),
            r#"{"geometries":["#.repeat(5000) + &r#"],"type":"GeometryCollection"}"#.repeat(5000),
        ] {
            assert!(push_shape(&geometry, &mut Shapes::default()).is_err(), "{geometry:.80}");
        }
    }
}
