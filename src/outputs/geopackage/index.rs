//! The spatial index: an R-tree of the parcels' boxes, made when all of them are there, and the triggers that keep it
//! right when somebody edits the layer.
//!
//! Source: OGC 12-128r18 (GeoPackage 1.3), F.3 RTree Spatial Indexes.

use rusqlite::{Connection, params};

use super::{BOX_AT, GEOMETRY, KEY, LAYER};

/// The index.
fn name() -> String {
    format!("rtree_{LAYER}_{GEOMETRY}")
}

/// Makes the index of all parcels.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    let index = name();
    database.execute_batch(&format!("CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)"))?;
    fill(database, &index)?;
    database.execute_batch(&triggers(&index))?;
    database.execute(
        "INSERT INTO gpkg_extensions
         VALUES (?1, ?2, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        params![LAYER, GEOMETRY],
    )?;
    Ok(())
}

/// Reads the boxes from the geometries, so that none need be kept while parcels are written.
fn fill(database: &Connection, index: &str) -> rusqlite::Result<()> {
    let mut insert = database.prepare(&format!("INSERT INTO {index} VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    let boxes = format!(
        "SELECT {KEY}, substr({GEOMETRY}, {}, 32) FROM {LAYER} WHERE {GEOMETRY} IS NOT NULL ORDER BY {KEY}",
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
fn triggers(index: &str) -> String {
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
        format!("CREATE TRIGGER {index}_{name} AFTER {event} ON {LAYER} WHEN {when} BEGIN {action} END;")
    })
    .join("\n")
}
