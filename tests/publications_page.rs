//! `docs/publications.md` is what the code says of the publications that it recognises.

#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

mod support;

use kyoten::layers::publications_page;

#[test]
fn the_page_of_publications_is_what_the_code_says() {
    support::is_page("docs/publications.md", &publications_page(), "publications_page");
}
