//! Densely inhabited districts 人口集中地区 of one census and residents of another.

use std::collections::BTreeSet;

use crate::layers::{LayerKey, LayerReport, census_of_table, census_year};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A DID that was drawn after another census than the residents were counted in.
static OTHER_CENSUS: NoticeKind = NoticeKind {
    id: "did-of-another-census",
    severity: Severity::Warning,
    what: Text::new(
        "`census` と年の違う国勢調査によるレイヤーがあります。",
        "layer(s) of another census than the residents",
    ),
    advice: Some(Text::new(
        "制度が求めるのは直近の国勢調査です。どちらにも同じ年のファイルを指定してください。",
        "both should be of the latest census (直近の国勢調査); give the files of one year",
    )),
};

/// Tells where the years of `did` and `census` are known from the names of their files and columns, and differ.
pub(super) fn did_of_another_census(layers: &[LayerReport], notices: &mut Notices) {
    let years = |key: LayerKey| -> BTreeSet<u32> {
        let reports = layers.iter().filter(|report| report.name == key.name());
        reports.flat_map(years_of).collect()
    };
    let (did, census) = (years(LayerKey::Did), years(LayerKey::Census));
    if !did.is_empty() && !census.is_empty() && did.is_disjoint(&census) {
        let year = |year: &u32| text!("{year}年", "{year}");
        let list = |years: &BTreeSet<u32>| Text::list(&years.iter().map(year).collect::<Vec<_>>());
        let example = text!(
            "`did` は{did}、`census` は{census}",
            "`did` is of {did}, `census` of {census}",
            did = list(&did),
            census = list(&census)
        );
        notices.add(LayerKey::Did.name(), &OTHER_CENSUS, example);
    }
}

/// The census years that a layer's files and columns name.
fn years_of(report: &LayerReport) -> BTreeSet<u32> {
    let names = report.files.iter().filter_map(|file| file.source.path.file_name()?.to_str());
    let from_names = names.filter_map(census_year);
    let from_columns = report.fields.values().filter_map(|field| census_of_table(field));
    from_names.chain(from_columns).collect()
}
