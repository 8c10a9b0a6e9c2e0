//! Which zones has a plan set? They stand in the place of those that are worked out, wherever others look at such zones: what
//! a plan sets is so, whatever its layers say.

use crate::criteria::{Zone, ZonePieces};
use crate::layers::{City, LayerKey};
use crate::regions::{Known, Region};
use crate::zones::{Centres, Growth, zone_pieces};

/// The layer of the zones that a plan has set of a kind; `None` where the project gives none.
///
/// One of which no more is known than what a what-if adds is given: the plan is what the what-if supposes.
#[must_use]
pub fn set_by(zone: Zone, city: &City) -> Option<LayerKey> {
    let is_given =
        |layer: &LayerKey| city.area(*layer).is_some() || city.area_in_part(*layer).is_some() || city.lacks(*layer);
    zone.rule().set_by.filter(is_given)
}

/// The zones that a plan has set of a kind, each by itself; `None` where the project gives none.
///
/// Where a feature is lost there may be one more anywhere, and any of the others may be part of it. One that may or may not be
/// of the layer may be one, and may be part of those that it touches.
pub(super) fn set_zones(zone: Zone, centres: Centres<'_>, city: &City) -> Option<ZonePieces> {
    let layer = set_by(zone, city)?;
    let given = city.area(layer).or_else(|| city.area_in_part(layer));
    let all = |more| Region::union_of(&given.into_iter().chain(more).collect::<Vec<_>>());
    let sure = all(None);
    let (possible, growth) = match (city.lacks(layer), city.doubtful(layer)) {
        (true, _) => (Region::everything(), Growth::AsPossible),
        (false, Some(doubtful)) => {
            let possible = all(Some(doubtful));
            (possible.clone(), Growth::Within(possible))
        }
        (false, None) => (sure.clone(), Growth::None),
    };
    Some(zone_pieces(Known::between(sure, possible), centres, &growth, &city.scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::{Centre, default_rules};
    use crate::crs::Plane;
    use crate::geometry::{Bounds, Shapes};
    use crate::layers::Layer;
    use crate::regions::Certainty;

    fn squares(corners: &[f64]) -> Shapes {
        let mut shapes = Shapes::default();
        for &x in corners {
            shapes.push(&Shapes::from(Bounds { min: [x, 0.0], max: [x + 100.0, 100.0] }).get(0));
        }
        shapes
    }

    fn found(city: &City, own: &[[f64; 2]]) -> Option<Vec<(Certainty, Centre)>> {
        let zone = default_rules().zones().find(|zone| zone.rule().set_by.is_some()).unwrap();
        let pieces = set_zones(zone, Centres { own, in_part: false }, city)?;
        Some(pieces.each.into_iter().map(|piece| (piece.certainty, piece.centre)).collect())
    }

    fn city(corners: &[f64]) -> City {
        let mut city = City::empty(Plane::new(8).unwrap(), None);
        city.put(LayerKey::CentralZones, Layer::Area(squares(corners)));
        city
    }

    #[test]
    fn polygons_that_touch_are_one_zone_with_one_centre() {
        let Some(all) = found(&city(&[0.0, 100.0, 500.0]), &[]) else { panic!("they are given") };
        let mut centres = Vec::new();
        for (certainty, centre) in all {
            assert_eq!(certainty, Certainty::Sure);
            let Centre::At(points) = centre else { panic!("{centre:?}") };
            centres.extend(points.iter().map(|[x, _]| x.round()));
        }
        centres.sort_by(f64::total_cmp);
        assert_eq!(centres, [100.0, 550.0]);
        assert_eq!(found(&City::empty(Plane::new(8).unwrap(), None), &[]), None);
        assert_eq!(found(&city(&[]), &[]), Some(vec![]));
    }

    #[test]
    fn a_planners_centre_belongs_to_the_zone_that_it_lies_in() {
        let all = found(&city(&[0.0, 500.0]), &[[510.0, 10.0]]).unwrap();
        assert!(all.contains(&(Certainty::Sure, Centre::At(vec![[510.0, 10.0]]))), "{all:?}");
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn where_one_is_lost_no_centre_is_sure_but_one_that_is_given() {
        let mut city = city(&[0.0, 500.0]);
        city.lose(LayerKey::CentralZones);
        let all = found(&city, &[[510.0, 10.0]]).unwrap();
        let sure: Vec<_> = all.iter().filter(|(certainty, _)| *certainty == Certainty::Sure).collect();
        assert_eq!(sure, [&(Certainty::Sure, Centre::At(vec![[510.0, 10.0]]))]);
        assert!(all.contains(&(Certainty::Possible, Centre::Anywhere)), "{all:?}");
    }

    #[test]
    fn one_that_may_be_of_the_plan_opens_those_that_it_touches_and_no_other() {
        let mut city = city(&[0.0, 500.0]);
        city.doubt(LayerKey::CentralZones, &squares(&[100.0]));
        let all = found(&city, &[]).unwrap();
        let sure: Vec<_> = all.iter().filter(|(certainty, _)| *certainty == Certainty::Sure).collect();
        assert_eq!((sure.len(), all.len()), (1, 2), "{all:?}");
    }

    #[test]
    fn what_a_what_if_adds_alone_is_the_plan() {
        let mut city = City::empty(Plane::new(8).unwrap(), None);
        city.suppose(LayerKey::CentralZones, Layer::Area(squares(&[0.0])));
        let all = found(&city, &[]).unwrap();
        assert!(matches!(all.as_slice(), [(Certainty::Sure, Centre::At(_))]), "{all:?}");
    }
}
