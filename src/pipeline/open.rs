//! Everything that a run reads before its parcels: files opened, the plane chosen, layers and timetables read.

use std::collections::BTreeMap;

use super::RunError;
use super::grids::Grids;
use super::preflight::place;
use super::timetables::{self, Timetables};
use crate::crs::{FromPlane, Plane};
use crate::geometry::Bounds;
use crate::inputs::Fingerprint;
use crate::layers::{City, Content, LayerKey, LayerReport, OF_ANOTHER_PLACE, ParcelReader, read_city};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::project::Project;
use crate::text::Text;
use crate::transit::Timetable;

/// What a run has read.
pub(super) struct Opened {
    pub(super) parcels: ParcelReader,
    pub(super) city: City,
    /// How the plane was chosen.
    pub(super) plane_chosen_by: Text,
    pub(super) from_plane: FromPlane,
    pub(super) timetables: Timetables,
    /// What is said of every layer but the parcels.
    pub(super) layers: Vec<LayerReport>,
    /// The layers of another place, which say nothing of the parcels, with the boxes around them.
    pub(super) elsewhere: BTreeMap<LayerKey, Bounds>,
}

impl Opened {
    /// Opens the parcels and reads all else. What cannot be read does not keep the rest from being looked at.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub(super) fn open(project: &Project, notices: &mut Notices) -> Result<Self, RunError> {
        let mut errors: Vec<RunError> = Vec::new();
        let grids = Grids::read(project).unwrap_or_else(|found| {
            errors.extend(found);
            Grids::default()
        });
        let parcels = ParcelReader::open(project.parcels(), &grids.all, notices);
        let parcels = parcels.map_err(|error| errors.push(error.into())).ok();
        let chosen = parcels.as_ref().map(|parcels| parcels.plane(project.plane, project.municipality.as_deref()));
        let chosen = chosen.and_then(|chosen| chosen.map_err(|error| errors.push(error.into())).ok());
        // Where the parcels do not say where they are, any plane reaches far enough to see whether the rest can be read.
        let plane = chosen.as_ref().map_or_else(|| Plane::nearest(137.0, 36.0), |(plane, _)| *plane);
        let read = read_city(&project.sources(&grids.all), plane, notices);
        let read = read.map_err(|found| errors.extend(found.into_iter().map(RunError::from))).ok();
        let (Some(parcels), Some((_, plane_chosen_by)), Some((mut city, mut layers))) = (parcels, chosen, read) else {
            return Err(RunError::of(errors));
        };
        if !errors.is_empty() {
            return Err(RunError::of(errors));
        }
        grids.tell_unused(parcels.file_reports().iter().chain(layers.iter().flat_map(|layer| &layer.files)), notices);
        let timetables = timetables::read(project, &mut city, notices)?;
        layers.extend(timetables.layer());
        layers.extend(grids.layer());
        for (path, reason) in &project.left {
            notices.add("folder", &NOT_A_LAYER, reason.map(|reason| format!("{}: {reason}", path.display())));
        }
        Ok(Self {
            parcels,
            city,
            plane_chosen_by,
            from_plane: FromPlane::new(plane),
            timetables,
            layers,
            elsewhere: BTreeMap::new(),
        })
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

    /// The timetable, where there is one.
    pub(super) fn timetable(&self) -> Option<&Timetable> {
        self.timetables.timetable.as_ref()
    }

    /// Makes sure that every file that was read is still what it was: the record tells of what was measured.
    ///
    /// # Errors
    /// The first that is not.
    pub(super) fn check_unchanged(&self) -> Result<(), RunError> {
        let parcels = self.parcels.file_reports();
        let files = parcels.iter().chain(self.layers.iter().flat_map(|layer| &layer.files));
        Ok(files.map(|file| &file.source.sha256).try_for_each(Fingerprint::check_unchanged)?)
    }

    /// The paths of all files that were read.
    pub(super) fn paths(&self) -> Vec<std::path::PathBuf> {
        let parcels = self.parcels.file_reports();
        let files = parcels.iter().chain(self.layers.iter().flat_map(|layer| &layer.files));
        files.map(|file| file.source.path.clone()).collect()
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
