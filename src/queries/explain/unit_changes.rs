//! How much more, or less, must a unit of land hold? And which number asked of the units would do?

use super::at::{At, Target};
use super::ground::Ground;
use super::told::{Change, ChangeOf, Way};
use crate::criteria::{UnitHolds, UnitLever, World};
use crate::evidence::Residents;
use crate::geometry::Shapes;
use crate::geometry::area::{area, centroid};
use crate::regions::Region;
use crate::units::{Interval, PerHectare, Share, SquareMetres};

/// The units around a parcel with what each holds.
pub(super) struct LocalUnits<'l, 'a> {
    pub(super) lever: &'l UnitLever<'a>,
    pub(super) near: Vec<usize>,
    expected: Option<&'l Shapes>,
    settled: Shapes,
}

impl<'l, 'a> LocalUnits<'l, 'a> {
    pub(super) fn of(at: &At<'l>, lever: &'l UnitLever<'a>) -> Self {
        let bounds = at.ground.parcel.bounds;
        let near = at.prepared.units_meeting(&bounds, lever.shapes);
        let mut settled = Shapes::default();
        let all = lever.settled.into_iter().flat_map(Shapes::iter);
        all.filter(|shape| shape.bounds().meets(&bounds)).for_each(|shape| settled.push(&shape));
        let expected = at.explainer.context.city.expectations.get(&lever.holds.layer());
        Self { lever, near, expected, settled }
    }

    /// Where the units hold enough, each holding what `value` says, as far as it concerns the parcel.
    fn region(&self, world: World, value: &dyn Fn(usize) -> Interval<f64>, enough: f64, ground: &Ground<'_>) -> Region {
        let units = |is_meant: &dyn Fn(Interval<f64>) -> bool| -> Region {
            let meant = self.near.iter().filter(|&&unit| is_meant(value(unit)));
            ground.cut_units(meant.map(|&unit| self.lever.shapes.get(unit)))
        };
        let reaching = units(&|value| if world == World::Possible { value.hi >= enough } else { value.lo >= enough });
        match world {
            World::Sure => reaching,
            World::Expected => match self.expected {
                Some(expected) => reaching.union(&ground.cut_units(expected.iter())),
                None => reaching,
            },
            World::Possible => {
                // What is no unit may hold anything, but where it is known not to.
                let failing = units(&|value| value.hi < enough).union(&ground.cut_units(self.settled.iter()));
                reaching.union(&failing.complement())
            }
        }
    }

    /// The ground of a unit.
    pub(super) fn ground_area(&self, unit: usize, at: &At<'_>) -> SquareMetres {
        let shape = self.lever.shapes.get(unit);
        at.explainer.context.city.scale.ground_area(area(&shape), centroid(&shape).unwrap_or_default())
    }
}

impl<'e> At<'e> {
    /// The changes that meet a target: in one unit, and of the number that is asked for.
    pub(super) fn unit_changes(&self, target: Target, lever: &'e UnitLever<'e>) -> Vec<Change> {
        let Some(enough) = self.explainer.context.thresholds.get(lever.at_least) else { return Vec::new() };
        let units = LocalUnits::of(self, lever);
        let in_one = self.in_one_unit(target, &units, enough);
        in_one.into_iter().chain(self.of_number(target, &units, enough)).collect()
    }

    /// The one unit in which the least would have to be other.
    fn in_one_unit(&self, target: Target, units: &LocalUnits<'e, 'e>, enough: f64) -> Option<Change> {
        let end = |value: Interval<f64>| if target.world == World::Possible { value.hi } else { value.lo };
        let is_meant = |unit: &usize| {
            let value = end(units.lever.values[*unit]);
            if target.way == Way::Gain { value < enough } else { value >= enough && value.is_finite() }
        };
        let mut found: Vec<(f64, usize)> = units
            .near
            .iter()
            .copied()
            .filter(is_meant)
            .filter_map(|unit| Some((self.amount(target, units, unit, enough)?, unit)))
            .collect();
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        let moved = |world: World, unit: usize| {
            let to = if target.way == Way::Gain { f64::INFINITY } else { f64::NEG_INFINITY };
            let value = |one: usize| if one == unit { Interval::exactly(to) } else { units.lever.values[one] };
            units.region(world, &value, enough, self.ground)
        };
        let does = |&(_, unit): &(f64, usize)| self.is_turned(target, &|world: World, _: usize| moved(world, unit));
        let (amount, unit) = found.into_iter().find(does)?;
        let to = self.status(&|world: World, _: usize| moved(world, unit));
        let of = match units.lever.holds {
            UnitHolds::Land(layer) => ChangeOf::Land { layer, unit, square_metres: amount },
            UnitHolds::People(residents) => {
                let census = self.explainer.context.city.census()?;
                let (code, seniors) = (census.units[unit].code.clone(), residents == Residents::Seniors);
                ChangeOf::People { unit, code, seniors, persons: amount }
            }
        };
        Some(Change { of, to, is_verified: false })
    }

    /// How much more a unit would have to hold, or how much it would have to lose: whole square metres, or persons.
    fn amount(&self, target: Target, units: &LocalUnits<'e, 'e>, unit: usize, enough: f64) -> Option<f64> {
        let ground = units.ground_area(unit, self);
        let value = units.lever.values[unit];
        let end = |value: Interval<f64>| if target.world == World::Possible { value.hi } else { value.lo };
        let sign = if target.way == Way::Gain { 1.0 } else { -1.0 };
        let (held, all, told): (f64, f64, &dyn Fn(f64) -> f64) = match units.lever.holds {
            UnitHolds::Land(_) => (end(value) * ground.0, ground.0, &|held| Share(held / ground.0).told().0),
            UnitHolds::People(residents) => {
                let census = self.explainer.context.city.census()?;
                let persons = match residents {
                    Residents::Seniors => census.units[unit].seniors,
                    Residents::All => census.units[unit].population,
                };
                (end(persons), f64::INFINITY, &|held| PerHectare(held / ground.hectares()).told().0)
            }
        };
        let does = |amount: f64| (told(held + sign * amount) >= enough) == (target.way == Way::Gain);
        let about = match units.lever.holds {
            UnitHolds::Land(_) => (enough * ground.0 - held) * sign,
            UnitHolds::People(_) => (enough * ground.hectares() - held) * sign,
        };
        // A whole number on either side of where it is just so: what is told is rounded.
        let first = (about.floor() - 2.0).max(1.0);
        let amount = (0..6).map(|more| first + f64::from(more)).find(|amount| does(*amount))?;
        let left = held + sign * amount;
        (left >= 0.0 && left <= all).then_some(amount)
    }

    /// The number asked for that would just do.
    fn of_number(&self, target: Target, units: &LocalUnits<'e, 'e>, enough: f64) -> Option<Change> {
        let step = match units.lever.holds {
            UnitHolds::Land(_) => 1.0 / Share::STEPS,
            UnitHolds::People(_) => 1.0 / PerHectare::STEPS,
        };
        let ends = units.near.iter().map(|&unit| units.lever.values[unit]).flat_map(|value| [value.lo, value.hi]);
        let mut numbers: Vec<f64> = ends.filter(|value| value.is_finite()).collect();
        match target.way {
            Way::Gain => {
                numbers.retain(|&value| value < enough);
                numbers.sort_by(|one, other| other.total_cmp(one));
            }
            Way::Loss => {
                numbers.retain(|&value| value >= enough);
                // Just above what a unit holds.
                for value in &mut numbers {
                    *value = ((*value + step) / step).round() * step;
                }
                numbers.sort_by(f64::total_cmp);
            }
        }
        let value = |unit: usize| units.lever.values[unit];
        let moved = |world: World, number: f64| units.region(world, &value, number, self.ground);
        let does = |number: &f64| self.is_turned(target, &|world: World, _: usize| moved(world, *number));
        let number = numbers.into_iter().find(does)?;
        let to = self.status(&|world: World, _: usize| moved(world, number));
        let number = (number * 1e9).round() / 1e9;
        let by = ((number - enough).abs() * 1e9).round() / 1e9;
        let of = ChangeOf::Threshold { key: units.lever.at_least, by, to: number };
        Some(Change { of, to, is_verified: false })
    }
}
