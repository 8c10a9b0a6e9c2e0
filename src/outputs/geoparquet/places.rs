//! How do shapes stand in GeoParquet? As well-known binary, with a box around each beside it, and with what the standard asks to be said.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, BinaryBuilder, Float64Builder, StructBuilder};
use arrow_array::{ArrayRef, StructArray};
use arrow_schema::{DataType, Field, Fields};
use geo::BoundingRect;
use serde_json::{Value, json};

use super::super::arrow::{GEOMETRY, geoarrow};
use super::super::jgd2011::projjson;
use super::super::{GeoParquetVersion, RowPlace, wkb};
use crate::geometry::{Bounds, Shape};

/// The column of the boxes around them: who looks for what lies in a box need not read shapes.
pub(super) const BOX: &str = "bbox";

/// Its parts.
pub(super) const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// The columns that hold the shapes.
pub(super) fn fields(version: GeoParquetVersion) -> Vec<Field> {
    let shapes = Field::new(GEOMETRY, DataType::Binary, true);
    match version {
        GeoParquetVersion::V1_1 => vec![shapes, Field::new(BOX, DataType::Struct(sides()), true)],
        // What makes bytes shapes is what makes them shapes of Parquet.
        GeoParquetVersion::V2_0 => vec![shapes.with_metadata(geoarrow().into())],
    }
}

fn sides() -> Fields {
    SIDES.map(|side| Field::new(side, DataType::Float64, false)).into_iter().collect()
}

/// Shapes that are laid out, a row each.
pub(super) struct Places {
    shapes: BinaryBuilder,
    boxes: StructBuilder,
    bytes: Vec<u8>,
}

impl Places {
    pub(super) fn new() -> Self {
        let parts = SIDES.map(|_| Box::new(Float64Builder::new()) as Box<dyn ArrayBuilder>);
        Self { shapes: BinaryBuilder::new(), boxes: StructBuilder::new(sides(), parts.into()), bytes: Vec::new() }
    }

    /// Adds polygons; nothing of a shape that has none.
    pub(super) fn add_shape(&mut self, shape: &Shape<'_>) {
        self.bytes.clear();
        wkb::polygons(&mut self.bytes, shape);
        self.add((!shape.is_empty()).then(|| shape.bounds()));
    }

    /// Adds the place of a row.
    pub(super) fn add_place(&mut self, place: &RowPlace) {
        match place {
            RowPlace::Unknown => self.add(None),
            RowPlace::Area(shapes) => self.add_shape(&shapes.get(0)),
            RowPlace::Geometry(geometry) => {
                self.bytes.clear();
                wkb::geometry(&mut self.bytes, geometry);
                self.add(Seen::around(geometry));
            }
        }
    }

    /// Adds the bytes, or nothing where there is no box.
    fn add(&mut self, around: Option<Bounds>) {
        self.shapes.append_option(around.map(|_| &self.bytes));
        let Bounds { min: [west, south], max: [east, north] } =
            around.unwrap_or(Bounds { min: [0.0; 2], max: [0.0; 2] });
        for (part, side) in [west, south, east, north].into_iter().enumerate() {
            if let Some(sides) = self.boxes.field_builder::<Float64Builder>(part) {
                sides.append_value(side);
            }
        }
        self.boxes.append(around.is_some());
    }

    /// The columns, as [`fields`] names them.
    pub(super) fn arrays(mut self, version: GeoParquetVersion) -> Vec<ArrayRef> {
        let boxes: StructArray = self.boxes.finish();
        let shapes = Arc::new(self.shapes.finish());
        match version {
            GeoParquetVersion::V1_1 => vec![shapes, Arc::new(boxes)],
            GeoParquetVersion::V2_0 => vec![shapes],
        }
    }
}

/// What is said of the shapes of a file.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) bounds: Bounds,
    types: BTreeSet<&'static str>,
}

impl Default for Seen {
    /// Nothing.
    fn default() -> Self {
        Self { bounds: Bounds::EMPTY, types: BTreeSet::new() }
    }
}

impl Seen {
    pub(super) fn see_shape(&mut self, shape: &Shape<'_>) {
        if !shape.is_empty() {
            self.bounds = self.bounds.union(shape.bounds());
            self.types.insert(if shape.polygons().len() == 1 { "Polygon" } else { "MultiPolygon" });
        }
    }

    pub(super) fn see_place(&mut self, place: &RowPlace) {
        match place {
            RowPlace::Unknown => {}
            RowPlace::Area(shapes) => self.see_shape(&shapes.get(0)),
            RowPlace::Geometry(geometry) => {
                if let Some(around) = Self::around(geometry) {
                    self.bounds = self.bounds.union(around);
                    self.types.insert(type_of(geometry));
                }
            }
        }
    }

    /// A box around a geometry; `None` where it has no point.
    fn around(geometry: &geo::Geometry<f64>) -> Option<Bounds> {
        let around = geometry.bounding_rect()?;
        let (min, max) = (around.min(), around.max());
        Some(Bounds { min: [min.x, min.y], max: [max.x, max.y] })
    }

    /// The metadata `geo`.
    ///
    /// Source: GeoParquet 1.1.0 and 2.0.0.
    pub(super) fn told(&self, version: GeoParquetVersion) -> Value {
        let mut column = json!({
            "encoding": "WKB",
            "geometry_types": self.types,
            "crs": projjson(),
            "edges": "planar",
        });
        let version = match version {
            GeoParquetVersion::V1_1 => {
                let sides = SIDES.iter().map(|&side| (side.to_owned(), json!([BOX, side])));
                column["covering"] = json!({ "bbox": sides.collect::<serde_json::Map<String, Value>>() });
                "1.1.0"
            }
            GeoParquetVersion::V2_0 => "2.0.0",
        };
        if !self.bounds.is_empty() {
            let Bounds { min, max } = self.bounds;
            column["bbox"] = json!([min[0], min[1], max[0], max[1]]);
        }
        json!({ "version": version, "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
    }
}

/// What the standard calls a geometry.
fn type_of(geometry: &geo::Geometry<f64>) -> &'static str {
    use geo::Geometry as G;
    match geometry {
        G::Point(_) => "Point",
        G::Line(_) | G::LineString(_) => "LineString",
        G::Polygon(_) | G::Rect(_) | G::Triangle(_) => "Polygon",
        G::MultiPoint(_) => "MultiPoint",
        G::MultiLineString(_) => "MultiLineString",
        G::MultiPolygon(_) => "MultiPolygon",
        G::GeometryCollection(_) => "GeometryCollection",
    }
}
