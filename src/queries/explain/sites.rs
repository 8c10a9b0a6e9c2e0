//! How much of a parcel lies within a distance of places, while that distance grows and shrinks?

use super::ground::Ground;
use crate::crs::ScaleField;
use crate::evidence::distance_from;
use crate::geometry::{Bounds, Footprint};
use crate::regions::{Region, around};
use crate::units::Metres;

/// On the ground a way is not shorter than so many times its length on the plane, nor longer than the second.
pub(super) const PLANE: [f64; 2] = [0.99, 1.01];

/// A place near which a condition holds, as one parcel sees it.
#[derive(Debug, Clone, Copy)]
struct Site<'a> {
    parts: &'a Footprint,
    /// How near one must be.
    within: f64,
    /// Whether that is what moves.
    moves: bool,
    /// How far the parcel's edge is.
    metres: f64,
}

/// The places that matter to a parcel, however far the distance moves.
#[derive(Debug, Clone)]
pub(super) struct Sites<'a> {
    all: Vec<Site<'a>>,
    scale: &'a ScaleField,
    /// No point of the parcel is further from a place than its edge is, and so much.
    across: f64,
}

impl<'a> Sites<'a> {
    /// Those of some places: where each stands, how near one must be, and whether that is what moves.
    pub(super) fn of(
        ground: &Ground<'_>,
        all: impl Iterator<Item = (&'a Footprint, Metres, bool)>,
        scale: &'a ScaleField,
    ) -> Self {
        let across = ground.diagonal() * PLANE[1];
        let mut boxed: Vec<(f64, &'a Footprint, f64, bool)> = all
            .filter(|(parts, ..)| !parts.is_empty())
            .map(|(parts, Metres(within), moves)| (gap(&ground.parcel.bounds, parts) * PLANE[0], parts, within, moves))
            .collect();
        boxed.sort_by(|one, other| (one.0 - one.2).total_cmp(&(other.0 - other.2)));
        // Once the distance reaches all of the parcel from one of them, others further away add nothing.
        let (mut enough, mut sites) = (f64::INFINITY, Vec::new());
        for (least, parts, within, moves) in boxed {
            let limit = if moves { enough.max(0.0) } else { 0.0 };
            if least - within > limit {
                continue;
            }
            let Some(Metres(metres)) = distance_from(&ground.parcel.shape, parts, scale) else { continue };
            if moves {
                enough = enough.min(metres - within + across + 1.0);
            }
            sites.push(Site { parts, within, moves, metres });
        }
        Self { all: sites, scale, across }
    }

    /// By how much the distance must at least grow before anything of the parcel is reached that was not; infinite where
    /// nothing moves.
    pub(super) fn nearest(&self) -> f64 {
        self.all.iter().filter(|site| site.moves).map(|site| site.metres - site.within).fold(f64::INFINITY, f64::min)
    }

    /// What lies near, with so many metres more or less.
    pub(super) fn region(&self, change: f64, ground: &Ground<'_>) -> Region {
        let within = |site: &Site<'_>| site.within + if site.moves { change } else { 0.0 };
        if self.all.iter().any(|site| site.metres + self.across < within(site)) {
            return Region::everything();
        }
        let reaching = self.all.iter().filter(|site| within(site) >= 0.0 && site.metres <= within(site) + 0.01);
        let reaching: Vec<(&Footprint, Metres)> = reaching.map(|site| (site.parts, Metres(within(site)))).collect();
        let parts = reaching.iter().flat_map(|(site, radius)| site.iter().map(|part| (part.as_slice(), *radius)));
        let mut all = around(parts, self.scale);
        let areas = reaching.iter().flat_map(|(site, _)| site.areas().iter());
        areas.for_each(|area| all.push(&area));
        ground.united(&all)
    }
}

/// How far two boxes are apart, plane metres.
pub(super) fn gap_between(a: &Bounds, b: &Bounds) -> f64 {
    let gap = |axis: usize| (b.min[axis] - a.max[axis]).max(a.min[axis] - b.max[axis]).max(0.0);
    gap(0).hypot(gap(1))
}

fn gap(bounds: &Bounds, parts: &Footprint) -> f64 {
    parts.iter().map(|part| gap_between(bounds, &Bounds::of(part))).fold(f64::INFINITY, f64::min)
}
