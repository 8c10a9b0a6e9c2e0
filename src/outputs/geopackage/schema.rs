//! The tables that make a database a GeoPackage, and the table of a layer.
//!
//! Source: OGC 12-128r18 (GeoPackage 1.3), 1.1, 2.1 and annex C.

use rusqlite::{Connection, params};

use super::super::jgd2011;
use super::{GEOMETRY, KEY};
use crate::geometry::Bounds;
use crate::inputs::ValueType;
use crate::table::Field;

/// The letters `GPKG` in the database's header.
const APPLICATION_ID: i32 = 0x4750_4B47;

/// Version 1.3.0.
const USER_VERSION: i32 = 10_300;

/// The standard asks when a layer was last changed. A time would make the bytes of the same run differ, so this is the
/// beginning of all times; `run.json` has what a run can say of its origin.
pub(super) const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

/// WGS 84, which every file must name.
const WGS84: &str = concat!(
    r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],"#,
    r#"AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#,
    r#"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#,
);

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
";

/// Makes the tables that every file has.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {USER_VERSION}; {TABLES}"
    ))?;
    let mut system = database.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?2, ?4, ?5)")?;
    system.execute(params!["Undefined Cartesian SRS", -1, "NONE", "undefined", "any plane"])?;
    system.execute(params!["Undefined geographic SRS", 0, "NONE", "undefined", "any longitude and latitude"])?;
    system.execute(params!["WGS 84", 4326, "EPSG", WGS84, "longitude and latitude of WGS 84"])?;
    let ours = "longitude and latitude of JGD2011";
    system.execute(params![jgd2011::NAME, jgd2011::EPSG, "EPSG", jgd2011::WKT, ours])?;
    Ok(())
}

/// Makes a layer, empty.
pub(super) fn add_layer(
    database: &Connection,
    layer: &str,
    geometries: &str,
    fields: &[Field],
) -> rusqlite::Result<()> {
    database.execute_batch(&table(layer, geometries, fields))?;
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)
         VALUES (?1, 'features', ?1, ?2, ?3)",
        params![layer, NO_TIME, jgd2011::EPSG],
    )?;
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
        params![layer, GEOMETRY, geometries, jgd2011::EPSG],
    )?;
    Ok(())
}

/// The statement that makes the table of a layer.
fn table(layer: &str, geometries: &str, fields: &[Field]) -> String {
    let column = |field: &Field| {
        let kind = match field.value_type {
            ValueType::Bool => "BOOLEAN",
            ValueType::Integer => "INTEGER",
            ValueType::Number => "DOUBLE",
            ValueType::Text => "TEXT",
        };
        format!(", {} {kind}", quoted(&field.name))
    };
    let columns: String = fields.iter().map(column).collect();
    format!("CREATE TABLE {layer} ({KEY} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {GEOMETRY} {geometries}{columns})")
}

/// The statement that adds a row to a layer: its geometry, then its columns. Keys count from 1.
pub(super) fn insert(layer: &str, fields: usize) -> String {
    format!("INSERT INTO {layer} VALUES (NULL, ?{})", ", ?".repeat(fields))
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Says where a layer lies; nothing where there is no geometry.
pub(super) fn set_extent(database: &Connection, layer: &str, bounds: &Bounds) -> rusqlite::Result<()> {
    if !bounds.is_empty() {
        let [[west, south], [east, north]] = [bounds.min, bounds.max];
        database.execute(
            "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
            params![layer, west, south, east, north],
        )?;
    }
    Ok(())
}
