//! JSON numbers, read as the nearest `f64`.

/// The powers of ten that an `f64` holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// As many digits as surely fit a `u64`.
const SAFE_DIGITS: usize = 19;

/// The number at the start of `bytes` and its length. `None` where none stands there by the rules of JSON
/// (RFC 8259, section 6), or where it is too large for an `f64`.
///
/// Where both the digits and the power of ten are exact as `f64` (below 2⁵³ and up to 10²²), one division
/// rounds correctly (Clinger, “How to read floating point numbers accurately”, 1990); this holds for the
/// coordinates of most files. The standard library reads the others.
pub(super) fn number(bytes: &[u8]) -> Option<(f64, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let whole_at = usize::from(negative);
    let mut mantissa = 0;
    let mut at = digits(bytes, whole_at, &mut mantissa);
    let whole = at - whole_at;
    if whole == 0 || (whole > 1 && bytes[whole_at] == b'0') {
        return None;
    }
    let mut decimals = 0;
    if bytes.get(at) == Some(&b'.') {
        let end = digits(bytes, at + 1, &mut mantissa);
        decimals = end - at - 1;
        if decimals == 0 {
            return None;
        }
        at = end;
    }
    if !matches!(bytes.get(at), Some(b'e' | b'E')) && whole + decimals <= SAFE_DIGITS && mantissa < 1 << 53 {
        let value = mantissa as f64 / POWERS[decimals];
        return Some((if negative { -value } else { value }, at));
    }
    let end = exponent(bytes, at)?;
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(|value| (value, end))
}

/// Adds digits to a number (which may overflow) and returns where they end.
fn digits(bytes: &[u8], mut at: usize, number: &mut u64) -> usize {
    while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|&digit| digit < 10) {
        *number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    at
}

/// Where a number ends whose exponent, if any, begins at `at`.
fn exponent(bytes: &[u8], at: usize) -> Option<usize> {
    if !matches!(bytes.get(at), Some(b'e' | b'E')) {
        return Some(at);
    }
    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
    let end = digits(bytes, at + 1 + sign, &mut 0);
    (end > at + 1 + sign).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_json_does_not_allow_is_no_number() {
        for text in ["", "-", "01", ".5", "5.", "+1", "1e", "1e+", "NaN", "Infinity", "1e999", "-.1"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_number_ends_where_its_signs_end() {
        assert_eq!(number(b"0,"), Some((0.0, 1)));
        assert_eq!(number(b"-12.50 ]"), Some((-12.5, 6)));
        assert_eq!(number(b"1E+2]"), Some((100.0, 4)));
        assert_eq!(number(b"00"), None);
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_standard_library(text in r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,2})?") {
            let (value, length) = number(text.as_bytes()).unwrap();
            prop_assert_eq!(length, text.len());
            prop_assert_eq!(value.to_bits(), text.parse::<f64>().unwrap().to_bits());
        }
    }
}
