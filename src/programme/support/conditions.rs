//! Which conditions does no figure show, and how did the planner answer them?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::plan::Plan;
use crate::programme::{Clause, built_in, clause};
use crate::text::Text;

/// A condition: one question, or several of which one is enough.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    clause: String,
    kinds: Vec<String>,
    facilities: Vec<String>,
    /// Whether it is asked only where a facility moves in.
    #[serde(default)]
    relocation: bool,
    any_of: Vec<Question>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    key: String,
    says: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    conditions: Vec<Condition>,
}

/// How a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// The file does not say.
    NotSaid,
}

/// A condition with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCondition {
    /// The statement that asks it.
    pub clause: &'static Clause,
    /// The keys, each with what it says and how it was answered.
    pub asked: Vec<(&'static str, &'static Text, Option<bool>)>,
    /// How it stands.
    pub answer: Answer,
}

static CONDITIONS: LazyLock<Conditions> =
    LazyLock::new(|| built_in("conditions.toml", include_str!("../data/conditions.toml")));

/// Every condition.
#[must_use]
pub fn conditions() -> &'static [Condition] {
    &CONDITIONS.conditions
}

impl Condition {
    fn is_asked_of(&self, plan: &Plan) -> bool {
        self.kinds.iter().any(|kind| kind == plan.kind.id())
            && self.facilities.iter().any(|facility| facility == plan.facility.id())
            && (!self.relocation || plan.moves_in() != Some(false))
    }

    fn answered(&'static self, answers: &BTreeMap<String, bool>) -> AskedCondition {
        let asked: Vec<_> = self
            .any_of
            .iter()
            .map(|question| (question.key.as_str(), &question.says, answers.get(&question.key).copied()))
            .collect();
        let answer = if asked.iter().any(|(.., answer)| *answer == Some(true)) {
            Answer::Met
        } else if asked.iter().all(|(.., answer)| *answer == Some(false)) {
            Answer::NotMet
        } else {
            Answer::NotSaid
        };
        AskedCondition { clause: clause(&self.clause), asked, answer }
    }
}

/// The keys of all conditions, each once.
pub(super) fn keys() -> BTreeSet<&'static str> {
    conditions().iter().flat_map(|condition| condition.any_of.iter().map(|one| one.key.as_str())).collect()
}

/// The keys of the conditions that are asked of a plan.
pub(super) fn keys_of(plan: &Plan) -> BTreeSet<&'static str> {
    let asked = conditions().iter().filter(|condition| condition.is_asked_of(plan));
    asked.flat_map(|condition| condition.any_of.iter().map(|one| one.key.as_str())).collect()
}

/// What is asked of a plan, answered.
pub(super) fn answered(plan: &Plan) -> Vec<AskedCondition> {
    let asked = conditions().iter().filter(|condition| condition.is_asked_of(plan));
    asked.map(|condition| condition.answered(&plan.answers)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_of_several_is_enough_and_silence_is_no_answer() {
        let causes = conditions().iter().find(|one| one.clause == "building-cause").expect("it is there");
        let of = |answers: &[(&str, bool)]| {
            causes.answered(&answers.iter().map(|(key, answer)| ((*key).to_owned(), *answer)).collect()).answer
        };
        assert_eq!(of(&[]), Answer::NotSaid);
        assert_eq!(of(&[("merger", false)]), Answer::NotSaid);
        assert_eq!(of(&[("merger", true), ("from_outskirts", false)]), Answer::Met);
        let none = ["from_outskirts", "merger", "joint_building", "facility_plan"].map(|key| (key, false));
        assert_eq!(of(&none), Answer::NotMet);
    }

    #[test]
    fn every_condition_has_its_clause_and_is_asked_of_something_that_there_is() {
        for one in conditions() {
            assert_eq!(clause(&one.clause).id, one.clause);
            assert!(one.kinds.iter().all(|kind| ["direct", "grant", "indirect"].contains(&kind.as_str())));
            let zones = crate::programme::facility_zones();
            assert!(one.facilities.iter().all(|facility| zones.iter().any(|zone| zone.id == *facility)));
            assert!(!one.any_of.is_empty());
        }
    }
}
