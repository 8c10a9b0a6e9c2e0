//! Styles in the file: one a zone, parcels coloured by their status. QGIS offers them all and draws the first.

use std::fmt::Write;

use rusqlite::{Connection, params};

use super::super::colours::colour;
use super::schema::NO_TIME;
use super::{GEOMETRY, LAYER};
use crate::criteria::Zone;
use crate::verdicts::Status;

/// The table as QGIS makes it itself when it saves a style into a database.
const TABLE: &str = "
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))";

/// Adds the table and a style for each zone.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(TABLE)?;
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)
         VALUES ('layer_styles', 'attributes', 'layer_styles', ?1, 0)",
        [NO_TIME],
    )?;
    let mut style = database.prepare(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
         styleQML, styleSLD, useAsDefault, description, owner, update_time)
         VALUES ('', '', ?1, ?2, ?3, ?4, '', ?5, ?6, '', ?7)",
    )?;
    for (place, zone) in Zone::ALL.into_iter().enumerate() {
        let description = format!("{} {}", zone.japanese(), zone.id());
        style.execute(params![LAYER, GEOMETRY, zone.id(), qml(zone), place == 0, description, NO_TIME])?;
    }
    Ok(())
}

/// A style of QGIS: a fill for each status of a zone.
fn qml(zone: Zone) -> String {
    let (mut categories, mut symbols) = (String::new(), String::new());
    for (place, status) in Status::ALL.into_iter().enumerate() {
        let label = format!("{} {}", status.japanese(), status.id());
        let id = status.id();
        let _ = write!(
            categories,
            r#"<category render="true" symbol="{place}" value="{id}" type="string" label="{label}"/>"#
        );
        let [red, green, blue] = colour(status);
        let _ = write!(
            symbols,
            concat!(
                r#"<symbol name="{}" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">"#,
                r#"<layer class="SimpleFill" enabled="1" pass="0" locked="0"><Option type="Map">"#,
                r#"<Option name="color" type="QString" value="{},{},{},255"/>"#,
                r#"<Option name="style" type="QString" value="solid"/>"#,
                r#"<Option name="outline_color" type="QString" value="110,110,110,255"/>"#,
                r#"<Option name="outline_style" type="QString" value="solid"/>"#,
                r#"<Option name="outline_width" type="QString" value="0.1"/>"#,
                r#"<Option name="outline_width_unit" type="QString" value="MM"/>"#,
                r#"</Option></layer></symbol>"#
            ),
            place, red, green, blue
        );
    }
    format!(
        concat!(
            r#"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"#,
            r#"<qgis version="3.22.0" styleCategories="Symbology">"#,
            r#"<renderer-v2 type="categorizedSymbol" attr="{}" symbollevels="0" enableorderby="0" forceraster="0">"#,
            r#"<categories>{}</categories><symbols>{}</symbols></renderer-v2></qgis>"#
        ),
        zone.id(),
        categories,
        symbols
    )
}
