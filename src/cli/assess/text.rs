//! What is said of drawn zones, for people.

use crate::cli::sheet::{Sheet, status_style};
use crate::criteria::{Criterion, Threshold};
use crate::crs::FromPlane;
use crate::outputs::thousands;
use crate::pipeline::DrawnReport;
use crate::queries::{AssessedZone, Clause, DecidedBy, LookedAt};
use crate::regions::Certainty;
use crate::text::Text;
use crate::units::Interval;
use crate::verdicts::{Shares, Status};

/// So many stations and stops of a zone are named; `--json` names all.
const NAMED: usize = 10;

/// How wide the words of a standing are.
const STANDING: usize = 14;

pub(super) fn text(report: &DrawnReport, project: &str, file: &str) -> String {
    let mut sheet = Sheet::new();
    let (count, plane) = (report.zones.len(), report.plane.title());
    sheet.say(
        0,
        &text!(
            "{project}: {file} の区域{count}か所、{plane}",
            "{project}: {count} drawn zone(s) of {file}, {plane}",
            plane = plane
        ),
    );
    let (set, title) = (report.rules.set.id, report.rules.set.title.clone());
    sheet.say(0, &text!("ルール: {set} — {title}", "rules: {set} — {title}", title = title));
    for (id, reason) in &report.rules.waived {
        sheet.say(0, &text!("適用除外: {id} — {reason}", "waived: {id} — {reason}"));
    }
    if report.lost > 0 {
        let lost = report.lost;
        sheet.say(
            0,
            &text!(
                "形が使えず、判定できなかった地物: {lost}",
                "features whose shape cannot be used, and that were not assessed: {lost}"
            ),
        );
    }
    for one in &report.looked_at {
        self::looked_at(&mut sheet, one);
    }
    for zone in &report.zones {
        sheet.blank();
        write(&mut sheet, zone, report);
    }
    sheet.finish()
}

/// Which zones others of the file were asked about.
fn looked_at(sheet: &mut Sheet, one: &LookedAt) {
    let (name, drawn) = (one.zone.name(), one.drawn);
    let said = if one.beside_given {
        text!(
            "ほかの区域が{name}を条件とするときは、プロジェクトで設定した区域に、このファイルの{drawn}か所を加えて判定しました。",
            "where other zones look at a {name}, those that the project sets and the {drawn} of this file are meant",
            name = name
        )
    } else {
        text!(
            "ほかの区域が{name}を条件とするときは、このファイルの{name}（{drawn}か所）で判定しました。",
            "where other zones look at a {name}, the {drawn} of this file are meant",
            name = name
        )
    };
    sheet.say(0, &said);
}

fn write(sheet: &mut Sheet, zone: &AssessedZone, report: &DrawnReport) {
    let style = status_style(zone.status);
    let status = answer(zone.status).map(|word| format!("{style}{word}{style:#}"));
    let (title, name) = (zone.title.clone(), zone.drawn.zone.name());
    sheet.heading(&text!(
        "{title}（{name}）: {status}",
        "{title} ({name}): {status}",
        title = title,
        name = name,
        status = status
    ));
    numbers(sheet, zone, &report.from_plane);
    for clause in &zone.clauses {
        self::clause(sheet, clause, report);
    }
    if let [_, _, ..] = zone.clauses.as_slice() {
        let shares = percent(Some(zone.together));
        sheet.say(
            2,
            &text!(
                "場所についての条件をすべて満たす部分: {shares}",
                "all that is asked of places holds in {shares} of it",
                shares = shares
            ),
        );
    }
    for told in &zone.told {
        let (name, share) = (told.criterion.name.clone(), percent(told.shares));
        sheet.say(
            2,
            &text!(
                "{name}: 面積の{share}（判定には使いません）",
                "{name}: in {share} of it (this does not decide)",
                name = name,
                share = share
            ),
        );
    }
    let largest = match &zone.largest {
        Some(part) => {
            let hectares = format!("{:.4}", part.area.hectares());
            text!(
                "すべて確実に満たす最大の部分: {hectares} ha",
                "the largest part that meets all for certain: {hectares} ha"
            )
        }
        None => Text::new("すべて確実に満たす部分はありません。", "no part of it meets all for certain"),
    };
    sheet.say(2, &largest);
    if let Some(note) = &zone.drawn.zone.rule().note {
        sheet.say(2, note);
    }
}

/// Its own numbers.
fn numbers(sheet: &mut Sheet, zone: &AssessedZone, from_plane: &FromPlane) {
    let (hectares, parcels) = (format!("{:.4}", zone.drawn.area.hectares()), thousands(zone.parcels));
    let polygons = match zone.polygons {
        1 => Text::same(""),
        parts => text!("、{parts}つの部分", ", {parts} parts"),
    };
    sheet.say(
        2,
        &text!(
            "面積 {hectares} ha{polygons}、筆数 {parcels}",
            "{hectares} ha{polygons}, {parcels} parcels",
            polygons = polygons
        ),
    );
    let facts = &zone.facts;
    let land = between(facts.public_land_ratio.map(|ratio| ratio.map(|share| share * 100.0)), 4, " %");
    let seniors = between(facts.seniors_per_ha, 4, "");
    let people = between(facts.population, 1, "");
    sheet.say(
        2,
        &text!(
            "区域自体の公共用地率 {land}、65歳以上 {seniors} 人/ha、人口 {people}",
            "of its own: public land {land}, aged 65 or over {seniors} /ha, residents {people}",
            land = land,
            seniors = seniors,
            people = people
        ),
    );
    let [sure, open] = &zone.makers;
    for (names, label) in [
        (&sure.stations, Text::new("根拠の駅", "stations that make it")),
        (&sure.stops, Text::new("根拠の停留所", "stops that make it")),
        (&open.stations, Text::new("根拠になりうる駅", "stations that may")),
        (&open.stops, Text::new("根拠になりうる停留所", "stops that may")),
    ] {
        if !names.is_empty() {
            let names: Vec<Text> = names.iter().map(Text::from).collect();
            sheet.say(2, &label.joined(": ", &Text::first_of(&names, NAMED)));
        }
    }
    let (centre, own) = zone.centre;
    let [lon, lat] = from_plane.lon_lat(centre);
    let by = if own {
        Text::new("計画で定めた点", "the planner's own point")
    } else {
        Text::new("図心", "its centre of gravity")
    };
    sheet.say(2, &text!("中心: 東経{lon:.6}°、北緯{lat:.6}°（{by}）", "centre: {lon:.6}°E {lat:.6}°N ({by})", by = by));
}

/// How one thing stands that it asks, and in how much of it that is so.
fn clause(sheet: &mut Sheet, clause: &Clause, report: &DrawnReport) {
    let lang = sheet.lang;
    let style = status_style(clause.status);
    let word = answer(clause.status);
    let mut said = clause.name();
    for one in &clause.criteria {
        said = limits(one.criterion, report).map_or_else(|| said.clone(), |limits| said.joined(" ", &limits));
    }
    let how = match clause.decided_by {
        DecidedBy::Share => text!("面積の{share}", "in {share} of it", share = percent(clause.shares)),
        DecidedBy::Whole => text!(
            "区域全体で判定。評価単位ごとでは面積の{share}",
            "asked of it as a whole; unit by unit in {share} of it",
            share = percent(clause.shares)
        ),
        DecidedBy::Parcel => Text::new("敷地として判定", "asked of it as a site"),
    };
    let line = text!("{said}（{how}）", "{said} ({how})", said = said, how = how);
    let label = format!("  {style}{}{style:#}", word.get(lang));
    sheet.row(&label, STANDING, line.get(lang));
    for (certainty, label) in [
        (Certainty::No, Text::new("満たさない部分", "not met in")),
        (Certainty::Possible, Text::new("分からない部分", "not known in")),
        (Certainty::Expected, Text::new("見込みで満たす部分", "met once expectations come true in")),
    ] {
        let parts: Vec<f64> =
            clause.parts.iter().filter(|part| part.certainty == certainty).map(|part| part.area.hectares()).collect();
        if parts.is_empty() {
            continue;
        }
        let (count, sum) = (parts.len(), format!("{:.4}", parts.iter().sum::<f64>()));
        sheet.say(
            STANDING,
            &text!("{label}: {count}か所、{sum} ha", "{label} {count} part(s), {sum} ha", label = label),
        );
    }
}

/// The numbers that a criterion compares with.
fn limits(criterion: &Criterion, report: &DrawnReport) -> Option<Text> {
    let rules = &report.rules;
    let numbers = criterion.kind.thresholds().into_iter().filter_map(|key| {
        let threshold: &Threshold = rules.set.threshold(key)?;
        let number = rules.thresholds.get(key)?;
        Some(Text { ja: threshold.written_in_japanese(number).into(), en: threshold.written(number).into() })
    });
    let mut numbers: Vec<Text> = numbers.collect();
    numbers.dedup();
    (!numbers.is_empty()).then(|| Text::list(&numbers).map(|all| format!("[{all}]")))
}

/// What a standing is called.
fn answer(status: Status) -> Text {
    match status {
        Status::Eligible => Text::new("満たす", "met"),
        Status::Prospective => Text::new("見込み", "expected"),
        Status::Undetermined => Text::new("分からない", "not known"),
        Status::Ineligible => Text::new("満たさない", "not met"),
    }
}

/// Shares in hundredths.
fn percent(shares: Option<Shares>) -> Text {
    let Some(Shares { lo, hi, .. }) = shares else { return Text::new("不明", "?") };
    let told = |steps: u32| {
        // A share that is not the whole is not told as the whole.
        let percent = f64::from(steps) / 1e4;
        if steps < 1_000_000 && percent > 99.99 { "99.99".to_owned() } else { format!("{percent:.2}") }
    };
    if lo == hi {
        Text::from(format!("{} %", told(lo)))
    } else {
        text!("{lo}〜{hi} %", "{lo}–{hi} %", lo = told(lo), hi = told(hi))
    }
}

/// An interval with so many digits.
fn between(interval: Option<Interval<f64>>, digits: usize, unit: &str) -> Text {
    let Some(Interval { lo, hi }) = interval else { return Text::new("不明", "not known") };
    let told = |value: f64| if value.is_finite() { format!("{value:.digits$}") } else { "?".to_owned() };
    if told(lo) == told(hi) {
        Text::from(format!("{}{unit}", told(lo)))
    } else {
        text!("{lo}〜{hi}{unit}", "{lo}–{hi}{unit}", lo = told(lo), hi = told(hi))
    }
}
