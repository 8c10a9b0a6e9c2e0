//! Which cities are core cities 中枢中核都市, of which class, and what do they get that others do not?

use std::sync::LazyLock;

use serde::Deserialize;

use super::{built_in, built_in_rows};
use crate::text::Text;

/// One of the five classes of core cities.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoreClass {
    /// A stable name.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// How many cities of it the document prints.
    pub printed: usize,
}

/// A ceiling of the second-generation grant 第2世代交付金, national money in yen.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// A stable name.
    pub id: String,
    /// The statement that says it.
    pub clause: String,
    /// Of what it is.
    pub name: Text,
    /// Of any municipality; `None` where the document says nothing of them.
    pub general: Option<u64>,
    /// Of a core city.
    pub core: u64,
    /// Whether the document calls it a guide 目安.
    pub is_guide: bool,
}

/// A theme of hands-on support ハンズオン支援.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// A stable name.
    pub id: String,
    /// The statement that describes it.
    pub clause: String,
    /// What it is called.
    pub name: Text,
    /// Whom or what it takes.
    pub takes: Text,
    /// Where cases of it are published.
    pub url: String,
    /// What was mended in the text.
    pub mended: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CoreSupport {
    classes: Vec<CoreClass>,
    ceilings: Vec<Ceiling>,
    themes: Vec<Theme>,
}

#[derive(Debug, Deserialize)]
struct City {
    code: String,
    classes: String,
}

static SUPPORT: LazyLock<CoreSupport> =
    LazyLock::new(|| built_in("core_support.toml", include_str!("data/core_support.toml")));
static CITIES: LazyLock<Vec<City>> =
    LazyLock::new(|| built_in_rows("core_cities.csv", include_str!("data/core_cities.csv")));

/// The five classes.
#[must_use]
pub fn core_classes() -> &'static [CoreClass] {
    &SUPPORT.classes
}

/// The ceilings of the grant.
#[must_use]
pub fn ceilings() -> &'static [Ceiling] {
    &SUPPORT.ceilings
}

/// The themes of hands-on support.
#[must_use]
pub fn themes() -> &'static [Theme] {
    &SUPPORT.themes
}

/// The classes of which the municipality of a code is one, where it is a core city; else none.
#[must_use]
pub fn classes_of(code: &str) -> Vec<&'static CoreClass> {
    let city = CITIES.iter().find(|city| city.code == code);
    let is_of = |class: &&CoreClass| city.is_some_and(|city| city.classes.split(' ').any(|id| id == class.id));
    SUPPORT.classes.iter().filter(is_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{clause, find, municipalities};

    #[test]
    fn each_class_has_as_many_cities_as_the_document_prints() {
        for class in core_classes() {
            let cities = municipalities().filter(|city| classes_of(&city.code).contains(&class)).count();
            assert_eq!(cities, class.printed, "{}", class.id);
        }
        assert_eq!(municipalities().filter(|city| !classes_of(&city.code).is_empty()).count(), 82);
        assert_eq!(CITIES.len(), 82);
    }

    #[test]
    fn every_city_is_the_municipality_of_its_name() {
        #[derive(Deserialize)]
        struct Named {
            code: String,
            name: String,
            classes: String,
        }
        let rows: Vec<Named> = built_in_rows("core_cities.csv", include_str!("data/core_cities.csv"));
        for row in rows {
            assert_eq!(find(&row.code).unwrap().municipality.name, row.name);
            assert!(row.classes.split(' ').all(|id| core_classes().iter().any(|class| class.id == id)), "{}", row.name);
        }
    }

    #[test]
    fn what_is_given_has_its_clause() {
        for id in ceilings().iter().map(|one| &one.clause).chain(themes().iter().map(|one| &one.clause)) {
            assert_eq!(clause(id).id, *id);
        }
        assert!(themes().iter().all(|theme| theme.url.starts_with("https://") && !theme.url.contains(' ')));
    }
}
