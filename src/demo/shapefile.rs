//! Use zones (用途地域) as a city hands them out: a shapefile on the plane, in Shift_JIS.

use std::io::Cursor;

use ::shapefile::{Point, Polygon, PolygonRing, ShapeWriter};

use super::DemoError;
use super::dbf::{self, FieldSpec, FieldType};
use super::ground::{Ground, Uv};
use super::write::Folder;

const COLUMNS: [FieldSpec; 4] = [
    ("ID", FieldType::Number, 10),
    ("用途地域", FieldType::Text, 60),
    ("容積率", FieldType::Number, 9),
    ("建ぺい率", FieldType::Number, 9),
];

/// JGD2000 plane VIII (EPSG:2450) in ESRI's words, as cities still declare it.
const PRJ: &str = concat!(
    r#"PROJCS["JGD_2000_Japan_Zone_8",GEOGCS["GCS_JGD_2000",DATUM["D_JGD_2000","#,
    r#"SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],"#,
    r#"PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],"#,
    r#"PARAMETER["Central_Meridian",138.5],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",36.0],"#,
    r#"UNIT["Meter",1.0]]"#,
);

/// A use zone.
pub(super) struct UseZone {
    name: &'static str,
    /// Closed.
    ring: Vec<Uv>,
}

impl UseZone {
    pub(super) fn new(name: &'static str, ring: Vec<Uv>) -> Self {
        Self { name, ring }
    }

    /// Floor-area ratio (容積率) and building coverage (建ぺい率) in per cent, such as the Building Standards Act allows.
    fn limits(&self) -> Option<[u16; 2]> {
        match self.name {
            "" => None,
            "商業地域" => Some([400, 80]),
            "近隣商業地域" => Some([200, 80]),
            name if name.contains("低層") => Some([80, 50]),
            _ => Some([200, 60]),
        }
    }
}

/// Writes the five files of a shapefile.
pub(super) fn write(folder: &mut Folder, name: &str, ground: &Ground, zones: &[UseZone]) -> Result<(), DemoError> {
    let mut shp = Cursor::new(Vec::new());
    let mut shx = Cursor::new(Vec::new());
    let mut writer = ShapeWriter::with_shx(&mut shp, &mut shx);
    for zone in zones {
        let points = zone.ring.iter().map(|&at| point(ground, at)).collect();
        let polygon = Polygon::new(PolygonRing::Outer(points));
        writer.write_shape(&polygon).expect("memory takes all, and all shapes are polygons");
    }
    writer.finalize().expect("memory takes all");
    drop(writer);

    let rows: Vec<Vec<String>> = zones.iter().zip(1..).map(|(zone, id)| row(zone, id)).collect();
    folder.write(&format!("{name}.shp"), shp.get_ref())?;
    folder.write(&format!("{name}.shx"), shx.get_ref())?;
    folder.write(&format!("{name}.dbf"), &dbf::table(&COLUMNS, &rows))?;
    folder.write(&format!("{name}.prj"), PRJ.as_bytes())?;
    folder.write(&format!("{name}.cpg"), b"Shift_JIS")?;
    Ok(())
}

/// A point of the plane in whole millimetres: the sines of another machine may differ in what is left of them.
fn point(ground: &Ground, at: Uv) -> Point {
    let [x, y] = ground.plane(at).map(|metres| (metres * 1_000.0).round() / 1_000.0);
    Point::new(x, y)
}

fn row(zone: &UseZone, id: usize) -> Vec<String> {
    let [floor, coverage] = match zone.limits() {
        Some(limits) => limits.map(|limit| limit.to_string()),
        None => [String::new(), String::new()],
    };
    vec![id.to_string(), zone.name.to_owned(), floor, coverage]
}
