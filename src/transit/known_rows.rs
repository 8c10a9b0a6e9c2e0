//! What do layers, the table of peak trips and a what-if say of stations, stops and lines?

use super::service::Origin;
use crate::layers::{City, LayerKey, LineNumber, PeakRow, StopRow};

/// What is known of stations and stops, by origin.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rows<'a> {
    /// The layer `stations`.
    pub stations: &'a [StopRow],
    /// The layer `stops`.
    pub stops: &'a [StopRow],
    /// Stations and stops of the layers of a what-if; they stand beside those of today.
    pub supposed: &'a [StopRow],
    /// Single stations and stops of a what-if; each stands on its own.
    pub added: &'a [StopRow],
    /// The table of peak trips.
    pub peaks: &'a [PeakRow],
    /// Lines of a what-if.
    pub lines: &'a [LineNumber],
}

impl<'a> Rows<'a> {
    /// Those of a city.
    #[must_use]
    pub fn of(city: &'a City) -> Self {
        Self {
            stations: city.stops(LayerKey::Stations).unwrap_or_default(),
            stops: city.stops(LayerKey::Stops).unwrap_or_default(),
            supposed: &city.supposed.stops,
            added: &city.added_stops,
            peaks: city.peak_trips(),
            lines: &city.supposed_lines,
        }
    }

    /// Every station and stop that is not a timetable's, with where it is known from.
    pub fn with_origin(&self) -> impl Iterator<Item = (&'a StopRow, Origin)> + use<'a> {
        let today = self.stations.iter().chain(self.stops).map(|row| (row, Origin::Layer));
        today.chain(self.supposed.iter().chain(self.added).map(|row| (row, Origin::Scenario)))
    }

    /// The same without that.
    pub fn all(&self) -> impl Iterator<Item = &'a StopRow> + use<'a> {
        self.with_origin().map(|(row, _)| row)
    }
}
