//! Styles in the file, which QGIS finds by their layers: it offers them all and draws the default.

use rusqlite::{Connection, params};

use super::GEOMETRY;
use super::schema::NO_TIME;

/// The table as QGIS makes it itself when it saves a style into a database.
const TABLE: &str = "
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))";

/// Adds the table.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(TABLE)?;
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)
         VALUES ('layer_styles', 'attributes', 'layer_styles', ?1, 0)",
        [NO_TIME],
    )?;
    Ok(())
}

/// A style of a layer.
pub(super) struct Named<'a> {
    pub(super) layer: &'a str,
    pub(super) name: &'a str,
    pub(super) qml: &'a str,
    pub(super) description: &'a str,
    pub(super) is_default: bool,
}

impl Named<'_> {
    /// Adds the style to the table.
    pub(super) fn add(&self, database: &Connection) -> rusqlite::Result<()> {
        let Self { layer, name, qml, description, is_default } = *self;
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
             styleQML, styleSLD, useAsDefault, description, owner, update_time)
             VALUES ('', '', ?1, ?2, ?3, ?4, '', ?5, ?6, '', ?7)",
            params![layer, GEOMETRY, name, qml, is_default, description, NO_TIME],
        )?;
        Ok(())
    }
}
