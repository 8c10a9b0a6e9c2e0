//! What the tests ask of every kind of error: a name of its own, and words that a reader of Japanese can read.

use std::collections::{BTreeMap, BTreeSet};

use super::Diagnostic;
use crate::text::{Text, english_in, is_japanese};

/// Checks what the variants of an error say, each by its number from 0: all of them say something, each has a name in kebab
/// case that no other has, and the Japanese is Japanese.
pub(crate) fn of_every_variant(variants: usize, said: &[(usize, Diagnostic)]) {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (variant, one) in said {
        assert!(is_kebab_case(one.id), "{}", one.id);
        assert_eq!(names.entry(one.id).or_insert(*variant), variant, "{} is the name of two", one.id);
        for text in std::iter::once(&one.message).chain(&one.help) {
            is_read_in_both(one.id, text);
        }
    }
    let seen: BTreeSet<usize> = said.iter().map(|(variant, _)| *variant).collect();
    assert_eq!(seen, (0..variants).collect(), "the numbers of the variants that say something");
    assert_eq!(names.len(), variants, "{names:?}");
}

fn is_kebab_case(id: &str) -> bool {
    id.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit()))
}

fn is_read_in_both(id: &str, Text { ja, en }: &Text) {
    assert!(is_japanese(ja) && !ja.contains('〓') && !en.is_empty(), "{id}: {ja}");
    assert_eq!(english_in(ja), None, "{id} speaks English in its Japanese: {ja}");
}

#[test]
fn english_in_japanese_is_seen_and_names_are_not() {
    let said = |ja: &'static str| {
        let one = Diagnostic::error("a-name", Text { ja: ja.into(), en: "a message".into() });
        std::panic::catch_unwind(|| of_every_variant(1, &[(0, one)])).is_ok()
    };
    assert!(
        said("`say it in kyoten` と書いてください。") && said("「a of the c」は値です。") && said("a b のCSVです。")
    );
    assert!(!said("読めません: no such file です。") && !said("no such file") && !said("〓です。"));
}
