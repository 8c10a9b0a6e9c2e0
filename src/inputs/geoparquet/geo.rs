//! The `geo` metadata of GeoParquet 1.0 and 1.1: which column holds the geometries, how, and in which CRS.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::inputs::DeclaredCrs;
use crate::text::Text;

/// What GeoParquet says of a file whose metadata names no CRS.
pub(super) const DEFAULT_CRS: &str = "OGC:CRS84";

/// What the metadata says of the primary column.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::inputs) struct Primary {
    pub(in crate::inputs) column: String,
    /// `WKB`, or a native encoding as `multipolygon`.
    pub(in crate::inputs) encoding: String,
    /// `None` where the metadata says that it is not known.
    pub(in crate::inputs) crs: Option<DeclaredCrs>,
    /// The columns with the boxes of the geometries, which are no attributes.
    pub(super) coverings: BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    primary_column: String,
    columns: BTreeMap<String, GeometryColumn>,
}

#[derive(Deserialize)]
struct GeometryColumn {
    encoding: String,
    #[serde(default)]
    crs: SaidCrs,
    #[serde(default)]
    covering: Option<Value>,
}

/// The three things that the key `crs` can say.
#[derive(Default)]
enum SaidCrs {
    /// There is no such key.
    #[default]
    Nothing,
    /// It is null.
    Unknown,
    Named(Value),
}

impl<'de> Deserialize<'de> for SaidCrs {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(value)?.map_or(Self::Unknown, Self::Named))
    }
}

/// Reads the text of the metadata.
pub(in crate::inputs) fn primary(text: &str) -> Result<Primary, Text> {
    let File { primary_column, mut columns } = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    let mut coverings = BTreeSet::new();
    for column in columns.values() {
        // {"bbox": {"xmin": ["name of the column", "xmin"], …}}
        let bbox = column.covering.as_ref().and_then(|covering| covering.get("bbox")).and_then(Value::as_object);
        let paths = bbox.into_iter().flat_map(|bbox| bbox.values());
        coverings.extend(paths.filter_map(|path| path.get(0)?.as_str()).map(str::to_owned));
    }
    let Some(column) = columns.remove(&primary_column) else {
        return Err(text!(
            "`geo` メタデータに主列「{primary_column}」の説明がありません",
            "its `geo` metadata does not describe the primary column “{primary_column}”"
        ));
    };
    let crs = match column.crs {
        SaidCrs::Nothing => Some(DeclaredCrs {
            text: DEFAULT_CRS.to_owned(),
            found_in: words!("GeoParquetの規格", "GeoParquet standard"),
        }),
        SaidCrs::Unknown => None,
        SaidCrs::Named(crs) => {
            Some(DeclaredCrs { text: crs_text(&crs), found_in: words!("`geo` メタデータ", "geo metadata") })
        }
    };
    Ok(Primary { column: primary_column, encoding: column.encoding, crs, coverings })
}

fn unreadable(error: &serde_json::Error) -> Text {
    Text {
        ja: "`geo` メタデータを読めません".into(), en: format!("its `geo` metadata is unreadable: {error}").into()
    }
}

/// PROJJSON as a text that [`crate::crs::Crs::parse`] reads: the code where there is one, else as it is.
pub(in crate::inputs) fn crs_text(crs: &Value) -> String {
    let code = |id: &Value| {
        let authority = id.get("authority")?.as_str()?;
        let code = match id.get("code")? {
            Value::String(code) => code.clone(),
            code => code.to_string(),
        };
        matches!(authority, "EPSG" | "OGC").then(|| format!("{authority}:{code}"))
    };
    match crs {
        // As files did before GeoParquet 1.0: a code or WKT.
        Value::String(text) => text.clone(),
        crs => crs.get("id").and_then(code).unwrap_or_else(|| crs.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(column: &Value) -> Result<Primary, Text> {
        primary(&json!({"version": "1.1.0", "primary_column": "geom", "columns": {"geom": column}}).to_string())
    }

    fn crs(column: &Value) -> Option<String> {
        with(column).unwrap().crs.map(|crs| crs.text)
    }

    #[test]
    fn the_crs_is_a_code_a_definition_the_default_or_unknown() {
        let id = |authority: &str, code: Value| json!({"encoding": "WKB", "crs": {"type": "ProjectedCRS", "id": {"authority": authority, "code": code}}});
        assert_eq!(crs(&id("EPSG", json!(6676))).as_deref(), Some("EPSG:6676"));
        assert_eq!(crs(&id("OGC", json!("CRS84"))).as_deref(), Some("OGC:CRS84"));
        assert!(crs(&id("ESRI", json!(54009))).unwrap().starts_with('{'));
        assert!(crs(&json!({"encoding": "WKB", "crs": {"name": "no id"}})).unwrap().contains("no id"));
        assert_eq!(crs(&json!({"encoding": "WKB"})).as_deref(), Some("OGC:CRS84"));
        assert_eq!(crs(&json!({"encoding": "WKB", "crs": null})), None);
        assert_eq!(crs(&json!({"encoding": "WKB", "crs": "EPSG:4326"})).as_deref(), Some("EPSG:4326"));
    }

    #[test]
    fn the_column_of_boxes_is_known() {
        let covering = json!({"bbox": {"xmin": ["bbox", "xmin"], "ymin": ["bbox", "ymin"]}});
        let primary = with(&json!({"encoding": "WKB", "covering": covering})).unwrap();
        assert_eq!(primary.coverings, BTreeSet::from(["bbox".to_owned()]));
        assert_eq!((primary.column.as_str(), primary.encoding.as_str()), ("geom", "WKB"));
    }

    #[test]
    fn metadata_that_do_not_fit_are_an_error() {
        for text in
            ["", "[]", "{}", r#"{"primary_column":"a","columns":{}}"#, r#"{"primary_column":"a","columns":{"a":{}}}"#]
        {
            assert!(primary(text).unwrap_err().en.contains("geo"), "{text}");
        }
    }
}
