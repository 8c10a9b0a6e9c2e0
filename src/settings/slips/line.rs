//! One line that is not TOML: which slips are in it, and how it reads without them.

use super::SlipKind;
use super::amounts;
use super::signs::{closes, plain};
use crate::settings::FileKind;

/// A slip in a line, at a 0-based column in characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) column: usize,
    pub(super) kind: SlipKind,
}

/// What was found in a line, in the order of the columns; at least one.
pub(super) struct Mended {
    pub(super) found: Vec<Found>,
    /// The line without the slips; `None` where it is not known what was meant.
    pub(super) line: Option<String>,
}

/// Looks through a line. Texts in quotes and comments are left as they are, but for paths of Windows in double quotes.
pub(super) fn mended(line: &str, kind: &FileKind) -> Option<Mended> {
    // Texts of several lines begin and end where one line does not tell.
    if line.contains("\"\"\"") || line.contains("'''") {
        return None;
    }
    let mut scan = Scan::of(line, kind, false);
    if scan.is_open {
        // Perhaps a text that was opened by a sign of TOML ends with another.
        let other = Scan::of(line, kind, true);
        if !other.is_open {
            scan = other;
        }
    }
    if scan.found.is_empty() {
        return None;
    }
    scan.found.sort_by_key(|found| found.column);
    Some(Mended { found: scan.found, line: scan.is_settled.then_some(scan.line) })
}

struct Scan<'k> {
    kind: &'k FileKind,
    signs: Vec<char>,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    /// Whether texts that a sign of TOML has opened may end with a sign that looks like it.
    is_lenient: bool,
    line: String,
    found: Vec<Found>,
    is_settled: bool,
    /// Whether a text does not end.
    is_open: bool,
}

impl<'k> Scan<'k> {
    fn of(line: &str, kind: &'k FileKind, is_lenient: bool) -> Self {
        let signs = line.chars().collect();
        let (line, found) = (String::with_capacity(line.len()), Vec::new());
        let mut scan = Self { kind, signs, at: 0, depth: 0, is_lenient, line, found, is_settled: true, is_open: false };
        scan.run();
        scan
    }

    fn run(&mut self) {
        while let Some(&sign) = self.signs.get(self.at) {
            match plainly(sign) {
                '#' => {
                    self.take();
                    self.line.extend(&self.signs[self.at..]);
                    return;
                }
                '"' | '\'' => self.text(),
                '=' => {
                    self.take();
                    self.number();
                }
                plain => {
                    match plain {
                        '[' | '{' => self.depth += 1,
                        ']' | '}' => self.depth = self.depth.saturating_sub(1),
                        _ => {}
                    }
                    self.take();
                }
            }
        }
    }

    /// Takes one sign over as TOML has it, noting it where that is another.
    fn take(&mut self) {
        let sign = self.signs[self.at];
        self.line.push(plainly(sign));
        self.note(sign);
        self.at += 1;
    }

    fn note(&mut self, sign: char) {
        if plainly(sign) == sign {
            return;
        }
        let column = self.at;
        if sign.is_numeric() {
            // Digits that follow each other are told together.
            if let Some(Found { column: first, kind: SlipKind::Digits(digits) }) = self.found.last_mut()
                && *first + digits.chars().count() == column
            {
                digits.push(sign);
                return;
            }
            self.found.push(Found { column, kind: SlipKind::Digits(sign.to_string()) });
        } else {
            self.found.push(Found { column, kind: SlipKind::Signs(vec![sign]) });
        }
    }

    /// Takes a text in quotes over.
    fn text(&mut self) {
        let opened = self.signs[self.at];
        let quote = plainly(opened);
        self.note(opened);
        self.at += 1;
        let is_loose = opened != quote || self.is_lenient;
        let mut raw = String::new();
        // The first backslash that begins no escape of TOML.
        let mut odd = None;
        loop {
            let Some(&sign) = self.signs.get(self.at) else {
                self.is_open = true;
                break;
            };
            if sign == quote || (is_loose && closes(opened, sign)) {
                self.note(sign);
                self.at += 1;
                break;
            }
            if quote == '"' && sign == '\\' {
                let behind = &self.signs[self.at + 1..];
                if behind.first() == Some(&'\\') || (behind.first() == Some(&'"') && !self.ends_path(&raw)) {
                    raw.extend(&self.signs[self.at..self.at + 2]);
                    self.at += 2;
                    continue;
                }
                if odd.is_none() && (is_windows_path(&raw, behind) || !is_escape(behind)) {
                    odd = Some((self.at, behind.first().copied()));
                }
            }
            raw.push(sign);
            self.at += 1;
        }
        if let Some((column, behind)) = odd {
            let escape = std::iter::once('\\').chain(behind).collect();
            self.found.push(Found { column, kind: SlipKind::Backslash(escape) });
            self.is_settled &= !self.is_open;
            self.line.push_str(&literal(&raw));
            return;
        }
        self.line.push(quote);
        self.line.push_str(&raw);
        if !self.is_open {
            self.line.push(quote);
        }
    }

    /// Whether the backslash here is the last sign of a path of Windows, and the quote behind it ends the text.
    fn ends_path(&self, raw: &str) -> bool {
        let behind = self.signs[self.at + 2..].iter().map(|&sign| plainly(sign)).find(|sign| *sign != ' ');
        behind.is_none_or(|sign| matches!(sign, ',' | '}' | ']' | '#')) && is_windows_path(raw, &[])
    }

    /// Takes over what stands behind `=`, where it is a number with a slip.
    fn number(&mut self) {
        let key = key_before(&self.line).to_owned();
        while self.signs.get(self.at).is_some_and(|&sign| matches!(plainly(sign), ' ' | '\t')) {
            self.take();
        }
        let is_end = |sign: &char| match plainly(*sign) {
            '#' | '"' | '\'' | '=' | '[' | '{' => true,
            ',' | ']' | '}' => self.depth > 0,
            _ => false,
        };
        let rest = &self.signs[self.at..];
        let end = rest.iter().position(is_end).unwrap_or(rest.len());
        let written: String = rest[..end].iter().collect();
        let written = written.trim_end();
        let slip = if (self.kind.is_code)(&key) {
            amounts::bare_code(written).map(|(kind, code)| (kind, Some(code)))
        } else {
            (self.kind.unit_of)(&key).and_then(|unit| amounts::slip(written, unit))
        };
        let Some((kind, number)) = slip else { return };
        self.found.push(Found { column: self.at, kind });
        self.is_settled &= number.is_some();
        self.line.push_str(number.as_deref().unwrap_or(written));
        self.at += written.chars().count();
    }
}

fn plainly(sign: char) -> char {
    plain(sign).unwrap_or(sign)
}

/// The last part of the key before the `=` that a line ends in.
fn key_before(line: &str) -> &str {
    let line = line.trim_end_matches('=').trim_end();
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-');
    line.rfind(|sign| !is_part(sign)).map_or(line, |before| {
        let width = line[before..].chars().next().map_or(0, char::len_utf8);
        &line[before + width..]
    })
}

/// Whether what stands behind a backslash makes an escape of TOML.
fn is_escape(behind: &[char]) -> bool {
    let digits = |count: usize| behind.get(1..=count).is_some_and(|digits| digits.iter().all(char::is_ascii_hexdigit));
    match behind.first() {
        Some('b' | 't' | 'n' | 'f' | 'r' | 'e' | '"' | '\\') => true,
        Some('x') => digits(2),
        Some('u') => digits(4),
        Some('U') => digits(8),
        _ => false,
    }
}

/// Whether a text is a path of Windows whose backslashes stand alone: `C:\…` or `\\server\…`. `raw` is what stands before a
/// backslash, `behind` what stands behind it.
fn is_windows_path(raw: &str, behind: &[char]) -> bool {
    let drive = |text: &str| matches!(text.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic());
    if let Some(start) = raw.get(..2).filter(|start| drive(start)) {
        let rest = &raw[start.len()..];
        return !rest.starts_with("\\\\") && (rest.starts_with('\\') || behind.first() != Some(&'\\'));
    }
    raw.strip_prefix("\\\\").is_some_and(|server| !server.is_empty() && !server.starts_with('\\'))
}

/// A path as a text of TOML in which a backslash is only itself.
pub(super) fn literal(path: &str) -> String {
    // Backslashes that were doubled on the way stand alone again, but for those before the name of a server.
    let (server, rest) = path.strip_prefix("\\\\").map_or(("", path), |rest| ("\\\\", rest));
    let path = format!("{server}{}", rest.replace("\\\\", "\\"));
    if path.contains('\'') { format!("\"{}\"", path.replace('\\', "/")) } else { format!("'{path}'") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::SAMPLE;

    fn line(text: &str) -> Option<String> {
        mended(text, &SAMPLE).and_then(|mended| mended.line)
    }

    #[test]
    fn a_line_is_mended_outside_its_texts_and_comments() {
        for (written, right) in [
            ("name　＝　“焼津　市”　＃ 全角＝", "name = \"焼津　市\" # 全角＝"),
            ("name = \"焼津”", "name = \"焼津\""),
            ("name = “焼津\" # ”", "name = \"焼津\" # ”"),
            ("a = { path = \"x”, id = \"y\" }", "a = { path = \"x\", id = \"y\" }"),
            ("name = 「焼津」", "name = \"焼津\""),
            ("［layers］", "[layers]"),
            ("a = [“x”、‘y’，'z'］", "a = [\"x\",'y','z']"),
            ("a = ｛ ｐath = 'x' ｝", "a = { path = 'x' }"),
            ("layers．parcels = 'a'", "layers.parcels = 'a'"),
            ("at = [１３８.3、 ３４．8]", "at = [138.3, 34.8]"),
            ("s = { path = 'x', peak_trips = ６本／時 } # 6本", "s = { path = 'x', peak_trips = 6 } # 6本"),
            ("station_radius_m = 1,000m # 1 km", "station_radius_m = 1000 # 1 km"),
            ("thresholds.min_public_land=１５％", "thresholds.min_public_land=0.15"),
            ("municipality = 01100", "municipality = \"01100\""),
        ] {
            assert_eq!(line(written).as_deref(), Some(right), "{written}");
        }
        for written in ["", "a = 1", "name = \"“焼津”、＝　１\" # ＝　", "name = '“焼津”'", "a = \"\"\"　"]
        {
            assert_eq!(line(written), None, "{written}");
        }
    }

    #[test]
    fn paths_of_windows_are_put_in_single_quotes() {
        for (written, right) in [
            (r#"p = "C:\Users\a.shp""#, r"p = 'C:\Users\a.shp'"),
            (r#"p = "C:\new\data.shp" # \d"#, r"p = 'C:\new\data.shp' # \d"),
            (r#"p = ["C:\new\temp", "C:\\b\\c", "data\図.shp"]"#, r#"p = ['C:\new\temp', "C:\\b\\c", 'data\図.shp']"#),
            (r#"p = { path = "C:\feeds\", id = "x" }"#, r#"p = { path = 'C:\feeds\', id = "x" }"#),
            (r#"p = "D:\gtfs\""#, r"p = 'D:\gtfs\'"),
            (r#"p = "\\server\data\x.shp""#, r"p = '\\server\data\x.shp'"),
            (r#"p = "C:\\data\Users""#, r"p = 'C:\data\Users'"),
            (r#"p = "C:\Users\O'Hara\a.shp""#, r#"p = "C:/Users/O'Hara/a.shp""#),
        ] {
            assert_eq!(line(written).as_deref(), Some(right), "{written}");
        }
        for written in [r#"note = "say \"hi\", \\ and \u0041" x"#, r"p = 'C:\Users'", r#"p = "C:\\Users" x"#] {
            assert_eq!(line(written), None, "{written}");
        }
    }

    #[test]
    fn what_was_meant_may_not_be_known() {
        for written in ["station_radius_m = 15分", "a = \"C:\\Users"] {
            let mended = mended(written, &SAMPLE).expect("it has a slip");
            assert_eq!(mended.line, None, "{written}");
        }
    }

    #[test]
    fn the_key_is_what_stands_before_the_sign() {
        for (line, key) in
            [("a =", "a"), ("a.b_c=", "b_c"), ("{ path = 'x', peak_trips =", "peak_trips"), ("焼津x =", "x"), ("=", "")]
        {
            assert_eq!(key_before(line), key, "{line}");
        }
    }
}
