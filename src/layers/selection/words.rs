//! A text such as `地目 = '宅地'` as words, the way SQL reads it.

use crate::text::Text;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// Letters and digits as they stand.
    Bare(String),
    /// What stood in quotes, without them.
    Quoted(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Sign(&'static str),
    /// `(`, `)`, `,`.
    Mark(char),
}

/// The longer signs first; `<>` and `==` are written by some.
const SIGNS: [(&str, &str); 9] = [
    ("<=", "<="),
    (">=", ">="),
    ("!=", "!="),
    ("<>", "!="),
    ("==", "="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("≠", "!="),
];

/// The words of a text.
pub(super) fn words(text: &str) -> Result<Vec<Word>, Text> {
    let (mut words, mut rest) = (Vec::new(), text.trim_start());
    while let Some(sign) = rest.chars().next() {
        let (word, after) = if let Some((written, sign)) = SIGNS.iter().find(|(written, _)| rest.starts_with(written)) {
            (Word::Sign(sign), &rest[written.len()..])
        } else if matches!(sign, '(' | ')' | ',') {
            (Word::Mark(sign), &rest[1..])
        } else if matches!(sign, '\'' | '"') {
            quoted(rest, sign)?
        } else {
            let end = rest.find(|sign: char| sign.is_whitespace() || is_reserved(sign)).unwrap_or(rest.len());
            // A sign that means something elsewhere only, as `!`.
            let end = if end == 0 { sign.len_utf8() } else { end };
            (Word::Bare(rest[..end].to_owned()), &rest[end..])
        };
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

fn is_reserved(sign: char) -> bool {
    matches!(sign, '=' | '!' | '<' | '>' | '≠' | '(' | ')' | ',' | '\'' | '"')
}

/// What stands in quotes, and what follows. A quote in it is written twice.
fn quoted(text: &str, quote: char) -> Result<(Word, &str), Text> {
    let (mut inner, mut rest) = (String::new(), &text[1..]);
    loop {
        let Some((before, after)) = rest.split_once(quote) else {
            return Err(text!("引用符 {quote} が閉じていません", "a quote {quote} is not closed"));
        };
        inner.push_str(before);
        rest = after;
        match rest.strip_prefix(quote) {
            Some(after) => {
                inner.push(quote);
                rest = after;
            }
            None => return Ok((Word::Quoted(inner), rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_signs_and_quotes_hold_what_they_hold() {
        let bare = |text: &str| Word::Bare(text.to_owned());
        let quoted = |text: &str| Word::Quoted(text.to_owned());
        assert_eq!(words("地目=宅地").unwrap(), [bare("地目"), Word::Sign("="), bare("宅地")]);
        assert_eq!(words(r#""a b" <> 'it''s' "#).unwrap(), [quoted("a b"), Word::Sign("!="), quoted("it's")]);
        assert_eq!(
            words("x in(1,-2.5)").unwrap(),
            [bare("x"), bare("in"), Word::Mark('('), bare("1"), Word::Mark(','), bare("-2.5"), Word::Mark(')')]
        );
        assert!(words("a = 'b").unwrap_err().en.contains("not closed"));
        assert_eq!(words("  ").unwrap(), []);
    }
}
