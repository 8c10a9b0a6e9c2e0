//! What differs between two lists of things with members, such as timetables: which thing came, which went, which members of
//! which are others?

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What things of a list are told apart by, the first that they have.
const NAMED_BY: [&str; 5] = ["path", "layer", "name", "routes", "id"];

/// A thing of a list that is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct RowDiff {
    /// What it is called.
    pub name: String,
    /// The member that gives the name, where that is all that it says.
    pub named_by: Option<&'static str>,
    /// Whether A has it.
    pub before: bool,
    /// Whether B has it.
    pub after: bool,
    /// Its members that differ; of one that came or went, all that are not null. Key, what A has, what B has.
    pub members: Vec<(String, Value, Value)>,
}

/// The things that differ, those of A in their order, then what B has besides; `None` where the two are no lists of things with
/// members.
pub(super) fn rows(from: &Value, to: &Value) -> Option<Vec<RowDiff>> {
    let (before, after) = (named(from)?, named(to)?);
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let find = |among: &[Named<'_>], key: &(String, usize)| among.iter().position(|one| one.key == *key);
    let mut rows = Vec::new();
    for one in &before {
        rows.push(row(one, Some(one.members), find(&after, &one.key).map(|at| after[at].members)));
    }
    for one in after.iter().filter(|one| find(&before, &one.key).is_none()) {
        rows.push(row(one, None, Some(one.members)));
    }
    rows.retain(|row| !(row.members.is_empty() && row.before && row.after));
    Some(rows)
}

/// A thing with what it is found again by: its name, and which of that name it is.
struct Named<'v> {
    key: (String, usize),
    by: Option<&'static str>,
    members: &'v Map<String, Value>,
}

fn named(list: &Value) -> Option<Vec<Named<'_>>> {
    let list = match list {
        Value::Null => return Some(Vec::new()),
        Value::Array(list) => list,
        _ => return None,
    };
    let mut earlier: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for one in list {
        let members = one.as_object()?;
        let named = NAMED_BY.iter().find_map(|&key| Some((key, word(key, members.get(key)?))));
        let (by, name) = named.map_or((None, String::new()), |(key, name)| (Some(key), name));
        let nth = earlier.entry(name.clone()).or_default();
        found.push(Named { key: (name, *nth), by, members });
        *nth += 1;
    }
    Some(found)
}

/// The name that a member gives: of a path the file alone, since the same file may lie elsewhere.
fn word(key: &str, value: &Value) -> String {
    match value {
        Value::String(path) if key == "path" => path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn row(of: &Named<'_>, before: Option<&Map<String, Value>>, after: Option<&Map<String, Value>>) -> RowDiff {
    let nothing = Map::new();
    let (was, is) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
    let keys = was.keys().chain(is.keys().filter(|key| !was.contains_key(*key)));
    let both = keys.map(|key| {
        let of = |members: &Map<String, Value>| members.get(key).cloned().unwrap_or_default();
        (key.clone(), of(was), of(is))
    });
    let members = both.filter(|(_, was, is)| was != is).collect();
    // Where the same file lies elsewhere, that is a difference of its own.
    let named_by = of.by.filter(|_| before.is_none() || after.is_none());
    RowDiff { name: of.key.0.clone(), named_by, before: before.is_some(), after: after.is_some(), members }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(from: &Value, to: &Value) -> Vec<String> {
        let row = |row: &RowDiff| {
            let members: Vec<String> = row.members.iter().map(|(key, was, is)| format!("{key} {was} {is}")).collect();
            format!("{} {}{} {}", row.name, u8::from(row.before), u8::from(row.after), members.join("; "))
        };
        rows(from, to).map(|rows| rows.iter().map(row).collect()).unwrap_or_default()
    }

    #[test]
    fn a_thing_is_found_again_by_its_name_wherever_it_stands_in_the_list() {
        let a = json!([{ "path": "x/a.zip", "trips": 8 }, { "path": "x/b.zip", "trips": 1 }]);
        let b = json!([{ "path": "x/b.zip", "trips": 2 }, { "path": "x/c.zip", "trips": 3, "version": null }]);
        assert_eq!(
            told(&a, &b),
            [
                r#"a.zip 10 path "x/a.zip" null; trips 8 null"#,
                "b.zip 11 trips 1 2",
                r#"c.zip 01 path null "x/c.zip"; trips null 3"#
            ]
        );
        assert_eq!(told(&a, &Value::Null).len(), 2);
    }

    #[test]
    fn of_things_of_one_name_the_first_is_the_first() {
        let a = json!([{ "name": "港", "lon": 1 }, { "name": "港", "lon": 2 }]);
        let b = json!([{ "name": "港", "lon": 1 }, { "name": "港", "lon": 3 }]);
        assert_eq!(told(&a, &b), ["港 11 lon 2 3"]);
    }

    #[test]
    fn lists_of_words_are_no_tables() {
        for (from, to) in [(json!(["a"]), json!([])), (json!("a"), Value::Null), (Value::Null, json!([]))] {
            assert_eq!(rows(&from, &to), None);
        }
    }
}
