//! What became of the projects: `batch.json`, written and read by the same types.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::left::{clear, left};
use crate::diagnostics::Diagnostic;
use crate::disk::{OutputError, SingleFile, make_folders};
use crate::runs::ToolRecord;
use crate::text::Text;

/// The name of the file.
pub const MANIFEST: &str = "batch.json";

/// What became of the projects of a batch. It holds no clock: two batches that come to the same are equal byte for byte.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Which kyoten wrote it.
    pub tool: ToolRecord,
    /// What has ended, in the order of the list.
    pub shards: Vec<ShardRecord>,
}

/// What became of a project.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShardRecord {
    /// The project, as the list names it.
    pub project: PathBuf,
    /// The municipality's code, five digits; `null` where nobody says.
    pub municipality: Option<String>,
    /// The folder of its run, from the folder of results on.
    pub folder: Option<PathBuf>,
    /// How it ended.
    #[serde(flatten)]
    pub state: ShardState,
    /// A fingerprint of all that it was made of; `null` where it was not made.
    pub made_of: Option<String>,
    /// How many parcels it has; `null` where it was not made.
    pub parcels: Option<u64>,
}

/// How a project ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum ShardState {
    /// Its run stands.
    Done,
    /// It could not be run.
    Failed {
        /// Why, as in every JSON of the program.
        errors: Vec<Value>,
    },
}

impl ShardState {
    pub(super) fn failed(said: &[Diagnostic]) -> Self {
        Self::Failed { errors: said.iter().map(|one| serde_json::json!(one)).collect() }
    }
}

impl ShardRecord {
    /// What was wrong, each with its place; nothing where it was run.
    #[must_use]
    pub fn errors(&self) -> Vec<Text> {
        let ShardState::Failed { errors } = &self.state else { return Vec::new() };
        let said = |error: &Value| {
            let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let place = text("place");
            let [ja, en] = ["message_ja", "message"].map(|key| format!("{place}: {}", text(key)));
            Text { ja: ja.into(), en: en.into() }
        };
        errors.iter().map(said).collect()
    }
}

impl Manifest {
    /// What an earlier batch left in a folder of results. One that cannot be read is as none: everything is made again then.
    pub(super) fn open(out: &Path) -> Self {
        let bytes = fs::read(out.join(MANIFEST)).ok();
        let mut found: Self = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        for record in left(out) {
            match found.shards.iter_mut().find(|known| known.municipality == record.municipality) {
                Some(known) => *known = record,
                None => found.shards.push(record),
            }
        }
        found
    }

    /// What it says of a municipality.
    pub(super) fn of(&self, municipality: &str) -> Option<&ShardRecord> {
        self.shards.iter().find(|shard| shard.municipality.as_deref() == Some(municipality))
    }

    /// Puts it into a folder of results, in the place of an earlier one and of what was left beside that.
    pub(super) fn write(&self, out: &Path) -> Result<(), OutputError> {
        let path = out.join(MANIFEST);
        make_folders(out).map_err(OutputError::at(out))?;
        let mut text =
            serde_json::to_string_pretty(self).map_err(|error| OutputError::at(&path)(std::io::Error::other(error)))?;
        text.push('\n');
        let mut file = SingleFile::begin(&path, [])?;
        file.write(text.as_bytes())?;
        file.finish()?;
        clear(out);
        Ok(())
    }

    /// Whether every project was run.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.shards.iter().all(|shard| matches!(shard.state, ShardState::Done))
    }
}
