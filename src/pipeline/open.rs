//! Everything that a run reads before its parcels: files opened, the plane chosen, layers and timetables read.

use super::RunError;
use super::timetables::{self, Timetables};
use crate::crs::FromPlane;
use crate::layers::{City, LayerReport, ParcelReader, read_city};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::project::Project;
use crate::text::Text;
use crate::transit::Timetable;

/// What a run has read.
pub(super) struct Opened {
    pub(super) parcels: ParcelReader,
    pub(super) city: City,
    /// How the plane was chosen.
    pub(super) plane_chosen_by: &'static str,
    pub(super) from_plane: FromPlane,
    pub(super) timetables: Timetables,
    /// What is said of every layer but the parcels.
    pub(super) layers: Vec<LayerReport>,
}

impl Opened {
    /// Opens the parcels and reads all else.
    pub(super) fn open(project: &Project) -> Result<(Self, Notices), RunError> {
        let mut notices = Notices::default();
        let parcels = ParcelReader::open(project.parcels(), &mut notices)?;
        let (plane, plane_chosen_by) = parcels.plane(project.plane, project.municipality.as_deref())?;
        let (mut city, mut layers) = read_city(&project.sources(), plane, &mut notices)?;
        let timetables = timetables::read(project, &mut city, &mut notices)?;
        layers.extend(timetables.layer());
        for (path, reason) in &project.left {
            notices.add("folder", &NOT_A_LAYER, reason.map(|reason| format!("{}: {reason}", path.display())));
        }
        let from_plane = FromPlane::new(plane);
        Ok((Self { parcels, city, plane_chosen_by, from_plane, timetables, layers }, notices))
    }

    /// The timetable, where there is one.
    pub(super) fn timetable(&self) -> Option<&Timetable> {
        self.timetables.timetable.as_ref()
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
    what: Text::new("〓", "file(s) of the folder not taken for any layer"),
    advice: None,
};
