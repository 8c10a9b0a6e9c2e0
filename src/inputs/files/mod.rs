//! Where are the bytes? Paths, patterns, folders and archives → the bytes of one file after the other, and their
//! fingerprints.
//!
//! A path leads into a zip archive as it does into a folder. Whatever is unpacked stays within limits.

mod archive;
mod bytes;
mod editions;
mod folder;
mod par;
mod paths;
mod spooled;
mod stamp;
mod store;
mod timetables;
mod twins;
mod unpack;
mod witness;

pub use bytes::Fingerprint;
pub use editions::{day_in_name, may_be_editions};
pub use folder::{FolderFiles, RUN_RECORD, files_of_folder};
pub use paths::{Choice, Expanded, archive_of, expand, expand_all};
pub use spooled::{PipeError, Spooled};
pub use witness::witness;

#[cfg(feature = "workbooks")]
pub(super) use archive::Archive;
pub(super) use bytes::Bytes;
pub(super) use par::par_files;
pub(super) use store::{Content, Folder, Located, Opened, Store};
pub(super) use timetables::{Timetable, timetables};
pub(super) use twins::WORKBOOKS;
pub(super) use unpack::gzip;
#[cfg(feature = "geoparquet")]
pub(super) use unpack::largest as largest_unpacked;
