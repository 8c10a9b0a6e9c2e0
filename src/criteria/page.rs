//! The criteria in words, for planners: the pages `docs/criteria.md` and `docs/ja/criteria.md`, one criterion's entry, and
//! the list of them. All of it is made from [`CATALOGUE`], [`RULE_SETS`] and [`Thresholds`], so that nothing is said twice.

use std::fmt::Write;

use super::prose::prose;
use super::{CATALOGUE, Criterion, RULE_SETS, RuleSet, Threshold, Thresholds, Zone};
use crate::text::{Lang, Text};

/// How the pages are written anew.
const RENEW: &str = "KYOTEN_RENEW=1 cargo test --release --test library criteria_page";

/// The whole page, Markdown: how to read it, which zone asks for what, the thresholds, and every criterion.
#[must_use]
pub fn page(thresholds: &Thresholds, lang: Lang) -> String {
    let begin = text!(
        "# 判定の条件\n\n<!-- src/criteria から作ったページです。直すときはそちらを直し、`{RENEW}` を実行してください。 -->\n\n[English](../criteria.md)\n\n",
        "# The criteria\n\n<!-- Made from src/criteria; to change it, change that and run `{RENEW}`. -->\n\n[日本語](ja/criteria.md)\n\n"
    );
    let mut page = begin.get(lang).to_owned();
    page += &filled(&prose(include_str!("intro.md"), lang), thresholds, lang);
    page += Text::new("\n## どの区域がどの条件を求めるか\n", "\n## Which zone asks for what\n").get(lang);
    for set in RULE_SETS {
        page += &zones_table(set, lang);
    }
    let heading = Text::new(
        "\n## 基準値\n\nどれも `[thresholds]` で変えられます。\n\n",
        "\n## Thresholds\n\nEach can be set under `[thresholds]`.\n\n",
    );
    page += heading.get(lang);
    page += &thresholds_table(lang);
    for criterion in CATALOGUE {
        page += "\n";
        page += &entry(criterion, thresholds, lang);
    }
    page
}

/// One criterion, Markdown: what there is to know of it at a glance, its prose and its examples.
#[must_use]
pub fn entry(criterion: &Criterion, thresholds: &Thresholds, lang: Lang) -> String {
    let Text { ja, en } = &criterion.name;
    let name = Text { ja: format!("{ja}。").into(), en: format!("{} ({ja}).", with_capital(en)).into() };
    let rule = filled(criterion.rule.get(lang), thresholds, lang);
    let rule = match lang {
        Lang::Ja => format!("{rule}。"),
        Lang::En => format!("{}.", with_capital(&rule)),
    };
    let mut entry = format!("## {}\n\n{}\n\n> {rule}\n\n", criterion.id, name.get(lang));
    for (what, said) in facts(criterion, thresholds, lang) {
        let line = text!("- {what}：{said}", "- {what}: {said}", what = what, said = said);
        let _ = writeln!(entry, "{}", line.get(lang));
    }
    entry += "\n";
    entry += &filled(&prose(criterion.doc, lang), thresholds, lang);
    entry
}

/// Every criterion on a line: its id, the zones that ask for it under the default rule set, and its name.
#[must_use]
pub fn list(lang: Lang) -> String {
    let rows = CATALOGUE.iter().map(|criterion| (criterion, zone_ids(criterion, &RULE_SETS[0])));
    let (first, second) = rows
        .clone()
        .fold((0, 0), |(first, second), (criterion, zones)| (first.max(criterion.id.len()), second.max(zones.len())));
    let mut list = String::new();
    for (criterion, zones) in rows {
        let _ = writeln!(list, "{:first$}  {zones:second$}  {}", criterion.id, criterion.name.get(lang));
    }
    list
}

/// What stands above a criterion's prose.
fn facts(criterion: &Criterion, thresholds: &Thresholds, lang: Lang) -> Vec<(Text, Text)> {
    let column = criterion.column();
    let columns = if criterion.is_region() {
        text!("`{column}_lo`、`{column}_hi`", "`{column}_lo`, `{column}_hi`")
    } else {
        Text::new("専用の列はなく、`senior_site` に含まれます", "none of its own; it goes into `senior_site`")
    };
    let layers: Vec<Text> = criterion
        .layers
        .iter()
        .map(|layer| {
            let (name, kind) = (layer.name(), layer.kind());
            let (title, publisher) = (kind.title.clone(), kind.published_by.clone());
            text!(
                "`{name}` {title}（{publisher}）",
                "`{name}` {title} ({publisher})",
                title = title,
                publisher = publisher
            )
        })
        .collect();
    let asked = criterion.kind.thresholds();
    let numbers: Vec<Text> = Thresholds::ALL
        .iter()
        .filter(|threshold| asked.contains(&threshold.key))
        .map(|threshold| Text::from(format!("`{}` {}", threshold.key, number(threshold, thresholds, lang))))
        .collect();
    let asked: Vec<Text> = RULE_SETS
        .iter()
        .map(|set| (set.id, zone_ids(criterion, set)))
        .filter(|(_, zones)| !zones.is_empty())
        .map(|(set, zones)| {
            let zones_ja = zones.replace(", ", "、");
            Text { ja: format!("`{set}` の {zones_ja}").into(), en: format!("`{set}`: {zones}").into() }
        })
        .collect();
    let source = criterion.source;
    vec![
        (Text::new("求める区域", "Asked for by"), or_none(&asked)),
        (Text::new("列", "Columns"), columns),
        (Text::new("レイヤー", "Layers"), or_none(&layers)),
        (Text::new("基準値", "Thresholds"), or_none(&numbers)),
        (
            Text::new("根拠", "Source"),
            text!(
                "国土交通省『都市機能立地支援事業・都市再構築戦略事業』{source}",
                "国土交通省『都市機能立地支援事業・都市再構築戦略事業』, {source}"
            ),
        ),
    ]
}

/// Several, or that there is none.
fn or_none(said: &[Text]) -> Text {
    if said.is_empty() {
        return Text::new("なし", "none");
    }
    let joined = |lang, between| said.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(between).into();
    Text { ja: joined(Lang::Ja, "、"), en: joined(Lang::En, "; ") }
}

fn zone_ids(criterion: &Criterion, set: &RuleSet) -> String {
    let zones = Zone::ALL.into_iter().filter(|&zone| set.required(zone).contains(&criterion.id));
    zones.map(Zone::id).collect::<Vec<_>>().join(", ")
}

fn zones_table(set: &RuleSet, lang: Lang) -> String {
    let heading = text!(
        "\n`{id}`：{title}\n\n| 条件 |",
        "\n`{id}`: {title}\n\n| criterion |",
        id = set.id,
        title = set.title.clone()
    );
    let mut table = heading.get(lang).to_owned();
    for zone in Zone::ALL {
        let Text { ja, en } = zone.name();
        let name = Text { en: format!("{en} ({ja})").into(), ja };
        let _ = write!(table, " `{}` {} |", zone.id(), name.get(lang));
    }
    table += "\n|---|";
    table += &":-:|".repeat(Zone::ALL.len());
    table += "\n";
    let asks = |zone: Zone, criterion: &Criterion| set.required(zone).contains(&criterion.id);
    for criterion in CATALOGUE.iter().filter(|criterion| Zone::ALL.iter().any(|&zone| asks(zone, criterion))) {
        let _ = write!(table, "| [`{id}`](#{id}) {} |", criterion.name.get(lang), id = criterion.id);
        for zone in Zone::ALL {
            table += if asks(zone, criterion) { " ● |" } else { " |" };
        }
        table += "\n";
    }
    table
}

fn thresholds_table(lang: Lang) -> String {
    let heads = Text::new("| キー | 既定値 | 単位 | 意味 |", "| key | default | unit | meaning |");
    let mut table = format!("{}\n|---|---|---|---|\n", heads.get(lang));
    for threshold in Thresholds::ALL {
        let Threshold { key, default, name, .. } = threshold;
        let _ = writeln!(table, "| `{key}` | {default} | {} | {} |", threshold.unit_in(lang), name.get(lang));
    }
    table
}

fn number(threshold: &Threshold, thresholds: &Thresholds, lang: Lang) -> String {
    let number = thresholds.get(threshold.key).unwrap_or(threshold.default);
    match lang {
        Lang::Ja => threshold.written_in_japanese(number),
        Lang::En => threshold.written(number),
    }
}

/// The text with every `{threshold}` filled in.
fn filled(text: &str, thresholds: &Thresholds, lang: Lang) -> String {
    Thresholds::ALL.iter().fold(text.to_owned(), |text, threshold| {
        text.replace(&format!("{{{}}}", threshold.key), &number(threshold, thresholds, lang))
    })
}

/// The same as the beginning of a sentence.
fn with_capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::criterion;
    use crate::text::english_in;

    #[test]
    fn no_placeholder_is_left() {
        for lang in [Lang::Ja, Lang::En] {
            let page = page(&Thresholds::default(), lang);
            assert!(!page.contains(['{', '}']) && !page.contains(":ja"));
        }
    }

    #[test]
    fn the_japanese_page_holds_no_english() {
        let page = page(&Thresholds::default(), Lang::Ja);
        for line in page.lines().chain(list(Lang::Ja).lines()) {
            assert_eq!(english_in(line), None, "{line}");
        }
    }

    #[test]
    fn the_english_page_holds_no_japanese_prose() {
        let page = page(&Thresholds::default(), Lang::En);
        assert!(!page.contains('。'), "{:?}", page.lines().find(|line| line.contains('。')));
    }

    #[test]
    fn a_threshold_of_the_project_stands_in_the_prose() {
        let thresholds = Thresholds { station_radius_m: 800.0, ..Thresholds::default() };
        let of = |lang| entry(criterion("near-frequent-transit").unwrap(), &thresholds, lang);
        let (english, japanese) = (of(Lang::En), of(Lang::Ja));
        assert!(english.contains("within 800 m of a rail or subway station"), "{english}");
        assert!(english.contains("`station_radius_m` 800 m"), "{english}");
        assert!(japanese.contains("鉄道駅・地下鉄駅から800 m以内"), "{japanese}");
        assert!(japanese.contains("> ピーク時の片道運行本数が3本/時以上の鉄道駅から800 m以内"), "{japanese}");
    }

    #[test]
    fn every_threshold_that_a_criterion_compares_with_stands_in_its_prose() {
        for criterion in CATALOGUE {
            for key in criterion.kind.thresholds() {
                let [ja, en] = [Lang::Ja, Lang::En].map(|lang| prose(criterion.doc, lang));
                for text in [&*ja, &*en, &*criterion.rule.ja, &*criterion.rule.en] {
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
        for (lang, name) in [(Lang::Ja, "人口集中地区内"), (Lang::En, "inside a densely inhabited district")] {
            let list = list(lang);
            assert_eq!(list.lines().count(), CATALOGUE.len());
            let first = list.lines().next().unwrap_or_default();
            assert!(first.starts_with("in-did ") && first.ends_with(name), "{list}");
        }
    }
}
