//! `docs/criteria.md` is what the code says of the criteria.

use super::pages::is_page;
use kyoten::criteria::{Thresholds, page::page};

#[test]
fn the_page_of_the_criteria_is_what_the_code_says() {
    is_page("docs/criteria.md", &page(&Thresholds::default()), "criteria_page");
}
