//! The product `facilities`, and `spacing.csv`: senior facilities, and those of one kind that stand too close.

use std::collections::{BTreeMap, BTreeSet};

use geo::{MapCoords, coord};
use serde_json::Value;

use super::ProductContext;
use super::measured::rounded;
use crate::crs::FromPlane;
use crate::inputs::ValueType::{self, Integer, Number};
use crate::layers::Facility;
use crate::notices::Notices;
use crate::outputs::CsvCells;
use crate::outputs::csv::BOM;
use crate::outputs::names::SPACING;
use crate::outputs::qgis::{Category, Form, MarkerShape, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::text::fixed;
use crate::outputs::{CONFLICT, KINDS, Product, ProductRow, RowPlace, STRONG_BORDER};
use crate::queries::Spacing;
use crate::table::{ProductColumn, cells, fields};
use crate::text::Text;
use crate::units::Metres;

/// Distances are written to a millimetre.
const METRES: usize = 3;

/// A facility and its nearest neighbour of the same kind.
struct FacilityRow<'a> {
    facility: &'a Facility,
    nearest: Option<(&'a Facility, Metres)>,
}

/// The columns.
#[rustfmt::skip]
fn columns<'a>() -> [ProductColumn<FacilityRow<'a>>; 7] {
    [
        ProductColumn { name: "number", title: Text::new("番号", "number"), value_type: Integer, cell: |row| row.facility.number.into() },
        ProductColumn { name: "name", title: Text::new("名称", "name"), value_type: ValueType::Text, cell: |row| row.facility.name.clone().into() },
        ProductColumn { name: "kind", title: Text::new("種別", "kind"), value_type: ValueType::Text, cell: |row| row.facility.kind.clone().into() },
        ProductColumn { name: "site_area", title: Text::new("敷地面積 m²", "site area m²"), value_type: Number, cell: |row| row.facility.site_area.into() },
        ProductColumn { name: "nearest_same_kind", title: Text::new("最寄りの同種施設", "nearest of the same kind"), value_type: ValueType::Text,
            cell: |row| row.nearest.and_then(|(nearest, _)| nearest.name.clone()).into() },
        ProductColumn { name: "nearest_same_kind_number", title: Text::new("最寄りの同種施設 番号", "nearest of the same kind, number"), value_type: Integer,
            cell: |row| row.nearest.map(|(nearest, _)| nearest.number).into() },
        ProductColumn { name: "nearest_same_kind_m", title: Text::new("最寄りの同種施設 距離 m", "nearest of the same kind, distance m"), value_type: Number,
            cell: |row| row.nearest.map_or(Value::Null, |(_, distance)| rounded(distance.0, 3)) },
    ]
}

/// Every facility with its nearest neighbour of the same kind; those that stand too close are drawn so.
pub(super) fn facilities(context: &ProductContext<'_>) -> Option<Product> {
    let (facilities, spacing) = context.city.facilities().zip(context.spacing)?;
    let closest = context.assessor.judge.rules.spacing();
    let columns = columns();
    let mut drawn = BTreeSet::new();
    let mut rows = Vec::new();
    for (facility, nearest) in facilities.iter().zip(&spacing.nearest) {
        let nearest = nearest.map(|found| (&facilities[found.index], found.distance));
        let place = place(facility, context.from_plane);
        let is_close = nearest.is_some_and(|(_, distance)| distance.0 < closest.0);
        drawn.extend(place.form().map(|form| (facility.kind.as_deref(), is_close, form)));
        rows.push(ProductRow { cells: cells(&columns, &FacilityRow { facility, nearest }), place });
    }
    Some(Product {
        name: "facilities",
        title: Text::new("高齢者交流施設", "senior facilities"),
        fields: fields(&columns, []),
        rows,
        style: style(&drawn, closest),
    })
}

/// Colour and shape tell the kind, a strong border that another of the kind is too close. A category for each that
/// there is.
fn style(drawn: &BTreeSet<(Option<&str>, bool, Form)>, closest: Metres) -> Style {
    const SHAPES: [MarkerShape; 4] = ["circle", "square", "triangle", "diamond"];
    let kinds: BTreeSet<Option<&str>> = drawn.iter().map(|(kind, ..)| *kind).collect();
    let looks: BTreeMap<Option<&str>, usize> = kinds.into_iter().zip(0..).collect();
    let category = |&(kind, is_close, form): &(Option<&str>, bool, Form)| {
        let look = looks[&kind];
        let (word, told, border, width) = if is_close {
            (
                "close",
                text!("（同種まで {metres} m 未満）", " (closer than {metres} m to its kind)", metres = closest.0),
                CONFLICT,
                0.9,
            )
        } else {
            ("clear", Text::same(""), STRONG_BORDER, 0.2)
        };
        Category {
            value: format!("{} {word} {}", form.qgis(), kind.unwrap_or_default()),
            label: kind.map_or(Text::new("種別不明", "kind not known"), Text::from).joined("", &told),
            is_drawn: true,
            symbol: Symbol::Sign(Sign {
                form,
                paint: Paint { colour: KINDS[look % KINDS.len()], alpha: u8::MAX, hatched: false },
                outline: Outline { colour: border, width, pen: "solid", from: None },
                shape: SHAPES[look % SHAPES.len()],
            }),
        }
    };
    let by = format!(
        r#"concat(geometry_type($geometry), if("nearest_same_kind_m" < {}, ' close ', ' clear '), "kind")"#,
        closest.0
    );
    Style { by, categories: drawn.iter().map(category).collect(), label: None }
}

/// How facilities of more kinds than a legend can tell apart are drawn: all alike, a strong border where another of the kind is too close.
pub(super) fn style_of_many(of: &Style, closest: Metres) -> Style {
    let by =
        format!(r#"concat(geometry_type($geometry), if("nearest_same_kind_m" < {}, ' close', ' clear'))"#, closest.0);
    let mut categories: Vec<Category> = Vec::new();
    for Category { value, symbol, .. } in &of.categories {
        let Symbol::Sign(sign) = *symbol else { continue };
        let (form, word) = value.split_once(' ').unwrap_or_default();
        let is_close = word.starts_with("close");
        let value = format!("{form} {}", if is_close { "close" } else { "clear" });
        if categories.iter().any(|known| known.value == value) {
            continue;
        }
        let label = if is_close {
            text!("同種まで {metres} m 未満の施設", "closer than {metres} m to its kind", metres = closest.0)
        } else {
            Text::new("施設", "facility")
        };
        let sign = Sign { paint: Paint { colour: KINDS[0], ..sign.paint }, shape: "circle", ..sign };
        categories.push(Category { value, label, symbol: Symbol::Sign(sign), is_drawn: true });
    }
    Style { by, categories, label: None }
}

/// The facility's own geometry in longitude and latitude.
fn place(facility: &Facility, from_plane: &FromPlane) -> RowPlace {
    facility.geometry.as_ref().map_or(RowPlace::Unknown, |geometry| {
        RowPlace::Geometry(geometry.map_coords(|position| {
            let [x, y] = from_plane.lon_lat([position.x, position.y]).map(|degrees| (degrees * 1e9).round() / 1e9);
            coord! { x: x, y: y }
        }))
    })
}

/// The pairs of one kind that are closer than the programme asks; cells that a spreadsheet would run are told of.
#[must_use]
pub fn spacing_csv(facilities: &[Facility], spacing: &Spacing, cells: CsvCells, notices: &mut Notices) -> Vec<u8> {
    let mut out = BOM.to_vec();
    out.extend_from_slice(b"kind,number_a,name_a,number_b,name_b,distance_m\r\n");
    for &(a, b, distance) in &spacing.pairs {
        let (a, b) = (&facilities[a], &facilities[b]);
        for text in [&a.kind, &a.name, &b.name].into_iter().flatten() {
            let place = || text!("{a}番と{b}番の施設", "facilities {a} and {b}", a = a.number, b = b.number);
            cells.look(text, SPACING, place, notices);
        }
        let text = |value: &Option<String>| cells.field(value.as_deref().unwrap_or_default());
        let row = format!("{},{},{},{},{},", text(&a.kind), a.number, text(&a.name), b.number, text(&b.name));
        out.extend_from_slice(row.as_bytes());
        fixed(&mut out, distance.0, METRES);
        out.extend_from_slice(b"\r\n");
    }
    out
}
