//! The ring that a list of lines makes.

use crate::geometry::Point;

/// A closed ring, and what had to be done for it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Ring {
    /// The last point repeats the first; no points where there were no lines.
    pub(super) points: Vec<Point>,
    /// Whether two lines did not meet, the last and the first among them.
    pub(super) gap: bool,
}

/// Joins lines in their order, each turned so that it goes on where the last one ended. (Files say of every line that
/// it is the right way round; that is believed only where the ends do not tell.)
pub(super) fn join(lines: &[&[Point]]) -> Ring {
    let mut ring = Ring::default();
    for (index, line) in lines.iter().enumerate() {
        let (Some(&first), Some(&last)) = (line.first(), line.last()) else { continue };
        let reversed = match (ring.points.last(), lines.get(index + 1)) {
            (Some(&end), _) => first != end && last == end,
            // Nothing before it: it must end where the next one begins or ends.
            (None, Some(next)) => !touches(next, last) && touches(next, first),
            (None, None) => false,
        };
        let start = if reversed { last } else { first };
        let joined = ring.points.last() == Some(&start);
        ring.gap |= !ring.points.is_empty() && !joined;
        let skip = usize::from(joined);
        if reversed {
            ring.points.extend(line.iter().rev().skip(skip));
        } else {
            ring.points.extend(line.iter().skip(skip));
        }
    }
    if let (Some(&first), Some(&last)) = (ring.points.first(), ring.points.last())
        && first != last
    {
        ring.points.push(first);
        ring.gap = true;
    }
    ring
}

fn touches(line: &[Point], end: Point) -> bool {
    line.first() == Some(&end) || line.last() == Some(&end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Point = [0.0, 0.0];
    const B: Point = [4.0, 0.0];
    const C: Point = [4.0, 4.0];
    const D: Point = [9.0, 9.0];

    #[test]
    fn lines_are_turned_to_go_on_where_the_last_one_ended() {
        let ring = Ring { points: vec![A, B, C, A], gap: false };
        assert_eq!(join(&[&[A, B], &[B, C], &[C, A]]), ring);
        assert_eq!(join(&[&[B, A], &[C, B], &[C, A]]), ring);
        assert_eq!(join(&[&[A, B], &[A, C, B]]), ring);
        assert_eq!(join(&[&[A, B, C, A]]), ring);
        assert_eq!(join(&[]), Ring::default());
    }

    #[test]
    fn lines_that_do_not_meet_are_joined_and_told() {
        assert_eq!(join(&[&[A, B], &[C, D]]), Ring { points: vec![A, B, C, D, A], gap: true });
        assert_eq!(join(&[&[A, B], &[B, C]]), Ring { points: vec![A, B, C, A], gap: true });
    }
}
