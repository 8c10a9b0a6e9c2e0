//! The zones of a rule file.

use super::{Words, faults, stays};
use crate::criteria::ZoneRule;
use crate::layers::{Content, LayerKey};
use crate::settings::{Entry, TomlTable};
use crate::text::Text;

const KEYS: &[&str] =
    &["name", "all_of", "as_a_whole", "told", "told_as_a_whole", "centres", "set_by", "rate", "note", "alias"];

/// The zones in the order of the file; `None` of one that cannot be read, which is reported.
pub(super) fn read(table: &TomlTable<'_>, words: &Words) -> Vec<Option<ZoneRule>> {
    let entries = table.entries();
    if entries.is_empty() {
        table.report(crate::diagnostics::Diagnostic::error(
            "rules-without-zones",
            Text::new("区域が1つもありません。", "there is no zone"),
        ));
    }
    entries.iter().enumerate().map(|(index, entry)| zone(entry, index, words)).collect()
}

fn zone(entry: &Entry<'_>, index: usize, words: &Words) -> Option<ZoneRule> {
    let table = entry.table()?.knowing(KEYS);
    let is_id = faults::key_as_id(entry, '_');
    let both = |key: &str| table.get(key).and_then(|entry| entry.in_both());
    let name = table.needed("name", Text::new("区域の名前", "the name of the zone"));
    let name = name.and_then(|entry| entry.in_both());
    let a_list = Text::new("条件の一覧", "a list of criteria");
    let all_of = table.needed("all_of", a_list.clone()).and_then(|entry| entry.groups(&a_list));
    let all_of = all_of.and_then(|groups| {
        let group = |group: &Vec<Entry<'_>>| group.iter().map(|one| words.criterion(one)).collect::<Option<Vec<_>>>();
        // All of them are asked before one that is wrong gives the zone up.
        groups.iter().map(group).collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()
    });
    let list = |key: &str| -> Option<Vec<&'static str>> {
        let Some(entry) = table.get(key) else { return Some(Vec::new()) };
        entry.texts(a_list.clone())?;
        entry.items().iter().map(|item| words.criterion(item)).collect()
    };
    let [as_a_whole, told, told_as_a_whole] = ["as_a_whole", "told", "told_as_a_whole"].map(list);
    let centres = match table.get("centres") {
        Some(entry) => Some(centres(&entry)?),
        None => None,
    };
    let set_by = match table.get("set_by") {
        Some(entry) => Some(Words::layer(&entry, Content::Area)?),
        None => None,
    };
    let alias = match table.get("alias") {
        Some(entry) => Some(faults::id(&entry, '_')?),
        None => None,
    };
    is_id.then_some(ZoneRule {
        id: stays(entry.key()),
        name: name?,
        all_of: all_of?,
        as_a_whole: as_a_whole?,
        told: told?,
        told_as_a_whole: told_as_a_whole?,
        centres,
        set_by,
        rate: both("rate"),
        note: both("note"),
        alias,
        index,
        region: None,
    })
}

/// The layer of the planner's own centres.
fn centres(entry: &Entry<'_>) -> Option<LayerKey> {
    let name = entry.text()?;
    let known = LayerKey::named(&name).filter(|layer| layer.kind().content == Content::Points);
    if known.is_none() {
        entry.none_of(&name, &[LayerKey::HubCentres.name()]);
    }
    known
}
