//! What a sheet of an atlas is about: one candidate zone or one parcel, with what is known of it as a table.

use super::ink::{Anchor, Drawing, Outline, Stroke, spot};
use super::look::{INK, SOFT};
use super::paper::Sheet;
use super::rows::{BODY, Setting};
use super::view::View;
use crate::geometry::{Bounds, Point};
use crate::text::Text;

/// The line around what a sheet is about, millimetres on A3, and the paper beside it.
const LINE: f64 = 0.9;
const CASING: f64 = 0.5;

/// What a sheet is about.
#[derive(Debug)]
pub(super) struct About {
    /// Its id.
    pub(super) name: String,
    /// What the sheet shows, plane metres.
    pub(super) bounds: Bounds,
    /// Its outline, plane metres.
    pub(super) rings: Vec<Vec<Point>>,
    /// What stands above its table.
    pub(super) heading: Text,
    /// What is known of it.
    pub(super) facts: Vec<Fact>,
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) what: Text,
    pub(super) value: Text,
}

/// A strong line around it.
pub(super) fn border(about: &About, sheet: &Sheet, view: &View, drawing: &mut Drawing) {
    let frame = sheet.map();
    drawing.begin("about", Some([spot([frame.left, frame.top]), spot([frame.right(), frame.bottom()])]));
    let mut outline = Outline::rings();
    for ring in &about.rings {
        outline.add(ring.iter().map(|&point| spot(view.on_paper(point))));
    }
    let width = LINE * sheet.scale;
    let line = |colour, width| Stroke { colour, width, dashes: &[] };
    drawing.shape(outline.clone(), None, Some(line(super::look::PAPER, width + CASING * sheet.scale)));
    drawing.shape(outline, None, Some(line(crate::outputs::CONFLICT, width)));
    drawing.end();
}

/// The table.
pub(super) fn table(about: &About, setting: &mut Setting<'_, '_>) {
    setting.heading(&about.heading.ja, &about.heading.en, &[]);
    for Fact { what, value } in &about.facts {
        let value = setting.lang.main(&value.ja, &value.en);
        let value = setting.setter.clean(&value);
        let what = setting.lang.main(&what.ja, &what.en);
        let room = setting.width - setting.width_of(&what, BODY) - setting.mm(2.0);
        if setting.width_of(&value, BODY) > room {
            // What finds no room beside its name stands below it.
            setting.paragraph(&what, BODY, SOFT, 0.0);
            setting.paragraph(&value, BODY, INK, 3.0);
            continue;
        }
        let mut row = Drawing::default();
        let base = setting.mm(BODY * 1.05);
        setting.text(&mut row, [0.0, base], &what, BODY, SOFT, Anchor::Start);
        setting.text(&mut row, [setting.width, base], &value, BODY, INK, Anchor::End);
        let height = setting.mm(BODY * 1.45);
        setting.push(row, height);
    }
}
