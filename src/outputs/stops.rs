//! `stops.geojson`: stations and stops, their peak service, and what the criteria make of them.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, Point as GeoPoint};
use serde_json::{Value, json};

use super::zones::rounded;
use crate::criteria::StopReach;
use crate::crs::FromPlane;
use crate::geometry::Point;
use crate::transit::{Direction, Origin, Peak, Stop, Timetable};
use crate::units::Interval;

/// What is told of stations and stops.
#[derive(Debug)]
pub struct StopGround<'a> {
    /// Every row; those of one group are one feature.
    pub stops: &'a [&'a Stop],
    /// The timetable that speaks for some of them.
    pub timetable: Option<&'a Timetable>,
    /// The peak service of the timetable's groups.
    pub peaks: &'a [Peak],
    /// How many departures the programme asks for.
    pub min_peak_trips: f64,
    /// The stops that connect to a central zone; `None` where nobody asks.
    pub connecting: Option<&'a StopReach>,
    /// The way out of the plane.
    pub from_plane: &'a FromPlane,
}

/// The stations and stops as GeoJSON, one feature a group, in the order of the groups.
#[must_use]
pub fn stops_geojson(ground: &StopGround<'_>) -> Vec<u8> {
    let mut groups: BTreeMap<usize, Vec<&Stop>> = BTreeMap::new();
    for stop in ground.stops {
        groups.entry(stop.group).or_default().push(stop);
    }
    let connecting = ground.connecting.map(|reach| {
        let groups = |stops: &[(Stop, _)]| stops.iter().map(|(stop, _)| stop.group).collect::<BTreeSet<usize>>();
        (groups(&reach.sure), groups(&reach.possible), groups(&reach.expected))
    });
    let connects = |group: usize, origin: Origin| match &connecting {
        None => None,
        Some((sure, _, expected))
            if sure.contains(&group) || (origin == Origin::Expected && expected.contains(&group)) =>
        {
            Some("sure")
        }
        Some((_, possible, _)) if possible.contains(&group) => Some("possible"),
        Some(_) => Some("no"),
    };
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (place, (&group, rows)) in groups.iter().enumerate() {
        out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
        let feature = json!({
            "type": "Feature",
            "properties": properties(rows, connects(group, rows[0].origin), ground),
            "geometry": geojson::Geometry::from(&geometry(rows, ground.from_plane)),
        });
        out.extend_from_slice(feature.to_string().as_bytes());
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

fn properties(rows: &[&Stop], connects: Option<&str>, ground: &StopGround<'_>) -> Value {
    let Stop { kind, peak, origin, timetable, .. } = rows[0];
    let served = timetable.zip(ground.timetable);
    let counted = served.map(|(group, _)| &ground.peaks[group]);
    let lines: BTreeSet<String> = rows.iter().flat_map(|stop| &stop.lines).map(ToString::to_string).collect();
    json!({
        "name": rows.iter().find_map(|stop| stop.name.as_deref()),
        "kind": kind.id(),
        "source": if timetable.is_some() { Origin::Timetable.id() } else { origin.id() },
        "lines": lines,
        "stop_ids": served.map(|(group, timetable)| timetable.stop_ids(group)).unwrap_or_default(),
        "peak_trips_lo": peak.lo,
        "peak_trips_hi": peak.hi.is_finite().then_some(peak.hi),
        "direction": served.zip(counted).map(|((_, timetable), peak)| direction(timetable, peak.direction)),
        "window": counted.and_then(|peak| peak.window).map(|window| window.map(|time| time.to_string())),
        "frequent": frequent(*peak, ground.min_peak_trips),
        "connects": connects,
    })
}

/// Whether the peak service is that which the programme asks for.
fn frequent(peak: Interval<f64>, min_peak_trips: f64) -> &'static str {
    if peak.lo >= min_peak_trips {
        "sure"
    } else if peak.hi >= min_peak_trips {
        "possible"
    } else {
        "no"
    }
}

/// A direction as outputs name it: `direction_id` as a number, a pole by its `stop_id`.
fn direction(timetable: &Timetable, direction: Option<Direction>) -> Value {
    direction.map_or(Value::Null, |direction| match timetable.direction(direction) {
        Ok(id) => id.into(),
        Err(name) => name.into(),
    })
}

/// Where the rows of a group are, in longitude and latitude.
fn geometry(rows: &[&Stop], from_plane: &FromPlane) -> Geometry<f64> {
    let degrees = |point: &Point| {
        let [lon, lat] = from_plane.lon_lat(*point).map(|degrees| rounded(degrees, 9).as_f64().unwrap_or(degrees));
        geo::coord! { x: lon, y: lat }
    };
    let parts = || rows.iter().flat_map(|stop| &stop.parts);
    let points: Vec<GeoPoint<f64>> =
        parts().filter(|part| part.len() == 1).map(|part| GeoPoint(degrees(&part[0]))).collect();
    let lines: Vec<LineString<f64>> =
        parts().filter(|part| part.len() > 1).map(|part| part.iter().map(degrees).collect()).collect();
    match (points.as_slice(), lines.as_slice()) {
        ([point], []) => Geometry::Point(*point),
        (_, []) => Geometry::MultiPoint(MultiPoint(points)),
        ([], [line]) => Geometry::LineString(line.clone()),
        ([], _) => Geometry::MultiLineString(MultiLineString(lines)),
        _ => {
            let points = Geometry::MultiPoint(MultiPoint(points));
            Geometry::GeometryCollection(GeometryCollection(vec![
                points,
                Geometry::MultiLineString(MultiLineString(lines)),
            ]))
        }
    }
}
