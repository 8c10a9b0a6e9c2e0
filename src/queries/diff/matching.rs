//! Which parcel of one run is which parcel of the other: those of one `kyoten_id`.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::parcels::Ids;

/// Parcels of two runs put together.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Matching {
    /// The parcel of A and the parcel of B, in the order of B.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Parcels of A that B does not have, in order.
    pub(super) only_a: Vec<u32>,
    /// Parcels of B that A does not have, in order.
    pub(super) only_b: Vec<u32>,
    /// In A and in B, parcels with the id of an earlier one.
    pub(super) repeated: [u64; 2],
}

/// Matches by id; of parcels with one id, the first with the first, the second with the second.
pub(super) fn matching(a: &Ids, b: &Ids) -> Matching {
    let (sorted_a, sorted_b) = (sorted(a), sorted(b));
    let mut found = Matching { repeated: [repeated(a, &sorted_a), repeated(b, &sorted_b)], ..Matching::default() };
    let (mut from_a, mut from_b) = (sorted_a.into_iter().peekable(), sorted_b.into_iter().peekable());
    loop {
        let order = match (from_a.peek(), from_b.peek()) {
            (Some(&one), Some(&other)) => a.get(one).cmp(b.get(other)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        match order {
            Ordering::Less => found.only_a.extend(from_a.next()),
            Ordering::Greater => found.only_b.extend(from_b.next()),
            Ordering::Equal => found.pairs.extend(from_a.next().zip(from_b.next())),
        }
    }
    found.pairs.par_sort_unstable_by_key(|&(_, b)| b);
    found.only_a.sort_unstable();
    found.only_b.sort_unstable();
    found
}

/// The parcels by id, those of one id by position.
fn sorted(ids: &Ids) -> Vec<u32> {
    let mut parcels: Vec<u32> = (0..ids.len() as u32).collect();
    parcels.par_sort_unstable_by(|&one, &other| ids.get(one).cmp(ids.get(other)).then(one.cmp(&other)));
    parcels
}

fn repeated(ids: &Ids, sorted: &[u32]) -> u64 {
    sorted.windows(2).filter(|pair| ids.get(pair[0]) == ids.get(pair[1])).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Ids {
        let mut ids = Ids::default();
        text.split_whitespace().for_each(|id| ids.push(id));
        ids
    }

    #[test]
    fn equal_ids_are_matched_in_the_order_in_which_they_come() {
        let found = matching(&ids("c a b a a"), &ids("a d c a"));
        assert_eq!(found.pairs, [(1, 0), (0, 2), (3, 3)]);
        assert_eq!((found.only_a, found.only_b, found.repeated), (vec![2, 4], vec![1], [2, 1]));
    }

    proptest::proptest! {
        #[test]
        fn every_parcel_is_matched_once_or_alone(a in "([abc] ){0,9}", b in "([abcd] ){0,9}") {
            let (a, b) = (ids(&a), ids(&b));
            let found = matching(&a, &b);
            let mut of_a: Vec<u32> = found.pairs.iter().map(|pair| pair.0).chain(found.only_a.iter().copied()).collect();
            let mut of_b: Vec<u32> = found.pairs.iter().map(|pair| pair.1).chain(found.only_b.iter().copied()).collect();
            of_a.sort_unstable();
            of_b.sort_unstable();
            proptest::prop_assert_eq!(of_a, (0..a.len() as u32).collect::<Vec<_>>());
            proptest::prop_assert_eq!(of_b, (0..b.len() as u32).collect::<Vec<_>>());
            proptest::prop_assert!(found.pairs.iter().all(|&(one, other)| a.get(one) == b.get(other)));
            proptest::prop_assert!(!found.only_a.iter().any(|&one| found.only_b.iter().any(|&o| a.get(one) == b.get(o))));
        }
    }
}
