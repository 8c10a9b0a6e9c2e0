//! How does an assessor stand in a file? In two halves, so that two threads can take it back: what parcels are measured
//! against, and everything else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Assessor;
use crate::criteria::{RuleSet, StopReach, StoredRules, ZonePieces};
use crate::evidence::Study;
use crate::regions::{Known, RegionIndex};
use crate::transit::{Peak, Stop};
use crate::verdicts::Judge;
use crate::zones::{Candidate, Placer, StoredCandidates};

/// What parcels are measured against and placed in, ready to be asked.
#[derive(Deserialize)]
struct Measured {
    study: Study,
    placer: Vec<RegionIndex>,
}

/// The same to be written.
#[derive(Serialize)]
struct MeasuredRef<'a> {
    study: &'a Study,
    placer: Vec<&'a RegionIndex>,
}

/// What they are judged by, and what is told beside them.
#[derive(Serialize, Deserialize)]
struct Judged {
    rules: StoredRules,
    facilities_known: bool,
    unplaced_same_kind: bool,
    pieces: BTreeMap<String, ZonePieces>,
    by_zone: Vec<StoredCandidates>,
    makers: Vec<(String, StopReach)>,
    stops: Vec<Stop>,
    peaks: Vec<Peak>,
    known: BTreeMap<String, Known>,
    anywhere: BTreeSet<String>,
    far_stops: usize,
}

impl Assessor {
    /// Its two halves as they stand in a file. [`Assessor::restored`] makes the same of them again: it needs no layer, and works
    /// nothing out.
    ///
    /// # Errors
    /// Never but for a mistake of the program: everything that it holds can be written.
    pub fn stored(&self) -> Result<[Vec<u8>; 2], postcard::Error> {
        let measured = MeasuredRef { study: &self.study, placer: self.placer.ready().collect() };
        let judged = Judged {
            rules: StoredRules::of(&self.judge.rules),
            facilities_known: self.judge.facilities_known,
            unplaced_same_kind: self.judge.unplaced_same_kind,
            pieces: owned(&self.pieces),
            by_zone: self.by_zone.iter().map(|(&zone, found)| StoredCandidates::of(zone, found)).collect(),
            makers: self.makers.iter().map(|(zone, reach)| (zone.id().to_owned(), reach.clone())).collect(),
            stops: self.stops.clone(),
            peaks: self.peaks.clone(),
            known: owned(&self.known),
            anywhere: self.anywhere.iter().map(|id| (*id).to_owned()).collect(),
            far_stops: self.far_stops,
        };
        let (measured, judged) = rayon::join(|| postcard::to_stdvec(&measured), || postcard::to_stdvec(&judged));
        Ok([measured?, judged?])
    }

    /// The assessor of which these are the two halves; `None` where they are not.
    #[must_use]
    pub fn restored([measured, judged]: [&[u8]; 2]) -> Option<Self> {
        let (measured, judged) =
            rayon::join(|| whole::<Measured>(measured), || whole::<Judged>(judged).and_then(Judged::ready));
        let (Measured { study, placer }, (judged, judge, by_zone)) = (measured?, judged?);
        let set = judge.rules.set;
        let candidates: Vec<Candidate> = by_zone.values().flat_map(|found| found.zones.iter().cloned()).collect();
        let counts = (study.zones.len(), study.withheld.len(), study.criteria.len(), study.nearest.len());
        let wanted = (set.zones().len(), set.zones().len(), set.regions().count(), set.near_sets.len());
        if placer.len() != candidates.len() || counts != wanted {
            return None;
        }
        let makers = judged.makers.into_iter().map(|(zone, reach)| Some((set.zone(&zone)?, reach)));
        Some(Self {
            study,
            pieces: judged
                .pieces
                .into_iter()
                .map(|(zone, pieces)| Some((set.zone(&zone)?.id(), pieces)))
                .collect::<Option<_>>()?,
            placer: Placer::with(&candidates, placer),
            candidates,
            by_zone,
            makers: makers.collect::<Option<_>>()?,
            stops: judged.stops,
            peaks: judged.peaks,
            known: judged
                .known
                .into_iter()
                .map(|(id, known)| Some((set.criterion(&id)?.id, known)))
                .collect::<Option<_>>()?,
            anywhere: criteria(judged.anywhere, set)?,
            far_stops: judged.far_stops,
            judge,
        })
    }
}

type ByZone = BTreeMap<crate::criteria::Zone, crate::zones::Candidates>;

impl Judged {
    /// With the rules read and the candidates under them.
    fn ready(mut self) -> Option<(Self, Judge, ByZone)> {
        let none = StoredRules::default();
        let rules = std::mem::replace(&mut self.rules, none).rules()?;
        let set = rules.set;
        let by_zone = std::mem::take(&mut self.by_zone).into_iter().map(|one| one.candidates(set));
        let by_zone = by_zone.collect::<Option<_>>()?;
        let judge = Judge::new(rules, self.facilities_known, self.unplaced_same_kind);
        Some((self, judge, by_zone))
    }
}

fn owned<T: Clone>(by_id: &BTreeMap<&'static str, T>) -> BTreeMap<String, T> {
    by_id.iter().map(|(id, one)| ((*id).to_owned(), one.clone())).collect()
}

fn criteria(ids: BTreeSet<String>, set: &'static RuleSet) -> Option<BTreeSet<&'static str>> {
    ids.iter().map(|id| Some(set.criterion(id)?.id)).collect()
}

/// What all of some bytes say; `None` where they say nothing, or more.
fn whole<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Option<T> {
    let (found, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(found)
}
