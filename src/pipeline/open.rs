//! Everything that a run reads before its parcels: files opened, the plane chosen, layers and timetables read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::RunError;
use super::grids::Grids;
use super::preflight::place;
use super::timetables::{self, Timetables};
use crate::assess::Assessor;
use crate::crs::{FromPlane, Plane};
use crate::flat::{Aside, Later};
use crate::geometry::Bounds;
use crate::inputs::Fingerprint;
use crate::layers::{City, Content, LayerKey, LayerReport, OF_ANOTHER_PLACE, ParcelReader, read_city};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::prepared::{Told, check_whole};
use crate::project::Project;
use crate::text::Text;
use crate::transit::{Timetable, ToldTimetables};

/// What a run has read.
pub(super) struct Opened {
    pub(super) parcels: ParcelReader,
    pub(super) city: Later<City>,
    pub(super) plane: Plane,
    /// How the plane was chosen.
    pub(super) plane_chosen_by: Text,
    pub(super) from_plane: FromPlane,
    pub(super) timetables: Timetables,
    /// What is said of every layer but the parcels.
    pub(super) layers: Vec<LayerReport>,
    /// The layers of another place, which say nothing of the parcels, with the boxes around them.
    pub(super) elsewhere: BTreeMap<LayerKey, Bounds>,
    /// The prepared study that all but the parcels is taken from.
    pub(super) kept: Option<(PathBuf, Arc<Aside>)>,
}

/// The parcels and what else is looked at anew in every run.
struct Parcels {
    reader: ParcelReader,
    plane: Plane,
    plane_chosen_by: Text,
}

impl Opened {
    /// Opens the parcels and reads all else. What cannot be read does not keep the rest from being looked at.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub(super) fn open(project: &Project, notices: &mut Notices) -> Result<Self, RunError> {
        let mut of_parcels = Notices::default();
        let opened = Self::open_apart(project, notices, &mut of_parcels);
        notices.merge(of_parcels);
        opened
    }

    /// The same, with what is noticed of the parcels apart from what is noticed of the layers.
    ///
    /// # Errors
    /// As [`Opened::open`].
    pub(super) fn open_apart(
        project: &Project,
        notices: &mut Notices,
        of_parcels: &mut Notices,
    ) -> Result<Self, RunError> {
        let mut errors: Vec<RunError> = Vec::new();
        let grids = read_grids(project, &mut errors);
        let parcels = Parcels::open(project, &grids, of_parcels, &mut errors);
        Self::read(project, (grids, parcels, errors), notices, of_parcels)
    }

    /// Reads all else where the parcels are opened already.
    ///
    /// # Errors
    /// As [`Opened::open`].
    pub(super) fn read_layers(
        project: &Project,
        OpenedParcels { grids, parcels }: OpenedParcels,
        notices: &mut Notices,
        of_parcels: &mut Notices,
    ) -> Result<Self, RunError> {
        Self::read(project, (grids, Some(parcels), Vec::new()), notices, of_parcels)
    }

    fn read(
        project: &Project,
        (grids, parcels, mut errors): (Grids, Option<Parcels>, Vec<RunError>),
        notices: &mut Notices,
        of_parcels: &mut Notices,
    ) -> Result<Self, RunError> {
        // Where the parcels do not say where they are, any plane reaches far enough to see whether the rest can be read.
        let plane = parcels.as_ref().map_or_else(|| Plane::nearest(137.0, 36.0), |parcels| parcels.plane);
        let read = read_city(&project.sources(&grids.all), plane, notices);
        let read = read.map_err(|found| errors.extend(found.into_iter().map(RunError::from))).ok();
        let (Some(parcels), Some((mut city, mut layers))) = (parcels, read) else {
            return Err(RunError::of(errors));
        };
        if !errors.is_empty() {
            return Err(RunError::of(errors));
        }
        tell_of_project(project, &grids, &parcels.reader, &layers, of_parcels);
        let timetables = timetables::read(project, &mut city, notices)?;
        layers.extend(timetables.layer());
        layers.extend(grids.layer());
        Ok(Self::of(parcels, city.into(), timetables, layers))
    }

    /// Opens the parcels alone, and where they lie on which plane: all else is known.
    ///
    /// # Errors
    /// What is wrong with the parcels, or the grids that they go through.
    pub(super) fn open_parcels(project: &Project, of_parcels: &mut Notices) -> Result<OpenedParcels, RunError> {
        let mut errors: Vec<RunError> = Vec::new();
        let grids = read_grids(project, &mut errors);
        match Parcels::open(project, &grids, of_parcels, &mut errors) {
            Some(parcels) if errors.is_empty() => Ok(OpenedParcels { grids, parcels }),
            _ => Err(RunError::of(errors)),
        }
    }

    fn of(parcels: Parcels, city: Later<City>, timetables: Timetables, layers: Vec<LayerReport>) -> Self {
        let Parcels { reader, plane, plane_chosen_by } = parcels;
        let from_plane = FromPlane::new(plane);
        let (elsewhere, kept) = (BTreeMap::new(), None);
        Self { parcels: reader, city, plane, plane_chosen_by, from_plane, timetables, layers, elsewhere, kept }
    }

    /// Takes away the layers of another place: that they have nothing here does not say that there is nothing here.
    pub(super) fn forget_elsewhere(&mut self, parcels: Bounds) {
        if parcels.is_empty() {
            return;
        }
        let around = parcels.grown(OF_ANOTHER_PLACE);
        let boxes =
            place::boxes_of_layers(&self.city).filter(|(_, bounds)| !bounds.is_empty() && !bounds.meets(&around));
        self.elsewhere = boxes.collect();
        for &key in self.elsewhere.keys() {
            self.city.forget(key);
            // What the city has of it may be anywhere; nothing that is worked out stands in its place.
            if key.kind().content == Content::Area {
                self.city.lose(key);
            }
        }
    }

    /// What is told of timetables whose peaks an assessor has.
    pub(super) fn told_timetables(&self, assessor: &Assessor) -> ToldTimetables {
        let ToldTimetables { feeds, kinds, edits, lines, .. } = &self.timetables.told;
        let groups = self.timetables.groups(&assessor.peaks);
        let (feeds, kinds, edits, lines) = (feeds.clone(), kinds.clone(), edits.clone(), lines.clone());
        ToldTimetables { feeds, kinds, edits, lines, groups }
    }

    /// The timetable, where there is one at hand.
    pub(super) fn timetable(&self) -> Option<&Timetable> {
        self.timetables.timetable.as_ref()
    }

    /// Makes sure that every file that was read is still what it was: the record tells of what was measured. And that what was
    /// taken of a prepared study was whole.
    ///
    /// # Errors
    /// The first that is not.
    pub(super) fn check_unchanged(&self) -> Result<(), RunError> {
        if let Some((path, aside)) = &self.kept {
            check_whole(aside, path)?;
        }
        let parcels = self.parcels.file_reports();
        let files = parcels.iter().chain(self.layers.iter().flat_map(|layer| &layer.files));
        Ok(files.map(|file| &file.source.sha256).try_for_each(Fingerprint::check_unchanged)?)
    }

    /// The paths of all files that were read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let parcels = self.parcels.file_reports();
        let files = parcels.iter().chain(self.layers.iter().flat_map(|layer| &layer.files));
        files.map(|file| file.source.path.clone()).collect()
    }
}

impl Parcels {
    fn open(project: &Project, grids: &Grids, notices: &mut Notices, errors: &mut Vec<RunError>) -> Option<Self> {
        let reader = ParcelReader::open(project.parcels(), &grids.all, notices);
        let reader = reader.map_err(|error| errors.push(error.into())).ok()?;
        let chosen = reader.plane(project.plane, project.municipality.as_deref());
        let (plane, plane_chosen_by) = chosen.map_err(|error| errors.push(error.into())).ok()?;
        Some(Self { reader, plane, plane_chosen_by })
    }
}

/// The parcels of a run whose layers need not be read.
pub(super) struct OpenedParcels {
    grids: Grids,
    parcels: Parcels,
}

impl OpenedParcels {
    pub(super) fn reader(&self) -> &ParcelReader {
        &self.parcels.reader
    }

    pub(super) fn plane(&self) -> Plane {
        self.parcels.plane
    }

    /// With all else that was known before.
    pub(super) fn with(
        self,
        project: &Project,
        (city, told): (Later<City>, Told),
        kept: (PathBuf, Arc<Aside>),
        of_parcels: &mut Notices,
    ) -> Opened {
        let Told { layers, elsewhere, timetables, .. } = told;
        tell_of_project(project, &self.grids, &self.parcels.reader, &layers, of_parcels);
        let timetables = Timetables { timetable: None, told: timetables };
        Opened { elsewhere, kept: Some(kept), ..Opened::of(self.parcels, city, timetables, layers) }
    }
}

fn read_grids(project: &Project, errors: &mut Vec<RunError>) -> Grids {
    Grids::read(project).unwrap_or_else(|found| {
        errors.extend(found);
        Grids::default()
    })
}

/// Tells what hangs on the parcels and on what the project names, and not on what the layers hold.
fn tell_of_project(
    project: &Project,
    grids: &Grids,
    parcels: &ParcelReader,
    layers: &[LayerReport],
    notices: &mut Notices,
) {
    grids.tell_unused(parcels.file_reports().iter().chain(layers.iter().flat_map(|layer| &layer.files)), notices);
    for (path, reason) in &project.left {
        notices.add("folder", &NOT_A_LAYER, reason.map(|reason| format!("{}: {reason}", path.display())));
    }
}

/// Files of a folder without a project file that were taken for nothing.
static NOT_A_LAYER: NoticeKind = NoticeKind {
    id: "not-a-layer",
    severity: Severity::Info,
    what: Text::new(
        "フォルダーに、どのレイヤーにも使わなかったファイルがあります。",
        "file(s) of the folder not taken for any layer",
    ),
    advice: None,
};
