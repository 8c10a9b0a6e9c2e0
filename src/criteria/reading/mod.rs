//! How is a file of rules read? As data that stays, or with everything that is wrong in it, each with its line.

mod criteria;
mod faults;
#[cfg(test)]
mod tests;
mod thresholds;
mod unused_land;
mod whole;
mod words;
mod zones;

use std::path::Path;

use super::{Criterion, NearSet, RuleSet, ZoneRule};
use crate::settings::{self, Entry, FileKind, SettingsError, TomlTable, ids};
use crate::text::{Text, kept};
pub(super) use words::Words;

/// What a file of rules is among the files that people write.
pub static RULE_FILE: FileKind = FileKind {
    ids: ids!("rules"),
    name: Text::new("ルールのファイル", "rule file"),
    if_unread: Text::new(
        "ルールのファイル（TOML）を指定してください。`kyoten rules` で、付属のルールの一覧が見られます。",
        "give the path of a rule file (TOML), or the name of a rule set that ships: `kyoten rules` lists them",
    ),
    if_too_large: Text::new("ルールのファイルを指定してください。", "give a rule file"),
    if_another: Text::new(
        "ルールのファイルではないようです。書き方は docs/ja/own-rules.md にあります。",
        "this is no rule file: docs/own-rules.md says how one is written",
    ),
    unit_of: |_| None,
    is_code: |_| false,
};

/// The keys of a rule file.
const KEYS: &[&str] = &["id", "title", "source", "unread", "doc", "thresholds", "unused_land", "zones", "criteria"];

/// The most criteria that a rule set may have.
pub const MOST_CRITERIA: usize = 64;

/// Reads the text of a rule file; whoever keeps the rule set says where its text stays.
pub(super) fn read(text: &str, file: &Path) -> Result<RuleSet, SettingsError> {
    settings::read(text, file, &RULE_FILE, |root| rule_set(&root.knowing(KEYS), text))?
        .ok_or_else(|| unreachable!("what is missing is reported"))
}

/// The rule set as far as the document gives it; what it does not, is reported.
fn rule_set(root: &TomlTable<'_>, text: &str) -> Option<RuleSet> {
    let id = root.needed("id", Text::new("ルールの名前（英小文字）", "the name of the rules, in small letters"));
    let id = id.and_then(|entry| faults::id(&entry, '-'));
    let title = root.needed("title", Text::new("ルールの題名", "the title of the rules"));
    let title = title.and_then(|entry| entry.in_both());
    let both = |key: &str| root.get(key).and_then(|entry| entry.in_both());
    let table = |key: &str, what: Text| root.needed(key, what)?.table();
    let thresholds = root.get("thresholds").and_then(|entry| entry.table());
    let zones = table("zones", Text::new("区域の表", "a table of zones"));
    let criteria = table("criteria", Text::new("条件の表", "a table of criteria"));
    let (zones, criteria) = (zones?, criteria?);
    let words = Words::of(thresholds.as_ref(), &zones, &criteria);
    let thresholds = thresholds::read(thresholds.as_ref());
    let criteria = criteria::read(&criteria, &words);
    let read = zones::read(&zones, &words);
    whole::check((root, text), &zones, &words, thresholds.as_deref(), &read, &criteria);
    let mut near_sets: Vec<NearSet> = Vec::new();
    for set in criteria.iter().flatten().flat_map(Criterion::near_sets) {
        if near_sets.iter().all(|known| known.stem != set.stem || known.places != set.places) {
            near_sets.push(set);
        }
    }
    near_sets.sort_by_key(|set| set.places.turn());
    let mut zones: Vec<ZoneRule> = read.into_iter().collect::<Option<_>>()?;
    let criteria: Vec<Criterion> = criteria.into_iter().collect::<Option<_>>()?;
    let is_place = |id: &&str| criteria.iter().any(|criterion| criterion.id == *id && criterion.is_region());
    let regions = zones.iter_mut().filter(|zone| zone.all_of.iter().flatten().all(&is_place));
    regions.enumerate().for_each(|(index, zone)| zone.region = Some(index));
    let set = RuleSet {
        id: id?,
        title: title?,
        source: both("source"),
        unread: both("unread"),
        doc: root.get("doc").and_then(|entry| entry.text()).map_or("", |doc| stays(&doc)),
        thresholds: thresholds?,
        criteria,
        near_sets,
        unused_land: unused_land::read(root)?,
        text: "",
        zones,
    };
    whole::columns(root, &set);
    Some(set)
}

/// The name of a column, as an entry gives it.
pub(super) fn column_name(entry: &Entry<'_>) -> Option<&'static str> {
    faults::id(entry, '_')
}

/// A word of the file that stays.
fn stays(word: &str) -> &'static str {
    kept(word)
}
