//! Which files of the disk is an input made of, and what are their fingerprints? Asked without reading what they mean.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::store::into_archive;
use crate::inputs::InputError;
use crate::text::hex;

/// So much of a file is read at a time.
const READ_AT_ONCE: usize = 1 << 18;

/// What is read beside a shapefile: its attributes, its index, its CRS and its encoding.
const BESIDE_SHAPEFILE: [&str; 4] = ["dbf", "shx", "prj", "cpg"];

/// What the metadata of 国土数値情報 begin with, which are read beside a shapefile as well.
const METADATA: &str = "KS-META";

/// What SQLite keeps beside a database, by what it adds to the name.
const BESIDE_DATABASE: [&str; 2] = ["-wal", "-journal"];

/// The SHA-256 of every file of the disk that these inputs are made of, each once, by path: of an archive that one lies in, and
/// of what belongs to it and is read beside it, as far as that is there.
///
/// # Errors
/// Where one of them cannot be read.
pub fn witness(inputs: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, InputError> {
    let files: BTreeSet<PathBuf> = inputs.iter().flat_map(|path| on_disk(path)).collect();
    let files: Vec<PathBuf> = files.into_iter().collect();
    files.into_par_iter().map(|path| fingerprint(&path).map(|hex| (path, hex))).collect()
}

/// The file of the disk that a path leads to, with what belongs to it.
fn on_disk(path: &Path) -> Vec<PathBuf> {
    if let Some((archive, _)) = into_archive(path) {
        return vec![archive];
    }
    let mut files = vec![path.to_owned()];
    let name = path.file_name().unwrap_or_default();
    match path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase().as_str() {
        "shp" => {
            let endings = BESIDE_SHAPEFILE.into_iter().flat_map(|ending| [ending.to_owned(), ending.to_uppercase()]);
            files.extend(endings.map(|ending| path.with_extension(ending)).filter(|file| file.is_file()));
            files.extend(metadata_beside(path));
        }
        "gpkg" => {
            let named = |added: &str| {
                let mut name = name.to_owned();
                name.push(added);
                path.with_file_name(name)
            };
            files.extend(BESIDE_DATABASE.map(named).into_iter().filter(|file| file.is_file()));
        }
        _ => {}
    }
    files
}

fn metadata_beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_metadata = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(METADATA);
    let named = entries.map(|entry| entry.file_name()).filter(move |name| is_metadata(name));
    let path = path.to_owned();
    named.map(move |name| path.with_file_name(name)).filter(|file| file.is_file())
}

fn fingerprint(path: &Path) -> Result<String, InputError> {
    let failed = |source| InputError::io(path, source);
    // To open a pipe would wait for whoever writes to it.
    let about = std::fs::metadata(path).map_err(failed)?;
    // That a folder is there may be told as well, and no more of it is.
    if about.is_dir() {
        return Ok(String::new());
    }
    if !about.is_file() {
        return Err(failed(crate::diagnostics::not_regular()));
    }
    let mut file = File::open(path).map_err(failed)?;
    let (mut digest, mut bytes) = (Sha256::new(), vec![0; READ_AT_ONCE]);
    loop {
        match file.read(&mut bytes).map_err(failed)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(&bytes[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_beside_a_file_is_witnessed_and_its_neighbours_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.shp", "a.dbf", "a.PRJ", "a.geojson", "b.dbf", "KS-META-A.xml", "c.gpkg", "c.gpkg-wal"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let found = witness(&["c.gpkg", "a.shp", "a.shp"].map(|name| folder.path().join(name))).unwrap();
        let names: Vec<_> = found.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["KS-META-A.xml", "a.PRJ", "a.dbf", "a.shp", "c.gpkg", "c.gpkg-wal"]);
        assert_eq!(found[3].1, hex(&Sha256::digest("a.shp")));
        assert!(witness(&[folder.path().join("gone.csv")]).is_err());
    }
}
