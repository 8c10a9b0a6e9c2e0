//! The one layer of a tile: polygons, each with the parcel that it shows and that parcel's statuses.

use mvt::{GeomEncoder, GeomType, Layer, Tile};

use super::clip::Spot;
use crate::verdicts::Status;

/// The name of the layer.
const NAME: &str = "lots";

/// The polygons of one parcel on one tile.
#[derive(Default)]
pub(super) struct Figure {
    rings: Vec<Vec<Spot>>,
}

impl Figure {
    /// Adds a ring, shells turning clockwise as they are seen on the map, holes the other way. One without area is not seen.
    pub(super) fn add(&mut self, ring: &mut Vec<Spot>) {
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() > 2 && twice_area(ring) != 0 {
            self.rings.push(std::mem::take(ring));
        }
    }
}

/// The layer while it is being made.
pub(super) struct ParcelLayer {
    tile: Tile,
    layer: Layer,
    is_empty: bool,
}

impl ParcelLayer {
    pub(super) fn new(extent: i32) -> Self {
        let tile = Tile::new(extent.unsigned_abs());
        let layer = tile.create_layer(NAME);
        Self { tile, layer, is_empty: true }
    }

    /// Adds what is seen of a parcel. Ids start from 1, since 0 is what readers take for no id.
    pub(super) fn push(&mut self, parcel: u32, statuses: impl Iterator<Item = (&'static str, Status)>, figure: Figure) {
        // A hole without its shell is nothing.
        if !figure.rings.iter().any(|ring| twice_area(ring) > 0) {
            return;
        }
        let Some(geometry) = encoded(figure) else { return };
        let mut feature = std::mem::take(&mut self.layer).into_feature(geometry);
        feature.set_id(u64::from(parcel) + 1);
        for (zone, status) in statuses {
            feature.add_tag_uint(zone, status as u64);
        }
        self.layer = feature.into_layer();
        self.is_empty = false;
    }

    /// The bytes of the tile; `None` of an empty one.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        if self.is_empty {
            return None;
        }
        self.tile.add_layer(self.layer).ok()?;
        self.tile.to_bytes().ok()
    }
}

/// The rings as commands of the format.
fn encoded(figure: Figure) -> Option<mvt::GeomData> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut cursor = None;
    for mut ring in figure.rings {
        // The encoder takes a first point that is the last ring's last one for a point of that ring.
        if cursor == ring.first().copied() {
            ring.rotate_left(1);
        }
        for &[x, y] in &ring {
            encoder.add_point(x, y).ok()?;
        }
        encoder.complete_geom().ok()?;
        cursor = ring.last().copied();
    }
    encoder.encode().ok()
}

/// Twice the area, positive where the ring turns clockwise on a map whose second axis points south.
///
/// Source: Mapbox Vector Tile Specification 2.1, 4.3.4.4.
fn twice_area(ring: &[Spot]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&Spot, &Spot)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]);
    ring.iter().zip(next).map(cross).sum()
}
