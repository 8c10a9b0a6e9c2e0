//! Is the land of a parcel under-used 低・未利用地, by how far its designated floor-area ratio is filled?

use super::Judge;
use crate::criteria::UnusedLand;
use crate::evidence::{IntervalColumn, Measures, Texts};
use crate::text::Text;

/// Whether land is under-used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandUse {
    /// It is under-used, whatever is still unknown.
    Unused,
    /// It is not, whatever is still unknown.
    Used,
    /// What is known does not tell.
    Undetermined,
}

impl LandUse {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Unused, Self::Used, Self::Undetermined];

    /// What follows from a fill rate; an end that is `None` has no bound.
    #[must_use]
    pub fn of(lo: Option<f64>, hi: Option<f64>, rule: UnusedLand) -> Self {
        let most = rule.max_fill_rate();
        match (lo, hi) {
            (_, Some(hi)) if hi <= most => Self::Unused,
            (Some(lo), _) if lo > most => Self::Used,
            _ => Self::Undetermined,
        }
    }

    /// What is known of parcels put together, whose floors and designated ratios add up: the rate of the whole lies between theirs.
    #[must_use]
    pub fn together(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter()
            .reduce(|one, two| if one == two { one } else { Self::Undetermined })
            .unwrap_or(Self::Undetermined)
    }

    /// The word in columns.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Unused => "yes",
            Self::Used => "no",
            Self::Undetermined => "undetermined",
        }
    }

    /// The word for readers.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Unused => Text::new("該当", "yes"),
            Self::Used => Text::new("非該当", "no"),
            Self::Undetermined => Text::new("判定不能", "undetermined"),
        }
    }
}

impl Judge {
    /// Whether the land of each parcel is under-used, by [`LandUse::id`]; nothing where that is not asked or not measured.
    #[must_use]
    pub fn unused_land(&self, measures: &Measures) -> Texts {
        let IntervalColumn { lo, hi } = &measures.fill.fill_rate;
        let rule = self.rules.set.unused_land;
        let answers =
            rule.into_iter().flat_map(|rule| lo.iter().zip(hi.iter()).map(move |(lo, hi)| LandUse::of(lo, hi, rule)));
        answers.map(LandUse::id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THIRD: UnusedLand = UnusedLand { parts: 1, of: 3 };

    #[test]
    fn a_third_as_it_is_told_is_a_third() {
        assert_eq!(LandUse::of(Some(0.333_333), Some(0.333_333), THIRD), LandUse::Unused);
        assert_eq!(LandUse::of(Some(0.333_334), Some(0.333_334), THIRD), LandUse::Used);
    }

    #[test]
    fn an_end_that_is_not_known_settles_nothing() {
        assert_eq!(LandUse::of(Some(0.1), None, THIRD), LandUse::Undetermined);
        assert_eq!(LandUse::of(Some(0.4), None, THIRD), LandUse::Used);
        assert_eq!(LandUse::of(None, None, THIRD), LandUse::Undetermined);
        assert_eq!(LandUse::of(Some(0.1), Some(0.4), THIRD), LandUse::Undetermined);
    }
}
