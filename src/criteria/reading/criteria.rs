//! The criteria of a rule file.

use super::{MOST_CRITERIA, Words, faults, stays};
use crate::criteria::kinds::{KINDS, KindReader};
use crate::criteria::{Criterion, Kind};
use crate::settings::{Entry, TomlTable};
use crate::text::Text;

/// The keys of every criterion, beside those of its kind.
const KEYS: &[&str] = &["kind", "name", "rule", "source", "unread", "settled_by", "doc"];

/// The criteria in the order of the file; `None` of one that cannot be read, which is reported.
pub(super) fn read(table: &TomlTable<'_>, words: &Words) -> Vec<Option<Criterion>> {
    let entries = table.entries();
    if entries.len() > MOST_CRITERIA {
        faults::too_many(table, MOST_CRITERIA);
    }
    entries.iter().map(|entry| criterion(entry, words)).collect()
}

fn criterion(entry: &Entry<'_>, words: &Words) -> Option<Criterion> {
    let table = entry.table()?;
    let is_id = faults::key_as_id(entry, '-');
    let kinds: Vec<&KindReader> = KINDS.iter().collect();
    let kind = table.needed("kind", Text::new("条件の種類", "the kind of the criterion"));
    let reader = kind.and_then(|entry| entry.one_of(&kinds, |reader| reader.id))?;
    let known: Vec<&str> = KEYS.iter().chain(reader.keys).copied().collect();
    let table = table.knowing(&known);
    let kind = (reader.read)(&table, words);
    let both = |key: &str| table.get(key).and_then(|entry| entry.in_both());
    let name = table.needed("name", Text::new("条件の名前", "the name of the criterion"));
    let name = name.and_then(|entry| entry.in_both());
    let rule = table.needed("rule", Text::new("条件の文", "the rule as a clause"));
    let rule = rule.and_then(|entry| filled(&entry, words));
    let doc = table.get("doc").and_then(|entry| entry.text());
    let kind = kind?;
    let settled_by = both("settled_by").unwrap_or_else(|| settled_by(&*kind));
    is_id.then_some(Criterion {
        id: stays(entry.key()),
        column: stays(&entry.key().replace('-', "_")),
        name: name?,
        rule: rule?,
        doc: doc.map_or("", |doc| stays(&doc)),
        source: both("source"),
        unread: both("unread"),
        settled_by,
        kind,
    })
}

/// A text in which every `{threshold}` stands for one.
fn filled(entry: &Entry<'_>, words: &Words) -> Option<Text> {
    let text = entry.in_both()?;
    let mut is_right = true;
    for part in [&text.ja, &text.en].into_iter().flat_map(|text| text.split('{').skip(1)) {
        let word = part.split('}').next().unwrap_or_default();
        if !words.thresholds.contains(&word) {
            faults::placeholder(entry, word, &words.thresholds);
            is_right = false;
        }
    }
    is_right.then_some(text)
}

/// What would settle a criterion that does not say: how often it stops, or its layers.
fn settled_by(kind: &dyn Kind) -> Text {
    if kind.stop_question().is_some_and(|question| !question.services().is_empty()) {
        return Text::new("時刻表、または駅・停留所の運行本数", "timetables, or the service of stations and stops");
    }
    let layers = kind.layers();
    let names: Vec<Text> = layers.iter().map(|layer| Text::from(format!("`{}`", layer.name()))).collect();
    match names.as_slice() {
        // A zone that is looked at, or the parcel itself.
        [] => Text::new("ほかの区域、または筆の図形", "the zone that it looks at, or the parcel's geometry"),
        [_] => text!("レイヤー {names}", "the layer {names}", names = Text::list(&names)),
        _ => text!("レイヤー {names}", "the layers {names}", names = Text::list(&names)),
    }
}
