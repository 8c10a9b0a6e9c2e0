//! The parcels' way through the run: read → project → mend → measure → judge → write, chunk by chunk.
//!
//! Chunks are independent and go through all steps on one thread each; what they give is put together in the
//! order of the input. Only a window of chunks is in memory at a time.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use rayon::prelude::*;

use super::clock::Work;
use super::{Options, Prepared, RunError, Watch};
use crate::criteria::{Asks, LotFacts, Zone, criterion};
use crate::crs::{Crs, FromPlane, Plane, ToPlane};
use crate::evidence::Measured;
use crate::geometry::Shapes;
use crate::geometry::area::area;
use crate::geometry::repair::{Mended, mend};
use crate::inputs::{self, GeometryProblem, ParcelSource, RawParcels};
use crate::layers::{FileReport, LayerError, LayerKey, crs_of};
use crate::notices::{Kind, Notices, Severity};
use crate::outputs::{Count, Folder, Judged, Layout, NearSet, Open, OutputError, OutputFile, ParcelRow, ZoneCounts};
use crate::project::Project;
use crate::regions::Scratch;
use crate::units::Share;
use crate::verdicts::{Status, reaches, status};

/// Chunks in memory at a time, for each thread.
const CHUNKS_A_THREAD: usize = 4;

/// The parcels of a project, opened.
pub(super) struct Lots {
    source: Box<dyn ParcelSource>,
    /// For each file, its CRS and where that was learnt from.
    crs: Vec<(Crs, &'static str)>,
}

/// What all parcels together came to.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) parcels: u64,
    pub(super) unusable: u64,
    pub(super) counts: BTreeMap<Zone, ZoneCounts>,
    pub(super) open: BTreeMap<Zone, Vec<Open>>,
    pub(super) parcels_by_candidate: Vec<u64>,
    pub(super) notices: Notices,
    pub(super) work: Work,
}

/// What one chunk came to.
struct Done {
    /// One buffer a format.
    bytes: Vec<Vec<u8>>,
    tally: Tally,
    open: BTreeMap<(Zone, &'static str), u64>,
    /// Hashes of the ids, with the positions and ids that a message may need.
    ids: Vec<(u64, usize, String)>,
}

impl Lots {
    /// Opens the parcels' files.
    pub(super) fn open(project: &Project, notices: &mut Notices) -> Result<Self, RunError> {
        let spec = project.parcels();
        let paths = inputs::expand(&spec.base, &spec.paths)?;
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
                notices.add("parcels", &crate::layers::DATUM, note);
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

    fn to_plane(&self, file: usize, plane: Plane) -> Result<ToPlane, RunError> {
        ToPlane::new(&self.crs[file].0, plane).map_err(|source| self.crs_error(file, source))
    }

    /// Where a plane is named, the coordinates must not be degrees.
    fn check_metres(&self, parcels: &RawParcels<'_>, shapes: &Shapes) -> Result<(), RunError> {
        let crs = &self.crs[parcels.file].0;
        if crs.is_geographic() {
            return Ok(());
        }
        let path = &self.source.files()[parcels.file].path;
        let positions = shapes
            .iter()
            .enumerate()
            .flat_map(|(place, shape)| shape.points().iter().map(move |at| (parcels.first + place + 1, at)));
        Ok(inputs::check_metres(path, &crs.name(), positions)?)
    }

    fn crs_error(&self, file: usize, source: crate::crs::CrsError) -> RunError {
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

    /// Measures, judges and writes every parcel.
    pub(super) fn judge(
        &self,
        prepared: &Prepared,
        layout: &Layout,
        options: &Options,
        folder: &mut Folder,
        watch: &dyn Watch,
    ) -> Result<Tally, RunError> {
        let plane = prepared.study.scale.plane();
        let files: Vec<usize> = (0..self.crs.len()).collect();
        let ways = files.iter().map(|&file| self.to_plane(file, plane)).collect::<Result<Vec<_>, _>>()?;
        let mut outputs = Vec::new();
        for format in &options.formats {
            let mut file = folder.create(format.file)?;
            file.write(&format.begin(layout))?;
            outputs.push(file);
        }
        let judging = Judging { lots: self, prepared, layout, options, ways };
        let (sender, receiver) = sync_channel::<Vec<Vec<u8>>>(2 * CHUNKS_A_THREAD * rayon::current_num_threads());
        let (tally, outputs) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || write_all(outputs, receiver));
            let tally = judging.all(watch, |bytes| sender.send(bytes).is_ok());
            drop(sender);
            // A writer does not panic; if it did, the run must not look finished.
            let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (tally, written)
        });
        for (mut file, format) in outputs?.into_iter().zip(&options.formats) {
            file.write(&format.end())?;
            file.finish()?;
        }
        tally
    }
}

/// Writes what comes, one buffer a file, until no more comes.
fn write_all(
    mut outputs: Vec<OutputFile>,
    receiver: std::sync::mpsc::Receiver<Vec<Vec<u8>>>,
) -> Result<Vec<OutputFile>, OutputError> {
    for buffers in receiver {
        for (file, bytes) in outputs.iter_mut().zip(&buffers) {
            file.write(bytes)?;
        }
    }
    Ok(outputs)
}

/// Everything that the work on a chunk needs.
struct Judging<'a> {
    lots: &'a Lots,
    prepared: &'a Prepared,
    layout: &'a Layout,
    options: &'a Options,
    /// The way of each file into the plane.
    ways: Vec<ToPlane>,
}

impl Judging<'_> {
    /// Works through all chunks, window by window; `send` takes each chunk's bytes in order and says whether anybody
    /// still wants them.
    fn all(&self, watch: &dyn Watch, send: impl Fn(Vec<Vec<u8>>) -> bool) -> Result<Tally, RunError> {
        let (chunks, of) = (self.lots.source.chunks(), self.lots.source.len() as u64);
        let window = CHUNKS_A_THREAD * rayon::current_num_threads();
        let mut all = Tally { parcels_by_candidate: vec![0; self.prepared.candidates.len()], ..Tally::default() };
        let mut open: BTreeMap<(Zone, &'static str), u64> = BTreeMap::new();
        let mut seen = HashSet::new();
        for first in (0..chunks).step_by(window) {
            let done: Vec<Result<Done, RunError>> =
                (first..chunks.min(first + window)).into_par_iter().map(|chunk| self.chunk(chunk)).collect();
            for done in done {
                let done = done?;
                all.add(done.tally);
                for (reason, parcels) in done.open {
                    *open.entry(reason).or_default() += parcels;
                }
                for (hash, position, id) in done.ids {
                    if !seen.insert(hash) {
                        all.notices.add("parcels", &DUPLICATE_ID, format_args!("parcel {position} ({id})"));
                    }
                }
                if !send(done.bytes) {
                    return Ok(all);
                }
            }
            watch.parcels(all.parcels, of);
        }
        for ((zone, criterion), parcels) in open {
            all.open.entry(zone).or_default().push(Open { criterion, parcels });
        }
        Ok(all)
    }

    fn chunk(&self, chunk: usize) -> Result<Done, RunError> {
        let begun = Instant::now();
        let mut raw = self.lots.source.read_chunk(chunk)?;
        let file = raw.file;
        let mut shapes = std::mem::take(&mut raw.shapes);
        self.lots.check_metres(&raw, &shapes)?;
        self.ways[file].convert(shapes.points_mut()).map_err(|source| self.lots.crs_error(file, source))?;
        let read = begun.elapsed();
        let lots = mend(shapes);
        let measured = self.prepared.study.measure(&lots);
        let mut done = Done {
            bytes: vec![Vec::new(); self.options.formats.len()],
            tally: Tally { parcels_by_candidate: vec![0; self.prepared.candidates.len()], ..Tally::default() },
            open: BTreeMap::new(),
            ids: Vec::with_capacity(raw.records.len()),
        };
        let judged: Vec<Judged> = measured
            .into_iter()
            .enumerate()
            .map(|(place, measured)| self.judge(measured, place, &raw, &lots, &mut done))
            .collect();
        let measure = begun.elapsed() - read;
        let keep = self.lots.crs[file].0.is_world_degrees();
        for (place, judged) in judged.iter().enumerate() {
            let record = &raw.records[place];
            let row = ParcelRow {
                record,
                shape: lots.get(place),
                keep_geometry: keep && record.problem != Some(GeometryProblem::Unclosed),
                judged,
            };
            let is_first = chunk == 0 && place == 0;
            for (format, out) in self.options.formats.iter().zip(&mut done.bytes) {
                format.push(out, self.layout, &row, is_first);
            }
        }
        done.tally.work = Work { read, measure, write: begun.elapsed() - read - measure };
        Ok(done)
    }

    /// Verdicts of one parcel, counted.
    fn judge(&self, measured: Measured, place: usize, raw: &RawParcels<'_>, lots: &Mended, done: &mut Done) -> Judged {
        let position = raw.first + place + 1;
        let record = &raw.records[place];
        let id = record.id.as_deref().map_or_else(|| position.to_string(), str::to_owned);
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        done.ids.push((hasher.finish(), position, id.clone()));
        let name = || format!("parcel {position} ({id})");
        for kind in problems(record.problem, lots.flaws.get(&place).copied().unwrap_or_default()) {
            done.tally.notices.add("parcels", kind, name());
        }
        done.tally.parcels += 1;
        if measured.area.is_none() {
            done.tally.unusable += 1;
            if record.problem.is_none() {
                done.tally.notices.add("parcels", &NO_AREA, name());
            }
        }
        let statuses = Zone::ALL.map(|zone| self.status(zone, &measured));
        for (zone, status) in Zone::ALL.into_iter().zip(statuses) {
            let count = done.tally.counts.entry(zone).or_default().entry(status).or_insert_with(Count::default);
            count.parcels += 1;
            count.hectares += measured.area.map_or(0.0, |area| area.hectares());
            if status == Status::Undetermined {
                for id in self.unsettled(zone, &measured) {
                    *done.open.entry((zone, id)).or_default() += 1;
                }
            }
        }
        self.place(&statuses, &measured, place, lots, done);
        Judged { id, measured, statuses }
    }

    fn status(&self, zone: Zone, measured: &Measured) -> Status {
        let Some(shares) = measured.zones.get(zone as usize) else { return Status::Undetermined };
        let facts = self.lot_facts(measured);
        let lot_criteria = self.prepared.rules.asked(zone).filter_map(criterion).filter_map(|one| match one.asks {
            Asks::Lot(ask) => Some(ask(&facts, &self.prepared.rules.thresholds)),
            _ => None,
        });
        // One that fails settles it; one that is not known leaves it open.
        let lot = lot_criteria.fold(Some(true), |all, one| match (all, one) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        });
        status(shares, lot, Share(self.prepared.rules.thresholds.membership))
    }

    fn lot_facts(&self, measured: &Measured) -> LotFacts {
        let near = |set: NearSet| measured.near.get(set as usize).copied().flatten().map(|near| near.distance);
        LotFacts {
            area: measured.area,
            facilities_known: self.prepared.facilities_known,
            same_kind: near(NearSet::SameKind),
            maybe_same_kind: near(NearSet::MaybeSameKind),
            unplaced_same_kind: self.prepared.unplaced_same_kind,
        }
    }

    /// The criteria that keep an undetermined parcel from being settled.
    fn unsettled(&self, zone: Zone, measured: &Measured) -> Vec<&'static str> {
        let rules = &self.prepared.rules;
        let membership = Share(rules.thresholds.membership);
        let facts = self.lot_facts(measured);
        let is_open = |id: &&'static str| {
            let Some(one) = criterion(id) else { return false };
            match one.asks {
                Asks::Lot(ask) => ask(&facts, &rules.thresholds).is_none(),
                _ => crate::criteria::places()
                    .position(|place| place.id == *id)
                    .and_then(|place| measured.criteria.get(place))
                    .is_some_and(|found| !reaches(found.share.lo, membership) && reaches(found.share.hi, membership)),
            }
        };
        rules.asked(zone).filter(is_open).collect()
    }

    /// Counts the parcel for the candidate zones that it is in.
    fn place(&self, statuses: &[Status; 4], measured: &Measured, place: usize, lots: &Mended, done: &mut Done) {
        if measured.area.is_none() {
            return;
        }
        let shape = lots.get(place);
        let (bounds, plane_area) = (shape.bounds(), area(&shape));
        let mut scratch = Scratch::default();
        for zone in Zone::PLACES {
            let status = statuses[zone as usize];
            if status == Status::Ineligible {
                continue;
            }
            let found = self.prepared.placer.place((zone, status), &shape, &bounds, plane_area, &mut scratch);
            if let Some(candidate) = found {
                done.tally.parcels_by_candidate[candidate] += 1;
            }
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.parcels += other.parcels;
        self.unusable += other.unusable;
        for (zone, counts) in other.counts {
            let known = self.counts.entry(zone).or_default();
            for (status, count) in counts {
                let sum = known.entry(status).or_default();
                sum.parcels += count.parcels;
                sum.hectares += count.hectares;
            }
        }
        for (sum, more) in self.parcels_by_candidate.iter_mut().zip(other.parcels_by_candidate) {
            *sum += more;
        }
        self.notices.merge(other.notices);
        self.work.add(other.work);
    }
}

/// The kinds of notices that a parcel's geometry gives rise to.
fn problems(found: Option<GeometryProblem>, flaws: crate::geometry::repair::Flaws) -> Vec<&'static Kind> {
    let mut kinds = Vec::new();
    match found {
        Some(GeometryProblem::Null | GeometryProblem::Empty) => kinds.push(&NO_GEOMETRY),
        Some(GeometryProblem::NotAPolygon) => kinds.push(&NOT_A_POLYGON),
        Some(GeometryProblem::NotFinite) => kinds.push(&NOT_FINITE),
        Some(GeometryProblem::Unclosed) => kinds.push(&UNCLOSED),
        None => {}
    }
    for (is, kind) in [(flaws.turned, &TURNED), (flaws.doubled, &DOUBLED), (flaws.crossing, &CROSSING)] {
        if is {
            kinds.push(kind);
        }
    }
    kinds
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $what:literal, $advice:literal;)*) => {
        $($(#[$doc])* static $name: Kind =
            Kind { id: $id, severity: Severity::$severity, what: $what, advice: $advice };)*
    };
}

kinds! {
    NO_GEOMETRY = "no-geometry", Skipped, "parcel(s) without a geometry; kept with empty measures and undetermined",
        "give them a polygon in the file";
    NOT_A_POLYGON = "not-a-polygon", Skipped, "parcel(s) that are no polygon; kept with empty measures and undetermined",
        "give them a polygon in the file";
    NOT_FINITE = "not-finite", Skipped, "parcel(s) with a coordinate that is no number; kept with empty measures and undetermined",
        "mend them in the file";
    NO_AREA = "no-area", Skipped, "parcel(s) without an area; kept with empty measures and undetermined",
        "mend them in the file";
    UNCLOSED = "unclosed", Mended, "parcel(s) whose ring did not end where it began; closed", "";
    TURNED = "turned", Mended, "parcel(s) whose rings turned against the convention of GeoJSON; turned", "";
    DOUBLED = "doubled-point", Mended, "parcel(s) with a point twice in a row; read as one", "";
    CROSSING = "self-crossing", Mended, "parcel(s) whose rings cross; measured as what an odd number of rings go round",
        "look at them on a map";
    DUPLICATE_ID = "duplicate-id", Warning, "parcel(s) with an id that an earlier one has", "rows cannot be joined by this id alone";
}
