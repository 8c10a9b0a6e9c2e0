//! The publications that are known. A new one is one entry.
//!
//! Codes and columns: the product specifications of 国土数値情報 (国土交通省) for each code, and the tables of e-Stat
//! (総務省統計局).

use super::super::LayerKey;
use super::{Publication, Use};

/// What most publications leave empty.
const BARE: Publication = Publication {
    id: "",
    title: "",
    use_as: Use::Nothing(""),
    names: &[],
    fields: &[],
    roles: &[],
    classes: None,
    code: None,
    crs: None,
    in_parts: false,
};

/// Longitude and latitude on JGD2000, which the older files of 国土数値情報 are in without saying so. Newer ones are on
/// JGD2011 and say it.
const JGD: Option<&str> = Some("EPSG:4612");

/// Every publication that is recognised; of two that a name fits, the first.
pub const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "N02",
        title: "国土数値情報 鉄道 (駅)",
        use_as: Use::Layer(LayerKey::Stations, 0),
        names: &["n02-*_station*"],
        fields: &["N02_001", "N02_003", "N02_004", "N02_005"],
        roles: &[
            ("name", "N02_005"),
            ("line", "N02_003"),
            ("operator", "N02_004"),
            ("class", "N02_001"),
            ("group", "N02_005g"),
        ],
        crs: JGD,
        ..BARE
    },
    Publication {
        id: "N02 lines",
        title: "国土数値情報 鉄道 (路線)",
        use_as: Use::Nothing("railway lines; the stations are in the file beside it"),
        names: &["n02-*_railroadsection*"],
        fields: &["N02_001", "N02_003", "N02_004"],
        ..BARE
    },
    Publication {
        id: "P11-22",
        title: "国土数値情報 バス停留所 (2022年度)",
        use_as: Use::Layer(LayerKey::Stops, 0),
        names: &["p11-22*"],
        fields: &["P11_001", "P11_002", "P11_003_01"],
        roles: &[("name", "P11_001"), ("operator", "P11_002"), ("line", "P11_003_*")],
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "P11-10",
        title: "国土数値情報 バス停留所 (2010年度)",
        use_as: Use::Layer(LayerKey::Stops, 2),
        names: &["p11-10*"],
        fields: &["P11_001", "P11_002", "P11_003_1", "P11_004_1"],
        // One line a column, and its operator in the column of the same number.
        roles: &[("name", "P11_001"), ("operator", "P11_003_*"), ("line", "P11_004_*")],
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "city's stops",
        title: "バス停留所 of a city or operator",
        use_as: Use::Layer(LayerKey::Stops, 1),
        fields: &["バス停留所", "路線名"],
        roles: &[("name", "バス停留所"), ("line", "路線名")],
        ..BARE
    },
    Publication {
        id: "stops by name",
        title: "バス停留所",
        use_as: Use::Maybe(LayerKey::Stops, "say which of its fields are `name` and `line`"),
        names: &["*停留所*", "*バス停*", "*bus_stop*", "*busstop*"],
        ..BARE
    },
    Publication {
        id: "stations by name",
        title: "鉄道駅",
        use_as: Use::Maybe(LayerKey::Stations, "say which of its fields are `name`, `line` and `operator`"),
        names: &["*鉄道駅*", "*駅", "stations", "station", "*_stations"],
        ..BARE
    },
    Publication {
        id: "N07",
        title: "国土数値情報 バスルート",
        use_as: Use::Nothing("bus routes without stops: they say neither where people board nor in which hour"),
        names: &["n07-*"],
        fields: &["N07_001", "N07_002"],
        ..BARE
    },
    Publication {
        id: "A16",
        title: "国土数値情報 人口集中地区",
        use_as: Use::Layer(LayerKey::Did, 0),
        names: &["a16-*"],
        fields: &["A16_001", "A16_002"],
        code: Some("A16_002"),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat DID",
        title: "e-Stat 人口集中地区境界",
        use_as: Use::Layer(LayerKey::Did, 1),
        names: &["*_did_*", "*人口集中地区*"],
        fields: &["KEN", "CITY", "CLASS", "JINKO"],
        ..BARE
    },
    Publication {
        id: "A50",
        title: "国土数値情報 立地適正化計画区域",
        use_as: Use::Layer(LayerKey::InductionArea, 0),
        names: &["a50-*"],
        fields: &["A50_006"],
        classes: Some(("A50_006", &["3"])),
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "A29",
        title: "国土数値情報 用途地域",
        use_as: Use::Layer(LayerKey::UrbanZone, 1),
        names: &["a29-*"],
        fields: &["A29_001", "A29_004"],
        // 1 to 12 as the law lists them, 21 田園住居地域; 99 is not known.
        classes: Some(("A29_004", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "21"])),
        code: Some("A29_001"),
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "A09",
        title: "国土数値情報 都市地域",
        use_as: Use::Maybe(
            LayerKey::UrbanZone,
            "it holds several kinds of area: choose 市街化区域 with `class` and `classes`",
        ),
        names: &["a09-*"],
        fields: &["A09_*"],
        ..BARE
    },
    Publication {
        id: "A55",
        title: "国土数値情報 都市計画決定情報",
        use_as: Use::Maybe(
            LayerKey::UrbanZone,
            "it holds all plans of a city: name the file with the use zones 用途地域",
        ),
        names: &["a55-*"],
        fields: &["A55_*"],
        ..BARE
    },
    Publication {
        id: "L03-b",
        title: "国土数値情報 土地利用細分メッシュ",
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
        title: "国土数値情報 土地利用細分メッシュ",
        use_as: Use::Layer(LayerKey::PublicLand, 1),
        fields: &["L03b_c"],
        classes: Some(("L03b_c", &["0901", "1003", "1100"])),
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "L03-a",
        title: "国土数値情報 土地利用3次メッシュ",
        use_as: Use::Nothing("land use by 1 km mesh is too coarse for a share of public land"),
        names: &["l03-a*"],
        fields: &["L03a_001"],
        ..BARE
    },
    Publication {
        id: "N03",
        title: "国土数値情報 行政区域",
        use_as: Use::Layer(LayerKey::Municipalities, 0),
        names: &["n03-*"],
        fields: &["N03_007"],
        roles: &[("code", "N03_007")],
        crs: JGD,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "P14",
        title: "国土数値情報 福祉施設",
        use_as: Use::Maybe(LayerKey::Facilities, "choose the kinds that are senior facilities with `where`"),
        names: &["p14-*"],
        fields: &["P14_*"],
        ..BARE
    },
    Publication {
        id: "P04",
        title: "国土数値情報 医療機関",
        use_as: Use::Nothing("medical institutions are no facility of the senior hub zone"),
        names: &["p04-*"],
        fields: &["P04_*"],
        ..BARE
    },
    Publication {
        id: "e-Stat mesh",
        title: "e-Stat 地域メッシュ統計",
        use_as: Use::Layer(LayerKey::Census, 1),
        names: &["tblt*h*", "tblt*q*", "tblt*s*"],
        fields: &["KEY_CODE", "T00*"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat 小地域",
        title: "e-Stat 小地域集計",
        use_as: Use::Layer(LayerKey::Census, 0),
        names: &["tblt*c*"],
        fields: &["KEY_CODE", "HYOSYO", "T00*"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat 小地域 boundaries",
        title: "e-Stat 境界データ 小地域",
        use_as: Use::Boundaries,
        names: &["r2ka*", "h*ka*", "h27ka*"],
        fields: &["KEY_CODE", "HCODE"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat mesh boundaries",
        title: "e-Stat 境界データ 地域メッシュ",
        use_as: Use::Nothing("the shapes of meshes follow from their codes"),
        names: &["mesh0*"],
        fields: &["KEY_CODE", "MESH1_ID"],
        ..BARE
    },
    Publication {
        id: "registry map",
        title: "登記所備付地図 (法務省)",
        use_as: Use::Layer(LayerKey::Parcels, 0),
        fields: &["筆キー", "地番"],
        roles: &[("id", "筆キー")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "lots",
        title: "筆・敷地",
        use_as: Use::Layer(LayerKey::Parcels, 1),
        names: &["*parcel*", "*筆*", "*地番*", "*敷地*", "lots*", "*_lots*"],
        ..BARE
    },
    Publication {
        id: "induction area",
        title: "都市機能誘導区域",
        use_as: Use::Layer(LayerKey::InductionArea, 1),
        names: &["*都市機能誘導区域*"],
        ..BARE
    },
    Publication {
        id: "residence induction",
        title: "居住誘導区域",
        use_as: Use::Nothing("the programme asks for the urban-function induction area 都市機能誘導区域"),
        names: &["*居住誘導区域*"],
        ..BARE
    },
    Publication {
        id: "area division lines",
        title: "市街化区域界",
        use_as: Use::Maybe(LayerKey::UrbanZone, "a border drawn as lines or in parts: look at which side it means"),
        names: &["*市街化区域界*", "*調整区域界*"],
        ..BARE
    },
    Publication {
        id: "controlled area",
        title: "市街化調整区域",
        use_as: Use::Nothing("the programme asks for the area outside it"),
        names: &["*市街化調整区域*"],
        ..BARE
    },
    Publication {
        id: "area division",
        title: "市街化区域",
        use_as: Use::Layer(LayerKey::UrbanZone, 0),
        names: &["*市街化区域*"],
        ..BARE
    },
    Publication {
        id: "use zones",
        title: "用途地域",
        use_as: Use::Layer(LayerKey::UrbanZone, 2),
        names: &[
            "*用途地域*",
            "*低層住居専用地域*",
            "*中高層住居専用地域*",
            "*第一種住居地域*",
            "*第二種住居地域*",
            "*準住居地域*",
            "*田園住居地域*",
            "*商業地域*",
            "*準工業地域*",
            "工業地域*",
            "*_工業地域*",
            "*工業専用地域*",
        ],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "DID",
        title: "人口集中地区",
        use_as: Use::Layer(LayerKey::Did, 2),
        names: &["did", "did_*", "*_did", "*人口集中地区*"],
        ..BARE
    },
    Publication {
        id: "public land",
        title: "公共用地",
        use_as: Use::Layer(LayerKey::PublicLand, 0),
        names: &["*公共用地*", "*public_land*"],
        ..BARE
    },
    Publication {
        id: "land use",
        title: "土地利用現況",
        use_as: Use::Maybe(LayerKey::PublicLand, "choose the classes that are public with `class` and `classes`"),
        names: &["*土地利用*", "*land_use*"],
        ..BARE
    },
    Publication {
        id: "PLATEAU land use",
        title: "PLATEAU 土地利用 (luse)",
        use_as: Use::Maybe(LayerKey::PublicLand, "choose the classes that are public with `class` and `classes`"),
        fields: &["luse_class"],
        ..BARE
    },
    Publication {
        id: "parks",
        title: "公園・緑地",
        use_as: Use::Maybe(LayerKey::PublicLand, "parks alone are not all public land: roads and rivers are missing"),
        names: &["*公園*", "*緑地*"],
        ..BARE
    },
    Publication {
        id: "evaluation units",
        title: "街区・地区",
        use_as: Use::Maybe(LayerKey::Units, "the programme's area may be measured by other units"),
        names: &["*街区*", "*blocks*", "*自治会区域*", "*町丁*"],
        ..BARE
    },
    Publication {
        id: "welfare facilities",
        title: "福祉施設",
        use_as: Use::Maybe(
            LayerKey::Facilities,
            "say with `where` which of them are senior facilities of the same kind",
        ),
        names: &[
            "*福祉*",
            "*welfare*",
            "*高齢者*",
            "*要配慮者*",
            "*yohairyosya*",
            "*介護*",
            "*交流センター*",
            "facilities*",
        ],
        ..BARE
    },
    Publication {
        id: "peaks",
        title: "ピーク時運行本数",
        use_as: Use::Layer(LayerKey::Peaks, 0),
        fields: &["name", "line", "peak_trips"],
        ..BARE
    },
];
