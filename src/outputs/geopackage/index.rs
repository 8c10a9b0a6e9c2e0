//! The spatial index: an R-tree of the boxes of a layer, made when all of it is there, and the triggers that keep it
//! right when somebody edits the layer.
//!
//! Source: OGC 12-128r18 (GeoPackage 1.3), F.3 RTree Spatial Indexes.

use rusqlite::{Connection, params};

use super::{BOX_AT, GEOMETRY, KEY};

/// Makes the index of a layer that is full.
pub(super) fn create(database: &Connection, layer: &str) -> rusqlite::Result<()> {
    let index = format!("rtree_{layer}_{GEOMETRY}");
    database.execute_batch(&format!("CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)"))?;
    fill(database, layer, &index)?;
    database.execute_batch(&triggers(layer, &index))?;
    database.execute(
        "INSERT INTO gpkg_extensions
         VALUES (?1, ?2, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        params![layer, GEOMETRY],
    )?;
    Ok(())
}

/// Reads the boxes from the geometries, so that none need be kept while a layer is written.
fn fill(database: &Connection, layer: &str, index: &str) -> rusqlite::Result<()> {
    let mut insert = database.prepare(&format!("INSERT INTO {index} VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    let boxes = format!(
        "SELECT {KEY}, substr({GEOMETRY}, {}, 32) FROM {layer} WHERE {GEOMETRY} IS NOT NULL ORDER BY {KEY}",
        BOX_AT + 1
    );
    let mut boxes = database.prepare(&boxes)?;
    let mut rows = boxes.query([])?;
    while let Some(row) = rows.next()? {
        let [west, east, south, north] = sides(row.get_ref(1)?.as_blob()?);
        insert.execute(params![row.get::<_, i64>(0)?, west, east, south, north])?;
    }
    Ok(())
}

/// Four numbers from their bytes.
fn sides(bytes: &[u8]) -> [f64; 4] {
    let mut sides = [0.0; 4];
    for (side, bytes) in sides.iter_mut().zip(bytes.as_chunks().0) {
        *side = f64::from_le_bytes(*bytes);
    }
    sides
}

/// What keeps the index right, as the standard words it: one trigger for each way in which a row can come, change its
/// geometry or its key, and go. `ST_…` are functions of the program that edits.
fn triggers(layer: &str, index: &str) -> String {
    let there = format!("(NEW.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty(NEW.{GEOMETRY}))");
    let gone = format!("(NEW.{GEOMETRY} ISNULL OR ST_IsEmpty(NEW.{GEOMETRY}))");
    let sides = ["MinX", "MaxX", "MinY", "MaxY"].map(|side| format!("ST_{side}(NEW.{GEOMETRY})")).join(", ");
    let put = format!("INSERT OR REPLACE INTO {index} VALUES (NEW.{KEY}, {sides});");
    let take = |keys: &str| format!("DELETE FROM {index} WHERE id {keys};");
    let (same, other) = (format!("OLD.{KEY} = NEW.{KEY}"), format!("OLD.{KEY} != NEW.{KEY}"));
    let (old, both) = (format!("= OLD.{KEY}"), format!("IN (OLD.{KEY}, NEW.{KEY})"));
    [
        ("insert", "INSERT".to_owned(), there.clone(), put.clone()),
        ("update1", format!("UPDATE OF {GEOMETRY}"), format!("{same} AND {there}"), put.clone()),
        ("update2", format!("UPDATE OF {GEOMETRY}"), format!("{same} AND {gone}"), take(&old)),
        ("update3", "UPDATE".to_owned(), format!("{other} AND {there}"), format!("{} {put}", take(&old))),
        ("update4", "UPDATE".to_owned(), format!("{other} AND {gone}"), take(&both)),
        ("delete", "DELETE".to_owned(), format!("OLD.{GEOMETRY} NOT NULL"), take(&old)),
    ]
    .map(|(name, event, when, action)| {
        format!("CREATE TRIGGER {index}_{name} AFTER {event} ON {layer} WHEN {when} BEGIN {action} END;")
    })
    .join("\n")
}
