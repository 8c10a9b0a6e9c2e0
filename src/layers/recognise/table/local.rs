//! What cities, operators, the registry offices and planners give, mostly without codes: by names.

use super::super::{Publication, Use, UseZones};
use super::BARE;
use crate::layers::LayerKey;
use crate::text::Text;

/// Why a person has to say so of buildings.
const SAY_FLOORS: &Text = &Text::new(
    "地上階数の属性を `floors`、延床面積（m²）の属性を `floor_area` に指定してください。",
    "say which of its fields are `floors` and `floor_area` (m²)",
);

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "city's stops",
        title: &Text::new("市区町村や事業者のバス停留所", "バス停留所 of a city or operator"),
        use_as: Use::Layer(LayerKey::Stops, 1),
        fields: &["バス停留所", "路線名"],
        roles: &[("name", "バス停留所"), ("line", "路線名")],
        ..BARE
    },
    Publication {
        id: "stops by name",
        title: &Text::same("バス停留所"),
        use_as: Use::Maybe(
            LayerKey::Stops,
            &Text::new(
                "どの属性が `name` と `line` かを指定してください。",
                "say which of its fields are `name` and `line`",
            ),
        ),
        names: &["*停留所*", "*バス停*", "*bus_stop*", "*busstop*"],
        ..BARE
    },
    Publication {
        id: "stations by name",
        title: &Text::same("鉄道駅"),
        use_as: Use::Maybe(
            LayerKey::Stations,
            &Text::new(
                "どの属性が `name`、`line`、`operator` かを指定してください。",
                "say which of its fields are `name`, `line` and `operator`",
            ),
        ),
        names: &["*鉄道駅*", "*駅", "stations", "station", "*_stations"],
        ..BARE
    },
    Publication {
        id: "registry map",
        title: &Text::new("登記所備付地図（法務省）", "登記所備付地図 (法務省)"),
        use_as: Use::Layer(LayerKey::Parcels, 0),
        fields: &["筆キー", "地番"],
        roles: &[("id", "筆キー")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "lots",
        title: &Text::same("筆・敷地"),
        use_as: Use::Layer(LayerKey::Parcels, 1),
        names: &["*parcel*", "*筆*", "*地番*", "*敷地*", "lots*", "*_lots*"],
        ..BARE
    },
    Publication {
        id: "induction area",
        title: &Text::same("都市機能誘導区域"),
        use_as: Use::Layer(LayerKey::InductionArea, 1),
        names: &["*都市機能誘導区域*"],
        ..BARE
    },
    Publication {
        id: "residence induction",
        title: &Text::same("居住誘導区域"),
        use_as: Use::Layer(LayerKey::ResidenceArea, 0),
        names: &["*居住誘導区域*"],
        ..BARE
    },
    Publication {
        id: "central zones of a plan",
        title: &Text::same("中心拠点区域"),
        use_as: Use::Maybe(
            LayerKey::CentralZones,
            &Text::new(
                "計画で設定した区域なら指定してください（検討中の区域は `kyoten assess` で確かめます）。",
                "give it if the plan has set these zones; what is only drawn is for `kyoten assess`",
            ),
        ),
        names: &["*中心拠点区域*"],
        ..BARE
    },
    Publication {
        id: "area division lines",
        title: &Text::same("市街化区域界"),
        use_as: Use::Maybe(
            LayerKey::UrbanZone,
            &Text::new(
                "線や一部分だけで描かれた境界です。どちら側が市街化区域かを確かめてください。",
                "a border drawn as lines or in parts: look at which side it means",
            ),
        ),
        names: &["*市街化区域界*", "*調整区域界*"],
        ..BARE
    },
    Publication {
        id: "controlled area",
        title: &Text::same("市街化調整区域"),
        use_as: Use::Nothing(&Text::new(
            "事業の要件になるのは、その外側の区域です。",
            "the programme asks for the area outside it",
        )),
        names: &["*市街化調整区域*"],
        ..BARE
    },
    Publication {
        id: "area division",
        title: &Text::same("市街化区域"),
        use_as: Use::Layer(LayerKey::UrbanZone, 0),
        names: &["*市街化区域*"],
        ..BARE
    },
    Publication {
        id: "use zones",
        title: &Text::same("用途地域"),
        use_as: Use::Layer(LayerKey::UrbanZone, 3),
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
        use_zones: UseZones::All,
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "DID",
        title: &Text::same("人口集中地区"),
        use_as: Use::Layer(LayerKey::Did, 2),
        names: &["did", "did_*", "*_did", "*人口集中地区*"],
        ..BARE
    },
    Publication {
        id: "public land",
        title: &Text::same("公共用地"),
        use_as: Use::Layer(LayerKey::PublicLand, 0),
        names: &["*公共用地*", "*public_land*"],
        ..BARE
    },
    Publication {
        id: "land use",
        title: &Text::same("土地利用現況"),
        use_as: Use::Maybe(
            LayerKey::PublicLand,
            &Text::new(
                "`class` と `classes` で、公共用地に当たる区分を選んでください。",
                "choose the classes that are public with `class` and `classes`",
            ),
        ),
        names: &["*土地利用*", "*land_use*"],
        ..BARE
    },
    Publication {
        id: "PLATEAU land use",
        title: &Text::new("PLATEAU 土地利用（luse）", "PLATEAU 土地利用 (luse)"),
        use_as: Use::Maybe(
            LayerKey::PublicLand,
            &Text::new(
                "`class` と `classes` で、公共用地に当たる区分を選んでください。",
                "choose the classes that are public with `class` and `classes`",
            ),
        ),
        fields: &["luse_class"],
        ..BARE
    },
    Publication {
        id: "parks",
        title: &Text::same("公園・緑地"),
        use_as: Use::Maybe(
            LayerKey::PublicLand,
            &Text::new(
                "公園だけでは公共用地のすべてになりません。道路や河川が足りません。",
                "parks alone are not all public land: roads and rivers are missing",
            ),
        ),
        names: &["*公園*", "*緑地*"],
        ..BARE
    },
    Publication {
        id: "evaluation units",
        title: &Text::same("街区・地区"),
        use_as: Use::Maybe(
            LayerKey::Units,
            &Text::new(
                "評価単位にするかどうかを決めてください。",
                "the programme's area may be measured by other units",
            ),
        ),
        names: &["*街区*", "*blocks*", "*自治会区域*", "*町丁*"],
        ..BARE
    },
    Publication {
        id: "welfare facilities",
        title: &Text::same("福祉施設"),
        use_as: Use::Maybe(
            LayerKey::Facilities,
            &Text::new(
                "`where` で、同種の高齢者交流施設に当たるものを選んでください。",
                "say with `where` which of them are senior facilities of the same kind",
            ),
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
        id: "PLATEAU buildings",
        title: &Text::new("PLATEAU 建築物（bldg）", "PLATEAU 建築物 (bldg)"),
        use_as: Use::Layer(LayerKey::Buildings, 1),
        names: &["*_bldg_*"],
        fields: &["gml_id", "bldg_*"],
        roles: &[("floors", "bldg_storeysAboveGround"), ("floor_area", "uro_totalFloorArea")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "OSM buildings",
        title: &Text::new("OpenStreetMapの建物", "buildings of OpenStreetMap"),
        use_as: Use::Layer(LayerKey::Buildings, 2),
        fields: &["building", "building:levels"],
        roles: &[("floors", "building:levels")],
        ..BARE
    },
    Publication {
        id: "buildings survey",
        title: &Text::new("建物利用現況（都市計画基礎調査）", "建物利用現況 (都市計画基礎調査)"),
        use_as: Use::Maybe(LayerKey::Buildings, SAY_FLOORS),
        names: &["*建物*", "*建築物*", "*buildings*"],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "floor-area ratios",
        title: &Text::same("容積率"),
        use_as: Use::Maybe(
            LayerKey::FloorAreaRatio,
            &Text::new(
                "容積率（%）の属性を `ratio` に指定してください。",
                "say which of its fields is `ratio`, in per cent",
            ),
        ),
        names: &["*容積率*"],
        ..BARE
    },
    Publication {
        id: "peaks",
        title: &Text::same("ピーク時運行本数"),
        use_as: Use::Layer(LayerKey::Peaks, 0),
        fields: &["name", "line", "peak_trips"],
        ..BARE
    },
];
