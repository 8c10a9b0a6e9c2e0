//! What the reader of an error can do about it.

use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
use std::path::Path;

use super::InputError;
use crate::inputs::format;

impl InputError {
    /// What the reader of the message can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotFound { near, .. } if near.is_empty() => {
                "paths are taken from the folder of the project file; check the spelling and the folder".to_owned()
            }
            Self::NotFound { near, .. } => format!("that folder holds: {}", near.join(", ")),
            Self::Folder { path } => {
                format!("name a file in it, or all of one kind, as in “{}”", path.join("*.geojson").display())
            }
            Self::NotAFolder { .. } => "name the folder that the files are in".to_owned(),
            Self::TooManyFiles { .. } => "name the folder of one study".to_owned(),
            Self::Pattern { .. } => "`*`, `?`, `[abc]` and `**` as a whole folder name are understood".to_owned(),
            Self::Io { source, .. } if matches!(source.kind(), InvalidData | InvalidInput | UnexpectedEof) => {
                "the file was probably not copied or downloaded whole; fetch or export it again".to_owned()
            }
            Self::Io { .. } => return None,
            Self::Archive { .. } => {
                "the file was probably not downloaded whole; fetch it again, or unpack it and name the file in it".to_owned()
            }
            Self::Locked { .. } => "unpack it with its password and name the file in it".to_owned(),
            Self::ClimbsOut { .. } => {
                "no publisher makes such an archive; if it is to be trusted, unpack it and name the file in it".to_owned()
            }
            Self::UnpacksTooLarge { .. } => {
                "if it is to be trusted, unpack it by hand and name the file in it".to_owned()
            }
            Self::NestedTooDeep { .. } => "unpack the outer archives and name the inner one".to_owned(),
            Self::NoLayerInside { names, .. } if names.is_empty() => "it is empty; fetch it again".to_owned(),
            Self::NoLayerInside { names, .. } => {
                format!("it holds: {}; these are read: {}", names.join(", "), format::names())
            }
            Self::SeveralLayers { layers, .. } => {
                format!("say which in kyoten.toml, as in `layer = \"{}\"`", layers.first().map_or("name", String::as_str))
            }
            Self::NotATimetable { .. } => {
                "name the folder or zip that holds stops.txt, trips.txt, stop_times.txt, routes.txt and calendar.txt or \
                 calendar_dates.txt; all of several as in “feeds/*”"
                    .to_owned()
            }
            Self::SeveralTimetables { path, folders } => format!(
                "name one, as in “{}”, or all, as in “{}”",
                path.join(folders.first().map_or("feed", String::as_str)).display(),
                path.join("*").display()
            ),
            Self::TooLarge { .. } => "no layer has a feature as large as that; look at the file, or export it again".to_owned(),
            Self::UnknownEncoding { .. } => {
                "use `utf-8` or `cp932`, or leave `encoding` out to have it found".to_owned()
            }
            Self::Encoding { .. } => {
                "say in kyoten.toml which it is, as in `encoding = \"cp932\"` (Shift_JIS), or save the file as UTF-8"
                    .to_owned()
            }
            Self::UnknownFormat { path, .. } => unknown_format_help(path),
            Self::NotGeoJson { .. } => {
                "a FeatureCollection, a Feature, a geometry, or one of these a line is read; export it as GeoJSON"
                    .to_owned()
            }
            Self::Json { .. } | Self::Table { .. } => "correct that place, or export the file again".to_owned(),
            Self::Truncated { .. } | Self::DamagedRecord { .. } | Self::Damaged { .. } | Self::Xml { .. } => {
                "the file was probably not copied or downloaded whole; fetch or export it again".to_owned()
            }
            Self::UnsupportedShape { .. } => {
                "points, lines and polygons are read (also with Z or M); export the layer as one of these".to_owned()
            }
            Self::Packing { .. } => {
                "write it with Snappy or Zstandard: `compression=\"zstd\"` of to_parquet in GeoPandas, \
                 `-lco COMPRESSION=ZSTD` of ogr2ogr"
                    .to_owned()
            }
            Self::GeometryEncoding { .. } => "write them as well-known binary: `geometry_encoding=\"WKB\"` of to_parquet in \
                 GeoPandas, `-lco GEOMETRY_ENCODING=WKB` of ogr2ogr"
                .to_owned(),
            Self::LeftOut { feature, .. } => {
                format!("build kyoten with its default features, or with `--features {feature}`; or export it as GeoJSON")
            }
            Self::NotGeoPackage { .. } => "export the layer as GeoPackage or GeoJSON".to_owned(),
            Self::NoSuchLayer { layers, .. } if layers.is_empty() => "it holds no layers at all".to_owned(),
            Self::NoSuchLayer { layers, .. } => format!("it has: {}", layers.join(", ")),
            Self::MissingSidecar { missing, .. } => {
                format!("a shapefile is several files; put {} into the same folder", missing.display())
            }
            Self::MissingField { known, nearest, .. } => missing_field_help(known, nearest.as_deref()),
            Self::NotANumber { .. } | Self::Negative { .. } => "correct the value, or name another field".to_owned(),
            Self::PlaneMetresAsDegrees { path, .. } => plane_metres_help(path),
            Self::DegreesAsPlaneMetres { .. } => {
                "these look like longitude and latitude in degrees: correct `crs` in kyoten.toml (JGD2011 in degrees is \
                 EPSG:6668), or leave it out"
                    .to_owned()
            }
            Self::SwappedAxes { .. } => {
                "write longitude first; for a table, name the columns with `x` (経度) and `y` (緯度)".to_owned()
            }
            Self::NothingLeft { kind, .. } => return kind.advice.as_ref().map(|advice| advice.en.to_string()),
            Self::EmptyLayer { .. } => "name the file that holds the features".to_owned(),
        })
    }
}

fn plane_metres_help(path: &Path) -> String {
    let shapefile = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("shp"));
    let or = if shapefile { ", or put its .prj file beside it" } else { "" };
    format!(
        "these look like metres of a plane: say which in kyoten.toml with `crs = \"EPSG:…\"` (JGD2011 plane rectangular \
         zones 1 to 19 are EPSG:6669 to EPSG:6687){or}"
    )
}

fn unknown_format_help(path: &Path) -> String {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("dbf" | "shx" | "prj" | "cpg" | "sbn" | "sbx" | "qix") => {
            format!("this is a part of a shapefile: name {}", path.with_extension("shp").display())
        }
        _ => format!("these are read: {}", format::names()),
    }
}

fn missing_field_help(known: &[String], nearest: Option<&str>) -> String {
    let fields = if known.is_empty() { "it has no fields".to_owned() } else { format!("it has: {}", known.join(", ")) };
    nearest.map_or_else(|| fields.clone(), |nearest| format!("did you mean “{nearest}”? {fields}"))
}
