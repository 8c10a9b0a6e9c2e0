//! Of sets with as many sites, which is preferred? One of single parcels rather than of parcels that must be put together first, and then one
//! near which more older residents live: as far as exchanges of single sites find it.

use super::SiteCandidate;
use super::conflicts::Conflicts;
use super::most_seniors::Reaching;
use super::search::Chosen;

/// So often are all sites gone through for exchanges.
const ROUNDS: usize = 20;

/// No more sites than `max` of a set, and in their place others that are preferred.
pub(super) fn preferred(
    sites: &[u32],
    max: usize,
    (candidates, conflicts): (&[SiteCandidate], &Conflicts),
    reaching: Option<&Reaching<'_>>,
) -> Vec<u32> {
    let all: Vec<u32> = (0..conflicts.len() as u32).collect();
    let mut chosen = Chosen::none(&all, conflicts);
    for &site in sites {
        chosen.add(site);
    }
    match reaching {
        Some(reaching) => reaching.trim(&mut chosen, max),
        None => sites.iter().skip(max).for_each(|&site| drop(chosen.remove(site))),
    }
    for _ in 0..ROUNDS {
        let mut is_better = false;
        for site in chosen.sites() {
            let others = chosen.sites();
            let reached = reaching.map(|all| all.reached(others.iter().filter(|&&other| other != site)));
            let parcels = |site: u32| candidates[site as usize].ids.len();
            let more = |site: u32| reaching.zip(reached.as_ref()).map_or(0, |(all, reached)| all.more(site, reached));
            let mut best = (parcels(site), more(site), site);
            for other in chosen.blocked_by_alone(site) {
                let (parcels, more) = (parcels(other), more(other));
                if parcels < best.0 || (parcels == best.0 && more > best.1) {
                    best = (parcels, more, other);
                }
            }
            if best.2 != site {
                chosen.remove(site);
                chosen.add(best.2);
                is_better = true;
            }
        }
        if !is_better {
            break;
        }
    }
    chosen.sites()
}
