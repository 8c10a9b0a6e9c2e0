//! How much public land lies in pieces that were asked before? Of pieces that differ little from these it need not be added up again.

use crate::geometry::{Shape, Shapes};
use crate::regions::{KnownPieces, MadeOf, Region, RegionIndex, Scratch};

/// Public land in an area, plane m²: what is for sure, and with what may be. `None` of what nobody asked for.
pub(super) type Land = [Option<f64>; 2];

/// The pieces of a region with their public land.
#[derive(Debug)]
pub struct KnownLand {
    pieces: KnownPieces,
    land: Vec<Land>,
}

impl KnownLand {
    /// One [`Land`] a piece.
    pub(super) fn new(region: &Region, land: Vec<Land>) -> Self {
        Self { pieces: KnownPieces::new(region), land }
    }

    /// What a piece is made of, where it is made of any of them.
    pub(super) fn compare(&self, piece: &Shape<'_>) -> Option<LandBeside> {
        let MadeOf { pieces, beside } = self.pieces.compare(piece)?;
        let of_pieces = |end: usize| pieces.iter().map(|&index| self.land[index][end]).sum();
        Some(LandBeside { land: [of_pieces(0), of_pieces(1)], beside })
    }
}

/// What a piece has of pieces that are known, and the rings by which it differs from them.
#[derive(Debug)]
pub(super) struct LandBeside {
    land: Land,
    beside: Shapes,
}

impl LandBeside {
    /// The public land of the piece, plane m²; `end` says which.
    pub(super) fn area(&self, end: usize, land: &RegionIndex, scratch: &mut Scratch) -> Option<f64> {
        Some(self.land[end]? + land.area_of(&self.beside.get(0), scratch))
    }
}
