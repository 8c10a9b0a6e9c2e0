//! Centres that the planner gives and that belong to no zone.

use super::Preflight;
use crate::layers::LayerKey;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Centres outside all zones.
static NO_ZONE: NoticeKind = NoticeKind {
    id: "hub-centre-in-no-zone",
    severity: Severity::Warning,
    what: Text::new(
        "どの中心拠点区域にも入らない中心があり、使いませんでした。",
        "centre(s) lie in no central zone, and mean nothing",
    ),
    advice: Some(Text::new(
        "`hub_centres` の点は、中心とする中心拠点区域の中に置いてください。区域は zones.geojson にあります。",
        "put the points of `hub_centres` into the central zones whose centres they are; zones.geojson has these",
    )),
};

/// Tells of centres that lie in no zone, not even in one that is only possible or expected.
pub(super) fn outside_every_zone(flight: &Preflight<'_>, notices: &mut Notices) {
    let Some(centres) = flight.opened.city.hub_centres() else { return };
    let with_centres = flight.rules().zones().filter(|zone| zone.rule().centres == Some(LayerKey::HubCentres));
    let pieces: Vec<_> = with_centres.filter_map(|zone| flight.assessor.pieces.get(zone.id())).collect();
    if pieces.is_empty() {
        return;
    }
    let zones: Vec<_> = pieces.iter().flat_map(|pieces| &pieces.each).map(|zone| zone.region.index()).collect();
    for (number, &centre) in (1..).zip(centres) {
        if !zones.iter().any(|zone| zone.contains(centre)) {
            let example = text!("{number}番目の点", "point {number}");
            notices.add(LayerKey::HubCentres.name(), &NO_ZONE, example);
        }
    }
}
