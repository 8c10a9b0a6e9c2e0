//! `municipality`: in a municipality that a list does not leave out.

use serde_json::{Value, json};

use crate::criteria::{Asks, AsksRegion, Context, Kind};
use crate::geometry::Shapes;
use crate::layers::wards::belongs_to;
use crate::regions::{Known, Region};

/// In a municipality that is not on the list of those left out ([`Context::excluded_municipalities`]).
#[derive(Debug)]
pub struct InMunicipality;

impl Kind for InMunicipality {
    fn id(&self) -> &'static str {
        "municipality"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn is_of_municipality(&self) -> bool {
        true
    }

    fn parameters(&self) -> Value {
        json!({})
    }
}

impl AsksRegion for InMunicipality {
    fn region(&self, context: &Context<'_>) -> Known {
        let is_left_out = |code: &str| is_excluded(code, context.excluded_municipalities);
        if let Some(code) = &context.city.municipality {
            return Known::exactly(if is_left_out(code) { Region::nothing() } else { Region::everything() });
        }
        let Some(municipalities) = context.city.municipalities() else {
            return Known::unknown();
        };
        let (mut may, mut may_not) = (Vec::<&Shapes>::new(), Vec::<&Shapes>::new());
        for municipality in municipalities {
            let side = if is_left_out(&municipality.code) { &mut may_not } else { &mut may };
            side.push(&municipality.shapes);
        }
        // Outside the municipalities given, nothing is known.
        Known::between(Region::union_of(&may), Region::union_of(&may_not).complement())
    }
}

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
