//! `prepare`, `run --study` and `KYOTEN_CACHE`: what was prepared before comes to the same, byte for byte, or is refused.

use std::fs;
use std::path::PathBuf;

use crate::support::{Folder, Run, english_prose, japanese_prose};

const FORMATS: &str = "geojson,csv,fgb,gpkg,parquet";

/// Every file of a run folder but the times, by name.
fn outputs(folder: &Folder, out: &str) -> Vec<(String, Vec<u8>)> {
    let names = folder.names(out).into_iter().filter(|name| name != "times.json");
    names.map(|name| (name.clone(), folder.bytes(&format!("{out}/{name}")))).collect()
}

fn assert_same(folder: &Folder, one: &str, other: &str) {
    let (one_files, other_files) = (outputs(folder, one), outputs(folder, other));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one_files), names(&other_files));
    for ((name, one_bytes), (_, other_bytes)) in one_files.iter().zip(&other_files) {
        assert!(one_bytes == other_bytes, "{one}/{name} and {other}/{name} differ");
    }
}

/// Runs with a study that is refused: nothing is written, and one error says why, in both languages.
fn refused(folder: &Folder, arguments: &[&str], why: &str) {
    let all = [&["run"], arguments, &["--out", "refused"]].concat();
    let run = folder.kyoten(&all);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains(why) && run.stderr.matches("error:").count() == 1, "{why}: {}", run.stderr);
    assert_eq!(japanese_prose(&run.stderr), None);
    let run = folder.kyoten_in_japanese(&all);
    assert_eq!(run.status, 2);
    assert_eq!(english_prose(&run.stderr), None, "{}", run.stderr);
    assert!(!folder.path().join("refused").exists());
}

fn prepared(folder: &Folder) {
    let done = folder.kyoten(&["prepare", "city", "-o", "city.kyoten"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn a_run_with_a_study_writes_what_one_without_it_writes() {
    let folder = Folder::with_sample();
    prepared(&folder);
    folder.run(&["city", "--format", FORMATS, "--out", "without"]);
    for threads in ["1", "2", "3"] {
        let out = format!("with-{threads}");
        let study = ["--study", "city.kyoten", "--threads", threads];
        folder.run(&[&["city", "--format", FORMATS, "--out", &out], &study[..]].concat());
        assert_same(&folder, "without", &out);
    }
    folder.run(&["city", "--no-map", "--columns", "core", "--out", "plain"]);
    folder.run(&["city", "--no-map", "--columns", "core", "--study", "city.kyoten", "--out", "plain-with"]);
    assert_same(&folder, "plain", "plain-with");
}

#[test]
fn a_made_up_city_is_the_same_with_a_study_and_under_another_path() {
    let folder = Folder::new();
    let demo = ["demo", "--out", "demo", "--parcels", "1500", "--seed", "4", "--no-map"];
    assert_eq!(folder.kyoten(&demo).status, 0);
    let done = folder.kyoten(&["prepare", "demo/city", "-o", "demo.kyoten", "--threads", "1"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let absolute = folder.path().join("demo/city").display().to_string();
    for (number, path) in ["demo/city", &absolute].into_iter().enumerate() {
        let (without, with) = (format!("without{number}"), format!("with{number}"));
        folder.run(&[path, "--format", FORMATS, "--out", &without]);
        folder.run(&[path, "--format", FORMATS, "--study", "demo.kyoten", "--out", &with, "--threads", "3"]);
        assert_same(&folder, &without, &with);
    }
}

#[test]
fn other_rules_and_what_if_are_prepared_as_well() {
    let folder = Folder::with_sample();
    for (number, set) in [["--set", "rules=handbook"], ["--set", "rules=saihenshu"], ["--set", "station_radius_m=700"]]
        .into_iter()
        .enumerate()
    {
        let done = folder.kyoten(&[&["prepare", "city", "-o", "x.kyoten"], &set[..]].concat());
        assert_eq!(done.status, 0, "{}", done.stderr);
        let (without, with) = (format!("without{number}"), format!("with{number}"));
        folder.run(&[&["city", "--out", &without], &set[..]].concat());
        folder.run(&[&["city", "--out", &with, "--study", "x.kyoten"], &set[..]].concat());
        assert_same(&folder, &without, &with);
    }
}

#[test]
fn a_study_of_something_else_is_refused_with_what_differs() {
    let folder = Folder::with_sample();
    prepared(&folder);
    let study = ["city", "--study", "city.kyoten"];
    refused(&folder, &[&study[..], &["--set", "station_radius_m=700"]].concat(), "`thresholds.station_radius_m`");
    refused(&folder, &[&study[..], &["--set", "rules=handbook"]].concat(), "`rules`");
    refused(&folder, &[&study[..], &["--set", "plane=9"]].concat(), "the plane");
    let did = "city/A16-20_22_DID.geojson";
    let before = folder.bytes(did);
    folder.put(did, [&before[..], b"\n"].concat());
    refused(&folder, &study, "the file A16-20_22_DID.geojson");
    folder.put(did, before);
    folder.run(&["city", "--study", "city.kyoten", "--no-map", "--out", "again"]);
    folder.edit("city/kyoten.toml", "[thresholds]", "[waive]\nin-did = \"試し\"\n\n[thresholds]");
    refused(&folder, &study, "`waive.in-did`");
}

#[test]
fn parcels_may_change_and_another_place_may_not_be_theirs() {
    let folder = Folder::with_sample();
    prepared(&folder);
    let text = folder.text("city/parcels.geojson");
    folder.put("city/parcels.geojson", text.replacen("\"properties\":", "\"properties\" :", 1));
    folder.run(&["city", "--out", "without"]);
    folder.run(&["city", "--study", "city.kyoten", "--out", "with"]);
    assert_same(&folder, "without", "with");
    let first = text.find("138.").unwrap();
    folder.put("city/parcels.geojson", format!("{}137.{}", &text[..first], &text[first + 4..]));
    refused(&folder, &["city", "--study", "city.kyoten"], "the box around the parcels");
}

#[test]
fn what_belongs_to_a_shapefile_is_an_input_too() {
    let folder = Folder::with_sample();
    let shapefile = fs::read_dir(folder.path().join("city")).unwrap().filter_map(|one| {
        let path = one.unwrap().path();
        (path.extension()? == "shp").then_some(path)
    });
    let Some(shapefile): Option<PathBuf> = shapefile.into_iter().next() else { return };
    prepared(&folder);
    fs::write(shapefile.with_extension("cpg"), "UTF-8 ").unwrap();
    let name = shapefile.with_extension("cpg").file_name().unwrap().to_string_lossy().into_owned();
    refused(&folder, &["city", "--study", "city.kyoten"], &name);
}

#[test]
fn a_file_that_is_no_study_is_refused() {
    let folder = Folder::with_sample();
    refused(&folder, &["city", "--study", "gone.kyoten"], "cannot be read");
    refused(&folder, &["city", "--study", "city"], "cannot be read");
    refused(&folder, &["city", "--study", "city/kyoten.toml"], "is not a prepared study");
    folder.put("empty.kyoten", "");
    refused(&folder, &["city", "--study", "empty.kyoten"], "is not a prepared study");
    let with_variants = folder.kyoten(&["run", "city", "--study", "x", "--peak-variants"]);
    assert_eq!(with_variants.status, 2);
    let swept = folder.kyoten(&["run", "city", "--study", "x", "--sweep", "membership=0.4..0.6:0.1"]);
    assert_eq!(swept.status, 2);
}

#[test]
fn a_study_cut_short_or_made_longer_is_refused() {
    let folder = Folder::with_sample();
    prepared(&folder);
    let whole = folder.bytes("city.kyoten");
    for length in [9, 40, 63, 64, 70, 3000, whole.len() / 2, whole.len() - 1] {
        folder.put("cut.kyoten", &whole[..length]);
        refused(&folder, &["city", "--study", "cut.kyoten"], "damaged or cut short");
    }
    folder.put("cut.kyoten", [&whole[..], b"x"].concat());
    refused(&folder, &["city", "--study", "cut.kyoten"], "damaged or cut short");
}

#[test]
fn another_format_or_version_is_refused_by_name() {
    let folder = Folder::with_sample();
    prepared(&folder);
    let whole = folder.bytes("city.kyoten");
    let header = 64 + u32::from_le_bytes(whole[12..16].try_into().unwrap()) as usize;
    let sealed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        let seal = kyoten::prepared::seal(&bytes[..32], &bytes[64..header]);
        bytes[32..64].copy_from_slice(&seal);
        bytes
    };
    folder.put("other.kyoten", sealed(&|bytes| bytes[8] += 1));
    refused(&folder, &["city", "--study", "other.kyoten"], "is a prepared study in format");
    folder.put("other.kyoten", sealed(&|bytes| bytes[65] = b'9'));
    refused(&folder, &["city", "--study", "other.kyoten"], "was prepared by kyoten 9.1.0");
}

/// Of some hundred flips, each is refused or does no harm.
#[test]
fn a_flipped_bit_never_makes_other_output() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--no-map", "--out", "without"]);
    prepared(&folder);
    let whole = folder.bytes("city.kyoten");
    let mut random = fastrand::Rng::with_seed(7);
    let mut refused = 0;
    for number in 0..200 {
        // The first ones into what stands before the arrays.
        let at = if number < 60 { random.usize(..6000) } else { random.usize(..whole.len()) };
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << random.u8(..8);
        folder.put("flipped.kyoten", bytes);
        let run = folder.kyoten(&["run", "city", "--no-map", "--study", "flipped.kyoten", "--out", "flipped"]);
        if run.status == 0 {
            assert_same(&folder, "without", "flipped");
            fs::remove_dir_all(folder.path().join("flipped")).unwrap();
        } else {
            assert_eq!(run.status, 2, "byte {at}: {}", run.stderr);
            assert!(run.stderr.matches("error:").count() == 1, "byte {at}: {}", run.stderr);
            assert!(!folder.path().join("flipped").exists(), "byte {at}");
            refused += 1;
        }
    }
    assert!(refused >= 100, "{refused}");
}

fn in_cache(folder: &Folder, arguments: &[&str]) -> Run {
    let run = folder.kyoten_with(&[&["run"], arguments].concat(), &[("KYOTEN_CACHE", "cache")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run
}

#[test]
fn a_cache_is_filled_found_and_told_apart_by_what_decides() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "without"]);
    let said = in_cache(&folder, &["city", "--out", "first"]).stderr;
    let kept = folder.names("cache");
    assert_eq!(kept.len(), 1, "{kept:?}");
    let file = format!("cache/{}", kept[0]);
    let written = fs::metadata(folder.path().join(&file)).unwrap().modified().unwrap();
    assert_eq!(in_cache(&folder, &["city", "--out", "second"]).stderr, said);
    assert_eq!(folder.names("cache"), kept);
    assert_eq!(fs::metadata(folder.path().join(&file)).unwrap().modified().unwrap(), written, "it was found");
    assert_same(&folder, "without", "first");
    assert_same(&folder, "without", "second");
    in_cache(&folder, &["city", "--set", "station_radius_m=700", "--out", "third"]);
    assert_eq!(folder.names("cache").len(), 2);
    // What looks at the layers again leaves nothing and takes nothing.
    in_cache(&folder, &["city", "--peak-variants", "--out", "fourth"]);
    folder.put("city/A16-20_22_DID.geojson", folder.text("city/A16-20_22_DID.geojson") + "\n");
    in_cache(&folder, &["city", "--out", "fifth"]);
    assert_eq!(folder.names("cache").len(), 3);
}

#[test]
fn a_damaged_file_of_the_cache_is_told_of_and_replaced() {
    let folder = Folder::with_sample();
    in_cache(&folder, &["city", "--out", "without"]);
    let file = format!("cache/{}", folder.names("cache")[0]);
    let whole = folder.bytes(&file);
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let mut early = whole.clone();
    early[70] ^= 4;
    for damaged in [&flipped[..], &early, &whole[..whole.len() / 2], b"", b"another file"] {
        folder.put(&file, damaged);
        let run = in_cache(&folder, &["city", "--quiet", "--out", "with"]);
        if folder.bytes(&file) == damaged {
            // What nobody asked for harms nobody.
            assert_eq!((damaged, run.stderr.as_str()), (&flipped[..], ""));
        } else {
            assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
            assert!(run.stderr.contains("a file of the cache was not used"), "{}", run.stderr);
            assert!(folder.bytes(&file) == whole, "it was replaced");
        }
        assert_same(&folder, "without", "with");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_told_of_and_changes_nothing() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--no-map", "--out", "without"]);
    folder.put("cache", "no folder");
    let run = in_cache(&folder, &["city", "--no-map", "--quiet", "--out", "with"]);
    assert!(run.stderr.contains("could not be left in the cache"), "{}", run.stderr);
    assert_same(&folder, "without", "with");
}

#[test]
fn two_that_fill_the_cache_at_once_do_each_other_no_harm() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--no-map", "--out", "without"]);
    let cache = folder.path().join("cache");
    let start = |out: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kyoten"));
        command.args(["run", "city", "--no-map", "--quiet", "--out", out]);
        command.current_dir(folder.path()).env("KYOTEN_CACHE", &cache).spawn().unwrap()
    };
    for round in 0..3 {
        let names = [0, 1, 2].map(|number| format!("round{round}-{number}"));
        let mut all = names.each_ref().map(|name| start(name));
        assert!(all.iter_mut().all(|one| one.wait().unwrap().success()));
        for name in &names {
            assert_same(&folder, "without", name);
        }
        assert_eq!(folder.names("cache").len(), 1);
        fs::remove_dir_all(&cache).unwrap();
    }
}

#[test]
fn preparing_writes_over_no_input_and_says_what_is_wrong_with_one() {
    let folder = Folder::with_sample();
    for input in ["city/kyoten.toml", "city/parcels.geojson", "city/A16-20_22_DID.geojson"] {
        let before = folder.bytes(input);
        let done = folder.kyoten(&["prepare", "city", "-o", input]);
        assert_eq!(done.status, 2, "{}", done.stderr);
        assert_eq!(folder.bytes(input), before);
    }
    folder.put("city/A16-20_22_DID.geojson", "{");
    let before = folder.contents();
    assert_eq!(folder.kyoten(&["prepare", "city", "-o", "city.kyoten"]).status, 2);
    assert_eq!(folder.contents(), before);
}

/// Killed at any time, it leaves the study of before, or the new one, or none; and what it was writing the next one clears.
#[cfg(unix)]
#[test]
fn preparing_that_is_killed_leaves_nothing_half() {
    let folder = Folder::with_sample();
    prepared(&folder);
    let whole = folder.bytes("city.kyoten");
    for milliseconds in (0..600).step_by(40) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kyoten"));
        command.args(["prepare", "city", "-o", "city.kyoten", "--quiet"]).current_dir(folder.path());
        let mut process = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(folder.bytes("city.kyoten") == whole);
    }
    prepared(&folder);
    let left: Vec<String> = folder.names("").into_iter().filter(|name| name.contains("partial")).collect();
    assert_eq!(left, [""; 0]);
    assert!(folder.bytes("city.kyoten") == whole);
}
