//! `near-centre`: within reach of the centre of a zone.

use serde_json::{Value, json};

use crate::criteria::{Asks, AsksRegion, Context, Kind, Measure, Needs, Zone};
use crate::geometry::{Point, Shapes};
use crate::regions::{Known, Region, around, around_convex};
use crate::units::Metres;

/// Near the centre of a central zone.
#[derive(Debug)]
pub struct NearCentre {
    /// The threshold of the distance.
    pub within: &'static str,
}

impl Kind for NearCentre {
    fn id(&self) -> &'static str {
        "near-centre"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn needs(&self) -> Needs {
        Needs::CentralZones
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn reach(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn measures(&self) -> Vec<Measure> {
        vec![Measure::at_most("hub_m", self.within)]
    }

    fn zone(&self) -> Option<Zone> {
        Some(Zone::Central)
    }

    fn parameters(&self) -> Value {
        json!({ "within": self.within, "zone": Zone::Central.id() })
    }
}

impl AsksRegion for NearCentre {
    fn region(&self, context: &Context<'_>) -> Known {
        let Some(central) = context.central else { return Known::unknown() };
        let radius = Metres(context.thresholds.get(self.within).unwrap_or_default());
        let near = |centres: &[Point], hulls: &[Vec<Point>]| near(radius, centres, hulls, context);
        let sure = near(&central.sure_centres, &[]);
        let possible = if central.unbounded {
            Region::everything()
        } else if central.possible_hulls.is_empty() {
            sure.clone()
        } else {
            near(&central.sure_centres, &central.possible_hulls)
        };
        let known = Known::between(sure, possible);
        if central.expected_centres == central.sure_centres {
            known
        } else {
            known.expecting(&near(&central.expected_centres, &[]))
        }
    }
}

/// What lies within reach of one of the centres, or of some point of one of the convex hulls.
fn near(radius: Metres, centres: &[Point], hulls: &[Vec<Point>], context: &Context<'_>) -> Region {
    let scale = &context.city.scale;
    let circles = around(centres.iter().map(|centre| (std::slice::from_ref(centre), radius)), scale);
    let hulls: Vec<Shapes> = hulls.iter().map(|hull| around_convex(hull, radius, scale)).collect();
    let all: Vec<&Shapes> = std::iter::once(&circles).chain(&hulls).collect();
    Region::union_of(&all)
}
