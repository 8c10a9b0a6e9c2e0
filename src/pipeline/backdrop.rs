//! What lies under the maps of a run: read where its parcels are, written beside them, and judged by nothing.

use std::path::PathBuf;

use super::RunError;
use super::grids::Grids;
use crate::crs::{FromPlane, Plane};
use crate::geometry::Bounds;
use crate::inputs::Fingerprint;
use crate::layers::{BACKDROP, Backdrop, Onto, read_backdrop};
use crate::notices::Notices;
use crate::outputs::OutputError;
use crate::outputs::names;
use crate::products;
use crate::project::Project;
use crate::runs::RunWriter;

/// The backdrop of a run, where the project gives one, as its file has it.
pub(super) struct Ground {
    pub(super) read: Backdrop,
    /// The file.
    pub(super) geojson: Vec<u8>,
}

impl Ground {
    /// Reads what the project names; `None` where it names nothing, and where no parcel is anywhere.
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub(super) fn read(
        project: &Project,
        plane: Plane,
        parcels: Bounds,
        notices: &mut Notices,
    ) -> Result<Option<Self>, RunError> {
        if project.backdrop.is_empty() || parcels.is_empty() {
            return Ok(None);
        }
        let grids = Grids::read(project).map_err(RunError::of)?.all;
        let read = read_backdrop(&project.backdrop, Onto { plane, grids: &grids }, parcels, notices)
            .map_err(|errors| RunError::of(errors.into_iter().map(RunError::from).collect()))?;
        let geojson = products::backdrop(&read, &FromPlane::new(plane));
        Ok(Some(Self { read, geojson }))
    }

    /// Writes its file.
    pub(super) fn write(&self, folder: &mut RunWriter) -> Result<(), OutputError> {
        folder.write(&names::product(BACKDROP), &self.geojson)
    }

    /// Makes sure that every file is still what it was.
    pub(super) fn check_unchanged(&self) -> Result<(), RunError> {
        let files = self.read.report.files.iter();
        Ok(files.map(|file| &file.source.sha256).try_for_each(Fingerprint::check_unchanged)?)
    }

    /// The paths of its files.
    pub(super) fn paths(&self) -> impl Iterator<Item = PathBuf> {
        self.read.report.files.iter().map(|file| file.source.path.clone())
    }
}
