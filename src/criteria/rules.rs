//! Which criteria make which zone: data, so that a rule set can be another one without other code.

use std::collections::BTreeMap;

use super::thresholds::Thresholds;
use super::{AsksWhole, Criterion, criterion};
use crate::layers::LayerKey;
use crate::text::Text;
use crate::units::Metres;

/// The zones of the programme, and the site of a senior facility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// 中心拠点区域
    Central,
    /// 生活拠点区域
    Local,
    /// 高齢者交流拠点区域
    Senior,
    /// 高齢者交流拠点誘導施設の敷地
    SeniorSite,
}

impl Zone {
    /// Every zone, in the order of columns and tables.
    pub const ALL: [Self; 4] = [Self::Central, Self::Local, Self::Senior, Self::SeniorSite];

    /// The zones that are regions of the plane; a site is judged by the parcel alone.
    pub const REGIONS: [Self; 3] = [Self::Central, Self::Local, Self::Senior];

    /// The column prefix.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Local => "local",
            Self::Senior => "senior",
            Self::SeniorSite => "senior_site",
        }
    }

    /// The programme's own name, and the name in English.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Central => Text::new("中心拠点区域", "central hub zone"),
            Self::Local => Text::new("生活拠点区域", "local hub zone"),
            Self::Senior => Text::new("高齢者交流拠点区域", "senior hub zone"),
            Self::SeniorSite => Text::new("高齢者交流拠点誘導施設の敷地", "site of a senior facility"),
        }
    }
}

/// A rule set that ships.
#[derive(Debug)]
pub struct RuleSet {
    /// The value of `rules`.
    pub id: &'static str,
    /// The programme and its years.
    pub title: Text,
    /// Criterion ids by zone, in the order of [`Zone::ALL`].
    pub required: [&'static [&'static str]; 4],
    /// Of these, the criteria that a zone must meet as a whole too.
    pub whole: [&'static [&'static str]; 4],
    /// Criteria that a zone does not ask for, and of which outputs say how many of its eligible parcels meet them not.
    pub told: [&'static [&'static str]; 4],
}

/// The rule sets that ship; the first is the default.
pub const RULE_SETS: &[RuleSet] = &[
    RuleSet {
        id: "saikochiku",
        title: Text::new(
            "都市機能立地支援事業・都市再構築戦略事業（2014〜2019年度）",
            "都市機能立地支援事業・都市再構築戦略事業 (2014–2019)",
        ),
        required: [
            &["in-did", "near-frequent-transit", "enough-public-land", "eligible-municipality"],
            &["near-connected-stop", "near-central-hub", "in-urban-zone", "eligible-municipality"],
            &["in-induction-area", "enough-seniors", "near-stop", "enough-public-land"],
            &["in-senior-zone", "large-enough-site", "clear-of-same-kind"],
        ],
        // 公共用地率15%以上 is asked of the 中心拠点区域 itself; of the senior zone 「15%以上の区域内」.
        whole: [&["enough-public-land"], &[], &[], &[]],
        // Facilities of every type are brought into it: 都市機能誘導区域内へ誘導するため.
        told: [&["in-induction-area"], &["in-induction-area"], &[], &[]],
    },
    RuleSet {
        id: "saihenshu",
        title: Text::new(
            "都市構造再編集中支援事業（2020年度〜）：都市機能誘導区域の中か外かで判定し、ほかの数値は参考に示す",
            "都市構造再編集中支援事業 (2020–): inside the induction area; the other numbers are reported",
        ),
        required: [&["in-induction-area"], &["in-induction-area"], &["in-induction-area"], &["in-induction-area"]],
        whole: [&[]; 4],
        told: [&[], &[], &[], &[]],
    },
];

impl RuleSet {
    /// The rule set of a name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        RULE_SETS.iter().find(|set| set.id == id)
    }

    /// The criteria that a zone asks for.
    #[must_use]
    pub fn required(&self, zone: Zone) -> &'static [&'static str] {
        self.required[zone as usize]
    }
}

/// The rules of one run: a rule set, its numbers, and what was set aside.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which criteria make which zone.
    pub set: &'static RuleSet,
    /// The numbers.
    pub thresholds: Thresholds,
    /// Criteria set aside on purpose, each with the planner's reason.
    pub waived: BTreeMap<&'static str, String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { set: &RULE_SETS[0], thresholds: Thresholds::default(), waived: BTreeMap::new() }
    }
}

impl Rules {
    /// The criteria that a zone asks for and that were not set aside.
    pub fn asked(&self, zone: Zone) -> impl Iterator<Item = &'static str> + '_ {
        self.set.required(zone).iter().copied().filter(|id| !self.waived.contains_key(id))
    }

    /// The same as criteria.
    pub fn criteria(&self, zone: Zone) -> impl Iterator<Item = &'static Criterion> + '_ {
        self.asked(zone).filter_map(criterion)
    }

    /// The criteria that outputs tell of a zone although it does not ask for them.
    pub fn told(&self, zone: Zone) -> impl Iterator<Item = &'static Criterion> + '_ {
        self.set.told[zone as usize].iter().filter_map(|id| criterion(id))
    }

    /// The questions that a zone is asked as a whole.
    #[must_use]
    pub fn wholes(&self, zone: Zone) -> Vec<&'static dyn AsksWhole> {
        let is_of_whole = |one: &&Criterion| self.set.whole[zone as usize].contains(&one.id);
        self.criteria(zone).filter(is_of_whole).filter_map(|one| one.kind.whole()).collect()
    }

    /// The other kind of zone to which a zone belongs: it exists only where that one does, whatever is set aside.
    #[must_use]
    pub fn belongs_to(&self, zone: Zone) -> Option<Zone> {
        self.set.required(zone).iter().filter_map(|id| criterion(id)).find_map(Criterion::zone_that_it_belongs_to)
    }

    /// Whether any criterion looks at a zone.
    #[must_use]
    pub fn is_looked_at(&self, zone: Zone) -> bool {
        super::CATALOGUE.iter().any(|criterion| criterion.kind.zone() == Some(zone))
    }

    /// Whether any zone asks for a criterion.
    #[must_use]
    pub fn asks_for(&self, criterion: &Criterion) -> bool {
        Zone::ALL.into_iter().any(|zone| self.asked(zone).any(|id| id == criterion.id))
    }

    /// How far from a parcel a feature of a layer can lie and still matter to it: by the criteria that the layer settles,
    /// and where these make a zone that others look at, as far beyond as those reach.
    #[must_use]
    pub fn reach_of(&self, layer: LayerKey) -> Metres {
        let of_zone = |zone: Zone| {
            let looking = super::CATALOGUE.iter().filter(move |criterion| criterion.kind.zone() == Some(zone));
            looking.map(|criterion| criterion.reach(&self.thresholds).0).fold(0.0, f64::max)
        };
        let of_criterion = |criterion: &Criterion| {
            let makes = Zone::ALL.into_iter().filter(|&zone| self.set.required(zone).contains(&criterion.id));
            criterion.reach(&self.thresholds).0 + makes.map(of_zone).fold(0.0, f64::max)
        };
        Metres(super::of_layer(layer).map(of_criterion).fold(0.0, f64::max))
    }
}
