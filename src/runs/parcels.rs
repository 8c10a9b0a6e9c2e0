//! The parcels of a finished run with their statuses, on the run's plane.

use rayon::prelude::*;

use super::row::{ComparedColumns, RunRow};
use super::{RunFolder, RunFolderError};
use crate::criteria::Zone;
use crate::crs::ToPlane;
use crate::geometry::{Bounds, Shapes};
use crate::inputs::ParcelSource;
use crate::layers::crs_of;
use crate::verdicts::Status;

/// The parcels of a run, in the order of its file.
#[derive(Debug, Default)]
pub struct RunParcels {
    /// As many as are read at a time.
    pub chunks: Vec<RunParcelChunk>,
}

/// Some parcels that follow each other in the file.
#[derive(Debug)]
pub struct RunParcelChunk {
    /// Plane metres; one shape a parcel, shells counterclockwise, empty where there is no usable geometry.
    pub shapes: Shapes,
    /// For each parcel, its status in the zone.
    pub statuses: Vec<Status>,
}

impl RunParcels {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.statuses.len()).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The smallest box around all of them, plane metres.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.chunks.iter().fold(Bounds::EMPTY, |bounds, chunk| bounds.union(chunk.shapes.bounds()))
    }
}

impl RunFolder {
    /// Reads the outlines of all parcels and their statuses in a zone, on all threads.
    ///
    /// # Errors
    /// [`RunFolderError::NoShapes`] where the run has a table only; whatever keeps the file from being read; a parcel that
    /// no run wrote so.
    pub fn parcels(&self, zone: Zone) -> Result<RunParcels, RunFolderError> {
        self.check_readable()?;
        if !self.format.has_shapes {
            return Err(RunFolderError::NoShapes { folder: self.folder.clone() });
        }
        let source = self.open_parcels()?;
        let (crs, _) = crs_of(&source.files()[0], None, "parcels")?;
        let to_plane = ToPlane::new(&crs, self.plane).map_err(|error| RunFolderError::crs(&self.parcels, error))?;
        let columns = ComparedColumns::statuses(vec![zone]);
        let chunk = |chunk: usize| self.parcel_chunk(&*source, chunk, &columns, &to_plane);
        let chunks = (0..source.chunks()).into_par_iter().map(chunk).collect::<Result<_, RunFolderError>>()?;
        self.check_sources(source.files())?;
        Ok(RunParcels { chunks })
    }

    fn parcel_chunk(
        &self,
        source: &dyn ParcelSource,
        chunk: usize,
        columns: &ComparedColumns,
        to_plane: &ToPlane,
    ) -> Result<RunParcelChunk, RunFolderError> {
        let mut raw = source.read_chunk(chunk)?;
        let mut row = RunRow::new(columns);
        let mut statuses = Vec::with_capacity(raw.records.len());
        for (index, record) in raw.records.iter().enumerate() {
            row.read_json(columns, &record.properties).map_err(|problem| RunFolderError::Parcel {
                path: self.parcels.clone(),
                parcel: raw.first + index + 1,
                problem,
            })?;
            statuses.push(row.statuses[0]);
        }
        let mut shapes = std::mem::take(&mut raw.shapes);
        to_plane.convert(shapes.points_mut()).map_err(|error| RunFolderError::crs(&self.parcels, error))?;
        shapes.orient(|_| ());
        Ok(RunParcelChunk { shapes, statuses })
    }
}
