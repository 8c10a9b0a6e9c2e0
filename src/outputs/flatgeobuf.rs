//! FlatGeobuf: one feature after the other, in the order of the input.
//!
//! Without a spatial index, since that asks for features in the order of a curve through the plane, and a parcel keeps
//! its index. The header's box and number of features are known at the end only and written then.

use std::sync::Arc;

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType, Header,
    HeaderArgs,
};

use super::formats::{ParcelFormat, Rows, Writer};
use super::jgd2011::{EPSG, NAME, WKT};
use super::layout::ParcelLayout;
use super::sink::{Beside, Piece, Sink};
use super::table::number;
use super::{OutputError, OutputFile};
use crate::geometry::{Bounds, Polygon, Shape};
use crate::inputs::ValueType;
use crate::table::{Cell, Field, Values, View};

/// What a file begins with: the format, version 3.0.
const MAGIC: &[u8] = b"fgb\x03fgb\0";

/// Columns are numbered with 16 bits.
const MOST_COLUMNS: usize = 1 << 16;

pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "fgb",
    file: "parcels.fgb",
    has_shapes: true,
    is_typed: true,
    is_workbook: false,
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

/// A file while it is being written.
struct FlatGeobuf {
    file: OutputFile,
    fields: Vec<Field>,
    features: u64,
    bounds: Bounds,
}

fn open(mut file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    let fields = layout.fields.clone();
    file.hold_columns(fields.len(), MOST_COLUMNS)?;
    file.hold_properties(&layout.properties)?;
    // It stands in for the true one, which is as long: a count of 0 alone would be left out.
    file.write(&header(&fields, 1, &Bounds::EMPTY))?;
    Ok(Box::new(FlatGeobuf { file, fields, features: 0, bounds: Bounds::EMPTY }))
}

impl Sink for FlatGeobuf {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        self.features += piece.table.len() as u64;
        self.bounds = self.bounds.union(piece.table.shapes.bounds());
        self.file.write(&piece.bytes)
    }

    fn finish(mut self: Box<Self>, _: &Beside<'_>) -> Result<(), OutputError> {
        self.file.write_first(&header(&self.fields, self.features, &self.bounds))?;
        self.file.finish()
    }
}

/// All that comes before the features.
fn header(fields: &[Field], features: u64, bounds: &Bounds) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let columns: Vec<_> = fields.iter().map(|field| column(&mut builder, field)).collect();
    let columns = builder.create_vector(&columns);
    let [min, max] = if bounds.is_empty() { [[0.0; 2]; 2] } else { [bounds.min, bounds.max] };
    let envelope = builder.create_vector(&[min[0], min[1], max[0], max[1]]);
    let [name, org, system, wkt] = ["parcels", "EPSG", NAME, WKT].map(|text| builder.create_string(text));
    let crs = CrsArgs { org: Some(org), code: EPSG, name: Some(system), wkt: Some(wkt), ..CrsArgs::default() };
    let crs = Crs::create(&mut builder, &crs);
    let header = HeaderArgs {
        name: Some(name),
        envelope: Some(envelope),
        geometry_type: GeometryType::MultiPolygon,
        columns: Some(columns),
        features_count: features,
        index_node_size: 0,
        crs: Some(crs),
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut builder, &header);
    builder.finish_size_prefixed(header, None);
    [MAGIC, builder.finished_data()].concat()
}

fn column<'a>(builder: &mut FlatBufferBuilder<'a>, field: &Field) -> WIPOffset<Column<'a>> {
    let type_ = match field.value_type {
        ValueType::Bool => ColumnType::Bool,
        ValueType::Integer => ColumnType::Long,
        ValueType::Number => ColumnType::Double,
        ValueType::Text => ColumnType::String,
    };
    let name = Some(builder.create_string(&field.name));
    Column::create(builder, &ColumnArgs { name, type_, ..ColumnArgs::default() })
}

/// The features of a batch.
fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    let mut builder = FlatBufferBuilder::new();
    let mut values = Vec::new();
    let columns = Columns {
        own: &rows.table.own,
        found: layout.columns.iter().map(|column| column.view(&rows.table.assessment)).collect(),
        names: &layout.names,
    };
    for (row, shape) in rows.table.shapes.iter().enumerate() {
        columns.properties(&mut values, row);
        let properties = Some(builder.create_vector(&values));
        let geometry = geometry(&mut builder, &shape);
        let feature = Feature::create(&mut builder, &FeatureArgs { geometry, properties, ..FeatureArgs::default() });
        builder.finish_size_prefixed(feature, None);
        piece.bytes.extend_from_slice(builder.finished_data());
        builder.reset();
    }
}

/// The columns of a batch.
struct Columns<'a> {
    own: &'a [Values],
    found: Vec<View<'a>>,
    names: &'a [Vec<Option<String>>],
}

impl Columns<'_> {
    /// The values of one parcel: each that is not null after the number of its column.
    fn properties(&self, out: &mut Vec<u8>, row: usize) {
        out.clear();
        for (column, values) in (0..).zip(self.own) {
            match values {
                Values::Bool(values) => put(out, column, values.get(row).map(|value| [u8::from(value)])),
                Values::Integer(values) => put(out, column, values.get(row).map(i64::to_le_bytes)),
                Values::Number(values) => put(out, column, values.get(row).map(f64::to_le_bytes)),
                Values::Text(texts) => put_text(out, column, texts.get(row)),
            }
        }
        for (column, view) in (self.own.len() as u16..).zip(&self.found) {
            match view.cell(row) {
                Cell::Text(text) => put_text(out, column, Some(text)),
                Cell::Name(set, index) => put_text(out, column, self.names[set][index].as_deref()),
                cell => put(out, column, number(cell).map(f64::to_le_bytes)),
            }
        }
    }
}

fn put_text(out: &mut Vec<u8>, column: u16, text: Option<&str>) {
    put(out, column, text.map(|text| (text.len() as u32).to_le_bytes()));
    out.extend_from_slice(text.unwrap_or_default().as_bytes());
}

fn put<const N: usize>(out: &mut Vec<u8>, column: u16, bytes: Option<[u8; N]>) {
    if let Some(bytes) = bytes {
        out.extend_from_slice(&column.to_le_bytes());
        out.extend_from_slice(&bytes);
    }
}

/// A multipolygon, also of one polygon, since the header says so for all. None of an empty shape.
fn geometry<'a>(builder: &mut FlatBufferBuilder<'a>, shape: &Shape<'_>) -> Option<WIPOffset<Geometry<'a>>> {
    if shape.is_empty() {
        return None;
    }
    let parts: Vec<_> = shape.polygons().map(|polygon| part(builder, &polygon)).collect();
    let parts = Some(builder.create_vector(&parts));
    Some(Geometry::create(builder, &GeometryArgs { parts, ..GeometryArgs::default() }))
}

/// One polygon: all points, and where its rings end.
fn part<'a>(builder: &mut FlatBufferBuilder<'a>, polygon: &Polygon<'_>) -> WIPOffset<Geometry<'a>> {
    let points: Vec<f64> = polygon.rings().flatten().flatten().copied().collect();
    let ends: Vec<u32> = polygon
        .rings()
        .scan(0, |end, ring| {
            *end += ring.len() as u32;
            Some(*end)
        })
        .collect();
    let (xy, ends) = (Some(builder.create_vector(&points)), Some(builder.create_vector(&ends)));
    Geometry::create(builder, &GeometryArgs { xy, ends, ..GeometryArgs::default() })
}
