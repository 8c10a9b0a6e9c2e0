//! 国土数値情報 (国土交通省) that nothing is judged by, and that maps are drawn over.

use super::super::{Publication, Use};
use super::BARE;
use super::ksj::JGD;
use crate::layers::Ground;
use crate::text::Text;

/// What of it is not drawn is nothing.
const DRAWN: Publication = Publication {
    use_as: Use::Nothing(&Text::new(
        "判定には使いません。地図の背景には `backdrop` に指定できます。",
        "nothing is judged by it; `backdrop` draws it under maps",
    )),
    crs: JGD,
    in_parts: true,
    ..BARE
};

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "N05",
        title: &Text::same("国土数値情報 鉄道時系列"),
        names: &["n05-*"],
        fields: &["N05_*"],
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
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "N06",
        title: &Text::same("国土数値情報 高速道路時系列"),
        names: &["n06-*"],
        fields: &["N06_*"],
        draws: Some(Ground::Road),
        ..DRAWN
    },
    Publication {
        id: "N10",
        title: &Text::same("国土数値情報 緊急輸送道路"),
        names: &["n10-*"],
        fields: &["N10_*"],
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
];
