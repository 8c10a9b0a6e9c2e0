//! What is not to be replaced, though whoever may write to its folder could.

use std::fs::Metadata;
use std::path::Path;

use crate::text::Text;

/// What is said of a file that somebody protects.
pub(crate) const PROTECTED: Text = Text::new("書き込み禁止のファイルです", "it is a file that may not be written to");

/// Whether nobody is to write to a file: it says so itself, or the disk does.
pub(crate) fn is_protected(path: &Path, about: &Metadata) -> bool {
    about.permissions().readonly() || is_fixed(path)
}

#[cfg(target_os = "linux")]
fn is_fixed(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let fixed = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
    // A system too old to tell refuses it when it comes to it.
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS)
        .is_ok_and(|about| about.stx_attributes.intersects(fixed))
}

#[cfg(not(target_os = "linux"))]
fn is_fixed(_: &Path) -> bool {
    false
}
