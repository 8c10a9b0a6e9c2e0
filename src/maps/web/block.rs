//! A block of a column: the values of some consecutive parcels, small and quick to read in a browser.
//!
//! Numbers are whole ones here, as many decimal steps as the column's digits allow: 412.35 m to the millimetre is
//! 412,350. They are written with as few bytes as their range needs:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | width of a code, 0, 1, 2, 4 or 8 |
//! | 8 | base, a double, little-endian |
//! | width × parcels | codes, unsigned, little-endian: 0 is no value, else the number is base + code − 1 |
//!
//! With width 0 one byte follows: 0 where no parcel has a value, 1 where all have the base. A block is a gzip member.

use serde_json::Value;

use super::tiles::gzip;

/// A block of numbers.
pub(super) fn numbers(values: &[Option<f64>]) -> Vec<u8> {
    let given = || values.iter().flatten().copied();
    let (low, high) =
        given().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let is_all = values.iter().all(Option::is_some);
    let base = if low.is_finite() { low } else { 0.0 };
    let codes = if low.is_finite() { (high - low) as u64 + 1 } else { 0 };
    let width = match codes {
        0 => 0,
        1 if is_all => 0,
        1..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    };
    let mut bytes = Vec::with_capacity(10 + values.len() * width);
    bytes.push(width as u8);
    bytes.extend(base.to_le_bytes());
    if width == 0 {
        bytes.push(u8::from(low.is_finite() && is_all));
    }
    for value in values {
        let code = value.map_or(0, |value| (value - base) as u64 + 1);
        bytes.extend(&code.to_le_bytes()[..width]);
    }
    gzip(&bytes)
}

/// A block of anything else: an array of JSON, one entry a parcel.
pub(super) fn values(values: &[Value]) -> Vec<u8> {
    // A Value in memory always prints.
    gzip(&serde_json::to_vec(values).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    fn read(block: &[u8], rows: usize) -> Vec<Option<f64>> {
        let mut bytes = Vec::new();
        GzDecoder::new(block).read_to_end(&mut bytes).unwrap();
        let (width, base) = (usize::from(bytes[0]), f64::from_le_bytes(bytes[1..9].try_into().unwrap()));
        if width == 0 {
            assert_eq!(bytes.len(), 10);
            return vec![(bytes[9] == 1).then_some(base); rows];
        }
        let code = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |code, &byte| code << 8 | u64::from(byte));
        let value = |code: u64| (code > 0).then(|| base + (code - 1) as f64);
        bytes[9..].chunks_exact(width).map(|bytes| value(code(bytes))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn numbers_come_back_as_they_were(
            values in prop::collection::vec(prop::option::of(-9_000_000_000_000_i64..9_000_000_000_000), 0..40),
            shrink in 0_u32..43,
        ) {
            let values: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| (value >> shrink) as f64)).collect();
            prop_assert_eq!(read(&numbers(&values), values.len()), values);
        }
    }

    #[test]
    fn what_is_the_same_for_all_takes_no_room() {
        assert_eq!(read(&numbers(&[Some(7.0); 3]), 3), [Some(7.0); 3]);
        assert_eq!(read(&numbers(&[None; 3]), 3), [None; 3]);
        assert!(numbers(&vec![Some(7.0); 5000]).len() < 40);
    }
}
