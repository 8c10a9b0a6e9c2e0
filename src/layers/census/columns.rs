//! Which columns hold the residents: by the names that the project file or usage gives them, else by their labels.
//!
//! e-Stat names its columns by codes that change from table to table and says in a second row what they are. The
//! labels are written in many ways (`人口（総数）`, `総数、年齢「不詳」含む`, `総数６５歳以上`, `６５歳以上人口　総数`), so that they are taken
//! apart here and not compared with a list. Tables without a total of those aged 65 or over have classes of five
//! years, which are added up.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::inputs::{self, RawFeature};
use crate::layers::{LayerError, Loaded};

/// What the label of a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// All residents. The better way to say it has the lower rank: `人口総数` is what lives in the unit, `総数` of a table
    /// of ages is what the table counts there, other units' residents included where it is a receiving one.
    Population(u8),
    /// Residents from an age on, up to and with another; `None`: of any higher age.
    Age(u32, Option<u32>),
}

/// From which age on residents are seniors 高齢者.
const SENIOR: u32 = 65;

/// The rank of a number that stands under a name, not under a label.
const NAMED: u8 = 0;

/// The columns of one file for one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CensusColumn {
    /// The fields whose numbers are added up; one, but for classes of age.
    fields: Vec<String>,
    /// Of two numbers for one code, the one of lower rank counts.
    pub(super) rank: u8,
}

impl CensusColumn {
    /// A published number, the sum of the fields; `None` where one is withheld (`*`, `X`) or blank. `-` is zero.
    ///
    /// # Errors
    /// A text that is no number, a number below zero.
    pub(super) fn number(&self, loaded: &Loaded, feature: &RawFeature) -> Result<Option<f64>, LayerError> {
        let mut sum = 0.0;
        for field in &self.fields {
            match published(loaded, feature, field)? {
                Some(number) => sum += number,
                None => return Ok(None),
            }
        }
        Ok(Some(sum))
    }

    /// The fields for a reader.
    fn text(&self) -> String {
        self.fields.join(" + ")
    }
}

fn published(loaded: &Loaded, feature: &RawFeature, field: &str) -> Result<Option<f64>, LayerError> {
    match feature.fields.get(field).and_then(serde_json::Value::as_str).map(str::trim) {
        Some("*" | "X" | "x" | "Ｘ" | "***" | "…" | "...") => Ok(None),
        Some("-" | "－") => Ok(Some(0.0)),
        _ => Ok(inputs::number(&loaded.raw, feature, field)?),
    }
}

/// The columns of a layer, file by file, since every e-Stat table has codes of its own.
#[derive(Debug)]
pub(super) struct Columns {
    by_file: Vec<[Option<CensusColumn>; 2]>,
}

const ROLES: [&str; 2] = ["population", "seniors"];

impl Columns {
    /// Finds them.
    ///
    /// # Errors
    /// A role for which no file has a column, or for which one file has several.
    pub(super) fn find(loaded: &Loaded) -> Result<Self, LayerError> {
        let by_file = (0..loaded.raw.files.len()).map(|file| of_file(loaded, file)).collect::<Result<Vec<_>, _>>()?;
        for (index, role) in ROLES.into_iter().enumerate() {
            if by_file.iter().all(|columns| columns[index].is_none()) {
                return Err(missing(loaded, role));
            }
        }
        Ok(Self { by_file })
    }

    /// The column of all residents in a file.
    pub(super) fn population(&self, file: usize) -> Option<&CensusColumn> {
        self.by_file[file][0].as_ref()
    }

    /// The column of residents aged 65 or over in a file.
    pub(super) fn seniors(&self, file: usize) -> Option<&CensusColumn> {
        self.by_file[file][1].as_ref()
    }

    /// Role → columns, as a run tells them.
    pub(super) fn names(&self) -> BTreeMap<&'static str, String> {
        let named = |(index, role): (usize, &'static str)| {
            let mut found: Vec<String> =
                self.by_file.iter().flat_map(|by| &by[index]).map(CensusColumn::text).collect();
            found.dedup();
            (role, found.join(", "))
        };
        ROLES.into_iter().enumerate().map(named).collect()
    }
}

/// Whether a column with this label can be needed, so that a reader of wide tables may pass over the others.
pub fn may_hold_residents(label: &str) -> bool {
    matches!(meaning(label), Some(Meaning::Population(_) | Meaning::Age(SENIOR.., _)))
}

fn of_file(loaded: &Loaded, file: usize) -> Result<[Option<CensusColumn>; 2], LayerError> {
    let fields = fields_of(loaded, file);
    let meanings: Vec<(&str, Meaning)> =
        fields.iter().filter_map(|&field| Some((field, meaning(label(loaded, field))?))).collect();
    let ambiguous = |role, found: &[&str]| LayerError::AmbiguousField {
        layer: loaded.key.name(),
        path: loaded.raw.files[file].path.clone(),
        role,
        candidates: found.iter().map(|field| described(loaded, field)).collect(),
    };
    let by_name = |role: &str| {
        let named = loaded.fields.get(role).into_iter().flatten().find(|named| fields.contains(&named.as_str()));
        named.map(|field| CensusColumn { fields: vec![field.clone()], rank: NAMED })
    };
    let population = match by_name("population") {
        Some(column) => Some(column),
        None => population(&meanings).map_err(|found| ambiguous("population", &found))?,
    };
    let seniors = match by_name("seniors") {
        Some(column) => Some(column),
        None => seniors(&meanings).map_err(|found| ambiguous("seniors", &found))?,
    };
    Ok([population, seniors])
}

/// The fields of a file's features, in their order.
fn fields_of(loaded: &Loaded, file: usize) -> Vec<&str> {
    let mut fields: Vec<&str> = Vec::new();
    for feature in loaded.raw.features.iter().filter(|feature| feature.file == file) {
        // Features of one file mostly have the same fields in the same order.
        for (index, field) in feature.fields.keys().enumerate() {
            if fields.get(index) != Some(&field.as_str()) && !fields.contains(&field.as_str()) {
                fields.push(field);
            }
        }
    }
    fields
}

/// What a field is called in plain words; its name where the file says no more.
fn label<'a>(loaded: &'a Loaded, field: &'a str) -> &'a str {
    loaded.raw.labels.get(field).map_or(field, String::as_str)
}

fn described(loaded: &Loaded, field: &str) -> String {
    loaded.raw.labels.get(field).map_or_else(|| field.to_owned(), |label| format!("{field} ({label})"))
}

/// The error that no file has a role, with the labelled columns that speak of people.
fn missing(loaded: &Loaded, role: &'static str) -> LayerError {
    let of_people = |label: &str| {
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        has(&["人口", "総数", "歳"]) && !has(&["男", "女", "世帯", "外国"])
    };
    let known: Vec<String> = loaded
        .raw
        .labels
        .iter()
        .filter(|(_, label)| of_people(label))
        .map(|(field, _)| described(loaded, field))
        .collect();
    match loaded.no_field(role) {
        LayerError::NoField { layer, path, role, known: fields } => {
            LayerError::NoField { layer, path, role, known: if known.is_empty() { fields } else { known } }
        }
        other => other,
    }
}

/// The best column for all residents; the several that are equally good as the error.
fn population<'a>(meanings: &[(&'a str, Meaning)]) -> Result<Option<CensusColumn>, Vec<&'a str>> {
    let ranked = |wanted: u8| -> Vec<&'a str> {
        meanings
            .iter()
            .filter(|(_, meaning)| *meaning == Meaning::Population(wanted))
            .map(|(field, _)| *field)
            .collect()
    };
    let Some((rank, found)) = (0..=TOTAL_OF_AGES).map(|rank| (rank, ranked(rank))).find(|(_, found)| !found.is_empty())
    else {
        return Ok(None);
    };
    one(found, rank).map(Some)
}

/// The column of those aged 65 or over, else the classes that make them up.
fn seniors<'a>(meanings: &[(&'a str, Meaning)]) -> Result<Option<CensusColumn>, Vec<&'a str>> {
    let of = |from: u32, to: Option<u32>| -> Vec<&'a str> {
        meanings.iter().filter(|(_, meaning)| *meaning == Meaning::Age(from, to)).map(|(field, _)| *field).collect()
    };
    let total = of(SENIOR, None);
    if !total.is_empty() {
        return one(total, NAMED).map(Some);
    }
    let Some(classes) = chain(meanings, SENIOR) else { return Ok(None) };
    let mut fields = Vec::new();
    for (from, to) in classes {
        fields.extend(one(of(from, to), NAMED)?.fields);
    }
    Ok(Some(CensusColumn { fields, rank: NAMED }))
}

fn one(mut found: Vec<&str>, rank: u8) -> Result<CensusColumn, Vec<&str>> {
    match found.pop() {
        Some(field) if found.is_empty() => Ok(CensusColumn { fields: vec![field.to_owned()], rank }),
        last => Err(found.into_iter().chain(last).collect()),
    }
}

/// Classes that follow one another from an age to the highest. Narrow ones first: `75歳以上` beside `75～79歳` repeats
/// what the classes say.
fn chain(meanings: &[(&str, Meaning)], from: u32) -> Option<Vec<(u32, Option<u32>)>> {
    let mut ends: Vec<Option<u32>> = meanings
        .iter()
        .filter_map(|(_, meaning)| match meaning {
            Meaning::Age(start, end) if *start == from => Some(*end),
            _ => None,
        })
        .collect();
    ends.sort_unstable_by_key(|end| end.unwrap_or(u32::MAX));
    ends.dedup();
    ends.into_iter().find_map(|end| match end {
        None => Some(vec![(from, None)]),
        Some(last) => {
            let mut rest = chain(meanings, last.checked_add(1).filter(|&next| next > from)?)?;
            rest.insert(0, (from, end));
            Some(rest)
        }
    })
}

/// The rank of a total in a table of ages.
const TOTAL_OF_AGES: u8 = 1;

/// What a label says, if it is about residents of both sexes.
fn meaning(label: &str) -> Option<Meaning> {
    let mut plain: String =
        label.nfkc().filter(|sign| !sign.is_whitespace() && !"「」『』、,・_".contains(*sign)).collect();
    for both_sexes in ["(男女別)", "男女計", "男女"] {
        plain = plain.replace(both_sexes, "");
    }
    // Households, foreigners, workers and sexes have columns of their own that also name ages.
    if ["男", "女", "世帯", "外国", "日本人", "平均", "割合", "率"].iter().any(|word| plain.contains(word))
    {
        return None;
    }
    match plain.as_str() {
        "人口(総数)" | "人口総数" | "総人口" | "人口" => return Some(Meaning::Population(NAMED)),
        "総数" => return Some(Meaning::Population(TOTAL_OF_AGES)),
        _ if plain.starts_with("総数") && plain.contains("年齢不詳") && plain.contains('含') => {
            return Some(Meaning::Population(TOTAL_OF_AGES));
        }
        _ => {}
    }
    for word in ["(再掲)", "(別掲)", "再掲", "(総数)", "総数", "人口"] {
        plain = plain.replace(word, "");
    }
    age_class(&plain)
}

/// `65~69歳`, `85歳以上`.
fn age_class(text: &str) -> Option<Meaning> {
    if let Some(from) = text.strip_suffix("歳以上") {
        return Some(Meaning::Age(from.parse().ok()?, None));
    }
    // The wave dash is not brought to the tilde by NFKC; older tables write a minus or a dash.
    let (from, to) = text.strip_suffix('歳')?.split_once(['~', '〜', '-', '–', '―', 'ー'])?;
    Some(Meaning::Age(from.trim_end_matches('歳').parse().ok()?, Some(to.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labels_of_the_tables_are_understood() {
        let all =
            |labels: &[&str], wanted| labels.iter().for_each(|label| assert_eq!(meaning(label), wanted, "{label}"));
        all(&["　人口（総数）", "　人口総数", "総人口"], Some(Meaning::Population(NAMED)));
        all(&["総数、年齢「不詳」含む", "総数", "総数（男女別）"], Some(Meaning::Population(TOTAL_OF_AGES)));
        all(
            &["　６５歳以上人口　総数", "総数６５歳以上", "65歳以上人口", "総数65歳以上（再掲）", "男女計６５歳以上"],
            Some(Meaning::Age(65, None)),
        );
        all(&["総数６５〜６９歳", "65～69歳", "６５－６９歳"], Some(Meaning::Age(65, Some(69))));
        all(&["85歳以上"], Some(Meaning::Age(85, None)));
    }

    #[test]
    fn labels_of_something_else_are_passed_over() {
        for label in [
            "男６５歳以上",
            "　６５歳以上人口　女",
            "女の総数、年齢「不詳」含む",
            "６５歳以上世帯員のいる世帯数　一般世帯数",
            "外国人人口　総数",
            "世帯総数",
            "総数１５歳未満",
            "平均年齢",
            "KEY_CODE",
            "",
        ] {
            assert_eq!(meaning(label), None, "{label}");
        }
        assert!(!may_hold_residents("総数０〜４歳") && may_hold_residents("総数７５歳以上"));
    }

    fn of(labels: &[&'static str]) -> Vec<(&'static str, Meaning)> {
        labels.iter().map(|label| (*label, meaning(label).unwrap())).collect()
    }

    #[test]
    fn classes_of_five_years_are_added_where_there_is_no_total() {
        let classes = ["60～64歳", "65～69歳", "70～74歳", "75歳以上", "75～79歳", "80～84歳", "85歳以上"];
        let found = seniors(&of(&classes)).unwrap().unwrap();
        assert_eq!(found.fields, ["65～69歳", "70～74歳", "75～79歳", "80～84歳", "85歳以上"]);
        let found = seniors(&of(&["65～69歳", "70～74歳", "65歳以上"])).unwrap().unwrap();
        assert_eq!(found.fields, ["65歳以上"]);
    }

    #[test]
    fn classes_with_a_gap_or_without_an_end_are_no_total() {
        assert_eq!(seniors(&of(&["65～69歳", "75歳以上"])), Ok(None));
        assert_eq!(seniors(&of(&["65～69歳", "70～74歳"])), Ok(None));
    }

    #[test]
    fn two_columns_of_one_meaning_are_told_and_a_better_name_wins() {
        assert_eq!(seniors(&of(&["65歳以上", "総数65歳以上"])), Err(vec!["65歳以上", "総数65歳以上"]));
        assert_eq!(population(&of(&["総数", "人口総数"])).unwrap().unwrap().fields, ["人口総数"]);
        assert_eq!(population(&of(&["総人口", "人口総数"])), Err(vec!["総人口", "人口総数"]));
    }
}
