//! How is something said to readers of either language?
//!
//! Every sentence stands in Japanese and in English at the place where it arises: a constant as [`Text::new`], one with
//! something filled in as `text!`. Neither compiles without its Japanese.

use serde::{Deserialize, Serialize};

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::{Mutex, PoisonError};

/// The language of a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 日本語.
    Ja,
    /// English.
    #[default]
    En,
}

/// The same word, kept as long as the program runs; each is kept once. For words of which a program reads few: ids, keys,
/// names of columns.
pub fn kept(word: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.get(word).copied().unwrap_or_else(|| {
        let word: &'static str = Box::leak(word.into());
        kept.insert(word);
        word
    })
}

/// A text in Japanese and in English. Both stand where the text arises.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text {
    /// In Japanese.
    pub ja: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A text that is known when the program is built.
    ///
    /// # Panics
    /// Where the Japanese is not Japanese or the English is missing; of a constant the compiler says so.
    #[must_use]
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        assert!(is_japanese(ja), "a text needs its Japanese");
        assert!(!en.is_empty(), "a text needs its English");
        Self { ja: Cow::Borrowed(ja), en: Cow::Borrowed(en) }
    }

    /// What is the same in both languages: a name, a code.
    #[must_use]
    pub const fn same(word: &'static str) -> Self {
        Self { ja: Cow::Borrowed(word), en: Cow::Borrowed(word) }
    }

    /// The same text, kept as long as the program runs; each is kept once. For texts of which a program reads few.
    #[must_use]
    pub fn kept(self) -> &'static Self {
        static KEPT: Mutex<BTreeSet<&'static Text>> = Mutex::new(BTreeSet::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&self).copied().unwrap_or_else(|| {
            let text: &'static Self = Box::leak(Box::new(self));
            kept.insert(text);
            text
        })
    }

    /// What a reader of that language reads.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }

    /// The same with something behind it, in each language.
    #[must_use]
    pub fn with(&self, ja: &str, en: &str) -> Self {
        Self { ja: format!("{}{ja}", self.ja).into(), en: format!("{}{en}", self.en).into() }
    }

    /// The same with a sign and another text behind it.
    #[must_use]
    pub fn joined(&self, between: &str, other: &Self) -> Self {
        self.with(&format!("{between}{}", other.ja), &format!("{between}{}", other.en))
    }

    /// Both through one function.
    #[must_use]
    pub fn map(&self, write: impl Fn(&str) -> String) -> Self {
        Self { ja: write(&self.ja).into(), en: write(&self.en).into() }
    }

    /// Several in a row: `、` between the Japanese ones, `, ` between the English ones.
    #[must_use]
    pub fn list(all: &[Self]) -> Self {
        let of = |lang| all.iter().map(move |text| text.get(lang)).collect::<Vec<_>>();
        Self { ja: of(Lang::Ja).join("、").into(), en: of(Lang::En).join(", ").into() }
    }

    /// The first of several in a row, and how many more there are.
    #[must_use]
    pub fn first_of(all: &[Self], named: usize) -> Self {
        let list = Self::list(&all[..named.min(all.len())]);
        match all.len().saturating_sub(named) {
            0 => list,
            more => list.with(&format!("、ほか{more}"), &format!(" and {more} more")),
        }
    }
}

/// What a text is made of that has no language: a path, a number, a name out of the data.
impl<T: Display> From<T> for Text {
    fn from(word: T) -> Self {
        let word = word.to_string();
        Self { ja: word.clone().into(), en: word.into() }
    }
}

/// Whether there is Japanese in a text: a sign of the blocks that begin with 、 and 。 or of full width.
#[must_use]
pub const fn is_japanese(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] >= 0xE3 {
            return true;
        }
        at += 1;
    }
    false
}

/// A [`Text`] with something filled in: Japanese, English, then what both name. Values in scope are named as in
/// [`format!`]; a value of its own is given as `name = value`, may be a [`Text`] itself, and must stand in both.
///
/// ```ignore
/// text!("{layer}は{count}件あります。", "{count} of the layer {layer}", layer = layer.title)
/// ```
macro_rules! text {
    ($ja:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const { assert!($crate::text::is_japanese($ja), "a text needs its Japanese") };
        $(let $name = $crate::text::Text::from($value);)*
        $crate::text::Text {
            ja: format!($ja $(, $name = $name.ja)*).into(),
            en: format!($en $(, $name = $name.en)*).into(),
        }
    }};
}

/// For tests of Japanese texts: three English words or more in a row that stand neither in backticks nor in quotes.
/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String cannot fail
        hex
    })
}

#[cfg(test)]
pub(crate) fn english_in(text: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    // What is between a sign and its like is passed over: code, and values in quotes.
    let mut rest = text;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_alphabetic() || "`「『“\"".contains(sign)) {
        if !rest[..start].chars().all(|sign| " ,.;:()".contains(sign)) {
            words.clear();
        }
        rest = &rest[start..];
        let sign = rest.chars().next()?;
        if sign.is_ascii_alphabetic() {
            let end =
                rest.find(|sign: char| !sign.is_ascii_alphanumeric() && !"-_.".contains(sign)).unwrap_or(rest.len());
            let is_word = rest[..end].bytes().all(|byte| byte.is_ascii_lowercase());
            if is_word {
                words.push(&rest[..end]);
            } else {
                words.clear();
            }
            rest = &rest[end..];
        } else {
            words.clear();
            let close = match sign {
                '「' => '」',
                '『' => '』',
                '“' => '”',
                same => same,
            };
            let inside = &rest[sign.len_utf8()..];
            rest = inside.find(close).map_or("", |end| &inside[end + close.len_utf8()..]);
        }
        if words.len() == 3 {
            return Some(words.join(" "));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_filled_in_both_languages() {
        let (count, layer) = (3, Text::new("鉄道駅", "stations"));
        let said = text!("{layer}は{count}件あります。", "{count} {layer}", layer = layer);
        assert_eq!(said.get(Lang::Ja), "鉄道駅は3件あります。");
        assert_eq!(said.get(Lang::En), "3 stations");
    }

    #[test]
    fn english_in_japanese_is_found() {
        assert_eq!(english_in("レイヤー the layer stops にない").as_deref(), Some("the layer stops"));
        let fine =
            ["`the layer of stops` を", "「a b c d」は", "did near-stop units はよい", "GTFS a、b、c", "a 1 b 2 c"];
        assert!(fine.iter().all(|text| english_in(text).is_none()));
    }

    #[test]
    fn signs_that_both_languages_write_are_no_japanese() {
        assert!(!is_japanese("≤ 40 m² … “name” — é"));
        assert!(is_japanese("km（直線）"));
    }
}
