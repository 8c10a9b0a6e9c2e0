//! Which facilities may be built in which zone, and by which law is each what it is?

use std::sync::LazyLock;

use serde::Deserialize;

use super::built_in;
use super::fold::folded;
use crate::text::Text;

/// A kind of facility.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityKind {
    /// Its name.
    pub name: String,
    /// The law by which it is what it is 法的位置づけ.
    pub basis: String,
    /// Other words for it in layers of facilities.
    #[serde(default)]
    also: Vec<String>,
    /// What was mended in the table, whose text is broken.
    pub mended: Option<Text>,
}

/// A group of kinds.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityGroup {
    /// What it is called.
    pub name: Text,
    /// Whether it has to go together with health and child-care plans.
    #[serde(default)]
    pub health_plans: bool,
    /// Its kinds; none where the document names the group alone.
    #[serde(default)]
    pub kinds: Vec<FacilityKind>,
}

/// The facilities of a zone.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityZone {
    /// A stable name.
    pub id: String,
    /// What they are called.
    pub name: Text,
    /// The statement that lists them.
    pub clause: String,
    /// `density` or `senior`: the type of the programme.
    #[serde(rename = "type")]
    pub of_type: String,
    /// The statement that wants no second one of a kind.
    pub one_of_a_kind: Option<String>,
    /// The statement of what has to be built beside.
    pub conditions: Option<String>,
    /// A remark.
    pub note: Option<Text>,
    /// The groups.
    pub groups: Vec<FacilityGroup>,
}

impl FacilityKind {
    /// Whether a word of a layer means this kind.
    pub(super) fn is_called(&self, word: &str) -> bool {
        let word = folded(word);
        std::iter::once(&self.name).chain(&self.also).any(|name| folded(name) == word)
    }
}

impl FacilityZone {
    /// Its kinds, of all groups.
    pub fn kinds(&self) -> impl Iterator<Item = &FacilityKind> {
        self.groups.iter().flat_map(|group| &group.kinds)
    }

    /// Whether it is of the type that some municipalities may not use.
    #[must_use]
    pub fn is_of_density_type(&self) -> bool {
        self.of_type == "density"
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zones {
    zones: Vec<FacilityZone>,
}

static ZONES: LazyLock<Zones> = LazyLock::new(|| built_in("facilities.toml", include_str!("data/facilities.toml")));

/// What may be built, zone by zone.
#[must_use]
pub fn facility_zones() -> &'static [FacilityZone] {
    &ZONES.zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::clause;

    #[test]
    fn every_zone_has_its_clauses_and_a_word_means_one_kind() {
        let ids: Vec<&str> = facility_zones().iter().map(|zone| zone.id.as_str()).collect();
        assert_eq!(ids, ["central", "connected", "local", "senior"]);
        for zone in facility_zones() {
            for id in [Some(&zone.clause), zone.one_of_a_kind.as_ref(), zone.conditions.as_ref()].into_iter().flatten()
            {
                assert_eq!(clause(id).id, *id);
            }
            assert!(matches!(zone.of_type.as_str(), "density" | "senior"), "{}", zone.of_type);
            for kind in zone.kinds() {
                for word in std::iter::once(&kind.name).chain(&kind.also) {
                    assert_eq!(zone.kinds().filter(|one| one.is_called(word)).count(), 1, "{word}");
                }
            }
        }
    }
}
