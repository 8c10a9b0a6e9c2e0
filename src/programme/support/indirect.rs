//! 都市再構築戦略事業 間接交付: what does the State give where the municipality pays a part of what another builds?

use super::cost::{Counting, counted};
use super::plan::{Implementer, Plan};
use super::reckoning::{Contradiction, Step, Sums, at_rate, left, rate, total};
use crate::text::Text;

pub(super) fn sums(plan: &Plan) -> Result<Sums, Contradiction> {
    let all = plan.amount("exclusive");
    let (least, is_cut) = all.times((23, 100));
    let (exclusive, exclusive_counted) = Step::parts(
        "exclusive",
        Text::new("専有部整備費のうち対象となる額", "what counts of exclusive parts"),
        Text::new("`exclusive` の 23%〜100%", "23 to 100 % of `exclusive`"),
        (least.to(all), is_cut),
    );
    let exclusive = exclusive.by("direct-exclusive").read_as(Text::new(
        "23%の限定は直接補助について書かれており、間接交付に及ぶかは書かれていないため、幅としました。",
        "the limit to 23 % is said of the direct subsidy; whether it holds here is not said, so both are kept open",
    ));
    let counting = Counting {
        exclusive: (exclusive, exclusive_counted),
        may_be_boosted: plan.implementer.map(|implementer| implementer == Implementer::NonProfit),
        boost_clause: "indirect-boost",
        name: Text::new("当該事業に要する費用（かさ上げ後）", "cost of the project, with the multiplier"),
    };
    let (mut steps, cost) = counted(plan, counting);
    let (two_thirds, limit) = Step::parts(
        "two-thirds",
        Text::new("費用の2/3", "2/3 of the cost"),
        Text::new("費用 × 2/3", "the cost × 2/3"),
        cost.times((2, 3)),
    );
    steps.push(two_thirds.by("indirect-cost"));
    let paid = plan.amount("cash");
    let granted = limit.lower(paid);
    steps.push(
        Step::yen(
            "counted",
            Text::new("交付対象事業費", "cost that counts"),
            Text::new("市町村の負担額（`cash`）と費用の2/3のいずれか低い額", "the lower of `cash` and 2/3 of the cost"),
            granted,
        )
        .by("indirect-cost"),
    );
    let (rate_step, percent) = rate(plan);
    steps.push(rate_step);
    let (national_step, national) = at_rate(granted, percent);
    steps.push(national_step.by("grant-rate"));
    let municipal = paid.minus(national);
    steps.push(Step::yen(
        "municipal",
        Text::new("市町村の実質の負担", "what is left to the municipality"),
        Text::new("`cash` − 国費", "`cash` less the grant"),
        municipal,
    ));
    let (total_step, total) = total(plan);
    steps.push(total_step);
    let private = left(total, &[paid])?;
    steps.push(Step::yen(
        "private",
        Text::new("事業者の負担", "what is left to whoever builds"),
        Text::new("総額 − 市町村の負担額", "the cost less what the municipality pays"),
        private,
    ));
    Ok(Sums { steps, total, national, municipal, private: Some(private) })
}
