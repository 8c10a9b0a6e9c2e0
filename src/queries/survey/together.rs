//! Which few items together, and how much is settled after each?
//!
//! A parcel near several stops is settled as poor only once all of them are found. So the choice goes by shares: whoever finds one
//! of three such stops has done a third. It is greedy, one item after the other, and none is taken back: another few may be worth
//! more. What is told of each step is reckoned, with all of the chosen items filled in at once.

use std::collections::BTreeMap;

use super::fill::Fill;
use super::settled::{Change, Reckoned, Reckoner, common};
use super::{Amounts, End};

/// An item that joins those before it, and what they settle together.
#[derive(Debug)]
pub struct Step {
    /// Its place among the items of the survey.
    pub item: usize,
    /// Where each of them is found to be at its good end.
    pub if_good: Amounts,
    /// Where each of them is found to be at its poor end.
    pub if_poor: Amounts,
    /// What both of these settle.
    pub either: Amounts,
    /// What is not undetermined today, and is in one of the two.
    pub opened: Amounts,
}

/// A few items, the next one always that which promises most.
pub(super) fn steps(reckoner: &Reckoner<'_>, items: &[Reckoned], most: usize) -> Vec<Step> {
    let mut promise = Promise::of(reckoner, items);
    let (mut chosen, mut steps): (Vec<usize>, Vec<Step>) = (Vec::new(), Vec::new());
    while chosen.len() < most {
        let Some(item) = promise.take() else { break };
        chosen.push(item);
        let taken: Vec<&Reckoned> = chosen.iter().map(|&index| &items[index]).collect();
        let (good, poor) = rayon::join(|| at_end(reckoner, &taken, End::Good), || at_end(reckoner, &taken, End::Poor));
        let amounts = |verdicts: &[u64]| reckoner.parcels.amounts(verdicts);
        let mut opened: Vec<u64> = good.opened.iter().chain(&poor.opened).copied().collect();
        opened.sort_unstable();
        opened.dedup();
        steps.push(Step {
            item,
            if_good: amounts(&good.settled),
            if_poor: amounts(&poor.settled),
            either: amounts(&common([good.settled.as_slice(), &poor.settled].into_iter())),
            opened: amounts(&opened),
        });
    }
    steps
}

/// What comes of items that are all found to be at one end.
fn at_end(reckoner: &Reckoner<'_>, items: &[&Reckoned], end: End) -> Change {
    let of_way = |way: usize| -> Vec<&Fill> {
        let of_item = |one: &&Reckoned| {
            let answer = one.item.answers.iter().position(|answer| answer.end == end)?;
            let fills = &one.item.answers[answer].fills;
            Some((fills.len(), answer, way.min(fills.len().checked_sub(1)?)))
        };
        items
            .iter()
            .filter_map(|one| of_item(one).map(|(_, answer, way)| &one.item.answers[answer].fills[way]))
            .collect()
    };
    let has_two =
        items.iter().any(|one| one.item.answers.iter().any(|answer| answer.end == end && answer.fills.len() > 1));
    let first = reckoner.change(&of_way(0));
    if !has_two {
        return first;
    }
    let second = reckoner.change(&of_way(1));
    let settled = common([first.settled.as_slice(), &second.settled].into_iter());
    let mut opened: Vec<u64> = first.opened.into_iter().chain(second.opened).collect();
    opened.sort_unstable();
    opened.dedup();
    Change { settled, opened }
}

/// How much each of the items that are left promises.
struct Promise<'r> {
    items: &'r [Reckoned],
    /// Of every verdict that any of them settles by itself, its area and how many of them do.
    shared: BTreeMap<u64, (f64, u32)>,
    /// By item, the verdicts that it settles by itself.
    of_item: Vec<Vec<u64>>,
    /// The verdicts that are settled where what is chosen is found to be good.
    good: std::collections::BTreeSet<u64>,
    is_taken: Vec<bool>,
}

impl<'r> Promise<'r> {
    fn of(reckoner: &Reckoner<'_>, items: &'r [Reckoned]) -> Self {
        let mut shared: BTreeMap<u64, (f64, u32)> = BTreeMap::new();
        let of_item: Vec<Vec<u64>> = items
            .iter()
            .map(|one| {
                let mut all: Vec<u64> = one.changes.iter().flat_map(|change| change.settled.iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                all
            })
            .collect();
        for &verdict in of_item.iter().flatten() {
            shared.entry(verdict).or_insert_with(|| (reckoner.parcels.hectares_of(verdict), 0)).1 += 1;
        }
        Self { items, shared, of_item, good: std::collections::BTreeSet::new(), is_taken: vec![false; items.len()] }
    }

    fn good_of(&self, item: usize) -> &'r [u64] {
        let one = &self.items[item];
        let good = one.item.answers.iter().position(|answer| answer.end == End::Good);
        good.map_or(&[], |answer| &one.changes[answer].settled)
    }

    fn worth(&self, item: usize) -> f64 {
        let hectares = |verdict: &u64| self.shared.get(verdict).map_or(0.0, |shared| shared.0);
        let good: f64 = self.good_of(item).iter().filter(|verdict| !self.good.contains(verdict)).map(hectares).sum();
        let part = |verdict: &u64| self.shared.get(verdict).map_or(0.0, |shared| shared.0 / f64::from(shared.1));
        good + self.of_item[item].iter().map(part).sum::<f64>()
    }

    /// Takes the one that promises most; the first of several.
    fn take(&mut self) -> Option<usize> {
        let left = (0..self.items.len()).filter(|&item| !self.is_taken[item]);
        let (item, _) =
            left.map(|item| (item, self.worth(item))).reduce(|best, one| if one.1 > best.1 { one } else { best })?;
        self.is_taken[item] = true;
        self.good.extend(self.good_of(item));
        Some(item)
    }
}
