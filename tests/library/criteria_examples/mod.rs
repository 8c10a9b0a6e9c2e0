//! The worked examples in the criteria's documents, run through the same code as a study.
//!
//! A failing example names its document, its line, what the document says and what was found.

mod judge;
mod scene;

use kyoten::criteria::{Criterion, RuleSet, default_rules, shipped};

use self::judge::answers;
use self::scene::{Claim, Scene};

/// The fenced blocks of examples in a document, each with the 1-based number of its first line.
fn blocks(document: &str) -> Vec<(usize, Vec<&str>)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Vec<&str>)> = None;
    for (line, number) in document.lines().zip(1..) {
        match &mut open {
            None if line == "```kyoten" => open = Some((number + 1, Vec::new())),
            Some(_) if line == "```" => found.extend(open.take()),
            Some((_, lines)) => lines.push(line),
            None => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// Every claim of a document with what was found; problems of the scenes themselves as messages.
fn claims(set: &'static RuleSet, file: &str, document: &str) -> (Vec<(Claim, String)>, Vec<String>) {
    let (mut judged, mut problems) = (Vec::new(), Vec::new());
    for (first, lines) in blocks(document) {
        match Scene::parse(set, first, &lines) {
            Ok(scene) => {
                judged.extend(answers(&scene).into_iter().zip(scene.claims).map(|(found, claim)| (claim, found)));
            }
            Err((line, problem)) => problems.push(format!("{file}:{line}: {problem}")),
        }
    }
    (judged, problems)
}

fn file_of(set: &RuleSet) -> String {
    format!("src/criteria/rule_sets/{}.toml", set.id)
}

/// Every criterion that ships.
fn criteria() -> impl Iterator<Item = (&'static RuleSet, &'static Criterion)> {
    shipped().into_iter().flat_map(|set| set.criteria.iter().map(move |criterion| (set, criterion)))
}

fn failures(set: &'static RuleSet, about: &str, file: &str, document: &str) -> Vec<String> {
    let (judged, mut problems) = claims(set, file, document);
    for (claim, found) in judged.into_iter().filter(|(claim, found)| claim.value != *found) {
        let Claim { line, parcel_name, about: asked, value, .. } = claim;
        problems
            .push(format!("{file}:{line}: {about}: {parcel_name} {asked}: the document says {value}, found {found}"));
    }
    problems
}

#[test]
fn every_example_comes_out_as_its_document_says() {
    let mut failed: Vec<String> =
        criteria().flat_map(|(set, one)| failures(set, one.id, &file_of(set), one.doc)).collect();
    failed.extend(shipped().into_iter().flat_map(|set| failures(set, "zones", &file_of(set), set.doc)));
    failed.extend(failures(
        default_rules(),
        "introduction",
        "src/criteria/intro.md",
        include_str!("../../../src/criteria/intro.md"),
    ));
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn every_criterion_shows_what_is_in_what_is_out_and_what_is_open() {
    for (set, criterion) in criteria() {
        let judged = claims(set, &file_of(set), criterion.doc).0;
        let own = judged.into_iter().filter(|(claim, _)| claim.about == criterion.id);
        let values: Vec<String> = own.map(|(claim, _)| claim.value).collect();
        let shown = |wanted: fn(&str) -> bool| values.iter().any(|value| wanted(value));
        assert!(shown(|value| value == "1" || value == "yes"), "{}: no example is plainly in", criterion.id);
        assert!(shown(|value| value == "0" || value == "no"), "{}: no example is plainly out", criterion.id);
        assert!(shown(|value| value.starts_with("0..") || value == "unknown"), "{}: none is open", criterion.id);
    }
}

#[test]
fn a_wrong_claim_is_found_with_its_line() {
    let document = "# Title\n\n```kyoten\ndid 0 0 100 100\nparcel A 0 0 10 10\n=> A in-did 0\n```\n";
    let failed = failures(default_rules(), "in-did", "a.md", document);
    assert_eq!(failed, ["a.md:6: in-did: A in-did: the document says 0, found 1"]);
}

#[test]
fn a_scene_that_makes_no_sense_is_found_with_its_line() {
    let said = |scene: &str| failures(default_rules(), "", "a.md", &format!("```kyoten\n{scene}\n```\n")).concat();
    assert_eq!(said("parcel A 0 0 10 10\ndud 0 0 1 1"), "a.md:3: “dud” is no statement");
    assert_eq!(said("did 0 0 1"), "a.md:2: a number is missing");
    assert_eq!(said("did 0 0 1 1 1"), "a.md:2: “1” is too much");
    assert_eq!(said("parcel A 0 0 10 10\n=> B in-did 0"), "a.md:3: there is no parcel “B” above");
    assert_eq!(said("parcel A 0 0 10 10\n=> A in-dud 0"), "a.md:3: “in-dud” is no criterion and no zone");
    assert_eq!(said("parcel A 0 0 10 10\n=> A in-did"), "a.md:3: the value is missing");
    assert_eq!(said("expect facility ? 0 0"), "a.md:2: “facility” cannot be expected");
    assert_eq!(said("expect urban_zone 0 0 1 1"), "a.md:2: “urban_zone” cannot be expected");
}
