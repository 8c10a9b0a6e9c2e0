//! The panel beside the map of a sheet: which of its parts stands where.

use super::legend;
use super::sheet::{Frame, MAP};

/// So high is a line of notes, millimetres.
const LINE: f64 = 3.48;

/// What stands beside the map, from the legend down: the longer it is, the less room there is for notes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panel {
    pub(super) legend: Frame,
    /// The size of the legend's letters, as a part of the usual one.
    pub(super) letters: f64,
    pub(super) scale: Frame,
    pub(super) bar: Frame,
    pub(super) arrow: Frame,
    pub(super) notes: Frame,
}

impl Panel {
    const LEFT: f64 = 310.0;
    const WIDTH: f64 = 98.0;
    const TOP: f64 = MAP[1];
    const BOTTOM: f64 = MAP[1] + MAP[3];
    /// Where the scale stands below a legend of the usual length.
    const SCALE: f64 = 160.0;
    /// From there to the notes, which have at least so much room.
    const SCALE_TO_NOTES: f64 = 24.0;
    const LEAST_NOTES: f64 = 12.0 * LINE;
    const GAP: f64 = 5.0;
    /// The smallest letters of a legend, as a part of the usual ones.
    const SMALLEST: f64 = 0.65;

    /// Below a legend of so many headings and rows, with room for so many lines of notes. What may be added to the legend has room as
    /// far as these leave any.
    pub(super) fn below(legend: legend::Extent, lines: usize) -> Self {
        let [now, later] = legend.heights();
        let most = Self::BOTTOM - Self::LEAST_NOTES - Self::SCALE_TO_NOTES - Self::GAP - Self::TOP;
        let letters = (most / now).min(Self::WIDTH / legend.width()).clamp(Self::SMALLEST, 1.0);
        let below = |height: f64| Self::SCALE.max(Self::TOP + height * letters + Self::GAP);
        let lowest = Self::BOTTOM - Self::SCALE_TO_NOTES - lines as f64 * LINE;
        let scale = below(now + later).min(lowest).max(below(now));
        let notes = scale + Self::SCALE_TO_NOTES;
        let frame = |top: f64, height: f64| [Self::LEFT, top, Self::WIDTH, height].map(tenth);
        Self {
            legend: frame(Self::TOP, scale - Self::GAP - Self::TOP),
            letters,
            scale: [Self::LEFT, tenth(scale), 76.0, 6.0],
            bar: [Self::LEFT, tenth(scale + 7.0), 76.0, 12.0],
            arrow: [393.0, tenth(scale - 2.0), 14.0, 20.0],
            notes: frame(notes, Self::BOTTOM - notes),
        }
    }

    /// So many lines of notes have room, in letters of this part of the usual size.
    pub(super) fn lines(&self, size: f64) -> usize {
        (self.notes[3] / (LINE * size)) as usize
    }
}

/// To a tenth of a millimetre.
fn tenth(mm: f64) -> f64 {
    (mm * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_added_to_a_legend_takes_no_room_from_notes() {
        let legend = legend::Extent::new(6, 20);
        let [few, many] = [4, 26].map(|lines| Panel::below(legend, lines));
        assert!(many.scale[1] < few.scale[1] && many.lines(1.0) >= 26, "{many:?}");
        assert!(many.scale[1] > Panel::TOP + legend.heights()[0]);
    }
}
