//! Of which census 国勢調査 is a file or a column? Its name tells.

use std::collections::BTreeSet;

/// The population census 国勢調査 is taken every five years.
const EVERY: u32 = 5;

/// The year of the census that a file's name tells: `A16-20_…`, `2010_did_…`, `h22_did_22`, `r2ka22212`, `tblT001101H5238`.
/// `None` where it tells none, or two.
#[must_use]
pub fn census_year(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let found: BTreeSet<u32> = [
        year_of_did(&name),
        year_of_boundaries(&name),
        census_of_table(&name),
        year_in_full(&name),
        year_of_era(&name),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.first().copied().filter(|year| found.len() == 1 && year % EVERY == 0)
}

/// 国土数値情報 names its files by product and the year's last two digits.
fn year_of_did(name: &str) -> Option<u32> {
    let (_, rest) = name.split_once("a16-")?;
    rest.get(..2)?.parse::<u32>().ok().map(|year| if year < 50 { 2000 + year } else { 1900 + year })
}

/// e-Stat's downloads of boundaries are named by survey and year: `A002005212020DDSWC22212`.
fn year_of_boundaries(name: &str) -> Option<u32> {
    let (_, rest) = name.split_once("a00200521")?;
    rest.get(..4)?.parse().ok()
}

/// Tables of residents by age that e-Stat publishes for meshes and small areas, by census.
const TABLES: &[(u32, &[&str])] = &[
    (2010, &["t000573", "t000608", "t000609"]),
    (2015, &["t000846", "t000847", "t000848", "t000849", "t000876"]),
    (2020, &["t001081", "t001082", "t001100", "t001101", "t001102", "t001140", "t001141", "t001142", "t001231"]),
];

/// The census of the table whose code a name or column begins or holds.
#[must_use]
pub fn census_of_table(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    TABLES.iter().find(|(_, codes)| codes.iter().any(|code| text.contains(code))).map(|(year, _)| *year)
}

/// Four digits that stand alone and are a year of a census.
fn year_in_full(name: &str) -> Option<u32> {
    let groups = name.split(|sign: char| !sign.is_ascii_digit()).filter(|group| group.len() == 4);
    groups.filter_map(|group| group.parse().ok()).find(|year| (1960..2100).contains(year) && year % EVERY == 0)
}

/// 平成 and 令和 at the beginning of a word: `h22`, `r2`, `r02`. Their first years are 1989 and 2019.
fn year_of_era(name: &str) -> Option<u32> {
    let mut words = name.split(|sign: char| !sign.is_ascii_alphanumeric());
    words.find_map(|word| {
        let before_first = match word.chars().next()? {
            'h' => 1988,
            'r' => 2018,
            _ => return None,
        };
        let digits: String = word.chars().skip(1).take_while(char::is_ascii_digit).collect();
        let year = before_first + digits.parse::<u32>().ok().filter(|year| (1..=31).contains(year))?;
        (year % EVERY == 0).then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_publishers_tell_the_census() {
        for (name, year) in [
            ("A16-20_22_DID.geojson", 2020),
            ("A16-15_22_GML.shp", 2015),
            ("2010_did_ddsw_22.zip", 2010),
            ("h22_did_22.shp", 2010),
            ("estat_h22_did_22_shizuoka.geojson", 2010),
            ("r2ka22212.shp", 2020),
            ("h27ka22212.shp", 2015),
            ("A002005212020DDSWC22212.shp", 2020),
            ("tblT001101H5238.txt", 2020),
            ("tblT000849C22.txt", 2015),
            ("population_mesh_2020_pref22_raw.txt", 2020),
        ] {
            assert_eq!(census_year(name), Some(year), "{name}");
        }
    }

    #[test]
    fn names_without_a_year_or_with_two_tell_none() {
        for name in ["did.geojson", "MESH05238.shp", "region_12.shp", "A16-20_2015.shp", "h21_did.shp", "用途地域.shp"]
        {
            assert_eq!(census_year(name), None, "{name}");
        }
    }
}
