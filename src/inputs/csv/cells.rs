//! What stands in a cell of coordinates, as people and programs write it.

use unicode_normalization::UnicodeNormalization;

/// Which of the two coordinates a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Longitude or easting.
    East,
    /// Latitude or northing.
    North,
}

/// Words and letters before or behind an angle, the axis that they are of, and whether they turn its sign.
const HEMISPHERES: [(&str, Axis, bool); 8] = [
    ("東経", Axis::East, false),
    ("西経", Axis::East, true),
    ("北緯", Axis::North, false),
    ("南緯", Axis::North, true),
    ("E", Axis::East, false),
    ("W", Axis::East, true),
    ("N", Axis::North, false),
    ("S", Axis::North, true),
];

/// What stands behind degrees, minutes and seconds, after NFKC and without blanks: ゜ becomes its combining mark, ″ two ′.
const MARKS: [&[&str]; 3] = [
    &["°", "度", "o", "d", "deg", "\u{309a}", "\u{30a}", ":", "-", ""],
    &["'", "′", "’", "分", "m", "min", "\u{301}", ":", "-", ""],
    &["\"", "″", "′′", "''", "”", "’’", "秒", "s", "sec", "\u{30b}", ""],
];

/// A cell without what spreadsheets put around it: blanks, quotes, `="…"`.
fn plain(cell: &str) -> String {
    let text: String =
        cell.nfkc().map(|sign| if matches!(sign, '\u{2212}' | '‐' | '–') { '-' } else { sign }).collect();
    let text = text.trim().trim_start_matches('=').trim();
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    quoted.trim().trim_start_matches('\'').trim().to_owned()
}

fn finite(text: &str) -> Option<f64> {
    // `f64` also reads "inf" and "nan".
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The angle in a cell, in degrees: a decimal number, with a point or a comma, or degrees, minutes and seconds.
pub(super) fn degrees(cell: &str, axis: Axis) -> Option<f64> {
    let text = plain(cell);
    // No angle has thousands.
    let point = if text.contains('.') { text.clone() } else { text.replacen(',', ".", 1) };
    finite(&point).map(|number| packed(number, axis).unwrap_or(number)).or_else(|| sexagesimal(&text, axis))
}

/// The angle that a number far beyond all degrees is, where its digits are degrees, minutes and seconds of Japan:
/// 345212.083 is 34°52′12.083″.
fn packed(number: f64, axis: Axis) -> Option<f64> {
    let (degree, minute, second) = ((number / 1e4).floor(), (number / 100.0).floor() % 100.0, number % 100.0);
    let in_japan = if axis == Axis::East { 122.0..=154.0 } else { 20.0..=46.0 };
    let is_angle = in_japan.contains(&degree) && minute < 60.0 && second < 60.0;
    is_angle.then(|| degree + minute / 60.0 + second / 3600.0)
}

/// The length in a cell, in metres. Where cells are apart by semicolons, a comma may be that of a decimal number: what can
/// be read in two ways is not read.
pub(super) fn metres(cell: &str, semicolons: bool) -> Option<f64> {
    let text = plain(cell);
    let text = text.strip_suffix('m').unwrap_or(&text).trim_end();
    let Some((_, behind)) = text.split_once(',') else { return finite(text) };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default().len();
    let thousands = (1..=3).contains(&first) && groups.all(|group| group.len() == 3) && !fraction.contains(',');
    let one = text.matches(',').count() == 1 && !text.contains('.');
    match (thousands, one && (semicolons || behind.len() != 3)) {
        (true, false) => finite(&text.replace(',', "")),
        (false, true) => finite(&text.replace(',', ".")),
        _ => None,
    }
}

/// An angle of degrees, minutes and seconds, the last of which may have a fraction.
fn sexagesimal(text: &str, axis: Axis) -> Option<f64> {
    let (text, negative) = hemisphere(text, axis)?;
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, !negative),
        None => (text, negative),
    };
    let parts = parts(text)?;
    let largest = if axis == Axis::East { 180.0 } else { 90.0 };
    let last = parts.len() - 1;
    let mut angle = 0.0;
    for (index, number) in parts.iter().enumerate() {
        if index < last && number.contains('.') {
            return None;
        }
        let number = finite(number)?;
        if number >= if index == 0 { largest + 1.0 } else { 60.0 } {
            return None;
        }
        angle += number / [1.0, 60.0, 3600.0][index];
    }
    (angle <= largest).then_some(if negative { -angle } else { angle })
}

/// The text without the name of a hemisphere, and whether that turns the sign; `None` where it is of the other axis.
fn hemisphere(text: &str, axis: Axis) -> Option<(&str, bool)> {
    for (name, of, negative) in HEMISPHERES {
        let rest = text.strip_prefix(name).or_else(|| text.strip_suffix(name));
        if let Some(rest) = rest {
            return (of == axis).then_some((rest.trim_matches([' ', ':']), negative));
        }
    }
    Some((text, false))
}

/// The one to three numbers of an angle; their marks must be those of degrees, minutes and seconds.
fn parts(text: &str) -> Option<Vec<String>> {
    if text.matches('.').count() >= 2 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        // 34.52.12.083 is 34°52′12.083″.
        let all: Vec<String> = text.splitn(3, '.').map(|part| part.trim_end_matches('.').to_owned()).collect();
        return all.iter().all(|part| !part.is_empty()).then_some(all);
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|sign: char| !(sign.is_ascii_digit() || sign == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let next = after.find(|sign: char| sign.is_ascii_digit()).unwrap_or(after.len());
        let (mark, after) = after.split_at(next);
        let mark: String = mark.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_lowercase();
        if number.is_empty() || !MARKS.get(parts.len())?.contains(&mark.as_str()) {
            return None;
        }
        parts.push(number.to_owned());
        rest = after;
    }
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn angles_are_read_in_every_way_that_people_write_them() {
        let wanted = 34.0 + 52.0 / 60.0 + 12.083 / 3600.0;
        for text in [
            "34度52分12.083秒",
            "北緯３４度５２分１２．０８３秒",
            "34°52′12.083″",
            "34°52'12.083\"",
            "34゜52’12.083”",
            "N34°52'12.083\"",
            "34°52′12.083″N",
            "34:52:12.083",
            "34-52-12.083",
            "34 52 12.083",
            "34.52.12.083",
            "34d52m12.083s",
            "345212.083",
            " =\"34度52分12.083秒\" ",
        ] {
            let angle = degrees(text, Axis::North).unwrap_or(f64::NAN);
            assert!((angle - wanted).abs() < 1e-12, "{text}: {angle}");
        }
        assert_eq!(degrees("　34.5　", Axis::North), Some(34.5));
        assert_eq!(degrees("34,5", Axis::North), Some(34.5));
        assert_eq!(degrees("34.5度", Axis::North), Some(34.5));
        assert_eq!(degrees("東経138.5", Axis::East), Some(138.5));
        assert_eq!(degrees("138度30分", Axis::East), Some(138.5));
        assert_eq!(degrees("南緯34.5", Axis::North), Some(-34.5));
    }

    #[test]
    fn what_is_no_angle_of_the_axis_is_none() {
        // Out of all degrees, and told as such.
        assert_eq!(degrees("346012", Axis::North), Some(346_012.0));
        assert_eq!(degrees("1382011", Axis::North), Some(1_382_011.0));
        for text in [
            "",
            "-",
            "不明",
            "東経138.5",
            "34度61分",
            "34度52分12.083秒5",
            "91度",
            "2024-01-02",
            "34..5",
            "nan",
            "1,234,5",
        ] {
            assert_eq!(degrees(text, Axis::North), None, "{text}");
        }
    }

    #[test]
    fn lengths_with_a_comma_of_two_meanings_are_not_read() {
        assert_eq!(metres("-125,344.57", false), Some(-125_344.57));
        assert_eq!(metres("-1,125,344", false), Some(-1_125_344.0));
        assert_eq!(metres("15956,18", true), Some(15956.18));
        assert_eq!(metres("15956,18", false), Some(15956.18));
        assert_eq!(metres("-15956.18 m", false), Some(-15956.18));
        assert_eq!(metres("15,956", false), Some(15956.0));
        assert_eq!(metres("15,956", true), None);
        assert_eq!(metres("1,2,3", false), None);
    }

    proptest! {
        #[test]
        fn an_angle_there_and_back_is_the_same(d in 0_u32..90, m in 0_u32..60, s in 0_u32..60_000, style in 0_usize..5) {
            let (second, fraction) = (s / 1000, s % 1000);
            let [a, b, c] = [["度", "分", "秒"], ["°", "′", "″"], [":", ":", ""], ["-", "-", ""], ["°", "'", "\""]][style];
            let text = format!("{d}{a}{m:02}{b}{second:02}.{fraction:03}{c}");
            let angle = f64::from(d) + f64::from(m) / 60.0 + f64::from(s) / 3_600_000.0;
            prop_assert!((degrees(&text, Axis::North).unwrap() - angle).abs() < 1e-9, "{}", text);
        }

        #[test]
        fn no_cell_makes_it_panic(text in "[0-9.,:;'\"°度分秒北緯NSEWew ′″゜=-]{0,16}") {
            let _ = (degrees(&text, Axis::North), degrees(&text, Axis::East), metres(&text, true), metres(&text, false));
        }
    }
}
