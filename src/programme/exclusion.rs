//! Which municipalities may not use the type that maintains population density, and who says so?
//!
//! The list is that by which parcels are judged: of a rule set, where a planner may write another, or of a project
//! (`excluded_municipalities`). There is no second one.

use crate::criteria::RuleSet;
use crate::layers::wards::is_among;
use crate::text::Text;

/// A list of municipalities that are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionList {
    /// Five-digit codes.
    pub codes: Vec<String>,
    /// What it is part of.
    pub of: Text,
}

/// How a municipality stands to such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// Whether it is left out; `None` where the list names some of its wards only, or where there is no list.
    pub is_excluded: Option<bool>,
    /// Which list says so; `None` where the rules have none.
    pub list: Option<ExclusionList>,
}

impl ExclusionList {
    /// The list of a rule set; `None` where its criteria leave no municipality out.
    #[must_use]
    pub fn of_rules(rules: &RuleSet) -> Option<Self> {
        let parameters =
            rules.criteria.iter().filter(|one| one.kind.is_of_municipality()).map(|one| one.kind.parameters());
        let list = parameters.into_iter().find(|parameters| parameters["is_in"] == false)?;
        let codes = list["list"].as_array()?.iter().filter_map(|code| Some(code.as_str()?.to_owned())).collect();
        let (id, title) = (rules.id, rules.title.clone());
        Some(Self {
            codes,
            of: text!("ルール {id}（{title}）の一覧", "the list of the rules {id} ({title})", title = title),
        })
    }

    /// How the municipality of a code stands to it.
    #[must_use]
    pub fn asked(list: Option<&Self>, code: &str) -> Exclusion {
        let is_excluded = list.and_then(|list| is_among(code, &list.codes));
        Exclusion { is_excluded, list: list.cloned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::default_rules;

    #[test]
    fn the_list_is_that_of_the_rules() {
        let list = ExclusionList::of_rules(default_rules()).expect("the default rules have one");
        assert_eq!(list.codes.len(), 33);
        let of = |code: &str| ExclusionList::asked(Some(&list), code).is_excluded;
        assert_eq!(["14100", "13100", "13104", "22100", "22212"].map(of), [true, true, true, false, false].map(Some));
        assert_eq!(ExclusionList::asked(None, "14100").is_excluded, None);
    }
}
