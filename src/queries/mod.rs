//! What else would a planner ask? Questions put to layers, to timetables or to finished runs. One file or folder a query.

mod diff;
mod drawn;
pub mod explain;
mod peaks;
mod site;
mod spacing;
mod survey;

pub use diff::{
    Amount, BlamedBy, CandidateChange, CandidateZone, CandidatesDiff, Change, Diff, DiffError, DiffRun, Difference,
    LineCause, LineChange, LineDiff, LoneParcel, RowDiff, StopAmounts, StopChange, StopDiff, StopsDiff, ZoneDiff, diff,
    diff_document, diff_sheets, write_changes,
};
pub use drawn::{
    AssessedZone, Clause, DecidedBy, DrawnError, Largest, LookedAt, Part, Said, assess_drawn, check_places,
    drawn_document, kinds_of, standings_of,
};
pub use explain::{Explainer, Explanation};
pub use peaks::{Peaks, RuleSeen, StopPeaks, peaks};
pub use site::{
    ChosenSite, Conflicts, FixedPlace, FixedSite, MOST_MERGED, Merged, Most, NearFacility, Seniors, Served, SiteAnswer,
    SiteCandidate, SiteError, SiteField, SiteParcel, SiteQuestion, SiteRules, choose_sites, is_proven, merged,
    site_document, site_rules,
};
pub use spacing::{Neighbour, Spacing, SpacingError, SpacingFacts, open_pairs, spacing, spacing_document};
pub use survey::{
    Amounts, Answer, End, Item, ItemKind, KeptParcels, Outcome, Step, Survey, Surveyed, survey, survey_csv,
    survey_document, survey_sheets,
};
