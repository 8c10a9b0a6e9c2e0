//! A set of sites that gets better: sites come and go, and at every step it is known which others stand in nobody's way.
//!
//! Source: D. V. Andrade, M. G. C. Resende and R. F. Werneck, Fast local search for the maximum independent set problem, Journal of
//! Heuristics 18, 2012.

use std::collections::{BTreeMap, BTreeSet};

use super::conflicts::Conflicts;

/// A set of sites of a group, no two of them too close.
pub(super) struct Chosen<'a> {
    conflicts: &'a Conflicts,
    /// The sites chosen, each with those of the group that stand too close to it.
    sites: BTreeMap<u32, Vec<u32>>,
    /// By site, whether it may be chosen at all.
    in_group: Vec<bool>,
    /// By site, how many of those chosen stand too close to it, and these put together by exclusive or: where there is one, it is that.
    blocked: Vec<(u32, u32)>,
    /// Chosen sites of which one that is blocked by it alone may be new.
    changed: BTreeSet<u32>,
}

impl<'a> Chosen<'a> {
    pub(super) fn none(group: &[u32], conflicts: &'a Conflicts) -> Self {
        let mut in_group = vec![false; conflicts.len()];
        for &site in group {
            in_group[site as usize] = true;
        }
        let blocked = vec![(0, 0); conflicts.len()];
        Self { conflicts, sites: BTreeMap::new(), in_group, blocked, changed: BTreeSet::new() }
    }

    pub(super) fn sites(&self) -> Vec<u32> {
        self.sites.keys().copied().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.sites.len()
    }

    pub(super) fn is_free(&self, site: u32) -> bool {
        self.in_group[site as usize] && self.blocked[site as usize].0 == 0 && !self.sites.contains_key(&site)
    }

    /// The sites that stand too close to it among those chosen.
    pub(super) fn in_the_way_of(&self, site: u32) -> Vec<u32> {
        match self.blocked[site as usize] {
            (0, _) => Vec::new(),
            (1, only) => vec![only],
            _ => self.sites.keys().copied().filter(|&one| self.conflicts.are_close(one, site)).collect(),
        }
    }

    /// The sites that this one alone, of those chosen, stands too close to.
    pub(super) fn blocked_by_alone(&self, site: u32) -> Vec<u32> {
        let close = self.sites.get(&site).into_iter().flatten().copied();
        close.filter(|&other| self.blocked[other as usize] == (1, site)).collect()
    }

    pub(super) fn add(&mut self, site: u32) {
        let mut close = self.conflicts.close_to(site);
        close.retain(|&other| self.in_group[other as usize]);
        for &other in &close {
            let (count, all) = &mut self.blocked[other as usize];
            (*count, *all) = (*count + 1, *all ^ site);
        }
        self.sites.insert(site, close);
        self.changed.insert(site);
    }

    /// Takes a site out; returns the sites that it stood too close to.
    pub(super) fn remove(&mut self, site: u32) -> Vec<u32> {
        let close = self.sites.remove(&site).unwrap_or_default();
        self.changed.remove(&site);
        for &other in &close {
            let (count, all) = &mut self.blocked[other as usize];
            (*count, *all) = (*count - 1, *all ^ site);
            if *count == 1 {
                self.changed.insert(*all);
            }
        }
        close
    }

    /// Adds what is free, in this order.
    pub(super) fn fill(&mut self, order: &[u32]) {
        for &site in order {
            if self.is_free(site) {
                self.add(site);
            }
        }
    }

    /// Puts two in the place of one as long as that can be done. Returns how many pairs were looked at.
    fn improve(&mut self) -> u64 {
        let mut work = 0;
        while let Some(site) = self.changed.pop_first() {
            let alone = self.blocked_by_alone(site);
            let pairs =
                alone.iter().enumerate().flat_map(|(at, &one)| alone[at + 1..].iter().map(move |&two| (one, two)));
            let mut found = None;
            for (one, two) in pairs {
                work += 1;
                if !self.conflicts.are_close(one, two) {
                    found = Some((one, two));
                    break;
                }
            }
            if let Some((one, two)) = found {
                let freed = self.remove(site);
                self.add(one);
                self.add(two);
                self.fill(&freed);
            }
        }
        work
    }

    /// Makes it what it was.
    pub(super) fn become_again(&mut self, before: &[u32]) {
        let after = self.sites();
        for &site in after.iter().filter(|site| !before.contains(site)) {
            self.remove(site);
        }
        for &site in before.iter().filter(|site| !after.contains(site)) {
            self.add(site);
        }
    }
}

/// Numbers that look drawn by lot and are the same in every run. Source: G. L. Steele, D. Lea and C. H. Flood, Fast splittable
/// pseudorandom number generators, OOPSLA 2014 (SplitMix64).
pub(super) struct Lots(pub(super) u64);

impl Lots {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// The directions in which sites are gone through at first.
const WAYS: [[f64; 2]; 8] =
    [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]];

/// A large set of a group: the best that is found from one side of the town to the other, and then by exchanges, until there are
/// `enough` or the work is done.
pub(super) fn large(group: &[u32], conflicts: &Conflicts, enough: usize, work: u64) -> Vec<u32> {
    let mut best: Vec<u32> = Vec::new();
    for way in WAYS {
        let along = |&site: &u32| {
            let [x, y] = conflicts.bounds(site).centre();
            x * way[0] + y * way[1]
        };
        let mut order = group.to_vec();
        order.sort_by(|one, other| along(one).total_cmp(&along(other)).then(one.cmp(other)));
        let mut chosen = Chosen::none(group, conflicts);
        chosen.fill(&order);
        if chosen.len() > best.len() {
            best = chosen.sites();
        }
        if best.len() >= enough {
            return best;
        }
    }
    let mut chosen = Chosen::none(group, conflicts);
    chosen.fill(&best);
    let mut done = chosen.improve();
    let mut lots = Lots(group.len() as u64);
    while chosen.len() < enough && done < work {
        let before = chosen.sites();
        let forced = group[lots.below(group.len())];
        if before.contains(&forced) {
            done += 1;
            continue;
        }
        let mut freed: Vec<u32> = Vec::new();
        for site in chosen.in_the_way_of(forced) {
            freed.extend(chosen.remove(site));
        }
        chosen.add(forced);
        if !freed.is_empty() {
            let start = lots.below(freed.len());
            freed.rotate_left(start);
        }
        chosen.fill(&freed);
        done += chosen.improve() + freed.len() as u64 + 100;
        if chosen.len() < before.len() {
            chosen.become_again(&before);
        }
    }
    chosen.sites()
}
