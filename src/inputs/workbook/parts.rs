//! What a workbook is packed of: an archive of XML files, looked through before the library that reads them gets them.
//!
//! The library trusts what a file says of itself: it would make room for as many texts as are announced, repeat a cell as
//! often as it is told to, and look for the end of an element that never ends. So each part is unpacked within the
//! limits of all archives, walked through once, and packed anew as it is.

use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipError};

use crate::inputs::files::Archive;
use crate::inputs::format::{Input, LARGEST_FEATURE};
use crate::inputs::xml::{Element, Tag, Xml, XmlFault};
use crate::inputs::{InputError, foreign};
use crate::text::Text;

/// What a compound file begins with, in which Excel keeps a workbook with a password.
pub(super) const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// So many cells a sheet of OpenDocument may hold, those that repeat one counted.
const MOST_REPEATED: u64 = 4_000_000;

/// So many blanks in a row may be written as a number.
const MOST_BLANKS: u64 = 10_000;

/// The two kinds of workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BookFormat {
    /// Office Open XML, `.xlsx`.
    Excel,
    /// OpenDocument, `.ods`.
    OpenDocument,
}

/// A workbook without what is no part of its tables, and nothing in it packed.
pub(super) fn unpacked(input: &Input<'_>) -> Result<(BookFormat, Vec<u8>), InputError> {
    if input.bytes.starts_with(COMPOUND) {
        return Err(InputError::Locked { path: input.path.clone() });
    }
    let archive = Archive::open(&input.path, Arc::clone(&input.bytes))?;
    let has = |name: &str| archive.names().any(|known| known == name);
    let kind = match (has("content.xml"), has("[Content_Types].xml")) {
        (true, _) => BookFormat::OpenDocument,
        (false, true) => BookFormat::Excel,
        _ => {
            let problem =
                Text::new("表計算ソフトのファイルに要るものが入っていません", "it lacks what a workbook consists of");
            return Err(InputError::Damaged { path: input.path.clone(), problem });
        }
    };
    let damaged = |error: &ZipError| InputError::Damaged {
        path: input.path.clone(),
        problem: foreign("書庫として読めません", error),
    };
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut size = 0;
    for name in archive.names().filter(|name| is_of_tables(name)) {
        let Some(bytes) = archive.unpack(name)? else { continue };
        size += bytes.len();
        if size > LARGEST_FEATURE {
            return Err(InputError::UnpacksTooLarge { path: input.path.clone(), limit: LARGEST_FEATURE as u64 });
        }
        if name != "mimetype" {
            check(&bytes, kind).map_err(|fault| {
                let text = String::from_utf8_lossy(&bytes);
                InputError::xml(&input.path.join(name), &text, fault)
            })?;
        }
        packed.start_file(name, stored).map_err(|error| damaged(&error))?;
        packed.write_all(&bytes).map_err(|source| InputError::io(&input.path, source))?;
    }
    Ok((kind, packed.finish().map_err(|error| damaged(&error))?.into_inner()))
}

/// Whether a part tells of tables; pictures, macros and printers' settings do not.
fn is_of_tables(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_xml = matches!(ending.as_str(), "xml" | "rels");
    let is_beside = ["xl/drawings/", "xl/charts/", "xl/media/", "customXml/", "docProps/"];
    name == "mimetype" || is_xml && !is_beside.iter().any(|folder| name.starts_with(folder))
}

/// Walks through a part: it is whole, and no number in it makes more of it than stands there.
fn check(bytes: &[u8], kind: BookFormat) -> Result<(), XmlFault> {
    let text = std::str::from_utf8(bytes).map_err(|error| XmlFault {
        at: error.valid_up_to(),
        problem: Text::new("UTF-8でない文字があります", "it holds bytes that are not UTF-8"),
    })?;
    let mut xml = Xml::new(text);
    let mut sheet = SheetSize::default();
    loop {
        match xml.next()? {
            Tag::Open(element) => {
                let announced = (element.name() == "sst").then(|| number(&element, "uniqueCount")).flatten();
                if announced.is_some_and(|count| count > text.len() as u64) {
                    return Err(xml.fault(Text::new(
                        "文字列の数が、入っている量と合いません",
                        "it announces more texts than it can hold",
                    )));
                }
                if kind == BookFormat::OpenDocument && !sheet.open(&element) {
                    return Err(xml.fault(Text::new(
                        "同じセルや空白の繰り返しが多すぎます",
                        "a cell, a row or a blank is repeated too often",
                    )));
                }
            }
            Tag::Close(ending) => sheet.close(ending.name()),
            Tag::End => return Ok(()),
        }
    }
}

fn number(element: &Element<'_>, attribute: &str) -> Option<u64> {
    element.attribute(attribute).map(|text| text.trim().parse().unwrap_or(u64::MAX))
}

/// How large a sheet of OpenDocument becomes once what repeats is written out, from its first to its last filled row.
#[derive(Debug, Default)]
struct SheetSize {
    /// Rows up to the last that has something, and those after it.
    rows: u64,
    blank_rows: u64,
    width: u64,
    /// Of the row: how often it is repeated, its columns up to the last that has something, and those after it.
    repeated: u64,
    columns: u64,
    blank_columns: u64,
}

impl SheetSize {
    /// Whether it stays within what is read.
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name() {
            "table" => *self = Self::default(),
            "table-row" => {
                self.repeated = number(element, "number-rows-repeated").unwrap_or(1);
                (self.columns, self.blank_columns) = (0, 0);
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = number(element, "number-columns-repeated").unwrap_or(1);
                let is_filled = ["value-type", "value", "formula", "string-value"]
                    .iter()
                    .any(|attribute| element.attribute(attribute).is_some());
                if is_filled {
                    self.columns = self.columns.saturating_add(self.blank_columns).saturating_add(repeated);
                    self.blank_columns = 0;
                } else {
                    self.blank_columns = self.blank_columns.saturating_add(repeated);
                }
            }
            "s" => return number(element, "c").is_none_or(|blanks| blanks <= MOST_BLANKS),
            _ => {}
        }
        self.cells() <= MOST_REPEATED
    }

    fn close(&mut self, name: &str) {
        if name != "table-row" {
            return;
        }
        if self.columns == 0 {
            self.blank_rows = self.blank_rows.saturating_add(self.repeated);
        } else {
            self.rows = self.rows.saturating_add(self.blank_rows).saturating_add(self.repeated);
            self.blank_rows = 0;
            self.width = self.width.max(self.columns);
        }
        (self.repeated, self.columns, self.blank_columns) = (0, 0, 0);
    }

    /// With the row that is open.
    fn cells(&self) -> u64 {
        let rows = if self.columns > 0 { self.blank_rows.saturating_add(self.repeated) } else { 0 };
        self.rows.saturating_add(rows).saturating_mul(self.width.max(self.columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, kind: BookFormat) -> Option<String> {
        check(text.as_bytes(), kind).err().map(|fault| fault.problem.en.into_owned())
    }

    #[test]
    fn a_part_that_announces_more_than_it_holds_is_refused() {
        let sst = |count: &str| format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        assert_eq!(refused(&sst("1"), BookFormat::Excel), None);
        for count in ["999999999999", "99999999999999999999", "-1"] {
            assert!(refused(&sst(count), BookFormat::Excel).unwrap().contains("announces"), "{count}");
        }
    }

    #[test]
    fn what_repeats_without_end_is_refused_and_blank_margins_are_not() {
        let sheet = |rows: &str| format!("<d:table>{rows}</d:table>");
        let cell = |times: u64| format!("<d:table-cell v:value-type=\"float\" d:number-columns-repeated=\"{times}\"/>");
        let row =
            |times: u64, cells: &str| format!("<d:table-row d:number-rows-repeated=\"{times}\">{cells}</d:table-row>");
        let blank = "<d:table-cell d:number-columns-repeated=\"16384\"/>";
        let usual = sheet(&(row(3, &format!("{}{blank}", cell(2))) + &row(1_048_573, blank)));
        assert_eq!(refused(&usual, BookFormat::OpenDocument), None);
        let wide = sheet(&row(1, &cell(u64::MAX)));
        let long = sheet(&row(u64::MAX, &cell(1)));
        let far = sheet(&(row(1_000_000, blank) + &row(1, &format!("{blank}{}", cell(1)))));
        let blanks =
            sheet(&row(1, "<d:table-cell v:value-type=\"string\"><p><s c=\"1000000000\"/></p></d:table-cell>"));
        for text in [wide, long, far, blanks] {
            assert!(refused(&text, BookFormat::OpenDocument).unwrap().contains("repeated"), "{text}");
        }
    }

    #[test]
    fn a_part_that_never_ends_is_refused() {
        assert!(refused("<sheetData><row><c><v>1</v>", BookFormat::Excel).is_some());
        assert!(refused("<a><b></a></b>", BookFormat::Excel).is_some());
    }
}
