//! Streets and blocks: a grid of streets of 4 to 16 m, and which of its blocks belong to the city.

use super::ground::Uv;
use super::odd;
use super::parcels;
use super::plan::{Plan, RIVER_WIDTH, Settlement, Stream};

/// A tile of streets holds so many columns and rows of blocks; it is one 大字 and one sheet of road polygons.
const TILE: [i32; 2] = [5, 10];

/// What stands on a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Houses.
    Built,
    /// One large parcel: a factory, a hospital.
    Large,
    /// A field or two.
    Farm,
    /// A park.
    Park,
    /// A school.
    School,
    /// The square in front of a station, part of the road.
    Square,
    /// The banks of a river.
    River,
}

/// A block of the city.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Column and row in the grid.
    pub(super) place: [i32; 2],
    pub(super) land_use: Use,
    /// 本番: the first part of its parcels' numbers; 0 where it has no parcels.
    pub(super) number: usize,
    /// How many parcels are taken from it.
    pub(super) parcels: usize,
}

impl Block {
    /// The tile that it lies in.
    pub(super) fn tile(&self) -> [i32; 2] {
        [self.place[0].div_euclid(TILE[0]), self.place[1].div_euclid(TILE[1])]
    }

    /// What orders it in the files.
    fn order(&self) -> [i32; 4] {
        let [column, row] = self.tile();
        [row, column, self.place[1], self.place[0]]
    }
}

/// A rectangle: from u, from v, to u, to v.
pub(super) type Rect = [f64; 4];

/// The corners of a rectangle, anticlockwise, not closed.
pub(super) fn corners([u0, v0, u1, v1]: Rect) -> [Uv; 4] {
    [[u0, v0], [u1, v0], [u1, v1], [u0, v1]]
}

/// The streets in one direction. Street `k` has block `k` on its far side.
struct Streets {
    first: i32,
    /// Middles of the streets, metres.
    middles: Vec<f64>,
    /// Widths of the streets, metres.
    widths: Vec<f64>,
}

impl Streets {
    /// The streets from one place to another; those of a smaller city are among those of a larger one.
    fn draw(plan: &Plan, stream: Stream, [from, to]: [f64; 2], depth: [f64; 2], wide_each: [i32; 2]) -> Self {
        let pitch = |k: i32| depth[0] + plan.random(stream, [k, 0]).f64() * (depth[1] - depth[0]);
        let mut lowest = -0.5 * pitch(0);
        let mut first = 0;
        while lowest > from {
            first -= 1;
            lowest -= pitch(first);
        }
        let mut streets = Self { first, middles: vec![lowest], widths: Vec::new() };
        let mut k = first;
        while lowest <= to {
            lowest += pitch(k);
            k += 1;
            streets.middles.push(lowest);
        }
        streets.widths = (first..=k)
            .map(|k| match () {
                () if k.rem_euclid(wide_each[1]) == 0 => 16.0,
                () if k.rem_euclid(wide_each[0]) == 0 => 9.0,
                () => 4.0 + 0.5 * f64::from(plan.random(stream, [k, 1]).u8(0..=4)),
            })
            .collect();
        streets
    }

    fn blocks(&self) -> std::ops::Range<i32> {
        self.first..self.block_at(f64::INFINITY)
    }

    /// The block that holds a coordinate; one past the last for infinity.
    #[expect(clippy::cast_possible_wrap, reason = "there are thousands of streets, not billions")]
    fn block_at(&self, coordinate: f64) -> i32 {
        self.first + self.middles.partition_point(|&middle| middle <= coordinate) as i32 - 1
    }

    fn middle(&self, k: i32) -> f64 {
        self.middles[(k - self.first) as usize]
    }

    fn width(&self, k: i32) -> f64 {
        self.widths[(k - self.first) as usize]
    }

    /// Half the street that a block leaves free on its side; a field leaves no more than a path along narrow ones.
    fn verge(&self, k: i32, farm: bool) -> f64 {
        let width = self.width(k);
        if farm && width < 9.0 { 1.0 } else { width / 2.0 }
    }
}

/// The city's blocks.
pub(super) struct TownLayout {
    columns: Streets,
    rows: Streets,
    /// Those that belong to the city, tile after tile, row after row.
    pub(super) blocks: Vec<Block>,
}

impl TownLayout {
    /// Takes blocks from the middles of the settlements outwards until there are as many parcels as were asked for.
    pub(super) fn draw(plan: &Plan) -> Self {
        let mut margin = 1.2;
        loop {
            let mut layout = Self::streets(plan, margin);
            if layout.take(plan, margin) {
                layout.blocks.sort_unstable_by_key(Block::order);
                let with_parcels = layout.blocks.iter_mut().filter(|block| block.parcels > 0);
                with_parcels.zip(1..).for_each(|(block, number)| block.number = number);
                return layout;
            }
            margin *= 1.3;
        }
    }

    fn streets(plan: &Plan, margin: f64) -> Self {
        let span = |axis: usize| {
            let reach = |place: &Settlement, side: f64| place.centre[axis] + side * (margin * place.radius + 100.0);
            let [a, b] = plan.settlements();
            [reach(a, -1.0).min(reach(b, -1.0)), reach(a, 1.0).max(reach(b, 1.0))]
        };
        Self {
            columns: Streets::draw(plan, Stream::Columns, span(0), [68.0, 104.0], [3, 12]),
            rows: Streets::draw(plan, Stream::Rows, span(1), [40.0, 54.0], [5, 20]),
            blocks: Vec::new(),
        }
    }

    /// Whether the blocks within the margin held enough parcels.
    fn take(&mut self, plan: &Plan, margin: f64) -> bool {
        let mut near: Vec<(f64, [i32; 2])> = Vec::new();
        for i in self.columns.blocks() {
            for j in self.rows.blocks() {
                let middle = self.middle([i, j]);
                let reach = plan.town.reach(middle).min(plan.village.reach(middle));
                if reach <= margin {
                    near.push((reach, [i, j]));
                }
            }
        }
        near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut missing = plan.parcels - odd::COUNT;
        for (reach, place) in near {
            let land_use = self.land_use(plan, place, reach);
            let mut block = Block { place, land_use, number: 0, parcels: 0 };
            block.parcels = parcels::draw(plan, self.rect(&block), &block).len().min(missing);
            missing -= block.parcels;
            self.blocks.push(block);
            if missing == 0 {
                return true;
            }
        }
        false
    }

    fn land_use(&self, plan: &Plan, place: [i32; 2], reach: f64) -> Use {
        if let Some(fixed) = plan.settlements().into_iter().find_map(|around| self.landmark(place, around)) {
            return fixed;
        }
        let [u, v] = self.middle(place);
        let half_width = self.columns.middle(place[0] + 1) - u;
        let on_river = |&(river_u, [from, to]): &(f64, [f64; 2])| {
            (from..=to).contains(&v) && (u - river_u).abs() < half_width + 0.5 * RIVER_WIDTH
        };
        if plan.rivers().iter().any(on_river) {
            return Use::River;
        }
        // Nine blocks in ten are built in the inner quarter, one in twenty from two thirds on.
        let built = (0.9 - 0.85 * (reach - 0.25) / 0.42).clamp(0.05, 0.9);
        match plan.random(Stream::Block, place).f64() {
            chance if chance < 0.03 * built => Use::Park,
            chance if chance < 0.04 * built => Use::School,
            chance if chance < 0.07 * built => Use::Large,
            chance if chance < built => Use::Built,
            _ => Use::Farm,
        }
    }

    /// What stands at a fixed place beside a station, so that even a small settlement has it.
    fn landmark(&self, [i, j]: [i32; 2], around: &Settlement) -> Option<Use> {
        let [u, v] = around.centre;
        match [i - self.columns.block_at(u), j - self.rows.block_at(v)] {
            [0, 0] => Some(Use::Square),
            [1, 2] | [-1, -1] => Some(Use::Park),
            [1, -2] => Some(Use::School),
            _ => None,
        }
    }

    /// The middle of a block, streets counted to it by half.
    fn middle(&self, place: [i32; 2]) -> Uv {
        let [u0, v0, u1, v1] = self.with_streets(place);
        [f64::midpoint(u0, u1), f64::midpoint(v0, v1)]
    }

    /// A block with the streets around it up to their middles.
    pub(super) fn with_streets(&self, [i, j]: [i32; 2]) -> Rect {
        [self.columns.middle(i), self.rows.middle(j), self.columns.middle(i + 1), self.rows.middle(j + 1)]
    }

    /// A block without its streets.
    pub(super) fn rect(&self, block: &Block) -> Rect {
        let [i, j] = block.place;
        let farm = block.land_use == Use::Farm;
        let [u0, v0, u1, v1] = self.with_streets(block.place);
        [
            u0 + self.columns.verge(i, farm),
            v0 + self.rows.verge(j, farm),
            u1 - self.columns.verge(i + 1, farm),
            v1 - self.rows.verge(j + 1, farm),
        ]
    }

    /// A point north of every block.
    pub(super) fn beyond(&self) -> Uv {
        let north = self.blocks.iter().map(|block| self.with_streets(block.place)[3]).fold(f64::MIN, f64::max);
        [0.0, north + 20.0]
    }

    /// The blocks as they stand side by side within a tile.
    pub(super) fn strips(&self) -> impl Iterator<Item = &[Block]> {
        self.blocks.chunk_by(|a, b| a.tile() == b.tile() && a.place[1] == b.place[1] && a.place[0] + 1 == b.place[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::DemoOptions;

    #[test]
    fn a_city_is_about_as_large_as_planned() {
        // Square, parks and river banks weigh more in a small one.
        for (parcels, planned) in [(300, 1_000.0..1_900.0), (20_000, 950.0..1_200.0)] {
            let plan = Plan::new(&DemoOptions { parcels, seed: 7 }).unwrap();
            let layout = TownLayout::draw(&plan);
            let area = |block: &Block| {
                let [u0, v0, u1, v1] = layout.with_streets(block.place);
                (u1 - u0) * (v1 - v0)
            };
            let per_parcel = layout.blocks.iter().map(area).sum::<f64>() / parcels as f64;
            assert!(planned.contains(&per_parcel), "{per_parcel} m² of city a parcel at {parcels} parcels");
        }
    }

    #[test]
    fn a_smaller_city_has_the_streets_of_a_larger_one() {
        let [small, large] = [1_000, 9_000].map(|parcels| {
            let plan = Plan::new(&DemoOptions { parcels, seed: 3 }).unwrap();
            TownLayout::draw(&plan).with_streets([2, -3])
        });
        for (a, b) in small.into_iter().zip(large) {
            assert!((a - b).abs() < 1e-6, "{small:?} {large:?}");
        }
    }
}
