//! What of a project's cost counts, where it is not the municipality that builds?

use super::plan::Plan;
use super::range::Range;
use super::reckoning::{Step, boosted, land_increase};
use crate::text::Text;

/// What the kinds of support say of it in different ways.
pub(super) struct Counting {
    /// What counts of the parts for the firm's own use, and how much that is.
    pub(super) exclusive: (Step, Range),
    /// Whether the multiplier of 1.20 can be had; `None` where nobody says.
    pub(super) may_be_boosted: Option<bool>,
    /// The statement that gives it.
    pub(super) boost_clause: &'static str,
    /// What the sum is called.
    pub(super) name: Text,
}

/// The steps to what counts, and what that is.
pub(super) fn counted(plan: &Plan, counting: Counting) -> (Vec<Step>, Range) {
    let Counting { exclusive: (exclusive, exclusive_counted), may_be_boosted, boost_clause, name } = counting;
    let mut steps = vec![exclusive];
    let (increase, increase_counted) = land_increase(plan);
    steps.extend(increase);
    let land = plan.amount("land_public");
    steps.push(
        Step::yen(
            "land",
            Text::new("用地取得費のうち対象となる額", "what counts of the land"),
            Text::new("`land_public`（`land_other` は数えない）", "`land_public`, and not `land_other`"),
            land,
        )
        .by("land-of-private"),
    );
    let base = Range::sum(&[plan.amount("common"), exclusive_counted, land, increase_counted]);
    steps.push(Step::yen(
        "base",
        Text::new("設計費・賃借料を除く額", "all but design and rent"),
        Text::new("`common`、専有部、用地、土地負担増分の合計", "`common`, exclusive parts, land and its increase"),
        base,
    ));
    let (with_boost, raised) = boosted(plan, base, may_be_boosted, boost_clause);
    steps.extend(with_boost);
    let cost = Range::sum(&[plan.amount("design"), plan.amount("rent"), raised]);
    steps.push(Step::yen("eligible", name, Text::new("`design` と `rent` を加える", "with `design` and `rent`"), cost));
    (steps, cost)
}
