//! What beside stops is not known: withheld residents, land that may be of a layer, kinds and places of facilities, and the kind
//! that is planned.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::answers::End;
use super::fill::{Fill, pieces};
use super::{Answer, Item, ItemKind, words};
use crate::assess::{Assessor, Groundwork, Somewhere};
use crate::criteria::kinds::NearFacilities;
use crate::criteria::{Lever, Rules, UnitHolds, UnitLever};
use crate::evidence::Residents;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Bounds, Shape, Shapes};
use crate::layers::{Content, Facility, LayerKey};
use crate::text::Text;
use crate::units::{Interval, PerHectare};

/// Plane metres to a metre on the ground at most, and what rounds.
const FURTHEST: f64 = 1.01;

/// So many persons are more than live in any unit.
const MOST_PERSONS: f64 = 1e7;

/// One item a census unit and a number of its residents that may or may not reach what is asked.
pub(super) fn census_units(groundwork: &Groundwork<'_>, assessor: &Assessor) -> Vec<Item> {
    let rules = &assessor.judge.rules;
    let context = groundwork.context_of(assessor);
    let Some(census) = groundwork.city().census() else { return Vec::new() };
    let is_whole = rules.zones().any(|zone| {
        rules.criteria(zone).any(|one| {
            zone.rule().as_a_whole.contains(&one.id)
                && matches!(one.kind.lever(&context), Lever::Units(UnitLever { holds: UnitHolds::People(_), .. }))
        })
    });
    let mut items = Vec::new();
    for residents in Residents::ALL {
        let mut thresholds: Vec<f64> = rules
            .set
            .criteria
            .iter()
            .filter(|one| rules.asks_for(one))
            .filter_map(|one| match one.kind.lever(&context) {
                Lever::Units(UnitLever { at_least, holds: UnitHolds::People(of), .. }) if of == residents => {
                    rules.thresholds.get(at_least)
                }
                _ => None,
            })
            .collect();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup();
        for (index, (unit, shape)) in census.units.iter().zip(census.shapes.iter()).enumerate() {
            let known = match residents {
                Residents::Seniors => unit.seniors,
                Residents::All => unit.population,
            };
            let centre = centroid(&shape);
            let hectares = groundwork.city().scale.ground_area(area(&shape), centre.unwrap_or_default()).hectares();
            let answers = persons(known, &thresholds, hectares, is_whole, &|number| Fill::Residents {
                unit: index,
                of: residents,
                number,
            });
            if answers.len() < 2 {
                continue;
            }
            let code = unit.code.clone();
            items.push(Item {
                kind: ItemKind::CensusUnit,
                id: format!("census:{}:{}", residents.id(), code.clone().unwrap_or_else(|| (index + 1).to_string())),
                title: words::census_unit(code.as_deref(), residents),
                name: code,
                at: centre,
                answers,
                around: vec![shape.bounds()],
                stop: None,
            });
        }
    }
    items
}

/// What may be found of a number of persons on so many hectares.
fn persons(
    known: Interval<f64>,
    thresholds: &[f64],
    hectares: f64,
    is_whole: bool,
    fill: &dyn Fn(f64) -> Fill,
) -> Vec<Answer> {
    let reaches = |persons: f64, threshold: f64| PerHectare(persons / hectares).told().0 >= threshold;
    // The fewest persons who reach each threshold that may or may not be reached.
    let mut from: Vec<f64> = thresholds
        .iter()
        .filter(|&&threshold| !reaches(known.lo, threshold) && reaches(known.hi, threshold))
        .map(|&threshold| {
            let (mut below, mut enough) = (known.lo.floor(), known.hi.min(MOST_PERSONS).ceil());
            while enough - below > 1.0 {
                let middle = f64::midpoint(below, enough).floor();
                if reaches(middle, threshold) { enough = middle } else { below = middle }
            }
            enough
        })
        .collect();
    from.sort_by(f64::total_cmp);
    from.dedup();
    if from.is_empty() {
        return Vec::new();
    }
    let count = from.len() + 1;
    (0..count)
        .map(|index| {
            let class = [index.checked_sub(1).map(|before| from[before]), from.get(index).copied()];
            let first = class[0].unwrap_or(known.lo);
            let last =
                class[1].map_or(if known.hi.is_finite() { known.hi } else { first }, |below| (below - 1.0).max(first));
            Answer {
                id: words::class_id("persons", class),
                said: words::persons(class),
                end: super::answers::end(index, count),
                numbers: Some(class),
                // Only an area that is asked as a whole tells numbers of one class apart.
                fills: if is_whole && first != last { vec![fill(first), fill(last)] } else { vec![fill(first)] },
            }
        })
        .collect()
}

/// One item a piece of land that may be of a layer which is asked for.
pub(super) fn land(groundwork: &Groundwork<'_>, assessor: &Assessor) -> Vec<Item> {
    let (city, rules) = (groundwork.city(), &assessor.judge.rules);
    let mut items = Vec::new();
    let asked = |key: LayerKey| rules.set.of_layer(key).any(|one| rules.asks_for(one));
    let layers = city.layers().map(|(key, _)| key).filter(|key| key.kind().content == Content::Area && asked(*key));
    for layer in layers.collect::<Vec<_>>() {
        let units = city.units().filter(|_| layer == LayerKey::PublicLand);
        for (index, shape) in pieces(city, layer).into_iter().flat_map(Shapes::iter).enumerate() {
            let answer = |id: &str, said: Text, end: End, counts: bool| Answer {
                id: id.to_owned(),
                said,
                end,
                numbers: None,
                fills: vec![Fill::Land { layer, piece: index, counts }],
            };
            let is_good = rules.set.of_layer(layer).all(|one| one.kind.id() != "outside");
            let mut answers = vec![
                answer("not-of-the-layer", words::LAND_NOT, End::Poor, false),
                answer("of-the-layer", words::LAND_OF_IT, End::Good, true),
            ];
            if !is_good {
                answers.reverse();
                (answers[0].end, answers[1].end) = (End::Poor, End::Good);
            }
            let centre = centroid(&shape);
            let square_metres = city.scale.ground_area(area(&shape), centre.unwrap_or_default()).told();
            items.push(Item {
                kind: ItemKind::Land(layer),
                id: format!("land:{}:{}", layer.name(), index + 1),
                name: None,
                title: words::land(layer, index + 1, square_metres),
                at: centre,
                answers,
                around: match units {
                    // What is decided of a unit is decided of all of it.
                    Some(units) => around_units(&shape, units.shapes.iter()),
                    None => vec![shape.bounds()],
                },
                stop: None,
            });
        }
    }
    items
}

fn around_units<'s>(land: &Shape<'_>, units: impl Iterator<Item = Shape<'s>>) -> Vec<Bounds> {
    let around = land.bounds();
    let met = units.map(|unit| unit.bounds()).filter(|unit| unit.meets(&around));
    std::iter::once(around).chain(met).collect()
}

/// The kinds of which the rules tell whether a facility is one: the planned one, and those that they name.
fn wanted_kinds(planned: Option<&str>, rules: &Rules) -> Vec<String> {
    let plain = |kind: &str| kind.nfkc().collect::<String>().trim().to_owned();
    let named = near_facilities(rules).filter_map(|asked| asked.kind);
    let mut kinds: Vec<String> = planned.into_iter().chain(named).map(plain).collect();
    let mut seen = std::collections::BTreeSet::new();
    kinds.retain(|kind| seen.insert(kind.clone()));
    kinds
}

/// What is asked of facilities of the known layer beside their distance from one another.
fn near_facilities(rules: &Rules) -> impl Iterator<Item = &'static NearFacilities> + '_ {
    let asked = rules.set.criteria.iter().filter(|one| rules.asks_for(one));
    asked.filter_map(|one| one.kind.facilities()).filter(|asked| asked.layer == LayerKey::Facilities)
}

/// Whether the rules ask how far facilities of one kind stand apart.
fn asks_for_spacing(rules: &Rules) -> bool {
    rules.set.criteria.iter().any(|one| one.kind.spacing().is_some() && rules.asks_for(one))
}

/// One item a facility without a kind, or without a place.
pub(super) fn facilities(groundwork: &Groundwork<'_>, assessor: &Assessor) -> Vec<Item> {
    let (city, rules) = (groundwork.city(), &assessor.judge.rules);
    let planned = groundwork.terms().planned_kind.as_deref();
    let wanted = wanted_kinds(planned, rules);
    let reach = rules.reach_of(LayerKey::Facilities).0 * FURTHEST + 1.0;
    let Some(all) =
        city.facilities_of(LayerKey::Facilities).filter(|_| city.layers().any(|(key, _)| key == LayerKey::Facilities))
    else {
        return Vec::new();
    };
    if !asks_for_spacing(rules) && near_facilities(rules).next().is_none() {
        return Vec::new();
    }
    let mut items = Vec::new();
    for (index, facility) in all.iter().enumerate() {
        let of = |what: &str| format!("{what}:{}", facility.number);
        let around: Vec<Bounds> = facility.parts.iter().map(|part| Bounds::of(part).grown(reach)).collect();
        let at = facility.parts.iter().next().and_then(|part| part.first().copied());
        if facility.kind.is_none() && !wanted.is_empty() {
            let answer = |id: String, said: Text, kind: String| Answer {
                id,
                said,
                end: End::Between,
                numbers: None,
                fills: vec![Fill::Kind { facility: index, kind }],
            };
            let mut answers: Vec<Answer> =
                wanted.iter().map(|kind| answer(format!("kind:{kind}"), words::of_kind(kind), kind.clone())).collect();
            answers.push(answer("another-kind".to_owned(), words::ANOTHER_KIND, String::new()));
            items.push(Item {
                kind: ItemKind::FacilityKind,
                id: of("facility-kind"),
                name: facility.name.clone(),
                title: words::kind_of(facility),
                at,
                answers: with_ends(answers),
                around: around.clone(),
                stop: None,
            });
        }
        if facility.parts.is_empty() {
            items.push(Item {
                kind: ItemKind::FacilityPlace,
                id: of("facility-place"),
                name: facility.name.clone(),
                title: words::place_of(facility),
                at: None,
                answers: places(index, facility, planned, rules),
                around: Vec::new(),
                stop: None,
            });
        }
    }
    items
}

/// Where a facility may be found to stand, of each parcel: next to it, or near none.
fn places(facility: usize, of: &Facility, planned: Option<&str>, rules: &Rules) -> Vec<Answer> {
    let planned: Option<String> = planned.map(|kind| kind.nfkc().collect::<String>().trim().to_owned());
    let somewhere = match planned.as_deref().and_then(|planned| of.is_of(planned)) {
        Some(true) => Some(Somewhere::Same),
        Some(false) => None,
        None => Some(Somewhere::MaybeSame),
    };
    let near = Fill::Place { facility, next_to_all: somewhere };
    let far = Fill::Place { facility, next_to_all: None };
    // Where it is asked what lies near a facility, no one place stands for all that there are: then nothing is claimed.
    let is_all = near_facilities(rules).next().is_none();
    vec![
        Answer {
            id: "near".to_owned(),
            said: words::PLACE_NEAR,
            end: End::Poor,
            numbers: None,
            fills: if is_all { vec![near] } else { Vec::new() },
        },
        Answer { id: "far".to_owned(), said: words::PLACE_FAR, end: End::Good, numbers: None, fills: vec![far] },
    ]
}

/// The kind that is planned, where nobody says it.
pub(super) fn planned_kind(groundwork: &Groundwork<'_>) -> Option<Item> {
    let (city, terms) = (groundwork.city(), groundwork.terms());
    if terms.planned_kind.is_some() || !asks_for_spacing(&terms.rules) {
        return None;
    }
    let all = city.facilities().filter(|all| !all.is_empty())?;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in all.iter().flat_map(Facility::kinds) {
        *kinds.entry(kind).or_default() += 1;
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    let answer = |id: String, said: Text, kind: &str| Answer {
        id,
        said,
        end: End::Between,
        numbers: None,
        fills: vec![Fill::Planned(kind.to_owned())],
    };
    let mut answers: Vec<Answer> =
        kinds.iter().map(|(kind, _)| answer(format!("kind:{kind}"), words::planned(kind), kind)).collect();
    answers.push(answer("another-kind".to_owned(), words::PLANNED_OTHER, ""));
    Some(Item {
        kind: ItemKind::PlannedKind,
        id: "planned-kind".to_owned(),
        name: None,
        title: words::PLANNED_KIND,
        at: None,
        answers: with_ends(answers),
        around: Vec::new(),
        stop: None,
    })
}

/// The first is the poor end, the last the good one.
fn with_ends(mut answers: Vec<Answer>) -> Vec<Answer> {
    let count = answers.len();
    for (index, answer) in answers.iter_mut().enumerate() {
        answer.end = super::answers::end(index, count);
    }
    answers
}
