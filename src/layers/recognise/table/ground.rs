//! What nothing is judged by, and maps are drawn over: 国土数値情報 (国土交通省), 基盤地図情報 and vector tiles (国土地理院),
//! OpenStreetMap.

use super::super::{Publication, Use};
use super::BARE;
use super::ksj::JGD;
use crate::layers::Ground;
use crate::text::Text;

/// Files of prefectures or years.
const DRAWN: Publication = Publication { use_as: Use::Backdrop(0), crs: JGD, in_parts: true, ..BARE };

/// What has been, and may be there no more.
const FORMER: Use = Use::Nothing(&Text::new(
    "判定には使いません。廃止された路線も含みます（地図の背景には `backdrop` に指定できます）。",
    "nothing is judged by it; it holds what was closed as well (`backdrop` draws it under maps)",
));

/// Extracts whose features differ from each other.
const EXTRACT: Publication = Publication {
    use_as: Use::MaybeBackdrop(&Text::new(
        "道路、鉄道、河川などを属性で描き分けますが、どれでもない線も「その他の線」として描きます。中身を確かめてください。",
        "its attributes tell roads, railways and rivers apart, and any other line is drawn too: look at what it holds",
    )),
    in_parts: true,
    ..BARE
};

const OSM: Publication = Publication { id: "OSM", title: &Text::same("OpenStreetMap"), ..EXTRACT };

const TILES: Publication = Publication {
    id: "GSI tiles",
    title: &Text::new("地理院地図Vectorのデータ", "data of 地理院地図Vector"),
    ..EXTRACT
};

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "N05",
        title: &Text::same("国土数値情報 鉄道時系列"),
        names: &["n05-*"],
        fields: &["N05_*"],
        use_as: FORMER,
        draws: Some(Ground::Railway),
        ..DRAWN
    },
    Publication {
        id: "W05",
        title: &Text::same("国土数値情報 河川"),
        names: &["w05-*"],
        fields: &["W05_*"],
        draws: Some(Ground::River),
        ..DRAWN
    },
    Publication {
        id: "W09",
        title: &Text::same("国土数値情報 湖沼"),
        names: &["w09-*"],
        fields: &["W09_*"],
        draws: Some(Ground::Water),
        ..DRAWN
    },
    Publication {
        id: "C23",
        title: &Text::same("国土数値情報 海岸線"),
        names: &["c23-*"],
        fields: &["C23_*"],
        draws: Some(Ground::Coast),
        ..DRAWN
    },
    Publication {
        id: "N01",
        title: &Text::same("国土数値情報 道路"),
        names: &["n01-*"],
        fields: &["N01_*"],
        use_as: Use::Backdrop(3),
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "N06",
        title: &Text::same("国土数値情報 高速道路時系列"),
        names: &["n06-*"],
        fields: &["N06_*"],
        use_as: FORMER,
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "N10",
        title: &Text::same("国土数値情報 緊急輸送道路"),
        names: &["n10-*"],
        fields: &["N10_*"],
        use_as: Use::Backdrop(2),
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "N13",
        title: &Text::same("国土数値情報 道路"),
        names: &["n13-*"],
        fields: &["N13_*"],
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "FG-GML",
        title: &Text::same("基盤地図情報"),
        use_as: Use::Backdrop(1),
        // Sheets that are drawn, and not contours or points.
        names: &[
            "fg-gml-*-admbdry-*",
            "fg-gml-*-admarea-*",
            "fg-gml-*-blda-*",
            "fg-gml-*-bldl-*",
            "fg-gml-*-cstline-*",
            "fg-gml-*-railcl-*",
            "fg-gml-*-rdedg-*",
            "fg-gml-*-rdcompt-*",
            "fg-gml-*-wa-*",
            "fg-gml-*-wl-*",
            "fg-gml-*-wstrl-*",
        ],
        in_parts: true,
        ..BARE
    },
    Publication { fields: &["@id", "highway"], ..OSM },
    Publication { fields: &["@id", "railway"], ..OSM },
    Publication { fields: &["@id", "waterway"], ..OSM },
    Publication { fields: &["@id", "natural"], ..OSM },
    Publication { fields: &["osm_id", "highway"], ..OSM },
    Publication { fields: &["osm_id", "waterway"], ..OSM },
    Publication { fields: &["ftCode"], ..TILES },
    Publication { fields: &["vt_code"], ..TILES },
];
