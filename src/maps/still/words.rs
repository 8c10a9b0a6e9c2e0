//! Texts made fit for paper: cleaned, measured, broken into lines, in the languages that are asked for.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::font::Font;

/// The languages of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese alone.
    Japanese,
    /// English alone; names stay as they are.
    English,
    /// Japanese, with English smaller beside it.
    #[default]
    Both,
}

impl Lang {
    /// Every choice, by the name that it has on the command line.
    pub const ALL: [(&'static str, Self); 3] = [("ja", Self::Japanese), ("en", Self::English), ("both", Self::Both)];

    /// The first words of a pair: Japanese unless English is asked for alone.
    pub(super) fn main(self, ja: &str, en: &str) -> String {
        if self == Self::English { en } else { ja }.to_owned()
    }

    /// The smaller words beside them.
    pub(super) fn beside(self, en: &str) -> &str {
        if self == Self::Both { en } else { "" }
    }
}

/// Signs that change only how others are drawn, or in which direction: a name must not reorder the line that it stands in.
fn is_invisible(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A text as it is drawn: composed (NFC), on one line, without signs that are not seen.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.nfc() {
        if sign.is_whitespace() || sign.is_control() {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
        } else if !is_invisible(sign) {
            plain.push(sign);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Signs that do not begin a line 行頭禁則.
const NOT_FIRST: &str = "、。，．・：；？！ー）］｝」』】〉》〕)]},.:;?!%’”ゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// Signs that do not end a line 行末禁則.
const NOT_LAST: &str = "（［｛「『【〈《〔([{‘“";

/// Measures and breaks texts, and keeps in mind which characters the font lacks.
pub(super) struct Setter<'f> {
    font: &'f Font<'f>,
    missing: BTreeSet<char>,
}

impl<'f> Setter<'f> {
    pub(super) fn new(font: &'f Font<'f>) -> Self {
        Self { font, missing: BTreeSet::new() }
    }

    /// The characters of all texts so far that the font lacks.
    pub(super) fn missing(self) -> BTreeSet<char> {
        self.missing
    }

    /// Cleans a text that comes from data.
    pub(super) fn clean(&mut self, text: &str) -> String {
        let text = plain(text);
        self.missing.extend(text.chars().filter(|sign| !self.font.has(*sign)));
        text
    }

    /// How wide a text is at a size, millimetres.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        self.font.width(text) * size
    }

    /// The text, cut and with … at its end where it is wider than `width` millimetres.
    pub(super) fn cut(&self, text: &str, size: f64, width: f64) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…", size);
        let mut used = 0.0;
        let fits = |sign: &char| {
            used += self.width(sign.encode_utf8(&mut [0; 4]), size);
            used <= room
        };
        let kept: String = text.chars().take_while(fits).collect();
        format!("{}…", kept.trim_end())
    }

    /// The text in lines of at most `width` millimetres; a line breaks at a space or beside a Japanese character.
    pub(super) fn lines(&self, text: &str, size: f64, width: f64) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for piece in pieces(text) {
            if !line.is_empty() && self.width(&line, size) + self.width(piece.trim_end(), size) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push_str(if line.is_empty() { piece.trim_start() } else { piece });
            // A word that is wider than a line breaks anywhere.
            while self.width(line.trim_end(), size) > width && line.chars().count() > 1 {
                let mut end = 0;
                for (index, sign) in line.char_indices() {
                    if index > 0 && self.width(&line[..index + sign.len_utf8()], size) > width {
                        break;
                    }
                    end = index + sign.len_utf8();
                }
                lines.push(line[..end].to_owned());
                line.drain(..end);
            }
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        lines
    }
}

/// The pieces of a text between which a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let is_wide = |sign: char| sign >= '\u{2e80}';
    let (mut pieces, mut start) = (Vec::new(), 0);
    let mut before: Option<char> = None;
    for (index, sign) in text.char_indices() {
        let may_break = before.is_some_and(|before| {
            (before == ' ' || is_wide(before) || is_wide(sign) || before == '/')
                && sign != ' '
                && !NOT_FIRST.contains(sign)
                && !NOT_LAST.contains(before)
        });
        if may_break {
            pieces.push(&text[start..index]);
            start = index;
        }
        before = Some(sign);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::font;
    use super::*;

    #[test]
    fn names_lose_what_is_not_seen() {
        assert_eq!(plain(" か\u{3099}っこう\u{202e}\n\t前\u{0}\u{e0100} "), "がっこう 前");
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let bytes = font::bytes();
        let font = Font::new(&bytes);
        let setter = Setter::new(&font);
        let text =
            "都市構造再編集中支援事業（2020–）の対象区域、near frequent transit_of_a_very_long_name_without_spaces。";
        let lines = setter.lines(text, 3.0, 40.0);
        assert!(lines.len() > 3);
        for line in &lines {
            assert!(setter.width(line, 3.0) <= 40.0, "{line}");
            assert!(!line.starts_with(|sign| NOT_FIRST.contains(sign)), "{line}");
        }
        let joined = lines.concat().replace(' ', "");
        assert_eq!(joined, text.replace(' ', ""));
        // A line narrower than a character still ends.
        assert_eq!(setter.lines("拠点", 3.0, 1.0), ["拠", "点"]);
    }

    #[test]
    fn what_is_too_long_is_cut_visibly() {
        let bytes = font::bytes();
        let font = Font::new(&bytes);
        let setter = Setter::new(&font);
        assert_eq!(setter.cut("拠点", 3.0, 6.0), "拠点");
        assert_eq!(setter.cut("拠点区域", 3.0, 9.0), "拠点…");
    }

    #[test]
    fn what_the_font_lacks_is_kept_in_mind() {
        let bytes = font::bytes();
        let font = Font::new(&bytes);
        let mut setter = Setter::new(&font);
        setter.clean("\u{20bb7}野家 שלום");
        assert!(setter.missing().contains(&'\u{20bb7}'));
    }
}
