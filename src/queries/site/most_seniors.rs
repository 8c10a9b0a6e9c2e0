//! A set of sites that as many older residents as can be live near.
//!
//! What a set serves is a monotone submodular function of it: a site adds less the more there are. So no set adds more to one than the sum of
//! what its sites add each alone, and of sites that conflict with one another no more than one can be in it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::conflicts::Conflicts;
use super::matrix::{Bits, Matrix};
use super::search::{Chosen, Lots};
use super::served::{Reached, Run, Seniors};

/// So often is it asked what a site would add, while a set of a group gets better: a second or less.
const SEARCH: u64 = 200_000;

/// The same in branch and bound before a better set is looked for.
const EASY: u64 = 20_000;

/// The same after it: some seconds.
const PROOF: u64 = 1_000_000;

/// Groups of more sites than so many are not searched through.
const MOST: usize = 2_048;

/// Sites and what they reach.
#[derive(Debug)]
pub(super) struct Reaching<'a> {
    pub(super) conflicts: &'a Conflicts,
    pub(super) seniors: &'a Seniors,
    /// By site, the points that it reaches.
    pub(super) runs: Vec<Vec<Run>>,
    /// What is reached already.
    pub(super) before: Reached,
}

/// Sites, what they add at least in parts of a person, and no more than what any set could add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundSeniors {
    pub(super) sites: Vec<u32>,
    pub(super) parts: u64,
    pub(super) at_most: u64,
}

/// A set of no more than `most` sites that adds as much as can be found.
pub(super) fn most_seniors(reaching: &Reaching<'_>, most: Option<usize>, apart: f64) -> FoundSeniors {
    let conflicts = reaching.conflicts;
    let all = || (0..conflicts.len() as u32).collect::<Vec<u32>>();
    // Groups that share no resident are apart as long as nobody counts all their sites together.
    let groups = match most {
        None => conflicts.groups(conflicts.reach().max(apart), |_, _| true),
        Some(_) => vec![all()],
    };
    let found: Vec<FoundSeniors> = groups.par_iter().map(|group| of_group(group, reaching, most)).collect();
    let mut reached = reaching.before.clone();
    reaching.runs.iter().for_each(|runs| drop(reached.add(runs)));
    let coverable = (reaching.seniors.served(&reached, &reaching.before).lo * super::served::PARTS).ceil() as u64;
    let parts = found.iter().map(|one| one.parts).sum();
    let at_most = found.iter().map(|one| one.at_most).sum::<u64>().min(coverable).max(parts);
    let mut sites: Vec<u32> = found.into_iter().flat_map(|one| one.sites).collect();
    sites.sort_unstable();
    FoundSeniors { sites, parts, at_most }
}

fn of_group(group: &[u32], reaching: &Reaching<'_>, most: Option<usize>) -> FoundSeniors {
    let most = most.unwrap_or(usize::MAX);
    let gains: Vec<u64> = group.iter().map(|&site| reaching.more(site, &reaching.before)).collect();
    let useful: Vec<u32> = group.iter().zip(&gains).filter(|(_, gain)| **gain > 0).map(|(&site, _)| site).collect();
    if useful.is_empty() || most == 0 {
        return FoundSeniors { sites: Vec::new(), parts: 0, at_most: 0 };
    }
    if useful.len() <= MOST {
        let matrix = Matrix::of(&useful, reaching.conflicts);
        let mut proof =
            Proof { useful: &useful, reaching, matrix: &matrix, most, best: (0, Vec::new()), open: 0, work: EASY };
        proof.run(&greedy(&useful, reaching, most));
        if proof.open > proof.best.0 {
            proof = Proof { open: 0, work: PROOF, ..proof };
            proof.run(&better(&useful, reaching, most));
        }
        let Proof { best: (parts, mut sites), open, .. } = proof;
        sites.sort_unstable();
        let at_most = if open > parts { open.min(reaching.at_most_beside(&useful, &sites, most)) } else { parts };
        return FoundSeniors { at_most: at_most.max(parts), sites, parts };
    }
    let sites = better(&useful, reaching, most);
    let parts = reaching.value(&sites);
    let bounds = [&[][..], &sites].map(|set| reaching.at_most_beside(&useful, set, most));
    let at_most = bounds[0].min(bounds[1]).max(parts);
    FoundSeniors { sites, parts, at_most }
}

impl Reaching<'_> {
    /// What a site would add.
    pub(super) fn more(&self, site: u32, reached: &Reached) -> u64 {
        self.seniors.more(&self.runs[site as usize], reached)
    }

    /// What sites reach, and what was reached before.
    pub(super) fn reached<'s>(&self, sites: impl IntoIterator<Item = &'s u32>) -> Reached {
        let mut reached = self.before.clone();
        sites.into_iter().for_each(|&site| drop(reached.add(&self.runs[site as usize])));
        reached
    }

    /// What a set adds.
    fn value(&self, sites: &[u32]) -> u64 {
        let mut reached = self.before.clone();
        let mut sum = 0;
        for &site in sites {
            sum += self.more(site, &reached);
            reached.add(&self.runs[site as usize]);
        }
        sum
    }

    /// No set of no more than `most` sites adds more than this. It adds no more than a given set does and, beside that, each of its own; and of
    /// sites that conflict with one another no more than one is in it. Source: J. Leskovec et al., Cost-effective outbreak detection in
    /// networks, KDD 2007 (the bound of a given set), with sets of which any two conflict in the place of single sites.
    fn at_most_beside(&self, group: &[u32], set: &[u32], most: usize) -> u64 {
        let reached = self.reached(set);
        let mut order: Vec<(u64, u32)> = group.iter().map(|&site| (self.more(site, &reached), site)).collect();
        order.retain(|(gain, _)| *gain > 0);
        order.sort_by_key(|&(gain, site)| (Reverse(gain), site));
        let mut cliques: Vec<(u64, Vec<u32>)> = Vec::new();
        for (gain, site) in order {
            let fits = |(_, clique): &&mut (u64, Vec<u32>)| {
                clique.iter().all(|&member| self.conflicts.are_close(site, member))
            };
            match cliques.iter_mut().find(fits) {
                Some((_, clique)) => clique.push(site),
                None => cliques.push((gain, vec![site])),
            }
        }
        self.value(set) + cliques.iter().take(most).map(|(gain, _)| gain).sum::<u64>()
    }

    /// Adds of these sites always the one that adds most, as long as one is free and adds anything. Source: M. Minoux, Accelerated greedy
    /// algorithms for maximizing submodular set functions, 1978. Returns how often it was asked.
    fn fill(&self, chosen: &mut Chosen<'_>, from: &[u32], most: usize) -> u64 {
        let mut reached = self.reached(&chosen.sites());
        let mut asked = 0;
        let free = from.iter().filter(|&&site| chosen.is_free(site));
        let mut heap: BinaryHeap<(u64, Reverse<u32>)> =
            free.map(|&site| (self.more(site, &reached), Reverse(site))).collect();
        asked += heap.len() as u64;
        while let Some((told, Reverse(site))) = heap.pop() {
            if told == 0 || chosen.len() >= most {
                break;
            }
            if !chosen.is_free(site) {
                continue;
            }
            let now = self.more(site, &reached);
            asked += 1;
            // Of those that add the same the first of the input, whatever was told before.
            if now < told {
                heap.push((now, Reverse(site)));
                continue;
            }
            chosen.add(site);
            reached.add(&self.runs[site as usize]);
        }
        asked
    }

    /// Takes out what adds least until there are no more than `most`.
    pub(super) fn trim(&self, chosen: &mut Chosen<'_>, most: usize) {
        while chosen.len() > most {
            let sites = chosen.sites();
            let lost = |site: u32| self.more(site, &self.reached(sites.iter().filter(|&&other| other != site)));
            let least = sites.iter().copied().min_by_key(|&site| (lost(site), Reverse(site)));
            if let Some(site) = least {
                chosen.remove(site);
            }
        }
    }
}

/// The set that comes of adding always what adds most.
fn greedy(group: &[u32], reaching: &Reaching<'_>, most: usize) -> Vec<u32> {
    let mut chosen = Chosen::none(group, reaching.conflicts);
    reaching.fill(&mut chosen, group, most);
    chosen.sites()
}

/// The best set that is found by adding always what adds most, and then by exchanges.
fn better(group: &[u32], reaching: &Reaching<'_>, most: usize) -> Vec<u32> {
    let mut chosen = Chosen::none(group, reaching.conflicts);
    let mut asked = reaching.fill(&mut chosen, group, most);
    let mut value = reaching.value(&chosen.sites());
    let mut lots = Lots(group.len() as u64);
    while asked < SEARCH {
        let before = chosen.sites();
        let forced = group[lots.below(group.len())];
        asked += 10;
        if before.contains(&forced) {
            continue;
        }
        let mut freed: Vec<u32> = Vec::new();
        for site in chosen.in_the_way_of(forced) {
            freed.extend(chosen.remove(site));
            freed.push(site);
        }
        chosen.add(forced);
        reaching.trim(&mut chosen, most);
        asked += reaching.fill(&mut chosen, &freed, most) + before.len() as u64;
        let now = reaching.value(&chosen.sites());
        if now < value {
            chosen.become_again(&before);
        } else {
            value = now;
        }
    }
    chosen.sites()
}

/// Branch and bound over the sites of a group.
struct Proof<'a> {
    useful: &'a [u32],
    reaching: &'a Reaching<'a>,
    matrix: &'a Matrix,
    most: usize,
    best: (u64, Vec<u32>),
    /// The most that what was not looked at can give.
    open: u64,
    work: u64,
}

impl Proof<'_> {
    /// From a set that is known.
    fn run(&mut self, known: &[u32]) {
        let parts = self.reaching.value(known);
        if parts > self.best.0 {
            self.best = (parts, known.to_vec());
        }
        let mut reached = self.reaching.before.clone();
        self.expand(&Bits::all(self.useful.len()), &mut Vec::new(), &mut reached, 0);
    }

    fn expand(&mut self, left: &Bits, chosen: &mut Vec<u32>, reached: &mut Reached, value: u64) {
        if value > self.best.0 {
            self.best = (value, chosen.clone());
        }
        let mut order: Vec<(u64, usize)> =
            left.iter().map(|place| (self.reaching.more(self.useful[place], reached), place)).collect();
        self.work = self.work.saturating_sub(order.len() as u64 + 1);
        order.retain(|(gain, _)| *gain > 0);
        order.sort_by_key(|&(gain, place)| (Reverse(gain), place));
        let mut left = Bits::none(self.useful.len());
        for &(_, place) in &order {
            left.put(place);
        }
        for at in 0..order.len() {
            let most = value + self.bound(&order[at..], self.most - chosen.len());
            if most <= self.best.0 {
                return;
            }
            if self.work == 0 {
                self.open = self.open.max(most);
                return;
            }
            let (gain, place) = order[at];
            left.take(place);
            let site = self.useful[place];
            let mut rest = left.clone();
            rest.drop_all(&self.matrix.close[place]);
            chosen.push(site);
            let undo = reached.add(&self.reaching.runs[site as usize]);
            self.expand(&rest, chosen, reached, value + gain);
            reached.undo(undo);
            chosen.pop();
        }
    }

    /// What sites add at most: of each set of which any two conflict the one that adds most, and of these sets no more than may be chosen.
    fn bound(&mut self, order: &[(u64, usize)], most: usize) -> u64 {
        let mut cliques: Vec<(u64, Bits)> = Vec::new();
        for &(gain, place) in order {
            self.work = self.work.saturating_sub(u64::from(place % 8 == 0));
            match cliques.iter_mut().find(|(_, fitting)| fitting.has(place)) {
                Some((_, fitting)) => fitting.keep(&self.matrix.close[place]),
                None => cliques.push((gain, self.matrix.close[place].clone())),
            }
        }
        cliques.iter().take(most).map(|(gain, _)| gain).sum()
    }
}
