//! What the map keeps of all parcels.

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult};
use crate::crs::FromPlane;
use crate::flat::Later;
use crate::layers::City;
use crate::maps::web::{MapParcels, MapPiece, Mapper};

/// Packs the columns and outlines of the map.
#[derive(Debug)]
pub struct CollectMap<'a> {
    mapper: Mapper<'a>,
    parcels: MapParcels,
}

impl<'a> CollectMap<'a> {
    /// Nothing as yet, of the parcels of a city; `explains` tells whether their margins are worked out.
    #[must_use]
    pub fn new(city: &'a Later<City>, assessor: &'a Assessor, from_plane: &'a FromPlane, explains: bool) -> Self {
        let mapper = Mapper::new(city, assessor, from_plane, explains);
        Self { mapper, parcels: MapParcels::new(assessor, explains) }
    }
}

impl Collector for CollectMap<'_> {
    type Piece = MapPiece;
    type Output = MapParcels;

    fn piece(&self, result: &BatchResult<'_>) -> MapPiece {
        self.mapper.piece(result)
    }

    fn merge(&mut self, piece: MapPiece) -> Result<(), Enough> {
        self.parcels.add(piece);
        Ok(())
    }

    fn finish(self) -> MapParcels {
        self.parcels
    }
}
