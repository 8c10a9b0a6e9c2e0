//! The page with the data of a run in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tiles::gzip;

/// The page as it is built, with a place for data.
const BUILT: &str = include_str!("page.html");

/// Where the data go.
const MARKER: &str = "<!--kyoten:data-->";

/// Data under a name, as they stand in the page.
#[derive(Debug, Clone)]
pub(super) struct Part {
    name: &'static str,
    base64: String,
}

impl Part {
    /// Data that are packed first.
    pub(super) fn packed(name: &'static str, bytes: &[u8]) -> Self {
        Self::plain(name, &gzip(bytes))
    }

    /// Data as they are.
    pub(super) fn plain(name: &'static str, bytes: &[u8]) -> Self {
        Self { name, base64: STANDARD.encode(bytes) }
    }
}

/// The page with these data.
pub(super) fn page(parts: &[Part]) -> String {
    let (before, after) = BUILT.split_once(MARKER).unwrap_or((BUILT, ""));
    let length: usize = parts.iter().map(|part| part.base64.len() + 80).sum();
    let mut page = String::with_capacity(BUILT.len() + length);
    page.push_str(before);
    for Part { name, base64 } in parts {
        page.push_str("\n<script type=\"text/plain\" id=\"kyoten-");
        page.push_str(name);
        page.push_str("\">");
        page.push_str(base64);
        page.push_str("</script>");
    }
    page.push_str(after);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_page_has_one_place_for_data() {
        assert_eq!(BUILT.matches(MARKER).count(), 1);
    }
}
