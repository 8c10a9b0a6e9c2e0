//! Which columns a file has, and what they are for: one is the geometry, the others are attributes.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::LogicalType;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;

use super::geo::{self, Primary};
use crate::inputs::arrow::{Encoding, Native, USUAL_NAMES, is_writable};
use crate::inputs::{DeclaredCrs, foreign};
use crate::text::Text;

/// Why the columns of a file cannot be read.
#[derive(Debug)]
pub(super) enum SchemaFault {
    /// The file contradicts itself.
    Damaged(Text),
    /// Geometries are written in a way that is not read: the column, and what it calls that.
    Encoding(String, String),
}

impl From<ParquetError> for SchemaFault {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(foreign("列の定義に誤りがあります", &error))
    }
}

/// The columns of a file, by their indices among its top-level columns.
pub(super) struct Columns {
    /// What the parquet crate needs to know to read them.
    pub(super) reader: ArrowReaderMetadata,
    pub(super) geometry: Option<(usize, Encoding)>,
    pub(super) crs: Option<DeclaredCrs>,
    /// The attributes with their names, in the order of the file.
    pub(super) attributes: Vec<(usize, String)>,
    /// The names of columns that can be no attributes.
    pub(super) left_out: Vec<String>,
}

impl Columns {
    pub(super) fn of(metadata: Arc<ParquetMetaData>) -> Result<Self, SchemaFault> {
        // The arrow schema that some writers store beside Parquet's own would only bring back types, as those of
        // dictionaries, that are of no use here.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let plain = ArrowReaderMetadata::try_new(Arc::clone(&metadata), options.clone())?;
        let fields: Vec<Field> = plain.schema().fields().iter().map(|field| as_view(field)).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, plain.schema().metadata().clone()));
        let reader = ArrowReaderMetadata::try_new(metadata, options.with_schema(Arc::clone(&schema)))?;

        let (geometry, crs, coverings) = match described(reader.metadata())? {
            Some(primary) => (Some(encoding(&schema, &primary)?), primary.crs, primary.coverings),
            None => match undescribed(reader.metadata(), &schema) {
                Some((index, crs)) => (Some((index, Encoding::Wkb)), crs, BTreeSet::new()),
                None => (None, None, BTreeSet::new()),
            },
        };
        let others = schema.fields().iter().enumerate();
        let others = others.filter(|(index, field)| {
            geometry.is_none_or(|(geometry, _)| geometry != *index) && !coverings.contains(field.name())
        });
        let (attributes, left_out): (Vec<_>, Vec<_>) = others.partition(|(_, field)| is_writable(field.data_type()));
        Ok(Self {
            reader,
            geometry,
            crs,
            attributes: attributes.into_iter().map(|(index, field)| (index, field.name().clone())).collect(),
            left_out: left_out.into_iter().map(|(_, field)| field.name().clone()).collect(),
        })
    }
}

/// Texts and bytes as views into the unpacked page, not copied once more; a value of a dictionary that all rows have
/// is there only once.
fn as_view(field: &Field) -> Field {
    match field.data_type() {
        DataType::Utf8 => field.clone().with_data_type(DataType::Utf8View),
        DataType::Binary => field.clone().with_data_type(DataType::BinaryView),
        _ => field.clone(),
    }
}

/// What the `geo` metadata says.
fn described(metadata: &ParquetMetaData) -> Result<Option<Primary>, SchemaFault> {
    let pairs = metadata.file_metadata().key_value_metadata();
    let geo = pairs.into_iter().flatten().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_ref());
    geo.map(|text| geo::primary(text).map_err(SchemaFault::Damaged)).transpose()
}

fn encoding(schema: &Schema, primary: &Primary) -> Result<(usize, Encoding), SchemaFault> {
    let Primary { column, encoding, .. } = primary;
    let Some((index, field)) = schema.column_with_name(column) else {
        return Err(SchemaFault::Damaged(text!(
            "`geo` メタデータにある列「{column}」がありません",
            "there is no column “{column}”, which its `geo` metadata names"
        )));
    };
    let known = match field.data_type() {
        DataType::BinaryView if encoding == "WKB" => Some(Encoding::Wkb),
        kind => Native::named(encoding).filter(|native| native.fits(kind)).map(Encoding::Native),
    };
    let unknown = || SchemaFault::Encoding(column.clone(), encoding.clone());
    Ok((index, known.ok_or_else(unknown)?))
}

/// The geometry column of a file without `geo` metadata: of Parquet's own type for geometries, else by its name; and the
/// CRS, where the type says it.
fn undescribed(metadata: &ParquetMetaData, schema: &Schema) -> Option<(usize, Option<DeclaredCrs>)> {
    let types = metadata.file_metadata().schema().get_fields();
    let of_type = types.iter().zip(schema.fields()).enumerate().find_map(|(index, (kind, field))| {
        if *field.data_type() != DataType::BinaryView {
            return None;
        }
        match kind.get_basic_info().logical_type_ref()? {
            LogicalType::Geometry(geometry) => Some((index, geometry.crs.clone())),
            LogicalType::Geography(geography) => Some((index, geography.crs.clone())),
            _ => None,
        }
    });
    if let Some((index, crs)) = of_type {
        return Some((
            index,
            match crs {
                Some(crs) => type_crs(metadata, &crs),
                // What the standard of Parquet says of a type that names none.
                None => Some(DeclaredCrs {
                    text: geo::DEFAULT_CRS.to_owned(),
                    found_in: words!("Parquetの規格", "Parquet standard"),
                }),
            },
        ));
    }
    let is_usual = |field: &Field| {
        *field.data_type() == DataType::BinaryView && USUAL_NAMES.contains(&field.name().to_ascii_lowercase().as_str())
    };
    schema.fields().iter().position(|field| is_usual(field)).map(|index| (index, None))
}

/// The CRS of Parquet's type: PROJJSON, `projjson:` and the key of it in the file's metadata, `srid:` and a code, or a
/// code. `None` where it says that it is not known, or refers to what is not there.
fn type_crs(metadata: &ParquetMetaData, crs: &str) -> Option<DeclaredCrs> {
    let pairs = metadata.file_metadata().key_value_metadata();
    let text = if let Some(key) = crs.strip_prefix("projjson:") {
        pairs?.iter().find(|pair| pair.key == key)?.value.as_deref()?
    } else {
        crs.strip_prefix("srid:").filter(|code| *code != "0").unwrap_or(crs)
    };
    let text = match serde_json::from_str(text) {
        Ok(value @ serde_json::Value::Object(_)) => geo::crs_text(&value),
        _ => text.to_owned(),
    };
    (!text.is_empty() && text != "srid:0")
        .then_some(DeclaredCrs { text, found_in: words!("GEOMETRY型", "GEOMETRY type") })
}
