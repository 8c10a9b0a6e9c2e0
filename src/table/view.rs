//! The values of a column: the arrays of an assessment, looked at and not copied.

use super::column::{Column, End, SHARE, Source};
use crate::assess::Assessment;
use crate::evidence::{Nullable, SHARE_STEPS, ShareColumns, Texts};
use crate::verdicts::Status;

/// The values of one column.
#[derive(Debug, Clone, Copy)]
pub enum View<'a> {
    /// Texts.
    Texts(&'a Texts),
    /// Statuses; none is null.
    Statuses(&'a [Status]),
    /// Shares in whole millionths, and whether each is known.
    Shares(&'a [u32], &'a [bool]),
    /// Numbers, and how many digits after the point are meant.
    Numbers(&'a Nullable<f64>, usize),
    /// Names, by their index in the set of places with this number.
    Names(&'a Nullable<u32>, usize),
}

/// What stands in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// The measure cannot be had.
    Null,
    /// A text.
    Text(&'a str),
    /// A name, by the number of its set and its index there: formats keep names ready in their own writing.
    Name(usize, usize),
    /// A share in whole millionths.
    Millionths(u32),
    /// A number, and how many digits after the point are meant.
    Number(f64, usize),
}

impl<'a> View<'a> {
    /// What stands in a row.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'a> {
        match *self {
            Self::Texts(texts) => texts.get(row).map_or(Cell::Null, Cell::Text),
            Self::Statuses(statuses) => Cell::Text(statuses[row].id()),
            Self::Shares(shares, known) if known[row] => Cell::Millionths(shares[row]),
            Self::Shares(..) => Cell::Null,
            Self::Numbers(numbers, decimals) => {
                numbers.get(row).map_or(Cell::Null, |number| Cell::Number(number, decimals))
            }
            Self::Names(names, set) => names.get(row).map_or(Cell::Null, |name| Cell::Name(set, name as usize)),
        }
    }

    /// The number of a row, a share as a part of 1; `None` of null and of what is no number.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        match self.cell(row) {
            Cell::Millionths(share) => Some(f64::from(share) / SHARE_STEPS),
            Cell::Number(number, _) => Some(number),
            Cell::Null | Cell::Text(_) | Cell::Name(..) => None,
        }
    }
}

impl Column {
    /// Its values in an assessment.
    ///
    /// # Panics
    /// Where the assessment was not made of all measures, as [`crate::assess::Assessor::assess`] makes it.
    #[must_use]
    pub fn view<'a>(&self, assessment: &'a Assessment) -> View<'a> {
        let measures = &assessment.measures;
        let shares = |columns: &'a ShareColumns, end| View::shares(columns, end, measures.area_m2.known());
        match self.source {
            Source::Id => View::Texts(&assessment.ids),
            Source::Area => View::Numbers(&measures.area_m2, self.decimals()),
            Source::Status(zone) => View::Statuses(&assessment.statuses[zone]),
            Source::ZoneShare(zone, end) => shares(&measures.zones[zone], end),
            Source::CriterionShare(criterion, end) => shares(&measures.criteria[criterion], end),
            Source::CandidateId(zone) => View::Texts(&assessment.candidate_ids[zone]),
            Source::AsAWhole(zone) => View::Texts(&assessment.as_a_whole[zone]),
            Source::UnusedLand => View::Texts(&assessment.unused_land),
            Source::Fails(zone) => View::Texts(&assessment.margins[zone].fails),
            Source::Margin(zone) => View::Numbers(&assessment.margins[zone].margin, self.decimals()),
            Source::MarginUnit(zone) => View::Texts(&assessment.margins[zone].unit),
            Source::NearestName(set) => View::Names(&measures.nearest[set].index, set),
            Source::NearestMetres(set) => View::Numbers(&measures.nearest[set].metres, self.decimals()),
            Source::Measure(of, decimals) => View::Numbers(of(measures), decimals),
        }
    }
}

impl<'a> View<'a> {
    /// An end of shares; `usable` tells which parcels have any.
    #[must_use]
    pub fn shares(columns: &'a ShareColumns, end: End, usable: &'a [bool]) -> Self {
        let values = match end {
            End::Lo => &columns.lo,
            End::Hi => &columns.hi,
            End::Expected => &columns.expected,
        };
        Self::Shares(values, usable)
    }
}

/// The digits after the point of a share that is given in millionths.
pub const SHARE_DECIMALS: usize = SHARE;
