//! `municipality`: in a municipality of a list, or in one that a list leaves out.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::{Asks, AsksRegion, Context, Kind};
use crate::geometry::Shapes;
use crate::layers::LayerKey;
use crate::layers::municipality_code;
use crate::layers::wards::is_among;
use crate::regions::{Known, Region};
use crate::settings::{Entry, Fault};
use crate::text::Text;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "municipality",
    keys: &["in", "not_in"],
    read: |table, _| {
        let wanted = Text::new("市区町村コードの一覧", "a list of codes of municipalities");
        let list = |key: &str| table.get(key).map(|entry| codes(&entry, &wanted));
        match (list("in"), list("not_in")) {
            (Some(list), None) => Some(Box::new(InMunicipality { list: list?, is_in: true })),
            (None, Some(list)) => Some(Box::new(InMunicipality { list: list?, is_in: false })),
            (Some(_), Some(_)) => {
                table.get("not_in")?.fault(Fault::NotBoth { other: "in" });
                None
            }
            (None, None) => {
                table.missing("in", wanted);
                None
            }
        }
    },
};

/// Codes of municipalities, each with or without its check digit.
fn codes(entry: &Entry<'_>, wanted: &Text) -> Option<Vec<String>> {
    entry.texts(wanted.clone())?;
    let code = |item: Entry<'_>| {
        let text = item.as_text()?;
        let code = municipality_code(text).ok();
        if code.is_none() {
            item.wrong(wanted.clone());
        }
        code
    };
    entry.items().into_iter().map(code).collect()
}

/// In a municipality that a list has, or that it has not.
#[derive(Debug)]
pub struct InMunicipality {
    /// Five-digit codes. A designated city's stands for its wards, 13100 for all special wards.
    pub list: Vec<String>,
    /// Whether those on the list are meant, or all others. The planner may name others to be left out
    /// ([`Context::excluded_municipalities`]).
    pub is_in: bool,
}

impl Kind for InMunicipality {
    fn id(&self) -> &'static str {
        "municipality"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        vec![LayerKey::Municipalities]
    }

    fn is_of_municipality(&self) -> bool {
        true
    }

    fn parameters(&self) -> Value {
        json!({ "list": self.list, "is_in": self.is_in })
    }
}

impl AsksRegion for InMunicipality {
    fn region(&self, context: &Context<'_>) -> Known {
        let list = if self.is_in { &self.list } else { context.excluded_municipalities.unwrap_or(&self.list) };
        let is_meant = |code: &str| is_among(code, list).map(|is_among| is_among == self.is_in);
        let (mut may, mut may_not, mut open) = (Vec::<&Shapes>::new(), Vec::<&Shapes>::new(), Vec::<&Shapes>::new());
        for municipality in context.city.municipalities().unwrap_or_default() {
            let side = match is_meant(&municipality.code) {
                Some(true) => &mut may,
                Some(false) => &mut may_not,
                None => &mut open,
            };
            side.push(&municipality.shapes);
        }
        open.extend(context.city.doubtful(LayerKey::Municipalities));
        // Land that no boundary covers may be of one that is lost.
        let rest = context.city.municipality.as_deref().filter(|_| !context.city.lacks(LayerKey::Municipalities));
        // Boundaries decide for what they cover, the project's code for the rest; without one, nothing is known of it.
        let (may, may_not, open) = (Region::union_of(&may), Region::union_of(&may_not), Region::union_of(&open));
        let (perhaps, perhaps_not) = (may.union(&open), may_not.union(&open));
        let sure = || may.minus(&perhaps_not);
        // Where boundaries overlap, neither is sure.
        let possible = || may_not.minus(&perhaps).complement();
        match rest.and_then(is_meant) {
            Some(true) => Known::between(perhaps_not.complement(), possible()),
            Some(false) => Known::between(sure(), perhaps),
            None => Known::between(sure(), possible()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wards_fold_into_their_city() {
        let cities = ["11100", "12100", "14100", "14130", "14150", "23100", "26100", "27100", "27140", "28100"];
        let wards = (13101..=13123).map(|code: u32| code.to_string());
        let excluded: Vec<String> = cities.map(str::to_owned).into_iter().chain(wards).collect();
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
