//! What a run writes beside the parcels, each a table of few rows: made once, and written by every format that holds it.

use std::convert::Infallible;

use geo::Geometry;
use serde_json::{Map, Value};

use super::qgis::{Form, Style};
use super::{geojson, outline};
use crate::geometry::Shapes;
use crate::table::Field;
use crate::text::Text;

/// So many bytes are put together before they are handed on.
const BLOCK: usize = 1 << 18;

/// A product: its rows, its columns and how QGIS draws it.
#[derive(Debug)]
pub struct Product {
    /// Its name, which its files and layers bear.
    pub name: &'static str,
    /// What it is called.
    pub title: Text,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows.
    pub rows: Vec<ProductRow>,
    /// How QGIS draws it.
    pub style: Style,
}

/// One row of a product.
#[derive(Debug)]
pub struct ProductRow {
    /// One for each field.
    pub cells: Vec<Value>,
    /// Where it is.
    pub place: RowPlace,
}

/// Where a row is, in longitude and latitude with the digits that are written.
#[derive(Debug)]
pub enum RowPlace {
    /// Nowhere that is known.
    Unknown,
    /// One shape.
    Area(Shapes),
    /// Anything else.
    Geometry(Geometry<f64>),
}

impl RowPlace {
    /// Its form; `None` where nothing can be drawn.
    #[must_use]
    pub fn form(&self) -> Option<Form> {
        match self {
            Self::Unknown => None,
            Self::Area(_) => Some(Form::Area),
            Self::Geometry(geometry) => Form::of(geometry),
        }
    }
}

impl Product {
    /// Its style for QGIS.
    #[must_use]
    pub fn qml(&self) -> String {
        self.style.qml(self.fields.iter())
    }

    /// Its rows as GeoJSON, handed on piece by piece.
    ///
    /// # Errors
    /// That of the hand that takes them.
    pub fn write_geojson<E>(&self, hand_on: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.write(|area, out| geojson::geometry(out, &area.get(0), |degrees| degrees), hand_on)
    }

    /// Its rows as GeoJSON, whole.
    #[must_use]
    pub fn geojson(&self) -> Vec<u8> {
        let mut all = Vec::new();
        let Ok(()) = self.write_geojson(|bytes| {
            all.extend_from_slice(bytes);
            Ok::<(), Infallible>(())
        });
        all
    }

    /// Its rows as GeoJSON with fewer points, for a map that is looked at.
    #[must_use]
    pub fn coarse_geojson(&self) -> Vec<u8> {
        let mut all = Vec::new();
        let draw = |area: &Shapes, out: &mut Vec<u8>| {
            geojson::geometry(out, &outline::coarse(area).get(0), |degrees| degrees);
        };
        let Ok(()) = self.write(draw, |bytes| {
            all.extend_from_slice(bytes);
            Ok::<(), Infallible>(())
        });
        all
    }

    /// Hands the rows on as they are put together: an outline of a whole city is as long as a file.
    fn write<E>(
        &self,
        draw: impl Fn(&Shapes, &mut Vec<u8>),
        mut hand_on: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
        for (index, ProductRow { cells, place }) in self.rows.iter().enumerate() {
            out.extend_from_slice(if index > 0 { b",\n" } else { b"\n" });
            let names = self.fields.iter().map(|field| field.name.clone());
            let properties: Map<String, Value> = names.zip(cells.iter().cloned()).collect();
            out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
            out.extend_from_slice(Value::Object(properties).to_string().as_bytes());
            out.extend_from_slice(b",\"geometry\":");
            match place {
                RowPlace::Unknown => out.extend_from_slice(b"null"),
                RowPlace::Area(shapes) => draw(shapes, &mut out),
                RowPlace::Geometry(geometry) => {
                    let geometry = serde_json::json!(::geojson::Geometry::from(geometry));
                    out.extend_from_slice(geometry.to_string().as_bytes());
                }
            }
            out.push(b'}');
            if out.len() > BLOCK {
                hand_on(&out)?;
                out.clear();
            }
        }
        out.extend_from_slice(b"\n]}\n");
        hand_on(&out)
    }
}
