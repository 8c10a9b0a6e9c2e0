//! How is a planner's file read, and which figures do not go together?

#![expect(clippy::option_option, reason = "a key that is not there, and one that is wrong, are two things")]

use std::collections::BTreeMap;

use super::conditions;
use super::document::priority_plans;
use super::plan::{BuiltFacility, FillRate, Implementer, PRIVATE_LAND, PUBLIC_LAND, Plan, ProjectKind, unused_land};
use super::reckoning::{Contradiction, Reckoning, amounts_of, reckoned};
use crate::criteria::UnusedLand;
use crate::diagnostics::{Diagnose as _, Diagnostic};
use crate::programme::{ExclusionList, find};
use crate::settings::{Entry, Fault, FileKind, TomlTable, ids};
use crate::text::Text;

/// What the file is among those that people write.
pub static SUPPORT_FILE: FileKind = FileKind {
    ids: ids!("support"),
    name: Text::new("支援額の計算のファイル", "support file"),
    if_unread: Text::new(
        "計算のファイル（TOML）を指定してください。`kyoten support --example` が書き方の例を表示します。",
        "give a support file (TOML): `kyoten support --example` prints one to begin with",
    ),
    if_too_large: Text::new("計算のファイルを指定してください。", "give a support file"),
    if_another: Text::new(
        "計算のファイルではないようです。`kyoten support --example` が書き方の例を表示します。",
        "this is no support file: `kyoten support --example` prints one",
    ),
    unit_of,
    is_code: |key| key == "municipality",
};

const TOP: &[&str] = &[
    "name",
    "kind",
    "facility",
    "municipality",
    "implementer",
    "cost",
    "municipality_part",
    "boost",
    "rate",
    "conditions",
];
const COST: &[&str] =
    &["design", "rent", "common", "exclusive", "land_public", "land_other", "land_increase", "land_increase_counted"];
const PART: &[&str] =
    &["cash", "rent_reduction", "sale_reduction", "property_tax_reduction", "city_planning_tax_reduction"];
const CASES: &[&str] = &["unused_land", "joined_sites", "existing_building", "mixed_use"];
const FILL_RATE: [&str; 3] = ["floor_area_m2", "site_area_m2", "designated_floor_area_ratio"];
const RATE: &[&str] = &["priority_plans", "priority_plans_met"];

/// The most that an amount may be, in yen: more than any project, and far within whole numbers.
const MOST_YEN: f64 = 1e15;
/// The most that an area may be, in m², and a floor-area ratio, in per cent.
const MOST_AREA: f64 = 1e9;
const MOST_RATIO: f64 = 10_000.0;

fn unit_of(key: &str) -> Option<&'static str> {
    match key {
        _ if COST.contains(&key) || PART.contains(&key) => Some("yen"),
        "floor_area_m2" | "site_area_m2" => Some("m²"),
        "designated_floor_area_ratio" => Some("%"),
        _ => None,
    }
}

/// Reads a file and works it out; `None` where something is wrong, which is reported.
pub(super) fn understand(root: TomlTable<'_>, list: Option<&ExclusionList>) -> Option<(Plan, Reckoning)> {
    let root = root.knowing(TOP);
    let kind = root.needed("kind", Text::new("事業の種類", "which programme pays"));
    let kind = kind.and_then(|entry| entry.one_of(&ProjectKind::ALL, ProjectKind::id));
    let facility = root.needed("facility", Text::new("誘導施設の種類", "which facility is built"));
    let facility = facility.and_then(|entry| entry.one_of(&BuiltFacility::ALL, BuiltFacility::id));
    let name = root.get("name").map(|entry| entry.text());
    let municipality = root.get("municipality").map(|entry| {
        let asked = entry.text()?;
        find(&asked).map_err(|error| error.diagnostics().into_iter().for_each(|one| entry.report(one))).ok()
    });
    let implementer = root.get("implementer");
    let built_by =
        implementer.as_ref().map(|entry| entry.one_of(&[Implementer::NonProfit, Implementer::Other], Implementer::id));

    let table = |key: &str, known: &[&str]| root.get(key).map(|entry| Some(entry.table()?.knowing(known)));
    let (cost, part) = (table("cost", COST), table("municipality_part", PART));
    let known_cases: Vec<&str> = CASES.iter().chain(&FILL_RATE).copied().collect();
    let (boost, rate) = (table("boost", &known_cases), table("rate", RATE));
    let known_answers: Vec<&str> = conditions::keys().into_iter().collect();
    let answers_table = table("conditions", &known_answers);

    // Every table is read before one that is wrong gives the file up.
    let cost_yen = cost.as_ref().map(|cost| amounts(cost.as_ref()?, COST));
    let part_yen = part.as_ref().map(|part| amounts(part.as_ref()?, PART));
    let cases = boost.as_ref().map(|boost| truths(boost.as_ref()?, CASES));
    let fill = boost.as_ref().map(|boost| fill_rate(boost.as_ref()?));
    let plans = rate.as_ref().map(|rate| priority(rate.as_ref()?));
    let met = rate.as_ref().map(|rate| Some(rate.as_ref()?.get("priority_plans_met").map(|entry| entry.truth())));
    let answers = answers_table.as_ref().map(|answers| truths(answers.as_ref()?, &known_answers));

    let mut yen = all_or_none(cost_yen)?;
    yen.extend(all_or_none(part_yen)?);
    let answers = all_or_none(answers)?.into_iter().map(|(key, answer)| (key.to_owned(), answer)).collect();
    let plan = Plan {
        name: name.map_or(Some(None), |name| name.map(Some))?,
        kind: kind?,
        facility: facility?,
        municipality: municipality.map_or(Some(None), |found| found.map(Some))?,
        implementer: built_by.map_or(Some(None), |by| by.map(Some))?,
        yen,
        cases: all_or_none(cases)?,
        fill_rate: all_or_none(fill)?,
        priority_plans: all_or_none(plans)?,
        priority_plans_met: match all_or_none(met)? {
            Some(met) => Some(met?),
            None => None,
        },
        answers,
    };
    let tables = Tables {
        cost: cost.flatten(),
        part: part.flatten(),
        boost: boost.flatten(),
        rate: rate.flatten(),
        answers: answers_table.flatten(),
    };
    let goes_together = tables.agree_with(&plan, implementer.as_ref());
    if !goes_together {
        return None;
    }
    match reckoned(&plan, list) {
        Ok(reckoning) => Some((plan, reckoning)),
        Err(Contradiction::MoreThanCost) => {
            root.report(
                Diagnostic::error(
                    "support-more-than-cost",
                    Text::new(
                        "国と市町村の支援額の合計が、事業費の総額を超えています。",
                        "what State and municipality give is more than the project costs",
                    ),
                )
                .help(Text::new(
                    "`[cost]` と `[municipality_part]` の金額を確かめてください。事業費は減免前の額です。",
                    "look at `[cost]` and `[municipality_part]`; costs are those before reductions",
                )),
            );
            None
        }
    }
}

/// What a table that may be missing says: its own nothing where it is missing, `None` where it is wrong.
fn all_or_none<T: Default>(read: Option<Option<T>>) -> Option<T> {
    read.unwrap_or_else(|| Some(T::default()))
}

/// Amounts in yen.
fn amounts(table: &TomlTable<'_>, keys: &[&'static str]) -> Option<BTreeMap<&'static str, i128>> {
    let wanted = Text::new("円の整数", "a whole number of yen");
    let amount = |key: &&'static str| {
        let entry = table.get(key)?;
        let read = entry.decimal((0.0, MOST_YEN), "yen", wanted.clone());
        Some(read.and_then(|written| {
            let yen = written.parse().ok();
            if yen.is_none() {
                entry.wrong(wanted.clone());
            }
            Some((*key, yen?))
        }))
    };
    let read: Vec<_> = keys.iter().filter_map(amount).collect();
    read.into_iter().collect()
}

fn truths<'k>(table: &TomlTable<'_>, keys: &[&'k str]) -> Option<BTreeMap<&'k str, bool>> {
    let read: Vec<_> = keys.iter().filter_map(|key| Some(table.get(key)?.truth().map(|truth| (*key, truth)))).collect();
    read.into_iter().collect()
}

/// How much of the designated ratio is filled, where all three numbers are there.
fn fill_rate(table: &TomlTable<'_>) -> Option<Option<FillRate>> {
    let most = [MOST_AREA, MOST_AREA, MOST_RATIO];
    let read: Vec<Option<Option<String>>> = FILL_RATE
        .iter()
        .zip(most)
        .map(|(key, most)| {
            let entry = table.get(key)?;
            let unit = unit_of(key).unwrap_or_default();
            let wanted = Text::new("小数6桁までの数", "a number with up to six decimals");
            Some(entry.decimal((0.0, most), unit, wanted.clone()).filter(|written| {
                let is_read = millionths(written).is_some_and(|number| number > 0 || *key == "floor_area_m2");
                if !is_read {
                    entry.wrong(Text::new("0より大きい、小数6桁までの数", "a number above 0 with up to six decimals"));
                }
                is_read
            }))
        })
        .collect();
    if read.contains(&Some(None)) {
        return None;
    }
    let written: Option<Vec<String>> = read.into_iter().map(Option::flatten).collect();
    let Some(Ok(written)) = written.map(<[String; 3]>::try_from) else { return Some(None) };
    let [floor, site, ratio] = written.each_ref().map(|one| millionths(one).unwrap_or_default());
    let UnusedLand { parts, of } = unused_land();
    // floor / site ≤ ratio / 100 · parts / of, each in millionths.
    let is_unused = 100 * i128::from(of) * floor * 1_000_000 <= i128::from(parts) * ratio * site;
    Some(Some(FillRate { is_unused, written }))
}

/// A decimal number in millionths; `None` where it has more digits than that.
fn millionths(written: &str) -> Option<i128> {
    let (whole, parts) = written.split_once('.').unwrap_or((written, ""));
    (parts.len() <= 6).then(|| format!("{whole}{parts:0<6}").parse().ok()).flatten()
}

/// The plans that raise the rate; the list may be empty.
fn priority(table: &TomlTable<'_>) -> Option<Option<Vec<&'static str>>> {
    let Some(entry) = table.get("priority_plans") else { return Some(None) };
    if entry.is_empty_list() {
        return Some(Some(Vec::new()));
    }
    entry.texts(Text::new("計画の名前の一覧", "a list of names of plans"))?;
    let known: Vec<&'static str> = priority_plans().iter().map(|plan| plan.id.as_str()).collect();
    let named: Vec<Option<&'static str>> = entry.items().iter().map(|item| item.one_of(&known, |id| id)).collect();
    named.into_iter().collect::<Option<Vec<_>>>().map(Some)
}

/// The tables of a file, for what is found of keys that do not go together.
struct Tables<'t> {
    cost: Option<TomlTable<'t>>,
    part: Option<TomlTable<'t>>,
    boost: Option<TomlTable<'t>>,
    rate: Option<TomlTable<'t>>,
    answers: Option<TomlTable<'t>>,
}

impl<'t> Tables<'t> {
    /// Whether all that is said goes together; what does not is reported.
    fn agree_with(&self, plan: &Plan, implementer: Option<&Entry<'_>>) -> bool {
        let mut agrees = true;
        let mut refuse = |entry: &Entry<'_>, problem: Diagnostic| {
            entry.report(problem);
            agrees = false;
        };
        for entry in self.out_of_place(plan).iter().chain(implementer.filter(|_| plan.kind != ProjectKind::Indirect)) {
            let (key, kind) = (entry.key(), plan.kind.id());
            refuse(
                entry,
                Diagnostic::error(
                    "support-key-out-of-place",
                    text!(
                        "`{key}` は、`kind = \"{kind}\"` のこの計画では使いません。",
                        "`{key}` has no part in a plan with `kind = \"{kind}\"` such as this"
                    ),
                )
                .help(why_out_of_place(key)),
            );
        }
        if let Some(part) = self.part.as_ref().filter(|_| plan.kind == ProjectKind::Direct) {
            let given = |keys: [&str; 2]| keys.into_iter().find_map(|key| part.get(key));
            if let (Some(_), Some(entry)) = (given(PUBLIC_LAND), given(PRIVATE_LAND)) {
                entry.fault(Fault::NotBoth { other: "rent_reduction" });
                agrees = false;
            }
        }
        agrees & self.land_agrees(plan) & self.unused_land_agrees(plan)
    }

    /// The keys that are there and say nothing of such a plan.
    fn out_of_place(&self, plan: &Plan) -> Vec<Entry<'t>> {
        let [_, parts] = amounts_of(plan.kind);
        let asked = conditions::keys_of(plan);
        let is_grant = plan.kind == ProjectKind::Grant;
        let has_rate = plan.kind != ProjectKind::Direct && plan.facility == BuiltFacility::Senior;
        let mut found: Vec<Entry<'t>> = Vec::new();
        let Self { cost, part, boost, rate, answers } = self;
        found.extend(
            entries_of(cost.as_ref()).into_iter().filter(|entry| is_grant && entry.key().starts_with("land_increase")),
        );
        found.extend(entries_of(part.as_ref()).into_iter().filter(|entry| !parts.contains(&entry.key())));
        found.extend(entries_of(boost.as_ref()).into_iter().filter(|_| is_grant));
        found.extend(entries_of(rate.as_ref()).into_iter().filter(|_| !has_rate));
        found.extend(entries_of(answers.as_ref()).into_iter().filter(|entry| !asked.contains(entry.key())));
        found
    }

    /// What the land costs more is part of the land that does not count otherwise, and what counts of it part of that.
    fn land_agrees(&self, plan: &Plan) -> bool {
        let mut agrees = true;
        for (part, whole) in [("land_increase_counted", "land_increase"), ("land_increase", "land_other")] {
            let entry = self.cost.as_ref().and_then(|cost| cost.get(part));
            let (Some(entry), Some(part_yen)) = (entry, plan.yen.get(part)) else { continue };
            let whole_yen = plan.yen.get(whole);
            let is_part = match whole_yen {
                Some(whole_yen) => part_yen <= whole_yen,
                // What is not said may be larger; but what counts of an increase needs the increase.
                None => whole == "land_other",
            };
            if !is_part {
                agrees = false;
                entry.report(
                    Diagnostic::error(
                        "support-part-above-whole",
                        text!(
                            "`{part}` は `{whole}` の一部ですが、それより大きい額です。",
                            "`{part}` is a part of `{whole}`, and is more than that"
                        ),
                    )
                    .help(Text::new("2つの金額を確かめてください。", "look at both amounts")),
                );
            }
        }
        agrees
    }

    /// What is said of the land, and what its numbers say.
    fn unused_land_agrees(&self, plan: &Plan) -> bool {
        let said =
            self.boost.as_ref().and_then(|boost| Some((boost.get("unused_land")?, *plan.cases.get("unused_land")?)));
        let (Some((entry, said)), Some(rate)) = (said, &plan.fill_rate) else { return true };
        if said == rate.is_unused {
            return true;
        }
        let [floor, site, ratio] = &rate.written;
        entry.report(
            Diagnostic::error(
                "support-unused-land-contradicted",
                text!(
                    "`unused_land = {said}` ですが、延べ面積 {floor} m²、敷地面積 {site} m²、指定容積率 {ratio}% からはそうなりません。",
                    "`unused_land = {said}`, but floor area {floor} m², site {site} m² and a ratio of {ratio} % say otherwise"
                ),
            )
            .help(text!(
                "充足率が{most}以下なら低・未利用地です。どちらかを直すか、`unused_land` を消してください。",
                "land is under-used where {most} or less is filled: mend one of them, or take `unused_land` out",
                most = unused_land()
            )),
        );
        false
    }
}

/// The entries of a table that may be missing.
fn entries_of<'t>(table: Option<&TomlTable<'t>>) -> Vec<Entry<'t>> {
    table.map(TomlTable::entries).unwrap_or_default()
}

/// What to do with a key that has no part.
fn why_out_of_place(key: &str) -> Text {
    match key {
        "land_increase" | "land_increase_counted" => Text::new(
            "市町村が実施する場合、用地は全額を数えるため、増分は `land_other` に含めて書いてください。",
            "where the municipality builds all land counts: write it within `land_other`",
        ),
        _ if PART.contains(&key) => Text::new(
            "減免額を市町村の支援額とみなせるのは直接補助（direct）だけで、間接交付（indirect）では `cash` だけを数えます。この行を消してください。",
            "reductions count for the direct subsidy alone, and `cash` for it and the indirect grant: take the line out",
        ),
        _ => Text::new(
            "この行を消すか、`kind` と `facility` を確かめてください。",
            "take the line out, or look at `kind` and `facility`",
        ),
    }
}
