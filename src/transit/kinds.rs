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
/// are none of the programme's, for planes, for taxis, which have no stops, and for what no list knows.
///
/// Funiculars 鋼索鉄道 are railways in law; trolleybuses stop as buses do, and so do communal taxis 乗合タクシー, which are buses in law.
#[must_use]
pub fn mode(route_type: u16) -> Option<Mode> {
    match route_type {
        12 | 405 => Some(Mode::Monorail),
        1 | 2 | 7 | 100..=199 | 300..=699 | 1400..=1499 => Some(Mode::Known(StopKind::Rail)),
        0 | 5 | 900..=999 => Some(Mode::Known(StopKind::Tram)),
        3 | 11 | 200..=299 | 700..=899 | COMMUNAL_TAXI => Some(Mode::Known(StopKind::Bus)),
        _ => None,
    }
}

/// 乗合タクシー: it runs where somebody has booked.
const COMMUNAL_TAXI: u16 = 1501;

/// Whether a route of this type runs on demand alone デマンド交通, though it counts.
#[must_use]
pub fn is_on_demand(route_type: u16) -> bool {
    // 715: demand and response buses.
    matches!(route_type, 715 | COMMUNAL_TAXI)
}

/// Whether a route of this type has landings, stations of ropeways or airports, which nobody takes for stops.
#[must_use]
pub fn is_of_water_or_air(route_type: u16) -> bool {
    matches!(route_type, 4 | 6 | 1000..=1399)
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
        assert_eq!([500, 600].map(mode), [mode(1); 2], "metro and underground");
        assert_eq!(([715, 1501].map(mode), [1500, 1507, 1700].map(mode)), ([mode(3); 2], [None; 3]));
        assert_eq!((mode(4), mode(11), mode(12)), (None, Some(Mode::Known(StopKind::Bus)), Some(Mode::Monorail)));
    }
}
