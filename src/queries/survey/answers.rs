//! Which answers can there be?

use super::fill::Fill;
use crate::text::Text;

/// One of the answers of an item: all that may be found of which the rules make no difference.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The word of outputs; of one item no two are the same.
    pub id: String,
    /// What is found.
    pub said: Text,
    /// The end at which it stands.
    pub end: End,
    /// From which number on, and below which; of an answer that is one.
    pub numbers: Option<[Option<f64>; 2]>,
    /// How it is filled in: several ways where it is not known beforehand that they come to the same. What the answer settles is
    /// settled by each.
    pub(super) fills: Vec<Fill>,
}

/// At which end of what may be found an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The zones are as small as they can be by it.
    Poor,
    /// Between the two.
    Between,
    /// The zones are as large as they can be by it.
    Good,
}

/// The classes into which thresholds part the numbers from `least` to `most`: from which number on, and below which.
pub(super) fn classes(mut thresholds: Vec<f64>, least: f64, most: f64) -> Vec<[Option<f64>; 2]> {
    thresholds.sort_by(f64::total_cmp);
    thresholds.dedup();
    thresholds.retain(|&number| least < number && number <= most);
    let mut classes = Vec::new();
    let mut from = None;
    for number in thresholds {
        classes.push([from, Some(number)]);
        from = Some(number);
    }
    classes.push([from, None]);
    classes
}

/// The end of a class among so many.
pub(super) fn end(index: usize, classes: usize) -> End {
    match index {
        0 => End::Poor,
        _ if index + 1 == classes => End::Good,
        _ => End::Between,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_part_what_may_be_found() {
        let all = classes(vec![30.0, 3.0, 3.0], 0.0, f64::INFINITY);
        assert_eq!(all, [[None, Some(3.0)], [Some(3.0), Some(30.0)], [Some(30.0), None]]);
        // What is known already rules the others out.
        assert_eq!(classes(vec![3.0, 30.0], 3.0, 20.0), [[None, None]]);
        assert_eq!(classes(vec![3.0], 2.0, 3.0), [[None, Some(3.0)], [Some(3.0), None]]);
    }
}
