//! A walk over JSON text that steps over values without parsing them.
//!
//! Where it steps over a value, it trusts brackets and quotes; what lies between them is checked by whoever
//! parses it.

use std::ops::Range;

use memchr::memchr3_iter;
use serde::de::IgnoredAny;

use super::number::number;
use crate::geometry::Point;

/// Why a walk cannot go on, and the byte where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The text ends inside a value.
    Ended,
    /// Something else stands where this is wanted.
    Wanted(&'static str, usize),
}

/// A place in JSON text.
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

    pub(super) fn expect(&mut self, sign: u8, name: &'static str) -> Result<(), Fault> {
        if self.take(sign) { Ok(()) } else { Err(self.wanted(name)) }
    }

    /// The fault that something else than `what` stands here.
    pub(super) fn wanted(&mut self, what: &'static str) -> Fault {
        if self.next().is_none() { Fault::Ended } else { Fault::Wanted(what, self.at) }
    }

    /// Steps to the next member of an object whose brace was taken. `None` at its end, which is taken.
    pub(super) fn member(&mut self, first: bool) -> Result<Option<Range<usize>>, Fault> {
        if self.take(b'}') {
            return if first { Ok(None) } else { Err(self.wanted("a comma or a brace")) };
        }
        let name = self.string()?;
        self.expect(b':', "a colon")?;
        Ok(Some(name))
    }

    /// Takes what follows a member: a comma (`true`) or the brace that ends the object.
    pub(super) fn more_members(&mut self) -> Result<bool, Fault> {
        if self.take(b',') {
            return Ok(true);
        }
        self.expect(b'}', "a comma or a closing brace")?;
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
            Err(_) => Err(Fault::Wanted("a value of JSON", range.start)),
        }
    }

    /// The bytes of a range that a step returned.
    pub(super) fn text(&self, range: Range<usize>) -> &'a [u8] {
        &self.bytes[range]
    }

    /// Takes a number.
    pub(super) fn number(&mut self) -> Result<f64, Fault> {
        self.next();
        let (value, length) = number(&self.bytes[self.at..]).ok_or_else(|| self.wanted("a number"))?;
        self.at += length;
        Ok(value)
    }

    /// Takes a position: two numbers; those after them (heights) are passed over.
    pub(super) fn position(&mut self) -> Result<Point, Fault> {
        self.expect(b'[', "a position: a list of two numbers")?;
        let x = self.number()?;
        self.expect(b',', "the second number of a position")?;
        let y = self.number()?;
        while self.take(b',') {
            self.checked_value()?;
        }
        self.expect(b']', "the end of a position")?;
        Ok([x, y])
    }

    /// Takes an array, `each` taking one of its values.
    pub(super) fn list(
        &mut self,
        name: &'static str,
        mut each: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(b'[', name)?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            each(self)?;
            if !self.take(b',') {
                return self.expect(b']', "a comma or a closing bracket");
            }
        }
    }

    /// Steps over a string and returns what stands between its quotes.
    fn string(&mut self) -> Result<Range<usize>, Fault> {
        self.expect(b'"', "a name in quotes")?;
        let start = self.at;
        for place in memchr::memchr_iter(b'"', &self.bytes[start..]) {
            if !self.escaped(start + place) {
                self.at = start + place + 1;
                return Ok(start..start + place);
            }
        }
        Err(Fault::Ended)
    }

    /// A number, `true`, `false` or `null`: everything up to the next sign of structure.
    fn skip_word(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n' | b':' | b'"');
        let length = self.bytes[start..].iter().position(ends).ok_or(Fault::Ended)?;
        if length == 0 {
            return Err(Fault::Wanted("a value", start));
        }
        self.at += length;
        Ok(())
    }

    /// Steps over an object or an array by counting its brackets outside strings.
    fn skip_between(&mut self, open: u8, close: u8) -> Result<(), Fault> {
        let start = self.at;
        let mut depth = 0_usize;
        let mut in_string = false;
        for place in memchr3_iter(b'"', open, close, &self.bytes[start..]) {
            let byte = self.bytes[start + place];
            if byte == b'"' {
                in_string = !in_string || self.escaped(start + place);
            } else if in_string {
            } else if byte == open {
                depth += 1;
            } else {
                depth -= 1; // the first one found was the opening bracket
                if depth == 0 {
                    self.at = start + place + 1;
                    return Ok(());
                }
            }
        }
        Err(Fault::Ended)
    }

    /// Whether an odd number of backslashes stands before a quote.
    fn escaped(&self, quote: usize) -> bool {
        self.bytes[..quote].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
    }
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
    fn what_has_no_end_or_no_beginning_is_a_fault() {
        for text in ["{", r#"{"a":"}"#, "[[]", "\"abc\\\"", "12", ""] {
            assert_eq!(value(text), Err(Fault::Ended), "{text}");
        }
        assert_eq!(value(" ]"), Err(Fault::Wanted("a value", 1)));
    }
}
