//! Which of a group's sites stand too close, as bits: for groups that are small enough to be kept so.

use super::conflicts::Conflicts;

/// So many sites at most are kept as a matrix: 8 MB of bits.
pub(super) const MOST: usize = 8_192;

/// A set of the sites of a group, by their places in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn none(sites: usize) -> Self {
        Self(vec![0; sites.div_ceil(64)])
    }

    pub(super) fn all(sites: usize) -> Self {
        let mut all = Self::none(sites);
        (0..sites).for_each(|site| all.put(site));
        all
    }

    pub(super) fn put(&mut self, site: usize) {
        self.0[site / 64] |= 1 << (site % 64);
    }

    pub(super) fn take(&mut self, site: usize) {
        self.0[site / 64] &= !(1 << (site % 64));
    }

    pub(super) fn has(&self, site: usize) -> bool {
        self.0[site / 64] >> (site % 64) & 1 == 1
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn first(&self) -> Option<usize> {
        let word = self.0.iter().position(|&word| word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn drop_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Whether all of it that is in `of` is in the other too.
    fn is_within(&self, other: &Self, of: &Self) -> bool {
        self.0.iter().zip(&other.0).zip(&of.0).all(|((word, other), of)| word & of & !other == 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

/// The conflicts of a group.
#[derive(Debug)]
pub(super) struct Matrix {
    /// By site, itself and the sites that stand too close to it.
    pub(super) close: Vec<Bits>,
}

impl Matrix {
    /// Of these sites.
    pub(super) fn of(sites: &[u32], conflicts: &Conflicts) -> Self {
        let mut close = vec![Bits::none(sites.len()); sites.len()];
        for (one, &site) in sites.iter().enumerate() {
            close[one].put(one);
            for (other, &second) in sites.iter().enumerate().skip(one + 1) {
                if conflicts.are_close(site, second) {
                    close[one].put(other);
                    close[other].put(one);
                }
            }
        }
        Self { close }
    }

    pub(super) fn len(&self) -> usize {
        self.close.len()
    }

    /// The sites without those that another one can always stand in for: a site whose conflicts are all conflicts of a second one
    /// is as good as this in any set, so the second may go. As many sites can be chosen of the rest as of all.
    ///
    /// Source: domination, F. V. Fomin, F. Grandoni and D. Kratsch, A measure & conquer approach for the analysis of exact
    /// algorithms, Journal of the ACM 56(5), 2009.
    pub(super) fn without_dominated(&self, mut left: Bits) -> Bits {
        loop {
            let before = left.count();
            for site in 0..self.len() {
                if !left.has(site) {
                    continue;
                }
                let own = &self.close[site];
                let mut others = own.clone();
                others.keep(&left);
                others.take(site);
                for other in others.iter() {
                    if own.is_within(&self.close[other], &left) {
                        left.take(other);
                    }
                }
            }
            if left.count() == before {
                return left;
            }
        }
    }
}
