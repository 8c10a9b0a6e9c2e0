//! Numbers as people write them: in full width, with commas between their thousands, with a unit behind them.

use unicode_normalization::UnicodeNormalization as _;

use super::SlipKind;
use crate::text::Text;

/// What can be written behind the numbers of keys with a unit: in how many powers of ten it differs from the unit of the
/// key. As Unicode NFKC has it, lower case.
const WRITTEN: &[(&str, &[(&str, i32)])] = &[
    ("m", &[("m", 0), ("メートル", 0), ("metres", 0), ("meters", 0), ("km", 3), ("キロ", 3), ("キロメートル", 3)]),
    ("m²", &[("m2", 0), ("m^2", 0), ("平米", 0), ("平方メートル", 0), ("ha", 4), ("ヘクタール", 4), ("km2", 6)]),
    ("share", &[("%", -2), ("パーセント", -2), ("percent", -2), ("割", -1)]),
    (
        "departures/h",
        &[
            ("本", 0),
            ("本/時", 0),
            ("本/時間", 0),
            ("本/h", 0),
            ("便", 0),
            ("便/時", 0),
            ("便/時間", 0),
            ("departures/h", 0),
        ],
    ),
    ("departures/day", &[("本", 0), ("本/日", 0), ("便", 0), ("便/日", 0), ("departures/day", 0)]),
    ("1/ha", &[("人/ha", 0), ("人", 0), ("人/ヘクタール", 0), ("/ha", 0), ("1/ha", 0)]),
    ("minutes", &[("分", 0), ("分間", 0), ("min", 0), ("minutes", 0)]),
    ("yen", &[("円", 0), ("千円", 3), ("万円", 4), ("百万円", 6), ("億円", 8), ("yen", 0), ("jpy", 0)]),
    ("%", &[("%", 0), ("パーセント", 0), ("percent", 0)]),
    ("", &[("系", 0)]),
];

/// The unit of a key as sentences have it.
pub(in crate::settings) fn unit_text(unit: &'static str) -> Text {
    match unit {
        "share" => Text::new("割合", "share"),
        "departures/h" => Text::new("本/時", "departures/h"),
        "departures/day" => Text::new("本/日", "departures/day"),
        "1/ha" => Text::new("人/ha", "1/ha"),
        "minutes" => Text::new("分", "minutes"),
        "yen" => Text::new("円", "yen"),
        unit => Text::same(unit),
    }
}

/// The slip in a number for a key with such a unit, and the number as TOML has it, where it is known what was meant.
/// `None`: it is no number, or a number without a slip.
pub(super) fn slip(written: &str, unit: &'static str) -> Option<(SlipKind, Option<String>)> {
    let folded: String = written.nfkc().collect::<String>().to_lowercase();
    let folded = folded.trim();
    let (number, behind) = number(folded)?;
    let plain = number.replace(',', "");
    let wrote = written.trim().to_owned();
    if behind.is_empty() {
        let kind = if number.contains(',') {
            SlipKind::Commas(wrote)
        } else if wrote.is_ascii() {
            return None;
        } else {
            SlipKind::Digits(wrote)
        };
        return Some((kind, Some(shifted(&plain, 0))));
    }
    let find = |all: &[(&str, i32)]| all.iter().find(|(known, _)| *known == behind).map(|(_, places)| *places);
    let fits = WRITTEN.iter().find(|(of, _)| *of == unit).and_then(|(_, all)| find(all));
    // What is written behind the number may still be the unit of another key.
    let is_unit = fits.is_some() || WRITTEN.iter().any(|(_, all)| find(all).is_some());
    is_unit.then(|| (SlipKind::Unit { written: wrote, unit }, fits.map(|places| shifted(&plain, places))))
}

/// Splits a number off the beginning of a text: digits, or groups of three with commas, and a fraction.
fn number(text: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = usize::from(text.starts_with(['-', '+']));
    let whole = digits(&text[end..]);
    if whole == 0 {
        return None;
    }
    end += whole;
    while whole <= 3 && text[end..].starts_with(',') && digits(&text[end + 1..]) == 3 {
        end += 4;
    }
    if text[end..].starts_with('.') {
        let fraction = digits(&text[end + 1..]);
        end += if fraction > 0 { 1 + fraction } else { 0 };
    }
    Some((&text[..end], text[end..].trim_start()))
}

/// A decimal number times a power of ten, without a rounding.
fn shifted(number: &str, places: i32) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let by = places.unsigned_abs() as usize;
    let (whole, fraction) = if places < 0 {
        let whole = format!("{whole:0>by$}");
        let (rest, moved) = whole.split_at(whole.len() - by);
        (rest.to_owned(), [moved, fraction].concat())
    } else {
        let fraction = format!("{fraction:0<by$}");
        let (moved, rest) = fraction.split_at(by);
        ([whole, moved].concat(), rest.to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    // The zeros of a fraction stay as they were written, and those that moving the point has left behind go.
    let fraction = if places == 0 { &fraction } else { fraction.trim_end_matches('0') };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The digits of a municipality's code that stand without quotes and cannot: in full width, or with a zero before them.
pub(super) fn bare_code(written: &str) -> Option<(SlipKind, String)> {
    let folded: String = written.nfkc().collect();
    let is_code = matches!(folded.len(), 5 | 6) && folded.bytes().all(|byte| byte.is_ascii_digit());
    let kind = if written.is_ascii() {
        folded.starts_with('0').then(|| SlipKind::CodeWithoutQuotes(folded.clone()))
    } else {
        Some(SlipKind::Digits(written.to_owned()))
    };
    Some((kind.filter(|_| is_code)?, format!("\"{folded}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_the_unit_of_its_key() {
        for (written, unit, number) in [
            ("800m", "m", "800"),
            ("800 ｍ", "m", "800"),
            ("1.5km", "m", "1500"),
            ("０．８キロ", "m", "800"),
            ("1,000m", "m", "1000"),
            ("300㎡", "m²", "300"),
            ("300 m²", "m²", "300"),
            ("0.03ha", "m²", "300"),
            ("15%", "share", "0.15"),
            ("１５．５％", "share", "0.155"),
            ("100%", "share", "1"),
            ("5割", "share", "0.5"),
            ("3本／時", "departures/h", "3"),
            ("30本／日", "departures/day", "30"),
            ("40人/ha", "1/ha", "40"),
            ("15分", "minutes", "15"),
            ("8系", "", "8"),
            ("-1.50m", "m", "-1.50"),
        ] {
            let (kind, right) = slip(written, unit).expect(written);
            assert!(matches!(kind, SlipKind::Unit { .. }), "{written}: {kind:?}");
            assert_eq!(right.as_deref(), Some(number), "{written}");
        }
    }

    #[test]
    fn digits_and_commas_need_no_unit() {
        let kind = |written| slip(written, "m").map(|(kind, number)| (kind, number.expect("it is known")));
        assert_eq!(kind("３００"), Some((SlipKind::Digits("３００".into()), "300".into())));
        assert_eq!(kind("０３"), Some((SlipKind::Digits("０３".into()), "3".into())));
        assert_eq!(kind("1,234,567.5"), Some((SlipKind::Commas("1,234,567.5".into()), "1234567.5".into())));
        for written in
            ["300", "0.5", "abc", "", "m", "1e3", "0x10", "07:00:00", "2026-06-03", "2026年6月3日", "1,00", "焼津"]
        {
            assert_eq!(kind(written), None, "{written}");
        }
    }

    #[test]
    fn a_unit_of_another_key_is_told_without_a_number() {
        assert_eq!(slip("15分", "m").map(|(_, number)| number), Some(None));
        assert_eq!(slip("800m", "share").map(|(_, number)| number), Some(None));
    }

    #[test]
    fn codes_stand_in_quotes() {
        assert_eq!(bare_code("01100"), Some((SlipKind::CodeWithoutQuotes("01100".into()), "\"01100\"".into())));
        assert_eq!(bare_code("２２２１２"), Some((SlipKind::Digits("２２２１２".into()), "\"22212\"".into())));
        for written in ["22212", "1100", "焼津", "022a1"] {
            assert_eq!(bare_code(written), None, "{written}");
        }
    }
}
