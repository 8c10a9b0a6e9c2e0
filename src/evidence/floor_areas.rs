//! How much floor stands on a parcel, and how much of what is designated is that? The floor-area ratio 容積率 that there is, the one
//! that is designated 指定容積率, and the fill rate 充足率, by which land is under-used 低・未利用地 or not.
//!
//! What is known of a building is an interval of floors over the ground that it covers: its floor area spread evenly, else its floors,
//! else one floor or more. Ground that two buildings claim holds at least the fewest floors of one of them, and at most those of both.

use std::sync::Arc;

use geo::ConvexHull as _;
use serde::{Deserialize, Serialize};

use super::apart::{Boxes, HAIR_M2, Valued, boxes, meeting};
use super::{Batch, Coverage, IntervalColumn, Parcel};
use crate::flat::{self, Aside, AsideWriter, Later};
use crate::geometry::area::{Sharing, area, centroid};
use crate::geometry::{Bounds, Point, Shapes};
use crate::layers::{Building, City, LayerKey};
use crate::regions::Scratch;
use crate::units::{Interval, Share};

/// Where a parcel lies outside all areas of the layer by more than this share, what is designated is not known: borders of use zones
/// that are meant to be the same seldom agree to the millimetre.
const COVER_TOLERANCE: f64 = 1e-3;

/// What is known of a ratio of which nothing is known.
const ANY: Interval<f64> = Interval { lo: 0.0, hi: f64::INFINITY };

/// What is measured of floors, one row a parcel; no rows where nothing of it is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FillColumns {
    /// Floor area on a parcel's ground over that ground, 1 for 100 %.
    pub floor_area_ratio: IntervalColumn,
    /// The ratio that is designated, 1 for 100 %: the mean over the areas that a parcel lies in, by area (建築基準法 第52条第7項).
    pub designated: IntervalColumn,
    /// The first over the second.
    pub fill_rate: IntervalColumn,
}

/// Buildings and designated ratios, ready to be asked.
#[derive(Debug)]
pub struct FloorAreas(Later<Ready>);

#[derive(Debug)]
struct Ready {
    kept: Kept,
    buildings: Boxes,
    zones: Coverage,
}

/// All that it is made of.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Ground that is built upon, without overlaps, and floors there.
    built: Shapes,
    floors: Vec<Interval<f64>>,
    /// The convex hull of all buildings, counterclockwise: outside it the layer may say nothing.
    hull: Vec<Point>,
    /// Whether there are more buildings, and nobody knows where.
    in_part: bool,
    /// Ground with a designated ratio, without overlaps, and the ratio there.
    zones: Shapes,
    ratios: Vec<Interval<f64>>,
    /// A box around the parcels.
    around: Bounds,
}

/// Room that is used for one parcel after the other.
#[derive(Default)]
struct Room {
    sharing: Sharing,
    near: Vec<usize>,
    scratch: Scratch,
    weights: Vec<(u32, f64)>,
}

impl Kept {
    /// What is taken from a file that is damaged.
    fn nothing() -> Self {
        let [built, zones] = [Shapes::default(), Shapes::default()];
        Self {
            built,
            floors: Vec::new(),
            hull: Vec::new(),
            in_part: true,
            zones,
            ratios: Vec::new(),
            around: Bounds::EMPTY,
        }
    }
}

impl FloorAreas {
    /// Makes the layers of a city ready; `None` where one is missing. Parcels within the box `around` are measured faster.
    #[must_use]
    pub fn of(city: &City, around: Bounds) -> Option<Self> {
        let (shapes, buildings) = city.buildings()?;
        let (zones, ratios) = city.designated_ratios()?;
        let floors = shapes.iter().zip(buildings).map(|(shape, building)| {
            let ground = city.scale.ground_area(area(&shape), centroid(&shape).unwrap_or_default());
            floors(building, ground.0)
        });
        let floors = floors.collect();
        let hull = hull(shapes);
        let built = Valued { shapes: shapes.clone(), values: floors };
        let built = built.apart(|one, two| Interval::new(one.lo.min(two.lo), one.hi + two.hi));
        let ratios = ratios.iter().map(|area| area.ratio.map_or(ANY, Interval::exactly)).collect();
        let zones = Valued { shapes: zones.clone(), values: ratios };
        let zones = zones.apart(|one, two| Interval::new(one.lo.min(two.lo), one.hi.max(two.hi)));
        let kept = Kept {
            built: built.shapes,
            floors: built.values,
            hull,
            in_part: city.lacks(LayerKey::Buildings),
            zones: zones.shapes,
            ratios: zones.values,
            around,
        };
        Some(Self(Ready::of(kept).into()))
    }

    /// Measures every parcel of a batch.
    ///
    /// Costs some hundred nanoseconds a building that stands near, and no allocation a parcel.
    #[must_use]
    pub fn measure(&self, batch: &Batch) -> FillColumns {
        let rows = batch.len();
        let [mut there, mut designated, mut rate] = [rows; 3].map(IntervalColumn::with_capacity);
        let mut room = Room::default();
        for parcel in batch.parcels() {
            let built = parcel.as_ref().and_then(|parcel| self.0.built(parcel, &mut room));
            let asked = parcel.as_ref().and_then(|parcel| self.0.designated(parcel, &mut room));
            there.push(built.map(told));
            designated.push(asked.map(told));
            rate.push(built.zip(asked).map(|(built, asked)| told(filled(built, asked))));
        }
        FillColumns { floor_area_ratio: there, designated, fill_rate: rate }
    }

    /// As it stands in a file.
    pub(super) fn stored(&self, aside: &mut AsideWriter) -> Result<flat::Place, postcard::Error> {
        aside.object(&self.0.kept)
    }

    /// The trees over the shapes are made anew.
    pub(super) fn of_stored(place: flat::Place, aside: &Arc<Aside>) -> Self {
        let aside = Arc::clone(aside);
        Self(Later::new(move || Ready::of(aside.object(place).unwrap_or_else(Kept::nothing))))
    }
}

impl Ready {
    fn of(kept: Kept) -> Self {
        let buildings = boxes(&kept.built);
        let zones = Coverage::new(&kept.zones, kept.around);
        Self { kept, buildings, zones }
    }

    /// The floor-area ratio that there is; `None` where nothing is known of it.
    fn built(&self, Parcel { shape, bounds, plane_area }: &Parcel<'_>, room: &mut Room) -> Option<Interval<f64>> {
        let Kept { built, floors, .. } = &self.kept;
        let Room { sharing, near, .. } = room;
        sharing.ask(shape, bounds);
        let (mut lo, mut hi) = (0.0, 0.0);
        near.clear();
        near.extend(meeting(&self.buildings, bounds));
        // A sum hangs on its order, and a tree has none.
        near.sort_unstable();
        for &index in &*near {
            let piece = built.get(index);
            let common = sharing.area_with(&piece, &piece.bounds());
            if common > HAIR_M2 {
                lo += common * floors[index].lo;
                hi += common * floors[index].hi;
            }
        }
        if self.kept.in_part || !self.is_within(shape.points()) {
            hi = f64::INFINITY;
        }
        // Both are taken over the plane's metres, of which a building and its parcel have the same.
        (lo > 0.0 || hi.is_finite()).then(|| Interval::new(lo / plane_area, hi / plane_area))
    }

    /// Whether all of these points lie among the buildings. Of a city that has none for certain, everywhere is as good.
    fn is_within(&self, points: &[Point]) -> bool {
        let hull = &self.kept.hull;
        let is_left =
            |[ax, ay]: Point, [bx, by]: Point, [x, y]: Point| (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0.0;
        hull.is_empty() || points.iter().all(|&point| hull.windows(2).all(|side| is_left(side[0], side[1], point)))
    }

    /// The ratio that is designated; `None` where the parcel lies outside all areas in part, or in one without a ratio.
    fn designated(&self, parcel: &Parcel<'_>, room: &mut Room) -> Option<Interval<f64>> {
        let Room { scratch, weights, .. } = room;
        self.zones.weigh(parcel, scratch, weights);
        let (mut covered, mut lo, mut hi) = (0.0, 0.0, 0.0);
        for &(zone, share) in &*weights {
            let ratio = self.kept.ratios[zone as usize];
            if ratio.hi.is_infinite() {
                return None;
            }
            covered += share;
            lo += share * ratio.lo;
            hi += share * ratio.hi;
        }
        let gap = (1.0 - covered).max(0.0);
        let most = || self.kept.ratios.iter().map(|ratio| ratio.hi).filter(|hi| hi.is_finite()).fold(0.0, f64::max);
        if gap > 0.0 && gap <= COVER_TOLERANCE {
            hi += gap * most();
        }
        (gap <= COVER_TOLERANCE).then(|| Interval::new(lo, hi.max(lo)))
    }
}

/// What is known of the floors over the ground of a building, of so many m².
fn floors(building: &Building, ground_m2: f64) -> Interval<f64> {
    let known = match building {
        Building { floor_area_m2: Some(floor_area), .. } if ground_m2 > 0.0 => {
            Interval::exactly(floor_area / ground_m2)
        }
        // Without a floor above ground it may be a roof, or lie below.
        Building { floors: Some(floors), .. } if *floors > 0.0 => Interval::exactly(*floors),
        Building { floors: Some(_), .. } => ANY,
        Building { .. } => Interval::new(1.0, f64::INFINITY),
    };
    if building.is_doubtful { Interval::new(0.0, known.hi) } else { known }
}

/// How far what is designated is filled.
fn filled(built: Interval<f64>, designated: Interval<f64>) -> Interval<f64> {
    let hi = if built.hi.is_finite() && designated.lo > 0.0 { built.hi / designated.lo } else { f64::INFINITY };
    let lo = if designated.hi > 0.0 { built.lo / designated.hi } else { 0.0 };
    Interval::new(lo.min(hi), hi)
}

/// An interval as it is told, and so as it is judged.
fn told(exact: Interval<f64>) -> Interval<f64> {
    exact.map(|end| Share(end).told().0)
}

/// The convex hull of shapes, closed and counterclockwise.
fn hull(shapes: &Shapes) -> Vec<Point> {
    let points: geo::MultiPoint<f64> = shapes.points().iter().map(|&[x, y]| geo::Point::new(x, y)).collect();
    points.convex_hull().exterior().coords().map(|at| [at.x, at.y]).collect()
}

#[cfg(test)]
mod tests;
