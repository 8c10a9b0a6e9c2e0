//! What the map keeps of the parcels while they go through a run: packed columns, outlines and statuses.

use super::columns::{MapColumn, MapRow, columns};
use super::outlines::{Outlines, Step, lon_lat, step};
use crate::crs::{FromPlane, ScaleField};
use crate::evidence::Part;
use crate::geometry::repair::Mended;
use crate::geometry::{Shape, point_inside};
use crate::outputs::columns::Judged;
use crate::units::Metres;
use crate::verdicts::Status;

/// Makes ready what the map keeps of a chunk, on the thread that measured it.
#[derive(Debug)]
pub struct Mapper {
    columns: Vec<MapColumn>,
    from_plane: FromPlane,
    scale: ScaleField,
}

/// What the map keeps of one chunk.
#[derive(Debug)]
pub struct MapPiece {
    /// One block a column.
    blocks: Vec<Vec<u8>>,
    outlines: Outlines,
    middles: Vec<Step>,
    statuses: Vec<[Status; 4]>,
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
    pub(super) statuses: Vec<[Status; 4]>,
}

impl Mapper {
    /// For parcels of a plane.
    #[must_use]
    pub fn new(from_plane: FromPlane, scale: ScaleField) -> Self {
        Self { columns: columns(), from_plane, scale }
    }

    /// What is kept of consecutive parcels with their parts.
    #[must_use]
    pub fn piece(&self, lots: &Mended, judged: &[Judged], parts: &[Vec<Part>]) -> MapPiece {
        let mut piece = MapPiece {
            blocks: Vec::with_capacity(self.columns.len()),
            outlines: Outlines::default(),
            middles: Vec::with_capacity(judged.len()),
            statuses: judged.iter().map(|judged| judged.statuses).collect(),
        };
        let mut rows = Vec::with_capacity(judged.len());
        for (place, judged) in judged.iter().enumerate() {
            let shape = lots.get(place);
            self.draw(&shape, &mut piece.outlines);
            let middle = point_inside(&shape).map(|point| step(self.from_plane.lon_lat(point)));
            piece.middles.push(middle.unwrap_or_default());
            rows.push(MapRow { judged, parts: &parts[place], middle, span: self.span(&shape) });
        }
        piece.blocks = self.columns.iter().map(|column| column.block(&rows)).collect();
        piece
    }

    /// Adds an outline. The axes of tiles run east and south, so rings are turned round: shells clockwise as they are seen.
    fn draw(&self, shape: &Shape<'_>, outlines: &mut Outlines) {
        for ring in shape.rings() {
            outlines.push_ring(ring.iter().rev().map(|&point| self.from_plane.lon_lat(point)));
        }
        outlines.end_lot();
    }

    /// No two points of the parcel are further apart than this: the diagonal of its box.
    fn span(&self, shape: &Shape<'_>) -> Option<Metres> {
        let bounds = shape.bounds();
        (!bounds.is_empty()).then(|| self.scale.ground_distance(bounds.min, bounds.max))
    }

    /// Nothing as yet, of columns as these.
    #[must_use]
    pub fn collector(&self) -> MapParcels {
        let columns = columns();
        MapParcels {
            rows: Vec::new(),
            blocks: columns.iter().map(|_| Vec::new()).collect(),
            columns,
            outlines: Outlines::default(),
            middles: Vec::new(),
            statuses: Vec::new(),
        }
    }
}

impl MapParcels {
    /// Adds a piece; pieces come in the order of the input.
    pub fn add(&mut self, piece: MapPiece) {
        self.rows.push(piece.statuses.len());
        self.blocks.iter_mut().zip(piece.blocks).for_each(|(blocks, block)| blocks.push(block));
        self.outlines.append(&piece.outlines);
        self.middles.extend(piece.middles);
        self.statuses.extend(piece.statuses);
    }

    /// How many parcels there are.
    pub(super) fn len(&self) -> usize {
        self.statuses.len()
    }

    /// The box around all, degrees: west, south, east, north.
    pub(super) fn bounds(&self) -> Option<[f64; 4]> {
        let [[west, north], [east, south]] = self.outlines.extent()?.map(lon_lat);
        Some([west, south, east, north])
    }

    /// The columns one after the other, and for each the offset and length of its blocks.
    pub(super) fn columns_file(&self) -> (Vec<u8>, Vec<Vec<(usize, usize)>>) {
        let mut file = Vec::with_capacity(self.blocks.iter().flatten().map(Vec::len).sum());
        let mut places = Vec::with_capacity(self.blocks.len());
        for blocks in &self.blocks {
            let of_block = |block: &Vec<u8>| {
                let at = file.len();
                file.extend_from_slice(block);
                (at, block.len())
            };
            places.push(blocks.iter().map(of_block).collect());
        }
        (file, places)
    }
}
