//! What comes down a pipe: it can be read once and never from its middle, so all of it is kept first.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Fingerprint;
use super::bytes::Bytes;
use super::unpack::unpack;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::inputs::InputError;
use crate::text::Text;

/// The name of what came in by standard input, where a file has its path.
const STANDARD_INPUT: &str = "<stdin>";

/// Why what comes down a pipe cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PipeError {
    /// It cannot be read or kept.
    Input(#[from] InputError),
    /// Nothing came.
    Nothing,
    /// It is a zip archive, of which nobody says what in it is meant.
    Archive,
}

impl Diagnose for PipeError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::Input(error) => return error.diagnostics(),
            Self::Nothing => Diagnostic::error(
                "nothing-piped",
                Text::new("標準入力から何も来ませんでした。", "nothing came by standard input"),
            )
            .at(STANDARD_INPUT)
            .help(Text::new(
                "パイプの前のコマンドが終わっていないか、ファイルが空でないか確かめてください。",
                "see whether the command before the pipe failed, or the file is empty",
            )),
            Self::Archive => Diagnostic::error(
                "archive-piped",
                Text::new("標準入力から来たものはzipの書庫です。", "what came by standard input is a zip archive"),
            )
            .at(STANDARD_INPUT)
            .help(Text::new(
                "書庫は --parcels のファイルとして指定するか、中のファイルを取り出して渡してください（unzip -p など）。",
                "give the archive as a file to --parcels, or pipe a file of it, as with `unzip -p`",
            )),
        }]
    }
}

display_diagnosed!(PipeError);

/// Bytes that came down a pipe, in the place of a file. Cheap to clone. Up to 64 MiB stay in memory; more goes into a temporary
/// file without a name.
#[derive(Clone)]
pub struct Spooled {
    path: PathBuf,
    bytes: Arc<Bytes>,
    sha256: Fingerprint,
}

impl Spooled {
    /// Takes all that there is to read, as standard input.
    ///
    /// # Errors
    /// Where it cannot be read or kept, and where nothing comes.
    pub fn standard_input(from: impl Read) -> Result<Self, PipeError> {
        let path = PathBuf::from(STANDARD_INPUT);
        let bytes = Arc::new(unpack(from, u64::MAX, &path)?);
        if bytes.is_empty() {
            return Err(PipeError::Nothing);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Err(PipeError::Archive);
        }
        let sha256 = Fingerprint::later(Arc::clone(&bytes));
        Ok(Self { path, bytes, sha256 })
    }

    /// What stands for its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(in crate::inputs) fn bytes(&self) -> (Arc<Bytes>, Fingerprint) {
        self.sha256.work_out();
        (Arc::clone(&self.bytes), self.sha256.clone())
    }
}

impl fmt::Debug for Spooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spooled({}, {})", self.path.display(), self.sha256.hex())
    }
}

impl PartialEq for Spooled {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes) || self.sha256.hex() == other.sha256.hex()
    }
}
