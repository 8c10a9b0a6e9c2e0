//! How parcels are drawn: by their status in one zone.

use super::{Category, Form, Outline, Paint, Style, Symbol};
use crate::criteria::Zone;
use crate::outputs::colours::{BORDER, colour};
use crate::table::Column;
use crate::verdicts::Status;

/// The style of parcels for a zone.
pub(in super::super) fn parcels(zone: Zone, columns: &[Column]) -> String {
    let category = |status: Status| Category {
        value: status.id().to_owned(),
        label: format!("{} {}", status.name().ja, status.id()),
        symbol: Symbol {
            form: Form::Area,
            paint: Paint::of(status, u8::MAX),
            outline: Outline { colour: BORDER, width: 0.1, pen: "solid" },
            shape: "square",
        },
    };
    let categories = Status::ALL.into_iter().map(category).collect();
    let style = Style { by: zone.id().to_owned(), categories, label: None };
    style.qml(columns.iter().map(|column| (column.name.as_str(), column.title.ja.as_ref())))
}

impl Paint {
    /// The paint of a status: that of what is open is hatched.
    #[must_use]
    pub fn of(status: Status, alpha: u8) -> Self {
        Self { colour: colour(status), alpha, hatched: status == Status::Undetermined }
    }
}
