//! The smallest change is one: it turns the verdict, and a little less does not.
//!
//! Cities are drawn, their parcels explained under several rule sets, and every change that an explanation names is made: the threshold
//! is set, the border moved, the number of the stop or of the unit edited, and the city put together from the beginning. Where an
//! explanation says that nothing of a criterion alone would turn the verdict, the criterion is made to hold everywhere, or nowhere.
//! `KYOTEN_CASES` sets how many cities are drawn.

mod town;

use std::collections::BTreeMap;
use std::path::Path;

use fastrand::Rng;
use kyoten::assess::{Groundwork, Terms};
use kyoten::criteria::{Criterion, Lever, RuleSet, Rules, Zone};
use kyoten::crs::{Plane, ScaleField};
use kyoten::evidence::{Batch, Texts};
use kyoten::geometry::{Bounds, Shapes, area::area};
use kyoten::queries::explain::{Answer, Change, ChangeOf, Explainer, Way};
use kyoten::regions::{Region, around};
use kyoten::units::Metres;
use kyoten::verdicts::Status;

use town::Town;

/// So many cities, and so many parcels of each.
const CITIES: u64 = 2;
const PARCELS: usize = 8;

/// What was made and found.
#[derive(Debug, Default)]
struct Tally {
    parcels: u64,
    /// By what was changed: how often the verdict turned as it was said.
    turned: BTreeMap<&'static str, u64>,
    not_alone: u64,
    no_number: u64,
    beside: u64,
    /// Changes of zones that are asked as wholes, which are not asked again for each kind of change.
    unverified: u64,
}

fn rule_sets() -> Vec<&'static RuleSet> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/our-city.toml");
    vec![
        RuleSet::named("saikochiku").unwrap(),
        RuleSet::named("saihenshu").unwrap(),
        RuleSet::open(&own).unwrap(),
        RuleSet::parse(include_str!("rules.toml"), "rules.toml".as_ref()).unwrap(),
    ]
}

fn extent() -> Bounds {
    Bounds { min: [-100.0; 2], max: [4100.0; 2] }
}

/// The verdicts, put together from the beginning: by zone, by parcel.
fn statuses(town: &Town, terms: &Terms) -> Vec<Vec<Status>> {
    let city = town.city();
    let (assessor, _) = Groundwork::lay(&city, None, terms, extent());
    let batch = Batch::new(town.parcels.clone());
    let ids: Vec<String> = (0..batch.len()).map(|index| index.to_string()).collect();
    let assessment = assessor.assess(&batch, ids.iter().map(String::as_str).collect::<Texts>());
    assessment.statuses
}

/// The verdict on a parcel in a zone.
fn status(town: &Town, terms: &Terms, zone: Zone, parcel: usize) -> Status {
    statuses(town, terms)[zone.index()][parcel]
}

fn with_threshold(terms: &Terms, key: &str, number: f64) -> Terms {
    let mut terms = terms.clone();
    *terms.rules.thresholds.get_mut(key).unwrap() = number;
    terms
}

/// An area with its border so far out, or in.
fn moved(shapes: &Shapes, metres: f64) -> Shapes {
    let scale = ScaleField::new(Plane::new(8).unwrap());
    let area = Region::union_of(&[shapes]);
    let rings = area.pieces().unwrap().rings().map(|ring| (ring, Metres(metres.abs())));
    let strip = around(rings, &scale);
    let strip = Region::union_of(&[&strip]);
    let moved = if metres > 0.0 { area.union(&strip) } else { area.minus(&strip) };
    moved.pieces().unwrap().clone()
}

/// Public land with so many square metres of ground more or less in a unit.
fn with_land(land: &Shapes, unit: usize, square_metres: f64) -> Option<Shapes> {
    let bounds = Town::unit(unit);
    let scale = ScaleField::new(Plane::new(8).unwrap());
    let plane = square_metres.abs() * scale.at(bounds.centre()).powi(2);
    let (unit, land) = (Region::union_of(&[&Shapes::from(bounds)]), Region::union_of(&[land]));
    let from = if square_metres > 0.0 { unit.minus(&land) } else { unit.intersection(&land) };
    let below = |line: f64| {
        let strip = Bounds { min: [bounds.min[0] - 1.0, bounds.min[1] - 1.0], max: [bounds.max[0] + 1.0, line] };
        from.intersection(&Region::union_of(&[&Shapes::from(strip)]))
    };
    let size = |region: &Region| region.pieces().unwrap().iter().map(|shape| area(&shape)).sum::<f64>();
    if size(&from) < plane {
        return None;
    }
    let (mut low, mut high) = (bounds.min[1], bounds.max[1]);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if size(&below(middle)) < plane { low = middle } else { high = middle }
    }
    let part = below(high);
    let changed = if square_metres > 0.0 { land.union(&part) } else { land.minus(&part) };
    Some(changed.pieces().unwrap().clone())
}

/// A change made, wholly and not quite; `None` where a test cannot make it.
fn made(town: &Town, terms: &Terms, change: &Change, way: Way) -> Option<[(Town, Terms); 2]> {
    let sign = if way == Way::Gain { 1.0 } else { -1.0 };
    let same = |terms: [Terms; 2]| Some(terms.map(|terms| (town.clone(), terms)));
    let edited = |edit: &dyn Fn(&mut Town, bool) -> Option<()>| {
        let mut towns = [town.clone(), town.clone()];
        edit(&mut towns[0], true)?;
        edit(&mut towns[1], false)?;
        Some(towns.map(|town| (town, terms.clone())))
    };
    match &change.of {
        &ChangeOf::Reach { key, metres, to, .. } => {
            let base = terms.rules.thresholds.get(key)?;
            same([to, base + sign * (metres - 0.02)].map(|number| with_threshold(terms, key, number)))
        }
        &ChangeOf::Threshold { key, to, .. } => {
            let base = terms.rules.thresholds.get(key)?;
            // One step of what is judged less.
            let unit = terms.rules.set.threshold(key)?.unit;
            let step = if unit == "share" {
                2e-6
            } else if unit == "1/ha" {
                2e-4
            } else {
                2e-3
            };
            let less = if to > base { to - step } else { to + step };
            same([to, less].map(|number| with_threshold(terms, key, number)))
        }
        ChangeOf::Border { layers, is_inside, metres, .. } => {
            let [layer] = layers.as_slice() else { return None };
            let out = if *is_inside { sign } else { -sign };
            edited(&|town, wholly| {
                let by = out * (metres - if wholly { 0.0 } else { 0.02 });
                if by == 0.0 {
                    return Some(());
                }
                let shapes = town.area_mut(*layer)?;
                *shapes = moved(shapes, by);
                Some(())
            })
        }
        ChangeOf::Service { counted, trips, enough, stop, .. } => {
            let less = sign;
            edited(&|town, wholly| {
                let stop = town.stops.iter_mut().find(|one| Some(&one.name) == stop.as_ref())?;
                // A stop of the town has a column of departures one way; those both ways follow from it as an interval.
                if counted.id() == "day-both-directions" {
                    return None;
                }
                let is_peak = counted.id() == "peak";
                let place = if is_peak { &mut stop.peak } else { &mut stop.day };
                let number = match trips {
                    Some(trips) => place.unwrap_or_default() + sign * trips,
                    None if way == Way::Gain => *enough,
                    None => enough - 1.0,
                };
                *place = Some(number - if wholly { 0.0 } else { less });
                Some(())
            })
        }
        &ChangeOf::Land { layer, unit, square_metres } => edited(&|town, wholly| {
            let land = town.area_mut(layer)?;
            let by = sign * (square_metres - if wholly { 0.0 } else { 2.0 });
            if by != 0.0 {
                *land = with_land(land, unit, by)?;
            }
            Some(())
        }),
        &ChangeOf::People { unit, persons, .. } => edited(&|town, wholly| {
            // Of one that is withheld the number is not known that would be changed.
            *town.seniors[unit].as_mut()? += sign * (persons - f64::from(u8::from(!wholly)));
            Some(())
        }),
    }
}

fn name(of: &ChangeOf) -> &'static str {
    match of {
        ChangeOf::Reach { .. } => "reach",
        ChangeOf::Border { .. } => "border",
        ChangeOf::Service { .. } => "service",
        ChangeOf::Land { .. } => "land",
        ChangeOf::People { .. } => "people",
        ChangeOf::Threshold { .. } => "threshold",
    }
}

/// Whether a verdict is turned.
fn is_turned(now: Status, then: Status, way: Way) -> bool {
    match way {
        Way::Gain => then < now,
        Way::Loss => then > now,
    }
}

/// The verdicts where a criterion holds as far as it can, or as little.
fn extreme(town: &Town, terms: &Terms, (criterion, lever): (&Criterion, Lever<'_>), way: Way) -> Vec<Vec<Status>> {
    let (mut town, mut terms) = (town.clone(), terms.clone());
    let is_gain = way == Way::Gain;
    for key in criterion.kind.reach() {
        *terms.rules.thresholds.get_mut(key).unwrap() = if is_gain { 20_000.0 } else { 0.0 };
    }
    match lever {
        Lever::Border { layers, is_inside } => {
            let whole = Shapes::from(extent().grown(500.0));
            let all = if is_gain == is_inside { whole } else { Shapes::default() };
            for layer in layers {
                match town.area_mut(layer) {
                    Some(shapes) => *shapes = all.clone(),
                    None => town.areas.push((layer, all.clone())),
                }
            }
        }
        Lever::Units(lever) => {
            let number = if is_gain { 0.0 } else { 1e9 };
            *terms.rules.thresholds.get_mut(lever.at_least).unwrap() = number;
        }
        _ => {}
    }
    statuses(&town, &terms)
}

fn check(town: &Town, terms: &Terms, tally: &mut Tally) {
    let city = town.city();
    let (assessor, groundwork) = Groundwork::lay(&city, None, terms, extent());
    let explainer = Explainer::new(&groundwork, &assessor);
    let batch = Batch::new(town.parcels.clone());
    let ids: Vec<String> = (0..batch.len()).map(|index| index.to_string()).collect();
    let assessment = assessor.assess(&batch, ids.iter().map(String::as_str).collect::<Texts>());
    let context = groundwork.context_of(&assessor);
    // By criterion, the verdicts where it holds everywhere, and nowhere.
    let mut extremes: BTreeMap<(&str, bool), Vec<Vec<Status>>> = BTreeMap::new();
    for row in 0..batch.len() {
        tally.parcels += 1;
        let explained = explainer.explain(&batch, &assessment, row);
        for zone in &explained.zones {
            assert_eq!(zone.status, assessment.statuses[zone.zone.index()][row]);
            let is_whole = !zone.zone.rule().as_a_whole.is_empty();
            for criterion in &zone.criteria {
                let at = format!("{} {} parcel {row}: {:?}", zone.zone.id(), criterion.criterion.id, zone.status);
                for turn in &criterion.turns {
                    match &turn.answer {
                        Answer::By(changes) => {
                            for change in changes {
                                let said = format!("{at}\n{change:?}\n{:?}\n{:?}", criterion.deciders, criterion.turns);
                                let Some([done, nearly]) = made(town, terms, change, turn.way) else { continue };
                                let then = status(&done.0, &done.1, zone.zone, row);
                                if is_whole && !change.is_verified {
                                    tally.unverified += 1;
                                    continue;
                                }
                                assert_eq!(then, change.to, "{said}");
                                if !is_turned(zone.status, then, turn.way) {
                                    assert!(is_whole, "{said}");
                                    tally.beside += 1;
                                    continue;
                                }
                                let nearly = status(&nearly.0, &nearly.1, zone.zone, row);
                                assert!(!is_turned(zone.status, nearly, turn.way), "{nearly:?} with less: {said}");
                                *tally.turned.entry(name(&change.of)).or_default() += 1;
                            }
                        }
                        Answer::NotAlone => {
                            tally.not_alone += 1;
                            let known = &mut extremes;
                            let key = (criterion.criterion.id, turn.way == Way::Gain);
                            let then = known.entry(key).or_insert_with(|| {
                                let lever = criterion.criterion.kind.lever(&context);
                                extreme(town, terms, (criterion.criterion, lever), turn.way)
                            })[zone.zone.index()][row];
                            let is_turned = is_turned(zone.status, then, turn.way);
                            assert!(!is_turned, "{at}: not alone, and yet {then:?}\n{:?}", criterion.deciders);
                        }
                        Answer::NoNumber => tally.no_number += 1,
                        Answer::Beside => tally.beside += 1,
                    }
                }
            }
        }
    }
}

#[test]
fn the_smallest_change_turns_the_verdict_and_less_does_not() {
    let cities = std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CITIES);
    let mut tally = Tally::default();
    for seed in 0..cities {
        let mut random = Rng::with_seed(seed);
        let town = Town::draw(&mut random, PARCELS);
        for set in rule_sets() {
            let planned_kind = random.bool().then(|| "老人福祉センター".to_owned());
            let mut terms = Terms { rules: Rules::of(set), planned_kind, ..Terms::default() };
            *terms.rules.thresholds.get_mut("membership").unwrap() = [0.0, 0.5, 0.5, 0.999][random.usize(0..4)];
            if std::env::var_os("KYOTEN_SEEDS").is_some() {
                eprintln!("seed {seed}, {}", set.id);
            }
            check(&town, &terms, &mut tally);
        }
    }
    eprintln!("{tally:?}");
    assert!(tally.turned.len() >= 5, "{tally:?}");
}
