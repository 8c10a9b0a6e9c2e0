//! What is chosen against every set that there is.

use proptest::prelude::*;

use super::conflicts::tests::{scale, squares};
use super::*;
use crate::geometry::Point;
use crate::layers::CensusUnit;
use crate::units::Interval;

const SPACING: f64 = 700.0;

fn candidates(corners: &[Point]) -> Vec<SiteCandidate> {
    let parcel = |(at, corner): (usize, &Point)| SiteParcel {
        id: format!("p{at}"),
        position: at + 1,
        is_site: true,
        is_part: false,
        is_expected: false,
        area: crate::units::SquareMetres(400.0),
        shape: squares(&[*corner], 20.0),
        facility: None,
        same_kind: None,
        land: None,
    };
    corners.iter().enumerate().map(|one| SiteCandidate::of(&[&parcel(one)])).collect()
}

fn census(persons: &[u16]) -> Census {
    let mut census = Census::default();
    for (at, &persons) in persons.iter().enumerate() {
        let (column, row) = ((at % 5) as f64, (at / 5) as f64);
        census.shapes.push(&squares(&[[column * 600.0 - 500.0, row * 600.0 - 500.0]], 600.0).get(0));
        let seniors = Interval::exactly(f64::from(persons));
        census.units.push(CensusUnit { code: None, population: seniors, seniors });
    }
    census
}

fn fixed(places: &[Point]) -> Vec<FixedSite> {
    let site = |&place: &Point| FixedSite { name: String::new(), place: question::FixedPlace::Drawn(place.into()) };
    places.iter().map(site).collect()
}

fn question(most: Most, within: f64, max: Option<usize>) -> SiteQuestion {
    SiteQuestion { most, within: Metres(within), max, spacing: Metres(SPACING) }
}

/// Every set of candidates that may stand together, with what it serves beyond what is served already.
fn best_of_all(corners: &[Point], taken: &[Point], census: &Census, within: f64, max: usize) -> (usize, f64) {
    let scale = scale();
    let all = candidates(corners);
    let fixed = fixed(taken);
    let bounds = Bounds { min: [-2000.0; 2], max: [5000.0; 2] };
    let seniors = Seniors::of(census, &bounds);
    let runs: Vec<_> = all.iter().map(|one| seniors.around(&one.shape.get(0), Metres(within), &scale)).collect();
    let mut before = seniors.nothing();
    fixed.iter().flat_map(|one| one.around(&seniors, Metres(within), &scale)).for_each(|runs| drop(before.add(&runs)));
    let is_clear: Vec<bool> = all
        .iter()
        .map(|one| fixed.iter().all(|fixed| fixed.distance_to(&one.shape.get(0), &scale).told().0 >= SPACING))
        .collect();
    let is_close = |one: usize, other: usize| {
        distance_of(&all[one].shape.get(0), &all[other].shape.get(0), &scale).told().0 < SPACING
    };
    let (mut most, mut served) = (0, seniors.served(&before, &seniors.nothing()).lo);
    for set in 0_u32..1 << all.len() {
        let members: Vec<usize> = (0..all.len()).filter(|&at| set >> at & 1 == 1).collect();
        let stands = members.len() <= max
            && members.iter().all(|&at| is_clear[at])
            && members
                .iter()
                .enumerate()
                .all(|(at, &one)| members[at + 1..].iter().all(|&other| !is_close(one, other)));
        if stands {
            let mut reached = before.clone();
            for &at in &members {
                reached.add(&runs[at]);
            }
            most = most.max(members.len());
            served = served.max(seniors.served(&reached, &seniors.nothing()).lo);
        }
    }
    (most, served)
}

fn stand_apart(answer: &SiteAnswer) -> bool {
    answer.least_apart.is_none_or(|least| least.0 >= SPACING)
}

fn asked(corners: &[Point], taken: &[Point], census: Option<&Census>, question: &SiteQuestion) -> SiteAnswer {
    let scale = scale();
    choose_sites(SiteField { candidates: candidates(corners), fixed: fixed(taken), census, scale: &scale }, question)
}

fn place() -> impl Strategy<Value = Point> {
    [0.0..2200.0_f64, 0.0..2200.0_f64]
}

proptest! {
    #[test]
    fn as_many_are_chosen_as_any_set_has(
        corners in proptest::collection::vec(place(), 0..11),
        taken in proptest::collection::vec(place(), 0..2),
        persons in proptest::collection::vec(0_u16..200, 25),
        max in proptest::option::of(0_usize..4),
    ) {
        let census = census(&persons);
        let (most, served) = best_of_all(&corners, &taken, &census, 500.0, max.unwrap_or(usize::MAX));
        let answer = asked(&corners, &taken, Some(&census), &question(Most::Sites, 500.0, max));
        prop_assert_eq!((answer.sites.len(), answer.at_most), (most, Some(most)));
        prop_assert!(stand_apart(&answer));
        for within in [300.0, 500.0, 900.0] {
            let (_, best) = if within == 500.0 { (most, served) } else {
                best_of_all(&corners, &taken, &census, within, max.unwrap_or(usize::MAX))
            };
            let answer = asked(&corners, &taken, Some(&census), &question(Most::Seniors, within, max));
            let lo = answer.served.map_or(0.0, |served| served.lo);
            prop_assert!((lo - best).abs() < 1e-5, "{lo} of {best} within {within}");
            prop_assert!(answer.served_at_most.is_none_or(|most| (most - best).abs() < 1e-5));
            prop_assert!(stand_apart(&answer) && max.is_none_or(|max| answer.sites.len() <= max));
        }
    }
}

/// Places drawn by lot.
fn drawn(count: usize, side: f64, seed: u64) -> Vec<Point> {
    let mut lots = search::Lots(seed);
    let mut one = || lots.below(1_000_000) as f64 / 1e6 * side;
    (0..count).map(|_| [one(), one()]).collect()
}

#[test]
fn bounds_hold_in_towns_of_every_size() {
    for seed in 0..200 {
        let (count, side) = (1 + seed as usize % 120, 500.0 + (seed % 17) as f64 * 250.0);
        let corners = drawn(count, side, seed);
        let answer = asked(&corners, &[], None, &question(Most::Sites, 500.0, None));
        let most = answer.at_most.expect("a bound");
        assert!(answer.sites.len() <= most && stand_apart(&answer), "{seed}");
        // A grid of squares whose diagonals are shorter than the spacing bounds it too.
        let cells: std::collections::BTreeSet<[i64; 2]> =
            corners.iter().map(|corner| corner.map(|at| (at / 490.0) as i64)).collect();
        assert!(answer.sites.len() <= cells.len(), "{seed}");
        // No site that was left out could be added.
        let chosen: Vec<String> = answer.sites.iter().map(|site| site.candidate.name()).collect();
        let all = candidates(&corners);
        let scale = scale();
        let apart = |one: &SiteCandidate, site: &ChosenSite| {
            distance_of(&one.shape.get(0), &site.candidate.shape.get(0), &scale).told().0 >= SPACING
        };
        let addable =
            all.iter().find(|one| !chosen.contains(&one.name()) && answer.sites.iter().all(|site| apart(one, site)));
        assert!(addable.is_none(), "{seed}");
    }
}

#[test]
fn a_row_of_sites_is_chosen_from_its_ends() {
    let row: Vec<Point> = (0..60).map(|at| [f64::from(at) * 72.1, 0.0]).collect();
    let answer = asked(&row, &[], None, &question(Most::Sites, 500.0, None));
    // Of squares of 20 m every tenth stands 701 m from the next.
    assert_eq!((answer.sites.len(), answer.at_most), (6, Some(6)));
}

#[test]
fn threads_change_nothing() {
    let corners = drawn(200, 3_000.0, 3);
    let census = census(&[37; 25]);
    for most in [Most::Sites, Most::Seniors] {
        let of = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let answer = pool.install(|| asked(&corners, &[], Some(&census), &question(most, 500.0, Some(4))));
            answer.sites.iter().map(|site| site.candidate.name()).collect::<Vec<_>>()
        };
        assert_eq!(of(1), of(4));
    }
}
