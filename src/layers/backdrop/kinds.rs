//! What is a feature of the backdrop drawn as? What its publication, its tags or its codes say.

use std::path::Path;

use crate::inputs::{Fields, RawFeature};
use crate::layers::{Publication, as_text};
use crate::text::Text;

/// What a feature is drawn as. The order is that in which maps draw: what lies lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Sea, lakes, and rivers that are areas.
    Water,
    /// Buildings 建物.
    Building,
    /// Something that has an outline.
    Line,
    /// Roads 道路.
    Road,
    /// Rivers and canals as lines 河川.
    River,
    /// The coast 海岸線.
    Coast,
    /// Railways 鉄道.
    Railway,
    /// Borders of municipalities and prefectures 行政界.
    Boundary,
}

impl Ground {
    /// All, the lowest first.
    pub const ALL: [Self; 8] =
        [Self::Water, Self::Building, Self::Line, Self::Road, Self::River, Self::Coast, Self::Railway, Self::Boundary];

    /// What `draw` says, and files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Building => "building",
            Self::Line => "line",
            Self::Road => "road",
            Self::River => "river",
            Self::Coast => "coast",
            Self::Railway => "railway",
            Self::Boundary => "boundary",
        }
    }

    /// What legends call it.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Water => Text::new("水面", "water"),
            Self::Building => Text::new("建物", "buildings"),
            Self::Line => Text::new("その他の線", "other lines"),
            Self::Road => Text::new("道路", "roads"),
            Self::River => Text::new("河川", "rivers"),
            Self::Coast => Text::new("海岸線", "coast"),
            Self::Railway => Text::new("鉄道", "railways"),
            Self::Boundary => Text::new("行政界", "municipal boundaries"),
        }
    }

    /// Whether it is filled.
    #[must_use]
    pub fn is_area(self) -> bool {
        matches!(self, Self::Water | Self::Building)
    }

    /// What it is where it is given as lines.
    pub(super) fn of_lines(self) -> Self {
        match self {
            Self::Water => Self::River,
            Self::Building => Self::Line,
            other => other,
        }
    }
}

/// What a feature is drawn as; `None` where it is known and no ground: a footpath, a field.
pub(super) fn drawn(feature: &RawFeature, published: Option<&Publication>, file: &Path) -> Option<Ground> {
    let fields = &feature.fields;
    if let Some(class) = LAND_USE.iter().find_map(|field| text(fields, field)) {
        return of_land_use(&class);
    }
    if let Some(ground) = published.and_then(|publication| publication.draws) {
        return Some(ground);
    }
    match of_tags(fields).or_else(|| of_code(fields)).or_else(|| of_sort(fields)) {
        Said::Drawn(ground) => Some(ground),
        Said::Left => None,
        Said::Nothing => Some(of_name(file).unwrap_or(Ground::Line)),
    }
}

/// What attributes say of a feature.
enum Said {
    Nothing,
    /// It is known, and not drawn.
    Left,
    Drawn(Ground),
}

impl Said {
    fn of(ground: Option<Ground>) -> Self {
        ground.map_or(Self::Left, Self::Drawn)
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::Nothing) { other() } else { self }
    }
}

fn text(fields: &Fields, field: &str) -> Option<String> {
    fields.get(field).and_then(as_text)
}

/// The fields with the class of a mesh of land use, and of the classes those that are water. Source: 国土数値情報 土地利用種別コード.
const LAND_USE: &[&str] = &["L03b_002", "L03b_c"];

fn of_land_use(class: &str) -> Option<Ground> {
    // 河川地及び湖沼, 海水域.
    matches!(class.trim_start_matches('0'), "1100" | "1500").then_some(Ground::Water)
}

/// Roads of which a town is made. Source: OpenStreetMap wiki, Key:highway.
const ROADS: &[&str] =
    &["motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "road"];

/// Running water. Source: OpenStreetMap wiki, Key:waterway.
const STREAMS: &[&str] = &["river", "canal", "stream", "drain", "ditch"];

/// Railways on which somebody rides. Source: OpenStreetMap wiki, Key:railway.
const RAILWAYS: &[&str] = &["rail", "subway", "light_rail", "tram", "monorail", "narrow_gauge", "funicular"];

/// By the tags of OpenStreetMap.
fn of_tags(fields: &Fields) -> Said {
    let tag = |key: &str| text(fields, key).filter(|value| value != "no");
    let is = |key: &str, values: &[&str]| tag(key).is_some_and(|value| values.contains(&value.as_str()));
    if is("natural", &["coastline"]) {
        return Said::Drawn(Ground::Coast);
    }
    let is_water = is("natural", &["water", "bay"]) || is("waterway", &["riverbank", "dock"]);
    if is_water || is("landuse", &["reservoir", "basin"]) {
        return Said::Drawn(Ground::Water);
    }
    if let Some(kind) = tag("waterway") {
        return Said::of(STREAMS.contains(&kind.as_str()).then_some(Ground::River));
    }
    if let Some(kind) = tag("railway") {
        return Said::of(RAILWAYS.contains(&kind.as_str()).then_some(Ground::Railway));
    }
    if let Some(kind) = tag("highway") {
        let kind = kind.strip_suffix("_link").unwrap_or(&kind);
        return Said::of(ROADS.contains(&kind).then_some(Ground::Road));
    }
    if tag("building").is_some() {
        return Said::Drawn(Ground::Building);
    }
    if is("boundary", &["administrative"]) { Said::Drawn(Ground::Boundary) } else { Said::Nothing }
}

/// By the code of a feature of 国土地理院's vector tiles, whose hundreds are its kind. Source: 地理院地図Vector, 地物等一覧.
fn of_code(fields: &Fields) -> Said {
    let code = ["ftCode", "vt_code"].iter().find_map(|field| text(fields, field));
    let Some(code) = code.and_then(|code| code.parse::<u32>().ok()) else { return Said::Nothing };
    match code / 100 {
        12 => Said::Drawn(Ground::Boundary),
        27 => Said::Drawn(Ground::Road),
        28 | 82 => Said::Drawn(Ground::Railway),
        31 => Said::Drawn(Ground::Building),
        50 => Said::Drawn(Ground::Water),
        51 => Said::Drawn(Ground::Coast),
        52 | 53 => Said::Drawn(Ground::River),
        _ => Said::Left,
    }
}

/// What the sorts 種別 of 基盤地図情報 hold, the first that is there.
const SORTS: &[(&str, Ground)] = &[
    ("建物", Ground::Building),
    ("無壁舎", Ground::Building),
    ("鉄道", Ground::Railway),
    ("軌道", Ground::Railway),
    ("道路", Ground::Road),
    ("海岸線", Ground::Coast),
    ("水涯線", Ground::River),
    ("河川", Ground::River),
    ("水部", Ground::Water),
    ("界", Ground::Boundary),
];

/// By the sort of a feature of 基盤地図情報.
fn of_sort(fields: &Fields) -> Said {
    let is_theirs = ["orgGILvl", "lfSpanFr"].iter().any(|field| text(fields, field).is_some());
    let sort = text(fields, "type").filter(|_| is_theirs);
    let found = sort.and_then(|sort| SORTS.iter().find(|(part, _)| sort.contains(part)));
    found.map_or(Said::Nothing, |(_, ground)| Said::Drawn(*ground))
}

/// What all features of a file are drawn as, where its publication or its name says it.
#[must_use]
pub fn ground_of_file(published: &Publication, file: &Path) -> Option<Ground> {
    published.draws.or_else(|| of_name(file))
}

/// By the name of a file of 基盤地図情報: `FG-GML-523836-RailCL-20240401-0001`.
fn of_name(file: &Path) -> Option<Ground> {
    const NAMES: &[(&str, Ground)] = &[
        ("AdmBdry", Ground::Boundary),
        ("AdmArea", Ground::Boundary),
        ("BldA", Ground::Building),
        ("BldL", Ground::Building),
        ("Cstline", Ground::Coast),
        ("RailCL", Ground::Railway),
        ("RdEdg", Ground::Road),
        ("RdCompt", Ground::Road),
        ("WA", Ground::Water),
        ("WL", Ground::River),
        ("WStrL", Ground::River),
    ];
    let stem = file.file_stem()?.to_str()?;
    let mut words = stem.split(['-', '_']);
    words.find_map(|word| NAMES.iter().find(|(name, _)| *name == word)).map(|(_, ground)| *ground)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::layers::recognise;

    fn of(file: &str, fields: &Value) -> Option<&'static str> {
        let fields = fields.as_object().unwrap().clone();
        let published = recognise(Path::new(file), fields.keys().map(String::as_str)).map(|found| found.publication);
        let feature = RawFeature { number: 1, file: 0, geometry: None, fields };
        drawn(&feature, published, Path::new(file)).map(Ground::id)
    }

    #[test]
    fn publications_say_what_their_features_are() {
        for (file, fields, ground) in [
            ("N03-21_22_210101.json", json!({ "N03_007": "22212" }), "boundary"),
            ("a.geojson", json!({ "N02_003": "東海道線", "N02_004": "東海旅客鉄道" }), "railway"),
            (
                "N02-20_Station.geojson",
                json!({ "N02_003": "東海道線", "N02_004": "東海旅客鉄道", "N02_005": "焼津" }),
                "railway",
            ),
            ("W05-07_22-g_Stream.shp", json!({ "W05_001": "850500", "W05_004": "瀬戸川" }), "river"),
            ("C23-06_22-g_Coastline.shp", json!({ "C23_001": "22212" }), "coast"),
            ("N10-20_22.shp", json!({ "N10_001": "1", "N10_002": "国道150号" }), "road"),
            ("A16-20_22_DID.geojson", json!({ "A16_001": "22212", "A16_002": "22212" }), "line"),
            ("L03-b-21_5238.shp", json!({ "L03b_001": "5238", "L03b_002": "1100" }), "water"),
            ("FG-GML-523836-RailCL-20240401-0001.shp", json!({ "fid": "1" }), "railway"),
            ("b.shp", json!({ "type": "普通建物", "orgGILvl": "2500" }), "building"),
            ("市の界.shp", json!({ "FID": 1 }), "line"),
        ] {
            assert_eq!(of(file, &fields), Some(ground), "{file}");
        }
        assert_eq!(of("L03-b-21_5238.shp", &json!({ "L03b_001": "5238", "L03b_002": "0700" })), None);
    }

    #[test]
    fn tags_and_codes_say_it_of_each_feature() {
        for (fields, ground) in [
            (json!({ "highway": "primary_link", "building": null }), Some("road")),
            (json!({ "highway": "footway" }), None),
            (json!({ "railway": "rail", "highway": null }), Some("railway")),
            (json!({ "railway": "platform" }), None),
            (json!({ "waterway": "river" }), Some("river")),
            (json!({ "natural": "coastline" }), Some("coast")),
            (json!({ "natural": "water" }), Some("water")),
            (json!({ "building": "yes" }), Some("building")),
            (json!({ "building": "no" }), Some("line")),
            (json!({ "boundary": "administrative" }), Some("boundary")),
            (json!({ "ftCode": 2701 }), Some("road")),
            (json!({ "ftCode": "5301" }), Some("river")),
            (json!({ "vt_code": 5101 }), Some("coast")),
            (json!({ "ftCode": 7352 }), None),
        ] {
            assert_eq!(of("a.geojson", &fields), ground, "{fields}");
        }
    }
}
