//! Workbooks read whole: as the CSV of their sheet, whatever the library makes of damage.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::diagnostics::Diagnose as _;
use crate::inputs::{InputError, RawLayer, ReadOptions, read_layer};
use crate::notices::Notices;

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What the kinds of relations between parts begin with.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A cell that says what it is: a number, or a text.
fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok() && !cell.starts_with('0')
}

/// A workbook of Excel; a sheet whose name begins with `!` is hidden.
pub(super) fn excel(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut strings: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    let (mut list, mut relations, mut types) = (String::new(), String::new(), String::new());
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let (number, hidden) = (index + 1, name.starts_with('!'));
        let mut data = String::new();
        for (row, cells) in rows.iter().enumerate() {
            write!(data, "<row r=\"{}\">", row + 1).unwrap();
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let at = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                if is_number(cell) {
                    write!(data, "<c r=\"{at}\"><v>{cell}</v></c>").unwrap();
                } else {
                    let known = strings.iter().position(|known| known == cell);
                    let string = known.unwrap_or_else(|| {
                        strings.push(cell);
                        strings.len() - 1
                    });
                    write!(data, "<c r=\"{at}\" t=\"s\"><v>{string}</v></c>").unwrap();
                }
            }
            data += "</row>";
        }
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet><sheetData>{data}</sheetData></worksheet>"),
        ));
        let state = if hidden { " state=\"hidden\"" } else { "" };
        write!(list, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>").unwrap();
        let target = format!("worksheets/sheet{number}.xml");
        write!(relations, "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"{target}\"/>")
            .unwrap();
        write!(types, "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"x\"/>").unwrap();
    }
    let texts = strings.iter().map(|text| ["<si><t>", text, "</t></si>"].concat()).collect::<Vec<_>>().concat();
    let count = strings.len();
    let mut all = vec![
        ("[Content_Types].xml", format!("<Types>{types}</Types>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst count=\"{count}\" uniqueCount=\"{count}\">{texts}</sst>")),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.clone())));
    zipped(&all)
}

/// A workbook of OpenDocument with one sheet.
pub(super) fn open_document(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut data = String::new();
    for cells in rows {
        data += "<table:table-row>";
        for cell in *cells {
            match () {
                () if cell.is_empty() => data.push_str("<table:table-cell/>"),
                () if is_number(cell) => {
                    write!(data, "<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"/>").unwrap();
                }
                () => {
                    let kind = "office:value-type=\"string\"";
                    write!(data, "<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>").unwrap();
                }
            }
        }
        data += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
    }
    data += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"{name}\">{data}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>".to_owned()),
        ("content.xml", content),
    ])
}

const TABLE: &[&[&str]] = &[
    &["医療機関一覧"],
    &[],
    &["名称", "種別", "コード", "緯度", "経度"],
    &["中央医院", "診療所", "07203", "34.8683", "138.3236"],
    &["", "", "", "", ""],
    &["みなと&amp;こども", "小児科", "7", "34.87", "138.33"],
    &["所在不明", "診療所", "8", "", ""],
];

fn csv_of(rows: &[&[&str]]) -> Vec<u8> {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let line = |row: &&[&str]| {
        let cells = (0..width).map(|column| row.get(column).copied().unwrap_or("").replace("&amp;", "&"));
        cells.collect::<Vec<_>>().join(",") + "\r\n"
    };
    rows.iter().map(line).collect::<String>().into_bytes()
}

type Told = Vec<(&'static str, u64)>;

fn read(name: &str, bytes: &[u8], layer: Option<&str>) -> (Result<RawLayer, InputError>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let options = ReadOptions { layer: layer.map(str::to_owned), ..ReadOptions::default() };
    let mut notices = Notices::default();
    let layer = read_layer(&[path], &options, &mut notices, "layer");
    (layer, notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect())
}

fn features(layer: &RawLayer) -> Vec<String> {
    layer.features.iter().map(|it| format!("{} {:?} {:?}", it.number, it.geometry, it.fields)).collect()
}

#[test]
fn a_sheet_is_read_as_the_csv_that_is_saved_of_it() {
    let (csv, told) = read("a.csv", &csv_of(TABLE), None);
    let csv = csv.unwrap();
    assert_eq!(csv.features.len(), 3);
    for (name, bytes) in [
        ("a.xlsx", excel(&[("一覧", TABLE)])),
        ("a.XLSM", excel(&[("一覧", TABLE)])),
        ("a.ods", open_document("一覧", TABLE)),
    ] {
        let (layer, told_of_sheet) = read(name, &bytes, None);
        let layer = layer.unwrap();
        assert_eq!(features(&layer), features(&csv), "{name}");
        assert_eq!(told_of_sheet, told, "{name}");
        assert_eq!(layer.files[0].encoding.as_ref().unwrap().en, "sheet “一覧”");
        assert_eq!(layer.files[0].crs, csv.files[0].crs);
    }
}

#[test]
fn of_several_sheets_the_one_with_coordinates_is_read_and_the_others_are_told() {
    let notes: &[&[&str]] = &[&["備考"], &["出典は県"]];
    let (layer, told) = read("a.xlsx", &excel(&[("注", notes), ("空", &[]), ("!隠し", TABLE), ("一覧", TABLE)]), None);
    assert_eq!(layer.unwrap().features.len(), 3);
    assert!(told.contains(&("sheets-not-read", 1)), "{told:?}");
}

#[test]
fn two_sheets_with_coordinates_must_be_told_apart() {
    let book = excel(&[("診療所", TABLE), ("保育所", &TABLE[2..4])]);
    let (layer, _) = read("a.xlsx", &book, None);
    let Err(InputError::SeveralLayers { layers, .. }) = layer else { panic!("{layer:?}") };
    assert_eq!(layers, ["診療所", "保育所"]);
    assert_eq!(read("a.xlsx", &book, Some("保育所")).0.unwrap().features.len(), 1);
    assert!(matches!(read("a.xlsx", &book, Some("病院")).0, Err(InputError::NoSuchLayer { .. })));
}

#[test]
fn a_workbook_with_a_password_and_one_that_is_none_are_told_as_such() {
    let locked = [super::parts::COMPOUND, &[0; 600]].concat();
    assert!(matches!(read("a.xlsx", &locked, None).0, Err(InputError::Locked { .. })));
    let other = zipped(&[("word/document.xml", "<d/>".to_owned())]);
    assert!(matches!(read("a.xlsx", &other, None).0, Err(InputError::Damaged { .. })));
    assert!(matches!(read("a.xlsx", &excel(&[("一覧", &[])]), None).0, Err(InputError::EmptyLayer { .. })));
}

#[test]
fn a_cell_far_away_does_not_fill_the_memory() {
    let book = excel(&[("一覧", TABLE)]);
    let mut zip = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let text = std::io::read_to_string(&mut entry).unwrap();
        parts.push((entry.name().unwrap().into_owned(), text));
    }
    let mut many = String::new();
    (10..3000).for_each(|row| write!(many, "<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>").unwrap());
    for (name, text) in &mut parts {
        if name.ends_with("sheet1.xml") {
            *text = text.replace("</sheetData>", &format!("{many}</sheetData>"));
        }
    }
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let error = read("a.xlsx", &zipped(&parts), None).0.unwrap_err();
    assert!(error.diagnostics()[0].message.en.contains("far away"), "{error}");
}

/// Each part of each workbook with bytes changed, cut, doubled or taken away: an error or a layer, never a panic or an endless
/// loop.
#[test]
fn damage_within_never_makes_the_library_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    for (name, book) in
        [("a.xlsx", excel(&[("一覧", TABLE), ("注", &[&["a"]])])), ("a.ods", open_document("一覧", TABLE))]
    {
        let mut zip = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
        let parts: Vec<(String, Vec<u8>)> = (0..zip.len())
            .map(|index| {
                let mut entry = zip.by_index(index).unwrap();
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
                (entry.name().unwrap().into_owned(), bytes)
            })
            .collect();
        for _ in 0..300 {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let hit = random.usize(..parts.len());
            for (index, (part, bytes)) in parts.iter().enumerate() {
                let mut bytes = bytes.clone();
                if index == hit {
                    let (a, b) = (random.usize(..bytes.len()), random.usize(..bytes.len()));
                    match random.u8(..5) {
                        0 => bytes[a] = random.u8(..),
                        1 => bytes.truncate(a),
                        2 => drop(bytes.drain(a.min(b)..a.max(b))),
                        3 => bytes.splice(a..a, *b"99999999999999999999").for_each(drop),
                        _ => bytes.extend_from_within(a.min(b)..),
                    }
                }
                zip.start_file(part.as_str(), SimpleFileOptions::default()).unwrap();
                zip.write_all(&bytes).unwrap();
            }
            let _ = read(name, &zip.finish().unwrap().into_inner(), None);
        }
    }
}
