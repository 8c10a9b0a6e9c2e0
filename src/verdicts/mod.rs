//! What follows from an interval and a threshold? The status of a parcel in a zone.

mod judge;
mod reasons;
mod unused_land;
mod why;

use std::fmt;

pub use judge::{Judge, Standing, StandingColumn};
pub use reasons::{OpenColumn, Reason, ZoneReason};
pub use unused_land::LandUse;
pub use why::WhyColumn;

use serde::{Deserialize, Serialize};

use crate::evidence::{SHARE_STEPS, ShareColumns};
use crate::text::Text;

/// Whether a parcel can lie in a zone. The order is that of tables and maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It can, whatever is still unknown.
    Eligible,
    /// It can once the planner's declared expectations 見込み come true, and cannot be said to without them.
    Prospective,
    /// What is known does not tell.
    Undetermined,
    /// It cannot, whatever is still unknown.
    Ineligible,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Eligible, Self::Prospective, Self::Undetermined, Self::Ineligible];

    /// The word in columns.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Prospective => "prospective",
            Self::Undetermined => "undetermined",
            Self::Ineligible => "ineligible",
        }
    }

    /// The word for readers.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Eligible => Text::new("該当", "eligible"),
            Self::Prospective => Text::new("見込み", "prospective"),
            Self::Undetermined => Text::new("判定不能", "undetermined"),
            Self::Ineligible => Text::new("非該当", "ineligible"),
        }
    }

    /// The status that follows from whether a condition holds for certain, with expectations, and possibly; tried
    /// in the order eligible, prospective, ineligible, undetermined.
    #[must_use]
    pub fn of(sure: bool, expected: bool, possible: bool) -> Self {
        match (sure, expected, possible) {
            (true, _, _) => Self::Eligible,
            (false, true, _) => Self::Prospective,
            (false, false, false) => Self::Ineligible,
            (false, false, true) => Self::Undetermined,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The shares of a parcel in a region, whole millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// In what is sure.
    pub lo: u32,
    /// In what is possible.
    pub hi: u32,
    /// In what is sure with the planner's expectations added.
    pub expected: u32,
}

impl Shares {
    /// Those of a row.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn of(columns: &ShareColumns, row: usize) -> Self {
        Self { lo: columns.lo[row], hi: columns.hi[row], expected: columns.expected[row] }
    }
}

/// Whether a share in millionths reaches the membership share: at least it, and above 0 where it is 0 (`any`).
///
/// ```
/// use kyoten::verdicts::reaches;
/// assert!(reaches(500_000, 0.5));
/// assert!(!reaches(0, 0.0));
/// ```
#[must_use]
pub fn reaches(share: u32, membership: f64) -> bool {
    f64::from(share) / SHARE_STEPS >= membership && share > 0
}

/// The status of a parcel in a zone that is a region of the plane, and whose conditions about the parcel alone stand as
/// `site` says (`None`: not known).
#[must_use]
pub fn status(shares: Shares, site: Option<bool>, membership: f64) -> Status {
    Status::of(
        reaches(shares.lo, membership) && site == Some(true),
        reaches(shares.expected, membership) && site == Some(true),
        reaches(shares.hi, membership) && site != Some(false),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lo: f64, expected: f64, hi: f64, site: Option<bool>) -> Status {
        let [lo, hi, expected] = [lo, hi, expected].map(|share| (share * SHARE_STEPS) as u32);
        status(Shares { lo, hi, expected }, site, 0.5)
    }

    #[test]
    fn a_verdict_is_what_stays_true_over_the_whole_interval() {
        let yes = Some(true);
        assert_eq!(of(0.5, 0.5, 0.9, yes), Status::Eligible);
        assert_eq!(of(0.4, 0.4, 0.5, yes), Status::Undetermined);
        assert_eq!(of(0.4, 0.4, 0.49, yes), Status::Ineligible);
    }

    #[test]
    fn an_expectation_comes_before_what_is_not_known() {
        assert_eq!(of(0.4, 0.6, 0.4, Some(true)), Status::Prospective);
        assert_eq!(of(0.4, 0.6, 0.9, Some(true)), Status::Prospective);
        assert_eq!(of(0.6, 0.9, 0.9, Some(true)), Status::Eligible);
    }

    #[test]
    fn a_parcel_that_may_be_unfit_is_never_eligible() {
        assert_eq!(of(1.0, 1.0, 1.0, None), Status::Undetermined);
        assert_eq!(of(1.0, 1.0, 1.0, Some(false)), Status::Ineligible);
    }
}
