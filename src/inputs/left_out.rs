//! Formats that this build does without: they are known by their first bytes, and refused with the way to have them.

use super::InputError;
use super::format::{FeatureTable, Format, Input};

#[cfg(not(feature = "geoparquet"))]
pub(super) const GEOPARQUET: Format = Format {
    name: words!("GeoParquet"),
    extensions: &["parquet", "geoparquet"],
    recognise: |input| input.bytes.starts_with(b"PAR1") || input.bytes.starts_with(b"PARE"),
    read: |input, _| refused(input, "GeoParquet", "geoparquet"),
    open_parcels: None,
};

#[cfg(not(feature = "geoparquet"))]
pub(super) const ARROW: Format = Format {
    name: words!("Arrow IPC"),
    extensions: &["arrow", "arrows", "feather"],
    recognise: |input| input.bytes.starts_with(b"ARROW1") || input.bytes.starts_with(&[0xff; 4]),
    read: |input, _| refused(input, "Arrow IPC", "geoparquet"),
    open_parcels: None,
};

#[cfg(not(feature = "geopackage"))]
pub(super) const GEOPACKAGE: Format = Format {
    name: words!("GeoPackage"),
    extensions: &["gpkg"],
    recognise: |input| input.bytes.starts_with(b"SQLite format 3\0"),
    read: |input, _| refused(input, "GeoPackage", "geopackage"),
    open_parcels: None,
};

#[cfg(not(feature = "workbooks"))]
pub(super) const WORKBOOK: Format = Format {
    name: words!("Excel・OpenDocumentの表", "workbook"),
    extensions: super::files::WORKBOOKS,
    recognise: |input| super::files::WORKBOOKS.contains(&input.extension().as_str()) && input.bytes.starts_with(b"PK"),
    read: |input, _| refused(input, "Excel", "workbooks"),
    open_parcels: None,
};

fn refused(input: &Input<'_>, format: &'static str, feature: &'static str) -> Result<FeatureTable, InputError> {
    Err(InputError::LeftOut { path: input.path.clone(), format, feature })
}

#[cfg(test)]
mod tests {

    use crate::diagnostics::Diagnose as _;
    use crate::inputs::{ReadOptions, open_parcels};

    #[test]
    fn a_file_of_a_format_that_was_left_out_is_named_with_its_feature() {
        let folder = tempfile::tempdir().unwrap();
        let cases: &[(&[u8], &str)] = &[
            #[cfg(not(feature = "geoparquet"))]
            (b"PAR1....", "geoparquet"),
            #[cfg(not(feature = "geopackage"))]
            (b"SQLite format 3\0", "geopackage"),
        ];
        for (bytes, feature) in cases {
            let path = folder.path().join("a.gz");
            std::fs::write(&path, bytes).unwrap();
            let error = open_parcels(&[path], &ReadOptions::default(), None).map(|_| ()).unwrap_err();
            assert!(error.help()[0].en.contains(feature), "{error}");
        }
    }
}
