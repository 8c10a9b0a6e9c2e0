//! Numbers and texts as the outputs write them, straight into a buffer.

/// Powers of ten, for digits after the point.
pub(crate) const TENS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// The same as whole numbers.
const STEPS: [u64; 10] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// Writes a finite number with at most `decimals` (0 to 9) digits after the point, none of them a trailing zero:
/// `0.5`, `12`, `-3.25`.
pub(crate) fn fixed(out: &mut Vec<u8>, value: f64, decimals: usize) {
    let scaled = value * TENS[decimals];
    let size = scaled.abs();
    if size >= 9e15 {
        out.extend_from_slice(value.to_string().as_bytes());
        return;
    }
    // Rounded as `f64::round` does, which is a call where not every processor has an instruction for it.
    let whole = size as u64;
    let steps = whole + u64::from(size - whole as f64 >= 0.5);
    if scaled < 0.0 && steps > 0 {
        out.push(b'-');
    }
    fixed_steps(out, steps, decimals);
}

/// Writes a number that is given in whole steps of its last digit: 12,500 with 3 digits after the point is `12.5`.
pub(crate) fn fixed_steps(out: &mut Vec<u8>, steps: u64, decimals: usize) {
    let (whole, mut part) = (steps / STEPS[decimals], (steps % STEPS[decimals]) as u32);
    if whole < 10 {
        out.push(b'0' + whole as u8);
    } else {
        out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    }
    if part == 0 {
        return;
    }
    let mut last = decimals;
    while part.is_multiple_of(10) {
        part /= 10;
        last -= 1;
    }
    let mut text = *b".000000000";
    for digit in text[1..=last].iter_mut().rev() {
        *digit = b'0' + (part % 10) as u8;
        part /= 10;
    }
    out.extend_from_slice(&text[..=last]);
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

/// Writes a text as JSON, quotes included.
pub(crate) fn json_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        out.extend_from_slice(json_string(text).as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
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

        #[test]
        fn a_text_is_written_as_the_library_writes_json(text in any::<String>(), plain in "[ -~亜-熙]*") {
            for text in [text, plain] {
                let mut out = Vec::new();
                json_text(&mut out, &text);
                prop_assert_eq!(String::from_utf8(out).unwrap(), json_string(&text));
            }
        }

        #[test]
        fn steps_are_the_digits_of_their_number(steps in any::<u64>(), small in 0_u64..2_000_000, decimals in 0..=9_usize) {
            for steps in [steps, small] {
                let mut out = Vec::new();
                fixed_steps(&mut out, steps, decimals);
                let digits = format!("{steps:0>width$}", width = decimals + 1);
                let (whole, part) = digits.split_at(digits.len() - decimals);
                let expected = format!("{whole}.{part}");
                let expected = expected.trim_end_matches('0').trim_end_matches('.');
                let expected = if part.bytes().all(|digit| digit == b'0') { whole } else { expected };
                prop_assert_eq!(String::from_utf8(out).unwrap(), expected);
            }
        }
    }
}
