//! Which zones does a kind of zone fall into, and where are their centres?

use geo::{ConvexHull, MultiPoint};

use super::MIN_ZONE;
use crate::criteria::{Centre, ZonePiece, ZonePieces};
use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Point, Shape, Shapes};
use crate::regions::{Certainty, Known, Region};

/// The planner's own centres of zones.
#[derive(Debug, Clone, Copy, Default)]
pub struct Centres<'a> {
    /// Where they are.
    pub own: &'a [Point],
    /// Whether there are more, and nobody knows where.
    pub in_part: bool,
}

/// How far a zone may reach beyond where it is sure, because data are lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Growth {
    /// Nothing is lost.
    None,
    /// As far as this.
    Within(Region),
    /// As far as it is possible.
    AsPossible,
}

impl Growth {
    /// Within what a zone may grow that is so known.
    #[must_use]
    pub fn within<'a>(&'a self, known: &'a Known) -> Option<&'a Region> {
        match self {
            Self::None => None,
            Self::Within(region) => Some(region),
            Self::AsPossible => Some(&known.possible),
        }
    }
}

/// The zones of one kind. `centres` are the planner's: one is the centre of the zone that it lies in.
///
/// A zone that is sure has its centre of gravity for centre: a planner can designate just that zone. One that is not
/// settled may become any part of its piece of the possible region, so its centre may be anywhere in the hull. Where data are
/// lost, it may be part of a larger one as well.
#[must_use]
pub fn zone_pieces(known: Known, centres: Centres<'_>, growth: &Growth, scale: &ScaleField) -> ZonePieces {
    let own_centres = centres.own;
    let is_unsure = *growth != Growth::None;
    let mut sure = large(&known.sure, scale);
    let mut expected = if known.has_expectation() { large(&known.expected, scale) } else { Vec::new() };
    if is_unsure || centres.in_part {
        // Nobody can tell which piece it would be part of, and so not where that one's centre is, unless a centre is given.
        let grown = match growth {
            Growth::Within(region) if !centres.in_part => region,
            _ => &known.possible,
        };
        let settle = |pieces: &mut Vec<Shape<'_>>, grown: &Region| {
            let open = large(grown, scale);
            let index_of = |piece: &Shape<'_>| zone(piece, Certainty::Sure, &[], |_| Centre::Anywhere).region.index();
            pieces.retain(|piece| {
                let index = index_of(piece);
                own_centres.iter().any(|&centre| index.contains(centre))
                    || (!centres.in_part && open.iter().any(|one| is_same(one, piece)))
            });
        };
        settle(&mut sure, grown);
        // An expectation that comes true does not tell more of what is lost.
        settle(&mut expected, &known.expected.union(grown));
    }
    // A part of a piece need not hold the centre that lies in the piece.
    let own_of_open: &[Point] = if is_unsure || centres.in_part { &[] } else { own_centres };
    let of_gravity = |piece: &Shape<'_>| Centre::At(centroid(piece).into_iter().collect());
    let mut each: Vec<ZonePiece> =
        sure.iter().map(|piece| zone(piece, Certainty::Sure, own_centres, of_gravity)).collect();
    // What is expected and what is sure may grow together into one zone with a centre of its own.
    let alone = expected.iter().filter(|piece| !sure.iter().any(|one| one.points() == piece.points()));
    each.extend(alone.map(|piece| zone(piece, Certainty::Expected, own_centres, of_gravity)));
    if known.possible.pieces().is_none() {
        let centre = if own_of_open.is_empty() { Centre::Anywhere } else { Centre::At(own_of_open.to_vec()) };
        each.push(ZonePiece { certainty: Certainty::Possible, region: known.possible.clone(), centre });
    } else if known.possible != known.sure || centres.in_part {
        let open = large(&known.possible, scale);
        let open = open.iter().filter(|piece| !sure.iter().any(|one| is_same(one, piece)));
        each.extend(
            open.map(|piece| zone(piece, Certainty::Possible, own_of_open, |piece| Centre::Within(hull(piece)))),
        );
    }
    ZonePieces { known, each }
}

/// The pieces of a region that are large enough to be a zone; none of one without bound.
fn large<'a>(region: &'a Region, scale: &ScaleField) -> Vec<Shape<'a>> {
    let is_large =
        |piece: &Shape<'_>| centroid(piece).is_some_and(|centre| scale.ground_area(area(piece), centre) >= MIN_ZONE);
    region.pieces().into_iter().flat_map(Shapes::iter).filter(is_large).collect()
}

fn zone(
    piece: &Shape<'_>,
    certainty: Certainty,
    own_centres: &[Point],
    otherwise: impl Fn(&Shape<'_>) -> Centre,
) -> ZonePiece {
    let mut alone = Shapes::default();
    alone.push(piece);
    let region = Region::from(std::borrow::Cow::Owned(alone));
    let own: Vec<Point> = if own_centres.is_empty() {
        Vec::new()
    } else {
        let index = region.index();
        own_centres.iter().copied().filter(|&point| index.contains(point)).collect()
    };
    let centre = if own.is_empty() { otherwise(piece) } else { Centre::At(own) };
    ZonePiece { certainty, region, centre }
}

/// A zone whose centre would move by less is settled.
const SAME_CENTRE_M: f64 = 0.001;

/// Whether two pieces are one but for slivers.
fn is_same(one: &Shape<'_>, other: &Shape<'_>) -> bool {
    let [[x, y], [other_x, other_y]] = [one, other].map(|piece| centroid(piece).unwrap_or_default());
    (x - other_x).hypot(y - other_y) < SAME_CENTRE_M && (area(one) - area(other)).abs() < MIN_ZONE.0
}

/// The convex hull of a shape, counterclockwise and closed.
fn hull(shape: &Shape<'_>) -> Vec<Point> {
    let points: MultiPoint<f64> = shape.points().iter().map(|&[x, y]| geo::Point::new(x, y)).collect();
    points.convex_hull().exterior().coords().map(|position| [position.x, position.y]).collect()
}
