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

    fn push_to(&self, page: &mut String) {
        page.push_str(&head(self.name));
        page.push_str(&self.base64);
        page.push_str(TAIL);
    }
}

/// The page with these data.
pub(super) fn page(parts: &[Part]) -> String {
    let (before, after) = BUILT.split_once(MARKER).unwrap_or((BUILT, ""));
    let length: usize = parts.iter().map(|part| part.base64.len() + 80).sum();
    let mut page = String::with_capacity(BUILT.len() + length);
    page.push_str(before);
    for part in parts {
        part.push_to(&mut page);
    }
    page.push_str(after);
    page
}

/// A page of a run with these parts before all others, in the order of `names`: each takes the place of one of its name, and those of
/// other names that the page has stay. `None` of what is no page of a run.
pub(super) fn with_parts(page: &str, names: &[&'static str], parts: &[Part]) -> Option<String> {
    let mut rest = page.to_owned();
    let mut all: Vec<Part> = Vec::new();
    for &name in names {
        let had = taken_out(&mut rest, name);
        let given = parts.iter().find(|part| part.name == name).cloned();
        all.extend(given.or(had.map(|base64| Part { name, base64 })));
    }
    let at = rest.find(&head(FIRST))?;
    let mut whole = rest[..at].to_owned();
    for part in &all {
        part.push_to(&mut whole);
    }
    whole.push_str(&rest[at..]);
    Some(whole)
}

/// The part that the page of every run begins with.
const FIRST: &str = "facts";

/// What stands before the data of a part.
fn head(name: &str) -> String {
    format!("\n<script type=\"text/plain\" id=\"kyoten-{name}\">")
}

/// What stands behind them.
const TAIL: &str = "</script>";

/// Takes a part out of a page; gives its data.
fn taken_out(page: &mut String, name: &str) -> Option<String> {
    let head = head(name);
    let at = page.find(&head)?;
    let data = at + head.len();
    let end = data + page[data..].find(TAIL)?;
    let base64 = page[data..end].to_owned();
    page.replace_range(at..end + TAIL.len(), "");
    Some(base64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_added_stand_in_one_order_whichever_came_first() {
        let names = ["a", "b"];
        let part = |name: &'static str, data: &str| Part::plain(name, data.as_bytes());
        let run = page(&[part("facts", "1"), part("columns", "2")]);
        let add = |to: &str, one: Part| with_parts(to, &names, &[one]).unwrap();
        let [one, other] =
            [("a", "b"), ("b", "a")].map(|(first, then)| add(&add(&run, part(first, "x")), part(then, "x")));
        assert_eq!(one, other);
        assert_eq!(add(&add(&one, part("a", "old")), part("a", "x")), one);
        assert!(one.contains("id=\"kyoten-columns\">Mg==</script>") && one.len() > run.len());
        assert_eq!(with_parts(BUILT, &names, &[part("a", "x")]), None);
    }

    #[test]
    fn the_built_page_has_one_place_for_data() {
        assert_eq!(BUILT.matches(MARKER).count(), 1);
    }
}
