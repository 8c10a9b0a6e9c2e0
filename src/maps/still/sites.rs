//! Chosen sites: each with its number, and quietly the ground on which no other of its kind may stand.

use super::drawing::{Shown, rings};
use super::ink::{Anchor, Drawing, Fill, Lettering, Mark, Outline, hundredths, spot};
use super::labels::Taken;
use super::paper::Sheet;
use super::view::View;
use super::{Subject, look};
use crate::crs::ScaleField;
use crate::geometry::{Bounds, Footprint};
use crate::regions::near;
use crate::runs::ProductFeature;

/// The sign with the number: its diameter and the height of its digits, millimetres on A3.
const SIGN: f64 = 4.2;
const DIGITS: f64 = 2.7;

/// Draws them; gives the places that names leave free.
pub(super) fn draw(
    subject: &Subject<'_>,
    sheet: &Sheet,
    view: &View,
    drawing: &mut Drawing,
    shown: &mut Shown,
) -> Vec<Taken> {
    let scale = ScaleField::new(subject.run.plane);
    let closest = subject.run.rules.spacing();
    let placed = || subject.sites.iter().filter_map(|row| Some((row, row.geometry.as_ref()?)));
    for (_, geometry) in placed() {
        let mut outline = Outline::rings();
        if let Some(area) = near([(&Footprint::of(geometry), closest)], &scale).pieces() {
            for ring in area.rings() {
                outline.add(ring.iter().map(|&point| spot(view.on_paper(point))));
            }
        }
        drawing.shape(outline, None, Some(look::SITE_CIRCLE));
    }
    for (_, geometry) in placed() {
        let mut outline = Outline::rings();
        for ring in rings(geometry) {
            outline.add(ring.into_iter().map(|point| spot(view.on_paper(point))));
        }
        drawing.shape(outline, None, Some(look::SITE));
    }
    let mut signs = Vec::new();
    for (row, geometry) in placed() {
        let bounds = rings(geometry).iter().map(|ring| Bounds::of(ring)).fold(Bounds::EMPTY, Bounds::union);
        let at = view.on_paper(bounds.centre());
        sign(drawing, at, &number(row), sheet.scale);
        signs.push(Taken { at, reach: SIGN / 2.0 * sheet.scale });
        shown.sites += 1;
    }
    signs
}

/// Which site it is.
fn number(row: &ProductFeature) -> String {
    row.fields.get("id").map(ToString::to_string).unwrap_or_default()
}

/// A full circle with a number in it; `scale` multiplies lengths for A3.
pub(super) fn sign(drawing: &mut Drawing, at: [f64; 2], number: &str, scale: f64) {
    let (radius, fill) = (hundredths(SIGN / 2.0 * scale), Fill::Plain(look::SITE.colour));
    drawing.marks.push(Mark::Circle { centre: spot(at), radius, fill: Some(fill), stroke: Some(look::SITE_SIGN_EDGE) });
    // Three digits are as wide as the sign.
    let digits = DIGITS * scale * if number.len() > 2 { 0.75 } else { 1.0 };
    drawing.marks.push(Mark::Text(Lettering {
        at: spot([at[0], at[1] + 0.36 * digits]),
        size: hundredths(digits),
        words: number.to_owned(),
        anchor: Anchor::Middle,
        colour: look::PAPER,
        beside: None,
        halo: false,
    }));
}
