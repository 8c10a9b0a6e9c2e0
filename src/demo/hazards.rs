//! Hazard areas 災害ハザード: how deep a flood stands (A31), and where slopes may come down (A33). No layer of the programme
//! is made of them; they lie there for rule sets of one's own.

use std::f64::consts::TAU;

use serde_json::json;

use super::DemoError;
use super::geojson::{GeoJson, Shape, closed};
use super::ground::Uv;
use super::names::CITY;
use super::plan::{Plan, Stream};
use super::write::Folder;

/// The names of the files, without `.geojson`: the flood of the greatest rain that is thought of (想定最大規模) of one river,
/// and the prefecture's areas.
pub(super) const FLOOD: &str = "A31a-20-23_22_2299990001_10";
pub(super) const SLOPES: &str = "A33-23_22Polygon";

/// 浸水深ランク of A31: below 0.5 m, below 3 m, below 5 m; and how far from the river, in parts of the town's radius.
const DEPTHS: [(u8, f64); 3] = [(3, 0.07), (2, 0.16), (1, 0.25)];

/// 区域区分 of A33: a warning area 土砂災害警戒区域 and a special one 土砂災害特別警戒区域.
const WARNING: u8 = 1;
const SPECIAL: u8 = 2;

/// Writes both files.
pub(super) fn write(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    flood(folder, plan)?;
    slopes(folder, plan)
}

/// Bands along the town's river, the deepest in the middle.
fn flood(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    let [(river, [south, north]), _] = plan.rivers();
    let bank = |reach: f64| -> Vec<Uv> {
        let out = reach * plan.town.radius;
        // Each band ends a little before the one around it.
        let [from, to] = [south - out, north + out];
        let steps = ((to - from) / 60.0).clamp(12.0, 2_000.0).ceil();
        let point = |step: usize, side: f64| {
            let v = from + (to - from) * step as f64 / steps;
            let waves = 1.0 + 0.2 * (v / 170.0 + side).sin();
            [river + side * out * waves, v]
        };
        let right = (0..=steps as usize).map(|step| point(step, 1.0));
        let left = (0..=steps as usize).rev().map(|step| point(step, -1.0));
        closed(&right.chain(left).collect::<Vec<Uv>>())
    };
    let mut file = GeoJson::create(folder, FLOOD, &plan.ground)?;
    let mut inner: Option<Vec<Uv>> = None;
    for (rank, reach) in DEPTHS {
        let ring = bank(reach);
        let hole = inner.replace(ring.clone()).map(|ring| ring.into_iter().rev().collect());
        let rings: Vec<Vec<Uv>> = std::iter::once(ring).chain(hole).collect();
        let properties = json!({
            "A31a_201": "2299990001", "A31a_202": "架空川", "A31a_203": "22", "A31a_204": "静岡県", "A31a_205": rank,
        });
        file.feature(&properties, &Shape::Polygon(&rings))?;
    }
    file.finish(folder)
}

/// A steep slope 急傾斜地 in the town's north and a ravine 土石流 at the village; within each area the special one.
fn slopes(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    let (town, village) = (&plan.town, &plan.village);
    let mut random = plan.random(Stream::Hazards, [0, 0]);
    let mut oval = |middle: Uv, [half_width, half_height]: [f64; 2]| -> Vec<Uv> {
        let phase = TAU * random.f64();
        let point = |step: i32| {
            let angle = TAU * f64::from(step) / 36.0;
            let reach = 1.0 + 0.08 * (3.0 * angle + phase).cos();
            [middle[0] + half_width * reach * angle.cos(), middle[1] + half_height * reach * angle.sin()]
        };
        closed(&(0..36).map(point).collect::<Vec<Uv>>())
    };
    let small = (0.2 * town.radius).min(160.0);
    let slope = town.at([0.28, 0.66]);
    let ravine = village.at([-0.2, 0.75]);
    let areas = [
        (1, WARNING, "22-999-1-001", "架空北", oval(slope, [1.6 * small, small])),
        (1, SPECIAL, "22-999-1-001", "架空北", oval(slope, [1.1 * small, 0.5 * small])),
        (2, WARNING, "22-999-2-001", "新架空沢", oval(ravine, [0.5 * small, small])),
        (2, SPECIAL, "22-999-2-001", "新架空沢", oval(ravine, [0.2 * small, 0.6 * small])),
    ];
    let mut file = GeoJson::create(folder, SLOPES, &plan.ground)?;
    for (phenomenon, zone, number, name, ring) in areas {
        let properties = json!({
            "A33_001": phenomenon, "A33_002": zone, "A33_003": "22", "A33_004": number, "A33_005": name, "A33_006": CITY,
            "A33_007": "20230331", "A33_008": 0,
        });
        file.feature(&properties, &Shape::Polygon(&[ring]))?;
    }
    file.finish(folder)
}
