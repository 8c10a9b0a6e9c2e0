//! What are the words of columns called?

use crate::criteria::{Rules, Zone};
use crate::table::Field;
use crate::text::{Lang, Text};

/// The name of a zone.
pub(super) fn zone(rules: &Rules, id: &str) -> Text {
    rules.set.zone(id).map_or_else(|| Text::from(id), Zone::name)
}

/// The name of a criterion.
pub(super) fn criterion(rules: &Rules, id: &str) -> Text {
    rules.set.criterion(id).map_or_else(|| Text::from(id), |one| one.name.clone())
}

/// A word of a column of a product; `None` where it is a name out of the data.
pub(super) fn word(rules: &Rules, field: &Field, word: &str, lang: Lang) -> Option<String> {
    let said = match field.name.as_str() {
        "whole_fails" => Text::list(&word.split(',').map(|id| criterion(rules, id)).collect::<Vec<_>>()),
        _ => field.word(word)?.clone(),
    };
    Some(said.get(lang).to_owned())
}
