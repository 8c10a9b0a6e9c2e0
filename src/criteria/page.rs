//! The criteria in words, for planners: the page `docs/criteria.md`, one criterion's entry, and the list of them.
//! All of it is made from [`CATALOGUE`], [`RULE_SETS`] and [`Thresholds`], so that nothing is said twice.

use std::fmt::Write;

use super::{CATALOGUE, Criterion, RULE_SETS, RuleSet, Threshold, Thresholds, Zone};
use crate::text::Text;

/// The whole page, Markdown: how to read it, which zone asks for what, the thresholds, and every criterion.
#[must_use]
pub fn page(thresholds: &Thresholds) -> String {
    let mut page = String::from("# The criteria\n\n");
    page += "<!-- Made from src/criteria; to change it, change that and run `KYOTEN_RENEW=1 cargo test --release --test library criteria_page`. -->\n\n";
    page += &filled(include_str!("intro.md"), thresholds);
    page += "\n## Which zone asks for what\n";
    for set in RULE_SETS {
        page += &zones_table(set);
    }
    page += "\n## Thresholds\n\nEach can be set under `[thresholds]`.\n\n";
    page += &thresholds_table();
    for criterion in CATALOGUE {
        page += "\n";
        page += &entry(criterion, thresholds);
    }
    page
}

/// One criterion, Markdown: what there is to know of it at a glance, its prose and its examples.
#[must_use]
pub fn entry(criterion: &Criterion, thresholds: &Thresholds) -> String {
    let Text { ja, en } = &criterion.name;
    let mut entry = format!("## {}\n\n{ja}: {en}.\n\n", criterion.id);
    let _ = writeln!(entry, "> {}。\n", filled_in_japanese(&criterion.rule.ja, thresholds));
    for (what, said) in facts(criterion, thresholds) {
        let _ = writeln!(entry, "- {what}: {said}");
    }
    entry += "\n";
    entry += &filled(criterion.doc, thresholds);
    entry
}

/// Every criterion on a line: its id, the zones that ask for it under the default rule set, and its names.
#[must_use]
pub fn list() -> String {
    let rows: Vec<[String; 3]> = CATALOGUE
        .iter()
        .map(|criterion| [criterion.id.to_owned(), zone_ids(criterion, &RULE_SETS[0]), criterion.name.en.to_string()])
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let (first, second, third) = (width(0), width(1), width(2));
    let mut list = String::new();
    for (criterion, [id, zones, english]) in CATALOGUE.iter().zip(&rows) {
        let _ = writeln!(list, "{id:first$}  {zones:second$}  {english:third$}  {}", criterion.name.ja);
    }
    list
}

/// What stands above a criterion's prose.
fn facts(criterion: &Criterion, thresholds: &Thresholds) -> Vec<(&'static str, String)> {
    let column = criterion.column();
    let columns = if criterion.is_region() {
        format!("`{column}_lo`, `{column}_hi`")
    } else {
        "none of its own; it goes into `senior_site`".to_owned()
    };
    let layers: Vec<String> = criterion
        .layers
        .iter()
        .map(|layer| format!("`{}` {} ({})", layer.name(), layer.kind().title.ja, layer.kind().published_by.en))
        .collect();
    let asked = criterion.kind.thresholds();
    let numbers: Vec<String> = Thresholds::ALL
        .iter()
        .filter(|threshold| asked.contains(&threshold.key))
        .map(|threshold| format!("`{}` {}", threshold.key, number(threshold, thresholds)))
        .collect();
    let asked: Vec<String> = RULE_SETS
        .iter()
        .map(|set| (set.id, zone_ids(criterion, set)))
        .filter(|(_, zones)| !zones.is_empty())
        .map(|(set, zones)| format!("`{set}`: {zones}"))
        .collect();
    let or_none = |said: Vec<String>| if said.is_empty() { "none".to_owned() } else { said.join("; ") };
    vec![
        ("Asked for by", or_none(asked)),
        ("Columns", columns),
        ("Layers", or_none(layers)),
        ("Thresholds", or_none(numbers)),
        ("Source", format!("国土交通省『都市機能立地支援事業・都市再構築戦略事業』, {}", criterion.source)),
    ]
}

fn zone_ids(criterion: &Criterion, set: &RuleSet) -> String {
    let zones = Zone::ALL.into_iter().filter(|&zone| set.required(zone).contains(&criterion.id));
    zones.map(Zone::id).collect::<Vec<_>>().join(", ")
}

fn zones_table(set: &RuleSet) -> String {
    let mut table = format!("\n`{}`: {}\n\n| criterion |", set.id, set.title);
    for zone in Zone::ALL {
        let _ = write!(table, " `{}` {} |", zone.id(), zone.name().ja);
    }
    table += "\n|---|";
    table += &":-:|".repeat(Zone::ALL.len());
    table += "\n";
    let asks = |zone: Zone, criterion: &Criterion| set.required(zone).contains(&criterion.id);
    for criterion in CATALOGUE.iter().filter(|criterion| Zone::ALL.iter().any(|&zone| asks(zone, criterion))) {
        let _ = write!(table, "| [`{id}`](#{id}) {} |", criterion.name.ja, id = criterion.id);
        for zone in Zone::ALL {
            table += if asks(zone, criterion) { " ● |" } else { " |" };
        }
        table += "\n";
    }
    table
}

fn thresholds_table() -> String {
    let mut table = String::from("| key | default | unit | meaning |\n|---|---|---|---|\n");
    for Threshold { key, default, unit, name, .. } in Thresholds::ALL {
        let _ = writeln!(table, "| `{key}` | {default} | {unit} | {} |", name.en);
    }
    table
}

fn number(threshold: &Threshold, thresholds: &Thresholds) -> String {
    threshold.written(thresholds.get(threshold.key).unwrap_or(threshold.default))
}

/// The text with every `{threshold}` filled in.
fn filled(text: &str, thresholds: &Thresholds) -> String {
    Thresholds::ALL.iter().fold(text.to_owned(), |text, threshold| {
        text.replace(&format!("{{{}}}", threshold.key), &number(threshold, thresholds))
    })
}

/// The same in Japanese.
fn filled_in_japanese(text: &str, thresholds: &Thresholds) -> String {
    Thresholds::ALL.iter().fold(text.to_owned(), |text, threshold| {
        let number = thresholds.get(threshold.key).unwrap_or(threshold.default);
        text.replace(&format!("{{{}}}", threshold.key), &threshold.written_in_japanese(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::criterion;

    #[test]
    fn no_placeholder_is_left() {
        let page = page(&Thresholds::default());
        assert!(!page.contains(['{', '}']));
    }

    #[test]
    fn a_threshold_of_the_project_stands_in_the_prose() {
        let thresholds = Thresholds { station_radius_m: 800.0, ..Thresholds::default() };
        let entry = entry(criterion("near-frequent-transit").unwrap(), &thresholds);
        assert!(entry.contains("within 800 m of a rail or subway station"), "{entry}");
        assert!(entry.contains("`station_radius_m` 800 m"), "{entry}");
    }

    #[test]
    fn every_threshold_that_a_criterion_compares_with_stands_in_its_prose() {
        for criterion in CATALOGUE {
            for key in criterion.kind.thresholds() {
                for text in [criterion.doc, &criterion.rule.ja, &criterion.rule.en] {
                    assert!(text.contains(&format!("{{{key}}}")), "{}: {key}", criterion.id);
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_with_their_units() {
        let written = |key: &str| {
            let threshold = Thresholds::ALL.iter().find(|threshold| threshold.key == key).unwrap();
            threshold.written(threshold.default)
        };
        assert_eq!(written("min_public_land"), "15 %");
        assert_eq!(written("min_seniors_per_ha"), "40 a hectare");
        assert_eq!(written("min_peak_trips"), "3 departures an hour");
        assert_eq!(written("min_site_m2"), "300 m²");
    }

    #[test]
    fn measures_are_columns_compared_with_thresholds_of_the_criterion() {
        for criterion in CATALOGUE {
            for measure in criterion.kind.measures() {
                assert!(criterion.kind.thresholds().contains(&measure.threshold), "{}: {measure:?}", criterion.id);
            }
        }
    }

    #[test]
    fn the_list_has_a_line_for_each() {
        let list = list();
        assert_eq!(list.lines().count(), CATALOGUE.len());
        assert!(list.starts_with("in-did "), "{list}");
    }
}
