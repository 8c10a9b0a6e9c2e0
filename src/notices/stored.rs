//! How do notices stand in a file? With their kinds in words: a kind that is read is kept as long as the program runs.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::{NoticeKind, Notices, Severity, Tally};
use crate::text::{Text, kept};

/// A tally with its place and its kind.
#[derive(Serialize, Deserialize)]
struct Stored {
    place: String,
    id: String,
    severity: String,
    what: Text,
    advice: Option<Text>,
    count: u64,
    examples: Vec<Text>,
}

impl Serialize for Notices {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        let stored = |(place, kind, tally): (&str, &'static NoticeKind, &Tally)| Stored {
            place: place.to_owned(),
            id: kind.id.to_owned(),
            severity: kind.severity.word().to_owned(),
            what: kind.what.clone(),
            advice: kind.advice.clone(),
            count: tally.count,
            examples: tally.examples.clone(),
        };
        self.iter().map(stored).collect::<Vec<_>>().serialize(format)
    }
}

impl<'de> Deserialize<'de> for Notices {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        let mut notices = Self::default();
        for Stored { place, id, severity, what, advice, count, examples } in Vec::deserialize(format)? {
            let severity = Severity::of_word(&severity).ok_or_else(|| D::Error::custom("no such severity"))?;
            let kind = kept_kind(NoticeKind { id: kept(&id), severity, what, advice });
            notices.tallies.insert((place, kind), Tally { count, examples });
        }
        Ok(notices)
    }
}

/// The same kind, which stays.
fn kept_kind(kind: NoticeKind) -> &'static NoticeKind {
    static KEPT: Mutex<BTreeSet<&'static NoticeKind>> = Mutex::new(BTreeSet::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    all.get(&kind).copied().unwrap_or_else(|| {
        let kind: &'static NoticeKind = Box::leak(Box::new(kind));
        all.insert(kind);
        kind
    })
}

impl Notices {
    /// The same with every example through one function.
    #[must_use]
    pub fn with_examples(mut self, change: impl Fn(&str) -> String) -> Self {
        for example in self.tallies.values_mut().flat_map(|tally| &mut tally.examples) {
            *example = example.map(&change);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ODD: NoticeKind = NoticeKind {
        id: "odd",
        severity: Severity::Mended,
        what: Text::new("おかしな地物があります。", "odd feature(s)"),
        advice: None,
    };

    #[test]
    fn notices_come_back_as_they_were_and_join_those_of_their_kind() {
        let mut notices = Notices::default();
        notices.add_many("did", &ODD, 7, text!("3番目の地物", "feature 3"));
        let bytes = postcard::to_stdvec(&notices).unwrap();
        let mut again: Notices = postcard::from_bytes(&bytes).unwrap();
        again.add("did", &ODD, "x");
        let (place, kind, tally) = again.iter().next().unwrap();
        assert_eq!((place, kind, tally.count, tally.examples.len()), ("did", &ODD, 8, 2));
        assert_eq!(again.iter().count(), 1);
    }
}
