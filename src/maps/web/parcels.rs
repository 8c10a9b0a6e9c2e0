//! What the map keeps of the parcels while they go through a run: packed columns, outlines and statuses.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::columns::{MapBatch, MapColumn, columns, rest_zones};
use super::outlines::{Outlines, Step, lon_lat, step};
use crate::assess::{Assessor, BatchResult};
use crate::criteria::{Criterion, Zone};
use crate::crs::{FromPlane, ScaleField};
use crate::evidence::{KnownIndex, Parting, Units};
use crate::flat::Later;
use crate::geometry::{Shape, point_inside};
use crate::layers::City;
use crate::regions::Known;
use crate::verdicts::Status;

/// Makes ready what the map keeps of a batch, on the thread that assessed it.
#[derive(Debug)]
pub struct Mapper<'a> {
    columns: Vec<MapColumn>,
    from_plane: &'a FromPlane,
    scale: &'a ScaleField,
    city: &'a Later<City>,
    assessor: &'a Assessor,
    /// Put together when the first batch comes: it takes a while, and the study is there by then.
    parting: OnceLock<Parting<'a>>,
}

/// What the map keeps of one batch.
#[derive(Debug)]
pub struct MapPiece {
    /// One block a column.
    blocks: Vec<Vec<u8>>,
    outlines: Outlines,
    middles: Vec<Step>,
    statuses: Vec<Status>,
}

/// What the map keeps of all parcels, in their order.
#[derive(Debug)]
pub struct MapParcels {
    pub(super) columns: Vec<MapColumn>,
    /// Parcels in each block.
    pub(super) rows: Vec<usize>,
    /// By column, its blocks.
    blocks: Vec<Vec<Vec<u8>>>,
    pub(super) outlines: Outlines,
    pub(super) middles: Vec<Step>,
    /// The ids of the zones.
    pub(super) zones: Vec<&'static str>,
    /// Of each parcel its status in every zone.
    pub(super) statuses: Vec<Status>,
}

impl<'a> Mapper<'a> {
    /// For the parcels of a city; `explains` tells whether their margins are worked out.
    #[must_use]
    pub fn new(city: &'a Later<City>, assessor: &'a Assessor, from_plane: &'a FromPlane, explains: bool) -> Self {
        let set = assessor.judge.rules.set;
        let (columns, scale) = (columns(assessor, &rest_zones(set), explains), &assessor.study.scale);
        Self { columns, from_plane, scale, city, assessor, parting: OnceLock::new() }
    }

    /// What is kept of a batch.
    #[must_use]
    pub fn piece(&self, result: &BatchResult<'_>) -> MapPiece {
        let (batch, assessment) = (&result.batch, &result.assessment);
        let mut outlines = Outlines::default();
        let (mut middles, mut spans) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for index in 0..batch.len() {
            let parcel = batch.parcel(index);
            self.draw(&parcel.shape, &mut outlines);
            middles.push(point_inside(&parcel.shape).map(|point| step(self.from_plane.lon_lat(point))));
            // No two points are further apart than the diagonal of the box. Rounded up, so that it is never too short.
            let bounds = parcel.bounds;
            let diagonal = || self.scale.ground_distance(bounds.min, bounds.max).0;
            spans.push((!bounds.is_empty()).then(|| (diagonal() * 1000.0).ceil() / 1000.0));
        }
        let parting = || parting(self.city, self.assessor, &rest_zones(self.assessor.judge.rules.set));
        let parts = self.parting.get_or_init(parting).measure(batch);
        let told = MapBatch { assessment, parts: &parts, middles: &middles, spans: &spans };
        let of_row = |row: usize| assessment.statuses.iter().map(move |statuses| statuses[row]);
        MapPiece {
            blocks: self.columns.iter().map(|column| column.block(&told)).collect(),
            outlines,
            middles: middles.iter().map(|middle| middle.unwrap_or_default()).collect(),
            statuses: (0..assessment.len()).flat_map(of_row).collect(),
        }
    }

    /// Adds an outline. The axes of tiles run east and south, so rings are turned round: shells clockwise as they are seen.
    fn draw(&self, shape: &Shape<'_>, outlines: &mut Outlines) {
        for ring in shape.rings() {
            outlines.push_ring(ring.iter().rev().map(|&point| self.from_plane.lon_lat(point)));
        }
        outlines.end_parcel();
    }
}

fn asks_no_units(criterion: &Criterion) -> bool {
    criterion.kind.units().is_none()
}

/// What parcels are divided by, so that the page can tell their status under other thresholds.
fn parting<'a>(city: &'a City, assessor: &Assessor, rest: &[Zone]) -> Parting<'a> {
    let without_units = |&zone: &Zone| {
        let others = assessor.judge.rules.clauses(zone).filter(|clause| clause.iter().all(|one| asks_no_units(one)));
        let of_clause = |clause: Vec<&Criterion>| {
            let known: Vec<&Known> = clause.iter().filter_map(|one| assessor.known.get(one.id)).collect();
            match known.as_slice() {
                [] => None,
                [one] => Some(Cow::Borrowed(*one)),
                several => Some(Cow::Owned(Known::any(several))),
            }
        };
        let others: Vec<Cow<'_, Known>> = others.filter_map(of_clause).collect();
        KnownIndex::new(&Known::all(others.iter().map(|known| &**known)))
    };
    let study = &assessor.study;
    let land = study.land.as_ref().zip(city.units());
    let people = study.people.as_ref().zip(city.census());
    Parting {
        land: land.map(|(values, units)| Units {
            coverage: values.coverage.clone(),
            shapes: &units.shapes,
            settled: None,
        }),
        people: people.map(|(values, census)| Units {
            coverage: values.coverage.clone(),
            shapes: &census.shapes,
            settled: Some(&census.surveyed),
        }),
        rest: rest.iter().map(without_units).collect(),
    }
}

impl MapParcels {
    /// Nothing as yet, for what `mapper` makes.
    #[must_use]
    pub fn new(assessor: &Assessor, explains: bool) -> Self {
        let set = assessor.judge.rules.set;
        let columns = columns(assessor, &rest_zones(set), explains);
        Self {
            zones: set.zones().map(Zone::id).collect(),
            rows: Vec::new(),
            blocks: columns.iter().map(|_| Vec::new()).collect(),
            columns,
            outlines: Outlines::default(),
            middles: Vec::new(),
            statuses: Vec::new(),
        }
    }

    /// Adds a piece; pieces come in the order of the input.
    pub fn add(&mut self, piece: MapPiece) {
        self.rows.push(piece.middles.len());
        self.blocks.iter_mut().zip(piece.blocks).for_each(|(blocks, block)| blocks.push(block));
        self.outlines.append(&piece.outlines);
        self.middles.extend(piece.middles);
        self.statuses.extend(piece.statuses);
    }

    /// The box around all, degrees: west, south, east, north.
    pub(super) fn bounds(&self) -> Option<[f64; 4]> {
        let [[west, north], [east, south]] = self.outlines.extent()?.map(lon_lat);
        Some([west, south, east, north])
    }

    /// The columns one after the other, and for each the offset and length of its blocks.
    pub(super) fn columns_file(&self) -> (Vec<u8>, Vec<Vec<(usize, usize)>>) {
        let mut file = Vec::with_capacity(self.blocks.iter().flatten().map(Vec::len).sum());
        let mut spans = Vec::with_capacity(self.blocks.len());
        for blocks in &self.blocks {
            let of_block = |block: &Vec<u8>| {
                let at = file.len();
                file.extend_from_slice(block);
                (at, block.len())
            };
            spans.push(blocks.iter().map(of_block).collect());
        }
        (file, spans)
    }
}
