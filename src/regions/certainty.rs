//! How certain is it that something holds?

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// How certain it is that a condition holds, here or for something. From the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It does not.
    No,
    /// It may: what is known does not tell.
    Possible,
    /// It will, once the planner's declared expectations 見込み come true.
    Expected,
    /// It does.
    Sure,
}

impl Certainty {
    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possible => "possible",
            Self::Expected => "expected",
            Self::Sure => "sure",
        }
    }

    /// The word for readers.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::No => Text::new("なし", "no"),
            Self::Possible => Text::new("可能性あり", "possible"),
            Self::Expected => Text::new("見込み", "expected"),
            Self::Sure => Text::new("確実", "sure"),
        }
    }
}
