//! Which stops connect to a central zone, by the lines that they share with a stop inside it.

use std::collections::BTreeSet;

use super::Stop;
use crate::layers::Line;
use crate::regions::{Prepared, Region};

/// Whether a stop connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Connection {
    /// No line of it calls inside the zone.
    No,
    /// Its lines, or those of a stop inside, are not known well enough to tell.
    Possible,
    /// One of its lines calls inside the zone for certain.
    Sure,
}

/// For each stop, whether it connects to a zone that lies somewhere between `sure` and `possible`.
///
/// A line is the same where operator and name agree; where one of the two names no operator it may be the same.
#[must_use]
pub fn connected(stops: &[Stop], sure: &Region, possible: &Region) -> Vec<Connection> {
    let inside_sure = Inside::of(stops, sure);
    let inside_possible = Inside::of(stops, possible);
    stops
        .iter()
        .map(|stop| {
            if stop.lines.iter().any(|line| inside_sure.lines.contains(line)) {
                Connection::Sure
            } else if inside_possible.may_call_at(stop) {
                Connection::Possible
            } else {
                Connection::No
            }
        })
        .collect()
}

/// The lines that call inside a zone.
#[derive(Default)]
struct Inside {
    lines: BTreeSet<Line>,
    names: BTreeSet<String>,
    /// Whether a stop of unknown lines lies inside.
    unknown: bool,
    any: bool,
}

impl Inside {
    fn of(stops: &[Stop], zone: &Region) -> Self {
        let mut found = Self::default();
        if zone.is_nothing() {
            return found;
        }
        let prepared = zone.prepare();
        let groups: BTreeSet<usize> =
            stops.iter().filter(|stop| lies_in(stop, &prepared)).map(|stop| stop.group).collect();
        for stop in stops.iter().filter(|stop| groups.contains(&stop.group)) {
            found.any = true;
            found.unknown |= stop.lines.is_empty();
            found.names.extend(stop.lines.iter().map(|line| line.name.clone()));
            found.lines.extend(stop.lines.iter().cloned());
        }
        found
    }

    fn may_call_at(&self, stop: &Stop) -> bool {
        self.any && (self.unknown || stop.lines.is_empty() || stop.lines.iter().any(|line| self.may_be(line)))
    }

    /// Whether `line` may call inside: the names agree, and the operators agree or one is not known.
    fn may_be(&self, line: &Line) -> bool {
        let without_operator = Line { operator: None, name: line.name.clone() };
        self.lines.contains(line)
            || (line.operator.is_none() && self.names.contains(&line.name))
            || self.lines.contains(&without_operator)
    }
}

/// Whether a vertex of the stop's geometry lies in the zone.
fn lies_in(stop: &Stop, zone: &Prepared) -> bool {
    stop.parts.iter().flatten().any(|&point| zone.contains(point))
}
