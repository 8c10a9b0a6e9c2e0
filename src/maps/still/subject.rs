//! What is drawn: a finished run, read for one of its zones.

use geo::BoundingRect as _;

use super::{StillError, Wish};
use crate::criteria::{Criterion, Zone};
use crate::geometry::Bounds;
use crate::layers::BACKDROP;
use crate::products::{MARGIN_M, SET_ZONES, SITES};
use crate::runs::{ProductFeature, RunFolder, RunParcels, RunStop, SheetWords};

/// What is drawn, all on the run's plane.
pub(super) struct Subject<'r> {
    pub(super) run: &'r RunFolder,
    pub(super) zone: Zone,
    pub(super) parcels: RunParcels,
    pub(super) zones: Vec<ProductFeature>,
    /// The zones that a plan has set.
    pub(super) set: Vec<ProductFeature>,
    pub(super) places: Vec<ProductFeature>,
    pub(super) facilities: Vec<ProductFeature>,
    /// The sites that were chosen, where they were added to the run.
    pub(super) sites: Vec<ProductFeature>,
    pub(super) stops: Vec<RunStop>,
    /// What lies under the map.
    pub(super) backdrop: Vec<ProductFeature>,
    /// What a planner wants to stand on it.
    pub(super) words: SheetWords,
}

impl<'r> Subject<'r> {
    pub(super) fn read(run: &'r RunFolder, wish: &Wish) -> Result<Self, StillError> {
        let zone = wish.zone.as_deref();
        let mut zones = run.rules.zones();
        let found = zone.map_or_else(|| zones.next(), |id| run.rules.set.zone(id));
        let zone = found.ok_or_else(|| StillError::NoZone {
            folder: run.folder.clone(),
            zone: zone.unwrap_or_default().to_owned(),
            zones: run.rules.zones().map(Zone::id).collect(),
        })?;
        let asks_for_facilities = run.rules.asks_for_facilities(zone);
        let read = Self {
            run,
            zone,
            parcels: run.parcels(zone)?,
            zones: run.product("zones")?,
            set: run.product(SET_ZONES)?,
            places: run.product("places")?,
            facilities: if asks_for_facilities { run.product("facilities")? } else { Vec::new() },
            sites: if wish.sites { run.product(SITES)? } else { Vec::new() },
            stops: run.stops()?,
            backdrop: run.product(BACKDROP)?,
            words: wish.words.clone().over(&run.record.project.map).said(),
        };
        run.check_unchanged()?;
        Ok(read)
    }

    /// The kind of which candidate zones are drawn: its own, and for the site of a facility, which is no zone, that in which it must
    /// lie.
    pub(super) fn candidates(&self) -> Zone {
        let set = self.run.rules.set;
        let around = |id: &str| {
            let criterion = set.criterion(id).filter(|one| one.zone_that_it_belongs_to().is_none())?;
            set.zone(criterion.kind.zone()?)
        };
        let own = Some(self.zone).filter(|zone| zone.is_region());
        own.or_else(|| self.zone.alone().find_map(around)).unwrap_or(self.zone)
    }

    /// What the map shows: the parcels and the candidate zones that are drawn about them. Nothing else makes it larger: a station of
    /// the next town is cut off at the frame.
    pub(super) fn bounds(&self) -> Bounds {
        let parcels = self.parcels.bounds();
        let (around, candidates) = (parcels.grown(MARGIN_M), self.candidates());
        let zones = self.zones.iter().filter(|row| row.text("zone") == candidates.id());
        let boxes = zones.filter_map(|row| row.geometry.as_ref()?.bounding_rect());
        let corners = boxes.flat_map(|rect| [rect.min().into(), rect.max().into()]);
        let inside = |[x, y]: [f64; 2]| [x.clamp(around.min[0], around.max[0]), y.clamp(around.min[1], around.max[1])];
        if parcels.is_empty() { parcels } else { corners.map(inside).fold(parcels, Bounds::including) }
    }

    /// The criteria of the zone that hold in a part of the map. A municipality is the whole of it or not; that a site lies in a zone
    /// is told by the candidates of that.
    pub(super) fn criteria(&self) -> impl Iterator<Item = &str> {
        let around = Some(self.candidates()).filter(|candidates| *candidates != self.zone).map(Zone::id);
        let is_part = move |one: &&Criterion| {
            let is_of_candidates = around.is_some() && one.kind.zone() == around;
            one.is_region() && !one.kind.is_of_municipality() && !is_of_candidates
        };
        self.run.rules.criteria(self.zone).filter(is_part).map(|one| one.id)
    }
}
