//! What is the largest set of a group? Branch and bound on bits, as far as the work goes that is allowed. At every step what can always be
//! stood in for is left out, and what falls apart is looked at apart.
//!
//! Source of the bound: E. Tomita and T. Kameda, An efficient branch-and-bound algorithm for finding a maximum clique, Journal of Global
//! Optimization 37, 2007, on bits as P. San Segundo, D. Rodríguez-Losada and A. Jiménez, Computers & Operations Research 38(2),
//! 2011; a clique there is a set without conflicts here.

use super::bound::clique_cover;
use super::matrix::{Bits, Matrix};

/// Of more sites than so many it is not asked anew at every step which can be stood in for.
const FEW: usize = 300;

/// A set, and no more than how many there can be.
type FoundPlaces = (Vec<usize>, usize);

/// A search.
pub(super) struct Exact<'a> {
    matrix: &'a Matrix,
    /// Words of bits that may still be looked at.
    work: u64,
}

impl<'a> Exact<'a> {
    /// The largest set of `of` that can be found, given one, and no more than how many there can be. Equal where the search came to its end.
    pub(super) fn largest(matrix: &'a Matrix, of: Bits, given: Vec<usize>, work: u64) -> FoundPlaces {
        let mut search = Self { matrix, work };
        let (found, most) = search.best_of(of, given.len());
        let best = if found.len() > given.len() { found } else { given };
        let most = most.max(best.len());
        (best, most)
    }

    /// The largest set, where it has more than `floor` sites; else any, and a bound that says so.
    fn best_of(&mut self, left: Bits, floor: usize) -> FoundPlaces {
        let count = left.count();
        let left = if count <= FEW { self.matrix.without_dominated(left) } else { left };
        self.spend(count + left.count());
        let mut groups = self.groups(&left);
        match groups.len() {
            0 => (Vec::new(), 0),
            1 => self.of_group(groups.swap_remove(0), floor),
            _ => self.of_groups(groups, floor),
        }
    }

    fn of_groups(&mut self, groups: Vec<Bits>, floor: usize) -> FoundPlaces {
        let mut bounds: Vec<usize> = groups.iter().map(|group| clique_cover(self.matrix, group)).collect();
        let mut all = Vec::new();
        for (at, group) in groups.into_iter().enumerate() {
            let others = bounds.iter().sum::<usize>() - bounds[at];
            if others + bounds[at] <= floor {
                return (Vec::new(), others + bounds[at]);
            }
            let (found, most) = self.of_group(group, floor.saturating_sub(others));
            bounds[at] = most.min(bounds[at]).max(found.len());
            all.extend(found);
        }
        (all, bounds.iter().sum())
    }

    fn of_group(&mut self, mut left: Bits, floor: usize) -> FoundPlaces {
        let order = self.order(&left);
        let (mut best, mut open): FoundPlaces = (Vec::new(), 0);
        for (site, cliques) in order.into_iter().rev() {
            let enough = floor.max(best.len());
            if cliques <= enough || self.work == 0 {
                open = open.max(cliques);
                break;
            }
            let mut rest = left.clone();
            rest.drop_all(&self.matrix.close[site]);
            let (mut found, most) = self.best_of(rest, enough.saturating_sub(1));
            open = open.max(most + 1);
            if found.len() + 1 > best.len() {
                found.push(site);
                best = found;
            }
            left.take(site);
        }
        let most = open.max(best.len());
        (best, most)
    }

    /// The sites by sets of which any two conflict, and for each into how many such sets it and those before it fall.
    fn order(&mut self, of: &Bits) -> Vec<(usize, usize)> {
        let mut order = Vec::with_capacity(of.count());
        let (mut left, mut cliques) = (of.clone(), 0);
        while let Some(first) = left.first() {
            cliques += 1;
            let mut fitting = left.clone();
            let mut next = Some(first);
            while let Some(site) = next {
                order.push((site, cliques));
                left.take(site);
                fitting.take(site);
                fitting.keep(&self.matrix.close[site]);
                next = fitting.first();
            }
        }
        self.spend(order.len());
        order
    }

    /// What has nothing to do with one another.
    fn groups(&mut self, of: &Bits) -> Vec<Bits> {
        let (mut left, mut groups) = (of.clone(), Vec::new());
        while let Some(first) = left.first() {
            let mut group = Bits::none(self.matrix.len());
            let mut next = vec![first];
            left.take(first);
            while let Some(site) = next.pop() {
                group.put(site);
                let mut near = left.clone();
                near.keep(&self.matrix.close[site]);
                left.drop_all(&near);
                next.extend(near.iter());
            }
            groups.push(group);
        }
        groups
    }

    fn spend(&mut self, sites: usize) {
        let words = self.matrix.len().div_ceil(64) as u64;
        self.work = self.work.saturating_sub((sites as u64 + 1) * words);
    }
}
