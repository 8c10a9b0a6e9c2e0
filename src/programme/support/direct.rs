//! 都市機能立地支援事業: what does the State give to a private firm, beside the municipality?
//!
//! The leaflet says that the lower of (A) and (B) is given; the picture that shows what these are is lost from the text. They are read
//! here, in this file alone, as what the sentences around it leave: (A) half of the basis 補助基本額, since the rate is 1/2, and (B)
//! what the municipality bears, since its reductions are to count as its support and the State gives beside it. With (B) at (A) a third
//! of the cost is left to the firm, with the multiplier a fifth, which is what the leaflet says of it.

use super::cost::{Counting, counted};
use super::plan::Plan;
use super::range::Range;
use super::reckoning::{Contradiction, Step, Sums, left, total};
use crate::text::Text;

const A_AND_B: Text = Text::new(
    "(A)と(B)を示す図は手元の本文から失われています。(A)は補助基本額の1/2、(B)は市町村の支援額と読みました。",
    "the picture that shows (A) and (B) is lost from the text at hand: (A) is read as half of the basis, (B) as what the municipality bears",
);

pub(super) fn sums(plan: &Plan) -> Result<Sums, Contradiction> {
    let (exclusive, exclusive_counted) = Step::parts(
        "exclusive",
        Text::new("専有部整備費のうち対象となる額", "what counts of exclusive parts"),
        Text::new("`exclusive` の 23%", "23 % of `exclusive`"),
        plan.amount("exclusive").times((23, 100)),
    );
    let counting = Counting {
        exclusive: (exclusive.by("direct-exclusive"), exclusive_counted),
        may_be_boosted: Some(true),
        boost_clause: "boost",
        name: Text::new("対象事業費", "cost that counts"),
    };
    let (mut steps, eligible) = counted(plan, counting);
    let (basis, basis_yen) = Step::parts(
        "basis",
        Text::new("補助基本額", "basis of the subsidy 補助基本額"),
        Text::new("対象事業費 × 2/3", "the cost that counts × 2/3"),
        eligible.times((2, 3)),
    );
    steps.push(basis.by("direct-rates"));
    let (half, a) = Step::parts(
        "half-of-basis",
        Text::new("(A) 補助基本額の1/2", "(A) half of the basis"),
        Text::new("補助基本額 × 補助率 1/2", "the basis × the rate of 1/2"),
        basis_yen.times((1, 2)),
    );
    steps.push(half.by("direct-rates"));
    let (municipal_steps, municipal) = municipal(plan);
    steps.extend(municipal_steps);
    let national = a.lower(municipal);
    steps.push(
        Step::yen(
            "national",
            Text::new("国の支援額", "what the State gives"),
            Text::new("(A)と(B)のいずれか低い額", "the lower of (A) and (B)"),
            national,
        )
        .by("lower-of-a-and-b")
        .read_as(A_AND_B),
    );
    let (total_step, total) = total(plan);
    steps.push(total_step);
    let private = left(total, &[national, municipal])?;
    steps.push(
        Step::yen(
            "private",
            Text::new("民間事業者等の負担", "what is left to the firm"),
            Text::new("総額 − 国の支援額 − 市町村の支援額", "the cost less what State and municipality give"),
            private,
        )
        .by("private-share"),
    );
    Ok(Sums { steps, total, national, municipal, private: Some(private) })
}

/// (B), what the municipality bears: cash, and what counts for it.
fn municipal(plan: &Plan) -> (Vec<Step>, Range) {
    let sum = |keys: &[&str]| Range::sum(&keys.iter().map(|key| plan.part(key)).collect::<Vec<_>>());
    let parts = [
        (
            "municipal-public",
            Text::new("公的不動産の減免額", "reductions on public property"),
            Text::new("`rent_reduction` + `sale_reduction`（公的不動産）", "`rent_reduction` + `sale_reduction`"),
            ["rent_reduction", "sale_reduction"],
            "municipal-part-public",
        ),
        (
            "municipal-private",
            Text::new("民有地等の税の減免額", "tax reductions on private land"),
            Text::new(
                "`property_tax_reduction` + `city_planning_tax_reduction`（民有地等）",
                "`property_tax_reduction` + `city_planning_tax_reduction`",
            ),
            ["property_tax_reduction", "city_planning_tax_reduction"],
            "municipal-part-private",
        ),
    ];
    let mut steps = Vec::new();
    let mut all = vec![plan.part("cash")];
    for (id, name, how, keys, clause) in parts {
        let yen = sum(&keys);
        if keys.iter().any(|key| plan.asks_for_part(key)) {
            steps.push(Step::yen(id, name, how, yen).by(clause));
        }
        all.push(yen);
    }
    let municipal = Range::sum(&all);
    steps.push(
        Step::yen(
            "municipal",
            Text::new("(B) 市町村の支援額", "(B) what the municipality bears"),
            Text::new("`cash` と減免額の合計", "`cash` and the reductions"),
            municipal,
        )
        .by("municipal-part-cash"),
    );
    (steps, municipal)
}
