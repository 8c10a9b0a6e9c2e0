//! Which of a table's columns is the geometry, in which CRS, and which are attributes?

use std::path::Path;

use arrow_schema::{Field, Schema};
use serde_json::Value;

use super::{Encoding, Native, USUAL_NAMES, is_binary, is_writable};
use crate::inputs::fields::missing_field;
use crate::inputs::geoparquet::crs_text;
use crate::inputs::{DeclaredCrs, InputError};

/// Where Arrow says which type a column is beyond what it is made of, and more of that type.
pub(super) const TYPE: &str = "ARROW:extension:name";
pub(super) const ABOUT_TYPE: &str = "ARROW:extension:metadata";

/// What begins the names of GeoArrow's types. Source: GeoArrow 0.2, "Extension type definitions".
const GEOARROW: &str = "geoarrow.";

/// What well-known binary was called before.
const OLDER_WKB: &str = "ogc.wkb";

/// What the columns are for, by their places among all.
#[derive(Debug)]
pub(super) struct TableColumns {
    pub(super) geometry: Option<(usize, Encoding)>,
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) attributes: Vec<(usize, String)>,
    /// The names of columns that can be no attributes.
    pub(super) left_out: Vec<String>,
}

impl TableColumns {
    /// Those of a schema; `geometry` names the column where somebody says which it is.
    pub(super) fn of(schema: &Schema, path: &Path, geometry: Option<&str>) -> Result<Self, InputError> {
        let found = match geometry {
            Some(name) => match schema.column_with_name(name) {
                Some((index, _)) => Some(index),
                None => return Err(missing_field(path.to_owned(), name, names(schema))),
            },
            None => find(schema),
        };
        let encoding = |index: usize| {
            let field = schema.field(index);
            let known = encoding(field);
            let unknown = || InputError::GeometryEncoding {
                path: path.to_owned(),
                column: field.name().clone(),
                encoding: extension(field).map_or_else(|| field.data_type().to_string(), str::to_owned),
            };
            known.map(|encoding| (index, encoding)).ok_or_else(unknown)
        };
        let crs = found.and_then(|index| crs(schema.field(index)));
        let geometry = found.map(encoding).transpose()?;
        let (mut attributes, mut left_out) = (Vec::new(), Vec::new());
        for (index, field) in schema.fields().iter().enumerate().filter(|(index, _)| Some(*index) != found) {
            if is_writable(field.data_type()) && !is_geometry(field) {
                attributes.push((index, field.name().clone()));
            } else {
                left_out.push(field.name().clone());
            }
        }
        Ok(Self { geometry, crs, attributes, left_out })
    }

    /// The same without attributes but the one of this name, and nothing to be told of the others.
    pub(super) fn with_no_attribute_but(&self, kept: Option<&str>) -> Self {
        let attributes = self.attributes.iter().filter(|(_, name)| Some(name.as_str()) == kept).cloned().collect();
        Self { geometry: self.geometry, crs: self.crs.clone(), attributes, left_out: Vec::new() }
    }
}

fn names(schema: &Schema) -> Vec<&str> {
    schema.fields().iter().map(|field| field.name().as_str()).collect()
}

/// The first column that says that it is one of geometries, else bytes under a usual name.
fn find(schema: &Schema) -> Option<usize> {
    let is_usual = |field: &Field| {
        is_binary(field.data_type()) && USUAL_NAMES.contains(&field.name().to_ascii_lowercase().as_str())
    };
    let fields = schema.fields();
    let said = fields.iter().position(|field| is_geometry(field));
    said.or_else(|| fields.iter().position(|field| is_usual(field)))
}

fn extension(field: &Field) -> Option<&str> {
    field.metadata().get(TYPE).map(String::as_str)
}

pub(super) fn is_geometry(field: &Field) -> bool {
    extension(field).is_some_and(|name| name.starts_with(GEOARROW) || name == OLDER_WKB)
}

/// How a column holds geometries; `None` where that is no way that is read.
fn encoding(field: &Field) -> Option<Encoding> {
    let kind = field.data_type();
    match extension(field).and_then(|name| name.strip_prefix(GEOARROW)).unwrap_or("wkb") {
        "wkb" => is_binary(kind).then_some(Encoding::Wkb),
        native => Native::named(native).filter(|native| native.fits(kind)).map(Encoding::Native),
    }
}

/// The CRS that a type of GeoArrow says.
fn crs(field: &Field) -> Option<DeclaredCrs> {
    let about: Value = serde_json::from_str(field.metadata().get(ABOUT_TYPE)?).ok()?;
    let crs = about.get("crs").filter(|crs| !crs.is_null())?;
    Some(DeclaredCrs { text: crs_text(crs), found_in: words!("GeoArrowの型", "GeoArrow type") })
}
