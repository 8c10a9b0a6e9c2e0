//! `unit-ratio`, `unit-density`: in a unit of land with enough public land, or with enough people a hectare.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::reading::Words;
use crate::criteria::{
    Asks, AsksRegion, AsksWhole, Context, Kind, Lever, Measure, Named, Needs, UnitHolds, UnitLever, UnitQuestion,
    WholeAnswer,
};
use crate::evidence::{Residents, WholeArea, densities, unit_ratios};
use crate::geometry::Shapes;
use crate::geometry::area::area;
use crate::layers::{Content, LandUnits, LayerKey};
use crate::regions::{Known, Region};
use crate::text::Text;
use crate::units::Interval;

/// How `unit-ratio` is read.
pub(super) const RATIO: KindReader = KindReader {
    id: "unit-ratio",
    keys: &["layer", "at_least"],
    read: |table, words| {
        let layer =
            table.needed("layer", Text::new("割合を求める面のレイヤー", "the layer of areas whose share it is"));
        let layer = layer.and_then(|entry| Words::layer(&entry, Content::Area));
        let at_least = words.threshold(table, "at_least");
        Some(Box::new(UnitRatio { layer: layer?, at_least: at_least? }))
    },
};

/// How `unit-density` is read.
pub(super) const DENSITY: KindReader = KindReader {
    id: "unit-density",
    keys: &["people", "at_least"],
    read: |table, words| {
        let people = table.needed("people", Text::new("だれの密度か", "whose density it is"));
        let residents = people.and_then(|entry| entry.one_of(&Residents::ALL, Residents::id));
        let at_least = words.threshold(table, "at_least");
        Some(Box::new(UnitDensity { residents: residents?, at_least: at_least? }))
    },
};

/// A layer, such as public land, is a large enough share of the evaluation unit.
#[derive(Debug)]
pub struct UnitRatio {
    /// The layer, of areas.
    pub layer: LayerKey,
    /// The threshold of the share.
    pub at_least: &'static str,
}

/// The census unit has enough residents a hectare.
#[derive(Debug)]
pub struct UnitDensity {
    /// Which ones.
    pub residents: Residents,
    /// The threshold of the density.
    pub at_least: &'static str,
}

impl UnitRatio {
    /// Whether it asks of the ratio that is told of every parcel, and that has been worked out for that.
    fn is_of_public_land(&self) -> bool {
        self.layer == LayerKey::PublicLand
    }

    /// The shares of the layer in every unit.
    fn ratios(&self, units: &LandUnits, context: &Context<'_>) -> Vec<Interval<f64>> {
        let city = context.city;
        let of = |shapes: &[&Shapes]| unit_ratios(units, Some(&Region::union_of(shapes).index()));
        let given = city.area(self.layer).or_else(|| city.area_in_part(self.layer));
        let sure = of(&given.into_iter().collect::<Vec<_>>());
        match (city.area(self.layer), city.doubtful(self.layer)) {
            (Some(_), None) => sure,
            (Some(given), Some(doubtful)) => {
                let most = of(&[given, doubtful]);
                sure.into_iter().zip(most).map(|(sure, most)| Interval::new(sure.lo, most.hi)).collect()
            }
            (None, _) => sure.into_iter().map(|ratio| Interval::new(ratio.lo, 1.0)).collect(),
        }
    }
}

impl Kind for UnitRatio {
    fn id(&self) -> &'static str {
        "unit-ratio"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn needs(&self) -> Needs {
        if self.is_of_public_land() { Needs::PublicLand } else { Needs::Layers }
    }

    fn layers(&self) -> Vec<LayerKey> {
        vec![self.layer, LayerKey::Units]
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.at_least]
    }

    fn measures(&self, _: &Named<'_>) -> Vec<Measure> {
        let is_told = self.is_of_public_land();
        is_told.then(|| Measure::at_least("public_land_ratio", self.at_least)).into_iter().collect()
    }

    fn units(&self) -> Option<UnitQuestion> {
        self.is_of_public_land().then_some(UnitQuestion::Land)
    }

    fn whole(&self) -> Option<&dyn AsksWhole> {
        self.is_of_public_land().then_some(self as &dyn AsksWhole)
    }

    fn lever<'a>(&'a self, context: &Context<'a>) -> Lever<'a> {
        let Some(units) = context.city.units() else { return Lever::Nothing };
        let values = if self.is_of_public_land() {
            Cow::Borrowed(context.ratios)
        } else {
            Cow::Owned(self.ratios(units, context))
        };
        let (shapes, settled) = (&units.shapes, None);
        Lever::Units(UnitLever { at_least: self.at_least, shapes, values, settled, holds: UnitHolds::Land(self.layer) })
    }

    fn parameters(&self) -> Value {
        json!({ "layer": self.layer.name(), "at_least": self.at_least })
    }
}

impl AsksRegion for UnitRatio {
    fn region(&self, context: &Context<'_>) -> Known {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        let known = match context.city.units() {
            Some(units) if self.is_of_public_land() => {
                units_reaching(&units.shapes, context.ratios, threshold, &Shapes::default())
            }
            Some(units) => units_reaching(&units.shapes, &self.ratios(units, context), threshold, &Shapes::default()),
            // Nothing of it at all makes no ratio anywhere, whatever the units.
            None if context.city.area(self.layer).is_some_and(Shapes::is_empty) => Known::exactly(Region::nothing()),
            None => Known::unknown(),
        };
        context.with_expected_area(self.layer, known)
    }
}

impl Kind for UnitDensity {
    fn id(&self) -> &'static str {
        "unit-density"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        vec![LayerKey::Census]
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.at_least]
    }

    fn measures(&self, _: &Named<'_>) -> Vec<Measure> {
        let is_told = self.residents == Residents::Seniors;
        is_told.then(|| Measure::at_least("seniors_per_ha", self.at_least)).into_iter().collect()
    }

    fn units(&self) -> Option<UnitQuestion> {
        (self.residents == Residents::Seniors).then_some(UnitQuestion::People)
    }

    fn whole(&self) -> Option<&dyn AsksWhole> {
        (self.residents == Residents::Seniors).then_some(self as &dyn AsksWhole)
    }

    fn lever<'a>(&'a self, context: &Context<'a>) -> Lever<'a> {
        let Some(census) = context.city.census() else { return Lever::Nothing };
        let values = match self.residents {
            Residents::Seniors => Cow::Borrowed(context.densities),
            Residents::All => Cow::Owned(densities(census, self.residents, &context.city.scale)),
        };
        let (shapes, settled) = (&census.shapes, Some(&census.surveyed));
        let holds = UnitHolds::People(self.residents);
        Lever::Units(UnitLever { at_least: self.at_least, shapes, values, settled, holds })
    }

    fn parameters(&self) -> Value {
        json!({ "people": self.residents.id(), "at_least": self.at_least })
    }
}

impl AsksRegion for UnitDensity {
    fn region(&self, context: &Context<'_>) -> Known {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        let known = context.city.census().map_or_else(Known::unknown, |census| {
            let own;
            let densities = match self.residents {
                Residents::Seniors => context.densities,
                residents @ Residents::All => {
                    own = densities(census, residents, &context.city.scale);
                    own.as_slice()
                }
            };
            units_reaching(&census.shapes, densities, threshold, &census.surveyed)
        });
        context.with_expected_area(LayerKey::Census, known)
    }
}

/// So little public land makes no zone, however small the part that is drawn around it, m²: areas are told to a thousandth.
const NO_LAND: f64 = 0.0005;

impl AsksWhole for UnitRatio {
    fn answer(&self, asked: &WholeArea<'_>, context: &Context<'_>) -> WholeAnswer {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        let of = |part: &WholeArea<'_>| part.public_land_ratio();
        let is_hopeless = asked.public_land_ratio().is_some_and(|ratio| ratio.hi * area(&asked.shape) < NO_LAND);
        let expected = context.city.expectations.get(&LayerKey::PublicLand);
        let answer = whole(asked, threshold, of, expected, context);
        WholeAnswer { is_hopeless: is_hopeless && threshold > 0.0, ..answer }
    }

    fn stays_met(&self, piece: &WholeArea<'_>, grown: Option<&WholeArea<'_>>, context: &Context<'_>) -> bool {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        let ratio = |area: &WholeArea<'_>| Some(area.public_land_ratio()?.lo);
        let least = || {
            let grown = grown?;
            let public = ratio(piece)? * piece.ground_area().0;
            // The worst that can be added is all land that is not public.
            let others = (1.0 - ratio(grown)?) * grown.ground_area().0;
            Some(public / (public + others).max(f64::MIN_POSITIVE))
        };
        threshold <= 0.0 || least().is_some_and(|least| least >= threshold)
    }
}

impl AsksWhole for UnitDensity {
    fn answer(&self, asked: &WholeArea<'_>, context: &Context<'_>) -> WholeAnswer {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        let expected = context.city.expectations.get(&LayerKey::Census);
        let of = |part: &WholeArea<'_>| part.seniors_per_ha();
        whole(asked, threshold, of, expected, context)
    }

    fn stays_met(&self, piece: &WholeArea<'_>, grown: Option<&WholeArea<'_>>, context: &Context<'_>) -> bool {
        let threshold = context.thresholds.get(self.at_least).unwrap_or(f64::INFINITY);
        // The worst that can be added is land on which nobody lives.
        let least = || Some(piece.people()?.seniors.lo / grown?.ground_area().hectares());
        threshold <= 0.0 || least().is_some_and(|least| least >= threshold)
    }
}

/// How an area answers that must have so much of something on each part of its ground. Where the planner expects enough of
/// it, there is at least so much once that comes true.
fn whole(
    asked: &WholeArea<'_>,
    threshold: f64,
    of: impl Fn(&WholeArea<'_>) -> Option<Interval<f64>>,
    expected: Option<&Shapes>,
    context: &Context<'_>,
) -> WholeAnswer {
    let is_met = of(asked).and_then(|value| value.reaches(threshold));
    let is_expected = match (is_met, expected) {
        (Some(false), Some(expected)) => {
            let mut alone = Shapes::default();
            alone.push(&asked.shape);
            // A zone that a planner has drawn may have several parts; each is then a piece of its own.
            let is_one = asked.shape.polygons().count() == 1;
            let alone = if is_one { Region::from(Cow::Owned(alone)) } else { Region::union_of(&[&alone]) };
            let expected = Region::union_of(&[expected]);
            let sum = |region: &Region, least: f64| -> Option<f64> {
                let pieces = region.pieces().into_iter().flat_map(Shapes::iter);
                let parts = pieces.map(|piece| WholeArea::new(piece, context.wholes));
                parts.map(|part| Some(of(&part)?.lo.max(least) * part.ground_area().0)).sum()
            };
            let [outside, inside] = [alone.minus(&expected), alone.intersection(&expected)];
            let sum = sum(&outside, 0.0).zip(sum(&inside, threshold)).map(|(outside, inside)| outside + inside);
            // The parts of an area make it up to the last bits of a number only.
            sum.map(|sum| sum / asked.ground_area().0 >= threshold * (1.0 - 1e-9))
        }
        _ => is_met,
    };
    WholeAnswer { is_met, is_expected, is_hopeless: false }
}

/// The units whose value reaches a threshold. Outside all units nothing is known, but within `settled`, where what
/// is no unit is known not to reach it.
fn units_reaching(shapes: &Shapes, values: &[Interval<f64>], threshold: f64, settled: &Shapes) -> Known {
    let mut by_answer: [Shapes; 3] = Default::default();
    for (shape, value) in shapes.iter().zip(values) {
        let answer = match value.reaches(threshold) {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        by_answer[answer].push(&shape);
    }
    let [reach, open, fail] = by_answer;
    let sure = Region::union_of(&[&reach]);
    let may = if open.is_empty() { sure.clone() } else { Region::union_of(&[&reach, &open]) };
    let not = Region::union_of(&[&fail, settled]);
    let possible = if not.is_nothing() { Region::everything() } else { may.union(&not.complement()) };
    Known::between(sure, possible)
}
