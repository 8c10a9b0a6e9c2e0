//! How does an assessor stand in a file? What a batch asks for at once stands together; what is large, or only told at the end, stands
//! aside and is taken when it is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Assessor;
use crate::criteria::{RuleSet, StopReach, StoredRules, Zone, ZonePieces};
use crate::evidence::StoredStudy;
use crate::flat::{Aside, AsideWriter, Later, Place};
use crate::geometry::Bounds;
use crate::regions::{Known, StoredIndex};
use crate::transit::{Peak, Stop};
use crate::verdicts::Judge;
use crate::zones::{Candidate, Candidates, Placer, StoredCandidates};

/// An assessor.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredAssessor {
    study: StoredStudy,
    rules: StoredRules,
    facilities_known: bool,
    unplaced_same_kind: bool,
    by_zone: Vec<StoredCandidates>,
    /// By candidate, what parcels are placed by, and the box around it.
    placer: Vec<(StoredIndex, Bounds)>,
    stops: Vec<Stop>,
    anywhere: BTreeSet<String>,
    far_stops: usize,
    pieces: Place,
    makers: Place,
    peaks: Place,
    known: Place,
}

impl Assessor {
    /// As it stands in a file. [`StoredAssessor::assessor`] makes the same of it again: it needs no layer, and works nothing out.
    ///
    /// # Errors
    /// Never but for a mistake of the program: everything that it holds can be written.
    pub fn stored(&self, aside: &mut AsideWriter) -> Result<StoredAssessor, postcard::Error> {
        let makers: BTreeMap<&str, &StopReach> = self.makers.iter().map(|(zone, reach)| (zone.id(), reach)).collect();
        let by_zone = self.by_zone.iter().map(|(&zone, found)| StoredCandidates::of(zone, found, aside));
        let by_zone = by_zone.collect::<Result<_, _>>()?;
        let ready = self.placer.ready().zip(&self.candidates);
        let placer = ready.map(|(ready, zone)| (ready.stored(Some(aside)), zone.shape.bounds())).collect();
        Ok(StoredAssessor {
            study: self.study.stored(aside)?,
            rules: StoredRules::of(&self.judge.rules),
            facilities_known: self.judge.facilities_known,
            unplaced_same_kind: self.judge.unplaced_same_kind,
            by_zone,
            placer,
            stops: self.stops.clone(),
            anywhere: self.anywhere.iter().map(|id| (*id).to_owned()).collect(),
            far_stops: self.far_stops,
            pieces: aside.object(&*self.pieces)?,
            makers: aside.object(&makers)?,
            peaks: aside.object(&*self.peaks)?,
            known: aside.object(&*self.known)?,
        })
    }
}

impl StoredAssessor {
    /// The assessor; `None` where its parts do not belong together.
    #[must_use]
    pub fn assessor(self, aside: &Arc<Aside>) -> Option<Assessor> {
        let rules = self.rules.rules()?;
        let set = rules.set;
        let study = self.study.study(aside)?;
        let by_zone = self.by_zone.into_iter().map(|one| one.candidates(set, aside));
        let by_zone: BTreeMap<Zone, Candidates> = by_zone.collect::<Option<_>>()?;
        let candidates: Vec<Candidate> = by_zone.values().flat_map(|found| found.zones.iter().cloned()).collect();
        let counts = (study.zones.len(), study.withheld.len(), study.criteria.len(), study.nearest.len());
        let wanted = (set.zones().len(), set.zones().len(), set.regions().count(), set.near_sets.len());
        if self.placer.len() != candidates.len() || counts != wanted {
            return None;
        }
        let ready = self.placer.into_iter().map(|(index, bounds)| (Arc::new(index.index(aside)), bounds));
        let zone_id = |id: &str| set.zone(id).map(Zone::id);
        let criterion_id = |id: &str| Some(set.criterion(id)?.id);
        Some(Assessor {
            study,
            placer: Placer::with(&candidates, ready),
            candidates,
            by_zone,
            stops: self.stops,
            anywhere: criteria(&self.anywhere, set)?,
            far_stops: self.far_stops,
            pieces: by_key::<ZonePieces, _>(self.pieces, aside, zone_id),
            makers: by_key::<StopReach, _>(self.makers, aside, |id| set.zone(id)),
            peaks: later(self.peaks, aside, |peaks: Vec<Peak>| Some(peaks)),
            known: by_key::<Known, _>(self.known, aside, criterion_id),
            judge: Judge::new(rules, self.facilities_known, self.unplaced_same_kind),
        })
    }
}

/// What stands aside, once somebody asks; nothing where it is damaged.
fn later<S, T>(place: Place, aside: &Arc<Aside>, ready: impl Fn(S) -> Option<T> + Send + Sync + 'static) -> Later<T>
where
    S: for<'de> Deserialize<'de>,
    T: Default,
{
    let aside = Arc::clone(aside);
    Later::new(move || {
        let found = aside.object(place).and_then(&ready);
        found.unwrap_or_else(|| {
            aside.tell_damage();
            T::default()
        })
    })
}

/// The same of things by the ids of zones or criteria.
fn by_key<T, K>(
    place: Place,
    aside: &Arc<Aside>,
    key: impl Fn(&str) -> Option<K> + Send + Sync + 'static,
) -> Later<BTreeMap<K, T>>
where
    T: for<'de> Deserialize<'de>,
    K: Ord,
{
    later(place, aside, move |by_id: BTreeMap<String, T>| {
        by_id.into_iter().map(|(id, one)| Some((key(&id)?, one))).collect()
    })
}

fn criteria(ids: &BTreeSet<String>, set: &'static RuleSet) -> Option<BTreeSet<&'static str>> {
    ids.iter().map(|id| Some(set.criterion(id)?.id)).collect()
}
