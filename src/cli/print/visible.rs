//! Signs that would do something to the terminal are shown instead of sent: names, ids and notes come out of files that
//! anybody may have written, and could set its title, fill its clipboard, hide what follows or turn it round.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The colours and weights that the program itself gives to words, as what stands between `ESC [` and `m`.
const OWN: [&str; 9] = ["", "0", "1", "2", "31", "32", "33", "34", "36"];

/// A text with its line breaks, tabs and the program's own colours, and all else that is no letter to see as `\u{…}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some(length) = own_colour(rest) {
            shown.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if is_hidden(sign) {
            let _ = write!(shown, "{}", sign.escape_default()); // writing to a String cannot fail
        } else {
            shown.push(sign);
        }
        rest = &rest[sign.len_utf8()..];
    }
    Cow::Owned(shown)
}

/// How many bytes at the beginning are one of the program's own colours.
fn own_colour(text: &str) -> Option<usize> {
    let code = text.strip_prefix("\u{1b}[")?;
    let end = code.find(|sign: char| !sign.is_ascii_digit())?;
    (code[end..].starts_with('m') && OWN.contains(&&code[..end])).then_some("\u{1b}[".len() + end + 1)
}

/// Whether a sign commands the terminal, or the order in which others are read.
fn is_hidden(sign: char) -> bool {
    match sign {
        '\n' | '\t' => false,
        // Marks and embeddings of writing from right to left, and what separates lines and paragraphs.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => sign.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_command_a_terminal_is_shown() {
        for (text, wanted) in [
            ("焼津駅\n\t1-2", "焼津駅\n\t1-2"),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{1b}[2Jgone", "\\u{1b}[2Jgone"),
            ("\u{1b}[8mhidden", "\\u{1b}[8mhidden"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\u{202e}b\u{2066}", "a\\u{202e}b\\u{2066}"),
            ("over\rwritten\u{8}", "over\\rwritten\\u{8}"),
            ("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: x", "\u{1b}[1m\u{1b}[31merror\u{1b}[0m: x"),
        ] {
            assert_eq!(visible(text), wanted, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_but_own_colours(text in "[\u{0}-\u{9f}\u{2020}-\u{2070}a-c\\[m0-9]{0,40}") {
            let shown = visible(&text).into_owned();
            let mut plain = shown.clone();
            for code in OWN {
                plain = plain.replace(&format!("\u{1b}[{code}m"), "");
            }
            prop_assert!(!plain.contains(is_hidden), "{:?}", shown);
            prop_assert_eq!(visible(&shown).into_owned(), shown.clone());
        }
    }
}
