//! Which columns has the sheet of parcels? What is asked first stands first: the id, the area, and of every zone the status and
//! why; then what the input knew of the parcel, then all that was measured.

use super::{SheetColumn, Shown};
use crate::inputs::ValueType;
use crate::outputs::layout::ParcelLayout;
use crate::table::{About, Column, SHARE_DECIMALS, Source};
use crate::text::{Lang, Text};

/// Where the values of a column of the sheet come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellOf {
    /// kyoten's own column of this index.
    Found(usize),
    /// The reasons in the zone of this index.
    Why(usize),
    /// The input's own property of this index.
    Own(usize),
}

/// The columns of the sheet of parcels.
pub(super) fn of(layout: &ParcelLayout, lang: Lang) -> Vec<(SheetColumn, CellOf)> {
    let found = |(index, column): (usize, &Column)| (shown(column, lang), CellOf::Found(index));
    let mut columns = Vec::new();
    for (index, column) in layout.columns.iter().enumerate().filter(|(_, column)| is_first(column)) {
        columns.push(found((index, column)));
        if let (Source::Status(zone), About::Zone(named)) = (column.source, column.about) {
            // A second name of the same zone has no reasons of its own.
            let why = (why(&named.name(), lang), CellOf::Why(zone));
            if !columns.iter().any(|(_, from)| *from == why.1) {
                columns.push(why);
            }
        }
    }
    let own = layout.properties.iter().zip(&layout.fields).enumerate();
    columns.extend(own.map(|(index, ((_, value_type), field))| {
        let shown = if value_type == ValueType::Text { Shown::Text } else { Shown::AsItIs };
        (SheetColumn { title: field.name.clone(), shown }, CellOf::Own(index))
    }));
    columns.extend(layout.columns.iter().enumerate().filter(|(_, column)| !is_first(column)).map(found));
    columns
}

/// Whether a column stands before the input's own.
fn is_first(column: &Column) -> bool {
    column.is_status() || matches!(column.source, Source::Id | Source::Area)
}

fn why(zone: &Text, lang: Lang) -> SheetColumn {
    let title = text!("理由（{zone}）", "why ({zone})", zone = zone.clone());
    SheetColumn { title: title.get(lang).to_owned(), shown: Shown::AsItIs }
}

fn shown(column: &Column, lang: Lang) -> SheetColumn {
    let shown = match column.source {
        Source::Id | Source::NearestName(_) | Source::CandidateId(_) => Shown::Text,
        Source::ZoneShare(..) | Source::CriterionShare(..) | Source::Measure(_, SHARE_DECIMALS) => Shown::Percent,
        Source::Area | Source::NearestMetres(_) | Source::Measure(..) => Shown::Tenths,
        Source::Status(_)
        | Source::AsAWhole(_)
        | Source::UnusedLand
        | Source::Fails(_)
        | Source::Margin(_)
        | Source::MarginUnit(_) => Shown::AsItIs,
    };
    SheetColumn { title: column.title.get(lang).to_owned(), shown }
}
