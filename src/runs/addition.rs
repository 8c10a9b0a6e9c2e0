//! How does something come into a finished run that was worked out after it? Beside what the run wrote, and in its record: so it
//! belongs to the run, is served and checked with it, and goes with it when the next one takes its place.

use std::path::PathBuf;

use super::{Finished, OutputRecord, RunFolder, RunFolderError, RunRecord, RunWriter};
use crate::outputs::OutputError;
use crate::outputs::names::{RUN, is_addition};

/// Files that are being added to a finished run. Dropped before [`RunAddition::finish`], the run is as it was.
#[derive(Debug)]
pub struct RunAddition {
    writer: RunWriter,
    record: RunRecord,
}

impl RunAddition {
    /// Begins to add to a run; none of the `inputs` is replaced.
    ///
    /// # Errors
    /// Where nothing can be written there, where another process writes there, and where the run is another by now.
    pub fn begin(run: &RunFolder, inputs: impl IntoIterator<Item = PathBuf>) -> Result<Self, RunFolderError> {
        let writer = RunWriter::adding(&run.folder, inputs)?;
        // From now on nobody else writes there.
        run.check_unchanged()?;
        Ok(Self { writer, record: run.record.clone() })
    }

    /// Whether the run has a file of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.record.files.iter().any(|file| file == name)
    }

    /// Writes a file, in the place of one of that name that the run may have.
    ///
    /// # Errors
    /// Where it cannot be written, or would replace an input or a file that is not of the run.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.writer.write(name, bytes)
    }

    /// Puts everything into its place, the record last, and returns the paths.
    ///
    /// # Errors
    /// Where it cannot be; then the run is as it was.
    pub fn finish(self) -> Result<Vec<PathBuf>, OutputError> {
        let Self { mut writer, mut record } = self;
        for output in writer.outputs() {
            take_in(&mut record, output);
        }
        writer.write(RUN, &record.json())?;
        match writer.finish()? {
            Finished::OnDisk(paths) => Ok(paths),
            Finished::InMemory(_) | Finished::Nameless(_) => Ok(Vec::new()),
        }
    }
}

/// Tells of a file. The order does not hang on what was added first.
fn take_in(record: &mut RunRecord, output: OutputRecord) {
    if let Some(known) = record.outputs.iter_mut().find(|known| known.file == output.file) {
        *known = output;
        return;
    }
    record.files.push(output.file.clone());
    record.outputs.push(output);
    // What the run wrote, then what was added, then the record.
    let rank = |name: &String| (name == RUN, is_addition(name).then(|| name.clone()));
    record.files.sort_by_key(rank);
    record.outputs.sort_by_key(|output| rank(&output.file));
}
