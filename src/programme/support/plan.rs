//! What does a planner say of a project?

use std::collections::BTreeMap;

use super::range::Range;
use crate::criteria::{UnusedLand, default_rules};
use crate::programme::{Clause, Found, clause};
use crate::text::Text;

/// Which of the programmes pays, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectKind {
    /// 都市機能立地支援事業: the State to a private firm, beside the municipality.
    Direct,
    /// 都市再構築戦略事業: the municipality builds.
    Grant,
    /// 都市再構築戦略事業 間接交付: the municipality pays a part of what another builds.
    Indirect,
}

impl ProjectKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Grant, Self::Indirect];

    /// The word that stands for it in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Grant => "grant",
            Self::Indirect => "indirect",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Direct => {
                Text::new("都市機能立地支援事業（民間事業者等への直接補助）", "direct subsidy 都市機能立地支援事業")
            }
            Self::Grant => {
                Text::new("都市再構築戦略事業（市町村が実施）", "grant 都市再構築戦略事業, the municipality builds")
            }
            Self::Indirect => Text::new("都市再構築戦略事業（間接交付）", "indirect grant 都市再構築戦略事業 間接交付"),
        }
    }

    /// The statement that tells it from the others.
    #[must_use]
    pub fn clause(self) -> &'static Clause {
        match self {
            Self::Direct => clause("direct-public-property"),
            Self::Grant | Self::Indirect => clause("two-programmes"),
        }
    }
}

/// Which facility is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltFacility {
    /// 中心拠点誘導施設.
    Central,
    /// 連携生活拠点誘導施設.
    Connected,
    /// 生活拠点誘導施設.
    Local,
    /// 高齢者交流拠点誘導施設.
    Senior,
}

impl BuiltFacility {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Central, Self::Connected, Self::Local, Self::Senior];

    /// The word that stands for it in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Connected => "connected",
            Self::Local => "local",
            Self::Senior => "senior",
        }
    }
}

/// Who builds what the municipality pays a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implementer {
    /// 特定非営利活動法人等.
    NonProfit,
    /// Another.
    Other,
}

impl Implementer {
    /// The word that stands for it in a file.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::NonProfit => "npo",
            Self::Other => "other",
        }
    }
}

/// When land is under-used, as the programme's rules have it, by which parcels are measured.
///
/// # Panics
/// Never: a test asks for it.
pub(super) fn unused_land() -> UnusedLand {
    default_rules().unused_land.unwrap_or_else(|| unreachable!("the programme's rules say it"))
}

/// How much of the designated floor-area ratio is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillRate {
    /// Whether so little is that the land is under-used.
    pub is_unused: bool,
    /// The three numbers as they were written: floor area and site area in m², the ratio in per cent.
    pub written: [String; 3],
}

/// Reductions that count on public property, and those that count on private land.
pub(super) const PUBLIC_LAND: [&str; 2] = ["rent_reduction", "sale_reduction"];
pub(super) const PRIVATE_LAND: [&str; 2] = ["property_tax_reduction", "city_planning_tax_reduction"];

/// What a planner says of a project.
#[derive(Debug)]
pub struct Plan {
    /// What it is called.
    pub name: Option<String>,
    /// Which programme.
    pub kind: ProjectKind,
    /// Which facility.
    pub facility: BuiltFacility,
    /// Where.
    pub municipality: Option<Found>,
    /// Who builds, of an indirect grant.
    pub implementer: Option<Implementer>,
    /// Yen behind each key of `[cost]` and `[municipality_part]`.
    pub(super) yen: BTreeMap<&'static str, i128>,
    /// Which of the cases for the multiplier there are.
    pub(super) cases: BTreeMap<&'static str, bool>,
    /// How much of the land is used.
    pub(super) fill_rate: Option<FillRate>,
    /// The plans that raise the rate; `None` where nobody says.
    pub(super) priority_plans: Option<Vec<&'static str>>,
    /// Whether what they ask is met.
    pub(super) priority_plans_met: Option<bool>,
    /// Answers to conditions.
    pub(super) answers: BTreeMap<String, bool>,
}

impl Plan {
    /// An amount; not known where nobody says it.
    pub(super) fn amount(&self, key: &str) -> Range {
        self.yen.get(key).map_or(Range::UNKNOWN, |&yen| Range::exactly(yen))
    }

    /// Whether an amount of the municipality's part is wanted: reductions go with one sort of land or the other.
    pub(super) fn asks_for_part(&self, key: &str) -> bool {
        let given = |keys: [&str; 2]| keys.iter().any(|key| self.yen.contains_key(key));
        match key {
            "rent_reduction" | "sale_reduction" => !given(PRIVATE_LAND),
            "property_tax_reduction" | "city_planning_tax_reduction" => !given(PUBLIC_LAND),
            _ => true,
        }
    }

    /// An amount of the municipality's part: nothing where the land is of the other sort.
    pub(super) fn part(&self, key: &str) -> Range {
        if self.asks_for_part(key) { self.amount(key) } else { Range::ZERO }
    }

    /// What the land costs more since the facility moves into the induction area: where nobody says, up to all land that does not
    /// count otherwise, of which it is a part.
    pub(super) fn land_increase(&self) -> Range {
        self.yen.get("land_increase").map_or(Range::ZERO.to(self.amount("land_other")), |&yen| Range::exactly(yen))
    }

    /// Whether land becomes dearer since a facility moves in; `None` where that is not known.
    pub(super) fn moves_in(&self) -> Option<bool> {
        match self.land_increase() {
            Range { hi: Some(0), .. } => Some(false),
            Range { lo, .. } if lo > 0 => Some(true),
            _ => None,
        }
    }

    /// Whether one of the cases for the multiplier holds; `None` where that is not known.
    pub(super) fn has_a_case(&self) -> Option<bool> {
        let unused = self.fill_rate.as_ref().map(|rate| rate.is_unused);
        let unused = self.cases.get("unused_land").copied().or(unused);
        let others = ["joined_sites", "existing_building", "mixed_use"].map(|key| self.cases.get(key).copied());
        let all: Vec<Option<bool>> = std::iter::once(unused).chain(others).collect();
        if all.contains(&Some(true)) {
            Some(true)
        } else if all.contains(&None) {
            None
        } else {
            Some(false)
        }
    }
}
