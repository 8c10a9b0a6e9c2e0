//! The stations and stops of a run, from its `stops.geojson`.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::FinishedError;
use crate::crs::{Crs, Plane, ToPlane};
use crate::evidence::Place;
use crate::geometry::Point;
use crate::inputs::{ReadOptions, read_layer};
use crate::layers::StopKind;
use crate::layers::stops::parts;
use crate::notices::Notices;

/// Whether a stop counts for a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counts {
    /// It does not.
    No,
    /// It may: its service or its lines are not known.
    Possible,
    /// It does.
    Sure,
}

impl Counts {
    /// The word in `stops.geojson`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possible => "possible",
            Self::Sure => "sure",
        }
    }
}

/// A stop group 停留所 or station of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunStop {
    /// Its name, trimmed, NFKC.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// Where the run had it from: `timetable`, `layer`, `expected`, `scenario`.
    pub source: String,
    /// Departures in the peak hour that are known to hold, and the most that it can be; `None`: no bound.
    pub peak_trips: (f64, Option<f64>),
    /// Whether near-frequent-transit counts it.
    pub frequent: Counts,
    /// Whether it connects to a central zone; `None` where nobody asked.
    pub connects: Option<Counts>,
    /// Its first point, longitude and latitude.
    pub lon_lat: Point,
    /// Its points and bent lines, plane metres.
    pub place: Place,
}

impl RunStop {
    /// Whether it is there only once the planner's expectations 見込み come true.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        self.source == "expected"
    }

    /// The word for what it is: `rail`, `tram`, `bus`.
    #[must_use]
    pub fn kind_id(&self) -> &'static str {
        match self.kind {
            StopKind::Rail => "rail",
            StopKind::Tram => "tram",
            StopKind::Bus => "bus",
        }
    }
}

/// The properties of a stop as the file has them.
#[derive(Deserialize)]
struct Properties {
    name: Option<String>,
    kind: Kind,
    source: String,
    peak_trips_lo: f64,
    peak_trips_hi: Option<f64>,
    frequent: Counts,
    connects: Option<Counts>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Rail,
    Tram,
    Bus,
}

/// Reads the stops of a run and brings them into a plane.
///
/// # Errors
/// Whatever keeps the file from being read, and a stop that no run wrote so.
pub(in crate::planning) fn read(path: &Path, plane: Plane) -> Result<Vec<RunStop>, FinishedError> {
    let layer = read_layer(&[path.to_owned()], &ReadOptions::default(), &mut Notices::default(), "stops")?;
    let crs = |source| FinishedError::crs(path, source);
    // RFC 7946: longitude and latitude, whatever the file may say.
    let to_plane = ToPlane::new(&Crs::jgd2011(), plane).map_err(crs)?;
    let mut stops = Vec::with_capacity(layer.features.len());
    for feature in layer.features {
        let wrong = |problem: String| FinishedError::Stop { path: path.to_owned(), feature: feature.number, problem };
        let properties: Properties =
            serde_json::from_value(Value::Object(feature.fields)).map_err(|error| wrong(error.to_string()))?;
        let mut parts = feature.geometry.as_ref().map(parts).unwrap_or_default();
        let lon_lat = *parts.iter().flatten().next().ok_or_else(|| wrong("it has no place".to_owned()))?;
        for part in &mut parts {
            to_plane.convert(part).map_err(crs)?;
        }
        let name = properties.name.map(|name| plain(&name));
        stops.push(RunStop {
            kind: match properties.kind {
                Kind::Rail => StopKind::Rail,
                Kind::Tram => StopKind::Tram,
                Kind::Bus => StopKind::Bus,
            },
            source: properties.source,
            peak_trips: (properties.peak_trips_lo, properties.peak_trips_hi),
            frequent: properties.frequent,
            connects: properties.connects,
            lon_lat,
            place: Place { name: name.clone(), parts, filled: false },
            name,
        });
    }
    Ok(stops)
}

/// A name as names are compared.
pub(in crate::planning) fn plain(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_owned()
}
