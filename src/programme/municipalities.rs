//! Which municipality does a code or a name mean?

use std::sync::LazyLock;

use serde::Deserialize;

use super::built_in_rows;
use super::error::NotOne;
use super::fold::{folded, folded_reading};
use super::wards::{KnownWard, Ward, ward_of, wards};
use crate::layers::municipality_code;
use crate::layers::wards::{whole, whole_of_ward};
use crate::settings::nearest;

/// A municipality 市区町村.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    /// Its code, five digits.
    pub code: String,
    /// The code with its check digit 検査数字.
    pub code_with_check_digit: String,
    /// Its prefecture.
    pub prefecture: String,
    /// Its name.
    pub name: String,
    /// How it is read, in katakana; `None` for the special wards together.
    pub kana: Option<String>,
}

/// A municipality that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The municipality.
    pub municipality: Municipality,
    /// The ward of it that was meant.
    pub ward: Option<Ward>,
}

impl Found {
    /// Its prefecture, name and code; of a ward its own behind its city.
    #[must_use]
    pub fn full_name(&self) -> String {
        let Municipality { code, prefecture, name, .. } = &self.municipality;
        let ward = self.ward.as_ref();
        let own = ward.and_then(|ward| ward.name.as_deref()).unwrap_or_default();
        format!("{prefecture}{name}{own} {}", ward.map_or(code, |ward| &ward.code))
    }
}

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    prefecture: String,
    name: String,
    kana: String,
}

/// A municipality with what it is compared by.
struct Known {
    municipality: Municipality,
    /// Its name with and without what kind of municipality it is 市・区・町・村, folded.
    names: [String; 2],
    /// Its reading, the same.
    readings: Vec<String>,
    prefecture: String,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let rows: Vec<Row> = built_in_rows("municipalities.csv", include_str!("data/municipalities.csv"));
    rows.into_iter().map(known).collect()
});

fn known(Row { code, prefecture, name, kana }: Row) -> Known {
    let full = folded(&name);
    let mut bare = full.clone();
    let kind = bare.pop();
    let reading = folded_reading(&kana);
    let mut readings = vec![reading.clone()];
    let ends: &[&str] = match kind {
        Some('市') => &["シ"],
        Some('区') => &["ク"],
        Some('町') => &["チヨウ", "マチ"],
        _ => &["ムラ", "ソン"],
    };
    readings.extend(ends.iter().filter_map(|end| reading.strip_suffix(end)).map(str::to_owned));
    let prefecture_folded = folded(&prefecture);
    let five = code[..5].to_owned();
    let municipality = Municipality { code: five, code_with_check_digit: code, prefecture, name, kana: Some(kana) };
    Known { municipality, names: [full, bare], readings, prefecture: prefecture_folded }
}

/// Every municipality, in the order of codes.
pub fn municipalities() -> impl Iterator<Item = &'static Municipality> {
    KNOWN.iter().map(|known| &known.municipality)
}

/// The municipality that a code or a name means.
///
/// # Errors
/// [`NotOne`] where it means none, or several.
pub fn find(asked: &str) -> Result<Found, NotOne> {
    let asked = folded(asked);
    if asked.is_empty() {
        return Err(NotOne::Nothing);
    }
    if asked.bytes().all(|byte| byte.is_ascii_digit()) { by_code(&asked) } else { by_name(&asked) }
}

fn by_code(asked: &str) -> Result<Found, NotOne> {
    let code = municipality_code(asked).map_err(|fault| NotOne::Code { code: asked.to_owned(), fault })?;
    let of = |code: &str| KNOWN.iter().find(|known| known.municipality.code == code);
    if let Some(known) = of(&code) {
        return Ok(Found { municipality: known.municipality.clone(), ward: None });
    }
    if whole(&code).is_some() {
        return Ok(Found { municipality: special_wards(), ward: None });
    }
    let city = whole_of_ward(&code).and_then(|city| of(&format!("{:05}", city.code)));
    match city {
        Some(city) => Ok(Found { municipality: city.municipality.clone(), ward: Some(ward_of(&code)) }),
        None => Err(NotOne::NoSuchCode { prefecture: prefecture_of(&code), code }),
    }
}

/// 特別区部, which has a code though it is no municipality.
fn special_wards() -> Municipality {
    Municipality {
        code: "13100".to_owned(),
        code_with_check_digit: "131008".to_owned(),
        prefecture: "東京都".to_owned(),
        name: "特別区部".to_owned(),
        kana: None,
    }
}

/// The prefecture of a code.
fn prefecture_of(code: &str) -> String {
    let of = KNOWN.iter().find(|known| known.municipality.code[..2] == code[..2]);
    of.map(|known| known.municipality.prefecture.clone()).unwrap_or_default()
}

fn by_name(asked: &str) -> Result<Found, NotOne> {
    if ["特別区部", "東京都特別区部", "東京23区", "東京都区部"].contains(&asked) {
        return Ok(Found { municipality: special_wards(), ward: None });
    }
    if let Some(known) = KNOWN.iter().find(|known| known.prefecture == asked) {
        return Err(NotOne::Prefecture { name: known.municipality.prefecture.clone() });
    }
    let (prefecture, name) = without_prefecture(asked);
    let of_prefecture =
        || KNOWN.iter().filter(|known| prefecture.as_ref().is_none_or(|prefecture| known.prefecture == *prefecture));
    // The county 郡 in front of a town is no part of its name; a name may hold the sign itself, as 郡山市 does.
    let without_county = name.find('郡').map(|at| &name[at + '郡'.len_utf8()..]).filter(|rest| !rest.is_empty());
    for name in std::iter::once(name).chain(without_county) {
        let found = of_name(name, &of_prefecture().collect::<Vec<_>>());
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.clone()),
            _ => return Err(NotOne::Several { asked: asked.to_owned(), among: found }),
        }
    }
    let of_wards = wards().iter().map(KnownWard::full_name);
    let names: Vec<String> = of_prefecture().map(|known| known.municipality.name.clone()).chain(of_wards).collect();
    let (nearest, is_near) = nearest(name, &names.iter().map(String::as_str).collect::<Vec<_>>());
    Err(NotOne::NoSuchName { asked: asked.to_owned(), nearest: is_near.then(|| nearest.to_owned()) })
}

/// What of these municipalities, and of the wards of those that have any, a name means. A whole name goes before one without its end:
/// 四日市 is 四日市市, but 市川市 is not 市川町; and a municipality's goes before that of a ward, where neither is whole.
fn of_name(name: &str, known: &[&Known]) -> Vec<Found> {
    let reading = folded_reading(name);
    let places = |is_meant: &dyn Fn(&Known) -> bool| -> Vec<Found> {
        let meant = known.iter().filter(|known| is_meant(known));
        meant.map(|known| Found { municipality: known.municipality.clone(), ward: None }).collect()
    };
    let of_wards = |is_meant: &dyn Fn(&KnownWard) -> bool| -> Vec<Found> {
        let found = |ward: &KnownWard| {
            let city = known.iter().find(|known| known.municipality.code == ward.city_code)?;
            Some(Found { municipality: city.municipality.clone(), ward: Some(ward.ward.clone()) })
        };
        wards().iter().filter(|ward| is_meant(ward)).filter_map(found).collect()
    };
    let whole = || [places(&|known| known.names[0] == name), of_wards(&|ward| ward.is_called(name))].concat();
    let tries: [&dyn Fn() -> Vec<Found>; 5] = [
        &whole,
        &|| places(&|known| known.names[1] == name),
        &|| places(&|known| known.readings.contains(&reading)),
        &|| of_wards(&|ward| ward.is_called_in_short(name)),
        &|| of_wards(&|ward| ward.is_read(&reading)),
    ];
    tries.iter().map(|found| found()).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The prefecture in front of a name, and the name.
fn without_prefecture(asked: &str) -> (Option<String>, &str) {
    let found = KNOWN.iter().find_map(|known| Some((known.prefecture.clone(), asked.strip_prefix(&known.prefecture)?)));
    found.map_or((None, asked), |(prefecture, name)| (Some(prefecture), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(asked: &str) -> String {
        find(asked).unwrap_or_else(|error| panic!("{asked}: {error:?}")).municipality.code
    }

    #[test]
    fn the_list_has_every_municipality_once_with_a_right_check_digit() {
        let all: Vec<_> = municipalities().collect();
        let of = |kind: char| all.iter().filter(|one| one.name.ends_with(kind)).count();
        assert_eq!((all.len(), of('市'), of('町'), of('村'), of('区')), (1741, 792, 743, 183, 23));
        for one in &all {
            assert_eq!(municipality_code(&one.code_with_check_digit), Ok(one.code.clone()));
            assert_eq!(
                find(&format!("{}{}", one.prefecture, one.name)).map(|found| found.municipality),
                Ok((*one).clone())
            );
        }
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn a_municipality_is_found_however_it_is_written() {
        for asked in [
            "22212",
            "222127",
            "２２２１２",
            "焼津市",
            "焼津",
            "燒津市",
            "静岡県焼津市",
            "静岡県 焼津",
            "やいづ",
            "ﾔｲﾂﾞｼ",
            "やいずし",
        ] {
            assert_eq!(code_of(asked), "22212", "{asked}");
        }
        for (asked, code) in [
            ("静岡県榛原郡吉田町", "22424"),
            ("郡山", "07203"),
            ("福島県郡山市", "07203"),
            ("四日市", "24202"),
            ("四日市市", "24202"),
            ("市川市", "12203"),
            ("龍ヶ崎", "08208"),
            ("塩釜市", "04203"),
            ("つくば", "08220"),
            ("鎌ヶ谷市", "12224"),
            ("横浜市港北区", "14100"),
            ("神奈川県横浜市港北区", "14100"),
            ("14101", "14100"),
            ("141011", "14100"),
            ("13100", "13100"),
            ("東京23区", "13100"),
            ("北海道札幌市", "01100"),
            ("京都市", "26100"),
        ] {
            assert_eq!(code_of(asked), code, "{asked}");
        }
        let ward_of = |asked: &str| find(asked).map(|found| found.ward.map(|ward| (ward.code, ward.name)));
        let named = |code: &str, name: &str| Ok(Some((code.to_owned(), Some(name.to_owned()))));
        assert_eq!(ward_of("14101"), named("14101", "鶴見区"));
        assert_eq!(ward_of("22131"), Ok(Some(("22131".to_owned(), None))), "a ward that is no more");
        for asked in ["さいたま市大宮区", "埼玉県さいたま市大宮区", "さいたま大宮区", "大宮区", "大宮", "おおみや"]
        {
            assert_eq!(ward_of(asked), named("11103", "大宮区"), "{asked}");
        }
        assert_eq!((ward_of("大阪市北区"), ward_of("東京都北区")), (named("27127", "北区"), Ok(None)));
    }

    #[test]
    fn what_means_several_or_none_is_told_so() {
        let several = |asked: &str| match find(asked) {
            Err(NotOne::Several { among, .. }) => {
                among.into_iter().map(|one| one.municipality.prefecture).collect::<Vec<_>>()
            }
            other => panic!("{asked}: {other:?}"),
        };
        assert_eq!(several("府中市"), ["東京都", "広島県"]);
        assert_eq!(several("ふちゅう").len(), 3, "府中町 too");
        let first = ["東京都", "北海道", "埼玉県"];
        assert_eq!(several("北区")[..3], first, "the special ward, then wards by their codes");
        assert!(matches!(find("横浜市北区"), Err(NotOne::NoSuchName { nearest: Some(_), .. })));
        assert!(matches!(find("静岡県"), Err(NotOne::Prefecture { .. })));
        assert!(matches!(find("222121"), Err(NotOne::Code { .. })));
        assert!(matches!(find("22299"), Err(NotOne::NoSuchCode { prefecture, .. }) if prefecture == "静岡県"));
        assert!(matches!(find("焼津町市"), Err(NotOne::NoSuchName { nearest: Some(_), .. })));
        assert_eq!(find(" 　"), Err(NotOne::Nothing));
    }
}
