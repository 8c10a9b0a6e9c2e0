//! The first page: whose run it is, by which numbers, what came of it, and what a reader has to know of the input.

use super::page::{Page, count, data};
use super::{BookContext, words};
use crate::outputs::text::rounded;
use crate::outputs::workbook::{SheetCell, SheetTable, Shown};
use crate::runs::NoticeRecord;
use crate::text::{Lang, Text};
use crate::verdicts::{Reason, Status, ZoneReason};

/// So many digits of hectares are told: to the square metre.
const HECTARES: usize = 4;

pub(super) fn summary(context: &BookContext<'_>) -> SheetTable {
    let mut page = Page::new(context.lang);
    heading(&mut page, context);
    counts(&mut page, context);
    open(&mut page, context);
    lacking(&mut page, context);
    thresholds(&mut page, context);
    notices(&mut page, context);
    let (text, whole, hectares) = (Shown::AsItIs, Shown::Whole, Shown::Hundredths);
    page.sheet(&Text::new("総括", "summary"), &[text, text, whole, hectares, whole, hectares])
}

fn heading(page: &mut Page, context: &BookContext<'_>) {
    let record = context.record;
    let set = context.rules.set;
    page.title(record.project.name.clone());
    let rules = set.title.with(&format!("（{}）", set.id), &format!(" ({})", set.id));
    page.fact(&Text::new("ルール", "rules"), page.text(&rules));
    for unread in &record.rules.unread {
        let what = Text { ja: unread.what_ja.clone().into(), en: unread.what.clone().into() };
        page.fact(&Text::new("一次資料で確認していないこと", "not read in a primary source"), page.text(&what));
    }
    page.fact(&Text::new("座標系", "plane"), page.text(&record.plane.title()));
    page.fact(&Text::new("筆数", "parcels"), count(record.parcels.count));
    if record.parcels.without_usable_geometry > 0 {
        let unusable = count(record.parcels.without_usable_geometry);
        page.fact(&Text::new("うち使える図形のない筆", "of these without a usable geometry"), unusable);
    }
    if let Some(kind) = &record.project.planned_kind {
        page.fact(&Text::new("計画する施設の種別", "planned kind of facility"), data(Some(kind)));
    }
    if let Some(scenario) = &record.scenario {
        page.fact(&Text::new("想定", "what-if"), data(Some(&scenario.note)));
    }
    let tool = format!("{} {}", record.tool.name, record.tool.version);
    page.fact(&Text::new("作成", "made by"), data(Some(&tool)));
    for zone in context.rules.zones() {
        if let Some(note) = &zone.rule().note {
            page.fact(&Text::new("注意", "note"), page.text(note));
        }
    }
}

/// Parcels and hectares by zone and status, and the candidate zones.
fn counts(page: &mut Page, context: &BookContext<'_>) {
    page.heading(&Text::new("判定の集計", "what came of it"));
    page.heads(&[
        Text::new("区域", "zone"),
        Text::new("判定", "status"),
        Text::new("筆数", "parcels"),
        Text::new("面積 ha", "area, ha"),
        Text::new("候補区域の数", "candidate zones"),
        Text::new("候補区域の面積 ha", "area of these, ha"),
    ]);
    for (id, counts) in context.record.counts.iter() {
        let zones = context.record.zones.get(id);
        for status in Status::ALL {
            let found = counts.get(&status).copied().unwrap_or_default();
            let mut row = vec![
                page.text(&words::zone(context.rules, id)),
                SheetCell::Status(status, context.lang),
                count(found.parcels),
                SheetCell::Number(rounded(found.hectares, HECTARES)),
            ];
            if let Some(zones) = zones.and_then(|zones| zones.by_status.get(&status)) {
                row.extend([count(zones.zones), SheetCell::Number(rounded(zones.hectares, HECTARES))]);
            }
            page.row(row);
        }
    }
}

/// What keeps parcels undetermined, and what would settle it.
fn open(page: &mut Page, context: &BookContext<'_>) {
    let record = context.record;
    if record.open.iter().all(|(_, open)| open.is_empty()) {
        return;
    }
    page.heading(&Text::new("判定不能の理由", "what keeps parcels undetermined"));
    page.heads(&[
        Text::new("区域", "zone"),
        Text::new("理由", "reason"),
        Text::new("筆数", "parcels"),
        Text::new("決めるために要るもの", "what would settle it"),
    ]);
    let beside = ZoneReason::ALL.into_iter().map(Reason::Zone);
    let reasons: Vec<Reason> = context.rules.set.criteria.iter().map(Reason::Criterion).chain(beside).collect();
    for (id, open) in record.open.iter() {
        for reason in &reasons {
            let Some(&parcels) = open.get(reason.id()) else { continue };
            let settled_by = match reason {
                Reason::Criterion(criterion) => criterion.settled_by.clone(),
                Reason::Zone(reason) => reason.settled_by(),
            };
            let zone = page.text(&words::zone(context.rules, id));
            page.row(vec![zone, page.text(&reason.name()), count(parcels), page.text(&settled_by)]);
        }
    }
}

/// What the ineligible parcels lack.
fn lacking(page: &mut Page, context: &BookContext<'_>) {
    let record = context.record;
    if record.lacking.iter().all(|(_, lacking)| lacking.criteria.is_empty()) {
        return;
    }
    page.heading(&Text::new("非該当の筆が満たさない条件", "what ineligible parcels do not meet"));
    page.heads(&[
        Text::new("区域", "zone"),
        Text::new("条件", "criterion"),
        Text::new("筆数", "parcels"),
        Text::new("この条件だけを満たさない筆数", "of these, it alone"),
    ]);
    for (id, lacking) in record.lacking.iter() {
        let in_order = context.rules.set.criteria.iter();
        for (criterion, found) in in_order.filter_map(|one| Some((one, lacking.criteria.get(one.id)?))) {
            let zone = page.text(&words::zone(context.rules, id));
            page.row(vec![zone, page.text(&criterion.name), count(found.parcels), count(found.alone)]);
        }
    }
}

fn thresholds(page: &mut Page, context: &BookContext<'_>) {
    page.heading(&Text::new("基準値", "thresholds"));
    page.heads(&[Text::new("基準値", "threshold"), Text::new("値", "number"), Text::new("キー", "key")]);
    for threshold in context.rules.thresholds.all() {
        let Some(number) = context.rules.thresholds.get(threshold.key) else { continue };
        let mut written =
            Text { ja: threshold.written_in_japanese(number).into(), en: threshold.written(number).into() };
        if number != threshold.default {
            let usual = Text {
                ja: threshold.written_in_japanese(threshold.default).into(),
                en: threshold.written(threshold.default).into(),
            };
            written = written.joined("", &text!("（標準は{usual}）", " (usually {usual})", usual = usual));
        }
        page.row(vec![page.text(&threshold.name), page.text(&written), data(Some(threshold.key))]);
    }
}

/// What was noticed of the input, the gravest first.
fn notices(page: &mut Page, context: &BookContext<'_>) {
    let mut all: Vec<&NoticeRecord> = context.record.notices.iter().collect();
    if all.is_empty() {
        return;
    }
    all.sort_by_key(|notice| notice.severity());
    page.heading(&Text::new("お知らせ", "notices"));
    page.heads(&[
        Text::new("重さ", "severity"),
        Text::new("対象", "of what"),
        Text::new("件数", "how many"),
        Text::new("内容", "what"),
        Text::new("例", "examples"),
        Text::new("すること", "what to do"),
    ]);
    for notice in all {
        let (what, advice, examples) = match context.lang {
            Lang::Ja => (&notice.what_ja, &notice.advice_ja, notice.examples_ja.join("、")),
            Lang::En => (&notice.what, &notice.advice, notice.examples.join("; ")),
        };
        let of = data(Some(&notice.layer));
        let severity = page.text(&notice.severity().name());
        let said = [what.as_str(), &examples, advice].map(|said| data(Some(said)));
        page.row([severity, of, count(notice.count)].into_iter().chain(said).collect());
    }
}
