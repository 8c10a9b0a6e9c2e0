//! `rules`, `[thresholds]` and `[waive]`: which criteria a run asks for, with which numbers.

use std::collections::BTreeMap;

use super::keys;
use crate::criteria::{CATALOGUE, RULE_SETS, RuleSet, Rules, Threshold, Thresholds};
use crate::settings::{A_NUMBER, Entry, TomlTable};
use crate::text::Text;

/// Words that `membership` may be instead of a number. All of a parcel is a little less than one, since the
/// boundaries of parcels and zones seldom agree to the millimetre.
const MEMBERSHIP_WORDS: &[(&str, f64)] = &[("any", 0.0), ("whole", 0.999)];

/// The rules that the document asks for; `default` where it does not say.
pub(super) fn rules(document: &TomlTable<'_>, default: Rules) -> Rules {
    let table = |key| document.get(key).and_then(|entry: Entry<'_>| entry.table());
    Rules {
        set: document.get("rules").and_then(|entry| rule_set(&entry)).unwrap_or(default.set),
        thresholds: match table("thresholds") {
            Some(table) => thresholds(&table, default.thresholds),
            None => default.thresholds,
        },
        waived: match table("waive") {
            Some(table) => waived(&table, default.waived),
            None => default.waived,
        },
    }
}

fn rule_set(entry: &Entry<'_>) -> Option<&'static RuleSet> {
    let sets: Vec<&'static RuleSet> = RULE_SETS.iter().collect();
    entry.one_of(&sets, |set| set.id)
}

fn thresholds(table: &TomlTable<'_>, mut numbers: Thresholds) -> Thresholds {
    let known = keys::thresholds();
    for entry in table.entries() {
        let Some(threshold) = Thresholds::ALL.iter().find(|threshold| threshold.key == entry.key()) else {
            entry.unknown_among(&known);
            continue;
        };
        if let (Some(place), Some(number)) = (numbers.get_mut(threshold.key), number(&entry, threshold)) {
            *place = number;
        }
    }
    numbers
}

fn number(entry: &Entry<'_>, threshold: &Threshold) -> Option<f64> {
    if threshold.key != "membership" {
        return entry.number(threshold.range, threshold.unit, A_NUMBER);
    }
    let word = entry.as_text().and_then(|text| MEMBERSHIP_WORDS.iter().find(|(word, _)| *word == text));
    if let Some((_, share)) = word {
        return Some(*share);
    }
    let wanted = Text::new("数、または\"any\"か\"whole\"", "a number, \"any\" or \"whole\"");
    entry.number(threshold.range, threshold.unit, wanted)
}

fn waived(table: &TomlTable<'_>, mut reasons: BTreeMap<&'static str, String>) -> BTreeMap<&'static str, String> {
    let known = keys::waive();
    for entry in table.entries() {
        match CATALOGUE.iter().map(|criterion| criterion.id).find(|id| *id == entry.key()) {
            Some(id) => reasons.extend(entry.text().map(|reason| (id, reason))),
            None => entry.unknown_among(&known),
        }
    }
    reasons
}
