//! As many sites as can be.

use rayon::prelude::*;

use super::bound::{clique_cover, clique_cover_of, packed};
use super::conflicts::Conflicts;
use super::exact::Exact;
use super::matrix::{Bits, MOST, Matrix};
use super::search::large;

/// Pairs a site that are looked at while a set of a group gets better, before branch and bound is tried.
const EASY: u64 = 500;

/// Pairs that are looked at after it: a second or less.
const SEARCH: u64 = 20_000_000;

/// Words of bits that branch and bound may look at in a group: a second or two.
const PROOF: u64 = 100_000_000;

/// Sites, and no more than how many there can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The sites, in order.
    pub sites: Vec<u32>,
    /// There is no set with more than so many.
    pub at_most: usize,
}

/// As many as can be of these sites, no two of them too close. It is the same at any number of threads.
#[must_use]
pub fn most_sites(conflicts: &Conflicts) -> Found {
    let groups = conflicts.groups(conflicts.reach(), |one, other| conflicts.are_close(one, other));
    let found: Vec<Found> = groups.par_iter().map(|group| of_group(group, conflicts)).collect();
    let mut all = Found { sites: Vec::new(), at_most: 0 };
    for one in found {
        all.sites.extend(one.sites);
        all.at_most += one.at_most;
    }
    all.sites.sort_unstable();
    all
}

fn of_group(group: &[u32], conflicts: &Conflicts) -> Found {
    if let [only] = group {
        return Found { sites: vec![*only], at_most: 1 };
    }
    let matrix = (group.len() <= MOST).then(|| Matrix::of(group, conflicts));
    let (left, cliques) = if let Some(matrix) = &matrix {
        let left = matrix.without_dominated(Bits::all(group.len()));
        let cliques = clique_cover(matrix, &left);
        (left, cliques)
    } else {
        (Bits::none(0), clique_cover_of(group, conflicts))
    };
    let group: Vec<u32> =
        if matrix.is_some() { left.iter().map(|place| group[place]).collect() } else { group.to_vec() };
    // Of those that can always stand in for the others: no more can be chosen of all.
    let corners: Vec<_> = group.iter().filter_map(|&site| conflicts.shape(site).points().first().copied()).collect();
    let at_most = cliques.min(packed(&corners, conflicts.apart()));
    let easy = if matrix.is_some() { SEARCH.min(EASY * group.len() as u64) } else { SEARCH };
    let sites = large(&group, conflicts, at_most, easy);
    if sites.len() == at_most || matrix.is_none() {
        return Found { sites, at_most };
    }
    let matrix = Matrix::of(&group, conflicts);
    let given = sites.iter().filter_map(|site| group.binary_search(site).ok()).collect();
    let (best, proven) = Exact::largest(&matrix, Bits::all(group.len()), given, PROOF);
    let at_most = at_most.min(proven);
    let mut sites: Vec<u32> = best.into_iter().map(|place| group[place]).collect();
    if sites.len() < at_most {
        let others = large(&group, conflicts, at_most, SEARCH);
        sites = if others.len() > sites.len() { others } else { sites };
    }
    sites.sort_unstable();
    Found { sites, at_most }
}
