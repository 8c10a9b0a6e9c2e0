//! A file of parcels as a reader that is not kyoten's finds it.

use serde_json::{Value, json};

/// Polygons of rings of positions.
pub type MultiPolygon = Vec<Vec<Vec<[f64; 2]>>>;

/// What stands in a file, whatever its format.
#[derive(Debug, Default)]
pub struct Layer {
    /// Names, and types as `bool`, `integer`, `number`, `text`.
    pub columns: Vec<(String, &'static str)>,
    pub rows: Vec<Vec<Value>>,
    pub shapes: Vec<Option<MultiPolygon>>,
    /// West, south, east, north, as the file says itself.
    pub bounds: [f64; 4],
}

impl Layer {
    pub fn column(&self, name: &str) -> Vec<&Value> {
        let place = self.columns.iter().position(|(column, _)| column == name);
        let place = place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.columns));
        self.rows.iter().map(|row| &row[place]).collect()
    }

    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// Reads well-known binary: a multipolygon and nothing after it.
pub fn multi_polygon(bytes: &[u8]) -> MultiPolygon {
    let mut at = Wkb { bytes };
    at.begin(6);
    let polygons = at.many(|at| {
        at.begin(3);
        at.many(|at| at.many(|at| [at.number(), at.number()]))
    });
    assert!(at.bytes.is_empty(), "bytes are left");
    polygons
}

/// Reads well-known binary of any kind as the GeoJSON of it.
pub fn geometry(bytes: &[u8]) -> Value {
    let mut at = Wkb { bytes };
    let (kind, coordinates) = at.any();
    assert!(at.bytes.is_empty(), "bytes are left");
    json!({ "type": kind, "coordinates": coordinates })
}

struct Wkb<'a> {
    bytes: &'a [u8],
}

impl Wkb<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.bytes.split_first_chunk().expect("the geometry goes on");
        self.bytes = rest;
        *first
    }

    fn begin(&mut self, kind: u32) {
        assert_eq!(self.kind(), kind);
    }

    fn kind(&mut self) -> u32 {
        assert_eq!(self.take(), [1]);
        u32::from_le_bytes(self.take())
    }

    /// A geometry that is no collection.
    fn any(&mut self) -> (&'static str, Value) {
        let point = |at: &mut Self| json!([at.number(), at.number()]);
        let line = |at: &mut Self| json!(at.many(point));
        match self.kind() {
            1 => ("Point", point(self)),
            2 => ("LineString", line(self)),
            3 => ("Polygon", json!(self.many(line))),
            4 => ("MultiPoint", json!(self.many(|at| at.any().1))),
            5 => ("MultiLineString", json!(self.many(|at| at.any().1))),
            6 => ("MultiPolygon", json!(self.many(|at| at.any().1))),
            other => panic!("{other}"),
        }
    }

    fn number(&mut self) -> f64 {
        f64::from_le_bytes(self.take())
    }

    fn many<T>(&mut self, one: impl Fn(&mut Self) -> T) -> Vec<T> {
        let count = u32::from_le_bytes(self.take());
        (0..count).map(|_| one(self)).collect()
    }
}
