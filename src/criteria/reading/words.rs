//! Which words of a rule file stand for something of its own: its thresholds, zones and criteria, and the layers.

use std::collections::BTreeMap;

use super::{faults, stays};
use crate::layers::{Content, LAYERS, LayerKey};
use crate::settings::{Entry, TomlTable};
use crate::text::Text;

/// The words of a rule file.
pub struct Words {
    /// The keys of its thresholds.
    pub thresholds: Vec<&'static str>,
    /// The ids of its zones, each with the layer of the planner's own centres.
    pub zones: Vec<(&'static str, Option<LayerKey>)>,
    /// The ids of its criteria, each with the id of its kind.
    pub criteria: BTreeMap<&'static str, Option<&'static str>>,
}

impl Words {
    pub(super) fn of(thresholds: Option<&TomlTable<'_>>, zones: &TomlTable<'_>, criteria: &TomlTable<'_>) -> Self {
        let keys = |table: &TomlTable<'_>| -> Vec<&'static str> {
            table.entries().iter().map(|entry| stays(entry.key())).collect()
        };
        let word = |entry: &Entry<'_>, key: &str| {
            let table = entry.is_table().then(|| entry.table()).flatten()?;
            Some(stays(table.get(key)?.as_text()?))
        };
        let centres = |entry: &Entry<'_>| word(entry, "centres").and_then(LayerKey::named);
        let mut own = thresholds.map(keys).unwrap_or_default();
        if !own.contains(&super::super::MEMBERSHIP) {
            own.push(super::super::MEMBERSHIP);
        }
        Self {
            thresholds: own,
            zones: zones.entries().iter().map(|entry| (stays(entry.key()), centres(entry))).collect(),
            criteria: criteria.entries().iter().map(|entry| (stays(entry.key()), word(entry, "kind"))).collect(),
        }
    }

    /// The threshold behind a key that must be there.
    pub fn threshold(&self, table: &TomlTable<'_>, key: &str) -> Option<&'static str> {
        let entry = table.needed(key, Text::new("[thresholds] のキー", "a key of [thresholds]"))?;
        self.threshold_of(&entry)
    }

    /// The threshold that an entry names.
    pub fn threshold_of(&self, entry: &Entry<'_>) -> Option<&'static str> {
        entry.one_of(&self.thresholds, |key| key)
    }

    /// The zone behind a key that must be there, with the layer of the planner's own centres.
    pub fn zone(&self, table: &TomlTable<'_>, key: &str) -> Option<(&'static str, Option<LayerKey>)> {
        let entry = table.needed(key, Text::new("[zones] の区域", "a zone of [zones]"))?;
        entry.one_of(&self.zones, |(id, _)| id)
    }

    /// The criterion that an entry names.
    pub fn criterion(&self, entry: &Entry<'_>) -> Option<&'static str> {
        let all: Vec<&'static str> = self.criteria.keys().copied().collect();
        entry.one_of(&all, |id| id)
    }

    /// The layers behind a key that must be there, each of areas.
    pub fn areas(table: &TomlTable<'_>, key: &str) -> Option<Vec<LayerKey>> {
        let what = Text::new("面のレイヤー、またはその一覧", "a layer of areas, or a list of them");
        let entry = table.needed(key, what.clone())?;
        entry.texts(what)?;
        entry.items().iter().map(|item| Self::layer(item, Content::Area)).collect()
    }

    /// The layer that an entry names: a known one of such content, or one of a project's own.
    pub fn layer(entry: &Entry<'_>, content: Content) -> Option<LayerKey> {
        let name = entry.text()?;
        let Some(known) = LayerKey::named(&name) else {
            return faults::id(entry, '_').map(|name| LayerKey::own(name, content));
        };
        if known.kind().content == content {
            return Some(known);
        }
        let fit: Vec<&str> = LAYERS.iter().filter(|kind| kind.content == content).map(|kind| kind.name).collect();
        entry.none_of(&name, &fit);
        None
    }
}
