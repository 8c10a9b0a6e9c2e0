//! Shapefiles (ESRI Shapefile Technical Description, 1998): `.shp`, `.dbf`, `.prj`, `.cpg`.
//!
//! Read here and not by a crate because the files at hand break its rules in ways that are known and
//! harmless (dates of the year 0, code pages left out, holes wound the wrong way, characters cut in two).

mod dbf;
mod ksj_meta;
mod rings;
mod shp;
#[cfg(test)]
mod tests;

use super::format::{Format, Input, Reporter, Table};
use super::text::Said;
use super::{DeclaredCrs, Fields, InputError, RawFeature};
use crate::notices::{Kind, Severity};

pub(super) const FORMAT: Format =
    Format { name: "Shapefile", extensions: &["shp"], recognise, read, open_parcels: None };

static DELETED: Kind = Kind {
    id: "deleted-records",
    severity: Severity::Skipped,
    what: "records are marked as deleted in the .dbf",
    advice: "pack or export the shapefile again to be rid of them",
};

static NO_ATTRIBUTES: Kind = Kind {
    id: "shapes-without-record",
    severity: Severity::Warning,
    what: "shapes have no record in the .dbf",
    advice: "the .shp and the .dbf may not belong together",
};

/// The file code 9994 and the version 1000 of the header.
fn recognise(input: &Input<'_>) -> bool {
    // An index (.shx) begins with the same code; it has no shapes.
    input.bytes.starts_with(&[0, 0, 0x27, 0x0a]) && input.extension() != "shx"
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<Table, InputError> {
    let path = &input.path;
    let (dbf_path, dbf) = input
        .beside("dbf")?
        .ok_or_else(|| InputError::MissingSidecar { path: path.clone(), missing: path.with_extension("dbf") })?;
    let label = text_beside(input, "cpg")?;
    let said = match (&input.options.encoding, &label) {
        (Some(demanded), _) => Some(Said::Demanded(demanded)),
        (None, Some(label)) => Some(Said::Hinted(label, ".cpg")),
        (None, None) => None,
    };
    let records = dbf::read(&dbf_path, &dbf, said)?;
    let shapes = shp::read(path, &input.bytes)?;
    let crs = match text_beside(input, "prj")? {
        Some(text) => Some(DeclaredCrs { text, found_in: ".prj" }),
        None => ksj_meta::crs(input)?,
    };

    let mut features = Vec::with_capacity(shapes.len());
    let mut records_left = records.records.into_iter();
    for (place, geometry) in shapes.into_iter().enumerate() {
        let number = place + 1;
        let example = format_args!("{}: record {number}", path.display()).to_string();
        let fields = match records_left.next() {
            Some(Some(fields)) => fields,
            Some(None) => {
                reporter.add(&DELETED, example);
                continue;
            }
            None => {
                reporter.add(&NO_ATTRIBUTES, example);
                Fields::new()
            }
        };
        features.push(RawFeature { number, file: 0, geometry, fields });
    }
    Ok(Table { features, crs, encoding: Some(records.encoding), ..Table::default() })
}

fn text_beside(input: &Input<'_>, extension: &str) -> Result<Option<String>, InputError> {
    let Some((_, bytes)) = input.beside(extension)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    Ok(Some(text.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\r', '\n']).to_owned())
        .filter(|text| !text.is_empty()))
}
