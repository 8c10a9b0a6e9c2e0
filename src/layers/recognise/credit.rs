//! Whose data is it, and of which year? What a paper says of a file in the place of its name: 国土数値情報（鉄道データ）国土交通省 2020年.

use std::path::Path;

use super::{census_year, plain_stem, publications};
use crate::text::Text;

/// The data of 国土数値情報 by code, as its publisher calls them. Source: 国土数値情報ダウンロードサイト, データ一覧.
const KSJ: &[(&str, &str, &str)] = &[
    ("a09", "都市地域データ", "urban areas"),
    ("a10", "自然公園地域データ", "nature parks"),
    ("a16", "人口集中地区データ", "densely inhabited districts"),
    ("a29", "用途地域データ", "use zones"),
    ("a31", "洪水浸水想定区域データ", "flood hazard areas"),
    ("a33", "土砂災害警戒区域データ", "sediment disaster hazard areas"),
    ("a40", "津波浸水想定データ", "tsunami hazard areas"),
    ("a50", "立地適正化計画区域データ", "location normalisation plans"),
    ("a55", "都市計画決定情報データ", "city planning decisions"),
    ("c23", "海岸線データ", "coastline"),
    ("l03", "土地利用細分メッシュデータ", "land use by mesh"),
    ("n01", "道路データ", "roads"),
    ("n02", "鉄道データ", "railways"),
    ("n03", "行政区域データ", "administrative areas"),
    ("n05", "鉄道時系列データ", "railways through time"),
    ("n06", "高速道路時系列データ", "motorways through time"),
    ("n07", "バスルートデータ", "bus routes"),
    ("n10", "緊急輸送道路データ", "emergency transport roads"),
    ("n13", "道路データ", "roads"),
    ("p04", "医療機関データ", "medical institutions"),
    ("p05", "市町村役場等及び公的集会施設データ", "municipal offices and halls"),
    ("p11", "バス停留所データ", "bus stops"),
    ("p14", "福祉施設データ", "welfare facilities"),
    ("p27", "文化施設データ", "cultural facilities"),
    ("p29", "学校データ", "schools"),
    ("w05", "河川データ", "rivers"),
    ("w09", "湖沼データ", "lakes"),
];

/// Other publishers, by how the id of a [`super::Publication`] begins.
const OTHERS: &[(&str, Text)] = &[
    (
        "e-Stat DID",
        Text::new("国勢調査（人口集中地区境界）総務省統計局", "Population Census (DID boundaries), Statistics Bureau"),
    ),
    (
        "e-Stat mesh",
        Text::new("国勢調査（地域メッシュ統計）総務省統計局", "Population Census (mesh statistics), Statistics Bureau"),
    ),
    (
        "e-Stat 小地域",
        Text::new("国勢調査（小地域集計）総務省統計局", "Population Census (small areas), Statistics Bureau"),
    ),
    ("registry map", Text::new("登記所備付地図 法務省", "registry office maps, Ministry of Justice")),
    ("PLATEAU", Text::new("3D都市モデル（PLATEAU）国土交通省", "3D city models (PLATEAU), MLIT")),
    ("FG-GML", Text::new("基盤地図情報 国土地理院", "Fundamental Geospatial Data, GSI")),
    ("GSI tiles", Text::new("地理院地図Vector 国土地理院", "GSI Maps Vector, GSI")),
    ("OSM", Text::same("© OpenStreetMap contributors")),
    ("A55 youto", Text::new("都市計画決定GISデータ 国土交通省", "city planning decisions (GIS), MLIT")),
];

/// Publisher and year of a file, by what it was recognised as (the id of a [`super::Publication`]) and by its name; `None` where
/// nobody knows.
#[must_use]
pub fn credit(path: &Path, published: Option<&str>) -> Option<Text> {
    let names: Vec<String> = path.ancestors().filter(|part| part.file_name().is_some()).map(plain_stem).collect();
    // A file of an archive may be named by its content alone, and the archive as it was published.
    let named = || names.iter().find_map(|stem| Some((code_of(stem)?, stem)));
    let other =
        |id: &str| OTHERS.iter().find(|(start, _)| id.starts_with(start)).map(|(_, publisher)| publisher.clone());
    let of_census = |publisher: Text| of_year(publisher, names.iter().find_map(|stem| census_year(stem)));
    if let Some(publisher) = published.and_then(other) {
        return Some(of_census(publisher));
    }
    let of_id = published.and_then(code_of);
    let (code, stem) = match (of_id, named()) {
        (Some(code), Some((other, stem))) if other == code => (code, Some(stem)),
        (Some(code), _) => (code, None),
        (None, Some((code, stem))) => (code, Some(stem)),
        (None, None) => {
            let named = publications().filter(|known| names.iter().any(|stem| known.has_name(stem)));
            return named.filter(|_| published.is_none()).find_map(|known| other(known.id)).map(of_census);
        }
    };
    let (_, ja, en) = KSJ.iter().find(|(known, ..)| *known == code)?;
    let data = Text { ja: (*ja).into(), en: (*en).into() };
    let publisher =
        text!("国土数値情報（{data}）国土交通省", "National Land Numerical Information ({data}), MLIT", data = data);
    Some(of_year(publisher, stem.and_then(|stem| year_in(stem))))
}

fn of_year(publisher: Text, year: Option<u32>) -> Text {
    match year {
        Some(year) => text!("{publisher} {year}年", "{publisher}, {year}", publisher = publisher),
        None => publisher,
    }
}

/// The code of 国土数値情報 with which a name begins: a letter and two digits, which nothing but a letter or a mark follows.
fn code_of(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let (code, _, _) = KSJ.iter().find(|(code, ..)| lower.starts_with(code))?;
    let after = lower[code.len()..].chars().next();
    after.is_none_or(|sign| !sign.is_ascii_digit()).then_some(code)
}

/// The year of an edition in a name: `n02-20_station`, `n03-20230101_22`, `l03-b-21_5238`.
fn year_in(stem: &str) -> Option<u32> {
    let mut parts = stem.split(['-', '_']).skip(1);
    let digits = parts.find(|part| part.starts_with(|sign: char| sign.is_ascii_digit()))?;
    let number: u32 = digits.get(..if digits.len() == 2 { 2 } else { 4 })?.parse().ok()?;
    match digits.len() {
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        4 | 8 if (1970..2100).contains(&number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, published: Option<&str>) -> Option<String> {
        credit(Path::new(path), published).map(|text| text.ja.into_owned())
    }

    #[test]
    fn names_of_publishers_tell_data_and_year() {
        for (path, said) in [
            ("a/N02-20_Station.geojson", "国土数値情報（鉄道データ）国土交通省 2020年"),
            ("N02-23_GML.zip/UTF-8/N02-23_Station.geojson", "国土数値情報（鉄道データ）国土交通省 2023年"),
            ("A16-20_22_DID.geojson", "国土数値情報（人口集中地区データ）国土交通省 2020年"),
            ("P11-22_22.geojson", "国土数値情報（バス停留所データ）国土交通省 2022年"),
            ("P11-10_22-jgd-g_BusStop.shp", "国土数値情報（バス停留所データ）国土交通省 2010年"),
            ("N03-20230101_22.geojson", "国土数値情報（行政区域データ）国土交通省 2023年"),
            ("N03-21_22_210101_s0010.json", "国土数値情報（行政区域データ）国土交通省 2021年"),
            ("L03-b-21_5238-jgd2011.shp", "国土数値情報（土地利用細分メッシュデータ）国土交通省 2021年"),
            ("A31a-20-23_22_2299990001_10.geojson", "国土数値情報（洪水浸水想定区域データ）国土交通省 2020年"),
            ("tblT001101H5238.txt", "国勢調査（地域メッシュ統計）総務省統計局 2020年"),
        ] {
            assert_eq!(of(path, None).as_deref(), Some(said), "{path}");
        }
        for path in ["did.geojson", "parcels.geojson", "a160_x.shp", "facilities.csv"] {
            assert_eq!(of(path, None), None, "{path}");
        }
    }

    #[test]
    fn attributes_tell_the_data_of_a_file_that_was_renamed_and_not_its_year() {
        assert_eq!(of("did_20.geojson", Some("A16")).as_deref(), Some("国土数値情報（人口集中地区データ）国土交通省"));
        assert_eq!(of("N03-21_22.json", Some("N02 lines")).as_deref(), Some("国土数値情報（鉄道データ）国土交通省"));
        assert_eq!(of("mesh.txt", Some("e-Stat mesh")).as_deref(), Some("国勢調査（地域メッシュ統計）総務省統計局"));
        let census = of("population_mesh_2020_pref22_raw.txt", Some("e-Stat mesh"));
        assert_eq!(census.as_deref(), Some("国勢調査（地域メッシュ統計）総務省統計局 2020年"));
    }
}
