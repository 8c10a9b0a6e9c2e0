//! e-Stat (総務省統計局): the census's tables, their boundaries, and the densely inhabited districts.

use super::super::{Publication, Use};
use super::BARE;
use crate::layers::LayerKey;
use crate::text::Text;

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "e-Stat DID",
        title: &Text::same("e-Stat 人口集中地区境界"),
        use_as: Use::Layer(LayerKey::Did, 1),
        names: &["*_did_*", "*人口集中地区*"],
        fields: &["KEN", "CITY", "CLASS", "JINKO"],
        ..BARE
    },
    Publication {
        id: "e-Stat mesh",
        title: &Text::same("e-Stat 地域メッシュ統計"),
        use_as: Use::Layer(LayerKey::Census, 1),
        names: &["tblt*h*", "tblt*q*", "tblt*s*"],
        fields: &["KEY_CODE", "T00*"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat 小地域",
        title: &Text::same("e-Stat 小地域集計"),
        use_as: Use::Layer(LayerKey::Census, 0),
        names: &["tblt*c*"],
        fields: &["KEY_CODE", "HYOSYO", "T00*"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat 小地域 boundaries",
        title: &Text::same("e-Stat 境界データ 小地域"),
        use_as: Use::Boundaries,
        names: &["r2ka*", "h*ka*", "h27ka*"],
        fields: &["KEY_CODE", "HCODE"],
        roles: &[("code", "KEY_CODE")],
        in_parts: true,
        ..BARE
    },
    Publication {
        id: "e-Stat database",
        title: &Text::same("e-Stat データベースの表"),
        use_as: Use::Nothing(&Text::new(
            "市区町村などを単位とする表です。年齢別人口は、地域メッシュ統計か小地域集計（e-Stat「統計地理情報システム」）を使います。",
            "it counts by municipality or the like: what is asked for are residents by mesh or small area (e-Stat, 統計地理情報システム)",
        )),
        names: &["feh_*"],
        fields: &["area_code", "time_code", "tab_code"],
        ..BARE
    },
    Publication {
        id: "e-Stat mesh boundaries",
        title: &Text::same("e-Stat 境界データ 地域メッシュ"),
        use_as: Use::Nothing(&Text::new(
            "メッシュの形はコードから分かるので、使いません。",
            "the shapes of meshes follow from their codes",
        )),
        names: &["mesh0*"],
        fields: &["KEY_CODE", "MESH1_ID"],
        ..BARE
    },
];
