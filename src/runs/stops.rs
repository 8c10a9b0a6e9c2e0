//! The stations and stops of a run, from its `stops.geojson`.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::RunFolderError;
use crate::crs::{Crs, Plane, ToPlane};
use crate::evidence::Place;
use crate::geometry::{Footprint, Point};
use crate::inputs::{ReadOptions, SourceFile, read_layer};
use crate::layers::StopKind;
use crate::notices::Notices;
use crate::regions::Certainty;

/// A stop group 停留所 or station of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunStop {
    /// Its name, trimmed, NFKC.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// The lines that call there, each after its operator where that is known.
    pub lines: Vec<String>,
    /// Where the run had it from: `timetable`, `layer`, `scenario`.
    pub source: String,
    /// Departures in the peak hour that are known to hold, and the most that it can be; `None`: no bound.
    pub peak_trips: (f64, Option<f64>),
    /// Whether its peak service is that which the programme asks for.
    pub frequent: Certainty,
    /// Whether it connects to a central zone; `None` where nobody asked.
    pub connects: Option<Certainty>,
    /// Its first point, longitude and latitude.
    pub lon_lat: Point,
    /// Where it stands, plane metres.
    pub place: Place,
}

/// The properties of a stop as the file has them.
#[derive(Deserialize)]
struct Properties {
    name: Option<String>,
    kind: StopKind,
    source: String,
    #[serde(default)]
    lines: Vec<String>,
    peak_trips_lo: f64,
    peak_trips_hi: Option<f64>,
    frequent: Certainty,
    connects: Option<Certainty>,
}

/// Reads the stops of a run and brings them into a plane; gives the file as well.
///
/// # Errors
/// Whatever keeps the file from being read, and a stop that no run wrote so.
pub(super) fn read(path: &Path, plane: Plane) -> Result<(Vec<RunStop>, Vec<SourceFile>), RunFolderError> {
    let layer = read_layer(&[path.to_owned()], &ReadOptions::default(), &mut Notices::default(), "stops")?;
    let crs = |source| RunFolderError::crs(path, source);
    // RFC 7946: longitude and latitude, whatever the file may say.
    let to_plane = ToPlane::new(&Crs::jgd2011(), plane).map_err(crs)?;
    let mut stops = Vec::with_capacity(layer.features.len());
    for feature in layer.features {
        let wrong = |problem: String| RunFolderError::Stop { path: path.to_owned(), feature: feature.number, problem };
        let properties: Properties =
            serde_json::from_value(Value::Object(feature.fields)).map_err(|error| wrong(error.to_string()))?;
        let mut parts = feature.geometry.as_ref().map(Footprint::of).unwrap_or_default();
        let lon_lat = *parts.iter().flatten().next().ok_or_else(|| wrong("it has no place".to_owned()))?;
        parts.convert(|points| to_plane.convert(points)).map_err(crs)?;
        let name = properties.name.map(|name| plain(&name));
        stops.push(RunStop {
            kind: properties.kind,
            source: properties.source,
            lines: properties.lines,
            peak_trips: (properties.peak_trips_lo, properties.peak_trips_hi),
            frequent: properties.frequent,
            connects: properties.connects,
            lon_lat,
            place: Place { name: name.clone(), parts },
            name,
        });
    }
    Ok((stops, layer.files))
}

/// A name as names are compared.
pub(crate) fn plain(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_owned()
}
