//! How do the rules of one run stand in a file? The rule set by its own text, with the numbers and waivers beside it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{RuleSet, Rules};

/// The rules of one run.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct StoredRules {
    set: String,
    thresholds: BTreeMap<String, f64>,
    waived: BTreeMap<String, String>,
}

impl StoredRules {
    /// As they stand in a file.
    #[must_use]
    pub fn of(rules: &Rules) -> Self {
        let thresholds = rules.thresholds.all().iter();
        let number = |key: &str| Some((key.to_owned(), rules.thresholds.get(key)?));
        Self {
            set: rules.set.text.to_owned(),
            thresholds: thresholds.filter_map(|one| number(one.key)).collect(),
            waived: rules.waived.iter().map(|(id, reason)| ((*id).to_owned(), reason.clone())).collect(),
        }
    }

    /// As they stood there; `None` where the text is no rule set, or has no such threshold or criterion.
    #[must_use]
    pub fn rules(self) -> Option<Rules> {
        let set = RuleSet::parse(&self.set, Path::new("")).ok()?;
        let mut rules = Rules::of(set);
        for (key, number) in self.thresholds {
            *rules.thresholds.get_mut(&key)? = number;
        }
        let waived = |(id, reason): (String, String)| Some((set.criterion(&id)?.id, reason));
        rules.waived = self.waived.into_iter().map(waived).collect::<Option<_>>()?;
        Some(rules)
    }
}
