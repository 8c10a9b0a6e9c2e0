//! Two builds, one plane: with libproj and without it, kyoten gives the plane coordinates that libproj gives.
//!
//! A build has libproj or has it not, so no test can ask both. What libproj gave is kept in `tests/data/plane_points.csv`;
//! every build is held against that file, and a build with libproj holds the file against libproj.

use kyoten::crs::{Crs, Plane, ToPlane};

const KEPT: &str = include_str!("../data/plane_points.csv");

/// Metres by which two builds may differ.
const TOLERANCE: f64 = 1e-6;

/// A point in some system, and where it is on a plane.
struct Kept {
    from: String,
    zone: u8,
    point: [f64; 2],
    on_plane: [f64; 2],
}

fn kept() -> Vec<Kept> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |place: usize| cells[place].parse().unwrap();
        Kept {
            from: cells[0].to_owned(),
            zone: cells[1].parse().unwrap(),
            point: [number(2), number(3)],
            on_plane: [number(4), number(5)],
        }
    };
    KEPT.lines().skip(1).map(row).collect()
}

fn off([x, y]: [f64; 2], [east, north]: [f64; 2]) -> f64 {
    (x - east).abs().max((y - north).abs())
}

#[test]
fn every_build_gives_the_plane_coordinates_of_libproj() {
    let kept = kept();
    for zone in 1..=19 {
        assert!(kept.iter().any(|row| row.zone == zone), "no point on plane {zone}");
    }
    for row in kept {
        let way = ToPlane::new(&Crs::parse(&row.from).unwrap(), Plane::new(row.zone).unwrap()).unwrap();
        let mut points = [row.point];
        way.convert(&mut points).unwrap();
        let off = off(points[0], row.on_plane);
        assert!(off <= TOLERANCE, "{} {:?} on plane {}: {off:e} m off", row.from, row.point, row.zone);
    }
}

#[cfg(feature = "proj")]
mod with_libproj {
    use proj::Proj;

    use super::*;

    const RENEW: &str = "KYOTEN_RENEW=1 cargo test --release --test library native_projection";

    fn by_libproj(from: &str, to: &str, point: [f64; 2]) -> [f64; 2] {
        let (x, y) = Proj::new_known_crs(from, to, None).unwrap().convert((point[0], point[1])).unwrap();
        [x, y]
    }

    /// The systems that are read without libproj, each with planes near it.
    fn rows() -> Vec<(String, Plane)> {
        let planes: Vec<Plane> = (1..=19).filter_map(Plane::new).collect();
        let degrees = ["EPSG:6668", "EPSG:4612", "EPSG:4326"];
        let mut rows: Vec<(String, Plane)> = Vec::new();
        for &plane in &planes {
            rows.extend(degrees.map(|from| (from.to_owned(), plane)));
            let next = planes[usize::from(plane.zone()) % planes.len()];
            rows.push((format!("EPSG:{}", plane.epsg()), next));
            // The planes on JGD2000 are EPSG:2443 to 2461.
            rows.push((format!("EPSG:{}", 2442 + u32::from(plane.zone())), next));
        }
        for from in ["EPSG:3857", "EPSG:32654", "EPSG:6691", "EPSG:3100"] {
            rows.push((from.to_owned(), planes[8]));
        }
        rows
    }

    #[test]
    fn the_kept_coordinates_are_those_of_libproj() {
        if std::env::var_os("KYOTEN_RENEW").is_some() {
            let mut lines = vec!["from,zone,x,y,easting,northing".to_owned()];
            for (from, plane) in rows() {
                let ((lon, lat), to) = (plane.origin(), format!("EPSG:{}", plane.epsg()));
                for [east, north] in [[0.7, 0.4], [-0.9, -0.6]] {
                    let point = by_libproj("EPSG:6668", &from, [lon + east, lat + north]);
                    let [x, y] = by_libproj(&from, &to, point);
                    lines.push(format!("{from},{},{},{},{x},{y}", plane.zone(), point[0], point[1]));
                }
            }
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/plane_points.csv");
            std::fs::write(path, lines.join("\n") + "\n").unwrap();
            return;
        }
        for row in kept() {
            let to = format!("EPSG:{}", Plane::new(row.zone).unwrap().epsg());
            let off = off(by_libproj(&row.from, &to, row.point), row.on_plane);
            assert!(off <= 1e-9, "{} {:?}: {off:e} m off; renew with: {RENEW}", row.from, row.point);
        }
    }
}
