//! `docs/criteria.md` and `docs/ja/criteria.md` are what the code says of the criteria.

use super::pages::is_page;
use kyoten::criteria::{Thresholds, page::page};
use kyoten::text::Lang;

#[test]
fn the_pages_of_the_criteria_are_what_the_code_says() {
    for (name, lang) in [("docs/criteria.md", Lang::En), ("docs/ja/criteria.md", Lang::Ja)] {
        is_page(name, &page(&Thresholds::default(), lang), "criteria_page");
    }
}
