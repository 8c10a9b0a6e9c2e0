//! What are the words of columns called?

use crate::criteria::{Rules, Zone};
use crate::layers::{BACKDROP, BACKDROP_TITLE, LAYERS, SUPPOSED};
use crate::outputs::workbook::meets;
use crate::regions::Certainty;
use crate::text::{Lang, Text};

/// The name of a zone.
pub(super) fn zone(rules: &Rules, id: &str) -> Text {
    rules.set.zone(id).map_or_else(|| Text::from(id), Zone::name)
}

/// The name of a criterion.
pub(super) fn criterion(rules: &Rules, id: &str) -> Text {
    rules.set.criterion(id).map_or_else(|| Text::from(id), |one| one.name.clone())
}

/// The name of a layer; beside those of today stand those that are expected and those of a what-if.
pub(super) fn layer(key: &str) -> Text {
    let (bare, expected, supposed) = match (key.strip_prefix("prospective."), key.strip_prefix(SUPPOSED)) {
        (Some(bare), _) => (bare, true, false),
        (_, Some(bare)) => (bare, false, true),
        _ => (key, false, false),
    };
    let title = LAYERS.iter().find(|layer| layer.name == bare).map(|layer| layer.title.clone());
    let title = title.unwrap_or_else(|| if bare == BACKDROP { BACKDROP_TITLE } else { Text::from(bare) });
    match (expected, supposed) {
        (true, _) => title.with("（見込み）", " (expected)"),
        (_, true) => title.with("（想定）", " (what-if)"),
        _ => title,
    }
}

/// A word of a column of a product; `None` where it is a name out of the data.
pub(super) fn word(rules: &Rules, column: &str, word: &str, lang: Lang) -> Option<String> {
    let said = match (column, word) {
        ("zone", id) => zone(rules, id),
        ("meets_as_a_whole", word) => meets(word)?,
        ("whole_fails", ids) => Text::list(&ids.split(',').map(|id| criterion(rules, id)).collect::<Vec<_>>()),
        ("kind", "rail") => Text::new("鉄道駅", "station"),
        ("kind", "tram") => Text::new("電停", "tram stop"),
        ("kind", "bus") => Text::new("バス停", "bus stop"),
        ("source", "layer") => Text::new("レイヤー", "layer"),
        ("source", "timetable") => Text::new("時刻表", "timetable"),
        ("source", "scenario") => Text::new("想定", "what-if"),
        ("frequent" | "connects", word) => {
            let all = [Certainty::No, Certainty::Possible, Certainty::Expected, Certainty::Sure];
            certainty(all.into_iter().find(|one| one.id() == word)?)
        }
        _ => return None,
    };
    Some(said.get(lang).to_owned())
}

/// Whether a stop is what is asked for.
fn certainty(certainty: Certainty) -> Text {
    match certainty {
        Certainty::No => Text::new("満たさない", "no"),
        Certainty::Possible => Text::new("分からない", "not known"),
        Certainty::Expected => Text::new("見込みで満たす", "as expected"),
        Certainty::Sure => Text::new("満たす", "yes"),
    }
}
