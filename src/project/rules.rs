//! `rules`, `[thresholds]` and `[waive]`: which criteria a run asks for, with which numbers.

use std::collections::BTreeMap;
use std::path::Path;

use crate::criteria::{MEMBERSHIP, RuleSet, Rules, Threshold, Thresholds, WHOLE, default_rules, shipped_ids};
use crate::diagnostics::Diagnose as _;
use crate::settings::{A_NUMBER, Entry, TomlTable};
use crate::text::Text;

/// Words that `membership` may be instead of a number.
const MEMBERSHIP_WORDS: &[(&str, f64)] = &[("any", 0.0), ("whole", WHOLE)];

/// The rules that the document asks for; `default` where it does not say. A rule file is looked for from `base` on.
pub(super) fn rules(document: &TomlTable<'_>, default: Rules, base: &Path) -> Rules {
    let table = |key| document.get(key).and_then(|entry: Entry<'_>| entry.table());
    let set = document.get("rules").and_then(|entry| rule_set(&entry, base));
    let Rules { set, thresholds, waived } = match set {
        Some(set) => default.under(set),
        None => default,
    };
    Rules {
        set,
        thresholds: match table("thresholds") {
            Some(table) => self::thresholds(&table, thresholds),
            None => thresholds,
        },
        waived: match table("waive") {
            Some(table) => self::waived(&table, set, waived),
            None => waived,
        },
    }
}

/// The rule set that the document asks for, as far as there is one: what is wrong with it is told by [`rules`].
pub(super) fn set_of(document: &TomlTable<'_>, base: &Path) -> &'static RuleSet {
    let named = document.get("rules").and_then(|entry| entry.as_text());
    let found = named.and_then(|named| RuleSet::named(named).or_else(|| RuleSet::open(&base.join(named)).ok()));
    found.unwrap_or_else(default_rules)
}

/// A rule set that ships, by its name, or one in a file.
fn rule_set(entry: &Entry<'_>, base: &Path) -> Option<&'static RuleSet> {
    let named = entry.text()?;
    if let Some(set) = RuleSet::named(&named) {
        return Some(set);
    }
    if !is_file(&named) {
        let known: Vec<&str> = shipped_ids().collect();
        entry.none_of(&named, &known);
        return None;
    }
    match RuleSet::open(&base.join(&named)) {
        Ok(set) => Some(set),
        Err(error) => {
            error.diagnostics().into_iter().for_each(|one| entry.report_elsewhere(one));
            None
        }
    }
}

/// Whether a text names a file and no rule set that ships.
fn is_file(named: &str) -> bool {
    named.contains(['/', '\\'])
        || Path::new(named).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn thresholds(table: &TomlTable<'_>, mut numbers: Thresholds) -> Thresholds {
    let known: Vec<&str> = numbers.all().iter().map(|threshold| threshold.key).collect();
    for entry in table.entries() {
        let Some(threshold) = numbers.all().iter().find(|threshold| threshold.key == entry.key()) else {
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
    if threshold.key != MEMBERSHIP {
        return entry.number(threshold.range, threshold.unit, A_NUMBER);
    }
    let word = entry.as_text().and_then(|text| MEMBERSHIP_WORDS.iter().find(|(word, _)| *word == text));
    if let Some((_, share)) = word {
        return Some(*share);
    }
    let wanted = Text::new("数、または\"any\"か\"whole\"", "a number, \"any\" or \"whole\"");
    entry.number(threshold.range, threshold.unit, wanted)
}

fn waived(
    table: &TomlTable<'_>,
    set: &'static RuleSet,
    mut reasons: BTreeMap<&'static str, String>,
) -> BTreeMap<&'static str, String> {
    let known: Vec<&str> = set.criteria.iter().map(|criterion| criterion.id).collect();
    for entry in table.entries() {
        match set.criterion(entry.key()) {
            Some(criterion) => reasons.extend(entry.text().map(|reason| (criterion.id, reason))),
            None => entry.unknown_among(&known),
        }
    }
    reasons
}
