//! The rows of each chunk of the input that a selection means, and what was seen on the way, for whoever meant others.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Selection;
use crate::geometry::{Bounds, Shapes};
use crate::inputs::{Fields, ParcelRecord, RawParcels};

/// So many different values are told of a column.
const SHOWN: usize = 10;

/// The parcels that a selection means, chunk by chunk; chunks without any are left out.
#[derive(Debug, Default)]
pub(in crate::layers) struct Chosen {
    /// The chunk, and its rows.
    pub(in crate::layers) chunks: Vec<(usize, Vec<usize>)>,
    /// How many parcels they are.
    pub(in crate::layers) len: usize,
}

impl Chosen {
    /// Takes the rows of the chunk that follows, up to the limit.
    pub(in crate::layers) fn push(&mut self, chunk: usize, mut rows: Vec<usize>, limit: Option<u64>) {
        let room = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        rows.truncate(room.saturating_sub(self.len));
        self.len += rows.len();
        if !rows.is_empty() {
            self.chunks.push((chunk, rows));
        }
    }

    /// Whether there is room for more.
    pub(in crate::layers) fn has_room(&self, limit: Option<u64>) -> bool {
        limit.is_none_or(|limit| (self.len as u64) < limit)
    }
}

/// What was seen of some parcels.
#[derive(Debug)]
pub(in crate::layers) struct Looked {
    /// The rows that are meant.
    pub(in crate::layers) rows: Vec<usize>,
    /// The names of all properties, where some are asked for, in the order in which they first come.
    pub(in crate::layers) columns: Vec<String>,
    /// Values of the first column that is asked for.
    pub(in crate::layers) values: Vec<String>,
    /// A box of longitude and latitude around all of them, where one is asked for.
    pub(in crate::layers) around: Bounds,
}

impl Looked {
    /// Looks at a chunk. `degrees` are its shapes in longitude and latitude, where a box is asked for.
    pub(in crate::layers) fn at(selection: &Selection, parcels: &RawParcels<'_>, degrees: Option<&Shapes>) -> Self {
        let mut seen = Seen::default();
        let has_conditions = !selection.filters.is_empty();
        let is_meant = |row: &usize| {
            let fits = !has_conditions || seen.fits(selection, &parcels.records[*row]);
            fits && selection.bbox.zip(degrees).is_none_or(|(bbox, shapes)| bbox.meets(&shapes.get(*row)))
        };
        let rows = (0..parcels.records.len()).filter(is_meant).collect();
        let around = degrees.map_or(Bounds::EMPTY, Shapes::bounds);
        Self { rows, columns: seen.columns, values: seen.values, around }
    }

    /// Adds what was seen of the parcels that follow.
    pub(in crate::layers) fn see(&mut self, other: Self) {
        self.rows.clear();
        for (own, others) in [(&mut self.columns, other.columns), (&mut self.values, other.values)] {
            for one in others {
                if !own.contains(&one) {
                    own.push(one);
                }
            }
        }
        self.values.truncate(SHOWN + 1);
        self.around = self.around.union(other.around);
    }
}

impl Default for Looked {
    fn default() -> Self {
        Self { rows: Vec::new(), columns: Vec::new(), values: Vec::new(), around: Bounds::EMPTY }
    }
}

#[derive(Default)]
struct Seen {
    columns: Vec<String>,
    known: BTreeSet<String>,
    values: Vec<String>,
}

impl Seen {
    /// Whether a parcel fulfils all conditions.
    fn fits(&mut self, selection: &Selection, record: &ParcelRecord<'_>) -> bool {
        // What the reader found to be text of a JSON object parses; of a name that comes twice the last counts, as everywhere.
        let fields: Fields = serde_json::from_str(&record.properties).unwrap_or_default();
        for name in fields.keys() {
            if !self.known.contains(name) {
                self.known.insert(name.clone());
                self.columns.push(name.clone());
            }
        }
        let first = selection.conditions().next().and_then(|condition| fields.get(&condition.column));
        if let Some(text) = first.filter(|_| self.values.len() <= SHOWN).and_then(shown)
            && !self.values.contains(&text)
        {
            self.values.push(text);
        }
        selection.conditions().all(|condition| condition.holds(&fields))
    }
}

fn shown(value: &Value) -> Option<String> {
    crate::layers::as_text(value)
}
