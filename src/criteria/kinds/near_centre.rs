//! `near-centre`: within reach of the centre of a zone.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::reading::column_name;
use crate::criteria::{Asks, AsksOfZone, Centre, Context, Kind, Measure, Named, NearPlaces, NearSet, Needs, ZonePiece};
use crate::layers::LayerKey;
use crate::regions::{Region, around, around_convex};
use crate::text::{Text, kept};
use crate::units::Metres;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "near-centre",
    keys: &["zone", "within", "column"],
    read: |table, words| {
        let (zone, within) = (words.zone(table, "zone"), words.threshold(table, "within"));
        let column = match table.get("column") {
            Some(entry) => Some(column_name(&entry)?),
            None => None,
        };
        let (zone, centres) = zone?;
        Some(Box::new(NearCentre { zone, centres, column, within: within? }))
    },
};

/// Near the centre of a zone.
#[derive(Debug)]
pub struct NearCentre {
    /// The id of the zone.
    pub zone: &'static str,
    /// Its layer with the planner's own centres.
    pub centres: Option<LayerKey>,
    /// The stem of the distance's column; `None`: the criterion's.
    pub column: Option<&'static str>,
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

    fn layers(&self) -> Vec<LayerKey> {
        self.centres.into_iter().collect()
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn reach(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn measures(&self, criterion: &Named<'_>) -> Vec<Measure> {
        vec![Measure::at_most(kept(&format!("{}_m", self.column.unwrap_or(criterion.column))), self.within)]
    }

    fn near_sets(&self, criterion: &Named<'_>) -> Vec<NearSet> {
        let title = match self.column {
            Some(_) => Text::new("最寄りの中心拠点区域の中心", "nearest centre of a central zone"),
            None => criterion.nearest(),
        };
        let (stem, places) = (self.column.unwrap_or(criterion.column), NearPlaces::Centres { zone: self.zone });
        vec![NearSet { stem, title, is_named: false, places }]
    }

    fn zone(&self) -> Option<&'static str> {
        Some(self.zone)
    }

    fn parameters(&self) -> Value {
        json!({ "within": self.within, "zone": self.zone })
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
