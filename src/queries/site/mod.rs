//! Where can new facilities stand, all far enough from one another and from those that there are? A set of parcels, as many as can be or such
//! that as many older residents as can be live near one.

mod bound;
mod candidate;
mod conflicts;
mod document;
mod error;
mod exact;
mod matrix;
mod merge;
mod most_seniors;
mod most_sites;
mod preferred;
mod question;
mod search;
mod served;
#[cfg(test)]
mod tests;

pub use candidate::{NearFacility, SiteCandidate, SiteParcel};
pub use conflicts::Conflicts;
#[cfg(test)]
use conflicts::distance_of;
pub use document::{is_proven, site_document};
pub use error::SiteError;
pub use merge::{MOST_MERGED, Merged, merged};
pub use most_sites::{Found, most_sites};
pub use question::{FixedPlace, FixedSite, Most, SiteQuestion, SiteRules, site_rules};
pub use served::{STEP, Seniors, Served};

use rayon::prelude::*;

use crate::crs::ScaleField;
use crate::geometry::{Bounds, Shapes};
use crate::layers::Census;
use crate::units::Metres;
use most_seniors::{Reaching, most_seniors};
use preferred::preferred;
use served::PARTS;

/// What a set is chosen of.
#[derive(Debug)]
pub struct SiteField<'a> {
    /// Where sites could be.
    pub candidates: Vec<SiteCandidate>,
    /// Sites that are taken already.
    pub fixed: Vec<FixedSite>,
    /// Residents; `None` where the layer is missing.
    pub census: Option<&'a Census>,
    /// The plane's scale.
    pub scale: &'a ScaleField,
}

/// A set of sites.
#[derive(Debug)]
pub struct SiteAnswer {
    /// How many candidates there were, those too close to a site that is taken not counted.
    pub candidates: usize,
    /// How many were too close to a site that is taken already.
    pub beside_fixed: usize,
    /// The sites that were chosen, in the order of the input.
    pub sites: Vec<ChosenSite>,
    /// No set has more sites; `None` where that was not the question.
    pub at_most: Option<usize>,
    /// Older residents near the sites and those that are taken; `None` without a census.
    pub served: Option<Served>,
    /// Those near sites that are taken already.
    pub served_before: Option<Served>,
    /// No set serves for certain more of them, those near sites that are taken among them; `None` where that was not the question.
    pub served_at_most: Option<f64>,
    /// The least distance between two of the sites, those that are taken among them.
    pub least_apart: Option<Metres>,
}

/// A site that was chosen.
#[derive(Debug)]
pub struct ChosenSite {
    /// Which.
    pub candidate: SiteCandidate,
    /// Older residents near it.
    pub alone: Option<Served>,
    /// Of these, those that are near no other site.
    pub only_here: Option<Served>,
    /// How many other candidates stand too close to it.
    pub rules_out: usize,
    /// How far the next site is, chosen or taken.
    pub next: Option<Metres>,
}

/// Chooses a set of sites. The same at any number of threads.
#[must_use]
pub fn choose_sites(field: SiteField<'_>, question: &SiteQuestion) -> SiteAnswer {
    let SiteField { candidates, fixed, census, scale } = field;
    let is_clear = |one: &SiteCandidate| {
        fixed.iter().all(|fixed| fixed.distance_to(&one.shape.get(0), scale).told() >= question.spacing)
    };
    let clear: Vec<bool> = candidates.par_iter().map(is_clear).collect();
    let all = candidates.len();
    let candidates: Vec<SiteCandidate> =
        candidates.into_iter().zip(clear).filter_map(|(one, clear)| clear.then_some(one)).collect();
    let mut shapes = Shapes::default();
    for one in &candidates {
        shapes.push(&one.shape.get(0));
    }
    let conflicts = Conflicts::new(shapes, question.spacing, scale);
    let near = fixed.iter().map(FixedSite::bounds).chain(candidates.iter().map(|one| one.shape.bounds()));
    let reach = scaled(question.within);
    let bounds = near.fold(Bounds::EMPTY, Bounds::union).grown(reach);
    let seniors = census.filter(|_| !bounds.is_empty()).map(|census| Seniors::of(census, &bounds));
    let reaching = seniors.as_ref().map(|seniors| {
        let runs = (0..candidates.len() as u32).into_par_iter();
        let runs = runs.map(|site| seniors.around(&conflicts.shape(site), question.within, scale)).collect();
        let mut before = seniors.nothing();
        fixed
            .iter()
            .flat_map(|fixed| fixed.around(seniors, question.within, scale))
            .for_each(|runs| drop(before.add(&runs)));
        Reaching { conflicts: &conflicts, seniors, runs, before }
    });
    let (sites, at_most, parts_at_most) = match (question.most, &reaching) {
        (Most::Seniors, Some(reaching)) => {
            let found = most_seniors(reaching, question.max, 2.0 * reach + STEP);
            (found.sites, None, Some(found.at_most))
        }
        (Most::Sites | Most::Seniors, reaching) => {
            let Found { sites, at_most } = most_sites(&conflicts);
            let max = question.max.unwrap_or(usize::MAX);
            (preferred(&sites, max, (&candidates, &conflicts), reaching.as_ref()), Some(at_most.min(max)), None)
        }
    };
    let least_apart = {
        let fixed =
            fixed.iter().flat_map(|one| sites.iter().map(|&site| one.distance_to(&conflicts.shape(site), scale)));
        let own = sites.iter().enumerate().flat_map(|(at, &one)| {
            let conflicts = &conflicts;
            sites[at + 1..].iter().map(move |&two| conflicts.distance(one, two))
        });
        fixed.chain(own).min_by(|one, other| one.0.total_cmp(&other.0)).map(Metres::told)
    };
    let served = |of: &[u32]| {
        let reaching = reaching.as_ref()?;
        Some(reaching.seniors.served(&reaching.reached(of), &reaching.seniors.nothing()))
    };
    let served_before = served(&[]);
    let chosen = sites.iter().map(|&site| {
        let others: Vec<u32> = sites.iter().copied().filter(|&other| other != site).collect();
        let beside = fixed.iter().map(|one| one.distance_to(&conflicts.shape(site), scale));
        let next = others.iter().map(|&other| conflicts.distance(site, other)).chain(beside);
        ChosenSite {
            candidate: candidates[site as usize].clone(),
            alone: reaching.as_ref().map(|reaching| {
                let mut own = reaching.seniors.nothing();
                own.add(&reaching.runs[site as usize]);
                reaching.seniors.served(&own, &reaching.seniors.nothing())
            }),
            only_here: reaching
                .as_ref()
                .map(|reaching| reaching.seniors.served(&reaching.reached(&sites), &reaching.reached(&others))),
            rules_out: conflicts.close_to(site).len(),
            next: next.min_by(|one, other| one.0.total_cmp(&other.0)).map(Metres::told),
        }
    });
    let chosen: Vec<ChosenSite> = chosen.collect();
    SiteAnswer {
        candidates: candidates.len(),
        beside_fixed: all - candidates.len(),
        at_most,
        served: served(&sites),
        served_at_most: parts_at_most
            .map(|parts| (parts as f64 / PARTS) + served_before.map_or(0.0, |before| before.lo)),
        served_before,
        sites: chosen,
        least_apart,
    }
}

/// Plane metres that are no less than these on the ground.
fn scaled(length: Metres) -> f64 {
    length.0 * 1.001
}
