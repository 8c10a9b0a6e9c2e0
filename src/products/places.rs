//! The product `places`: where each criterion of a place holds, for sure, with what is expected, and possibly.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{ProductContext, words};
use crate::criteria::Criterion;
use crate::geometry::Shapes;
use crate::inputs::ValueType;
use crate::outputs::qgis::{Category, Form, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{BORDER, PLACES, Product, ProductRow, RowPlace, outline};
use crate::regions::{Certainty, Known, Region};
use crate::table::{ProductColumn, cells, certainties, fields};
use crate::text::Text;
use crate::verdicts::Status;

/// Circles have fewer vertices here than where parcels are measured; no line departs by more than this from the true one.
pub const PLACE_ERROR_M: f64 = 0.05;

/// How much of the plane beyond the parcels is shown, plane metres.
pub const MARGIN_M: f64 = 500.0;

/// What a row can say, in the order of rows, each with the status that has the same colour.
const CERTAINTIES: [(Certainty, Status); 3] = [
    (Certainty::Sure, Status::Eligible),
    (Certainty::Expected, Status::Prospective),
    (Certainty::Possible, Status::Undetermined),
];

/// A criterion with a part of the plane.
struct PlaceRow {
    criterion: &'static Criterion,
    certainty: Certainty,
}

fn columns() -> [ProductColumn<PlaceRow>; 3] {
    [
        ProductColumn {
            name: "criterion",
            title: Text::new("条件ID", "id of the criterion"),
            value_type: ValueType::Text,
            cell: |row| row.criterion.id.into(),
        },
        ProductColumn {
            name: "name",
            title: Text::new("条件", "criterion"),
            value_type: ValueType::Text,
            cell: |row| row.criterion.name.ja.as_ref().into(),
        },
        ProductColumn {
            name: "certainty",
            title: Text::new("確実さ", "certainty"),
            value_type: ValueType::Text,
            cell: |row| row.certainty.id().into(),
        },
    ]
}

/// Where criteria hold within the box around the parcels and a margin: up to three rows a criterion, which have no place
/// in common.
pub(super) fn places(context: &ProductContext<'_>) -> Option<Product> {
    if context.extent.is_empty() {
        return None;
    }
    let columns = columns();
    let frame = Region::union_of(&[&Shapes::from(context.extent.grown(MARGIN_M))]);
    let mut known: Vec<(usize, &Criterion, &Known)> = context
        .assessor
        .judge
        .rules
        .set
        .regions()
        .filter_map(|one| Some((one, context.assessor.known.get(one.id)?)))
        .enumerate()
        .map(|(turn, (one, known))| (turn, one, known))
        .collect();
    // The longest outline first: last, it would keep all threads waiting but one.
    known.sort_by_key(|(_, _, known)| Reverse(known.possible.pieces().map_or(0, |shapes| shapes.points().len())));
    let mut rows: Vec<(usize, Vec<ProductRow>)> = known
        .par_iter()
        .with_max_len(1)
        .map(|&(turn, criterion, known)| {
            let parts = CERTAINTIES.into_iter().zip(parts(known, &frame));
            let row = |((certainty, _), region): ((Certainty, Status), Region)| {
                let shapes = region.pieces().filter(|shapes| !shapes.is_empty())?;
                let simple = outline::simplified(shapes, PLACE_ERROR_M);
                let degrees = outline::degrees(&simple, context.from_plane);
                let cells = cells(&columns, &PlaceRow { criterion, certainty });
                (!degrees.is_empty()).then_some(ProductRow { cells, place: RowPlace::Area(degrees) })
            };
            (turn, parts.filter_map(row).collect())
        })
        .collect();
    rows.sort_by_key(|(turn, _)| *turn);
    let rows = rows.into_iter().flat_map(|(_, rows)| rows).collect();
    let words = [("criterion", words::criteria(context.assessor.judge.rules.set)), ("certainty", certainties())];
    Some(Product {
        name: "places",
        title: Text::new("条件ごとの範囲", "where each criterion holds"),
        fields: fields(&columns, words),
        rows,
        style: style(),
    })
}

/// Sure, expected beyond that, and possible beyond both.
fn parts(known: &Known, frame: &Region) -> [Region; 3] {
    let [sure, expected, possible] = [&known.sure, &known.expected, &known.possible].map(|set| frame.intersection(set));
    let more = if expected == sure { Region::nothing() } else { expected.minus(&sure) };
    let open = if possible == sure { Region::nothing() } else { possible.minus(&sure).minus(&more) };
    [sure, more, open]
}

/// How one criterion alone is drawn, by its turn: a colour of its own, and the certainty by its line.
pub(super) fn style_of_one(turn: usize) -> Style {
    const ALPHA: u8 = 30;
    let colour = PLACES[turn % PLACES.len()];
    let category = |(certainty, pen): (Certainty, &'static str)| Category {
        value: certainty.id().to_owned(),
        label: certainty.name(),
        is_drawn: true,
        symbol: Symbol::Sign(Sign {
            form: Form::Area,
            paint: Paint { colour, alpha: ALPHA, hatched: false },
            outline: Outline { colour, width: 0.5, pen, from: None },
            shape: "square",
        }),
    };
    let pens = ["solid", "dash", "dot"];
    let categories = CERTAINTIES.into_iter().map(|(certainty, _)| certainty).zip(pens).map(category).collect();
    Style { by: BY.to_owned(), categories, label: None }
}

/// The column that tells rows of a criterion apart.
const BY: &str = "\"certainty\"";

/// Colour and hatching tell the certainty.
fn style() -> Style {
    const ALPHA: u8 = 60;
    let category = |(certainty, like): (Certainty, Status)| Category {
        value: certainty.id().to_owned(),
        label: certainty.name(),
        is_drawn: true,
        symbol: Symbol::Sign(Sign {
            form: Form::Area,
            paint: Paint::of(like, ALPHA),
            outline: Outline { colour: BORDER, width: 0.3, pen: "solid", from: None },
            shape: "square",
        }),
    };
    Style { by: BY.to_owned(), categories: CERTAINTIES.map(category).into(), label: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Assessor, Terms};
    use crate::crs::{FromPlane, Plane};
    use crate::geometry::Bounds;
    use crate::layers::{City, Layer, LayerKey};

    fn square(x: f64, side: f64) -> Shapes {
        Shapes::from(Bounds { min: [x, 0.0], max: [x + side, side] })
    }

    /// The certainties of the rows of one criterion, of a city with these districts.
    fn certainties(did: Option<Shapes>, expected: Option<Shapes>) -> Vec<String> {
        let plane = Plane::new(8).unwrap();
        let mut city = City::empty(plane, None);
        if let Some(shapes) = did {
            city.put(LayerKey::Did, Layer::Area(shapes));
        }
        if let Some(shapes) = expected {
            city.expect(LayerKey::Did, Layer::Area(shapes));
        }
        let extent = Bounds { min: [0.0; 2], max: [300.0, 100.0] };
        let assessor = Assessor::build(&city, None, &Terms::default(), extent);
        let context = ProductContext {
            city: &city,
            timetables: &[],
            assessor: &assessor,
            extent,
            parcels_by_candidate: &[],
            spacing: None,
            from_plane: &FromPlane::new(plane),
        };
        let id = assessor.judge.rules.set.of_layer(LayerKey::Did).next().unwrap().id;
        let rows = places(&context).unwrap().rows.into_iter().filter(|row| row.cells[0] == id);
        rows.map(|row| row.cells[2].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_is_sure_expected_and_open_stands_side_by_side() {
        assert_eq!(certainties(Some(square(0.0, 100.0)), Some(square(50.0, 100.0))), ["sure", "expected"]);
        assert_eq!(certainties(None, Some(square(50.0, 100.0))), ["expected", "possible"]);
        let known = Known::between(Region::union_of(&[&square(0.0, 100.0)]), Region::everything());
        let known = known.expecting(&Region::union_of(&[&square(50.0, 100.0)]));
        let parts = parts(&known, &Region::union_of(&[&square(0.0, 200.0)]));
        let [sure, expected, open] = parts.map(|part| part.pieces().unwrap().points().len());
        assert!(sure == 5 && expected >= 5 && open > 5, "{sure} {expected} {open}");
    }

    #[test]
    fn a_criterion_that_holds_nowhere_has_no_row() {
        assert_eq!(certainties(Some(Shapes::default()), None), [""; 0]);
    }
}
