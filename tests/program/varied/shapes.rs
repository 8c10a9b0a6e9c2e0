//! Shapefiles: records in any order, rows that were deleted, headers that are wrong, words in any encoding and column.

use super::{each_case, parcels};
use crate::shapefiles::{lot, polygon, project, shapes, table};
use crate::support::Folder;

/// So many lots, each wider than the one before; `order` says which of them each record of the `.shp` is.
pub fn lots(count: u8, order: &[usize]) -> Folder {
    let (shp, shx, dbf) = files(count, order);
    project(&shp, &shx, &dbf)
}

fn files(count: u8, order: &[usize]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let content = |index: &usize| {
        let index = f64::from(u8::try_from(*index).unwrap());
        polygon(&[lot(30.0 * index, 1.0 + index)])
    };
    let contents: Vec<Vec<u8>> = order.iter().map(content).collect();
    // Where in the file the record of each row is.
    let places: Vec<usize> =
        (0..usize::from(count)).map(|row| order.iter().rposition(|&index| index == row).unwrap()).collect();
    let (shp, shx) = shapes(&contents, &places);
    let names: Vec<String> = (0..count).map(|row| format!("L{row}")).collect();
    let cells: Vec<&[u8]> = names.iter().map(String::as_bytes).collect();
    (shp, shx, table(b"ID", &cells))
}

#[test]
fn every_row_has_its_own_outline_wherever_its_record_stands() {
    each_case("order", |by| {
        let count = by.0.u8(2..8);
        let plain: Vec<usize> = (0..usize::from(count)).collect();
        let right = parcels(&lots(count, &plain), "area_m2", "plain").0;
        let mut order = by.shuffled(plain);
        // What was edited stands at the end again, and as it was before where it was.
        if by.yes() {
            order.push(by.one(&order.clone()));
        }
        let what = format!("{order:?}");
        let folder = lots(count, &order);
        assert_eq!(parcels(&folder, "area_m2", &what).0, right, "{what}");
        // The header forgets or invents some.
        let (mut shp, shx, dbf) = files(count, &order);
        let length = by.one(&[0, 50, 51, 120, u32::try_from(shp.len() / 2).unwrap() + 40, u32::MAX / 4]);
        shp[24..28].copy_from_slice(&length.to_be_bytes());
        let (areas, told) = parcels(&project(&shp, &shx, &dbf), "area_m2", &what);
        assert_eq!(areas, right, "{what}, length {length}");
        assert!(told.contains("shp-length-wrong"), "{what}, length {length}: {told}");
    });
}

#[test]
fn deleted_rows_take_their_outlines_with_them() {
    each_case("deleted", |by| {
        let count = by.0.u8(3..8);
        let order = by.shuffled((0..usize::from(count)).collect());
        let right = parcels(&lots(count, &order), "area_m2", "plain").0;
        let (shp, shx, mut dbf) = files(count, &order);
        let gone = by.0.usize(..usize::from(count));
        // A row is a sign and six letters, behind a header of 65 bytes.
        dbf[65 + 7 * gone] = b'*';
        let folder = project(&shp, &shx, &dbf);
        let what = format!("{order:?} without {gone}");
        let (areas, told) = parcels(&folder, "area_m2", &what);
        let mut left = right.clone();
        left.remove(gone);
        assert_eq!(areas, left, "{what}");
        assert_eq!(parcels(&folder, "kyoten_id", &what).0.len(), usize::from(count) - 1);
        assert!(told.contains("deleted"), "{what}: {told}");
    });
}

/// A name, a width, and the cells of a column.
type Column = (Vec<u8>, usize, Vec<Vec<u8>>);

/// A table of columns of these widths; a cell is cut where its column ends.
fn columns(columns: &[Column]) -> Vec<u8> {
    let rows = columns[0].2.len();
    let length: usize = 1 + columns.iter().map(|(_, width, _)| width).sum::<usize>();
    let header = 33 + 32 * columns.len();
    let mut file = vec![3, 120, 1, 1];
    file.extend(u32::try_from(rows).unwrap().to_le_bytes());
    file.extend(u16::try_from(header).unwrap().to_le_bytes());
    file.extend(u16::try_from(length).unwrap().to_le_bytes());
    file.resize(32, 0);
    for (name, width, _) in columns {
        let mut column = name.clone();
        column.resize(32, 0);
        (column[11], column[16]) = (b'C', u8::try_from(*width).unwrap());
        file.extend(column);
    }
    file.push(0x0d);
    for row in 0..rows {
        file.push(b' ');
        for (_, width, cells) in columns {
            let mut cell = cells[row].clone();
            cell.resize(*width, b' ');
            file.extend(cell);
        }
    }
    file
}

#[test]
fn words_of_a_table_without_a_cpg_are_all_read() {
    each_case("words", |by| {
        const WORDS: [&str; 14] =
            ["道", "宅", "田", "畑", "表", "能", "ソ", "十", "予", "墓地", "道路", "公園", "学校", "ｱｲ"];
        let in_cp932 = |word: &str| encoding_rs::SHIFT_JIS.encode(word).0.into_owned();
        let rows = by.0.usize(2..6);
        let count = by.0.usize(1..4);
        let mut said = Vec::new();
        let mut all = Vec::new();
        for number in 0..count {
            let mut cells: Vec<Vec<u8>> = vec![b"P".to_vec(); rows];
            let word = by.one(&WORDS);
            cells[by.0.usize(..rows)] = in_cp932(word);
            said.push(word);
            let name = by.one(&["CLASS", "分類", "地目", "能力"]);
            let name = [in_cp932(name), number.to_string().into_bytes()].concat();
            // As wide as its word, or wider.
            let width = in_cp932(word).len() + by.one(&[0, 1, 6]);
            all.push((name, width, cells));
        }
        let lots: Vec<Vec<u8>> =
            (0..rows).map(|row| polygon(&[lot(30.0 * f64::from(u8::try_from(row).unwrap()), 2.0)])).collect();
        let (shp, shx) = shapes(&lots, &(0..rows).collect::<Vec<_>>());
        let folder = project(&shp, &shx, &columns(&all));
        let cpg = by.one(&["", "ISO-8859-1", "1252", "ANSI 1252", "ISO 88591", "932", "CP932", "Shift_JIS", "SJIS"]);
        if !cpg.is_empty() {
            folder.put("lots.cpg", cpg);
        }
        let look = folder.kyoten(&["inspect", "lots.shp", "--json"]);
        assert_eq!(look.status, 0, "{cpg}: {}", look.stderr);
        let is_latin = cpg.contains("1252") || cpg.contains("8859");
        if is_latin && look.stdout.contains("encoding-unsure") {
            // One letter, half of which is a sign of ASCII, is too little to know better; that is told.
            return;
        }
        for word in said {
            assert!(look.stdout.contains(word), "{cpg:?}, {word}: {}", look.stdout);
        }
        let doubted = look.stdout.contains("encoding-not-as-said");
        assert_eq!(doubted, is_latin, "{cpg}: {}", look.stdout);
    });
}
