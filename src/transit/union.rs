//! Things that belong together, pair by pair: each ends up with the first of its kind.

/// Groups of places `0..n`; a group goes by its smallest place.
#[derive(Debug)]
pub(super) struct Union {
    first: Vec<usize>,
}

impl Union {
    /// Each place on its own.
    pub(super) fn of(places: usize) -> Self {
        Self { first: (0..places).collect() }
    }

    /// The group of a place.
    pub(super) fn find(&mut self, place: usize) -> usize {
        let mut root = place;
        while self.first[root] != root {
            root = self.first[root];
        }
        let mut next = place;
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

    /// The group of every place.
    pub(super) fn groups(mut self) -> Vec<usize> {
        (0..self.first.len()).map(|place| self.find(place)).collect()
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
