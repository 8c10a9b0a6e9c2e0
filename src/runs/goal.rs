//! What may lie where a run is to be written? An earlier run as it was left, and what is nobody's; anything else is refused.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::listed::own_files;
use crate::disk::{NewFolder, PROTECTED, is_protected};
use crate::outputs::OutputError;
use crate::text::Text;

/// What a disk puts into its own uppermost folder, which may be the goal.
const OF_THE_DISK: &str = "lost+found";

/// The files of the run that lies at the goal already; none where there is none.
///
/// # Errors
/// A file of it that is not as a run leaves it; without one whatever lies there, but for hidden files and a folder in which
/// inputs lie.
pub(super) fn earlier(goal: &Path, folder: &NewFolder, inputs: &[PathBuf]) -> Result<BTreeSet<String>, OutputError> {
    let earlier = own_files(folder.place());
    let shown = |path: &Path| goal.join(path.file_name().unwrap_or_default());
    for path in folder.there() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match &earlier {
            Some(earlier) if earlier.iter().any(|own| **own == *name) => as_written(&path, &shown(&path))?,
            Some(_) => {}
            None => {
                let holds_inputs = path.is_dir() && inputs.iter().any(|input| input.starts_with(&path));
                if !name.starts_with('.') && name != OF_THE_DISK && !holds_inputs {
                    return Err(no_run(goal, &name));
                }
            }
        }
    }
    Ok(earlier.into_iter().flatten().collect())
}

/// Refuses to take the place of a file of the earlier run that is not as a run leaves it: somebody wants it so.
fn as_written(path: &Path, shown: &Path) -> Result<(), OutputError> {
    let about = path.symlink_metadata().map_err(OutputError::at(shown))?;
    if !about.is_file() {
        let why = Text::new(
            "実行が書いたファイルではありません（フォルダーやリンクなど）",
            "it is not the file that a run wrote but a folder, a link or a device",
        );
        return Err(OutputError::refused(shown, io::ErrorKind::AlreadyExists, why));
    }
    if is_protected(path, &about) {
        return Err(OutputError::refused(shown, io::ErrorKind::PermissionDenied, PROTECTED));
    }
    Ok(())
}

fn no_run(goal: &Path, name: &str) -> OutputError {
    let why = text!(
        "実行結果のフォルダーではないのに、中にほかのもの（「{name}」など）があります",
        "it is no run folder, and holds other things such as “{name}”"
    );
    OutputError::refused(goal, io::ErrorKind::DirectoryNotEmpty, why)
}
