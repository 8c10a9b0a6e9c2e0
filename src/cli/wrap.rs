//! How does text fit the terminal? Wide signs take two places; lines end between words, in Japanese between phrases 文節.

use std::io::IsTerminal as _;

use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Narrower than this nothing is laid out; wider than that no line is read easily.
const LEAST: usize = 40;
const MOST: usize = 100;
/// Where nobody says how wide it is: a pipe, a file.
const USUAL: usize = 80;

/// How many places a line of standard output has.
pub(super) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || {
        let out = std::io::stdout();
        out.is_terminal().then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0))
    };
    said.or_else(measured).unwrap_or(USUAL).clamp(LEAST, MOST)
}

/// Fills a text into lines of `width` places: `first` before the first of them, `rest` before the others. What has no
/// place to break, such as a path, is left whole.
pub(super) fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::Custom(phrases))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}

/// Pads to a width on the right.
pub(super) fn pad(label: &str, width: usize) -> String {
    format!("{label}{}", " ".repeat(width.saturating_sub(display_width(label))))
}

/// Pads to a width on the left.
pub(super) fn pad_left(label: &str, width: usize) -> String {
    format!("{}{label}", " ".repeat(width.saturating_sub(display_width(label))))
}

/// A label of so many places and what stands to its right. A label of several lines goes on above, one that has no room
/// stands alone above.
pub(super) fn labelled(label: &str, places: usize, beside: &str) -> String {
    let label = wrapped(label, places, "", "  ");
    let (above, last) = label.rsplit_once('\n').unwrap_or(("", &label));
    let above = if above.is_empty() { String::new() } else { format!("{above}\n") };
    if display_width(last) > places {
        return format!("{above}{last}\n{}{beside}", " ".repeat(places));
    }
    format!("{above}{}{beside}", pad(last, places))
}

/// The pieces between which a line may end: words, and phrases of Japanese ones.
fn phrases(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut begin = 0;
    for (at, _) in line.match_indices(' ') {
        let rest = &line[at + 1..];
        // Spaces in a row stay at the end of the word before them; a number keeps its unit.
        if !rest.starts_with(' ') && !rest.is_empty() && !is_before_a_unit(&line[..at], rest) {
            words.push(Word::from(&line[begin..=at]));
            begin = at + 1;
        }
    }
    words.push(Word::from(&line[begin..]));
    Box::new(words.into_iter().flat_map(pieces))
}

/// Whether a space stands between a number and its unit.
fn is_before_a_unit(before: &str, after: &str) -> bool {
    const UNITS: [&str; 8] = ["m²", "ha", "km", "mm", "%", "人", "本", "m"];
    let unit = UNITS.iter().find(|unit| after.starts_with(**unit));
    before.ends_with(|sign: char| sign.is_ascii_digit())
        && unit.is_some_and(|unit| !after[unit.len()..].starts_with(|sign: char| sign.is_ascii_alphabetic()))
}

/// The phrases of a word without spaces; the last keeps what stood behind the word.
fn pieces(word: Word<'_>) -> Vec<Word<'_>> {
    let text = word.word;
    if text.is_ascii() {
        return vec![word];
    }
    let mut ends: Vec<usize> = Vec::new();
    let mut end = 0;
    for phrase in budoux::parse(budoux::models::default_japanese_model(), text) {
        end += phrase.len();
        ends.push(end);
    }
    // What belongs to the phrase before it does not begin a line, what opens the next does not end one.
    let may_end = |&end: &usize| {
        let after = text[end..].chars().next();
        let before = text[..end].chars().next_back();
        after.is_none_or(|sign| !NEVER_FIRST.contains(sign)) && before.is_none_or(|sign| !NEVER_LAST.contains(sign))
    };
    ends.retain(may_end);
    let mut begin = 0;
    let mut words: Vec<Word<'_>> = Vec::new();
    for end in ends {
        words.push(Word::from(&text[begin..end]));
        begin = end;
    }
    if begin < text.len() {
        words.push(Word::from(&text[begin..]));
    }
    if let Some(last) = words.last_mut() {
        last.whitespace = word.whitespace;
        last.penalty = word.penalty;
    }
    words
}

/// Signs that a line does not begin with 行頭禁則.
const NEVER_FIRST: &str =
    "、。，．・：；？！）」』】〕］｝’”…‥ー〜～／/,.:;?!)]}%％°²々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ";
/// Signs that a line does not end with 行末禁則.
const NEVER_LAST: &str = "（「『【〔［｛‘“([{";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_ends_between_phrases_and_wide_signs_take_two_places() {
        let text = "停留所の時刻表が分からないため、3,412筆が判定不能です。";
        assert_eq!(wrapped(text, 26, "- ", "  "), "- 停留所の時刻表が\n  分からないため、\n  3,412筆が判定不能です。");
    }

    #[test]
    fn a_unit_stays_with_its_number_and_a_path_stays_whole() {
        assert_eq!(wrapped("最短 1,012.5 m、必要 1,000 m以内", 16, "", ""), "最短 1,012.5 m、\n必要 1,000 m以内");
        assert_eq!(wrapped("必要な密度は40人/haです", 14, "", ""), "必要な密度は\n40人/haです");
        let path = "/a/very/long/path/that/has/no/place/to/break.geojson";
        assert_eq!(wrapped(path, 20, "", ""), path);
    }

    #[test]
    fn a_label_without_room_stands_above_what_it_is_of() {
        assert_eq!(labelled("駅", 6, "3"), "駅    3");
        assert_eq!(labelled("停留所の時刻表", 7, "3"), "停留所の\n  時刻表\n       3");
        assert_eq!(labelled("停留所の時刻", 8, "3"), "停留所の\n  時刻  3");
    }

    #[test]
    fn padding_counts_places() {
        assert_eq!(pad("駅", 4), "駅  ");
        assert_eq!(pad_left("駅", 4), "  駅");
        assert_eq!(pad("\u{1b}[1m駅\u{1b}[0m", 4), "\u{1b}[1m駅\u{1b}[0m  ");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_by_wrapping(text in "[ -~、。（）あ-ん一-十ア-ン]{0,80}", width in 10usize..80) {
            let lines = wrapped(&text, width, "", "");
            let bare = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines), bare(&text));
        }
    }
}
