//! `municipality`: in a municipality that a list does not leave out.

use serde_json::{Value, json};

use crate::criteria::{Asks, AsksRegion, Context, Kind};
use crate::geometry::Shapes;
use crate::layers::wards::is_among;
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
        let list = context.excluded_municipalities;
        let (mut may, mut may_not, mut open) = (Vec::<&Shapes>::new(), Vec::<&Shapes>::new(), Vec::<&Shapes>::new());
        for municipality in context.city.municipalities().unwrap_or_default() {
            let side = match is_among(&municipality.code, list) {
                Some(false) => &mut may,
                Some(true) => &mut may_not,
                None => &mut open,
            };
            side.push(&municipality.shapes);
        }
        // Boundaries decide for what they cover, the project's code for the rest; without one, nothing is known of it.
        let (may, may_not, open) = (Region::union_of(&may), Region::union_of(&may_not), Region::union_of(&open));
        let (perhaps, perhaps_not) = (may.union(&open), may_not.union(&open));
        let sure = || may.minus(&perhaps_not);
        // Where boundaries overlap, neither is sure.
        let possible = || may_not.minus(&perhaps).complement();
        match context.city.municipality.as_deref().and_then(|code| is_among(code, list)) {
            Some(false) => Known::between(perhaps_not.complement(), possible()),
            Some(true) => Known::between(sure(), perhaps),
            None => Known::between(sure(), possible()),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wards_fold_into_their_city() {
        let excluded = excluded_by_default();
        for code in ["14101", "14118", "14131", "14137", "27128", "27147", "13100", "13101", "13123", "12106"] {
            assert_eq!(is_among(code, &excluded), Some(true), "{code}");
        }
        for code in ["22101", "22131", "14201", "13201", "01101", "40131", "12202"] {
            assert_eq!(is_among(code, &excluded), Some(false), "{code}");
        }
        let of_hamamatsu = |code: &str| is_among(code, &["22130".to_owned()]) == Some(true);
        assert!(of_hamamatsu("22131") && of_hamamatsu("22138") && of_hamamatsu("22140") && !of_hamamatsu("22101"));
    }

    #[test]
    fn the_code_of_all_special_wards_stands_for_each_of_them() {
        let excluded = ["13100".to_owned()];
        for code in ["13100", "13101", "13123"] {
            assert_eq!(is_among(code, &excluded), Some(true), "{code}");
        }
        assert_eq!(is_among("13201", &excluded), Some(false));
        assert_eq!(is_among("13100", &["13101".to_owned()]), None);
    }
}
