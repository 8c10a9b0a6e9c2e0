//! Rows of the panel: set one by one, then poured into its columns.

use super::ink::{Anchor, Beside, Colour, Drawing, Lettering, Mark, Outline, Stroke, hundredths, spot};
use super::look::{INK, RULE, SOFT};
use super::paper::Frame;
use super::words::{Lang, Setter};

/// Heights of letters in millimetres on A3.
pub(super) const HEADING: f64 = 3.2;
pub(super) const BODY: f64 = 2.75;
pub(super) const SMALL: f64 = 2.2;

/// From one line to the next, in heights of its letters.
const LEADING: f64 = 1.38;

/// Where the baseline is below the upper edge of a line, in heights of its letters.
const BASE: f64 = 1.05;

/// A row: marks from its upper left corner, and how high it is, millimetres.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) drawing: Drawing,
    pub(super) height: f64,
    /// Whether it may not be the last of a column, as a heading.
    pub(super) keep: bool,
}

/// Sets rows of one width.
pub(super) struct Setting<'a, 'f> {
    pub(super) setter: &'a mut Setter<'f>,
    pub(super) lang: Lang,
    /// By how much lengths for A3 are multiplied.
    pub(super) scale: f64,
    /// Millimetres.
    pub(super) width: f64,
    pub(super) rows: Vec<Row>,
}

impl Setting<'_, '_> {
    /// A length for A3 on this sheet.
    pub(super) fn mm(&self, on_a3: f64) -> f64 {
        on_a3 * self.scale
    }

    /// One line of text from a point on its baseline.
    pub(super) fn text(
        &self,
        drawing: &mut Drawing,
        at: [f64; 2],
        words: &str,
        size: f64,
        colour: Colour,
        anchor: Anchor,
    ) {
        if !words.is_empty() {
            let size = hundredths(self.mm(size));
            let words = words.to_owned();
            drawing.marks.push(Mark::Text(Lettering {
                at: spot(at),
                size,
                words,
                anchor,
                colour,
                beside: None,
                halo: false,
            }));
        }
    }

    /// Words of a size, with smaller ones beside them.
    pub(super) fn with_beside(&self, drawing: &mut Drawing, at: [f64; 2], words: &str, size: f64, beside: &str) {
        let beside = (!beside.is_empty()).then(|| Beside {
            words: beside.to_owned(),
            size: hundredths(self.mm(SMALL)),
            colour: SOFT,
        });
        self.text(drawing, at, words, size, INK, Anchor::Start);
        if let Some(Mark::Text(text)) = drawing.marks.last_mut() {
            text.beside = beside;
        }
    }

    pub(super) fn width_of(&self, words: &str, size: f64) -> f64 {
        self.setter.width(words, self.mm(size))
    }

    pub(super) fn push(&mut self, drawing: Drawing, height: f64) {
        self.rows.push(Row { drawing, height, keep: false });
    }

    /// Room between rows.
    pub(super) fn gap(&mut self, on_a3: f64) {
        let height = self.mm(on_a3);
        self.push(Drawing::default(), height);
    }

    /// A heading over a thin rule; `right` are titles of columns by where they end.
    pub(super) fn heading(&mut self, ja: &str, en: &str, right: &[(f64, String)]) {
        let mut drawing = Drawing::default();
        let base = self.mm(HEADING * BASE);
        let main = self.lang.main(ja, en);
        self.with_beside(&mut drawing, [0.0, base], &main, HEADING, self.lang.beside(en));
        for (end, title) in right {
            self.text(&mut drawing, [*end, base], title, SMALL, SOFT, Anchor::End);
        }
        let below = self.mm(HEADING * BASE + 1.5);
        let rule = Stroke { colour: RULE, width: 0.2, dashes: &[] };
        drawing.shape(Outline::line([[0.0, below], [self.width, below]]), None, Some(rule));
        let height = below + self.mm(1.3);
        self.rows.push(Row { drawing, height, keep: true });
    }

    /// Text in as many lines as it takes, from `indent` millimetres on A3.
    pub(super) fn paragraph(&mut self, words: &str, size: f64, colour: Colour, indent: f64) {
        let left = self.mm(indent);
        for line in self.setter.lines(words, self.mm(size), self.width - left) {
            let mut drawing = Drawing::default();
            self.text(&mut drawing, [left, self.mm(size * BASE)], &line, size, colour, Anchor::Start);
            let height = self.mm(size * LEADING);
            self.push(drawing, height);
        }
    }

    /// Words in the main language, and smaller in English beside or below them where both are asked for.
    pub(super) fn pair(&mut self, ja: &str, en: &str, indent: f64) {
        let main = self.lang.main(ja, en);
        let end =
            self.mm(indent + BODY / 2.0) + self.width_of(&main, BODY) + self.width_of(self.lang.beside(en), SMALL);
        if self.lang == Lang::Both && end <= self.width {
            let mut drawing = Drawing::default();
            let at = [self.mm(indent), self.mm(BODY * BASE)];
            self.with_beside(&mut drawing, at, &main, BODY, en);
            let height = self.mm(BODY * LEADING);
            return self.push(drawing, height);
        }
        self.paragraph(&main, BODY, INK, indent);
        let beside = self.lang.beside(en).to_owned();
        self.paragraph(&beside, SMALL, SOFT, indent);
    }

    /// The same all in small.
    pub(super) fn small_pair(&mut self, ja: &str, en: &str) {
        let main = self.lang.main(ja, en);
        self.paragraph(&main, SMALL, SOFT, 0.0);
        let beside = self.lang.beside(en).to_owned();
        self.paragraph(&beside, SMALL, SOFT, 0.0);
    }

    /// A sample, drawn by `sample` in a box of its own height and `wide` millimetres on A3, and what it means; `right`
    /// are cells of columns by where they end.
    pub(super) fn sample(
        &mut self,
        wide: f64,
        (ja, en): (&str, &str),
        right: &[(f64, String)],
        sample: impl FnOnce(&mut Drawing, Frame),
    ) {
        const HEIGHT: f64 = 4.7;
        let (height, base) = (self.mm(HEIGHT), self.mm(HEIGHT / 2.0 + 0.36 * BODY));
        let mut drawing = Drawing::default();
        sample(
            &mut drawing,
            Frame { left: 0.0, top: self.mm(0.5), width: self.mm(wide), height: self.mm(HEIGHT - 1.0) },
        );
        let left = self.mm(wide + 2.4);
        let room =
            right.iter().map(|(end, cell)| end - self.width_of(cell, BODY)).fold(self.width, f64::min) - self.mm(1.5);
        let main = self.setter.cut(&self.lang.main(ja, en), self.mm(BODY), room - left);
        let end = left + self.width_of(&main, BODY) + self.mm(BODY / 2.0);
        // Half a translation is none.
        let beside = Some(self.lang.beside(en)).filter(|beside| end + self.width_of(beside, SMALL) <= room);
        self.with_beside(&mut drawing, [left, base], &main, BODY, beside.unwrap_or_default());
        for (end, cell) in right {
            self.text(&mut drawing, [*end, base], cell, BODY, INK, Anchor::End);
        }
        self.push(drawing, height);
    }
}

/// Where rows go that are poured into columns: column, and how far down, as long as there is room. A heading goes with
/// what follows it.
fn places(rows: &[Row], columns: &[Frame]) -> Vec<(usize, f64)> {
    let (mut column, mut y) = (0, 0.0);
    let mut places = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let followers = rows[index..].windows(2).take_while(|pair| pair[0].keep).map(|pair| pair[1].height);
        if y + row.height + followers.sum::<f64>() > columns[column].height {
            (column, y) = (column + 1, 0.0);
        }
        if column == columns.len() {
            break;
        }
        places.push((column, y));
        // Columns begin without the room that stands between rows.
        let is_room = row.drawing.marks.is_empty();
        y += if y == 0.0 && is_room { 0.0 } else { row.height };
    }
    places
}

/// How many of the rows find no room in columns.
pub(super) fn without_room(rows: &[Row], columns: &[Frame]) -> usize {
    let placed = places(rows, columns).len();
    rows[placed..].iter().filter(|row| !row.drawing.marks.is_empty()).count()
}

/// Pours rows into columns, as many as there is room for.
pub(super) fn pour(rows: Vec<Row>, columns: &[Frame], drawing: &mut Drawing) {
    let places = places(&rows, columns);
    for (row, (column, y)) in rows.into_iter().zip(places) {
        let Frame { left, top, .. } = columns[column];
        drawing.place(row.drawing, [left, top + y]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(height: f64, keep: bool) -> Row {
        let mut drawing = Drawing::default();
        drawing.shape(Outline::rect(0.0, 0.0, 1.0, 1.0), None, None);
        Row { drawing, height, keep }
    }

    #[test]
    fn rows_go_on_in_the_next_column_and_headings_with_their_first_row() {
        let frame = |left: f64| Frame { left, top: 10.0, width: 50.0, height: 20.0 };
        let mut drawing = Drawing::default();
        let rows = vec![row(8.0, false), row(8.0, true), row(8.0, false), row(12.0, false)];
        let columns = [frame(0.0), frame(60.0)];
        assert_eq!(without_room(&rows, &columns), 1);
        pour(rows, &columns, &mut drawing);
        let corners: Vec<_> = drawing
            .marks
            .iter()
            .filter_map(|mark| {
                if let Mark::Shape { outline, .. } = mark { outline.lines().next().map(|line| line[0]) } else { None }
            })
            .collect();
        assert_eq!(corners, [[0, 1000], [6000, 1000], [6000, 1800]]);
    }
}
