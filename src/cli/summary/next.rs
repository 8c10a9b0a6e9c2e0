//! What to do next: what would settle most, what to look at, how to see the map.

use std::path::Path;

use super::reasons::{reasons, settled_by};
use crate::cli::sheet::Sheet;
use crate::diagnostics::Severity;
use crate::outputs::names::{MAP, MAP_TILES};
use crate::pipeline::Report;
use crate::text::Text;

/// Numbered steps, the weightiest first.
pub(super) fn steps(sheet: &mut Sheet, report: &Report) {
    let most = settles_most(report);
    // Each thing once: where the kind settles most, that says it.
    let kind = says_the_kind(report).filter(|_| most.as_ref().is_none_or(|most| !most.en.contains("`planned_kind`")));
    let steps = [looks_at_the_input(report), most, kind, sees_the_map(report)];
    sheet.heading(&Text::new("次にすること", "What to do next"));
    for (number, step) in steps.into_iter().flatten().enumerate() {
        let number = number + 1;
        sheet.say(2, &step.map(|step| format!("{number}. {step}")));
    }
    sheet.blank();
}

/// What was skipped or mended decides whether the rest can be trusted.
fn looks_at_the_input(report: &Report) -> Option<Text> {
    let kinds = report.record.notices.iter().filter(|notice| notice.severity() <= Severity::Mended).count();
    (kinds > 0).then(|| {
        text!(
            "読み飛ばし・補修のあった入力（下の{kinds}種類）を確かめてください。",
            "look at what was skipped or mended of the input ({kinds} kinds, below)"
        )
    })
}

/// What keeps most parcels open.
fn settles_most(report: &Report) -> Option<Text> {
    let open = reasons(report.rules.set).map(|reason| {
        let parcels = report.record.open.iter().filter_map(|(_, open)| open.get(reason.id())).sum::<u64>();
        (parcels, reason)
    });
    let (_, reason) = open.filter(|(parcels, _)| *parcels > 0).max_by_key(|(parcels, _)| *parcels)?;
    Some(text!(
        "判定不能を最も減らすもの: {settled_by}",
        "what settles most: {settled_by}",
        settled_by = settled_by(reason, report)
    ))
}

/// Without the planned kind no site is clear of the same kind.
fn says_the_kind(report: &Report) -> Option<Text> {
    let record = &report.record;
    (record.facility_pairs_too_close.is_some() && record.project.planned_kind.is_none()).then(|| {
        Text::new(
            "計画する施設の種別を kyoten.toml の `planned_kind` に書いてください。",
            "say the planned kind of facility in kyoten.toml: `planned_kind`",
        )
    })
}

/// A page that has files beside it is shown by a server only.
fn sees_the_map(report: &Report) -> Option<Text> {
    let named = |name: &str| report.files.iter().find(|path| path.file_name().is_some_and(|file| file == name));
    let page = named(MAP)?;
    let folder = page.parent().unwrap_or(Path::new(".")).display();
    let page = page.display();
    Some(if named(MAP_TILES).is_some() {
        text!("地図を見る: kyoten serve {folder}", "the map: kyoten serve {folder}")
    } else {
        text!("地図を見る: {page} をブラウザーで開く", "the map: open {page} in a browser")
    })
}
