//! What follows from an interval and a threshold? The status of a parcel in a zone.

mod judge;

use std::fmt;

pub use judge::Judge;

use crate::evidence::PlaceShares;
use crate::units::Share;

/// Whether a parcel can lie in a zone. The order is that of tables and maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// The word in Japanese tables.
    #[must_use]
    pub fn japanese(self) -> &'static str {
        match self {
            Self::Eligible => "該当",
            Self::Prospective => "見込み",
            Self::Undetermined => "判定不能",
            Self::Ineligible => "非該当",
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

/// Whether a share reaches the membership share: at least it, and above 0 where it is 0 (`any`).
///
/// ```
/// use kyoten::{units::Share, verdicts::reaches};
/// assert!(reaches(Share(0.5), Share(0.5)));
/// assert!(!reaches(Share(0.0), Share(0.0)));
/// ```
#[must_use]
pub fn reaches(share: Share, membership: Share) -> bool {
    share >= membership && share > Share(0.0)
}

/// The status of a parcel in a zone that is a place of the plane, and whose lot-only conditions stand as `site`
/// says (`None`: not known).
#[must_use]
pub fn status(shares: &PlaceShares, site: Option<bool>, membership: Share) -> Status {
    Status::of(
        reaches(shares.share.lo, membership) && site == Some(true),
        reaches(shares.expected, membership) && site == Some(true),
        reaches(shares.share.hi, membership) && site != Some(false),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Interval;

    fn of(lo: f64, expected: f64, hi: f64, site: Option<bool>) -> Status {
        let share = Interval::new(Share(lo), Share(hi));
        status(&PlaceShares { share, expected: Share(expected) }, site, Share(0.5))
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
    fn a_lot_that_may_be_unfit_is_never_eligible() {
        assert_eq!(of(1.0, 1.0, 1.0, None), Status::Undetermined);
        assert_eq!(of(1.0, 1.0, 1.0, Some(false)), Status::Ineligible);
    }
}
