//! GeoPackage (OGC 12-128): tables of an SQLite database.

mod blob;
mod contents;
mod database;
mod layer;
mod parcels;
mod rows;
#[cfg(test)]
mod tests;

use super::format::{Format, Input};
use super::{InputError, foreign};
use crate::text::Text;

pub(super) const FORMAT: Format = Format {
    name: words!("GeoPackage"),
    extensions: &["gpkg"],
    recognise,
    read: layer::read,
    open_parcels: Some(parcels::open),
};

/// Any SQLite database; one that is no GeoPackage is refused where its contents are looked up.
fn recognise(input: &Input<'_>) -> bool {
    input.bytes.starts_with(b"SQLite format 3\0")
}

/// The error where SQLite finds the file damaged.
fn damaged(path: &std::path::Path, error: &rusqlite::Error) -> InputError {
    let problem = if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
        Text::new(
            "大きさから考えられる手間をかけても読み終わりません。終わりのないビューかもしれません",
            "to read it takes more steps than its size accounts for; perhaps a view without end",
        )
    } else {
        foreign("データベースとして読めません", error)
    };
    InputError::Damaged { path: path.to_owned(), problem }
}
