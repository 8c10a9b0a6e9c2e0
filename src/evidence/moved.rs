//! Which parcels have other shares where a region lies otherwise, and which?

use std::sync::Arc;

use super::arrays::steps;
use super::{Batch, KnownIndex, Parcel, ShareColumns};
use crate::regions::{Known, Region, RegionIndex, Scratch, Shift};

/// How what is known of a region differs from what is known of it in the run.
#[derive(Debug)]
pub struct KnownShift {
    sure: Option<Arc<Shift>>,
    possible: Option<Arc<Shift>>,
    expected: Option<Arc<Shift>>,
}

/// The rows of a batch whose shares may be other ones, rising, and their shares.
#[derive(Debug, Default)]
pub struct Moved {
    /// The rows.
    pub rows: Vec<usize>,
    /// One share a row.
    pub shares: ShareColumns,
}

impl KnownShift {
    /// From what is known in the run to what is known otherwise; `None` where it is the same.
    #[must_use]
    pub fn between(old: &Known, new: &Known) -> Option<Self> {
        let shift = |old: &Region, new: &Region| Shift::between(old, new).map(Arc::new);
        let sure = shift(&old.sure, &new.sure);
        let or_sure = |old_other: &Region, new_other: &Region| {
            let is_as_sure = *old_other == old.sure && *new_other == new.sure;
            if is_as_sure { sure.clone() } else { shift(old_other, new_other) }
        };
        let possible = or_sure(&old.possible, &new.possible);
        let expected = or_sure(&old.expected, &new.expected);
        let is_same = sure.is_none() && possible.is_none() && expected.is_none();
        (!is_same).then_some(Self { sure, possible, expected })
    }

    /// Whose shares may be other ones. `of_run` is the index of what the run knows.
    #[must_use]
    pub fn moved(&self, of_run: &KnownIndex, batch: &Batch) -> Moved {
        let mut scratch = Scratch::default();
        let [sure, possible, expected] = of_run.by_world();
        let is_one = |one: &Option<Arc<Shift>>, index: &Arc<RegionIndex>| {
            Arc::ptr_eq(index, sure)
                && match (one, &self.sure) {
                    (None, None) => true,
                    (Some(one), Some(sure)) => Arc::ptr_eq(one, sure),
                    _ => false,
                }
        };
        let other_ends: Vec<&Shift> = [(&self.possible, possible), (&self.expected, expected)]
            .into_iter()
            .filter(|(shift, index)| !is_one(shift, index))
            .filter_map(|(shift, _)| shift.as_deref())
            .collect();
        let rows = batch.rows_of_which(|bounds| {
            let touches = |shift: &Shift| shift.touches(bounds);
            self.sure.as_deref().is_some_and(touches) || other_ends.iter().any(|shift| touches(shift))
        });
        let mut column = |shift: &Option<Arc<Shift>>, index: &RegionIndex| -> Vec<u32> {
            let share = |&row: &usize| {
                let Parcel { shape, bounds, plane_area } = &batch.parcel(row);
                steps(match shift {
                    Some(shift) => shift.share(index, shape, bounds, *plane_area, &mut scratch),
                    None => index.share(shape, bounds, *plane_area, &mut scratch),
                })
            };
            rows.iter().map(share).collect()
        };
        let lo = column(&self.sure, sure);
        let mut or_lo =
            |shift: &Option<Arc<Shift>>, index| (!is_one(shift, index)).then(|| column(shift, index.as_ref()));
        let (hi, expected) = (or_lo(&self.possible, possible), or_lo(&self.expected, expected));
        Moved { shares: ShareColumns::new(lo, hi, expected), rows }
    }
}
