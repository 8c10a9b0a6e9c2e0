//! What is kept of a study, so that the next run need not work it out? One file, from which parcels can be assessed without
//! its layers.
//!
//! Reading the layers and working out where every criterion and zone holds takes about as long as measuring a hundred
//! thousand parcels. A [`PreparedStudy`] is all that is known by then. [`PreparedStudy::save`] writes it, whole or not at all;
//! [`PreparedStudy::open`] takes it back, or says why the file is not one: damaged, of another format, of another version of the
//! program. That it was made of what somebody asks for, [`MadeOf::differences`] tells.
//!
//! ```
//! use kyoten::prepared::PreparedStudy;
//! # use kyoten::{pipeline, project::Project};
//! # let place = tempfile::tempdir()?;
//! # let path = place.path().join("city.kyoten");
//! # pipeline::prepare(&Project::open("data/sample".as_ref())?, &path, &())?;
//! let study = PreparedStudy::open(&path)?;
//! let parcels = kyoten::evidence::Batch::default();
//! assert!(study.assess(&parcels, kyoten::evidence::Texts::default()).is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod container;
mod error;
mod made_of;
#[cfg(test)]
mod tests;
mod told;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use container::Begin;
pub use container::{FORMAT, seal};
pub use error::StudyError;
pub use made_of::{MadeOf, MadeOfFile};
pub use told::Told;

use crate::assess::{Assessment, Assessor};
use crate::evidence::{Batch, Texts};
use crate::flat::{Aside, AsideWriter, Later};
use crate::layers::City;

/// All that is known of a city before its first parcel is measured.
#[derive(Debug)]
pub struct PreparedStudy {
    /// Of what it was made.
    pub made_of: MadeOf,
    /// The layers.
    pub city: Later<City>,
    /// What parcels are measured and judged by.
    pub assessor: Assessor,
    /// What is told of it.
    pub told: Told,
    /// The file that it is taken from.
    aside: Arc<Aside>,
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
        let [beginning, aside] = self.parts().map_err(|_| StudyError::damaged(path))?;
        container::write(path, inputs, [&beginning, &aside])
    }

    /// What the file begins with, and what stands aside.
    fn parts(&self) -> Result<[Vec<u8>; 2], postcard::Error> {
        let mut aside = AsideWriter::default();
        let (assessor, city) = (self.assessor.stored(&mut aside)?, aside.object(self.city)?);
        let aside = aside.finish();
        Ok([container::begin(&(self.made_of, assessor, city, self.told), aside.len())?, aside])
    }
}

impl PreparedStudy {
    /// Writes it to a file, which appears whole or not at all, in the place of one that may be there.
    ///
    /// # Errors
    /// Where it cannot be written, or the file is one of the study's own inputs.
    pub fn save(&self, path: &Path) -> Result<(), StudyError> {
        let Self { made_of, city, assessor, told, .. } = self;
        let inputs: Vec<PathBuf> = made_of.files.iter().map(|file| Path::new(&told.base).join(&file.path)).collect();
        StudyRef { made_of, city, assessor, told }.save(path, inputs.iter().map(PathBuf::as_path))?;
        self.check_whole(path)
    }

    /// Takes one back from a file, all of it.
    ///
    /// Costs one reading of the file, a copy of its arrays, and no geometry.
    ///
    /// # Errors
    /// Where the file cannot be read, is no study, is not whole, or is of another format or version of the program.
    pub fn open(path: &Path) -> Result<Self, StudyError> {
        let study = Self::open_later(path)?;
        study.take_all();
        study.check_whole(path)?;
        Ok(study)
    }

    /// The same with nothing taken but what is asked for, when it is: some milliseconds, however large the city is.
    ///
    /// What turns out to be damaged then is nothing and zeros: nothing that was made of the study may be believed before
    /// [`PreparedStudy::check_whole`] has been asked.
    ///
    /// # Errors
    /// As [`PreparedStudy::open`], as far as the beginning of the file tells.
    pub fn open_later(path: &Path) -> Result<Self, StudyError> {
        let (Begin { made_of, assessor, city, told }, aside) = container::open(path)?;
        let assessor = assessor.assessor(&aside).ok_or_else(|| StudyError::damaged(path))?;
        let (plane, from) = (made_of.plane, Arc::clone(&aside));
        let city = Later::new(move || from.object(city).unwrap_or_else(|| City::empty(plane, None)));
        Ok(Self { made_of, city, assessor, told, aside })
    }

    /// Makes sure that all that was taken so far was as it had been written.
    ///
    /// # Errors
    /// Where it was not.
    pub fn check_whole(&self, path: &Path) -> Result<(), StudyError> {
        check_whole(&self.aside, path)
    }

    /// The file that it is taken from, for whoever takes the study apart.
    #[must_use]
    pub fn aside(&self) -> Arc<Aside> {
        Arc::clone(&self.aside)
    }

    /// Measures, judges and places every parcel of a batch on the study's plane; see [`Assessor::assess`].
    #[must_use]
    pub fn assess(&self, batch: &Batch, ids: Texts) -> Assessment {
        self.assessor.assess(batch, ids)
    }

    /// Takes whatever is not taken yet.
    fn take_all(&self) {
        let _ = &*self.city;
        // Whoever writes it down has to look at all of it.
        let _ = self.assessor.stored(&mut AsideWriter::default());
    }
}

/// Makes sure that what was taken of a study was as it had been written.
///
/// # Errors
/// Where it was not.
pub fn check_whole(aside: &Aside, path: &Path) -> Result<(), StudyError> {
    if aside.is_damaged() { Err(StudyError::damaged(path)) } else { Ok(()) }
}
