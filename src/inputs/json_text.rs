//! Attributes as the text of a JSON object, for formats whose own attributes are none: written straight from the values,
//! without a tree in between.

use serde::Serialize;

/// Adds a value as JSON text; numbers that JSON has not, as infinity, become null.
pub(super) fn push(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    // Numbers and texts are written to memory without fail.
    let _ = serde_json::to_writer(out, value);
}

/// Adds a text as JSON. Whether its bytes are UTF-8 is seen when the object is [whole](text).
pub(super) fn push_text(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = bytes;
    while let Some(index) = rest.iter().position(|&byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        out.extend(&rest[..index]);
        match rest[index] {
            byte @ (b'"' | b'\\') => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            other => out.extend(format!("\\u{other:04x}").bytes()),
        }
        rest = &rest[index + 1..];
    }
    out.extend(rest);
    out.push(b'"');
}

/// Adds a text that is one.
pub(super) fn push_str(text: &str, out: &mut Vec<u8>) {
    push_text(text.as_bytes(), out);
}

/// What stands before the value of a member: its name, and a comma unless it is the `first`.
#[cfg(any(feature = "geoparquet", feature = "geopackage"))]
pub(super) fn key(name: &str, first: bool) -> Vec<u8> {
    let mut key = if first { Vec::new() } else { vec![b','] };
    push(name, &mut key);
    key.push(b':');
    key
}

/// JSON that was put together here; `None` where a text in it is not UTF-8.
#[cfg(any(feature = "geoparquet", feature = "geopackage"))]
pub(super) fn text(json: &[u8]) -> Option<String> {
    std::str::from_utf8(json).ok().map(str::to_owned)
}

/// A value as an id: a text without its quotes, a number as it is; `None` for null.
#[cfg(any(feature = "geoparquet", feature = "geopackage"))]
pub(super) fn id(json: &[u8]) -> Option<String> {
    match json {
        b"null" => None,
        [b'"', ..] => serde_json::from_slice(json).ok(),
        json => Some(String::from_utf8_lossy(json).into_owned()),
    }
}

#[cfg(all(test, any(feature = "geoparquet", feature = "geopackage")))]
mod tests {
    use super::*;

    #[test]
    fn members_are_joined_and_escaped() {
        let mut json = vec![b'{'];
        for (index, (name, value)) in [("地番", f64::NAN), ("a\"b", 1.5)].iter().enumerate() {
            json.extend(key(name, index == 0));
            push(value, &mut json);
        }
        assert_eq!(text(&json).as_deref(), Some(r#"{"地番":null,"a\"b":1.5"#));
    }

    #[test]
    fn texts_are_what_serde_makes_of_them_and_wrong_bytes_are_seen() {
        for text in ["", "焼津", "a\"b\\c", "\n\r\t\u{1}\u{1f}\u{7f}", "\""] {
            let mut json = Vec::new();
            push_text(text.as_bytes(), &mut json);
            assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
        }
        let mut json = Vec::new();
        push_text(b"\x8f\xc4", &mut json);
        assert_eq!(text(&json), None);
    }

    #[test]
    fn an_id_is_its_value_without_quotes() {
        assert_eq!(id(r#""1-1 \"甲\"""#.as_bytes()).as_deref(), Some("1-1 \"甲\""));
        assert_eq!(id(b"12").as_deref(), Some("12"));
        assert_eq!(id(b"null"), None);
    }
}
