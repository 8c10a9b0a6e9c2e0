//! Which rows of a layer are one station 駅, which are one stop 停留所.

use std::collections::BTreeMap;

use super::union::Union;
use crate::crs::ScaleField;
use crate::geometry::Point;
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
            row.lines.first().and_then(|line| line.operator.as_deref())
        }
        // A tram stop is no station, whatever its name: what counts within 1 km is a railway's service.
        if a.kind != b.kind {
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

/// Whether two geometries come so near, measured between their vertices.
pub(super) fn close(a: &[Vec<Point>], b: &[Vec<Point>], within: Metres, scale: &ScaleField) -> bool {
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
