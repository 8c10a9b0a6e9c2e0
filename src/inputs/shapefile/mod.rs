//! Shapefiles (ESRI Shapefile Technical Description, 1998): `.shp`, `.dbf`, `.prj`, `.cpg`.
//!
//! Read here and not by a crate because the files at hand break its rules in ways that are known and
//! harmless (dates of the year 0, code pages left out, holes wound the wrong way, characters cut in two).

mod dbf;
mod ksj_meta;
mod parcels;
mod rings;
mod shp;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use super::files::Bytes;
use super::format::{FeatureTable, Format, Input, Reporter};
use super::text::Said;
use super::{DeclaredCrs, Fields, InputError, RawFeature};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

pub(super) const FORMAT: Format = Format {
    name: words!("シェープファイル", "Shapefile"),
    extensions: &["shp"],
    recognise,
    read,
    open_parcels: Some(parcels::open),
};

static DELETED: NoticeKind = NoticeKind {
    id: "deleted-records",
    severity: Severity::Skipped,
    what: Text::new(".dbf で削除の印が付いたレコードがあります。", "records are marked as deleted in the .dbf"),
    advice: Some(Text::new(
        "なくすには、シェープファイルをパックするか、もう一度書き出してください。",
        "pack or export the shapefile again to be rid of them",
    )),
};

static NO_ATTRIBUTES: NoticeKind = NoticeKind {
    id: "shapes-without-record",
    severity: Severity::Warning,
    what: Text::new(".dbf に対応するレコードのない図形があります。", "shapes have no record in the .dbf"),
    advice: Some(Text::new(
        ".shp と .dbf が同じ組のものかどうかを確かめてください。",
        "the .shp and the .dbf may not belong together",
    )),
};

/// The file code 9994 and the version 1000 of the header.
fn recognise(input: &Input<'_>) -> bool {
    // An index (.shx) begins with the same code; it has no shapes.
    input.bytes.starts_with(&[0, 0, 0x27, 0x0a]) && input.extension() != "shx"
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let file = Shapefile::open(input)?;
    let mut features = Vec::new();
    let mut shapes = 0;
    for run in shp::runs(&file.path, &file.shp, usize::MAX)? {
        file.read(run, &mut features)?;
        shapes += run.records;
    }
    file.report(reporter, shapes);
    Ok(FeatureTable { features, crs: file.crs, encoding: Some(file.table.note), ..FeatureTable::default() })
}

/// The files of a shapefile, opened.
struct Shapefile {
    path: PathBuf,
    shp: Arc<Bytes>,
    dbf: Bytes,
    table: dbf::DbfTable,
    crs: Option<DeclaredCrs>,
}

impl Shapefile {
    fn open(input: &Input<'_>) -> Result<Self, InputError> {
        let path = input.path.clone();
        let (dbf_path, dbf) = input
            .beside("dbf")?
            .ok_or_else(|| InputError::MissingSidecar { path: path.clone(), missing: path.with_extension("dbf") })?;
        let label = text_beside(input, "cpg")?;
        let said = match (&input.options.encoding, &label) {
            (Some(demanded), _) => Some(Said::Demanded(demanded)),
            (None, Some(label)) => Some(Said::Hinted(label, words!(".cpg"))),
            (None, None) => None,
        };
        let table = dbf::DbfTable::open(&dbf_path, &dbf, said)?;
        let crs = match text_beside(input, "prj")? {
            Some(text) => Some(DeclaredCrs { text, found_in: words!(".prj") }),
            None => ksj_meta::crs(input)?,
        };
        Ok(Self { path, shp: Arc::clone(&input.bytes), dbf, table, crs })
    }

    /// Adds the features of a run of records, those left out whose record is deleted.
    fn read(&self, run: shp::Run, features: &mut Vec<RawFeature>) -> Result<(), InputError> {
        for (index, geometry) in shp::read(&self.path, &self.shp, run)?.into_iter().enumerate() {
            let fields = match self.table.record(&self.dbf, run.first + index) {
                Some(dbf::Record::Fields(fields)) => fields,
                Some(dbf::Record::Deleted) => continue,
                None => Fields::new(),
            };
            features.push(RawFeature { number: run.first + index + 1, file: 0, geometry, fields });
        }
        Ok(())
    }

    /// Tells of records that do not take part, and of shapes without one.
    fn report(&self, reporter: &mut Reporter<'_>, shapes: usize) {
        let record = |index: usize| {
            let (path, number) = (self.path.display(), index + 1);
            text!("{path}: {number}番目のレコード", "{path}: record {number}")
        };
        self.table.deleted(&self.dbf).for_each(|index| reporter.add_with(&DELETED, || record(index)));
        (self.table.records..shapes).for_each(|index| reporter.add_with(&NO_ATTRIBUTES, || record(index)));
    }
}

fn text_beside(input: &Input<'_>, extension: &str) -> Result<Option<String>, InputError> {
    let Some((_, bytes)) = input.beside(extension)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    Ok(Some(text.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\r', '\n']).to_owned())
        .filter(|text| !text.is_empty()))
}
