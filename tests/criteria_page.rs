//! `docs/criteria.md` is what the code says of the criteria.

#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

mod support;

use kyoten::criteria::{Thresholds, page::page};

#[test]
fn the_page_of_the_criteria_is_what_the_code_says() {
    support::is_page("docs/criteria.md", &page(&Thresholds::default()), "criteria_page");
}
