//! How a property stands to a value that somebody typed: numbers as numbers, all else as text.

use std::cmp::Ordering;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::layers::as_text;

/// A value that somebody typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed {
    /// In Unicode NFKC, without spaces around it.
    text: String,
    /// Of one without quotes, where it is a number as JSON writes one: `0901` is none, but a code.
    number: Option<Number>,
}

/// A number of either side.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Whole(i128),
    Broken(f64),
}

impl Typed {
    /// A value; one that stood in quotes is a text.
    pub(super) fn new(text: &str, is_quoted: bool) -> Self {
        let text = text.nfkc().collect::<String>().trim().to_owned();
        let number = if is_quoted { None } else { Number::of(&text) };
        Self { text, number }
    }

    /// How a property stands to it. `None` where the two cannot be compared: there is no property, it is blank, or a text
    /// stands beside a number.
    pub(super) fn compared(&self, property: Option<&Value>) -> Option<Ordering> {
        let text = as_text(property?)?;
        let Some(wanted) = &self.number else { return Some(text.cmp(&self.text)) };
        match property? {
            Value::Number(number) => Number::of(&number.to_string())?.compared(wanted),
            Value::String(_) => Number::of(&text)?.compared(wanted),
            _ => None,
        }
    }

    /// Whether a property is it. `None` where there is none, or it is blank.
    pub(super) fn is(&self, property: Option<&Value>) -> Option<bool> {
        let text = as_text(property?)?;
        Some(self.compared(property).map_or(text == self.text, Ordering::is_eq))
    }
}

impl Number {
    fn of(text: &str) -> Option<Self> {
        // JSON knows neither leading zeros nor a plus, and no infinity.
        let broken: f64 = serde_json::from_str(text).ok()?;
        Some(text.parse().map_or(Self::Broken(broken), Self::Whole))
    }

    fn compared(self, other: &Self) -> Option<Ordering> {
        let broken = |number: Self| match number {
            Self::Whole(number) => number as f64,
            Self::Broken(number) => number,
        };
        match (self, *other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            (one, other) => broken(one).partial_cmp(&broken(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared(property: &Value, typed: &str) -> Option<Ordering> {
        Typed::new(typed, false).compared(Some(property))
    }

    #[test]
    fn numbers_are_compared_as_numbers_whether_the_file_has_them_as_such_or_as_texts() {
        for property in [json!(9), json!(9.0), json!("9"), json!(" ９ "), json!("9.0")] {
            assert_eq!(compared(&property, "10"), Some(Ordering::Less), "{property}");
            assert_eq!(compared(&property, "9.00"), Some(Ordering::Equal), "{property}");
            assert_eq!(compared(&property, "-1e3"), Some(Ordering::Greater), "{property}");
        }
        let long = json!(9_007_199_254_740_993_u64);
        assert_eq!(compared(&long, "9007199254740992"), Some(Ordering::Greater));
    }

    #[test]
    fn a_code_with_a_leading_zero_is_a_text_and_so_is_what_stands_in_quotes() {
        assert_eq!(Typed::new("0901", false).is(Some(&json!("0901"))), Some(true));
        assert_eq!(Typed::new("0901", false).is(Some(&json!(901))), Some(false));
        assert_eq!(Typed::new("901", false).is(Some(&json!("0901"))), Some(false));
        assert_eq!(Typed::new("12", true).is(Some(&json!(12))), Some(true));
        assert_eq!(Typed::new("9", true).compared(Some(&json!("10"))), Some(Ordering::Less));
        assert_eq!(Typed::new("2026-04-01", true).compared(Some(&json!("2025-12-31"))), Some(Ordering::Less));
    }

    #[test]
    fn texts_are_the_same_in_full_width_and_nothing_is_compared_with_nothing() {
        assert_eq!(Typed::new("ABC", false).is(Some(&json!(" ＡＢＣ "))), Some(true));
        assert_eq!(Typed::new("true", false).is(Some(&json!(true))), Some(true));
        for nothing in [None, Some(&Value::Null), Some(&json!("  "))] {
            assert_eq!((Typed::new("1", false).is(nothing), Typed::new("1", false).compared(nothing)), (None, None));
        }
        // Beside a number a text is neither less nor more, but it is something else.
        assert_eq!(compared(&json!("宅地"), "3"), None);
        assert_eq!(Typed::new("3", false).is(Some(&json!("宅地"))), Some(false));
    }
}
