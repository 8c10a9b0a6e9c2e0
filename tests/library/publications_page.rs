//! `docs/publications.md` is what the code says of the publications that it recognises.

use super::pages::is_page;
use kyoten::layers::publications_page;

#[test]
fn the_page_of_publications_is_what_the_code_says() {
    is_page("docs/publications.md", &publications_page(), "publications_page");
}
