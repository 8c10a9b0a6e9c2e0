//! The system of all coordinates that leave the program, as the formats name it: JGD2011, longitude and latitude.
//!
//! Source: the EPSG registry, 6668. There the axes are latitude before longitude; every format here puts x, the
//! longitude, first whatever the registry says.

/// Its EPSG code.
pub(super) const EPSG: i32 = 6668;

/// Its name.
pub(super) const NAME: &str = "JGD2011";

/// As WKT of the first kind.
pub(super) const WKT: &str = concat!(
    r#"GEOGCS["JGD2011",DATUM["Japanese_Geodetic_Datum_2011","#,
    r#"SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","1128"]],"#,
    r#"PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#,
    r#"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","6668"]]"#,
);

/// As PROJJSON.
#[cfg(feature = "geoparquet")]
pub(super) fn projjson() -> serde_json::Value {
    let axis = |name: &str, abbreviation: &str, direction: &str| serde_json::json!({ "name": name, "abbreviation": abbreviation, "direction": direction, "unit": "degree" });
    serde_json::json!({
        "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
        "type": "GeographicCRS",
        "name": NAME,
        "datum": {
            "type": "GeodeticReferenceFrame",
            "name": "Japanese Geodetic Datum 2011",
            "ellipsoid": {
                "name": "GRS 1980", "semi_major_axis": 6_378_137, "inverse_flattening": 298.257_222_101,
            },
        },
        "coordinate_system": {
            "subtype": "ellipsoidal",
            "axis": [
                axis("Geodetic latitude", "Lat", "north"), axis("Geodetic longitude", "Lon", "east"),
            ],
        },
        "id": { "authority": "EPSG", "code": EPSG },
    })
}
