//! Which encoding are the short cells of a table in?
//!
//! What stands beside the file is often wrong, and the last character of a cell may be cut in two by the width of its
//! column, so a cell says little by itself: half a kanji in CP932 can be the beginning of a character in UTF-8, and each
//! kanji of EUC-JP is two katakana of half width in CP932. So all cells of the file are weighed: an encoding in which none
//! is cut and the usual characters of Japanese come out goes before one that loses bytes and gives rare ones.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::Path;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8};

use crate::inputs::InputError;
use crate::inputs::text::{FROM_BYTES, Said, by_label, learnt, not_that, strictly};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static HINT_NOT_BELIEVED: NoticeKind = NoticeKind {
    id: "encoding-not-as-said",
    severity: Severity::Warning,
    what: Text::new(
        ".cpg などに書かれた文字コードと文字が合わない表があります。バイト列から判別した文字コードで読みました。",
        "tables are hardly in the encoding that their .cpg or .dbf names; they were read in the one that fits the bytes",
    ),
    advice: Some(SAY_WHICH),
};

static UNSURE: NoticeKind = NoticeKind {
    id: "encoding-unsure",
    severity: Severity::Warning,
    what: Text::new(
        "文字が少なく、文字コードを1つに決められない表があります。",
        "tables hold too little text to tell their encoding for sure",
    ),
    advice: Some(SAY_WHICH),
};

const SAY_WHICH: Text = Text::new(
    "文字を確かめ、違うときは kyoten.toml に `encoding = \"cp932\"` のように書いてください。",
    "look at the text; where it is wrong, say in kyoten.toml which it is, as in `encoding = \"cp932\"`",
);

/// A cell of text, without the blanks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldText<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether it reaches the end of its column, so that its last character may be cut.
    pub(super) full: bool,
}

/// The encoding of a table.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) encoding: &'static Encoding,
    /// Its name, and where it was learnt from.
    pub(super) note: Text,
    /// Which cells end in bytes that are no character, in the order in which they were given.
    pub(super) cut: Vec<usize>,
    /// What is to be told of the choice.
    pub(super) doubt: Option<(&'static NoticeKind, Text)>,
}

/// Finds the encoding of cells by what is said of it, each with less weight than the one before, and by the bytes.
pub(super) fn find<'a, I: Iterator<Item = FieldText<'a>>>(
    path: &Path,
    cells: impl Fn() -> I,
    said: &[Said<'_>],
) -> Result<Found, InputError> {
    let read = |encoding| Reading::of(encoding, cells());
    let mut disbelieved: Option<String> = None;
    let told = |disbelieved: Option<String>| disbelieved.map(|example| (&HINT_NOT_BELIEVED, Text::from(example)));
    for said in said {
        let (label, place) = match *said {
            Said::Demanded(label) => {
                let unknown = || InputError::UnknownEncoding { path: path.to_owned(), label: label.to_owned() };
                let encoding = by_label(label).ok_or_else(unknown)?;
                let reading = read(encoding).ok_or_else(|| not_that(path, encoding.name().into()))?;
                return Ok(reading.found(&Text::new("プロジェクトファイル", "project file"), None));
            }
            Said::Hinted(label, place) => (label, place),
        };
        let Some(hinted) = by_label(label).filter(|hinted| hinted.is_ascii_compatible()) else { continue };
        let Some(reading) = read(hinted) else { continue };
        if !reading.is_doubtful() {
            return Ok(reading.found(place, told(disbelieved)));
        }
        match weigh(&read) {
            Some((better, _)) if better.overrules(&reading) => {
                disbelieved = disbelieved.or(Some(format!("{}: {label}, {}", path.display(), better.encoding.name())));
            }
            Some((other, _)) if hinted.is_single_byte() && other.common > 0 => {
                let example = format!("{}: {label}, {}", path.display(), other.encoding.name());
                return Ok(reading.found(place, Some((&UNSURE, example.into()))));
            }
            _ => return Ok(reading.found(place, told(disbelieved))),
        }
    }
    let either = || not_that(path, Text::new("UTF-8またはShift_JIS（CP932）", "UTF-8 or Shift_JIS (CP932)"));
    let (reading, rival) = weigh(&read).ok_or_else(either)?;
    let both = |rival: &'static Encoding| format!("{}: {}, {}", path.display(), reading.encoding.name(), rival.name());
    let doubt = told(disbelieved).or_else(|| rival.map(|rival| (&UNSURE, both(rival).into())));
    Ok(reading.found(&FROM_BYTES, doubt))
}

/// Decodes a cell; what is no character at its end is left out.
pub(super) fn decode(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.trim_end_matches(['\u{fffd}', '\0', ' ']).to_owned()
}

/// The encoding that fits the bytes best, and another one that fits them as well.
fn weigh(read: &impl Fn(&'static Encoding) -> Option<Reading>) -> Option<(Reading, Option<&'static Encoding>)> {
    // Japanese text in CP932 is all but never valid UTF-8, so the stricter one is tried first.
    let utf8 = read(UTF_8);
    if let Some(utf8) = utf8.as_ref().filter(|utf8| utf8.cut.is_empty() && (utf8.wide || utf8.words || utf8.is_ascii()))
    {
        return Some((utf8.clone(), None));
    }
    let sjis = read(SHIFT_JIS);
    let plainly_sjis = sjis.as_ref().is_some_and(|sjis| sjis.cut.is_empty() && sjis.common > sjis.odd);
    // Katakana of half width stand in pairs now and then; a good many pairs that are all usual kanji of EUC-JP are none.
    let euc = (!plainly_sjis).then(|| read(EUC_JP)).flatten();
    let euc = euc
        .filter(|euc| euc.cut.is_empty() && euc.common > 4 * euc.odd && sjis.as_ref().is_none_or(|it| it.common == 0));
    let another_fits = [&utf8, &sjis].into_iter().flatten().any(|other| other.cut.is_empty());
    let shown = |euc: &Reading| euc.common >= 4 || !another_fits;
    let rival = euc.as_ref().filter(|euc| !shown(euc)).map(|euc| euc.encoding);
    let euc = euc.filter(shown);
    // Of equal ones, the first.
    let best = [utf8, sjis, euc].into_iter().flatten().min_by(Reading::compare)?;
    let rival = rival.filter(|_| best.common == 0);
    Some((best, rival))
}

/// How cells read in an encoding.
#[derive(Debug, Clone)]
struct Reading {
    encoding: &'static Encoding,
    cut: Vec<usize>,
    /// Characters of the different cells beyond ASCII: those of everyday Japanese, and others.
    common: u32,
    odd: u32,
    /// What is lost, a cell that nothing is left of weighing most.
    lost: u32,
    /// Whether there is a character that takes three bytes or more in UTF-8.
    wide: bool,
    /// Whether there are letters of ASCII beside others, as in Western words and names in Latin letters.
    words: bool,
    /// Letters that are neither Japanese nor of Western Europe.
    foreign: u32,
    /// Whether there are control characters, which no text holds.
    controls: bool,
    /// Bytes beyond ASCII that stand beside each other, and those that stand alone, as accented letters in words do.
    beside: u32,
    alone: u32,
}

/// How many different cells are looked at character by character.
const LOOKED_AT: usize = 4096;

impl Reading {
    /// `None` where a cell is not in that encoding, but for its last bytes.
    fn of<'a>(encoding: &'static Encoding, cells: impl Iterator<Item = FieldText<'a>>) -> Option<Self> {
        let mut reading = Self {
            encoding,
            cut: Vec::new(),
            common: 0,
            odd: 0,
            lost: 0,
            wide: false,
            words: false,
            foreign: 0,
            controls: false,
            beside: 0,
            alone: 0,
        };
        let mut seen = BTreeSet::new();
        for (index, cell) in cells.enumerate().filter(|(_, cell)| !cell.bytes.is_ascii()) {
            let length = cell.bytes.len();
            let whole = |cut: &usize| strictly(encoding, &cell.bytes[..length - cut]).is_some();
            let cut = (0..=3.min(length)).find(whole)?;
            if cut > 0 {
                reading.cut.push(index);
            }
            if seen.len() < LOOKED_AT && seen.insert(cell.bytes) {
                reading.look(cell, cut);
            }
        }
        Some(reading)
    }

    fn look(&mut self, cell: FieldText<'_>, cut: usize) {
        let kept = &cell.bytes[..cell.bytes.len() - cut];
        let text = strictly(self.encoding, kept).unwrap_or_default();
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            *(if is_common(letter) { &mut self.common } else { &mut self.odd }) += 1;
            self.wide |= letter >= '\u{800}';
            self.controls |= letter.is_control();
            self.foreign += u32::from(('\u{100}'..'\u{800}').contains(&letter) && !is_common(letter));
        }
        self.words |= text.bytes().any(|byte| byte.is_ascii_alphabetic());
        self.lost += match (cut, kept.is_empty(), cell.full) {
            (0, ..) => 0,
            (_, true, _) => 3,
            (_, false, false) => 2,
            (_, false, true) => 1,
        };
        let beyond = |at: Option<usize>| at.and_then(|at| cell.bytes.get(at)).is_some_and(|byte| !byte.is_ascii());
        for at in (0..cell.bytes.len()).filter(|&at| beyond(Some(at))) {
            let has_other = beyond(at.checked_sub(1)) || beyond(Some(at + 1));
            *(if has_other { &mut self.beside } else { &mut self.alone }) += 1;
        }
    }

    /// From 0, where all is everyday Japanese, to 1.
    fn loss(&self) -> f64 {
        let bad = f64::from(self.odd + self.lost);
        if bad == 0.0 { 0.0 } else { bad / (bad + f64::from(self.common)) }
    }

    /// The better one first.
    fn compare(&self, other: &Self) -> Ordering {
        let rest = |it: &Self| (it.lost, it.foreign);
        self.loss().total_cmp(&other.loss()).then_with(|| rest(self).cmp(&rest(other)))
    }

    fn is_ascii(&self) -> bool {
        self.common + self.odd + self.lost == 0
    }

    /// Whether what is said may be wrong although the bytes fit: all bytes fit an encoding of single ones.
    fn is_doubtful(&self) -> bool {
        !self.is_ascii()
            && (self.encoding.is_single_byte()
                || (self.encoding == UTF_8 && !self.cut.is_empty())
                || ([SHIFT_JIS, EUC_JP].contains(&self.encoding) && self.loss() > 0.3))
    }

    /// Whether this, by the bytes, is to be believed rather than what is said.
    fn overrules(&self, said: &Self) -> bool {
        if self.encoding == said.encoding {
            return false;
        }
        if said.encoding.is_single_byte() {
            // Accented letters stand alone among others; bytes of Japanese stand together.
            let is_text = self.loss() <= 0.5 || (is_latin(said.encoding) && said.beside > 0);
            return is_text && (self.encoding == UTF_8 || said.controls || said.beside > said.alone);
        }
        // A katakana of half width is none of EUC-JP against what is said.
        self.encoding != EUC_JP && self.cut.is_empty() && self.loss() + 0.3 <= said.loss()
    }

    fn found(self, place: &Text, doubt: Option<(&'static NoticeKind, Text)>) -> Found {
        Found { encoding: self.encoding, note: learnt(self.encoding, place), cut: self.cut, doubt }
    }
}

fn is_latin(encoding: &'static Encoding) -> bool {
    ["windows-1252", "windows-1250", "windows-1254", "windows-1257", "ISO-8859-15", "ISO-8859-2", "macintosh"]
        .contains(&encoding.name())
}

/// Whether a character is one of everyday Japanese: kana, signs, and kanji of the first level of JIS X 0208.
fn is_common(letter: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = SHIFT_JIS.encode(letter.encode_utf8(&mut buffer));
    !unknown && matches!(*bytes, [0x81..=0x97, _] | [0x98, ..=0x72])
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
