//! What is prepared, kept: a study as one file, from which parcels can be assessed without its layers.
//!
//! Reading the layers and working out where every criterion and zone holds takes about as long as measuring a hundred
//! thousand parcels. A [`PreparedStudy`] is all that is known by then. [`PreparedStudy::save`] writes it, whole or not at all;
//! [`PreparedStudy::open`] takes it back in some milliseconds, or says why the file is not one: damaged, of another format, of
//! another version of the program. That it was made of what somebody asks for, [`MadeOf::differences`] tells.

mod container;
mod error;
mod made_of;
#[cfg(test)]
mod tests;
mod told;

use std::path::{Path, PathBuf};

pub use container::FORMAT;
pub use error::StudyError;
pub use made_of::{MadeOf, MadeOfFile};
pub use told::Told;

use crate::assess::{Assessment, Assessor};
use crate::evidence::{Batch, Texts};
use crate::layers::City;

/// All that is known of a city before its first parcel is measured.
#[derive(Debug)]
pub struct PreparedStudy {
    /// Of what it was made.
    pub made_of: MadeOf,
    /// The layers.
    pub city: City,
    /// What parcels are measured and judged by.
    pub assessor: Assessor,
    /// What is told of it.
    pub told: Told,
}

/// The same of which the parts are somebody else's.
#[derive(Debug, Clone, Copy)]
pub struct StudyRef<'a> {
    /// Of what it was made.
    pub made_of: &'a MadeOf,
    /// The layers.
    pub city: &'a City,
    /// What parcels are measured and judged by.
    pub assessor: &'a Assessor,
    /// What is told of it.
    pub told: &'a Told,
}

impl StudyRef<'_> {
    /// Writes it as [`PreparedStudy::save`] does, and says how many bytes that were. None of these `inputs` is written over.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn save<'i>(&self, path: &Path, inputs: impl IntoIterator<Item = &'i Path>) -> Result<u64, StudyError> {
        container::write(path, inputs, self.made_of, &self.sections().map_err(|_| StudyError::damaged(path))?)
    }

    fn sections(&self) -> Result<[Vec<u8>; container::SECTIONS], postcard::Error> {
        let [measured, judged] = self.assessor.stored()?;
        Ok([measured, judged, postcard::to_stdvec(&(self.city, self.told))?])
    }
}

impl PreparedStudy {
    /// Writes it to a file, which appears whole or not at all, in the place of one that may be there.
    ///
    /// # Errors
    /// Where it cannot be written, or the file is one of the study's own inputs.
    pub fn save(&self, path: &Path) -> Result<(), StudyError> {
        let Self { made_of, city, assessor, told } = self;
        let inputs: Vec<PathBuf> = made_of.files.iter().map(|file| Path::new(&told.base).join(&file.path)).collect();
        StudyRef { made_of, city, assessor, told }.save(path, inputs.iter().map(PathBuf::as_path))?;
        Ok(())
    }

    /// Takes one back from a file.
    ///
    /// Costs one reading of the file and one copy of its arrays; nothing is parsed point by point, and no geometry is worked
    /// out. 10 to 30 ms for a city of 100,000 parcels.
    ///
    /// # Errors
    /// Where the file cannot be read, is no study, is not whole, or is of another format or version of the program.
    pub fn open(path: &Path) -> Result<Self, StudyError> {
        let container = container::read(path)?;
        let section = |index: usize| container.section(index);
        let (assessor, beside) =
            rayon::join(|| Assessor::restored([section(0), section(1)]), || postcard::from_bytes(section(2)).ok());
        let (assessor, (city, told)) = assessor.zip(beside).ok_or_else(|| StudyError::damaged(path))?;
        Ok(Self { made_of: container.made_of, city, assessor, told })
    }

    /// Measures, judges and places every parcel of a batch on the study's plane; see [`Assessor::assess`].
    #[must_use]
    pub fn assess(&self, batch: &Batch, ids: Texts) -> Assessment {
        self.assessor.assess(batch, ids)
    }
}
