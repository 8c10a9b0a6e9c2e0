//! The colours of the statuses, in one place for every file and page that shows them.

use crate::verdicts::Status;

/// Red, green and blue, 0 to 255. Two blues for what is or will be, orange for what is open, grey for the rest: told
/// apart with every common kind of colour blindness and by their lightness.
///
/// Source: the palette of Okabe and Ito, Color Universal Design, 2002; the grey is our own.
#[must_use]
pub fn colour(status: Status) -> [u8; 3] {
    match status {
        Status::Eligible => [0, 114, 178],
        Status::Prospective => [86, 180, 233],
        Status::Undetermined => [230, 159, 0],
        Status::Ineligible => [217, 217, 217],
    }
}
