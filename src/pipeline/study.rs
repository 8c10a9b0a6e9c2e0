//! Was the study prepared before? From a file that is given, or one that a run like this left in the cache; and leaving one.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::open::Opened;
use super::{Options, Progress, RunError};
use crate::assess::Assessor;
use crate::crs::Plane;
use crate::diagnostics::{Diagnose, Diagnostic, Severity};
use crate::disk::make_folders;
use crate::geometry::Bounds;
use crate::inputs::gtfs::feed_files;
use crate::inputs::{InputError, grid_files, witness};
use crate::layers::{BACKDROP, BackdropSpec, Content, LayerKey, LayerSpec, Survey, files};
use crate::notices::Notices;
use crate::outputs::OutputError;
use crate::prepared::{MadeOf, MadeOfFile, PreparedStudy, StudyError, StudyRef, Told};
use crate::project::Project;
use crate::text::{Text, hex};

/// The ending of such files.
const ENDING: &str = "kyoten";

/// A fingerprint of all that a run of a project comes to hang on: its settings, every file that it reads, how it is to be written,
/// and this version of kyoten. 64 hex digits.
///
/// # Errors
/// A file that cannot be read.
pub fn fingerprint(project: &Project, options: &Options) -> Result<String, RunError> {
    let mut read = files_of(project)?;
    let parcels = project.parcels();
    // As of every layer: what a table in memory holds is told apart with the settings.
    #[cfg(feature = "geoparquet")]
    let is_file = parcels.read.table.is_none();
    #[cfg(not(feature = "geoparquet"))]
    let is_file = true;
    if is_file {
        read.extend(named(project, &files(LayerKey::Parcels, parcels, &mut Notices::default())?)?);
    }
    read.extend(named(project, &files_of_backdrop(project)?)?);
    let all = format!("{:?}", (env!("CARGO_PKG_VERSION"), project.says(), read, options.shows()));
    Ok(hex(&Sha256::digest(all)))
}

/// Every file that the layers of a project are read from, as it is now.
pub(super) fn files_of(project: &Project) -> Result<Vec<MadeOfFile>, InputError> {
    let tables = [&project.layers, &project.expectations, &project.supposed];
    let specs: Vec<(&LayerKey, &LayerSpec)> =
        tables.into_iter().flatten().filter(|(key, _)| **key != LayerKey::Parcels).collect();
    // What a table in memory holds is told apart with the settings.
    #[cfg(feature = "geoparquet")]
    let specs: Vec<_> = specs.into_iter().filter(|(_, spec)| spec.read.table.is_none()).collect();
    let of_layer = |&(&key, spec): &(&LayerKey, &LayerSpec)| files(key, spec, &mut Notices::default());
    let mut paths = specs.par_iter().map(of_layer).collect::<Result<Vec<_>, _>>()?.concat();
    paths.extend(feed_files(&project.base, &project.gtfs)?);
    paths.extend(grid_files(&project.base, &project.datum_grids)?);
    named(project, &paths)
}

/// The files that lie under maps, which decide nothing.
fn files_of_backdrop(project: &Project) -> Result<Vec<PathBuf>, InputError> {
    let key = LayerKey::own(BACKDROP, Content::Area);
    let of_part = |part: &BackdropSpec| files(key, &part.spec, &mut Notices::default());
    Ok(project.backdrop.iter().map(of_part).collect::<Result<Vec<_>, _>>()?.concat())
}

/// Files with their fingerprints, as the project calls them.
fn named(project: &Project, paths: &[PathBuf]) -> Result<Vec<MadeOfFile>, InputError> {
    let found = witness(paths)?;
    Ok(found.into_iter().map(|(path, sha256)| MadeOfFile::new(&path, &project.base, sha256)).collect())
}

/// All that decides what a project's study comes to, where its parcels lie in this box of a plane.
pub(super) fn made_of(project: &Project, files: Vec<MadeOfFile>, plane: Plane, extent: Bounds) -> MadeOf {
    MadeOf { settings: project.decides(), files, plane, extent }
}

/// What is done beside the measuring, on a thread that has nothing else to do.
pub(super) enum Beside<'a> {
    Nothing,
    /// The study is only known to be of the settings that are asked for.
    Check {
        path: &'a Path,
        made_of: MadeOf,
        extent: Option<Bounds>,
    },
    /// It is left in the cache.
    Leave {
        path: PathBuf,
        made_of: MadeOf,
        told: Box<Told>,
    },
}

impl Beside<'_> {
    /// Does it. Returns where the parcels lie, where nobody had looked before.
    ///
    /// # Errors
    /// A study that was made of something else.
    pub(super) fn done(
        self,
        project: &Project,
        opened: &Opened,
        assessor: &Assessor,
        progress: &dyn Progress,
    ) -> Result<Option<Survey>, RunError> {
        match self {
            Self::Nothing => Ok(None),
            Self::Check { path, made_of, extent } => {
                let plane = opened.plane;
                let look = || extent.is_none().then(|| opened.parcels.survey(plane, false)).transpose();
                let (files, survey) = rayon::join(|| files_of(project), look);
                let (files, survey) = (files?, survey?);
                let extent = survey.as_ref().map(|survey| survey.extent).or(extent).unwrap_or(Bounds::EMPTY);
                agree(path, &made_of, &self::made_of(project, files, plane, extent))?;
                Ok(survey)
            }
            Self::Leave { path, made_of, told } => {
                let told = Told { timetables: opened.told_timetables(assessor), ..*told };
                if let Err(error) = leave(&path, &made_of, &told, (project, opened, assessor)) {
                    progress.aside(&aside(&NOT_LEFT, &error));
                }
                Ok(None)
            }
        }
    }
}

/// Makes sure that a study was made of what is asked for.
///
/// # Errors
/// In what it differs.
pub(super) fn agree(path: &Path, made_of: &MadeOf, asked: &MadeOf) -> Result<(), StudyError> {
    let differences = made_of.differences(asked);
    if differences.is_empty() { Ok(()) } else { Err(StudyError::Stale { path: path.to_owned(), differences }) }
}

/// The file of a cache in which a study of just this would be.
pub(super) fn in_cache(cache: &Path, made_of: &MadeOf) -> PathBuf {
    cache.join(format!("{}.{ENDING}", made_of.key()))
}

/// The study of the cache, where there is one. One that is no good is told of, and is as none: the run leaves a new one.
pub(super) fn from_cache(path: &Path, made_of: &MadeOf, progress: &dyn Progress) -> Option<PreparedStudy> {
    let found = PreparedStudy::open_later(path).and_then(|study| {
        agree(path, &study.made_of, made_of)?;
        Ok(study)
    });
    match found {
        Ok(study) => Some(study),
        Err(StudyError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            tell_no_good(&error, progress);
            None
        }
    }
}

/// Tells of a file of the cache that is no good.
pub(super) fn tell_no_good(error: &StudyError, progress: &dyn Progress) {
    progress.aside(&aside(&NO_GOOD, error));
}

/// Leaves a study in the cache. One whose inputs have changed since they were hashed is not: it would be found for others.
fn leave(
    path: &Path,
    made_of: &MadeOf,
    told: &Told,
    (project, opened, assessor): (&Project, &Opened, &Assessor),
) -> Result<(), RunError> {
    unchanged(made_of, project, opened)?;
    if let Some(folder) = path.parent() {
        make_folders(folder).map_err(OutputError::at(folder))?;
    }
    let inputs = opened.paths();
    let study = StudyRef { made_of, city: &opened.city, assessor, told };
    study.save(path, inputs.iter().map(PathBuf::as_path))?;
    Ok(())
}

/// Makes sure that what was read is what was hashed.
///
/// # Errors
/// The first file that has changed meanwhile.
pub(super) fn unchanged(made_of: &MadeOf, project: &Project, opened: &Opened) -> Result<(), RunError> {
    let now = files_of(project)?;
    if let Some(file) = made_of.files.iter().find(|file| !now.contains(file)) {
        return Err(InputError::ChangedWhileRead { path: project.base.join(&file.path) }.into());
    }
    if let Some(file) = now.iter().find(|file| !made_of.files.contains(file)) {
        return Err(InputError::ChangedWhileRead { path: project.base.join(&file.path) }.into());
    }
    opened.check_unchanged()
}

/// What is said of a file of the cache, and why.
struct Aside {
    id: &'static str,
    said: Text,
}

static NO_GOOD: Aside = Aside {
    id: "cache-not-used",
    said: Text::new(
        "キャッシュのファイルを使わず、準備をやり直しました。",
        "a file of the cache was not used, and the study prepared anew",
    ),
};

static NOT_LEFT: Aside = Aside {
    id: "cache-not-written",
    said: Text::new(
        "準備した結果をキャッシュに残せませんでした。",
        "the prepared study could not be left in the cache",
    ),
};

/// One line on a file of the cache; what comes of the run is the same.
fn aside(kind: &Aside, why: &dyn Diagnose) -> Diagnostic {
    let first = why.diagnostics().into_iter().next();
    let said = first.as_ref().map_or_else(|| kind.said.clone(), |one| one.message.clone());
    let message = Text {
        ja: format!("{}（{}）", kind.said.ja, said.ja.trim_end_matches('。')).into(),
        en: format!("{}: {}", kind.said.en, said.en).into(),
    };
    let place = first.and_then(|one| one.place);
    Diagnostic { id: kind.id, severity: Severity::Warning, place, message, help: None }
}

#[cfg(all(test, feature = "geoparquet"))]
mod tests {
    use arrow_array::{BinaryArray, RecordBatch};
    use arrow_schema::{DataType, Field, Schema};
    use std::sync::Arc;

    use super::*;
    use crate::inputs::ArrowTable;
    use crate::project::LayerTable;

    #[test]
    fn parcels_in_memory_have_a_fingerprint_that_hangs_on_their_rows() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
        let of = |rows: Vec<Option<&[u8]>>| {
            let schema = Arc::new(Schema::new(vec![Field::new("geometry", DataType::Binary, true)]));
            let column = Arc::new(BinaryArray::from(rows));
            let batch = RecordBatch::try_new(Arc::clone(&schema), vec![column]).unwrap();
            let mut project = Project::open(&sample).unwrap();
            let table = ArrowTable::new("<parcels>", schema, vec![batch], None).unwrap();
            assert!(project.put_table(LayerTable::Today, "parcels", table));
            fingerprint(&project, &Options::default()).unwrap()
        };
        assert_eq!(of(vec![None, None]), of(vec![None, None]));
        assert_ne!(of(vec![None, None]), of(vec![None]));
    }
}
