//! `inside-zone`: inside another zone of the same rules.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::{Asks, AsksRegion, Context, Kind, Lever, Needs};
use crate::regions::Known;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "inside-zone",
    keys: &["zone"],
    read: |table, words| Some(Box::new(InsideZone(words.zone(table, "zone")?.0))),
};

/// Inside a zone.
#[derive(Debug)]
pub struct InsideZone(
    /// The id of the zone.
    pub &'static str,
);

impl Kind for InsideZone {
    fn id(&self) -> &'static str {
        "inside-zone"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn needs(&self) -> Needs {
        Needs::Zone
    }

    fn zone(&self) -> Option<&'static str> {
        Some(self.0)
    }

    fn lever<'a>(&'a self, _: &Context<'a>) -> Lever<'a> {
        Lever::Zone(self.0)
    }

    fn parameters(&self) -> Value {
        json!({ "zone": self.0 })
    }
}

impl AsksRegion for InsideZone {
    fn region(&self, context: &Context<'_>) -> Known {
        context.zones.get(self.0).map_or_else(Known::unknown, |zones| zones.known.clone())
    }
}
