//! What should be found out first, on a map: each item with what it would settle.

use geo::{Geometry, Point};
use serde_json::Value;

use super::measured::rounded;
use crate::crs::FromPlane;
use crate::inputs::ValueType::{self, Integer, Number};
use crate::outputs::qgis::{Category, Form, Label, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{DEGREES, Product, ProductRow, RowPlace, SURVEY_COLOUR, text};
use crate::queries::{End, Survey, Surveyed};
use crate::table::{ProductColumn, Word, cells, fields};
use crate::text::Text;

struct Row<'a> {
    /// Its place among the items, from 1.
    rank: usize,
    one: &'a Surveyed,
}

impl Row<'_> {
    /// What the answer at an end settles: parcels and hectares.
    fn at(&self, end: End) -> Option<(u64, f64)> {
        let mut answers = self.one.item.answers.iter().zip(&self.one.outcomes);
        let found = answers.find(|(answer, _)| answer.end == end);
        found.map(|(_, outcome)| (outcome.settled.parcels, outcome.settled.hectares))
    }
}

#[rustfmt::skip]
fn columns<'a>() -> Vec<ProductColumn<Row<'a>>> {
    vec![
        ProductColumn { name: "rank", title: Text::new("順位", "rank"), value_type: Integer, cell: |row| row.rank.into() },
        ProductColumn { name: "kind", title: Text::new("種類", "kind"), value_type: ValueType::Text, cell: |row| row.one.item.kind.id().into() },
        ProductColumn { name: "id", title: Text::new("番号", "number"), value_type: ValueType::Text, cell: |row| row.one.item.id.as_str().into() },
        ProductColumn { name: "title", title: Text::new("調べるもの", "what to find out"), value_type: ValueType::Text, cell: |row| row.one.item.title.ja.as_ref().into() },
        ProductColumn { name: "title_en", title: Text::new("調べるもの（英語）", "what to find out, in English"), value_type: ValueType::Text, cell: |row| row.one.item.title.en.as_ref().into() },
        ProductColumn { name: "parcels_for_sure", title: Text::new("必ず決まる筆", "settled for sure, parcels"), value_type: Integer, cell: |row| row.one.whichever.parcels.into() },
        ProductColumn { name: "hectares_for_sure", title: Text::new("必ず決まる面積 ha", "settled for sure, ha"), value_type: Number,
            cell: |row| rounded(row.one.whichever.hectares, 4) },
        ProductColumn { name: "parcels_if_good", title: Text::new("良い答えで決まる筆", "settled by a good answer, parcels"), value_type: Integer, cell: |row| parcels(row.at(End::Good)) },
        ProductColumn { name: "hectares_if_good", title: Text::new("良い答えで決まる面積 ha", "settled by a good answer, ha"), value_type: Number, cell: |row| hectares(row.at(End::Good)) },
        ProductColumn { name: "parcels_if_poor", title: Text::new("悪い答えで決まる筆", "settled by a poor answer, parcels"), value_type: Integer, cell: |row| parcels(row.at(End::Poor)) },
        ProductColumn { name: "hectares_if_poor", title: Text::new("悪い答えで決まる面積 ha", "settled by a poor answer, ha"), value_type: Number, cell: |row| hectares(row.at(End::Poor)) },
    ]
}

fn parcels(of: Option<(u64, f64)>) -> Value {
    of.map(|(parcels, _)| parcels).into()
}

fn hectares(of: Option<(u64, f64)>) -> Value {
    of.map_or(Value::Null, |(_, hectares)| rounded(hectares, 4))
}

/// Every item, the weightiest first, so many at most. One that is nowhere, or of which nobody knows where, has no place.
#[must_use]
pub fn survey(survey: &Survey, most: Option<usize>, from_plane: &FromPlane) -> Product {
    let columns = columns();
    let mut rows = Vec::new();
    for (rank, one) in (1..).zip(&survey.items).take(most.unwrap_or(usize::MAX)) {
        let at = one.item.at.map(|at| from_plane.lon_lat(at).map(|degrees| text::rounded(degrees, DEGREES)));
        let place = at.map_or(RowPlace::Unknown, |[x, y]| RowPlace::Geometry(Geometry::Point(Point::new(x, y))));
        rows.push(ProductRow { cells: cells(&columns, &Row { rank, one }), place });
    }
    Product {
        name: "survey",
        title: Text::new("先に調べるとよいもの", "to find out first"),
        fields: fields(&columns, [("kind", kinds())]),
        rows,
        style: style(),
    }
}

/// The kinds of items.
fn kinds() -> Vec<Word> {
    vec![
        ("stop", Text::new("停留所の運行本数", "service of a stop")),
        ("census-unit", Text::new("秘匿された統計", "withheld census unit")),
        ("land", Text::new("土地", "land")),
        ("facility-kind", Text::new("施設の種別", "kind of a facility")),
        ("facility-place", Text::new("施設の場所", "place of a facility")),
        ("planned-kind", Text::new("計画する施設の種別", "planned kind of facility")),
    ]
}

/// One sign with its rank.
fn style() -> Style {
    let symbol = Symbol::Sign(Sign {
        form: Form::Point,
        paint: Paint { colour: [255, 255, 255], alpha: 255, hatched: false },
        outline: Outline { colour: SURVEY_COLOUR, width: 0.6, pen: "solid", from: None },
        shape: "circle",
    });
    let category = Category {
        value: "1".to_owned(),
        label: Text::new("先に調べるとよいもの", "to find out first"),
        symbol,
        is_drawn: true,
    };
    let label = Label { expression: Text::same("\"rank\" || ' ' || \"title\""), from_scale: 50_000 };
    Style { by: "1".to_owned(), categories: vec![category], label: Some(label) }
}
