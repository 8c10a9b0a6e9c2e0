//! Parcels that stand in the input twice: with one id, or with one outline, wherever its rings begin and whichever way they
//! turn.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Collector, Enough};
use crate::assess::{Assessment, BatchResult};
use crate::geometry::{Point, Shape};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A parcel on top of another.
static DUPLICATE_PARCEL: NoticeKind = NoticeKind {
    id: "duplicate-parcel",
    severity: Severity::Warning,
    what: Text::new(
        "前の筆とまったく同じ輪郭の筆があります。上の集計にはどちらも数えています。",
        "parcel(s) with the very outline of an earlier one; each counts in the numbers above",
    ),
    advice: Some(Text::new(
        "重複する筆か、同じ筆の2番目のファイルを外してください。",
        "leave the duplicates out, or the second of two files of the same parcels",
    )),
};

/// A parcel with the id of another.
static DUPLICATE_ID: NoticeKind = NoticeKind {
    id: "duplicate-id",
    severity: Severity::Warning,
    what: Text::new("前の筆と同じidの筆があります。", "parcel(s) with an id that an earlier one has"),
    advice: Some(Text::new("このidだけで表を結合しないでください。", "rows cannot be joined by this id alone")),
};

/// Finds parcels that stand in the input twice.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// Hashes of ids.
    seen: HashSet<u64>,
    outlines: Outlines,
    notices: Notices,
}

/// The ids and outlines of a batch.
#[derive(Debug)]
pub struct Identities {
    /// Hashes of ids, one a parcel.
    ids: Vec<u64>,
    /// Hashes of outlines with their parcels' 1-based positions.
    outlines: Vec<(u64, u64)>,
    /// The position of the first parcel.
    first: usize,
    assessment: Arc<Assessment>,
}

impl Collector for Duplicates {
    type Piece = Identities;
    type Output = Notices;

    fn piece(&self, result: &BatchResult<'_>) -> Identities {
        let id_hash = |id: Option<&str>| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        };
        let parcels = result.batch.parcels().enumerate();
        let outline = |(row, parcel): (usize, Option<crate::evidence::Parcel<'_>>)| {
            Some((hash(&parcel?.shape), result.position(row) as u64))
        };
        Identities {
            ids: result.assessment.ids.iter().map(id_hash).collect(),
            outlines: parcels.filter_map(outline).collect(),
            first: result.position(0),
            assessment: Arc::clone(&result.assessment),
        }
    }

    fn merge(&mut self, piece: Identities) -> Result<(), Enough> {
        self.outlines.extend(piece.outlines);
        for (row, id) in piece.ids.into_iter().enumerate() {
            if !self.seen.insert(id) {
                let (position, id) = (piece.first + row, piece.assessment.ids.get(row).unwrap_or_default());
                self.notices.add(
                    "parcels",
                    &DUPLICATE_ID,
                    text!("{position}番目の筆（{id}）", "parcel {position} ({id})"),
                );
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Notices {
        self.outlines.tell(&mut self.notices);
        self.notices
    }
}

/// Corners closer than a millimetre are the same.
const STEPS_A_METRE: f64 = 1000.0;

/// What stands for an outline: equal for equal outlines, and of a million different ones two agree by chance once in
/// forty million runs.
fn hash(shape: &Shape<'_>) -> u64 {
    // A sum does not ask for the order, so that the corner at which a ring begins and ends counts once.
    let ring = |ring: &[Point]| ring[1..].iter().fold(0_u64, |sum, &point| sum.wrapping_add(corner(point)));
    shape.rings().filter(|ring| !ring.is_empty()).map(ring).fold(0, u64::wrapping_add)
}

/// A corner stirred so well that sums of corners tell outlines apart.
fn corner([x, y]: Point) -> u64 {
    // Coordinates of the plane are far below 2⁵³ mm.
    let [x, y] = [x, y].map(|v| (v * STEPS_A_METRE).round() as i64 as u64);
    stirred(stirred(x).wrapping_add(y))
}

/// The finaliser of SplitMix64. Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
fn stirred(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The outlines of all parcels with their 1-based positions. 16 bytes a parcel; sorted once, at the end.
#[derive(Debug, Default)]
struct Outlines(Vec<(u64, u64)>);

impl Outlines {
    /// Takes over the outlines of a batch.
    fn extend(&mut self, found: impl IntoIterator<Item = (u64, u64)>) {
        self.0.extend(found);
    }

    /// Tells of each parcel that has the outline of an earlier one.
    fn tell(mut self, notices: &mut Notices) {
        self.0.par_sort_unstable();
        let mut duplicates: Vec<(u64, u64)> = Vec::new();
        for run in self.0.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() > 1) {
            let (_, first) = run[0];
            duplicates.extend(run[1..].iter().map(|&(_, position)| (position, first)));
        }
        duplicates.sort_unstable();
        for (position, first) in duplicates {
            let same = text!("{position}番目の筆は{first}番目の筆と同じ", "parcel {position} is parcel {first}");
            notices.add("parcels", &DUPLICATE_PARCEL, same);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;

    fn of(rings: &[&[Point]]) -> u64 {
        let mut shapes = Shapes::default();
        for ring in rings {
            shapes.push_ring(ring);
        }
        shapes.end_polygon();
        shapes.end_shape();
        hash(&shapes.get(0))
    }

    const SQUARE: [Point; 5] = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]];

    #[test]
    fn a_ring_is_the_same_wherever_it_begins() {
        let turned = [SQUARE[2], SQUARE[3], SQUARE[4], SQUARE[1], SQUARE[2]];
        let mut backwards = SQUARE;
        backwards.reverse();
        assert!(of(&[&SQUARE]) == of(&[&turned]) && of(&[&SQUARE]) == of(&[&backwards]));
        let hole = SQUARE.map(|[x, y]| [1.0 + x / 9.0, 1.0 + y / 9.0]);
        assert_ne!(of(&[&SQUARE]), of(&[&SQUARE, &hole]));
    }

    proptest! {
        #[test]
        fn moving_a_parcel_makes_another_outline(x in -3e5..3e5_f64, y in -3e5..3e5_f64, by in 0.002..50.0_f64) {
            let at = |x: f64| SQUARE.map(|[u, v]| [u + x, v + y]);
            prop_assert_ne!(of(&[&at(x)]), of(&[&at(x + by)]));
        }
    }

    #[test]
    fn every_duplicate_is_told_with_the_first_of_its_kind() {
        let mut outlines = Outlines::default();
        outlines.extend([(7, 1), (8, 2), (7, 3)]);
        outlines.extend([(9, 4), (7, 5)]);
        let mut notices = Notices::default();
        outlines.tell(&mut notices);
        let (_, kind, tally) = notices.iter().next().unwrap();
        assert_eq!((kind.id, tally.count), ("duplicate-parcel", 2));
        assert_eq!(
            tally.examples.iter().map(|one| &*one.en).collect::<Vec<_>>(),
            ["parcel 3 is parcel 1", "parcel 5 is parcel 1"]
        );
    }
}
