//! What every target does with its bytes: reads them as a layer and as parcels, through the doors that users take, and
//! checks what must hold of whatever comes out.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use kyoten::geometry::Shapes;
use kyoten::inputs::gtfs::{Feed, read_feeds};
use kyoten::inputs::{
    ParcelSource, RawLayer, ReadOptions, expand_all, open_parcels, open_parcels_in_memory, read_grid_from_memory,
    read_layer, read_layer_from_memory,
};
use kyoten::notices::Notices;
use serde::de::IgnoredAny;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Reads bytes as a file of this name.
pub fn read(name: &str, bytes: &[u8]) {
    let options = ReadOptions::default();
    if let Ok(layer) = read_layer_from_memory(name, bytes.to_vec(), &options, &mut Notices::default(), "layer") {
        check_layer(&layer);
    }
    if let Ok(parcels) = open_parcels_in_memory(name, bytes.to_vec(), &options, None) {
        check_parcels(parcels.as_ref());
    }
}

/// Reads a file that needs others beside it, from a folder of its own: (ending, bytes), the one to open first.
///
/// # Panics
/// Where the folder cannot be written.
pub fn read_folder(files: &[(&str, &[u8])]) {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let path = |ending: &str| folder.path().join("a").with_extension(ending);
    for (ending, bytes) in files {
        std::fs::write(path(ending), bytes).expect("a file in the folder");
    }
    let paths: Vec<PathBuf> = files.iter().take(1).map(|(ending, _)| path(ending)).collect();
    let options = ReadOptions::default();
    if let Ok(layer) = read_layer(&paths, &options, &mut Notices::default(), "layer") {
        check_layer(&layer);
    }
    if let Ok(parcels) = open_parcels(&paths, &options, None) {
        check_parcels(parcels.as_ref());
    }
}

/// Reads every layer of an archive.
///
/// # Panics
/// Where the folder cannot be written.
pub fn read_archive(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the archive");
    std::fs::write(folder.path().join("a.zip"), bytes).expect("a file in the folder");
    let Ok(files) = expand_all(folder.path(), &["a.zip".to_owned()]) else { return };
    for file in files {
        let read = read_layer(&[file], &ReadOptions::default(), &mut Notices::default(), "layer");
        if let Ok(layer) = read {
            check_layer(&layer);
        }
    }
}

/// Reads a text as a timetable: a line `== stops.txt` begins the table of that name.
///
/// # Panics
/// Where the folder cannot be written.
pub fn read_timetable(text: &[u8]) {
    const TABLES: [&str; 9] = [
        "agency.txt",
        "routes.txt",
        "calendar.txt",
        "calendar_dates.txt",
        "stops.txt",
        "trips.txt",
        "stop_times.txt",
        "frequencies.txt",
        "feed_info.txt",
    ];
    let folder = tempfile::tempdir().expect("a folder for the tables");
    let mut table = None;
    let mut tables: [Vec<u8>; 9] = Default::default();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_prefix(b"== ") {
            Some(name) => table = TABLES.iter().position(|known| known.as_bytes() == name.trim_ascii()),
            None => table.into_iter().for_each(|table| tables[table].extend_from_slice(line)),
        }
    }
    for (name, text) in TABLES.iter().zip(&tables) {
        let needed = !name.starts_with("calendar") || !text.is_empty();
        if needed {
            std::fs::write(folder.path().join(name), text).expect("a table in the folder");
        }
    }
    let feeds = read_feeds(folder.path(), &[".".to_owned()], &mut Notices::default());
    feeds.into_iter().flatten().for_each(|feed| check_feed(&feed));
}

/// Packs a text of parts as an archive: a line `== NAME` begins the part of that name.
///
/// # Panics
/// Where memory cannot be written to.
#[must_use]
pub fn packed(text: &[u8]) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        match (line.strip_prefix(b"== "), parts.last_mut()) {
            (Some(name), _) => parts.push((String::from_utf8_lossy(name.trim_ascii()).into_owned(), Vec::new())),
            (None, Some((_, part))) => part.extend_from_slice(line),
            (None, None) => {}
        }
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        if archive.start_file(name, options).is_ok() {
            archive.write_all(part.strip_suffix(b"\n").unwrap_or(&part)).expect("a part in memory");
        }
    }
    archive.finish().expect("an archive in memory").into_inner()
}

/// Reads bytes as a grid of shifts between datums.
pub fn read_par(bytes: &[u8]) {
    let Ok(found) = read_grid_from_memory("a.par", bytes.to_vec()) else { return };
    let nodes = found.grid.nodes();
    assert!(!nodes.is_empty() && nodes.is_sorted_by(|a, b| a < b), "nodes stand in order, none twice");
    assert_eq!(found.source.features, nodes.len());
    for node in nodes.iter().step_by(1 + nodes.len() / 100) {
        let shift = found.grid.shift(node.lon_lat().map(|degrees| degrees + 0.004));
        assert!(shift.is_none_or(|shift| shift.iter().all(|degrees| degrees.abs() < 0.1001)), "shifts are small");
    }
}

fn check_feed(feed: &Feed) {
    let mut next = 0;
    for trip in &feed.trips {
        assert!((trip.route as usize) < feed.routes.len() && (trip.service as usize) < feed.services.len());
        assert!(trip.calls.start == next && trip.calls.len() >= 2, "calls stand trip after trip");
        next = trip.calls.end;
    }
    assert_eq!(next as usize, feed.calls.len());
    assert!(feed.calls.iter().all(|call| (call.stop as usize) < feed.stops.len()));
    assert!(
        feed.calls.iter().all(|call| call.arrival.0 < 360_000 && call.departure.0 < 360_000),
        "every call has times"
    );
    let usable = |at: [f64; 2]| at[0].abs() <= 180.0 && at[1].abs() <= 90.0;
    assert!(feed.stops.iter().all(|stop| stop.lon_lat.is_none_or(usable)));
    for days in feed.services.iter().flat_map(|service| [&service.added, &service.removed]) {
        assert!(days.is_sorted());
    }
    for frequency in &feed.frequencies {
        assert!((frequency.trip as usize) < feed.trips.len() && frequency.headway > 0 && frequency.from < frequency.to);
    }
}

fn check_layer(layer: &RawLayer) {
    assert_eq!(layer.features.len(), layer.files.iter().map(|file| file.features).sum::<usize>());
}

fn check_parcels(parcels: &dyn ParcelSource) {
    let mut next = 0;
    for chunk in 0..parcels.chunks() {
        let Ok(read) = parcels.read_chunk(chunk) else { return };
        assert_eq!(read.first, next, "chunks follow each other");
        next += read.records.len();
        assert_eq!(read.shapes.len(), read.records.len(), "a shape a record");
        check_shapes(&read.shapes);
        for record in &read.records {
            assert!(record.properties.starts_with('{'), "properties are an object");
            serde_json::from_str::<IgnoredAny>(&record.properties).expect("properties are JSON");
        }
        let (_, bounds) = parcels.bounds(chunk).expect("a chunk that can be read has a box");
        assert_eq!(bounds, read.shapes.bounds(), "the box of a chunk is that of its shapes");
    }
    assert!(next <= parcels.len());
}

fn check_shapes(shapes: &Shapes) {
    for ring in shapes.rings() {
        assert!(!ring.is_empty() && ring.first() == ring.last(), "rings are closed");
        assert!(ring.iter().flatten().all(|coordinate| coordinate.is_finite()), "coordinates are numbers");
    }
}
