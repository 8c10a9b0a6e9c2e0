//! The summary of two runs on the sample city, in both languages.

use std::fs;
use std::path::Path;

use super::text::text;
use crate::pipeline::{self, Options};
use crate::project::Project;
use crate::queries;
use crate::text::{Lang, english_in, is_japanese};

/// The sample run on after some of its files were changed: what stands in them, and what is to stand there.
fn run(place: &Path, name: &str, edits: &[(&str, &str, &str)]) {
    let city = place.join(format!("city-{name}"));
    fs::create_dir(&city).unwrap();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample")).unwrap() {
        let from = entry.unwrap().path();
        fs::copy(&from, city.join(from.file_name().unwrap())).unwrap();
    }
    for (file, from, to) in edits {
        let there = fs::read_to_string(city.join(file)).unwrap();
        assert!(there.contains(from), "{file} has no {from}");
        fs::write(city.join(file), there.replace(from, to)).unwrap();
    }
    let options = Options {
        out: Some(place.join(name)),
        #[cfg(feature = "maps")]
        map: false,
        ..Options::default()
    };
    pipeline::run(&Project::open(&city).unwrap(), &options, &()).unwrap();
}

#[test]
fn the_summary_is_of_one_language() {
    let place = tempfile::tempdir().unwrap();
    // Timetables speak before the peaks of layers.
    let both = [("kyoten.toml", "gtfs = ", "# gtfs = "), ("kyoten.toml", "stop_radius_m = 500", "stop_radius_m = 120")];
    run(place.path(), "a", &both);
    let edits = [
        both[0],
        both[1],
        ("kyoten.toml", "min_peak_trips = 3", "min_peak_trips = 2\nmin_site_m2 = 200"),
        ("kyoten.toml", "induction_area = \"A50", "# induction_area = \"A50"),
        ("kyoten.toml", "# [waive]", "[waive]\nin-did = \"確認中\"\n#"),
        ("peaks.csv", "隣野,隣野線,2", "隣野,隣野線,2\n西町一丁目,架空中央線,4"),
        ("peaks.csv", "北町入口,南北線,1", "北町入口,南北線,5"),
    ];
    run(place.path(), "b", &edits);
    let told = |a: &str, b: &str, lang| {
        let found = queries::diff(&place.path().join(a), &place.path().join(b)).unwrap();
        // Where the runs lie is of no language.
        text(&found, lang).replace(&*place.path().to_string_lossy(), "")
    };
    for (a, b) in [("a", "b"), ("b", "a"), ("a", "a")] {
        let (japanese, english) = (told(a, b, Lang::Ja), told(a, b, Lang::En));
        for line in japanese.lines() {
            assert_eq!(english_in(line), None, "{japanese}");
        }
        let says = |text: &str| text.lines().filter(|line| !line.is_empty()).count();
        assert!(says(&english).abs_diff(says(&japanese)) <= 1, "{english}\n{japanese}");
        assert!(is_japanese(&japanese) && !english.contains('。'), "{english}");
    }
    assert!(told("a", "b", Lang::Ja).contains("\n  基準値 min_peak_trips：3 → 2\n"), "{}", told("a", "b", Lang::Ja));
    assert!(told("a", "a", Lang::Ja).contains("\n違いはありません。"));
}
