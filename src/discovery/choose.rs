//! Which of the files that can be a layer is taken: the better publication, its newest edition, all of its parts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::finding::{Decision, Finding};
use super::place::leave_elsewhere;
use crate::diagnostics::Diagnose;
use crate::inputs::{day_in_name, may_be_editions};
use crate::layers::{BACKDROP, Content, Ground, LAYERS, LayerKey, Use};
use crate::text::{Lang, Text};
use unicode_normalization::UnicodeNormalization as _;

/// Kinds of geometry that can be an area; closed lines stand for areas in some cities' files.
const AREAS: &[&str] = &["Polygon", "Line", "Collection"];
/// Only real polygons are parcels.
const POLYGONS: &[&str] = &["Polygon"];

/// Decides about every finding.
pub(super) fn choose(findings: &mut [Finding]) {
    for finding in findings.iter_mut() {
        finding.decision = alone(finding);
    }
    needs_boundaries(findings);
    among(LayerKey::Parcels, findings);
    leave_elsewhere(findings);
    for kind in LAYERS.iter().filter(|kind| kind.key != LayerKey::Parcels) {
        among(kind.key, findings);
    }
    for ground in Ground::ALL {
        let is_it = |finding: &Finding| finding.decision == Decision::Drawn && finding.ground() == Some(ground);
        best(&is_it, BACKDROP, findings);
    }
}

/// What becomes of a file for what it is, whatever else there is.
fn alone(finding: &Finding) -> Decision {
    if let Err(error) = &finding.look {
        return Decision::Left(unusable(error));
    }
    let Some(recognised) = finding.recognised else {
        return Decision::Left(NOT_RECOGNISED);
    };
    if finding.features() == 0 {
        return Decision::Left(Text::new("地物がありません。", "it holds no features"));
    }
    match recognised.publication.use_as {
        Use::Layer(layer, _) => match unfit(finding, layer) {
            Some(reason) => Decision::Left(reason),
            None => Decision::Taken(layer),
        },
        Use::Boundaries => Decision::Taken(LayerKey::Census),
        Use::Maybe(layer, reason) => Decision::Possible(layer, reason.clone()),
        Use::Backdrop(_) => no_ground(finding).map_or(Decision::Drawn, Decision::Left),
        Use::MaybeBackdrop(reason) => match no_ground(finding) {
            Some(reason) => Decision::Left(reason),
            None => Decision::MayBeDrawn(reason.clone()),
        },
        Use::Nothing(reason) => Decision::Left(reason.clone()),
    }
}

const NOT_RECOGNISED: Text =
    Text::new("名前からも属性からも、何のファイルか分かりません。", "it is not recognised by its name or fields");

fn unusable(error: &impl Diagnose) -> Text {
    let told = error.diagnostics();
    let told = |lang| told.iter().map(|one| one.line(lang)).collect::<Vec<_>>().join("\n");
    text!(
        "使えません: {why}",
        "it cannot be used: {why}",
        why = Text { ja: told(Lang::Ja).into(), en: told(Lang::En).into() }
    )
}

/// Why a file cannot be the layer that its name or fields promise.
fn unfit(finding: &Finding, layer: LayerKey) -> Option<Text> {
    let wanted: &[&str] = match layer.kind().content {
        Content::Parcels => POLYGONS,
        Content::Area | Content::Units | Content::Municipalities | Content::Buildings | Content::Ratios => AREAS,
        Content::Stops | Content::PeakTrips | Content::Census | Content::Facilities | Content::Points => return None,
    };
    if finding.geometries(wanted) == 0 {
        let (layer, title) = (layer.name(), &layer.kind().title.ja);
        return Some(text!(
            "{title}（`{layer}`）には面のデータが要りますが、面がありません。",
            "{layer} {title} are areas, and it holds none"
        ));
    }
    no_crs(finding)
}

/// Why a file cannot be drawn under maps.
fn no_ground(finding: &Finding) -> Option<Text> {
    let none = Text::new("線も面もありません。", "it holds no lines and no areas");
    if finding.geometries(AREAS) == 0 { Some(none) } else { no_crs(finding) }
}

fn no_crs(finding: &Finding) -> Option<Text> {
    let known = finding.contents().is_some_and(|found| found.source.crs.is_some());
    let published = finding.recognised.is_some_and(|found| found.publication.crs.is_some());
    (!known && !published).then_some(NO_CRS)
}

const NO_CRS: Text = Text::new(
    "座標参照系が書かれていません。`crs = \"EPSG:…\"` を付けて、プロジェクトファイルに書いてください。",
    "it does not say its CRS: name it yourself with `crs = \"EPSG:…\"`",
);

/// Two publications that are one layer together: the numbers of small areas, and their shapes.
const TABLE: &str = "e-Stat 小地域";
const SHAPES: &str = "e-Stat 小地域 boundaries";

/// Small areas are numbers without shapes: without their boundaries they cannot be used, and boundaries without them
/// say nothing of older residents.
fn needs_boundaries(findings: &mut [Finding]) {
    let any = |id: &str| findings.iter().any(|finding| is(finding, id));
    let (tables, shapes) = (any(TABLE), any(SHAPES));
    for finding in findings {
        if is(finding, TABLE) && !shapes {
            finding.decision = Decision::Left(Text::new(
                "小地域の形がありません。境界データ（e-Stat）が要ります。",
                "its shapes are missing (境界データ, e-Stat)",
            ));
        } else if is(finding, SHAPES) && !tables {
            finding.decision = Decision::Left(Text::new(
                "小地域の形だけです。年齢別人口の表（e-Stat 小地域集計）が要ります。",
                "shapes without a table of residents by age (小地域集計, e-Stat)",
            ));
        }
    }
}

const MAY_BE_EDITIONS: Text = Text::new(
    "名前の2桁の数字が年かもしれず、同じものの新旧か、1つのレイヤーの部分かが分かりません。使うファイルを kyoten.toml に書いてください。",
    "the two digits in its name may be a year, so that it may be another edition of the same or a part of one layer; name the files that are meant in kyoten.toml",
);

/// Whether a file is taken for the census as this publication.
fn is(finding: &Finding, id: &str) -> bool {
    finding.decision == Decision::Taken(LayerKey::Census)
        && finding.recognised.is_some_and(|found| found.publication.id == id)
}

/// Of the files that can be a layer, keeps the best.
fn among(layer: LayerKey, findings: &mut [Finding]) {
    best(&|finding| finding.decision == Decision::Taken(layer), layer.name(), findings);
}

/// Of the files that can be one thing, keeps the best group: rank, then edition, then the parts that belong together.
fn best(is_one: &dyn Fn(&Finding) -> bool, name: &str, findings: &mut [Finding]) {
    let mut groups: BTreeMap<(u8, Reverse<u32>), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        // Boundaries go with their tables.
        if is_one(finding) && !is(finding, SHAPES) {
            groups.entry((rank(finding), Reverse(edition(finding)))).or_default().push(index);
        }
    }
    let Some((_, best)) = groups.pop_first() else { return };
    let paths: Vec<PathBuf> = best.iter().map(|&index| findings[index].path.clone()).collect();
    if may_be_editions(&paths) {
        // Together they could be two years of one place, alone a part of it.
        for index in best.into_iter().chain(groups.into_values().flatten()) {
            findings[index].decision = Decision::Left(MAY_BE_EDITIONS);
        }
        return;
    }
    let best = if findings[best[0]].recognised.is_some_and(|found| found.publication.in_parts) {
        best
    } else {
        // The fullest; of equal ones the first by name.
        let fullest = best.iter().copied().max_by_key(|&index| (findings[index].features(), Reverse(index)));
        let rest: Vec<usize> = best.into_iter().filter(|&index| Some(index) != fullest).collect();
        groups.insert((u8::MAX, Reverse(0)), rest);
        fullest.into_iter().collect()
    };
    let first = &findings[best[0]];
    let taken = first.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lonely = |index: &usize| {
        let finding = &findings[*index];
        is_one(finding) && is(finding, SHAPES) && !is(first, TABLE)
    };
    let lonely: Vec<usize> = (0..findings.len()).filter(lonely).collect();
    for index in groups.into_values().flatten().chain(lonely) {
        findings[index].decision =
            Decision::Left(text!("`{name}` には {taken} を使います。", "{taken} was taken for {name}"));
    }
}

fn rank(finding: &Finding) -> u8 {
    match finding.recognised.map(|found| found.publication.use_as) {
        Some(Use::Layer(_, rank) | Use::Backdrop(rank)) => rank,
        _ => 0,
    }
}

/// The edition of a publication: the year in a name such as `A16-20_22_DID` or `N03-20230101_22`; of tables of e-Stat
/// the number of the survey's table, those with ages first. Later ones are greater; 0 where it is not known.
fn edition(finding: &Finding) -> u32 {
    let Some(publication) = finding.recognised.map(|found| found.publication) else { return 0 };
    if publication.id.starts_with("e-Stat") {
        return table_number(finding);
    }
    // Each of its sheets has a day of its own.
    if publication.id == "FG-GML" {
        return 0;
    }
    let year = day_in_name(&finding.path).map(|day| day / 10_000);
    year.or_else(|| year_in_name(&finding.path.file_stem()?.to_string_lossy())).unwrap_or(0)
}

/// The year that stands in a name by itself, in western years or in those of 令和: `地番図2023`, `地番図_R6`, `地番図令和6年`.
fn year_in_name(stem: &str) -> Option<u32> {
    let stem: String = stem.nfkc().collect();
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let western = stem.char_indices().filter(|(at, _)| !stem[..*at].ends_with(|sign: char| sign.is_ascii_digit()));
    let western = western.filter_map(|(at, _)| Some(digits(&stem[at..])).filter(|run| matches!(run.len(), 4 | 8)));
    let western = western.filter_map(|run| run[..4].parse().ok()).filter(|year| (1990..2100).contains(year)).max();
    let reiwa = ["令和", "R", "r"].iter().filter_map(|era| {
        let (before, after) = stem.split_once(era)?;
        let stands_alone = !before.ends_with(|sign: char| sign.is_ascii_alphabetic());
        let year: u32 = digits(after).parse().ok().filter(|year| (1..50).contains(year))?;
        stands_alone.then_some(2018 + year)
    });
    western.or_else(|| reiwa.max())
}

/// `T001101` of a column's name; tables that count the residents of 65 and over go before all others.
fn table_number(finding: &Finding) -> u32 {
    const WITH_AGES: u32 = 1_000_000_000;
    let Some(found) = finding.contents() else { return 0 };
    let number = found.fields.iter().find_map(|field| field.name.strip_prefix('T')?.get(..6)?.parse::<u32>().ok());
    let ages = found.labels.values().any(|label| label.contains("65歳以上"));
    number.unwrap_or(0) + if ages { WITH_AGES } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_told_from_other_numbers() {
        for (name, year) in [
            ("地番図2023", Some(2023)),
            ("地番図２０２４", Some(2024)),
            ("地番図_R6", Some(2024)),
            ("地番図令和5年度", Some(2023)),
            ("parcels_20240401", Some(2024)),
            ("parcels_22212", None),
            ("PAR6", None),
            ("地番図", None),
            ("地番図1234", None),
        ] {
            assert_eq!(year_in_name(name), year, "{name}");
        }
    }
}
