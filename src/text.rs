//! How is something said to readers of either language?

use std::borrow::Cow;

/// A text in Japanese and in English. Both stand where the text arises.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    /// In Japanese.
    pub ja: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A text that is known when the program is built.
    #[must_use]
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja: Cow::Borrowed(ja), en: Cow::Borrowed(en) }
    }

    /// The same with something behind it, in each language.
    #[must_use]
    pub fn with(&self, ja: &str, en: &str) -> Self {
        Self { ja: format!("{}{ja}", self.ja).into(), en: format!("{}{en}", self.en).into() }
    }

    /// Both through one function.
    #[must_use]
    pub fn map(&self, write: impl Fn(&str) -> String) -> Self {
        Self { ja: write(&self.ja).into(), en: write(&self.en).into() }
    }
}
