//! How does what became of a project reach `batch.json`, where it was run apart from the others? By a file of its own in the folder of
//! results, until the batch is gathered: so nothing is made again of a batch that was broken off before.

use std::fs;
use std::path::Path;

use super::manifest::ShardRecord;
use crate::disk::{OutputError, SingleFile, make_folders, remove_all};

/// The folder of these files: readers of Parquet pass over what begins so.
const LEFT: &str = ".shards";

/// Leaves what became of a project, where its municipality is known: of any other there is no run.
pub(super) fn leave(record: &ShardRecord, out: &Path) -> Result<(), OutputError> {
    let Some(code) = &record.municipality else { return Ok(()) };
    let folder = out.join(LEFT);
    let path = folder.join(format!("{code}.json"));
    make_folders(&folder).map_err(OutputError::at(&folder))?;
    let text = serde_json::to_vec(record).map_err(|error| OutputError::at(&path)(std::io::Error::other(error)))?;
    let mut file = SingleFile::begin(&path, [])?;
    file.write(&text)?;
    file.finish()
}

/// What was left. A file that cannot be read is as none: its project is made again then.
pub(super) fn left(out: &Path) -> Vec<ShardRecord> {
    let entries = fs::read_dir(out.join(LEFT)).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files.iter().filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok()).collect()
}

/// What was left of one municipality.
pub(super) fn left_of(out: &Path, municipality: &str) -> Option<ShardRecord> {
    let bytes = fs::read(out.join(LEFT).join(format!("{municipality}.json"))).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Removes it all, which stands in `batch.json` by now.
pub(super) fn clear(out: &Path) {
    let folder = out.join(LEFT);
    if folder.is_dir() {
        remove_all(&folder);
    }
}
