//! Which table is read, which of its columns, and in which CRS its geometries are.

use rusqlite::{Connection, OptionalExtension, Row};

use super::damaged;
use crate::inputs::format::Input;
use crate::inputs::{DeclaredCrs, InputError};

/// A table to be read.
pub(super) struct FeatureLayer {
    /// Its name.
    pub(super) table: String,
    /// The column with the geometries; a table of attributes has none.
    pub(super) geometry: Option<String>,
    pub(super) crs: Option<DeclaredCrs>,
    /// The integer primary key, by which it is ordered; a view has none.
    pub(super) key: Option<String>,
    /// The attributes, the key among them, in the order of the table.
    pub(super) attributes: Vec<Attribute>,
    /// Columns of bytes, which can be no attributes.
    pub(super) left_out: Vec<String>,
}

/// A column that is read.
pub(super) struct Attribute {
    pub(super) name: String,
    /// Whether 0 and 1 mean false and true.
    pub(super) is_truth: bool,
}

impl FeatureLayer {
    /// The layer that the project file names, else the only one.
    pub(super) fn find(input: &Input<'_>, database: &Connection) -> Result<Self, InputError> {
        let sql = |error: rusqlite::Error| damaged(&input.path, &error);
        let is_geopackage: bool = database
            .query_row("SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_contents'", [], |row| {
                row.get::<_, i64>(0).map(|count| count > 0)
            })
            .map_err(sql)?;
        if !is_geopackage {
            return Err(InputError::NotGeoPackage { path: input.path.clone() });
        }
        let table = choose(input, &tables(database).map_err(sql)?)?;
        Self::of(database, table).map_err(sql)
    }

    fn of(database: &Connection, table: String) -> rusqlite::Result<Self> {
        let described = database
            .query_row("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", [&table], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })
            .optional();
        // A GeoPackage of attributes alone need not have that table.
        let described = if has_table(database, "gpkg_geometry_columns")? { described? } else { None };
        let (geometry, crs) = match described {
            Some((column, srs)) => (Some(column), crs(database, srs)?),
            None => (None, None),
        };
        let mut layer = Self { table, geometry, crs, key: None, attributes: Vec::new(), left_out: Vec::new() };
        let mut statement = database.prepare("SELECT name, type, pk FROM pragma_table_info(?1)")?;
        let mut columns = statement.query([&layer.table])?;
        while let Some(row) = columns.next()? {
            layer.add_column(row.get(0)?, &row.get::<_, String>(1)?, row.get::<_, i64>(2)? == 1);
        }
        Ok(layer)
    }

    fn add_column(&mut self, name: String, kind: &str, is_key: bool) {
        let kind = kind.to_ascii_uppercase();
        if is_key && kind == "INTEGER" {
            self.key = Some(name.clone());
        }
        if self.geometry.as_ref() == Some(&name) {
            return;
        }
        if kind.starts_with("BLOB") {
            self.left_out.push(name);
        } else {
            self.attributes.push(Attribute { name, is_truth: kind == "BOOLEAN" });
        }
    }
}

/// A line of `gpkg_contents`.
struct Entry {
    table: String,
    /// The name for people.
    identifier: Option<String>,
    has_features: bool,
}

fn tables(database: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = database.prepare(
        "SELECT table_name, identifier, data_type = 'features' FROM gpkg_contents \
         WHERE data_type IN ('features', 'attributes', 'aspatial') ORDER BY table_name",
    )?;
    let entry = |row: &Row<'_>| Ok(Entry { table: row.get(0)?, identifier: row.get(1)?, has_features: row.get(2)? });
    statement.query_map([], entry)?.collect()
}

/// The table that is meant: the one that is named, the only one, or the one of the file's own name. Tables of attributes count where there is none of features.
fn choose(input: &Input<'_>, tables: &[Entry]) -> Result<String, InputError> {
    let path = || input.path.clone();
    let names = |tables: &[&Entry]| tables.iter().map(|entry| entry.table.clone()).collect::<Vec<_>>();
    let all: Vec<&Entry> = tables.iter().collect();
    if let Some(layer) = &input.options.layer {
        let by_table = all.iter().find(|entry| entry.table == *layer);
        let meant = by_table.or_else(|| all.iter().find(|entry| entry.identifier.as_ref() == Some(layer)));
        return meant.map(|entry| entry.table.clone()).ok_or_else(|| InputError::NoSuchLayer {
            path: path(),
            layer: layer.clone(),
            layers: names(&all),
        });
    }
    let features: Vec<&Entry> = all.iter().copied().filter(|entry| entry.has_features).collect();
    let candidates = if features.is_empty() { all } else { features };
    match candidates.as_slice() {
        [] => Err(InputError::EmptyLayer { path: path() }),
        [only] => Ok(only.table.clone()),
        several => {
            // `parcels.gpkg` means its layer `parcels`, whatever lies beside it.
            let of_its_name =
                several.iter().find(|entry| input.path.file_stem().is_some_and(|stem| stem == &*entry.table));
            let several = || InputError::SeveralLayers { path: path(), layers: names(several) };
            of_its_name.map(|entry| entry.table.clone()).ok_or_else(several)
        }
    }
}

fn has_table(database: &Connection, name: &str) -> rusqlite::Result<bool> {
    database.query_row("SELECT count(*) FROM sqlite_master WHERE name = ?1", [name], |row| {
        row.get::<_, i64>(0).map(|count| count > 0)
    })
}

/// The CRS of that number; `None` for the two that mean that it is not known.
fn crs(database: &Connection, srs: i64) -> rusqlite::Result<Option<DeclaredCrs>> {
    if matches!(srs, 0 | -1) {
        return Ok(None);
    }
    let text = database
        .query_row(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs],
            |row| {
                let organization: String = row.get(0)?;
                if organization.eq_ignore_ascii_case("EPSG") {
                    return Ok(format!("EPSG:{}", row.get::<_, i64>(1)?));
                }
                row.get(2)
            },
        )
        .optional()?;
    let text = text.filter(|text| !text.is_empty() && text != "undefined");
    Ok(text.map(|text| DeclaredCrs { text, found_in: words!("gpkg_spatial_ref_sys") }))
}
