//! What keeps a file from being written.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::text::Text;

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
pub struct OutputError {
    path: PathBuf,
    source: io::Error,
    /// Why, where kyoten refuses and not the system.
    why: Option<Text>,
    /// Whether files of the new run stand beside those of the earlier one, until somebody rolls it forward.
    is_broken_off: bool,
}

impl OutputError {
    /// The error of a file.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self { path: path.to_owned(), source, why: None, is_broken_off: false }
    }

    /// The error of a file that is not written, whatever the system says.
    #[must_use]
    pub fn refused(path: &Path, kind: io::ErrorKind, why: Text) -> Self {
        let source = io::Error::new(kind, why.en.to_string());
        Self { path: path.to_owned(), source, why: Some(why), is_broken_off: false }
    }

    /// What kind of error the system said, or would have.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// The error of a folder into which not all files could be put, nor be taken out again.
    pub(super) fn broken_off(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), source, why: None, is_broken_off: true }
    }
}

impl Diagnose for OutputError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let reason = self.why.clone().unwrap_or_else(|| refusal(&self.source));
        if self.is_broken_off {
            let help = Text::new(
                "ディスクを確かめてください。次の kyoten run、map、diff、serve が、このフォルダーの置き換えを最後まで行います。",
                "see to the disk; the next kyoten run, map, diff or serve of this folder puts the rest of the new run into place",
            );
            let error = Diagnostic::error(
                "output-broken-off",
                text!(
                    "ファイルを置き換えている途中で、続けることも元に戻すこともできなくなりました（{reason}）。",
                    "was broken off while its files were put into place, and could not be put back either ({reason})",
                    reason = reason
                ),
            );
            return vec![error.at(self.path.display()).help(help)];
        }
        let help = match self.source.kind() {
            io::ErrorKind::StorageFull => Text::new(
                "ディスクの空きを増やしてから、もう一度実行してください。書きかけのファイルは残っていません。",
                "free some space on the disk; nothing was left half-written",
            ),
            io::ErrorKind::ResourceBusy => Text::new(
                "ほかの実行が終わるのを待つか、--out で別のフォルダーを指定してください。",
                "wait until the other run is done, or choose another folder with --out",
            ),
            io::ErrorKind::PermissionDenied | io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                Text::new("--out で別のフォルダーを指定してください。", "choose another folder with --out")
            }
            io::ErrorKind::DirectoryNotEmpty => Text::new(
                "--out に、新しいフォルダー、空のフォルダー、または前の実行結果のフォルダーを指定してください。",
                "give --out a new folder, an empty one, or that of an earlier run",
            ),
            io::ErrorKind::Unsupported => {
                Text::new("--format からその形式を外してください。", "leave that format out of --format")
            }
            _ => Text::new(
                "--out のフォルダーを確かめてください。書きかけのファイルは残っていません。",
                "check the folder that --out names; nothing was left half-written",
            ),
        };
        let message = text!("書き込めません（{reason}）。", "cannot be written ({reason})", reason = reason);
        vec![Diagnostic::error("output-not-written", message).at(self.path.display()).help(help)]
    }
}

display_diagnosed!(OutputError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    #[test]
    fn what_is_refused_is_told_with_the_reason_in_both_languages() {
        let path = Path::new("parcels.fgb");
        let why = Text::new("入力のファイルです", "it is an input");
        let refused = OutputError::refused(path, io::ErrorKind::AlreadyExists, why);
        assert_eq!(refused.to_string(), "parcels.fgb: cannot be written (it is an input)");
        assert_eq!(refused.diagnostics()[0].message.ja, "書き込めません（入力のファイルです）。");
        let kinds = [
            io::ErrorKind::StorageFull,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::Unsupported,
            io::ErrorKind::ResourceBusy,
            io::ErrorKind::DirectoryNotEmpty,
            io::ErrorKind::Other,
        ];
        let errors = kinds.map(|kind| OutputError::at(path)(kind.into()));
        let broken_off = OutputError::broken_off(path, io::ErrorKind::StorageFull.into());
        let said = errors.iter().chain([&refused]).flat_map(OutputError::diagnostics).map(|one| (0, one));
        let said: Vec<_> = said.chain(broken_off.diagnostics().into_iter().map(|one| (1, one))).collect();
        checks::of_every_variant(2, &said);
    }
}
