//! A walk over JSON text that steps over values without parsing them.
//!
//! Where it steps over a value, it trusts brackets and quotes; what lies between them is checked by whoever
//! parses it.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::number::number;
use crate::geometry::Point;
use crate::text::Text;

/// Why a walk cannot go on, and the byte where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The text ends inside a value.
    Ended,
    /// Something else stands where this is wanted.
    Wanted(&'static Text, usize),
}

/// A byte position in JSON text.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Steps over blanks, and the record separators of RFC 8142; returns the byte after them, without taking it.
    pub(super) fn next(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1e) {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Takes `sign` after blanks, if it stands there.
    pub(super) fn take(&mut self, sign: u8) -> bool {
        let there = self.next() == Some(sign);
        self.at += usize::from(there);
        there
    }

    pub(super) fn expect(&mut self, sign: u8, name: &'static Text) -> Result<(), Fault> {
        if self.take(sign) { Ok(()) } else { Err(self.wanted(name)) }
    }

    /// The fault that something else than `what` stands here.
    pub(super) fn wanted(&mut self, what: &'static Text) -> Fault {
        if self.next().is_none() { Fault::Ended } else { Fault::Wanted(what, self.at) }
    }

    /// Steps to the next member of an object whose brace was taken. `None` at its end, which is taken.
    pub(super) fn member(&mut self, first: bool) -> Result<Option<Range<usize>>, Fault> {
        if self.take(b'}') {
            return if first { Ok(None) } else { Err(self.wanted(words!("「,」か「}」", "a comma or a brace"))) };
        }
        let name = self.string()?;
        self.expect(b':', words!("「:」", "a colon"))?;
        Ok(Some(name))
    }

    /// Takes what follows a member: a comma (`true`) or the brace that ends the object.
    pub(super) fn more_members(&mut self) -> Result<bool, Fault> {
        if self.take(b',') {
            return Ok(true);
        }
        self.expect(b'}', words!("「,」か「}」", "a comma or a closing brace"))?;
        Ok(false)
    }

    /// Steps over any value and returns where it stands.
    pub(super) fn value(&mut self) -> Result<Range<usize>, Fault> {
        let first = self.next().ok_or(Fault::Ended)?;
        let start = self.at;
        match first {
            b'{' => self.skip_between(b'{', b'}')?,
            b'[' => self.skip_between(b'[', b']')?,
            b'"' => {
                self.string()?;
            }
            _ => self.skip_word()?,
        }
        Ok(start..self.at)
    }

    /// Steps over any value that is JSON throughout.
    pub(super) fn checked_value(&mut self) -> Result<Range<usize>, Fault> {
        let range = self.value()?;
        match serde_json::from_slice::<IgnoredAny>(&self.bytes[range.clone()]) {
            Ok(_) => Ok(range),
            Err(_) => Err(Fault::Wanted(words!("JSONの値", "a value of JSON"), range.start)),
        }
    }

    /// The bytes of a range that a step returned.
    pub(super) fn text(&self, range: Range<usize>) -> &'a [u8] {
        &self.bytes[range]
    }

    /// Takes a number.
    pub(super) fn number(&mut self) -> Result<f64, Fault> {
        self.next();
        let (value, length) = number(&self.bytes[self.at..]).ok_or_else(|| self.wanted(words!("数", "a number")))?;
        self.at += length;
        Ok(value)
    }

    /// Takes a position: two numbers; those after them (heights) are passed over.
    pub(super) fn position(&mut self) -> Result<Point, Fault> {
        self.expect(b'[', words!("座標（2つの数の配列）", "a position: a list of two numbers"))?;
        let x = self.number()?;
        self.expect(b',', words!("座標の2つ目の数", "the second number of a position"))?;
        let y = self.number()?;
        while self.take(b',') {
            self.checked_value()?;
        }
        self.expect(b']', words!("座標の終わりの「]」", "the end of a position"))?;
        Ok([x, y])
    }

    /// Takes an array, `each` taking one of its values.
    pub(super) fn list(
        &mut self,
        name: &'static Text,
        mut each: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(b'[', name)?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            each(self)?;
            if !self.take(b',') {
                return self.expect(b']', words!("「,」か「]」", "a comma or a closing bracket"));
            }
        }
    }

    /// Steps over a string and returns what stands between its quotes.
    fn string(&mut self) -> Result<Range<usize>, Fault> {
        self.expect(b'"', words!("引用符で囲んだ名前", "a name in quotes"))?;
        let start = self.at;
        let mut end = start;
        loop {
            // Names are short: no search that is quick on long texts.
            end += self.bytes[end..].iter().position(|&byte| byte == b'"').ok_or(Fault::Ended)?;
            if !self.escaped(end) {
                self.at = end + 1;
                return Ok(start..end);
            }
            end += 1;
        }
    }

    /// A number, `true`, `false` or `null`: everything up to the next sign of structure.
    fn skip_word(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n' | b':' | b'"');
        let length = self.bytes[start..].iter().position(ends).ok_or(Fault::Ended)?;
        if length == 0 {
            return Err(Fault::Wanted(words!("値", "a value"), start));
        }
        self.at += length;
        Ok(())
    }

    /// Steps over an object or an array by counting its brackets outside strings.
    ///
    /// In the attributes of a parcel the next sign is about eleven bytes away, too near for `memchr` (half as fast
    /// here): eight bytes at a time. Where none comes for a while it stands among coordinates, and the next one far off.
    fn skip_between(&mut self, open: u8, close: u8) -> Result<(), Fault> {
        let (mut depth, mut in_string) = (0_usize, false);
        let (mut at, mut without) = (self.at, 0);
        while at < self.bytes.len() {
            let word = self.word(at);
            let mut marks = marks_of(word, b'"') | marks_of(word, open) | marks_of(word, close);
            if marks == 0 {
                at += WORD;
                without += 1;
                if without == FAR && at < self.bytes.len() {
                    without = 0;
                    at += memchr::memchr3(b'"', open, close, &self.bytes[at..]).ok_or(Fault::Ended)?;
                }
                continue;
            }
            without = 0;
            while marks != 0 {
                let sign = at + (marks.trailing_zeros() / 8) as usize;
                marks &= marks - 1;
                match self.bytes.get(sign) {
                    Some(b'"') => in_string = !in_string || self.escaped(sign),
                    Some(&byte) if byte == open && !in_string => depth += 1,
                    Some(&byte) if byte == close && !in_string => {
                        depth -= 1; // the first bracket was the opening one
                        if depth == 0 {
                            self.at = sign + 1;
                            return Ok(());
                        }
                    }
                    _ => {}
                }
            }
            at += WORD;
        }
        Err(Fault::Ended)
    }

    /// The bytes from one on as a number, with zeros after the end of the text.
    fn word(&self, at: usize) -> u64 {
        let rest = &self.bytes[at..];
        u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
            let mut word = [0; WORD];
            word[..rest.len()].copy_from_slice(rest);
            word
        }))
    }

    /// Whether an odd number of backslashes stands before a quote.
    fn escaped(&self, quote: usize) -> bool {
        self.bytes[..quote].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
    }
}

/// So many bytes are looked at together.
const WORD: usize = 8;

/// After so many words without a sign the next one is taken to be far.
const FAR: usize = 4;

/// Sets the highest bit of every byte of `word` that is `sign`, and perhaps of bytes above such a one: the
/// classic test for a zero byte, exact only up to the first.
fn marks_of(word: u64, sign: u8) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let zeroed = word ^ (ONES * u64::from(sign));
    zeroed.wrapping_sub(ONES) & !zeroed & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<&str, Fault> {
        Cursor::new(text.as_bytes()).value().map(|range| &text[range])
    }

    #[test]
    fn values_are_stepped_over_whole() {
        assert_eq!(value(r#" {"a":{"b":"}\"{"},"c":[]} ,"#), Ok(r#"{"a":{"b":"}\"{"},"c":[]}"#));
        assert_eq!(value(r#"[[1,"]"],{}],"#), Ok(r#"[[1,"]"],{}]"#));
        assert_eq!(value(r#""\\"}"#), Ok(r#""\\""#));
        assert_eq!(value("-1.5e3,"), Ok("-1.5e3"));
    }

    #[test]
    fn an_end_is_found_however_far_off_it_is() {
        for digits in 1..100 {
            let text = format!(r#"{{"a":[{}],"b":"}}"}}"#, "1".repeat(digits));
            assert_eq!(value(&(text.clone() + ",{")), Ok(text.as_str()));
            assert_eq!(value(&text[..text.len() - 1]), Err(Fault::Ended), "{digits}");
        }
    }

    #[test]
    fn what_has_no_end_or_no_beginning_is_a_fault() {
        for text in ["{", r#"{"a":"}"#, "[[]", "\"abc\\\"", "12", ""] {
            assert_eq!(value(text), Err(Fault::Ended), "{text}");
        }
        assert_eq!(value(" ]"), Err(Fault::Wanted(words!("値", "a value"), 1)));
    }

    proptest::proptest! {
        #[test]
        fn stepping_over_finds_the_end_that_a_parser_finds(text in "([a-z{}\\[\\]\"\\\\ 焼]{0,40}|[0-9]{0,60}){0,3}", deep in 0_usize..4) {
            let mut json = serde_json::json!({ text.clone(): [text.clone(), text] });
            for _ in 0..deep {
                json = serde_json::json!({ "焼": [json, 1] });
            }
            let json = json.to_string();
            let more = json.clone() + "]}\"";
            proptest::prop_assert_eq!(value(&more), Ok(json.as_str()));
        }
    }
}
