//! The part of a file that a request asks for (RFC 9110, section 14).

use std::num::NonZeroUsize;
use std::ops::Range;

use http_range_header::{RangeUnsatisfiableError, parse_range_header_with_max_ranges};

/// What a `Range` header comes to for a file of a certain length.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing is asked for, or something that a server may pass over, such as several ranges at once.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// None: the range begins behind the end.
    Nothing,
}

/// Several ranges at once are passed over, which a server may do.
const MOST_RANGES: NonZeroUsize = NonZeroUsize::MIN;

/// Reads the value of a `Range` header.
pub(super) fn part(header: &str, length: u64) -> Part {
    let Ok(asked) = parse_range_header_with_max_ranges(header.trim(), MOST_RANGES) else { return Part::Whole };
    match asked.validate(length) {
        Ok(ranges) => ranges.first().map_or(Part::Whole, |range| Part::Bytes(*range.start()..*range.end() + 1)),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Part::Nothing,
        Err(_) => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_is_cut_at_the_end_of_the_file() {
        assert_eq!(part("bytes=0-3", 10), Part::Bytes(0..4));
        assert_eq!(part("bytes=8-", 10), Part::Bytes(8..10));
        assert_eq!(part("bytes=8-99999999999999999999999", 10), Part::Bytes(8..10));
        assert_eq!(part("bytes=-4", 10), Part::Bytes(6..10));
        assert_eq!(part("bytes=-40", 10), Part::Bytes(0..10));
    }

    #[test]
    fn a_range_behind_the_end_is_nothing() {
        for header in ["bytes=10-", "bytes=10-12", "bytes=99999999999999999999999-", "bytes=-0"] {
            assert_eq!(part(header, 10), Part::Nothing, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Nothing);
    }

    #[test]
    fn the_last_bytes_of_an_empty_file_are_the_file() {
        assert_eq!(part("bytes=-1", 0), Part::Whole);
    }

    #[test]
    fn what_is_no_single_range_of_bytes_is_passed_over() {
        for header in ["", "bytes", "bytes=", "bytes=-", "bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=+1-2"] {
            assert_eq!(part(header, 10), Part::Whole, "{header}");
        }
    }

    proptest! {
        #[test]
        fn no_header_leads_out_of_the_file(header in "(bytes=)?[0-9]{0,22}-?[0-9]{0,22}|.*", length in 0_u64..40) {
            if let Part::Bytes(bytes) = part(&header, length) {
                prop_assert!(bytes.start < bytes.end && bytes.end <= length);
            }
        }
    }
}
