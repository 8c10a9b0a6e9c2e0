//! What is said of a survey, for people.

use std::path::Path;

use crate::cli::sheet::Sheet;
use crate::outputs::thousands;
use crate::pipeline::SurveyReport;
use crate::queries::{Amounts, Outcome, Survey, Surveyed};
use crate::text::Text;

/// Where what is said of an item stands.
const LABEL: usize = 4;

pub(super) fn text(report: &SurveyReport, project: &str, most: usize, goal: Option<&Path>) -> String {
    let mut sheet = Sheet::new();
    let survey = &report.survey;
    sheet.heading(&text!("{project}: 先に調べるとよいもの", "{project}: what to find out first"));
    let (set, title) = (report.rules.set.id, report.rules.set.title.clone());
    sheet.say(0, &text!("ルール: {set} — {title}", "rules: {set} — {title}", title = title));
    sheet.say(
        0,
        &text!("いま判定不能: {amounts}", "undetermined today: {amounts}", amounts = said(&survey.open, survey)),
    );
    if survey.items.is_empty() {
        sheet.blank();
        sheet.say(
            0,
            &Text::new(
                "それだけで判定を決めるものは見つかりませんでした。",
                "Nothing was found that would settle anything by itself.",
            ),
        );
    } else {
        sheet.blank();
        sheet.say(0, &Text::new(
            "それぞれを、それだけ調べたときに決まる判定です。「必ず」は、どの答えでも決まるもの。答えごとに市全体を組み立て直して数えました。並びは、答えの平均の面積の順です。",
            "What each would settle if it alone were found out. “For sure” is what is settled whichever answer is found. For every answer the city was put together again and every parcel judged. In the order of the mean area over the answers.",
        ));
        for (index, one) in survey.items.iter().enumerate().take(most) {
            sheet.blank();
            item(&mut sheet, index, one, survey);
        }
        left(&mut sheet, survey, most);
        together(&mut sheet, survey);
    }
    counts(&mut sheet, survey);
    next(&mut sheet, survey, goal);
    sheet.finish()
}

fn item(sheet: &mut Sheet, index: usize, one: &Surveyed, survey: &Survey) {
    let Surveyed { item, whichever, outcomes } = one;
    let rank = index + 1;
    sheet.heading(&Text::from(format!("{rank}. ")).joined("", &item.title));
    sheet.say(LABEL, &text!("必ず: {amounts}", "for sure: {amounts}", amounts = said(whichever, survey)));
    for (answer, Outcome { settled, opened }) in item.answers.iter().zip(outcomes) {
        let line = answer.said.joined(": ", &said(settled, survey));
        let line = if opened.parcels > 0 {
            let parcels = thousands(opened.parcels);
            line.joined(
                "",
                &text!(
                    "（ほかに{parcels}筆が新たに判定不能になります）",
                    " ({parcels} other parcel(s) become undetermined by it)"
                ),
            )
        } else {
            line
        };
        sheet.say(LABEL, &line);
    }
}

fn left(sheet: &mut Sheet, survey: &Survey, most: usize) {
    let left = survey.items.len().saturating_sub(most);
    if left > 0 {
        sheet.blank();
        sheet.say(
            0,
            &text!("ほかに{left}件（`-n` で数を変えられます）。", "{left} more (`-n` says how many are told)."),
        );
    }
}

fn together(sheet: &mut Sheet, survey: &Survey) {
    if survey.together.len() < 2 {
        return;
    }
    sheet.blank();
    sheet.heading(&Text::new("まとめて調べるなら", "several together"));
    sheet.say(0, &Text::new(
        "1件ずつ、最も多くを決めそうなものを選んだ順です（貪欲法。ほかの組み合わせの方がよいこともあります）。そこまでのすべてが良い方の答えだったとき、悪い方の答えだったときに、合わせて決まるもの。答えが混ざるときは数えていません。",
        "Chosen one after the other, always the one that promises most (greedy: another few may be better). What is settled in all where every one so far is found at its good end, and at its poor end. Mixed answers are not reckoned.",
    ));
    for (index, step) in survey.together.iter().enumerate() {
        let number = index + 1;
        let title = survey.items[step.item].item.title.clone();
        let [good, poor] = [&step.if_good, &step.if_poor].map(short);
        sheet.say(
            2,
            &text!(
                "{number}件: ＋{title} → 良ければ{good}、悪ければ{poor}",
                "{number}: + {title} → {good} if good, {poor} if poor",
                title = title,
                good = good,
                poor = poor
            ),
        );
    }
}

fn counts(sheet: &mut Sheet, survey: &Survey) {
    sheet.blank();
    let (idle, unreckoned, nameless) = (survey.idle, survey.unreckoned, survey.nameless);
    if idle > 0 {
        sheet.say(
            0,
            &text!(
                "それだけでは何も決まらないもの: {idle}件（ほかと一緒に調べて初めて決まることはあります）",
                "settle nothing by themselves: {idle} (they may do so together with others)"
            ),
        );
    }
    if unreckoned > 0 {
        sheet.say(
            0,
            &text!(
                "多すぎるため数えなかったもの（近くの判定不能の筆が少ないもの）: {unreckoned}件",
                "not reckoned, being too many (those with the fewest undetermined parcels near them): {unreckoned}"
            ),
        );
    }
    if nameless > 0 {
        sheet.say(
            0,
            &text!(
                "名称がなく、表では本数を指定できない駅・停留所: {nameless}か所（名称か `peak_trips` の列を入れてください）",
                "stops without a name, which a table cannot speak of: {nameless} (give them names, or a column `peak_trips`)"
            ),
        );
    }
}

fn next(sheet: &mut Sheet, survey: &Survey, goal: Option<&Path>) {
    if !survey.items.iter().any(|one| one.item.stop.is_some()) {
        return;
    }
    sheet.blank();
    let name = goal.map_or_else(|| "survey.csv".to_owned(), |goal| goal.display().to_string());
    sheet.say(
        0,
        &if goal.is_some() {
            text!(
                "本数を {name} に記入し、kyoten.toml の [layers] に `peaks` として指定すると、次の実行で使います（空欄のままの行は、分からないままです）。",
                "Fill in {name} and name it as `peaks` under [layers] of the kyoten.toml: the next run uses it (a row that is left blank stays unknown)."
            )
        } else {
            text!(
                "停留所を記入用の表に書き出すには `-o {name}`。",
                "`-o {name}` writes the stops as a table to be filled in."
            )
        },
    );
}

/// Parcels, hectares, and how many of which zone.
fn said(amounts: &Amounts, survey: &Survey) -> Text {
    if amounts.parcels == 0 {
        return Text::new("なし", "nothing");
    }
    let zones: Vec<Text> = survey
        .zones
        .iter()
        .zip(&amounts.zones)
        .filter(|(_, of)| of.parcels > 0)
        .map(|(zone, of)| {
            let (name, parcels) = (zone.name(), thousands(of.parcels));
            Text { ja: format!("{}{parcels}", name.ja).into(), en: format!("{} {parcels}", name.en).into() }
        })
        .collect();
    let ja: Vec<&str> = zones.iter().map(|zone| &*zone.ja).collect();
    let en: Vec<&str> = zones.iter().map(|zone| &*zone.en).collect();
    let short = short(amounts);
    Text {
        ja: format!("{}（{}）", short.ja, ja.join("、")).into(),
        en: format!("{} ({})", short.en, en.join(", ")).into(),
    }
}

/// Parcels and hectares.
fn short(amounts: &Amounts) -> Text {
    let parcels = thousands(amounts.parcels);
    let hectares = format!("{:.2}", amounts.hectares);
    text!("{parcels}筆{hectares} ha", "{parcels} parcel(s), {hectares} ha")
}
