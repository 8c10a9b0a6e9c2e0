//! What a layer is called, and which of its fields mean something.

use super::{Content, OwnLayer, Wanted};
use crate::text::Text;

/// The layers that a study can have. The order is that of `[layers]` in the interface page, and of every list; layers of
/// one's own stand behind the known ones, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKey {
    /// Parcels 筆・敷地: the parcels that are judged.
    Parcels,
    /// Rail and subway stations 鉄道駅.
    Stations,
    /// Bus and tram stops バス・軌道の停留所.
    Stops,
    /// Peak trips by name and line, for stations and stops whose layers do not say.
    Peaks,
    /// Densely inhabited districts 人口集中地区.
    Did,
    /// Land that counts as public 公共用地.
    PublicLand,
    /// Evaluation units of the public-land ratio.
    Units,
    /// Census units with their residents: small areas 小地域 or meshes.
    Census,
    /// 市街化区域, or use zones 用途地域 where there is no area division.
    UrbanZone,
    /// Urban-function induction area 都市機能誘導区域.
    InductionArea,
    /// Existing senior facilities 高齢者交流施設.
    Facilities,
    /// Municipal boundaries 行政区域 with their codes.
    Municipalities,
    /// The planner's own centres of central zones.
    HubCentres,
    /// Central zones that a plan has set 設定した中心拠点区域.
    CentralZones,
    /// Residence induction area 居住誘導区域.
    ResidenceArea,
    /// Buildings 建物 with their floors.
    Buildings,
    /// Areas with the floor-area ratio that is designated 指定容積率.
    FloorAreaRatio,
    /// A layer of one's own.
    Own(OwnLayer),
}

/// A field that means something to kyoten.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// The key in the layer's table of `kyoten.toml`.
    pub key: &'static str,
    /// Field names that are taken for it where neither the project file nor the publication names one, the first that
    /// exists.
    pub usual: &'static [&'static str],
}

/// What there is to know of a layer before a file is seen: one line a known layer, in [`LAYERS`].
#[derive(Debug)]
pub struct LayerKind {
    /// Which layer.
    pub key: LayerKey,
    /// The key in `[layers]`.
    pub name: &'static str,
    /// What its features are called.
    pub title: Text,
    /// Who publishes it, for a reader who lacks it.
    pub published_by: Text,
    /// The fields that mean something.
    pub roles: &'static [Role],
    /// What its features turn into.
    pub content: Content,
    /// What features that the planner expects 見込み of it turn into; `None`: `[prospective]` may not name it. The programme
    /// names a future DID, public land and older residents that will be enough, and an induction area that will be set;
    /// whatever else is planned is a what-if.
    pub expected_as: Option<Content>,
    /// When a study can do without it.
    pub wanted: Wanted,
}

const fn role(key: &'static str, usual: &'static [&'static str]) -> Role {
    Role { key, usual }
}

const NAME: &[&str] = &["name", "名称", "NAME"];

/// Every known layer. The columns of publications stand with them ([`super::publications`]); here are the names that people
/// give.
pub const LAYERS: &[LayerKind] = &[
    LayerKind {
        key: LayerKey::Parcels,
        name: "parcels",
        title: Text::new("筆・敷地", "parcels"),
        published_by: Text::new(
            "市区町村、または法務省の登記所備付地図（G空間情報センター）",
            "the city, or 法務省 登記所備付地図 (G空間情報センター)",
        ),
        roles: &[role("id", &[])],
        content: Content::Parcels,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Stations,
        name: "stations",
        title: Text::new("鉄道駅", "stations"),
        published_by: Text::same("国土数値情報 N02"),
        roles: &[
            role("name", &["name", "駅名", "名称"]),
            role("line", &["line", "路線名"]),
            role("operator", &["operator", "事業者名"]),
            role("class", &[]),
            role("group", &[]),
        ],
        content: Content::Stops,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Stops,
        name: "stops",
        title: Text::new("バス停留所", "bus stops"),
        published_by: Text::same("国土数値情報 P11"),
        roles: &[
            role("name", &["name", "停留所名", "バス停留所", "バス停名", "名称"]),
            role("line", &["line", "路線名", "系統名"]),
            role("operator", &["operator", "事業者名"]),
        ],
        content: Content::Stops,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Peaks,
        name: "peaks",
        title: Text::new("ピーク時運行本数", "peak trips"),
        published_by: Text::new(
            "計画の担当者（name,line,peak_trips のCSV）",
            "the planner: a CSV of name,line,peak_trips",
        ),
        roles: &[
            role("name", &["name"]),
            role("line", &["line"]),
            role("peak_trips", &["peak_trips"]),
            role("daily_trips", &["daily_trips"]),
        ],
        content: Content::PeakTrips,
        expected_as: None,
        wanted: Wanted::Never,
    },
    LayerKind {
        key: LayerKey::Did,
        name: "did",
        title: Text::new("人口集中地区", "densely inhabited districts"),
        published_by: Text::new("国土数値情報 A16、またはe-Stat", "国土数値情報 A16, or e-Stat"),
        roles: &[],
        content: Content::Area,
        expected_as: Some(Content::Area),
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::PublicLand,
        name: "public_land",
        title: Text::new("公共用地", "public land"),
        published_by: Text::new(
            "市区町村の土地利用現況（都市計画基礎調査）、または国土数値情報 L03-b",
            "the city's 土地利用現況 (都市計画基礎調査), or 国土数値情報 L03-b",
        ),
        roles: &[],
        content: Content::Area,
        expected_as: Some(Content::Area),
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Units,
        name: "units",
        title: Text::new("評価単位", "evaluation units"),
        published_by: Text::new("計画の担当者（街区・地区）", "the planner: blocks or districts 街区・地区"),
        roles: &[role("name", NAME)],
        content: Content::Units,
        expected_as: None,
        wanted: Wanted::Never,
    },
    LayerKind {
        key: LayerKey::Census,
        name: "census",
        title: Text::new("国勢調査", "census"),
        published_by: Text::new("e-Statの地域メッシュ統計または小地域集計", "e-Stat: 地域メッシュ統計 or 小地域集計"),
        roles: &[
            role("population", &["population", "pop"]),
            role("seniors", &["seniors", "pop65"]),
            role("code", &["KEY_CODE", "code", "mesh_code", "MESH_ID"]),
        ],
        content: Content::Census,
        expected_as: Some(Content::Area),
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::UrbanZone,
        name: "urban_zone",
        title: Text::new("市街化区域・用途地域", "urbanisation promotion area or use zones"),
        published_by: Text::new("市区町村、または国土数値情報 A09・A29", "the city, or 国土数値情報 A09 / A29"),
        roles: &[],
        content: Content::Area,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::InductionArea,
        name: "induction_area",
        title: Text::new("都市機能誘導区域", "urban-function induction area"),
        published_by: Text::new(
            "市区町村の立地適正化計画、または国土数値情報 A50",
            "the city's 立地適正化計画, or 国土数値情報 A50",
        ),
        roles: &[],
        content: Content::Area,
        expected_as: Some(Content::Area),
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Facilities,
        name: "facilities",
        title: Text::new("高齢者交流施設", "senior facilities"),
        published_by: Text::new("市区町村、または国土数値情報 P14", "the city, or 国土数値情報 P14"),
        roles: &[
            role(
                "name",
                &["name", "名称", "施設名", "施設名称", "*施設名称", "*施設名", "*事業所名", "*事業所名称", "*の名称"],
            ),
            role("kind", &["kind", "種別", "区分", "施設種別"]),
            role("site_area", &["site_area"]),
        ],
        content: Content::Facilities,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Municipalities,
        name: "municipalities",
        title: Text::new("行政区域", "municipalities"),
        published_by: Text::same("国土数値情報 N03"),
        roles: &[role("code", &["code"])],
        content: Content::Municipalities,
        expected_as: None,
        wanted: Wanted::UnlessMunicipalityKnown,
    },
    LayerKind {
        key: LayerKey::HubCentres,
        name: "hub_centres",
        title: Text::new("中心拠点区域の中心", "centres of central zones"),
        published_by: Text::new("計画の担当者（中心拠点区域ごとに1点）", "the planner: a point a central zone"),
        roles: &[role("name", NAME)],
        content: Content::Points,
        expected_as: None,
        wanted: Wanted::Never,
    },
    LayerKind {
        key: LayerKey::CentralZones,
        name: "central_zones",
        title: Text::new("設定した中心拠点区域", "central zones that the plan has set"),
        published_by: Text::new("計画の担当者（計画で設定した区域）", "the planner: the zones that the plan sets"),
        roles: &[],
        content: Content::Area,
        expected_as: None,
        wanted: Wanted::Never,
    },
    LayerKind {
        key: LayerKey::ResidenceArea,
        name: "residence_area",
        title: Text::new("居住誘導区域", "residence induction area"),
        published_by: Text::new(
            "市区町村の立地適正化計画、または国土数値情報 A50",
            "the city's 立地適正化計画, or 国土数値情報 A50",
        ),
        roles: &[],
        content: Content::Area,
        expected_as: None,
        wanted: Wanted::Always,
    },
    LayerKind {
        key: LayerKey::Buildings,
        name: "buildings",
        title: Text::new("建物", "buildings"),
        published_by: Text::new(
            "市区町村の建物利用現況（都市計画基礎調査）、またはPLATEAU",
            "the city's 建物利用現況 (都市計画基礎調査), or PLATEAU",
        ),
        roles: &[
            role(
                "floors",
                &[
                    "floors",
                    "地上階数",
                    "階数",
                    "階数（地上）",
                    "地上階",
                    "storeysAboveGround",
                    "bldg_storeysAboveGround",
                    "bldg:storeysAboveGround",
                    "strysAbvG",
                    "building:levels",
                ],
            ),
            role(
                "floor_area",
                &[
                    "floor_area",
                    "延床面積",
                    "延べ床面積",
                    "延べ面積",
                    "延面積",
                    "totalFloorArea",
                    "uro_totalFloorArea",
                    "uro:totalFloorArea",
                ],
            ),
        ],
        content: Content::Buildings,
        expected_as: None,
        wanted: Wanted::Never,
    },
    LayerKind {
        key: LayerKey::FloorAreaRatio,
        name: "floor_area_ratio",
        title: Text::new("指定容積率", "designated floor-area ratio"),
        published_by: Text::new(
            "市区町村の用途地域、国土数値情報 A29、または都市計画決定GISデータ",
            "the city's 用途地域, 国土数値情報 A29, or 都市計画決定GISデータ",
        ),
        roles: &[role("ratio", &["ratio", "容積率", "指定容積率", "容積率（%）", "容積率(%)", "FAR", "A29_007"])],
        content: Content::Ratios,
        expected_as: None,
        wanted: Wanted::Never,
    },
];

impl LayerKind {
    /// Whether a what-if, `[scenario]`, can add features to it: what is a place by itself, and no unit that others are
    /// counted by.
    #[must_use]
    pub fn can_be_supposed(&self) -> bool {
        matches!(self.content, Content::Area | Content::Stops | Content::Facilities)
    }
}

impl LayerKey {
    /// What there is to know of the layer.
    #[must_use]
    pub fn kind(self) -> &'static LayerKind {
        match self {
            Self::Own(own) => own.kind(),
            known => match LAYERS.iter().find(|kind| kind.key == known) {
                Some(kind) => kind,
                None => unreachable!("{known:?} is not in the list of layers"),
            },
        }
    }

    /// The key in `[layers]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.kind().name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_known_layer_once_and_in_order() {
        assert!(LAYERS.is_sorted_by(|one, next| one.key < next.key));
        assert_eq!(LAYERS.first().map(|kind| kind.key), Some(LayerKey::Parcels));
        assert_eq!(LAYERS.last().map(|kind| kind.key), Some(LayerKey::FloorAreaRatio));
        for kind in LAYERS {
            assert_eq!(kind.key.kind().name, kind.name);
        }
    }

    #[test]
    fn only_what_the_programme_names_may_be_expected() {
        let expected: Vec<&str> =
            LAYERS.iter().filter(|kind| kind.expected_as.is_some()).map(|kind| kind.name).collect();
        assert_eq!(expected, ["did", "public_land", "census", "induction_area"]);
    }
}
