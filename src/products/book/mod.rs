//! What does a workbook say beside the parcels? A summary, what a run tells beside them as lists, the stops that are to be
//! surveyed, and what all of it rests on.

mod page;
mod rests_on;
mod summary;
mod tables;
mod to_survey;
mod words;

use std::collections::BTreeMap;

use crate::criteria::Rules;
use crate::crs::FromPlane;
use crate::outputs::Product;
use crate::outputs::workbook::SheetTable;
use crate::runs::RunRecord;
use crate::text::Lang;
use crate::transit::Stop;

/// What the sheets are made of.
#[derive(Debug, Clone, Copy)]
pub struct BookContext<'a> {
    /// What `run.json` says.
    pub record: &'a RunRecord,
    /// The rules.
    pub rules: &'a Rules,
    /// What is told beside the parcels.
    pub products: &'a [Product],
    /// The stations and stops.
    pub stops: &'a [Stop],
    /// By group of stops of unknown service, the undetermined parcels near it.
    pub open_stops: &'a BTreeMap<usize, u64>,
    /// The way out of the plane.
    pub from_plane: &'a FromPlane,
    /// The language.
    pub lang: Lang,
}

/// Makes the sheets: the summary first, for it stands before the parcels.
#[must_use]
pub fn book_sheets(context: &BookContext<'_>) -> Vec<SheetTable> {
    let mut sheets = vec![summary::summary(context)];
    sheets.extend(tables::tables(context));
    sheets.push(to_survey::to_survey(context));
    sheets.push(rests_on::rests_on(context));
    sheets
}
