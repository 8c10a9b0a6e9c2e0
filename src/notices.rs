//! Problems of the *data*, as results: what was skipped, mended or is worth a warning, by file.
//!
//! A notice never stops a run (what stops it is an error). Many of one kind are counted and the first
//! few are named, so that a file with 40,000 bad rows says so in one line.

mod stored;

use std::collections::BTreeMap;

pub use crate::diagnostics::Severity;
use crate::text::Text;

/// One kind of problem: what happened and what to do next. Kinds are constants beside the code that
/// finds them, so that the text and the check stay together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeKind {
    /// A stable name in kebab case, used in `run.json`.
    pub id: &'static str,
    /// How much it asks of the reader.
    pub severity: Severity,
    /// What happened. The English stands after a count, "3 features …"; the Japanese is a sentence, and its count follows it.
    pub what: Text,
    /// What the reader can do about it; `None` where nothing needs doing.
    pub advice: Option<Text>,
}

/// How many examples of one kind are kept.
pub const EXAMPLES: usize = 5;

/// All that was found of one kind in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many times.
    pub count: u64,
    /// The first few, in the order of the input, none twice.
    pub examples: Vec<Text>,
}

impl Tally {
    fn show(&mut self, example: Text, most: usize) {
        if self.examples.len() < most && !self.examples.contains(&example) {
            self.examples.push(example);
        }
    }
}

/// The notices of a run: a tally for each layer and kind, in a fixed order.
#[derive(Debug, Clone)]
pub struct Notices {
    tallies: BTreeMap<(String, &'static NoticeKind), Tally>,
    most_examples: usize,
}

impl Default for Notices {
    fn default() -> Self {
        Self::keeping(EXAMPLES)
    }
}

impl Notices {
    /// No notices yet; of each kind so many examples will be kept.
    #[must_use]
    pub fn keeping(most_examples: usize) -> Self {
        Self { tallies: BTreeMap::new(), most_examples }
    }

    /// No notices yet, for a piece of the work whose notices will be merged into these: as many examples will be kept.
    #[must_use]
    pub fn of_a_piece(&self) -> Self {
        Self::keeping(self.most_examples)
    }

    /// Counts one more of `kind` in `place` (a layer, or a layer's file); `example` names the feature.
    pub fn add(&mut self, place: &str, kind: &'static NoticeKind, example: impl Into<Text>) {
        let most = self.most_examples;
        let tally = self.tally(place, kind);
        tally.count += 1;
        if tally.examples.len() < most {
            tally.show(example.into(), most);
        }
    }

    /// Counts `count` more of `kind` in `place`, with one example for all.
    pub fn add_many(&mut self, place: &str, kind: &'static NoticeKind, count: u64, example: impl Into<Text>) {
        self.add(place, kind, example);
        self.tally(place, kind).count += count.saturating_sub(1);
    }

    /// Takes over all that `other` holds. Merging pieces in the order of the input keeps the examples in that order.
    pub fn merge(&mut self, other: Self) {
        let most = self.most_examples;
        for ((place, kind), found) in other.tallies {
            let tally = self.tally(&place, kind);
            tally.count += found.count;
            for example in found.examples {
                tally.show(example, most);
            }
        }
    }

    /// Every tally with its place and kind, sorted by place, then kind.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'static NoticeKind, &Tally)> {
        self.tallies.iter().map(|((place, kind), tally)| (place.as_str(), *kind, tally))
    }

    fn tally(&mut self, place: &str, kind: &'static NoticeKind) -> &mut Tally {
        self.tallies.entry((place.to_owned(), kind)).or_default()
    }
}
