//! What are the values of the columns of products called?

use crate::criteria::RuleSet;
use crate::layers::{LAYERS, StopKind};
use crate::table::Word;
use crate::text::Text;
use crate::transit::Origin;

/// The zones of a rule set.
pub(super) fn zones(set: &'static RuleSet) -> Vec<Word> {
    set.zones().map(|zone| (zone.id(), zone.name())).collect()
}

/// Its criteria.
pub(super) fn criteria(set: &'static RuleSet) -> Vec<Word> {
    set.criteria.iter().map(|criterion| (criterion.id, criterion.name.clone())).collect()
}

/// The layers.
pub(super) fn layers() -> Vec<Word> {
    LAYERS.iter().map(|layer| (layer.name, layer.title.clone())).collect()
}

/// The kinds of stops.
pub(super) fn stop_kinds() -> Vec<Word> {
    StopKind::ALL.map(|kind| (kind.id(), stop_kind(kind))).into()
}

/// A kind of stops.
pub(super) fn stop_kind(kind: StopKind) -> Text {
    match kind {
        StopKind::Rail => Text::new("鉄道駅", "station"),
        StopKind::Tram => Text::new("電停", "tram stop"),
        StopKind::Bus => Text::new("バス停", "bus stop"),
    }
}

/// Who speaks for a stop.
pub(super) fn sources() -> Vec<Word> {
    let word = |origin: Origin| match origin {
        Origin::Layer => Text::new("レイヤー", "layer"),
        Origin::Timetable => Text::new("時刻表", "timetable"),
        Origin::Scenario => Text::new("想定", "what-if"),
    };
    [Origin::Timetable, Origin::Layer, Origin::Scenario].map(|origin| (origin.id(), word(origin))).into()
}
