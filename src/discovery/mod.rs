//! What is in this folder? Downloads → a project: each file recognised, the layers chosen, `kyoten.toml` written for them.
//!
//! Nothing is taken that a planner would have to decide: a file that can be a layer but may be something else is named
//! with the reason, as a comment of the project file. What a file is recognised by stands in
//! [`crate::layers::publications`].

mod choose;
mod document;
mod finding;
mod found;
mod grids;
mod inspect;
mod municipality;
mod place;

use std::path::{Path, PathBuf};

use crate::criteria::{Criterion, default_rules};
use crate::inputs::{InputError, files_of_folder};
use crate::layers::{BACKDROP, BACKDROP_TITLE, LAYERS, LayerKey, LayerKind};
use crate::project::{FILE_NAME, Project, ProjectError};
use crate::text::{Lang, Text};

pub use finding::{Decision, Finding};
pub use found::{ProjectAt, open};
pub use grids::GridFound;
pub use inspect::{CrsSeen, FieldSeen, Inspection, ProblemSeen, TakenFor, inspect};

/// What a folder holds, file by file, and what is made of it.
#[derive(Debug)]
pub struct Discovery {
    /// The folder.
    pub folder: PathBuf,
    /// Every file that was looked at, in the order of their paths; with what was decided about it.
    pub findings: Vec<Finding>,
    /// Folders and archives with timetables.
    pub timetables: Vec<PathBuf>,
    /// Grids of shifts from older datums.
    pub grids: Vec<GridFound>,
    /// Files that were not looked at, and why.
    pub left: Vec<(PathBuf, Text)>,
    /// The municipality's code, and where it was found.
    pub municipality: Option<(String, Text)>,
    /// What leads from the project file to the folder: nothing where it stands in it, else a path with `/` behind it.
    way: String,
}

/// Looks through a folder, its folders and archives, and decides what each file is.
///
/// Files are read once, in parallel; a million parcels take about a second.
///
/// # Errors
/// Where the folder cannot be read. A file that cannot is a finding.
pub fn discover(folder: &Path) -> Result<Discovery, InputError> {
    let files = files_of_folder(folder)?;
    let mut findings = finding::look_at(folder, files.layers)?;
    let municipality = municipality::find(folder, &findings);
    choose::choose(&mut findings);
    let (grids, no_grids) = grids::look_at(files.grids);
    let mut left = files.left;
    left.extend(no_grids);
    left.sort();
    Ok(Discovery {
        folder: folder.to_owned(),
        findings,
        timetables: files.timetables,
        grids,
        left,
        municipality: municipality.map(|found| (found.code, found.found_in)),
        way: String::new(),
    })
}

impl Discovery {
    /// The files that were taken for a layer.
    pub fn taken(&self, layer: LayerKey) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.decision == Decision::Taken(layer))
    }

    /// The layer whose files fill this one as well, which has none of its own.
    #[must_use]
    pub fn filled_by(&self, layer: LayerKey) -> Option<LayerKey> {
        self.findings.iter().find_map(|finding| {
            let Decision::Taken(key) = finding.decision else { return None };
            let fills = finding.recognised?.publication.fills;
            fills.iter().any(|(filled, _)| *filled == layer).then_some(key)
        })
    }

    /// The files that may be a layer, if a person says so, with the reason to ask.
    pub fn possible(&self, layer: LayerKey) -> impl Iterator<Item = (&Finding, &Text)> {
        self.findings.iter().filter_map(move |finding| match &finding.decision {
            Decision::Possible(key, reason) if *key == layer => Some((finding, reason)),
            _ => None,
        })
    }

    /// The files that are drawn under maps and are no layer.
    pub fn drawn(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.decision == Decision::Drawn)
    }

    /// The files that may be drawn under maps, if a person says so, with the reason to ask.
    pub fn may_be_drawn(&self) -> impl Iterator<Item = (&Finding, &Text)> {
        self.findings.iter().filter_map(|finding| match &finding.decision {
            Decision::MayBeDrawn(reason) => Some((finding, reason)),
            _ => None,
        })
    }

    /// The layers that no file was found for and that would settle something.
    #[must_use]
    pub fn missing(&self) -> Vec<LayerKey> {
        let known = self.municipality.is_some();
        // Without timetables somebody has to say how often it stops.
        let has_no_service = |key: LayerKey| key == LayerKey::Peaks && self.timetables.is_empty();
        let asked: Vec<LayerKey> = default_rules().criteria.iter().flat_map(Criterion::layers).collect();
        let is_missed = |kind: &LayerKind| {
            kind.wanted.is_missed(known) && (asked.contains(&kind.key) || kind.key == LayerKey::Parcels)
        };
        let missed = |kind: &&LayerKind| is_missed(kind) || has_no_service(kind.key);
        let keys = LAYERS.iter().filter(missed).map(|kind| kind.key);
        keys.filter(|&key| self.taken(key).next().is_none()).collect()
    }

    /// The text of a `kyoten.toml` for the folder, with comments in a reader's language on what was found and what was not.
    #[must_use]
    pub fn project_file(&self, lang: Lang) -> String {
        document::text(self, lang)
    }

    /// The project that [`Discovery::project_file`] describes; what was left stands in it too, so that a run tells it.
    ///
    /// # Errors
    /// [`ProjectError::Settings`] where no file was taken for the parcels.
    pub fn project(&self) -> Result<Project, ProjectError> {
        let mut project = Project::parse(&self.project_file(Lang::En), &self.folder.join(FILE_NAME))?;
        project.is_found = true;
        let told = self.findings.iter().filter_map(|finding| match &finding.decision {
            Decision::Left(reason) => Some((finding.path.clone(), reason.clone())),
            Decision::Possible(layer, reason) => {
                let layer = Text { ja: layer.kind().title.ja.clone(), en: layer.name().into() };
                Some((finding.path.clone(), may_be(layer, reason)))
            }
            Decision::MayBeDrawn(reason) => {
                let layer = Text { ja: BACKDROP_TITLE.ja, en: BACKDROP.into() };
                Some((finding.path.clone(), may_be(layer, reason)))
            }
            Decision::Taken(_) | Decision::Drawn => None,
        });
        let left = self.left.iter().map(|(path, reason)| (path.clone(), reason.clone()));
        let waiting = self.grids.iter().filter_map(|grid| Some((grid.path.clone(), grid.waits.clone()?)));
        project.left = told.chain(waiting).chain(left).collect();
        Ok(project)
    }

    /// Lets the project file stand in another folder: its paths lead from there.
    pub fn stand_in(&mut self, place: &Path) {
        let whole = |path: &Path| {
            let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
            path.canonicalize().unwrap_or_else(|_| path.to_owned())
        };
        let (place, folder) = (whole(place), whole(&self.folder));
        let way = with_slashes(&folder.strip_prefix(&place).unwrap_or(&folder).to_string_lossy());
        self.way = if way.is_empty() { way } else { format!("{way}/") };
    }

    /// A path as it is written in the project file.
    #[must_use]
    pub fn name_in_file(&self, path: &Path) -> String {
        format!("{}{}", self.way, self.name_of(path))
    }

    /// A path as it is written from the folder, with `/` on every system.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> String {
        let inner = path.strip_prefix(&self.folder).unwrap_or(path);
        inner.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

fn may_be(layer: Text, reason: &Text) -> Text {
    text!("{layer}かもしれません: {reason}", "it may be {layer}: {reason}", layer = layer, reason = reason.clone())
}

/// A path with `/` between its parts. What Windows gives as the whole path begins with `\\?\`, which is no beginning once its
/// backslashes are none.
fn with_slashes(path: &str) -> String {
    let (beginning, rest) = match path.strip_prefix(r"\\?\") {
        Some(rest) => rest.strip_prefix(r"UNC\").map_or(("", rest), |server| ("//", server)),
        None => ("", path),
    };
    format!("{beginning}{}", rest.replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::with_slashes;

    #[test]
    fn the_whole_path_of_windows_can_be_written_with_slashes() {
        for (path, written) in [
            (r"\\?\C:\データ\a", "C:/データ/a"),
            (r"\\?\UNC\server\計画課\a", "//server/計画課/a"),
            (r"a\b", "a/b"),
            ("/home/a", "/home/a"),
        ] {
            assert_eq!(with_slashes(path), written);
        }
    }
}
