//! What slips of the pen does a person make that TOML's parser names badly? Signs and digits of full width, paths of Windows
//! in double quotes, numbers with their units: each is told with the line to write.
//!
//! A text that is TOML is never looked at here. Of one that is not, the lines at which the parser stops are read sign by
//! sign (`line`) and mended, and the parser says whether the mended line is TOML: only then it is offered.

mod amounts;
mod line;
mod signs;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

pub(super) use amounts::unit_text;
use line::{Found, Mended, mended};

use super::error::{NotToml, SyntaxFault};
use super::words::printable;
use super::{FileKind, Ids, syntax};
use crate::diagnostics::Diagnostic;
use crate::text::Text;

/// A slip of the pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Which.
    pub kind: SlipKind,
    /// What to write: the whole line, or a key with its value; `None` where that is not known.
    pub mend: Option<String>,
}

/// Which slip of the pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipKind {
    /// Signs that look like signs of TOML, each once.
    Signs(Vec<char>),
    /// Digits of full width, as they are written.
    Digits(String),
    /// A number with a unit.
    Unit {
        /// As it is written.
        written: String,
        /// The unit that the key's numbers have; may be empty.
        unit: &'static str,
    },
    /// A number with commas between its thousands, as it is written.
    Commas(String),
    /// A code that begins with 0 and stands without quotes.
    CodeWithoutQuotes(String),
    /// A backslash in double quotes that begins no escape, with the sign behind it.
    Backslash(String),
    /// A path with control characters, which escapes in double quotes have made.
    ControlInPath {
        /// The path as it was meant.
        path: String,
        /// The escapes.
        escapes: Vec<String>,
    },
}

/// How often a text is mended and read again: a slip may hide others behind it.
const ROUNDS: usize = 8;

/// What keeps a text from being TOML, the first fault of each line: slips where there are any, else what the parser says.
pub(super) fn faults(text: &str, errors: &[toml::de::Error], kind: &FileKind) -> Vec<SyntaxFault> {
    let mut found = syntax::faults(text, errors);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut tried = BTreeSet::new();
    let mut slips = BTreeMap::new();
    for _ in 0..ROUNDS {
        let fresh: Vec<usize> = found.keys().copied().filter(|line| tried.insert(*line)).collect();
        let mend = |line: usize| Some((line, mended(without_return(lines.get(line)?), kind)?));
        let mends: Vec<(usize, Mended)> = fresh.into_iter().filter_map(mend).collect();
        if mends.is_empty() {
            break;
        }
        let mut kept = Vec::new();
        for (line, mended) in &mends {
            kept.push(lines[*line].clone());
            if let Some(right) = &mended.line {
                lines[*line].clone_from(right);
            }
        }
        found = syntax::check(&lines.join("\n"));
        let mut is_undone = false;
        for ((line, mended), was) in mends.into_iter().zip(kept) {
            let first = mended.found.first().map_or(0, |found| found.column);
            let fault = found.get(&line).map(|(column, _)| *column);
            if mended.line.is_some() && fault.is_some_and(|column| column <= first) {
                // The line is no TOML before it comes to the slip: that is what is wrong with it.
                lines[line] = was;
                is_undone = true;
            } else {
                let right = mended.line.filter(|_| fault.is_none());
                slips.insert(line, told(line, mended.found, right.as_deref()));
            }
        }
        if is_undone {
            found = syntax::check(&lines.join("\n"));
        }
    }
    for (line, (column, message)) in found {
        let parsers = || SyntaxFault { line: line + 1, column: column + 1, found: NotToml::Parser(message) };
        slips.entry(line).or_insert_with(parsers);
    }
    slips.into_values().collect()
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// What is told of the slips in a line: the first, and where that is a sign, all signs.
fn told(line: usize, found: Vec<Found>, right: Option<&str>) -> SyntaxFault {
    let column = found.first().map_or(0, |found| found.column);
    let mut kinds = found.into_iter().map(|found| found.kind);
    let mut kind = kinds.next().unwrap_or(SlipKind::Signs(Vec::new()));
    if let SlipKind::Signs(signs) = &mut kind {
        for other in kinds {
            if let SlipKind::Signs(more) = other {
                signs.extend(more);
            }
        }
        let mut seen = BTreeSet::new();
        signs.retain(|sign| seen.insert(*sign));
    }
    let slip = Slip { kind, mend: right.and_then(as_shown) };
    SyntaxFault { line: line + 1, column: column + 1, found: NotToml::Slip(slip) }
}

/// A line as a sentence can quote it; `None` where it is too long or holds what cannot be seen.
fn as_shown(line: &str) -> Option<String> {
    const LONGEST: usize = 160;
    let line = line.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}').replace('\t', " ");
    (line.chars().count() <= LONGEST && printable(&line) == line).then_some(line)
}

/// The slip in a number that stands in quotes, for a key with such a unit.
pub(super) fn number_in_quotes(key: &str, text: &str, unit: &'static str) -> Option<Slip> {
    let (kind, number) = amounts::slip(text, unit)?;
    Some(Slip { kind, mend: number.map(|number| format!("{key} = {number}")) })
}

/// The slip in a text that would be right in half width. `key` is the key where it has but this value.
pub(super) fn in_full_width(key: Option<&str>, text: &str, is_right: impl Fn(&str) -> bool) -> Option<Slip> {
    let folded: String = text.nfkc().collect();
    let value = format!("\"{folded}\"");
    (folded != text && is_right(&folded)).then(|| Slip {
        kind: SlipKind::Digits(text.to_owned()),
        mend: Some(key.map_or_else(|| value.clone(), |key| format!("{key} = {value}"))),
    })
}

/// The slip in a path that holds control characters. `key` is the key where it has but this value.
pub(super) fn control_in_path(key: Option<&str>, path: &str) -> Option<Slip> {
    let mut escapes: Vec<String> = Vec::new();
    let mut meant = String::new();
    for sign in path.chars() {
        if !sign.is_control() {
            meant.push(sign);
            continue;
        }
        let escape = match sign {
            '\u{8}' => "\\b".to_owned(),
            '\u{c}' => "\\f".to_owned(),
            '\u{1b}' => "\\e".to_owned(),
            '\t' | '\n' | '\r' => sign.escape_default().to_string(),
            _ => format!("\\u{:04X}", sign as u32),
        };
        meant.push_str(&escape);
        if !escapes.contains(&escape) {
            escapes.push(escape);
        }
    }
    if escapes.is_empty() {
        return None;
    }
    let value = line::literal(&meant);
    let mend = as_shown(&key.map_or_else(|| value.clone(), |key| format!("{key} = {value}")));
    Some(Slip { kind: SlipKind::ControlInPath { path: meant, escapes }, mend })
}

impl Slip {
    /// What is said of it, about no place yet.
    pub(super) fn diagnostic(&self, ids: &Ids) -> Diagnostic {
        let told = match &self.kind {
            SlipKind::Signs(signs) => Diagnostic::error(
                ids.full_width_sign,
                text!(
                    "{signs}は、ここでは使えません。",
                    "TOML does not know {signs} here",
                    signs = Text::list(&signs.iter().map(|&sign| signs::named(sign)).collect::<Vec<_>>())
                ),
            ),
            SlipKind::Digits(written) => Diagnostic::error(
                ids.full_width_digits,
                text!(
                    "「{written}」は全角の数字で書かれています。",
                    "\"{written}\" is written in full-width digits",
                    written = printable(written)
                ),
            ),
            SlipKind::Unit { written, .. } => Diagnostic::error(
                ids.number_with_unit,
                text!(
                    "「{written}」には単位が付いています。書けるのは数だけです。",
                    "\"{written}\" is a number with a unit, and only the number is wanted",
                    written = printable(written)
                ),
            ),
            SlipKind::Commas(written) => Diagnostic::error(
                ids.number_with_commas,
                text!(
                    "「{written}」には桁を区切るコンマが入っています。",
                    "\"{written}\" has commas between its digits",
                    written = printable(written)
                ),
            ),
            SlipKind::CodeWithoutQuotes(code) => Diagnostic::error(
                ids.code_without_quotes,
                text!(
                    "「{code}」が引用符で囲まれていません。0で始まる数は書けません。",
                    "{code} stands without quotes, and no number begins with 0"
                ),
            ),
            SlipKind::Backslash(escape) => Diagnostic::error(
                ids.backslash,
                text!(
                    "二重引用符の中では「\\」（U+005C、円記号・バックスラッシュ）が特別な意味を持つため、「{escape}」が読めません。",
                    "in double quotes \"\\\" (U+005C, backslash) begins an escape, and \"{escape}\" is none",
                    escape = printable(escape)
                ),
            ),
            SlipKind::ControlInPath { path, escapes } => Diagnostic::error(
                ids.control_in_path,
                text!(
                    "パス「{path}」の「{escapes}」は、二重引用符の中では改行やタブなどの制御文字になります。",
                    "the path \"{path}\" holds control characters: in double quotes \"{escapes}\" stands for one",
                    path = printable(path),
                    escapes = Text { ja: escapes.join("」「").into(), en: escapes.join("\" or \"").into() }
                ),
            ),
        };
        told.help(self.help())
    }

    fn help(&self) -> Text {
        if let Some(mend) = &self.mend {
            return text!("`{mend}` と書いてください。", "write `{mend}`");
        }
        match &self.kind {
            SlipKind::Signs(signs) => text!(
                "半角の{instead}で書いてください。",
                "write {instead} instead",
                instead = Text::list(&signs.iter().map(|&sign| signs::instead(sign)).collect::<Vec<_>>())
            ),
            SlipKind::Digits(_) => Text::new("半角の数字で書いてください。", "write it in half-width digits"),
            SlipKind::Unit { unit, .. } if !unit.is_empty() => text!(
                "単位を付けず、{unit}での数だけを書いてください。",
                "write the number alone, in {unit}",
                unit = unit_text(unit)
            ),
            SlipKind::Unit { .. } => Text::new("単位を付けず、数だけを書いてください。", "write the number alone"),
            SlipKind::Commas(_) => Text::new("コンマを付けずに書いてください。", "write it without commas"),
            SlipKind::CodeWithoutQuotes(_) => Text::new("引用符で囲んでください。", "write it in quotes"),
            SlipKind::Backslash(_) | SlipKind::ControlInPath { .. } => Text::new(
                "Windowsのパスは、二重引用符ではなく一重引用符で '…' と囲むか、`/` で区切ってください。",
                "put paths of Windows in single quotes '…', or write them with `/`",
            ),
        }
    }
}
