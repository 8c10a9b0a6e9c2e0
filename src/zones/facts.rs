//! What a candidate zone carries: its people, its public land, how it stands as a whole; and the stops that make it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Candidate;
use crate::criteria::{Context, Criterion, ReachedStop, StopReach};
use crate::crs::ScaleField;
use crate::evidence::WholeArea;
use crate::geometry::{Bounds, Point, Shape};
use crate::layers::StopKind;
use crate::regions::Region;
use crate::units::Interval;
use crate::verdicts::Status;

/// The numbers of a zone as a whole; `None` where one cannot be had.
#[derive(Debug, Clone, Default)]
pub struct ZoneFacts {
    /// Residents, area-weighted over the census units.
    pub population: Option<Interval<f64>>,
    /// Residents aged 65 or over a hectare.
    pub seniors_per_ha: Option<Interval<f64>>,
    /// Public land, a share of its area.
    pub public_land_ratio: Option<Interval<f64>>,
    /// How the criteria stand that its kind of zone asks for and that can be asked of a whole.
    pub standings: Vec<WholeStanding>,
}

/// How a criterion stands for a zone as a whole.
#[derive(Debug, Clone, Copy)]
pub struct WholeStanding {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// Whether it is met; `None`: not known.
    pub is_met: Option<bool>,
}

impl ZoneFacts {
    /// Whether it meets all that can be asked of it as a whole: `yes`, `no` or `undetermined`; `None` where nothing can.
    #[must_use]
    pub fn meets_as_a_whole(&self) -> Option<&'static str> {
        let is = |wanted: Option<bool>| move |one: &WholeStanding| one.is_met == wanted;
        let all = &self.standings;
        (!all.is_empty()).then(|| match all.iter().any(is(Some(false))) {
            true => "no",
            false if all.iter().all(is(Some(true))) => "yes",
            false => "undetermined",
        })
    }

    /// The ids of the criteria that it fails as a whole.
    pub fn fails(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.standings.iter().filter(|one| one.is_met == Some(false)).map(|one| one.criterion.id)
    }
}

/// What a zone is asked as, where that is not its own shape as it stands.
#[derive(Debug, Clone, Default)]
pub struct AsWhole<'a> {
    /// The zone that there will be once expectations come true, of which it is a part.
    pub grown: Option<Shape<'a>>,
    /// Whether a piece of it fails which would be sure by itself: that the rest makes up for it is not known.
    pub holds_withheld: bool,
}

/// The facts of one zone. `asked` are the criteria that its kind of zone asks for.
#[must_use]
pub fn facts(
    zone: &Candidate,
    as_whole: &AsWhole<'_>,
    asked: &[&'static Criterion],
    context: &Context<'_>,
) -> ZoneFacts {
    let area = WholeArea::new(zone.shape.get(0), context.wholes);
    let grown = as_whole.grown.clone().map(|shape| WholeArea::new(shape, context.wholes));
    let standing = |criterion: &&'static Criterion| {
        let asks = criterion.kind.whole()?;
        let is_met = match &grown {
            Some(grown) => asks.answer(grown, context).is_expected,
            None => asks.answer(&area, context).is_met,
        };
        Some(WholeStanding { criterion, is_met: is_met.filter(|met| !(*met && as_whole.holds_withheld)) })
    };
    ZoneFacts {
        population: area.people().map(|people| people.population),
        seniors_per_ha: area.seniors_per_ha(),
        public_land_ratio: area.public_land_ratio(),
        standings: asked.iter().filter_map(standing).collect(),
    }
}

/// Names of the stations and of the stops that make a zone.
#[derive(Debug, Clone, Default)]
pub struct Makers {
    /// Rail and subway stations.
    pub stations: BTreeSet<String>,
    /// Bus and tram stops.
    pub stops: BTreeSet<String>,
}

/// The stations and stops that reach into the zone, of those near which the condition about stops holds.
#[must_use]
pub fn made_by(zone: &Candidate, reach: &StopReach, scale: &ScaleField) -> Makers {
    let region = Region::from(Cow::Borrowed(&**zone.shape)).index();
    let counting = match zone.status {
        Status::Eligible => &reach.sure,
        Status::Prospective => &reach.expected,
        Status::Undetermined | Status::Ineligible => &reach.possible,
    };
    let around = zone.shape.bounds();
    let mut makers = Makers::default();
    for ReachedStop { stop, within, .. } in counting {
        let reaches = |part: &Vec<Point>| {
            let plane = scale.plane_length(*within, part[0]).0;
            Bounds::of(part).grown(plane).meets(&around) && region.comes_within(part, plane)
        };
        let holds_it = || stop.parts.areas().iter().any(|area| region.meets(&area));
        if let Some(name) = &stop.name
            && (stop.parts.iter().any(reaches) || holds_it())
        {
            let set = if stop.kind == StopKind::Rail { &mut makers.stations } else { &mut makers.stops };
            set.insert(name.clone());
        }
    }
    makers
}
