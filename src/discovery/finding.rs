//! One file of a folder: what it holds, what it was recognised as, what was decided.

use std::path::{Path, PathBuf};

use crate::inputs::{FieldLook, InputError, Look, look_at_all};
use crate::layers::{Ground, LayerKey, Recognised, ground_of_file, publications, recognise};
use crate::text::Text;

/// A file that was looked at.
#[derive(Debug)]
pub struct Finding {
    /// Where it lies; the way may lead through archives.
    pub path: PathBuf,
    /// What it holds, or why it cannot be read.
    pub look: Result<Look, InputError>,
    /// What it was recognised as.
    pub recognised: Option<Recognised>,
    /// What becomes of it.
    pub decision: Decision,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is this layer, or a part of it.
    Taken(LayerKey),
    /// It may be this layer; a person must say so: the reason.
    Possible(LayerKey, Text),
    /// It is drawn under maps, and judged by nothing.
    Drawn,
    /// It may be drawn under maps; a person must say so: the reason.
    MayBeDrawn(Text),
    /// It is left: the reason.
    Left(Text),
}

/// Attributes that hold a municipality's code, whatever the publication.
const CODE_FIELDS: &[&str] = &["市区町村コード", "行政区域コード", "CITYCODE"];

/// Looks at every file.
///
/// # Errors
/// The first file that the system refuses ([`InputError::is_refusal`]): a city without it would be another one, and nobody
/// would know.
pub(super) fn look_at(folder: &Path, files: Vec<PathBuf>) -> Result<Vec<Finding>, InputError> {
    let codes = publications().filter_map(|publication| publication.code);
    let codes: Vec<&str> = codes.chain(CODE_FIELDS.iter().copied()).collect();
    let name = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    let findings: Vec<Finding> = look_at_all(files, &codes, name)
        .into_iter()
        .map(|(path, found)| {
            let fields = found.iter().flat_map(|found| &found.fields).map(|field| field.name.as_str());
            let recognised = recognise(&path, fields);
            let decision = Decision::Left(Text::new("何のファイルか分かりません。", "it is not recognised"));
            Finding { path, look: found, recognised, decision }
        })
        .collect();
    let mut looked = Vec::with_capacity(findings.len());
    for finding in findings {
        match finding.look {
            Err(error) if error.is_refusal() => return Err(error),
            look => looked.push(Finding { look, ..finding }),
        }
    }
    Ok(looked)
}

impl Finding {
    /// What it holds; `None` where it cannot be read.
    #[must_use]
    pub fn contents(&self) -> Option<&Look> {
        self.look.as_ref().ok()
    }

    /// A field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FieldLook> {
        self.contents()?.fields.iter().find(|field| field.name == name)
    }

    /// What all its features are drawn as under maps, where that is one.
    #[must_use]
    pub fn ground(&self) -> Option<Ground> {
        ground_of_file(self.recognised?.publication, &self.path)
    }

    /// How many features it holds.
    #[must_use]
    pub fn features(&self) -> usize {
        self.contents().map_or(0, |found| found.source.features)
    }

    /// How many of its features are of kinds of geometry whose name has one of these words in it.
    #[must_use]
    pub fn geometries(&self, words: &[&str]) -> u64 {
        let kinds = self.contents().into_iter().flat_map(|found| &found.geometries);
        kinds.filter(|(kind, _)| words.iter().any(|word| kind.contains(word))).map(|(_, count)| count).sum()
    }

    /// Its values of the fields that hold a municipality's code.
    pub(super) fn codes(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.contents().into_iter().flat_map(|found| &found.fields);
        fields.flat_map(|field| field.values.iter().map(|value| (field.name.as_str(), value.as_str())))
    }
}
