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
fn of_years_in_other_spellings_the_newest_counts_and_what_may_be_a_year_is_asked_for() {
    each_case("years", |by| {
        // What the older one is called, and the newer; and whether both are years for certain.
        let (names, are_years) = by.one(&[
            (["h27did", "r02did"], true),
            (["H27_DID", "R2_DID"], true),
            (["2015年DID", "令和2年DID"], true),
            (["平成22年did", "平成27年did"], true),
            (["平成30年did", "令和元年did"], true),
            (["DID2015", "DID2020"], true),
            (["did_201510", "did_202010"], true),
            (["A16-15", "A16-20"], true),
            (["did15", "did20"], false),
            (["did_15", "did_20"], false),
            (["15did", "20did"], false),
            (["DID95", "DID00"], false),
            (["r02did", "r05did"], false),
        ]);
        let ending = by.one(&["geojson", "json"]);
        let entries: Vec<(String, Vec<u8>)> = names
            .iter()
            .zip([138.3999, 138.4019])
            .map(|(name, west)| (format!("{name}.{ending}"), square(west)))
            .collect();
        let entries = by.shuffled(entries);
        let listed: Vec<(&str, &[u8])> =
            entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = Folder::with_project("", "did = \"did.zip\"");
        folder.put("did.zip", zipped(&listed));
        if are_years {
            let (within, told) = parcels(&folder, "in_did_lo", names[0]);
            assert_eq!(within, ["0", "1"], "{names:?}");
            assert!(told.contains("older-edition") && told.contains(names[0]), "{names:?}: {told}");
            return;
        }
        let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--no-map"]);
        assert_eq!(run.status, 2, "{names:?}: {}", run.stderr);
        let is_told = names.iter().all(|name| run.stderr.contains(name)) && run.stderr.contains("layer = ");
        assert!(is_told, "{names:?}: {}", run.stderr);
        // As the error says: one of them, or both as parts of one.
        let with = |did: String, wanted: [&str; 2]| {
            let folder = Folder::with_project("", &format!("did = {did}"));
            folder.put("did.zip", zipped(&listed));
            assert_eq!(parcels(&folder, "in_did_lo", &did).0, wanted, "{did}");
        };
        with(format!("{{ path = \"did.zip\", layer = \"{}\" }}", names[1]), ["0", "1"]);
        with(format!("[\"did.zip/{}.{ending}\", \"did.zip/{}.{ending}\"]", names[0], names[1]), ["1", "1"]);
    });
}

#[test]
fn parts_that_are_numbered_through_are_one_layer() {
    each_case("parts", |by| {
        let digits = by.one(&[1, 2, 3]);
        let from = by.0.usize(0..2);
        let name = |part: usize| format!("did{part:0digits$}.geojson");
        let entries = [(name(from), square(138.3999)), (name(from + 1), square(138.4019))];
        let listed: Vec<(&str, &[u8])> =
            entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = Folder::with_project("", "did = \"did.zip\"");
        folder.put("did.zip", zipped(&listed));
        assert_eq!(parcels(&folder, "in_did_lo", &name(from)).0, ["1", "1"]);
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
