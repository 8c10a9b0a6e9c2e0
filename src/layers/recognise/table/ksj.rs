//! 国土数値情報 (国土交通省): columns and codes as its product specifications have them.

use super::super::{Publication, Use, UseZones};
use super::BARE;
use crate::layers::{Ground, LayerKey};
use crate::text::Text;

/// Longitude and latitude on JGD2000, which the older files are in without saying so. Newer ones are on JGD2011 and say
/// it.
pub(super) const JGD: Option<&str> = Some("EPSG:4612");

/// The names of A09; in its archive there is one file a municipality, 34207_福山市.shp.
const URBAN_AREAS: &[&str] = &["a09-*", "[0-9][0-9][0-9][0-9][0-9]_*[市町村区]"];

/// The areas of the land-use master plans 土地利用基本計画, which number their layers in another way than today's A09.
const LAND_USE_PLAN: Publication = Publication {
    id: "A09 of plans",
    title: &Text::same("国土数値情報 土地利用基本計画の地域"),
    use_as: Use::Maybe(
        LayerKey::UrbanZone,
        &Text::new(
            "都市地域なら、2（市街化区域）と4（その他用途地域）を使います。農業地域や自然公園地域などは使えません。",
            "if these are 都市地域, 2 (市街化区域) and 4 (その他用途地域) count; farmland, parks and the like are no urban zone",
        ),
    ),
    names: URBAN_AREAS,
    // 01 都市地域, 02 市街化区域, 03 市街化調整区域, 04 その他用途地域, 05 農業地域 and so on.
    use_zones: UseZones::Outside(&["4"]),
    crs: JGD,
    in_parts: true,
    ..BARE
};

/// The classes of 用途地域 that are use zones.
const USE_ZONES_OF_A29: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "21"];

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "N02",
        title: &Text::new("国土数値情報 鉄道（駅）", "国土数値情報 鉄道 (駅)"),
        use_as: Use::Layer(LayerKey::Stations, 0),
        names: &["n02-*_station*"],
        fields: &["N02_003", "N02_004", "N02_005"],
        roles: &[
            ("name", "N02_005"),
            ("line", "N02_003"),
            ("operator", "N02_004"),
            ("class", "N02_001"),
            ("group", "N02_005g"),
        ],
        crs: JGD,
        draws: Some(Ground::Railway),
        ..BARE
    },
    Publication {
        id: "N02 lines",
        title: &Text::new("国土数値情報 鉄道（路線）", "国土数値情報 鉄道 (路線)"),
        use_as: Use::Backdrop(0),
        names: &["n02-*_railroadsection*"],
        fields: &["N02_003", "N02_004"],
        crs: JGD,
        draws: Some(Ground::Railway),
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "P11-22",
        title: &Text::new("国土数値情報 バス停留所（2022年度）", "国土数値情報 バス停留所 (2022年度)"),
        use_as: Use::Layer(LayerKey::Stops, 0),
        names: &["p11-22*"],
        fields: &["P11_001", "P11_003_01"],
        roles: &[("name", "P11_001"), ("operator", "P11_002"), ("line", "P11_003_*")],
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "P11-10",
        title: &Text::new("国土数値情報 バス停留所（2010年度）", "国土数値情報 バス停留所 (2010年度)"),
        use_as: Use::Layer(LayerKey::Stops, 2),
        names: &["p11-10*"],
        fields: &["P11_001", "P11_003_1", "P11_004_1"],
        // One line a column, and its operator in the column of the same number.
        roles: &[("name", "P11_001"), ("operator", "P11_003_*"), ("line", "P11_004_*")],
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "N07",
        title: &Text::same("国土数値情報 バスルート"),
        use_as: Use::Nothing(&Text::new(
            "停留所のないバスルートです。どこで何時に乗れるかが分かりません。",
            "bus routes without stops: they say neither where people board nor in which hour",
        )),
        names: &["n07-*"],
        fields: &["N07_001", "N07_002"],
        ..BARE
    },
    Publication {
        id: "A16",
        title: &Text::same("国土数値情報 人口集中地区"),
        use_as: Use::Layer(LayerKey::Did, 0),
        names: &["a16-*"],
        fields: &["A16_001", "A16_002"],
        code: Some("A16_002"),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "A50",
        title: &Text::same("国土数値情報 立地適正化計画区域"),
        use_as: Use::Layer(LayerKey::InductionArea, 0),
        names: &["a50-*"],
        fields: &["A50_006"],
        // 1 is the area of the plan, 2 the residence induction area, 3 the urban-function induction area.
        classes: Some(("A50_006", &["3"])),
        fills: &[(LayerKey::ResidenceArea, &["2"])],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "A29",
        title: &Text::same("国土数値情報 用途地域"),
        use_as: Use::Layer(LayerKey::UrbanZone, 2),
        names: &["a29-*"],
        fields: &["A29_001", "A29_004"],
        // 1 to 12 as the law lists them, 21 田園住居地域; 99 is not known.
        classes: Some(("A29_004", USE_ZONES_OF_A29)),
        // The ratio that is designated with a use zone 容積率, in per cent.
        roles: &[("ratio", "A29_007")],
        fills: &[(LayerKey::FloorAreaRatio, USE_ZONES_OF_A29)],
        use_zones: UseZones::All,
        code: Some("A29_001"),
        crs: JGD,
        in_parts: true,
        draws: None,
    },
    Publication {
        id: "A09",
        title: &Text::same("国土数値情報 都市地域"),
        use_as: Use::Layer(LayerKey::UrbanZone, 1),
        names: URBAN_AREAS,
        fields: &["prefec_cd", "layer_no"],
        // 1 市街化区域, 2 市街化調整区域, 3 use zones where no division is drawn, 4 no use zone there.
        classes: Some(("layer_no", &["1", "3"])),
        use_zones: UseZones::Outside(&["3"]),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "A09-06",
        title: &Text::new("国土数値情報 都市地域（2006年度）", "国土数値情報 都市地域 (2006年度)"),
        use_as: Use::Maybe(
            LayerKey::UrbanZone,
            &Text::new(
                "古い区域です。`A09_003` の2（市街化区域）と4（その他用途地域）を使います。今の区域と同じか確かめてください。",
                "areas of long ago, of which `A09_003` 2 (市街化区域) and 4 (その他用途地域) count: see whether they still hold",
            ),
        ),
        fields: &["A09_001", "A09_003"],
        // 1 都市地域, 2 市街化区域, 3 市街化調整区域, 4 その他用途地域.
        classes: Some(("A09_003", &["2", "4"])),
        use_zones: UseZones::Outside(&["4"]),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        fields: &["prefec_cd", "layer_no", "thema_no"],
        classes: Some(("layer_no", &["2", "4"])),
        ..LAND_USE_PLAN
    },
    Publication {
        fields: &["PREFEC_CD", "LAYER_NO", "THEMA_NO"],
        classes: Some(("LAYER_NO", &["2", "4"])),
        ..LAND_USE_PLAN
    },
    Publication {
        id: "A55",
        title: &Text::same("国土数値情報 都市計画決定情報"),
        use_as: Use::Maybe(
            LayerKey::UrbanZone,
            &Text::new(
                "市の都市計画がすべて入っています。用途地域のファイルを指定してください。",
                "it holds all plans of a city: name the file with the use zones 用途地域",
            ),
        ),
        names: &["a55-*"],
        fields: &["A55_*"],
        ..BARE
    },
    Publication {
        id: "A55 youto",
        title: &Text::new("国土交通省 都市計画決定GISデータ 用途地域", "国土交通省 都市計画決定GISデータ (用途地域)"),
        use_as: Use::Layer(LayerKey::FloorAreaRatio, 1),
        names: &["*_youto"],
        fields: &["YoutoCode", "FAR"],
        roles: &[("ratio", "FAR")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "L03-b",
        title: &Text::same("国土数値情報 土地利用細分メッシュ"),
        use_as: Use::Layer(LayerKey::PublicLand, 1),
        names: &["l03-b*"],
        fields: &["L03b_001", "L03b_002"],
        // Roads, parks and greens, rivers and lakes.
        classes: Some(("L03b_002", &["0901", "1003", "1100"])),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "L03-b (c)",
        title: &Text::same("国土数値情報 土地利用細分メッシュ"),
        use_as: Use::Layer(LayerKey::PublicLand, 1),
        fields: &["L03b_c"],
        classes: Some(("L03b_c", &["0901", "1003", "1100"])),
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "L03-a",
        title: &Text::same("国土数値情報 土地利用3次メッシュ"),
        use_as: Use::Nothing(&Text::new(
            "1kmメッシュの土地利用は、公共用地率を求めるには粗すぎます。",
            "land use by 1 km mesh is too coarse for a share of public land",
        )),
        names: &["l03-a*"],
        fields: &["L03a_001"],
        ..BARE
    },
    Publication {
        id: "N03",
        title: &Text::same("国土数値情報 行政区域"),
        use_as: Use::Layer(LayerKey::Municipalities, 0),
        names: &["n03-*"],
        fields: &["N03_007"],
        roles: &[("code", "N03_007")],
        crs: JGD,
        in_parts: true,
        draws: Some(Ground::Boundary),
        ..BARE
    },
    Publication {
        id: "P14",
        title: &Text::same("国土数値情報 福祉施設"),
        use_as: Use::Maybe(
            LayerKey::Facilities,
            &Text::new(
                "`where` で、高齢者交流施設に当たる種別を選んでください。",
                "choose the kinds that are senior facilities with `where`",
            ),
        ),
        names: &["p14-*"],
        fields: &["P14_*"],
        ..BARE
    },
    Publication {
        id: "P04",
        title: &Text::same("国土数値情報 医療機関"),
        use_as: Use::Nothing(&Text::new(
            "医療機関は、高齢者交流拠点区域の施設ではありません。",
            "medical institutions are no facility of the senior hub zone",
        )),
        names: &["p04-*"],
        fields: &["P04_*"],
        ..BARE
    },
];
