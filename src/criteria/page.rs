//! The criteria in words, for planners: the page of a rule set, one criterion's entry, and the list of them. All of it is made
//! from the rule set, so that nothing is said twice.

use std::fmt::Write;

use super::prose::prose;
use super::{Criterion, RuleSet, Threshold, Thresholds, Zone};
use crate::text::{Lang, Text};

/// How the pages are written anew.
const RENEW: &str = "KYOTEN_RENEW=1 cargo test --release --test library criteria_page";

/// The whole page of a rule set, Markdown: how to read it, which zone asks for what, the thresholds, and every criterion.
/// `file` is where it stands under `docs/`, and under `docs/ja/`.
#[must_use]
pub fn page(set: &'static RuleSet, file: &str, lang: Lang) -> String {
    let thresholds = Thresholds::of(set);
    let up = "../".repeat(file.matches('/').count());
    let (made_from, id) = ("src/criteria/rule_sets", set.id);
    let begin = text!(
        "# 判定の条件：{title}\n\n<!-- {made_from}/{id}.toml から作ったページです。直すときはそちらを直し、`{RENEW}` を実行してください。 -->\n\n[English]({up}../{file})\n\n",
        "# The criteria: {title}\n\n<!-- Made from {made_from}/{id}.toml; to change it, change that and run `{RENEW}`. -->\n\n[日本語]({up}ja/{file})\n\n",
        title = set.title.clone()
    );
    let mut page = begin.get(lang).to_owned();
    if let Some(unread) = &set.unread {
        page += unread_line(unread).get(lang);
    }
    page += &filled(&prose(include_str!("intro.md"), lang), &thresholds, lang);
    if !set.doc.is_empty() {
        page += "\n";
        page += &filled(&prose(set.doc, lang), &thresholds, lang);
    }
    page += Text::new("\n## どの区域がどの条件を求めるか\n\n", "\n## Which zone asks for what\n\n").get(lang);
    page += &zones_table(set, lang);
    let heading = Text::new(
        "\n## 基準値\n\nどれも `[thresholds]` で変えられます。\n\n",
        "\n## Thresholds\n\nEach can be set under `[thresholds]`.\n\n",
    );
    page += heading.get(lang);
    page += &thresholds_table(set, lang);
    for criterion in &set.criteria {
        page += "\n";
        page += &entry(criterion, set, &thresholds, lang);
    }
    page
}

/// One criterion, Markdown: what there is to know of it at a glance, its prose and its examples.
#[must_use]
pub fn entry(criterion: &Criterion, set: &'static RuleSet, thresholds: &Thresholds, lang: Lang) -> String {
    let Text { ja, en } = &criterion.name;
    let name = Text { ja: format!("{ja}。").into(), en: format!("{} ({ja}).", with_capital(en)).into() };
    let rule = filled(criterion.rule.get(lang), thresholds, lang);
    let rule = match lang {
        Lang::Ja => format!("{rule}。"),
        Lang::En => format!("{}.", with_capital(&rule)),
    };
    let mut entry = format!("## {}\n\n{}\n\n> {rule}\n\n", criterion.id, name.get(lang));
    for (what, said) in facts(criterion, set, thresholds, lang) {
        let line = text!("- {what}：{said}", "- {what}: {said}", what = what, said = said);
        let _ = writeln!(entry, "{}", line.get(lang));
    }
    entry += "\n";
    if let Some(unread) = &criterion.unread {
        entry += unread_line(unread).get(lang);
    }
    entry += &filled(&prose(criterion.doc, lang), thresholds, lang);
    entry
}

/// Every criterion on a line: its id, the zones that ask for it, and its name.
#[must_use]
pub fn list(set: &'static RuleSet, lang: Lang) -> String {
    let rows = set.criteria.iter().map(|criterion| (criterion, zone_ids(criterion, set)));
    let (first, second) = rows
        .clone()
        .fold((0, 0), |(first, second), (criterion, zones)| (first.max(criterion.id.len()), second.max(zones.len())));
    let mut list = String::new();
    for (criterion, zones) in rows {
        let _ = writeln!(list, "{:first$}  {zones:second$}  {}", criterion.id, criterion.name.get(lang));
    }
    list
}

/// That something could not be read in a primary source.
fn unread_line(what: &Text) -> Text {
    text!(
        "**一次資料で確認できていないこと** {what}\n\n",
        "**Not read in a primary source:** {what}\n\n",
        what = what.clone()
    )
}

/// What stands above a criterion's prose.
fn facts(criterion: &Criterion, set: &'static RuleSet, thresholds: &Thresholds, lang: Lang) -> Vec<(Text, Text)> {
    let column = criterion.column;
    let columns = if criterion.is_region() {
        text!("`{column}_lo`、`{column}_hi`", "`{column}_lo`, `{column}_hi`")
    } else {
        let zones: Vec<Text> =
            set.zones().filter(|zone| zone.asks_for(criterion.id)).map(|zone| code(zone.id())).collect();
        let zones = or_none(&zones);
        text!("専用の列はなく、{zones} に含まれます", "none of its own; it goes into {zones}", zones = zones)
    };
    let layers: Vec<Text> = criterion
        .layers()
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
    let numbers: Vec<Text> = thresholds
        .all()
        .iter()
        .filter(|threshold| asked.contains(&threshold.key))
        .map(|threshold| Text::from(format!("`{}` {}", threshold.key, number(threshold, thresholds, lang))))
        .collect();
    let zones: Vec<Text> = set.zones().filter(|zone| zone.asks_for(criterion.id)).map(|zone| code(zone.id())).collect();
    let mut facts = vec![
        (Text::new("求める区域", "Asked for by"), or_none(&zones)),
        (Text::new("列", "Columns"), columns),
        (Text::new("レイヤー", "Layers"), or_none(&layers)),
        (Text::new("基準値", "Thresholds"), or_none(&numbers)),
    ];
    if let Some(place) = &criterion.source {
        let source = match &set.source {
            Some(document) => document.with(&place.ja, &format!(", {}", place.en)),
            None => place.clone(),
        };
        facts.push((Text::new("根拠", "Source"), source));
    }
    facts
}

fn code(word: &str) -> Text {
    Text::from(format!("`{word}`"))
}

/// Several, or that there is none.
fn or_none(said: &[Text]) -> Text {
    if said.is_empty() {
        return Text::new("なし", "none");
    }
    let joined = |lang, between| said.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(between).into();
    Text { ja: joined(Lang::Ja, "、"), en: joined(Lang::En, "; ") }
}

fn zone_ids(criterion: &Criterion, set: &'static RuleSet) -> String {
    let zones = set.zones().filter(|zone| zone.asks_for(criterion.id));
    zones.map(Zone::id).collect::<Vec<_>>().join(", ")
}

/// How a zone asks for a criterion, as a sign in a table.
fn sign(zone: Zone, criterion: &Criterion) -> &'static str {
    match zone.rule().all_of.iter().find(|clause| clause.contains(&criterion.id)) {
        Some(clause) if clause.len() > 1 => " ○ |",
        Some(_) => " ● |",
        None if zone.rule().told.contains(&criterion.id) => " △ |",
        None => " |",
    }
}

fn zones_table(set: &'static RuleSet, lang: Lang) -> String {
    let mut table = Text::new("| 条件 |", "| criterion |").get(lang).to_owned();
    for zone in set.zones() {
        let Text { ja, en } = zone.name();
        let name = Text { en: format!("{en} ({ja})").into(), ja };
        let _ = write!(table, " `{}` {} |", zone.id(), name.get(lang));
    }
    table += "\n|---|";
    table += &":-:|".repeat(set.zones().len());
    table += "\n";
    for criterion in &set.criteria {
        let _ = write!(table, "| [`{id}`](#{id}) {} |", criterion.name.get(lang), id = criterion.id);
        for zone in set.zones() {
            table += sign(zone, criterion);
        }
        table += "\n";
    }
    let signs = Text::new(
        "\n● すべて必要　○ いずれかでよい　△ 判定には使わず、満たさないところを知らせる\n",
        "\n● asked for; ○ any of these serves; △ not asked for, and told where it is not met\n",
    );
    table += signs.get(lang);
    for zone in set.zones() {
        if let Some(rate) = &zone.rule().rate {
            let (id, name) = (zone.id(), zone.name());
            let line = text!(
                "\n`{id}` {name}の補助率：{rate}\n",
                "\nRate of `{id}`, {name}: {rate}\n",
                name = name,
                rate = rate.clone()
            );
            table += line.get(lang);
        }
    }
    table
}

fn thresholds_table(set: &'static RuleSet, lang: Lang) -> String {
    let heads = Text::new("| キー | 既定値 | 単位 | 意味 |", "| key | default | unit | meaning |");
    let mut table = format!("{}\n|---|---|---|---|\n", heads.get(lang));
    for threshold in &set.thresholds {
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
#[must_use]
pub fn filled(text: &str, thresholds: &Thresholds, lang: Lang) -> String {
    thresholds.all().iter().fold(text.to_owned(), |text, threshold| {
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
    use crate::criteria::{default_rules, shipped};
    use crate::text::english_in;

    #[test]
    fn no_placeholder_is_left() {
        for lang in [Lang::Ja, Lang::En] {
            for set in shipped() {
                let page = page(set, "criteria.md", lang);
                assert!(!page.contains(['{', '}']) && !page.contains(":ja"), "{}", set.id);
            }
        }
    }

    #[test]
    fn the_japanese_page_holds_no_english() {
        for set in shipped() {
            let page = page(set, "criteria.md", Lang::Ja);
            for line in page.lines().chain(list(set, Lang::Ja).lines()) {
                assert_eq!(english_in(line), None, "{line}");
            }
        }
    }

    #[test]
    fn the_english_page_holds_no_japanese_prose() {
        for set in shipped() {
            let page = page(set, "criteria.md", Lang::En);
            assert!(!page.contains('。'), "{:?}", page.lines().find(|line| line.contains('。')));
        }
    }

    #[test]
    fn a_threshold_of_the_project_stands_in_the_prose() {
        let set = default_rules();
        let mut thresholds = Thresholds::of(set);
        *thresholds.get_mut("station_radius_m").unwrap() = 800.0;
        let of = |lang| entry(set.criterion("near-frequent-transit").unwrap(), set, &thresholds, lang);
        let (english, japanese) = (of(Lang::En), of(Lang::Ja));
        assert!(english.contains("within 800 m of a rail or subway station"), "{english}");
        assert!(english.contains("`station_radius_m` 800 m"), "{english}");
        assert!(japanese.contains("鉄道駅・地下鉄駅から800 m以内"), "{japanese}");
        assert!(japanese.contains("> ピーク時の片道運行本数が3本/時以上の鉄道駅から800 m以内"), "{japanese}");
    }

    #[test]
    fn every_threshold_that_a_criterion_compares_with_stands_in_its_prose() {
        for criterion in shipped().iter().flat_map(|set| &set.criteria) {
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
            let threshold = default_rules().threshold(key).unwrap();
            threshold.written(threshold.default)
        };
        assert_eq!(written("min_public_land"), "15 %");
        assert_eq!(written("min_seniors_per_ha"), "40 a hectare");
        assert_eq!(written("min_peak_trips"), "3 departures an hour");
        assert_eq!(written("min_site_m2"), "300 m²");
    }

    #[test]
    fn measures_are_columns_compared_with_thresholds_of_the_criterion() {
        for criterion in shipped().iter().flat_map(|set| &set.criteria) {
            for measure in criterion.measures() {
                assert!(criterion.kind.thresholds().contains(&measure.threshold), "{}: {measure:?}", criterion.id);
            }
        }
    }

    #[test]
    fn the_list_has_a_line_for_each() {
        for (lang, name) in [(Lang::Ja, "人口集中地区内"), (Lang::En, "inside a densely inhabited district")] {
            let list = list(default_rules(), lang);
            assert_eq!(list.lines().count(), default_rules().criteria.len());
            let first = list.lines().next().unwrap_or_default();
            assert!(first.starts_with("in-did ") && first.ends_with(name), "{list}");
        }
    }
}
