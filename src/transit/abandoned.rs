//! Stops that a what-if leaves without service: what layers say of them is of the service of today.

use super::rows::{Same, grouped};
use super::service::Counted;
use super::serving::Serving;
use super::timetable::Timetable;
use crate::crs::ScaleField;
use crate::layers::StopRow;
use crate::units::Metres;

/// Timetables as they are and as a what-if has them.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// As they are.
    pub before: &'a Timetable,
    /// As they would be.
    pub after: &'a Timetable,
}

/// Leaves the rows of a layer at which something still calls, or may: not those for which the timetables spoke before the
/// change and do not any longer.
///
/// Without that a stop that loses its last route would be taken for one of unknown service.
pub fn keep_served(
    stations: &mut Vec<StopRow>,
    stops: &mut Vec<StopRow>,
    change: Change<'_>,
    stop_group: Metres,
    scale: &ScaleField,
) {
    let serving = |timetable| Serving::of(Counted { timetable, peaks: &[] }, stop_group, scale);
    let (before, after) = (serving(change.before), serving(change.after));
    for (rows, same) in [(stations, Same::Station), (stops, Same::Stop(stop_group))] {
        let mut keep = vec![true; rows.len()];
        for indices in grouped(rows, same, scale) {
            let members: Vec<&StopRow> = indices.iter().map(|&index| &rows[index]).collect();
            let Some(was) = before.group_of(&members) else { continue };
            let unserved_before = before.of_other_operators(was, &members);
            let unserved_after = match after.group_of(&members) {
                Some(is) => after.of_other_operators(is, &members),
                None => members.clone(),
            };
            let among = |rows: &[&StopRow], row: &StopRow| rows.iter().any(|one| std::ptr::eq(*one, row));
            for (index, row) in indices.iter().zip(&members) {
                keep[*index] = !among(&unserved_after, row) || among(&unserved_before, row);
            }
        }
        let mut keep = keep.into_iter();
        rows.retain(|_| keep.next().unwrap_or(true));
    }
}
