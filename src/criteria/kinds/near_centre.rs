//! `near-centre`: within reach of the centre of a zone.

use serde_json::{Value, json};

use crate::criteria::{Asks, AsksOfZone, Centre, Context, Kind, Measure, Needs, Zone, ZonePiece};
use crate::regions::{Region, around, around_convex};
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
        Asks::OfZone(self)
    }

    fn needs(&self) -> Needs {
        Needs::Zone
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

impl AsksOfZone for NearCentre {
    fn region(&self, zone: &ZonePiece, context: &Context<'_>) -> Region {
        let radius = Metres(context.thresholds.get(self.within).unwrap_or_default());
        let scale = &context.city.scale;
        match &zone.centre {
            Centre::At(points) => {
                let circles = around(points.iter().map(|point| (std::slice::from_ref(point), radius)), scale);
                Region::union_of(&[&circles])
            }
            Centre::Within(hull) => Region::union_of(&[&around_convex(hull, radius, scale)]),
            Centre::Anywhere => Region::everything(),
        }
    }
}
