//! Pages of the documents that are made of the code.

use std::fs;
use std::path::Path;

/// Holds a page of the documents against what the code makes of it; rewrites it where `KYOTEN_RENEW` is set, else says
/// where it has become stale and which test rewrites it.
pub fn is_page(name: &str, wanted: &str, test: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("KYOTEN_RENEW").is_some() {
        let folder = file.parent().unwrap_or_else(|| panic!("{name} stands in a folder"));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, wanted))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let there = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let stale = there.lines().zip(wanted.lines()).zip(1..).find(|((old, new), _)| old != new).map(|(_, line)| line);
    assert!(
        there == wanted,
        "{name} is stale from line {}; to write it anew: KYOTEN_RENEW=1 cargo test --release --test library {test}",
        stale.unwrap_or(there.lines().count().min(wanted.lines().count()) + 1)
    );
}
