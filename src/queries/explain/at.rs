//! What becomes of a zone at one parcel while one criterion is moved?

use super::Explainer;
use super::ground::Ground;
use super::parts::{Asked, Part, alone};
use super::prepared::Prepared;
use super::told::Way;
use crate::criteria::{World, Zone};
use crate::regions::Region;
use crate::verdicts::{Status, reaches};

/// What is to become of a verdict: a better one, or a worse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// The verdict now.
    now: Status,
    pub(super) way: Way,
    /// The state of things that decides, and another that serves as well.
    pub(super) world: World,
    also: Option<World>,
}

impl Target {
    /// What turns a verdict.
    pub(super) fn of_status(now: Status) -> Vec<Self> {
        let gain = |world: World, also: Option<World>| Self { now, way: Way::Gain, world, also };
        let loss = |world: World| Self { now, way: Way::Loss, world, also: None };
        match now {
            Status::Eligible => vec![loss(World::Sure)],
            Status::Prospective => vec![gain(World::Sure, None), loss(World::Expected)],
            // What is expected need not be possible as yet.
            Status::Undetermined => vec![gain(World::Sure, Some(World::Expected)), loss(World::Possible)],
            Status::Ineligible => vec![gain(World::Possible, Some(World::Expected))],
        }
    }

    /// What turns a criterion.
    pub(super) fn of_standing(is_met: Option<bool>) -> Vec<Self> {
        Self::of_status(match is_met {
            Some(true) => Status::Eligible,
            Some(false) => Status::Ineligible,
            None => Status::Undetermined,
        })
    }

    /// Whether another verdict is what is wanted.
    pub(super) fn is_met(self, verdict: Status) -> bool {
        match self.way {
            Way::Gain => verdict < self.now,
            Way::Loss => verdict > self.now,
        }
    }
}

/// Where a criterion holds, in a state of things and for a part of the zone.
pub(super) type Moved<'f> = dyn Fn(World, usize) -> Region + 'f;

/// A zone at a parcel, of which one criterion can be moved.
pub(super) struct At<'e> {
    pub(super) explainer: &'e Explainer<'e>,
    pub(super) ground: &'e Ground<'e>,
    pub(super) prepared: &'e Prepared<'e>,
    pub(super) parts: [Vec<Part>; 3],
    /// Whether what the zone asks about the parcel alone is met.
    pub(super) site: Option<bool>,
    /// Whether the first change that does is enough.
    pub(super) wants_one: bool,
}

impl<'e> At<'e> {
    /// A zone.
    pub(super) fn of_zone(
        explainer: &'e Explainer<'e>,
        prepared: &'e Prepared<'e>,
        zone: Zone,
        (ground, site): (&'e Ground<'e>, Option<bool>),
    ) -> Self {
        let parts = World::ALL.map(|world| explainer.parts(zone, prepared.criterion, world, ground));
        Self { explainer, ground, prepared, parts, site, wants_one: false }
    }

    /// The criterion by itself.
    pub(super) fn alone(explainer: &'e Explainer<'e>, prepared: &'e Prepared<'e>, ground: &'e Ground<'e>) -> Self {
        let parts = World::ALL.map(|_| alone());
        Self { explainer, ground, prepared, parts, site: Some(true), wants_one: false }
    }

    /// Whether nothing else is asked, so that the zone stands as the criterion does.
    pub(super) fn is_alone(&self) -> bool {
        let is_alone =
            |parts: &Vec<Part>| matches!(parts.as_slice(), [Part { keep, asked: Asked::All }] if keep.is_everything());
        self.site == Some(true) && self.parts.iter().all(is_alone)
    }

    /// Whether the zone holds the parcel.
    pub(super) fn holds(&self, world: World, moved: &Moved<'_>) -> bool {
        let may = match world {
            World::Possible => self.site != Some(false),
            World::Sure | World::Expected => self.site == Some(true),
        };
        may && reaches(self.share(world, moved), self.explainer.assessor.judge.rules.thresholds.membership())
    }

    fn share(&self, world: World, moved: &Moved<'_>) -> u32 {
        let of_part = |(index, part): (usize, &Part)| match part.asked {
            Asked::Nothing => part.keep.clone(),
            _ => part.keep.intersection(&moved(world, index)),
        };
        let parts: Vec<Region> = self.parts[world as usize].iter().enumerate().map(of_part).collect();
        let region = match parts.as_slice() {
            [one] => one.clone(),
            several => Region::union_of_regions(&several.iter().collect::<Vec<_>>()),
        };
        self.ground.share(&region)
    }

    /// The verdict.
    pub(super) fn status(&self, moved: &Moved<'_>) -> Status {
        let [sure, possible, expected] = World::ALL.map(|world| self.holds(world, moved));
        Status::of(sure, expected, possible)
    }

    /// Whether a target is met.
    pub(super) fn is_turned(&self, target: Target, moved: &Moved<'_>) -> bool {
        let holds = self.holds(target.world, moved) || target.also.is_some_and(|world| self.holds(world, moved));
        (target.way == Way::Gain) == holds
    }

    /// What of the criterion is asked of a part.
    pub(super) fn asked(&self, world: World, part: usize) -> &Asked {
        &self.parts[world as usize][part].asked
    }
}

/// The smallest number of steps from which on something holds; `likely` is a good guess.
pub(super) fn smallest(holds: impl Fn(i64) -> bool, likely: i64, most: i64) -> Option<i64> {
    let (mut below, mut at, mut step) = (0, likely.clamp(1, most.max(1)), 64);
    while !holds(at) {
        if at >= most {
            return None;
        }
        (below, at, step) = (at, (at + step).min(most), step * 2);
    }
    while at - below > 1 {
        let middle = below + (at - below) / 2;
        if holds(middle) { at = middle } else { below = middle }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_step_is_found_from_any_guess() {
        for wanted in [1, 2, 63, 64, 65, 1000, 99_999] {
            for likely in [0, 1, 500, 100_000] {
                assert_eq!(smallest(|step| step >= wanted, likely, 100_000), Some(wanted));
            }
        }
        assert_eq!(smallest(|_| false, 1, 100_000), None);
    }
}
