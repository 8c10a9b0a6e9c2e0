//! `eligible-municipality`: not a designated city 政令市 of the three metropolitan areas, nor a special ward.

use super::{Asks, Criterion, Ground, Needs};
use crate::geometry::Shapes;
use crate::layers::LayerKey;
use crate::layers::wards::belongs_to;
use crate::regions::{Known, Region};

/// The criterion.
pub static ELIGIBLE_MUNICIPALITY: Criterion = Criterion {
    id: "eligible-municipality",
    name: ("対象市町村", "in a municipality that may apply"),
    rule: (
        "三大都市圏の政令市・特別区でない市町村にある",
        "in a municipality that is neither a designated city of the three metropolitan areas nor a special ward",
    ),
    doc: include_str!("eligible_municipality.md"),
    source: "交付対象事業一覧「三大都市圏の政令市及び特別区では実施できません」",
    thresholds: &[],
    measures: &[],
    layers: &[LayerKey::Municipalities],
    settled_by: ("市区町村コード `municipality`", "`municipality`, the code of the municipality"),
    needs: Needs::Layers,
    asks: Asks::Place(place),
};

/// Designated cities of the three metropolitan areas 三大都市圏の政令市, as the law on large cities is usually read:
/// さいたま, 千葉, 横浜, 川崎, 相模原, 名古屋, 京都, 大阪, 堺, 神戸. The 23 special wards are [`SPECIAL_WARDS`].
pub const EXCLUDED_CITIES: &[&str] =
    &["11100", "12100", "14100", "14130", "14150", "23100", "26100", "27100", "27140", "28100"];

/// The codes of the special wards 特別区.
pub const SPECIAL_WARDS: std::ops::RangeInclusive<u32> = 13101..=13123;

/// The municipalities left out by default, cities then wards.
#[must_use]
pub fn excluded_by_default() -> Vec<String> {
    EXCLUDED_CITIES.iter().map(|&code| code.to_owned()).chain(SPECIAL_WARDS.map(|code| code.to_string())).collect()
}

/// Whether a code, a city's or one of its wards' 行政区, is in the list.
#[must_use]
pub fn is_excluded(code: &str, excluded: &[String]) -> bool {
    excluded.iter().any(|city| belongs_to(code, city))
}

fn place(ground: &Ground<'_>) -> Known {
    if let Some(code) = &ground.city.municipality {
        let excluded = is_excluded(code, ground.excluded_municipalities);
        return Known::exactly(if excluded { Region::nothing() } else { Region::everything() });
    }
    let Some(municipalities) = &ground.city.municipalities else {
        return Known::unknown();
    };
    let (mut may, mut may_not) = (Vec::<&Shapes>::new(), Vec::<&Shapes>::new());
    for municipality in municipalities {
        let side =
            if is_excluded(&municipality.code, ground.excluded_municipalities) { &mut may_not } else { &mut may };
        side.push(&municipality.shapes);
    }
    // Outside the municipalities given, nothing is known.
    Known::between(Region::union_of(&may), Region::union_of(&may_not).complement())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wards_fold_into_their_city() {
        let excluded = excluded_by_default();
        for code in ["14101", "14118", "14131", "14137", "27128", "27147", "13101", "13123", "12106"] {
            assert!(is_excluded(code, &excluded), "{code}");
        }
        for code in ["22101", "22131", "14201", "13201", "01101", "40131", "12202"] {
            assert!(!is_excluded(code, &excluded), "{code}");
        }
        let of_hamamatsu = |code: &str| is_excluded(code, &["22130".to_owned()]);
        assert!(of_hamamatsu("22131") && of_hamamatsu("22138") && of_hamamatsu("22140") && !of_hamamatsu("22101"));
    }
}
