//! XML for the formats that are made of it: one tag after the other, with limits that no such file reaches.
//!
//! Names are compared without their prefix: files bind the prefixes as they like, and no format here uses one name
//! with two meanings.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::text::Text;

/// How deep elements may lie within each other.
const MAX_DEPTH: usize = 64;

/// How long the text of one element may be.
const MAX_TEXT: usize = 1 << 20;

/// What is wrong with the text, and the byte where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct XmlFault {
    pub(super) at: usize,
    pub(super) problem: Text,
}

/// A tag.
pub(super) enum Tag<'t> {
    /// An element begins; `Xml::depth` counts it already.
    Open(Element<'t>),
    /// An element ends; `Xml::depth` still counts it.
    Close(Ending<'t>),
    /// The text is over.
    End,
}

/// The beginning of an element.
pub(super) struct Element<'t>(BytesStart<'t>);

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, whatever prefix its name has.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found =
            self.0.attributes().with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name);
        found.and_then(|attribute| unescape(&attribute.value).ok().map(Cow::into_owned))
    }
}

/// The end of an element.
pub(super) struct Ending<'t>(BytesEnd<'t>);

impl Ending<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The prefix, empty where there is none, and the name.
    pub(super) fn qualified(&self) -> (&str, &str) {
        self.0.name().into_inner().split_once(':').unwrap_or(("", self.name()))
    }
}

/// Steps through a text.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    /// What stands between the last tag and the one before it.
    text: String,
    depth: usize,
    closing: bool,
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text: String::new(), depth: 0, closing: false }
    }

    /// The next tag.
    pub(super) fn next(&mut self) -> Result<Tag<'t>, XmlFault> {
        self.text.clear();
        self.depth -= usize::from(std::mem::take(&mut self.closing));
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.fault(problem(&error)))? {
                Event::Start(_) if self.depth == MAX_DEPTH => {
                    return Err(self.fault(text!(
                        "要素の入れ子が{MAX_DEPTH}段を超えています",
                        "more than {MAX_DEPTH} elements lie within each other"
                    )));
                }
                Event::Start(start) => {
                    self.depth += 1;
                    return Ok(Tag::Open(Element(start)));
                }
                Event::End(end) => {
                    self.closing = true;
                    return Ok(Tag::Close(Ending(end)));
                }
                Event::Text(text) => self.push(&text)?,
                Event::CData(text) => self.push(&text)?,
                Event::GeneralRef(reference) => {
                    let sign = reference.resolve_char_ref().map_err(|error| self.fault(problem(&error)))?;
                    let mut buffer = [0; 4];
                    let known = sign.map(|sign| &*sign.encode_utf8(&mut buffer));
                    let known = known.or_else(|| resolve_predefined_entity(&reference));
                    let text = known.ok_or_else(|| self.unknown_entity(&reference))?;
                    self.push(text)?;
                }
                // A document type could name other files, and entities that grow without end.
                Event::DocType(_) => {
                    return Err(self.fault(Text::new(
                        "文書型宣言（DTD）があり、読めません",
                        "it has a document type (DTD), which is not read",
                    )));
                }
                Event::Eof if self.depth > 0 => {
                    let depth = self.depth;
                    return Err(self.fault(text!(
                        "要素が{depth}個閉じられないまま終わっています",
                        "it ends inside {depth} elements that are not closed"
                    )));
                }
                Event::Eof => return Ok(Tag::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The text between the last tag and the one before it, without blanks around it: at the end of an element that
    /// holds no others, its text.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// A fault at the last tag.
    pub(super) fn fault(&self, problem: Text) -> XmlFault {
        let at = self.reader.buffer_position().max(self.reader.error_position());
        XmlFault { at: usize::try_from(at).unwrap_or(usize::MAX), problem }
    }

    fn unknown_entity(&self, name: &str) -> XmlFault {
        self.fault(text!("実体参照「&{name};」は知られていません", "the entity &{name}; is not known"))
    }

    fn push(&mut self, text: &str) -> Result<(), XmlFault> {
        if self.text.len() + text.len() > MAX_TEXT {
            let problem = Text::new("要素の文字が1 MiBを超えています", "the text of an element is longer than 1 MiB");
            return Err(self.fault(problem));
        }
        self.text.push_str(text);
        Ok(())
    }
}

/// What is wrong, without the crate's word for the kind of error.
fn problem(error: &quick_xml::Error) -> Text {
    let text = error.to_string();
    let kinds = ["syntax error: ", "ill-formed document: "];
    let en = kinds.iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(&text).to_owned();
    let ja = match error {
        quick_xml::Error::Syntax(_) => "タグやコメントが閉じられていません".to_owned(),
        quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("「</{expected}>」があるはずのところに「</{found}>」があります")
        }
        quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("「</{name}>」に対応する始まりのタグがありません")
        }
        quick_xml::Error::Escape(_) => "文字参照「&…;」の書き方に誤りがあります".to_owned(),
        quick_xml::Error::Encoding(_) => "文字コードが合いません".to_owned(),
        _ => "XMLの書き方に誤りがあります".to_owned(),
    };
    Text { ja: ja.into(), en: en.into() }
}

/// The text of the first element of the outermost level, as far as its name goes: what a file is.
pub(super) fn root(bytes: &[u8]) -> Option<&[u8]> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rest = &text[..text.len().min(4096)];
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', ..] => return Some(rest),
            _ => return None,
        };
        rest = &rest[memchr::memmem::find(rest, end)? + end.len()..];
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn walk(text: &str) -> Result<String, XmlFault> {
        let mut xml = Xml::new(text);
        let mut seen = String::new();
        loop {
            match xml.next()? {
                Tag::Open(element) => {
                    let id = element.attribute("id").map(|id| format!("#{id}")).unwrap_or_default();
                    write!(seen, "{}{}{id}(", element.name(), xml.depth()).unwrap();
                }
                Tag::Close(_) => write!(seen, "{}){}", xml.text(), xml.depth()).unwrap(),
                Tag::End => return Ok(seen),
            }
        }
    }

    #[test]
    fn tags_come_with_their_texts_and_depths() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<!-- - --><a x:id=\"1 &amp; 2\"> <p:b/>\n<c> x &lt;&#x79;<![CDATA[<z>]]> </c></a>\n";
        assert_eq!(walk(text).unwrap(), "a1#1 & 2(b2()2c2(x <y<z>)2)1");
    }

    #[test]
    fn what_is_no_xml_or_grows_without_end_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        let deep = "<a>".repeat(65) + &"</a>".repeat(65);
        let long = format!("<a>{}</a>", "x".repeat((1 << 20) + 1));
        for text in ["<a>", "<a></b>", "<a", "<a>&b;</a>", "<a>&#0;</a>", "</a>", bomb, &deep, &long] {
            assert!(walk(text).is_err(), "{text:.60}");
        }
        assert!(walk(&("<a>".repeat(64) + &"</a>".repeat(64))).is_ok());
        assert!(walk("<a>\n\n</b>").unwrap_err().at > 4);
    }

    #[test]
    fn the_root_is_found_behind_what_may_stand_before_it() {
        let root = |text: &'static str| root(text.as_bytes()).map(|root| std::str::from_utf8(root).unwrap());
        assert_eq!(root("\u{feff}<?xml ?>\n<!-- <b> -->\n<地図 x>"), Some("<地図 x>"));
        assert_eq!(root("{\"a\": 1}"), None);
        assert_eq!(root("<?xml"), None);
    }
}
