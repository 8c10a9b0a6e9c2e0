//! Times and days as GTFS writes them.

use chrono::NaiveDate;

use crate::units::ServiceTime;

/// A time `H:MM:SS` or `HH:MM:SS`, hours up to 99: a trip that runs on after midnight goes on counting. Without seconds it is
/// the full minute.
pub(super) fn time(text: &[u8]) -> Option<ServiceTime> {
    let (hours, rest) = match text {
        [hour, rest @ ..] if rest.first() == Some(&b':') => (digit(*hour)?, rest),
        [ten, one, rest @ ..] => (two(*ten, *one)?, rest),
        _ => return None,
    };
    let (minutes, seconds) = match *rest {
        [b':', minute, minutes, b':', second, seconds] => (two(minute, minutes)?, two(second, seconds)?),
        [b':', minute, minutes] => (two(minute, minutes)?, 0),
        _ => return None,
    };
    (minutes < 60 && seconds < 60).then(|| ServiceTime(hours * ServiceTime::HOUR + minutes * 60 + seconds))
}

/// So much a time falls where a clock began again at midnight, rather than where somebody mistook the order.
pub(super) const HALF_A_DAY: u32 = 12 * ServiceTime::HOUR;
/// What the clock has missed by then.
pub(super) const A_DAY: u32 = 24 * ServiceTime::HOUR;

/// A day `YYYYMMDD`.
pub(super) fn day(text: &[u8]) -> Option<NaiveDate> {
    let &[a, b, c, d, e, f, g, h] = text else { return None };
    let year = two(a, b)? * 100 + two(c, d)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two(e, f)?, two(g, h)?)
}

fn digit(sign: u8) -> Option<u32> {
    sign.is_ascii_digit().then(|| u32::from(sign - b'0'))
}

fn two(ten: u8, one: u8) -> Option<u32> {
    Some(digit(ten)? * 10 + digit(one)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hours_have_one_digit_or_two_and_pass_midnight() {
        let seconds = |text: &str| time(text.as_bytes()).map(|time| time.0);
        assert_eq!(seconds("7:05:09"), Some(25_509));
        assert_eq!(seconds("07:05:09"), Some(25_509));
        assert_eq!(seconds("25:00:00"), Some(90_000));
        assert_eq!((seconds("7:05"), seconds("25:05")), (Some(25_500), Some(90_300)));
        for none in [
            "",
            "7:5",
            "7:60",
            "7:05:",
            "7",
            "7:60:00",
            "7:00:60",
            "100:00:00",
            "-1:00:00",
            "7:5:00",
            ":00:00",
            "７:00:00",
            "a:00:00",
        ] {
            assert_eq!(seconds(none), None, "{none}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(b"20280229"), NaiveDate::from_ymd_opt(2028, 2, 29));
        for none in ["20270229", "2027-04-01", "202704", "", "2027041a"] {
            assert_eq!(day(none.as_bytes()), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn every_time_is_read_back(seconds in 0_u32..360_000) {
            let text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
            prop_assert_eq!(time(text.as_bytes()), Some(ServiceTime(seconds)));
        }
    }
}
