//! What does a project come to? Each step with its statement, its rounding, and the reading that it rests on.

use super::conditions::{self, Answer, AskedCondition};
use super::document::priority_plans;
use super::plan::{BuiltFacility, FillRate, Implementer, Plan, ProjectKind, unused_land};
use super::range::Range;
use super::{direct, grant, indirect};
use crate::programme::{Clause, Exclusion, ExclusionList, clause};
use crate::text::Text;

/// What a step comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// An amount.
    Yen(Range),
    /// Whole per cent, from and to.
    Percent(u8, u8),
    /// Yes, no, or not known.
    Truth(Option<bool>),
}

/// A step of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// A stable name.
    pub id: &'static str,
    /// The statement that it follows; `None` of a sum that needs none.
    pub clause: Option<&'static Clause>,
    /// What it is.
    pub name: Text,
    /// How it is worked out.
    pub how: Text,
    /// What it comes to.
    pub worth: Worth,
    /// Whether fractions of a yen were cut off.
    pub is_cut: bool,
    /// What the documents leave open, and how it is read here.
    pub reading: Option<Text>,
}

impl Step {
    /// An amount.
    pub(super) fn yen(id: &'static str, name: Text, how: Text, yen: Range) -> Self {
        Self { id, clause: None, name, how, worth: Worth::Yen(yen), is_cut: false, reading: None }
    }

    /// So many parts of an amount, and the amount.
    pub(super) fn parts(id: &'static str, name: Text, how: Text, (yen, is_cut): (Range, bool)) -> (Self, Range) {
        (Self { is_cut, ..Self::yen(id, name, how, yen) }, yen)
    }

    pub(super) fn by(self, id: &str) -> Self {
        Self { clause: Some(clause(id)), ..self }
    }

    pub(super) fn read_as(self, reading: Text) -> Self {
        Self { reading: Some(reading), ..self }
    }
}

/// What a project comes to.
#[derive(Debug)]
pub struct Reckoning {
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// What the State gives.
    pub national: Range,
    /// What the municipality bears itself.
    pub municipal: Range,
    /// What is left to whoever builds; `None` where the municipality does.
    pub private: Option<Range>,
    /// What the project costs.
    pub total: Range,
    /// Keys that say nothing, without which a step is open.
    pub missing: Vec<&'static str>,
    /// The conditions that no figure shows.
    pub conditions: Vec<AskedCondition>,
    /// Whether the municipality may use the type at all; `None` where none is named.
    pub exclusion: Option<Exclusion>,
}

/// Why figures do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// State and municipality give more than the project costs.
    MoreThanCost,
}

impl Reckoning {
    /// Whether something is known not to be as it has to be.
    #[must_use]
    pub fn asks_for_attention(&self) -> bool {
        self.is_closed() || self.conditions.iter().any(|condition| condition.answer == Answer::NotMet)
    }

    /// Whether the type is closed to the municipality.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.exclusion.as_ref().is_some_and(|exclusion| exclusion.is_excluded == Some(true))
    }
}

/// The steps and sums of one kind of project.
pub(super) struct Sums {
    pub(super) steps: Vec<Step>,
    pub(super) total: Range,
    pub(super) national: Range,
    pub(super) municipal: Range,
    pub(super) private: Option<Range>,
}

/// Works out what a project comes to.
///
/// # Errors
/// Where public money is more than the project costs.
pub(super) fn reckoned(plan: &Plan, list: Option<&ExclusionList>) -> Result<Reckoning, Contradiction> {
    let Sums { steps, total, national, municipal, private } = match plan.kind {
        ProjectKind::Direct => direct::sums(plan)?,
        ProjectKind::Grant => grant::sums(plan),
        ProjectKind::Indirect => indirect::sums(plan)?,
    };
    let of_density_type = plan.facility != BuiltFacility::Senior;
    let exclusion = plan.municipality.as_ref().filter(|_| of_density_type);
    let exclusion = exclusion.map(|found| ExclusionList::asked(list, &found.municipality.code));
    let missing = missing(plan);
    Ok(Reckoning {
        steps,
        national,
        municipal,
        private,
        total,
        missing,
        conditions: conditions::answered(plan),
        exclusion,
    })
}

/// The keys of amounts that a kind of project has: costs, and the municipality's part.
pub(super) fn amounts_of(kind: ProjectKind) -> [&'static [&'static str]; 2] {
    const BUILDING: &[&str] = &["design", "rent", "common", "exclusive", "land_public", "land_other"];
    const REDUCTIONS: &[&str] =
        &["cash", "rent_reduction", "sale_reduction", "property_tax_reduction", "city_planning_tax_reduction"];
    match kind {
        ProjectKind::Direct => [BUILDING, REDUCTIONS],
        ProjectKind::Grant => [BUILDING, &[]],
        ProjectKind::Indirect => [BUILDING, &["cash"]],
    }
}

/// Which keys would close a step that is open.
fn missing(plan: &Plan) -> Vec<&'static str> {
    let [costs, parts] = amounts_of(plan.kind);
    let parts = parts.iter().filter(|key| plan.asks_for_part(key));
    let mut missing: Vec<&str> = costs.iter().chain(parts).copied().filter(|key| !plan.yen.contains_key(key)).collect();
    if plan.kind != ProjectKind::Grant && plan.moves_in() != Some(false) {
        let increase = ["land_increase", "land_increase_counted"];
        missing.extend(increase.into_iter().filter(|key| !plan.yen.contains_key(key)));
    }
    if plan.kind == ProjectKind::Indirect && plan.implementer.is_none() {
        missing.push("implementer");
    }
    let may_be_boosted = match plan.kind {
        ProjectKind::Direct => true,
        ProjectKind::Grant => false,
        ProjectKind::Indirect => plan.implementer != Some(Implementer::Other),
    };
    if may_be_boosted && plan.has_a_case().is_none() {
        let cases = ["joined_sites", "existing_building", "mixed_use"];
        missing.extend(cases.into_iter().filter(|key| !plan.cases.contains_key(key)));
        if plan.fill_rate.is_none() && !plan.cases.contains_key("unused_land") {
            missing.push("unused_land");
        }
    }
    if plan.kind != ProjectKind::Direct && plan.facility == BuiltFacility::Senior {
        match &plan.priority_plans {
            None => missing.push("priority_plans"),
            Some(plans) if !plans.is_empty() && plan.priority_plans_met.is_none() => missing.push("priority_plans_met"),
            Some(_) => {}
        }
    }
    missing
}

/// The multiplier: what it is of, whether it holds, and the cost with it.
pub(super) fn boosted(plan: &Plan, base: Range, may: Option<bool>, clause: &str) -> (Vec<Step>, Range) {
    let mut steps: Vec<Step> = plan.fill_rate.iter().map(fill_rate).collect();
    let holds = match (may, plan.has_a_case()) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let (raised, is_cut) = base.times((6, 5));
    let with = match holds {
        Some(true) => raised,
        Some(false) => base,
        None => base.to(raised),
    };
    let how = match holds {
        Some(true) => Text::new("設計費・賃借料を除く額 × 1.20", "all but design and rent × 1.20"),
        Some(false) => Text::new("かさ上げの場合にあたらないため × 1.00", "none of the cases holds: × 1.00"),
        None => Text::new(
            "かさ上げの場合にあたるか分からないため × 1.00〜1.20",
            "whether a case holds is not known: × 1.00 to 1.20",
        ),
    };
    let name = Text::new("設計費・賃借料を除く額（かさ上げ後）", "all but design and rent, with the multiplier");
    let step = Step { is_cut: is_cut && holds != Some(false), ..Step::yen("boost", name, how, with) }.by(clause);
    // Where others may be boosted and this one is not, it is by the four cases alone.
    let is_by_cases = holds == Some(false) && may != Some(false);
    steps.push(if is_by_cases { step.read_as(FOUR_CASES) } else { step });
    (steps, with)
}

const FOUR_CASES: Text = Text::new(
    "リーフレットは4つの場合に「等」を付けていますが、ほかの場合は書かれていないため、4つだけを見ました。",
    "the leaflet puts “and the like” behind the four cases and names no other: only the four were looked at",
);

fn fill_rate(rate: &FillRate) -> Step {
    let [floor, site, ratio] = &rate.written;
    Step {
        worth: Worth::Truth(Some(rate.is_unused)),
        ..Step::yen(
            "fill-rate",
            Text::new("低・未利用地か", "whether the land is under-used"),
            text!(
                "{floor} m² ÷ {site} m² ÷ {ratio}% が {most} 以下か",
                "whether {floor} m² / {site} m² / {ratio} % is {most} or less",
                most = unused_land()
            ),
            Range::ZERO,
        )
    }
    .by("unused-land")
}

/// What the land costs more where a facility moves in, as far as it counts.
pub(super) fn land_increase(plan: &Plan) -> (Option<Step>, Range) {
    if plan.moves_in() == Some(false) {
        return (None, Range::ZERO);
    }
    let all = Range::ZERO.to(plan.land_increase());
    let counted = plan.yen.get("land_increase_counted").map_or(all, |&yen| Range::exactly(yen));
    let step = Step::yen(
        "land-increase",
        Text::new("土地負担の増分のうち支援の対象となる額", "what counts of what the land costs more"),
        Text::new(
            "`land_increase_counted`（なければ0から増分の全額まで）",
            "`land_increase_counted`, else from 0 to all of it",
        ),
        counted,
    )
    .by("relocation")
    .read_as(Text::new(
        "リーフレットは増分の「一部」とだけ書き、割合を示していません。",
        "the leaflet says a part of it and not how large a part",
    ));
    (Some(step), counted)
}

/// What the project costs, whatever counts.
pub(super) fn total(plan: &Plan) -> (Step, Range) {
    let all = amounts_of(plan.kind)[0];
    let total = Range::sum(&all.iter().map(|key| plan.amount(key)).collect::<Vec<_>>());
    let step = Step::yen(
        "total",
        Text::new("事業費の総額", "cost of the project"),
        Text::new(
            "`[cost]` の合計（減免前、かさ上げ前）",
            "the sum of `[cost]`, before reductions and without the multiplier",
        ),
        total,
    );
    (step, total)
}

/// What is left of the cost once others have given theirs.
pub(super) fn left(total: Range, given: &[Range]) -> Result<Range, Contradiction> {
    let given = Range::sum(given);
    if total.hi.is_some_and(|hi| given.lo > hi) {
        return Err(Contradiction::MoreThanCost);
    }
    Ok(total.minus(given))
}

/// The rate of the grant, from and to.
pub(super) fn rate(plan: &Plan) -> (Step, (u8, u8)) {
    let name = Text::new("交付率", "rate of the grant");
    let step = |how: Text, (from, to): (u8, u8), clause: &str| {
        let step = Step { worth: Worth::Percent(from, to), ..Step::yen("rate", name.clone(), how, Range::ZERO) };
        (step.by(clause), (from, to))
    };
    if plan.facility != BuiltFacility::Senior {
        return step(Text::new("40% から 50% にかさ上げ", "50 % instead of 40 %"), (50, 50), "grant-rate");
    }
    let plans = plan.priority_plans.as_deref();
    let raised = match plans {
        Some([]) => Some(false),
        Some(_) => plan.priority_plans_met,
        None => None,
    };
    let reading = Text::new(
        "45%への引上げは、40%である高齢社会対応タイプに適用すると読みました。",
        "the rise to 45 % is read as one of the 40 % of the type for the aged society",
    );
    let (step, rate) = match raised {
        Some(true) => step(
            text!(
                "{plans}の計画区域を含み、要件を満たすため 45%",
                "the district lies in the area of {plans}, and what it asks is met: 45 %",
                plans = named(plans.unwrap_or_default())
            ),
            (45, 45),
            "priority-plans",
        ),
        Some(false) => step(Text::new("高齢社会対応タイプ", "type for the aged society"), (40, 40), "senior-rate"),
        None => step(
            Text::new(
                "施策の計画区域を含むか、要件を満たすかが未定のため 40〜45%",
                "whether a priority plan takes it in is not known: 40 to 45 %",
            ),
            (40, 45),
            "priority-plans",
        ),
    };
    (step.read_as(reading), rate)
}

/// The names of plans that raise the rate.
fn named(ids: &[&str]) -> Text {
    let names = priority_plans().iter().filter(|plan| ids.contains(&plan.id.as_str())).map(|plan| plan.name.clone());
    Text::list(&names.collect::<Vec<_>>())
}

/// What the State gives at such a rate.
pub(super) fn at_rate(counted: Range, (from, to): (u8, u8)) -> (Step, Range) {
    let of = |percent: u8| counted.times((i128::from(percent), 100));
    let ((lo, cut_lo), (hi, cut_hi)) = (of(from), of(to));
    Step::parts(
        "national",
        Text::new("国費（交付額）", "national money (the grant)"),
        Text::new("交付対象事業費 × 交付率", "the cost that counts × the rate"),
        (lo.to(hi), cut_lo || cut_hi),
    )
}
