//! The connected pieces of a zone's region: sure, expected, and possible.

use geo::{ConvexHull, MultiPoint};

use crate::criteria::{CentralZones, Zone};
use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Point, Shape, Shapes};
use crate::regions::{Known, Region};
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Smaller pieces are slivers, where two boundaries run side by side: dropped and counted.
pub const MIN_ZONE: SquareMetres = SquareMetres(100.0);

/// A zone whose centre would move by less is settled.
const SAME_CENTRE_M: f64 = 0.001;

/// One candidate zone.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Which zone it could be.
    pub zone: Zone,
    /// How sure that is: never [`Status::Ineligible`].
    pub status: Status,
    /// Its outline, one connected polygon, plane metres.
    pub shape: Shapes,
    /// Its ground area.
    pub area: SquareMetres,
    /// Its centre of gravity, plane metres.
    pub centre: Point,
}

/// The candidate zones of one kind.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The zones, by status and then from large to small.
    pub zones: Vec<Candidate>,
    /// How many pieces were too small to be one.
    pub slivers: usize,
    /// Whether the possible region has no bound, so that zones that are not determined cannot be drawn: a layer is
    /// missing that would bound them.
    pub unbounded: bool,
}

/// The connected pieces of what is sure, of what expectations add, and of what is possible beyond both.
#[must_use]
pub fn candidates(zone: Zone, known: &Known, scale: &ScaleField) -> Candidates {
    let mut found = Candidates::default();
    let hoped = if known.has_expectation() { known.expected.minus(&known.sure) } else { Region::nothing() };
    let open =
        if known.possible == known.sure { Region::nothing() } else { known.possible.minus(&known.sure).minus(&hoped) };
    for (status, region) in
        [(Status::Eligible, &known.sure), (Status::Prospective, &hoped), (Status::Undetermined, &open)]
    {
        let Some(pieces) = region.pieces() else {
            found.unbounded = true;
            continue;
        };
        let mut zones: Vec<Candidate> = Vec::new();
        for piece in pieces.iter() {
            match candidate(zone, status, &piece, scale) {
                Some(one) => zones.push(one),
                None => found.slivers += 1,
            }
        }
        zones.sort_by(|a, b| b.area.0.total_cmp(&a.area.0).then(a.centre[0].total_cmp(&b.centre[0])));
        found.zones.extend(zones);
    }
    found
}

fn candidate(zone: Zone, status: Status, piece: &Shape<'_>, scale: &ScaleField) -> Option<Candidate> {
    let centre = centroid(piece)?;
    let ground = scale.ground_area(area(piece), centre);
    let mut shape = Shapes::default();
    shape.push(piece);
    (ground >= MIN_ZONE).then_some(Candidate { zone, status, shape, area: ground, centre })
}

/// What the local zone needs to know of central zones. The planner's own points, where given, are the centres.
///
/// A zone that is sure has its centre of gravity for centre: a planner can designate just that zone. One that is not
/// settled may become any part of its piece of the possible region, so its centre may be anywhere in the hull.
#[must_use]
pub fn central_zones(known: Known, own_centres: Option<&[Point]>, scale: &ScaleField) -> CentralZones {
    let found = candidates(Zone::Central, &known, scale);
    let sure_centres: Vec<Point> =
        found.zones.iter().filter(|zone| zone.status == Status::Eligible).map(|zone| zone.centre).collect();
    // What is expected and what is sure may grow together into one zone with a centre of its own.
    let grown = known.expected.pieces().filter(|_| known.has_expectation());
    let grown_centres = grown.into_iter().flat_map(Shapes::iter).filter(|piece| area(piece) >= MIN_ZONE.0);
    let expected_centres =
        sure_centres.iter().copied().chain(grown_centres.filter_map(|piece| centroid(&piece))).collect();
    if let Some(own) = own_centres.filter(|own| !own.is_empty()) {
        return CentralZones {
            zone: known,
            sure_centres: own.to_vec(),
            expected_centres: own.to_vec(),
            possible_hulls: Vec::new(),
            unbounded: false,
        };
    }
    let settled = |piece: &Shape<'_>| {
        let centre = centroid(piece).unwrap_or_default();
        found.zones.iter().filter(|zone| zone.status == Status::Eligible).any(|zone| {
            let (dx, dy) = (zone.centre[0] - centre[0], zone.centre[1] - centre[1]);
            dx.hypot(dy) < SAME_CENTRE_M && (area(&zone.shape.get(0)) - area(piece)).abs() < MIN_ZONE.0
        })
    };
    let open = |piece: &Shape<'_>| area(piece) >= MIN_ZONE.0 && !settled(piece);
    let pieces = known.possible.pieces().filter(|_| known.possible != known.sure);
    CentralZones {
        sure_centres,
        expected_centres,
        possible_hulls: pieces
            .into_iter()
            .flat_map(|pieces| pieces.iter().filter(open).map(|piece| hull(&piece)))
            .collect(),
        unbounded: known.possible.pieces().is_none(),
        zone: known,
    }
}

/// The convex hull of a shape, counterclockwise and closed.
fn hull(shape: &Shape<'_>) -> Vec<Point> {
    let points: MultiPoint<f64> = shape.points().iter().map(|&[x, y]| geo::Point::new(x, y)).collect();
    points.convex_hull().exterior().coords().map(|position| [position.x, position.y]).collect()
}
