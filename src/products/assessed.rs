//! Drawn zones on a map: each with its numbers, the parts of it that break a criterion, and the largest part that meets all.

use serde_json::Value;

use super::measured::{Carries, Carrying, carried, rounded};
use crate::crs::FromPlane;
use crate::geometry::Shapes;
use crate::inputs::ValueType::{self, Integer, Number};
use crate::outputs::qgis::{Category, Form, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{CONFLICT, Product, ProductRow, RowPlace, STRONG_BORDER, colour, outline};
use crate::queries::{AssessedZone, Clause, Part};
use crate::table::{ProductColumn, Word, cells, certainties, fields, statuses};
use crate::text::Text;
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// What a row is.
enum What<'a> {
    Zone,
    /// A part that breaks something.
    Breaking(&'a Clause, &'a Part),
    Largest(SquareMetres),
}

struct Row<'a> {
    /// Its place among the zones, from 1.
    number: usize,
    zone: &'a AssessedZone,
    what: What<'a>,
    /// Longitude and latitude.
    centre: [f64; 2],
}

impl Row<'_> {
    /// The zone, in its own row.
    fn own(&self) -> Option<&AssessedZone> {
        matches!(self.what, What::Zone).then_some(self.zone)
    }

    fn area(&self) -> SquareMetres {
        match &self.what {
            What::Zone => self.zone.drawn.area,
            What::Breaking(_, part) => part.area,
            What::Largest(area) => *area,
        }
    }

    fn role(&self) -> &'static str {
        match self.what {
            What::Zone => "zone",
            What::Breaking(..) => "breaking",
            What::Largest(_) => "largest",
        }
    }

    fn breaking(&self) -> Option<(&Clause, &Part)> {
        match self.what {
            What::Breaking(clause, part) => Some((clause, part)),
            What::Zone | What::Largest(_) => None,
        }
    }
}

#[rustfmt::skip]
fn columns<'a>() -> Vec<ProductColumn<Row<'a>>> {
    let mut columns: Vec<ProductColumn<Row<'a>>> = vec![
        ProductColumn { name: "role", title: Text::new("種類", "kind"), value_type: ValueType::Text, cell: |row| row.role().into() },
        ProductColumn { name: "id", title: Text::new("番号", "number"), value_type: Integer, cell: |row| row.number.into() },
        ProductColumn { name: "name", title: Text::new("名前", "name"), value_type: ValueType::Text, cell: |row| row.zone.name.as_deref().into() },
        ProductColumn { name: "zone", title: Text::new("区域", "zone"), value_type: ValueType::Text, cell: |row| row.zone.drawn.zone.id().into() },
        ProductColumn { name: "status", title: Text::new("判定", "status"), value_type: ValueType::Text,
            cell: |row| row.own().map(|zone| zone.status.id()).into() },
        ProductColumn { name: "fails", title: Text::new("満たさない条件", "fails"), value_type: ValueType::Text, cell: |row| standing(row, Status::Ineligible) },
        ProductColumn { name: "open", title: Text::new("分からない条件", "not known"), value_type: ValueType::Text, cell: |row| standing(row, Status::Undetermined) },
        ProductColumn { name: "expected", title: Text::new("見込みで満たす条件", "meets as expected"), value_type: ValueType::Text, cell: |row| standing(row, Status::Prospective) },
        ProductColumn { name: "criterion", title: Text::new("条件ID", "id of the criterion"), value_type: ValueType::Text,
            cell: |row| row.breaking().map(|(clause, _)| clause.ids()).into() },
        ProductColumn { name: "certainty", title: Text::new("確実さ", "certainty"), value_type: ValueType::Text,
            cell: |row| row.breaking().map(|(_, part)| part.certainty.id()).into() },
        ProductColumn { name: "area_ha", title: Text::new("面積 ha", "area, ha"), value_type: Number, cell: |row| rounded(row.area().hectares(), 4) },
    ];
    columns.extend(carried());
    columns
}

impl Carrying for Row<'_> {
    fn carries(&self) -> Option<Carries<'_>> {
        let AssessedZone { parcels, facts, makers, .. } = self.own()?;
        Some(Carries { parcels: *parcels, facts, makers: &makers[0], centre: self.centre })
    }
}

/// Ids of what of a zone stands so, in its own row; null for none.
fn standing(row: &Row<'_>, status: Status) -> Value {
    let Some(zone) = row.own() else { return Value::Null };
    let ids: Vec<String> = zone.standing(status).map(Clause::ids).collect();
    if ids.is_empty() { Value::Null } else { ids.join(",").into() }
}

/// What rows are.
fn roles() -> [Word; 3] {
    [
        ("zone", Text::new("描いた区域", "drawn zone")),
        ("breaking", Text::new("条件を満たさない部分", "part that breaks a criterion")),
        ("largest", Text::new("すべて満たす最大の部分", "largest part that meets all")),
    ]
}

/// Every zone, after it the parts of it that break something, and the largest that meets all.
#[must_use]
pub fn assessed(zones: &[AssessedZone], from_plane: &FromPlane) -> Product {
    let columns = columns();
    let mut named: Vec<Word> = zones.iter().map(|zone| (zone.drawn.zone.id(), zone.drawn.zone.name())).collect();
    named.sort_unstable();
    named.dedup();
    let words = [("role", roles().into()), ("zone", named), ("status", statuses()), ("certainty", certainties())];
    let mut rows = Vec::new();
    for (number, zone) in (1..).zip(zones) {
        let centre = from_plane.lon_lat(zone.centre.0);
        let mut put = |what, shape: &Shapes| {
            let row = Row { number, zone, what, centre };
            let place = RowPlace::Area(outline::degrees(shape, from_plane));
            rows.push(ProductRow { cells: cells(&columns, &row), place });
        };
        put(What::Zone, &zone.drawn.shape);
        for clause in &zone.clauses {
            clause.parts.iter().for_each(|part| put(What::Breaking(clause, part), &part.shape));
        }
        if let Some(part) = &zone.largest {
            put(What::Largest(part.area), &part.shape);
        }
    }
    Product {
        name: "assessed",
        title: Text::new("描いた区域の判定", "drawn zones"),
        fields: fields(&columns, words),
        rows,
        style: style(),
    }
}

/// A line around the zones, what breaks them as areas, the largest part that meets all in the colour of what is eligible.
fn style() -> Style {
    let category = |(value, label): (&str, Text), paint: Paint, outline: Outline| Category {
        value: value.to_owned(),
        label,
        is_drawn: true,
        symbol: Symbol::Sign(Sign { form: Form::Area, paint, outline, shape: "square" }),
    };
    let plain = |colour, alpha| Paint { colour, alpha, hatched: false };
    let line = |colour, width| Outline { colour, width, pen: "solid", from: None };
    let [zone, breaking, largest]: [Word; 3] = roles();
    let eligible = colour(Status::Eligible);
    Style {
        by: "\"role\"".to_owned(),
        categories: vec![
            category(zone, plain(STRONG_BORDER, 0), line(STRONG_BORDER, 0.8)),
            category(breaking, Paint { colour: CONFLICT, alpha: 160, hatched: true }, line(CONFLICT, 0.3)),
            category(largest, plain(eligible, 60), line(eligible, 0.5)),
        ],
        label: None,
    }
}
