//! Which rows of a layer are one station 駅, which are one stop 停留所.

use std::collections::BTreeMap;

use super::union::Union;
use crate::crs::ScaleField;
use crate::geometry::{Footprint, Point};
use crate::layers::StopRow;
use crate::units::Metres;

/// Platforms of one name so close to one another are one station, whoever runs them.
pub(super) const STATION_GROUP: Metres = Metres(300.0);

/// How rows of one name are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Same {
    /// One station: it shares the publisher's group code, or the operator, or lies close.
    Station,
    /// One stop: it lies within so many metres.
    Stop(Metres),
}

impl Same {
    fn holds(self, a: &StopRow, b: &StopRow, scale: &ScaleField) -> bool {
        fn operator(row: &StopRow) -> Option<&str> {
            row.operators().next()
        }
        // A tram stop is no station, whatever its name: what counts within 1 km is a railway's service.
        if a.kind != b.kind {
            return false;
        }
        // Of one that has lost its class nobody knows which of the two it is.
        if a.may_be.is_some() || b.may_be.is_some() {
            return false;
        }
        match self {
            Self::Station => {
                (a.group.is_some() && a.group == b.group)
                    || (operator(a).is_some() && operator(a) == operator(b))
                    || close(&a.parts, &b.parts, STATION_GROUP, scale)
            }
            Self::Stop(within) => close(&a.parts, &b.parts, within, scale),
        }
    }
}

/// Whether two come so near: areas from edge to edge, points and lines between their vertices.
pub(super) fn close(a: &Footprint, b: &Footprint, within: Metres, scale: &ScaleField) -> bool {
    if !a.areas().is_empty() || !b.areas().is_empty() {
        return a.way_to(b).is_some_and(|way| scale.ground_distance(way.from, way.to) <= within);
    }
    let near = |one: Point, other: Point| scale.ground_distance(one, other) <= within;
    a.iter().flatten().any(|&one| b.iter().flatten().any(|&other| near(one, other)))
}

/// The rows of each group, in the order of their first rows. Rows without a name stand alone.
pub(super) fn grouped(rows: &[StopRow], same: Same, scale: &ScaleField) -> Vec<Vec<usize>> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(name) = &row.name {
            by_name.entry(name).or_default().push(index);
        }
    }
    let mut union = Union::of(rows.len());
    for indices in by_name.into_values() {
        for (position, &index) in indices.iter().enumerate() {
            for &earlier in &indices[..position] {
                if union.find(earlier) != union.find(index) && same.holds(&rows[earlier], &rows[index], scale) {
                    union.join(earlier, index);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, first) in union.groups().into_iter().enumerate() {
        groups.entry(first).or_default().push(index);
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;

    fn square(x: f64, side: f64) -> Footprint {
        Footprint::of(&geo::Rect::new((x, 0.0), (x + side, side)).to_polygon().into())
    }

    #[test]
    fn areas_are_close_from_edge_to_edge_and_inside_of_one_another() {
        let scale = ScaleField::new(Plane::new(8).unwrap());
        let is_close = |other: Footprint| close(&square(0.0, 2000.0), &other, STATION_GROUP, &scale);
        // Far from every corner.
        assert!(is_close(Footprint::from([2250.0, 1000.0])) && !is_close(Footprint::from([2310.0, 1000.0])));
        assert!(is_close(Footprint::from([1000.0, 1000.0])) && is_close(square(900.0, 100.0)));
        assert!(is_close(square(2290.0, 50.0)) && !is_close(square(2310.0, 50.0)));
    }
}
