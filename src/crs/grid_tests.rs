//! Do grids shift as libproj shifts by the same numbers, written as NTv2, and is all else as it was without them?

use std::path::Path;

use proj::Proj;

use super::grid::tests::{CORNER, grid_of, seconds};
use super::*;

/// Nodes of a grid in each direction.
const NODES: u32 = 30;

/// Shifts that a 32-bit float of NTv2 holds as they are.
fn random_shifts(seed: u64, around: [f64; 2], by: i32) -> impl FnMut(u32, u32) -> [f64; 2] {
    let mut random = fastrand::Rng::with_seed(seed);
    move |_, _| around.map(|seconds| seconds + f64::from(random.i32(-by..=by)) / 32.0)
}

/// A grid as an NTv2 file: rows from the south, each from the east, longitudes and their shifts positive to the west.
fn ntv2(grid: &DatumGrid, path: &Path) {
    let mut bytes: Vec<u8> = Vec::new();
    let mut record = |name: &str, value: &[u8]| {
        bytes.extend(format!("{name:8}").bytes());
        bytes.extend(value);
        bytes.resize(bytes.len().next_multiple_of(16), 0);
    };
    let count = |number: u32| number.to_le_bytes();
    for (name, number) in [("NUM_OREC", 11), ("NUM_SREC", 11), ("NUM_FILE", 1)] {
        record(name, &count(number));
    }
    for (name, word) in
        [("GS_TYPE", b"SECONDS "), ("VERSION", b"made up "), ("SYSTEM_F", b"A       "), ("SYSTEM_T", b"B       ")]
    {
        record(name, word);
    }
    for name in ["MAJOR_F", "MINOR_F", "MAJOR_T", "MINOR_T"] {
        record(name, &6_378_137_f64.to_le_bytes());
    }
    for (name, word) in
        [("SUB_NAME", b"ALL     "), ("PARENT", b"NONE    "), ("CREATED", b"        "), ("UPDATED", b"        ")]
    {
        record(name, word);
    }
    let side = f64::from(NODES - 1);
    let [west, south] = CORNER.map(|degrees| (degrees * 3600.0).round());
    for (name, seconds) in [
        ("S_LAT", south),
        ("N_LAT", south + side * 30.0),
        ("E_LONG", -(west + side * 45.0)),
        ("W_LONG", -west),
        ("LAT_INC", 30.0),
        ("LONG_INC", 45.0),
    ] {
        record(name, &seconds.to_le_bytes());
    }
    record("GS_COUNT", &count(NODES * NODES));
    for row in 0..NODES {
        for column in (0..NODES).rev() {
            let [lon, lat] = seconds(grid, NODES, row, column);
            for number in [lat, -lon, 0.0, 0.0] {
                bytes.extend((number as f32).to_le_bytes());
            }
        }
    }
    bytes.extend(b"END     \0\0\0\0\0\0\0\0");
    std::fs::write(path, bytes).unwrap();
}

/// Random places within the grids, so far from their border that the first shift does not lead out of the second grid.
fn places(seed: u64, count: usize) -> Vec<[f64; 2]> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut along = |nodes: f64| (1.0 + random.f64() * (f64::from(NODES) - 3.0)) / nodes;
    (0..count).map(|_| [CORNER[0] + along(80.0), CORNER[1] + along(120.0)]).collect()
}

fn through(pipeline: &str, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let proj = Proj::new(&format!("+proj=pipeline {pipeline}")).unwrap();
    points.iter().map(|&[x, y]| proj.convert((x, y)).map(|(x, y)| [x, y]).unwrap()).collect()
}

fn largest_difference(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).flat_map(|(a, b)| [a[0] - b[0], a[1] - b[1]]).fold(0.0, |largest: f64, next| {
        assert!(next.is_finite());
        largest.max(next.abs())
    })
}

const TO_RADIANS: &str = "+step +proj=unitconvert +xy_in=deg +xy_out=rad";
const TO_DEGREES: &str = "+step +proj=unitconvert +xy_in=rad +xy_out=deg";
const ZONE_9: &str = "+proj=tmerc +lat_0=36 +lon_0=139.8333333333333333 +k=0.9999 +x_0=0 +y_0=0";

/// The two grids with the steps of libproj for them.
fn two_grids(folder: &Path) -> (DatumGrids, [String; 2]) {
    let tokyo = grid_of(GridKind::Tky2Jgd, [NODES, NODES], random_shifts(1, [-11.5, 12.0], 32));
    let patch = grid_of(GridKind::PatchJgd, [NODES, NODES], random_shifts(2, [0.125, -0.0625], 3));
    let steps = [("tokyo.gsb", &tokyo), ("patch.gsb", &patch)].map(|(name, grid)| {
        let path = folder.join(name);
        ntv2(grid, &path);
        format!("+step +proj=hgridshift +grids={}", path.display())
    });
    (DatumGrids::new([tokyo, patch]), steps)
}

fn over(from: &Crs, grids: &DatumGrids) -> ToPlane {
    ToPlane::over(from, Plane::new(9).unwrap(), grids).unwrap()
}

fn crs(text: &str) -> Crs {
    Crs::parse(text).unwrap()
}

/// Converts, where every point is to be shifted by the grids.
fn shifted(from: &Crs, grids: &DatumGrids, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let (mut points, mut off) = (points.to_vec(), Vec::new());
    over(from, grids).convert_telling(&mut points, &mut off).unwrap();
    assert_eq!(off, []);
    points
}

#[test]
fn a_grid_shifts_as_libproj_does_by_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, grid) in [
        grid_of(GridKind::Tky2Jgd, [NODES, NODES], |_, _| [-11.5, 12.25]),
        grid_of(GridKind::Tky2Jgd, [NODES, NODES], |row, column| {
            [f64::from(column) / 4.0 - 14.0, f64::from(row) / 8.0 + f64::from(column) / 32.0]
        }),
        grid_of(GridKind::Tky2Jgd, [NODES, NODES], random_shifts(5, [-11.5, 12.0], 200)),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join("a.gsb");
        ntv2(&grid, &path);
        let places = places(seed as u64, 4000);
        let step = format!("+step +proj=hgridshift +grids={}", path.display());
        let theirs = through(&format!("{TO_RADIANS} {step} {TO_DEGREES}"), &places);
        let ours: Vec<[f64; 2]> = places
            .iter()
            .map(|&[lon, lat]| grid.shift([lon, lat]).map(|shift| [lon + shift[0], lat + shift[1]]).unwrap())
            .collect();
        let difference = largest_difference(&ours, &theirs);
        assert!(difference < 1e-9, "{difference:e}");
        // A shift of the wrong sign, or not made at all, would be some 0.003°.
        assert!(largest_difference(&ours, &places) > 1e-3);
    }
}

#[test]
fn both_datums_come_to_the_plane_as_libproj_brings_them() {
    let folder = tempfile::tempdir().unwrap();
    let (grids, [tokyo, patch]) = two_grids(folder.path());
    let places = places(7, 3000);
    let to_plane = format!("+step {ZONE_9} +ellps=GRS80");
    let of_bessel = through(&format!("{TO_RADIANS} +step {ZONE_9} +ellps=bessel"), &places);
    let of_grs80 = through(&format!("{TO_RADIANS} {to_plane}"), &places);
    let utm = "+proj=utm +zone=54";
    let of_utm = through(&format!("{TO_RADIANS} +step {utm} +ellps=bessel"), &places);
    for (system, points, own, shifts) in [
        ("EPSG:4301", &places, TO_RADIANS.to_owned(), vec![&tokyo, &patch]),
        ("EPSG:30169", &of_bessel, format!("+step +inv {ZONE_9} +ellps=bessel"), vec![&tokyo, &patch]),
        ("EPSG:3095", &of_utm, format!("+step +inv {utm} +ellps=bessel"), vec![&tokyo, &patch]),
        ("EPSG:4612", &places, TO_RADIANS.to_owned(), vec![&patch]),
        ("EPSG:2451", &of_grs80, format!("+step +inv {ZONE_9} +ellps=GRS80"), vec![&patch]),
    ] {
        let shifts: Vec<&str> = shifts.into_iter().map(String::as_str).collect();
        let theirs = through(&format!("{own} {} {to_plane}", shifts.join(" ")), points);
        let ours = shifted(&crs(system), &grids, points);
        // A billionth of a degree is a tenth of a millimetre.
        let difference = largest_difference(&ours, &theirs);
        assert!(difference < 1e-4, "{system}: {difference:e}");
    }
}

/// A plane of a town's own on a datum of Japan, which only libproj projects.
fn own_plane(datum: &str, spheroid: &str) -> Crs {
    crs(&format!(
        r#"PROJCS["own",GEOGCS["{datum}",DATUM["{datum}",SPHEROID[{spheroid}]],
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],
        PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",500.0],PARAMETER["Central_Meridian",139.5],
        PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]"#
    ))
}

#[test]
fn systems_that_only_libproj_knows_are_shifted_by_the_same_grids() {
    let folder = tempfile::tempdir().unwrap();
    let (grids, _) = two_grids(folder.path());
    let places = places(8, 500);
    for (own, degrees, ellipsoid) in [
        (own_plane("Tokyo", r#""Bessel 1841",6377397.155,299.1528128"#), "EPSG:4301", "bessel"),
        (own_plane("Japanese_Geodetic_Datum_2000", r#""GRS 1980",6378137.0,298.257222101"#), "EPSG:4612", "GRS80"),
    ] {
        assert!(own.epsg().is_none() && !own.grid_names(&grids).is_empty(), "{own:?}");
        let plane = "+proj=tmerc +lat_0=36 +lon_0=139.5 +k=1 +x_0=0 +y_0=500";
        let points = through(&format!("{TO_RADIANS} +step {plane} +ellps={ellipsoid}"), &places);
        let difference = largest_difference(&shifted(&own, &grids, &points), &shifted(&crs(degrees), &grids, &places));
        assert!(difference < 1e-5, "{degrees}: {difference:e}");
    }
    // Who says by how much the datum is shifted is believed.
    let bound = crs("+proj=longlat +ellps=bessel +towgs84=-146.414,507.337,680.507 +type=crs");
    assert!(bound.grid_names(&grids).is_empty() && !over(&bound, &grids).is_over_grids());
}

#[test]
fn what_lies_outside_goes_the_way_without_grids_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (grids, _) = two_grids(folder.path());
    let (inside, outside) = ([139.8, 35.75], [141.0, 38.0]);
    for (system, why) in [("EPSG:4301", OffGrid::OutsideTky2Jgd), ("EPSG:4612", OffGrid::OutsidePatchJgd)] {
        let from = crs(system);
        let (mut points, mut off) = ([outside, inside, outside], Vec::new());
        over(&from, &grids).convert_telling(&mut points, &mut off).unwrap();
        assert_eq!(off, [(0, why), (2, why)], "{system}");
        let mut without = [outside, inside, outside];
        ToPlane::new(&from, Plane::new(9).unwrap()).unwrap().convert(&mut without).unwrap();
        assert!(points[0] == without[0] && points[2] == without[2] && points[1] != without[1], "{system}");
        let mut bad = [inside, [f64::NAN, 35.75], outside, [1e8, 1.0]];
        let error = over(&from, &grids).convert(&mut bad).unwrap_err();
        let CrsError::OutOfReach { index: 1, y: 35.75, .. } = error else { panic!("{error}") };
    }
    let mut bad = [[0.0, 0.0], [1e9, f64::INFINITY]];
    let error = over(&crs("EPSG:30169"), &grids).convert(&mut bad).unwrap_err();
    let CrsError::OutOfReach { index: 1, x: 1e9, .. } = error else { panic!("{error}") };
}

#[test]
fn without_a_grid_for_its_datum_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (grids, _) = two_grids(folder.path());
    let patch_only = DatumGrids::new([grid_of(GridKind::PatchJgd, [NODES, NODES], |_, _| [9.0, 9.0])]);
    let places = places(9, 200);
    for (system, grids) in [
        ("EPSG:6668", &grids),
        ("EPSG:4326", &grids),
        ("EPSG:4301", &patch_only),
        ("EPSG:4301", &DatumGrids::NONE),
        ("EPSG:4612", &DatumGrids::NONE),
    ] {
        let (mut ours, mut before, mut off) = (places.clone(), places.clone(), Vec::new());
        over(&crs(system), grids).convert_telling(&mut ours, &mut off).unwrap();
        ToPlane::new(&crs(system), Plane::new(9).unwrap()).unwrap().convert(&mut before).unwrap();
        assert!(ours == before && off.is_empty(), "{system}");
        assert_eq!(crs(system).datum_note_over(grids), crs(system).datum_note().map(|note| (note, true)));
    }
}
