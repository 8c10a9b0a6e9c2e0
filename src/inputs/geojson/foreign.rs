//! Words that programs write into JSON and that JSON does not have: NaN, Infinity, None.

use crate::text::Text;

const WORDS: &[&str] = &["nan", "infinity", "inf", "none", "undefined", "true", "false", "null"];

/// What is said of such a word at a byte of a text, or just before it; `None` where there is none.
pub(super) fn word_at(text: &[u8], at: usize) -> Option<Text> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'_' | b'.');
    let at = at.min(text.len());
    // A parser names the sign that it cannot use, or the one after.
    (at.saturating_sub(1)..=at).rev().find_map(|at| {
        let start = at - text[..at].iter().rev().take_while(|&&byte| is_part(byte)).count();
        let end = at + text[at..].iter().take_while(|&&byte| is_part(byte)).count();
        let word = std::str::from_utf8(&text[start..end]).ok()?;
        let plain = word.trim_start_matches(['-', '+']).to_ascii_lowercase();
        let is_json = matches!(word, "true" | "false" | "null");
        (WORDS.contains(&plain.as_str()) && !is_json).then(|| said(word, key_before(&text[..start])))
    })
}

fn said(word: &str, key: Option<String>) -> Text {
    if let Some(key) = key {
        return text!(
            "「{key}」の値が {word} ですが、JSONにこの値はありません。null か数にしてください",
            "the value of “{key}” is {word}, which JSON does not have: write null, or a number"
        );
    }
    text!(
        "{word} と書かれていますが、JSONにこの値はありません。null か数にしてください",
        "{word} stands here, which JSON does not have: write null, or a number"
    )
}

/// The name of the member whose value begins at the end of a text.
fn key_before(text: &[u8]) -> Option<String> {
    let text = text.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end().strip_suffix(b"\"")?;
    let start = text.iter().rposition(|&byte| byte == b'"')?;
    Some(String::from_utf8_lossy(&text[start + 1..]).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_told_with_its_key() {
        for (text, word) in [
            (r#"{"v": NaN}"#, "NaN"),
            (r#"{"v" :-Infinity}"#, "-Infinity"),
            (r#"{"v":nan,"w":1}"#, "nan"),
            (r#"{"v":None}"#, "None"),
        ] {
            let at = text.find(word).unwrap();
            for at in [at, at + 1, at + word.len()] {
                let told = word_at(text.as_bytes(), at).unwrap().en;
                assert!(told.contains("“v”") && told.contains(word), "{text} {at}: {told}");
            }
        }
        assert!(word_at(b"[[NaN,1]]", 2).unwrap().en.starts_with("NaN stands here"));
        assert_eq!(word_at(br#"{"v":null}"#, 6), None);
        assert_eq!(word_at(br#"{"v":x}"#, 5), None);
        assert_eq!(word_at(b"", usize::MAX), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in proptest::collection::vec(proptest::sample::select(b"NaN\":,{ -\xe6".to_vec()), 0..20), at in 0_usize..30) {
            let _ = word_at(&text, at);
        }
    }
}
