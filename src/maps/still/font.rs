//! The font that is brought along, since a machine may have none with Japanese.
//!
//! BIZ UDPGothic by Morisawa, which Windows 10 and later have too, so that an SVG looks there as it was measured here.
//! It holds all of JIS X 0208 and 11,231 of the 11,233 characters of JIS X 0213.

use std::io::Read;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The file as published, compressed.
static FILE: &[u8] = include_bytes!("font/BIZUDPGothic-Regular.ttf.gz");

/// Stands for a character that the font lacks: 〓, the printers' mark (下駄記号) for a type that is not at hand.
pub(super) const GETA: char = '〓';

/// The font's bytes, unpacked: some 30 ms.
///
/// # Panics
/// Never: a test reads the whole file.
pub(super) fn bytes() -> Vec<u8> {
    let mut bytes = Vec::with_capacity(5 << 20);
    flate2::read::GzDecoder::new(FILE).read_to_end(&mut bytes).expect("the file is a part of the program");
    bytes
}

/// The font, ready to measure and to draw.
pub(super) struct Font<'a> {
    face: Face<'a>,
    em: f64,
}

impl<'a> Font<'a> {
    /// Reads what [`bytes`] gives.
    ///
    /// # Panics
    /// Where these are other bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let face = Face::parse(bytes, 0).expect("these are the bytes of the font");
        Self { em: f64::from(face.units_per_em()), face }
    }

    /// Whether it can draw a character.
    pub(super) fn has(&self, character: char) -> bool {
        self.face.glyph_index(character).is_some()
    }

    fn glyph(&self, character: char) -> GlyphId {
        let found = self.face.glyph_index(character).or_else(|| self.face.glyph_index(GETA));
        found.unwrap_or_default()
    }

    /// How far a character reaches, in em.
    fn advance(&self, character: char) -> f64 {
        f64::from(self.face.glyph_hor_advance(self.glyph(character)).unwrap_or_default()) / self.em
    }

    /// How long a text is, in em.
    pub(super) fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    /// The outline of a text whose baseline begins at `start`, at so many units an em, `y` down.
    pub(super) fn outline(&self, text: &str, start: [f64; 2], size: f64, path: &mut tiny_skia::PathBuilder) {
        let scale = size / self.em;
        let mut x = start[0];
        for character in text.chars() {
            let mut pen = Pen { path, origin: [x, start[1]], scale };
            // A space has no outline.
            let _ = self.face.outline_glyph(self.glyph(character), &mut pen);
            x += self.advance(character) * size;
        }
    }
}

/// Puts a glyph where it stands on the paper.
struct Pen<'p> {
    path: &'p mut tiny_skia::PathBuilder,
    origin: [f64; 2],
    scale: f64,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let [left, base] = self.origin;
        ((left + f64::from(x) * self.scale) as f32, (base - f64::from(y) * self.scale) as f32)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character of JIS X 0208, by the table of Shift_JIS without its vendors' rows.
    fn jis_x_0208() -> String {
        let mut text = Vec::new();
        for lead in (0x81..=0x84).chain(0x88..=0x9f).chain(0xe0..=0xea) {
            for trail in (0x40..=0xfc).filter(|trail| *trail != 0x7f) {
                let pair = [lead, trail];
                let (decoded, _, bad) = encoding_rs::SHIFT_JIS.decode(&pair);
                if !bad {
                    text.extend(decoded.chars());
                }
            }
        }
        text.into_iter().collect()
    }

    #[test]
    fn all_of_jis_x_0208_is_there() {
        let bytes = bytes();
        let font = Font::new(&bytes);
        let text = jis_x_0208();
        assert!(text.chars().count() >= 6879, "{}", text.chars().count());
        let missing: String = text.chars().filter(|character| !font.has(*character)).collect();
        assert_eq!(missing, "");
        assert!(font.has('﨑') && font.has('㎡') && !font.has('\u{20bb7}'));
    }

    #[test]
    fn a_kanji_is_an_em_wide_and_a_narrow_letter_less() {
        let bytes = bytes();
        let font = Font::new(&bytes);
        assert_eq!(font.width("拠点"), 2.0);
        assert!(font.width("il") < 0.8 && font.width("") == 0.0);
        assert_eq!(font.width("\u{20bb7}"), font.width("〓"));
    }
}
