//! What does a run tell of a study beside its parcels? Its layers, its timetables, and what was noticed when they were read.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::geometry::Bounds;
use crate::layers::{LayerKey, LayerReport};
use crate::notices::Notices;
use crate::transit::ToldTimetables;

/// What is told of a study.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Told {
    /// The folder of the project, as it was given: where the paths begin that are told.
    pub base: String,
    /// What is said of every layer but the parcels.
    pub layers: Vec<LayerReport>,
    /// The layers of another place, which say nothing of the parcels, with the boxes around them.
    pub elsewhere: BTreeMap<LayerKey, Bounds>,
    /// What is said of timetables.
    pub timetables: ToldTimetables,
    /// What was noticed of the layers, and of how they fit together.
    pub notices: Notices,
}

impl Told {
    /// The same where the project's folder is called otherwise: from elsewhere, or moved.
    #[must_use]
    pub fn from_folder(mut self, base: &Path) -> Self {
        let (from, to) = (self.base.clone(), base.display().to_string());
        if from == to {
            return self;
        }
        let moved = |text: &str| moved(text, &from, &to);
        for file in self.layers.iter_mut().flat_map(|layer| &mut layer.files) {
            if let Ok(inner) = file.source.path.strip_prefix(&from) {
                file.source.path = base.join(inner);
            }
            file.crs.iter_mut().flat_map(|crs| &mut crs.grids).for_each(|grid| *grid = moved(grid));
        }
        self.timetables.feeds.iter_mut().for_each(|feed| feed.path = moved(&feed.path));
        Self { base: to.clone(), notices: self.notices.with_examples(moved), ..self }
    }
}

/// A text in which paths of a folder are those of another. A path begins at the beginning of a word.
fn moved(text: &str, from: &str, to: &str) -> String {
    let (from, to) = (format!("{from}{}", std::path::MAIN_SEPARATOR), format!("{to}{}", std::path::MAIN_SEPARATOR));
    let (mut rest, mut moved) = (text, String::new());
    while let Some(at) = rest.find(&from) {
        let (before, after) = rest.split_at(at);
        let goes_on = |sign: char| sign.is_alphanumeric() || "._-/\\~".contains(sign);
        let is_within = before.chars().next_back().or(moved.chars().next_back()).is_some_and(goes_on);
        moved.push_str(before);
        moved.push_str(if is_within { &from } else { &to });
        rest = &after[from.len()..];
    }
    moved + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_other_folder_and_nothing_else_is() {
        for (text, told) in [
            ("./a.shp", "/city/a.shp"),
            ("“./a.shp” and ./b.shp（./c）", "“/city/a.shp” and /city/b.shp（/city/c）"),
            ("../a.shp, v1./x", "../a.shp, v1./x"),
            ("東京", "東京"),
        ] {
            assert_eq!(moved(text, ".", "/city"), told);
        }
        assert_eq!(moved("x/city/a", "x/city", "y"), "y/a");
    }
}
