//! What a city says of a batch of parcels: columns.

use crate::evidence::{Measures, Nullable, Texts};
use crate::verdicts::Status;

/// What was found of a batch of parcels, one array a measure.
///
/// Every array has one entry a parcel, in the order of the batch. By zone, by criterion and by set of places means in the
/// order of the rule set: [`crate::criteria::RuleSet::zones`], [`crate::criteria::RuleSet::regions`],
/// [`crate::criteria::RuleSet::near_sets`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    /// What the parcels are called; none where nobody said.
    pub ids: Texts,
    /// What was measured.
    pub measures: Measures,
    /// By zone, the status of every parcel.
    pub statuses: Vec<Vec<Status>>,
    /// By zone that is a region of the plane ([`crate::criteria::RuleSet::zone_regions`]), the candidate zone that a parcel lies in,
    /// by its index in [`super::Assessor::candidates`]; not known of one that lies in none.
    pub candidates: Vec<Nullable<u32>>,
    /// By the same zones, the id of that candidate; nothing of a zone that is not asked as a whole.
    pub candidate_ids: Vec<Texts>,
    /// By the same zones, whether that candidate meets what is asked of it as a whole: `yes`, `no` or `undetermined`; nothing
    /// of a zone that is not asked so.
    pub as_a_whole: Vec<Texts>,
    /// Whether each parcel's land is under-used: `yes`, `no` or `undetermined`; nothing where that is not measured.
    pub unused_land: Texts,
    /// By zone, what fails and by how much; nothing where nobody asked for it.
    pub margins: Vec<Margins>,
}

/// What fails of a zone, and the smallest change that turns the verdict, of every parcel of a batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Margins {
    /// The ids of the criteria that fail or are open, the deciding one first, with spaces between them.
    pub fails: Texts,
    /// What may be lost before the verdict turns; what is missing, less than 0.
    pub margin: Nullable<f64>,
    /// What that is measured in.
    pub unit: Texts,
}

impl Assessment {
    /// How many parcels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.measures.area_m2.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
