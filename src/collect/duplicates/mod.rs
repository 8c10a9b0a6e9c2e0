//! Parcels that stand in the input twice: with one id, or with one outline, wherever its rings begin and whichever way they
//! turn.

mod outline;
mod sorted;
mod texts;

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::sync::Arc;

use self::sorted::{Entry, Sorted};
use self::texts::Texts;
use super::{Collector, Enough};
use crate::assess::{Assessment, BatchResult};
use crate::notices::{EXAMPLES, NoticeKind, Notices, Severity};
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

/// Finds parcels that stand in the input twice. What it keeps of very many lies on the disk.
#[derive(Debug, Default)]
pub struct Duplicates {
    ids: Sorted,
    texts: Texts,
    outlines: Sorted,
    failed: Option<io::Error>,
}

/// The ids and outlines of a batch.
#[derive(Debug)]
pub struct Identities {
    /// Hashes of ids with their parcels' 1-based positions.
    ids: Vec<Entry>,
    /// Hashes of outlines, likewise.
    outlines: Vec<Entry>,
    assessment: Arc<Assessment>,
}

impl Collector for Duplicates {
    type Piece = Identities;
    /// An error is one of the temporary files.
    type Output = io::Result<Notices>;

    fn piece(&self, result: &BatchResult<'_>) -> Identities {
        let id_hash = |id: Option<&str>| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        };
        let at = |row: usize| result.position(row) as u64;
        let parcels = result.batch.parcels().enumerate();
        Identities {
            ids: result.assessment.ids.iter().enumerate().map(|(row, id)| (id_hash(id), at(row))).collect(),
            outlines: parcels.filter_map(|(row, parcel)| Some((outline::hash(&parcel?.shape), at(row)))).collect(),
            assessment: Arc::clone(&result.assessment),
        }
    }

    fn merge(&mut self, piece: Identities) -> Result<(), Enough> {
        self.take(&piece).map_err(|error| {
            self.failed = Some(error);
            Enough
        })
    }

    fn finish(self) -> io::Result<Notices> {
        match self.failed {
            Some(error) => Err(error),
            None => tell(self.ids, self.texts, self.outlines),
        }
    }
}

impl Duplicates {
    fn take(&mut self, piece: &Identities) -> io::Result<()> {
        piece.ids.iter().try_for_each(|&id| self.ids.push(id))?;
        piece.assessment.ids.iter().try_for_each(|id| self.texts.push(id))?;
        piece.outlines.iter().try_for_each(|&outline| self.outlines.push(outline))
    }
}

/// Tells of each parcel that has the id or the outline of an earlier one.
fn tell(ids: Sorted, texts: Texts, outlines: Sorted) -> io::Result<Notices> {
    let mut notices = Notices::default();
    let (ids, outlines) = (Again::of(ids)?, Again::of(outlines)?);
    let positions: Vec<u64> = ids.first.iter().map(|(position, _)| *position).collect();
    let named = positions.iter().zip(texts.at(&positions)?).map(|(position, id)| {
        let id = id.unwrap_or_default();
        text!("{position}番目の筆（{id}）", "parcel {position} ({id})")
    });
    tell_of(&DUPLICATE_ID, ids.count, named, &mut notices);
    let named = outlines.first.iter().map(|(position, first)| {
        text!("{position}番目の筆は{first}番目の筆と同じ", "parcel {position} is parcel {first}")
    });
    tell_of(&DUPLICATE_PARCEL, outlines.count, named, &mut notices);
    Ok(notices)
}

/// How many stand again, and the first of them, each with what it stands again of.
#[derive(Debug, Default)]
struct Again {
    count: u64,
    first: BTreeSet<(u64, u64)>,
}

impl Again {
    fn of(sorted: Sorted) -> io::Result<Self> {
        let mut found = Self::default();
        sorted.again(|position, first| {
            found.count += 1;
            found.first.insert((position, first));
            if found.first.len() > EXAMPLES {
                found.first.pop_last();
            }
        })?;
        Ok(found)
    }
}

fn tell_of(
    kind: &'static NoticeKind,
    count: u64,
    examples: impl ExactSizeIterator<Item = Text>,
    notices: &mut Notices,
) {
    // The last that is named stands for all that are not.
    let named = examples.len() as u64;
    for (example, number) in examples.zip(1..) {
        let stands_for = if number == named { count - named + 1 } else { 1 };
        notices.add_many("parcels", kind, stands_for, example);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duplicate_is_told_with_the_first_of_its_kind() {
        let (mut ids, mut texts, mut outlines) = (Sorted::default(), Texts::default(), Sorted::default());
        for (id, position) in ["甲", "乙", "甲", "丙", "甲"].iter().zip(1..) {
            ids.push((id.chars().map(u64::from).sum(), position)).unwrap();
            texts.push(Some(id)).unwrap();
        }
        for (outline, position) in [7, 8, 7, 9, 7, 7, 7, 7, 7].into_iter().zip(1..) {
            outlines.push((outline, position)).unwrap();
        }
        let notices = tell(ids, texts, outlines).unwrap();
        let told: Vec<(&str, u64, Vec<&str>)> = notices
            .iter()
            .map(|(_, kind, tally)| (kind.id, tally.count, tally.examples.iter().map(|one| &*one.en).collect()))
            .collect();
        assert_eq!(
            told,
            [
                ("duplicate-id", 2, vec!["parcel 3 (甲)", "parcel 5 (甲)"]),
                (
                    "duplicate-parcel",
                    6,
                    vec![
                        "parcel 3 is parcel 1",
                        "parcel 5 is parcel 1",
                        "parcel 6 is parcel 1",
                        "parcel 7 is parcel 1",
                        "parcel 8 is parcel 1",
                    ]
                ),
            ]
        );
    }
}
