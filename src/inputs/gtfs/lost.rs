//! What does a timetable lack of what its tables say that it has?
//!
//! A row that cannot be used is not left out as if it were not there: the trip that it is of runs in another way than what was
//! read of it says, and nobody knows how. What follows for the service of stops is for [`crate::transit`] to say.

/// How well a trip is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TripDoubt {
    /// All of it was read.
    #[default]
    None,
    /// A call, its time, its order or the direction is lost: of no departure is it sure when it is, or that it is one. Of its
    /// calls those are kept of which the stop is known.
    Calls,
    /// A line of `frequencies.txt` is lost: nobody knows how often it runs either.
    Runs,
}

/// What is lost of a feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeedLost {
    /// Calls of which nobody knows at which stop they are, or of which trip: there may be so many more at any stop, and at
    /// others that are not known.
    pub calls: u64,
    /// Whether one of these is at a stop that `stops.txt` does not have.
    pub stops: bool,
    /// Whether nobody knows which days are its weekdays, because its validity cannot be read.
    pub days: bool,
}

/// What is lost of a service's days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ServiceLost {
    /// Monday to Sunday, whether nobody knows if it runs.
    pub weekdays: [bool; 7],
    /// Whether its line of `calendar.txt` is lost, or the days that it is for.
    pub span: bool,
    /// How many days were added or taken out of which nobody knows which they are.
    pub dates: usize,
}

impl ServiceLost {
    /// All of its days.
    pub(super) const ALL: Self = Self { weekdays: [true; 7], span: true, dates: 0 };

    /// Whether anything is lost.
    #[must_use]
    pub fn any(&self) -> bool {
        self.span || self.dates > 0 || self.weekdays.contains(&true)
    }
}
