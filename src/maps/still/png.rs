//! A drawing as PNG: strips of it are painted side by side and written from top to bottom.

use std::collections::BTreeMap;
use std::io::{self, Write};

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use rayon::prelude::*;
use tiny_skia::{
    FillRule, FilterQuality, LineJoin, Mask, Paint, Path, PathBuilder, Pattern, Pixmap, Rect, Shader, SpreadMode,
    StrokeDash, Transform,
};

use super::font::Font;
use super::ink::{Anchor, Colour, Drawing, Fill, Lettering, Mark, Outline, Spot, Stroke};
use super::look::PAPER;
use super::paper::Sheet;
use super::tile;

/// Rows of a strip.
const STRIP: u32 = 128;

/// Strips in memory at a time, for each thread.
const STRIPS_A_THREAD: usize = 2;

const MM_AN_INCH: f64 = 25.4;

/// How many pixels a sheet has.
pub(super) fn pixels(sheet: &Sheet, dpi: u16) -> [u32; 2] {
    [sheet.width, sheet.height].map(|mm| (mm * f64::from(dpi) / MM_AN_INCH).round() as u32)
}

/// The whole file.
///
/// # Errors
/// None that is known: memory takes everything.
pub(super) fn png(drawing: &Drawing, sheet: &Sheet, dpi: u16, title: &str, font: &Font<'_>) -> io::Result<Vec<u8>> {
    let [width, height] = pixels(sheet, dpi);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let a_metre = (f64::from(dpi) * 1000.0 / MM_AN_INCH).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: a_metre, yppu: a_metre, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), title.to_owned())?;
    encoder.add_text_chunk("Software".to_owned(), format!("kyoten {}", env!("CARGO_PKG_VERSION")))?;
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let painter = Painter::new(drawing, dpi, font);
    let tops: Vec<u32> = (0..height).step_by(STRIP as usize).collect();
    for window in tops.chunks(STRIPS_A_THREAD * rayon::current_num_threads()) {
        let strips: Vec<Vec<u8>> =
            window.par_iter().map(|&top| painter.strip(drawing, top, width, STRIP.min(height - top))).collect();
        for strip in strips {
            stream.write_all(&strip)?;
        }
    }
    stream.finish()?;
    drop(writer);
    Ok(file)
}

/// What all strips have in common.
struct Painter<'f> {
    /// Pixels for a hundredth of a millimetre.
    scale: f32,
    /// The tiles of fills that are not plain.
    tiles: BTreeMap<Fill, Pixmap>,
    font: &'f Font<'f>,
}

impl<'f> Painter<'f> {
    fn new(drawing: &Drawing, dpi: u16, font: &'f Font<'f>) -> Self {
        let scale = (f64::from(dpi) / MM_AN_INCH / 100.0) as f32;
        let mut painter = Self { scale, tiles: BTreeMap::new(), font };
        for fill in drawing.fills() {
            let tile = painter.tile(fill);
            painter.tiles.extend(tile.map(|tile| (fill, tile)));
        }
        painter
    }

    /// One tile on whole pixels, so that it can be repeated without a seam.
    fn tile(&self, fill: Fill) -> Option<Pixmap> {
        let side = (tile::SIDE as f32 * 100.0 * self.scale).round().max(4.0);
        let mut pixmap = Pixmap::new(side as u32, side as u32)?;
        let fitted = Self { scale: side / (tile::SIDE as f32 * 100.0), tiles: BTreeMap::new(), font: self.font };
        let mut parts = Drawing::default();
        tile::draw(fill, &mut parts);
        Strip::new(&fitted, &mut pixmap, 0).paint(&parts);
        Some(pixmap)
    }

    /// The rows from `top` on, three bytes a pixel.
    fn strip(&self, drawing: &Drawing, top: u32, width: u32, height: u32) -> Vec<u8> {
        let Some(mut pixmap) = Pixmap::new(width, height) else { return Vec::new() };
        pixmap.fill(tiny_skia::Color::WHITE);
        Strip::new(self, &mut pixmap, top).paint(drawing);
        pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
    }
}

/// A strip while it is painted.
struct Strip<'p, 'f> {
    painter: &'p Painter<'f>,
    pixmap: &'p mut Pixmap,
    top: u32,
    /// Where paint may go at the moment; everywhere without one.
    mask: Option<Mask>,
    /// Areas of one fill that follow each other are painted as one: what they share has no seam.
    pending: (Option<Fill>, PathBuilder),
}

impl<'p, 'f> Strip<'p, 'f> {
    fn new(painter: &'p Painter<'f>, pixmap: &'p mut Pixmap, top: u32) -> Self {
        Self { painter, pixmap, top, mask: None, pending: (None, PathBuilder::new()) }
    }

    fn paint(&mut self, drawing: &Drawing) {
        let mut known: Option<([Spot; 2], Option<Mask>)> = None;
        for mark in &drawing.marks {
            match mark {
                Mark::Shape { outline, fill: Some(fill), stroke: None } if outline.closed => {
                    if self.pending.0 != Some(*fill) {
                        self.flush();
                        self.pending.0 = Some(*fill);
                    }
                    let (scale, reach) = (self.painter.scale, self.reach(0.0));
                    add(&mut self.pending.1, outline, scale, self.top as f32, &reach);
                }
                Mark::Spread { outline, fill, by } => {
                    self.flush();
                    let mut path = PathBuilder::new();
                    add(&mut path, outline, self.painter.scale, self.top as f32, &self.reach(2.0 * by));
                    let Some(path) = path.finish() else { continue };
                    let paint = self.paint_of(*fill);
                    let mask = self.mask.as_ref();
                    self.pixmap.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), mask);
                    let pen = tiny_skia::Stroke {
                        width: self.length(2.0 * by),
                        line_join: LineJoin::Round,
                        ..tiny_skia::Stroke::default()
                    };
                    self.pixmap.stroke_path(&path, &paint, &pen, Transform::identity(), mask);
                }
                Mark::Shape { outline, fill, stroke } => {
                    self.flush();
                    let width = stroke.map_or(0.0, |stroke| stroke.width);
                    let mut path = PathBuilder::new();
                    add(&mut path, outline, self.painter.scale, self.top as f32, &self.reach(width));
                    self.both(path.finish(), *fill, *stroke);
                }
                Mark::Circle { centre, radius, fill, stroke } => {
                    self.flush();
                    let [x, y] = self.at(*centre);
                    let radius = *radius as f32 * self.painter.scale;
                    let far = radius + stroke.map_or(0.0, |stroke| self.length(stroke.width));
                    if y + far > 0.0 && y - far < self.pixmap.height() as f32 {
                        self.both(PathBuilder::from_circle(x, y, radius), *fill, *stroke);
                    }
                }
                Mark::Text(text) => {
                    self.flush();
                    self.text(text);
                }
                Mark::Begin { clip, .. } => {
                    self.flush();
                    self.mask = clip.and_then(|clip| match &known {
                        Some((of, mask)) if *of == clip => mask.clone(),
                        _ => {
                            let mask = self.mask_of(clip);
                            known = Some((clip, mask.clone()));
                            mask
                        }
                    });
                }
                Mark::End => {
                    self.flush();
                    self.mask = None;
                }
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        let (Some(fill), path) = std::mem::take(&mut self.pending) else { return };
        self.both(path.finish(), Some(fill), None);
    }

    /// Fills a path and then draws along it.
    fn both(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        let Some(path) = path else { return };
        if let Some(fill) = fill {
            let paint = self.paint_of(fill);
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), self.mask.as_ref());
        }
        if let Some(stroke) = stroke {
            let dashes = stroke.dashes.iter().map(|mm| self.length(*mm)).collect();
            let pen = tiny_skia::Stroke {
                width: self.length(stroke.width),
                line_join: LineJoin::Round,
                dash: StrokeDash::new(dashes, 0.0),
                ..tiny_skia::Stroke::default()
            };
            let paint = plain(stroke.colour);
            self.pixmap.stroke_path(&path, &paint, &pen, Transform::identity(), self.mask.as_ref());
        }
    }

    fn paint_of(&self, fill: Fill) -> Paint<'p> {
        let (Fill::Plain(base) | Fill::Hatched { tint: base, .. } | Fill::Dotted { tint: base, .. }) = fill;
        let mut paint = plain(base);
        let painter = self.painter;
        if let Some(tile) = painter.tiles.get(&fill) {
            // Tiles are counted from the top of the sheet, so that they fit from one strip to the next.
            let shift = -((self.top % tile.height()) as f32);
            let moved = Transform::from_translate(0.0, shift);
            paint.shader = Pattern::new(tile.as_ref(), SpreadMode::Repeat, FilterQuality::Nearest, 1.0, moved);
        }
        paint
    }

    fn text(&mut self, text: &Lettering) {
        let size = text.size as f32 * self.painter.scale;
        let [x, y] = self.at(text.at);
        if y + size < 0.0 || y - 1.5 * size > self.pixmap.height() as f32 {
            return;
        }
        let wide = self.painter.font.width(&text.words) as f32 * size;
        let left = match text.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        let mut path = PathBuilder::new();
        self.painter.font.outline(&text.words, [left, y].map(f64::from), f64::from(size), &mut path);
        if let Some(beside) = &text.beside {
            let mut path = PathBuilder::new();
            let start = [left + wide + text.gap() as f32 * self.painter.scale, y].map(f64::from);
            let size = f64::from(beside.size as f32 * self.painter.scale);
            self.painter.font.outline(&beside.words, start, size, &mut path);
            self.both(path.finish(), Some(Fill::Plain(beside.colour)), None);
        }
        let Some(path) = path.finish() else { return };
        let halo = Stroke { colour: PAPER, width: super::HALO, dashes: &[] };
        if text.halo {
            self.both(Some(path.clone()), None, Some(halo));
        }
        self.both(Some(path), Some(Fill::Plain(text.colour)), None);
    }

    fn at(&self, [x, y]: Spot) -> [f32; 2] {
        [x as f32 * self.painter.scale, y as f32 * self.painter.scale - self.top as f32]
    }

    /// Millimetres in pixels.
    fn length(&self, mm: f64) -> f32 {
        mm as f32 * 100.0 * self.painter.scale
    }

    /// The heights on the sheet, in hundredths of a millimetre, at which something so wide reaches this strip.
    fn reach(&self, width_mm: f64) -> std::ops::RangeInclusive<i32> {
        let edge = (width_mm * 100.0).ceil() as i32 + 1;
        let at = |row: u32| row as f32 / self.painter.scale;
        at(self.top).floor() as i32 - edge..=at(self.top + self.pixmap.height()).ceil() as i32 + edge
    }

    /// A mask of a box; `None` where the strip cannot have one, which is only without pixels.
    fn mask_of(&self, [from, to]: [Spot; 2]) -> Option<Mask> {
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        let ([left, top], [right, bottom]) = (self.at(from), self.at(to));
        if let Some(rect) = Rect::from_ltrb(left, top, right, bottom) {
            mask.fill_path(&PathBuilder::from_rect(rect), FillRule::Winding, true, Transform::identity());
        }
        Some(mask)
    }
}

/// Adds the lines of an outline that come to the heights of a strip.
fn add(path: &mut PathBuilder, outline: &Outline, scale: f32, top: f32, reach: &std::ops::RangeInclusive<i32>) {
    for line in outline.lines() {
        let above = line.iter().all(|point| point[1] < *reach.start());
        if above || line.iter().all(|point| point[1] > *reach.end()) {
            continue;
        }
        for (index, point) in line.iter().enumerate() {
            let (x, y) = (point[0] as f32 * scale, point[1] as f32 * scale - top);
            if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if outline.closed {
            path.close();
        }
    }
}

fn plain([red, green, blue]: Colour) -> Paint<'static> {
    let shader = Shader::SolidColor(tiny_skia::Color::from_rgba8(red, green, blue, u8::MAX));
    Paint { shader, anti_alias: true, ..Paint::default() }
}

#[cfg(test)]
#[path = "png_tests.rs"]
mod tests;
