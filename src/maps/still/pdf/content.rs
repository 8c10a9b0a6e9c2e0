//! The marks of a drawing as operators of a page, in hundredths of a millimetre.

use pdf_writer::types::{LineJoinStyle, TextRenderingMode};
use pdf_writer::{Name, Str, TextStr};
use tiny_skia::PathSegment;

use super::letters::{self, Letters};
use crate::maps::still::HALO;
use crate::maps::still::font::Font;
use crate::maps::still::ink::{Anchor, Colour, Drawing, Fill, Lettering, Mark, Outline, Spot, Stroke, hundredths};
use crate::maps::still::look::PAPER;

/// How far the handles of a quarter of a circle reach, in radii.
const QUARTER: f32 = 0.552_284_8;

/// The operators of a page.
pub(super) struct Content<'c, 'f> {
    page: pdf_writer::Content,
    face: &'c Font<'f>,
    letters: &'c mut Letters<'f>,
    /// What paints at the moment; none where that is not known.
    fill: Option<Fill>,
    stroke: Option<Stroke>,
}

/// The name of a pattern among the resources of a page.
pub(super) fn pattern(fill: Fill) -> String {
    let name = |word: &str, [red, green, blue]: Colour| format!("{word}-{red:02x}{green:02x}{blue:02x}");
    match fill {
        Fill::Plain(colour) => name("plain", colour),
        Fill::Hatched { line, .. } => name("hatched", line),
        Fill::Dotted { dot, .. } => name("dotted", dot),
    }
}

impl<'c, 'f> Content<'c, 'f> {
    pub(super) fn new(face: &'c Font<'f>, letters: &'c mut Letters<'f>) -> Self {
        Self { page: pdf_writer::Content::new(), face, letters, fill: None, stroke: None }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.page.finish().into_vec()
    }

    /// A whole sheet of a height.
    pub(super) fn sheet(&mut self, drawing: &Drawing, height: i32) {
        self.page.transform(super::matrix(height));
        self.marks(drawing);
    }

    pub(super) fn marks(&mut self, drawing: &Drawing) {
        self.page.set_line_join(LineJoinStyle::RoundJoin);
        for mark in &drawing.marks {
            match mark {
                Mark::Shape { outline, fill, stroke } => {
                    self.painted(*fill, *stroke, |content| content.outline(outline));
                }
                Mark::Spread { outline, fill, by } => self.spread(outline, *fill, *by),
                Mark::Circle { centre, radius, fill, stroke } => {
                    self.painted(*fill, *stroke, |content| content.circle(*centre, *radius));
                }
                Mark::Text(text) => self.text(text),
                Mark::Begin { clip, .. } => {
                    self.page.save_state();
                    if let Some([[left, top], [right, bottom]]) = *clip {
                        let [left, top, right, bottom] = [left, top, right, bottom].map(|at| at as f32);
                        self.page.rect(left, top, right - left, bottom - top).clip_nonzero().end_path();
                    }
                }
                Mark::End => {
                    self.page.restore_state();
                    (self.fill, self.stroke) = (None, None);
                }
            }
        }
    }

    /// A path with its paints. Behind hatching and dots the tint is laid as one area: tiles of it would show their edges.
    fn painted(&mut self, fill: Option<Fill>, stroke: Option<Stroke>, path: impl Fn(&mut Self)) {
        if let Some(Fill::Hatched { tint, .. } | Fill::Dotted { tint, .. }) = fill {
            self.prepare(Some(Fill::Plain(tint)), None);
            path(self);
            self.paint(true, false);
        }
        self.prepare(fill, stroke);
        path(self);
        self.paint(fill.is_some(), stroke.is_some());
    }

    /// An area that its own paint spreads over.
    fn spread(&mut self, outline: &Outline, fill: Fill, by: f64) {
        let (Fill::Plain(base) | Fill::Hatched { tint: base, .. } | Fill::Dotted { tint: base, .. }) = fill;
        let stroke = Stroke { colour: base, width: 2.0 * by, dashes: &[] };
        self.prepare(Some(Fill::Plain(base)), Some(stroke));
        self.outline(outline);
        self.paint(true, true);
        if let Fill::Hatched { .. } | Fill::Dotted { .. } = fill {
            self.prepare(Some(fill), None);
            self.page.set_stroke_color_space(pdf_writer::types::ColorSpaceOperand::Pattern);
            self.page.set_stroke_pattern([], Name(pattern(fill).as_bytes()));
            // Whatever strokes next says its own colour.
            self.stroke = None;
            self.outline(outline);
            self.paint(true, true);
        }
    }

    /// Takes the paints that are wanted next.
    fn prepare(&mut self, fill: Option<Fill>, stroke: Option<Stroke>) {
        if let Some(fill) = fill.filter(|fill| self.fill != Some(*fill)) {
            match fill {
                Fill::Plain(colour) => {
                    let [red, green, blue] = parts(colour);
                    self.page.set_fill_rgb(red, green, blue);
                }
                Fill::Hatched { .. } | Fill::Dotted { .. } => {
                    self.page.set_fill_color_space(pdf_writer::types::ColorSpaceOperand::Pattern);
                    self.page.set_fill_pattern([], Name(pattern(fill).as_bytes()));
                }
            }
            self.fill = Some(fill);
        }
        if let Some(stroke) = stroke.filter(|stroke| self.stroke != Some(*stroke)) {
            let [red, green, blue] = parts(stroke.colour);
            self.page.set_stroke_rgb(red, green, blue).set_line_width(hundredths(stroke.width) as f32);
            self.page.set_dash_pattern(stroke.dashes.iter().map(|mm| hundredths(*mm) as f32), 0.0);
            self.stroke = Some(stroke);
        }
    }

    fn paint(&mut self, fills: bool, strokes: bool) {
        match (fills, strokes) {
            (true, true) => self.page.fill_nonzero_and_stroke(),
            (true, false) => self.page.fill_nonzero(),
            (false, true) => self.page.stroke(),
            (false, false) => self.page.end_path(),
        };
    }

    fn outline(&mut self, outline: &Outline) {
        for line in outline.lines() {
            for (index, point) in line.iter().enumerate() {
                let [x, y] = point.map(|at| at as f32);
                if index == 0 {
                    self.page.move_to(x, y)
                } else {
                    self.page.line_to(x, y)
                };
            }
            if outline.closed {
                self.page.close_path();
            }
        }
    }

    fn circle(&mut self, centre: Spot, radius: i32) {
        let ([x, y], r) = (centre.map(|at| at as f32), radius as f32);
        let handle = r * QUARTER;
        self.page.move_to(x + r, y);
        self.page.cubic_to(x + r, y + handle, x + handle, y + r, x, y + r);
        self.page.cubic_to(x - handle, y + r, x - r, y + handle, x - r, y);
        self.page.cubic_to(x - r, y - handle, x - handle, y - r, x, y - r);
        self.page.cubic_to(x + handle, y - r, x + r, y - handle, x + r, y);
        self.page.close_path();
    }

    fn text(&mut self, text: &Lettering) {
        let size = f64::from(text.size);
        let wide = self.face.width(&text.words) * size;
        let [x, base] = text.at.map(f64::from);
        let left = match text.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        if text.halo {
            self.halo(&text.words, [left, base], size);
        }
        self.line(&text.words, [left, base], size, text.colour);
        if let Some(beside) = &text.beside {
            self.line(
                &beside.words,
                [left + wide + f64::from(text.gap()), base],
                f64::from(beside.size),
                beside.colour,
            );
        }
    }

    /// The paper around letters: their outlines, so that the words stand in the file once.
    fn halo(&mut self, words: &str, at: [f64; 2], size: f64) {
        let mut path = tiny_skia::PathBuilder::new();
        self.face.outline(words, at, size, &mut path);
        let Some(path) = path.finish() else { return };
        self.prepare(None, Some(Stroke { colour: PAPER, width: HALO, dashes: &[] }));
        let mut from = tiny_skia::Point::zero();
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.page.move_to(tenth(to.x), tenth(to.y));
                    from = to;
                }
                PathSegment::LineTo(to) => {
                    self.page.line_to(tenth(to.x), tenth(to.y));
                    from = to;
                }
                PathSegment::QuadTo(by, to) => {
                    let third = |end: f32, by: f32| tenth(end + (by - end) * 2.0 / 3.0);
                    let ends = [third(from.x, by.x), third(from.y, by.y), third(to.x, by.x), third(to.y, by.y)];
                    self.page.cubic_to(ends[0], ends[1], ends[2], ends[3], tenth(to.x), tenth(to.y));
                    from = to;
                }
                PathSegment::CubicTo(one, two, to) => {
                    let [one, two] = [one, two].map(|at| [tenth(at.x), tenth(at.y)]);
                    self.page.cubic_to(one[0], one[1], two[0], two[1], tenth(to.x), tenth(to.y));
                    from = to;
                }
                PathSegment::Close => {
                    self.page.close_path();
                }
            }
        }
        self.page.stroke();
    }

    /// Words on their baseline. Where the letters alone would be copied as others, the file says what they are.
    fn line(&mut self, words: &str, [x, base]: [f64; 2], size: f64, colour: Colour) {
        let shown = self.letters.shown(words);
        if shown.codes.is_empty() {
            return;
        }
        self.prepare(Some(Fill::Plain(colour)), None);
        if !shown.is_faithful {
            let mut span = self.page.begin_marked_content_with_properties(Name(b"Span"));
            span.properties().actual_text(TextStr(words));
        }
        self.page.begin_text().set_font(letters::NAME, size as f32).set_text_rendering_mode(TextRenderingMode::Fill);
        self.page.set_text_matrix([1.0, 0.0, 0.0, -1.0, tenth(x as f32), tenth(base as f32)]);
        self.page.show(Str(&shown.codes)).end_text();
        if !shown.is_faithful {
            self.page.end_marked_content();
        }
    }
}

/// A thousandth of a millimetre is as fine as letters are placed.
fn tenth(at: f32) -> f32 {
    (at * 10.0).round() / 10.0
}

fn parts(colour: Colour) -> [f32; 3] {
    // Three digits tell all of 256 steps apart.
    colour.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0)
}
