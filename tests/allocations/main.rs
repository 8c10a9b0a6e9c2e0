//! What a batch costs in allocations. A program of its own, since it counts those of the whole process.

#[allow(dead_code, clippy::unwrap_used, reason = "of the town of the benches a part is used")]
#[path = "../../benches/common/mod.rs"]
mod common;

use allocation_counter::measure;
use common::Town;
use kyoten::assess::{Assessor, Terms};
use kyoten::evidence::{Batch, Texts};
use kyoten::geometry::Shapes;

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

/// Bytes that are taken, and given back or not, to assess a zigzag of so many corners that reaches over a town.
fn bytes_of_a_zigzag(town: &Town, corners: u32) -> u64 {
    let extent = town.parcels.extent();
    let ([x, y], [width, height]) = (extent.centre(), extent.size());
    let mut shapes = Shapes::default();
    for index in (0..corners).chain([0]) {
        let (sin, cos) = (f64::from(index) / f64::from(corners) * std::f64::consts::TAU).sin_cos();
        let radius = width.min(height) / if index.is_multiple_of(2) { 2.0 } else { 4.0 };
        shapes.push_point([x + radius * cos, y + radius * sin]);
    }
    shapes.end_ring();
    shapes.end_polygon();
    shapes.end_shape();
    let batch = Batch::new(shapes);
    assert!(batch.is_usable(0));
    let assessor = Assessor::build(&town.city, None, &Terms::default(), extent);
    measure(|| drop(assessor.assess(&batch, Texts::default()))).bytes_total
}

#[test]
fn a_polygon_costs_in_line_with_its_corners() {
    let town = Town::new(2_000, 1);
    let [few, many] = [10_000, 40_000].map(|corners| bytes_of_a_zigzag(&town, corners));
    println!("{few} bytes for 10,000 corners, {many} for 40,000");
    assert!(many < 5 * few, "{few} bytes for 10,000 corners, {many} for 40,000");
}
