//! Sheets of a cadastral map that lie far from all others: published maps have some in a wrong place.

use std::collections::{BTreeMap, BTreeSet};

use crate::geometry::Bounds;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

pub(super) static FAR: NoticeKind = NoticeKind {
    id: "sheet-far-away",
    severity: Severity::Warning,
    what: Text::new(
        "ほかの図面から何十kmも離れた図面があります。離島でなければ、座標の誤りです。筆はそのまま使いました。",
        "sheet(s) lie tens of kilometres from the others; unless they are of an island their coordinates are wrong; their \
         parcels were used as they are",
    ),
    advice: Some(Text::new(
        "地図と見比べ、誤りであればその図面を `parcels` から外してください。",
        "compare with a map, and leave a sheet that is wrong out of `parcels`",
    )),
};

/// Sheets are sorted into squares of this side, m; those in squares with no more than one empty one in between are
/// together. What lies further apart than three sides never is.
const SIDE: f64 = 10_000.0;

/// A sheet that reaches further than this, m, is no sheet: some of its parcels are in a wrong place.
const LARGEST: f64 = 2.0 * SIDE;

/// The sheets that do not lie with most of the others, and how far from these they are, km; boxes in metres of one plane,
/// empty where a sheet has no place.
pub(super) fn far(sheets: &[Bounds]) -> Vec<(usize, u64)> {
    let middle = |sheet: &Bounds| [0, 1].map(|axis| f64::midpoint(sheet.min[axis], sheet.max[axis]));
    let cell = |sheet: &Bounds| middle(sheet).map(|along| (along / SIDE).floor() as i64);
    let is_sheet = |sheet: &Bounds| !sheet.is_empty() && sheet.size().iter().all(|side| *side <= LARGEST);
    let mut cells: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    for sheet in sheets.iter().filter(|sheet| is_sheet(sheet)) {
        *cells.entry(cell(sheet)).or_default() += 1;
    }
    let groups = groups(&cells);
    let most = groups.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let largest: Vec<usize> = (0..groups.len()).filter(|&group| groups[group].0 == most).collect();
    let group_of = |sheet: &Bounds| {
        let cell = cell(sheet);
        groups.iter().position(|(_, cells)| is_sheet(sheet) && cells.contains(&cell))
    };
    let mut boxes = vec![Bounds::EMPTY; groups.len()];
    for sheet in sheets {
        if let Some(group) = group_of(sheet) {
            boxes[group] = boxes[group].union(*sheet);
        }
    }
    let away = |sheet: &Bounds, own: Option<usize>| {
        let gaps = largest.iter().filter(|&&group| Some(group) != own).map(|&group| gap(sheet, &boxes[group]));
        let nearest = gaps.fold(f64::INFINITY, f64::min);
        // Of one that is torn apart, what it reaches.
        let size = sheet.size();
        let reach = if nearest > 0.0 && nearest.is_finite() { nearest } else { size[0].hypot(size[1]) };
        (reach / 1000.0).round() as u64
    };
    let far = sheets.iter().enumerate().filter(|(_, sheet)| !sheet.is_empty()).filter_map(|(index, sheet)| {
        let group = group_of(sheet);
        // Of several that are equally large, nobody knows which is in the right place.
        let with_most = group.is_some_and(|group| largest == [group]);
        (!with_most).then(|| (index, away(sheet, group)))
    });
    far.collect()
}

/// How far a box is from another.
fn gap(one: &Bounds, other: &Bounds) -> f64 {
    let along = |axis: usize| (one.min[axis] - other.max[axis]).max(other.min[axis] - one.max[axis]).max(0.0);
    along(0).hypot(along(1))
}

/// The squares that hang together, with how many sheets there are in them.
fn groups(cells: &BTreeMap<[i64; 2], usize>) -> Vec<(usize, BTreeSet<[i64; 2]>)> {
    let mut left: BTreeSet<[i64; 2]> = cells.keys().copied().collect();
    let mut groups = Vec::new();
    while let Some(first) = left.pop_first() {
        let (mut group, mut next, mut count) = (BTreeSet::from([first]), vec![first], 0);
        while let Some([x, y]) = next.pop() {
            count += cells[&[x, y]];
            for near in (-2..=2).flat_map(|dx| (-2..=2).map(move |dy| [x + dx, y + dy])) {
                if left.remove(&near) {
                    group.insert(near);
                    next.push(near);
                }
            }
        }
        groups.push((count, group));
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(x: f64, y: f64) -> Bounds {
        Bounds { min: [x, y], max: [x + 500.0, y + 300.0] }
    }

    #[test]
    fn the_sheet_that_lies_apart_is_told_with_its_distance() {
        let sheets = [sheet(0.0, 0.0), sheet(108_500.0, 0.0), sheet(900.0, 400.0), Bounds::EMPTY];
        assert_eq!(far(&sheets), [(1, 107)]);
        // Of two nobody knows which is in the right place.
        assert_eq!(far(&sheets[..2]), [(0, 108), (1, 108)]);
        assert_eq!(far(&[sheet(0.0, 0.0)]), []);
        assert_eq!(far(&[]), []);
        // Parcels of one sheet in two places.
        let torn = Bounds { min: [0.0, 0.0], max: [60_000.0, 80_000.0] };
        assert_eq!(far(&[sheet(0.0, 0.0), torn]), [(1, 100)]);
    }

    #[test]
    fn a_long_municipality_hangs_together() {
        let sheets: Vec<Bounds> = (0..8).map(|part| sheet(f64::from(part) * 9_500.0, 0.0)).collect();
        assert_eq!(far(&sheets), []);
    }

    proptest! {
        #[test]
        fn whatever_the_sheets_those_far_off_and_only_those_are_told(
            near in proptest::collection::vec((0.0..15_000.0, 0.0..15_000.0), 2..20),
            (angle, away) in (0.0..std::f64::consts::TAU, 60_000.0..500_000.0),
            place in (-1e6..1e6, -1e6..1e6),
        ) {
            let mut sheets: Vec<Bounds> = near.iter().map(|(x, y)| sheet(place.0 + x, place.1 + y)).collect();
            sheets.insert(1, sheet(place.0 + f64::cos(angle) * away, place.1 + f64::sin(angle) * away));
            let far: Vec<usize> = far(&sheets).into_iter().map(|(index, _)| index).collect();
            prop_assert_eq!(far, vec![1]);
        }
    }
}
