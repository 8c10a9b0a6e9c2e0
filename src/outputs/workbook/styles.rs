//! What do the cells of a workbook look like? Made once a workbook, since a format is found again by what it is.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::Shown;
use crate::outputs::colour;
use crate::verdicts::Status;

/// The paper behind headers.
const HEADER: u32 = 0x00E8_EEF3;

/// The line below headers.
const LINE: u32 = 0x0080_8080;

/// The looks of cells.
pub(super) struct Styles {
    /// What stands above a column.
    pub(super) header: Format,
    /// The title of a page.
    pub(super) title: Format,
    /// What stands above a part of a page.
    pub(super) heading: Format,
    /// Text of a page, in lines.
    pub(super) prose: Format,
    statuses: [Format; 4],
}

impl Styles {
    pub(super) fn new() -> Self {
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(HEADER))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_color(Color::RGB(LINE)),
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(12),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            statuses: Status::ALL.map(of_status),
        }
    }

    /// The look of a status: its colour behind words that can be read on it.
    pub(super) fn status(&self, status: Status) -> &Format {
        &self.statuses[status as usize]
    }
}

fn of_status(status: Status) -> Format {
    let [red, green, blue] = colour(status).map(u32::from);
    let format = Format::new().set_background_color(Color::RGB(red << 16 | green << 8 | blue));
    // Of four colours one is dark.
    if 3 * red + 6 * green + blue < 1280 { format.set_font_color(Color::White) } else { format }
}

/// How the numbers of a column are shown.
pub(super) fn number(shown: Shown) -> Option<Format> {
    let digits = match shown {
        Shown::AsItIs => return None,
        Shown::Text => "@",
        Shown::Whole => "#,##0",
        Shown::Tenths => "#,##0.0",
        Shown::Hundredths => "#,##0.00",
        Shown::Percent => "0.0%",
    };
    Some(Format::new().set_num_format(digits))
}
