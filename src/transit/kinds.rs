//! What calls at a stop: a train, a tram or a bus?

use crate::layers::StopKind;

/// The kind of stop that a route makes of the places where it calls, by its `route_type`, basic or extended; `None` for
/// ferries and ropeways, whose landings and stations are none of the programme's.
///
/// Funiculars 鋼索鉄道, monorails and guided transit are railways in law.
#[must_use]
pub fn stop_kind(route_type: u16) -> Option<StopKind> {
    match route_type {
        1 | 2 | 7 | 12 | 100..=199 | 300..=499 | 1400..=1499 => Some(StopKind::Rail),
        0 | 5 | 900..=999 => Some(StopKind::Tram),
        3 | 11 | 200..=299 | 700..=899 => Some(StopKind::Bus),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_and_extended_types_agree() {
        for (basic, extended) in [(0, 900), (1, 401), (2, 106), (3, 700), (4, 1000), (6, 1300), (7, 1400), (11, 800)] {
            assert_eq!(stop_kind(basic), stop_kind(extended), "{basic} and {extended}");
        }
        assert_eq!(stop_kind(4), None);
    }
}
