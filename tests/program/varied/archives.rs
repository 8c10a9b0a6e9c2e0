//! Archives of several editions, of any years, in any order, under any folders.

use super::{each_case, parcels};
use crate::support::{Folder, zipped, zipped_in_cp932};

fn square(west: f64) -> Vec<u8> {
    let east = west + 0.0012;
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{west},34.899],[{east},34.899],[{east},34.902],[{west},34.902],[{west},34.899]]]}}}}]}}"#
    )
    .into_bytes()
}

#[test]
fn of_the_editions_in_an_archive_the_newest_counts() {
    each_case("editions", |by| {
        let years = by.one(&[[15, 20], [10, 15], [5, 10], [0, 5], [95, 0], [90, 20], [75, 80]]);
        let part = by.one(&["_22", "_13", ""]);
        let (own_folders, macos, cp932) = (by.yes(), by.yes(), by.yes());
        let mut entries = Vec::new();
        for (year, west) in years.into_iter().zip([138.3999, 138.4019]) {
            let name = format!("A16-{year:02}{part}_DID.geojson");
            let within = if own_folders { format!("A16-{year:02}{part}_GML/") } else { String::new() };
            if macos {
                entries.push((format!("__MACOSX/{within}._{name}"), b"\0\x05\x16\x07".to_vec()));
            }
            entries.push((format!("{within}{name}"), square(west)));
        }
        if cp932 {
            entries.push(("説明書.txt".to_owned(), b"readme".to_vec()));
        }
        let entries = by.shuffled(entries);
        let entries: Vec<(&str, &[u8])> =
            entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let what = format!("{:?}", entries.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let folder = Folder::with_project("", "did = \"did.zip\"");
        folder.put("did.zip", if cp932 { zipped_in_cp932(&entries) } else { zipped(&entries) });
        let (within, told) = parcels(&folder, "in_did_lo", &what);
        assert_eq!(within, ["0", "1"], "{what}");
        assert!(told.contains("older-edition"), "{what}: {told}");
    });
}

#[test]
fn an_archive_of_nothing_that_is_read_is_told_by_name() {
    each_case("nothing", |by| {
        let all = ["計画.pdf", "readme.txt.bak", "一覧.docx", "写真/航空.jpg", "sub/図.dwg", "__MACOSX/._計画.pdf"];
        let count = by.0.usize(..4);
        let mut names = by.shuffled(all.to_vec());
        names.truncate(count);
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"%PDF".as_slice())).collect();
        let folder = Folder::new();
        folder.put("only.zip", zipped(&entries));
        let run = folder.kyoten(&["inspect", "only.zip"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{names:?}");
        assert!(run.stderr.contains("only.zip"), "{names:?}: {}", run.stderr);
    });
}
