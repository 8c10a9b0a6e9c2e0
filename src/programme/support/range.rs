//! How much is it at least and at most, in whole yen?

/// An amount between two ends, both included. What is not known has no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// At least so much.
    pub lo: i128,
    /// At most so much; `None` where nothing bounds it.
    pub hi: Option<i128>,
}

impl Range {
    /// Nothing.
    pub const ZERO: Self = Self::exactly(0);
    /// Not known at all.
    pub const UNKNOWN: Self = Self { lo: 0, hi: None };

    /// A known amount.
    #[must_use]
    pub const fn exactly(yen: i128) -> Self {
        Self { lo: yen, hi: Some(yen) }
    }

    /// The amount where it is known.
    #[must_use]
    pub fn known(self) -> Option<i128> {
        self.hi.filter(|&hi| hi == self.lo)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { lo: self.lo + other.lo, hi: self.hi.zip(other.hi).map(|(one, other)| one + other) }
    }

    /// The sum of all.
    pub(super) fn sum(all: &[Self]) -> Self {
        all.iter().fold(Self::ZERO, |sum, &one| sum.plus(one))
    }

    /// What is left of it, where nothing is left of less than nothing.
    pub(super) fn minus(self, other: Self) -> Self {
        let lo = other.hi.map_or(0, |hi| (self.lo - hi).max(0));
        Self { lo, hi: self.hi.map(|hi| (hi - other.lo).max(0)) }
    }

    /// So many of so many parts, fractions of a yen cut off; and whether there were any.
    pub(super) fn times(self, (parts, of): (i128, i128)) -> (Self, bool) {
        let cut = |yen: i128| (yen * parts).div_euclid(of);
        let is_cut = |yen: i128| (yen * parts).rem_euclid(of) != 0;
        (Self { lo: cut(self.lo), hi: self.hi.map(cut) }, is_cut(self.lo) || self.hi.is_some_and(is_cut))
    }

    /// The lower of two.
    pub(super) fn lower(self, other: Self) -> Self {
        let hi = match (self.hi, other.hi) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Self { lo: self.lo.min(other.lo), hi }
    }

    /// From the lower end of this one to the upper end of a larger one.
    pub(super) fn to(self, larger: Self) -> Self {
        Self { lo: self.lo, hi: larger.hi }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_leaves_the_upper_end_open_and_the_lower_bound_holds() {
        let known = Range::exactly(100);
        assert_eq!(known.plus(Range::UNKNOWN), Range { lo: 100, hi: None });
        assert_eq!(known.lower(Range::UNKNOWN), Range { lo: 0, hi: Some(100) });
        assert_eq!(known.minus(Range::UNKNOWN), Range { lo: 0, hi: Some(100) });
        assert_eq!(Range::UNKNOWN.minus(known), Range::UNKNOWN);
        assert_eq!(known.times((2, 3)), (Range::exactly(66), true));
        assert_eq!(known.times((6, 5)), (Range::exactly(120), false));
        assert_eq!(Range::exactly(33).to(known), Range { lo: 33, hi: Some(100) });
    }
}
