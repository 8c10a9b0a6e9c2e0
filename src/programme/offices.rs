//! Whom does a municipality ask?

use std::sync::LazyLock;

use serde::Deserialize;

use super::built_in;
use crate::text::Text;

/// A regional office 地方整備局 and the like.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// The department that answers.
    pub department: String,
    /// Its telephone number.
    pub telephone: String,
    /// The prefectures that are its.
    pub prefectures: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offices {
    clause: String,
    areas_source: Text,
    #[serde(rename = "offices")]
    all: Vec<Office>,
}

static OFFICES: LazyLock<Offices> = LazyLock::new(|| built_in("offices.toml", include_str!("data/offices.toml")));

/// The office of a prefecture.
#[must_use]
pub fn office_of(prefecture: &str) -> Option<&'static Office> {
    OFFICES.all.iter().find(|office| office.prefectures.iter().any(|one| one == prefecture))
}

/// Which statement names the offices, and what says whose a prefecture is.
#[must_use]
pub fn source_of_offices() -> (&'static str, &'static Text) {
    (&OFFICES.clause, &OFFICES.areas_source)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::programme::municipalities;

    #[test]
    fn every_prefecture_is_of_one_office() {
        let all: Vec<&String> = OFFICES.all.iter().flat_map(|office| &office.prefectures).collect();
        let there: BTreeSet<&String> = municipalities().map(|one| &one.prefecture).collect();
        assert_eq!(all.iter().copied().collect::<BTreeSet<_>>(), there);
        assert_eq!((all.len(), OFFICES.all.len()), (47, 10));
        for (prefecture, office) in
            [("静岡県", "中部地方整備局"), ("長野県", "関東地方整備局"), ("福井県", "近畿地方整備局")]
        {
            assert_eq!(office_of(prefecture).map(|one| one.name.as_str()), Some(office));
        }
    }
}
