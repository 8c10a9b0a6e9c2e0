//! Drawings as PDF: a page a sheet, everything as lines and areas, and letters that can be searched and copied.
//!
//! The file hangs on the drawings and the date alone. Fonts are embedded, of each only the letters that are used.

mod content;
mod letters;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, Timelike};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{PaintType, TilingType};
use pdf_writer::{Date, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::font::Font;
use super::ink::{Drawing, Fill};
use super::paper::Sheet;
use super::tile;
use content::Content;
use letters::Letters;

/// Points, of which an inch has 72, for a hundredth of a millimetre.
const POINT: f64 = 72.0 / 2540.0;

/// A sheet with what is drawn on it.
pub(super) struct Page<'d> {
    pub(super) drawing: &'d Drawing,
    pub(super) sheet: &'d Sheet,
    pub(super) title: &'d str,
}

/// The whole file.
///
/// # Errors
/// A font that cannot be cut down to the letters that are used; ours can.
pub(super) fn pdf(pages: &[Page<'_>], font: &[u8], made: SystemTime) -> io::Result<Vec<u8>> {
    let mut refs = Refs(Ref::new(1));
    let (catalog, tree) = (refs.next(), refs.next());
    let mut file = Pdf::new();
    let mut letters = Letters::new(font, refs.next());
    let mut patterns: BTreeMap<(Fill, i32), Ref> = BTreeMap::new();
    let face = Font::new(font);
    let mut placed = Vec::new();
    for page in pages {
        let height = super::ink::hundredths(page.sheet.height);
        for fill in page.drawing.fills() {
            patterns.entry((fill, height)).or_insert_with(|| refs.next());
        }
        let mut content = Content::new(&face, &mut letters);
        content.sheet(page.drawing, height);
        let (id, stream) = (refs.next(), refs.next());
        file.stream(stream, &packed(&content.finish())?).filter(Filter::FlateDecode);
        let own = patterns.iter().filter(|((_, of), _)| *of == height).map(|((fill, _), &id)| (*fill, id));
        let mut written = file.page(id);
        written.parent(tree).media_box(media_box(page.sheet)).contents(stream);
        let mut resources = written.resources();
        resources.fonts().pair(letters::NAME, letters.id());
        let mut named = resources.patterns();
        for (fill, pattern) in own {
            named.pair(Name(content::pattern(fill).as_bytes()), pattern);
        }
        named.finish();
        resources.finish();
        written.finish();
        placed.push((id, page.title));
    }
    for (&(fill, height), &id) in &patterns {
        tile_of(&mut file, (id, fill), height, &face, &mut letters)?;
    }
    letters.write(&mut file, || refs.next())?;
    file.pages(tree).kids(placed.iter().map(|(id, _)| *id)).count(i32::try_from(placed.len()).unwrap_or(i32::MAX));
    let outline = (placed.len() > 1).then(|| contents(&mut file, &placed, || refs.next()));
    let mut root = file.catalog(catalog);
    root.pages(tree).lang(TextStr("ja"));
    if let Some(outline) = outline {
        root.outlines(outline);
    }
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let title = pages.first().map_or("", |page| page.title);
    let maker = concat!("kyoten ", env!("CARGO_PKG_VERSION"));
    let mut about = file.document_info(refs.next());
    about.title(TextStr(title)).creator(TextStr(maker)).producer(TextStr(maker)).creation_date(date(made));
    about.finish();
    Ok(file.finish())
}

/// Numbers of objects, one after the other.
struct Refs(Ref);

impl Refs {
    fn next(&mut self) -> Ref {
        self.0.bump()
    }
}

fn media_box(sheet: &Sheet) -> Rect {
    let [width, height] = [sheet.width, sheet.height].map(|mm| (mm * 100.0 * POINT) as f32);
    Rect::new(0.0, 0.0, width, height)
}

/// From hundredths of a millimetre with `y` down to points with `y` up.
fn matrix(height: i32) -> [f32; 6] {
    let point = POINT as f32;
    [point, 0.0, 0.0, -point, 0.0, (f64::from(height) * POINT) as f32]
}

/// The signs of a tile, which is counted from the upper left corner of the sheet. It shows a little more than its own square, for what
/// ends at its edge would be a hairline.
fn tile_of<'f>(
    file: &mut Pdf,
    (id, fill): (Ref, Fill),
    height: i32,
    face: &Font<'f>,
    letters: &mut Letters<'f>,
) -> io::Result<()> {
    let mut parts = Drawing::default();
    tile::signs(fill, &mut parts);
    let mut content = Content::new(face, letters);
    content.marks(&parts);
    let side = (tile::SIDE * 100.0) as f32;
    let bytes = packed(&content.finish())?;
    let mut pattern = file.tiling_pattern(id, &bytes);
    pattern.filter(Filter::FlateDecode);
    pattern.paint_type(PaintType::Colored).tiling_type(TilingType::NoDistortion);
    let edge = side / 4.0;
    pattern.bbox(Rect::new(-edge, -edge, side + edge, side + edge)).x_step(side).y_step(side).matrix(matrix(height));
    pattern.resources().finish();
    pattern.finish();
    Ok(())
}

/// The list of pages beside the document.
fn contents(file: &mut Pdf, pages: &[(Ref, &str)], mut next: impl FnMut() -> Ref) -> Ref {
    let outline = next();
    let items: Vec<Ref> = pages.iter().map(|_| next()).collect();
    for (index, ((page, title), &id)) in pages.iter().zip(&items).enumerate() {
        let mut item = file.outline_item(id);
        item.title(TextStr(title)).parent(outline);
        if index > 0 {
            item.prev(items[index - 1]);
        }
        if let Some(&next) = items.get(index + 1) {
            item.next(next);
        }
        item.dest().page(*page).fit();
    }
    let mut written = file.outline(outline);
    if let (Some(&first), Some(&last)) = (items.first(), items.last()) {
        written.first(first).last(last);
    }
    written.count(i32::try_from(items.len()).unwrap_or(i32::MAX));
    written.finish();
    outline
}

fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes)?;
    packer.finish()
}

fn date(made: SystemTime) -> Date {
    let seconds = made.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let day = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_default();
    let of = |number: u32| number as u8;
    Date::new(day.year().clamp(0, 9999) as u16)
        .month(of(day.month()))
        .day(of(day.day()))
        .hour(of(day.hour()))
        .minute(of(day.minute()))
        .second(of(day.second()))
        .utc_offset_hour(0)
}

#[cfg(test)]
mod tests {
    use super::super::font;
    use super::super::ink::{Anchor, Lettering, Mark, Outline};
    use super::super::paper::Size;
    use super::*;

    fn written(words: &str) -> Vec<u8> {
        let bytes = font::bytes();
        let sheet = Sheet::new(Size::A4, false);
        let mut drawing = Drawing::default();
        drawing.begin("all", Some([[1000, 1000], [11_000, 11_000]]));
        let fill = Fill::Hatched { tint: [250, 230, 200], line: [200, 100, 0] };
        drawing.shape(Outline::rect(0.0, 0.0, 200.0, 200.0), Some(fill), None);
        drawing.end();
        drawing.marks.push(Mark::Text(Lettering {
            at: [1000, 3000],
            size: 2000,
            words: words.to_owned(),
            anchor: Anchor::Middle,
            colour: [0, 0, 0],
            beside: None,
            halo: true,
        }));
        pdf(&[Page { drawing: &drawing, sheet: &sheet, title: "題" }], &bytes, UNIX_EPOCH).unwrap()
    }

    fn holds(file: &[u8], text: &str) -> bool {
        file.windows(text.len()).any(|part| part == text.as_bytes())
    }

    #[test]
    fn the_same_drawing_is_the_same_bytes_and_its_letters_come_with_it() {
        let file = written("拠点区域");
        assert_eq!(file, written("拠点区域"));
        assert!(file.starts_with(b"%PDF-1.") && holds(&file, "+BIZUDPGothic") && holds(&file, "/FontFile2"));
        // Five letters of a font of five megabytes.
        assert!(file.len() < 20_000, "{}", file.len());
    }

    /// The streams of a file, one after the other.
    fn unpacked(file: &[u8]) -> Vec<u8> {
        use std::io::Read as _;
        let begins = b"\nstream\n";
        let mut all = Vec::new();
        for at in (0..file.len()).filter(|&at| file[at..].starts_with(begins)) {
            // What follows a stream is none of it.
            let _ = flate2::read::ZlibDecoder::new(&file[at + begins.len()..]).read_to_end(&mut all);
        }
        all
    }

    #[test]
    fn what_the_font_lacks_is_drawn_as_a_mark_and_copied_as_what_it_is() {
        // Hangul is not in it.
        assert!(holds(&unpacked(&written("한野家")), "/ActualText"));
        assert!(!holds(&unpacked(&written("吉野家")), "/ActualText"));
    }
}
