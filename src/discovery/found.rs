//! A project at a path, whether somebody wrote its file or nobody did.

use std::path::Path;

use super::{Discovery, discover};
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::layers::LayerKey;
use crate::project::{FILE_NAME, Project, ProjectError};
use crate::text::Text;

/// A project, and what it was found by where no file says it.
#[derive(Debug)]
pub struct ProjectAt {
    /// The project.
    pub project: Project,
    /// What was found in the folder; `None` where a file was read.
    pub discovery: Option<Discovery>,
}

/// Opens a project file, or the one in a folder; of a folder without one, what is found in it.
///
/// # Errors
/// What is wrong with the file, or that nothing in the folder was recognised as the parcels. `tell` has seen by then what was found.
pub fn open(path: &Path, tell: impl FnOnce(&Discovery)) -> Result<ProjectAt, Vec<Diagnostic>> {
    let told = |error: &dyn Diagnose| error.diagnostics();
    match Project::open(path) {
        Err(ProjectError::NoProjectFile { folder }) => {
            let found = discover(&folder).map_err(|error| told(&error))?;
            tell(&found);
            if found.taken(LayerKey::Parcels).next().is_none() {
                return Err(vec![no_parcels().at(folder.display())]);
            }
            let project = found.project().map_err(|error| told(&error))?;
            Ok(ProjectAt { project, discovery: Some(found) })
        }
        other => Ok(ProjectAt { project: other.map_err(|error| told(&error))?, discovery: None }),
    }
}

fn no_parcels() -> Diagnostic {
    Diagnostic::error(
        "no-parcels-found",
        Text::new(
            "筆（敷地）のファイルを見分けられませんでした。",
            "no file in it was recognised as the parcels (筆・敷地)",
        ),
    )
    .help(text!(
        "parcels.geojson のような名前にするか、{FILE_NAME} に書いてください。{FILE_NAME} は `kyoten init` で作れます。",
        "give the file a name such as parcels.geojson, or name it in a {FILE_NAME}: `kyoten init` writes one"
    ))
}
