//! Added stops as rows, beside those of the layers.

use super::{AddedStop, Scenario};
use crate::crs::{Crs, CrsError, Plane, ToPlane};
use crate::layers::{Blank, StopRow};

impl Scenario {
    /// The added stops as rows in the metres of a plane, in their order; rail, tram and bus together.
    ///
    /// # Errors
    /// [`CrsError::OutOfReach`] for a stop far from Japan, which a project file cannot name.
    pub fn stop_rows(&self, plane: Plane) -> Result<Vec<StopRow>, CrsError> {
        let mut points: Vec<[f64; 2]> = self.stops.iter().map(|stop| stop.at).collect();
        ToPlane::new(&Crs::jgd2011(), plane)?.convert(&mut points)?;
        Ok(self.stops.iter().zip(points).map(|(stop, point)| row(stop, point)).collect())
    }
}

fn row(stop: &AddedStop, point: [f64; 2]) -> StopRow {
    StopRow {
        name: Some(stop.name.clone()),
        kind: stop.kind,
        lines: stop.lines.clone(),
        group: None,
        operator: None,
        blank: Blank::default(),
        may_be: None,
        parts: point.into(),
        peak_trips: stop.peak_trips,
        daily_trips: stop.daily_trips,
    }
}
