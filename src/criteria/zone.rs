//! What is a zone? What a rule set says of it, and the handle by which everything else names it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use crate::layers::LayerKey;
use crate::text::Text;

/// What a rule set says of a zone.
#[derive(Debug)]
pub struct ZoneRule {
    /// Its id: the prefix of its columns.
    pub id: &'static str,
    /// The programme's own name, and the name in English.
    pub name: Text,
    /// What it asks for, all of it: each a criterion, or several any of which serves.
    pub all_of: Vec<Vec<&'static str>>,
    /// Of these, the criteria that it must meet as a whole too.
    pub as_a_whole: Vec<&'static str>,
    /// Criteria that it does not ask for, and of which outputs say how many of its eligible parcels meet them not.
    pub told: Vec<&'static str>,
    /// Of these, the criteria of which outputs say as well how much of the zone's own ground meets them not.
    pub told_as_a_whole: Vec<&'static str>,
    /// The layer with the planner's own centres of such zones.
    pub centres: Option<LayerKey>,
    /// The layer with the zones of this kind that a plan has set. Where it is given, others look at these.
    pub set_by: Option<LayerKey>,
    /// The rate of the subsidy, as it is written.
    pub rate: Option<Text>,
    /// What outputs say of it besides: what no map can show.
    pub note: Option<Text>,
    /// A second column with its statuses, for scripts that know it by that name.
    pub alias: Option<&'static str>,
    /// Its place among the zones of its rule set.
    pub(super) index: usize,
    /// Its place among those that are regions of the plane; `None` of one that asks about the parcel alone as well.
    pub(super) region: Option<usize>,
}

/// A zone of a rule set: what stands in [`ZoneRule`], by reference. Zones of one id are one, whatever the rule set.
#[derive(Clone, Copy)]
pub struct Zone(pub(super) &'static ZoneRule);

impl Zone {
    /// Its id: the prefix of its columns.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// The programme's own name, and the name in English.
    #[must_use]
    pub fn name(self) -> Text {
        self.0.name.clone()
    }

    /// All that its rule set says of it.
    #[must_use]
    pub fn rule(self) -> &'static ZoneRule {
        self.0
    }

    /// Its place among the zones of its rule set: in the order of columns and tables.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.index
    }

    /// Its place among the zones that are regions of the plane. A zone that asks about the parcel alone as well, as the site
    /// of a facility does, is none.
    #[must_use]
    pub fn region(self) -> Option<usize> {
        self.0.region
    }

    /// Whether it is a region of the plane.
    #[must_use]
    pub fn is_region(self) -> bool {
        self.0.region.is_some()
    }

    /// Every criterion that it asks for, those of which any serves among them.
    pub fn criteria(self) -> impl Iterator<Item = &'static str> {
        self.0.all_of.iter().flatten().copied()
    }

    /// Of these, those that it asks for each by itself.
    pub fn alone(self) -> impl Iterator<Item = &'static str> {
        self.0.all_of.iter().filter(|clause| clause.len() == 1).flatten().copied()
    }

    /// Whether it asks for a criterion.
    #[must_use]
    pub fn asks_for(self, criterion: &str) -> bool {
        self.criteria().any(|id| id == criterion)
    }

    fn order(self) -> (usize, &'static str) {
        (self.0.index, self.0.id)
    }
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Zone").field(&self.id()).finish()
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Zone {}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other { Ordering::Equal } else { self.order().cmp(&other.order()) }
    }
}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}
