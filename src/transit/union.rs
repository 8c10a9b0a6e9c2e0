//! Things that belong together, pair by pair: each ends up with the first of its kind.

/// Groups of indices `0..n`; a group goes by its smallest index.
#[derive(Debug)]
pub(super) struct Union {
    first: Vec<usize>,
}

impl Union {
    /// Each index on its own.
    pub(super) fn of(count: usize) -> Self {
        Self { first: (0..count).collect() }
    }

    /// The group of an index.
    pub(super) fn find(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.first[root] != root {
            root = self.first[root];
        }
        let mut next = index;
        while self.first[next] != root {
            next = std::mem::replace(&mut self.first[next], root);
        }
        root
    }

    /// Makes one group of two.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.first[one.max(other)] = one.min(other);
    }

    /// The group of every index.
    pub(super) fn groups(mut self) -> Vec<usize> {
        (0..self.first.len()).map(|index| self.find(index)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_one_group_that_goes_by_its_first() {
        let mut union = Union::of(6);
        union.join(4, 5);
        union.join(2, 4);
        union.join(5, 1);
        assert_eq!(union.groups(), [0, 1, 1, 3, 1, 1]);
    }
}
