//! 都市再構築戦略事業: what does the State give to a municipality that builds itself?

use super::plan::Plan;
use super::range::Range;
use super::reckoning::{Step, Sums, at_rate, rate, total};
use crate::text::Text;

pub(super) fn sums(plan: &Plan) -> Sums {
    let (total_step, total) = total(plan);
    let counted = Step::yen(
        "counted",
        Text::new("交付対象事業費", "cost that counts"),
        Text::new("`[cost]` の合計", "the sum of `[cost]`"),
        total,
    )
    .by("land-of-private")
    .read_as(Text::new(
        "専有部23%と用地の限定は民間の場合について書かれているため、市町村が実施する場合は全額を数えました。1.20のかさ上げもありません。",
        "23 % of exclusive parts and the limit to land are said of private ones: of the municipality's own all counts, and nothing is multiplied",
    ));
    let (rate_step, percent) = rate(plan);
    let (national_step, national) = at_rate(total, percent);
    let municipal = own_share(total, percent);
    let own = Step::yen(
        "municipal",
        Text::new("市町村の負担", "what is left to the municipality"),
        Text::new("総額 − 国費", "the cost less the grant"),
        municipal,
    );
    let national_step = national_step.by("grant-rate");
    Sums { steps: vec![total_step, counted, rate_step, national_step, own], total, national, municipal, private: None }
}

/// What is left of an amount once the State has given its part of the same amount.
pub(super) fn own_share(yen: Range, (from, to): (u8, u8)) -> Range {
    let left = |amount: i128, percent: u8| amount - Range::exactly(amount).times((i128::from(percent), 100)).0.lo;
    Range { lo: left(yen.lo, to), hi: yen.hi.map(|hi| left(hi, from)) }
}
