//! Where the record of each row of the table begins in the `.shp`: as the `.shx` says, where that can be, else one after
//! the other.
//!
//! Editors write a changed outline anew at the end of the `.shp` and point the `.shx` at it, or sort one file and not
//! the other, so what stands there in a row may be out of date or another row's. A `.shx` may be wrong as well: left from
//! before, cut off, of another file. So it is followed where each of its entries points at a record and it fits the
//! table, and whatever is not followed or not used is told.

use std::path::Path;

use super::shp::{
    HEADER, HEADER_NOT_WHOLE, NO_RECORD, PAST_THE_END, RECORD_HEADER, be_u32, content, damaged, is_content, number,
    stated,
};
use crate::inputs::InputError;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static INDEX_NOT_FOLLOWED: NoticeKind = NoticeKind {
    id: "shx-not-followed",
    severity: Severity::Warning,
    what: Text::new(
        ".shx が .shp や .dbf と合わず、使わなかったファイルがあります。",
        "files have a .shx that does not fit the .shp or the .dbf; it was not followed",
    ),
    advice: Some(Text::new(
        "図形と属性の組み合わせを確かめ、シェープファイルをもう一度書き出してください。",
        "check that shapes and attributes belong together, and export the shapefile again",
    )),
};

static LEFT_BEHIND: NoticeKind = NoticeKind {
    id: "records-not-in-shx",
    severity: Severity::Skipped,
    what: Text::new(
        ".shp に .shx が指していないレコードがあります。編集前の図形などとして除きました。",
        "records of the .shp are not pointed at by the .shx, as an outline from before an edit; they take no part",
    ),
    advice: Some(Text::new(
        "なくすには、シェープファイルをもう一度書き出してください。",
        "export the shapefile again to be rid of them",
    )),
};

static HEADER_LENGTH: NoticeKind = NoticeKind {
    id: "shp-length-wrong",
    severity: Severity::Mended,
    what: Text::new(
        ".shp のヘッダーに書かれた大きさが実際のレコードと違うファイルがあります。レコードはすべて読みました。",
        "files state a length in the header of the .shp that is not that of their records; all records were read",
    ),
    advice: Some(Text::new("シェープファイルをもう一度書き出すと直ります。", "exporting the shapefile again mends it")),
};

static BY_NUMBER: NoticeKind = NoticeKind {
    id: "records-put-in-order",
    severity: Severity::Mended,
    what: Text::new(
        "使える .shx がなく、.shp のレコードが番号順に並んでいないファイルがあります。番号順に並べました。",
        "files have no .shx to follow and records that are not in the order of their numbers; they were put in that order",
    ),
    advice: Some(CHECK),
};

static NUMBERS_UNCLEAR: NoticeKind = NoticeKind {
    id: "record-numbers-unclear",
    severity: Severity::Warning,
    what: Text::new(
        "使える .shx がなく、.shp のレコードの番号が順番どおりでないファイルがあります。並んでいる順に読みました。",
        "files have no .shx to follow and record numbers that do not rise; the shapes were read in the order of the .shp",
    ),
    advice: Some(CHECK),
};

const CHECK: Text = Text::new(
    "図形と属性の組み合わせを確かめ、シェープファイルを .shx も含めてもう一度書き出してください。",
    "check that shapes and attributes belong together, and export the shapefile again with its .shx",
);

/// Where the records begin, in the order of the rows, and what was noticed about it.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// In 16-bit words from the beginning of the file, as the `.shx` has them.
    pub(super) of: Vec<u32>,
    pub(super) findings: Vec<Finding>,
}

/// A notice, how many times it applies, and an example.
pub(super) type Finding = (&'static NoticeKind, u64, Text);

/// Finds them without reading shapes; `rows` is how many records the table has.
pub(super) fn find(path: &Path, shp: &[u8], shx: Option<&[u8]>, rows: usize) -> Result<Places, InputError> {
    if shp.len() < HEADER {
        return Err(damaged(path, 0, &HEADER_NOT_WHOLE));
    }
    let walk = Walk::through(path, shp, rows);
    let mut findings = Vec::new();
    let shown = || Text::from(path.display());
    if let Some(shx) = shx {
        match followed(shp, shx, &walk, rows) {
            Ok(of) => {
                let left = walk.left_by(shp, &of);
                if let Some(&first) = left.first() {
                    let example = text!(
                        "{path}: {number}番目のレコード",
                        "{path}: record {number} in the file",
                        path = path.display(),
                        number = first + 1
                    );
                    findings.push((&LEFT_BEHIND, left.len() as u64, example));
                }
                let end = of.iter().filter(|&&place| place != NO_RECORD).filter_map(|&place| end(shp, place)).max();
                let said = stated(shp);
                if said > shp.len() || end.is_some_and(|end| end > said) {
                    findings.push((&HEADER_LENGTH, 1, shown()));
                }
                return Ok(Places { of, findings });
            }
            Err(why) => {
                let index = path.with_extension("shx");
                let said = |why| format!("{}: {why}", index.display()).into();
                findings.push((&INDEX_NOT_FOLLOWED, 1, Text { ja: said(why.ja), en: said(why.en) }));
            }
        }
    }
    walk.end?;
    if walk.beyond {
        findings.push((&HEADER_LENGTH, 1, shown()));
    }
    let of = if rises(&walk.numbers) {
        walk.of
    } else if let Some(sorted) = by_number(&walk.of, &walk.numbers).filter(|_| walk.of.len() == rows) {
        findings.push((&BY_NUMBER, 1, shown()));
        sorted
    } else {
        findings.push((&NUMBERS_UNCLEAR, 1, shown()));
        walk.of
    };
    Ok(Places { of, findings })
}

/// The records of a `.shp`, one after the other.
struct Walk {
    of: Vec<u32>,
    numbers: Vec<u32>,
    /// The error that ended it, where the file's end did not.
    end: Result<(), InputError>,
    /// Whether it went on where the header says that the file ends.
    beyond: bool,
}

impl Walk {
    fn through(path: &Path, shp: &[u8], rows: usize) -> Self {
        let said = stated(shp);
        let mut walk = Self { of: Vec::new(), numbers: Vec::new(), end: Ok(()), beyond: false };
        if said > shp.len() {
            let shorter =
                words!("ヘッダーに書かれた大きさより短くなっています", "the file is shorter than its header says");
            walk.end = Err(damaged(path, 0, shorter));
        }
        let mut at = HEADER;
        loop {
            // Some writers leave padding after the end that the header states, some forget to state it anew: what is
            // beyond are records where rows are left for them and their numbers go on.
            let beyond = at + RECORD_HEADER > said.min(shp.len());
            if beyond && !(walk.of.len() < rows && walk.goes_on(shp, at)) {
                return walk;
            }
            let (Some(content), Ok(place)) = (content(shp, at), u32::try_from(at / 2)) else {
                if walk.end.is_ok() {
                    walk.end = Err(damaged(path, walk.of.len() + 1, &PAST_THE_END));
                }
                return walk;
            };
            walk.of.push(place);
            walk.numbers.push(number(shp, at).unwrap_or(0));
            walk.beyond |= beyond;
            at += RECORD_HEADER + content.len();
        }
    }

    /// Whether a record with the next number stands there.
    fn goes_on(&self, shp: &[u8], at: usize) -> bool {
        let next = self.numbers.last().map_or(Some(1), |last| last.checked_add(1));
        next.is_some() && number(shp, at) == next && content(shp, at).is_some_and(is_content)
    }

    /// The records that none of the places is, 0-based in the order of the file. What stands within a record that one of
    /// them is, is none.
    fn left_by(&self, shp: &[u8], places: &[u32]) -> Vec<usize> {
        if self.of == places {
            return Vec::new();
        }
        let spans = spans(shp, places);
        let is_apart = |&(_, &place): &(usize, &u32)| {
            let at = place as usize * 2;
            let next = spans.partition_point(|&(start, _)| start <= at);
            next == 0 || spans[next - 1].1 <= at
        };
        let is_record = |&(_, &place): &(usize, &u32)| content(shp, place as usize * 2).is_some_and(is_content);
        self.of.iter().enumerate().filter(is_apart).filter(is_record).map(|(index, _)| index).collect()
    }
}

/// What the `.shx` says, where it can be followed; else why not.
fn followed(shp: &[u8], shx: &[u8], walk: &Walk, rows: usize) -> Result<Vec<u32>, Text> {
    let entries = entries(shx, rows)?;
    let places: Vec<u32> = entries.iter().map(|entry| entry.0).collect();
    if walk.end.is_ok() && places == walk.of {
        return Ok(places);
    }
    let (own, walked) = (places.len(), walk.of.len());
    // Where they count differently, the table decides; where that has a number of its own, records that are numbered
    // one after the other are all wanted.
    if own != rows && (walk.end.is_err() || walked == rows || (walked > own && rises(&walk.numbers))) {
        return Err(text!(
            "レコードの数は .shx が{own}、.shp が{walked}、.dbf が{rows}です",
            "the .shx has {own} records, the .shp {walked}, the .dbf {rows}"
        ));
    }
    for (index, &(place, length)) in entries.iter().enumerate() {
        if (place, length) == (NO_RECORD, 0) {
            continue; // some writers have no record for a null shape
        }
        let at = place as usize * 2;
        let whole = if at < HEADER { None } else { content(shp, at) };
        // Its length is wrong in some files, so a record that the walk came by is one without it.
        let is_one = whole.is_some_and(|content| {
            is_content(content) && (content.len() == length as usize * 2 || walk.of.binary_search(&place).is_ok())
        });
        if !is_one {
            let number = index + 1;
            return Err(text!(
                "{number}番目の項目が .shp のレコードを指していません",
                "its entry {number} points at no record of the .shp"
            ));
        }
    }
    if spans(shp, &places).windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(Text::new(
            "2つの項目が .shp の同じところを指しています",
            "two of its entries point at the same place of the .shp",
        ));
    }
    let nulls = places.iter().filter(|&&place| place == NO_RECORD).count();
    if nulls > 0 && (nulls == own || !walk.left_by(shp, &places).is_empty()) {
        return Err(Text::new("何も指していない項目があります", "some of its entries point at nothing"));
    }
    Ok(places)
}

/// The entries of a `.shx`: where a record begins, and the length of its content, in 16-bit words.
fn entries(shx: &[u8], rows: usize) -> Result<Vec<(u32, u32)>, Text> {
    if shx.len() < HEADER || !shx.starts_with(&[0, 0, 0x27, 0x0a]) {
        return Err(Text::new("索引として読めません", "it is not an index"));
    }
    let entries = shx[HEADER..].chunks_exact(8);
    // Its header may state another length than it has; the table tells which is meant.
    let said = stated(shx).saturating_sub(HEADER) / 8;
    let count = if said <= entries.len() && (said == rows || entries.len() != rows) { said } else { entries.len() };
    let word = |entry: &[u8], at| be_u32(entry, at).unwrap_or(0);
    Ok(entries.take(count).map(|entry| (word(entry, 0), word(entry, 4))).collect())
}

/// From where to where the records reach in bytes, sorted.
fn spans(shp: &[u8], places: &[u32]) -> Vec<(usize, usize)> {
    let there = places.iter().filter(|&&place| place != NO_RECORD);
    let mut spans: Vec<_> = there.filter_map(|&place| Some((place as usize * 2, end(shp, place)?))).collect();
    spans.sort_unstable();
    spans
}

/// Where a record ends.
fn end(shp: &[u8], place: u32) -> Option<usize> {
    let at = place as usize * 2;
    content(shp, at).map(|content| at + RECORD_HEADER + content.len())
}

/// Whether numbers rise, or say nothing since they are all the same.
fn rises(numbers: &[u32]) -> bool {
    numbers.windows(2).all(|pair| pair[0] < pair[1]) || numbers.windows(2).all(|pair| pair[0] == pair[1])
}

/// The records in the order of their numbers, where these are 1, 2, 3, … in any order.
fn by_number(places: &[u32], numbers: &[u32]) -> Option<Vec<u32>> {
    let mut sorted = vec![NO_RECORD; places.len()];
    for (&place, &number) in places.iter().zip(numbers) {
        let slot = sorted.get_mut((number as usize).checked_sub(1)?)?;
        if std::mem::replace(slot, place) != NO_RECORD {
            return None;
        }
    }
    Some(sorted)
}
