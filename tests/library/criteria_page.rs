//! `docs/criteria.md`, `docs/criteria/*.md` and their Japanese are what the rule sets say of the criteria.

use super::pages::is_page;
use kyoten::criteria::{page::page, shipped};
use kyoten::text::Lang;

#[test]
fn the_pages_of_the_criteria_are_what_the_rule_sets_say() {
    for (index, set) in shipped().into_iter().enumerate() {
        // The page of the default has been where it is all along.
        let file = if index == 0 { "criteria.md".to_owned() } else { format!("criteria/{}.md", set.id) };
        for (folder, lang) in [("docs", Lang::En), ("docs/ja", Lang::Ja)] {
            is_page(&format!("{folder}/{file}"), &page(set, &file, lang), "criteria_page");
        }
    }
}
