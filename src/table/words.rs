//! What are the values of columns called that are one of few?

use super::{Column, Source};
use crate::regions::Certainty;
use crate::text::Text;
use crate::verdicts::{LandUse, Status};

/// A value as it stands in files, and what it is called.
pub type Word = (&'static str, Text);

/// The statuses.
#[must_use]
pub fn statuses() -> Vec<Word> {
    Status::ALL.into_iter().map(|status| (status.id(), status.name())).collect()
}

/// Whether something meets what is asked of it as a whole.
#[must_use]
pub fn meets() -> Vec<Word> {
    vec![
        ("yes", Text::new("満たす", "yes")),
        ("no", Text::new("満たさない", "no")),
        ("undetermined", Text::new("分からない", "not known")),
    ]
}

/// Whether land is under-used.
#[must_use]
pub fn land_uses() -> Vec<Word> {
    LandUse::ALL.into_iter().map(|land| (land.id(), land.name())).collect()
}

/// How certain it is that something holds.
#[must_use]
pub fn certainties() -> Vec<Word> {
    ALL.map(|certainty| (certainty.id(), certainty.name())).into()
}

/// Whether a stop is what is asked for.
#[must_use]
pub fn enough() -> Vec<Word> {
    let word = |certainty: Certainty| match certainty {
        Certainty::No => Text::new("満たさない", "no"),
        Certainty::Possible => Text::new("分からない", "not known"),
        Certainty::Expected => Text::new("見込みで満たす", "as expected"),
        Certainty::Sure => Text::new("満たす", "yes"),
    };
    ALL.map(|certainty| (certainty.id(), word(certainty))).into()
}

/// What is certain first.
const ALL: [Certainty; 4] = [Certainty::Sure, Certainty::Expected, Certainty::Possible, Certainty::No];

impl Column {
    /// What its values are called, where they are one of few; else none.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        match self.source {
            Source::Status(_) => statuses(),
            Source::AsAWhole(_) => meets(),
            Source::UnusedLand => land_uses(),
            _ => Vec::new(),
        }
    }
}
