//! The sheet: its size, how large type is on it, and where title, map and panel stand.

/// A size of paper of the ISO A series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 297 × 210 mm.
    A4,
    /// 420 × 297 mm.
    A3,
    /// 594 × 420 mm.
    A2,
    /// 841 × 594 mm.
    A1,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 4] = [Self::A4, Self::A3, Self::A2, Self::A1];

    /// The name as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
        }
    }

    /// The size of a name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name().eq_ignore_ascii_case(name))
    }

    /// The longer and the shorter side in millimetres (ISO 216).
    fn sides(self) -> (f64, f64) {
        match self {
            Self::A4 => (297.0, 210.0),
            Self::A3 => (420.0, 297.0),
            Self::A2 => (594.0, 420.0),
            Self::A1 => (841.0, 594.0),
        }
    }

    /// How much larger things are drawn than on A3: less than the paper grows, since a larger sheet is for more map.
    fn type_scale(self) -> f64 {
        match self {
            Self::A4 => 0.76,
            Self::A3 => 1.0,
            Self::A2 => 1.3,
            Self::A1 => 1.7,
        }
    }
}

/// Dots an inch: the least and the most that are drawn.
pub const DPI: std::ops::RangeInclusive<u16> = 72..=400;

/// An upright box on the sheet, millimetres from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Frame {
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether what reaches so far around a point is all inside.
    pub(super) fn holds(&self, [x, y]: [f64; 2], reach: f64) -> bool {
        let inside = |at: f64, from: f64, to: f64| (from + reach..=to - reach).contains(&at);
        inside(x, self.left, self.right()) && inside(y, self.top, self.bottom())
    }

    pub(super) fn centre(&self) -> [f64; 2] {
        [self.left + self.width / 2.0, self.top + self.height / 2.0]
    }
}

/// The sheet of a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    pub(super) size: Size,
    portrait: bool,
    pub(super) width: f64,
    pub(super) height: f64,
    /// By how much lengths given for A3 are multiplied.
    pub(super) scale: f64,
}

/// Margins, gaps and the panel, in millimetres on A3.
const MARGIN: f64 = 12.0;
const GAP: f64 = 7.0;
const HEADER: f64 = 19.5;
const PANEL_WIDTH: f64 = 94.0;
const PANEL_HEIGHT: f64 = 104.0;

/// The columns of the panel below the map of an upright sheet.
const COLUMNS_BELOW: usize = 3;

impl Sheet {
    pub(super) fn new(size: Size, portrait: bool) -> Self {
        let (long, short) = size.sides();
        let (width, height) = if portrait { (short, long) } else { (long, short) };
        Self { size, portrait, width, height, scale: size.type_scale() }
    }

    /// Where title and subtitle stand.
    pub(super) fn header(&self) -> Frame {
        let margin = MARGIN * self.scale;
        Frame { left: margin, top: margin, width: self.width - 2.0 * margin, height: HEADER * self.scale }
    }

    /// Where the map stands.
    pub(super) fn map(&self) -> Frame {
        let (margin, gap, header) = (MARGIN * self.scale, GAP * self.scale, self.header());
        let (mut width, mut height) = (header.width, self.height - margin - header.bottom());
        if self.portrait {
            height -= gap + PANEL_HEIGHT * self.scale;
        } else {
            width -= gap + PANEL_WIDTH * self.scale;
        }
        Frame { left: margin, top: header.bottom(), width, height }
    }

    /// The columns of the panel: one beside the map, or three below it.
    pub(super) fn columns(&self) -> Vec<Frame> {
        let (map, header, gap) = (self.map(), self.header(), GAP * self.scale);
        if !self.portrait {
            let left = map.right() + gap;
            return vec![Frame { left, width: header.right() - left, ..map }];
        }
        let (top, height) = (map.bottom() + gap, PANEL_HEIGHT * self.scale);
        let width = (header.width - gap * (COLUMNS_BELOW - 1) as f64) / COLUMNS_BELOW as f64;
        let column = |index: usize| Frame { left: header.left + (width + gap) * index as f64, top, width, height };
        (0..COLUMNS_BELOW).map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stands_on_the_sheet_and_apart() {
        for (size, portrait) in Size::ALL.into_iter().flat_map(|size| [(size, false), (size, true)]) {
            let sheet = Sheet::new(size, portrait);
            let map = sheet.map();
            assert!(map.width > 0.5 * sheet.width && map.height > 0.5 * sheet.height, "{sheet:?} {map:?}");
            for column in sheet.columns() {
                assert!(column.left >= map.right() || column.top >= map.bottom());
                assert!(column.right() <= sheet.width && column.bottom() <= sheet.height);
            }
        }
    }

    #[test]
    fn sizes_are_known_by_name() {
        assert_eq!(Size::named("a2"), Some(Size::A2));
        assert_eq!(Size::named("B4"), None);
    }
}
