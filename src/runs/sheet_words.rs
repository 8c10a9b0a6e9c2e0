//! What does a planner want to stand on a still map, beside what the run says?

use serde::{Deserialize, Serialize};

/// Words on a sheet; what is not given is worked out, or is not there. Nobody asks a clock: a date is what somebody wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetWords {
    /// The title, in the place of the project's name and the zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What stands below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Of when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What else its readers should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl SheetWords {
    /// These words, and where there are none those of another.
    #[must_use]
    pub fn over(self, other: &Self) -> Self {
        let or = |own: Option<String>, other: &Option<String>| own.or_else(|| other.clone());
        Self {
            title: or(self.title, &other.title),
            subtitle: or(self.subtitle, &other.subtitle),
            author: or(self.author, &other.author),
            date: or(self.date, &other.date),
            note: or(self.note, &other.note),
        }
    }

    /// The words that say something: an empty one takes that of the project file away.
    #[must_use]
    pub fn said(self) -> Self {
        let said = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
        Self {
            title: said(self.title),
            subtitle: said(self.subtitle),
            author: said(self.author),
            date: said(self.date),
            note: said(self.note),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
