//! What calls at a stop: a train, a tram or a bus?

use crate::layers::StopKind;

/// What a route runs, as far as its `route_type` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Trains, trams or buses.
    Known(StopKind),
    /// Monorails: some are railways in law, others tramways 軌道, and no timetable says which.
    Monorail,
}

/// What a route of this `route_type`, basic or extended, runs; `None` for ferries and ropeways, whose landings and stations
/// are none of the programme's.
///
/// Funiculars 鋼索鉄道 are railways in law; trolleybuses stop as buses do.
#[must_use]
pub fn mode(route_type: u16) -> Option<Mode> {
    match route_type {
        12 | 405 => Some(Mode::Monorail),
        1 | 2 | 7 | 100..=199 | 300..=499 | 1400..=1499 => Some(Mode::Known(StopKind::Rail)),
        0 | 5 | 900..=999 => Some(Mode::Known(StopKind::Tram)),
        3 | 11 | 200..=299 | 700..=899 => Some(Mode::Known(StopKind::Bus)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_and_extended_types_agree() {
        for (basic, extended) in
            [(0, 900), (1, 401), (2, 106), (3, 700), (4, 1000), (6, 1300), (7, 1400), (11, 800), (12, 405)]
        {
            assert_eq!(mode(basic), mode(extended), "{basic} and {extended}");
        }
        assert_eq!((mode(4), mode(11), mode(12)), (None, Some(Mode::Known(StopKind::Bus)), Some(Mode::Monorail)));
    }
}
