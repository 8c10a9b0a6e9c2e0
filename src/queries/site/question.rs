//! What is asked of a set of sites, and by which rules?

use super::conflicts::distance_of;
use super::error::SiteError;
use super::served::{Run, Seniors};
use crate::criteria::{Rules, Zone};
use crate::crs::ScaleField;
use crate::evidence::distance_from;
use crate::geometry::{Bounds, Footprint, Shape, Shapes};
use crate::units::Metres;

/// Of what there is to be most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Most {
    /// Sites.
    #[default]
    Sites,
    /// Residents aged 65 or over who live near one.
    Seniors,
}

impl Most {
    /// What a user types for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Seniors => "seniors",
        }
    }
}

/// What is asked of a set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteQuestion {
    /// Of what there is to be most.
    pub most: Most,
    /// How near a resident is near, on the ground from a site's edge.
    pub within: Metres,
    /// No more sites than so many.
    pub max: Option<usize>,
    /// How far apart sites are to stand, on the ground.
    pub spacing: Metres,
}

/// The zone that asks how far facilities of one kind stand apart, and its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteRules {
    /// The zone whose eligible parcels are candidates.
    pub zone: Zone,
    /// How far apart sites stand.
    pub spacing: Metres,
    /// The threshold of that.
    pub spacing_key: &'static str,
    /// The threshold of the least area that a site has, which parcels may reach together; `None` where none is asked for.
    pub area_key: Option<&'static str>,
}

/// Finds the zone by what its criteria ask: a distance between facilities of one kind. `asked` names it where there are several.
///
/// # Errors
/// Where no zone asks that, or several do and none is named, or the one named does not.
pub fn site_rules(rules: &Rules, asked: Option<&str>) -> Result<SiteRules, SiteError> {
    let spacing_of = |zone: Zone| rules.criteria(zone).find_map(|criterion| criterion.kind.spacing());
    let zones: Vec<Zone> = rules.zones().filter(|&zone| spacing_of(zone).is_some()).collect();
    let found = match asked {
        Some(id) => zones.iter().copied().find(|zone| zone.id() == id),
        None => zones.first().copied().filter(|_| zones.len() == 1),
    };
    let Some((zone, spacing_key)) = found.and_then(|zone| Some((zone, spacing_of(zone)?))) else {
        let zones = zones.into_iter().map(Zone::id).collect();
        return Err(SiteError::NoZone { asked: asked.map(str::to_owned), rules: rules.set.id, zones });
    };
    Ok(SiteRules {
        zone,
        spacing: Metres(rules.thresholds.get(spacing_key).unwrap_or_default()),
        spacing_key,
        area_key: rules.criteria(zone).find_map(|criterion| criterion.kind.least_area()),
    })
}

/// A site that is taken already.
#[derive(Debug, Clone)]
pub struct FixedSite {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub place: FixedPlace,
}

/// Where a site is that is taken already.
#[derive(Debug, Clone)]
pub enum FixedPlace {
    /// A parcel, on the plane.
    Parcel(Shapes),
    /// Points, lines or areas of a file, on the plane.
    Drawn(Footprint),
}

impl FixedSite {
    /// How far it is from a site, edge to edge on the ground.
    #[must_use]
    pub fn distance_to(&self, site: &Shape<'_>, scale: &ScaleField) -> Metres {
        match &self.place {
            FixedPlace::Parcel(shape) => {
                let distances = shape.iter().map(|own| distance_of(&own, site, scale));
                distances.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or(Metres(f64::INFINITY))
            }
            // As the criterion measures how far a facility is.
            FixedPlace::Drawn(parts) => distance_from(site, parts, scale).unwrap_or(Metres(f64::INFINITY)),
        }
    }

    pub(super) fn bounds(&self) -> Bounds {
        match &self.place {
            FixedPlace::Parcel(shape) => shape.bounds(),
            FixedPlace::Drawn(parts) => parts.iter().fold(Bounds::EMPTY, |all, part| all.union(Bounds::of(part))),
        }
    }

    /// The points of the lattice within a distance of it.
    pub(super) fn around(&self, seniors: &Seniors, within: Metres, scale: &ScaleField) -> Vec<Vec<Run>> {
        match &self.place {
            FixedPlace::Parcel(shape) => shape.iter().map(|own| seniors.around(&own, within, scale)).collect(),
            FixedPlace::Drawn(parts) => {
                let areas = parts.areas().iter().map(|shape| seniors.around(&shape, within, scale));
                // A line is gone along and back, so that it is a ring that holds nothing; a point is a line from itself to itself.
                let lines = parts.lines().iter().map(|line| {
                    let mut ring = line.clone();
                    ring.extend(line.iter().rev());
                    let mut shape = Shapes::default();
                    shape.push_ring(&ring);
                    shape.end_polygon();
                    shape.end_shape();
                    seniors.around(&shape.get(0), within, scale)
                });
                areas.chain(lines).collect()
            }
        }
    }
}
