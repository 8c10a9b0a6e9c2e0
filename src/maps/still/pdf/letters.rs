//! The letters that a document uses: numbered as they come, and embedded at its end.

use std::collections::BTreeMap;
use std::io;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

use crate::maps::still::font::GETA;

/// The name of the font among the resources of a page.
pub(super) const NAME: Name<'static> = Name(b"F");

/// The name of the font itself.
const FONT: &str = "BIZUDPGothic";

const IDENTITY: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The letters of a font that are used.
pub(super) struct Letters<'f> {
    bytes: &'f [u8],
    face: Face<'f>,
    id: Ref,
    used: GlyphRemapper,
    /// By number of a letter in the document, its glyph in the font and the character that it stands for.
    known: BTreeMap<u16, (u16, char)>,
}

/// Words as the document has them.
pub(super) struct Shown {
    /// Two bytes a letter.
    pub(super) codes: Vec<u8>,
    /// Whether every letter stands for its character and for no other.
    pub(super) is_faithful: bool,
}

impl<'f> Letters<'f> {
    /// # Panics
    /// Where these are other bytes than those of the font that is brought along.
    pub(super) fn new(bytes: &'f [u8], id: Ref) -> Self {
        let face = Face::parse(bytes, 0).expect("these are the bytes of the font");
        Self { bytes, face, id, used: GlyphRemapper::new(), known: BTreeMap::new() }
    }

    pub(super) fn id(&self) -> Ref {
        self.id
    }

    /// Takes words in.
    pub(super) fn shown(&mut self, words: &str) -> Shown {
        let mut shown = Shown { codes: Vec::new(), is_faithful: true };
        for character in words.chars() {
            let found = self.face.glyph_index(character);
            let drawn = if found.is_some() { character } else { GETA };
            let glyph = found.or_else(|| self.face.glyph_index(GETA)).unwrap_or_default().0;
            let code = self.used.remap(glyph);
            let (_, stands_for) = *self.known.entry(code).or_insert((glyph, drawn));
            shown.is_faithful &= stands_for == character;
            shown.codes.extend(code.to_be_bytes());
        }
        shown
    }

    /// Embeds the font.
    ///
    /// # Errors
    /// Where it cannot be cut down.
    pub(super) fn write(self, file: &mut Pdf, mut next: impl FnMut() -> Ref) -> io::Result<()> {
        let program =
            subsetter::subset(self.bytes, 0, &self.used).map_err(|error| io::Error::other(error.to_string()))?;
        let name = format!("{}+{FONT}", tag(&program));
        let name = Name(name.as_bytes());
        let (cid, descriptor, data, unicode) = (next(), next(), next(), next());
        file.type0_font(self.id)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);
        let per_mille = 1000.0 / f32::from(self.face.units_per_em());
        let mut font = file.cid_font(cid);
        font.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY).font_descriptor(descriptor);
        font.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = font.widths();
        for (&code, &(glyph, _)) in &self.known {
            let advance = self.face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or_default();
            widths.consecutive(code, [f32::from(advance) * per_mille]);
        }
        widths.finish();
        font.finish();
        let bounds = self.face.global_bounding_box();
        let [left, low, right, high] =
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|at| f32::from(at) * per_mille);
        let [ascent, descent] =
            [self.face.ascender(), self.face.descender()].map(|height| f32::from(height) * per_mille);
        file.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, low, right, high))
            .italic_angle(0.0)
            .ascent(ascent)
            .descent(descent)
            .cap_height(ascent)
            .stem_v(80.0)
            .font_file2(data);
        let packed = super::packed(&program)?;
        file.stream(data, &packed)
            .filter(Filter::FlateDecode)
            .pair(Name(b"Length1"), i32::try_from(program.len()).unwrap_or(i32::MAX));
        let mut map = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
        for (&code, &(_, character)) in &self.known {
            map.pair(code, character);
        }
        let map = super::packed(&map.finish())?;
        file.cmap(unicode, &map).filter(Filter::FlateDecode);
        Ok(())
    }
}

/// Six capitals that tell subsets of one font from each other.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
