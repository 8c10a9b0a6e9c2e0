//! The way of one chunk of parcels: read → project → mend → measure → judge → write.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Instant;

use super::clock::Work;
use super::doubles;
use super::flaws::{NO_AREA, problems};
use super::map::Mapping;
use super::parcels::Lots;
use super::tally::Tally;
use super::variants::Variant;
use super::{Options, Prepared, RunError};
use crate::criteria::Zone;
use crate::crs::ToPlane;
use crate::evidence::Measured;
use crate::geometry::Shapes;
use crate::geometry::area::area;
use crate::geometry::repair::{Mended, mend};
use crate::inputs::{GeometryProblem, RawParcels};
use crate::outputs::{Chunk, Judged, Layout, MapPiece, ParcelRow, Piece};
use crate::regions::Scratch;
use crate::verdicts::Status;

/// What parcels are measured against, and how they are written.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) variants: &'a [Variant],
    pub(super) layout: &'a Layout,
    pub(super) options: &'a Options,
    /// What makes ready the map; `None` where none is wanted.
    pub(super) mapping: Option<&'a Mapping<'a>>,
}

/// Everything that the work on a chunk needs.
pub(super) struct Hand<'a> {
    pub(super) lots: &'a Lots,
    pub(super) means: Means<'a>,
    /// The way of each file into the plane.
    pub(super) ways: Vec<ToPlane>,
}

/// What one chunk came to.
pub(super) struct Done {
    /// One piece a format.
    pub(super) pieces: Vec<Piece>,
    /// What the map keeps of it.
    pub(super) map: Option<MapPiece>,
    pub(super) tally: Tally,
    /// The ids with their positions, and hashes by which doubled ones are found.
    pub(super) ids: Vec<(u64, usize, String)>,
    /// Hashes of outlines with their parcels' positions.
    pub(super) outlines: Vec<(u64, u64)>,
}

impl Hand<'_> {
    /// Does all the work on a chunk.
    pub(super) fn chunk(&self, chunk: usize) -> Result<Done, RunError> {
        let begun = Instant::now();
        let mut raw = self.lots.read_chunk(chunk)?;
        let mut shapes = std::mem::take(&mut raw.shapes);
        let is_asked = self.means.layout.is_typed() && self.lots.is_world_degrees(raw.file);
        let as_they_came = is_asked.then(|| shapes.clone());
        self.ways[raw.file].convert(shapes.points_mut()).map_err(|source| self.lots.crs_error(raw.file, source))?;
        let been_read = Instant::now();
        let lots = mend(shapes);
        let measured = self.means.prepared.study.measure(&lots);
        let mut done = Done {
            pieces: Vec::new(),
            map: None,
            tally: Tally::new(self.means.prepared.candidates.len(), 0),
            ids: Vec::with_capacity(raw.records.len()),
            outlines: Vec::with_capacity(raw.records.len()),
        };
        let judged: Vec<Judged> = measured
            .into_iter()
            .enumerate()
            .map(|(place, measured)| self.judge(measured, place, &raw, &lots, &mut done))
            .collect();
        let judge = &self.means.prepared.judge;
        done.tally.variants =
            self.means.variants.iter().map(|variant| variant.changes(&lots, &judged, judge)).collect();
        let been_measured = Instant::now();
        done.pieces = self.write(&raw, as_they_came.as_ref(), &lots, &judged);
        let piece = |Mapping { mapper, parting }: &Mapping<'_>| mapper.piece(&lots, &judged, &parting.measure(&lots));
        done.map = self.means.mapping.map(piece);
        done.tally.work = Work {
            read: been_read.duration_since(begun),
            measure: been_measured.duration_since(been_read),
            write: been_measured.elapsed(),
        };
        Ok(done)
    }

    /// Verdicts of one parcel, counted.
    fn judge(&self, measured: Measured, place: usize, raw: &RawParcels<'_>, lots: &Mended, done: &mut Done) -> Judged {
        let judge = &self.means.prepared.judge;
        let position = self.lots.parcels_before(raw.file) + raw.first + place + 1;
        let record = &raw.records[place];
        let id = record.id.as_deref().map_or_else(|| position.to_string(), str::to_owned);
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let tally = &mut done.tally;
        let mut flaws = problems(record.problem, lots.flaws.get(&place).copied().unwrap_or_default());
        if measured.area.is_none() && record.problem.is_none() {
            flaws.push(&NO_AREA);
        }
        for kind in flaws {
            tally.notices.add("parcels", kind, format_args!("parcel {position} ({id})"));
        }
        let statuses = judge.statuses(&measured);
        tally.count(statuses, &measured);
        let open = Zone::ALL.into_iter().zip(statuses).filter(|(_, status)| *status == Status::Undetermined);
        // A parcel without geometry waits for no layer; it is told of on its own.
        for (zone, _) in open.filter(|_| measured.area.is_some()) {
            for criterion in judge.unsettled(zone, &measured) {
                *tally.open.entry((zone, criterion)).or_default() += 1;
            }
        }
        if measured.area.is_some() {
            done.outlines.push((doubles::hash(&lots.get(place)), position as u64));
            self.place(statuses, place, lots, &mut tally.by_candidate);
        }
        done.ids.push((hasher.finish(), position, id.clone()));
        Judged { id, measured, statuses }
    }

    /// Counts a parcel for the candidate zones that it is in.
    fn place(&self, statuses: [Status; 4], place: usize, lots: &Mended, by_candidate: &mut [u64]) {
        let shape = lots.get(place);
        let (bounds, plane_area) = (shape.bounds(), area(&shape));
        let mut scratch = Scratch::default();
        for zone in Zone::PLACES {
            let status = statuses[zone as usize];
            if status == Status::Ineligible {
                continue;
            }
            let found = self.means.prepared.placer.place((zone, status), &shape, &bounds, plane_area, &mut scratch);
            if let Some(candidate) = found {
                by_candidate[candidate] += 1;
            }
        }
    }

    /// The rows of the chunk, one piece a format.
    fn write(
        &self,
        raw: &RawParcels<'_>,
        as_they_came: Option<&Shapes>,
        lots: &Mended,
        judged: &[Judged],
    ) -> Vec<Piece> {
        let is_degrees = self.lots.is_world_degrees(raw.file);
        let records = raw.records.iter().zip(judged).enumerate();
        let rows = records.map(|(place, (record, judged))| {
            let keep_geometry =
                is_degrees && record.geometry.is_some() && record.problem != Some(GeometryProblem::Unclosed);
            let as_it_came = as_they_came.filter(|_| keep_geometry).map(|shapes| shapes.get(place));
            ParcelRow { record, shape: lots.get(place), keep_geometry, as_it_came, judged }
        });
        let Means { layout, options, .. } = self.means;
        let chunk = Chunk::new(layout, rows.collect());
        options.formats.iter().map(|format| format.encode(layout, &chunk)).collect()
    }
}
