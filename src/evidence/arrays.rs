//! The columns that measures are: one array a measure, and a mask where some of it is not known.

use crate::units::{Interval, Share};

/// Values of which some are not known: an array, and a mask as long.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nullable<T> {
    values: Vec<T>,
    known: Vec<bool>,
}

impl<T: Copy + Default> Nullable<T> {
    /// Nothing as yet, with room for so many.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), known: Vec::with_capacity(rows) }
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<T>) {
        self.values.push(value.unwrap_or_default());
        self.known.push(value.is_some());
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row; `None` where it is not known.
    ///
    /// # Panics
    /// Where `row` is not below [`Nullable::len`].
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        self.known[row].then(|| self.values[row])
    }

    /// The value of every row.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> {
        self.values.iter().zip(&self.known).map(|(&value, &known)| known.then_some(value))
    }

    /// The values; of a row that is not known the type's default.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The mask: whether each row is known.
    #[must_use]
    pub fn known(&self) -> &[bool] {
        &self.known
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Nullable<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(rows: I) -> Self {
        let rows = rows.into_iter();
        let mut found = Self::with_capacity(rows.size_hint().0);
        rows.for_each(|row| found.push(row));
        found
    }
}

/// Texts, one after the other in one string; some may be null.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Texts {
    all: String,
    /// Where each ends in `all`, and whether it is one or null.
    ends: Vec<(u32, bool)>,
}

impl Texts {
    /// Adds a row.
    ///
    /// # Panics
    /// Where all texts together have 4 GiB; a batch is read from far less.
    pub fn push(&mut self, text: Option<&str>) {
        self.all.push_str(text.unwrap_or_default());
        self.end(text.is_some());
    }

    /// Adds what a value is written as.
    ///
    /// # Panics
    /// As [`Texts::push`].
    pub fn push_display(&mut self, value: impl std::fmt::Display) {
        use std::fmt::Write as _;
        // Writing into a string cannot fail.
        let _ = write!(self.all, "{value}");
        self.end(true);
    }

    fn end(&mut self, is_text: bool) {
        let end = u32::try_from(self.all.len()).expect("a batch is read from far less than 4 GiB");
        self.ends.push((end, is_text));
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a row; `None` where it is null.
    ///
    /// # Panics
    /// Where `row` is not below [`Texts::len`].
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let start = if row == 0 { 0 } else { self.ends[row - 1].0 };
        let (end, is_text) = self.ends[row];
        is_text.then(|| &self.all[start as usize..end as usize])
    }

    /// The text of every row.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(rows: I) -> Self {
        let mut texts = Self::default();
        rows.into_iter().for_each(|row| texts.push(Some(row)));
        texts
    }
}

/// Shares are given to a millionth, and verdicts are taken from what is given: what a reader computes from the
/// columns is what the run says.
pub const SHARE_STEPS: f64 = Share::STEPS;

/// The shares of parcels in a region that is known between two sets: whole millionths, one array an end. A parcel without
/// an area has none; its row holds 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShareColumns {
    /// In what is sure.
    pub lo: Vec<u32>,
    /// In what is possible; never less than `lo`.
    pub hi: Vec<u32>,
    /// In what is sure with the planner's expectations added.
    pub expected: Vec<u32>,
}

impl ShareColumns {
    /// The shares in what is sure, possible and expected; where an end has none of its own, it is as what is sure.
    #[must_use]
    pub fn new(lo: Vec<u32>, hi: Option<Vec<u32>>, expected: Option<Vec<u32>>) -> Self {
        let hi = match hi {
            // Both are exact to a billionth; where a parcel touches both boundaries rounding must not turn them round.
            Some(mut hi) => {
                hi.iter_mut().zip(&lo).for_each(|(hi, &lo)| *hi = lo.max(*hi));
                hi
            }
            None => lo.clone(),
        };
        Self { expected: expected.unwrap_or_else(|| lo.clone()), hi, lo }
    }
}

/// A share in millionths, rounded as `f64::round` does, which is a call where not every processor has an instruction for it.
#[inline]
pub(crate) fn steps(share: f64) -> u32 {
    let exact = share * SHARE_STEPS;
    let whole = exact as u32;
    whole + u32::from(exact - f64::from(whole) >= 0.5)
}

/// The nearest of some places by parcel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NearestColumn {
    /// Which one, by its index among the places that were given.
    pub index: Nullable<u32>,
    /// How far from the parcel's edge, metres on the ground.
    pub metres: Nullable<f64>,
}

/// Both ends of a measure by parcel; an end without bound is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntervalColumn {
    /// What is known to hold.
    pub lo: Nullable<f64>,
    /// What could still hold.
    pub hi: Nullable<f64>,
}

impl IntervalColumn {
    /// Nothing as yet, with room for so many.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self { lo: Nullable::with_capacity(rows), hi: Nullable::with_capacity(rows) }
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<Interval<f64>>) {
        self.lo.push(value.map(|value| value.lo).filter(|end| end.is_finite()));
        self.hi.push(value.map(|value| value.hi).filter(|end| end.is_finite()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn millionths_are_rounded_as_the_library_rounds(share in -1e-9..1.000_001_f64, half in 0_u32..1_000_000) {
            for share in [share, (f64::from(half) + 0.5) / SHARE_STEPS] {
                prop_assert_eq!(steps(share), (share * SHARE_STEPS).round() as u32);
            }
        }
    }
}
