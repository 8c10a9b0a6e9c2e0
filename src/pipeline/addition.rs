//! How does what a query found come into the folder of a finished run? As a product with its style, listed in the run's record, and in the page
//! of the run and its project for QGIS, which show it: one way for every query.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Basis;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::outputs::names::{PROJECT, product, product_style};
use crate::outputs::qgis::project::with_layer;
use crate::outputs::{OutputError, Product};
use crate::products::added_layer;
use crate::runs::{RunAddition, RunFolder, RunFolderError};
use crate::text::Text;

/// What a query found, for people's maps and for programs.
#[derive(Debug)]
pub struct Findings {
    /// On what it rests.
    pub basis: Basis,
    /// What is printed as JSON.
    pub document: Value,
    /// What can be drawn of it.
    pub product: Product,
    /// What a page draws beside it.
    pub beside: Option<Product>,
}

/// Why something cannot be added to a run.
#[derive(Debug, thiserror::Error)]
pub enum AdditionError {
    /// The run cannot be read, or be written to.
    Run(#[from] RunFolderError),
    /// It rests on something else.
    OfAnother {
        /// The run folder.
        folder: PathBuf,
        /// In what they differ.
        differences: Vec<Text>,
    },
    /// Another version made it.
    OtherVersion {
        /// The run folder.
        folder: PathBuf,
        /// Which.
        version: String,
    },
    /// A file cannot be written.
    Output(#[from] OutputError),
}

impl Diagnose for AdditionError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let help = Text::new(
            "`kyoten run` をもう一度実行してから加えるか、`-o FILE` で別のファイルに書いてください。",
            "do the run again and add to that one, or write to a file of its own (`-o FILE`)",
        );
        match self {
            Self::Run(error) => error.diagnostics(),
            Self::Output(error) => error.diagnostics(),
            Self::OfAnother { folder, differences } => {
                let differences = Text::list(differences);
                let message = text!(
                    "この結果は別の入力や設定によるもので、加えられません。違うもの: {differences}",
                    "is a run of something else, to which this does not belong; what differs: {differences}",
                    differences = differences
                );
                vec![Diagnostic::error("run-of-another", message).at(folder.display()).help(help)]
            }
            Self::OtherVersion { folder, version } => {
                let message = text!(
                    "別のバージョンのkyoten（{version}）による結果なので、加えられません。",
                    "is a run of another version of kyoten ({version}), to which nothing can be added"
                );
                vec![Diagnostic::error("run-of-another-version", message).at(folder.display()).help(help)]
            }
        }
    }
}

display_diagnosed!(AdditionError);

/// Adds what was found to the run in a folder; nothing of it stands there before it is finished. None of the `inputs` is replaced.
///
/// # Errors
/// Where there is no run that rests on the same, or it cannot be written to; then the run is as it was.
pub fn add_to_run(
    folder: &Path,
    findings: &Findings,
    inputs: impl IntoIterator<Item = PathBuf>,
) -> Result<RunAddition, AdditionError> {
    let run = RunFolder::open(folder)?;
    let version = &run.record.tool.version;
    if version != env!("CARGO_PKG_VERSION") {
        return Err(AdditionError::OtherVersion { folder: folder.to_owned(), version: version.clone() });
    }
    let differences = findings.basis.differences(&run.record);
    if !differences.is_empty() {
        return Err(AdditionError::OfAnother { folder: folder.to_owned(), differences });
    }
    let mut addition = RunAddition::begin(&run, inputs)?;
    let found = &findings.product;
    addition.write(&product(found.name), &found.geojson())?;
    addition.write(&product_style(found.name), found.qml().as_bytes())?;
    if let Some(project) = run.project()? {
        let project = with_layer(&project, found.name, added_layer(found).as_ref());
        let project = project.ok_or_else(|| RunFolderError::Altered { path: run.folder.join(PROJECT) })?;
        addition.write(PROJECT, &project)?;
    }
    super::map::add(&run, findings, &mut addition)?;
    Ok(addition)
}
