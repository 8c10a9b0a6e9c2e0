//! Numbers and texts as the outputs write them, straight into a buffer.

/// Powers of ten, for digits after the point.
pub(crate) const TENS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// Writes a finite number with at most `decimals` (0 to 9) digits after the point, none of them a trailing zero:
/// `0.5`, `12`, `-3.25`.
pub(crate) fn fixed(out: &mut Vec<u8>, value: f64, decimals: usize) {
    let scaled = (value * TENS[decimals]).round();
    if scaled.abs() >= 9e15 {
        out.extend_from_slice(value.to_string().as_bytes());
        return;
    }
    if scaled < 0.0 {
        out.push(b'-');
    }
    fixed_steps(out, scaled.abs() as u64, decimals);
}

/// Writes a number that is given in whole steps of its last digit: 12,500 with 3 digits after the point is `12.5`.
pub(crate) fn fixed_steps(out: &mut Vec<u8>, steps: u64, decimals: usize) {
    let (mut digits, mut decimals) = (steps, decimals);
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    let mut text = [b'0'; 24];
    let mut at = text.len();
    let mut written = 0;
    while digits > 0 || written <= decimals {
        if written == decimals && decimals > 0 {
            at -= 1;
            text[at] = b'.';
        }
        at -= 1;
        text[at] = b'0' + (digits % 10) as u8;
        digits /= 10;
        written += 1;
    }
    out.extend_from_slice(&text[at..]);
}

/// The number that [`fixed`] writes.
pub(crate) fn rounded(value: f64, decimals: usize) -> f64 {
    // A whole number below 2⁵³ divided by a power of ten is the nearest number to the digits that are written.
    let scaled = (value * TENS[decimals]).round();
    if scaled.abs() >= 9e15 { value } else { scaled / TENS[decimals] + 0.0 }
}

/// A count with a comma every three digits, as people read it.
#[must_use]
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text as JSON, quotes included.
pub(crate) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_have_a_comma_every_three_digits() {
        let written = [0, 123, 1234, 1_234_567].map(thousands);
        assert_eq!(written, ["0", "123", "1,234", "1,234,567"]);
    }

    fn text(value: f64, decimals: usize) -> String {
        let mut out = Vec::new();
        fixed(&mut out, value, decimals);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn trailing_zeros_are_left_out() {
        assert_eq!(text(0.5, 6), "0.5");
        assert_eq!(text(12.0, 3), "12");
        assert_eq!(text(100.0, 0), "100");
        assert_eq!(text(-0.25, 2), "-0.25");
        assert_eq!(text(0.001, 3), "0.001");
        assert_eq!(text(0.0, 6), "0");
        assert_eq!(text(-0.0001, 3), "0");
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_what_was_meant(value in -1e6..1e6_f64, decimals in 0..=9_usize) {
            let read: f64 = text(value, decimals).parse().unwrap();
            prop_assert!((read - value).abs() <= 0.5 / TENS[decimals] + 1e-9 * value.abs());
            prop_assert_eq!(read.to_bits(), rounded(value, decimals).to_bits());
        }
    }
}
