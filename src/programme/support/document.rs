//! What do programs read of a reckoning?

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::conditions::{Answer, AskedCondition};
use super::plan::Plan;
use super::range::Range;
use super::reckoning::{Reckoning, Step, Worth};
use crate::programme::built_in;
use crate::text::Text;

/// A plan whose area raises the rate.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorityPlan {
    /// The word that stands for it in a file.
    pub id: String,
    /// What it is called.
    pub name: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityPlans {
    plans: Vec<PriorityPlan>,
}

static PLANS: LazyLock<PriorityPlans> =
    LazyLock::new(|| built_in("priority_plans.toml", include_str!("../data/priority_plans.toml")));

/// The five plans whose area raises the rate.
#[must_use]
pub fn priority_plans() -> &'static [PriorityPlan] {
    &PLANS.plans
}

impl Answer {
    /// The word that outputs have for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::NotSaid => "not said",
        }
    }
}

impl Reckoning {
    /// All of it for programs.
    #[must_use]
    pub fn document(&self, plan: &Plan) -> Value {
        let found = plan.municipality.as_ref().map(|found| &found.municipality);
        let exclusion = self.exclusion.as_ref();
        json!({
            "name": plan.name,
            "kind": plan.kind.id(),
            "facility": plan.facility.id(),
            "municipality": found.map(|one| json!({ "code": one.code, "prefecture": one.prefecture, "name": one.name })),
            "is_excluded": exclusion.and_then(|exclusion| exclusion.is_excluded),
            "total": yen(self.total),
            "national": yen(self.national),
            "municipal": yen(self.municipal),
            "private": self.private.map(yen),
            "missing": self.missing,
            "steps": self.steps.iter().map(step).collect::<Vec<_>>(),
            "conditions": self.conditions.iter().map(condition).collect::<Vec<_>>(),
        })
    }
}

/// Both ends in yen; null above where nothing bounds it.
fn yen(range: Range) -> Value {
    let whole = |yen: i128| i64::try_from(yen).ok();
    json!({ "lo": whole(range.lo), "hi": range.hi.and_then(whole) })
}

fn step(step: &Step) -> Value {
    let clause = step.clause;
    let worth = match step.worth {
        Worth::Yen(range) => json!({ "yen": yen(range) }),
        Worth::Percent(lo, hi) => json!({ "percent": { "lo": lo, "hi": hi } }),
        Worth::Truth(truth) => json!({ "truth": truth }),
    };
    json!({
        "id": step.id, "name": step.name.en, "name_ja": step.name.ja, "how": step.how.en, "how_ja": step.how.ja, "worth": worth,
        "rounding": if step.is_cut { Some("down to a yen") } else { None },
        "reading": step.reading.as_ref().map(|text| &text.en), "reading_ja": step.reading.as_ref().map(|text| &text.ja),
        "clause": clause.map(|clause| &clause.id), "source": clause.map(|clause| clause.source().ja),
    })
}

fn condition(condition: &AskedCondition) -> Value {
    let asked = condition
        .asked
        .iter()
        .map(|(key, says, answer)| json!({ "key": key, "says": says.en, "says_ja": says.ja, "answer": answer }));
    json!({
        "clause": condition.clause.id, "source": condition.clause.source().ja, "answer": condition.answer.word(),
        "any_of": asked.collect::<Vec<_>>(),
    })
}
