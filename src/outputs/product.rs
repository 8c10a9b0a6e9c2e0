//! What a run writes beside the parcels, each a table of few rows: made once, and written by every format that holds it.

use geo::Geometry;
use serde_json::{Map, Value};

use super::geojson;
use super::properties::ValueType;
use super::qgis::{Form, Style};
use super::table::Field;
use super::{Folder, OutputError, outline};
use crate::geometry::Shapes;

/// A product: its rows, its columns and how QGIS draws it.
#[derive(Debug)]
pub struct Product {
    /// Its name, which its files and layers bear.
    pub(super) name: &'static str,
    pub(super) fields: Vec<Field>,
    pub(super) rows: Vec<Row>,
    pub(super) style: Style,
}

/// One row of a product.
#[derive(Debug)]
pub(super) struct Row {
    /// One for each field.
    pub(super) cells: Vec<Value>,
    pub(super) place: Place,
}

/// Where a row is, in longitude and latitude with the digits that are written.
#[derive(Debug)]
pub(super) enum Place {
    Unknown,
    /// One shape.
    Area(Shapes),
    Geometry(Geometry<f64>),
}

impl Place {
    /// Its form; `None` where nothing can be drawn.
    pub(super) fn form(&self) -> Option<Form> {
        match self {
            Self::Unknown => None,
            Self::Area(_) => Some(Form::Area),
            Self::Geometry(geometry) => Form::of(geometry),
        }
    }
}

/// A column of a product that is made of `T`s.
pub(super) struct ProductColumn<T> {
    pub(super) name: &'static str,
    /// The title in Japanese, with the unit.
    pub(super) title: &'static str,
    pub(super) kind: ValueType,
    pub(super) cell: fn(&T) -> Value,
}

/// The cells of a row.
pub(super) fn cells<T>(columns: &[ProductColumn<T>], row: &T) -> Vec<Value> {
    columns.iter().map(|column| (column.cell)(row)).collect()
}

/// The names, titles and types of columns.
pub(super) fn fields<T>(columns: &[ProductColumn<T>]) -> Vec<Field> {
    let field = |column: &ProductColumn<T>| Field {
        name: column.name.to_owned(),
        title: Some(column.title.to_owned()),
        kind: column.kind,
    };
    columns.iter().map(field).collect()
}

impl Product {
    /// Writes it as GeoJSON with its style beside it.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn write(&self, folder: &mut Folder) -> Result<(), OutputError> {
        folder.write(&format!("{}.geojson", self.name), &self.geojson())?;
        folder.write(&format!("{}.qml", self.name), self.qml().as_bytes())
    }

    /// Its style for QGIS.
    pub(super) fn qml(&self) -> String {
        self.style.qml(self.fields.iter().filter_map(Field::titled))
    }

    /// Its rows as GeoJSON.
    fn geojson(&self) -> Vec<u8> {
        self.written(|area, out| geojson::geometry(out, &area.get(0), |degrees| degrees))
    }

    /// The same with fewer points, for a map that is looked at.
    pub(super) fn coarse_geojson(&self) -> Vec<u8> {
        self.written(|area, out| geojson::geometry(out, &outline::coarse(area).get(0), |degrees| degrees))
    }

    fn written(&self, draw: impl Fn(&Shapes, &mut Vec<u8>)) -> Vec<u8> {
        let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
        for (place, Row { cells, place: at }) in self.rows.iter().enumerate() {
            out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
            let names = self.fields.iter().map(|field| field.name.clone());
            let properties: Map<String, Value> = names.zip(cells.iter().cloned()).collect();
            out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
            out.extend_from_slice(Value::Object(properties).to_string().as_bytes());
            out.extend_from_slice(b",\"geometry\":");
            match at {
                Place::Unknown => out.extend_from_slice(b"null"),
                Place::Area(shapes) => draw(shapes, &mut out),
                Place::Geometry(geometry) => {
                    let geometry = serde_json::json!(::geojson::Geometry::from(geometry));
                    out.extend_from_slice(geometry.to_string().as_bytes());
                }
            }
            out.push(b'}');
        }
        out.extend_from_slice(b"\n]}\n");
        out
    }
}
