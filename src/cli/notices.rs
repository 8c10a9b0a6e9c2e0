//! How are notices told? Each kind once, the worst first, with the places where it was found.

use super::print;
use super::reader::Globals;
use super::sheet::{Sheet, severity_style};
use crate::diagnostics::Severity;
use crate::notices::Notices;
use crate::outputs::thousands;
use crate::runs::NoticeRecord;
use crate::text::{Lang, Text};

/// So many examples are named; `--verbose` and run.json name more.
const FEW: usize = 3;

/// Tells on standard error what was found of the input.
pub(super) fn tell(found: &Notices, globals: &Globals) {
    if globals.quiet {
        return;
    }
    let records: Vec<_> = found.iter().map(|(layer, kind, tally)| NoticeRecord::new(layer, kind, tally)).collect();
    let mut sheet = Sheet::new();
    write(&mut sheet, &records, globals.verbose);
    let text = sheet.finish();
    if !text.is_empty() {
        print::aside(text);
    }
}

/// Writes the notices, those that are only for information where everything is wanted.
pub(super) fn write(sheet: &mut Sheet, found: &[NoticeRecord], everything: bool) {
    let mut kinds: Vec<Vec<&NoticeRecord>> = Vec::new();
    for notice in found.iter().filter(|notice| everything || notice.severity() < Severity::Info) {
        match kinds.iter_mut().find(|kind| (&kind[0].id, &kind[0].what) == (&notice.id, &notice.what)) {
            Some(kind) => kind.push(notice),
            None => kinds.push(vec![notice]),
        }
    }
    kinds.sort_by_key(|kind| kind[0].severity());
    for kind in kinds {
        one(sheet, &kind, everything);
    }
}

/// One kind of notice, wherever it was found.
fn one(sheet: &mut Sheet, places: &[&NoticeRecord], everything: bool) {
    let Some(first) = places.first() else { return };
    let (severity, style) = (first.severity().name(), severity_style(first.severity()));
    let count = thousands(places.iter().map(|notice| notice.count).sum());
    let layers: Vec<&str> = places.iter().map(|notice| notice.layer.as_str()).collect();
    let layers = layers.join(", ");
    let (what, what_ja) = (&first.what, first.what_ja.trim_end_matches('。'));
    sheet.say(
        0,
        &Text {
            ja: format!("{style}{}{style:#} [{layers}] {what_ja}（{count}件）", severity.ja).into(),
            en: format!("{style}{}{style:#} [{layers}] {count} {what}", severity.en).into(),
        },
    );
    for notice in places {
        examples(sheet, notice, places.len() > 1, everything);
    }
    if !first.advice.is_empty() {
        sheet.say(4, &Text { ja: format!("→ {}", first.advice_ja).into(), en: format!("→ {}", first.advice).into() });
    }
}

/// The first few of a place.
fn examples(sheet: &mut Sheet, notice: &NoticeRecord, is_named: bool, everything: bool) {
    let all = match sheet.lang {
        Lang::Ja => &notice.examples_ja,
        Lang::En => &notice.examples,
    };
    let shown = if everything { all.len() } else { FEW.min(all.len()) };
    let mut line = all[..shown].join(if sheet.lang == Lang::Ja { "、" } else { "; " });
    if (shown as u64) < notice.count && shown > 0 {
        line.push_str(" …");
    }
    if is_named {
        let count = thousands(notice.count);
        line = format!("[{}] {count}: {line}", notice.layer);
    }
    sheet.say(4, &Text::from(line));
}
