//! Cadastral maps of the registry offices (登記所備付地図データ) in the XML of the Ministry of Justice (地図XML): one
//! sheet a file, parcels (筆) with their numbers (地番).
//!
//! Written after the published files themselves, version 1.0. A sheet is either on a plane rectangular system (公共座標)
//! or in coordinates of its own (任意座標系), in which case nothing says where on the earth it lies.

mod join;
mod layer;
mod parcel;
mod parcels;
mod sheet;
mod spatial;
#[cfg(test)]
mod tests;

use super::format::{Format, Input};
use super::xml;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

pub(super) const FORMAT: Format = Format {
    name: words!("地図XML（登記所備付地図）", "MOJ map XML"),
    extensions: &["xml"],
    recognise,
    read: layer::read,
    open_parcels: Some(parcels::open),
};

static ARBITRARY: NoticeKind = NoticeKind {
    id: "moj-arbitrary-system",
    severity: Severity::Skipped,
    what: Text::new(
        "任意座標系の図面に描かれた筆があります。位置が分からないため使いません。",
        "parcels 筆 are drawn in a system of their sheet alone (任意座標系), which has no place on the earth",
    ),
    advice: Some(Text::new(
        "市区町村の地番図など、別の資料を使ってください。",
        "take them from another source, such as the municipality's own parcel map (地番図)",
    )),
};

static NOT_PARCELS: NoticeKind = NoticeKind {
    id: "moj-outside-the-sheet",
    severity: Severity::Skipped,
    what: Text::new(
        "図面に筆でない区域があります（地区外は調査した地区の外、別図は別の図面に描かれた土地です）。",
        "areas of a sheet are no parcels: 地区外 lies outside the surveyed district, 別図 is drawn on another sheet",
    ),
    advice: Some(Text::new(
        "筆が足りないようなら、周りの図面を加えてください。",
        "add the sheets around it, where parcels seem to be missing",
    )),
};

static NO_DATUM: NoticeKind = NoticeKind {
    id: "moj-datum-unknown",
    severity: Severity::Warning,
    what: Text::new(
        "測地系判別のない図面があります。JGD2011とみなしました。",
        "sheets do not say on which datum they are (測地系判別) and were taken to be on JGD2011",
    ),
    advice: Some(Text::new(
        "地図と見比べてください。旧日本測地系なら約400 mずれます。",
        "compare with a map: one on the old Tokyo datum lies about 400 m off",
    )),
};

static GAPS: NoticeKind = NoticeKind {
    id: "moj-open-boundary",
    severity: Severity::Mended,
    what: Text::new(
        "筆界の線がつながっていない筆があります。直線でつなぎました。",
        "boundaries of parcels consist of lines that do not meet; a straight line joins them",
    ),
    advice: Some(Text::new("これらの筆を地図と見比べてください。", "compare these parcels with a map")),
};

/// The root of a sheet and its namespace.
fn recognise(input: &Input<'_>) -> bool {
    const NAMESPACE: &[u8] = b"http://www.moj.go.jp/MINJI/tizuxml";
    let root = xml::root(&input.bytes).unwrap_or_default();
    let tag = &root[..memchr::memchr(b'>', root).unwrap_or(0)];
    memchr::memmem::find(tag, NAMESPACE).is_some()
}
