//! The page with the data of a run in it.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tiles::gzip;

/// The page as it is built, with a place for data.
const BUILT: &str = include_str!("page.html");

/// Where the data go.
const MARKER: &str = "<!--kyoten:data-->";

/// So many bytes are put into base64 at a time; a multiple of 3, so that no padding stands between.
const AT_ONCE: usize = 3 << 18;

/// Data under a name, as they stand in the page. They are put into base64 as they go out, so that large ones are in memory once.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    name: &'static str,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Part<'a> {
    /// Data that are packed first.
    pub(super) fn packed(name: &'static str, bytes: &[u8]) -> Self {
        Self { name, bytes: gzip(bytes).into() }
    }

    /// Data as they are.
    pub(super) fn plain(name: &'static str, bytes: &'a [u8]) -> Self {
        Self { name, bytes: bytes.into() }
    }

    /// How many bytes of a page it takes.
    fn length(&self) -> usize {
        head(self.name).len() + self.bytes.len().div_ceil(3) * 4 + TAIL.len()
    }

    fn write<E>(&self, out: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        out(head(self.name).as_bytes())?;
        for bytes in self.bytes.chunks(AT_ONCE) {
            out(STANDARD.encode(bytes).as_bytes())?;
        }
        out(TAIL.as_bytes())
    }
}

/// How long the page with these data is, bytes.
pub(super) fn length(parts: &[Part<'_>]) -> usize {
    BUILT.len() - MARKER.len() + parts.iter().map(Part::length).sum::<usize>()
}

/// Gives out the page with these data, piece by piece.
///
/// # Errors
/// Those of `out`.
pub(super) fn write<E>(parts: &[Part<'_>], mut out: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    let (before, after) = BUILT.split_once(MARKER).unwrap_or((BUILT, ""));
    out(before.as_bytes())?;
    parts.iter().try_for_each(|part| part.write(&mut out))?;
    out(after.as_bytes())
}

/// A page of a run with these parts before all others, in the order of `names`: each takes the place of one of its name, and those of
/// other names that the page has stay. `None` of what is no page of a run.
pub(super) fn with_parts(page: &str, names: &[&'static str], parts: &[Part<'_>]) -> Option<String> {
    let mut rest = page.to_owned();
    let mut all = String::new();
    for &name in names {
        let had = taken_out(&mut rest, name);
        let given = parts.iter().find(|part| part.name == name).map(|part| STANDARD.encode(&part.bytes));
        if let Some(base64) = given.or(had) {
            all.extend([&head(name), &base64, TAIL]);
        }
    }
    let at = rest.find(&head(FIRST))?;
    rest.insert_str(at, &all);
    Some(rest)
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

    fn page(parts: &[Part<'_>]) -> String {
        let mut page = Vec::new();
        let written: Result<(), ()> = write(parts, |bytes| {
            page.extend_from_slice(bytes);
            Ok(())
        });
        assert_eq!(written, Ok(()));
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn the_length_is_told_before_the_page_is_written() {
        let large = vec![7; AT_ONCE + 2];
        for parts in [vec![], vec![Part::plain("a", b"")], vec![Part::plain("a", &large), Part::packed("b", &large)]] {
            assert_eq!(page(&parts).len(), length(&parts));
        }
        assert!(page(&[Part::plain("a", &large)]).contains(&STANDARD.encode(&large)));
    }

    #[test]
    fn parts_that_are_added_stand_in_one_order_whichever_came_first() {
        let names = ["a", "b"];
        let part = |name: &'static str, data: &'static str| Part::plain(name, data.as_bytes());
        let run = page(&[part("facts", "1"), part("columns", "2")]);
        let add = |to: &str, one: Part<'_>| with_parts(to, &names, &[one]).unwrap();
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
