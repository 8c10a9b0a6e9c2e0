//! Parcels, stops and areas that are in memory already: no file is read, none is written.
//!
//!     cargo run --release --example assess_from_memory

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use geo::{MultiPolygon, Point, Rect, coord};
use kyoten::assess::{Assessor, Terms};
use kyoten::criteria::default_rules;
use kyoten::crs::{Crs, Plane, ToPlane};
use kyoten::evidence::{Batch, Texts};
use kyoten::layers::{City, Layer, LayerKey, StopKind, StopRow};

/// A rectangle of so many degrees from a corner: 0.001° are about 100 m.
fn rectangle(lon: f64, lat: f64, width: f64, height: f64) -> MultiPolygon<f64> {
    MultiPolygon::from(Rect::new(coord! { x: lon, y: lat }, coord! { x: lon + width, y: lat + height }).to_polygon())
}

fn main() -> Result<(), Box<dyn Error>> {
    // Everything is measured on one plane rectangular system: the eighth is Shizuoka's. What comes in is longitude and
    // latitude of JGD2011; any other system of `Crs` would do.
    let plane = Plane::new(8).ok_or("there are 19 planes")?;
    let to_plane = ToPlane::new(&Crs::jgd2011(), plane)?;

    // A city: what is not given is not known, and what is given without a feature is known not to be there.
    let mut city = City::empty(plane, Some("22212".to_owned()));
    city.put(LayerKey::Did, Layer::area([&rectangle(138.31, 34.86, 0.02, 0.01)], &to_plane)?);
    city.put(LayerKey::Units, Layer::units([&rectangle(138.31, 34.86, 0.02, 0.01)], &to_plane)?);
    city.put(LayerKey::PublicLand, Layer::area([&rectangle(138.31, 34.86, 0.005, 0.01)], &to_plane)?);
    let station = StopRow::at("焼津", StopKind::Rail, Point::new(138.322, 34.865), &to_plane)?;
    city.put(LayerKey::Stations, Layer::Stops(vec![StopRow { peak_trips: Some(6.0), ..station }]));
    let stop = StopRow::at("港入口", StopKind::Bus, Point::new(138.345, 34.865), &to_plane)?;
    city.put(LayerKey::Stops, Layer::Stops(vec![stop]));

    // Parcels: one beside the station, one across the edge of the DID, one out by the stop whose timetable nobody gave.
    let names = ["beside the station", "across the edge", "by the stop"];
    let parcels = [
        rectangle(138.319, 34.865, 0.001, 0.001),
        rectangle(138.3297, 34.865, 0.001, 0.001),
        rectangle(138.346, 34.865, 0.001, 0.001),
    ];
    let batch = Batch::from_polygons(&parcels, &to_plane)?;
    let mut ids = Texts::default();
    for name in names {
        ids.push(Some(name));
    }

    // The rules are the programme's unless `Terms` say otherwise. An assessor is built once and may be asked from many
    // threads; what it finds of a batch is columns.
    let assessor = Assessor::build(&city, None, &Terms::default(), batch.extent());
    let found = assessor.assess(&batch, ids);

    let zone = default_rules().zone("central").ok_or("the programme has one")?;
    for row in 0..found.len() {
        let status = found.statuses[zone.index()][row];
        println!("{}: {status} ({})", found.ids.get(row).unwrap_or_default(), status.name().ja);
        for standing in assessor.standings(&found, zone, row) {
            let word = match standing.is_met {
                Some(true) => "met",
                Some(false) => "not met",
                None => "not known",
            };
            println!("  {word:<10} {} {}", standing.criterion.id, standing.criterion.name.ja);
        }
    }
    Ok(())
}
