//! Drawn zones of any shape against a second arithmetic: towns of rectangles, zones of any outline, and a clipping of the one by
//! the other that knows nothing of the program's.

use kyoten::assess::{Groundwork, Terms};
use kyoten::criteria::{Rules, Zone};
use kyoten::crs::Plane;
use kyoten::geometry::{Bounds, Point, Shapes};
use kyoten::layers::{Census, CensusUnit, City, DrawnZone, DrawnZones, Layer, LayerKey, LayerReport};
use kyoten::queries::{AssessedZone, Clause, assess_drawn};
use kyoten::regions::Certainty;
use kyoten::text::Text;
use kyoten::units::Interval;
use kyoten::verdicts::Status;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// The town is so many units of so many metres along each side.
const UNITS: usize = 5;
const SIDE: f64 = 200.0;

/// How many zones are drawn; more where `KYOTEN_CASES` says so.
fn cases() -> u32 {
    std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
}

/// A town of rectangles.
#[derive(Debug, Clone)]
struct Town {
    did: Bounds,
    maybe_did: Option<Bounds>,
    /// By unit, the part of its width, from the west, that is public, and its older residents.
    units: Vec<(f64, f64)>,
}

fn rect(x: f64, y: f64, width: f64, height: f64) -> Bounds {
    Bounds { min: [x, y], max: [x + width, y + height] }
}

fn unit(index: usize) -> Bounds {
    rect((index % UNITS) as f64 * SIDE, (index / UNITS) as f64 * SIDE, SIDE, SIDE)
}

fn shapes(all: impl IntoIterator<Item = Bounds>) -> Shapes {
    let mut shapes = Shapes::default();
    all.into_iter().for_each(|one| shapes.push(&Shapes::from(one).get(0)));
    shapes
}

impl Town {
    fn public(&self) -> impl Iterator<Item = Bounds> + '_ {
        let road = |(index, (part, _)): (usize, &(f64, f64))| {
            let Bounds { min: [x, y], .. } = unit(index);
            rect(x, y, SIDE * part, SIDE)
        };
        self.units.iter().enumerate().filter(|(_, (part, _))| *part > 0.0).map(road)
    }

    fn city(&self) -> City {
        let mut city = City::empty(Plane::new(8).unwrap(), None);
        city.put(LayerKey::Did, Layer::Area(shapes([self.did])));
        if let Some(maybe) = self.maybe_did {
            city.doubt(LayerKey::Did, &shapes([maybe]));
        }
        city.put(LayerKey::InductionArea, Layer::Area(shapes([rect(-500.0, -500.0, 2000.0, 2000.0)])));
        city.put(LayerKey::PublicLand, Layer::Area(shapes(self.public())));
        let units = self.units.iter().map(|&(_, seniors)| CensusUnit {
            code: None,
            population: Interval::exactly(seniors * 3.0),
            seniors: Interval::exactly(seniors),
        });
        let census = Census {
            shapes: shapes((0..self.units.len()).map(unit)),
            units: units.collect(),
            surveyed: Shapes::default(),
        };
        city.put(LayerKey::Census, Layer::Census(census));
        city
    }
}

/// The area of a polygon within a rectangle. Source: Sutherland and Hodgman, Reentrant polygon clipping, 1974: the parts of a
/// polygon that is not convex come out as one with seams, whose area is right.
fn clipped(ring: &[Point], within: &Bounds) -> f64 {
    let mut ring: Vec<Point> = ring.to_vec();
    for axis in [0, 1] {
        for (limit, sign) in [(within.min[axis], 1.0), (within.max[axis], -1.0)] {
            let inside = |point: &Point| sign * (point[axis] - limit) >= 0.0;
            let mut kept = Vec::new();
            for (at, point) in ring.iter().enumerate() {
                let before = &ring[(at + ring.len() - 1) % ring.len()];
                if inside(point) != inside(before) {
                    let part = (limit - before[axis]) / (point[axis] - before[axis]);
                    let mut cut = [0, 1].map(|axis| before[axis] + part * (point[axis] - before[axis]));
                    cut[axis] = limit;
                    kept.push(cut);
                }
                if inside(point) {
                    kept.push(*point);
                }
            }
            ring = kept;
        }
    }
    let cross = |(at, [x, y]): (usize, &Point)| {
        let [next_x, next_y] = ring[(at + 1) % ring.len()];
        x * next_y - next_x * y
    };
    ring.iter().enumerate().map(cross).sum::<f64>() / 2.0
}

/// A star around a point of the town, its corners by rising angle.
fn star() -> impl Strategy<Value = Vec<Point>> {
    // No two corners are half a turn apart, so that no edge crosses another.
    let corner = (0.6_f64..1.0, 30.0_f64..300.0);
    ((300.0_f64..700.0, 300.0_f64..700.0), prop::collection::vec(corner, 3..9)).prop_map(|((x, y), corners)| {
        let whole: f64 = corners.iter().map(|(step, _)| step).sum();
        let mut angle = 0.0;
        let corners = corners.into_iter().map(|(step, reach)| {
            angle += step / whole * std::f64::consts::TAU;
            [x + reach * angle.cos(), y + reach * angle.sin()]
        });
        corners.collect()
    })
}

fn town() -> impl Strategy<Value = Town> {
    let place =
        (0.0_f64..600.0, 0.0_f64..600.0, 100.0_f64..900.0, 100.0_f64..900.0).prop_map(|(x, y, w, h)| rect(x, y, w, h));
    let unit = (prop_oneof![Just(0.0), 0.01..0.6_f64], 0.0..400.0_f64);
    (place.clone(), prop::option::of(place), prop::collection::vec(unit, UNITS * UNITS))
        .prop_map(|(did, maybe_did, units)| Town { did, maybe_did, units })
}

fn drawn(ring: &[Point]) -> DrawnZones {
    let mut shapes = Shapes::default();
    let closed: Vec<Point> = ring.iter().chain(ring.first()).copied().collect();
    shapes.push_ring(&closed);
    shapes.end_polygon();
    shapes.end_shape();
    let zone = DrawnZone { file: "plan".into(), number: 1, feature: Text::same("1"), name: None, zone: None };
    let report = LayerReport { name: String::new(), files: Vec::new(), fields: [].into(), used: 1, note: None };
    DrawnZones { zones: vec![zone], shapes, lost: 0, report }
}

/// The town's answer, where of a central zone only its district and its public land are asked, of a senior one not its stops.
fn answers(town: &Town, ring: &[Point]) -> Vec<AssessedZone> {
    let city = town.city();
    let mut rules = Rules::default();
    for criterion in
        rules.set.criteria.iter().filter(|one| one.kind.stop_question().is_some() || one.kind.is_of_municipality())
    {
        rules.waived.insert(criterion.id, String::new());
    }
    let terms = Terms { rules, ..Terms::default() };
    let extent = rect(0.0, 0.0, SIDE * UNITS as f64, SIDE * UNITS as f64);
    let (assessor, work) = Groundwork::lay(&city, None, &terms, extent);
    let kinds: Vec<Zone> = ["central", "senior"].iter().map(|id| terms.rules.set.zone(id).unwrap()).collect();
    kinds.into_iter().flat_map(|kind| assess_drawn(&drawn(ring), &[kind], &work, &assessor)).collect()
}

fn clause<'a>(zone: &'a AssessedZone, id: &str) -> &'a Clause {
    zone.clauses.iter().find(|clause| clause.ids() == id).unwrap()
}

/// The ground of parts of one certainty as a share of the whole.
fn part(zone: &AssessedZone, clause: &Clause, certainty: Certainty) -> f64 {
    let parts = clause.parts.iter().filter(|part| part.certainty == certainty);
    parts.map(|part| part.area.0).sum::<f64>() / zone.drawn.area.0
}

fn check(town: &Town, ring: &[Point]) -> Result<(), TestCaseError> {
    let everything = rect(-1e6, -1e6, 2e6, 2e6);
    let whole = clipped(ring, &everything);
    prop_assume!(whole > 2000.0);
    let share = |within: &Bounds| clipped(ring, within) / whole;
    let zones = answers(town, ring);
    let [central, senior] = zones.as_slice() else { panic!("two kinds") };
    let near = |found: f64, wanted: f64, by: f64| {
        if (found - wanted).abs() <= by { Ok(()) } else { Err(TestCaseError::fail(format!("{found} is not {wanted}"))) }
    };

    // The district, and what may be one beside it.
    let did = clause(central, "in-did");
    let shares = did.shares.unwrap();
    let sure = share(&town.did);
    near(f64::from(shares.lo) / 1e6, sure, 2e-6)?;
    let possible = town.maybe_did.map_or(sure, |maybe| {
        let both = Bounds {
            min: [0, 1].map(|axis| town.did.min[axis].max(maybe.min[axis])),
            max: [0, 1].map(|axis| town.did.max[axis].min(maybe.max[axis])),
        };
        let in_both = if (0..2).all(|axis| both.min[axis] < both.max[axis]) { share(&both) } else { 0.0 };
        sure + share(&maybe) - in_both
    });
    near(f64::from(shares.hi) / 1e6, possible, 2e-6)?;
    // Parts below a square metre are not told.
    near(part(central, did, Certainty::No), 1.0 - possible, 10.0 / whole)?;
    near(part(central, did, Certainty::Possible), possible - sure, 10.0 / whole)?;

    // Its own land and people.
    let ratio: f64 = town.public().map(|road| share(&road)).sum();
    near(central.facts.public_land_ratio.unwrap().lo, ratio, 2e-6)?;
    let land = clause(central, "enough-public-land");
    if (ratio - 0.15).abs() > 1e-5 {
        prop_assert_eq!(land.is_met, Some(ratio >= 0.15));
    }
    let of_unit = |index: usize| share(&unit(index));
    let seniors: f64 = town
        .units
        .iter()
        .enumerate()
        .map(|(index, (_, seniors))| seniors * of_unit(index) * whole / (SIDE * SIDE))
        .sum();
    let hectares = central.drawn.area.hectares();
    near(senior.facts.seniors_per_ha.unwrap().hi, seniors / hectares, 2e-4)?;
    near(hectares, whole / 1e4 / 0.9999_f64.powi(2), hectares * 1e-6)?;
    let dense = |index: &usize| town.units[*index].1 * 0.9999_f64.powi(2) / 4.0 >= 40.0;
    let share_of_dense: f64 = (0..town.units.len()).filter(dense).map(of_unit).sum();
    near(f64::from(clause(senior, "enough-seniors").shares.unwrap().lo) / 1e6, share_of_dense, 3e-6)?;

    // What a status follows from.
    let is_settled = [sure, possible].iter().all(|share| (share - 0.999).abs() > 1e-5) && (ratio - 0.15).abs() > 1e-5;
    if is_settled {
        let wanted = match (sure >= 0.999, possible >= 0.999, ratio >= 0.15) {
            (true, _, true) => Status::Eligible,
            (false, true, true) => Status::Undetermined,
            _ => Status::Ineligible,
        };
        prop_assert_eq!(central.status, wanted);
    }

    // Of a triangle one connected part lies in the district.
    if ring.len() == 3 {
        let part = clipped(ring, &town.did);
        let within = |road: &Bounds| {
            let cut = Bounds {
                min: [0, 1].map(|axis| road.min[axis].max(town.did.min[axis])),
                max: [0, 1].map(|axis| road.max[axis].min(town.did.max[axis])),
            };
            if (0..2).all(|axis| cut.min[axis] < cut.max[axis]) { clipped(ring, &cut) } else { 0.0 }
        };
        let public: f64 = town.public().map(|road| within(&road)).sum();
        if part > 101.0 && public / part > 0.1501 {
            let largest = central.largest.as_ref().map_or(0.0, |largest| largest.area.0);
            near(largest, part / 0.9999_f64.powi(2), 0.01)?;
        }
    }
    Ok(())
}

#[test]
fn zones_of_any_shape_agree_with_a_clipping_that_knows_nothing_of_the_programs() {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner.run(&(town(), star()), |(town, ring)| check(&town, &ring)).unwrap_or_else(|error| panic!("{error}"));
}
