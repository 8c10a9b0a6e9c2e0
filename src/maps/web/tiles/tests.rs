//! Tiles read again by a decoder of their own, after the specification.

use super::*;
use crate::maps::web::outlines::Outlines;

/// A field of a message: its number, its number value or its bytes.
enum Field<'a> {
    Number(u64, u64),
    Bytes(u64, &'a [u8]),
}

/// Source: Protocol Buffers, Encoding.
fn fields(mut bytes: &[u8]) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let value = varint(&mut bytes);
        if key & 7 == 2 {
            let (field, rest) = bytes.split_at(value as usize);
            found.push(Field::Bytes(key >> 3, field));
            bytes = rest;
        } else {
            assert_eq!(key & 7, 0);
            found.push(Field::Number(key >> 3, value));
        }
    }
    found
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let (byte, rest) = (bytes[0], &bytes[1..]);
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    value
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        values.push(varint(&mut bytes));
    }
    values
}

/// A feature: its id, the statuses by zone, twice its area in steps of the tile.
#[derive(Debug, PartialEq)]
struct Seen {
    id: u64,
    statuses: Vec<u64>,
    twice_area: i64,
}

fn read(tile: &[u8]) -> Vec<Seen> {
    let Some(&Field::Bytes(3, layer)) = fields(tile).first() else { panic!("no layer") };
    let fields = fields(layer);
    let all = |wanted: u64| {
        fields.iter().filter_map(move |field| match field {
            Field::Bytes(number, bytes) if *number == wanted => Some(*bytes),
            _ => None,
        })
    };
    let values: Vec<u64> = all(4).map(|value| varint(&mut &value[1..])).collect();
    let keys: Vec<&[u8]> = all(3).collect();
    assert!(keys.is_empty() || keys == [&b"central"[..], b"local", b"senior", b"senior_site"]);
    all(2).map(|feature| seen(feature, &values)).collect()
}

fn seen(feature: &[u8], values: &[u64]) -> Seen {
    let mut seen = Seen { id: 0, statuses: Vec::new(), twice_area: 0 };
    for field in fields(feature) {
        match field {
            Field::Number(1, id) => seen.id = id,
            Field::Number(3, kind) => assert_eq!(kind, 3, "a polygon"),
            Field::Bytes(2, tags) => {
                let tags = packed(tags);
                assert_eq!(tags.iter().copied().step_by(2).collect::<Vec<_>>(), [0, 1, 2, 3]);
                seen.statuses = tags.iter().skip(1).step_by(2).map(|&value| values[value as usize]).collect();
            }
            Field::Bytes(4, commands) => seen.twice_area = twice_area(&packed(commands)),
            Field::Number(..) | Field::Bytes(..) => panic!("no such field"),
        }
    }
    seen
}

/// Source: Mapbox Vector Tile Specification 2.1, 4.3.
fn twice_area(commands: &[u64]) -> i64 {
    let (mut at, mut cursor, mut ring, mut twice) = (0, [0_i64; 2], Vec::new(), 0);
    while at < commands.len() {
        let (command, count) = (commands[at] & 7, commands[at] >> 3);
        at += 1;
        if command == 7 {
            let next = ring.iter().cycle().skip(1);
            twice += ring.iter().zip(next).map(|(a, b): (&[i64; 2], &[i64; 2])| a[0] * b[1] - b[0] * a[1]).sum::<i64>();
            ring.clear();
            continue;
        }
        for _ in 0..count {
            for axis in &mut cursor {
                let zigzag = commands[at];
                *axis += (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
                at += 1;
            }
            ring.push(cursor);
        }
    }
    assert!(ring.is_empty(), "a ring is not closed");
    twice
}

/// Square parcels of `side` steps in rows, the first with a hole of a quarter of its side.
fn square_parcels(rows: i32, side: i32) -> (Outlines, Vec<Step>) {
    let (mut outlines, mut middles) = (Outlines::default(), Vec::new());
    let corner = super::super::outlines::step([138.3, 34.9]);
    let ring =
        |[x, y]: Step, side: i32| [[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]].map(lon_lat);
    for row in 0..rows {
        for column in 0..rows {
            let at = [corner[0] + column * side, corner[1] + row * side];
            let mut shell = ring(at, side);
            shell.reverse();
            outlines.push_ring(shell.into_iter());
            if row + column == 0 {
                outlines.push_ring(ring(at.map(|part| part + side / 4), side / 4).into_iter());
            }
            outlines.end_parcel();
            middles.push(at.map(|part| part + side / 8));
        }
    }
    (outlines, middles)
}

const ZONES: [&str; 4] = ["central", "local", "senior", "senior_site"];

fn statuses(parcels: usize) -> Vec<Status> {
    let status = |parcel: usize| Status::ALL[parcel % 4];
    (0..parcels)
        .flat_map(|parcel| [status(parcel), status(parcel / 4), status(parcel / 16), status(parcel / 64)])
        .collect()
}

#[test]
fn every_parcel_is_on_its_tiles_with_its_outline_and_statuses() {
    const SIDE: i32 = 400;
    let (outlines, middles) = square_parcels(20, SIDE);
    let statuses = statuses(400);
    let parcels = TileParcels { outlines: &outlines, middles: &middles, zones: &ZONES, statuses: &statuses };
    let zoom = Zoom(CLOSEST);
    let mut placed = parcels::placed(&parcels, zoom);
    placed.sort_unstable();
    let mut areas = vec![0.0; 400];
    for inside in placed.chunk_by(|a, b| a.0 == b.0) {
        for seen in read(&parcels::tile(&parcels, zoom, inside[0].0, inside).unwrap()) {
            let parcel = seen.id as usize - 1;
            let told: Vec<u64> = statuses[4 * parcel..][..4].iter().map(|&status| status as u64).collect();
            assert_eq!(seen.statuses, told);
            assert!(seen.twice_area > 0);
            areas[parcel] += seen.twice_area as f64 / 2.0;
        }
    }
    let whole = f64::from(SIDE * SIDE);
    // What lies in the margin of a tile is on the next tile too, so an area is at least that of the parcel.
    assert!(areas.iter().skip(1).all(|&area| area >= whole && area <= whole * 2.7), "{areas:?}");
    assert!((areas[0] / whole - 15.0 / 16.0).abs() < 1e-9 || areas[0] > whole);
}

#[test]
fn a_mosaic_covers_the_parcels_and_no_more_than_its_cells() {
    let (outlines, middles) = square_parcels(64, 100);
    let statuses = statuses(64 * 64);
    let parcels = TileParcels { outlines: &outlines, middles: &middles, zones: &ZONES, statuses: &statuses };
    for zoom in [10, 12].map(Zoom) {
        let mosaic = Mosaic::new(&parcels, zoom);
        let mut area = 0;
        for (_, cells) in mosaic.tiles() {
            let seen = read(&mosaic.tile(&parcels, zoom, cells).unwrap());
            assert!(cells.len() <= MOST_ON_A_TILE);
            let ids: std::collections::BTreeSet<u64> = seen.iter().map(|seen| seen.id).collect();
            assert_eq!(ids.len(), seen.len(), "a parcel is one feature of a tile");
            area += seen.iter().map(|seen| seen.twice_area).sum::<i64>() / 2;
        }
        let side = f64::from(64 * 100) / f64::from(1 << zoom.shift());
        let share = area as f64 / (side * side);
        assert!((0.75..1.7).contains(&share), "zoom {}: {share}", zoom.0);
    }
}

#[test]
fn further_out_tiles_are_mosaics_so_that_none_is_heavy() {
    let (outlines, middles) = square_parcels(200, 60);
    let statuses = statuses(40_000);
    let parcels = TileParcels { outlines: &outlines, middles: &middles, zones: &ZONES, statuses: &statuses };
    let (archive, zooms) = archive(&parcels).unwrap().unwrap();
    assert!(zooms.furthest < zooms.outlines_from && zooms.outlines_from <= zooms.closest, "{zooms:?}");
    assert_eq!((&archive[..7], archive[7]), (&b"PMTiles"[..], 3));
}

#[test]
fn without_a_parcel_to_be_seen_there_is_no_archive() {
    let mut outlines = Outlines::default();
    outlines.end_parcel();
    let parcels = TileParcels { outlines: &outlines, middles: &[[0, 0]], zones: &ZONES, statuses: &statuses(1) };
    assert!(archive(&parcels).unwrap().is_none());
}
