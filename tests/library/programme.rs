//! The table of every statement of the programme's documents: nothing that code or data rest on is missing in it, and what it says
//! stands somewhere does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kyoten::criteria::default_rules;
use kyoten::layers::LAYERS;
use kyoten::programme::{clauses, page};
use kyoten::table::{land_columns, parcel_columns};
use kyoten::text::Lang;

use super::pages::is_page;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of the sources, without tests.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut left = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(place) = left.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                left.push(path);
            } else if !name.ends_with("tests.rs") && !name.ends_with("clauses.toml") {
                let text = fs::read_to_string(&path).unwrap();
                let end = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
                found.push((name, text[..end].to_owned()));
            }
        }
    }
    found
}

/// The ids of statements that a text names: `clause("…")`, `.by("…")`, and the keys of data that hold one.
fn named(text: &str, ids: &BTreeSet<&str>) -> BTreeSet<String> {
    let literals = text.split('"').skip(1).step_by(2);
    literals.filter(|literal| ids.contains(literal)).map(str::to_owned).collect()
}

/// The statements that the files of a command rest on.
fn used(is_of: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let ids: BTreeSet<&str> = clauses().iter().map(|clause| clause.id.as_str()).collect();
    let files = files("src/programme").into_iter().chain(files("src/cli/municipality")).chain(files("src/cli/support"));
    files.filter(|(name, _)| is_of(name)).flat_map(|(_, text)| named(&text, &ids)).collect()
}

fn is_of_support(name: &str) -> bool {
    ["/support/", "conditions.toml", "priority_plans.toml"].iter().any(|part| name.contains(part))
}

fn standing(token: &str) -> BTreeSet<String> {
    let stands = clauses().iter().filter(|clause| clause.stands.iter().any(|one| one == token));
    stands.map(|clause| clause.id.clone()).collect()
}

#[test]
fn every_statement_that_a_command_rests_on_stands_in_the_table_and_the_other_way_round() {
    let by_data_or_code = used(|name| !is_of_support(name));
    assert_eq!(
        by_data_or_code,
        standing("command:municipality"),
        "of `municipality`: in its files (left), in the table (right)"
    );
    // Which municipalities are left out is asked by both, in one place; so are kinds of facilities.
    let mut by_support = used(is_of_support);
    let shared: BTreeSet<String> =
        ["excluded-municipalities", "two-types", "senior-facility"].into_iter().map(str::to_owned).collect();
    by_support.extend(shared);
    assert_eq!(by_support, standing("command:support"), "of `support`: in its files (left), in the table (right)");
}

#[test]
fn every_clause_that_a_file_names_is_one() {
    let ids: BTreeSet<&str> = clauses().iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids.len(), clauses().len(), "an id stands twice");
    let mut asked = 0;
    for (name, text) in
        files("src/programme").into_iter().chain(files("src/cli/municipality")).chain(files("src/cli/support"))
    {
        let rust = Path::new(&name).extension().is_some_and(|ending| ending == "rs");
        let marks: &[&str] =
            if rust { &["clause(\"", ".by(\""] } else { &["clause = \"", "one_of_a_kind = \"", "conditions = \""] };
        for (at, mark) in marks.iter().flat_map(|mark| text.match_indices(mark)) {
            let id = text[at + mark.len()..].split('"').next().unwrap();
            assert!(ids.contains(id), "{name} names a clause {id}, which is none");
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked}");
}

#[test]
fn what_the_table_names_is_there() {
    let rules = default_rules();
    let columns: Vec<_> = parcel_columns(rules).into_iter().chain(land_columns(rules)).collect();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut criteria = BTreeSet::new();
    for clause in clauses() {
        for token in &clause.stands {
            let (kind, name) = token.split_once(':').unwrap_or_else(|| panic!("{token}"));
            let is_there = match kind {
                "criterion" => {
                    criteria.insert(name);
                    rules.criterion(name).is_some()
                }
                "zone" => rules.zone(name).is_some(),
                "column" => columns.iter().any(|column| column.name == name),
                "layer" => LAYERS.iter().any(|layer| layer.name == name),
                "key" => name == "prospective",
                "command" => readme.contains(&format!("| `{name}")),
                _ => false,
            };
            assert!(is_there, "{}: {token} is not there", clause.id);
        }
    }
    let all: BTreeSet<&str> = rules.criteria.iter().map(|criterion| criterion.id).collect();
    assert_eq!(criteria, all, "criteria of the table (left) and of the rules (right)");
}

#[test]
fn the_pages_of_the_programme_are_what_the_facts_say() {
    for (name, lang) in [("docs/programme.md", Lang::En), ("docs/ja/programme.md", Lang::Ja)] {
        is_page(name, &page(lang), "programme");
        assert!(Path::new(&root().join(name)).exists());
    }
}
