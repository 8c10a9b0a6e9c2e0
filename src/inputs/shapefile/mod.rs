//! Shapefiles (ESRI Shapefile Technical Description, 1998): `.shp`, `.shx`, `.dbf`, `.prj`, `.cpg`.
//!
//! Read here and not by a crate because the files at hand break its rules in ways that are known and
//! harmless (dates of the year 0, code pages left out, holes wound the wrong way, characters cut in two).

mod dbf;
mod encoding;
mod ksj_meta;
mod parcels;
mod places;
mod rings;
mod shp;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_places;

use std::ops::Range;
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

static NO_SHAPE: NoticeKind = NoticeKind {
    id: "records-without-shape",
    severity: Severity::Skipped,
    what: Text::new(
        ".dbf に、対応する図形のないレコードがあります。除きました。",
        "records of the .dbf have no shape in the .shp; they take no part",
    ),
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
    let mut features = file.read(0..file.places.len())?;
    features.extend(file.without_shape());
    file.report(reporter);
    Ok(FeatureTable { features, crs: file.crs, encoding: Some(file.table.note), ..FeatureTable::default() })
}

/// The files of a shapefile, opened.
struct Shapefile {
    path: PathBuf,
    shp: Arc<Bytes>,
    dbf_path: PathBuf,
    dbf: Bytes,
    table: dbf::DbfTable,
    /// Where the record of each row begins.
    places: Vec<u32>,
    findings: Vec<places::Finding>,
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
        let shp = Arc::clone(&input.bytes);
        let shx = input.beside("shx")?;
        let index = shx.as_ref().map(|(_, bytes)| &bytes[..]);
        let places::Places { of: places, findings } = places::find(&path, &shp, index, table.records)?;
        Ok(Self { path, shp, dbf_path, dbf, table, places, findings, crs })
    }

    /// The features of a run of records, those left out whose record is deleted.
    fn read(&self, range: Range<usize>) -> Result<Vec<RawFeature>, InputError> {
        let mut features = Vec::with_capacity(range.len());
        let first = range.start;
        for (index, geometry) in (first..).zip(shp::read(&self.path, &self.shp, &self.places[range], first)?) {
            let fields = match self.table.record(&self.dbf, index) {
                Some(dbf::Record::Fields(fields)) => fields,
                Some(dbf::Record::Deleted) => continue,
                None => Fields::new(),
            };
            features.push(RawFeature { number: index + 1, file: 0, geometry, fields });
        }
        Ok(features)
    }

    /// The rows of the table that have no shape, which may be anywhere.
    fn without_shape(&self) -> impl Iterator<Item = RawFeature> + '_ {
        (self.places.len()..self.table.records).filter_map(|index| match self.table.record(&self.dbf, index) {
            Some(dbf::Record::Fields(fields)) => {
                Some(RawFeature { number: index + 1, file: 0, geometry: None, fields })
            }
            _ => None,
        })
    }

    /// Tells of records that do not take part, of shapes and rows without the other, and of what was in doubt.
    fn report(&self, reporter: &mut Reporter<'_>) {
        let record = |path: &PathBuf, index: usize| {
            let (path, number) = (path.display(), index + 1);
            text!("{path}: {number}番目のレコード", "{path}: record {number}")
        };
        for (kind, count, example) in &self.findings {
            reporter.add_many(kind, *count, || example.clone());
        }
        self.table.report(&self.dbf_path, &self.dbf, reporter);
        let (rows, shapes) = (self.table.records, self.places.len());
        let mut alone = 0;
        for index in self.table.deleted(&self.dbf) {
            alone += usize::from(index >= shapes);
            reporter.add_with(&DELETED, || record(&self.path, index));
        }
        (rows..shapes).for_each(|index| reporter.add_with(&NO_ATTRIBUTES, || record(&self.path, index)));
        // Rows that are deleted were told of.
        if rows > shapes + alone {
            let count = (rows - shapes - alone) as u64;
            reporter.add_many(&NO_SHAPE, count, || record(&self.dbf_path, shapes));
        }
    }
}

fn text_beside(input: &Input<'_>, extension: &str) -> Result<Option<String>, InputError> {
    let Some((_, bytes)) = input.beside(extension)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    Ok(Some(text.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\r', '\n']).to_owned())
        .filter(|text| !text.is_empty()))
}
