//! What holds for one municipality?

use serde_json::{Value, json};

use super::core_cities::{Ceiling, CoreClass, ceilings, classes_of, themes};
use super::exclusion::{Exclusion, ExclusionList};
use super::existing::Existing;
use super::facilities::{FacilityKind, FacilityZone, facility_zones};
use super::municipalities::Found;
use super::offices::{Office, office_of, source_of_offices};
use super::{Clause, clause};
use crate::text::Text;

/// What holds for one municipality.
#[derive(Debug)]
pub struct About {
    /// The municipality.
    pub found: Found,
    /// Whether the density type is closed to it.
    pub exclusion: Exclusion,
    /// Its classes where it is a core city 中枢中核都市; else none.
    pub classes: Vec<&'static CoreClass>,
    /// The office to ask.
    pub office: Option<&'static Office>,
    /// What stands there already of the kinds of central facilities, where a layer says.
    pub existing: Option<Existing>,
}

/// Puts together what holds for a municipality.
#[must_use]
pub fn about(found: Found, list: Option<&ExclusionList>, existing: Option<Existing>) -> About {
    let code = found.municipality.code.as_str();
    let exclusion = ExclusionList::asked(list, code);
    let (classes, office) = (classes_of(code), office_of(&found.municipality.prefecture));
    About { found, exclusion, classes, office, existing }
}

impl About {
    /// Whether it is a core city.
    #[must_use]
    pub fn is_core_city(&self) -> bool {
        !self.classes.is_empty()
    }

    /// The statement that closes the density type to some.
    #[must_use]
    pub fn exclusion_clause() -> &'static Clause {
        clause("excluded-municipalities")
    }

    /// The statements that say which cities are core cities, and of which class each is.
    #[must_use]
    pub fn core_clauses() -> [&'static Clause; 2] {
        [clause("core-range"), clause("core-classes")]
    }

    /// The statements about hands-on support and where its cases are.
    #[must_use]
    pub fn theme_clauses() -> [&'static Clause; 2] {
        [clause("core-hands-on"), clause("core-links")]
    }

    /// The statements about which facilities a project may build.
    #[must_use]
    pub fn facility_clauses() -> [&'static Clause; 3] {
        [clause("eligible-projects"), clause("grant-core-projects"), clause("health-plans")]
    }

    /// What names the offices and what says whose a prefecture is.
    #[must_use]
    pub fn office_sources() -> (&'static Clause, &'static Text) {
        let (id, areas) = source_of_offices();
        (clause(id), areas)
    }

    /// All of it for programs.
    #[must_use]
    pub fn document(&self) -> Value {
        let one = &self.found.municipality;
        let list = self.exclusion.list.as_ref();
        let (office_clause, areas) = Self::office_sources();
        let ceiling = |ceiling: &Ceiling| {
            let yen = if self.is_core_city() { Some(ceiling.core) } else { ceiling.general };
            json!({
                "id": ceiling.id, "name": ceiling.name.en, "name_ja": ceiling.name.ja, "yen": yen, "is_guide": ceiling.is_guide,
                "clause": ceiling.clause, "source": clause(&ceiling.clause).source().ja,
            })
        };
        let ceilings: Vec<Value> = ceilings().iter().map(ceiling).collect();
        let themes: Vec<Value> = themes()
            .iter()
            .map(|theme| {
                json!({
                    "id": theme.id, "name": theme.name.en, "name_ja": theme.name.ja, "takes": theme.takes.en,
                    "takes_ja": theme.takes.ja, "url": theme.url, "mended": theme.mended.as_ref().map(|text| &text.en),
                    "mended_ja": theme.mended.as_ref().map(|text| &text.ja), "clause": theme.clause,
                    "source": clause(&theme.clause).source().ja,
                })
            })
            .collect();
        json!({
            "municipality": {
                "code": one.code, "code_with_check_digit": one.code_with_check_digit, "prefecture": one.prefecture,
                "name": one.name, "kana": one.kana, "ward": self.found.ward.as_ref().map(|ward| json!({ "code": ward.code, "name": ward.name })),
            },
            "density_type": {
                "is_excluded": self.exclusion.is_excluded, "list": list.map(|list| &list.of.en),
                "list_ja": list.map(|list| &list.of.ja), "clause": Self::exclusion_clause().id,
                "source": Self::exclusion_clause().source().ja,
            },
            "core_city": {
                "is_core_city": self.is_core_city(),
                "classes": self.classes.iter().map(|class| &class.id).collect::<Vec<_>>(),
                "source": Self::core_clauses()[1].source().ja,
            },
            "ceilings": ceilings,
            "themes": themes,
            "facilities": facility_zones().iter().map(|zone| self.of_zone(zone)).collect::<Vec<_>>(),
            "existing": self.existing.as_ref().map(|existing| json!({
                "facilities": existing.facilities, "without_kind": existing.without_kind, "other_words": existing.other_words,
            })),
            "office": self.office.map(|office| json!({
                "name": office.name, "department": office.department, "telephone": office.telephone,
                "source": office_clause.source().ja, "area_source": areas.en, "area_source_ja": areas.ja,
            })),
        })
    }

    /// What may be built in a zone, and what stands there already.
    fn of_zone(&self, zone: &'static FacilityZone) -> Value {
        let counted = self.existing.as_ref().filter(|_| zone.one_of_a_kind.is_some());
        let there = |kind: &FacilityKind| {
            let of_kind = counted.and_then(|existing| existing.kinds.iter().find(|count| count.kind == kind));
            of_kind.map(|count| &count.there)
        };
        let kind = |kind: &'static FacilityKind| {
            json!({
                "name": kind.name, "basis": kind.basis, "mended": kind.mended.as_ref().map(|text| &text.en),
                "mended_ja": kind.mended.as_ref().map(|text| &text.ja), "existing": there(kind),
            })
        };
        let groups: Vec<Value> = zone
            .groups
            .iter()
            .map(|group| {
                json!({
                    "name": group.name.en, "name_ja": group.name.ja, "with_health_plans": group.health_plans,
                    "kinds": group.kinds.iter().map(kind).collect::<Vec<_>>(),
                })
            })
            .collect();
        let asks = |id: &Option<String>| {
            id.as_ref().map(|id| json!({ "clause": id, "says": clause(id).says.en, "says_ja": clause(id).says.ja }))
        };
        json!({
            "zone": zone.id, "name": zone.name.en, "name_ja": zone.name.ja, "type": zone.of_type,
            "is_open": if zone.is_of_density_type() { self.exclusion.is_excluded.map(|is_excluded| !is_excluded) } else { Some(true) },
            "clause": zone.clause, "source": clause(&zone.clause).source().ja,
            "note": zone.note.as_ref().map(|text| &text.en), "note_ja": zone.note.as_ref().map(|text| &text.ja),
            "one_of_a_kind": asks(&zone.one_of_a_kind), "beside": asks(&zone.conditions), "groups": groups,
        })
    }
}
