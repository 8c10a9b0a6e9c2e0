//! How do candidate zones stand in a file? Zones and criteria by their places in the rule set.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Candidate, Candidates, WholeStanding, ZoneFacts};
use crate::criteria::{RuleSet, Zone};
use crate::flat::{Aside, AsideWriter, Later, Place};
use crate::geometry::{Point, Shapes};
use crate::units::{Interval, SquareMetres};
use crate::verdicts::Status;

/// The candidate zones of one kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredCandidates {
    zone: String,
    zones: Vec<StoredCandidate>,
    slivers: usize,
    unbounded: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredCandidate {
    id: String,
    status: Status,
    shape: Place,
    area: SquareMetres,
    centre: Point,
    population: Option<Interval<f64>>,
    seniors_per_ha: Option<Interval<f64>>,
    public_land_ratio: Option<Interval<f64>>,
    standings: Vec<(String, Option<bool>)>,
}

impl StoredCandidates {
    /// As they stand in a file.
    ///
    /// # Errors
    /// What cannot be written at all.
    pub fn of(zone: Zone, found: &Candidates, aside: &mut AsideWriter) -> Result<Self, postcard::Error> {
        let Candidates { zones, slivers, unbounded } = found;
        Ok(Self {
            zone: zone.id().to_owned(),
            zones: zones.iter().map(|one| StoredCandidate::of(one, aside)).collect::<Result<_, _>>()?,
            slivers: *slivers,
            unbounded: *unbounded,
        })
    }

    /// As they stood there; `None` where the rule set has no such zone or criterion.
    #[must_use]
    pub fn candidates(self, set: &'static RuleSet, aside: &Arc<Aside>) -> Option<(Zone, Candidates)> {
        let Self { zone, zones, slivers, unbounded } = self;
        let zone = set.zone(&zone)?;
        let zones = zones.into_iter().map(|one| one.candidate(zone, set, aside)).collect::<Option<_>>()?;
        Some((zone, Candidates { zones, slivers, unbounded }))
    }
}

impl StoredCandidate {
    fn of(candidate: &Candidate, aside: &mut AsideWriter) -> Result<Self, postcard::Error> {
        let Candidate { id, zone: _, status, shape, area, centre, facts } = candidate.clone();
        let ZoneFacts { population, seniors_per_ha, public_land_ratio, standings } = facts;
        let standings = standings.iter().map(|one| (one.criterion.id.to_owned(), one.is_met)).collect();
        let shape = aside.object(&**shape)?;
        Ok(Self { id, status, shape, area, centre, population, seniors_per_ha, public_land_ratio, standings })
    }

    fn candidate(self, zone: Zone, set: &'static RuleSet, aside: &Arc<Aside>) -> Option<Candidate> {
        let Self { id, status, shape, area, centre, population, seniors_per_ha, public_land_ratio, standings } = self;
        let standing =
            |(id, is_met): (String, Option<bool>)| Some(WholeStanding { criterion: set.criterion(&id)?, is_met });
        let standings = standings.into_iter().map(standing).collect::<Option<_>>()?;
        let aside = Arc::clone(aside);
        let shape = Arc::new(Later::new(move || aside.object(shape).unwrap_or_else(nothing)));
        let facts = ZoneFacts { population, seniors_per_ha, public_land_ratio, standings };
        Some(Candidate { id, zone, status, shape, area, centre, facts })
    }
}

/// What stands for a shape that is damaged: whoever looks finds one, and nothing in it.
fn nothing() -> Shapes {
    let mut shapes = Shapes::default();
    shapes.end_polygon();
    shapes.end_shape();
    shapes
}
