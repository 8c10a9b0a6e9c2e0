//! The parcels of a run: opened, their plane chosen, and all of them judged.
//!
//! Chunks are independent and go through all steps on one thread each ([`super::chunk`]); what they give is put
//! together in the order of the input. Only a window of chunks is in memory at a time.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::chunk::{Done, Hand, Means};
use super::doubles::Outlines;
use super::flaws::DUPLICATE_ID;
use super::tally::Tally;
use super::{RunError, Watch};
use crate::crs::{Crs, CrsError, FromPlane, Plane, ToPlane};
use crate::geometry::{Bounds, Point};
use crate::inputs::{self, InputError, ParcelSource, RawParcels};
use crate::layers::{self, DATUM, FileReport, LayerError, LayerKey, crs_of};
use crate::notices::Notices;
use crate::outputs::{Folder, MapParcels, OutputError, Piece, Properties, Sink};
use crate::project::Project;

/// Chunks in memory at a time, for each thread.
const CHUNKS_A_THREAD: usize = 4;

/// Into so many parts a side of the parcels' box is divided to find the box in the plane.
const EXTENT_PARTS: i32 = 8;

/// What all parcels came to.
pub(super) struct Outcome {
    pub(super) tally: Tally,
    /// The parcels' files, which still wait to be ended.
    pub(super) sinks: Vec<Box<dyn Sink>>,
    /// What the map keeps of them.
    pub(super) map: Option<MapParcels>,
}

/// The parcels of a project, opened.
pub(super) struct Lots {
    source: Box<dyn ParcelSource>,
    /// For each file, its CRS and where that was learnt from.
    crs: Vec<(Crs, &'static str)>,
}

impl Lots {
    /// Opens the parcels' files.
    pub(super) fn open(project: &Project, notices: &mut Notices) -> Result<Self, RunError> {
        let spec = project.parcels();
        let paths = layers::files(LayerKey::Parcels, spec, notices)?;
        let id = spec.fields.get("id").map(String::as_str);
        let source = inputs::open_parcels(&paths, &spec.read, id)?;
        notices.merge(source.notices().clone());
        let crs = source
            .files()
            .iter()
            .map(|file| crs_of(file, spec.read.crs.as_deref(), LayerKey::Parcels.name()))
            .collect::<Result<Vec<_>, LayerError>>()?;
        for (crs, _) in &crs {
            if let Some(note) = crs.datum_note() {
                notices.add("parcels", &DATUM, note);
            }
        }
        Ok(Self { source, crs })
    }

    /// The plane to work in: the project's, else the municipality's prefecture's, else the nearest to the first
    /// parcel; with how it was chosen.
    pub(super) fn plane(&self, project: &Project) -> Result<(Plane, &'static str), RunError> {
        if let Some(plane) = project.plane.and_then(Plane::new) {
            return Ok((plane, "project file"));
        }
        if let Some(plane) = project.municipality.as_deref().and_then(Plane::for_prefecture) {
            return Ok((plane, "municipality"));
        }
        for chunk in 0..self.source.chunks() {
            let parcels = self.source.read_chunk(chunk)?;
            if let Some(&first) = parcels.shapes.points().first() {
                return Ok((self.plane_near(parcels.file, first)?, "first parcel"));
            }
        }
        let path = self.source.files().first().map(|file| file.path.clone()).unwrap_or_default();
        Err(LayerError::NoGeometry { layer: LayerKey::Parcels.name(), path, needs: "polygons" }.into())
    }

    fn plane_near(&self, file: usize, first: [f64; 2]) -> Result<Plane, RunError> {
        let crs = &self.crs[file].0;
        let own = (1..=19).filter_map(Plane::new).find(|&plane| crs.epsg() == Some(u32::from(plane.epsg())));
        if let Some(plane) = own {
            return Ok(plane);
        }
        // Any plane reaches all of Japan well enough to tell the right one.
        let somewhere = Plane::nearest(137.0, 36.0);
        let mut point = [first];
        self.to_plane(file, somewhere)?.convert(&mut point).map_err(|source| self.crs_error(file, source))?;
        let [lon, lat] = FromPlane::new(somewhere).lon_lat(point[0]);
        Ok(Plane::nearest(lon, lat))
    }

    /// A box of the plane around all parcels, and their own properties where `typed` asks for them: one pass over
    /// all chunks.
    pub(super) fn survey(&self, plane: Plane, typed: bool) -> Result<(Bounds, Option<Properties>), RunError> {
        let found = (0..self.source.chunks())
            .into_par_iter()
            .map(|chunk| self.survey_chunk(chunk, typed))
            .collect::<Result<Vec<_>, InputError>>()?;
        let mut by_file = vec![Bounds::EMPTY; self.crs.len()];
        let mut properties = typed.then(Properties::default);
        for (file, bounds, own) in found {
            by_file[file] = by_file[file].union(bounds);
            if let Some(properties) = &mut properties {
                properties.merge(&own);
            }
        }
        Ok((self.extent(&by_file, plane)?, properties))
    }

    /// The file of a chunk, a box around its shapes, and the properties of its parcels.
    fn survey_chunk(&self, chunk: usize, typed: bool) -> Result<(usize, Bounds, Properties), InputError> {
        let mut properties = Properties::default();
        if !typed {
            let (file, bounds) = self.source.bounds(chunk)?;
            return Ok((file, bounds, properties));
        }
        let parcels = self.source.read_chunk(chunk)?;
        parcels.records.iter().for_each(|record| properties.see(&record.properties));
        Ok((parcels.file, parcels.shapes.bounds(), properties))
    }

    /// A box of the plane around the boxes of the files, each in its own coordinates.
    fn extent(&self, by_file: &[Bounds], plane: Plane) -> Result<Bounds, RunError> {
        let mut extent = Bounds::EMPTY;
        for (file, bounds) in by_file.iter().enumerate().filter(|(_, bounds)| !bounds.is_empty()) {
            // A straight side of one system is bent in another: points along it, not the corners alone.
            let [width, height] = bounds.size();
            let along = |part: i32, length: f64| f64::from(part) / f64::from(EXTENT_PARTS) * length;
            let mut points: Vec<Point> = (0..=EXTENT_PARTS)
                .flat_map(|x| (0..=EXTENT_PARTS).map(move |y| (x, y)))
                .map(|(x, y)| [bounds.min[0] + along(x, width), bounds.min[1] + along(y, height)])
                .collect();
            self.to_plane(file, plane)?.convert(&mut points).map_err(|source| self.crs_error(file, source))?;
            extent = extent.union(Bounds::of(&points));
        }
        Ok(extent)
    }

    fn to_plane(&self, file: usize, plane: Plane) -> Result<ToPlane, RunError> {
        ToPlane::new(&self.crs[file].0, plane).map_err(|source| self.crs_error(file, source))
    }

    pub(super) fn crs_error(&self, file: usize, source: CrsError) -> RunError {
        LayerError::Crs { path: self.source.files()[file].path.clone(), source }.into()
    }

    /// What a run says of the parcels' files.
    pub(super) fn file_reports(&self) -> Vec<FileReport> {
        let report = |(source, (crs, found_in)): (&inputs::SourceFile, &(Crs, &'static str))| FileReport {
            source: source.clone(),
            crs: Some((crs.name(), *found_in)),
        };
        self.source.files().iter().zip(&self.crs).map(report).collect()
    }

    /// Measures, judges and writes every parcel. The files still wait to be ended.
    pub(super) fn judge(&self, means: Means<'_>, folder: &mut Folder, watch: &dyn Watch) -> Result<Outcome, RunError> {
        let Means { prepared, layout, options, .. } = means;
        let plane = prepared.study.scale.plane();
        let ways = (0..self.crs.len()).map(|file| self.to_plane(file, plane)).collect::<Result<Vec<_>, _>>()?;
        let sinks = options.formats.iter().map(|format| format.open(folder, layout));
        let sinks = sinks.collect::<Result<Vec<_>, OutputError>>()?;
        let hand = Hand { lots: self, means, ways };
        let (sender, receiver) = sync_channel::<Vec<Piece>>(2 * CHUNKS_A_THREAD * rayon::current_num_threads());
        let (worked, written) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || write_all(sinks, receiver));
            let worked = self.work_through(&hand, watch, |pieces| sender.send(pieces).is_ok());
            drop(sender);
            // A writer does not panic; if it did, the run must not look finished.
            let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (worked, written)
        });
        let (sinks, writing) = written?;
        let (mut tally, map) = worked?;
        tally.work.write += writing;
        Ok(Outcome { tally, sinks, map })
    }

    /// Works through all chunks, window by window; `send` takes each chunk's pieces in order and says whether anybody
    /// still wants them.
    fn work_through(
        &self,
        hand: &Hand<'_>,
        watch: &dyn Watch,
        send: impl Fn(Vec<Piece>) -> bool,
    ) -> Result<(Tally, Option<MapParcels>), RunError> {
        let (chunks, of) = (self.source.chunks(), self.source.len() as u64);
        let window = CHUNKS_A_THREAD * rayon::current_num_threads();
        let mut all = Tally::new(hand.means.prepared.candidates.len(), hand.means.variants.len());
        let mut map = hand.means.mapping.map(|mapping| mapping.mapper.collector());
        let mut seen = HashSet::new();
        let mut outlines = Outlines::default();
        for first in (0..chunks).step_by(window) {
            let done: Vec<Result<Done, RunError>> =
                (first..chunks.min(first + window)).into_par_iter().map(|chunk| hand.chunk(chunk)).collect();
            for done in done {
                let done = done?;
                all.add(done.tally);
                outlines.extend(done.outlines);
                if let (Some(map), Some(piece)) = (&mut map, done.map) {
                    map.add(piece);
                }
                for (hash, position, id) in done.ids {
                    if !seen.insert(hash) {
                        all.notices.add("parcels", &DUPLICATE_ID, format_args!("parcel {position} ({id})"));
                    }
                }
                if !send(done.pieces) {
                    // Nobody writes any more; why, the writer tells.
                    return Ok((all, map));
                }
            }
            watch.parcels(all.parcels, of);
        }
        outlines.tell(&mut all.notices);
        Ok((all, map))
    }

    /// One chunk as its file has it. Where its file is in metres of a plane, it must not be degrees.
    pub(super) fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, RunError> {
        let parcels = self.source.read_chunk(chunk)?;
        let crs = &self.crs[parcels.file].0;
        if !crs.is_geographic() {
            let path = &self.source.files()[parcels.file].path;
            let shapes = parcels.shapes.iter().enumerate();
            let positions = shapes.flat_map(|(place, shape)| {
                shape.points().iter().map(move |position| (parcels.first + place + 1, position))
            });
            inputs::check_metres(path, &crs.name(), positions)?;
        }
        Ok(parcels)
    }

    /// How many parcels stand in the files before this one.
    pub(super) fn parcels_before(&self, file: usize) -> usize {
        self.source.files()[..file].iter().map(|file| file.features).sum()
    }

    /// Whether a file's coordinates can go out as they came.
    pub(super) fn is_world_degrees(&self, file: usize) -> bool {
        self.crs[file].0.is_world_degrees()
    }
}

/// Writes what comes, one piece a file, until no more comes; and how long that took without the waiting.
fn write_all(
    mut sinks: Vec<Box<dyn Sink>>,
    receiver: Receiver<Vec<Piece>>,
) -> Result<(Vec<Box<dyn Sink>>, Duration), OutputError> {
    let mut writing = Duration::ZERO;
    for pieces in receiver {
        let begun = Instant::now();
        for (sink, piece) in sinks.iter_mut().zip(&pieces) {
            sink.take(piece)?;
        }
        writing += begun.elapsed();
    }
    Ok((sinks, writing))
}
