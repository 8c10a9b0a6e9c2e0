//! Shapefiles whose parts do not agree on where the records are, as editors, copies and mishaps leave them.

use proptest::prelude::*;
use tempfile::TempDir;

use super::tests::{dbf, null, place, point, read, shp};
use crate::inputs::{InputError, ReadOptions, open_parcels};

/// What a record holds: its number, and the longitude of a point, as which it is told from others.
type Record = (u32, f64);

fn records(of: &[Record]) -> Vec<u8> {
    let mut file = shp(&of.iter().map(|&(_, x)| point(x, 35.0)).collect::<Vec<_>>());
    for (index, &(number, _)) in of.iter().enumerate() {
        file[100 + 28 * index..][..4].copy_from_slice(&number.to_be_bytes());
    }
    file
}

fn set_length(file: &mut [u8], bytes: usize) {
    file[24..28].copy_from_slice(&u32::try_from(bytes / 2).unwrap().to_be_bytes());
}

/// An index of these entries, in bytes.
fn shx(entries: &[(u32, u32)]) -> Vec<u8> {
    let mut file = shp(&[]);
    for &(at, length) in entries {
        file.extend((at / 2).to_be_bytes());
        file.extend((length / 2).to_be_bytes());
    }
    let length = file.len();
    set_length(&mut file, length);
    file
}

/// Entries of points that are, 0-based, these of the file.
fn points(of: &[u32]) -> Vec<(u32, u32)> {
    of.iter().map(|index| (100 + 28 * index, 20)).collect()
}

fn table(rows: &[&str]) -> Vec<u8> {
    let rows: Vec<Vec<u8>> = rows.iter().map(|row| format!("{row:3}").into_bytes()).collect();
    dbf(0, &[(b"ID", b'C', 2)], &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// What was read, as `a 1`: the row and its shape; and the notices. As parcels it must be the same.
fn joined(shp: &[u8], shx: Option<&[u8]>, dbf: &[u8]) -> Result<(Vec<String>, Vec<&'static str>), InputError> {
    let mut files = vec![("shp", shp), ("dbf", dbf)];
    files.extend(shx.map(|shx| ("shx", shx)));
    let (_folder, path): (TempDir, _) = place(&files);
    let (layer, notices) = read(&path)?;
    let of = |feature: &crate::inputs::RawFeature| {
        let id = feature.fields.get("ID").and_then(|id| id.as_str()).unwrap_or("-").to_owned();
        match &feature.geometry {
            Some(geo::Geometry::Point(point)) => format!("{id} {}", point.x()),
            _ => id,
        }
    };
    let told = |notices: &crate::notices::Notices| notices.iter().map(|(_, kind, _)| kind.id).collect::<Vec<_>>();
    if !layer.features.is_empty() {
        let parcels = open_parcels(&[path], &ReadOptions::default(), Some("ID")).unwrap();
        let chunk = parcels.read_chunk(0).unwrap();
        let ids: Vec<_> = chunk.records.iter().map(|record| record.id.as_deref().unwrap_or("-").to_owned()).collect();
        let names = |name: String| name.split(' ').next().unwrap_or_default().to_owned();
        // A row without a shape is no parcel, and a feature of a layer that may be anywhere.
        let of_layer: Vec<_> = layer.features.iter().take(ids.len()).map(|feature| names(of(feature))).collect();
        assert_eq!(ids, of_layer);
        assert!(layer.features[ids.len()..].iter().all(|feature| feature.geometry.is_none()));
        assert_eq!(told(parcels.notices()), told(&notices));
    }
    Ok((layer.features.iter().map(of).collect(), told(&notices)))
}

const ABC: &[&str] = &[" a", " b", " c"];
const NONE: [&str; 0] = [];

#[test]
fn records_in_another_order_come_in_that_of_the_index() {
    let file = records(&[(3, 3.0), (1, 1.0), (2, 2.0)]);
    let (features, notices) = joined(&file, Some(&shx(&points(&[1, 2, 0]))), &table(ABC)).unwrap();
    assert_eq!((features, notices), (["a 1", "b 2", "c 3"].map(String::from).to_vec(), NONE.to_vec()));
    // The index decides, whatever the records' own numbers are.
    let file = records(&[(7, 1.0), (5, 2.0), (6, 3.0)]);
    let (features, notices) = joined(&file, Some(&shx(&points(&[0, 1, 2]))), &table(ABC)).unwrap();
    assert_eq!((features, notices), (["a 1", "b 2", "c 3"].map(String::from).to_vec(), NONE.to_vec()));
}

#[test]
fn an_outline_from_before_an_edit_is_left_behind_with_a_notice() {
    let file = records(&[(1, 1.0), (2, 9.0), (3, 3.0), (2, 2.0)]);
    let (features, notices) = joined(&file, Some(&shx(&points(&[0, 3, 2]))), &table(ABC)).unwrap();
    assert_eq!(features, ["a 1", "b 2", "c 3"]);
    assert_eq!(notices, ["records-not-in-shx"]);
    // A shorter record in the place of a longer one leaves bytes in between that are no record.
    let mut file = records(&[(1, 1.0), (2, 9.0), (3, 3.0)]);
    file[128..156].fill(0xee);
    file[128..140].copy_from_slice(&[0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0]);
    let entries = [(100, 20), (128, 4), (156, 20)];
    let (features, notices) = joined(&file, Some(&shx(&entries)), &table(ABC)).unwrap();
    assert_eq!((features, notices), (["a 1", "b", "c 3"].map(String::from).to_vec(), NONE.to_vec()));
}

#[test]
fn a_length_in_the_header_that_is_wrong_loses_nothing() {
    let whole = records(&[(1, 1.0), (2, 2.0), (3, 3.0)]);
    let index = shx(&points(&[0, 1, 2]));
    for length in [0, 100, 156, 600] {
        let mut file = whole.clone();
        set_length(&mut file, length);
        let (features, notices) = joined(&file, Some(&index), &table(ABC)).unwrap();
        assert_eq!(features, ["a 1", "b 2", "c 3"], "{length}");
        assert_eq!(notices, ["shp-length-wrong"], "{length}");
        // Without the index, rows without a shape and numbers that go on tell of it.
        let alone = joined(&file, None, &table(ABC));
        if length < file.len() {
            assert_eq!(alone.unwrap().1, ["shp-length-wrong"], "{length}");
        } else {
            assert!(matches!(alone, Err(InputError::DamagedRecord { .. })), "{length}");
        }
    }
    // Padding is none.
    let mut padded = whole;
    padded.extend([0; 64]);
    for index in [None, Some(&index[..])] {
        let (features, notices) = joined(&padded, index, &table(&[" a", " b", " c", " d"])).unwrap();
        assert_eq!((features.len(), notices), (4, vec!["records-without-shape"]));
    }
}

#[test]
fn an_index_that_is_not_sane_is_not_followed_and_is_told_of() {
    let file = records(&[(1, 1.0), (2, 2.0), (3, 3.0)]);
    let in_order = ["a 1", "b 2", "c 3"];
    let broken: [&[(u32, u32)]; 8] = [
        &[(100, 20), (128, 20), (9000, 20)], // out of the file
        &[(100, 20), (100, 20), (156, 20)],  // twice the same
        &[(100, 20), (112, 20), (156, 20)],  // in the middle of one
        &[(40, 20), (128, 20), (156, 20)],   // in the header
        &[(100, 20), (128, 20)],             // from before a record was added
        &[(0, 0), (0, 0), (0, 0)],           // never written
        &[(100, 20), (0, 0), (156, 20)],     // a record that is there
        &[],
    ];
    for entries in broken {
        let (features, notices) = joined(&file, Some(&shx(entries)), &table(ABC)).unwrap();
        assert_eq!(features, in_order, "{entries:?}");
        assert_eq!(notices, ["shx-not-followed"], "{entries:?}");
    }
    for bytes in [&b""[..], b"SHX", &[0; 124], &file[..100]] {
        let (features, notices) = joined(&file, Some(bytes), &table(ABC)).unwrap();
        assert_eq!((features, notices), (in_order.map(String::from).to_vec(), vec!["shx-not-followed"]));
    }
}

#[test]
fn a_null_shape_may_have_no_record() {
    let file = records(&[(1, 1.0), (3, 3.0)]);
    let (features, notices) = joined(&file, Some(&shx(&[(100, 20), (0, 0), (128, 20)])), &table(ABC)).unwrap();
    assert_eq!((features, notices), (["a 1", "b", "c 3"].map(String::from).to_vec(), NONE.to_vec()));
}

#[test]
fn files_that_count_differently_say_so() {
    let file = records(&[(1, 1.0), (2, 2.0), (3, 3.0)]);
    let index = shx(&points(&[0, 1, 2]));
    for index in [None, Some(&index[..])] {
        let (features, notices) = joined(&file, index, &table(&[" a", " b"])).unwrap();
        assert_eq!((features.len(), notices), (3, vec!["shapes-without-record"]));
        let (features, notices) = joined(&file, index, &table(&[" a", " b", " c", " d", " e"])).unwrap();
        assert_eq!((features.len(), notices), (5, vec!["records-without-shape"]));
        let (features, notices) = joined(&file, index, &table(&[" a", " b", " c", "*d"])).unwrap();
        assert_eq!((features.len(), notices), (3, vec!["deleted-records"]));
    }
    // Nobody agrees: all shapes are read.
    let (features, notices) = joined(&file, Some(&shx(&points(&[0, 2]))), &table(&[" a"])).unwrap();
    assert_eq!(features, ["a 1", "- 2", "- 3"]);
    assert_eq!(notices, ["shapes-without-record", "shx-not-followed"]);
    // A record that neither the index nor the table has is left behind.
    let (features, notices) = joined(&file, Some(&shx(&points(&[0, 1]))), &table(&[" a", " b"])).unwrap();
    assert_eq!((features.len(), notices), (2, vec!["records-not-in-shx"]));
}

#[test]
fn deleted_rows_keep_the_order_of_the_index() {
    let file = records(&[(3, 3.0), (1, 1.0), (2, 2.0)]);
    let (features, notices) = joined(&file, Some(&shx(&points(&[1, 2, 0]))), &table(&[" a", "*b", " c"])).unwrap();
    assert_eq!((features, notices), (["a 1", "c 3"].map(String::from).to_vec(), vec!["deleted-records"]));
}

#[test]
fn without_an_index_the_numbers_of_the_records_put_them_in_order() {
    let by = |numbers: [u32; 3]| {
        let of: Vec<Record> = numbers.into_iter().map(|number| (number, f64::from(number))).collect();
        let (features, notices) = joined(&records(&of), None, &table(ABC)).unwrap();
        (features.join(", "), notices)
    };
    assert_eq!(by([3, 1, 2]), ("a 1, b 2, c 3".to_owned(), vec!["records-put-in-order"]));
    assert_eq!(by([3, 1, 3]), ("a 3, b 1, c 3".to_owned(), vec!["record-numbers-unclear"]));
    for said in [[1, 2, 3], [4, 6, 9]] {
        assert_eq!(by(said).1, NONE);
    }
    let (features, notices) = joined(&records(&[(0, 1.0), (0, 2.0), (0, 3.0)]), None, &table(ABC)).unwrap();
    assert_eq!((features, notices), (["a 1", "b 2", "c 3"].map(String::from).to_vec(), NONE.to_vec()));
}

#[test]
fn a_file_cut_off_stays_an_error_whatever_the_index_says() {
    let file = records(&[(1, 1.0), (2, 2.0), (3, 3.0)]);
    for index in [None, Some(shx(&points(&[0, 1, 2]))), Some(shx(&points(&[0, 1])))] {
        let cut = joined(&file[..170], index.as_deref(), &table(ABC));
        assert!(matches!(cut, Err(InputError::DamagedRecord { .. })), "{cut:?}");
    }
    let nulls = shp(&[null(), null()]);
    let (features, notices) = joined(&nulls, Some(&shx(&[(100, 4), (112, 4)])), &table(&[" a", " b"])).unwrap();
    assert_eq!((features, notices), (vec!["a".to_owned(), "b".to_owned()], NONE.to_vec()));
}

proptest! {
    #[test]
    fn any_order_of_records_is_that_of_the_index(order in Just((0..40_u32).collect::<Vec<_>>()).prop_shuffle(), gap in 0_usize..3) {
        // The row i has the shape i, wherever in the file its record stands.
        let at = |row: u32| u32::try_from(order.iter().position(|&it| it == row).unwrap()).unwrap();
        let mut file = records(&order.iter().map(|&row| (row + 1, f64::from(row))).collect::<Vec<_>>());
        file.extend(vec![0; gap * 4]);
        let entries = points(&(0..40).map(at).collect::<Vec<_>>());
        let rows: Vec<String> = (0..40).map(|row| format!(" {row:02}")).collect();
        let table = table(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        let expected: Vec<String> = (0..40).map(|row| format!("{row:02} {row}")).collect();
        let by_index = joined(&file, Some(&shx(&entries)), &table).unwrap();
        prop_assert_eq!(by_index, (expected.clone(), NONE.to_vec()));
        prop_assert_eq!(joined(&file, None, &table).unwrap().0, expected);
    }

    #[test]
    fn no_index_makes_it_panic_or_lose_a_row(at in 0_usize..124, byte: u8, cut in 0_usize..124) {
        let file = records(&[(1, 1.0), (2, 2.0), (3, 3.0)]);
        let mut index = shx(&points(&[0, 1, 2]));
        index[at] = byte;
        for index in [&index[..], &index[..cut]] {
            let (features, _) = joined(&file, Some(index), &table(ABC)).unwrap();
            prop_assert_eq!(features, ["a 1", "b 2", "c 3"]);
        }
    }
}
