//! The sample city in `data/sample/` is the one that `kyoten demo` writes today.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use kyoten::demo::{DemoOptions, write_city};

/// The sample's size and seed, as `data/README.md` says.
const SAMPLE: DemoOptions = DemoOptions { parcels: 300, seed: 1 };

const RENEW: &str = "KYOTEN_RENEW=1 cargo test --release --test library sample";

fn contents(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok((name, fs::read(path)?))
        })
        .collect()
}

#[test]
fn the_sample_city_is_what_the_demo_writes() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    if std::env::var_os("KYOTEN_RENEW").is_some() {
        fs::remove_dir_all(&sample).ok();
        write_city(&sample, &SAMPLE).unwrap();
    }
    let fresh = tempfile::tempdir().unwrap();
    write_city(fresh.path(), &SAMPLE).unwrap();
    let (kept, fresh) = (contents(&sample).unwrap_or_default(), contents(fresh.path()).unwrap());
    let stale: BTreeSet<_> =
        fresh.keys().chain(kept.keys()).filter(|&name| kept.get(name) != fresh.get(name)).collect();
    assert!(stale.is_empty(), "data/sample is stale: {stale:?}; renew it with: {RENEW}");
    let size: usize = kept.values().map(Vec::len).sum();
    assert!(size < 1_000_000, "the sample takes {size} bytes, too much for a repository");
}
