//! What should be found out first? Every hole of the data with what it would settle, were it filled in.
//!
//! An *item* is one thing that nobody knows: the departures of a stop, the residents of a census unit, whether a piece of land is
//! of its layer, the kind of a facility, its place, the kind that is planned. It has a few *answers*, which are all that there can
//! be as far as the rules tell a difference. Of every answer the city is put together again ([`crate::assess::Found`]) and every
//! parcel judged again, so that zones drawn anew, what they must meet as wholes and zones that look at them are reckoned with.

mod answers;
mod document;
mod fill;
mod items;
mod others;
mod settled;
mod stops;
mod tables;
mod together;
mod words;

use rayon::prelude::*;

use crate::assess::{Assessment, Assessor, Groundwork};
use crate::criteria::Zone;
use crate::evidence::Batch;
use std::sync::Arc;

pub use answers::{Answer, End};
pub use document::survey_document;
pub use items::{Item, ItemKind};
pub use settled::{Amounts, Outcome};
pub use tables::{survey_csv, survey_sheets};
pub use together::Step;

use settled::{Parcels, Reckoner};

/// So many items are reckoned at most: those with the most undetermined parcels near them.
const MOST_ITEMS: usize = 2000;

/// The same of items for which all land of a layer has to be put together again, which takes a second or two each.
const MOST_OF_LAND: usize = 40;

/// Parcels that are kept in memory, with what a run says of them.
#[derive(Debug, Clone)]
pub struct KeptParcels {
    /// Their shapes.
    pub batch: Batch,
    /// What the run says.
    pub assessment: Arc<Assessment>,
}

/// What came of a survey.
#[derive(Debug)]
pub struct Survey {
    /// The zones, in the order of the rules.
    pub zones: Vec<Zone>,
    /// What is undetermined today.
    pub open: Amounts,
    /// The items that settle anything, the weightiest first.
    pub items: Vec<Surveyed>,
    /// How many were reckoned and settle nothing by themselves.
    pub idle: usize,
    /// How many were not reckoned, since there are too many.
    pub unreckoned: usize,
    /// How many stops cannot be filled in by a table, since they have no name.
    pub nameless: usize,
    /// A few items together, one more a step.
    pub together: Vec<Step>,
}

/// An item, and what it settles by itself.
#[derive(Debug)]
pub struct Surveyed {
    /// The item.
    pub item: Item,
    /// What is settled whichever of its answers is found.
    pub whichever: Amounts,
    /// What each answer settles, in their order.
    pub outcomes: Vec<Outcome>,
}

/// Surveys a city. `kept` are all of its parcels, `steps` how many items are to be taken together; `assessor` is what
/// [`Groundwork::lay`] gave.
#[must_use]
pub fn survey(groundwork: &Groundwork<'_>, assessor: &Assessor, kept: &[KeptParcels], steps: usize) -> Survey {
    let parcels = Parcels::of(kept, assessor);
    let reckoner = Reckoner { groundwork, assessor, parcels: &parcels };
    let items::Asked { mut items, nameless } = items::of(groundwork, assessor);
    let all = items.len();
    // Most stops of a national file lie where nothing is open.
    if let Some(open) = groundwork.open_places(assessor) {
        let may_matter = |item: &Item| item.kind != ItemKind::Stop || open.meet(&item.around);
        let kept: Vec<bool> = items.par_iter().map(may_matter).collect();
        let mut kept = kept.into_iter();
        items.retain(|_| kept.next() == Some(true));
    }
    let elsewhere = all - items.len();
    let near: Vec<u64> = items.par_iter().map(|item| parcels.open_near(&item.around)).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(near[index]));
    let (mut kept_of_land, mut chosen) = (0, vec![false; items.len()]);
    for index in order {
        let is_of_land = items[index].kind.is_of_land();
        kept_of_land += usize::from(is_of_land);
        chosen[index] =
            chosen.iter().filter(|one| **one).count() < MOST_ITEMS && (!is_of_land || kept_of_land <= MOST_OF_LAND);
    }
    let all = items.len();
    let mut is_chosen = chosen.into_iter();
    items.retain(|_| is_chosen.next() == Some(true));
    let unreckoned = all - items.len();
    let reckoned = items.len();
    let mut found: Vec<settled::Reckoned> = items.into_par_iter().filter_map(|item| reckoner.reckon(item)).collect();
    found.sort_by(|one, other| other.rank().partial_cmp(&one.rank()).unwrap_or(std::cmp::Ordering::Equal));
    let together = together::steps(&reckoner, &found, steps);
    let idle = elsewhere + reckoned - found.len();
    let items = found.into_iter().map(|one| one.told(&parcels)).collect();
    let zones = assessor.judge.rules.zones().collect();
    Survey { zones, open: parcels.open(), items, idle, unreckoned, nameless, together }
}
