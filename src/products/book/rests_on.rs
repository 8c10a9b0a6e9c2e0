//! The last page: criteria with their numbers and sources, what was set aside, expected and supposed, and the files.

use super::super::sources::{kind, known, name, year};
use super::page::{Page, count, data};
use super::{BookContext, words};
use crate::criteria::{Criterion, Zone, page as criteria_page};
use crate::layers::title_of;
use crate::outputs::workbook::{SheetCell, SheetTable};
use crate::runs::FileRecord;
use crate::text::{Lang, Text};

pub(super) fn rests_on(context: &BookContext<'_>) -> SheetTable {
    let mut page = Page::new(context.lang);
    page.title(Text::new("条件と資料", "criteria and sources").get(context.lang).to_owned());
    criteria(&mut page, context);
    set_aside(&mut page, context);
    files(&mut page, context);
    timetables(&mut page, context);
    missing(&mut page, context);
    page.sheet(&Text::new("条件と資料", "criteria and sources"), &[])
}

/// What every zone asks for.
fn criteria(page: &mut Page, context: &BookContext<'_>) {
    page.heading(&Text::new("条件", "criteria"));
    page.heads(&[
        Text::new("区域", "zone"),
        Text::new("条件", "criterion"),
        Text::new("内容", "what it asks"),
        Text::new("根拠", "source"),
        Text::new("適用除外の理由", "waived, because"),
        Text::same("ID"),
    ]);
    let of_zone = |zone: Zone| zone.criteria().map(move |id| (zone, id));
    for (zone, id) in context.rules.zones().flat_map(of_zone) {
        let Some(criterion) = context.rules.set.criterion(id) else { continue };
        let rule = Text {
            ja: criteria_page::filled(&criterion.rule.ja, &context.rules.thresholds, Lang::Ja).into(),
            en: criteria_page::filled(&criterion.rule.en, &context.rules.thresholds, Lang::En).into(),
        };
        let source = source(criterion, context).map_or(SheetCell::Blank, |source| page.text(&source));
        let waived = data(context.record.rules.waived.get(id).map(String::as_str));
        let named = [zone.name(), criterion.name.clone(), rule].map(|text| page.text(&text));
        page.row(named.into_iter().chain([source, waived, data(Some(id))]).collect());
    }
}

/// Where the document asks for it.
fn source(criterion: &Criterion, context: &BookContext<'_>) -> Option<Text> {
    let place = criterion.source.as_ref()?;
    Some(match &context.rules.set.source {
        Some(document) => document.with(&place.ja, &format!(", {}", place.en)),
        None => place.clone(),
    })
}

/// Which parcels were asked about, waivers, expectations and what is supposed.
fn set_aside(page: &mut Page, context: &BookContext<'_>) {
    let record = context.record;
    if let Some(selection) = &record.selection {
        page.heading(&Text::new("筆の選択", "selection of parcels"));
        page.fact(&Text::new("条件", "asked for"), data(Some(&selection.asked())));
        page.fact(&Text::new("入力の筆数", "parcels of the input"), count(selection.of));
    }
    if !record.rules.waived.is_empty() {
        page.heading(&Text::new("適用除外", "waived"));
        for (id, reason) in &record.rules.waived {
            page.fact(&words::criterion(context.rules, id), data(Some(reason)));
        }
    }
    if !record.expectations.is_empty() {
        page.heading(&Text::new("見込み", "expectations"));
        for expected in &record.expectations {
            page.fact(&title_of(&expected.layer), data(Some(&expected.note)));
        }
    }
    if let Some(scenario) = &record.scenario {
        page.heading(&Text::new("想定", "what-if"));
        page.fact(&Text::new("想定", "what-if"), data(Some(&scenario.note)));
    }
}

/// The files that were read.
fn files(page: &mut Page, context: &BookContext<'_>) {
    page.heading(&Text::new("入力ファイル", "input files"));
    page.heads(&[
        Text::new("レイヤー", "layer"),
        Text::new("ファイル", "file"),
        Text::new("提供元", "published by"),
        Text::new("年（提供元・ファイル名から）", "year, by credit or name"),
        Text::new("座標参照系", "CRS"),
        Text::new("地物数", "features"),
        Text::new("レイヤーで使った数", "used of the layer"),
        Text::new("備考", "note"),
        Text::same("SHA-256"),
    ]);
    for input in &context.record.inputs {
        let publisher = kind(&input.layer).map(|kind| kind.published_by.clone());
        for (at, file) in input.files.iter().enumerate() {
            let name = name(&file.path);
            let crs =
                if context.lang == Lang::Ja { file.crs_ja.as_ref().or(file.crs.as_ref()) } else { file.crs.as_ref() };
            page.row(vec![
                page.text(&title_of(&input.layer)),
                data(Some(name)),
                known(file).as_ref().or(publisher.as_ref()).map_or(SheetCell::Blank, |whose| page.text(whose)),
                year(file).map_or(SheetCell::Blank, |year| SheetCell::Number(f64::from(year))),
                data(crs.map(String::as_str)),
                count(file.features as u64),
                if at == 0 { count(input.used) } else { SheetCell::Blank },
                data(input.note.as_ref().and_then(|note| note.as_deref())),
                digest(file),
            ]);
        }
    }
}

fn digest(file: &FileRecord) -> SheetCell {
    data(Some(&file.sha256))
}

/// The timetables as they were counted.
fn timetables(page: &mut Page, context: &BookContext<'_>) {
    let Some(transit) = context.record.transit.as_ref().filter(|transit| !transit.feeds.is_empty()) else { return };
    page.heading(&Text::new("時刻表", "timetables"));
    page.heads(&[
        Text::new("ファイル", "file"),
        Text::new("提供者", "publisher"),
        Text::new("版", "edition"),
        Text::new("有効期間", "valid"),
        Text::new("数えた日", "day that was counted"),
        Text::new("その日の発車数", "departures of that day"),
    ]);
    for feed in &transit.feeds {
        let valid = [&feed.valid_from, &feed.valid_to].map(|day| day.as_deref().unwrap_or_default());
        let valid = if valid == ["", ""] { String::new() } else { format!("{}–{}", valid[0], valid[1]) };
        page.row(vec![
            data(Some(name(&feed.path))),
            data(feed.publisher.as_deref()),
            data(feed.version.as_deref()),
            data(Some(&valid)),
            data(Some(&feed.service_day)),
            count(feed.departures as u64),
        ]);
    }
}

/// The layers that were not given.
fn missing(page: &mut Page, context: &BookContext<'_>) {
    if context.record.missing_layers.is_empty() {
        return;
    }
    page.heading(&Text::new("資料のないレイヤー", "layers that were not given"));
    page.heads(&[Text::new("レイヤー", "layer"), Text::new("提供元", "published by"), Text::new("キー", "key")]);
    for key in &context.record.missing_layers {
        let publisher = kind(key).map_or(SheetCell::Blank, |kind| page.text(&kind.published_by));
        page.row(vec![page.text(&title_of(key)), publisher, data(Some(key))]);
    }
}
