//! A project at a path, whether somebody wrote its file or nobody did.

use std::path::Path;

use super::{Decision, Discovery, Finding, discover};
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::layers::{LayerKey, Recognised, Use, recognise};
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
                return Err(no_parcels(&found));
            }
            let project = found.project().map_err(|error| told(&error))?;
            Ok(ProjectAt { project, discovery: Some(found) })
        }
        other => Ok(ProjectAt { project: other.map_err(|error| told(&error))?, discovery: None }),
    }
}

/// Why there are no parcels: what is wrong with the file that its name or fields promise them of, else that there is none.
fn no_parcels(found: &Discovery) -> Vec<Diagnostic> {
    let promised = found.findings.iter().find(|finding| finding.recognised.is_some_and(|it| is_parcels(&it)));
    if let Some(Finding { look: Err(error), .. }) = promised {
        return error.diagnostics();
    }
    let looked_at = promised.and_then(|finding| match &finding.decision {
        Decision::Left(reason) => Some((&finding.path, reason)),
        _ => None,
    });
    let by_name = |path: &Path| recognise(path, []).is_some_and(|it| is_parcels(&it));
    let left = || found.left.iter().find(|(path, _)| by_name(path)).map(|(path, reason)| (path, reason));
    vec![match looked_at.or_else(left) {
        Some((path, reason)) => unfit(path, reason),
        None => unknown().at(found.folder.display()),
    }]
}

fn is_parcels(recognised: &Recognised) -> bool {
    matches!(recognised.publication.use_as, Use::Layer(LayerKey::Parcels, _))
}

fn unfit(path: &Path, reason: &Text) -> Diagnostic {
    Diagnostic::error(
        "parcels-not-usable",
        text!(
            "筆（敷地）のファイルのようですが、使えません（{reason}）。",
            "promises the parcels (筆・敷地) and cannot be used: {reason}",
            reason = reason.map(|reason| reason.trim_end_matches('。').to_owned())
        ),
    )
    .at(path.display())
    .help(text!(
        "筆のポリゴンが入ったファイルに替えるか、ほかのファイルを使うなら {FILE_NAME} に書いてください。{FILE_NAME} は `kyoten init` で作れます。",
        "put a file with the polygons of the parcels in its place, or name another one in a {FILE_NAME}: `kyoten init` writes one"
    ))
}

fn unknown() -> Diagnostic {
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
