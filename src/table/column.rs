//! What there is to know of a column before a value is seen.

use crate::criteria::{Criterion, Zone};
use crate::evidence::{Measures, Nullable};
use crate::inputs::ValueType;
use crate::text::Text;

/// A column of parcels.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name, the same in every format: never renamed, never used anew.
    pub name: String,
    /// Its title with the unit, for programs that show people a table.
    pub title: Text,
    /// What it speaks of.
    pub about: About,
    /// What a null in it means.
    pub null: Text,
    /// Which array of an assessment it shows.
    pub source: Source,
}

/// What a column speaks of.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// The parcel itself.
    Parcel,
    /// A zone.
    Zone(Zone),
    /// A criterion.
    Criterion(&'static Criterion),
    /// The nearest of some places, what stands on the parcel, or the units that the parcel lies in.
    Surroundings,
}

/// Which array of an assessment a column shows. Zones, criteria and sets of places by their index there.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(unpredictable_function_pointer_comparisons, reason = "two that give the same numbers may be one")]
pub enum Source {
    /// The ids.
    Id,
    /// The ground areas.
    Area,
    /// The statuses in a zone.
    Status(usize),
    /// The shares in a zone.
    ZoneShare(usize, End),
    /// The shares in the region of a criterion.
    CriterionShare(usize, End),
    /// The ids of the candidate zones that parcels lie in.
    CandidateId(usize),
    /// How those stand as wholes.
    AsAWhole(usize),
    /// What fails of a zone.
    Fails(usize),
    /// By how much.
    Margin(usize),
    /// In which unit.
    MarginUnit(usize),
    /// Whether land is under-used.
    UnusedLand,
    /// The names of the nearest of a set.
    NearestName(usize),
    /// The distances to the nearest of a set.
    NearestMetres(usize),
    /// Any other measure that is one number a parcel, and the digits after its point.
    Measure(fn(&Measures) -> &Nullable<f64>, usize),
}

/// An end of an interval, or what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// What is known to hold.
    Lo,
    /// What could still hold.
    Hi,
    /// What holds for sure once the planner's expectations 見込み come true.
    Expected,
}

impl End {
    /// What a column's name ends with.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Lo => "lo",
            Self::Hi => "hi",
            Self::Expected => "expected",
        }
    }

    /// What its title ends with.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Lo => Text::new("下限", "at least"),
            Self::Hi => Text::new("上限", "at most"),
            Self::Expected => Text::new("見込み", "expected"),
        }
    }
}

/// Digits after the point: shares and ratios to a millionth, lengths to a millimetre and areas to a thousandth of a square
/// metre, densities to four.
pub(super) const SHARE: usize = 6;
const METRES: usize = 3;
pub(super) const DENSITY: usize = 4;

impl Column {
    /// The type of its values.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match self.source {
            Source::Id
            | Source::Status(_)
            | Source::CandidateId(_)
            | Source::AsAWhole(_)
            | Source::UnusedLand
            | Source::Fails(_)
            | Source::MarginUnit(_)
            | Source::NearestName(_) => ValueType::Text,
            _ => ValueType::Number,
        }
    }

    /// The digits after the point that its numbers have at most.
    #[must_use]
    pub fn decimals(&self) -> usize {
        match self.source {
            Source::Area | Source::NearestMetres(_) => METRES,
            Source::Measure(_, decimals) => decimals,
            _ => SHARE,
        }
    }

    /// Of a column of names, the set of places that bear them.
    #[must_use]
    pub fn name_set(&self) -> Option<usize> {
        match self.source {
            Source::NearestName(set) => Some(set),
            _ => None,
        }
    }

    /// Whether it holds the statuses of a zone.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.source, Source::Status(_))
    }
}
