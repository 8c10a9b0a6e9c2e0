//! Single values of a TOML document: as numbers, as the texts that readers give, and in words.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::DeValue;
use toml::value::Datetime;

use super::words::printable;
use crate::text::Text;
use crate::units::ServiceTime;

/// The value as a number; whole numbers beyond 53 bits are rounded.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => {
            i128::from_str_radix(integer.as_str(), integer.radix()).ok().map(|number| number as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}

/// The text that readers give for an attribute of this value, so that the two can be compared: 3 and 3.0 are `3`.
pub(super) fn as_reader_prints(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        // Not by way of a float: an integer of more than 53 bits would lose digits.
        DeValue::Integer(integer) => {
            i128::from_str_radix(integer.as_str(), integer.radix()).ok().map(|number| number.to_string())
        }
        DeValue::Float(_) => number(value).filter(|number| number.is_finite()).map(|number| number.to_string()),
        _ => None,
    }
}

/// The decimal digits of a number, without signs between them; `None` where it is written with an exponent, or is no number.
pub(super) fn decimal(value: &DeValue<'_>) -> Option<String> {
    let digits = match value {
        DeValue::Integer(integer) => i128::from_str_radix(integer.as_str(), integer.radix()).ok()?.to_string(),
        DeValue::Float(float) => float.as_str().trim_start_matches('+').to_owned(),
        _ => return None,
    };
    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then_some(digits)
}

/// The value as a day without a time, also where it is in quotes.
pub(super) fn date(value: &DeValue<'_>) -> Option<NaiveDate> {
    let written = match value {
        DeValue::Datetime(date) => *date,
        DeValue::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let Datetime { date: Some(date), time: None, offset: None } = written else { return None };
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

/// The value as a time of the service day: a time of TOML, or a text of hours, minutes and, if need be, seconds.
pub(super) fn time(value: &DeValue<'_>) -> Option<ServiceTime> {
    /// A service day ends before the second midnight.
    const HOURS: u32 = 48;
    let (hours, minutes, seconds) = match value {
        DeValue::Datetime(Datetime { date: None, time: Some(time), offset: None }) => {
            (u32::from(time.hour), u32::from(time.minute), u32::from(time.second.unwrap_or(0)))
        }
        DeValue::String(text) => {
            let mut parts = text.trim().split(':').map(two_digits);
            let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next());
            if parts.next().is_some() {
                return None;
            }
            (hours, minutes, seconds.unwrap_or(Some(0))?)
        }
        _ => return None,
    };
    (hours < HOURS && minutes < 60 && seconds < 60).then(|| ServiceTime(hours * 3600 + minutes * 60 + seconds))
}

/// A number of one or two digits.
fn two_digits(text: &str) -> Option<u32> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A number as it was written; a value that is none, in words.
pub(super) fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(integer) => integer.to_string(),
        DeValue::Float(float) => float.to_string(),
        other => described(other).en.into_owned(),
    }
}

/// What a value is, for a message.
pub(super) fn described(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::String(text) => {
            Text { ja: format!("文字列「{}」", printable(text)).into(), en: format!("the text {text:?}").into() }
        }
        DeValue::Integer(_) | DeValue::Float(_) => {
            let number = written(value);
            text!("数 {number} ", "the number {number}")
        }
        DeValue::Boolean(flag) => Text { ja: format!(" {flag} ").into(), en: flag.to_string().into() },
        DeValue::Datetime(date) => text!("日付 {date} ", "the date {date}"),
        DeValue::Array(list) => {
            // A list may be wrong for one of its items only: name the first that is no text.
            match list.iter().map(Spanned::get_ref).find(|item| !item.is_str()) {
                Some(DeValue::Array(_)) => Text::new("一覧を含む一覧", "a list with a list"),
                Some(DeValue::Table(_)) => Text::new("表を含む一覧", "a list with a table"),
                Some(item) => text!("{item}を含む一覧", "a list with {item}", item = described(item)),
                None => Text::new("一覧", "a list"),
            }
        }
        DeValue::Table(_) => Text::new("表", "a table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_past_midnight_and_nothing_else_is() {
        let time = |written: &str| super::time(DeValue::parse(written).expect("it is TOML").get_ref());
        for (written, seconds) in
            [("'07:12'", 25_920), ("'7:00'", 25_200), ("'25:10:05'", 90_605), ("07:12:30", 25_950), ("'00:00'", 0)]
        {
            assert_eq!(time(written), Some(ServiceTime(seconds)), "{written}");
        }
        for written in
            ["'48:00'", "'7'", "'7:60'", "'07:00:61'", "'7:00:00:00'", "'+7:00'", "'7：00'", "7", "2030-01-01"]
        {
            assert_eq!(time(written), None, "{written}");
        }
    }

    #[test]
    fn values_are_kept_as_a_reader_would_print_them() {
        for (written, text) in [
            ("'01'", "01"),
            ("3", "3"),
            ("3.0", "3"),
            ("2.50", "2.5"),
            ("0x10", "16"),
            ("-0", "0"),
            ("9007199254740993", "9007199254740993"),
            ("true", "true"),
            ("1_000.5", "1000.5"),
            ("1e3", "1000"),
        ] {
            let value = DeValue::parse(written).expect("it is TOML");
            assert_eq!(as_reader_prints(value.get_ref()).as_deref(), Some(text), "{written}");
        }
        for written in ["nan", "-inf", "2030-01-01", "[1]", "{ a = 1 }"] {
            let value = DeValue::parse(written).expect("it is TOML");
            assert_eq!(as_reader_prints(value.get_ref()), None, "{written}");
        }
    }
}
