//! Attributes as the text of a JSON object, for formats whose own attributes are none.

use serde::Serialize;

/// Adds a value as JSON text; numbers that JSON has not, as infinity, become null.
pub(super) fn push(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    // Numbers and texts are written to memory without fail.
    let _ = serde_json::to_writer(out, value);
}

/// What stands before the value of a member: its name, and a comma unless it is the `first`.
pub(super) fn key(name: &str, first: bool) -> Vec<u8> {
    let mut key = if first { Vec::new() } else { vec![b','] };
    push(name, &mut key);
    key.push(b':');
    key
}

/// JSON that was put together from [`push`] and [`key`].
pub(super) fn text(json: Vec<u8>) -> String {
    String::from_utf8(json).expect("JSON that is made of numbers and texts is UTF-8")
}

/// A value as an id: a text without its quotes, a number as it is; `None` for null.
pub(super) fn id(json: &[u8]) -> Option<String> {
    match json {
        b"null" => None,
        [b'"', ..] => serde_json::from_slice(json).ok(),
        json => Some(String::from_utf8_lossy(json).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_joined_and_escaped() {
        let mut json = vec![b'{'];
        for (place, (name, value)) in [("地番", f64::NAN), ("a\"b", 1.5)].iter().enumerate() {
            json.extend(key(name, place == 0));
            push(value, &mut json);
        }
        assert_eq!(text(json), r#"{"地番":null,"a\"b":1.5"#);
    }

    #[test]
    fn an_id_is_its_value_without_quotes() {
        assert_eq!(id(r#""1-1 \"甲\"""#.as_bytes()).as_deref(), Some("1-1 \"甲\""));
        assert_eq!(id(b"12").as_deref(), Some("12"));
        assert_eq!(id(b"null"), None);
    }
}
