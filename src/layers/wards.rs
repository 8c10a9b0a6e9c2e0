//! Places with a code of their own whose wards have codes too: the designated cities 政令指定都市 with their wards 行政区,
//! and the special wards 特別区 together. Files speak of 静岡市 as 22100 or as its wards 22101 to 22103, and mean the same
//! place.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::text::Text;

/// A designated city, or all special wards together.
#[derive(Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its code, five digits as a number.
    pub code: u32,
    /// Its name.
    pub name: &'static str,
    /// The codes of its wards, those of the past among them; not every number in between is in use.
    pub wards: RangeInclusive<u32>,
}

const fn city(code: u32, name: &'static str, wards: RangeInclusive<u32>) -> Whole {
    Whole { code, name, wards }
}

/// The twenty cities, and 特別区部. Source: 総務省『全国地方公共団体コード』 (JIS X 0402), 都道府県コード及び市区町村コード, 2024-01-01.
/// On that day 浜松市 made three wards (22138 to 22140) of seven (22131 to 22137).
pub const WHOLES: [Whole; 21] = [
    city(1100, "札幌市", 1101..=1110),
    city(4100, "仙台市", 4101..=4105),
    city(11100, "さいたま市", 11101..=11110),
    city(12100, "千葉市", 12101..=12106),
    city(13100, "特別区部", 13101..=13123),
    city(14100, "横浜市", 14101..=14118),
    city(14130, "川崎市", 14131..=14137),
    city(14150, "相模原市", 14151..=14153),
    city(15100, "新潟市", 15101..=15108),
    city(22100, "静岡市", 22101..=22103),
    city(22130, "浜松市", 22131..=22140),
    city(23100, "名古屋市", 23101..=23116),
    city(26100, "京都市", 26101..=26111),
    city(27100, "大阪市", 27101..=27128),
    city(27140, "堺市", 27141..=27147),
    city(28100, "神戸市", 28101..=28111),
    city(33100, "岡山市", 33101..=33104),
    city(34100, "広島市", 34101..=34108),
    city(40100, "北九州市", 40101..=40109),
    city(40130, "福岡市", 40131..=40137),
    city(43100, "熊本市", 43101..=43105),
];

/// The designated city, or the special wards, of that code.
#[must_use]
pub fn whole(code: &str) -> Option<&'static Whole> {
    let code = number(code)?;
    WHOLES.iter().find(|city| city.code == code)
}

/// The designated city that the code is a ward's of, or the special wards.
#[must_use]
pub fn whole_of_ward(code: &str) -> Option<&'static Whole> {
    let code = number(code)?;
    WHOLES.iter().find(|city| city.wards.contains(&code))
}

/// Whether a code is a municipality's, or that of one of its wards.
///
/// ```
/// use kyoten::layers::wards::belongs_to;
/// assert!(belongs_to("22139", "22130") && belongs_to("22130", "22130"));
/// assert!(!belongs_to("22130", "22139"));
/// ```
#[must_use]
pub fn belongs_to(code: &str, municipality: &str) -> bool {
    code == municipality
        || whole_of_ward(code).is_some_and(|city| number(municipality).is_some_and(|whole| whole == city.code))
}

/// Whether a code is of a list of municipalities; `None` where a part of it is, and no more than that is known.
///
/// ```
/// use kyoten::layers::wards::is_among;
/// let list = ["14100".to_owned(), "27101".to_owned()];
/// assert_eq!(["14101", "27101", "27102"].map(|code| is_among(code, &list)), [Some(true), Some(true), Some(false)]);
/// assert_eq!(is_among("27100", &list), None);
/// ```
#[must_use]
pub fn is_among(code: &str, list: &[String]) -> Option<bool> {
    if list.iter().any(|listed| belongs_to(code, listed)) {
        return Some(true);
    }
    let Some(whole) = whole(code) else { return Some(false) };
    let is_listed = |ward: u32| list.iter().any(|listed| number(listed) == Some(ward));
    let listed = whole.wards.clone().filter(|&ward| is_listed(ward)).count();
    match listed {
        0 => Some(false),
        all if all == whole.wards.clone().count() => Some(true),
        _ => None,
    }
}

/// The values that stand for `wanted` among those that there are: a city whose own code no feature has stands for its
/// wards. With the cities that were taken so.
pub(super) fn spread(wanted: &[String], there: &BTreeSet<String>) -> (Vec<String>, Vec<&'static Whole>) {
    let (mut values, mut cities) = (Vec::new(), Vec::new());
    for value in wanted {
        let city = whole(value).filter(|_| !there.contains(value));
        let wards: Vec<&String> = there.iter().filter(|found| city.is_some() && whole_of_ward(found) == city).collect();
        match city {
            Some(city) if !wards.is_empty() => {
                values.extend(wards.into_iter().cloned());
                cities.push(city);
            }
            _ => values.push(value.clone()),
        }
    }
    (values, cities)
}

/// What to say where none of the values that are wanted is there, and they or those that are there are wards.
pub(super) fn hint(wanted: &[String], there: &BTreeSet<String>) -> Option<Text> {
    wanted.iter().find_map(|value| {
        let city = whole_of_ward(value);
        if let Some(city) = city {
            let (whole, wards, city) = (five_digits(city.code), of_city(city, there), city.name);
            return if there.contains(&whole) {
                Some(text!(
                    "{value} は{city}の区ですが、ファイルの{city}は区に分かれていません（{whole}）。",
                    "{value} is a ward of {city}, which the file has as a whole: {whole}"
                ))
            } else if wards.is_empty() {
                None
            } else {
                Some(text!(
                    "{value} は{city}の区です。ファイルにある区は {wards} で、{whole} と書くとそのすべてになります。",
                    "{value} is a ward of {city}; the file has its wards {wards}, all of which {whole} takes",
                    wards = listed(&wards)
                ))
            };
        }
        let wards = three_digit_wards(value, there);
        (!wards.is_empty()).then(|| {
            text!(
                "市区町村コードで選ぶ場合、ファイルでは政令指定都市が区に分かれているかもしれません。区のコード {wards} を\
                 書いてください。",
                "if these are codes of municipalities, the file may have a designated city (政令指定都市) by its wards: \
                 name them, {wards}",
                wards = listed(&wards)
            )
        })
    })
}

fn listed(codes: &[String]) -> Text {
    Text { ja: codes.join("、").into(), en: codes.join(", ").into() }
}

fn of_city(city: &Whole, there: &BTreeSet<String>) -> Vec<String> {
    there.iter().filter(|code| whole_of_ward(code) == Some(city)).cloned().collect()
}

/// The values that would be wards of a city whose code is written without its prefecture, as e-Stat's `CITY` is.
fn three_digit_wards(value: &str, there: &BTreeSet<String>) -> Vec<String> {
    let Some(whole) = number(value).filter(|_| value.len() == 3) else { return Vec::new() };
    let is_ward = |code: u32| {
        let cities = WHOLES.iter().filter(|city| city.code % 1000 == whole);
        cities.into_iter().any(|city| city.wards.clone().any(|ward| ward % 1000 == code))
    };
    there.iter().filter(|code| code.len() == 3 && number(code).is_some_and(is_ward)).cloned().collect()
}

fn five_digits(code: u32) -> String {
    format!("{code:05}")
}

fn number(code: &str) -> Option<u32> {
    // `parse` would take a sign.
    code.bytes().all(|byte| byte.is_ascii_digit()).then(|| code.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(values: &[&str]) -> BTreeSet<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    fn spread_of(wanted: &str, there: &[&str]) -> Vec<String> {
        spread(&[wanted.to_owned()], &set(there)).0
    }

    #[test]
    fn the_ranges_lie_behind_their_cities_and_apart() {
        for pair in WHOLES.windows(2) {
            assert!(pair[0].wards.end() < &pair[1].code, "{pair:?}");
        }
        for city in &WHOLES {
            assert_eq!(*city.wards.start(), city.code + 1, "{}", city.name);
        }
    }

    #[test]
    fn a_city_stands_for_its_wards_where_its_own_code_is_not_there() {
        assert_eq!(spread_of("22100", &["22101", "22102", "22131", "22212"]), ["22101", "22102"]);
        assert_eq!(spread_of("22130", &["22138", "22140"]), ["22138", "22140"]);
        assert_eq!(spread_of("01100", &["1101", "01102"]), ["01102", "1101"]);
        assert_eq!(spread_of("22100", &["22100", "22101"]), ["22100"]);
        assert_eq!(spread_of("13100", &["13101", "13123", "13201"]), ["13101", "13123"]);
        assert_eq!(spread_of("22212", &["22101"]), ["22212"]);
        assert_eq!(spread_of("3", &["3"]), ["3"]);
    }

    #[test]
    fn a_hint_speaks_of_wards_only_where_there_are_some() {
        let hint_of = |wanted: &str, there: &[&str]| {
            hint(&[wanted.to_owned()], &set(there)).map(|hint| hint.en.into_owned()).unwrap_or_default()
        };
        assert!(hint_of("22131", &["22138", "22139"]).contains("22138, 22139, all of which 22130 takes"));
        assert!(hint_of("22101", &["22100"]).contains("as a whole: 22100"));
        assert!(hint_of("100", &["101", "103", "212"]).contains("101, 103"));
        assert_eq!(hint_of("22212", &["22101"]), "");
        assert_eq!(hint_of("東町", &["西町"]), "");
    }
}
