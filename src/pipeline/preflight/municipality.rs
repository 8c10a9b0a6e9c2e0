//! A municipality's code that boundaries contradict: the code of another place, or the boundaries of one.

use super::Preflight;
use crate::geometry::Bounds;
use crate::layers::{LayerKey, Municipality, wards};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// How many other codes are named.
const SHOWN: usize = 5;

/// The project's code is not among those of the boundaries that the parcels lie in.
static CONTRADICTED: NoticeKind = NoticeKind {
    id: "municipality-contradicted",
    severity: Severity::Warning,
    what: Text::new(
        "プロジェクトの `municipality` が、レイヤー `municipalities` の境界と合いません。筆は、境界ではほかの市区町村にあります。",
        "code(s) of the project that the boundaries contradict: by these the parcels lie in other municipalities",
    ),
    advice: Some(Text::new(
        "境界のある土地は境界で、ほかの土地は `municipality` で判定しました。どちらが正しいか確かめてください。",
        "the boundaries decide for the land that they cover, the code for the rest: see which of them is right",
    )),
};

/// Tells of a code that the boundaries do not have where the parcels are, but others.
pub(super) fn contradicted(flight: &Preflight<'_>, notices: &mut Notices) {
    let city = &flight.opened.city;
    let (Some(code), Some(boundaries)) = (city.municipality.as_deref(), city.municipalities()) else { return };
    if flight.parcels.is_empty() {
        return;
    }
    let around = around_parcels(boundaries, &flight.parcels);
    let is_same = |there: &&str| wards::belongs_to(there, code) || wards::belongs_to(code, there);
    if around.is_empty() || around.iter().any(is_same) {
        return;
    }
    let mut there: Vec<&str> = around.into_iter().take(SHOWN + 1).collect();
    if there.len() > SHOWN {
        there[SHOWN] = "…";
    }
    let (ja, en) = (there.join("、"), there.join(", "));
    let there = Text { ja: ja.into(), en: en.into() };
    let example = text!("{code}（境界にあるのは{there}）", "{code}; the boundaries have {there}", there = there);
    notices.add(LayerKey::Municipalities.name(), &CONTRADICTED, example);
}

/// The codes of the municipalities whose boxes meet that of the parcels.
fn around_parcels<'a>(boundaries: &'a [Municipality], parcels: &Bounds) -> Vec<&'a str> {
    let meets = |one: &&Municipality| one.shapes.iter().any(|shape| shape.bounds().meets(parcels));
    boundaries.iter().filter(meets).map(|one| one.code.as_str()).collect()
}
