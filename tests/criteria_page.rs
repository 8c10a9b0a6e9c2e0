//! `docs/criteria.md` is what the code says of the criteria.

use std::path::Path;

use kyoten::criteria::{Thresholds, page::page};

/// Rewrites the page where `KYOTEN_RENEW` is set; else says where it has become stale.
#[test]
fn the_page_of_the_criteria_is_what_the_code_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/criteria.md");
    let wanted = page(&Thresholds::default());
    if std::env::var_os("KYOTEN_RENEW").is_some() {
        std::fs::write(&file, &wanted).expect("docs/criteria.md can be written");
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let stale = there.lines().zip(wanted.lines()).zip(1..).find(|((old, new), _)| old != new).map(|(_, line)| line);
    assert!(
        there == wanted,
        "docs/criteria.md is stale from line {}; to write it anew: KYOTEN_RENEW=1 cargo test --release --test criteria_page",
        stale.unwrap_or(there.lines().count().min(wanted.lines().count()) + 1)
    );
}
