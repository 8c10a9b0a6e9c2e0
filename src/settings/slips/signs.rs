//! Signs that an input method for Japanese writes where TOML has signs of its own.

use crate::text::Text;

/// The sign of TOML that another sign looks like; `None` where it looks like none.
pub(super) fn plain(sign: char) -> Option<char> {
    Some(match sign {
        '\u{3000}' | '\u{A0}' => ' ',
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‛' => '\'',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '、' => ',',
        '−' | '‐' | '‑' | '–' | '—' => '-',
        // The signs of ASCII in full width, in the same order.
        '！'..='～' => char::from_u32(sign as u32 - 0xFEE0)?,
        _ => return None,
    })
}

/// Whether a text that one sign has opened is closed by another, neither being a sign of TOML.
pub(super) fn closes(opened: char, sign: char) -> bool {
    match opened {
        '「' => sign == '」',
        '『' => sign == '』',
        _ => plain(sign) == plain(opened).or(Some(opened)) && !matches!(sign, '「' | '」' | '『' | '』'),
    }
}

/// What people call a sign that [`plain`] knows.
fn name(sign: char) -> Text {
    match sign {
        '\u{3000}' => Text::new("全角の空白", "full-width space"),
        '\u{A0}' => Text::new("改行しない空白", "no-break space"),
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '＂' => {
            Text::new("全角の二重引用符", "full-width quotation mark")
        }
        '‘' | '’' | '‛' | '＇' => Text::new("全角の一重引用符", "full-width apostrophe"),
        '「' | '」' | '『' | '』' => Text::new("かぎ括弧", "corner bracket"),
        '【' | '】' => Text::new("すみ付き括弧", "lenticular bracket"),
        '〔' | '〕' => Text::new("亀甲括弧", "tortoise shell bracket"),
        '［' | '］' => Text::new("全角の角括弧", "full-width square bracket"),
        '｛' | '｝' => Text::new("全角の波括弧", "full-width curly bracket"),
        '、' => Text::new("読点", "ideographic comma"),
        '，' => Text::new("全角のコンマ", "full-width comma"),
        '．' => Text::new("全角のピリオド", "full-width full stop"),
        '＝' => Text::new("全角の等号", "full-width equals sign"),
        '＃' => Text::new("全角のシャープ", "full-width number sign"),
        '＿' => Text::new("全角の下線", "full-width low line"),
        '－' => Text::new("全角のハイフン", "full-width hyphen"),
        '−' => Text::new("マイナス記号", "minus sign"),
        '‐' | '‑' | '–' | '—' => Text::new("ハイフンに似た線", "dash"),
        '０'..='９' => Text::new("全角の数字", "full-width digit"),
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Text::new("全角の英字", "full-width letter"),
        _ => Text::new("全角の記号", "full-width sign"),
    }
}

/// A sign with its code and name: `「＝」（U+FF1D、全角の等号）`.
pub(super) fn named(sign: char) -> Text {
    let code = sign as u32;
    text!("「{sign}」（U+{code:04X}、{name}）", "\"{sign}\" (U+{code:04X}, {name})", name = name(sign))
}

/// What to write instead of a sign.
pub(super) fn instead(sign: char) -> Text {
    match plain(sign) {
        Some(' ') => Text::new("空白", "a space"),
        Some(plain) => Text::from(format_args!("`{plain}`")),
        None => Text::from(sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_sign_of_toml_stands_for_it() {
        for (signs, plainly) in [
            ("＝［］｛｝，．＃＂＇", "=[]{},.#\"'"),
            ("　“”‘’、【】「」", " \"\"'',[]\"\""),
            ("０９ａＺ＿－", "09aZ_-"),
        ] {
            assert_eq!(signs.chars().filter_map(plain).collect::<String>(), plainly);
        }
        for sign in ['=', '焼', 'ー', 'ｱ', '￥', '。', '\u{3001}'].into_iter().filter(|sign| *sign != '、') {
            assert_eq!(plain(sign), None, "{sign}");
        }
    }

    #[test]
    fn a_sign_is_named_with_its_code() {
        assert_eq!(named('＝').ja, "「＝」（U+FF1D、全角の等号）");
        assert_eq!(named('\u{A0}').en, "\"\u{A0}\" (U+00A0, no-break space)");
    }

    #[test]
    fn a_text_is_closed_by_a_sign_of_its_kind() {
        for (opened, sign, is_closed) in [
            ('“', '”', true),
            ('”', '”', true),
            ('"', '”', true),
            ('“', '」', false),
            ('「', '」', true),
            ('「', '”', false),
            ('‘', '”', false),
        ] {
            assert_eq!(closes(opened, sign), is_closed, "{opened}{sign}");
        }
    }
}
