//! What lies near the same things, and within the same place, need not be drawn twice.
//!
//! A city is asked many times over: in every state of things, under every counting, for every number of a sweep. Most of what it
//! is asked for hangs on none of them. What was drawn is known by a digest of all that it was drawn from, so that no answer hangs
//! on what was asked before; what was not asked for longest is forgotten first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::{Region, near_behind};
use crate::crs::ScaleField;
use crate::geometry::{Footprint, Point, Shapes};
use crate::units::Metres;

/// So many points are remembered: 64 MiB.
const MOST_POINTS: usize = 1 << 22;

/// Regions of one city by what they were drawn from.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Remembered>);

type Key = [u8; 32];

#[derive(Debug, Default)]
struct Remembered {
    regions: BTreeMap<Key, Drawn>,
    points: usize,
    /// How often anything was asked for.
    asked: u64,
}

#[derive(Debug)]
struct Drawn {
    region: Arc<Region>,
    /// When it was last asked for.
    asked: u64,
}

impl Memo {
    /// All points within a distance on the ground of where things stand, as [`near`](super::near) gives them.
    #[must_use]
    pub fn near(&self, sites: &[(&Footprint, Metres)], scale: &ScaleField) -> Arc<Region> {
        let key = digest_of_sites(sites).finalize().into();
        self.region(key, || near_behind(sites, &[], scale))
    }

    /// The part of it in a place. Where what is near `others` is added to it, it is drawn as [`near_behind`] does.
    #[must_use]
    pub fn near_within(
        &self,
        sites: &[(&Footprint, Metres)],
        others: &[(&Footprint, Metres)],
        place: &Place<'_>,
        scale: &ScaleField,
    ) -> Arc<Region> {
        let near = || match others {
            [] => self.near(sites, scale),
            others => Arc::new(near_behind(sites, others, scale)),
        };
        if place.region.is_everything() && others.is_empty() {
            return near();
        }
        let mut key = digest_of_sites(sites);
        if !others.is_empty() {
            key.update(digest_of_sites(others).finalize());
        }
        self.region(key.chain_update(place.digest).finalize().into(), || near().intersection(place.region))
    }

    /// What is remembered under a key. Two threads may draw the same: nobody waits for another, who may wait in turn.
    fn region(&self, key: Key, draw: impl FnOnce() -> Region) -> Arc<Region> {
        let remembered = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = remembered().get(&key) {
            return known;
        }
        let drawn = Arc::new(draw());
        remembered().add(key, &drawn);
        drawn
    }
}

impl Remembered {
    fn get(&mut self, key: &Key) -> Option<Arc<Region>> {
        self.asked += 1;
        let drawn = self.regions.get_mut(key)?;
        drawn.asked = self.asked;
        Some(Arc::clone(&drawn.region))
    }

    fn add(&mut self, key: Key, region: &Arc<Region>) {
        let drawn = Drawn { region: Arc::clone(region), asked: self.asked };
        self.points += region.points();
        let before = self.regions.insert(key, drawn);
        self.points -= before.map_or(0, |before| before.region.points());
        while self.points > MOST_POINTS {
            let Some(key) = self.regions.iter().min_by_key(|(_, drawn)| drawn.asked).map(|(key, _)| *key) else {
                break;
            };
            self.points -= self.regions.remove(&key).map_or(0, |drawn| drawn.region.points());
        }
    }
}

/// A region with the digest by which it is known.
#[derive(Debug)]
pub struct Place<'a> {
    region: &'a Region,
    digest: Key,
}

impl<'a> Place<'a> {
    /// Works the digest out.
    #[must_use]
    pub fn of(region: &'a Region) -> Self {
        let mut digest = Sha256::new();
        digest.update([u8::from(region.complement)]);
        add_shapes(&mut digest, &region.area);
        Self { region, digest: digest.finalize().into() }
    }
}

fn digest_of_sites(sites: &[(&Footprint, Metres)]) -> Sha256 {
    let mut digest = Sha256::new();
    add_count(&mut digest, sites.len());
    for (site, within) in sites {
        digest.update(within.0.to_bits().to_le_bytes());
        add_count(&mut digest, site.iter().count());
        site.iter().for_each(|part| add_points(&mut digest, part));
        add_shapes(&mut digest, site.areas());
    }
    digest
}

fn add_shapes(digest: &mut Sha256, shapes: &Shapes) {
    add_count(digest, shapes.len());
    for shape in shapes.iter() {
        add_count(digest, shape.polygons().len());
        for polygon in shape.polygons() {
            add_count(digest, polygon.rings().len());
            polygon.rings().for_each(|ring| add_points(digest, ring));
        }
    }
}

fn add_points(digest: &mut Sha256, points: &[Point]) {
    add_count(digest, points.len());
    points.iter().flatten().for_each(|part| digest.update(part.to_bits().to_le_bytes()));
}

fn add_count(digest: &mut Sha256, count: usize) {
    digest.update((count as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::near;
    use super::*;
    use crate::crs::Plane;
    use crate::geometry::Bounds;

    fn station(x: f64) -> Footprint {
        Footprint::of(&geo::Point::new(x, 0.0).into())
    }

    #[test]
    fn what_was_drawn_is_what_is_drawn() {
        let (memo, scale) = (Memo::default(), ScaleField::new(Plane::new(9).unwrap()));
        let stations = [station(0.0), station(150.0)];
        let half = Region::union_of(&[&Shapes::from(Bounds { min: [0.0, -500.0], max: [500.0, 500.0] })]);
        let everything = Region::everything();
        for within in [100.0, 120.0, 100.0] {
            let sites: Vec<(&Footprint, Metres)> = stations.iter().map(|station| (station, Metres(within))).collect();
            let drawn = near(sites.iter().copied(), &scale);
            for _ in 0..2 {
                assert_eq!(*memo.near(&sites, &scale), drawn);
                assert_eq!(*memo.near_within(&sites, &[], &Place::of(&half), &scale), drawn.intersection(&half));
                assert_eq!(*memo.near_within(&sites, &[], &Place::of(&everything), &scale), drawn);
            }
        }
        assert_eq!(memo.0.lock().unwrap().regions.len(), 4);
    }

    #[test]
    fn what_was_not_asked_for_longest_is_forgotten_first() {
        let large = |x: f64| {
            let mut shapes = Shapes::default();
            shapes.push_ring(&vec![[x; 2]; MOST_POINTS / 2]);
            shapes.end_polygon();
            shapes.end_shape();
            Region::from(std::borrow::Cow::Owned(shapes))
        };
        let memo = Memo::default();
        for key in [1, 2, 1, 3] {
            let _ = memo.region([key; 32], || large(f64::from(key)));
        }
        let kept: Vec<u8> = memo.0.lock().unwrap().regions.keys().map(|key| key[0]).collect();
        assert_eq!(kept, [1, 3]);
    }
}
