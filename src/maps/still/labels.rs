//! Names of stations and stops, where there is room for them.

use super::ink::{Anchor, Drawing, Lettering, Mark, hundredths, spot};
use super::look::{INK, SOFT, Service};
use super::paper::{Frame, Sheet};
use super::words::Setter;
use crate::layers::StopKind;

/// So many names of one kind are written at most; where there are more stops, those of stations alone.
const MOST: usize = 80;

/// A name that may be written beside a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'s> {
    pub(super) name: &'s str,
    /// Millimetres.
    pub(super) at: [f64; 2],
    pub(super) kind: StopKind,
    pub(super) service: Service,
    /// How far from the point the sign reaches, millimetres.
    pub(super) clear: f64,
}

/// Where a sign stands that no name may cover.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// Its middle, millimetres.
    pub(super) at: [f64; 2],
    /// How far it reaches from there, millimetres.
    pub(super) reach: f64,
}

impl Label<'_> {
    /// The height of its letters, millimetres on A3.
    fn size(&self) -> f64 {
        match self.kind {
            StopKind::Rail => 3.0,
            StopKind::Tram => 2.3,
            StopKind::Bus => 2.0,
        }
    }

    /// The box of its sign.
    fn sign(&self) -> Frame {
        around_point(self.at, self.clear)
    }
}

/// Writes the names that find a free place, in order; those of bus stops that are not served enough never.
pub(super) fn draw(
    labels: &[Label<'_>],
    signs: &[Taken],
    sheet: &Sheet,
    setter: &mut Setter<'_>,
    drawing: &mut Drawing,
) {
    let frame = sheet.map();
    let mut taken: Vec<Frame> = labels.iter().filter(|label| label.kind != StopKind::Bus).map(Label::sign).collect();
    taken.extend(signs.iter().map(|sign| around_point(sign.at, sign.reach)));
    for kind in [StopKind::Rail, StopKind::Tram, StopKind::Bus] {
        let wanted =
            |label: &&Label<'_>| label.kind == kind && (kind != StopKind::Bus || label.service != Service::Less);
        let of_kind: Vec<&Label<'_>> = labels.iter().filter(wanted).collect();
        if kind != StopKind::Rail && of_kind.len() > MOST {
            continue;
        }
        for label in of_kind.into_iter().take(MOST) {
            let size = label.size() * sheet.scale;
            let words = setter.clean(label.name);
            let width = setter.width(&words, size);
            let free = |spot: &Frame| inside(spot, &frame) && !taken.iter().any(|other| meets(other, spot));
            let Some(place) = around(label, width, size).into_iter().find(free) else { continue };
            taken.push(place);
            drawing.marks.push(Mark::Text(Lettering {
                at: spot([place.left, place.top + 0.86 * size]),
                size: hundredths(size),
                words,
                anchor: Anchor::Start,
                colour: if label.service == Service::Less { SOFT } else { INK },
                beside: None,
                halo: true,
            }));
        }
    }
}

fn around_point([x, y]: [f64; 2], reach: f64) -> Frame {
    Frame { left: x - reach, top: y - reach, width: 2.0 * reach, height: 2.0 * reach }
}

/// Where a name could stand: right, left, above, below.
fn around(label: &Label<'_>, width: f64, height: f64) -> [Frame; 4] {
    let ([x, y], clear) = (label.at, label.clear + 0.3);
    let at = |left: f64, top: f64| Frame { left, top, width, height };
    [
        at(x + clear, y - height / 2.0),
        at(x - clear - width, y - height / 2.0),
        at(x - width / 2.0, y - clear - height),
        at(x - width / 2.0, y + clear),
    ]
}

fn inside(inner: &Frame, outer: &Frame) -> bool {
    inner.left >= outer.left
        && inner.top >= outer.top
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

fn meets(one: &Frame, other: &Frame) -> bool {
    one.left < other.right() && other.left < one.right() && one.top < other.bottom() && other.top < one.bottom()
}

#[cfg(test)]
mod tests {
    use super::super::font::{self, Font};
    use super::super::paper::Size;
    use super::*;

    #[test]
    fn names_do_not_cover_each_other_or_leave_the_map() {
        let bytes = font::bytes();
        let font = Font::new(&bytes);
        let sheet = Sheet::new(Size::A4, false);
        let frame = sheet.map();
        let label = |index: usize| Label {
            name: "架空駅前",
            at: [frame.left + 7.0 * index as f64, frame.top + 1.5 * index as f64],
            kind: StopKind::Rail,
            service: Service::Reached,
            clear: 1.0,
        };
        let mut drawing = Drawing::default();
        draw(&(0..12).map(label).collect::<Vec<_>>(), &[], &sheet, &mut Setter::new(&font), &mut drawing);
        let starts: Vec<[i32; 2]> = drawing
            .marks
            .iter()
            .filter_map(|mark| if let Mark::Text(text) = mark { Some(text.at) } else { None })
            .collect();
        assert!(starts.len() >= 2 && starts.len() < 12, "{starts:?}");
        let width = hundredths(4.0 * 3.0 * sheet.scale);
        for (index, a) in starts.iter().enumerate() {
            assert!(a[0] >= hundredths(frame.left));
            let covers = |b: &[i32; 2]| {
                (a[0] - b[0]).abs() < width - 1 && (a[1] - b[1]).abs() < hundredths(3.0 * sheet.scale) - 1
            };
            assert!(!starts[index + 1..].iter().any(covers), "{starts:?}");
        }
    }
}
