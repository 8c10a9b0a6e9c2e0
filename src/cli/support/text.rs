//! What is said of a reckoning, for people.

use crate::cli::municipality::documents_cited;
use crate::cli::sheet::Sheet;
use crate::outputs::thousands;
use crate::programme::{Answer, AskedCondition, BuiltFacility, Plan, Range, Reckoning, Step, Worth, facility_zones};
use crate::text::Text;

/// Places of an answer.
const ANSWER: usize = 12;

pub(super) fn text(plan: &Plan, reckoning: &Reckoning) -> String {
    let mut sheet = Sheet::new();
    head(&mut sheet, plan, reckoning);
    sheet.blank();
    for (number, step) in (1..).zip(&reckoning.steps) {
        self::step(&mut sheet, number, step);
    }
    sheet.blank();
    sums(&mut sheet, reckoning);
    sheet.blank();
    sheet.say(0, &Text::new("数字に出ない条件", "Conditions that no figure shows"));
    for condition in &reckoning.conditions {
        self::condition(&mut sheet, condition);
    }
    sheet.blank();
    sheet.say(
        0,
        &Text::new(
            "円未満は切り捨てました（通例による仮定で、リーフレットに定めはありません）。申請の前に、社会資本整備総合交付金交付要綱と窓口で確かめてください。",
            "fractions of a yen are cut off (as is usual: an assumption, the leaflet is silent on it); before applying ask the office, and look at the outline of the grant",
        ),
    );
    documents_cited(&mut sheet);
    sheet.finish()
}

fn head(sheet: &mut Sheet, plan: &Plan, reckoning: &Reckoning) {
    if let Some(name) = &plan.name {
        sheet.heading(&Text::from(name));
    }
    let zone = facility_zones().iter().find(|zone| zone.id == plan.facility.id());
    let facility = zone.map_or_else(|| Text::from(plan.facility.id()), |zone| zone.name.clone());
    sheet.say(0, &text!("{kind}、{facility}", "{kind}, {facility}", kind = plan.kind.name(), facility = facility));
    sheet.say(2, &text!("出典：{source}", "source: {source}", source = plan.kind.clause().short_source()));
    let Some(found) = &plan.municipality else {
        if plan.facility != BuiltFacility::Senior {
            sheet.say(
                2,
                &Text::new(
                    "市町村が書かれていないため、人口密度維持タイプを使えるかは未定です（`municipality`）。",
                    "no municipality is named: whether the density type is open to it is not known (`municipality`)",
                ),
            );
        }
        return;
    };
    let name = format!("{}{}", found.municipality.prefecture, found.municipality.name);
    let is_excluded = reckoning.exclusion.as_ref().map(|exclusion| exclusion.is_excluded);
    let may = match is_excluded {
        None => text!(
            "{name}：高齢社会対応タイプに市町村の制限はありません",
            "{name}: the type for the aged society is closed to no municipality"
        ),
        Some(Some(true)) => {
            text!("{name}：人口密度維持タイプは実施できません", "{name}: the density type is closed to it")
        }
        Some(Some(false)) => {
            text!("{name}：人口密度維持タイプを実施できます", "{name}: the density type is open to it")
        }
        Some(None) => text!(
            "{name}：人口密度維持タイプを実施できるかは未定です",
            "{name}: whether the density type is open to it is not known"
        ),
    };
    sheet.say(2, &may);
    if let Some(list) = reckoning.exclusion.as_ref().and_then(|exclusion| exclusion.list.as_ref()) {
        sheet.say(4, &text!("一覧：{of}", "list: {of}", of = list.of.clone()));
    }
}

/// An amount, or what is known of it.
fn yen(range: Range) -> Text {
    let told = |yen: i128| thousands(u64::try_from(yen).unwrap_or_default());
    let lo = told(range.lo);
    match range.hi {
        Some(hi) if hi == range.lo => text!("{lo}円", "{lo} yen"),
        Some(hi) => text!("未定（{lo}〜{hi}円）", "undetermined ({lo} to {hi} yen)", hi = told(hi)),
        None => text!("未定（{lo}円以上）", "undetermined ({lo} yen or more)"),
    }
}

fn worth(step: &Step) -> Text {
    match step.worth {
        Worth::Yen(range) => yen(range),
        Worth::Percent(from, to) if from == to => Text::from(format!("{from}%")),
        Worth::Percent(from, to) => text!("未定（{from}〜{to}%）", "undetermined ({from} to {to} %)"),
        Worth::Truth(Some(true)) => Text::new("はい", "yes"),
        Worth::Truth(Some(false)) => Text::new("いいえ", "no"),
        Worth::Truth(None) => Text::new("未定", "undetermined"),
    }
}

fn step(sheet: &mut Sheet, number: usize, step: &Step) {
    sheet.say(
        0,
        &text!("{number}. {name}：{worth}", "{number}. {name}: {worth}", name = step.name.clone(), worth = worth(step)),
    );
    let cut = if step.is_cut {
        Text::new("（円未満切捨て）", " (fractions of a yen cut off)")
    } else {
        Text::same("")
    };
    sheet.say(3, &step.how.joined("", &cut));
    if let Some(clause) = step.clause {
        sheet.say(3, &text!("出典：{source}", "source: {source}", source = clause.short_source()));
    }
    if let Some(reading) = &step.reading {
        sheet.say(3, &text!("読み：{reading}", "reading: {reading}", reading = reading.clone()));
    }
}

fn sums(sheet: &mut Sheet, reckoning: &Reckoning) {
    sheet.say(0, &Text::new("まとめ", "In sum"));
    let mut rows = vec![
        (Text::new("国", "the State"), reckoning.national),
        (Text::new("市町村", "the municipality"), reckoning.municipal),
    ];
    rows.extend(reckoning.private.map(|private| (Text::new("民間事業者等", "whoever builds"), private)));
    rows.push((Text::new("事業費の総額", "cost of the project"), reckoning.total));
    for (name, range) in rows {
        let share = share(range, reckoning.total);
        sheet.say(
            2,
            &text!("{name}：{yen}{share}", "{name}: {yen}{share}", name = name, yen = yen(range), share = share),
        );
    }
    if !reckoning.missing.is_empty() {
        let keys: Vec<Text> = reckoning.missing.iter().map(|key| Text::from(format!("`{key}`"))).collect();
        sheet.say(
            2,
            &text!(
                "書かれていないため未定のもの：{keys}",
                "not said, and so undetermined: {keys}",
                keys = Text::list(&keys)
            ),
        );
    }
}

/// How much of the cost it is, where both are known, in hundredths of a per cent.
fn share(range: Range, total: Range) -> Text {
    let Some((yen, total)) = range.known().zip(total.known()).filter(|(_, total)| *total > 0) else {
        return Text::same("");
    };
    let basis_points = (yen * 10_000 + total / 2) / total;
    let (whole, parts) = (basis_points / 100, basis_points % 100);
    text!("（{whole}.{parts:02}%）", " ({whole}.{parts:02} %)")
}

fn condition(sheet: &mut Sheet, condition: &AskedCondition) {
    let word = match condition.answer {
        Answer::Met => Text::new("満たす", "met"),
        Answer::NotMet => Text::new("満たさない", "not met"),
        Answer::NotSaid => Text::new("記載なし", "not said"),
    };
    let lang = sheet.lang;
    let label = format!("  {}", word.get(lang));
    let says: Vec<Text> = condition
        .asked
        .iter()
        .map(|(key, says, _)| text!("{says}（`{key}`）", "{says} (`{key}`)", says = (*says).clone()))
        .collect();
    let says = says.into_iter().reduce(|all, one| text!("{all}、または{one}", "{all}, or {one}", all = all, one = one));
    sheet.row(&label, ANSWER + 2, says.unwrap_or_else(|| Text::same("")).get(lang));
    sheet.say(ANSWER + 2, &text!("出典：{source}", "source: {source}", source = condition.clause.short_source()));
}
