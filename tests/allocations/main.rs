//! What a batch costs in allocations. A program of its own, since it counts those of the whole process.

#[allow(dead_code, clippy::unwrap_used, reason = "of the town of the benches a part is used")]
#[path = "../../benches/common/mod.rs"]
mod common;

use allocation_counter::measure;
use common::Town;
use kyoten::assess::{Assessor, Terms};
use kyoten::evidence::Texts;

/// Allocations of assessing a town of so many parcels as one batch.
fn allocations(parcels: usize) -> u64 {
    let town = Town::new(parcels, 1);
    let assessor = Assessor::build(&town.city, None, &Terms::default(), town.parcels.extent());
    // What threads keep for themselves is made at the first batch.
    drop(assessor.assess(&town.parcels, Texts::default()));
    measure(|| drop(assessor.assess(&town.parcels, Texts::default()))).count_total
}

#[test]
fn a_batch_costs_a_fixed_number_of_allocations_whatever_its_parcels() {
    let [few, many] = [2_000, 16_000].map(allocations);
    println!("{few} allocations for 2,000 parcels, {many} for 16,000");
    // Scratch grows by doubling: a few more for eight times as many parcels, and not one for each.
    assert!(few < 500 && many < few + 100, "{few} allocations for 2,000 parcels, {many} for 16,000");
}
