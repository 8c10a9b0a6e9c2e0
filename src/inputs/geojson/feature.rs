//! One feature's text taken apart into its members, each still text.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::cursor::{Cursor, Fault};
use crate::text::Text;

/// What is wrong with a feature, and the byte of the text where.
#[derive(Debug, PartialEq)]
pub(super) struct FeatureFault {
    pub(super) at: usize,
    pub(super) problem: Text,
}

impl FeatureFault {
    pub(super) fn new(at: usize, problem: Text) -> Self {
        Self { at, problem }
    }

    /// A fault that a parser found in the part of the text that begins at `start`.
    pub(super) fn within(text: &str, start: usize, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let lines = text[start..].split_inclusive('\n').take(line.saturating_sub(1));
        let at = (start + lines.map(str::len).sum::<usize>() + column.saturating_sub(1)).min(text.len());
        let text = error.to_string();
        let en = text.find(" at line ").map_or(text.as_str(), |end| &text[..end]).to_owned();
        let ja = match error.classify() {
            Category::Eof => "JSONが途中で終わっています",
            Category::Data => "値の種類が違います",
            Category::Syntax | Category::Io => "JSONの書き方に誤りがあります",
        };
        Self::new(at, Text { ja: ja.into(), en: en.into() })
    }
}

impl From<Fault> for FeatureFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Ended => Self::new(usize::MAX, Text::new("終わりがありません", "it has no end")),
            Fault::Wanted(what, at) => Self::new(at, missing(what)),
        }
    }
}

/// What is said where something else stands than what is wanted.
pub(super) fn missing(what: &Text) -> Text {
    text!("{what}が必要です", "there should be {what} here", what = what.clone())
}

/// A part of the text with the byte where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Part<'_> {
    pub(super) fn is_null(self) -> bool {
        self.text == "null"
    }
}

/// A feature's members; absent ones and, but for the id, `null` ones are `None`. What a geometry is read as
/// is for the reader to say.
#[derive(Debug)]
pub(super) struct FeatureText<'a, G> {
    pub(super) id: Option<Part<'a>>,
    pub(super) properties: Option<Part<'a>>,
    pub(super) geometry: Option<(Part<'a>, G)>,
    /// A system that it names itself.
    pub(super) crs: Option<Part<'a>>,
}

impl<'a, G> FeatureText<'a, G> {
    /// Takes the next feature of `text`, stepping over a comma before it, and its geometry with
    /// `take_geometry`, which must go to the geometry's end. A bare geometry becomes a feature.
    pub(super) fn take(
        text: &'a str,
        cursor: &mut Cursor<'_>,
        mut take_geometry: impl FnMut(&mut Cursor<'_>) -> Result<G, Fault>,
    ) -> Result<Self, FeatureFault> {
        cursor.take(b',');
        cursor.next();
        let start = cursor.at;
        cursor.expect(b'{', words!("「{」で始まる地物", "a feature in braces"))?;
        let mut members = Self { id: None, properties: None, geometry: None, crs: None };
        let mut kind = None;
        let mut geometry_stands = false;
        let mut first = true;
        while let Some(name) = cursor.member(first)? {
            first = false;
            let part = |range: Range<usize>| Part { text: &text[range.clone()], at: range.start };
            let twice = match &text[name.clone()] {
                "type" => kind.replace(part(cursor.value()?)).is_some(),
                "id" => members.id.replace(part(cursor.value()?)).is_some(),
                "properties" => members.properties.replace(part(cursor.value()?)).is_some(),
                "geometry" => {
                    if cursor.next() == Some(b'{') {
                        let start = cursor.at;
                        let geometry = take_geometry(cursor)?;
                        members.geometry = Some((part(start..cursor.at), geometry));
                    } else if !part(cursor.value()?).is_null() {
                        let problem = Text::new(
                            "`geometry` がオブジェクトでも null でもありません",
                            "its geometry is neither an object nor null",
                        );
                        return Err(FeatureFault::new(name.start, problem));
                    }
                    std::mem::replace(&mut geometry_stands, true)
                }
                "crs" => members.crs.replace(part(cursor.checked_value()?)).is_some(),
                _ => {
                    cursor.checked_value()?; // nothing that is not JSON passes unseen
                    false
                }
            };
            if twice {
                let (at, name) = (name.start, &text[name]);
                let problem = text!("メンバー「{name}」が2度書かれています", "the member “{name}” stands twice");
                return Err(FeatureFault::new(at, problem));
            }
            if !cursor.more_members()? {
                break;
            }
        }
        match kind.map(|kind| kind.text) {
            Some("\"Feature\"") => {
                members.properties = members.properties.filter(|part| !part.is_null());
                Ok(members)
            }
            Some(_) if !geometry_stands => {
                cursor.at = start;
                let geometry = take_geometry(cursor)?;
                let part = Part { text: &text[start..cursor.at], at: start };
                Ok(Self { id: None, properties: None, geometry: Some((part, geometry)), crs: None })
            }
            _ => {
                let problem = Text::new("`type` が「Feature」ではありません", "its `type` is not “Feature”");
                Err(FeatureFault::new(start, problem))
            }
        }
    }
}

/// Parses a part of the text.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &str, part: Part<'a>) -> Result<T, FeatureFault> {
    serde_json::from_str(part.text).map_err(|error| FeatureFault::within(text, part.at, &error))
}

/// The text of an id: that of a string without its quotes, a number as it is written; none for the rest.
pub(super) fn id_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => {
            let plain = &raw.get()[1..raw.get().len() - 1];
            if plain.contains('\\') {
                serde_json::from_str(raw.get()).ok().map(Cow::Owned)
            } else {
                Some(Cow::Borrowed(plain))
            }
        }
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str) -> Result<FeatureText<'_, Range<usize>>, FeatureFault> {
        FeatureText::take(text, &mut Cursor::new(text.as_bytes()), |cursor: &mut Cursor<'_>| cursor.value())
    }

    #[test]
    fn members_are_found_in_any_order() {
        let text = r#",{"id":7,"x":[{}],"geometry":{"a":1},"properties":null,"type":"Feature"}"#;
        let feature = take(text).unwrap();
        assert_eq!(feature.geometry.unwrap().0.text, r#"{"a":1}"#);
        assert!(feature.properties.is_none());
        assert_eq!(feature.id.unwrap().at, 7);
    }

    #[test]
    fn a_bare_geometry_is_its_own_feature() {
        let text = r#"{"type":"Point","coordinates":[1,2]}"#;
        assert_eq!(take(text).unwrap().geometry.unwrap().0.text, text);
    }

    #[test]
    fn what_is_no_feature_is_refused() {
        for text in [
            r#"{"type":"Feature","type":"Feature"}"#,
            r#"{"properties":{}}"#,
            r#"{"type":"Feature","x":[1,]}"#,
            r#"{"type":"Feature",}"#,
            r#"{"type" "Feature"}"#,
            "7",
        ] {
            assert!(take(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ids_are_text_as_the_file_writes_them() {
        let id = |json: &str| id_text(&RawValue::from_string(json.to_owned()).unwrap()).map(Cow::into_owned);
        assert_eq!(id("\"1-2\"").as_deref(), Some("1-2"));
        assert_eq!(id(r#""a\"b""#).as_deref(), Some("a\"b"));
        assert_eq!(id("1.50").as_deref(), Some("1.50"));
        assert_eq!(id("null"), None);
    }
}
