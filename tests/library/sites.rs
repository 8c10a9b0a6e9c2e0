//! Sites chosen among many candidates. How long that takes is printed, and not judged.

use std::time::Instant;

use kyoten::crs::{Plane, ScaleField};
use kyoten::geometry::{Bounds, Shapes};
use kyoten::layers::{Census, CensusUnit};
use kyoten::queries::{Most, SiteCandidate, SiteField, SiteQuestion, choose_sites};
use kyoten::units::{Interval, Metres, SquareMetres};

/// Squares of 20 m in a town so wide, their places the same in every run.
fn candidates(count: usize, side: f64) -> Vec<SiteCandidate> {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31) * side
    };
    let candidate = |at: usize| {
        let (x, y) = (next(), next());
        SiteCandidate {
            ids: vec![format!("p{at}")],
            positions: vec![at + 1],
            is_expected: false,
            area: SquareMetres(400.0),
            shape: Shapes::from(Bounds { min: [x, y], max: [x + 20.0, y + 20.0] }),
            facility: None,
            same_kind: None,
            land: None,
        }
    };
    (0..count).map(candidate).collect()
}

#[test]
fn twenty_thousand_candidates_of_a_dense_town_and_of_a_wide_one() {
    let scale = ScaleField::new(Plane::new(8).unwrap());
    let mut census = Census::default();
    for cell in 0..144 {
        let corner = [f64::from(cell % 12) * 1e3, f64::from(cell / 12) * 1e3];
        census.shapes.push(&Shapes::from(Bounds { min: corner, max: corner.map(|at| at + 1e3) }).get(0));
        let persons = Interval::exactly(f64::from(cell * 37 % 900));
        census.units.push(CensusUnit { code: None, population: persons, seniors: persons });
    }
    for side in [3_000.0, 12_000.0] {
        for (most, max) in [(Most::Sites, None), (Most::Seniors, Some(5))] {
            let question = SiteQuestion { most, within: Metres(500.0), max, spacing: Metres(700.0) };
            let field = SiteField {
                candidates: candidates(20_000, side),
                fixed: Vec::new(),
                census: Some(&census),
                scale: &scale,
            };
            let begun = Instant::now();
            let answer = choose_sites(field, &question);
            let (found, took) = (answer.sites.len(), begun.elapsed());
            let ends = (answer.at_most, answer.served, answer.served_at_most);
            println!("20,000 candidates in {side} m: {most:?}, {found} sites, {ends:?}, {took:.1?}");
            assert!(answer.least_apart.is_none_or(|least| least.0 >= 700.0));
            assert!(answer.at_most.is_none_or(|most| found <= most) && found > 4);
            assert!(answer.served_at_most.is_none_or(|most| answer.served.unwrap().lo <= most + 1e-6));
        }
    }
}
