//! What is the largest set of a group? Branch and bound on bits, as far as the work goes that is allowed.
//!
//! Source: E. Tomita and T. Kameda, An efficient branch-and-bound algorithm for finding a maximum clique, Journal of Global
//! Optimization 37, 2007, on bits as P. San Segundo, D. Rodríguez-Losada and A. Jiménez, Computers & Operations Research 38(2),
//! 2011; a clique there is a set without conflicts here.

use super::matrix::{Bits, Matrix};

/// A search, and what it has found.
pub(super) struct Exact<'a> {
    matrix: &'a Matrix,
    current: Vec<usize>,
    best: Vec<usize>,
    /// The most that what was not looked at can give.
    open: usize,
    /// Words of bits that may still be looked at.
    work: u64,
}

impl<'a> Exact<'a> {
    /// The largest set of `of` that can be found, given one, and no more than how many there can be. Equal where the search came to its end.
    pub(super) fn largest(matrix: &'a Matrix, of: &Bits, given: Vec<usize>, work: u64) -> (Vec<usize>, usize) {
        let mut search = Self { matrix, current: Vec::new(), best: given, open: 0, work };
        search.expand(of.clone());
        let most = search.open.max(search.best.len());
        (search.best, most)
    }

    fn expand(&mut self, mut left: Bits) {
        let order = self.order(&left);
        for (site, cliques) in order.into_iter().rev() {
            let most = self.current.len() + cliques;
            if most <= self.best.len() {
                return;
            }
            if self.work == 0 {
                self.open = self.open.max(most);
                return;
            }
            self.current.push(site);
            let mut rest = left.clone();
            rest.drop_all(&self.matrix.close[site]);
            if !rest.is_empty() {
                self.expand(rest);
            } else if self.current.len() > self.best.len() {
                self.best.clone_from(&self.current);
            }
            self.current.pop();
            left.take(site);
        }
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
        let words = self.matrix.len().div_ceil(64) as u64;
        self.work = self.work.saturating_sub((order.len() as u64 + 1) * words);
        order
    }
}
