//! What is drawn, before it is known with what: marks in the order in which they are laid on the paper.
//!
//! Lengths are whole hundredths of a millimetre from the upper left corner of the sheet, `y` down. That is finer than a
//! printer's dots, makes both kinds of file show the same, and is shorter than floats in an SVG.

use std::collections::BTreeSet;

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// A point of the sheet, hundredths of a millimetre.
pub(super) type Spot = [i32; 2];

/// Millimetres as hundredths.
pub(super) fn hundredths(mm: f64) -> i32 {
    (mm * 100.0).round() as i32
}

/// A point given in millimetres.
pub(super) fn spot(mm: [f64; 2]) -> Spot {
    mm.map(hundredths)
}

/// What fills an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fill {
    /// A colour.
    Plain(Colour),
    /// Lines at 45° on a tint.
    Hatched { tint: Colour, line: Colour },
    /// Dots on a tint.
    Dotted { tint: Colour, dot: Colour },
}

/// A line along an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    /// Millimetres.
    pub(super) width: f64,
    /// Lengths of dashes and gaps in turn, millimetres; none: unbroken.
    pub(super) dashes: &'static [f64],
}

/// Lines, each of which may be closed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outline {
    points: Vec<Spot>,
    /// Where each line ends in `points`.
    ends: Vec<u32>,
    pub(super) closed: bool,
}

impl Outline {
    /// An outline of rings.
    pub(super) fn rings() -> Self {
        Self { closed: true, ..Self::default() }
    }

    /// One ring, from points in millimetres.
    pub(super) fn ring(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut outline = Self::rings();
        outline.add(points.into_iter().map(spot));
        outline
    }

    /// An upright box, in millimetres.
    pub(super) fn rect(left: f64, top: f64, width: f64, height: f64) -> Self {
        let (right, bottom) = (left + width, top + height);
        Self::ring([[left, top], [right, top], [right, bottom], [left, bottom]])
    }

    /// One open line, from points in millimetres.
    pub(super) fn line(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut outline = Self::default();
        outline.add(points.into_iter().map(spot));
        outline
    }

    /// Adds a line; points that repeat the one before are left out. A ring need not repeat its first point.
    /// Returns whether it has any extent.
    pub(super) fn add(&mut self, points: impl IntoIterator<Item = Spot>) -> bool {
        let start = self.points.len();
        for point in points {
            if self.points.len() == start || self.points.last() != Some(&point) {
                self.points.push(point);
            }
        }
        if self.closed && self.points.len() > start + 1 && self.points.last() == self.points.get(start) {
            self.points.pop();
        }
        if self.points.len() < start + if self.closed { 3 } else { 2 } {
            self.points.truncate(start);
            return false;
        }
        self.ends.push(self.points.len() as u32);
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many points there are.
    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// Each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[Spot]> {
        (0..self.ends.len()).map(|index| {
            let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
            &self.points[start..self.ends[index] as usize]
        })
    }

    fn shift(&mut self, by: Spot) {
        for point in &mut self.points {
            *point = [point[0] + by[0], point[1] + by[1]];
        }
    }
}

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lettering {
    /// On the baseline.
    pub(super) at: Spot,
    /// The height of the em square, hundredths of a millimetre.
    pub(super) size: i32,
    pub(super) words: String,
    pub(super) anchor: Anchor,
    pub(super) colour: Colour,
    /// Only of a text that starts at its point.
    pub(super) beside: Option<Beside>,
    /// Whether it stands on the map and needs paper around its letters.
    pub(super) halo: bool,
}

/// Words that follow others on their line in another size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    pub(super) words: String,
    /// Hundredths of a millimetre.
    pub(super) size: i32,
    pub(super) colour: Colour,
}

impl Lettering {
    /// How far what stands beside it is away, hundredths of a millimetre.
    pub(super) fn gap(&self) -> i32 {
        self.size / 2
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// An area, a line, or both.
    Shape { outline: Outline, fill: Option<Fill>, stroke: Option<Stroke> },
    /// A circle.
    Circle { centre: Spot, radius: i32, fill: Option<Fill>, stroke: Option<Stroke> },
    /// An area that its own paint spreads over by so many millimetres on each side, so that hairs between neighbours close.
    Spread { outline: Outline, fill: Fill, by: f64 },
    /// A line of text.
    Text(Lettering),
    /// What follows belongs together, and is cut at a box (corner, corner) where one is given.
    Begin { id: &'static str, clip: Option<[Spot; 2]> },
    /// Ends what [`Mark::Begin`] began. Nothing else begins in between.
    End,
}

/// Marks on a sheet.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) marks: Vec<Mark>,
}

impl Drawing {
    /// The fills that are no single colour, each once.
    pub(super) fn fills(&self) -> BTreeSet<Fill> {
        let fill = |mark: &Mark| match mark {
            Mark::Shape { fill, .. } | Mark::Circle { fill, .. } => *fill,
            Mark::Spread { fill, .. } => Some(*fill),
            _ => None,
        };
        self.marks.iter().filter_map(fill).filter(|fill| !matches!(fill, Fill::Plain(_))).collect()
    }

    /// An area, a line, or both; nothing where there is no outline.
    pub(super) fn shape(&mut self, outline: Outline, fill: Option<Fill>, stroke: Option<Stroke>) {
        if !outline.is_empty() {
            self.marks.push(Mark::Shape { outline, fill, stroke });
        }
    }

    /// An area that its own paint spreads over by so many millimetres; nothing where there is no outline.
    pub(super) fn spread(&mut self, outline: Outline, fill: Fill, by: f64) {
        if !outline.is_empty() {
            self.marks.push(Mark::Spread { outline, fill, by });
        }
    }

    pub(super) fn begin(&mut self, id: &'static str, clip: Option<[Spot; 2]>) {
        self.marks.push(Mark::Begin { id, clip });
    }

    pub(super) fn end(&mut self) {
        self.marks.push(Mark::End);
    }

    /// Adds another drawing, moved by so many millimetres.
    pub(super) fn place(&mut self, other: Self, by: [f64; 2]) {
        let by = spot(by);
        for mut mark in other.marks {
            match &mut mark {
                Mark::Shape { outline, .. } | Mark::Spread { outline, .. } => outline.shift(by),
                Mark::Circle { centre: at, .. } | Mark::Text(Lettering { at, .. }) => {
                    *at = [at[0] + by[0], at[1] + by[1]];
                }
                Mark::Begin { .. } | Mark::End => {}
            }
            self.marks.push(mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_extent_on_paper_is_no_line() {
        let mut outline = Outline::rings();
        assert!(!outline.add([[0, 0], [0, 0], [5, 0], [0, 0]]));
        assert!(outline.is_empty());
        assert!(outline.add([[0, 0], [5, 0], [5, 0], [5, 5], [0, 0]]));
        assert_eq!(outline.lines().collect::<Vec<_>>(), [[[0, 0], [5, 0], [5, 5]]]);
    }
}
