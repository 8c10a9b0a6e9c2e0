//! Candidate zones, stops and facilities as lists.

use serde_json::Value;

use super::BookContext;
use super::words;
use crate::inputs::ValueType;
use crate::outputs::Product;
use crate::outputs::workbook::{SheetCell, SheetColumn, SheetTable, Shown};
use crate::table::Field;
use crate::text::Text;
use crate::verdicts::Status;

/// The products that are told as lists, and what their sheets are called.
const TOLD: [(&str, Text); 3] = [
    ("zones", Text::new("候補区域", "candidate zones")),
    ("stops", Text::new("停留所", "stops")),
    ("facilities", Text::new("施設", "facilities")),
];

/// Those that there are.
pub(super) fn tables(context: &BookContext<'_>) -> impl Iterator<Item = SheetTable> {
    TOLD.into_iter().filter_map(|(name, title)| {
        let product = context.products.iter().find(|product| product.name == name)?;
        Some(table(product, title.get(context.lang), context))
    })
}

fn table(product: &Product, name: &str, context: &BookContext<'_>) -> SheetTable {
    let column = |field: &Field| {
        let title = field.title.clone().unwrap_or_else(|| Text::from(&field.name));
        SheetColumn { title: title.get(context.lang).to_owned(), shown: shown(field) }
    };
    let row =
        |cells: &[Value]| product.fields.iter().zip(cells).map(|(field, value)| cell(field, value, context)).collect();
    let rows = product.rows.iter().map(|one| row(&one.cells)).collect();
    SheetTable { name: name.to_owned(), columns: product.fields.iter().map(column).collect(), rows, is_page: false }
}

/// How a column is shown, by what its name ends with.
fn shown(field: &Field) -> Shown {
    let stem = field.name.trim_end_matches("_lo").trim_end_matches("_hi");
    let is_tenths = ["population", "site_area"].contains(&stem) || stem.ends_with("_m") || stem.contains("_per_");
    match field.value_type {
        ValueType::Text => Shown::Text,
        ValueType::Integer if stem == "parcels" => Shown::Whole,
        ValueType::Number if stem.ends_with("_ratio") => Shown::Percent,
        ValueType::Number if stem.ends_with("_ha") && !stem.contains("_per_") => Shown::Hundredths,
        ValueType::Number if is_tenths => Shown::Tenths,
        _ => Shown::AsItIs,
    }
}

/// A cell in the words of the workbook.
fn cell(field: &Field, value: &Value, context: &BookContext<'_>) -> SheetCell {
    match value {
        Value::Null => SheetCell::Blank,
        Value::String(text) => {
            let status = Status::ALL.into_iter().find(|status| field.name == "status" && status.id() == text);
            if let Some(status) = status {
                return SheetCell::Status(status, context.lang);
            }
            let said = words::word(context.rules, field, text, context.lang);
            SheetCell::Text(said.unwrap_or_else(|| text.clone())).filled()
        }
        Value::Number(number) => number.as_f64().map_or(SheetCell::Blank, SheetCell::Number),
        Value::Array(all) => {
            let all: Vec<String> =
                all.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect();
            // The ends of a window, and else things beside each other.
            let between = if field.name == "window" { "–" } else { "、" };
            SheetCell::Text(all.join(between)).filled()
        }
        other => SheetCell::Text(other.to_string()),
    }
}
