//! Well-known binary written by hand, and by chance.

use geo::{Geometry, polygon};
use proptest::prelude::*;

use super::{WkbFault, bounds, geometry, push_shape};
use crate::geometry::Shapes;
use crate::inputs::GeometryProblem;

/// Bytes in one byte order.
#[derive(Clone)]
struct Writer {
    big_endian: bool,
    bytes: Vec<u8>,
}

impl Writer {
    fn new(big_endian: bool) -> Self {
        Self { big_endian, bytes: Vec::new() }
    }

    fn head(mut self, kind: u32) -> Self {
        self.bytes.push(u8::from(!self.big_endian));
        self.number(kind)
    }

    fn number(mut self, number: u32) -> Self {
        self.bytes.extend(if self.big_endian { number.to_be_bytes() } else { number.to_le_bytes() });
        self
    }

    fn positions(mut self, positions: &[&[f64]]) -> Self {
        for number in positions.concat() {
            self.bytes.extend(if self.big_endian { number.to_be_bytes() } else { number.to_le_bytes() });
        }
        self
    }

    fn ring(self, positions: &[&[f64]]) -> Self {
        self.number(positions.len() as u32).positions(positions)
    }

    fn part(mut self, part: &[u8]) -> Self {
        self.bytes.extend(part);
        self
    }
}

const SQUARE: &[&[f64]] = &[&[0.0, 0.0], &[4.0, 0.0], &[4.0, 4.0], &[0.0, 4.0], &[0.0, 0.0]];
const HOLE: &[&[f64]] = &[&[1.0, 1.0], &[1.0, 2.0], &[2.0, 2.0], &[1.0, 1.0]];

fn square(big_endian: bool) -> Vec<u8> {
    Writer::new(big_endian).head(3).number(1).ring(SQUARE).bytes
}

fn many(kind: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    Writer::new(false).head(kind).number(parts.len() as u32).part(&parts.concat()).bytes
}

fn point(x: f64, y: f64) -> Vec<u8> {
    Writer::new(true).head(1).positions(&[&[x, y]]).bytes
}

fn shape(bytes: &[u8]) -> (Shapes, Option<GeometryProblem>) {
    let mut shapes = Shapes::default();
    let problem = push_shape(Some(bytes), &mut shapes).unwrap();
    assert_eq!(shapes.len(), 1);
    assert_eq!(bounds(bytes).unwrap(), shapes.bounds());
    (shapes, problem)
}

fn rings_by_polygon(shapes: &Shapes) -> Vec<usize> {
    shapes.get(0).polygons().map(|polygon| polygon.rings().len()).collect()
}

#[test]
fn polygons_are_read_in_either_byte_order() {
    for big_endian in [true, false] {
        let bytes = Writer::new(big_endian).head(3).number(2).ring(SQUARE).ring(HOLE).bytes;
        let (shapes, problem) = shape(&bytes);
        assert_eq!((rings_by_polygon(&shapes), problem), (vec![2], None));
        assert_eq!(shapes.points()[..3], [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]]);
        let expected = polygon!(exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 4.)],
            interiors: [[(x: 1., y: 1.), (x: 1., y: 2.), (x: 2., y: 2.)]]);
        assert_eq!(geometry(&bytes), Ok(Some(expected.into())));
    }
}

#[test]
fn heights_measures_and_srids_are_passed_over_in_both_dialects() {
    let high: &[&[f64]] = &[&[0.0, 0.0, 9.0], &[4.0, 0.0, 9.0], &[4.0, 4.0, 9.0], &[0.0, 0.0, 9.0]];
    let both: &[&[f64]] = &[&[0.0, 0.0, 9.0, 1.0], &[4.0, 0.0, 9.0, 2.0], &[4.0, 4.0, 9.0, 3.0], &[0.0, 0.0, 9.0, 4.0]];
    for (kind, ring) in
        [(1003, high), (2003, high), (3003, both), (0x8000_0003, high), (0x4000_0003, high), (0xc000_0003, both)]
    {
        let (shapes, problem) = shape(&Writer::new(false).head(kind).number(1).ring(ring).bytes);
        assert_eq!(shapes.points(), [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]], "{kind:x}");
        assert_eq!(problem, None);
    }
    let (shapes, _) = shape(&Writer::new(true).head(0x2000_0003).number(6676).number(1).ring(SQUARE).bytes);
    assert_eq!(shapes.points().len(), 5);
}

#[test]
fn multipolygons_and_collections_give_their_polygons() {
    let multi = many(6, &[square(true), square(false)]);
    let (shapes, problem) = shape(&multi);
    assert_eq!((rings_by_polygon(&shapes), problem), (vec![1, 1], None));
    let (shapes, problem) = shape(&many(7, &[point(9.0, 9.0), multi, many(7, &[square(true)])]));
    assert_eq!((rings_by_polygon(&shapes), problem), (vec![1, 1, 1], None));
    let surface = many(12, &[square(true)]);
    assert_eq!(rings_by_polygon(&shape(&surface).0), [1]);
}

#[test]
fn what_is_wrong_with_a_shape_is_said_and_its_place_kept() {
    let line = Writer::new(false).head(2).ring(HOLE).bytes;
    let open = Writer::new(false).head(3).number(1).ring(&SQUARE[..4]).bytes;
    let infinite = Writer::new(false).head(3).number(2).ring(SQUARE).ring(&[&[1.0, f64::INFINITY]]).bytes;
    let hollow = Writer::new(false).head(3).number(2).ring(&[]).ring(HOLE).bytes;
    for (bytes, problem, points) in [
        (point(1.0, 2.0), GeometryProblem::NotAPolygon, 0),
        (line, GeometryProblem::NotAPolygon, 0),
        (open, GeometryProblem::Unclosed, 5),
        (infinite, GeometryProblem::NotFinite, 0),
        (hollow, GeometryProblem::Empty, 0),
        (point(f64::NAN, f64::NAN), GeometryProblem::Empty, 0),
        (many(6, &[]), GeometryProblem::Empty, 0),
        (many(7, &[square(true), point(1.0, f64::NAN)]), GeometryProblem::NotFinite, 0),
    ] {
        let (shapes, found) = shape(&bytes);
        assert_eq!((found, shapes.points().len()), (Some(problem), points));
    }
}

#[test]
fn a_shape_that_is_taken_back_leaves_those_before_it() {
    let mut shapes = Shapes::default();
    push_shape(Some(&square(false)), &mut shapes).unwrap();
    let broken = Writer::new(false).head(3).number(1).ring(&[&[f64::NAN, 1.0]]).bytes;
    push_shape(Some(&many(6, &[square(false), broken])), &mut shapes).unwrap();
    push_shape(Some(&square(true)), &mut shapes).unwrap();
    let points: Vec<usize> = shapes.iter().map(|shape| shape.points().len()).collect();
    assert_eq!(points, [5, 0, 5]);
}

#[test]
fn every_kind_becomes_its_geometry() {
    let line = Writer::new(true).head(2).ring(HOLE).bytes;
    let of = |bytes: &[u8]| geometry(bytes).unwrap();
    assert_eq!(of(&point(1.0, 2.0)), Some(geo::Point::new(1.0, 2.0).into()));
    assert!(
        matches!(of(&many(4, &[point(1.0, 2.0), point(f64::NAN, f64::NAN)])), Some(Geometry::MultiPoint(p)) if p.0.len() == 1)
    );
    assert!(
        matches!(of(&many(5, std::slice::from_ref(&line))), Some(Geometry::MultiLineString(lines)) if lines.0.len() == 1)
    );
    assert!(matches!(of(&many(6, &[square(false)])), Some(Geometry::MultiPolygon(parts)) if parts.0.len() == 1));
    assert!(
        matches!(of(&many(7, &[line, many(7, &[])])), Some(Geometry::GeometryCollection(parts)) if parts.len() == 1)
    );
    assert_eq!(of(&many(7, &[many(4, &[])])), None);
}

#[test]
fn counts_that_the_bytes_cannot_hold_are_refused_before_anything_is_made() {
    for kind in [2, 3, 4, 5, 6, 7] {
        let bytes = Writer::new(false).head(kind).number(u32::MAX).bytes;
        assert!(matches!(geometry(&bytes), Err(WkbFault::Damaged(_))), "{kind}");
        assert!(matches!(push_shape(Some(&bytes), &mut Shapes::default()), Err(WkbFault::Damaged(_))), "{kind}");
    }
    let mut nested = square(false);
    for _ in 0..100_000 {
        nested = [&Writer::new(false).head(7).number(1).bytes, &nested[..]].concat();
        if nested.len() > 4000 {
            break;
        }
    }
    assert!(matches!(geometry(&nested), Err(WkbFault::Damaged(what)) if what.en.contains("collections")));
}

#[test]
fn curves_and_wrong_parts_are_refused_by_name() {
    for (code, kind) in [(8, 8), (1010, 10), (0x8000_000f, 15)] {
        assert_eq!(geometry(&Writer::new(false).head(code).number(0).bytes), Err(WkbFault::Unsupported(kind)));
    }
    for bytes in
        [many(6, &[point(1.0, 2.0)]), many(4, &[square(true)]), vec![7, 0, 0], Writer::new(true).head(4003).bytes]
    {
        assert!(matches!(geometry(&bytes), Err(WkbFault::Damaged(_))));
        assert!(matches!(bounds(&bytes), Err(WkbFault::Damaged(_))));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_the_ways_out_agree(
        flips in prop::collection::vec((0_usize..300, any::<u8>()), 0..6),
        cut in 0_usize..300,
    ) {
        let mut bytes = many(7, &[point(9.0, 9.0), many(6, &[square(true), square(false)]), square(true)]);
        for (index, byte) in flips {
            let index = index % bytes.len();
            bytes[index] = byte;
        }
        if cut < 150 {
            bytes.truncate(cut);
        }
        let mut shapes = Shapes::default();
        let pushed = push_shape(Some(&bytes), &mut shapes);
        prop_assert_eq!(pushed.is_ok(), geometry(&bytes).is_ok());
        prop_assert_eq!(pushed.is_ok(), bounds(&bytes).is_ok());
        if pushed.is_ok() {
            prop_assert_eq!(shapes.len(), 1);
            prop_assert_eq!(bounds(&bytes).unwrap(), shapes.bounds());
        }
    }
}
