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

/// Things of which some lie on one side and some on opposite ones, pair by pair.
#[derive(Debug, Default)]
pub(super) struct Sides {
    /// What each goes by, and whether it lies on the opposite side of that.
    above: Vec<(usize, bool)>,
    /// How many go by each, and whether it is said of two of them that they lie on one side and on opposite ones.
    parts: Vec<(usize, bool)>,
}

impl Sides {
    /// One more, on its own.
    pub(super) fn add(&mut self) {
        self.above.push((self.above.len(), false));
        self.parts.push((1, false));
    }

    /// What one goes by, and its side.
    pub(super) fn find(&self, index: usize) -> (usize, bool) {
        let (mut at, mut side) = (index, false);
        while self.above[at].0 != at {
            side ^= self.above[at].1;
            at = self.above[at].0;
        }
        (at, side)
    }

    /// Ties two, on one side or on opposite ones.
    pub(super) fn tie(&mut self, one: usize, other: usize, opposite: bool) {
        let ((one, side), (other, other_side)) = (self.find(one), self.find(other));
        let turned = side ^ other_side ^ opposite;
        if one == other {
            self.parts[one].1 |= turned;
            return;
        }
        let (more, fewer) = if self.parts[one].0 < self.parts[other].0 { (other, one) } else { (one, other) };
        self.above[fewer] = (more, turned);
        self.parts[more].0 += self.parts[fewer].0;
        self.parts[more].1 |= self.parts[fewer].1;
    }

    /// Whether the ties of a part contradict one another; a part goes by what its members go by.
    pub(super) fn contradicts(&self, part: usize) -> bool {
        self.parts[part].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opposite_of_the_opposite_is_the_same_side() {
        let mut sides = Sides::default();
        (0..5).for_each(|_| sides.add());
        sides.tie(0, 1, true);
        sides.tie(2, 3, true);
        sides.tie(1, 2, true);
        let [first, second, third, fourth] = [0, 1, 2, 3].map(|index| sides.find(index));
        assert_eq!((first, second), (third, fourth));
        assert_ne!(first.1, second.1);
        assert_eq!(sides.find(4), (4, false));
        assert!(!sides.contradicts(first.0));
        sides.tie(0, 2, true);
        assert!(sides.contradicts(first.0) && !sides.contradicts(4));
    }

    #[test]
    fn a_chain_is_one_group_that_goes_by_its_first() {
        let mut union = Union::of(6);
        union.join(4, 5);
        union.join(2, 4);
        union.join(5, 1);
        assert_eq!(union.groups(), [0, 1, 1, 3, 1, 1]);
    }
}
