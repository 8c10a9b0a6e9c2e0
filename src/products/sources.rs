//! From whom do the files of a run come, and of what year are they?

use std::path::Path;

use crate::layers::{BACKDROP, BACKDROP_TITLE, LAYERS, LayerKind, SUPPOSED};
use crate::text::Text;

/// The name of a layer; beside those of today stand those that are expected and those of a what-if.
pub(super) fn layer(key: &str) -> Text {
    let (bare, expected, supposed) = match (key.strip_prefix("prospective."), key.strip_prefix(SUPPOSED)) {
        (Some(bare), _) => (bare, true, false),
        (_, Some(bare)) => (bare, false, true),
        _ => (key, false, false),
    };
    let title = LAYERS.iter().find(|layer| layer.name == bare).map(|layer| layer.title.clone());
    let title = title.unwrap_or_else(|| if bare == BACKDROP { BACKDROP_TITLE } else { Text::from(bare) });
    match (expected, supposed) {
        (true, _) => title.with("（見込み）", " (expected)"),
        (_, true) => title.with("（想定）", " (what-if)"),
        _ => title,
    }
}

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

/// The year that a file's name tells: 国土数値情報 names its files by product and the year's last two digits, `N02-23_…`; else
/// four digits that stand alone and are a year.
pub(super) fn year(name: &str) -> Option<u32> {
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
        digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2100).contains(year))
    };
    words().find_map(of_product).or_else(|| words().find_map(alone))
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
            assert_eq!(year(name), expected, "{name}");
        }
    }

    #[test]
    fn only_the_names_of_files_are_told() {
        assert_eq!(name("/home/a/市/did.geojson"), "did.geojson");
        assert_eq!(name("city/N02-23_GML.zip/UTF-8/a.geojson"), "N02-23_GML.zip/UTF-8/a.geojson");
        assert_eq!(name(r"C:\data\did.geojson"), "did.geojson");
    }
}
