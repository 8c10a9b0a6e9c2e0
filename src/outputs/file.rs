//! A file of a run while it is being written.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk::{NewFile, OutputError, Written};
use crate::inputs::Properties;
use crate::text::Text;

/// What was written so far, by the names of files; whoever finishes one tells it.
pub(crate) type Ledger = Arc<Mutex<BTreeMap<String, Written>>>;

/// What was written so far of a run that is kept in memory, by the names of files.
pub(crate) type Kept = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// The file of a run that has but one, and that has no name; there once it is finished.
pub(crate) type Nameless = Arc<Mutex<Option<File>>>;

/// A file of a run while it is being written.
#[derive(Debug)]
pub struct OutputFile {
    file: Target,
    /// Where it will stand.
    path: PathBuf,
    ledger: Ledger,
}

/// Where the bytes go.
#[derive(Debug)]
enum Target {
    Disk(NewFile),
    /// Into memory, and in the end there.
    Memory(Vec<u8>, Kept),
    /// Into a temporary file of the system, which goes to whoever asked for it.
    Nameless(File, Nameless),
}

impl OutputFile {
    /// Makes the file `partial`, which will stand at `path`. Messages name the latter.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(partial: &Path, path: PathBuf) -> Result<Self, OutputError> {
        Self::of_run(partial, path, Ledger::default())
    }

    /// The same, and what is written is told when it is finished.
    pub(crate) fn of_run(partial: &Path, path: PathBuf, ledger: Ledger) -> Result<Self, OutputError> {
        let file = Target::Disk(NewFile::create(partial).map_err(OutputError::at(&path))?);
        Ok(Self { file, path, ledger })
    }

    /// A file of that name which is kept in memory.
    pub(crate) fn in_memory(name: &str, kept: Kept, ledger: Ledger) -> Self {
        Self { file: Target::Memory(Vec::new(), kept), path: PathBuf::from(name), ledger }
    }

    /// A file that has no name but in messages.
    ///
    /// # Errors
    /// Where the system makes none.
    pub(crate) fn nameless(name: &str, goal: Nameless, ledger: Ledger) -> Result<Self, OutputError> {
        let path = PathBuf::from(name);
        let file = tempfile::tempfile().map_err(OutputError::at(&path))?;
        Ok(Self { file: Target::Nameless(file, goal), path, ledger })
    }

    /// Whether it stands nowhere on the disk where a library could write it by itself.
    pub(super) fn is_in_memory(&self) -> bool {
        !matches!(self.file, Target::Disk(_))
    }

    /// Adds bytes; callers give large pieces.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        match &mut self.file {
            Target::Disk(file) => file.write_all(bytes).map_err(OutputError::at(&self.path)),
            Target::Nameless(file, _) => file.write_all(bytes).map_err(OutputError::at(&self.path)),
            Target::Memory(kept, _) => {
                kept.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Refuses more columns than a file of its format can have.
    ///
    /// # Errors
    /// Where there are more.
    pub(super) fn hold_columns(&self, columns: usize, most: usize) -> Result<(), OutputError> {
        if columns <= most {
            return Ok(());
        }
        Err(self.unsupported(text!(
            "筆の属性は{columns}列になり、この形式のファイルには{most}列しか入りません",
            "the parcels have properties for {columns} columns, and such a file holds {most}"
        )))
    }

    /// Whether a table can be made of the parcels' own properties.
    ///
    /// # Errors
    /// Where nearly all of it would be empty.
    pub(super) fn hold_properties(&self, properties: &Properties) -> Result<(), OutputError> {
        too_sparse(properties).map_or(Ok(()), |why| Err(self.unsupported(why)))
    }

    /// The error of a file that cannot be of its format.
    pub(super) fn unsupported(&self, why: Text) -> OutputError {
        self.refused(io::ErrorKind::Unsupported, why)
    }

    /// The error of a file that is not written, for a reason that is said.
    pub(super) fn refused(&self, kind: io::ErrorKind, why: Text) -> OutputError {
        OutputError::refused(&self.path, kind, why)
    }

    /// Writes the first bytes anew, as many as were written there before; no more can be added then.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(super) fn write_first(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        match &mut self.file {
            Target::Disk(file) => file.write_first(bytes).map_err(OutputError::at(&self.path)),
            Target::Nameless(file, _) => {
                file.rewind().and_then(|()| file.write_all(bytes)).map_err(OutputError::at(&self.path))
            }
            Target::Memory(kept, _) => {
                kept[..bytes.len()].copy_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Makes sure that the file is on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(self) -> Result<(), OutputError> {
        let Self { file, path, ledger } = self;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let written = match file {
            // Nobody compares it with what a record says: there is none.
            Target::Nameless(mut file, goal) => {
                file.rewind().map_err(OutputError::at(&path))?;
                *goal.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
                return Ok(());
            }
            Target::Disk(file) => file.finish().map_err(OutputError::at(&path))?,
            Target::Memory(bytes, kept) => {
                let written = Written::of(&bytes);
                kept.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), bytes);
                written
            }
        };
        // Whoever held it and panicked ended the run with that.
        ledger.lock().unwrap_or_else(PoisonError::into_inner).insert(name, written);
        Ok(())
    }
}

/// For libraries that write by themselves.
#[cfg(any(feature = "geoparquet", feature = "geopackage", feature = "xlsx"))]
impl OutputFile {
    /// Where the file stands while it is being written, by another hand than ours.
    /// Of one in memory, its name: [`super::ParcelFormat::open`] hands none on to such a library.
    #[cfg(feature = "geopackage")]
    pub(super) fn lend(&mut self) -> &Path {
        match &mut self.file {
            Target::Disk(file) => file.lend(),
            Target::Memory(..) | Target::Nameless(..) => &self.path,
        }
    }

    /// The folder in which the file stands while it is being written; `None` of one in memory.
    #[cfg(feature = "xlsx")]
    pub(super) fn folder(&self) -> Option<&Path> {
        match &self.file {
            Target::Disk(file) => Some(file.folder()),
            Target::Memory(..) | Target::Nameless(..) => None,
        }
    }

    /// Where it will stand.
    #[cfg(feature = "geoparquet")]
    pub(super) fn goal(&self) -> &Path {
        &self.path
    }

    /// The error of a file that could not be written.
    pub(super) fn failed(&self, source: io::Error) -> OutputError {
        OutputError::at(&self.path)(source)
    }
}

/// For a library that writes into whatever takes bytes.
#[cfg(any(feature = "geoparquet", feature = "xlsx"))]
impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Target::Disk(file) => file.write(bytes),
            Target::Nameless(file, _) => file.write(bytes),
            Target::Memory(kept, _) => kept.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Target::Disk(file) => file.flush(),
            Target::Memory(..) | Target::Nameless(..) => Ok(()),
        }
    }
}

/// Why no table is made of the parcels' own properties; `None` where one can be.
pub(super) fn too_sparse(properties: &Properties) -> Option<Text> {
    let (parcels, values) = properties.too_sparse()?;
    let columns = properties.iter().len();
    Some(text!(
        "{parcels}筆の属性は{columns}列になりますが、値は{values}個しかなく、表のほとんどが空欄になります",
        "the {parcels} parcels have properties for {columns} columns and only {values} values in them: nearly all of the table would be empty"
    ))
}
