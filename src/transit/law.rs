//! Is a stop of a timetable one of a railway or of a tramway 軌道? The station of its name in the layer says, where the
//! timetable cannot.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::Mode;
use super::rows::{STATION_GROUP, close};
use super::serving::plain;
use crate::crs::ScaleField;
use crate::geometry::Point;
use crate::layers::{StopKind, StopRow};

/// What a pole is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Law {
    /// What it is for certain: of two readings the one that reaches less far.
    pub(super) kind: StopKind,
    /// Whether it may be a railway's as well.
    pub(super) is_open: bool,
}

impl Law {
    const OPEN: Self = Self { kind: StopKind::Tram, is_open: true };

    fn known(kind: StopKind) -> Self {
        Self { kind, is_open: false }
    }
}

/// The stations of the layer, ready to be asked by name and place.
pub(super) struct Stations<'a> {
    by_name: BTreeMap<String, Vec<&'a StopRow>>,
    scale: &'a ScaleField,
    /// Whether there is a station of which nobody knows the name nor the place.
    any_lost: bool,
}

impl<'a> Stations<'a> {
    pub(super) fn of(rows: &'a [StopRow], scale: &'a ScaleField) -> Self {
        let mut by_name: BTreeMap<String, Vec<&StopRow>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.kind != StopKind::Bus) {
            if let Some(name) = &row.name {
                by_name.entry(plain(name, row.kind)).or_default().push(row);
            }
        }
        let any_lost = rows.iter().any(|row| row.name.is_none() && row.parts.is_empty());
        Self { by_name, scale, any_lost }
    }

    /// What a pole is of at which a vehicle of `mode` calls, run by these operators.
    ///
    /// A monorail takes the reading of the stations of its name close by, those of its operator before others; where there are
    /// none, or of both readings, both stay open. What calls itself a railway is one, unless all these stations are tramways.
    pub(super) fn law(&self, mode: Mode, name: Option<&str>, at: Option<Point>, operators: &BTreeSet<&str>) -> Law {
        let kind = match mode {
            Mode::Known(kind @ (StopKind::Tram | StopKind::Bus)) => return Law::known(kind),
            Mode::Known(StopKind::Rail) => Some(StopKind::Rail),
            Mode::Monorail => None,
        };
        let named = name.and_then(|name| self.by_name.get(&plain(name, StopKind::Rail)));
        let near = |row: &&&StopRow| at.is_some_and(|at| close(&row.parts, &at.into(), STATION_GROUP, self.scale));
        if self.any_lost || named.into_iter().flatten().any(|row| row.parts.is_empty() || row.may_be.is_some()) {
            // The station that would say it may be one that is lost, or does not say it.
            return Law::OPEN;
        }
        let near: Vec<&StopRow> = named.into_iter().flatten().filter(near).copied().collect();
        let kinds = |rows: &[&StopRow]| rows.iter().map(|row| row.kind).collect::<BTreeSet<StopKind>>();
        match kind {
            Some(_) if kinds(&near) == BTreeSet::from([StopKind::Tram]) => Law::OPEN,
            Some(kind) => Law::known(kind),
            None => {
                // One of which nobody knows who runs it may be one of these operators.
                let is_own = |row: &&StopRow| is_run_by(row, operators) || row.blank.operator;
                let own: Vec<&StopRow> = near.iter().copied().filter(is_own).collect();
                let kinds = kinds(if own.is_empty() { &near } else { &own });
                match (kinds.len(), kinds.first()) {
                    (1, Some(&kind)) => Law::known(kind),
                    _ => Law::OPEN,
                }
            }
        }
    }
}

fn is_run_by(row: &StopRow, operators: &BTreeSet<&str>) -> bool {
    row.operators().any(|operator| operators.iter().any(|ours| company(ours) == company(operator)))
}

/// A company's name without its legal form, which layers leave out and timetables do not.
fn company(name: &str) -> &str {
    const FORMS: [&str; 2] = ["株式会社", "(株)"];
    let name = FORMS.iter().find_map(|form| name.strip_prefix(form)).unwrap_or(name);
    FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name).trim()
}
