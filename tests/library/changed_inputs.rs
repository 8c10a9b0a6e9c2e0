//! An input that is written to while it is read: the run is refused, since its record would tell of another file than was
//! measured.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use kyoten::pipeline::{self, Options, Progress};
use kyoten::project::Project;
use kyoten::text::Text;

use crate::support::Folder;

/// Does something to a file when a stage begins.
struct Meddler<'a> {
    stage: &'a str,
    file: PathBuf,
    meddle: fn(&Path),
}

impl Progress for Meddler<'_> {
    fn stage(&self, name: &Text) {
        if name.en == self.stage {
            (self.meddle)(&self.file);
        }
    }

    fn parcels(&self, _done: u64, _of: u64) {}
}

fn run(city: &Path, progress: &dyn Progress) -> Result<(), String> {
    let project = Project::open(city).unwrap();
    let options = Options { out: Some(city.join("out")), ..Options::default() };
    pipeline::run(&project, &options, progress).map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_file_that_changes_under_the_run_is_found_and_nothing_is_left() {
    let longer = |path: &Path| {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(b" ").unwrap();
    };
    let same_length = |path: &Path| {
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(b"?").unwrap();
    };
    let replaced = |path: &Path| {
        let beside = path.with_extension("new");
        fs::copy(path, &beside).unwrap();
        fs::rename(beside, path).unwrap();
    };
    let shorter = |path: &Path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(10).unwrap();
    let gone = |path: &Path| fs::remove_file(path).unwrap();
    let ways: [fn(&Path); 5] = [longer, same_length, replaced, shorter, gone];
    for (file, stage) in [
        ("A16-20_22_DID.geojson", "zones"),
        ("facilities.csv", "measure"),
        ("kakuu_bus_gtfs_jp.zip", "write"),
        ("N03-23_22.geojson", "prepare"),
    ] {
        for meddle in ways {
            let folder = Folder::with_sample();
            let city = folder.path().join("city");
            let error = run(&city, &Meddler { stage, file: city.join(file), meddle }).unwrap_err();
            assert!(error.contains("changed while it was read") && error.contains(file), "{file}: {error}");
            assert!(!city.join("out/run.json").exists(), "{file}");
        }
    }
}

#[test]
fn a_file_that_is_only_read_is_no_matter() {
    let folder = Folder::with_sample();
    let city = folder.path().join("city");
    let read = |path: &Path| drop(fs::read(path).unwrap());
    run(&city, &Meddler { stage: "write", file: city.join("facilities.csv"), meddle: read }).unwrap();
}

#[test]
fn a_large_file_that_is_cut_while_its_parcels_are_read_does_not_end_the_process() {
    let folder = Folder::with_sample();
    let city = folder.path().join("city");
    let parcels = city.join("parcels.geojson");
    // Blanks between features are no part of any of them, and make a file of which most is read late.
    let text = fs::read_to_string(&parcels).unwrap().replace("},\n", &format!("}},\n{}", " ".repeat(20_000)));
    assert!(text.len() > 5 << 20);
    fs::write(&parcels, text).unwrap();
    let cut = |path: &Path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(100).unwrap();
    for stage in ["prepare", "measure", "zones"] {
        let whole = fs::read(&parcels).unwrap();
        let error = run(&city, &Meddler { stage, file: parcels.clone(), meddle: cut }).unwrap_err();
        assert!(error.contains("changed while it was read") && error.contains("parcels.geojson"), "{stage}: {error}");
        assert!(!city.join("out/run.json").exists(), "{stage}");
        fs::write(&parcels, whole).unwrap();
    }
}
