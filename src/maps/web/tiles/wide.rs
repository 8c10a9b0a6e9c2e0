//! Which parcels are so wide, or have so many corners, that to draw them wherever they are would never end?
//!
//! What a zoom may cost grows with the corners of all parcels and no faster. Parcels take their share from the smallest up; one that
//! goes beyond it is drawn where others are, and a map closer than any parcel can be drawn is not made.

use super::TileParcels;
use crate::maps::web::outlines::Step;

/// What any zoom may cost: 100,000 tiles of small parcels, some seconds.
const LEAST: u64 = 1 << 21;

/// What it may cost for each corner. A usual parcel is on one to four tiles.
const A_CORNER: u64 = 64;

/// A tile costs as much as so many corners, however few a parcel has.
const A_TILE: u64 = 16;

/// The box of a parcel, and what it weighs on each tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) bounds: [Step; 2],
    pub(super) weight: u64,
}

impl Drawn {
    /// `None` of a parcel that cannot be seen.
    pub(super) fn of(parcels: &TileParcels<'_>, parcel: usize) -> Option<Self> {
        let bounds = parcels.outlines.bounds(parcel)?;
        let corners: usize = parcels.outlines.rings(parcel).map(<[Step]>::len).sum();
        Some(Self { bounds, weight: corners as u64 + A_TILE })
    }
}

/// The parcels that are too wide for a zoom, the least wide first.
#[derive(Debug)]
pub(super) struct Wide {
    parcels: Vec<u32>,
    /// The same in the order of the parcels.
    sorted: Vec<u32>,
    /// What may be spent on them.
    left: u64,
}

impl Wide {
    /// By what it costs to draw each parcel wherever it is.
    pub(super) fn new(parcels: &TileParcels<'_>, cost: impl Fn(&Drawn) -> u64) -> Self {
        let mut costs: Vec<(u64, u32)> = Vec::with_capacity(parcels.outlines.len());
        let (mut sum, mut budget) = (0_u64, LEAST);
        for parcel in 0..parcels.outlines.len() {
            if let Some(drawn) = Drawn::of(parcels, parcel) {
                let cost = cost(&drawn);
                sum = sum.saturating_add(cost);
                budget = budget.saturating_add(drawn.weight * A_CORNER);
                costs.push((cost, parcel as u32));
            }
        }
        if sum <= budget {
            return Self { parcels: Vec::new(), sorted: Vec::new(), left: budget };
        }
        costs.sort_unstable();
        let mut spent = 0_u64;
        let beyond = costs.iter().skip_while(|&&(cost, _)| {
            spent = spent.saturating_add(cost);
            spent <= budget
        });
        let wide: Vec<u32> = beyond.map(|&(_, parcel)| parcel).collect();
        let mut sorted = wide.clone();
        sorted.sort_unstable();
        Self { parcels: wide, sorted, left: budget }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parcels.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.parcels.len()
    }

    pub(super) fn holds(&self, parcel: usize) -> bool {
        self.sorted.binary_search(&(parcel as u32)).is_ok()
    }

    /// Those that can be drawn at what it costs each, the least wide first, until the rest is spent.
    pub(super) fn affordable(&self, cost: impl Fn(u32) -> u64) -> impl Iterator<Item = u32> {
        let mut left = self.left;
        self.parcels.iter().copied().take_while(move |&parcel| {
            let cost = cost(parcel);
            let is_affordable = cost <= left;
            left = left.saturating_sub(cost);
            is_affordable
        })
    }
}
