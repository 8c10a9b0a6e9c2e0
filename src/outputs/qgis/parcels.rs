//! How parcels are drawn: by their status in one zone.

use super::{Category, Form, Outline, Paint, Sign, Style, Symbol};
use crate::criteria::Zone;
use crate::outputs::colours::{BORDER, colour};
use crate::verdicts::Status;

/// From this scale on, as 1 : this, parcels have a border of their own: in a map of a whole city they would be nothing but borders.
const BORDER_FROM: u32 = 7_500;

/// The style of parcels for a zone.
#[must_use]
pub fn parcels(zone: Zone) -> Style {
    let category = |status: Status| Category {
        value: status.id().to_owned(),
        label: status.name(),
        is_drawn: true,
        symbol: Symbol::Sign(Sign {
            form: Form::Area,
            paint: Paint::of(status, u8::MAX),
            outline: Outline { colour: BORDER, width: 0.1, pen: "solid", from: Some(BORDER_FROM) },
            shape: "square",
        }),
    };
    let categories = Status::ALL.into_iter().map(category).collect();
    Style { by: zone.id().to_owned(), categories, label: None }
}

impl Paint {
    /// The paint of a status: that of what is open is hatched.
    #[must_use]
    pub fn of(status: Status, alpha: u8) -> Self {
        Self { colour: colour(status), alpha, hatched: status == Status::Undetermined }
    }
}
