//! How is an answer put into a city? As the planner would put it into the files.

use std::borrow::Cow;

use crate::assess::{Found, Somewhere};
use crate::evidence::Residents;
use crate::geometry::Shapes;
use crate::layers::{City, Layer, LayerKey, PeakRow};
use crate::units::Interval;

/// Something that is filled in.
#[derive(Debug, Clone)]
pub(super) enum Fill {
    /// Rows of the table of peak trips.
    Peaks(Vec<PeakRow>),
    /// The residents of a census unit.
    Residents { unit: usize, of: Residents, number: f64 },
    /// Whether one of the pieces of land that may be of a layer is of it.
    Land { layer: LayerKey, piece: usize, counts: bool },
    /// The kind of a facility.
    Kind { facility: usize, kind: String },
    /// The place of a facility: none that is near any parcel, or next to each.
    Place { facility: usize, next_to_all: Option<Somewhere> },
    /// The kind that is planned.
    Planned(String),
}

/// A city with answers put in.
pub(super) struct Filled<'c> {
    city: Cow<'c, City>,
    peaks: Cow<'c, [PeakRow]>,
    layers: Vec<LayerKey>,
    planned_kind: Option<String>,
    somewhere: Option<Somewhere>,
}

impl Filled<'_> {
    /// As it is asked for.
    pub(super) fn found(&self) -> Found<'_> {
        Found {
            city: &self.city,
            peaks: &self.peaks,
            layers: &self.layers,
            planned_kind: self.planned_kind.as_deref(),
            somewhere: self.somewhere,
        }
    }
}

/// Puts answers into a city.
pub(super) fn filled<'c>(city: &'c City, planned_kind: Option<&str>, fills: &[&Fill]) -> Filled<'c> {
    let mut filled = Filled {
        city: Cow::Borrowed(city),
        peaks: Cow::Borrowed(city.peak_trips()),
        layers: Vec::new(),
        planned_kind: planned_kind.map(str::to_owned),
        somewhere: None,
    };
    for fill in fills {
        filled.put(fill);
    }
    filled.settle_land(fills);
    filled.take_facilities(fills);
    filled
}

impl Filled<'_> {
    fn put(&mut self, fill: &Fill) {
        let layer = match fill {
            Fill::Peaks(rows) => {
                self.peaks.to_mut().extend(rows.iter().cloned());
                LayerKey::Peaks
            }
            &Fill::Residents { unit, of, number } => {
                if let Some(census) = self.city.to_mut().census_mut() {
                    let unit = &mut census.units[unit];
                    match of {
                        Residents::Seniors => unit.seniors = Interval::exactly(number),
                        Residents::All => unit.population = Interval::exactly(number),
                    }
                }
                LayerKey::Census
            }
            Fill::Kind { facility, kind } => {
                if let Some(all) = self.city.to_mut().facilities_mut() {
                    all[*facility].kind = Some(kind.clone());
                }
                LayerKey::Facilities
            }
            Fill::Place { next_to_all, .. } => {
                self.somewhere = self.somewhere.or(*next_to_all);
                LayerKey::Facilities
            }
            Fill::Land { layer, .. } => *layer,
            Fill::Planned(kind) => {
                self.planned_kind = Some(kind.clone());
                return;
            }
        };
        if !self.layers.contains(&layer) {
            self.layers.push(layer);
        }
    }

    /// Pieces that are settled are of their layer or are not; the others stay as they are.
    fn settle_land(&mut self, fills: &[&Fill]) {
        for &layer in &self.layers.clone() {
            let settled: Vec<(usize, bool)> = fills
                .iter()
                .filter_map(|fill| match fill {
                    Fill::Land { layer: of, piece, counts } if *of == layer => Some((*piece, *counts)),
                    _ => None,
                })
                .collect();
            let Some(doubtful) = self.city.doubtful(layer).filter(|_| !settled.is_empty()).cloned() else { continue };
            let (mut rest, mut more) = (Shapes::default(), Shapes::default());
            for (index, shape) in doubtful.iter().enumerate() {
                match settled.iter().find(|(piece, _)| *piece == index) {
                    Some((_, true)) => more.push(&shape),
                    Some((_, false)) => {}
                    None => rest.push(&shape),
                }
            }
            self.city.to_mut().settle(layer, &more, rest);
        }
    }

    /// Facilities whose places are settled stand nowhere in the layer: near no parcel, or as it is supposed.
    fn take_facilities(&mut self, fills: &[&Fill]) {
        let mut placed: Vec<usize> = fills
            .iter()
            .filter_map(|fill| match fill {
                Fill::Place { facility, .. } => Some(*facility),
                _ => None,
            })
            .collect();
        placed.sort_unstable();
        for &facility in placed.iter().rev() {
            if let Some(all) = self.city.to_mut().facilities_mut() {
                all.remove(facility);
            }
        }
    }
}

impl Fill {
    /// A layer without one more row is the same as none.
    pub(super) fn peak(name: &str, peak_trips: Option<f64>, daily_trips: Option<f64>) -> Self {
        Self::Peaks(vec![PeakRow { name: Some(name.to_owned()), line: None, peak_trips, daily_trips }])
    }
}

/// What a city lacks of a layer of one area, piece by piece.
pub(super) fn pieces(city: &City, layer: LayerKey) -> Option<&Shapes> {
    let is_there = city.layers().any(|(key, given)| key == layer && matches!(given, Layer::Area(_)));
    city.doubtful(layer).filter(|_| is_there)
}
