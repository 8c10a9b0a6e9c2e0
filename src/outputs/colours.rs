//! The colours of the statuses and of kinds, in one place for every file and page that shows them.

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

/// Kinds that have no order, in turn: colours of the same palette that no status has.
pub(crate) const KINDS: [[u8; 3]; 3] = [[0, 158, 115], [204, 121, 167], [240, 228, 66]];

/// Where criteria hold, in turn: colours that no status has.
pub(crate) const PLACES: [[u8; 3]; 4] = [KINDS[0], KINDS[1], [139, 90, 43], [106, 61, 154]];

/// What asks for attention, of the same palette.
pub(crate) const CONFLICT: [u8; 3] = [213, 94, 0];

/// Borders of areas that stand beside each other.
pub(crate) const BORDER: [u8; 3] = [110, 110, 110];

/// Borders that must be told from all that they enclose.
pub(crate) const STRONG_BORDER: [u8; 3] = [40, 40, 40];

/// Sites that were chosen, and what is to be found out: of no status and of no kind of facility.
pub(crate) const SITE_COLOUR: [u8; 3] = [0, 92, 60];
pub(crate) const SURVEY_COLOUR: [u8; 3] = [138, 93, 0];
