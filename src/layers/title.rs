//! What is a layer called, by the key that a run tells it by?

use super::{BACKDROP, BACKDROP_TITLE, EXPECTED, LAYERS, SUPPOSED};
use crate::text::Text;

/// The name of a layer by its key in a record; beside those of today stand those that are expected and those of a what-if. A layer
/// of one's own is called by its key.
#[must_use]
pub fn title_of(key: &str) -> Text {
    let (bare, more) = match (key.strip_prefix(EXPECTED), key.strip_prefix(SUPPOSED)) {
        (Some(bare), _) => (bare, Some(Text::new("（見込み）", " (expected)"))),
        (_, Some(bare)) => (bare, Some(Text::new("（想定）", " (what-if)"))),
        _ => (key, None),
    };
    let known = LAYERS.iter().find(|layer| layer.name == bare).map(|layer| layer.title.clone());
    let title = known.or((bare == BACKDROP).then_some(BACKDROP_TITLE)).unwrap_or_else(|| Text::from(bare));
    match more {
        Some(more) => title.joined("", &more),
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_of_today_of_plans_and_of_nobody_are_called_by_names() {
        for (key, ja, en) in [
            ("did", "人口集中地区", "densely inhabited districts"),
            ("prospective.did", "人口集中地区（見込み）", "densely inhabited districts (expected)"),
            (
                "scenario.urban_zone",
                "市街化区域・用途地域（想定）",
                "urbanisation promotion area or use zones (what-if)",
            ),
            ("backdrop", "背景", "backdrop"),
            ("flood", "flood", "flood"),
        ] {
            let title = title_of(key);
            assert_eq!((&*title.ja, &*title.en), (ja, en));
        }
    }
}
