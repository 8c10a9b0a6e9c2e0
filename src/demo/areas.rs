//! Areas drawn on plans: districts (DID), zones, induction areas, municipalities, and what is expected or planned of them.

use std::f64::consts::TAU;

use serde_json::json;

use super::DemoError;
use super::geojson::{GeoJson, Shape, closed};
use super::ground::Uv;
use super::names::{CITY, CODE, NEIGHBOUR, NEIGHBOUR_CODE};
use super::plan::{Plan, Settlement, Stream};
use super::shapefile;
use super::write::Folder;

/// The names of the files, without their endings.
pub(super) const DID: &str = "A16-20_22_DID";
pub(super) const FUTURE_DID: &str = "future_did";
pub(super) const INDUCTION: &str = "A50-20_22999";
pub(super) const FUTURE_INDUCTION: &str = "future_induction_area";
pub(super) const URBAN: &str = "市街化区域";
pub(super) const FUTURE_URBAN: &str = "future_urban_zone";
pub(super) const MUNICIPALITIES: &str = "N03-23_22";

/// How far areas reach, in parts of a settlement's radius.
const DID_REACH: f64 = 0.75;
const VILLAGE_DID_REACH: f64 = 0.95;
const URBAN_REACH: f64 = 0.82;
/// How much further than today's the induction area will reach.
const WIDER: f64 = 1.25;

/// Outlines that are round, but not circles.
struct Outlines {
    phases: [f64; 3],
}

impl Outlines {
    fn new(plan: &Plan) -> Self {
        let mut random = plan.random(Stream::Areas, [0, 0]);
        Self { phases: [0; 3].map(|_| TAU * random.f64()) }
    }

    /// How far the outline of a mean radius is out in a direction.
    fn reach(&self, radius: f64, angle: f64) -> f64 {
        let [a, b, c] = self.phases;
        let waves =
            0.018 * (3.0 * angle + a).cos() + 0.012 * (7.0 * angle + b).cos() + 0.008 * (19.0 * angle + c).cos();
        radius * (1.0 + waves)
    }

    /// The outline between two angles, anticlockwise, with a corner about every 40 m.
    fn arc(&self, place: &Settlement, radius: f64, [from, to]: [f64; 2]) -> Vec<Uv> {
        let steps = (radius * (to - from) / 40.0).clamp(12.0, 2_000.0).ceil();
        let point = |step: usize| {
            let angle = from + (to - from) * step as f64 / steps;
            let reach = self.reach(radius, angle);
            [place.centre[0] + reach * angle.cos(), place.centre[1] + reach * angle.sin()]
        };
        (0..=steps as usize).map(point).collect()
    }

    /// The whole outline as a closed ring.
    fn ring(&self, place: &Settlement, radius: f64) -> Vec<Uv> {
        let mut points = self.arc(place, radius, [0.0, TAU]);
        points.pop();
        closed(&points)
    }
}

/// Writes all areas; `residents` is how many people the city has.
pub(super) fn write(folder: &mut Folder, plan: &Plan, residents: u32) -> Result<(), DemoError> {
    let outlines = Outlines::new(plan);
    did(folder, plan, &outlines, residents)?;
    future_did(folder, plan, &outlines)?;
    urban(folder, plan, &outlines)?;
    future_urban(folder, plan, &outlines)?;
    induction(folder, plan, &outlines)?;
    future_induction(folder, plan, &outlines)?;
    municipalities(folder, plan)
}

fn did(folder: &mut Folder, plan: &Plan, outlines: &Outlines, residents: u32) -> Result<(), DemoError> {
    let (town, village) = (&plan.town, &plan.village);
    let east = town.centre[0] + plan.district_east();
    let mut main = outlines.ring(town, DID_REACH * town.radius);
    for point in &mut main {
        point[0] = point[0].min(east);
    }
    let away = Settlement { centre: [town.radius + 12_000.0, 3_000.0], radius: 700.0 };
    let rows = [
        ("229991", CODE, CITY, 1, main, residents / 5 * 3),
        ("229992", CODE, CITY, 2, outlines.ring(village, VILLAGE_DID_REACH * village.radius), residents / 5),
        ("229981", NEIGHBOUR_CODE, NEIGHBOUR, 1, outlines.ring(&away, away.radius), 7_421),
    ];
    let mut file = GeoJson::create(folder, DID, &plan.ground)?;
    for (id, code, name, mark, ring, people) in rows {
        let properties = json!({
            "A16_001": id, "A16_002": code, "A16_003": name, "A16_004": mark, "A16_005": people,
            "A16_006": (square_metres(&ring) / 10_000.0).round() / 100.0, "A16_011": 2020,
        });
        file.feature(&properties, &Shape::Polygon(&[ring]))?;
    }
    file.finish(folder)
}

fn future_did(folder: &mut Folder, plan: &Plan, outlines: &Outlines) -> Result<(), DemoError> {
    let town = &plan.town;
    // It begins a little inside the present one, as a line drawn by another hand would.
    let begins = (plan.district_east() / town.radius - 0.05).min(0.3);
    let mut ring = outlines.arc(town, DID_REACH * town.radius, [-1.0, 1.0]);
    ring.extend([town.at([begins, 0.66]), town.at([begins, -0.66])]);
    let mut file = GeoJson::create(folder, FUTURE_DID, &plan.ground)?;
    file.feature(&json!({ "name": "東部", "year": 2030 }), &Shape::Polygon(&[closed(&ring)]))?;
    file.finish(folder)
}

fn urban(folder: &mut Folder, plan: &Plan, outlines: &Outlines) -> Result<(), DemoError> {
    let (town, village) = (&plan.town, &plan.village);
    let ring = |reach: f64| outlines.ring(town, reach * town.radius);
    let sector = |inner: f64, outer: f64, number: usize, of: usize| {
        let angles = [number, number + 1].map(|edge| TAU * edge as f64 / of as f64);
        let mut points = outlines.arc(town, outer * town.radius, angles);
        points.extend(outlines.arc(town, inner * town.radius, angles).into_iter().rev());
        closed(&points)
    };
    let inner = ["近隣商業地域", "第一種住居地域", "第二種住居地域", "第一種中高層住居専用地域"];
    let outer =
        ["第一種低層住居専用地域", "準工業地域", "第一種住居地域", "工業地域", "第二種低層住居専用地域", "準住居地域"];
    let mut zones = vec![shapefile::UseZone::new("商業地域", ring(0.25))];
    for (number, name) in inner.into_iter().enumerate() {
        zones.push(shapefile::UseZone::new(name, sector(0.25, 0.55, number, inner.len())));
    }
    for (number, name) in outer.into_iter().enumerate() {
        zones.push(shapefile::UseZone::new(name, sector(0.55, URBAN_REACH, number, outer.len())));
    }
    zones.push(shapefile::UseZone::new("第一種住居地域", outlines.ring(village, village.radius)));
    // A row whose attributes nobody filled in, as in the files of real cities; it repeats the middle of the town.
    zones.push(shapefile::UseZone::new("", ring(0.12)));
    shapefile::write(folder, URBAN, &plan.ground, &zones)
}

fn future_urban(folder: &mut Folder, plan: &Plan, outlines: &Outlines) -> Result<(), DemoError> {
    let town = &plan.town;
    let angles = [0.15 * TAU, 0.35 * TAU];
    let mut points = outlines.arc(town, 1.15 * town.radius, angles);
    points.extend(outlines.arc(town, (URBAN_REACH - 0.03) * town.radius, angles).into_iter().rev());
    let mut file = GeoJson::create(folder, FUTURE_URBAN, &plan.ground)?;
    file.feature(&json!({ "name": "北部土地区画整理" }), &Shape::Polygon(&[closed(&points)]))?;
    file.finish(folder)
}

fn induction(folder: &mut Folder, plan: &Plan, outlines: &Outlines) -> Result<(), DemoError> {
    let (town, village) = (&plan.town, &plan.village);
    let areas = [
        ("1", outlines.ring(town, town.radius)),
        ("2", outlines.ring(town, 0.8 * town.radius)),
        ("2", outlines.ring(village, 0.95 * village.radius)),
        ("3", outlines.ring(town, plan.core_radius())),
        ("3", outlines.ring(village, 0.9 * village.radius.min(500.0))),
    ];
    let mut file = GeoJson::create(folder, INDUCTION, &plan.ground)?;
    for (class, ring) in areas {
        let properties = json!({ "A50_001": "静岡県", "A50_002": CITY, "A50_003": CODE, "A50_006": class });
        file.feature(&properties, &Shape::Polygon(&[ring]))?;
    }
    file.finish(folder)
}

fn future_induction(folder: &mut Folder, plan: &Plan, outlines: &Outlines) -> Result<(), DemoError> {
    let ring = outlines.ring(&plan.town, WIDER * plan.core_radius());
    let mut file = GeoJson::create(folder, FUTURE_INDUCTION, &plan.ground)?;
    file.feature(&json!({ "name": "都市機能誘導区域（改定案）" }), &Shape::Polygon(&[ring]))?;
    file.finish(folder)
}

fn municipalities(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    let (town, village) = (&plan.town, &plan.village);
    let west = -1.5 * town.radius - 800.0;
    let border = village.centre[0] + 1.5 * village.radius + 800.0;
    let [south, north] = [-1.0, 1.0].map(|side| side * (1.5 * town.radius.max(village.radius) + 800.0));
    let east = border.max(town.radius + 12_000.0) + 3_000.0;
    let within = |from: f64, to: f64| closed(&[[from, south], [to, south], [to, north], [from, north]]);
    let mut file = GeoJson::create(folder, MUNICIPALITIES, &plan.ground)?;
    for (name, code, ring) in [(CITY, CODE, within(west, border)), (NEIGHBOUR, NEIGHBOUR_CODE, within(border, east))] {
        let properties =
            json!({ "N03_001": "静岡県", "N03_002": null, "N03_003": null, "N03_004": name, "N03_007": code });
        file.feature(&properties, &Shape::Polygon(&[ring]))?;
    }
    file.finish(folder)
}

/// The area of a closed ring on the plane.
fn square_metres(ring: &[Uv]) -> f64 {
    ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum::<f64>() / 2.0
}
