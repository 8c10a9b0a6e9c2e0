//! Which texts does a spreadsheet take for something else? Days, times, and numbers that are written otherwise than it writes them.
//!
//! A spreadsheet reads a CSV as if its cells had been typed. What it makes of `3-14` hangs on the language that it is set to, so
//! that all orders of day, month and year count here. Digits of full width are taken for digits.

/// The most digits of a number that a spreadsheet keeps.
const DIGITS: usize = 15;

/// The English names of months begin so, and spreadsheets of every language know them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a spreadsheet that opens a CSV shows this text as something else.
pub(super) fn is_changed(text: &str) -> bool {
    // No day, time or number is longer than a digit beyond what is kept, but for digits alone.
    let mut signs = text.chars().map(narrow);
    if !signs.clone().any(|sign| sign.is_ascii_digit()) || !signs.all(|sign| sign.is_ascii()) {
        return false;
    }
    let narrowed: String = text.chars().map(narrow).collect();
    let text = narrowed.trim();
    is_number_written_otherwise(text) || is_day(text) || is_time(text) || is_named_month(text)
}

/// A sign of full width as the one that it stands for.
fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `007`, `1.50`, `+5`, `1E5`, `1,000`, and more digits than are kept.
fn is_number_written_otherwise(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some((number, power)) = unsigned.split_once(['e', 'E']) {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        return number.splitn(2, '.').all(are_digits) && are_digits(power);
    }
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        return are_digits(first) && first.len() <= 3 && groups.all(|group| group.len() == 3 && are_digits(group));
    }
    if !are_digits(whole) || !(part.is_empty() || are_digits(part)) {
        return false;
    }
    let leads_with_zero = whole.len() > 1 && whole.starts_with('0');
    let ends_otherwise = part.ends_with('0') || (part.is_empty() && unsigned.ends_with('.'));
    leads_with_zero || ends_otherwise || text.starts_with('+') || whole.len() + part.len() > DIGITS
}

/// `1-2`, `2020/4`, `3-14-15`.
fn is_day(text: &str) -> bool {
    let of = |between: char| -> Option<Vec<u32>> {
        let parts = text.split(between).map(|part| (are_digits(part) && part.len() <= 4).then(|| part.parse().ok())?);
        parts.collect::<Option<Vec<u32>>>().filter(|parts| parts.len() > 1)
    };
    let (month, day) = (|n: u32| (1..=12).contains(&n), |n: u32| (1..=31).contains(&n));
    let year = |n: u32| n <= 99 || (1900..=9999).contains(&n);
    match of('-').or_else(|| of('/')).as_deref() {
        Some(&[a, b]) => (month(a) && (day(b) || year(b))) || (month(b) && (day(a) || year(a))),
        Some(&[a, b, c]) => {
            (year(a) && month(b) && day(c)) || (month(a) && day(b) && year(c)) || (day(a) && month(b) && year(c))
        }
        _ => false,
    }
}

/// `7:30`, `7:30:00`.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| are_digits(part) && part.len() <= 2)
}

/// `1-Mar`, `MAR1`, `Mar-05`.
fn is_named_month(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let parted = |sign: char| sign == '-' || sign == ' ' || sign == '/';
    let digits = |text: &str| are_digits(text) && text.len() <= 4;
    MONTHS.iter().any(|month| {
        let after = lower.strip_prefix(month).map(|rest| rest.trim_start_matches(parted));
        let before = lower.strip_suffix(month).map(|rest| rest.trim_end_matches(parted));
        after.is_some_and(digits) || before.is_some_and(digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_changes_is_known() {
        for text in [
            "1-2",
            "12-31",
            "1/2",
            "3-99",
            "2020-4",
            "4-2020",
            "2020-1-3",
            "1/2/3",
            "１－２",
            "007",
            "0720",
            "1.50",
            "1E5",
            "2e-3",
            "+5",
            "7:30",
            "07:30:00",
            "1-Mar",
            "MAR1",
            "1,000",
            "1234567890123456",
            "2.",
        ] {
            assert!(is_changed(text), "{text:?}");
        }
    }

    #[test]
    fn what_stays_as_it_is_is_known() {
        for text in [
            "",
            "-",
            "1",
            "720",
            "-5",
            "0",
            "0.5",
            "12.25",
            "0720-3",
            "13-100",
            "100-200",
            "32-45",
            "1-2-3-4",
            "1番2",
            "A1",
            "焼津1-2",
            "1-2イ",
            "march",
            "123456789012345",
            "1,00",
            "e5",
            "12-",
            "1--2",
            "7:3a",
            "999-1",
        ] {
            assert!(!is_changed(text), "{text:?}");
        }
    }
}
