//! Zones that a plan has set: do others look at them, is each of them one, and does it meet what its kind asks?

use super::Preflight;
use crate::assess::{Groundwork, set_by};
use crate::criteria::Zone;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Shape, Shapes};
use crate::layers::LayerKey;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::queries::standings_of;
use crate::regions::Region;
use crate::text::Text;
use crate::verdicts::Status;
use crate::zones::MIN_ZONE;

/// A layer of set zones at which the rules do not look.
static NOT_USED: NoticeKind = NoticeKind {
    id: "set-zones-not-used",
    severity: Severity::Warning,
    what: Text::new(
        "計画で設定した区域のレイヤーがありますが、このルールには、それを見る条件がありません。",
        "layer(s) of zones that the plan has set, at which no criterion of the rules looks",
    ),
    advice: Some(Text::new(
        "区域が条件を満たすかは `kyoten assess` で確かめられます。",
        "`kyoten assess` says whether such zones meet what is asked",
    )),
};

/// What is too small to be a zone.
static TOO_SMALL: NoticeKind = NoticeKind {
    id: "set-zone-too-small",
    severity: Severity::Warning,
    what: Text::new(
        "計画で設定した区域に、100 m²未満の部分があり、区域として使いませんでした。",
        "part(s) of the zones that the plan has set are below 100 m², and are not used as zones",
    ),
    advice: Some(Text::new("地図で形を確かめてください。", "look at their shapes on a map")),
};

/// A set zone that is none by the rules.
static NOT_MET: NoticeKind = NoticeKind {
    id: "set-zone-not-met",
    severity: Severity::Warning,
    what: Text::new(
        "計画で設定した区域に、条件を満たさないものがあります。設定したとおりに使いました。",
        "zone(s) that the plan has set do not meet what is asked of them; they are used as they are set",
    ),
    advice: Some(Text::new(
        "どの部分が満たさないかは `kyoten assess` で確かめられます。",
        "`kyoten assess` says which parts of them do not",
    )),
};

/// Tells of set zones that do not do what their planner may think.
pub(in crate::pipeline) fn set_zones(flight: &Preflight<'_>, work: &Groundwork<'_>, notices: &mut Notices) {
    let (city, rules) = (&flight.opened.city, flight.rules());
    let layer = LayerKey::CentralZones;
    let sets = |zone: Zone| zone.rule().set_by == Some(layer) && rules.is_looked_at(zone);
    if (city.area(layer).is_some() || city.area_in_part(layer).is_some()) && !rules.zones().any(sets) {
        notices.add(layer.name(), &NOT_USED, rules.set.id);
    }
    for zone in rules.zones().filter(|zone| rules.is_looked_at(*zone)) {
        if let Some(layer) = set_by(zone, city) {
            of_kind(zone, layer, flight, work, notices);
        }
    }
}

/// The same of one kind of zone.
fn of_kind(zone: Zone, layer: LayerKey, flight: &Preflight<'_>, work: &Groundwork<'_>, notices: &mut Notices) {
    let city = &flight.opened.city;
    let given: Vec<&Shapes> = city.area(layer).or_else(|| city.area_in_part(layer)).into_iter().collect();
    let set = Region::union_of(&given);
    let mut zones = Shapes::default();
    for piece in set.pieces().into_iter().flat_map(Shapes::iter) {
        if city.scale.ground_area(area(&piece), centroid(&piece).unwrap_or_default()) >= MIN_ZONE {
            zones.push(&piece);
        } else {
            notices.add(layer.name(), &TOO_SMALL, place(&piece, flight));
        }
    }
    let standings = standings_of(&zones, zone, work, flight.assessor);
    for (piece, (status, fails)) in zones.iter().zip(standings) {
        if status == Status::Ineligible {
            let (at, fails) = (place(&piece, flight), fails.join(", "));
            notices.add(layer.name(), &NOT_MET, text!("{at}、{fails}", "{at}: {fails}", at = at));
        }
    }
}

/// Where a piece is, for a reader.
fn place(piece: &Shape<'_>, flight: &Preflight<'_>) -> Text {
    let [lon, lat] = flight.opened.from_plane.lon_lat(centroid(piece).unwrap_or_default());
    text!("東経{lon:.5}°、北緯{lat:.5}°", "{lon:.5}°E {lat:.5}°N")
}
