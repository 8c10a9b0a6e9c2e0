//! From whom do the files of a run come, and of what year are they?

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use crate::inputs::gtfs::LAYER as GTFS;
use crate::layers::{LAYERS, LayerKind, credit};
use crate::runs::{FileRecord, InputRecord, RunRecord};
use crate::text::Text;

/// So many names of files of one layer are told; of more only how many there are.
const MOST_NAMES: usize = 2;

/// What may be the year of data.
const YEARS: Range<u32> = 1950..2100;

/// What is known of a layer.
pub(super) fn kind(key: &str) -> Option<&'static LayerKind> {
    let bare = key.rsplit('.').next().unwrap_or(key);
    LAYERS.iter().find(|layer| layer.name == bare)
}

/// The name of a file, whichever system its path is of; the way into an archive stays. Where it lay is nobody else's business.
pub(super) fn name(path: &str) -> &str {
    let start = path.to_ascii_lowercase().find(".zip/").map_or(path.len(), |at| at + ".zip".len());
    let folder = Path::new(&path[..start]).parent().map_or(0, |folder| folder.as_os_str().len());
    let name = path[folder..].trim_start_matches(['/', '\\']);
    if folder == 0 { name.rsplit('\\').next().unwrap_or(name) } else { name }
}

/// The year of a file: that of its credit, else that of its name.
pub(super) fn year(file: &FileRecord) -> Option<u32> {
    known(file).and_then(|credit| year_of_credit(&credit)).or_else(|| year_in_name(name(&file.path)))
}

/// The year that a credit says, `2020年`; `None` where it says none, or several.
fn year_of_credit(credit: &Text) -> Option<u32> {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let before = credit.ja.match_indices('年').map(|(at, _)| &credit.ja[..at]);
    let digits = before.map(|text| &text[text.trim_end_matches(is_digit).len()..]);
    let years: BTreeSet<u32> = digits.filter(|run| run.len() == 4).filter_map(|run| run.parse().ok()).collect();
    years.first().copied().filter(|year| years.len() == 1 && YEARS.contains(year))
}

/// The year that a file's name tells: 国土数値情報 names its files by product and the year's last two digits, `N02-23_…`; else
/// four digits that stand alone and are a year.
fn year_in_name(name: &str) -> Option<u32> {
    let words = || name.split(['_', '/', '.', ' ', '(', ')']);
    let of_product = |word: &str| {
        let (product, year) = word.split_once('-')?;
        let mut signs = product.chars();
        let is_product = signs.next()?.is_ascii_uppercase() && signs.take(2).filter(char::is_ascii_digit).count() == 2;
        let digits = year.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        let digits: u32 = digits.parse().ok().filter(|_| is_product)?;
        Some(if digits < 50 { 2000 + digits } else { 1900 + digits })
    };
    let alone = |word: &str| {
        let digits = word.trim_end_matches('年');
        digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))
    };
    words().find_map(of_product).or_else(|| words().find_map(alone))
}

/// What is told of the files of a layer.
#[derive(Debug)]
pub struct Sources {
    /// Whose data they are, each once.
    pub known: Vec<Text>,
    /// The names of files of which nobody says.
    pub names: Vec<Text>,
}

impl Sources {
    /// What the run says of a layer's files, else what their names do.
    #[must_use]
    pub fn of(input: &InputRecord, record: &RunRecord) -> Self {
        let (mut all, mut names): (Vec<Text>, Vec<&str>) = Default::default();
        for file in &input.files {
            match known(file).or_else(|| (input.layer == GTFS).then(|| of_timetable(file, record)).flatten()) {
                Some(source) if all.contains(&source) => {}
                Some(source) => all.push(source),
                None => names.push(name(&file.path)),
            }
        }
        let shown = if names.len() > MOST_NAMES { MOST_NAMES - 1 } else { names.len() };
        let more = names.len() - shown;
        let mut names: Vec<Text> = names[..shown].iter().map(|name| Text::from((*name).to_owned())).collect();
        if more > 0 {
            names.push(text!("ほか{more}ファイル", "and {more} more files"));
        }
        Self { known: all, names }
    }
}

/// What the run, or the file's name, says of it.
pub(super) fn known(file: &FileRecord) -> Option<Text> {
    match (&file.source_ja, &file.source) {
        (Some(ja), Some(en)) => Some(Text { ja: ja.clone().into(), en: en.clone().into() }),
        // An older run says nothing.
        _ => credit(Path::new(&file.path), None),
    }
}

/// Who publishes a timetable, and from when it holds.
fn of_timetable(file: &FileRecord, record: &RunRecord) -> Option<Text> {
    let feeds = &record.transit.as_ref()?.feeds;
    let feed = feeds.iter().find(|feed| file.path.starts_with(&feed.path))?;
    let publisher = feed.publisher.clone()?;
    let whose = text!("GTFS（{publisher}）", "GTFS ({publisher})");
    Some(match &feed.valid_from {
        Some(from) => whose.with(&format!("{from}〜"), &format!(", from {from}")),
        None => whose,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_that_names_tell() {
        for (name, expected) in [
            ("N02-23_GML.zip/UTF-8/N02-23_Station.geojson", Some(2023)),
            ("P11-22_22.geojson", Some(2022)),
            ("A09-18_22_GML.shp", Some(2018)),
            ("L03-b-16_5238.shp", None),
            ("population_mesh_2020_pref22.txt", Some(2020)),
            ("did.geojson", None),
            ("筆12345.geojson", None),
        ] {
            assert_eq!(year_in_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_credit_tells_the_year_where_it_says_one() {
        for (credit, expected) in [
            ("国勢調査（人口集中地区境界）総務省統計局 2010年", Some(2010)),
            ("架空市 2025年度", Some(2025)),
            ("国勢調査 2020年（2023年公表）", None),
            ("国勢調査 令和2年", None),
            ("登記所備付地図 法務省", None),
        ] {
            assert_eq!(year_of_credit(&Text::from(credit)), expected, "{credit}");
        }
    }

    #[test]
    fn only_the_names_of_files_are_told() {
        assert_eq!(name("/home/a/市/did.geojson"), "did.geojson");
        assert_eq!(name("city/N02-23_GML.zip/UTF-8/a.geojson"), "N02-23_GML.zip/UTF-8/a.geojson");
        assert_eq!(name(r"C:\data\did.geojson"), "did.geojson");
    }
}
