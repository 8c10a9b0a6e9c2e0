//! The product `places`: where each criterion of a place holds, for sure, with what is expected, and possibly.

use rayon::prelude::*;

use super::colours::BORDER;
use super::outline;
use super::product::{Place, Product, ProductColumn, Row, cells, fields};
use super::properties::ValueType::Text;
use super::qgis::{Category, Form, Outline, Paint, Style, Symbol};
use crate::criteria::Criterion;
use crate::crs::FromPlane;
use crate::geometry::{Bounds, Shapes};
use crate::regions::{Known, Region};
use crate::verdicts::Status;

/// Circles have fewer vertices here than where parcels are measured; no line departs by more than this from the true one.
pub const PLACE_ERROR_M: f64 = 0.05;

/// How much of the plane beyond the parcels is shown, plane metres.
const MARGIN_M: f64 = 500.0;

/// How sure it is that a criterion holds on a part of the plane.
#[derive(Debug, Clone, Copy)]
struct Certainty {
    id: &'static str,
    japanese: &'static str,
    /// The status that has the same colour.
    like: Status,
}

const CERTAINTIES: [Certainty; 3] = [
    Certainty { id: "sure", japanese: "確実", like: Status::Eligible },
    Certainty { id: "expected", japanese: "見込み", like: Status::Prospective },
    Certainty { id: "possible", japanese: "未確定", like: Status::Undetermined },
];

/// A criterion with a part of the plane.
struct PlaceRow {
    criterion: &'static Criterion,
    certainty: Certainty,
}

fn columns() -> [ProductColumn<PlaceRow>; 3] {
    [
        ProductColumn { name: "criterion", title: "要件 ID", kind: Text, cell: |row| row.criterion.id.into() },
        ProductColumn { name: "name", title: "要件", kind: Text, cell: |row| row.criterion.name.0.into() },
        ProductColumn { name: "certainty", title: "確実さ", kind: Text, cell: |row| row.certainty.id.into() },
    ]
}

/// Where criteria hold within the box around the parcels and a margin: up to three rows a criterion, which have no place
/// in common.
#[must_use]
pub fn places(known: &[(&'static Criterion, &Known)], parcels: Bounds, from_plane: &FromPlane) -> Product {
    let columns = columns();
    let frame = Region::union_of(&[&Shapes::from(parcels.grown(MARGIN_M))]);
    let rows: Vec<Vec<Row>> = known
        .par_iter()
        .map(|&(criterion, known)| {
            let parts = CERTAINTIES.into_iter().zip(parts(known, &frame));
            let row = |(certainty, region): (Certainty, Region)| {
                let shapes = region.pieces().filter(|shapes| !shapes.is_empty())?;
                let degrees = outline::degrees(&outline::simplified(shapes, PLACE_ERROR_M), from_plane);
                let cells = cells(&columns, &PlaceRow { criterion, certainty });
                (!degrees.is_empty()).then_some(Row { cells, place: Place::Area(degrees) })
            };
            parts.filter_map(row).collect()
        })
        .collect();
    Product { name: "places", fields: fields(&columns), rows: rows.into_iter().flatten().collect(), style: style() }
}

/// Sure, expected beyond that, and possible beyond both.
fn parts(known: &Known, frame: &Region) -> [Region; 3] {
    let [sure, expected, possible] = [&known.sure, &known.expected, &known.possible].map(|set| frame.intersection(set));
    let more = if expected == sure { Region::nothing() } else { expected.minus(&sure) };
    let open = if possible == sure { Region::nothing() } else { possible.minus(&sure).minus(&more) };
    [sure, more, open]
}

/// Colour and hatching tell the certainty.
fn style() -> Style {
    const ALPHA: u8 = 60;
    let category = |certainty: Certainty| Category {
        value: certainty.id.to_owned(),
        label: format!("{}（{}）", certainty.japanese, certainty.id),
        symbol: Symbol {
            form: Form::Area,
            paint: Paint::of(certainty.like, ALPHA),
            outline: Outline { colour: BORDER, width: 0.3, pen: "solid" },
            shape: "square",
        },
    };
    Style { by: "\"certainty\"".to_owned(), categories: CERTAINTIES.map(category).into(), label: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::criterion;
    use crate::crs::Plane;

    fn square(x: f64, side: f64) -> Region {
        Region::union_of(&[&Shapes::from(Bounds { min: [x, 0.0], max: [x + side, side] })])
    }

    #[test]
    fn what_is_sure_expected_and_open_stands_side_by_side() {
        let known = Known::between(square(0.0, 100.0), Region::everything()).expecting(&square(50.0, 100.0));
        let bounds = Bounds { min: [0.0, 0.0], max: [300.0, 100.0] };
        let from_plane = FromPlane::new(Plane::new(8).unwrap());
        let product = places(&[(criterion("in-did").unwrap(), &known)], bounds, &from_plane);
        let certainties: Vec<&str> = product.rows.iter().filter_map(|row| row.cells[2].as_str()).collect();
        assert_eq!(certainties, ["sure", "expected", "possible"]);
        let [sure, expected, open] =
            parts(&known, &square(0.0, 200.0)).map(|part| part.pieces().unwrap().points().len());
        assert!(sure == 5 && expected >= 5 && open > 5, "{sure} {expected} {open}");
    }

    #[test]
    fn a_criterion_that_holds_nowhere_has_no_row() {
        let from_plane = FromPlane::new(Plane::new(8).unwrap());
        let nowhere = Known::exactly(Region::nothing());
        let bounds = Bounds { min: [0.0; 2], max: [100.0; 2] };
        assert!(places(&[(criterion("in-did").unwrap(), &nowhere)], bounds, &from_plane).rows.is_empty());
    }
}
