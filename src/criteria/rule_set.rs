//! Which criteria make which zone, by which numbers: a rule set, read from a file once and kept as long as the program runs.

use super::{Criterion, NearSet, Threshold, UnusedLand, Zone, ZoneRule};
use crate::layers::LayerKey;
use crate::text::Text;

/// A rule set. What is read stays, so that zones and criteria are handed around as references.
#[derive(Debug)]
pub struct RuleSet {
    /// What outputs call it.
    pub id: &'static str,
    /// The programme and its years.
    pub title: Text,
    /// The document in which the criteria's sources stand.
    pub source: Option<Text>,
    /// What of it could not be read in a primary source.
    pub unread: Option<Text>,
    /// Prose and worked examples on its zones, as of [`Criterion::doc`].
    pub doc: &'static str,
    /// The numbers that its criteria compare with, in the order of the file.
    pub thresholds: Vec<Threshold>,
    /// Its criteria, in the order of columns and tables.
    pub criteria: Vec<Criterion>,
    /// The sets of places of which every parcel is told the nearest, in the order of columns.
    pub near_sets: Vec<NearSet>,
    /// When land counts as under-used 低・未利用地; `None` where its programme does not ask.
    pub unused_land: Option<UnusedLand>,
    /// Its file, word for word.
    pub text: &'static str,
    pub(super) zones: Vec<ZoneRule>,
}

impl PartialEq for RuleSet {
    /// A file that is the same makes the same rules.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl RuleSet {
    /// Its zones, in the order of columns and tables.
    #[must_use]
    pub fn zones(&'static self) -> impl DoubleEndedIterator<Item = Zone> + ExactSizeIterator + Clone {
        self.zones.iter().map(Zone)
    }

    /// Of these, those that are regions of the plane.
    #[must_use]
    pub fn zone_regions(&'static self) -> impl DoubleEndedIterator<Item = Zone> + Clone {
        self.zones().filter(|zone| zone.is_region())
    }

    /// The zone of an id.
    #[must_use]
    pub fn zone(&'static self, id: &str) -> Option<Zone> {
        self.zones().find(|zone| zone.id() == id)
    }

    /// The criterion of an id.
    #[must_use]
    pub fn criterion(&'static self, id: &str) -> Option<&'static Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The criteria about regions of the plane, in the order of the file: those with share columns.
    #[must_use]
    pub fn regions(&'static self) -> impl DoubleEndedIterator<Item = &'static Criterion> + Clone {
        self.criteria.iter().filter(|criterion| criterion.is_region())
    }

    /// The place of a criterion among [`RuleSet::regions`].
    #[must_use]
    pub fn region(&'static self, id: &str) -> Option<usize> {
        self.regions().position(|criterion| criterion.id == id)
    }

    /// The criteria that a layer settles.
    pub fn of_layer(&'static self, layer: LayerKey) -> impl Iterator<Item = &'static Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.layers().contains(&layer))
    }

    /// The threshold of a key.
    #[must_use]
    pub fn threshold(&'static self, key: &str) -> Option<&'static Threshold> {
        self.thresholds.iter().find(|threshold| threshold.key == key)
    }

    /// The place of a set of places, by the stem of its columns.
    #[must_use]
    pub fn near_set(&'static self, stem: &str) -> Option<usize> {
        self.near_sets.iter().position(|set| set.stem == stem)
    }
}
