//! What a study says of a scene: the steps of a run from layers to verdicts.

use kyoten::criteria::{
    Asks, CATALOGUE, CentralZones, Criterion, Ground, LotFacts, Rules, Zone, excluded_by_default, places,
};
use kyoten::evidence::{
    Measured, Nearest, Place, PlaceShares, PreparedKnown, Study, senior_densities, split_by_kind, unit_ratios,
};
use kyoten::geometry::{Shapes, repair};
use kyoten::layers::City;
use kyoten::regions::{Known, Region};
use kyoten::transit::{Links, Origin, Rows, Settings, Stop, services};
use kyoten::units::{Metres, Share};
use kyoten::verdicts::status;
use kyoten::zones::central_zones;

use crate::scene::{Claim, Scene};

/// What is found for each claim of a scene, written as the claims are.
pub fn answers(scene: &Scene) -> Vec<String> {
    let (city, rules) = (&scene.city, Rules::default());
    let public_land = city.public_land.as_ref().map(|shapes| Region::union_of(&[shapes]).prepare());
    let settings = Settings::default();
    let (stops, planned_stops) = stops_of(city, &settings);
    let ground = Ground {
        city,
        thresholds: &rules.thresholds,
        stops: &stops,
        planned_stops: &planned_stops,
        links: Links { timetable: None, settings: &settings, scale: &city.scale },
        ratios: &city.units.as_ref().map(|units| unit_ratios(units, public_land.as_ref())).unwrap_or_default(),
        densities: &city.census.as_ref().map(|census| senior_densities(census, &city.scale)).unwrap_or_default(),
        excluded_municipalities: &excluded_by_default(),
        central: None,
    };
    let central = central(scene, &ground, &rules);
    let ground = Ground { central: Some(&central), ..ground };
    let zones: Vec<Known> = Zone::PLACES.iter().map(|&zone| zone_of(zone, &ground, &rules)).collect();
    let study = Study {
        scale: city.scale.clone(),
        criteria: places().map(|criterion| PreparedKnown::new(&criterion.known(&ground))).collect(),
        zones: zones.iter().map(PreparedKnown::new).collect(),
        nearest: nearest_facilities(scene),
        land: None,
        people: None,
    };
    let measured = study.measure(&repair::mend(scene.lots.clone()));
    scene.claims.iter().map(|claim| answer(claim, &measured[claim.lot], &rules, city)).collect()
}

/// The stops that there are, and those that are expected.
fn stops_of(city: &City, settings: &Settings) -> (Vec<Stop>, Vec<Stop>) {
    let rows = Rows {
        stations: city.stations.as_deref().unwrap_or_default(),
        stops: city.stops.as_deref().unwrap_or_default(),
        expected: &city.expectations.stops,
        added: &city.added_stops,
        peaks: &city.peaks,
    };
    let all = services(&rows, None, settings.stop_group, &city.scale);
    all.into_iter().partition(|stop| stop.origin != Origin::Expected)
}

fn zone_of(zone: Zone, ground: &Ground<'_>, rules: &Rules) -> Known {
    let asked: Vec<&str> = rules.asked(zone).collect();
    let knowns: Vec<Known> = CATALOGUE
        .iter()
        .filter(|criterion| asked.contains(&criterion.id))
        .map(|criterion| criterion.known(ground))
        .collect();
    Known::all(&knowns)
}

/// The central zones that the scene sets, else those that its layers make.
fn central(scene: &Scene, ground: &Ground<'_>, rules: &Rules) -> CentralZones {
    let known = match &scene.central {
        Some([sure, maybe, hoped]) => {
            let with = |more: &Shapes| Region::union_of(&[sure, more]);
            Known { sure: Region::union_of(&[sure]), possible: with(maybe), expected: with(hoped) }
        }
        None => zone_of(Zone::Central, ground, rules),
    };
    central_zones(known, scene.city.hub_centres.as_deref(), &scene.city.scale)
}

/// Facilities of the planned kind, and those that may be of it.
fn nearest_facilities(scene: &Scene) -> Vec<Nearest> {
    let facilities = scene.city.facilities.as_deref().unwrap_or_default();
    let (same, maybe) = split_by_kind(facilities, scene.planned_kind.as_deref());
    let places = |chosen: Vec<usize>| chosen.into_iter().map(|place| Place::from(&facilities[place])).collect();
    vec![Nearest::new(places(same)), Nearest::new(places(maybe))]
}

fn answer(claim: &Claim, lot: &Measured, rules: &Rules, city: &City) -> String {
    if let Some(place) = Zone::PLACES.iter().position(|zone| zone.id() == claim.about) {
        let Some(shares) = lot.zones.get(place) else { return "undetermined".to_owned() };
        return status(shares, Some(true), Share(rules.thresholds.membership)).to_string();
    }
    let criterion: &Criterion = CATALOGUE.iter().find(|criterion| criterion.id == claim.about).expect("it was read");
    if let Asks::Lot(asks) = criterion.asks {
        let distance = |place: usize| -> Option<Metres> { lot.near.get(place)?.map(|near| near.distance) };
        let facts = LotFacts {
            area: lot.area,
            facilities_known: city.facilities.is_some(),
            same_kind: distance(0),
            maybe_same_kind: distance(1),
            // Every facility of a scene has its place.
            unplaced_same_kind: false,
        };
        return match asks(&facts, &rules.thresholds) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        }
        .to_owned();
    }
    let place = places().position(|one| one.id == criterion.id).expect("it asks about a place");
    lot.criteria.get(place).map_or_else(|| "null".to_owned(), written)
}

/// `0.5`, `0..1`, `0..1 expected 0.5`: three decimals, and 0 and 1 only for nothing and all.
fn written(shares: &PlaceShares) -> String {
    let number = |share: Share| match share.0 {
        whole if whole <= 0.0 || whole >= 1.0 => format!("{whole}"),
        part => format!("{}", (part.clamp(0.001, 0.999) * 1000.0).round() / 1000.0),
    };
    let PlaceShares { share, expected } = shares;
    let (lo, hi, expected) = (number(share.lo), number(share.hi), number(*expected));
    let interval = if lo == hi { lo.clone() } else { format!("{lo}..{hi}") };
    if expected == lo { interval } else { format!("{interval} expected {expected}") }
}
