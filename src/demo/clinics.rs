//! Medical institutions 医療機関 (P04): points with names and kinds. The programme asks for none; they lie there for rule sets
//! of one's own, such as a clinic within 800 m.

use std::f64::consts::{PI, TAU};

use serde_json::json;

use super::DemoError;
use super::geojson::{GeoJson, Shape};
use super::ground::Uv;
use super::names::{self, CITY};
use super::plan::{Plan, Stream};
use super::write::Folder;

/// The name of the file, without `.geojson`.
pub(super) const FILE: &str = "P04-20_22";

/// 医療機関分類 of P04.
const HOSPITAL: u8 = 1;
const CLINIC: u8 = 2;
const DENTIST: u8 = 3;

/// How many there are for each square kilometre of the town.
const A_KM2: f64 = 2.5;

/// Writes the file.
pub(super) fn write(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    let mut file = GeoJson::create(folder, FILE, &plan.ground)?;
    let mut put = |kind: u8, name: &str, number: usize, at: Uv| {
        let (departments, beds, emergency) = match kind {
            HOSPITAL => ("内科　外科　整形外科　小児科", 180, 1),
            DENTIST => ("歯科", 0, 9),
            _ => ("内科　小児科", 0, 9),
        };
        let properties = json!({
            "P04_001": kind, "P04_002": name, "P04_003": format!("{CITY}{}", names::place(number)), "P04_004": departments,
            "P04_005": null, "P04_006": null, "P04_007": if kind == HOSPITAL { 3 } else { 8 }, "P04_008": beds,
            "P04_009": emergency, "P04_010": 9,
        });
        file.feature(&properties, &Shape::Point(at))
    };
    let [u, v] = plan.hospital();
    put(HOSPITAL, "架空市立病院", 0, [u - 25.0, v - 20.0])?;
    put(CLINIC, "駅前内科クリニック", 1, [45.0, 35.0])?;
    let [u, v] = plan.village.centre;
    put(CLINIC, "新架空診療所", 2, [u - 40.0, v + 55.0])?;
    let mut random = plan.random(Stream::Clinics, [0, 0]);
    let more = A_KM2 * PI * (plan.town.radius / 1_000.0).powi(2);
    for number in 3..3 + more as usize {
        let (kind, what) = if random.u8(0..3) == 0 { (DENTIST, "歯科医院") } else { (CLINIC, "医院") };
        let (out, angle) = (random.f64().sqrt(), TAU * random.f64());
        let at = plan.town.at([out * angle.cos(), out * angle.sin()]);
        put(kind, &format!("{}{what}", names::place(number)), number, at)?;
    }
    file.finish(folder)
}
