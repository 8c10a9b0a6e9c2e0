//! Bytes → text: which encoding a file is in, and where that was learnt from.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8};
use rayon::prelude::*;

use super::InputError;
use super::files::Bytes;
use crate::text::Text;

/// What is said of an encoding that nothing names.
pub(super) const FROM_BYTES: Text = Text::new("バイト列から判別", "from the bytes");

/// What is said about an encoding outside the text itself.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said<'a> {
    /// By the project file: it must hold.
    Demanded(&'a str),
    /// By a companion of the file, which is often wrong: its name, and the label.
    Hinted(&'a str, &'static Text),
}

/// Decoded text, and its encoding for the reader of `run.json`, as in `Shift_JIS (.cpg)`.
#[derive(Debug)]
pub(super) struct FileText<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: Text,
}

/// So much of a file is looked at before the system may drop it from memory.
const AT_ONCE: usize = 4 << 20;

/// The encoding of a file that is plain UTF-8, without a byte order mark; `None` for any other. What was looked at is
/// let go of, since the file may be larger than the memory.
pub(super) fn plain_utf8(bytes: &Bytes) -> Option<Text> {
    let plain = Encoding::for_bom(bytes).is_none() && is_utf8(bytes, 0);
    plain.then(|| learnt(UTF_8, &FROM_BYTES))
}

/// As [`plain_utf8`], with or without a byte order mark: where the text begins, and the encoding.
pub(super) fn any_utf8(bytes: &Bytes) -> Option<(usize, Text)> {
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            (encoding == UTF_8 && is_utf8(bytes, length)).then(|| (length, with_mark(encoding)))
        }
        None => plain_utf8(bytes).map(|encoding| (0, encoding)),
    }
}

/// Whether bytes can be those of a text: none of the first is zero, unless a byte order mark says UTF-16 or the zeros fill
/// the file up to its end.
pub(super) fn can_be_text(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return true;
    }
    let first = &bytes[..bytes.len().min(4096)];
    match first.iter().position(|&byte| byte == 0) {
        Some(0) => false,
        Some(zero) => bytes[zero..].iter().all(|&byte| byte == 0),
        None => true,
    }
}

/// The beginning of a text that UTF-16 and its mark may hide from who looks at bytes.
pub(super) fn beginning(bytes: &[u8]) -> Cow<'_, [u8]> {
    const LOOKED_AT: usize = 8192;
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding != UTF_8 => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..bytes.len().min(LOOKED_AT)]);
            Cow::Owned(text.into_owned().into_bytes())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// Whether a file is UTF-8 from a byte offset on; looked at piece by piece, by all threads.
fn is_utf8(bytes: &Bytes, from: usize) -> bool {
    // A character that a piece would cut belongs to the next one. It goes on for three bytes; what goes on for longer is none.
    let goes_on = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000);
    let cut = |at: usize| {
        let before = at.saturating_sub(3).max(from)..=at;
        before.rev().find(|&at| !goes_on(at)).unwrap_or(at)
    };
    (from..bytes.len()).into_par_iter().step_by(AT_ONCE).all(|start| {
        let piece = cut(start)..cut(bytes.len().min(start + AT_ONCE));
        let is_utf8 = simdutf8::basic::from_utf8(&bytes[piece.clone()]).is_ok();
        bytes.release(piece);
        is_utf8
    })
}

fn with_mark(encoding: &'static Encoding) -> Text {
    learnt(encoding, &Text::new("BOMから判別", "byte order mark"))
}

/// An encoding, and where it was learnt from.
pub(super) fn learnt(encoding: &'static Encoding, place: &Text) -> Text {
    text!("{name}（{place}）", "{name} ({place})", name = encoding.name(), place = place.clone())
}

/// Decodes a whole file: its byte order mark decides, else what is said, else UTF-8, else CP932 where valid.
pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8], said: Option<Said<'_>>) -> Result<FileText<'a>, InputError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = strictly(encoding, &bytes[length..]).ok_or_else(|| not_that(path, encoding.name().into()))?;
        return Ok(FileText { text, encoding: with_mark(encoding) });
    }
    let (text, _, encoding) = choose(path, said, |encoding| strictly(encoding, bytes))?;
    Ok(FileText { text, encoding })
}

/// What the first encoding gives that fits, with the encoding and where it was learnt from.
fn choose<T>(
    path: &Path,
    said: Option<Said<'_>>,
    read: impl Fn(&'static Encoding) -> Option<T>,
) -> Result<(T, &'static Encoding, Text), InputError> {
    let by = |encoding: &'static Encoding, place: &Text| {
        read(encoding).map(|found| (found, encoding, learnt(encoding, place)))
    };
    match said {
        Some(Said::Demanded(label)) => {
            let unknown = || InputError::UnknownEncoding { path: path.to_owned(), label: label.to_owned() };
            let encoding = by_label(label).ok_or_else(unknown)?;
            let place = Text::new("プロジェクトファイル", "project file");
            return by(encoding, &place).ok_or_else(|| not_that(path, encoding.name().into()));
        }
        Some(Said::Hinted(label, place)) => {
            if let Some(found) = by_label(label).and_then(|encoding| by(encoding, place)) {
                return Ok(found);
            }
        }
        None => {}
    }
    // Japanese text in CP932 is all but never valid UTF-8, so the stricter one is tried first.
    [UTF_8, SHIFT_JIS]
        .into_iter()
        .find_map(|encoding| by(encoding, &FROM_BYTES))
        .ok_or_else(|| not_that(path, Text::new("UTF-8またはShift_JIS（CP932）", "UTF-8 or Shift_JIS (CP932)")))
}

/// The WHATWG encodings, and the names that code pages have in `.cpg` files.
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    let page = label.trim_start_matches("ansi").trim().trim_start_matches("cp").trim_start_matches(['-', '_']);
    match page {
        "932" => Some(SHIFT_JIS),
        "65001" => Some(UTF_8),
        "20932" | "51932" => Some(EUC_JP),
        _ => Encoding::for_label(label.as_bytes())
            .or_else(|| Encoding::for_label(format!("windows-{page}").as_bytes()))
            .or_else(|| iso_8859(&label)),
    }
}

/// `8859-1`, `88591`, `ISO 8859_15` and the like.
fn iso_8859(label: &str) -> Option<&'static Encoding> {
    let plain: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let part = plain.strip_prefix("iso").unwrap_or(&plain).strip_prefix("8859")?;
    Encoding::for_label(format!("iso-8859-{part}").as_bytes())
}

pub(super) fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

pub(super) fn not_that(path: &Path, tried: Text) -> InputError {
    InputError::Encoding { path: path.to_owned(), tried }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATION_SJIS: &[u8] = b"\x8f\xc4\x92\xc3\x89\x77"; // 焼津駅

    fn read<'a>(bytes: &'a [u8], said: Option<Said<'_>>) -> FileText<'a> {
        decode(Path::new("a.csv"), bytes, said).unwrap()
    }

    #[test]
    fn the_order_is_mark_then_said_then_utf8_then_cp932() {
        assert_eq!(read(b"\xef\xbb\xbf\xe9\xa7\x85", None).text, "駅");
        assert_eq!(read("駅".as_bytes(), None).encoding.en, "UTF-8 (from the bytes)");
        let guessed = read(STATION_SJIS, None);
        assert_eq!((guessed.text.as_ref(), guessed.encoding.en.as_ref()), ("焼津駅", "Shift_JIS (from the bytes)"));
        assert_eq!(read(STATION_SJIS, Some(Said::Hinted("932", words!(".cpg")))).encoding.en, "Shift_JIS (.cpg)");
        assert_eq!(read("é".as_bytes(), Some(Said::Demanded("cp1252"))).text, "Ã©");
    }

    #[test]
    fn plain_utf8_is_seen_piece_by_piece() {
        let said = |bytes: Vec<u8>| plain_utf8(&Bytes::Owned(bytes)).map(|said| said.en);
        // Three bytes a character, so that no piece ends between two.
        let long = "駅".repeat(2 * AT_ONCE / 3 + 10).into_bytes();
        assert_eq!(said(long.clone()).as_deref(), Some("UTF-8 (from the bytes)"));
        assert_eq!(said(long[..long.len() - 1].to_vec()), None);
        for at in [0, AT_ONCE - 2, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1] {
            let mut broken = long.clone();
            broken[at] = b'x';
            assert_eq!(said(broken), None, "{at}");
        }
        assert_eq!(said(STATION_SJIS.to_vec()), None);
        assert_eq!(said(b"\xef\xbb\xbf{}".to_vec()), None);
        assert_eq!(said(vec![0x80; AT_ONCE + 10]), None);
        assert!(said(Vec::new()).is_some());
    }

    #[test]
    fn a_wrong_hint_is_passed_over_and_a_wrong_demand_is_an_error() {
        assert_eq!(read(STATION_SJIS, Some(Said::Hinted("UTF-8", words!(".cpg")))).text, "焼津駅");
        let demanded = |label| decode(Path::new("a.csv"), STATION_SJIS, Some(Said::Demanded(label)));
        assert!(matches!(demanded("utf-8"), Err(InputError::Encoding { .. })));
        assert!(matches!(demanded("klingon"), Err(InputError::UnknownEncoding { .. })));
    }

    #[test]
    fn code_pages_have_many_names() {
        let name = |label| by_label(label).map(Encoding::name);
        for latin in ["ISO-8859-1", "1252", "ANSI 1252", "cp1252", "LATIN1", "88591", "ISO 8859_1", "8859-1"] {
            assert_eq!(name(latin), Some("windows-1252"), "{latin}");
        }
        for kanji in ["932", "cp932", "ANSI 932", "Shift_JIS", "SJIS", "\u{feff}MS932 "] {
            assert_eq!(name(kanji), Some("Shift_JIS"), "{kanji}");
        }
        assert_eq!([name("EUC-JP"), name("20932"), name("UTF8")], [Some("EUC-JP"), Some("EUC-JP"), Some("UTF-8")]);
        assert_eq!(name("88599999"), None);
    }

    #[test]
    fn bytes_that_are_neither_are_an_error() {
        assert!(matches!(decode(Path::new("a"), &[0x81, 0xff, 0xff], None), Err(InputError::Encoding { .. })));
    }
}
