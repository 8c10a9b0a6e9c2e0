//! Which columns does a file of parcels hold?

use glob::Pattern;

use super::{Column, Source, land_columns, margin_columns, parcel_columns};
use crate::criteria::RuleSet;
use crate::settings::nearest;
use crate::text::Text;

/// The word for all columns.
const ALL: &str = "all";

/// The word for those that every reader of a run wants: id, area and statuses.
const CORE: &str = "core";

/// The columns of parcels that are written; those that are not are worked out nevertheless.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The names of kyoten's columns, in their order; `None`: all of them.
    names: Option<Vec<String>>,
    /// Whether the input's own properties are left out.
    pub drop_own: bool,
    /// Whether what fails, and by how much, is among them.
    pub explains: bool,
}

impl ColumnChoice {
    /// All of them, and those of margins.
    #[must_use]
    pub fn explained() -> Self {
        Self { explains: true, ..Self::default() }
    }

    /// The columns of a rule set that are meant by `words`: `all`, `core`, or patterns such as `central_*`. The id is always among
    /// them, since nothing can be joined without it.
    ///
    /// # Errors
    /// A word that no column answers to, with the nearest name.
    pub fn new(words: &[String], drop_own: bool, set: &'static RuleSet) -> Result<Self, Text> {
        let columns: Vec<Column> = parcel_columns(set).into_iter().chain(land_columns(set)).collect();
        let mut chosen: Vec<bool> = columns.iter().map(|column| column.source == Source::Id).collect();
        for word in words.iter().map(|word| word.trim()) {
            let pattern = Pattern::new(word).map_err(|_| no_column(word, &columns))?;
            let is_meant = |column: &Column| match word {
                ALL => true,
                CORE => column.source == Source::Area || column.is_status(),
                _ => pattern.matches(&column.name),
            };
            if !columns.iter().any(is_meant) {
                return Err(no_column(word, &columns));
            }
            columns.iter().zip(&mut chosen).for_each(|(column, chosen)| *chosen |= is_meant(column));
        }
        let is_all = words.is_empty() || !chosen.contains(&false);
        let names = columns.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(column, _)| column.name);
        Ok(Self { names: (!is_all).then(|| names.collect()), drop_own, explains: false })
    }

    /// Those of a rule set's columns that are written; `tells_land`: of a city whose buildings and designated ratios are known.
    #[must_use]
    pub fn of(&self, set: &'static RuleSet, tells_land: bool) -> Vec<Column> {
        let mut columns = parcel_columns(set);
        if tells_land {
            columns.extend(land_columns(set));
        }
        if let Some(names) = &self.names {
            columns.retain(|column| names.contains(&column.name));
        }
        if self.explains {
            columns.extend(margin_columns(set));
        }
        columns
    }

    /// The names of kyoten's columns that are written; `None`: all.
    #[must_use]
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_deref()
    }
}

fn no_column(word: &str, columns: &[Column]) -> Text {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).chain([ALL, CORE]).collect();
    let (near, _) = nearest(word, &names);
    text!(
        "「{word}」に当たる列はありません。近い名前は `{near}` です。`all`、`core`、または `central_*` のような形で書いてください。",
        "no column is called `{word}`; the nearest name is `{near}`. Write `all`, `core`, or patterns such as `central_*`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::default_rules;

    fn chosen(words: &[&str]) -> Vec<String> {
        let set = default_rules();
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let choice = ColumnChoice::new(&words, false, set).unwrap();
        choice.of(set, false).into_iter().map(|column| column.name).collect()
    }

    #[test]
    fn the_core_is_id_area_and_statuses() {
        assert_eq!(chosen(&["core"]), ["kyoten_id", "area_m2", "central", "local", "senior", "senior_site"]);
    }

    #[test]
    fn patterns_choose_columns_in_their_order_and_the_id_with_them() {
        assert_eq!(chosen(&["stop*", "central_??"]), ["kyoten_id", "central_lo", "central_hi", "stop", "stop_m"]);
        assert_eq!(chosen(&["all"]), chosen(&[]));
        assert_eq!(chosen(&["core", "*"]), chosen(&[]));
    }

    #[test]
    fn a_word_that_is_no_column_is_told_with_the_nearest() {
        for word in ["centrl", "[", ""] {
            assert!(ColumnChoice::new(&[word.to_owned()], false, default_rules()).is_err(), "{word}");
        }
        let said = ColumnChoice::new(&["centrl".to_owned()], false, default_rules()).unwrap_err();
        assert!(said.en.contains("the nearest name is `central`"), "{}", said.en);
    }
}
