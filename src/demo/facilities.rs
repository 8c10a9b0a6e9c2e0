//! Existing senior facilities (高齢者交流施設): a table with coordinates, as a city's open data has it.

use std::f64::consts::{PI, TAU};

use super::DemoError;
use super::ground::Uv;
use super::plan::{Plan, Stream};
use super::tables::{cp932, csv};
use super::{names, write::Folder};

/// The name of the file.
pub(super) const FILE: &str = "facilities.csv";

const KINDS: [&str; 4] = ["老人福祉センター", "デイサービス", "地域包括支援センター", "老人憩の家"];

/// How many there are for each square kilometre of the town.
const A_KM2: f64 = 0.8;

struct DrawnFacility {
    name: String,
    kind: &'static str,
    at: Option<Uv>,
    /// Square metres; `None` where nobody wrote it down.
    site_area: Option<u32>,
    note: &'static str,
}

/// Writes the table in CP932.
pub(super) fn write(folder: &mut Folder, plan: &Plan) -> Result<(), DemoError> {
    let mut rows =
        vec![["番号", "名称", "種別", "所在地", "緯度", "経度", "敷地面積", "備考"].map(String::from).to_vec()];
    for (facility, number) in draw(plan).into_iter().zip(1..) {
        let degrees = |axis: usize| {
            let place = facility.at.map(|at| plan.ground.lon_lat(at)[axis]);
            place.map_or_else(String::new, |degrees| format!("{degrees:.8}"))
        };
        let address = format!("{}{}", names::CITY, names::place(number));
        let (lat, lon) = (degrees(1), degrees(0));
        rows.push(vec![
            number.to_string(),
            facility.name,
            facility.kind.to_owned(),
            address,
            lat,
            lon,
            facility.site_area.map_or_else(String::new, |area| area.to_string()),
            facility.note.to_owned(),
        ]);
    }
    folder.write(FILE, &cp932(&csv(rows)))?;
    Ok(())
}

fn draw(plan: &Plan) -> Vec<DrawnFacility> {
    let fixed = |name: &str, kind, at, site_area| DrawnFacility { name: name.into(), kind, at, site_area, note: "" };
    let (town, village) = (&plan.town, &plan.village);
    let [u, v] = village.centre;
    let mut facilities = vec![
        // West of the town: of a small town, its east stays clear by 700 m.
        fixed("架空市西老人福祉センター", KINDS[0], Some([-town.radius - 400.0, 30.0]), Some(1_850)),
        // Two of one kind in one village.
        fixed("デイサービス新架空", KINDS[1], Some([u - 60.0, v + 70.0]), Some(640)),
        DrawnFacility {
            note: "営業日 月～金\n送迎あり、\"要予約\"",
            ..fixed("ケアホーム　ひだまり", KINDS[1], Some([u + 110.0, v - 40.0]), Some(410))
        },
        fixed("架空市東包括支援センター", KINDS[2], Some([u - 20.0, v - 90.0]), None),
        // Nobody looked up where it is.
        fixed("老人憩の家さくら荘", KINDS[3], None, Some(320)),
    ];
    let mut random = plan.random(Stream::Facilities, [0, 0]);
    let more = A_KM2 * PI * (town.radius / 1_000.0).powi(2);
    for number in 1..=more as usize {
        let kind = KINDS[random.usize(0..KINDS.len())];
        let (out, angle) = (random.f64().sqrt(), TAU * random.f64());
        let at = town.at([out * angle.cos(), out * angle.sin()]);
        facilities.push(fixed(&format!("{kind}第{number}"), kind, Some(at), Some(random.u32(250..3_000))));
    }
    facilities
}
