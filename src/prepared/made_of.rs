//! Of what was a study made? Everything that decides what it comes to, so that nobody takes it for another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::crs::Plane;
use crate::geometry::Bounds;
use crate::text::{Text, hex};

/// So many differences are told.
const TOLD: usize = 5;

/// Of what a study was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MadeOf {
    /// What the project decides, by its keys: thresholds, waivers, what is asked of each layer, how transit is counted. Of each
    /// the SHA-256 of what it says.
    pub settings: BTreeMap<String, String>,
    /// The files that the layers were read from, with those that belong to them. The parcels are not among them.
    pub files: Vec<MadeOfFile>,
    /// The plane on which everything lies.
    pub plane: Plane,
    /// The box of that plane around the parcels; stops and layers far from it take no part.
    pub extent: Bounds,
}

/// A file of the disk; an archive is one, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MadeOfFile {
    /// From the project's folder on, where it lies there.
    pub path: PathBuf,
    /// Its SHA-256, 64 hex digits.
    pub sha256: String,
}

impl MadeOf {
    /// What two that are the same have in common, and no others: 64 hex digits.
    #[must_use]
    pub fn key(&self) -> String {
        let bytes = postcard::to_stdvec(&(super::container::FORMAT, env!("CARGO_PKG_VERSION"), self));
        hex(&Sha256::digest(bytes.unwrap_or_default()))
    }

    /// In what a study that was made of this differs from what a run asks for; nothing where it does not.
    #[must_use]
    pub fn differences(&self, asked: &Self) -> Vec<Text> {
        let mut told = Vec::new();
        let keys = self.settings.keys().chain(asked.settings.keys().filter(|key| !self.settings.contains_key(*key)));
        let differing = keys.filter(|key| self.settings.get(*key) != asked.settings.get(*key));
        told.extend(differing.map(|key| text!("`{key}` の指定", "`{key}`")));
        let by_path = |made_of: &Self| -> BTreeMap<PathBuf, String> {
            made_of.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect()
        };
        let (own, others) = (by_path(self), by_path(asked));
        for (path, sha256) in &own {
            let path_told = path.display();
            match others.get(path) {
                Some(other) if other == sha256 => {}
                Some(_) => told.push(text!("{path_told} の内容", "the file {path_told}")),
                None => told.push(text!("{path_told}（今はない）", "{path_told}, which is no longer one of them")),
            }
        }
        for path in others.keys().filter(|path| !own.contains_key(*path)) {
            let path = path.display();
            told.push(text!("{path}（当時はなかった）", "{path}, which was not among them"));
        }
        if self.plane != asked.plane {
            let [was, is] = [self.plane.title(), asked.plane.title()];
            told.push(text!("平面直角座標系（{was}、今は{is}）", "the plane ({was}, now {is})", was = was, is = is));
        } else if self.extent != asked.extent {
            told.push(Text::new("筆のある範囲", "the box around the parcels"));
        }
        let more = told.len().saturating_sub(TOLD);
        if more > 0 {
            told.truncate(TOLD);
            told.push(text!("ほか{more}件", "and {more} more"));
        }
        told
    }
}

impl MadeOfFile {
    /// A file with its fingerprint, as it is called from a folder on.
    #[must_use]
    pub fn new(path: &Path, base: &Path, sha256: String) -> Self {
        Self { path: path.strip_prefix(base).unwrap_or(path).to_owned(), sha256 }
    }
}
