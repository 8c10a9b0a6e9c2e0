//! GeoPackage as SQLite reads it.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::layer::{Layer, geometry, multi_polygon};

pub fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

pub fn read(path: &Path) -> Layer {
    let database = open(path);
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(one("SELECT rtreecheck('rtree_parcels_geom')"), "ok");
    let mut layer = Layer::default();
    let mut names = database.prepare("SELECT name, type FROM pragma_table_info('parcels')").unwrap();
    let mut names = names.query([]).unwrap();
    while let Some(row) = names.next().unwrap() {
        let (name, kind): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let kind = match kind.as_str() {
            "BOOLEAN" => "bool",
            "INTEGER" => "integer",
            "DOUBLE" => "number",
            "TEXT" => "text",
            "MULTIPOLYGON" => "geometry",
            other => panic!("{other}"),
        };
        layer.columns.push((name, kind));
    }
    assert_eq!(layer.columns.drain(..2).collect::<Vec<_>>(), [("fid".into(), "integer"), ("geom".into(), "geometry")]);
    let mut parcels = database.prepare("SELECT * FROM parcels ORDER BY fid").unwrap();
    let mut parcels = parcels.query([]).unwrap();
    while let Some(row) = parcels.next().unwrap() {
        assert_eq!(row.get::<_, usize>(0).unwrap(), layer.rows.len() + 1);
        layer.shapes.push(row.get::<_, Option<Vec<u8>>>(1).unwrap().map(|bytes| {
            assert_eq!(bytes[..8], [b"GP\0\x03", &6668_i32.to_le_bytes()[..]].concat());
            multi_polygon(&bytes[40..])
        }));
        let cells = layer.columns.iter().enumerate();
        let cell = |(place, (_, kind)): (usize, &(String, &str))| value(row.get_ref(place + 2).unwrap(), kind);
        layer.rows.push(cells.map(cell).collect());
    }
    let bounds = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'parcels'";
    let bounds = database.query_row(bounds, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]));
    layer.bounds = bounds.unwrap();
    layer
}

/// What stands there must be of the column's type: SQLite itself does not care.
fn value(value: ValueRef<'_>, kind: &str) -> Value {
    match (value, kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(value), "bool") => Value::from(value != 0),
        (ValueRef::Integer(value), "integer") => Value::from(value),
        (ValueRef::Real(value), "number") => Value::from(value),
        (ValueRef::Text(value), "text") => Value::from(std::str::from_utf8(value).unwrap()),
        other => panic!("{other:?}"),
    }
}

/// A layer beside the parcels: names and types of its columns, its cells, its geometries as GeoJSON has them, and what
/// the file says of its extent.
#[derive(Debug, Default)]
pub struct Product {
    pub columns: Vec<(String, String)>,
    pub rows: Vec<Vec<Value>>,
    pub geometries: Vec<Value>,
    pub bounds: [f64; 4],
}

pub fn product(database: &Connection, name: &str) -> Product {
    let one = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one(&format!("SELECT rtreecheck('rtree_{name}_geom')")), "ok");
    let srs = format!("SELECT srs_id || column_name FROM gpkg_geometry_columns WHERE table_name = '{name}'");
    assert_eq!(one(&srs), "6668geom");
    let mut product = Product::default();
    let mut columns = database.prepare(&format!("SELECT name, type FROM pragma_table_info('{name}')")).unwrap();
    let columns = columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    product.columns = columns.map(Result::unwrap).skip(2).collect();
    let mut rows = database.prepare(&format!("SELECT * FROM {name} ORDER BY fid")).unwrap();
    let mut rows = rows.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let blob: Option<Vec<u8>> = row.get(1).unwrap();
        product.geometries.push(blob.map_or(Value::Null, |bytes| {
            assert_eq!(bytes[..8], [b"GP\0\x03", &6668_i32.to_le_bytes()[..]].concat());
            geometry(&bytes[40..])
        }));
        let cell = |(place, (_, kind)): (usize, &(String, String))| {
            let kind = match kind.as_str() {
                "INTEGER" => "integer",
                "DOUBLE" => "number",
                "TEXT" => "text",
                other => panic!("{other}"),
            };
            value(row.get_ref(place + 2).unwrap(), kind)
        };
        product.rows.push(product.columns.iter().enumerate().map(cell).collect());
    }
    let bounds = format!("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = '{name}'");
    let bounds = database.query_row(&bounds, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]));
    product.bounds = bounds.unwrap();
    product
}
