//! Does a zone that a planner has drawn meet what its kind of zone asks, and where does it not?

mod clauses;
mod document;
mod error;
mod largest;

use std::path::PathBuf;

pub use clauses::{Clause, DecidedBy, Part, Said};
pub use document::drawn_document;
pub use error::DrawnError;
pub use largest::Largest;

use crate::assess::{Assessor, Groundwork};
use crate::criteria::{Rules, Zone};
use crate::crs::FromPlane;
use crate::evidence::{Batch, KnownIndex, Measures};
use crate::geometry::area::{area, centroid};
use crate::geometry::{Bounds, Point, Shape, Shapes};
use crate::layers::{DrawnZone, DrawnZones};
use crate::regions::Region;
use crate::text::Text;
use crate::verdicts::{Shares, Status};
use crate::zones::{Candidate, Makers, ZoneFacts, made_by};

/// Drawn zones at which other zones look, in the place of those that the layers would allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookedAt {
    /// Their kind.
    pub zone: Zone,
    /// How many there are.
    pub drawn: usize,
    /// Whether the project gives others that stand beside them.
    pub beside_given: bool,
}

/// A drawn zone and all that is said of it.
#[derive(Debug)]
pub struct AssessedZone {
    /// Its file.
    pub file: PathBuf,
    /// Its number in the file.
    pub number: usize,
    /// What it is called, else what messages call the feature.
    pub title: Text,
    /// What it is called; `None` where the file does not say.
    pub name: Option<String>,
    /// Its kind, its shape and its ground area.
    pub drawn: Candidate,
    /// Of how many polygons it consists.
    pub polygons: usize,
    /// Whether all is met: `eligible`, once expectations come true, not known, or not.
    pub status: Status,
    /// Its own numbers.
    pub facts: ZoneFacts,
    /// The stations and stops that make it for certain, and those that may beside.
    pub makers: [Makers; 2],
    /// Its centre, and whether the planner's own point gives it.
    pub centre: (Point, bool),
    /// What its kind asks, one after the other.
    pub clauses: Vec<Clause>,
    /// What is told of it although it does not decide.
    pub told: Vec<Said>,
    /// The shares of it in which all holds that is asked of a place.
    pub together: Shares,
    /// The largest part of it that meets all for certain.
    pub largest: Option<Largest>,
    /// How many parcels lie in it.
    pub parcels: u64,
}

impl AssessedZone {
    /// What it asks that stands so.
    pub fn standing(&self, status: Status) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |clause| clause.status == status)
    }
}

/// The kinds of zones that drawn zones are: what each says, else `otherwise`, else the first of the rules.
///
/// # Errors
/// A word that is no zone of the rules.
pub fn kinds_of(zones: &[DrawnZone], otherwise: Option<&str>, rules: &Rules) -> Result<Vec<Zone>, DrawnError> {
    let fallback = match otherwise {
        Some(word) => zone_of(word, rules).ok_or_else(|| DrawnError::no_zone(None, word, rules)).map(Some)?,
        None => rules.zones().next(),
    };
    let kind = |drawn: &DrawnZone| match &drawn.zone {
        Some(word) => zone_of(word, rules).ok_or_else(|| DrawnError::no_zone(Some(drawn), word, rules)),
        None => fallback.ok_or_else(|| DrawnError::no_zone(Some(drawn), "", rules)),
    };
    zones.iter().map(kind).collect()
}

/// The zone of an id, or of a name in either language.
fn zone_of(word: &str, rules: &Rules) -> Option<Zone> {
    let is_meant = |zone: &Zone| {
        let name = zone.name();
        zone.id() == word || name.ja == word || name.en == word
    };
    rules.zones().find(is_meant)
}

/// Makes sure that every zone lies where there are parcels, if it is known of any where it is.
///
/// # Errors
/// The first that does not.
pub fn check_places(drawn: &DrawnZones, parcels: Bounds, from_plane: &FromPlane) -> Result<(), DrawnError> {
    let elsewhere = |(zone, shape): (&DrawnZone, Shape<'_>)| {
        let bounds = shape.bounds();
        (!parcels.is_empty() && !bounds.meets(&parcels))
            .then(|| DrawnError::elsewhere(zone, [bounds, parcels], from_plane))
    };
    drawn.zones.iter().zip(drawn.shapes.iter()).find_map(elsewhere).map_or(Ok(()), Err)
}

/// Assesses drawn zones against a city. `chosen` is what [`Groundwork::lay`] gave with `work`; the parcels are yet to be counted.
///
/// The land of a zone lies in a place where as much of it does as the project's word `whole` means.
#[must_use]
pub fn assess_drawn(drawn: &DrawnZones, kinds: &[Zone], work: &Groundwork<'_>, chosen: &Assessor) -> Vec<AssessedZone> {
    let batch = Batch::new(drawn.shapes.clone());
    let measures = chosen.study.measure(&batch);
    let asked = Asked { work, chosen, batch: &batch, measures: &measures };
    let all = drawn.zones.iter().zip(kinds).enumerate();
    all.map(|(row, (zone, &kind))| asked.zone(row, zone, kind)).collect()
}

/// How areas stand to all that a kind of zone asks, and the words for what each does not meet.
#[must_use]
pub fn standings_of(
    shapes: &Shapes,
    kind: Zone,
    work: &Groundwork<'_>,
    chosen: &Assessor,
) -> Vec<(Status, Vec<String>)> {
    let batch = Batch::new(shapes.clone());
    let measures = chosen.study.measure(&batch);
    let asked = Asked { work, chosen, batch: &batch, measures: &measures };
    let of_row = |row: usize| {
        let clauses = asked.clauses(row, kind, &land_of(&batch.parcel(row).shape));
        let fails = clauses.iter().filter(|clause| clause.status == Status::Ineligible).map(Clause::ids).collect();
        (all_of(&clauses), fails)
    };
    (0..batch.len()).map(of_row).collect()
}

/// What is asked, and of what.
struct Asked<'a> {
    work: &'a Groundwork<'a>,
    chosen: &'a Assessor,
    batch: &'a Batch,
    measures: &'a Measures,
}

impl Asked<'_> {
    fn zone(&self, row: usize, said: &DrawnZone, kind: Zone) -> AssessedZone {
        let shape = self.batch.parcel(row).shape;
        let drawn = self.candidate(&shape, kind);
        let land = land_of(&shape);
        let clauses = self.clauses(row, kind, &land);
        let place = self.work.where_all_hold(kind, self.chosen, |one| !kind.rule().as_a_whole.contains(&one.id));
        let largest = self.largest(kind, &place, &land);
        let makers = |status| {
            let zone = Candidate { status, ..drawn.clone() };
            let reach = self.chosen.makers.get(&kind);
            reach.map(|reach| made_by(&zone, reach, &self.chosen.study.scale)).unwrap_or_default()
        };
        let sure = makers(Status::Eligible);
        let mut may_be = makers(Status::Undetermined);
        may_be.stations.retain(|name| !sure.stations.contains(name));
        may_be.stops.retain(|name| !sure.stops.contains(name));
        AssessedZone {
            file: said.file.clone(),
            number: said.number,
            title: said.name.as_ref().map_or_else(|| said.feature.clone(), Text::from),
            name: said.name.clone(),
            polygons: shape.polygons().count(),
            status: all_of(&clauses),
            facts: self.work.carried_by(&drawn, self.chosen),
            makers: [sure, may_be],
            centre: self.centre(kind, &drawn),
            together: Shares::of(&KnownIndex::new(&place).shares(self.batch), row),
            clauses,
            told: self.told(row, kind),
            largest,
            parcels: 0,
            drawn,
        }
    }

    /// A drawn zone as the candidate zone that it would be.
    fn candidate(&self, shape: &Shape<'_>, zone: Zone) -> Candidate {
        let centre = centroid(shape).unwrap_or_default();
        let mut alone = Shapes::default();
        alone.push(shape);
        Candidate {
            id: String::new(),
            zone,
            status: Status::Eligible,
            shape: std::sync::Arc::new(alone.into()),
            area: self.chosen.study.scale.ground_area(area(shape), centre),
            centre,
            facts: ZoneFacts::default(),
        }
    }

    /// The planner's own centre that lies in the zone, else its centre of gravity.
    fn centre(&self, kind: Zone, drawn: &Candidate) -> (Point, bool) {
        let region = Region::from(std::borrow::Cow::Borrowed(&**drawn.shape)).index();
        let own = self.work.own_centres(kind).iter().find(|&&point| region.contains(point));
        own.map_or((drawn.centre, false), |&point| (point, true))
    }
}

/// How all stands that is asked.
fn all_of(clauses: &[Clause]) -> Status {
    let is = |wanted: &[Status]| clauses.iter().all(|clause| wanted.contains(&clause.status));
    Status::of(
        is(&[Status::Eligible]),
        is(&[Status::Eligible, Status::Prospective]),
        !clauses.iter().any(|clause| matches!(clause.status, Status::Ineligible)),
    )
}

/// The land of a shape, whose polygons may touch.
fn land_of(shape: &Shape<'_>) -> Region {
    let mut alone = Shapes::default();
    alone.push(shape);
    Region::union_of(&[&alone])
}
