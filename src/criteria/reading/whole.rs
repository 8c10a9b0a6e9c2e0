//! What must hold of a rule file as a whole: every threshold is used, no zone looks at itself, and no two columns have one
//! name.

use std::collections::BTreeMap;

use super::{Words, faults};
use crate::criteria::shipped::{is_shipped, shipped_ids};
use crate::criteria::{Criterion, MEMBERSHIP, RuleSet, Threshold, ZoneRule};
use crate::settings::{Entry, TomlTable};
use crate::text::Text;

/// Reports what does not hold.
pub(super) fn check(
    (root, text): (&TomlTable<'_>, &str),
    table: &TomlTable<'_>,
    words: &Words,
    thresholds: Option<&[Threshold]>,
    zones: &[Option<ZoneRule>],
    criteria: &[Option<Criterion>],
) {
    // What is not used may be meant where something else could not be read.
    if let Some(thresholds) = thresholds.filter(|_| criteria.iter().all(Option::is_some)) {
        unused(root, thresholds, criteria);
    }
    let by_id: BTreeMap<&str, &Criterion> = criteria.iter().flatten().map(|one| (one.id, one)).collect();
    for (entry, zone) in table.entries().iter().zip(zones).filter_map(|(entry, zone)| Some((entry, zone.as_ref()?))) {
        clauses(entry, zone, &by_id);
    }
    rings(table, words, zones, &by_id);
    if let Some(entry) = root.get("id")
        && let Some(id) = entry.as_text()
        && shipped_ids().any(|shipped| shipped == id)
        && !is_shipped(text)
    {
        faults::shipped(&entry, id);
    }
}

/// Thresholds with which nothing compares.
fn unused(root: &TomlTable<'_>, thresholds: &[Threshold], criteria: &[Option<Criterion>]) {
    let mut used: Vec<&str> = criteria.iter().flatten().flat_map(|one| one.kind.thresholds()).collect();
    used.push(MEMBERSHIP);
    let Some(table) = root.get("thresholds").and_then(|entry| entry.table()) else { return };
    let unused = thresholds.iter().filter(|threshold| !used.contains(&threshold.key));
    unused.filter_map(|threshold| table.get(threshold.key)).for_each(|entry| faults::unused(&entry, &used));
}

/// What a zone cannot ask so.
fn clauses(entry: &Entry<'_>, zone: &ZoneRule, criteria: &BTreeMap<&str, &Criterion>) {
    for clause in &zone.all_of {
        let known: Vec<&&Criterion> = clause.iter().filter_map(|id| criteria.get(id)).collect();
        if let [first, rest @ ..] = known.as_slice()
            && let Some(other) = rest.iter().find(|one| one.is_region() != first.is_region())
        {
            let why = Text::new(
                "は、場所についての条件と敷地についての条件の「いずれか」にはできません。",
                "cannot stand in a group: one of it asks about a place, another about the parcel alone",
            );
            faults::cannot(entry, other.id, why);
        }
    }
    for id in &zone.as_a_whole {
        let is_alone = zone.all_of.iter().any(|clause| clause == &[*id]);
        let can = criteria.get(id).is_none_or(|one| one.kind.whole().is_some());
        if !(is_alone && can) {
            let why = Text::new(
                "は、区域全体では問えません（`all_of` に単独で書いた、割合か密度の条件に限ります）。",
                "cannot be asked of the zone as a whole: only a ratio or density can that stands in `all_of` by itself",
            );
            faults::cannot(entry, id, why);
        }
    }
    for id in zone.told.iter().chain(&zone.told_as_a_whole) {
        if criteria.get(id).is_some_and(|one| !one.is_region()) {
            let why = Text::new(
                "は、場所についての条件ではないので、知らせることができません。",
                "cannot be told: it asks about the parcel alone",
            );
            faults::cannot(entry, id, why);
        }
    }
}

/// Zones that look at one another in a ring.
fn rings(table: &TomlTable<'_>, words: &Words, zones: &[Option<ZoneRule>], criteria: &BTreeMap<&str, &Criterion>) {
    let looks_at = |id: &str| -> Vec<&'static str> {
        let zone = zones.iter().flatten().find(|zone| zone.id == id);
        let asked = zone.into_iter().flat_map(|zone| zone.all_of.iter().flatten());
        asked.filter_map(|id| criteria.get(id)?.kind.zone()).collect()
    };
    let mut told: Vec<&str> = Vec::new();
    for &(start, _) in &words.zones {
        if let Some(path) = way_back(start, &looks_at).filter(|path| path.iter().all(|id| !told.contains(id))) {
            if let Some(entry) = table.get(start) {
                faults::ring(&entry, &path);
            }
            told.extend(path);
        }
    }
}

/// The shortest way from a zone over those that it looks at back to itself.
fn way_back(start: &'static str, looks_at: &impl Fn(&str) -> Vec<&'static str>) -> Option<Vec<&'static str>> {
    let mut ways: Vec<Vec<&'static str>> = vec![vec![start]];
    let mut seen: Vec<&str> = Vec::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in looks_at(way.last().copied().unwrap_or_default()) {
                let onward: Vec<&'static str> = way.iter().copied().chain([next]).collect();
                if next == start {
                    return Some(onward);
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    longer.push(onward);
                }
            }
        }
        ways = longer;
    }
    None
}

/// The columns of a zone of which `explain --all` tells what would turn its verdict, and those of candidates that are asked as a whole.
const OF_ZONE: [&str; 3] = ["fails", "margin", "margin_unit"];
const OF_CANDIDATE: [&str; 2] = ["zone_id", "zone_as_a_whole"];

/// Reports columns that would be there twice, whichever command writes them.
pub(super) fn columns(root: &TomlTable<'_>, set: &RuleSet) {
    let mut seen = vec!["kyoten_id".to_owned(), "area_m2".to_owned()];
    let ends = |stem: &str| ["lo", "hi", "expected"].map(|end| format!("{stem}_{end}"));
    let mut add = |column: String| {
        if seen.contains(&column) {
            faults::column_twice(root, &column);
        }
        seen.push(column);
    };
    for zone in &set.zones {
        add(zone.id.to_owned());
        zone.alias.iter().for_each(|alias| add((*alias).to_owned()));
        ends(zone.id).into_iter().for_each(&mut add);
        let of_candidate: &[&str] = if zone.as_a_whole.is_empty() { &[] } else { &OF_CANDIDATE };
        OF_ZONE.iter().chain(of_candidate).for_each(|name| add(format!("{}_{name}", zone.id)));
    }
    for criterion in set.criteria.iter().filter(|one| one.is_region()) {
        ends(criterion.column).into_iter().for_each(&mut add);
    }
    for set in &set.near_sets {
        if set.is_named {
            add(set.stem.to_owned());
        }
        add(format!("{}_m", set.stem));
    }
    for stem in ["public_land_ratio", "seniors_per_ha"] {
        ends(stem).into_iter().for_each(&mut add);
    }
    if set.unused_land.is_some() {
        for stem in ["floor_area_ratio", "designated_floor_area_ratio", "fill_rate"] {
            ends(stem).into_iter().for_each(&mut add);
        }
        add("unused_land".to_owned());
    }
}
